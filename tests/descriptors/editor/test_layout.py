"""The form shows every value, in its place, with what is said about it."""

from __future__ import annotations

from typing import Any

from descriptors import catalogue
from descriptors.editor import layout as laying
from descriptors.editor import nodes
from descriptors.editor.choices import Choices
from descriptors.editor.gist import part_gist, row_gist, title_of
from descriptors.editor.layout import Layout
from descriptors.editor.plan import plan_for
from tests.descriptors.editor.forms import example, inputs, laid_out

MODEL = example("emergency-triage", "trained_model")


def section(layout: Layout, id: str) -> list[nodes.Node]:
    return layout.section(next(each for each in layout.plan.sections if each.id == id).plans)


def rows(layout: Layout, id: str) -> nodes.List:
    [found] = [each for each in section(layout, id) if isinstance(each, nodes.List)]
    return found


def model(state: dict[str, str] | None = None, body: Any = MODEL) -> Layout:
    return laid_out(plan_for("trained_model"), body, state)


def test_a_form_shows_every_text_of_the_document() -> None:
    layout = model()
    shown = [each.text for part in layout.plan.sections for each in inputs(layout.section(part.plans))]
    assert {"Triage proposal", "0.71", "Embedding network", "true"} <= set(shown)


def test_fields_of_other_types_are_there_but_hidden() -> None:
    [first, *_] = rows(model(), "outputs").entries
    specification = next(
        node for node in first.nodes if isinstance(node, nodes.Group) and node.name.endswith("specification")
    )
    hidden = {node.values: node.hidden for node in specification.nodes if isinstance(node, nodes.Conditional)}
    assert hidden == {("Other",): True, ("Integer", "Float"): False, ("Image",): True, ("String",): True}
    [numbers] = [
        node for node in specification.nodes if isinstance(node, nodes.Conditional) and not node.hidden
    ]
    assert numbers.controller == "/output_spec/0/item_type"
    assert numbers.reason == "Because item type is Integer or Float"


def test_what_is_typed_decides_what_is_shown() -> None:
    [first, *_] = rows(model({"/output_spec/0/item_type": "Image"}), "outputs").entries
    specification = next(
        node for node in first.nodes if isinstance(node, nodes.Group) and node.name.endswith("specification")
    )
    assert [node.hidden for node in specification.nodes if isinstance(node, nodes.Conditional)] == [
        True,
        True,
        False,
        True,
    ]


def test_switches_for_characters_stand_together() -> None:
    [first, *_] = rows(model(), "outputs").entries
    specification = next(
        node for node in first.nodes if isinstance(node, nodes.Group) and node.name.endswith("specification")
    )
    texts = next(
        node
        for node in specification.nodes
        if isinstance(node, nodes.Conditional) and node.values == ("String",)
    )
    [flags] = [node for node in texts.nodes if isinstance(node, nodes.Flags)]
    assert flags.title == "Allowed characters"
    assert [label for _, label in flags.labelled] == [
        "Empty text",
        "Digits",
        "Slashes",
        "Spaces",
        "Special characters",
    ]


def test_stored_flags_are_ticked() -> None:
    pipeline = {
        "version": "1.2",
        "input_spec": [{"item_type": "String", "item_specification": {"spaces": True}}],
    }
    layout = laid_out(plan_for("data_pipeline"), pipeline)
    found = [each for part in layout.plan.sections for each in inputs(layout.section(part.plans))]
    assert [each.text for each in found if each.name.endswith("/spaces")] == ["true"]


def test_rows_are_numbered_named_and_summed_up() -> None:
    outputs = rows(model(), "outputs")
    assert [(each.number, each.title) for each in outputs.entries] == [
        (1, "level"),
        (2, "confidence"),
        (3, "waiting_limit"),
        (4, "findings"),
    ]
    assert outputs.entries[0].gist == "Integer · Hospital Record System › triage_level"
    assert (outputs.order, outputs.next) == ("0-3", 4)


def test_deleted_rows_can_be_put_back() -> None:
    outputs = rows(model({"/output_spec": "0,3"}), "outputs")
    assert [(each.name, each.title) for each in outputs.gone] == [
        ("/output_spec/1", "confidence"),
        ("/output_spec/2", "waiting_limit"),
    ]


def test_an_invalid_text_is_shown_as_it_was_typed() -> None:
    layout = model({"/output_spec/0/item_specification/min_value": "low"})
    found = [each for each in inputs(section(layout, "outputs")) if each.text == "low"]
    assert [each.name for each in found] == ["/output_spec/0/item_specification/min_value"]


