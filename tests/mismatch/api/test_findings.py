"""Findings and decisions through the API: the same filters, numbers and rules as on the pages."""

from __future__ import annotations

import json

import pytest

from descriptors.models import Origin
from mismatch import queries
from mismatch.findings import Place
from mismatch.lifecycle import UNSETTLED
from mismatch.models import Decision, Finding, Sighting
from mismatch.readiness import readiness
from mismatch.showing.suggestions import now
from tec.audit.models import Event
from tests.api import Api, problem_of
from tests.factories import make_member, make_project, make_revision, make_user
from tests.mismatch.findings import checked, fingerprint, found

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make_user()


@pytest.fixture
def project(owner):
    project = make_project(owner=owner)
    make_revision(project, "trained_model")
    return project


@pytest.fixture
def api(owner):
    return Api(owner)


@pytest.fixture
def ask(api, project):
    """The fingerprints' first letters that a query gives."""

    def ask(query: str = "") -> list[str]:
        response = api.get(f"projects/{project.slug}/findings/{query}")
        assert response.status_code == 200, response.content
        return [each["fingerprint"][0] for each in response.json()["results"]]

    return ask


def absent(name):
    return found(name, kind="missing", rule="tm-15", code="TM-15", severity="major")


def waiting(name):
    return found(name, outcome="cannot-tell", severity="info", rule="goal-without-metric", code="TEC-1")


def test_before_the_first_check_it_says_what_to_do(api, project):
    assert "start a check" in problem_of(api.get(f"projects/{project.slug}/findings/"), 404)["detail"]


def test_a_finding_has_the_shape_that_every_json_output_has(api, project):
    finding = found("a", severity="critical")
    checked(project, finding)

    [row] = api.get(f"projects/{project.slug}/findings/").json()["results"]

    assert finding.as_json().items() <= row.items()
    assert (row["standing"], row["age"], row["first_seen"]) == ("open", "seen", 1)
    assert row["owner"] == "Model developer"
    assert (row["decision"], row["proposal"], row["assignee"]) == (None, None, None)


def test_filters_are_those_of_the_page(ask, project):
    other = (
        Place("raw_data", "/data_sources", None, "Sources"),
        Place("trained_model", "/task", "x", "Task"),
    )
    checked(
        project,
        found("a", severity="critical"),
        found("b", severity="minor", places=other),
        waiting("d"),
        absent("c"),
    )

    assert ask() == ["a", "b", "d", "c"]
    assert ask("?severity=critical") == ["a"]
    assert ask("?severity=critical&severity=major") == ["a", "c"]
    assert ask("?kind=missing") == ["c"]
    assert ask("?kind=mismatch") == ["a", "b"]
    assert ask("?kind=cannot-tell") == ["d"]
    assert ask("?rule=x513") == ["a", "b"]
    assert ask("?rule=TM-15") == ["c"]
    assert ask("?descriptor=trained_model&kind=missing") == ["c"]
    assert ask("?q=wrong%20%E2%80%9Ca%E2%80%9D") == ["a"]


def test_state_and_owner_are_filters_too(ask, api, project):
    checked(project, found("a"))
    checked(project, found("a"), found("b"), found("c"))
    decide(api, project, "c", kind="dismiss", reason="Known.")

    assert ask() == ["a", "b"]
    assert ask("?state=new") == ["b"]
    assert ask("?state=dismissed") == ["c"]
    assert ask("?state=all") == ["a", "b", "c"]
    assert ask("?owner=Operations") == []
    assert ask("?owner=Model%20developer") == ["a", "b"]
    assert ask("?assignee=-") == ["a", "b"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("?titel=x", "titel"),
        ("?severity=bad", "severity"),
        ("?rule=TEC-99", "rule"),
        ("?page=0", "page"),
        ("?page=x", "page"),
        ("?page=1&page=2", "page"),
        ("?page_size=0", "page_size"),
        ("?q=%00", "q"),
    ],
)
def test_what_the_address_asks_in_vain_is_refused_by_name(api, project, query, parameter):
    checked(project, found("a"))

    problem = problem_of(api.get(f"projects/{project.slug}/findings/{query}"), 400)

    assert {fault["parameter"] for fault in problem["errors"]} == {parameter}


def test_an_unknown_parameter_is_answered_with_the_known_ones(api, project):
    problem = problem_of(api.get(f"projects/{project.slug}/findings/?titel=x"), 400)

    assert "severity" in problem["errors"][0]["detail"]
    assert "descriptor" in problem["errors"][0]["detail"]


def test_a_page_beyond_the_last_is_not_found(api, project):
    checked(project, found("a"))

    assert (
        "the last one is page 1"
        in problem_of(api.get(f"projects/{project.slug}/findings/?page=2"), 404)["detail"]
    )


