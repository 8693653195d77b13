"""Outputs of the model, raw and post-processed, against the components that take them."""

from __future__ import annotations

from time import perf_counter

import pytest

from mismatch.engine import check
from tests.mismatch.rules.documents import component, environment, item, model
from tests.mismatch.rules.tables import firing, messages, silent

BOARD = {"Board": {"level": "Float"}}
LEVEL = ("level", "Float", "Board", "level")
OUT, FINAL = "trained_model/output_spec", "trained_model/final_output_spec"
COMPONENTS = "development_environment/downstream_components"
IN = f"{COMPONENTS}/0/input_spec/0"

TWICE = {"development_environment": {"downstream_components": [
    component("Board", "input_spec", {"level": "Float"}),
    component("Board", "input_spec", {"level": "String", "trend": "String"}),
]}}  # fmt: skip

test_silent_type = silent(
    "output-type-mismatch",
    {
        "the types agree": ("pass", model(LEVEL) | environment(BOARD)),
        "the first of two components of one name agrees": ("pass", model(LEVEL) | TWICE),
        "no type on our side": ("cannot-tell", model(("level", "", "Board", "level")) | environment(BOARD)),
        "only a space as their type": ("cannot-tell", model(LEVEL) | environment({"Board": {"level": " "}})),
        "the output has no name": ("cannot-tell", model(("", "Text", "Board", "level")) | environment(BOARD)),
        "mapped to nothing": ("cannot-tell", model(("level", "Text", "", "")) | environment(BOARD)),
        "mapped to a component that does not exist": (
            "cannot-tell",
            model(("level", "Text", "Bord", "level")) | environment(BOARD),
        ),
        "mapped to an input that does not exist": (
            "cannot-tell",
            model(("level", "Text", "Board", "depth")) | environment(BOARD),
        ),
        "mapping is null": (
            "cannot-tell",
            environment(BOARD)
            | {"trained_model": {"output_spec": [{"item_name": "level", "component_mapping": None}]}},
        ),
        "no outputs": ("cannot-tell", model() | environment(BOARD)),
        "no environment": ("cannot-tell", model(LEVEL)),
        "post-processing is on": (
            "not-applicable",
            model(("level", "String", "Board", "level"), final=(LEVEL,)) | environment(BOARD),
        ),
    },
)

test_firing_type = firing(
    "output-type-mismatch",
    {
        "the types differ": (
            [f"critical {OUT}/0/item_type {IN}/item_type"],
            model(("level", "Integer", "Board", "level")) | environment(BOARD),
        ),
        "each output on its own": (
            [
                f"critical {OUT}/0/item_type {IN}/item_type",
                f"critical {OUT}/2/item_type {COMPONENTS}/1/input_spec/1/item_type",
            ],
            model(("a", "Integer", "Board", "level"), LEVEL, ("b", "Image", "Log", "line"))
            | environment(BOARD | {"Log": {"time": "Integer", "line": "Float"}}),
        ),
        "Other against a named type": (
            [f"critical {OUT}/0/item_type {IN}/item_type"],
            model(("level", "Other", "Board", "level")) | environment(BOARD),
        ),
        "Text and String": (
            [f"minor {OUT}/0/item_type {IN}/item_type"],
            model(("level", "String", "Board", "level")) | environment({"Board": {"level": "text"}}),
        ),
        "only case and spacing differ": (
            [f"minor {OUT}/0/item_type {IN}/item_type"],
            model(LEVEL) | environment({"Board": {"level": " float"}}),
        ),
        "post-processing says no in a word": (
            [f"critical {OUT}/0/item_type {IN}/item_type"],
            model(("level", "Integer", "Board", "level"), post_processing="false") | environment(BOARD),
        ),
    },
)

