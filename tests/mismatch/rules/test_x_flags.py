"""Switches and choices, and what is written beside them."""

from __future__ import annotations

from typing import Any

import pytest

from mismatch.engine import check
from tests.mismatch.rules.described import item, model, pipeline, raw
from tests.mismatch.rules.tables import Documents, firing, messages, silent

# post-processing-contradicted


def post(switch: Any, steps: Any = (), *final: str) -> Documents:
    return model(
        post_processing=switch,
        post_processing_process=list(steps),
        final_output_spec=[item(name, "Float", max_value=1.0) for name in final],
    )


SWITCH = "trained_model/post_processing"
STEPS, FINAL = "trained_model/post_processing_process", "trained_model/final_output_spec"

test_post_processing_contradicted_silent = silent(
    "post-processing-contradicted",
    {
        "on and described": ("pass", post(True, ["Smooth"], "score")),
        "off and empty": ("pass", post(False)),
        "near miss: off, with the form's blank rows": (
            "pass",
            model(
                post_processing=False,
                post_processing_process=["", " "],
                final_output_spec=[{"item_name": "", "item_specification": {"max_value": 0}}],
            ),
        ),
        "near miss: on, as a word": ("pass", post("yes", ["Smooth"], "score")),
        "the switch is missing": ("cannot-tell", model()),
        "no model": ("cannot-tell", {}),
    },
)

test_post_processing_contradicted_firing = firing(
    "post-processing-contradicted",
    {
        "on without final outputs": ([f"major {FINAL} {SWITCH}"], post(True, ["Smooth"])),
        "on without steps": ([f"major {STEPS} {SWITCH}"], post(True, [""], "score")),
        "on without anything": ([f"major {FINAL} {SWITCH}", f"major {STEPS} {SWITCH}"], post(True)),
        "off with final outputs": ([f"minor {SWITCH} {FINAL}"], post(False, [], "score")),
        "off with steps": ([f"minor {SWITCH} {STEPS}"], post(False, ["Smooth"])),
    },
)

# ensemble-contradicted


def ensemble(switch: Any, *algorithms: Any, details: Any = "") -> Documents:
    rows = [{"learning_algorithm": {"algorithm": each}} for each in algorithms]
    return model(ensemble=switch, model_components=rows, model_composition_details=details)


ENSEMBLE = "trained_model/ensemble trained_model/model_components"

test_ensemble_contradicted_silent = silent(
    "ensemble-contradicted",
    {
        "two components": ("pass", ensemble(True, "Random Forest", "Other", details="Mean of both")),
        "one component": ("pass", ensemble(False, "Random Forest")),
        "near miss: a blank second row": ("pass", ensemble(False, "Random Forest", "")),
        "near miss: details that say there is nothing": (
            "pass",
            ensemble(False, "Random Forest", details="not applicable"),
        ),
        "near miss: a component known by its language": (
            "pass",
            model(ensemble=False, model_components=[{"programming_languages": ["Python"]}]),
        ),
        "no components": ("cannot-tell", ensemble(True)),
        "no switch": ("cannot-tell", model(model_components=[{"programming_languages": ["R"]}] * 2)),
        "no model": ("cannot-tell", {}),
    },
)

test_ensemble_contradicted_firing = firing(
    "ensemble-contradicted",
    {
        "an ensemble of one": ([f"minor {ENSEMBLE}"], ensemble(True, "Random Forest")),
        "no ensemble, of two": ([f"minor {ENSEMBLE}"], ensemble(False, "Random Forest", "Other")),
        "details of one": (
            ["info trained_model/model_composition_details trained_model/ensemble"],
            ensemble(False, "Random Forest", details="Mean of both"),
        ),
    },
)

# other-unexplained


def source(choice: Any, beside: Any = "") -> Documents:
    return raw(data_sources=[{"data_source": choice, "other_source": beside}])


OTHER_SOURCE = "raw_data/data_sources/0/other_source"
SOURCE = "raw_data/data_sources/0/data_source"