def test_pages_are_capped_at_200(api, project):
    checked(project, *[found(f"{number:032d}", fingerprint=f"{number:032d}") for number in range(205)])

    first = api.get(f"projects/{project.slug}/findings/?page_size=1000").json()

    assert (first["count"], len(first["results"])) == (205, 200)
    second = api.get(first["next"].removeprefix("http://testserver")).json()
    assert (len(second["results"]), second["next"]) == (5, None)


def test_findings_of_an_older_check_stay_as_they_were(api, project):
    checked(project, found("a", value=1))
    checked(project, found("a", value=2))

    [old] = api.get(f"projects/{project.slug}/checks/1/findings/").json()["results"]
    [new] = api.get(f"projects/{project.slug}/findings/").json()["results"]

    assert (old["places"][0]["value"], new["places"][0]["value"]) == (1, 2)


def test_a_check_that_is_not_done_has_no_findings_yet(api, project):
    api.post(f"projects/{project.slug}/checks/")

    problem_of(api.get(f"projects/{project.slug}/checks/1/findings/"), 409)


def test_counts_agree_with_the_check_and_the_gate(api, project):
    checked(project, found("a", severity="critical"), found("b"), absent("c"), waiting("d"))
    decide(api, project, "b", kind="dismiss", reason="Known.")
    listed = api.get(f"projects/{project.slug}/findings/").json()
    check = api.get(f"projects/{project.slug}/checks/1/").json()

    open_ = sum(sum(check["open"][kind].values()) for kind in ("mismatch", "missing"))
    assert listed["count"] == open_ + check["open"]["cannot_tell"] == 3
    for row in listed["results"]:
        assert row["standing"] in (*UNSETTLED, "waiting")
    gate = api.get(f"projects/{project.slug}/gate/deploy/").json()
    assert {each["fingerprint"][:1] for each in gate["blockers"]} >= {"a", "c"}


def test_a_finding_tells_its_life(api, project, owner):
    checked(project, found("a"))
    make_revision(project, "trained_model", origin=Origin.API, by=owner)
    checked(project)
    checked(project, found("a"))
    decide(api, project, "a", kind="dismiss", reason="Known.")
    api.post(f"projects/{project.slug}/findings/{fingerprint('a')}/comments/", {"text": "Hm."})

    life = api.get(f"projects/{project.slug}/findings/{fingerprint('a')}/").json()

    assert [(each["opened"], each["fixed"]) for each in life["episodes"]] == [(3, None), (1, 2)]
    assert life["episodes"][1]["fixed_by"][0]["origin"] == "api"
    assert [each["reason"] for each in life["decisions"]] == ["Known."]
    assert [each["text"] for each in life["comments"]] == ["Hm."]
    assert (life["gone"], life["check"]) == (False, 3)


def decide(api, project, *names, **terms):
    findings = [fingerprint(name) for name in names]
    return api.post(f"projects/{project.slug}/decisions/", {"findings": findings, **terms})


def test_many_are_decided_at_once(api, project, owner):
    checked(project, found("a"), found("b"), found("c"))

    response = decide(api, project, "a", "b", kind="accept", reason="Cheap.", until="2999-01-01")

    assert response.status_code == 201
    made = response.json()["decisions"]
    assert {each["batch"] for each in made} == {str(Decision.objects.first().batch)}
    assert {(each["author"], each["until"]) for each in made} == {(owner.username, "2999-01-01")}
    assert Event.objects.filter(verb="finding.decided", actor=owner.username).count() == 1


@pytest.mark.parametrize(
    ("terms", "pointer"),
    [
        ({}, "/kind"),
        ({"kind": "like"}, "/kind"),
        ({"kind": "accept"}, "/reason"),
        ({"kind": "accept", "reason": "x", "until": "2020-01-01"}, "/until"),
        ({"kind": "accept", "reason": "x", "until": "soon"}, "/until"),
        ({"kind": "plan", "until": "2999-01-01"}, "/who"),
        ({"kind": "plan", "until": "2999-01-01", "who": "nobody"}, "/who"),
        ({"kind": "dismiss", "reason": 7}, "/reason"),
        ({"kind": "dismiss", "reason": "x", "reasn": "x"}, "/reasn"),
        ({"kind": "dismiss", "reason": "x", "for_ever": "yes"}, "/for_ever"),
        ({"kind": "dismiss", "reason": "x", "findings": []}, "/findings"),
        ({"kind": "dismiss", "reason": "x", "findings": [1]}, "/findings/0"),
        ({"kind": "dismiss", "reason": "x", "findings": "a"}, "/findings"),
    ],
)
def test_a_decision_that_lacks_something_says_which_member(api, project, terms, pointer):
    checked(project, found("a"))

    problem = problem_of(decide(api, project, "a", **terms), 400)

    assert pointer in {fault["pointer"] for fault in problem["errors"]}
    assert not Decision.objects.exists()


