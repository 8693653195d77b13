"""What a project wants of the rules and the rules it writes itself, through the API."""

from __future__ import annotations

import pytest

from mismatch.models import DryRun
from mismatch.own.views import TEMPLATE
from mismatch.profiles.current import own_rules, profile_of
from mismatch.profiles.profile import Deviation
from mismatch.services.change_rules import replace_rules
from mismatch.services.try_own_rule import execute_dry_run
from tec.audit.models import Event
from tests.api import Api, problem_of
from tests.factories import make_member, make_project, make_revision, make_user

pytestmark = pytest.mark.django_db

OFF = {"enabled": False, "reason": "An adapter is planned."}


@pytest.fixture
def owner():
    return make_user()


@pytest.fixture
def project(owner):
    return make_project(owner=owner)


@pytest.fixture
def api(owner):
    return Api(owner)


def test_a_profile_is_set_read_and_sent_back(api, project):
    at = f"projects/{project.slug}/profile/"
    assert api.get(at).json() == {"rules": {}, "organisation": {}, "meaningless": []}  # and needs no header

    wanted = {"TEC-3A": OFF, "TEC-1": {"severity": "info", "reason": "Goals come later."}}
    told = api.put(at, {"rules": wanted})
    assert (told.status_code, told.json()["rules"]) == (200, wanted)
    assert {each.code: each.grade for each in profile_of(project).deviations}["TEC-1"] == "info"
    again = {"profile": {"name": "Ours"}, "rules": api.get(at).json()["rules"]}
    assert api.put(at, again, if_match=told["ETag"]).json()["rules"] == wanted
    assert api.put(at, {"rules": {}}, if_match=told["ETag"]).json()["rules"] == {}
    assert not profile_of(project)


def test_what_the_organisation_wants_is_told_and_not_set_again(api, project, owner):
    wanted = Deviation("output-type-mismatch", "TEC-3A", "critical", False, reason="Nowhere.")
    replace_rules(project=None, wanted={"TEC-3A": wanted}, by=owner)

    told = api.put(f"projects/{project.slug}/profile/", {"rules": {"TEC-3A": OFF}}).json()

    assert told["rules"] == {}
    assert told["organisation"] == {"TEC-3A": {"enabled": False, "reason": "Nowhere."}}


@pytest.mark.parametrize(
    ("rules", "pointer"),
    [
        ({"TEC-3A": {"enabled": False}}, "/rules/TEC-3A/reason"),
        ({"TEC-3A": {"enabled": False, "reason": " "}}, "/rules/TEC-3A/reason"),
        ({"TEC-3A": {"enabled": "no", "reason": "x"}}, "/rules/TEC-3A/enabled"),
        ({"TEC-0": OFF}, "/rules/TEC-0"),
        ({"TEC-3A": OFF | {"params": {"x": 1}}}, "/rules/TEC-3A/params"),
        ({"TEC-3A": OFF | {"off": True}}, "/rules/TEC-3A/off"),
    ],
)
def test_a_profile_that_means_nothing_is_refused_where_it_is_wrong(api, project, rules, pointer):
    problem = problem_of(api.put(f"projects/{project.slug}/profile/", {"rules": rules}), 400)

    assert [fault["pointer"] for fault in problem["errors"]] == [pointer]
    assert not profile_of(project)


def test_an_own_rule_is_written_let_into_checks_and_retired(api, project, owner):
    at = f"projects/{project.slug}/own-rules/"
    made = api.post(at, {"source": TEMPLATE})
    assert (made.status_code, made["Location"]) == (201, f"/api/{at}1/")
    assert (made.json()["code"], made.json()["active"], made.json()["source"]) == ("U1", None, TEMPLATE)
    assert not own_rules(project)

    assert api.put(f"{at}1/active/", {"version": 1}).json()["active"] == 1
    assert [rule.code for rule in own_rules(project)] == ["U1"]

    next_one = api.post(
        f"{at}1/versions/",
        {"source": TEMPLATE.replace("severity: minor", "severity: major")},
        if_match=made["ETag"],
    )
    assert (next_one.status_code, next_one.json()["number"]) == (201, 2)
    assert [each["number"] for each in api.get(f"{at}1/versions/").json()["results"]] == [2, 1]
    assert {each["author"] for each in api.get(f"{at}1/versions/").json()["results"]} == {owner.username}
    row = api.get(at).json()["results"][0]
    assert (row["newest"], row["active"]) == (2, 1)
    assert "severity: major" in api.get(f"{at}1/").json()["source"]

    assert api.delete(f"{at}1/active/").status_code == 204
    assert not own_rules(project)


def test_a_rule_that_is_none_or_fails_its_cases_is_not_kept(api, project):
    at = f"projects/{project.slug}/own-rules/"

    unreadable = problem_of(api.post(at, {"source": "title: [\n"}), 400)
    assert "line" in unreadable["detail"]
    failing = problem_of(api.post(at, {"source": TEMPLATE.replace("fires: 1", "fires: 2")}), 400)
    assert "an unknown task" in failing["detail"]
    assert api.get(at).json()["count"] == 0

    api.post(at, {"source": TEMPLATE})
    problem_of(api.put(f"{at}1/active/", {"version": 2}), 400)
    problem_of(Api(make_member(project, "viewer")).put(f"{at}1/active/", {"version": 1}), 403)


