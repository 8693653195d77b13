"""What is compared between the descriptors, and its drawing."""

from __future__ import annotations

import re
from collections import Counter
from types import SimpleNamespace

import pytest

from descriptors.catalogue import DESCRIPTORS
from mismatch.engine import RULES
from tec.pages import relationships
from tec.pages.diagram import NODES, TRACKS, strands
from tec.pages.relationships import COMPARED, REFERENCES, edges

CODES = [code for edge in COMPARED for attribute in edge.attributes for code in attribute.codes]


def test_no_rule_stands_in_two_places():
    assert [code for code, number in Counter(CODES).items() if number > 1] == []


def test_every_code_belongs_to_a_rule():
    assert set(CODES) <= {rule.code for rule in RULES}


def test_a_rule_stands_on_the_edge_of_the_descriptors_it_reads():
    reads = {rule.code: set(rule.reads) for rule in RULES}

    for edge in COMPARED:
        for attribute in edge.attributes:
            for code in attribute.codes:
                assert reads[code] == {edge.left, edge.right}, code


def test_every_rule_about_two_descriptors_is_on_the_page(client):
    page = client.get("/resources/relationships/").content.decode()

    for rule in RULES:
        if len(rule.reads) == 2:
            assert f'href="/rules/{rule.slug}/">{rule.code}<' in page


@pytest.fixture
def further_rules(monkeypatch):
    """Rules that no attribute names: on a known pair, on a new pair, and about one descriptor."""
    rules = [
        SimpleNamespace(code="NEW-1", reads=("trained_model", "system_context")),
        SimpleNamespace(code="NEW-2", reads=("production_data", "raw_data")),
        SimpleNamespace(code="NEW-3", reads=("raw_data",)),
    ]
    monkeypatch.setattr(relationships, "RULES", [*RULES, *rules])
    edges.cache_clear()
    yield
    edges.cache_clear()


def test_a_new_rule_finds_its_edge_by_itself(further_rules):
    found = {edge[:2]: edge.attributes[-1] for edge in edges()}

    assert found["system_context", "trained_model"].codes[-1] == "NEW-1"
    assert found["raw_data", "production_data"] == ("further rules", ("NEW-2",))
    assert "NEW-3" not in str(edges())


def test_all_eight_are_drawn_and_none_overlaps_another():
    assert {node.descriptor for node in NODES} == set(DESCRIPTORS)
    for one in NODES:
        for other in NODES:
            apart = (
                one.x + one.width <= other.x
                or other.x + other.width <= one.x
                or one.y + one.height <= other.y
                or other.y + other.height <= one.y
            )
            assert one is other or apart


def test_everything_that_is_compared_is_drawn():
    drawn = {strand.edge[:2] for strand in strands()}

    assert drawn == {*TRACKS} == {edge[:2] for edge in COMPARED} - {("system_context", "trained_model")}


def test_a_line_ends_at_the_two_boxes_it_joins():
    boxes = {node.descriptor: node for node in NODES}
    for strand in strands():
        sides = sorted((boxes[strand.edge.left], boxes[strand.edge.right]), key=lambda node: node.x)
        assert abs(sides[0].x + sides[0].width - strand.x1) <= 1
        assert abs(sides[1].x - strand.x2) <= 1
        assert all(box.y < strand.y < box.y + box.height for box in sides)


def test_what_a_box_says_fits_into_it():
    for node in NODES:
        assert all(y < node.y + node.height for y, _ in node.lines)


def test_the_drawing_and_the_table_name_the_references(client):
    page = re.sub(r"<[^>]*>", " ", client.get("/resources/relationships/").content.decode())

    for edge in REFERENCES:
        assert page.count(edge.attributes[0].label) >= 2
