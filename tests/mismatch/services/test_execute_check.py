"""Running a check: claimed once, fenced against overtaken attempts, stored whole or not at all."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

import pytest
from django.db import OperationalError
from django.db.models.functions import Now

from mismatch import engine
from mismatch.findings import Finding as Found
from mismatch.findings import Place, Report, counted
from mismatch.models import Check, Finding, Sighting, State
from mismatch.recall import MEMORY
from mismatch.rule_pack import rules_digest
from mismatch.services import execute_check as module
from mismatch.services.execute_check import execute_check, run_rules
from mismatch.services.start_check import start_check
from mismatch.services.store_report import store_report
from tec.work import lease
from tests.examples import example
from tests.factories import make_project, make_revision
from tests.races import at_once
from tests.workers import eventually


def found(name: str = "a", **over) -> Found:
    """A finding that is called *name*."""
    fields = {
        "rule": "some-rule",
        "code": "TEC-1",
        "kind": "mismatch",
        "outcome": "fail",
        "severity": "major",
        "message": f"{name} does not fit.",
        "remedy": "Change it.",
        "places": (Place("raw_data", "/data_sources/0", {"a": 1}, "Data source 1"),),
        "fingerprint": name * 32,
    }
    return Found(**{**fields, **over})


@pytest.fixture
def check():
    project = make_project()
    make_revision(project)
    return start_check(project=project, by=None)


def claimed(check: Check) -> tuple[Check, int]:
    attempt = lease.claim(check)
    assert attempt is not None
    check.refresh_from_db()
    return check, attempt


def lapse(check: Check) -> None:
    Check.objects.filter(pk=check.pk).update(lease_until=Now() - timedelta(seconds=1))


@pytest.mark.django_db
def test_a_check_ends_with_what_the_engine_finds_in_its_documents():
    project = make_project()
    documents = example("emergency-triage")
    for descriptor, body in documents.items():
        make_revision(project, descriptor, body=body)
    check = start_check(project=project, by=None)

    execute_check(check_id=check.pk)

    check.refresh_from_db()
    report = engine.check(documents, today=check.day)
    assert (check.state, check.error, check.lease_until) == (State.DONE, "", None)
    assert check.outcomes == report.outcomes
    assert check.finished_at >= check.started_at
    assert [sighting.message for sighting in check.sightings.all()] == [
        each.message for each in report.findings
    ]
    assert sum(check.counts["mismatch"].values()) + sum(check.counts["missing"].values()) == len(
        counted(report.findings)
    )


def test_the_rules_find_the_same_whether_or_not_somebody_asks_how_far_they_are(monkeypatch):
    documents = example("emergency-triage")
    monkeypatch.setattr(module, "PROGRESS_EVERY", -1)
    told: list[tuple[int, int]] = []
    MEMORY.forget()  # of what is known, nobody has to wait for anything

    report = run_rules(documents, lambda done, total: told.append((done, total)))

    assert report == engine.check(documents)
    assert told == [(done, len(report.outcomes)) for done in range(len(report.outcomes))]


@pytest.mark.django_db
def test_an_edit_after_the_check_was_queued_changes_nothing_in_it(check, monkeypatch):
    seen = {}
    monkeypatch.setattr(
        module,
        "run_rules",
        lambda documents, progress, today, profile: seen.update(documents) or Report([], {}),
    )
    before = check.revisions.get().body
    make_revision(check.project, "system_context", body={"version": "1.2", "task": "edited since"})

    execute_check(check_id=check.pk)

    assert seen == {"system_context": before}


@pytest.mark.django_db
def test_what_is_stored_of_a_finding(check):
    check, attempt = claimed(check)

    store_report(check=check, attempt=attempt, report=Report([found()], {"TEC-1": "fail"}))

    sighting = check.sightings.select_related("finding").get()
    assert (sighting.kind, sighting.outcome, sighting.severity) == ("mismatch", "fail", "major")
    assert sighting.places == [found().places[0].as_json()]
    assert (sighting.finding.rule, sighting.finding.code) == ("some-rule", "TEC-1")
    assert sighting.finding.first_seen == sighting.finding.last_seen == check
    assert sighting.finding.fixed_in is None


@pytest.mark.django_db
def test_counts_name_every_kind_and_severity(check):
    check, attempt = claimed(check)
    report = Report([found("a"), found("b"), found("c", kind="missing", severity="minor")], {})

    store_report(check=check, attempt=attempt, report=report)

    check.refresh_from_db()
    assert check.counts == {
        "mismatch": {"critical": 0, "major": 2, "minor": 0, "info": 0},
        "missing": {"critical": 0, "major": 0, "minor": 1, "info": 0},
    }


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.DONE, State.FAILED])
def test_a_finished_check_is_not_begun_again(check, state):
    Check.objects.update(state=state)

    assert lease.claim(check) is None


@pytest.mark.django_db
def test_a_message_delivered_twice_is_harmless(check):
    execute_check(check_id=check.pk)
    first = Check.objects.get(pk=check.pk)

    execute_check(check_id=check.pk)

    again = Check.objects.get(pk=check.pk)
    assert (again.attempts, again.finished_at) == (1, first.finished_at)


@pytest.mark.django_db
def test_a_check_that_was_deleted_meanwhile_is_no_error():
    execute_check(check_id=987_654)


@pytest.mark.django_db
def test_a_lease_that_lasts_keeps_others_away_and_one_that_ended_does_not(check):
    check, _ = claimed(check)
    assert lease.claim(check) is None

    lapse(check)

    assert lease.claim(check) == 2


@pytest.mark.django_db
def test_there_is_no_fourth_attempt(check):
    for attempt in (1, 2, 3):
        assert lease.claim(check) == attempt
        lapse(check)

    assert lease.claim(check) is None


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_that_claim_at_once_one_gets_the_check(check):
    assert sorted(at_once(lambda: lease.claim(check) or 0)) == [0, 1]


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_run_the_same_check_at_once_store_it_once(check):
    at_once(lambda: execute_check(check_id=check.pk), times=3)

    check.refresh_from_db()
    assert (check.state, check.attempts) == (State.DONE, 1)
    assert check.sightings.count() == check.project.findings.count() > 0


@pytest.mark.django_db(transaction=True)
def test_an_attempt_that_was_overtaken_writes_nothing(check):
    check, old = claimed(check)
    lapse(check)
    new = lease.claim(check)

    with pytest.raises(lease.LostLease):
        store_report(check=check, attempt=old, report=Report([found("a")], {}))
    assert not Finding.objects.exists()
    assert not Sighting.objects.exists()

    store_report(check=check, attempt=new, report=Report([found("b")], {}))
    assert [sighting.message for sighting in Sighting.objects.all()] == ["b does not fit."]


@pytest.mark.django_db(transaction=True)
def test_an_attempt_that_was_overtaken_while_it_ran_ends_quietly(check, monkeypatch):
    def overtaken(documents, progress, today, profile):
        lapse(check)
        lease.claim(check)
        return Report([found()], {})

    monkeypatch.setattr(module, "run_rules", overtaken)

    execute_check(check_id=check.pk)

    check.refresh_from_db()
    assert (check.state, check.attempts) == (State.RUNNING, 2)
    assert not Sighting.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_project_deleted_while_its_check_runs_leaves_nothing_behind(check, monkeypatch):
    def deleted(documents, progress, today, profile):
        check.project.delete()
        return Report([found()], {})

    monkeypatch.setattr(module, "run_rules", deleted)

    execute_check(check_id=check.pk)

    assert not Finding.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_lease_is_renewed_for_as_long_as_the_work_takes(check, settings):
    settings.LEASE_SECONDS = 0.4
    check, attempt = claimed(check)
    first = check.lease_until

    with lease.Lease(check, attempt):
        eventually(lambda: Check.objects.get(pk=check.pk).lease_until > first + timedelta(seconds=0.5))
        assert lease.claim(check) is None


@pytest.mark.django_db(transaction=True)
def test_a_lease_that_was_taken_over_is_not_renewed(check, settings):
    settings.LEASE_SECONDS = 0.2
    check, attempt = claimed(check)
    lapse(check)
    settings.LEASE_SECONDS = 100
    assert lease.claim(check) == 2
    taken_over = Check.objects.get(pk=check.pk).lease_until
    settings.LEASE_SECONDS = 0.2

    with lease.Lease(check, attempt) as ours:
        ours._thread.join(timeout=10)
        assert not ours._thread.is_alive()

    assert Check.objects.get(pk=check.pk).lease_until == taken_over


@pytest.mark.django_db(transaction=True)
def test_a_check_that_takes_too_long_loses_its_lease_and_says_so(check, settings):
    settings.LEASE_SECONDS, settings.CHECK_TIME_LIMIT = 0.4, 0.5
    check, attempt = claimed(check)
    overdue = Event()

    with lease.Lease(check, attempt, overdue.set):
        assert overdue.wait(10)
        eventually(lambda: lease.claim(check) == 2)


@pytest.mark.django_db
def test_an_error_in_a_rule_ends_the_check_with_a_sentence(check, monkeypatch, caplog):
    def broken(documents, progress, today, profile):
        raise KeyError("output_spec")

    monkeypatch.setattr(module, "run_rules", broken)

    execute_check(check_id=check.pk)

    check.refresh_from_db()
    assert check.state == State.FAILED
    assert check.error.startswith("An error in TEC itself stopped this check")
    assert "output_spec" not in check.error
    assert "KeyError: 'output_spec'" in caplog.text


@pytest.mark.django_db
def test_a_database_that_goes_away_ends_the_attempt_only(check, monkeypatch):
    def away(**kwargs):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(module, "store_report", away)

    with pytest.raises(OperationalError):
        execute_check(check_id=check.pk)

    check.refresh_from_db()
    assert (check.state, check.error) == (State.RUNNING, "")


@pytest.mark.django_db
def test_progress_is_written_now_and_then_and_only_by_the_current_attempt(check, monkeypatch):
    check, attempt = claimed(check)
    module.progress(check, attempt, 1, 2)
    check.refresh_from_db()
    assert (check.progress_done, check.progress_total) == (1, 2)

    with pytest.raises(lease.LostLease):
        module.progress(check, attempt - 1, 2, 2)


def test_a_slow_pack_of_rules_makes_the_progress_known(monkeypatch):
    monkeypatch.setattr(module, "PROGRESS_EVERY", -1)
    seen = []

    run_rules({}, lambda done, total: seen.append((done, total)))

    assert seen[0][0] == 0
    assert seen == [(done, len(seen)) for done in range(len(seen))]


@pytest.mark.django_db
def test_the_rules_that_really_ran_are_noted(check):
    Check.objects.update(rules_digest="those of an older web process")

    execute_check(check_id=check.pk)

    check.refresh_from_db()
    assert check.rules_digest == rules_digest()


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 60])
def test_storing_takes_a_bounded_number_of_queries(check, many, django_assert_max_num_queries):
    check, attempt = claimed(check)
    report = Report([found(fingerprint=f"{number:032x}") for number in range(many)], {})

    with django_assert_max_num_queries(20):
        store_report(check=check, attempt=attempt, report=report)

    assert check.sightings.count() == many