def test_what_the_check_did_not_find_cannot_be_decided(api, project):
    checked(project, found("a"))

    problem_of(decide(api, project, "a", "b", kind="dismiss", reason="x"), 409)


def test_a_critical_one_takes_two_people(api, project):
    checked(project, found("a", severity="critical"))
    made = decide(api, project, "a", kind="accept", reason="Known.").json()["decisions"]
    assert made[0]["proposed"] is True
    address = f"projects/{project.slug}/decisions/approve/"

    problem_of(api.post(address, {"decisions": [made[0]["id"]]}), 409)
    other = Api(make_member(project, "reviewer"))
    assert other.get(f"projects/{project.slug}/decisions/?state=proposed").json()["count"] == 1
    assert other.post(address, {"decisions": [made[0]["id"]]}).json() == {"number": 1}
    assert other.get(f"projects/{project.slug}/findings/").json()["count"] == 0


def test_a_batch_is_taken_back(api, project):
    checked(project, found("a"), found("b"))
    made = decide(api, project, "a", "b", kind="dismiss", reason="x").json()["decisions"]

    answer = api.post(f"projects/{project.slug}/decisions/withdraw/", {"batch": made[0]["batch"]})

    assert answer.json() == {"number": 2}
    assert api.get(f"projects/{project.slug}/findings/").json()["count"] == 2
    assert api.get(f"projects/{project.slug}/decisions/").json()["count"] == 0
    assert api.get(f"projects/{project.slug}/decisions/?state=withdrawn").json()["count"] == 2
    problem_of(api.post(f"projects/{project.slug}/decisions/withdraw/", {}), 400)


def test_somebody_looks_after_findings(api, project, owner):
    checked(project, found("a"), found("b"))
    address = f"projects/{project.slug}/assignments/"
    one = {"findings": [fingerprint("a")]}

    assert api.post(address, {**one, "to": owner.username}).json() == {"number": 1}
    listed = api.get(f"projects/{project.slug}/findings/?assignee={owner.username}").json()
    assert [each["assignee"] for each in listed["results"]] == [owner.username]
    assert api.post(address, {**one, "to": None}).json() == {"number": 1}
    problem_of(api.post(address, {**one, "to": make_user().username}), 400)
    problem_of(api.post(address, one), 400)


def test_checks_are_compared(api, project):
    checked(project, found("a"), found("b", value=1), found("c"), found("e"))
    checked(project, found("b", value=2), found("c"), found("d"), found("e", severity="critical"))
    address = f"projects/{project.slug}/compare/"

    answer = api.get(address).json()
    assert (answer["a"], answer["b"]) == (1, 2)
    assert answer["counts"] == {"new": 1, "worse": 1, "fixed": 1, "changed": 1, "same": 1}
    assert [each["fingerprint"][0] for each in answer["results"]] == ["d"]
    [changed] = api.get(f"{address}?show=changed").json()["results"]
    assert (changed["then"]["places"][0]["value"], changed["now"]["places"][0]["value"]) == (1, 2)
    [worse] = api.get(f"{address}?show=worse").json()["results"]
    assert (worse["then"]["severity"], worse["now"]["severity"]) == ("minor", "critical")
    found_worse = api.get(f"projects/{project.slug}/findings/?state=worse").json()["results"]
    assert [each["age"] for each in found_worse] == ["worse"]
    [fixed] = api.get(f"{address}?a=1&b=2&show=fixed").json()["results"]
    assert (fixed["now"], fixed["standing"], fixed["then"]["fingerprint"][0]) == (None, None, "a")
    problem_of(api.get(f"{address}?a=7"), 404)


def test_the_baseline_is_chosen_read_and_given_up(api, project, owner):
    checked(project, found("a"))
    checked(project, found("a"), found("b"))
    checked(project, found("a"), found("b"))
    address = f"projects/{project.slug}/baseline/"

    assert api.get(address).json()["check"] is None
    assert api.put(address, {"check": 1}).json()["chosen_by"] == owner.username
    assert api.get(f"projects/{project.slug}/findings/?state=new").json()["count"] == 1
    problem_of(api.put(address, {"check": 9}), 400)
    assert api.delete(address).status_code == 204
    assert api.get(address).json()["check"] is None


@pytest.mark.parametrize("gate", ["build", "integrate", "deploy"])
def test_a_gate_says_exactly_what_the_page_says(api, project, gate):
    checked(project, found("a", severity="critical"))

    answer = api.get(f"projects/{project.slug}/gate/{gate}/").json()

    [verdict] = [each for each in readiness(project).verdicts if each.gate.id == gate]
    assert verdict.as_json().items() <= answer.items()
    assert answer["check"] == 1


