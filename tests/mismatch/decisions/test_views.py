"""Pages where people decide, compare and judge."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mismatch import lifecycle
from mismatch.decisions.models import ACCEPTED_DAYS
from mismatch.models import Baseline, Comment, Decision, Finding, SavedView
from mismatch.showing.history import COMMENTS
from tests.factories import make_member, make_project, make_revision, make_user
from tests.mismatch.findings import checked, fingerprint, found
from tests.mismatch.pages import reader, said, stranger

pytestmark = pytest.mark.django_db

A, B = fingerprint("a"), fingerprint("b")


@pytest.fixture
def project():
    project = make_project(owner=make_user(username="ana"), name="Triage")
    make_revision(project, "trained_model", {"version": "1.2"}, by=project.members.get())
    checked(project, found("a", 1, "critical"), found("b", 1))
    return project


def post(client, project, address, /, *args, **data):
    return client.post(reverse(address, args=[project.slug, *args]), data)


def test_one_decides_about_all_that_the_filters_match_and_undoes_it_in_one_go(client, project):
    reader(client, project)
    page = client.get("/projects/triage/decide/?all=1&of=mismatch&check=1&severity=minor")
    assert "Decide about 1 finding" in said(page)

    done = post(
        client,
        project,
        "decide",
        check=1,
        findings=f"{A} {B}",
        kind="dismiss",
        reason="No.",
        next="/projects/triage/mismatches/?q=x",
    )
    assert (done.status_code, done["Location"]) == (303, "/projects/triage/mismatches/?q=x")
    page = said(client.get("/projects/triage/mismatches/"))
    assert "Nothing is open" in page
    assert "0 of 2 · 2 not a problem" in page

    post(client, project, "decision-withdraw", batch=str(Decision.objects.first().batch))
    assert "2 of 2" in said(client.get("/projects/triage/mismatches/"))


def test_a_refused_decision_says_so_at_the_field(client, project):
    page = post(reader(client, project), project, "decide", check=1, findings=A, kind="accept")

    assert page.status_code == 200
    assert "Give a reason" in said(page)
    assert not Decision.objects.exists()


def test_the_day_a_risk_is_accepted_to_stands_in_the_form_as_browsers_read_it(client, project):
    page = reader(client, project).get(f"/projects/triage/findings/{B}/")
    until = lifecycle.today() + timedelta(days=ACCEPTED_DAYS)

    assert f'type="date" name="until" value="{until.isoformat()}"' in page.content.decode()


def test_a_critical_risk_is_proposed_approved_and_shown(client, project):
    ben = make_member(project, "reviewer", username="ben")
    post(reader(client, project), project, "decide", check=1, findings=A, kind="accept", reason="Known.")
    assert "Acceptance waits for approval" in said(client.get("/projects/triage/mismatches/?state=proposed"))
    decision = Decision.objects.get()
    assert "You proposed this yourself" in said(
        client.post(reverse("decision-approve", args=["triage"]), {"decision": decision.pk}, follow=True)
    )

    client.force_login(ben)
    post(client, project, "decision-approve", decision=decision.pk)

    assert "Risk accepted until" in said(client.get("/projects/triage/mismatches/?state=accepted"))
    assert "1 of 2 · 1 risk accepted" in said(client.get("/projects/triage/mismatches/"))


def test_who_may_approve_does_so_for_all_that_were_ticked_in_one_go(client, project):
    ben = make_member(project, "reviewer", username="ben")
    post(reader(client, project), project, "decide", check=1, findings=A, kind="accept", reason="Known.")
    page = f"/projects/triage/decide/?check=1&finding={A}&finding={B}"
    assert "Waiting for approval already" not in said(client.get(page))

    client.force_login(ben)
    text = said(client.get(page))
    assert "Waiting for approval already" in text
    assert "ana proposes to accept the risk until" in text
    assert "Known." in text
    decision = Decision.objects.get()
    assert f'name="decision" value="{decision.pk}"' in client.get(page).content.decode()


def test_the_page_of_a_finding_tells_its_life(client, project):
    make_revision(project, "trained_model", {"version": "1.2", "model_name": "x"}, by=project.members.get())
    checked(project, found("b", 1))
    make_revision(project, "trained_model", {"version": "1.2"}, by=project.members.get())
    checked(project, found("a", 2, "critical"))
    reader(client, project)
    post(client, project, "finding-comment", A, text="Ask the hospital.")

    page = said(client.get(f"/projects/triage/findings/{A}/"))

    assert "Reopened in check 3 Revision 3 of Trained Model by ana" in page
    assert "Fixed in check 2 Revision 2 of Trained Model by ana" in page
    assert "Opened in check 1 Revision 1 of Trained Model by ana" in page
    assert "Ask the hospital." in page


def test_a_void_decision_says_why(client, project):
    post(reader(client, project), project, "decide", check=1, findings=B, kind="dismiss", reason="No.")
    checked(project, found("b", 2))

    page = said(client.get("/projects/triage/mismatches/"))

    assert "Decision void: the values it was made about have changed" in page


def test_the_only_check_says_that_it_is_compared_with_itself(client, project):
    assert "check 1 against itself" in said(reader(client, project).get("/projects/triage/compare/"))


def test_two_checks_are_compared_with_values_then_and_now(client, project):
    checked(project, found("b", 2), found("c"))
    reader(client, project)

    new, fixed, changed = (
        said(client.get(f"/projects/triage/compare/?show={show}")) for show in ("new", "fixed", "changed")
    )

    assert "New 1 Got worse 0 Fixed 1 Still there, changed 1 Still there, the same 0" in new
    assert "wrong with “ c ”" in new
    assert "wrong with “ a ”" in fixed
    assert "Item name 1 2" in changed


@pytest.mark.parametrize("query", ["a=x", "b=0x1", "a=-1"])
def test_what_is_no_check_cannot_be_compared(client, project, query):
    assert reader(client, project).get(f"/projects/triage/compare/?{query}").status_code == 400


def test_new_is_counted_against_the_baseline(client, project):
    reader(client, project)
    post(client, project, "baseline", check=1)
    checked(project, found("b", 1), found("c", severity="critical"))
    checked(project, found("b", 1), found("c", severity="critical"))

    assert "Everything open" in client.get("/projects/triage/mismatches/").content.decode()
    assert "1 of 2" in said(client.get("/projects/triage/mismatches/?state=new"))
    gate = said(client.get("/projects/triage/gate/?new=1"))
    assert "Only what is new or worse since check 1" in gate
    assert "wrong with “ c ”" in gate

    post(client, project, "baseline", check="")
    assert not Baseline.objects.exists()
    assert "0 of 2" in said(client.get("/projects/triage/mismatches/?state=new"))


def test_a_gate_says_that_the_documents_have_changed(client, project):
    make_revision(project, "trained_model", {"version": "1.2", "model_name": "x"})

    page = said(reader(client, project).get("/projects/triage/gate/"))

    assert "Something has changed since check 1: check again." in page


def test_filters_are_kept_under_a_name(client, project):
    reader(client, project)
    kept = post(client, project, "view-save", kind="mismatch", name="Worst", query="severity=critical&page=3")
    assert kept["Location"] == "/projects/triage/mismatches/?severity=critical"
    view = SavedView.objects.get()
    assert "Views (1) Worst" in said(client.get("/projects/triage/mismatches/"))

    client.force_login(make_member(project))
    assert "Worst" not in said(client.get("/projects/triage/mismatches/"))
    assert post(client, project, "view-delete", view.pk).status_code == 404

    post(reader(client, project), project, "view-delete", view.pk)
    assert not SavedView.objects.exists()


def test_filters_that_are_too_long_to_be_kept_are_said_to_be(client, project):
    reader(client, project)
    given = post(client, project, "view-save", kind="mismatch", name="Long", query=f"q={'я' * 900}")

    assert "too long to be kept" in said(client.get(given["Location"]))
    assert not SavedView.objects.exists()


def test_an_assignee_can_be_filtered_by(client, project):
    reader(client, project)
    post(client, project, "finding-assign", findings=A, to=project.members.get().pk)

    assert "1 of 2" in said(client.get("/projects/triage/mismatches/?assignee=ana"))
    assert "1 of 2" in said(client.get("/projects/triage/mismatches/?assignee=-"))


@pytest.mark.parametrize("next", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(client, project, next):
    done = post(
        reader(client, project),
        project,
        "decide",
        check=1,
        findings=B,
        kind="dismiss",
        reason="No.",
        next=next,
    )

    assert done["Location"] == "/projects/triage/mismatches/"


PAGES = ["decide/?check=1", f"findings/{A}/", "compare/", "gate/"]
POSTS = [
    "decide/",
    f"findings/{A}/comments/",
    "decisions/approve/",
    "decisions/withdraw/",
    "assign/",
    "baseline/",
]


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_finds_no_page_and_nobody_sees_one_without_log_in(client, project, page):
    assert client.get(f"/projects/triage/{page}").status_code == 302
    assert stranger(client).get(f"/projects/triage/{page}").status_code == 404


@pytest.mark.parametrize("page", POSTS)
def test_a_stranger_changes_nothing_and_an_archived_project_is_left_alone(client, project, page):
    assert stranger(client).post(f"/projects/triage/{page}").status_code == 404
    project.archived_at = "2026-01-01T00:00:00Z"
    project.save()

    assert reader(client, project).post(f"/projects/triage/{page}").status_code == 403
    assert not Finding.objects.exclude(decision=None).exists()


def fill(project, number):
    finding = Finding.objects.get(fingerprint=A)
    Comment.objects.bulk_create(
        [
            Comment(finding=finding, author=make_user(), author_name="x", text=f"Remark {place}.")
            for place in range(number)
        ]
    )


def remarks(page):
    return [int(number) for number in re.findall(r"Remark (\d+)\.", said(page))]


def older(page):
    """Where the link to the older comments leads; "" without one."""
    found = re.search(r'<a href="([^"]*)#comments">\d+ older', page.content.decode())
    return found.group(1).replace("&amp;", "&") if found else ""


def test_the_newest_comments_are_shown_and_the_older_ones_by_a_link(client, project):
    reader(client, project)
    at = f"/projects/triage/findings/{A}/"
    fill(project, 2 * COMMENTS + 3)

    first = client.get(at)
    second = client.get(at + older(first))
    third = client.get(at + older(second))

    assert remarks(first) == [*range(COMMENTS + 3, 2 * COMMENTS + 3)]
    assert remarks(second) == [*range(3, COMMENTS + 3)]
    assert remarks(third) == [0, 1, 2]
    assert f"{COMMENTS + 3} older comments" in said(first)
    assert "3 older comments" in said(second)
    assert (older(third), "older comment" in said(third)) == ("", False)
    assert ["Back to the newest" in said(page) for page in (first, second, third)] == [False, True, True]
    assert f'<a href="{at}#comments">Back' in third.content.decode()


def test_as_many_comments_as_are_shown_need_no_link(client, project):
    reader(client, project)
    fill(project, COMMENTS)

    page = client.get(f"/projects/triage/findings/{A}/")

    assert remarks(page) == [*range(COMMENTS)]
    assert older(page) == ""


def test_a_comment_that_is_written_meanwhile_moves_no_other(client, project):
    reader(client, project)
    at = f"/projects/triage/findings/{A}/"
    fill(project, COMMENTS + 2)
    link = older(client.get(at))

    post(client, project, "finding-comment", A, text="Remark 99.")

    assert remarks(client.get(at + link)) == [0, 1]
    assert remarks(client.get(at))[-1] == 99


@pytest.mark.parametrize("before", ["", "x", "-1", "9" * 30, "1e3", "²"])
def test_what_is_no_comment_shows_the_newest(client, project, before):
    reader(client, project)
    fill(project, 3)

    assert remarks(client.get(f"/projects/triage/findings/{A}/?before={before}")) == [0, 1, 2]


def test_before_the_first_comment_there_is_none(client, project):
    reader(client, project)
    fill(project, 1)

    page = client.get(f"/projects/triage/findings/{A}/?before={Comment.objects.get().pk}")

    assert (page.status_code, remarks(page)) == (200, [])
    assert "Back to the newest" in said(page)


def test_a_finding_costs_the_same_however_much_was_said_about_it(client, project):
    reader(client, project)
    at = f"/projects/triage/findings/{A}/"

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(at)
        return len(queries)

    fill(project, COMMENTS)
    asked()
    few = asked()
    fill(project, 300)

    assert asked() == few <= 30
    assert len(remarks(client.get(at))) == COMMENTS