def test_a_profile_that_was_changed_in_between_is_not_overwritten(api, project, owner):
    at = f"projects/{project.slug}/profile/"
    first = api.get(at)["ETag"]
    second = api.put(at, {"rules": {"TEC-3A": OFF}}, if_match=first)
    assert second.status_code == 200
    assert second["ETag"] != first

    stale = problem_of(api.put(at, {"rules": {}}, if_match=first), 412)
    assert stale["since"][0]["changes"] == {"TEC-3A": [None, OFF]}
    assert stale["since"][0]["by"] == owner.username
    blind = api.put(at, {"rules": {}})
    problem_of(blind, 428)
    assert blind["ETag"] == second["ETag"]

    assert api.get(at).json()["rules"] == {"TEC-3A": OFF}
    assert api.put(at, {"rules": {}}, if_match="*").json()["rules"] == {}


def test_an_administrator_sets_the_profile_of_all_projects(api, project):
    admin, at = Api(make_user(is_superuser=True)), "organisation/profile/"

    told = admin.put(at, {"rules": {"TEC-3A": OFF}})
    assert (told.status_code, told.json()) == (200, {"rules": {"TEC-3A": OFF}, "meaningless": []})
    assert not profile_of(project).deviations[0].enabled
    assert Event.objects.get(verb="rules.changed").project_slug == ""

    assert api.get(at).json()["rules"] == {"TEC-3A": OFF}
    problem_of(api.put(at, {"rules": {}}), 403)
    problem_of(admin.put(at, {"rules": {}}), 428)
    problem_of(admin.put(at, {"rules": {}}, if_match='"0"'), 412)
    wrong = problem_of(admin.put(at, {"rules": {"TEC-0": OFF}}), 400)
    assert wrong["errors"][0]["pointer"] == "/rules/TEC-0"


def test_an_administrator_writes_rules_of_all_projects(api, project):
    admin, at = Api(make_user(is_superuser=True)), "organisation/own-rules/"

    made = admin.post(at, {"source": TEMPLATE})
    assert (made.status_code, made["Location"]) == (201, f"/api/{at}1/")
    assert admin.put(f"{at}1/active/", {"version": 1}).json()["active"] == 1
    assert [rule.code for rule in own_rules(project)] == ["U1"]
    second = admin.post(f"{at}1/versions/", {"source": TEMPLATE}, if_match='"1"')
    assert (second.json()["number"], second["ETag"]) == (2, '"2"')

    assert [each["code"] for each in api.get(at).json()["results"]] == ["U1"]
    assert api.get(f"{at}1/versions/").json()["count"] == 2
    problem_of(api.post(at, {"source": TEMPLATE}), 403)
    problem_of(api.get(f"projects/{project.slug}/own-rules/1/"), 404)
    assert admin.delete(f"{at}1/active/").status_code == 204
    assert not own_rules(project)


def test_a_rule_is_tried_before_it_is_kept_and_on_the_documents_of_now(api, project, owner):
    at = f"projects/{project.slug}/own-rules/"
    make_revision(project, "system_context", {"version": "1.2", "task": "Alchemy"})
    hidden = make_project(name="Hidden")
    make_revision(hidden, "system_context", {"version": "1.2", "task": "Alchemy"})

    cases = api.post(f"{at}try/", {"source": TEMPLATE.replace("fires: 1", "fires: 2")}).json()["cases"]
    assert [(each["name"], each["expected"], each["passed"]) for each in cases] == [
        ("an unknown task", 2, False),
        ("a known one", 0, True),
    ]
    assert api.get(at).json()["count"] == 0
    problem_of(api.post(f"{at}try/", {"source": "title: ["}), 400)

    api.post(at, {"source": TEMPLATE})
    problem_of(api.get(f"{at}1/dry-run/"), 404)
    started = api.post(f"{at}1/dry-run/")
    assert (started.status_code, started.json()["state"]) == (202, "queued")
    execute_dry_run(row_id=DryRun.objects.get().pk)
    run = api.get(f"{at}1/dry-run/").json()
    assert (run["state"], run["outcomes"]) == ("done", {"fail": 1})
    assert [(each["project"], each["findings"]) for each in run["projects"]] == [(project.slug, 1)]
    assert "Alchemy" in run["projects"][0]["messages"][0]
    assert not own_rules(project)


def test_a_version_of_an_own_rule_says_which_one_it_began_from(api, project, owner):
    at = f"projects/{project.slug}/own-rules/"
    first = api.post(at, {"source": TEMPLATE})["ETag"]
    assert api.get(f"{at}1/")["ETag"] == first
    major, info = (TEMPLATE.replace("severity: minor", f"severity: {word}") for word in ("major", "info"))
    second = api.post(f"{at}1/versions/", {"source": major}, if_match=first)
    assert second.status_code == 201

    stale = problem_of(api.post(f"{at}1/versions/", {"source": info}, if_match=first), 412)
    assert (stale["current"]["number"], stale["current"]["source"]) == (2, major)
    assert [each["by"] for each in stale["since"]] == [owner.username]
    blind = api.post(f"{at}1/versions/", {"source": info})
    problem_of(blind, 428)
    assert blind["ETag"] == second["ETag"] == '"2"'
    assert api.get(f"{at}1/versions/").json()["count"] == 2

    same = api.post(f"{at}1/versions/", {"source": major}, if_match=first)
    assert (same.status_code, same.json()["number"]) == (201, 2)
    assert api.post(f"{at}1/versions/", {"source": info}, if_match="*").json()["number"] == 3