test_silent_unmapped = silent(
    "output-unmapped",
    {
        "mapped to what exists": ("pass", model(LEVEL) | environment(BOARD)),
        "no environment to look into": ("pass", model(("level", "Float", "Nowhere", "level"))),
        "an output without a name": ("cannot-tell", model(("", "", "", "")) | environment(BOARD)),
        "no outputs": ("cannot-tell", model() | environment(BOARD)),
        "no model": ("cannot-tell", environment(BOARD)),
        "post-processing is on": ("not-applicable", model(("level", "Float", "", ""), final=())),
    },
)

test_firing_unmapped = firing(
    "output-unmapped",
    {
        "neither component nor item": (
            [f"minor {OUT}/0/component_mapping/component {OUT}/0/component_mapping/data_item"],
            model(("level", "Float", "", " ")) | environment(BOARD),
        ),
        "no component": (
            [f"minor {OUT}/0/component_mapping/component"],
            model(("level", "Float", None, "level")) | environment(BOARD),
        ),
        "no item, and no environment": (
            [f"minor {OUT}/1/component_mapping/data_item"],
            model(LEVEL, ("trend", "Float", "Board", "")),
        ),
        "no mapping at all": (
            [f"minor {OUT}/0/component_mapping/component {OUT}/0/component_mapping/data_item"],
            {"trained_model": {"output_spec": [{"item_name": "level", "component_mapping": ["Board"]}]}},
        ),
        "a component that was renamed": (
            [f"minor {OUT}/0/component_mapping/component {COMPONENTS}/0/component_name"],
            model(("level", "Float", "Boards", "level")) | environment(BOARD),
        ),
        "a component like no other": (
            [f"minor {OUT}/0/component_mapping/component {COMPONENTS}"],
            model(("level", "Float", "Incident Database", "level")) | environment(BOARD),
        ),
        "an input that was renamed": (
            [f"minor {OUT}/0/component_mapping/data_item {IN}/item_name"],
            model(("level", "Float", "Board", "levels")) | environment(BOARD),
        ),
        "an input like no other": (
            [f"minor {OUT}/0/component_mapping/data_item {COMPONENTS}/0/input_spec"],
            model(("level", "Float", "Board", "wind speed")) | environment(BOARD),
        ),
        "an input of the second component of that name": (
            [f"minor {OUT}/0/component_mapping/data_item {COMPONENTS}/0/input_spec"],
            model(("trend", "String", "Board", "trend")) | TWICE,
        ),
        "an environment without components": (
            [f"minor {OUT}/0/component_mapping/component {COMPONENTS}"],
            model(LEVEL) | environment(),
        ),
    },
)

test_silent_unfed = silent(
    "downstream-input-unfed",
    {
        "every input is fed": ("pass", model(LEVEL) | environment(BOARD)),
        "fed by an output without a name": ("pass", model(("", "", "Board", "level")) | environment(BOARD)),
        "an input without a name": ("cannot-tell", model(LEVEL) | environment({"Board": {"": "Float"}})),
        "a component without a name": ("cannot-tell", model(LEVEL) | environment({" ": {"level": "Float"}})),
        "a component without inputs": ("cannot-tell", model(LEVEL) | environment({"Board": {}})),
        "no components": ("not-applicable", model(LEVEL) | environment({})),
        "no components, and no model": ("cannot-tell", environment({})),
        "no environment": ("cannot-tell", model(LEVEL)),
        "post-processing is on": ("not-applicable", model(final=()) | environment(BOARD)),
    },
)

test_firing_unfed = firing(
    "downstream-input-unfed",
    {
        "nothing feeds it": (
            [f"critical {OUT} {IN}/item_name"],
            model(("level", "Float", "Log", "level")) | environment(BOARD),
        ),
        "every component's input of that name on its own": (
            [f"critical {OUT} {COMPONENTS}/1/input_spec/0/item_name"],
            model(LEVEL) | environment(BOARD | {"Log": {"level": "Float"}}),
        ),
        "one fed, one not": (
            [f"critical {OUT} {COMPONENTS}/0/input_spec/1/item_name"],
            model(LEVEL) | environment({"Board": {"level": "Float", "trend": "Float"}}),
        ),
        "fed but for case and spacing": (
            [f"minor {OUT} {IN}/item_name"],
            model(("level", "Float", "board ", "Level")) | environment(BOARD),
        ),
        "two inputs that differ in case, one fed": (
            [f"critical {OUT} {COMPONENTS}/0/input_spec/1/item_name"],
            model(LEVEL) | environment({"Board": {"level": "Float", "Level": "Float"}}),
        ),
        "no outputs": ([f"critical {OUT} {IN}/item_name"], model() | environment(BOARD)),
        "no model": (
            [f"info {IN}/item_name {COMPONENTS}/1/input_spec/0/item_name"],
            environment(BOARD | {"Log": {"line": "String"}}),
        ),
    },
)

