"""Who may see the pages of checks, what starts a check, and what its pages say in every state."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mismatch.models import Check, State
from mismatch.services.start_check import start_check
from tec.projects.services.change_project import archive_project
from tec.work.models import Worker
from tests.examples import example
from tests.factories import make_member, make_project, make_revision
from tests.mismatch.pages import (
    CLEAN,
    TRIAGE,
    checked_project,
    filled_project,
    member_of,
    reader,
    run_check,
    said,
    stranger,
)

pytestmark = pytest.mark.django_db

PAGES = ["checks/", "checks/1/", "checks/1/progress/", "mismatches/", "missing/"]
HTMX = {"HX-Request": "true"}


def queued(project) -> Check:
    return start_check(project=project, by=member_of(project))


def as_state(check: Check, **fields) -> Check:
    Check.objects.filter(pk=check.pk).update(**fields)
    check.refresh_from_db()
    return check


@pytest.fixture
def listening():
    return Worker.objects.create(name="one", seen_at=timezone.now() + timedelta(minutes=5))


# --- who ---


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_a_check_without_logging_in(client, page):
    checked_project(TRIAGE)
    path = f"/projects/churn/{page}"

    assert client.get(path).url == f"/accounts/login/?next={path}"


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_cannot_tell_a_check_from_nothing(client, page):
    checked_project(TRIAGE)
    stranger(client)

    assert client.get(f"/projects/churn/{page}").status_code == 404
    assert client.get(f"/projects/nowhere/{page}").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_every_member_sees_it(client, page):
    project = checked_project(TRIAGE)
    client.force_login(make_member(project, role="viewer"))

    assert client.get(f"/projects/churn/{page}").status_code == 200


@pytest.mark.parametrize("page", ["checks/1/", "checks/1/progress/", "mismatches/", "missing/"])
def test_a_page_of_findings_is_only_read(client, page):
    reader(client, checked_project(TRIAGE))

    assert client.post(f"/projects/churn/{page}").status_code == 405


def test_a_stranger_starts_nothing(client):
    make_project()

    assert stranger(client).post("/projects/churn/checks/").status_code == 404
    assert not Check.objects.exists()


def test_nobody_starts_a_check_without_logging_in(client):
    make_project()

    assert client.post("/projects/churn/checks/").status_code == 302
    assert not Check.objects.exists()


def test_an_archived_project_is_not_checked_but_its_checks_are_read(client):
    project = checked_project(TRIAGE)
    archive_project(project=project, by=member_of(project))
    reader(client, project)

    assert client.post("/projects/churn/checks/").status_code == 403
    assert "Check again" not in said(client.get("/projects/churn/mismatches/"))


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999999999"])
def test_a_check_that_does_not_exist_is_not_found(client, number):
    reader(client, checked_project(TRIAGE))

    assert client.get(f"/projects/churn/checks/{number}/").status_code == 404


def test_the_check_of_another_project_is_not_found(client):
    checked_project(TRIAGE)
    mine = make_project(name="Mine")

    assert reader(client, mine).get("/projects/mine/checks/1/").status_code == 404


# --- starting ---


def test_starting_leads_to_the_check(client):
    project = filled_project(example(CLEAN))

    response = reader(client, project).post("/projects/churn/checks/")

    assert response.status_code == 303
    assert response.url == "/projects/churn/checks/1/"
    assert Check.objects.get().requested_by == member_of(project)


def test_a_check_of_the_same_documents_is_answered_by_the_stored_one(client):
    project = checked_project(CLEAN)

    response = reader(client, project).post("/projects/churn/checks/")

    assert response.url == "/projects/churn/checks/1/"
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Nothing has changed since check 1, so its result still holds."
    ]


def test_asking_twice_says_that_the_check_is_on_its_way(client):
    project = filled_project(example(CLEAN))
    queued(project)

    response = reader(client, project).post("/projects/churn/checks/")

    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Check 1 of the same documents is on its way already."
    ]
    assert Check.objects.count() == 1


def test_a_new_check_says_nothing_but_its_own_page(client):
    response = reader(client, filled_project(example(CLEAN))).post("/projects/churn/checks/")

    assert not list(get_messages(response.wsgi_request))


# --- before the first check ---


@pytest.mark.parametrize("page", ["mismatches/", "missing/"])
def test_a_project_without_documents_is_told_where_to_begin(client, page):
    reader(client, make_project())

    words = said(client.get(f"/projects/churn/{page}"))

    assert "There is nothing to compare yet" in words
    assert "Check now" not in words


@pytest.mark.parametrize("page", ["mismatches/", "missing/"])
def test_a_project_never_checked_offers_a_check(client, page):
    project = make_project()
    make_revision(project)

    words = said(reader(client, project).get(f"/projects/churn/{page}"))

    assert "Not checked yet" in words
    assert "Check now" in words


def test_the_history_of_no_check_says_so(client):
    reader(client, make_project())

    assert "Nothing has been checked yet" in said(client.get("/projects/churn/checks/"))


# --- on its way ---


def test_a_waiting_check_says_how_many_come_first(client, listening):
    queued(filled_project(example(CLEAN), name="Other"))
    project = filled_project(example(CLEAN))
    check = queued(project)
    as_state(check, created_at=check.created_at + timedelta(seconds=1))

    words = said(reader(client, project).get("/projects/churn/checks/1/"))

    assert "Waiting; 1 check comes first" in words
    assert "No worker is listening" not in words


def test_a_waiting_check_says_if_nobody_listens_and_what_to_do(client):
    project = filled_project(example(CLEAN))
    queued(project)

    words = said(reader(client, project).get("/projects/churn/checks/1/"))

    assert "No worker is listening." in words
    assert "docker compose up -d worker" in words


def test_a_running_check_shows_how_far_it_is(client, listening):
    project = filled_project(example(CLEAN))
    as_state(
        queued(project),
        state=State.RUNNING,
        attempts=1,
        started_at=timezone.now(),
        progress_done=1,
        progress_total=3,
    )

    page = reader(client, project).get("/projects/churn/checks/1/").content.decode()

    assert '<progress value="1" max="3"' in page
    assert "being repeated" not in page


def test_a_check_that_lost_its_worker_says_that_it_is_repeated(client, listening):
    project = filled_project(example(CLEAN))
    as_state(queued(project), state=State.RUNNING, attempts=2, started_at=timezone.now())

    assert "being repeated (2 of 3)" in said(reader(client, project).get("/projects/churn/checks/1/"))


def test_the_page_asks_often_at_first_and_seldom_later(client, listening):
    project = filled_project(example(CLEAN))
    check = queued(project)
    reader(client, project)

    assert 'hx-trigger="every 300ms"' in client.get("/projects/churn/checks/1/").content.decode()
    as_state(check, created_at=timezone.now() - timedelta(seconds=6))
    assert 'hx-trigger="every 2000ms"' in client.get("/projects/churn/checks/1/").content.decode()


def test_without_script_the_page_loads_itself_again(client, listening):
    project = filled_project(example(CLEAN))
    queued(project)

    page = reader(client, project).get("/projects/churn/checks/1/").content.decode()

    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert "Look again" in page


def test_the_fragment_is_the_same_as_on_the_page_and_never_stored(client, listening):
    project = filled_project(example(CLEAN))
    queued(project)
    reader(client, project)

    response = client.get("/projects/churn/checks/1/progress/", headers=HTMX)

    assert response.content.decode().strip().startswith("<section")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("state", [State.DONE, State.FAILED])
def test_the_page_is_loaded_again_when_the_check_has_ended(client, state):
    project = filled_project(example(CLEAN))
    as_state(queued(project), state=state, finished_at=timezone.now())

    response = reader(client, project).get("/projects/churn/checks/1/progress/", headers=HTMX)

    assert response["HX-Refresh"] == "true"


def test_a_fragment_asked_for_after_logging_out_reloads_the_page(client):
    queued(filled_project(example(CLEAN)))

    response = client.get("/projects/churn/checks/1/progress/", headers=HTMX)

    assert response["HX-Refresh"] == "true"


def test_the_first_check_is_followed_on_the_page_of_findings(client, listening):
    project = filled_project(example(CLEAN))
    queued(project)

    words = said(reader(client, project).get("/projects/churn/mismatches/"))

    assert "This is the first check of the project" in words
    assert "Check now" not in words


# --- failed ---


def test_a_failed_check_says_what_happened_and_offers_another(client):
    project = filled_project(example(CLEAN))
    as_state(
        queued(project),
        state=State.FAILED,
        attempts=3,
        error="The worker was lost.",
        finished_at=timezone.now(),
    )

    words = said(reader(client, project).get("/projects/churn/checks/1/"))

    assert "This check failed after 3 attempts" in words
    assert "The worker was lost." in words
    assert "Check again" in words


def test_a_failed_check_never_looks_like_a_clean_one(client):
    project = filled_project(example(CLEAN))
    as_state(queued(project), state=State.FAILED, error="The worker was lost.", finished_at=timezone.now())

    words = said(reader(client, project).get("/projects/churn/mismatches/"))

    assert "failed" in words
    assert "The worker was lost." in words
    assert "No check has finished yet" in words
    assert "Everything fits" not in words


# --- while an older one is shown ---


def changed(project) -> None:
    make_revision(project, "system_context", {"version": "1.2", "task": "Another task"})


def test_documents_that_changed_since_are_named(client):
    project = checked_project(TRIAGE)
    changed(project)

    words = said(reader(client, project).get("/projects/churn/mismatches/"))

    assert "1 document changed since check 1." in words
    assert "System Context : revision 1, now 2" in words
    assert "up to date" not in words


def test_a_document_that_is_new_since_is_named(client):
    project = checked_project(TRIAGE)
    make_revision(project, "production_environment", example(CLEAN)["production_environment"])

    assert "Production Environment : new, revision 1" in said(
        reader(client, project).get("/projects/churn/mismatches/")
    )


def test_rules_that_changed_since_are_said(client):
    project = checked_project(TRIAGE)
    Check.objects.update(rules_digest="0" * 64)

    assert "The rules have changed since check 1." in said(
        reader(client, project).get("/projects/churn/mismatches/")
    )


def test_what_is_up_to_date_says_so(client):
    words = said(reader(client, checked_project(TRIAGE)).get("/projects/churn/mismatches/"))

    assert "up to date with all saved revisions" in words


def test_a_check_on_its_way_is_followed_above_the_older_findings(client, listening):
    project = checked_project(TRIAGE)
    changed(project)
    queued(project)

    response = reader(client, project).get("/projects/churn/mismatches/")

    assert "Check 2 is waiting for a worker" in said(response)
    assert 'hx-get="/projects/churn/checks/2/progress/?beside"' in response.content.decode()
    assert "27 of 27" in said(response)


def test_the_note_above_older_findings_ends_with_a_link(client):
    project = checked_project(TRIAGE)
    changed(project)
    run_check(project)

    response = reader(client, project).get("/projects/churn/checks/2/progress/?beside", headers=HTMX)

    assert "Check 2 is done." in said(response)
    assert "hx-trigger" not in response.content.decode()


def test_a_failed_check_is_said_above_the_older_findings(client):
    project = checked_project(TRIAGE)
    changed(project)
    as_state(queued(project), state=State.FAILED, error="The worker was lost.", finished_at=timezone.now())

    words = said(reader(client, project).get("/projects/churn/mismatches/"))

    assert "Check 2 failed" in words
    assert "The worker was lost." in words
    assert words.count("Check again") == 1


# --- history ---


def test_the_history_counts_what_came_and_went(client):
    project = checked_project(TRIAGE)
    documents = example(TRIAGE)
    documents["development_environment"]["ml_frameworks"].append("Flux")
    documents["production_data"]["schema"].append(
        {**documents["production_data"]["schema"][0], "field_name": "zip"}
    )
    make_revision(project, "development_environment", documents["development_environment"])
    make_revision(project, "production_data", documents["production_data"])
    run_check(project)

    words = said(reader(client, project).get("/projects/churn/checks/"))

    assert "1 new, 1 gone" in words
    assert "the first" in words
    assert "5 rules cannot tell" in words


def test_the_history_shows_failed_and_waiting_checks(client):
    project = checked_project(CLEAN)
    changed(project)
    as_state(queued(project), state=State.FAILED, error="The worker was lost.", finished_at=timezone.now())
    changed(project)
    queued(project)

    words = said(reader(client, project).get("/projects/churn/checks/"))

    assert "failed" in words
    assert "The worker was lost." in words
    assert "queued" in words


@pytest.mark.parametrize("page", ["1", "2", "0", "-1", "x", "99999999999999999999"])
def test_the_history_has_pages(client, page):
    project = make_project()
    for number in range(1, 31):
        Check.objects.create(project=project, number=number, state=State.FAILED, error="Lost.")
    reader(client, project)

    response = client.get("/projects/churn/checks/", {"page": page})

    assert response.status_code == 200
    assert "of 30" in said(response)


def test_the_history_asks_as_little_for_many_checks_as_for_few(client):
    project = checked_project(TRIAGE)
    changed(project)
    run_check(project)
    reader(client, project)

    with CaptureQueriesContext(connection) as few:
        client.get("/projects/churn/checks/")
    for number in range(3, 20):
        Check.objects.create(
            project=project, number=number, state=State.DONE, requested_by=member_of(project)
        )
    with CaptureQueriesContext(connection) as many:
        client.get("/projects/churn/checks/")

    assert len(few) == len(many)