test_other_unexplained_silent = silent(
    "other-unexplained",
    {
        "explained": ("pass", source("Other", "Bureau response")),
        "not Other": ("pass", source("Enterprise Data")),
        "near miss: a text that says there is nothing": ("pass", source("Enterprise Data", "n/a")),
        "near miss: not chosen yet": ("cannot-tell", source("")),
        "near miss: an item with its description": (
            "pass",
            pipeline(item("x", "Other", other_value="a date")),
        ),
        "no document": ("cannot-tell", {}),
    },
)

test_other_unexplained_firing = firing(
    "other-unexplained",
    {
        "a source": ([f"minor {OTHER_SOURCE} {SOURCE}"], source("Other")),
        "a source, by white space": ([f"minor {OTHER_SOURCE} {SOURCE}"], source("Other", " ")),
        "another source, explained": (
            [f"info {SOURCE} {OTHER_SOURCE}"],
            source("Public Data Source", "Census"),
        ),
        "the problem": (
            ["minor system_context/ml_problem_type/other_problem system_context/ml_problem_type/ml_problem"],
            {"system_context": {"version": "1.2", "ml_problem_type": {"ml_problem": "Other"}}},
        ),
        "an algorithm": (
            [
                "minor trained_model/model_components/0/learning_algorithm/other_algorithm "
                "trained_model/model_components/0/learning_algorithm/algorithm"
            ],
            ensemble(False, "Other"),
        ),
        "a metric": (
            ["minor trained_model/test_metrics/0/other_metric trained_model/test_metrics/0/metric"],
            model(test_metrics=[{"metric": "Other", "result": 0.4}]),
        ),
        "an input": (
            [
                "minor data_pipeline/input_spec/0/item_specification/other_value "
                "data_pipeline/input_spec/0/item_type"
            ],
            pipeline(item("x", "Other")),
        ),
    },
)


def test_what_a_required_field_asks_for_counts_once():
    report = check(source("Other"), rules=["X409", "RD-05"])

    assert [finding.code for finding in report.findings] == ["X409", "RD-05"]
    assert report.findings[0].explains == (report.findings[1].fingerprint,)
    assert sum(report.counts().values()) == 1


# generated-data-denied


def generated(proxy: Any, *sources: Any) -> Documents:
    return raw(proxy_data=proxy, data_sources=[{"data_source": each} for each in sources])


test_generated_data_denied_silent = silent(
    "generated-data-denied",
    {
        "described": ("pass", generated("400 synthetic tickets", "Enterprise Data", "Synthetic Data")),
        "near miss: described with a no in it": ("pass", generated("No real data of 2019", "Simulated Data")),
        "near miss: nothing generated": ("not-applicable", generated("None", "Enterprise Data", "Other")),
        "near miss: another word for it": ("not-applicable", generated("None", "Public Data Source")),
        "the proxy data is blank": ("cannot-tell", generated("", "Synthetic Data")),
        "no sources": ("cannot-tell", generated("None")),
    },
)

test_generated_data_denied_firing = firing(
    "generated-data-denied",
    {
        "none": (
            ["minor raw_data/proxy_data raw_data/data_sources/1/data_source"],
            generated("None", "Enterprise Data", "Simulated Data"),
        ),
        "not applicable": (
            ["minor raw_data/proxy_data raw_data/data_sources/0/data_source"],
            generated("n/a", "Synthetic Data"),
        ),
    },
)


@pytest.mark.parametrize(
    ("slug", "documents", "message"),
    [
        (
            "post-processing-contradicted",
            post(True, ["Smooth"]),
            "Post-processing is on, but no final output is described.",
        ),
        (
            "ensemble-contradicted",
            ensemble(True, "Random Forest"),
            "The model is said to be an ensemble, but it has one component.",
        ),
        (
            "ensemble-contradicted",
            ensemble(False, "Random Forest", "Other"),
            "The model is said to be no ensemble, but it has 2 components.",
        ),
        ("other-unexplained", source("Other"), "“Other” is chosen, and nothing says what that is."),
        (
            "other-unexplained",
            source("Public Data Source", "Census"),
            "“Public Data Source” is chosen, while the text for others says “Census”.",
        ),
        (
            "generated-data-denied",
            generated("None", "Synthetic Data"),
            "“Synthetic Data” is among the sources, but the proxy data is “None”.",
        ),
    ],
)
def test_the_message_says_what_contradicts_what(slug, documents, message):
    assert messages(slug, documents) == [message]