test_silent_final_type = silent(
    "final-output-type-mismatch",
    {
        "the types agree": ("pass", model(final=(LEVEL,)) | environment(BOARD)),
        "no type on our side": (
            "cannot-tell",
            model(final=(("level", "", "Board", "level"),)) | environment(BOARD),
        ),
        "no type on their side": (
            "cannot-tell",
            model(final=(LEVEL,)) | environment({"Board": {"level": None}}),
        ),
        "no final outputs": ("cannot-tell", model(final=()) | environment(BOARD)),
        "no model": ("cannot-tell", environment(BOARD)),
        "post-processing is off": (
            "not-applicable",
            model(("level", "Integer", "Board", "level")) | environment(BOARD),
        ),
    },
)

test_firing_final_type = firing(
    "final-output-type-mismatch",
    {
        "the types differ": (
            [f"critical {FINAL}/0/item_type {IN}/item_type"],
            model(final=(("level", "String", "Board", "level"),)) | environment(BOARD),
        ),
        "post-processing says yes in a word": (
            [f"critical {FINAL}/0/item_type {IN}/item_type"],
            model(final=(("level", "String", "Board", "level"),), post_processing="Yes") | environment(BOARD),
        ),
        "Character and String": (
            [f"minor {FINAL}/0/item_type {IN}/item_type"],
            model(final=(("level", "String", "Board", "level"),))
            | environment({"Board": {"level": "Character"}}),
        ),
    },
)

test_silent_final_unmapped = silent(
    "final-output-unmapped",
    {
        "mapped to what exists": ("pass", model(final=(LEVEL,)) | environment(BOARD)),
        "a wholly blank row": ("cannot-tell", model(final=(("", "", "", ""),)) | environment(BOARD)),
        "a row with a component and no name": ("cannot-tell", model(final=(("", "", "Board", ""),))),
        "no final outputs": ("cannot-tell", model(final=())),
        "post-processing is off": ("not-applicable", model(("level", "Float", "", ""))),
    },
)

test_firing_final_unmapped = firing(
    "final-output-unmapped",
    {
        "no item": (
            [f"minor {FINAL}/0/component_mapping/data_item"],
            model(final=(("level", "Float", "Board", ""),)),
        ),
        "an input that does not exist": (
            [f"minor {FINAL}/0/component_mapping/data_item {IN}/item_name"],
            model(final=(("level", "Float", "Board", "LEVEL"),)) | environment(BOARD),
        ),
    },
)

test_silent_final_unfed = silent(
    "downstream-input-unfed-final",
    {
        "every input is fed": ("pass", model(final=(LEVEL,)) | environment(BOARD)),
        "no components": ("not-applicable", model(final=(LEVEL,)) | environment({})),
        "no model": ("cannot-tell", environment(BOARD)),
        "post-processing is off": ("not-applicable", model() | environment(BOARD)),
    },
)

test_firing_final_unfed = firing(
    "downstream-input-unfed-final",
    {
        "nothing feeds it": ([f"critical {FINAL} {IN}/item_name"], model(final=()) | environment(BOARD)),
        "a raw output may feed it": (
            [f"info {FINAL} {IN}/item_name"],
            model(LEVEL, final=(("x", "Float", "Log", "x"),)) | environment(BOARD),
        ),
        "fed but for case": (
            [f"minor {FINAL} {IN}/item_name"],
            model(final=(("level", "Float", "BOARD", "level"),)) | environment(BOARD),
        ),
    },
)


