"""The map of a project: what lies where, what it says, and that its numbers are those of the other pages."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from descriptors.catalogue import DESCRIPTORS, NAMES
from descriptors.models import Origin
from descriptors.services.save_revision import save_revision
from mismatch.services.execute_check import execute_check
from mismatch.services.start_check import start_check
from tec.pages.map import Map, Strand, map_of
from tec.pages.overview import overview_of
from tec.pages.relationships import COMPARED, FURTHER
from tec.pages.tallmap import PLACES, TallMap, tall_map_of
from tec.projects.models import Project
from tests.examples import example
from tests.factories import make_project, make_revision, make_user
from tests.tec.checks import finding, make_check

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client: Client) -> Any:
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def project(owner: Any) -> Project:
    return make_project(owner=owner, name="Triage")


@pytest.fixture
def triage(project: Project, owner: Any) -> Any:
    """An example project with its check."""
    for descriptor, body in example("emergency-triage").items():
        make_revision(project, descriptor, body)
    check = start_check(project=project, by=owner)
    execute_check(check_id=check.pk)
    check.refresh_from_db()
    return check


def drawn(project: Project, check: Any = None) -> Map:
    return map_of(overview_of(project, check))


def tall(project: Project, check: Any = None) -> TallMap:
    overview = overview_of(project, check)
    return tall_map_of(overview, map_of(overview))


def strand(found: Map, label: str, end: str = "") -> Strand:
    named = [each for each in found.strands if each.compared.label == label]
    return next(each for each in named if not end or NAMES[end] in each.ends)


def words(found: Map, descriptor: str) -> list[str]:
    """What the box of a descriptor says."""
    return [text.words for box in found.boxes if box.bar.descriptor == descriptor for text in box.texts]


# --- what it says ---


def test_all_eight_and_everything_compared_are_on_both_maps(project):
    wide, narrow = drawn(project), tall(project)

    assert {box.bar.descriptor for box in wide.boxes} == set(DESCRIPTORS) == set(PLACES)
    assert len(wide.strands) == sum(len(edge.attributes) for edge in COMPARED)
    assert len(wide.references) == 3
    assert len(narrow.cables) == len(COMPARED) + 3


def test_the_two_values_stand_at_the_ends_of_their_line(project, triage):
    languages = strand(drawn(project, triage), "programming language")

    assert languages.ends == ("Development Environment", "Trained Model")
    assert languages.values == ("C#, Python", "Python, Julia")
    assert "C#, Python" in words(drawn(project, triage), "development_environment")
    assert languages.spoken == (
        "Development Environment – Trained Model, programming language: 1 major; C#, Python against Python, Julia"
    )


def test_a_box_says_who_writes_it_and_how_complete_it_is(project, triage):
    found = drawn(project, triage)

    assert {"Trained Model", "Model developer", "50 of 52", "revision 1"} <= {*words(found, "trained_model")}
    box = next(box for box in found.boxes if box.bar.descriptor == "trained_model")
    assert box.spoken.startswith(
        "Trained Model, written by Model developer: 50 of 52 required fields, revision 1, "
    )
    assert 0 < box.full < box.meter[2]


def test_an_absent_document_has_empty_slots_and_its_lines_wait(project, triage):
    found = drawn(project, triage)

    box = next(box for box in found.boxes if box.bar.descriptor == "production_environment")
    assert "Not started" in words(found, "production_environment")
    assert len(box.slots) == 6
    waiting = [each for each in found.strands if "Production Environment" in each.ends]
    assert {each.tone for each in waiting} == {"wait"}
    assert all("cannot tell" in each.spoken for each in waiting)


def test_a_cleared_document_is_absent_too(project, owner):
    make_revision(project, "raw_data")
    save_revision(
        project=project, descriptor="raw_data", body=None, by=owner, origin=Origin.CLEAR, based_on=1
    )

    assert "Cleared" in words(drawn(project), "raw_data")


def test_a_document_that_changed_since_the_check_says_so(project):
    make_revision(project, "training_data")
    check = make_check(project)
    make_revision(project, "training_data")

    assert "rev. 2, changed since" in words(drawn(project, check), "training_data")


def test_nothing_is_said_before_the_first_check(client, project):
    found = drawn(project)
    page = client.get("/projects/triage/").content.decode()

    assert {each.tone for each in found.strands} == {"plain"}
    assert not any(each.plate.badges for each in found.strands)
    assert all("not checked yet" in each.spoken for each in found.strands)
    assert "Not checked yet" in page
    assert 'href="/projects/triage/mismatches/?' not in page


@pytest.mark.parametrize(
    ("outcome", "tone"), [("pass", "ok"), ("not-applicable", "off"), ("cannot-tell", "wait")]
)
def test_a_line_without_findings_is_drawn_as_its_rule_says(project, outcome, tone):
    check = make_check(project, outcomes={"TEC-2": outcome})

    assert strand(drawn(project, check), "programming language").tone == tone


def test_the_worst_finding_decides_how_a_line_is_drawn(project):
    check = make_check(
        project,
        finding("TEC-3B", "minor", "trained_model"),
        finding("TEC-3A", "critical", "trained_model"),
    )

    line = strand(drawn(project, check), "downstream component API")

    assert line.tone == "critical"
    assert line.path.count("M") == 2  # a double line
    assert [(badge.tone, badge.number) for badge in line.plate.badges] == [("critical", 1), ("minor", 1)]


def test_further_rules_have_a_line_only_when_they_find_something(project):
    quiet = make_check(project)
    assert FURTHER not in {each.compared.label for each in drawn(project, quiet).strands}

    loud = make_check(
        project,
        finding("X105", "major", "training_data", "production_data"),
        finding("X510", "minor", "system_context", "trained_model"),
    )
    found = drawn(project, loud)

    assert [each.ends for each in found.strands if each.compared.label == FURTHER] == [
        ("System Context", "Trained Model"),
        ("Training Data", "Production Data"),
    ]


def test_a_reference_shows_the_identifier_and_whether_it_fits(project, triage):
    pipeline = drawn(project, triage).references[0]

    assert [text.words for text in pipeline.texts] == ["data pipeline", "TRIAGE-IN"]
    assert pipeline.tone == "ok"
    assert pipeline.spoken == "Trained Model – Data Pipeline, data pipeline: fits; TRIAGE-IN"


def test_many_names_are_counted_and_long_ones_cut(project):
    many = [{"component_name": f"Component {n} " + "x" * 10_000} for n in range(200)]
    make_revision(project, "development_environment", {"version": "1.2", "upstream_components": many})

    said = words(drawn(project), "development_environment")

    assert "and 198 more" in said
    assert max(map(len, said)) <= 30


def test_many_goals_are_counted(project):
    goals = [{"id": f"G-{n}", "goal": "Less waiting"} for n in range(12)]
    make_revision(project, "system_context", {"version": "1.2", "goals": goals})

    assert "and 10 more goals" in words(drawn(project), "system_context")


def test_hostile_text_is_only_text(client, project, owner):
    hostile = "</text></svg><script>alert(1)</script>\u202e"
    make_revision(
        project, "trained_model", {"version": "1.2", "ml_frameworks": [hostile], "model_name": hostile}
    )
    make_check(project)

    page = client.get("/projects/triage/").content.decode()

    assert "<script>alert" not in page
    assert "\u202e" not in page


# --- that it fits ---


def boxes_of(found: Map) -> dict[str, Any]:
    return {box.bar.descriptor: box.node for box in found.boxes}


def test_what_a_box_says_lies_inside_it(project, triage):
    for box in drawn(project, triage).boxes:
        for text in box.texts:
            assert box.node.x < text.x < box.node.x + box.node.width, text
            assert box.node.y < text.y < box.node.y + box.node.height, text


def test_no_two_lines_of_text_of_a_box_lie_on_each_other(project, triage):
    for box in drawn(project, triage).boxes:
        for end in (False, True):
            heights = sorted(text.y for text in box.texts if text.end == end and box.node.height > 100)
            assert all(after - before >= 11 for before, after in pairwise(heights)), box


def test_badges_lie_between_the_ends_of_their_line(project):
    worst = [
        finding("TEC-2", severity, "trained_model")
        for severity in ["critical", "major", "minor", "info"] * 120
    ]
    line = strand(drawn(project, make_check(project, *worst)), "programming language")

    assert line.plate.x > 232
    assert line.plate.x + line.plate.width < 464


def test_the_boxes_of_the_tall_map_lie_apart():
    corners = [*PLACES.values()]
    assert all(
        abs(x1 - x2) >= 132 or abs(y1 - y2) >= 82
        for n, (x1, y1) in enumerate(corners)
        for x2, y2 in corners[n + 1 :]
    )


# --- that its numbers agree ---


def shown(client: Client, query: str) -> Counter[str]:
    """What the page of mismatches counts under a query, the rules that cannot tell as “wait”."""
    page = client.get(f"/projects/triage/mismatches/?{query}").context["review"]
    counts = Counter(dict(page.listing.severities))
    counts["wait"] = len(page.listing.waiting)
    return +counts


def test_every_line_counts_what_the_page_behind_it_shows(client, project, triage):
    found = drawn(project, triage)

    for line in (*found.strands, *found.references):
        assert shown(client, line.compared.query) == line.compared.counts, line.spoken


def test_every_cable_counts_what_the_page_behind_it_shows(client, project, triage):
    for cable in tall(project, triage).cables:
        assert shown(client, cable.query) == cable.counts, cable.spoken


def test_every_document_counts_what_the_page_behind_it_shows(client, project, triage):
    for line in overview_of(project, triage).lines:
        assert shown(client, f"descriptor={line.bar.descriptor}") == line.counts, line.bar.descriptor


def test_the_lines_and_what_is_on_none_are_all_there_is(client, project, triage):
    overview = overview_of(project, triage)

    counts = sum((each.counts for relation in overview.relations for each in relation.compared), Counter())

    assert shown(client, overview.elsewhere.query) == overview.elsewhere.counts
    assert counts + overview.elsewhere.counts == shown(client, "")


def test_every_link_of_the_map_is_named(client, project, triage):
    page = client.get("/projects/triage/").content.decode()
    start = page.index('<figure class="map">')
    links = re.findall(r"<a ([^>]*)>(.*?)</a>", page[start : page.index("</figure>", start)], re.DOTALL)

    assert len(links) > 40
    for attributes, inside in links:
        name = re.search(r'aria-label="([^"]+)"', attributes)
        assert name or re.sub(r"<[^>]*>", "", inside).strip()
    assert any("programming language: 1 major" in unescape(attributes) for attributes, _ in links)
