"""The pages where people set what they want of the rules, and what comes of it in checks."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mismatch.models import Check, Ruleset, RuleSettings
from mismatch.profiles.current import profile_by, profile_of
from mismatch.profiles.profile import Deviation, Profile
from mismatch.services.change_rules import change_rule, replace_rules
from mismatch.services.execute_check import execute_check
from mismatch.services.start_check import start_check
from mismatch.showing.suggestions import now
from tec.audit.models import Event
from tec.audit.moved import Moved
from tec.projects.models import Project, Role
from tests.examples import example
from tests.factories import make_member, make_project, make_revision, make_user

pytestmark = pytest.mark.django_db

OFF = Deviation("output-type-mismatch", "TEC-3A", "critical", False, reason="An adapter is planned.")
MILD = Deviation("goal-without-metric", "TEC-1", "major", True, "info", reason="Goals come later.")


@pytest.fixture
def project() -> Project:
    made = make_project(name="Triage")
    for descriptor, body in example("emergency-triage").items():
        make_revision(made, descriptor, body)
    return made


def owner_of(project: Project) -> Any:
    return project.members.get(memberships__role=Role.OWNER)


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def owner(project: Project) -> Client:
    return client_of(owner_of(project))


def wanted(project: Project | None, *deviations: Deviation, by: Any = None) -> None:
    replace_rules(project=project, wanted={each.code: each for each in deviations}, by=by or make_user())


def checked(project: Project) -> Check:
    check = start_check(project=project, by=None)
    execute_check(check_id=check.pk)
    return Check.objects.get(pk=check.pk)


def codes(check: Check) -> set[str]:
    return set(check.sightings.values_list("finding__code", flat=True))


def test_nothing_is_set_at_first(project, owner):
    page = owner.get("/projects/triage/rules/").content.decode()

    assert "Nothing is set otherwise" in page
    assert not profile_of(project)
    assert checked(project).ruleset is None


def test_a_rule_is_switched_off_and_the_next_check_goes_by_it(project, owner):
    before = checked(project)
    form = owner.get("/projects/triage/rules/output-type-mismatch/")
    assert form.status_code == 200

    answer = owner.post(
        "/projects/triage/rules/output-type-mismatch/",
        {"enabled": "off", "severity": "", "reason": "An adapter is planned.", "version": "0"},
    )
    after = checked(project)

    assert (answer.status_code, answer["Location"]) == (303, "/projects/triage/rules/")
    assert codes(before) - codes(after) == {"TEC-3A"}
    assert "TEC-3A" not in after.outcomes
    assert after.pk != before.pk
    assert after.rules_digest != before.rules_digest


def test_the_same_profile_answers_from_the_stored_check(project):
    wanted(project, OFF)
    first = checked(project)

    assert start_check(project=project, by=None) == first
    wanted(project)
    assert start_check(project=project, by=None) != first


def test_what_is_wanted_of_all_projects_holds_until_the_project_says_otherwise(project):
    wanted(None, OFF, MILD)
    assert profile_of(project).off == {"output-type-mismatch"}

    wanted(project, OFF._replace(enabled=True, reason="We have none."))

    found = {each.code: (each.enabled, each.grade, each.origin) for each in profile_of(project).deviations}
    assert found == {"TEC-3A": (True, "critical", "project"), "TEC-1": (True, "info", "organisation")}


def test_the_profile_is_stored_with_the_check_as_it_was(project, owner):
    wanted(project, OFF)
    check = checked(project)
    wanted(project, MILD)

    profile = profile_by(check)
    page = owner.get(f"/projects/triage/checks/{check.number}/rules/").content.decode()

    assert [(each.code, each.reason) for each in profile.deviations] == [("TEC-3A", "An adapter is planned.")]
    assert profile.digest == check.ruleset.digest
    assert "TEC-3A" in page
    assert "An adapter is planned." in page
    assert "TEC-1<" not in page


def test_a_set_of_rules_is_kept_once(project):
    other = make_project(name="Other")
    for each in (project, other):
        wanted(each, OFF)
        start_check(project=each, by=None)

    assert Ruleset.objects.count() == 1


def test_a_check_that_waits_goes_by_what_was_wanted_when_it_was_asked_for(project):
    check = start_check(project=project, by=None)
    wanted(project, OFF)

    execute_check(check_id=check.pk)

    assert "TEC-3A" in codes(check)


@pytest.mark.parametrize("page", ["checks/1/", "mismatches/", "missing/", "gate/"])
def test_every_page_that_judges_says_what_is_off(project, owner, page):
    wanted(project, OFF)
    checked(project)

    said = owner.get(f"/projects/triage/{page}").content.decode()

    assert "1 rule is off: TEC-3A; critical among them: TEC-3A." in said
    assert "/projects/triage/checks/1/rules/" in said


def test_two_checks_by_different_rules_are_compared_with_a_word_of_it(project, owner):
    checked(project)
    wanted(project, OFF)
    checked(project)

    said = owner.get("/projects/triage/compare/").content.decode()

    assert "The two checks went by different rules." in said
    assert "as declared in check 1, off in check 2" in said


def test_two_checks_by_the_same_rules_are_compared_without(project, owner):
    wanted(project, OFF)
    checked(project)
    make_revision(project, "system_context", {"version": "1.2"})
    checked(project)

    assert "different rules" not in owner.get("/projects/triage/compare/").content.decode()


def test_fixes_and_forms_go_by_the_profile(project, owner):
    assert any(found.code == "TEC-3A" for found in now(project).report.findings)
    wanted(project, OFF)

    assert all(found.code != "TEC-3A" for found in now(project).report.findings)
    assert owner.get("/projects/triage/descriptors/trained_model/").status_code == 200


def test_a_parameter_out_of_its_bounds_is_refused_at_its_field(project, owner):
    answer = owner.post(
        "/projects/triage/rules/shares-not-100/",
        {"enabled": "on", "severity": "", "param-points": "99", "param-points_per_label": "0.05", "reason": "x", "version": "0"},
    )  # fmt: skip

    assert answer.status_code == 422
    assert "less than or equal to 50" in answer.content.decode()
    assert not RuleSettings.objects.filter(project=project).exclude(rules={}).exists()


def test_a_reason_is_needed(project, owner):
    answer = owner.post("/projects/triage/rules/sc-01/", {"enabled": "off", "severity": "", "version": "0"})

    assert answer.status_code == 422
    assert "This field is required" in answer.content.decode()


def test_only_parameters_that_differ_are_kept(project, owner):
    owner.post(
        "/projects/triage/rules/shares-not-100/",
        {"enabled": "on", "severity": "", "param-points": "2", "param-points_per_label": "0.05", "reason": "Rounded.", "version": "0"},
    )  # fmt: skip

    assert RuleSettings.objects.get(project=project).rules == {
        "X305": {"params": {"points": 2.0}, "reason": "Rounded."}
    }


def test_what_is_set_is_taken_back(project, owner):
    wanted(project, OFF)

    owner.post("/projects/triage/rules/output-type-mismatch/", {"version": "1", "reset": "1"})

    assert not profile_of(project)


@pytest.mark.parametrize("more", [{}, {"reset": "1"}])
def test_a_form_that_somebody_else_overtook_changes_nothing_and_shows_what_they_did(project, owner, more):
    wanted(project, OFF, by=make_user(username="eve"))
    form = {"enabled": "off", "severity": "", "reason": "I wonder.", "version": "0", **more}
    rule = "output-type-mismatch" if more else "goal-without-metric"

    answer = owner.post(f"/projects/triage/rules/{rule}/", form)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "eve changed this after you began." in page
    assert '<ins dir="auto">enabled: no; reason: An adapter is planned.</ins>' in page
    assert "I wonder.</textarea>" in page
    assert profile_of(project).off == {"output-type-mismatch"}
    with pytest.raises(Moved):
        change_rule(project=project, code="TEC-1", wanted=MILD, version=7, by=make_user())

    version = re.search(r'name="version" value="(\d+)"', page)
    assert owner.post(f"/projects/triage/rules/{rule}/", form | {"version": version[1]}).status_code == 303
    assert profile_of(project).off == (set() if more else {"output-type-mismatch", "goal-without-metric"})


def test_a_file_does_not_replace_what_somebody_else_has_set_meanwhile(project, owner):
    page = owner.get("/projects/triage/rules/").content.decode()
    wanted(project, OFF, by=make_user(username="eve"))
    version = re.search(r'name="version" value="(\d+)"', page)[1]

    def send(version):
        file = SimpleUploadedFile("tec.toml", b"[rules.TEC-1]\nenabled = false\nreason = 'Later.'\n")
        return owner.post("/projects/triage/rules/import/", {"file": file, "version": version})

    refused = send(version)
    assert (refused.status_code, profile_of(project).off) == (409, {"output-type-mismatch"})
    assert "eve changed this after you began." in refused.content.decode()

    newer = re.search(r'name="version" value="(\d+)"', refused.content.decode())[1]
    assert (send(newer).status_code, profile_of(project).off) == (303, {"goal-without-metric"})


def test_the_default_of_the_organisation_is_not_overwritten_unseen_either(project):
    admin = client_of(make_user(is_staff=True, is_superuser=True))
    wanted(None, OFF)
    form = {"enabled": "off", "severity": "", "reason": "x", "version": "0"}

    assert admin.post("/organisation/rules/goal-without-metric/", form).status_code == 409
    assert profile_of(project).off == {"output-type-mismatch"}


def test_every_change_is_in_the_log_with_old_and_new(project):
    by = make_user()
    wanted(project, OFF, by=by)
    wanted(project, OFF._replace(reason="Still."), by=by)

    events = Event.objects.filter(verb="rules.changed", project_id=project.pk).order_by("number")

    assert [event.facts["changes"] for event in events] == [
        {"TEC-3A": [None, {"enabled": False, "reason": "An adapter is planned."}]},
        {
            "TEC-3A": [
                {"enabled": False, "reason": "An adapter is planned."},
                {"enabled": False, "reason": "Still."},
            ]
        },
    ]


def test_nothing_is_logged_where_nothing_changes(project):
    wanted(project, OFF)
    wanted(project, OFF)

    assert Event.objects.filter(verb="rules.changed", project_id=project.pk).count() == 1


def test_the_file_that_is_downloaded_gives_the_same_when_it_is_imported(project, owner):
    wanted(None, MILD)
    wanted(project, OFF)
    data = owner.get("/projects/triage/rules/tec.toml").content
    other = make_project(name="Other", owner=owner_of(project))

    owner.post("/projects/other/rules/import/", {"file": SimpleUploadedFile("tec.toml", data)})

    assert [each.code for each in profile_of(other).deviations] == ["TEC-1", "TEC-3A"]
    assert list(RuleSettings.objects.get(project=other).rules) == ["TEC-3A"]  # TEC-1 the organisation wants


def test_a_file_with_a_mistake_changes_nothing_and_names_the_line(project, owner):
    data = b"[rules.TEC-1]\nenabled = false\n"

    answer = owner.post("/projects/triage/rules/import/", {"file": SimpleUploadedFile("tec.toml", data)})

    assert answer.status_code == 422
    assert "tec.toml: line 1: TEC-1 has no reason." in answer.content.decode()
    assert not profile_of(project)


def test_what_means_nothing_any_more_is_said_and_left_out(project, owner):
    RuleSettings.objects.create(
        scope=str(project.pk), project=project, rules={"GONE-1": {"enabled": False, "reason": "x"}}
    )

    page = owner.get("/projects/triage/rules/").content.decode()

    assert "there is no rule “GONE-1”" in page
    assert not profile_of(project)


def test_members_see_and_owners_change(project):
    member = client_of(make_member(project))

    assert member.get("/projects/triage/rules/").status_code == 200
    assert "Change<" not in member.get("/projects/triage/rules/?kind=mismatch").content.decode()
    assert member.get("/projects/triage/rules/sc-01/").status_code == 403
    assert client_of(make_user()).get("/projects/triage/rules/").status_code == 404


def test_what_holds_for_all_projects_is_for_administrators():
    someone, admin = client_of(make_user()), client_of(make_user(is_superuser=True))

    assert someone.get("/organisation/rules/").status_code == 200
    assert someone.get("/organisation/rules/sc-01/").status_code == 403
    assert (
        admin.post(
            "/organisation/rules/sc-01/",
            {"enabled": "off", "severity": "", "reason": "Kept elsewhere.", "version": "0"},
        ).status_code
        == 303
    )
    assert RuleSettings.objects.get(project=None).rules == {
        "SC-01": {"enabled": False, "reason": "Kept elsewhere."}
    }


@pytest.mark.parametrize(
    "query", ["", "?kind=mismatch", "?kind=missing", "?q=goal", "?q=zzz", "?kind=x", "?q=" + "x" * 999]
)
def test_the_overview_answers_whatever_is_asked(project, owner, query):
    assert owner.get(f"/projects/triage/rules/{query}").status_code == 200


def test_the_overview_asks_the_database_a_bounded_number_of_times(
    project, owner, django_assert_max_num_queries
):
    wanted(project, *[Deviation(f"sc-{n:02}", f"SC-{n:02}", "minor", False, reason="x") for n in range(1, 9)])

    with django_assert_max_num_queries(14):
        owner.get("/projects/triage/rules/?kind=missing")


def test_a_profile_comes_back_from_the_database_as_it_was(project):
    wanted(project, OFF, Deviation("label-shift", "X308", "major", True, "minor", {"minor_psi": 0.2}, "x"))
    profile = profile_of(project)

    start_check(project=project, by=None)

    found = Ruleset.objects.get().profile
    assert (found.deviations, found.name, found.digest) == (profile.deviations, profile.name, profile.digest)
    assert isinstance(found, Profile)