@pytest.mark.parametrize(
    ("slug", "documents", "message"),
    [
        (
            "output-type-mismatch",
            model(("level", "Integer", "Board", "level")) | environment(BOARD),
            "The model delivers “level” as “Integer”, but “Board” takes “level” as “Float”.",
        ),
        (
            "output-type-mismatch",
            model(("level", "String", "Board", "level")) | environment({"Board": {"level": "Text"}}),
            "The model delivers “level” as “String”, but “Board” takes “level” as “Text”; both are letters, so "
            "they may fit as they are.",
        ),
        (
            "final-output-type-mismatch",
            model(final=(("level", "FLOAT", "Board", "level"),)) | environment(BOARD),
            "Post-processing delivers “level” as “FLOAT”, but “Board” takes “level” as “Float”; they differ only "
            "in case, spacing or the form of letters.",
        ),
        (
            "output-unmapped",
            model(("level", "Float", "", "")),
            "The model delivers “level”, but neither the component nor the input that takes it is named.",
        ),
        (
            "output-unmapped",
            model(("level", "Float", "Board", "")),
            "The model delivers “level”, but the input of “Board” that takes it is not named.",
        ),
        (
            "final-output-unmapped",
            model(final=(("level", "Float", "", "level"),)),
            "Post-processing delivers “level”, but the component that takes it is not named.",
        ),
        (
            "output-unmapped",
            model(("level", "Float", "Boards", "level")) | environment(BOARD),
            "The model delivers “level” to the component “Boards”, which the development environment does not "
            "have; the nearest is “Board”.",
        ),
        (
            "output-unmapped",
            model(("level", "Float", "Board ", "level")) | environment(BOARD),
            "The model delivers “level” to the component “Board␣”, which the development environment does not "
            "have; it has “Board”, and they differ only in case, spacing or the form of letters.",
        ),
        (
            "output-unmapped",
            model(("level", "Float", "Board", "wind speed")) | environment(BOARD),
            "The model delivers “level” to “Board”, which has no input “wind speed”; known: “level”.",
        ),
        (
            "downstream-input-unfed",
            model() | environment(BOARD),
            "“Board” waits for “level”, which no output delivers.",
        ),
        (
            "downstream-input-unfed",
            environment(BOARD),
            "One downstream input cannot be compared without a Trained Model descriptor: “Board › level”. Usually "
            "written by: model developer.",
        ),
        (
            "downstream-input-unfed-final",
            model(LEVEL, final=()) | environment(BOARD),
            "“Board” waits for “level”, which no final output delivers; a raw output is mapped to it, which may "
            "pass by post-processing.",
        ),
        (
            "downstream-input-unfed-final",
            model(final=(("level", "Float", "board", "level"),)) | environment(BOARD),
            "“Board” waits for “level”, which no final output delivers; one is mapped to “board › level”, and "
            "they differ only in case, spacing or the form of letters.",
        ),
    ],
)
def test_the_message_names_both_sides(slug, documents, message):
    assert messages(slug, documents) == [message]


def test_a_dangling_mapping_has_a_remedy_of_its_own():
    documents = model(("level", "Float", "Boards", "level")) | environment(BOARD)
    [finding] = check(documents, rules=["output-unmapped"]).findings

    assert finding.remedy == (
        "Map it to “Board” if that is meant, or add “Boards” to the development environment."
    )


def test_many_outputs_of_one_component_are_not_slow():
    rows = [item(f"o{n}", "Float", "Board", f"i{n}") for n in range(4000)]
    inputs = {f"i{n}": "Integer" for n in range(4000)}
    start = perf_counter()

    found = messages(
        "output-type-mismatch", {"trained_model": {"output_spec": rows}} | environment({"Board": inputs})
    )

    assert len(found) == 4000
    assert perf_counter() - start < 5  # squared, these would be sixteen million comparisons
