"""A file of decisions decides about the findings of a project, and says what of it cannot be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from descriptors.reading import ReadProblem
from mismatch.ignoring.export import ignore_file
from mismatch.models import Check, Decision, Sighting
from mismatch.services import import_decisions as importing
from mismatch.services.decide_findings import Terms, decide_findings
from mismatch.services.import_decisions import Taken, import_decisions
from tec.audit.models import Event
from tec.projects.models import Project
from tests.api import Api
from tests.factories import make_project, make_revision, make_user
from tests.mismatch.findings import checked, fingerprint, found
from tests.mismatch.pages import said

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 1)
FILE = """\
ignore:
  - rule: X513
    places: trained_model/output_spec/0/item_name
    reason: The pilot is small.
    accepted_by: Ana
    expires: 2026-06-30
"""


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(TODAY, tick=False) as clock:
        yield clock


@pytest.fixture
def ana() -> Any:
    return make_user(username="ana")


@pytest.fixture
def project(ana: Any) -> Project:
    project = make_project(owner=ana, name="Loans")
    make_revision(project, "trained_model")
    return project


def take(check: Check, text: str | bytes, by: Any) -> Taken:
    data = text if isinstance(text, bytes) else text.encode()
    return import_decisions(project=check.project, check=check, name="tec-ignore.yaml", data=data, by=by)


def standings(check: Check) -> dict[str, str]:
    rows = Sighting.objects.filter(check_run=check).judged().values_list("finding__fingerprint", "standing")
    return {name[0]: standing for name, standing in rows}


def why(taken: Taken) -> list[tuple[int, str]]:
    return [(each.line, each.why) for each in taken.refused]


def test_what_an_entry_is_about_is_decided_with_its_reason_and_day(project: Project, ana: Any) -> None:
    check = checked(project, found("a"), found("b"), found("c", code="TEC-1", rule="goal-without-metric"))

    taken = take(check, FILE, ana)

    assert taken == Taken(decided=2, waiting=0, already=0, refused=())
    assert standings(check) == {"a": "accepted", "b": "accepted", "c": "open"}
    made = Decision.objects.first()
    assert made is not None
    assert (made.author, made.until) == (ana, date(2026, 6, 30))
    assert made.reason == "The pilot is small. (accepted by Ana)"
    event = Event.objects.get(verb="finding.decided")
    assert (event.facts["number"], event.facts["reason"]) == (2, made.reason)


def test_the_same_file_again_decides_nothing(project: Project, ana: Any) -> None:
    check = checked(project, found("a"), found("b", severity="critical"))

    assert take(check, FILE, ana) == Taken(2, 1, 0, ())
    assert take(check, FILE, ana) == Taken(0, 0, 2, ())
    assert standings(check) == {"a": "accepted", "b": "open"}
    assert Decision.objects.proposed().count() == 1


def test_what_a_project_exports_it_has_already_and_another_one_takes(project: Project, ana: Any) -> None:
    there = make_project(owner=ana, name="Twin")
    make_revision(there, "trained_model")
    check, twin = (checked(each, found("a"), found("b"), found("c")) for each in (project, there))
    for name, terms in (
        ("a", Terms("accept", "Known: “yes”.", for_ever=True)),
        ("b", Terms("dismiss", "No.")),
    ):
        decide_findings(project=project, check=check, fingerprints=[fingerprint(name)], terms=terms, by=ana)
    exported = ignore_file(project)

    assert take(check, exported, ana) == Taken(0, 0, 2, ())
    assert take(twin, exported, ana) == Taken(2, 0, 0, ())
    assert standings(twin) == {"a": "accepted", "b": "dismissed", "c": "open"}
    assert take(twin, exported, ana) == Taken(0, 0, 2, ())


def test_what_cannot_be_taken_is_listed_and_the_rest_is_taken(project: Project, ana: Any) -> None:
    check = checked(project, found("a"), found("b"))
    text = f"""\
ignore:
  - {{rule: X999, reason: Never found.}}
  - {{rule: X513, reason: Over., expires: 2026-02-28}}
  - {{rule: X513, reason: Others., fingerprint: {fingerprint("a")}, values: other}}
  - {{rule: X513, reason: No end., decision: dismiss, expires: 2027-01-01, fingerprint: {fingerprint("a")}}}
  - {{rule: X513, reason: "{"x" * 2_001}", fingerprint: {fingerprint("a")}}}
  - {{rule: X513, reason: Good., fingerprint: {fingerprint("b")}}}
