"""The pages on which rules of one's own are written, tried and let into checks."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict

from mismatch.models import Check, DryRun, OwnRule, OwnRuleVersion
from mismatch.own import facts as own_facts
from mismatch.own.dry_run import projects_for, tally, tried
from mismatch.own.facts import names_of
from mismatch.own.rules import compiled
from mismatch.own.views import TEMPLATE
from mismatch.profiles.current import profile_by, profile_of
from mismatch.services.execute_check import execute_check
from mismatch.services.start_check import start_check
from mismatch.services.try_own_rule import MOST_WAITING, TooManyRuns, execute_dry_run, start_dry_run
from mismatch.services.write_own_rule import CasesFail, activate, retire, write_version
from mismatch.showing.review import matching
from tec.audit.models import Event
from tec.projects.models import Project
from tests.api import Api, problem_of
from tests.factories import make_member, make_project, make_revision, make_user
from tests.mismatch.profiles.test_pages import client_of, owner_of

pytestmark = pytest.mark.django_db

NEW = "/projects/churn/own-rules/new/"


@pytest.fixture
def project() -> Project:
    made = make_project(name="Churn")
    make_revision(made, "system_context", {"version": "1.2", "task": "Alchemy"})
    return made


def checked(project: Project) -> Check:
    check = start_check(project=project, by=None)
    execute_check(check_id=check.pk)
    return Check.objects.get(pk=check.pk)


def written(
    project: Project | None = None, source: str = TEMPLATE, rule: OwnRule | None = None
) -> OwnRuleVersion:
    return write_version(rule=rule, project=project, source=source, by=make_user())


def test_a_rule_is_written_tried_and_let_into_checks(project):
    owner = client_of(owner_of(project))
    assert TEMPLATE.splitlines()[0] in owner.get(NEW).content.decode()

    answer = owner.post(NEW, {"source": TEMPLATE, "save": "1"})
    assert (answer.status_code, answer["Location"]) == (303, "/projects/churn/own-rules/1/")
    assert "U1" not in checked(project).outcomes

    answer = owner.post("/projects/churn/own-rules/1/dry-run/")
    assert (answer.status_code, answer["Location"]) == (303, "/projects/churn/own-rules/1/#dry-run")
    assert "Waiting for a worker" in owner.get("/projects/churn/own-rules/1/").content.decode()
    execute_dry_run(row_id=DryRun.objects.get().pk)
    page = owner.get("/projects/churn/own-rules/1/dry-run/").content.decode()
    assert "fires in 1 of 1 project" in page
    assert "“Alchemy” is no task that we have." in page
    assert "hx-get" not in page

    owner.post("/projects/churn/own-rules/1/", {"version": "1"})
    check = checked(project)
    assert check.outcomes["U1"] == "fail"
    assert profile_by(check).own[0].code == "U1"


def test_what_is_no_rule_is_refused_with_its_line(project):
    answer = client_of(owner_of(project)).post(NEW, {"source": TEMPLATE.replace("minor", "bad"), "save": "1"})

    assert answer.status_code == 422
    assert "line 3: “bad” is no severity" in answer.content.decode()
    assert not OwnRule.objects.exists()


def test_cases_that_do_not_come_out_keep_it_from_being_saved(project):
    source = TEMPLATE.replace("fires: 1", "fires: 2")
    answer = client_of(owner_of(project)).post(NEW, {"source": source, "save": "1"})

    assert "Not all come out; nothing was saved" in answer.content.decode()
    assert not OwnRule.objects.exists()
    with pytest.raises(CasesFail):
        activate(version=written(project, source), by=make_user())


def test_trying_shows_the_cases_and_saves_nothing(project):
    page = client_of(owner_of(project)).post(NEW, {"source": TEMPLATE, "try": "1"}).content.decode()

    assert "All come out" in page
    assert not OwnRule.objects.exists()


def test_every_change_is_a_version_and_checks_keep_theirs(project):
    first = written(project)
    activate(version=first, by=make_user())
    before = checked(project)
    second = written(project, TEMPLATE.replace("minor", "major"), first.rule)
    assert start_check(project=project, by=None) == before  # written, and not yet activated
    activate(version=second, by=make_user())
    after = checked(project)

    assert [profile_by(each).own[0].severity for each in (before, after)] == ["minor", "major"]
    assert (second.number, second.rule.code) == (2, "U1")


def test_a_retired_rule_takes_part_no_more_and_its_code_is_not_given_again(project):
    version = written(project)
    activate(version=version, by=make_user())
    retire(rule=version.rule, by=make_user())

    assert not profile_of(project)
    assert written(project).rule.code == "U2"


def test_a_rule_of_all_projects_runs_in_each_and_one_of_a_project_only_there(project):
    other = make_project(name="Other")
    activate(version=written(None), by=make_user())
    activate(version=written(project), by=make_user())

    assert [rule.code for rule in profile_of(project).own] == ["U1", "U2"]
    assert [rule.code for rule in profile_of(other).own] == ["U1"]


def test_a_rule_of_a_deleted_project_runs_nowhere(project):
    activate(version=written(project), by=make_user())
    other = make_project(name="Other")
    project.delete()

    assert not profile_of(other)


def tried_by(user: User, version: OwnRuleVersion) -> DryRun:
    """What a worker makes of a dry run that *user* asks for."""
    row = start_dry_run(version=version, by=user)
    execute_dry_run(row_id=row.pk)
    return DryRun.objects.get(pk=row.pk)


def test_a_dry_run_looks_only_at_what_somebody_may_see(project):
    member = make_member(project)
    make_project(name="Secret")
    make_project(name="Blank", owner=member)

    run = tried_by(member, written(None))

    assert (run.state, run.outcomes) == ("done", {"fail": 1, "cannot-tell": 1})
    assert tried(run, member, 10) == [(project, 1, ["“Alchemy” is no task that we have."])]
    assert tried(run, make_user(), 10) == []


def test_what_somebody_may_see_no_more_is_not_shown_to_them(project):
    member = make_member(project)
    run = tried_by(member, written(None))
    project.memberships.filter(user=member).delete()

    assert tried(run, member, 10) == []


def test_a_dry_run_reads_many_projects_in_few_queries(project, django_assert_max_num_queries):
    owner = owner_of(project)
    for number in range(30):
        make_revision(make_project(name=f"P{number}", owner=owner), "system_context", {"version": "1.2"})
    definition = written(None).definition

    with django_assert_max_num_queries(4):
        found = tally(definition, projects_for(owner, None), lambda done, total: None)

    assert sum(found.outcomes.values()) == 31


def test_everybody_sees_only_their_own_dry_run(project):
    version = written(project)
    tried_by(owner_of(project), version)
    other = client_of(make_member(project))

    assert "would find" not in other.get("/projects/churn/own-rules/1/dry-run/").content.decode()


def test_a_dry_run_that_is_on_its_way_is_not_begun_twice_and_a_new_one_replaces_the_old(project):
    owner, version = owner_of(project), written(project)
    first = start_dry_run(version=version, by=owner)
    assert start_dry_run(version=version, by=owner) == first

    execute_dry_run(row_id=first.pk)
    second = start_dry_run(version=version, by=owner)

    assert [run.pk for run in DryRun.objects.all()] == [second.pk]
    assert Event.objects.filter(verb="own_rule.tried").count() == 2


def test_one_person_cannot_fill_the_queue_with_dry_runs(project):
    owner = owner_of(project)
    for _ in range(MOST_WAITING):
        start_dry_run(version=written(project), by=owner)

    with pytest.raises(TooManyRuns):
        start_dry_run(version=written(project), by=owner)


def test_a_dry_run_without_a_worker_says_so(project):
    owner = client_of(owner_of(project))
    written(project)
    owner.post("/projects/churn/own-rules/1/dry-run/")

    assert "No worker is listening" in owner.get("/projects/churn/own-rules/1/").content.decode()


def test_activating_a_version_whose_cases_fail_names_them(project):
    written(project, TEMPLATE.replace("fires: 1", "fires: 2"))
    owner = client_of(owner_of(project))

    page = owner.post("/projects/churn/own-rules/1/", {"version": "1"}, follow=True).content.decode()

    assert "U1 version 1 was not activated: its test cases do not come out, “an unknown task”." in page
    assert OwnRule.objects.get().active is None


def test_findings_and_filters_know_the_rule(project):
    activate(version=written(project), by=make_user())
    checked(project)
    owner = client_of(owner_of(project))

    page = owner.get("/projects/churn/mismatches/").content.decode()

    assert "What is wrong when the rule fires, in one sentence" in page
    assert owner.get("/rules/u1/")["Location"] == "/projects/churn/own-rules/1/"
    assert client_of(make_user()).get("/rules/u1/").status_code == 404


def test_a_rule_of_another_place_is_not_found_here(project):
    version = written(None)
    owner = client_of(owner_of(project))

    assert owner.get(f"/projects/churn/own-rules/{version.rule.number}/").status_code == 404
    assert owner.get("/organisation/own-rules/1/").status_code == 200
    assert owner.post("/organisation/own-rules/1/", {"version": "1"}).status_code == 403


@pytest.mark.parametrize("given", ["", "x", "9" * 30, "7"])
def test_a_version_that_does_not_exist_is_not_activated(project, given):
    written(project)
    answer: Any = client_of(owner_of(project)).post("/projects/churn/own-rules/1/", {"version": given})

    assert answer.status_code == 404


@pytest.mark.parametrize("asked", ["U1", "u1"])
def test_findings_are_filtered_by_a_rule_of_ones_own(project, asked):
    activate(version=written(project), by=make_user())
    check = checked(project)
    owner = owner_of(project)

    page = client_of(owner).get(f"/projects/churn/mismatches/?rule={asked}").content.decode()
    answer = Api(owner).get(f"projects/churn/findings/?rule={asked}").json()

    assert "There is no rule" not in page
    assert '<option value="u1" selected>U1 What is wrong when the rule fires' in page
    assert page.count('class="finding') == 1
    assert [each["code"] for each in answer["results"]] == ["U1"]
    assert matching(check, "mismatch", QueryDict(f"rule={asked}")) == [answer["results"][0]["fingerprint"]]


def test_a_retired_rule_of_ones_own_is_still_known_to_the_project_it_found_something_in(project):
    version = written(project)
    activate(version=version, by=make_user())
    checked(project)
    retire(rule=version.rule, by=make_user())
    checked(project)
    owner = owner_of(project)

    assert (
        "There is no rule" not in client_of(owner).get("/projects/churn/mismatches/?rule=U1").content.decode()
    )
    assert Api(owner).get("projects/churn/findings/?rule=U1").json()["count"] == 0


def test_a_rule_of_another_project_is_no_filter_and_its_words_are_not_told(project):
    activate(version=written(project), by=make_user())
    checked(project)
    other = make_project(name="Other")
    make_revision(other, "system_context", {"version": "1.2", "task": "Alchemy"})
    checked(other)
    owner = owner_of(other)

    page = client_of(owner).get("/projects/other/missing/?rule=U1").content.decode()

    assert "There is no rule" in page
    assert "What is wrong when the rule fires" not in page
    problem = problem_of(Api(owner).get("projects/other/findings/?rule=U1"), 400)
    assert problem["errors"][0]["parameter"] == "rule"


def test_pages_read_the_newest_version_of_each_rule_and_no_other(project, monkeypatch):
    rule = written(project).rule
    written(project, TEMPLATE.replace("What is wrong", "What is odd"), rule)
    written(project, rule=None)
    read = []
    monkeypatch.setattr(own_facts, "_read", {})
    monkeypatch.setattr(
        own_facts, "compiled", lambda definition: read.append(definition) or compiled(definition)
    )

    facts = own_facts.own_facts("u1", rule.code)

    assert facts.title.startswith("What is odd")
    assert len(read) == 2


@pytest.mark.parametrize("asked", [["u1"], [f"u{number}" for number in range(2, 2_000)]])
def test_knowing_the_rules_of_ones_own_takes_a_query_at_most(project, asked, django_assert_max_num_queries):
    activate(version=written(project), by=make_user())
    check = checked(project)

    with django_assert_max_num_queries(len(asked) > 1):
        names = names_of(check, asked)
    assert [name for name in asked if name in names] == asked[: len(asked) == 1]


def test_many_versions_come_in_pages(project, django_assert_max_num_queries):
    first = written(project)
    for number in range(2, 61):
        OwnRuleVersion.objects.create(
            rule=first.rule, number=number, source=first.source, definition=first.definition
        )
    owner = client_of(owner_of(project))

    with django_assert_max_num_queries(14):
        newest = owner.get("/projects/churn/own-rules/1/").content.decode()
    oldest = owner.get("/projects/churn/own-rules/1/?page=3").content.decode()

    assert "Version 60 by" in newest
    assert "Version 35 by" not in newest
    assert "1 to 25 of 60" in newest
    assert "Version 1 by" in oldest
    assert '<h2 id="about-h">Version 60</h2>' in oldest


NEXT = "/projects/churn/own-rules/1/next/"
MAJOR, INFO = (TEMPLATE.replace("severity: minor", f"severity: {word}") for word in ("major", "info"))


def version_in(page: str) -> str:
    return page.partition('name="version" value="')[2].partition('"')[0]


def test_a_version_that_began_from_an_older_one_is_not_put_on_top_of_a_newer_one_unseen(project):
    rule = written(project).rule
    owner, eve = client_of(owner_of(project)), make_member(project, "owner", username="eve")
    begun = version_in(owner.get(NEXT).content.decode())
    write_version(rule=rule, project=project, source=MAJOR, by=eve, based_on=1)

    answer = owner.post(NEXT, {"source": INFO, "version": begun, "save": "1"})

    page = answer.content.decode()
    assert (answer.status_code, rule.versions.count()) == (409, 2)
    assert "eve changed this after you began." in page
    assert "Own rule U1: version 2 written" in page
    assert "version 1 written" not in page
    assert "Version 2, as it stands now" in page
    assert "severity: major" in page.partition("<pre")[2].partition("</pre>")[0]
    assert "severity: info" in page.partition("<textarea")[2].partition("</textarea>")[0]
    assert Event.objects.filter(verb="own_rule.written").count() == 2

    answer = owner.post(NEXT, {"source": INFO, "version": version_in(page), "save": "1"})
    assert answer.status_code == 303
    assert rule.versions.all()[0].source == INFO


def test_trying_does_not_make_an_old_version_the_newest_one(project):
    rule = written(project).rule
    owner = client_of(owner_of(project))
    written(project, MAJOR, rule)

    tried_on_one = owner.post(NEXT, {"source": INFO, "version": "1", "try": "1"}).content.decode()
    broken_on_one = owner.post(NEXT, {"source": "title: [", "version": "1", "save": "1"}).content.decode()

    assert version_in(tried_on_one) == version_in(broken_on_one) == "1"


@pytest.mark.parametrize("said", [{}, {"version": "x"}, {"version": "3"}, {"version": "-1"}])
def test_a_form_that_does_not_name_the_newest_version_knows_none(project, said):
    written(project)

    assert client_of(owner_of(project)).post(NEXT, {"source": INFO, "save": "1", **said}).status_code == 409


def test_the_same_words_written_by_two_people_are_one_version(project):
    rule = written(project).rule
    written(project, MAJOR, rule)

    answer = client_of(owner_of(project)).post(NEXT, {"source": MAJOR, "version": "1", "save": "1"})

    assert (answer.status_code, rule.versions.count()) == (303, 2)


def test_two_who_begin_from_the_same_version_are_not_both_taken(project):
    rule, admin = written(None).rule, client_of(make_user(is_superuser=True))
    at = f"/organisation/own-rules/{rule.number}/next/"

    first = admin.post(at, {"source": MAJOR, "version": "1", "save": "1"})
    second = admin.post(at, {"source": INFO, "version": "1", "save": "1"})

    assert (first.status_code, second.status_code) == (303, 409)
    assert rule.versions.all()[0].source == MAJOR