def test_a_choice_the_schema_does_not_know_stays_choosable() -> None:
    [kind] = [
        each
        for each in inputs(
            section(model(body={"version": "1.2", "output_spec": [{"item_type": "Tensor"}]}), "outputs")
        )
        if each.name.endswith("item_type")
    ]
    assert kind.options == ("Integer", "Float", "String", "Image", "Other", "Tensor")


def test_a_value_of_the_wrong_type_is_shown_and_remarked_on() -> None:
    layout = model(body={"version": "1.2", "model_name": 7, "ensemble": "yes", "training_date": None})
    found = {each.name: each for each in inputs(section(layout, "identity"))}
    assert (found["/model_name"].text, found["/model_name"].forcible) == ("7", True)
    assert "number" in found["/model_name"].note
    assert "null" in found["/training_date"].note
    [ensemble] = [each for each in inputs(section(layout, "components")) if each.name == "/ensemble"]
    assert (ensemble.kind, ensemble.text) == ("json", '"yes"')


def test_a_long_or_broken_text_gets_several_lines() -> None:
    found = {
        each.name: each.kind
        for each in inputs(section(model(body={"model_name": "x" * 60, "model_version": "1\n2"}), "identity"))
    }
    assert found["/model_name"] == found["/model_version"] == "area"


def test_of_a_very_long_list_a_part_is_shown_and_the_rest_kept() -> None:
    body = {"version": "1.2", "schema": [{"field_name": f"f{number}"} for number in range(1_500)]}
    table = rows(laid_out(plan_for("raw_data"), body), "schema")
    assert (len(table.entries), table.unshown, table.rest) == (laying.MOST_ROWS, 500, "1000-1499")
    assert table.order == "0-1499"


def test_unknown_keys_are_shown_as_json() -> None:
    layout = model(body={"version": "1.2", "x-team": ["a"], "output_spec": [{"item_name": "a", "weight": 1}]})
    assert [(each.name, each.text) for each in layout.unknown()] == [("/x-team", '[\n  "a"\n]')]
    assert [each.text for each in inputs(section(layout, "outputs")) if each.name.endswith("/weight")] == [
        "1"
    ]


def test_the_row_a_script_adds_has_places_for_its_numbers() -> None:
    plan = plan_for("development_environment")
    layout = Layout(plan, None, {}, None, Choices("development_environment", {}, {}, {}))
    item = plan.root.by_key["upstream_components"].item
    assert item is not None
    [outer] = layout.blank_list(plan.root.by_key["upstream_components"]).entries
    [inner] = layout.blank_list(item.by_key["output_spec"]).entries
    assert outer.name == "/upstream_components/{0}"
    assert inner.name == "/upstream_components/{0}/output_spec/{1}"
    [nested] = [node for node in outer.nodes if isinstance(node, nodes.List)]
    assert nested.name == "/upstream_components/{0}/output_spec"
    assert (
        next(each.name for each in inputs(inner.nodes))
        == "/upstream_components/{0}/output_spec/{1}/item_name"
    )


def test_the_next_goal_is_named_before_it_is_added() -> None:
    body = {"version": "1.2", "goals": [{"id": "G-01"}, {"id": "G-09"}]}
    layout = laid_out(plan_for("system_context"), body, {"/goals": "0"})
    assert rows(layout, "goals").next_id == "G-10"


def test_every_descriptor_can_be_laid_out_from_nothing() -> None:
    for descriptor in catalogue.DESCRIPTORS:
        layout = laid_out(plan_for(descriptor), None)
        assert all(layout.section(part.plans) for part in layout.plan.sections)


def test_a_row_is_called_by_its_name() -> None:
    plan = plan_for("trained_model").root.by_key["output_spec"].item
    assert plan is not None
    assert title_of(plan, {"item_name": "level", "item_type": "Integer"}) == "level"
    assert title_of(plan, {"item_description": "a  b\nc"}) == "a b c"
    assert title_of(plan, {}) == title_of(plan, 5) == ""
    assert len(title_of(plan, {"item_name": "x" * 100})) == 40
    assert row_gist(plan, {"item_name": "level", "item_type": "Float"}) == "Float"


def test_a_section_is_summed_up_in_a_line() -> None:
    plan = plan_for("trained_model")
    parts = {each.id: part_gist(each.plans, MODEL) for each in plan.sections}
    assert parts["identity"].startswith("Triage proposal · 2.0-rc1")
    assert parts["outputs"] == "level, confidence, waiting_limit, findings"
    assert parts["running"].startswith("GPUs 1 · CPUs 4 · Memory 8 GB")
    assert part_gist(plan.sections[0].plans, {}) == ""


def test_a_line_that_is_cut_says_so_once() -> None:
    plans = plan_for("training_data").sections[0].plans
    long = {plan.key: "x" * 200 for plan in plans}

    assert part_gist(plans, long).endswith("x…")
