"""What people are called: the same everywhere, and never like somebody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.html import strip_tags

from descriptors.models import Revision
from mismatch.models import Finding
from mismatch.readiness import concerns_of
from mismatch.services.decide_findings import Terms, decide_findings
from mismatch.services.discuss_finding import assign_findings, comment_on_finding
from tec.audit.models import Event
from tec.notices.models import Notice
from tec.projects import people
from tec.projects.models import Project, Role
from tec.projects.people import actor_of, author_of, called, with_actors
from tec.reports.dossier import dossier_of
from tec.reports.gathering import subject_of
from tec.reports.options import Options
from tests.factories import make_member, make_project, make_revision, make_user
from tests.mismatch.findings import checked, found

pytestmark = pytest.mark.django_db


def make_ada(**over: Any) -> User:
    return make_user(**{"username": "ada", "first_name": "Ada", "last_name": "Lovelace", **over})


def test_somebody_goes_by_their_full_name_else_by_the_user_name() -> None:
    assert called(make_ada()) == "Ada Lovelace"
    assert called(make_user(username="kim", first_name="Kim")) == "Kim"
    assert called(make_user(username="lee", first_name="  ", last_name=" ")) == "lee"
    assert called(None) == "the system"


@pytest.mark.parametrize(
    "other",
    [
        {"first_name": "Ada", "last_name": "Lovelace"},
        {"first_name": " ada ", "last_name": "LOVELACE"},
        {"first_name": "Ada Lovelace"},
        {"username": "Ada Lovelace"},
    ],
)
def test_who_shares_a_name_is_told_apart_by_the_user_name(other: Any) -> None:
    ada, twin = make_ada(), make_user(**other)

    assert called(ada) == "Ada Lovelace (ada)"
    assert called(twin) != called(ada)


def test_nobody_can_call_themselves_what_somebody_else_is_shown_as() -> None:
    ada, kim = make_ada(), make_user(username="kim")

    assert called(make_user(username="eve", first_name="kim")) == "kim (eve)"
    assert called(make_user(username="mal", first_name="Ada", last_name="Lovelace (ada)")).endswith(" (mal)")
    assert (called(ada), called(kim)) == ("Ada Lovelace", "kim")
    assert called(make_user(username="Bo", first_name="bo")) == "bo"  # their own


def test_a_name_that_is_shared_no_more_stands_alone_again() -> None:
    ada, twin = make_ada(), make_ada(username="ada2")
    assert called(ada) == "Ada Lovelace (ada)"

    twin.first_name = "Augusta"
    twin.save()
    assert called(ada) == "Ada Lovelace"
    twin.delete()
    assert called(ada) == "Ada Lovelace"


def test_what_another_process_changes_is_known_after_a_few_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    ada, twin = make_ada(), make_user(username="ada2")
    assert called(ada) == "Ada Lovelace"
    User.objects.filter(pk=twin.pk).update(first_name="Ada", last_name="Lovelace")  # nothing is told of it
    assert called(ada) == "Ada Lovelace"

    monkeypatch.setattr(people, "FRESH", -1.0)

    assert called(ada) == "Ada Lovelace (ada)"


def test_everybody_is_known_by_one_query_and_without_full_names_by_none(
    django_assert_num_queries: Any,
) -> None:
    everybody = [make_ada(username=f"ada{number}") for number in range(30)]
    nameless = [make_user() for _ in range(30)]

    with django_assert_num_queries(0):
        assert {called(each) for each in nameless} == {each.username for each in nameless}
    with django_assert_num_queries(1):
        assert len({called(each) for each in everybody}) == 30


@pytest.fixture
def project() -> Project:
    return make_project()


def test_an_author_whose_account_is_gone_goes_by_the_name_of_then(project: Project) -> None:
    ada = make_ada()
    make_revision(project, by=ada)
    make_revision(project, by=None)
    assert [author_of(each) for each in Revision.objects.order_by("number")] == ["Ada Lovelace", ""]
    ada.delete()
    make_ada(first_name="Somebody", last_name="Else")  # takes the user name

    for revisions in (Revision.objects.all(), Revision.objects.of(project)):
        assert author_of(revisions.order_by("number")[0]) == "ada"


def test_authors_and_actors_that_come_with_their_rows_are_not_asked_for(
    project: Project, django_assert_num_queries: Any
) -> None:
    make_revision(project, by=make_user(username="ada"))

    with django_assert_num_queries(2):
        assert [author_of(each) for each in Revision.objects.of(project)] == ["ada"]
        saved = Event.objects.filter(verb="document.saved")
        assert [actor_of(each) for each in with_actors(saved)] == ["ada"]


def test_an_actor_whose_account_is_gone_goes_by_the_name_of_then(project: Project) -> None:
    ada = make_ada()
    make_revision(project, by=ada)
    make_revision(project, by=None)

    def actors() -> list[list[str]]:
        saved = Event.objects.filter(verb="document.saved").order_by("number")
        return [[actor_of(each) for each in saved], [actor_of(each) for each in with_actors(saved)]]

    assert actors() == [["Ada Lovelace", "the system"]] * 2
    ada.delete()
    make_ada(first_name="Somebody", last_name="Else")
    assert actors() == [["ada", "the system"]] * 2


@pytest.fixture
def told(project: Project) -> dict[str, Any]:
    """A project in which one of two of the same name did all there is to do."""
    ada = make_member(project, Role.OWNER, username="ada", first_name="Ada", last_name="Lovelace")
    make_member(project, Role.OWNER, username="ada2", first_name="Ada", last_name="Lovelace")
    make_revision(project, by=ada)
    make_revision(project, by=ada)
    check = checked(project, found("a"), found("b"))
    finding, other = Finding.objects.order_by("pk")
    comment_on_finding(finding=finding, by=ada, text="Why?")
    assign_findings(project=project, fingerprints=[finding.fingerprint], to=ada, by=ada)
    terms = Terms("dismiss", "No problem.")
    decide_findings(project=project, check=check, fingerprints=[other.fingerprint], terms=terms, by=ada)
    client = Client()
    client.force_login(ada)
    return {"client": client, "finding": finding, "decided": other, "check": check, "ada": ada}


WHO = "Ada Lovelace (ada)"
AT = "/projects/churn/"
PAGES = {
    "overview": (AT, WHO),
    "members": (f"{AT}members/", WHO),
    "history": (f"{AT}history/", WHO),
    "history of a document": (f"{AT}descriptors/system_context/history/", WHO),
    "document": (f"{AT}descriptors/system_context/", f"by {WHO}"),
    "revision": (f"{AT}descriptors/system_context/history/1/", f"by {WHO}"),
    "two revisions": (f"{AT}descriptors/system_context/history/compare/?left=1&right=2", f"by {WHO}"),
    "fields": (f"{AT}descriptors/system_context/history/fields/", WHO),
    "state": (f"{AT}history/state/?at=2999-01-01", WHO),
    "audit": (f"{AT}audit/?what=document", f"revision 2 {WHO} "),
    "comment and assignee": (f"{AT}findings/{{finding}}/", f"Why? {WHO} , just now"),
    "decision": (f"{AT}findings/{{decided}}/", f"No problem. {WHO} , just now"),
    "filter": (f"{AT}mismatches/", f"Nobody yet {WHO} "),
}


@pytest.mark.parametrize("page", PAGES)
def test_pages_call_people_the_same(told: Any, page: str) -> None:
    path, said = PAGES[page]
    path = path.format(finding=told["finding"].fingerprint, decided=told["decided"].fingerprint)

    answer = told["client"].get(path)

    assert answer.status_code == 200
    html = answer.content.decode().partition("<main")[2]
    assert said in " ".join(strip_tags(html.replace("<", " <")).split())


@pytest.mark.parametrize("page", ["members/", "audit/"])
def test_the_user_name_stands_beside_a_name_that_does_not_hold_it(project: Project, page: str) -> None:
    ada = make_member(project, username="ada", first_name="Ada", last_name="Lovelace")
    make_revision(project, by=ada)
    client = Client()
    client.force_login(ada)

    def once() -> int:
        return client.get(AT + page).content.decode().count('<span class="sub"><bdi>ada</bdi></span>')

    assert once() == 1
    make_ada(username="ada2")
    assert once() == 0


def test_a_filter_by_assignee_names_the_person_and_asks_by_the_user_name(told: Any) -> None:
    page = told["client"].get(f"{AT}mismatches/?assignee=ada").content.decode()

    assert '<option value="ada" selected>Ada Lovelace (ada)</option>' in page
    assert page.count('class="finding') == 1


def test_reports_call_people_the_same(told: Any, project: Project) -> None:
    subject = subject_of(project, Options())

    assert (WHO, "Owner") in subject.people
    assert {each.assignee for each in subject.found} == {WHO, ""}
    assert {each.decision.by for each in subject.found if each.decision} == {WHO}
    assert {each.author for each in subject.read} == {WHO}
    assert WHO in {part.author for part in dossier_of(project).parts}
    notes = {each.note for each in concerns_of(told["check"], None)}
    assert notes == {f"called no problem by {WHO}", ""}


def test_news_and_messages_call_people_the_same(told: Any, project: Project) -> None:
    other = make_member(project)
    assign_findings(project=project, fingerprints=[told["finding"].fingerprint], to=other, by=told["ada"])
    assert Notice.objects.get(user=other).text.startswith(f"{WHO} gave you")

    member = project.memberships.get(user=told["ada"])
    page = told["client"].post(f"{AT}members/{member.pk}/", {"role": "viewer"}, follow=True).content.decode()
    assert f"{WHO} is viewer now." in page