def test_a_gate_that_counts_only_what_is_new(api, project):
    checked(project, found("a", severity="critical"))
    api.put(f"projects/{project.slug}/baseline/", {"check": 1})

    def of_findings(query):
        gate = api.get(f"projects/{project.slug}/gate/deploy/{query}").json()
        return [each["fingerprint"] for each in gate["blockers"] if each["fingerprint"]]

    assert (len(of_findings("")), len(of_findings("?new=true"))) == (1, 0)
    problem_of(api.get(f"projects/{project.slug}/gate/deploy/?new=perhaps"), 400)
    problem_of(api.get(f"projects/{project.slug}/gate/launch/"), 404)


def test_fit_comes_with_pairs_and_categories(api, project):
    checked(project, found("a"), outcomes={"TEC-1": "pass"})

    answer = api.get(f"projects/{project.slug}/fit/").json()

    assert answer["check"] == 1
    assert {"fit", "coverage", "pairs", "categories"} <= answer.keys()


def test_filters_are_kept_under_a_name(api, project, owner):
    address = f"projects/{project.slug}/views/"
    view = {"name": "Worst", "kind": "mismatch", "query": "severity=critical&page=3"}

    kept = api.post(address, {**view, "shared": True}).json()
    assert (kept["query"], kept["owner"]) == ("severity=critical", owner.username)
    other = Api(make_member(project, "viewer"))
    assert [each["name"] for each in other.get(address).json()["results"]] == ["Worst"]
    problem_of(other.delete(f"{address}{kept['id']}/"), 404)
    assert api.delete(f"{address}{kept['id']}/").status_code == 204
    problem_of(api.post(address, {**view, "name": " "}), 400)
    spelt_out = problem_of(api.post(address, {**view, "query": f"q={'я' * 900}"}), 409)
    assert "too long" in spelt_out["detail"]


def test_kept_filters_are_bounded(api, project, monkeypatch):
    monkeypatch.setattr("mismatch.services.keep_view.MOST", 2)
    address = f"projects/{project.slug}/views/"
    view = {"kind": "mismatch", "query": "severity=critical"}

    assert [api.post(address, {**view, "name": name}).status_code for name in "abca"] == [200, 200, 409, 200]


def test_a_fix_is_read_and_accepted(api, project):
    body = {"version": "1.2", "ensemble": True, "model_components": [{"programming_languages": ["R"]}]}
    make_revision(project, "trained_model", body)
    finding = next(each for each in now(project).report.findings if each.rule == "ensemble-contradicted")
    address = f"projects/{project.slug}/findings/{finding.fingerprint}/fix/"

    fix = api.get(address).json()
    assert (fix["descriptor"], fix["helps"]) == ("trained_model", True)
    assert fix["changes"][0]["pointer"] == "/ensemble"
    problem_of(api.post(address, {"token": "another"}), 409)
    problem_of(Api(make_member(project, "viewer")).post(address, {"token": fix["token"]}), 403)
    assert api.post(address, {"token": fix["token"]}).json()["revision"] == 3
    problem_of(api.get(address), 404)


def test_rules_are_public(project):
    api = Api()

    listed = api.get("rules/?kind=mismatch&page_size=200").json()
    assert listed["count"] > 100
    assert api.get("rules/TEC-3A/").json()["rule"] == api.get("rules/tec-3a/").json()["rule"]
    assert "Did you mean" in problem_of(api.get("rules/TEC-3Z/"), 404)["detail"]


def test_queries_stay_the_same_however_much_was_found(api, project, django_assert_max_num_queries):
    names = [f"{number:032d}" for number in range(10_000)]
    for _ in range(2):  # the first one has nothing to be counted against
        checked(project, *[found(name, fingerprint=name) for name in names[:10]])
    few = queries_of(api, project, django_assert_max_num_queries)
    checked(project, *[found(name, fingerprint=name) for name in names])
    many = queries_of(api, project, django_assert_max_num_queries)

    assert few == many
    assert Finding.objects.count() == 10_000
    assert Sighting.objects.count() == 10_020
    assert queries.standing(project).done.number == 3


def queries_of(api, project, at_most):
    """Path → queries it takes, twenty at most."""
    numbers = {}
    last = queries.standing(project).done.number
    paths = (
        "findings/?page_size=10",
        "findings/?q=wrong&severity=minor&page_size=10",
        f"checks/{last}/findings/",
    )
    for path in (
        *paths,
        "compare/?show=same",
        "gate/deploy/",
        "checks/",
        "fit/",
        "decisions/",
        f"checks/{last}/",
    ):
        with at_most(20) as counted:
            response = api.get(f"projects/{project.slug}/{path}")
        assert response.status_code == 200, response.content
        json.loads(response.content)
        numbers[path.replace(f"checks/{last}", "checks/n")] = len(counted)
    return numbers
