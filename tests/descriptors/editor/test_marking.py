"""What is known about a document is said at the input it concerns, and summed up in the outline."""

from __future__ import annotations

from typing import Any

import pytest

from descriptors.editor import layout as laying
from descriptors.editor import nodes
from descriptors.editor.choices import Offer
from descriptors.editor.insight import Remark, Spot
from descriptors.editor.marking import anchor, found_at, missing_at, schema_problems
from descriptors.editor.plan import Plan, plan_for
from descriptors.editor.posted import essence, read_form, typed
from descriptors.editor.sections import by_section, state_of, tallies
from descriptors.editor.widgets import control, el
from tests.descriptors.editor.forms import example, laid_out

MODEL = example("emergency-triage", "trained_model")
PLAN = plan_for("trained_model")


def remark(*pointers: str, severity: str = "major", outcome: str = "fail") -> Remark:
    spots = tuple(Spot("trained_model", pointer, "", None) for pointer in pointers)
    return Remark("TEC-1", "a-rule", "mismatch", outcome, severity, "m", "r", spots, "-".join(pointers))


@pytest.mark.parametrize(
    ("pointer", "at"),
    [
        ("/output_spec/0/item_type", "/output_spec/0/item_type"),
        ("/output_spec/0", "/output_spec/0"),
        ("/output_spec", "/output_spec"),
        ("/output_spec/99/item_type", "/output_spec"),
        ("/output_spec/0/nothing/like/it", "/output_spec/0"),
        ("/nothing", ""),
        ("", ""),
    ],
)
def test_a_finding_stands_at_the_innermost_part_there_is(pointer: str, at: str) -> None:
    assert anchor(PLAN, MODEL, pointer) == at


def test_a_finding_with_two_places_in_a_document_stands_at_both() -> None:
    found = found_at(PLAN, MODEL, [remark("/model_name", "/output_spec/0/item_type")])
    assert set(found) == {"/model_name", "/output_spec/0/item_type"}


def test_a_finding_about_other_documents_stands_nowhere() -> None:
    other = remark("/goals")._replace(spots=(Spot("system_context", "/goals", "", None),))
    assert found_at(PLAN, MODEL, [other]) == {}


def test_what_is_missing_is_said_at_the_input_of_the_row_where_it_stands_now() -> None:
    reading = read_form(PLAN, MODEL, {"/output_spec": "3,0-2"})
    [name] = missing_at("trained_model", reading, [remark("/output_spec/0/component_mapping/component")])
    assert name == "/output_spec/3/component_mapping/component"


def test_the_schema_is_heard_about_values_that_are_there_only() -> None:
    texts = {
        "/output_spec/0/item_type": "Tensor",
        "/model_training_code": "not an address",
        "/training_date": "",
    }
    found = schema_problems(PLAN, read_form(PLAN, MODEL, texts))
    assert set(found) == {"/output_spec/0/item_type", "/model_training_code"}
    assert "Tensor" in found["/output_spec/0/item_type"]


def test_a_share_out_of_range_is_said_even_if_it_is_zero_or_less() -> None:
    found = schema_problems(PLAN, read_form(PLAN, MODEL, {"/evaluation_dataset/holdout_percentage": "-5"}))
    assert set(found) == {"/evaluation_dataset/holdout_percentage"}


def test_findings_are_counted_once_for_each_section_they_show_in() -> None:
    homes = by_section(PLAN.sections)
    counts = tallies(
        [
            remark("/output_spec/0", "/output_spec/1", "/model_name"),
            remark("/output_spec", outcome="cannot-tell"),
        ],
        "trained_model",
        homes,
    )
    assert (counts["outputs"]["major"], counts["outputs"]["wait"], counts["identity"]["major"]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("document", "missing", "state"),
    [
        ({}, 2, "blank"),
        ({"model_name": "x"}, 1, "started"),
        ({"model_name": "x"}, 0, "done"),
        ({"version": "1.2"}, 0, "optional"),
    ],
)
def test_a_section_is_blank_started_done_or_optional(document: Any, missing: int, state: str) -> None:
    assert state_of(PLAN.sections[0], document, missing) == state


