"""Inputs of the pipeline against the components that deliver them."""

from __future__ import annotations

import pytest

from tests.mismatch.rules.documents import environment, pipeline
from tests.mismatch.rules.tables import firing, messages, silent

GAUGE = {"Gauge": {"level": "Float"}}
LEVEL = ("level", "Float", "Gauge", "level")
INPUT = "data_pipeline/input_spec"
COMPONENTS = "development_environment/upstream_components"
OUTPUT = f"{COMPONENTS}/0/output_spec/0"

test_silent_type = silent(
    "input-type-mismatch",
    {
        "the types agree": ("pass", pipeline(LEVEL) | environment(up=GAUGE)),
        "no type on our side": (
            "cannot-tell",
            pipeline(("level", " ", "Gauge", "level")) | environment(up=GAUGE),
        ),
        "no type on their side": (
            "cannot-tell",
            pipeline(LEVEL) | environment(up={"Gauge": {"level": ""}}),
        ),
        "mapped to what does not exist": (
            "cannot-tell",
            pipeline(("level", "Text", "Gage", "level")) | environment(up=GAUGE),
        ),
        "no inputs": ("cannot-tell", pipeline() | environment(up=GAUGE)),
        "no environment": ("cannot-tell", pipeline(LEVEL)),
        "a downstream component of that name": (
            "cannot-tell",
            pipeline(("level", "Text", "Gauge", "level")) | environment(down=GAUGE),
        ),
    },
)

test_firing_type = firing(
    "input-type-mismatch",
    {
        "the types differ": (
            [f"critical {INPUT}/0/item_type {OUTPUT}/item_type"],
            pipeline(("level", "Integer", "Gauge", "level")) | environment(up=GAUGE),
        ),
        "one of two": (
            [f"critical {INPUT}/1/item_type {COMPONENTS}/0/output_spec/1/item_type"],
            pipeline(LEVEL, ("unit", "Other", "Gauge", "unit"))
            | environment(up={"Gauge": {"level": "Float", "unit": "String"}}),
        ),
        "Text and String": (
            [f"minor {INPUT}/0/item_type {OUTPUT}/item_type"],
            pipeline(("level", "String", "Gauge", "level")) | environment(up={"Gauge": {"level": "Text"}}),
        ),
        "only case differs": (
            [f"minor {INPUT}/0/item_type {OUTPUT}/item_type"],
            pipeline(LEVEL) | environment(up={"Gauge": {"level": "FLOAT"}}),
        ),
    },
)

test_silent_unmapped = silent(
    "input-unmapped",
    {
        "mapped to what exists": ("pass", pipeline(LEVEL) | environment(up=GAUGE)),
        "no environment to look into": ("pass", pipeline(("level", "Float", "Nowhere", "level"))),
        "an input without a name": ("cannot-tell", pipeline(("", "", "", "")) | environment(up=GAUGE)),
        "no inputs": ("cannot-tell", pipeline()),
        "no pipeline": ("cannot-tell", environment(up=GAUGE)),
    },
)

test_firing_unmapped = firing(
    "input-unmapped",
    {
        "neither component nor item": (
            [f"major {INPUT}/0/component_mapping/component {INPUT}/0/component_mapping/data_item"],
            pipeline(("level", "Float", "", "")),
        ),
        "no item": (
            [f"major {INPUT}/0/component_mapping/data_item"],
            pipeline(("level", "Float", "Gauge", "\t")) | environment(up=GAUGE),
        ),
        "an output that does not exist": (
            [f"major {INPUT}/0/component_mapping/data_item {COMPONENTS}/0/output_spec"],
            pipeline(("level", "Float", "Gauge", "temperature")) | environment(up=GAUGE),
        ),
        "a component that differs in case only": (
            [f"minor {INPUT}/0/component_mapping/component {COMPONENTS}/0/component_name"],
            pipeline(("level", "Float", "gauge", "level")) | environment(up=GAUGE),
        ),
    },
)

test_silent_unused = silent(
    "upstream-output-unused",
    {
        "every output is used": ("pass", pipeline(LEVEL) | environment(up=GAUGE)),
        "used by an input without a name": (
            "pass",
            pipeline(("", "", "Gauge", "level")) | environment(up=GAUGE),
        ),
        "an output without a name": (
            "cannot-tell",
            pipeline(LEVEL) | environment(up={"Gauge": {"level": "Float", "": "Float"}}),
        ),
        "no components": ("not-applicable", pipeline(LEVEL) | environment()),
        "no environment": ("cannot-tell", pipeline(LEVEL)),
        "nothing waits for the pipeline": ("cannot-tell", environment(up={"Gauge": {" ": "Float"}})),
    },
)

test_firing_unused = firing(
    "upstream-output-unused",
    {
        "not used": (
            [f"info {INPUT} {COMPONENTS}/0/output_spec/1/item_name"],
            pipeline(LEVEL) | environment(up={"Gauge": {"level": "Float", "unit": "String"}}),
        ),
        "used but for case": (
            [f"info {INPUT} {OUTPUT}/item_name"],
            pipeline(("level", "Float", "Gauge", "Level")) | environment(up=GAUGE),
        ),
        "no pipeline": (
            [f"info {OUTPUT}/item_name {COMPONENTS}/1/output_spec/0/item_name"],
            environment(up=GAUGE | {"Radar": {"rain": "Float"}}),
        ),
    },
)


@pytest.mark.parametrize(
    ("slug", "documents", "message"),
    [
        (
            "input-type-mismatch",
            pipeline(("level", "Integer", "Gauge", "level")) | environment(up=GAUGE),
            "The pipeline takes “level” as “Integer”, but “Gauge” delivers “level” as “Float”.",
        ),
        (
            "input-unmapped",
            pipeline(("level", "Float", "", "")),
            "The pipeline needs “level”, but neither the component nor the output that delivers it is named.",
        ),
        (
            "input-unmapped",
            pipeline(("level", "Float", "Gage", "level")) | environment(up=GAUGE),
            "The pipeline takes “level” from the component “Gage”, which the development environment does not "
            "have; the nearest is “Gauge”.",
        ),
        (
            "input-unmapped",
            pipeline(("level", "Float", "Gauge", "depth")) | environment(up=GAUGE),
            "The pipeline takes “level” from “Gauge”, which has no output “depth”; known: “level”.",
        ),
        (
            "input-unmapped",
            pipeline(LEVEL) | environment(up={}),
            "The pipeline takes “level” from the component “Gauge”, which the development environment does not "
            "have.",
        ),
        (
            "upstream-output-unused",
            pipeline() | environment(up=GAUGE),
            "“Gauge” delivers “level”, which no input of the pipeline uses.",
        ),
        (
            "upstream-output-unused",
            pipeline(("level", "Float", "Gauge ", "level")) | environment(up=GAUGE),
            "“Gauge” delivers “level”, which no input of the pipeline uses; one is mapped to “Gauge › level”, and "
            "they differ only in case, spacing or the form of letters.",
        ),
    ],
)
def test_the_message_names_both_sides(slug, documents, message):
    assert messages(slug, documents) == [message]
