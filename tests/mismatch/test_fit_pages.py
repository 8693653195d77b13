"""Pages of fit, traceability and suggested fixes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from descriptors.models import Revision
from descriptors.services.save_revision import current_number
from mismatch.findings import Report
from mismatch.fit import fit
from mismatch.scores import scores_of
from mismatch.services.accept_fix import FixMoved, accept_fix
from mismatch.services.execute_check import execute_check
from mismatch.services.start_check import start_check
from mismatch.showing.suggestions import now
from mismatch.snapshot import documents
from mismatch.stored import finding_of, outlined
from tec.audit.models import Event
from tec.projects.models import Project
from tests.examples import example
from tests.factories import make_member, make_project, make_revision, make_user
from tests.mismatch.findings import checked as stored_check
from tests.mismatch.findings import found
from tests.mismatch.pages import filled_project, member_of, reader

pytestmark = pytest.mark.django_db


def checked(project: Project) -> Project:
    """*project* after a check by all rules."""
    execute_check(check_id=start_check(project=project, by=None).pk)
    return project


def loans(**fields: Any) -> Project:
    """The clean example with *fields* of the trained model changed, checked."""
    documents = example("consumer-loan-default")
    documents["trained_model"] |= fields
    return checked(filled_project(documents, name="Loans"))


def page(client: Client, project: Project, name: str) -> str:
    answer = reader(client, project).get(reverse(name, args=[project.slug]))
    assert answer.status_code == 200
    return answer.content.decode()


def fingerprint_of(project: Project, code: str) -> str:
    return next(each.fingerprint for each in now(project).report.findings if each.code == code)


def test_fit_and_coverage_stand_side_by_side(client: Client):
    body = page(client, loans(), "fit")

    assert "<dt>Fit</dt>" in body
    assert "<dt>Coverage</dt>" in body
    assert "System Context and Trained Model: fit 100" in body
    assert "They open no gate" in body


def test_the_page_says_what_the_score_was_before(client: Client):
    project = loans()
    make_revision(
        project, "trained_model", example("consumer-loan-default")["trained_model"] | {"ensemble": True}
    )
    checked(project)

    assert "<dt>Before</dt>" in page(client, project, "fit")


def test_the_scores_of_a_check_are_kept_with_it(client: Client):
    project = filled_project(example("emergency-triage"))
    first = checked(project).checks.get()
    make_revision(project, "system_context", {"version": "1.2"})
    second = checked(project).checks.first()
    client = reader(client, project)

    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("fit", args=[project.slug]))

    assert not [each["sql"] for each in asked if '"places"' in each["sql"]]
    for check in (first, second):
        check.refresh_from_db()
        report = Report([finding_of(each) for each in check.sightings.all()], check.outcomes)
        assert scores_of(check) == fit(report, documents(check))


def test_scores_that_would_be_worked_out_otherwise_by_now_are_worked_out_anew(client: Client):
    project = checked(filled_project(example("emergency-triage")))
    before = scores_of(project.checks.get())
    kept = before.to_keep() | {"by": "an older version", "whole": [0.0, 1.0, 1.0, 1, 1]}
    project.checks.update(scores=kept)

    assert scores_of(project.checks.get()) == before
    project.checks.update(scores={})
    assert scores_of(project.checks.get()) == before
    assert f'<dd class="score">{before.whole.fit}</dd>' in page(client, project, "fit")


def test_what_is_said_once_more_or_cannot_be_told_costs_nothing():
    project = make_project()
    make_revision(project, "trained_model")
    plain = found("a", code="TEC-3A", severity="major")
    check = stored_check(
        project,
        plain,
        found("b", code="TEC-3A", severity="minor", explains=(plain.fingerprint,)),
        found("c", code="TEC-3A", severity="critical", outcome="cannot-tell"),
    )

    assert [(each.code, each.severity) for each in outlined(check).report.findings] == [("TEC-3A", "major")]


def test_long_tables_of_traceability_have_pages(client: Client):
    documents = {
        "system_context": {
            "version": "1.2",
            "goals": [{"id": f"G-{n}", "goal": f"Goal no. {n}."} for n in range(120)],
        },
        "raw_data": {"version": "1.2", "schema": [{"field_name": f"field_{n}_"} for n in range(60)]},
        "trained_model": {
            "version": "1.2",
            "algorithm_metrics": [{"metric": f"Loose {n}."} for n in range(70)],
        },
    }
    project = checked(filled_project(documents))
    address = reverse("traceability", args=[project.slug])
    client = reader(client, project)

    def shown(query: str) -> tuple[list[int], list[int], list[int]]:
        body = client.get(address + query).content.decode()
        return tuple([int(n) for n in re.findall(f"<bdi>{each}", body)] for each in LISTED)  # type: ignore[return-value]

    assert shown("") == ([*range(50)], [*range(50)], [*range(50)])
    assert shown("?goals=3&fields=2") == ([*range(100, 120)], [*range(50, 60)], [*range(50)])
    assert shown("?loose=2&goals=x&fields=999") == ([*range(50)], [*range(50, 60)], [*range(50, 70)])
    body = client.get(f"{address}?goals=2").content.decode()
    assert 'href="?goals=3#h-goals"' in body
    assert 'href="?goals=2&amp;fields=2#h-fields"' in body
    assert "<b>0 of 120</b> goals traced all through" in body


LISTED = (r"G-(\d+) Goal no", r"field_(\d+)_", r"Loose (\d+)\.")


@pytest.mark.parametrize("name", ["fit", "traceability"])
def test_a_project_without_a_check_is_asked_to_check(client: Client, name: str):
    assert "Not checked yet" in page(client, make_project(), name)


@pytest.mark.parametrize("name", ["fit", "traceability"])
def test_an_empty_project_has_a_page_too(client: Client, name: str):
    project = make_project()
    make_revision(project, "system_context", {"version": "1.2"})

    assert page(client, checked(project), name)


@pytest.mark.parametrize("name", ["fit", "traceability"])
def test_strangers_find_nothing(client: Client, name: str):
    project = loans()
    client.force_login(make_user())

    assert client.get(reverse(name, args=[project.slug])).status_code == 404
    client.logout()
    assert client.get(reverse(name, args=[project.slug])).status_code == 302


def test_a_goal_is_followed_to_its_log(client: Client):
    body = page(client, loans(), "traceability")

    assert "<b>3 of 3</b> goals traced all through" in body
    assert "Population stability index" in body
    assert (
        'href="/projects/loans/descriptors/production_environment/#/algorithm_metrics/0/implementation"'
        in body
    )
    assert "Credit Bureau Gateway" in body


def test_a_stored_check_gives_back_what_the_rules_found():
    project = checked(filled_project(example("emergency-triage")))
    found = [finding_of(each) for each in project.checks.get().sightings.all()]

    assert [each.fingerprint for each in found] == [each.fingerprint for each in now(project).report.findings]


@pytest.mark.parametrize("name", ["fit", "traceability"])
def test_pages_ask_the_database_little(client: Client, name: str, django_assert_max_num_queries: Any):
    project = checked(filled_project(example("server-anomaly-alerts")))
    client = reader(client, project)
    with django_assert_max_num_queries(20):
        client.get(reverse(name, args=[project.slug]))


def test_a_fix_is_offered_at_its_finding(client: Client):
    body = page(client, loans(ensemble=True), "mismatch-list")

    assert "Suggested fix" in body
    assert "Switch “Ensemble” off" in body


def test_no_fix_is_offered_once_the_documents_have_moved_on(client: Client):
    project = loans(ensemble=True)
    make_revision(project, "system_context", {"version": "1.2"})

    assert "Suggested fix" not in page(client, project, "mismatch-list")


def test_a_fix_is_shown_as_a_difference(client: Client):
    project = loans(ensemble=True)
    address = reverse("fix", args=[project.slug, fingerprint_of(project, "X408")])
    body = reader(client, project).get(address).content.decode()

    assert "Switch “Ensemble” off" in body
    assert "<code>/ensemble</code>" in body


def test_accepting_saves_a_normal_revision_and_checks_again(client: Client):
    project = loans(ensemble=True)
    fingerprint = fingerprint_of(project, "X408")
    token = now(project).suggestion(fingerprint).token
    client = reader(client, project)
    answer = client.post(reverse("fix", args=[project.slug, fingerprint]), {"token": token})

    assert answer.status_code == 303
    revision = Revision.objects.get(head_of__project=project, head_of__descriptor="trained_model")
    assert (revision.number, revision.body["ensemble"]) == (2, False)
    assert revision.author == member_of(project)
    assert revision.reason == "Suggested fix of X408: Switch “Ensemble” off"
    assert project.checks.count() == 2
    assert Event.objects.filter(verb="document.saved", target="trained_model").exists()


def test_accepting_twice_is_accepting_once(client: Client):
    project = loans(ensemble=True)
    fingerprint = fingerprint_of(project, "X408")
    address = reverse("fix", args=[project.slug, fingerprint])
    token = now(project).suggestion(fingerprint).token
    client = reader(client, project)

    answers = [client.post(address, {"token": token}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert current_number(project, "trained_model") == 2
    page = client.get(reverse("mismatch-list", args=[project.slug])).content.decode()
    assert "Saved as revision 2" in page
    assert "Nothing was changed" not in page
    assert client.post(address, {"token": "another"}).status_code == 302
    client.force_login(make_member(project))
    assert client.post(address, {"token": token}).status_code == 302  # saved, but by somebody else


def test_a_fix_that_is_not_the_one_that_was_shown_is_refused(client: Client):
    project = loans(ensemble=True)
    fingerprint = fingerprint_of(project, "X408")
    token = now(project).suggestion(fingerprint).token
    changed = example("consumer-loan-default")["trained_model"] | {"ensemble": True, "model_version": "3.1"}
    make_revision(project, "trained_model", changed)

    with pytest.raises(FixMoved):
        accept_fix(project=project, by=member_of(project), fingerprint=fingerprint, token=token)
    answer = reader(client, project).post(reverse("fix", args=[project.slug, fingerprint]), {"token": token})
    assert answer.status_code == 409
    assert "Nothing was changed" in answer.content.decode()
    assert current_number(project, "trained_model") == 2


def test_a_fix_of_what_is_gone_is_not_found(client: Client):
    project = loans()
    address = reverse("fix", args=[project.slug, "0" * 32])

    assert reader(client, project).get(address).status_code == 404
    assert client.post(address, {"token": "x"}).status_code == 404


def test_an_archived_project_is_not_fixed(client: Client):
    project = loans(ensemble=True)
    fingerprint = fingerprint_of(project, "X408")
    token = now(project).suggestion(fingerprint).token
    Project.objects.filter(pk=project.pk).update(archived_at=project.created_at)
    client = reader(client, project)

    assert client.post(reverse("fix", args=[project.slug, fingerprint]), {"token": token}).status_code == 403
    assert (
        "Suggested fix</b>" not in client.get(reverse("mismatch-list", args=[project.slug])).content.decode()
    )
