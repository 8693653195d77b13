"""Types and values of one field from the raw data to the pipeline."""

from __future__ import annotations

from typing import Any

import pytest

from mismatch.engine import check
from tests.mismatch.rules.described import UP, field, item, pipeline, production, raw, training, upstream
from tests.mismatch.rules.tables import Documents, firing, messages, silent

# raw-type-conflict


def prepared(ours: Any, theirs: Any, *steps: str, name: str = "weight") -> Documents:
    return raw(field("weight", ours)) | training(field(name, theirs), steps=steps)


CAST = "training_data/schema/0/field_type raw_data/schema/0/field_type"

test_raw_type_conflict_silent = silent(
    "raw-type-conflict",
    {
        "one type": ("pass", prepared("float", "float")),
        "near miss: two words for one type": ("pass", prepared("double", "Float")),
        "near miss: whole numbers fit into fractions": ("pass", prepared("integer", "float")),
        "near miss: a category written as text": ("pass", prepared("categorical", "string")),
        "near miss: another field": ("not-applicable", prepared("string", "float", name="weight_kg")),
        "a type that nobody knows": ("cannot-tell", prepared("JSON", "float")),
        "no type in training": ("cannot-tell", prepared("string", "")),
        "no fields in the raw data": ("cannot-tell", raw() | training(field("weight"))),
        "no raw data": ("cannot-tell", training(field("weight"))),
    },
)

test_raw_type_conflict_firing = firing(
    "raw-type-conflict",
    {
        "text becomes a number": ([f"minor {CAST}"], prepared("string", "float")),
        "decimals are cut off": ([f"minor {CAST}"], prepared("float", "integer")),
        "the name is spelled otherwise": ([f"minor {CAST}"], prepared("string", "float", name="Weight")),
        "a step of the preparation names it": (
            [f"info {CAST}"],
            prepared("string", "float", "Parse weight as kilograms"),
        ),
        "a step that names another field does not count": (
            [f"minor {CAST}"],
            prepared("string", "float", "Parse weights of trucks", "Fill gaps"),
        ),
    },
)

# arriving-type-conflict


def live(ours: Any, theirs: Any, to: str = "") -> Documents:
    return production(field("age", ours)) | pipeline(item("age" if not to else "years", theirs, to))


TYPES = "data_pipeline/input_spec/0/item_type production_data/schema/0/field_type"

test_arriving_type_conflict_silent = silent(
    "arriving-type-conflict",
    {
        "one type": ("pass", live("integer", "Integer")),
        "near miss: whole numbers fit into fractions": ("pass", live("integer", "Float")),
        "near miss: a word for whole numbers": ("pass", live("bigint", "Integer")),
        "near miss: an input of another name": (
            "not-applicable",
            production(field("age", "string")) | pipeline(item("age_group", "Integer")),
        ),
        "the type Other": ("cannot-tell", live("date", "Other")),
        "no type in production": ("cannot-tell", live("", "Integer")),
        "no inputs": ("cannot-tell", production(field("age")) | pipeline()),
        "no pipeline": ("cannot-tell", production(field("age"))),
    },
)

test_arriving_type_conflict_firing = firing(
    "arriving-type-conflict",
    {
        "text for a number": ([f"critical {TYPES}"], live("string", "Integer")),
        "decimals are cut off": ([f"minor {TYPES}"], live("float", "Integer")),
        "the input that is mapped to the name": ([f"critical {TYPES}"], live("string", "Float", "Up/age")),
    },
)


def test_a_type_that_is_wrong_upstream_as_well_counts_once():
    documents = (
        live("string", "Integer", "Up/age")
        | upstream(("age", "String"))
        | training(field("age", mapping="age"))
    )

    report = check(documents, rules=["X302", "TEC-5A"])

    assert [finding.code for finding in report.findings] == ["TEC-5A", "X302"]
    assert report.findings[1].explains == (report.findings[0].fingerprint,)
    assert report.counts()["critical"] == 1


# production-beyond-training


def met(ours: Any, theirs: Any, kind: Any = "integer", other: Any = None) -> Documents:
    """A training field with the values *ours*, and the production field it is mapped to with *theirs*."""
    return training(field("rate", kind, ours, mapping="pulse")) | production(
        field("pulse", other or kind, theirs)
    )


VALUES = "training_data/schema/0/expected_values production_data/schema/0/expected_values"