"""

    taken = take(check, text, ana)

    assert (taken.decided, standings(check)) == (1, {"a": "open", "b": "accepted"})
    assert why(taken)[:4] == [
        (2, "check 1 found nothing that it is about"),
        (3, "it ended on 28 Feb 2026"),
        (4, "the values it was made about have changed"),
        (5, importing.NO_END),
    ]


def test_the_first_of_several_entries_counts(project: Project, ana: Any) -> None:
    check = checked(project, found("a"))
    text = "ignore:\n  - {rule: X513, reason: First.}\n  - {rule: X513, reason: Second., decision: dismiss}\n"

    assert take(check, text, ana) == Taken(1, 0, 0, ())
    assert Decision.objects.get().reason == "First."


def test_so_many_reasons_at_once_are_enough(project: Project, ana: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(importing, "MOST_TERMS", 2)
    check = checked(project, *map(found, "abc"))
    rows = "".join(f"  - {{rule: X513, reason: For {n}., fingerprint: {fingerprint(n)}}}\n" for n in "abc")

    taken = take(check, f"ignore:\n{rows}", ana)

    assert (taken.decided, [line for line, _ in why(taken)]) == (2, [4])
    assert take(check, f"ignore:\n{rows}", ana) == Taken(1, 0, 2, ())


def test_thousands_of_decisions_are_taken_in_few_queries(
    project: Project, ana: Any, django_assert_max_num_queries: Any
) -> None:
    names = [f"{number:032x}" for number in range(3_000)]
    check = checked(project, *(found("x", fingerprint=name) for name in names))
    rows = "".join(f"  - {{rule: X513, reason: Known., fingerprint: '{name}'}}\n" for name in names)

    with django_assert_max_num_queries(100):
        taken = take(check, f"ignore:\n{rows}", ana)

    assert taken == Taken(3_000, 0, 0, ())


def test_a_file_that_cannot_be_read_decides_nothing(project: Project, ana: Any) -> None:
    check = checked(project, found("a"))
    with pytest.raises(ReadProblem, match="no rule"):
        take(check, "ignore:\n  - {rule: X513, reason: Fine.}\n  - {reason: No rule.}\n", ana)
    assert not Decision.objects.exists()


def test_the_page_takes_a_file_and_lists_what_it_does_not_take(
    client: Client, project: Project, ana: Any
) -> None:
    checked(project, found("a"))
    client.force_login(ana)
    at = "/projects/loans/decisions/import/"
    assert f'href="{at}"' in client.get("/projects/loans/gate/").content.decode()
    assert "Decide as a file says" in said(client.get(at))

    text = FILE + "  - {rule: '<X9>', reason: Never.}\n"
    page = said(client.post(at, {"file": SimpleUploadedFile("mine.yaml", text.encode())}))
    assert "1 finding decided." in page
    assert "Not taken 1" in page
    assert "7 <X9> Check 1 found nothing that it is about." in page

    broken = client.post(at, {"file": SimpleUploadedFile("mine.yaml", b"ignore:\n  - {reason: a}\n")})
    assert broken.status_code == 422
    assert "mine.yaml, line 2: the entry has no rule" in said(broken)


def test_programs_import_a_file(project: Project, ana: Any) -> None:
    api = Api(ana)
    at = "projects/loans/import/ignore/"
    assert api.post(at, FILE, kind="application/yaml").status_code == 409
    checked(project, found("a"))

    text = FILE + "  - {rule: X9, reason: Never.}\n"
    assert api.post(at, text, kind="application/yaml").json() == {
        "check": 1,
        "decided": 1,
        "waiting": 0,
        "already": 0,
        "refused": [{"line": 7, "rule": "X9", "why": "check 1 found nothing that it is about"}],
    }
    assert api.post(at, "ignore: 1", kind="application/yaml").status_code == 400
    assert api.post(at, "", kind="application/yaml").status_code == 400
    assert api.post(at, "#" * 5_000_001, kind="application/yaml").status_code == 413
    assert api.post(at, {"ignore": []}).status_code == 415
