"""The page of a project: its documents, its last check, what is compared and what happened."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from descriptors.models import Origin
from descriptors.services.save_revision import save_revision
from mismatch import engine
from mismatch.findings import SEVERITIES, counted
from mismatch.models import State
from mismatch.services.execute_check import execute_check
from mismatch.services.start_check import start_check
from tec.pages.overview import overview_of
from tec.projects.models import Project
from tec.projects.people import directory
from tec.projects.services.change_project import edit_project
from tests.examples import example
from tests.factories import make_member, make_project, make_revision, make_user
from tests.tec.checks import finding, make_check

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client: Client) -> Any:
    user = make_user(username="ana", first_name="Ana", last_name="Pereira")
    client.force_login(user)
    return user


@pytest.fixture
def project(owner: Any) -> Project:
    return make_project(owner=owner, name="Triage")


def page_of(client: Client, project: Project) -> str:
    return client.get(f"/projects/{project.slug}/").content.decode()


def section(page: str, heading: str) -> str:
    """The panel that *heading* names, without its markup."""
    start = page.index(f'id="{heading}"')
    text = re.sub(r"<[^>]*>", " ", page[start : page.index("</section>", start)])
    return re.sub(r"\s+", " ", text.partition(">")[2])


def test_an_empty_project_says_where_to_begin(client, project):
    page = page_of(client, project)

    assert "Nothing is described yet." in page
    descriptors = section(page, "descriptors-h")
    assert descriptors.count("not started") == 8
    assert descriptors.count("Fill in") == 8
    assert "Export" not in descriptors


def test_a_document_shows_its_state_and_its_gaps(client, project, owner):
    for descriptor, body in example("emergency-triage").items():
        make_revision(project, descriptor, body, by=owner)

    descriptors = section(page_of(client, project), "descriptors-h")

    assert "120 of 129 required fields filled in" in descriptors
    assert re.search(r"Trained Model Model developer .* 50 of 52 TM-15 , TM-16", descriptors)
    assert "revision 1 just now by Ana Pereira" in descriptors


def test_a_document_leads_to_all_that_can_be_done_with_it(client, project):
    make_revision(project, "raw_data")

    page = page_of(client, project)

    at = "/projects/triage/descriptors/raw_data/"
    for action in ("", "import/", "export/", "history/", "clear/"):
        assert f'href="{at}{action}"' in page
    absent = "/projects/triage/descriptors/trained_model/"
    assert f'href="{absent}import/"' in page
    assert f'href="{absent}export/"' not in page


def test_a_cleared_document_says_so_and_keeps_its_history(client, project, owner):
    make_revision(project, "raw_data")
    save_revision(
        project=project, descriptor="raw_data", body=None, by=owner, origin=Origin.CLEAR, based_on=1
    )

    page = page_of(client, project)

    assert "cleared" in section(page, "descriptors-h")
    assert 'href="/projects/triage/descriptors/raw_data/history/"' in page
    assert 'href="/projects/triage/descriptors/raw_data/clear/"' not in page


def test_many_gaps_are_counted_not_listed(client, project):
    make_revision(project, "trained_model", {"version": "1.2", "x": 1})

    assert re.search(
        r"TM-01 , TM-02 , TM-\d+ and \d+ more", section(page_of(client, project), "descriptors-h")
    )


def test_an_example_shows_the_numbers_of_its_check(client, project, owner):
    documents = example("emergency-triage")
    for descriptor, body in documents.items():
        make_revision(project, descriptor, body)
    execute_check(check_id=start_check(project=project, by=owner).pk)

    page = page_of(client, project)

    found = counted(engine.check(documents).findings)
    failed = Counter(each.severity for each in found if each.kind == "mismatch" and each.outcome == "fail")
    doubtful = sum(each.outcome == "cannot-tell" for each in found)
    shown = re.findall(r'<span class="n [a-z]+">.*?</svg>(\d+)</span><span class="w">([\w ]+)', page)
    assert shown == [
        *((str(failed[name]), name.capitalize()) for name in SEVERITIES),
        (str(doubtful), "Cannot tell"),
    ]
    tabs = re.findall(r'<span class="count">(\d+)</span>', page)
    assert tabs == [str(failed.total()), str(sum(each.kind == "missing" for each in found))]
    assert doubtful
    assert "up to date with all saved revisions" in page


def test_a_change_after_the_check_is_said(client, project):
    make_revision(project, "raw_data")
    make_check(project)
    make_revision(project, "raw_data")
    make_revision(project, "system_context")

    assert "2 documents changed since" in page_of(client, project)


def test_other_rules_after_the_check_are_said(client, project):
    make_check(project, rules_digest="other")

    assert "the rules have changed since" in page_of(client, project)


def test_new_and_fixed_are_counted_against_the_check_before(client, project):
    make_check(
        project, finding("TEC-2", "major", "trained_model"), finding("TEC-6", "major", "trained_model")
    )
    make_check(
        project, finding("TEC-2", "major", "trained_model"), finding("TEC-7", "critical", "trained_model")
    )

    assert "<b>1</b> new, <b>1</b> fixed" in page_of(client, project)


def test_nothing_is_new_in_a_first_check(client, project):
    make_check(project, finding("TEC-2", "major", "trained_model"))

    assert " new, " not in page_of(client, project)


@pytest.mark.parametrize(
    ("state", "said"),
    [(State.QUEUED, "waiting for a worker"), (State.RUNNING, "is running"), (State.FAILED, "failed")],
)
def test_a_check_on_its_way_is_announced_beside_the_last_result(client, project, state, said):
    make_check(project, finding("TEC-2", "major", "trained_model"))
    make_check(project, state=state)

    page = page_of(client, project)

    assert said in page
    assert "Check 1</a>" in page


def test_the_check_button_posts(client, project):
    page = page_of(client, project)

    assert '<form method="post" action="/projects/triage/checks/">' in page
    assert "Check now" in page


# --- what is compared ---


def compared(project: Project, check: Any) -> dict[str, tuple[str, dict[str, int]]]:
    """Attribute → verdict and counts, of the edges of Trained Model with both environments."""
    relations = overview_of(project, check).relations
    return {
        f"{relation.edge.right}: {each.label}": (each.verdict, dict(each.counts))
        for relation in relations
        for each in relation.compared
    }


def test_an_attribute_counts_what_its_rules_found(project):
    check = make_check(
        project,
        finding("TEC-3A", "critical", "trained_model", "development_environment"),
        finding("TEC-3B", "minor", "trained_model"),
        finding("TEC-9", "info", "trained_model", outcome="cannot-tell"),
        finding("TM-01", "minor", "trained_model", kind="missing"),
        outcomes={"TEC-2": "pass", "TEC-6": "not-applicable", "TEC-8": "cannot-tell", "TEC-9": "cannot-tell"},
    )

    found = compared(project, check)

    assert found["development_environment: downstream component API"] == (
        "found",
        {"critical": 1, "minor": 1},
    )
    assert found["development_environment: programming language"] == ("ok", {})
    assert found["development_environment: computing resources"] == ("off", {})
    assert found["development_environment: ML frameworks"] == ("wait", {})
    assert found["production_environment: business metrics"] == ("wait", {"wait": 1})


def test_an_attribute_fits_only_if_no_rule_of_it_is_in_doubt(project):
    check = make_check(project, outcomes={"TEC-14A": "pass", "TEC-14B": "pass", "TEC-14C": "cannot-tell"})

    assert compared(project, check)["production_data: data schema"][0] == "wait"


def test_nothing_is_said_before_the_first_check(client, project):
    assert {verdict for verdict, _ in compared(project, None).values()} == {""}
    assert "not checked yet" in section(page_of(client, project), "relations-h")


def test_a_finding_counts_once_for_every_document_it_concerns(project):
    many = next(rule for rule in engine.RULES if len(rule.reads) > 2)
    check = make_check(
        project,
        finding("TEC-2", "major", "trained_model", "trained_model", rule="language-unsupported"),
        finding("TEC-1", "major", "system_context", rule="goal-without-metric"),
        finding("X-GONE", "minor", "raw_data", rule="a-rule-that-is-gone"),
        finding("X-MANY", "minor", "raw_data", rule=many.slug),
    )

    counts = {line.bar.descriptor: dict(line.counts) for line in overview_of(project, check).lines}

    assert counts["development_environment"] == {"major": 1}  # nothing there to point at
    assert counts["raw_data"] == {"minor": 2}
    assert counts["production_data"] == {}


# --- what happened ---


def test_what_happened_is_told_newest_first(client, project, owner):
    make_revision(project, "raw_data", by=owner, origin=Origin.IMPORT)
    make_revision(project, "raw_data", by=None, origin=Origin.UPGRADE)
    edit_project(
        project=project, name="Triage 2", description=project.description, point_of_contact="Kim", by=owner
    )

    changes = section(page_of(client, project), "changes-h")

    told = [
        "Changed: name, point of contact",
        "brought to the newest schema, revision 2",
        "imported, revision 1",
        "Project created",
    ]
    places = [changes.index(sentence) for sentence in told]
    assert places == sorted(places)
    assert "the system" in changes


def test_the_people_are_listed_with_their_roles(client, project):
    make_member(project, "operator", first_name="Kim", last_name="Ha")

    people = section(page_of(client, project), "people-h")

    assert "Ana Pereira Owner" in people
    assert "Kim Ha Operator" in people


def test_hostile_text_is_only_text(client, owner):
    project = make_project(
        owner=owner,
        name="<script>alert(1)</script>",
        description="</p><img src=x>",
        point_of_contact="<b>x</b>",
    )

    page = page_of(client, project)

    assert "<script>alert" not in page
    assert "<img" not in page
    assert "<b>x</b>" not in page


def test_the_page_costs_the_same_however_much_there_is(client, project, owner):
    def fill(number: int) -> None:
        for _ in range(number):
            make_member(project)
            make_revision(project, "raw_data", by=owner)
            make_check(project, *(finding("TEC-2", "major", "trained_model") for _ in range(number)))

    fill(2)
    page_of(client, project)
    with CaptureQueriesContext(connection) as few:
        page_of(client, project)
    fill(6)
    directory()  # is read every few seconds
    with CaptureQueriesContext(connection) as many:
        page_of(client, project)

    assert len(many) <= len(few) + 1  # a content that was not met before
    assert len(few) <= 22