test_production_beyond_training_silent = silent(
    "production-beyond-training",
    {
        "equal ranges": ("pass", met("0 - 100", "0 - 100")),
        "production stays within": ("pass", met("0 - 100", "20 to 80")),
        "near miss: the same range, written otherwise": ("pass", met("0 - 100", "[0, 100]")),
        "near miss: training states no upper end": ("pass", met(">= 0", "0 - 100000")),
        "near miss: a value may be missing": ("pass", met("0 - 100", "0 - 100 or empty")),
        "near miss: the same values in another order and case": (
            "pass",
            met("red, green, blue", "Blue | RED | green", "string"),
        ),
        "near miss: a unit in the description": (
            "pass",
            training(field("wait", "float", "0 - 5", "Waiting time in s", mapping="wait"))
            | production(field("wait", "float", "0 to 4000 ms")),
        ),
        "near miss: a unit that nobody names": (
            "cannot-tell",
            training(field("wait", "float", "0 - 5", mapping="wait"))
            | production(field("wait", "float", "0 to 4000 ms")),
        ),
        "near miss: a single value of several": ("pass", met("PA, AP", "AP", "string")),
        "near miss: a word that is no value": ("cannot-tell", met("view", "PA | AP", "string")),
        "near miss: the same prose": (
            "pass",
            met("from the product list", "from the product list", "string"),
        ),
        "near miss: another coding of yes and no": ("cannot-tell", met("0, 1", "true, false")),
        "near miss: another unit that says the same": ("pass", met("0 - 2 s", "0 - 2000 ms", "float")),
        "near miss: types that contradict each other": (
            "pass",
            met("0 - 100", '"0 %" - "900 %"', "float", "string"),
        ),
        "near miss: images are cropped on the way": (
            "pass",
            met("1024 x 1024", "2448 x 2048, 8 bit grey", "image"),
        ),
        "prose in training": ("cannot-tell", met("as measured", "0 - 100")),
        "a blank range": ("cannot-tell", met("0 - 100", "")),
        "mapped to nothing": ("not-applicable", training(field("rate")) | production(field("pulse"))),
        "no fields": ("cannot-tell", training() | production(field("pulse"))),
    },
)

test_production_beyond_training_firing = firing(
    "production-beyond-training",
    {
        "more than training saw": ([f"major {VALUES}"], met("0 - 40000", "0 - 90000")),
        "less than training saw": ([f"major {VALUES}"], met("18 - 104", "0 - 104")),
        "a new value": ([f"major {VALUES}"], met("web, db", "web, db, cache", "string")),
        "a unit that only the description of training names": (
            [f"major {VALUES}"],
            training(field("kvp", "float", "50 - 150", "Tube voltage in ms", mapping="kvp"))
            | production(field("kvp", "float", "40 to 300 ms")),
        ),
        "a single value that training saw": ([f"major {VALUES}"], met("PA", "PA | AP", "string")),
        "a number that is no value": ([f"major {VALUES}"], met("1 - 4", "0, 1, 2, 3, 4")),
        "only just": ([f"info {VALUES}"], met("0 - 1000", "0 - 1005")),
        "a mapping that is spelled otherwise": (
            [f"major {VALUES}"],
            training(field("rate", "float", "0 - 1", mapping="PULSE"))
            | production(field("pulse", "float", "0 - 2")),
        ),
    },
)

# arriving-beyond-pipeline


def taken(said: Any, low: Any, high: Any, kind: str = "Integer") -> Documents:
    return production(field("rate", kind.lower(), said)) | pipeline(
        item("rate", kind, min_value=low, max_value=high)
    )


LIMIT = "data_pipeline/input_spec/0/item_specification/max_value production_data/schema/0/expected_values"

test_arriving_beyond_pipeline_silent = silent(
    "arriving-beyond-pipeline",
    {
        "the limits agree": ("pass", taken("0 - 100", 0, 100)),
        "the pipeline takes more": ("pass", taken("0 - 100", -5, 600)),
        "near miss: limits written as text": ("pass", taken("0 - 100", "0", "100.0")),
        "near miss: only a lower limit": ("pass", taken("10 - 100", 5, None)),
        "near miss: a text, whose specification has lengths": (
            "pass",
            production(field("rate", "string", "a, b")) | pipeline(item("rate", "String", max_length=1)),
        ),
        "no limits": ("cannot-tell", taken("0 - 100", 0, 0)),
        "prose in production": ("cannot-tell", taken("any", 0, 100)),
        "another name": (
            "not-applicable",
            production(field("rate")) | pipeline(item("load", "Float", max_value=1)),
        ),
    },
)