def test_a_closed_row_counts_what_waits_inside() -> None:
    marks = nodes.Marks(
        remarks={"/output_spec/0/item_type": [remark("a"), remark("b", severity="minor")]},
        missing={"/output_spec/0/item_name": remark("c")},
    )
    found = laying.inside_rows(marks)
    assert found["/output_spec/0"] == ({"major": 1, "minor": 1}, 1)
    assert found["/output_spec"] == ({"major": 1, "minor": 1}, 1)


def test_a_page_never_shows_more_inputs_than_a_form_may_send(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laying, "MOST_INPUTS", 70)
    body = {"version": "1.2", "schema": [{"field_name": str(number)} for number in range(40)]}
    layout = laid_out(plan_for("raw_data"), body)
    section = next(each for each in layout.plan.sections if each.id == "schema")
    [table] = layout.section(section.plans)
    assert isinstance(table, nodes.List)
    assert (len(table.entries), table.unshown, table.rest) == (10, 30, "10-39")


@pytest.mark.parametrize(("mark", "kept"), [("on", True), ("", False)])
def test_keeping_a_value_as_the_form_wants_it_can_be_taken_back(mark: str, kept: bool) -> None:
    plan, saved = plan_for("raw_data"), {"version": "1.2", "number_of_instances": "12"}
    state = {"=/number_of_instances": mark}
    reading = read_form(plan, saved, state)
    assert reading.document["number_of_instances"] == (12 if kept else "12")
    assert essence(state, reading) == (state if kept else {})


def test_only_inputs_of_the_document_are_taken_from_what_is_sent() -> None:
    sent = [("csrfmiddlewaretoken", "x"), ("/a", "1"), ("=/b", "on"), ("op", "save"), ("=x", "y")]
    assert typed(sent) == {"/a": "1", "=/b": "on"}


NASTY = "\"'><script>&</textarea>"


@pytest.mark.parametrize(
    "kind", ["text", "area", "json", "uri", "date", "integer", "number", "choice", "flag", "odd"]
)
def test_no_text_leaves_its_input(kind: str) -> None:
    node = nodes.Input(
        Plan(kind, "k", "k", NASTY, placeholder=NASTY, choices=(NASTY,), link="a:b"), f"/{NASTY}", kind, NASTY
    )
    node.offer = Offer(NASTY, (), frozenset(), "", "")
    node.within = NASTY
    node.fault = NASTY
    written = control(node, NASTY)
    assert "<script" not in written
    assert written.count("</textarea>") == (1 if kind in {"area", "json"} else 0)
    assert NASTY not in written


def test_content_is_escaped_unless_it_is_an_element() -> None:
    inner = el("b", {"title": '"'}, "<i>")
    assert el("p", {}, inner, "<i>") == '<p><b title="&quot;">&lt;i&gt;</b>&lt;i&gt;</p>'
    assert el("input", {"checked": None}) == "<input checked>"


def test_a_text_may_begin_with_a_line_end() -> None:
    node = nodes.Input(Plan("area", "k", "k", "L"), "/k", "area", "\ntext")
    assert ">\n\ntext</textarea>" in control(node)


@pytest.mark.parametrize(
    ("text", "shown"), [("2024-10-07", True), ("", True), ("October", False), ("2024-13-01", False)]
)
def test_a_date_that_is_none_is_not_given_to_an_input_that_would_drop_it(text: str, shown: bool) -> None:
    node = nodes.Input(Plan("date", "k", "k", "L"), "/k", "date", text)
    assert ('type="date"' in control(node)) is shown


@pytest.mark.parametrize(
    ("label", "one"),
    [("Test cases", "Test case"), ("Policies", "Policy"), ("Schema", ""), ("Radius", ""), ("Goals", "Goal")],
)
def test_the_button_that_adds_a_row_says_what_it_adds(label: str, one: str) -> None:
    assert nodes.singular(label) == one