test_arriving_beyond_pipeline_firing = firing(
    "arriving-beyond-pipeline",
    {
        "more than the pipeline takes": ([f"major {LIMIT}"], taken("0 - 90000", 0, 40000)),
        "less than the pipeline takes": (
            [f"major {LIMIT.replace('max', 'min')}"],
            taken("-5 - 40000", 0, 40000),
        ),
        "both ends": (
            [f"major data_pipeline/input_spec/0/item_specification/min_value {LIMIT}"],
            taken("-5 - 50000", 0, 40000),
        ),
        "limits that lost their decimals": ([f"minor {LIMIT}"], taken("0 - 99.5", 0, 99, "Float")),
    },
)


def test_values_that_upstream_states_as_well_count_once():
    documents = (
        production(field("rate", "integer", "0 - 9"))
        | pipeline(item("rate", "Integer", "Up/rate", min_value=0, max_value=5))
        | upstream(("rate", "Integer", "0 - 9"))
    )

    report = check(documents, rules=["X304", "X312"])

    assert [finding.code for finding in report.findings] == ["X304", "X312"]
    assert report.findings[1].explains == (report.findings[0].fingerprint,)
    assert report.findings[0].places[1].descriptor + report.findings[0].places[1].pointer == (
        f"{UP}/0/expected_values"
    )
    assert report.counts()["major"] == 1


# training-beyond-raw


def made(ours: Any, theirs: Any, *steps: str) -> Documents:
    return raw(field("age", "integer", ours)) | training(field("age", "integer", theirs), steps=steps)


MADE = "training_data/schema/0/expected_values raw_data/schema/0/expected_values"

test_training_beyond_raw_silent = silent(
    "training-beyond-raw",
    {
        "equal ranges": ("pass", made("18 - 104", "18 - 104")),
        "near miss: capped in training": ("pass", made("0 - 600", "0 - 360")),
        "near miss: a class left out": ("pass", made("1, 2, 3", "1, 2")),
        "near miss: the raw range is open": ("pass", made(">= 0", "0 - 100")),
        "prose": ("cannot-tell", made("as entered", "0 - 100")),
        "no field of one name": (
            "not-applicable",
            raw(field("hr", "integer", "0 - 5")) | training(field("rate", "integer", "0 - 9")),
        ),
        "no fields": ("cannot-tell", raw() | training(field("rate"))),
    },
)

test_training_beyond_raw_firing = firing(
    "training-beyond-raw",
    {
        "values that the raw data does not have": ([f"minor {MADE}"], made("18 - 104", "0 - 104")),
        "a step of the preparation names the field": (
            [f"info {MADE}"],
            made("18 - 104", "0 - 104", "Unknown age becomes 0"),
        ),
        "only just": ([f"info {MADE}"], made("0 - 1000", "0 - 1001")),
    },
)


@pytest.mark.parametrize(
    ("slug", "documents", "message"),
    [
        (
            "raw-type-conflict",
            prepared("string", "float"),
            "“weight” is “string” as raw data and “float” in training: values of one cannot be read as the other.",
        ),
        (
            "arriving-type-conflict",
            live("float", "Integer"),
            "“age” arrives in production as “float”, but the pipeline takes “age” as “Integer”: part of the value "
            "gets lost.",
        ),
        (
            "production-beyond-training",
            met("0 - 40", "0 - 90"),
            "Production expects “pulse” as “0 - 90”, training knows “0 - 40”: values above 40 are new to the model.",
        ),
        (
            "production-beyond-training",
            met("web, db", "web, db, cache", "string"),
            "Production expects “pulse” as “web, db, cache”, training knows “web, db”: “cache” is new to the model.",
        ),
        (
            "arriving-beyond-pipeline",
            taken("-5 - 90", 0, 40),
            "Production expects “rate” as “-5 - 90”, but the pipeline takes “rate” as 0 to 40: values below 0 and "
            "above 40 are refused.",
        ),
        (
            "training-beyond-raw",
            made("18 - 104", "0 - 104"),
            "“age” is “0 - 104” in training, but the raw data has “18 - 104”: values below 18 are not in it.",
        ),
    ],
)
def test_the_message_names_both_values(slug, documents, message):
    assert messages(slug, documents) == [message]


def test_the_margin_is_a_share_of_the_width_of_the_range():
    assert check(met("1000 - 1010", "1000 - 1011"), rules=["X303"]).findings[0].severity == "major"
    assert check(met("0 - 1010", "0 - 1011"), rules=["X303"]).findings[0].severity == "info"
