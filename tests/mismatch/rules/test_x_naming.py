"""Names in two spellings, known otherwise, or mistyped; and findings that these explain."""

from __future__ import annotations

from typing import Any

import pytest

from mismatch.engine import check
from tests.mismatch.rules.documents import environment, model, pipeline
from tests.mismatch.rules.tables import Documents, firing, messages, silent


def needs(*frameworks: Any, languages: tuple[Any, ...] = ()) -> Documents:
    parts = [{"programming_languages": list(languages)}]
    return {"trained_model": {"version": "1.2", "ml_frameworks": list(frameworks), "model_components": parts}}


def offers(*frameworks: Any, languages: tuple[Any, ...] = ()) -> Documents:
    return environment(ml_frameworks=list(frameworks), programming_languages=list(languages))


def watched(*metrics: Any, logs: tuple[Any, ...] = ()) -> Documents:
    return {
        "trained_model": {
            "version": "1.2",
            "algorithm_metrics": [{"metric": each} for each in metrics],
            "log_data": [{"log": each} for each in logs],
        }
    }


def collected(*metrics: Any, logs: tuple[Any, ...] = ()) -> Documents:
    return {
        "production_environment": {
            "version": "1.2",
            "algorithm_metrics": [{"metric": each} for each in metrics],
            "model_logs": [{"log": each} for each in logs],
        }
    }


def linked(training: Any, raw: Any) -> Documents:
    return {"training_data": {"raw_data_identifier": training}, "raw_data": {"dataset_identifier": raw}}


def fields(name: Any, mapping: Any, *theirs: Any) -> Documents:
    return {
        "training_data": {"schema": [{"field_name": name, "mapping_production_data": mapping}]},
        "production_data": {"schema": [{"field_name": each} for each in theirs]},
    }


NEED, OFFER = "trained_model/ml_frameworks/0", "development_environment/ml_frameworks/"
METRIC, COLLECTOR = (
    "trained_model/algorithm_metrics/0/metric",
    "production_environment/algorithm_metrics/0/metric",
)

test_spelling_silent = silent(
    "name-spelled-differently",
    {
        "the same name": ("pass", needs("Keras") | offers("Keras")),
        "near miss: another name": ("pass", needs("Keras") | offers("Caffe")),
        "near miss: C, C++ and C#": (
            "pass",
            needs(languages=("C#",)) | offers(languages=("C", "C++")),
        ),
        "near miss: what parts two digits": ("pass", needs("Tool 1.5") | offers("Tool 15")),
        "near miss: several spellings come into question": (
            "pass",
            needs("scikit learn") | offers("scikit-learn", "Scikit-Learn"),
        ),
        "near miss: letters that only one script has": ("pass", fields("α-Wert", "größe", "größe")),
        "near miss: a joiner within a word of Persian": ("pass", fields("می\u200cشود", "a", "a")),
        "near miss: two labels that only look alike after folding": (
            "pass",
            {"training_data": {"distribution": [{"label": "A-", "mapping_production_data": "A-"}]}}
            | {"production_data": {"distribution": [{"label": "A-"}, {"label": "a+"}]}},
        ),
        "nothing is offered": ("cannot-tell", needs("Keras") | offers()),
        "no descriptors": ("not-applicable", {}),
    },
)

test_spelling_firing = firing(
    "name-spelled-differently",
    {
        "case of a framework": ([f"minor {NEED} {OFFER}0"], needs("pytorch") | offers("PyTorch")),
        "spaces and hyphens": (
            [f"minor {NEED} {OFFER}1"],
            needs(" scikit_learn") | offers("Keras", "scikit-learn"),
        ),
        "a language": (
            [
                "minor trained_model/model_components/0/programming_languages/0 "
                "development_environment/programming_languages/0"
            ],
            needs(languages=("python", "python")) | offers(languages=("Python",)),
        ),
        "a metric, whose name the model gives": (
            [f"minor {COLLECTOR} {METRIC}"],
            watched("F1-score") | collected("F1 Score"),
        ),
        "a goal": (
            ["minor trained_model/algorithm_metrics/0/goal_mapping system_context/goals/0/id"],
            {"trained_model": {"algorithm_metrics": [{"metric": "Recall", "goal_mapping": "g01"}]}}
            | {"system_context": {"goals": [{"id": "G-01", "goal": "Save water"}]}},
        ),
        "an identifier": (
            ["minor training_data/raw_data_identifier raw_data/dataset_identifier"],
            linked("raw 1", "RAW-1"),
        ),
        "a component and its item": (
            [
                "minor data_pipeline/input_spec/0/component_mapping/component "
                "development_environment/upstream_components/0/component_name",
                "minor data_pipeline/input_spec/0/component_mapping/data_item "
                "development_environment/upstream_components/0/output_spec/0/item_name",
            ],
            pipeline(("x", "Integer", "monitor", "HR")) | environment(up={"Monitor": {"hr": "Integer"}}),
        ),
        "a field of production": (
            ["minor training_data/schema/0/mapping_production_data production_data/schema/0/field_name"],
            fields("p", "unit price", "unit_price"),
        ),
        "a statistic": (
            ["minor training_data/statistics/0/field training_data/schema/0/field_name"],
            {"training_data": {"schema": [{"field_name": "Temp"}], "statistics": [{"field": "temp"}]}},
        ),
        "a space at the end on both sides": (
            [
                "minor production_data/schema/0/field_name",
            ],
            fields("p", "price ", "price "),
        ),
        "an invisible character": (
            ["minor development_environment/upstream_components/0/component_name"],
            environment(up={"Moni\u200btor": {"hr": "Integer"}}),
        ),
        "a Cyrillic letter in an item": (
            ["minor development_environment/downstream_components/0/input_spec/0/item_name"],
            environment(down={"Board": {"l\u0435vel": "Integer"}}),
        ),
        "an identifier with a space, the same on both sides": (
            ["minor raw_data/dataset_identifier", "minor training_data/raw_data_identifier"],
            linked("RAW-1 ", "RAW-1 "),
        ),
    },
)

test_aliases_silent = silent(
    "name-known-otherwise",
    {
        "the same name": ("pass", needs("scikit-learn") | offers("scikit-learn")),
        "near miss: another spelling is not another name": (
            "pass",
            needs("Scikit Learn") | offers("scikit-learn"),
        ),
        "near miss: another tool": ("pass", needs("Keras") | offers("Keras-RL")),
        "near miss: another qualifier": ("pass", watched("Recall (fraud)") | collected("Recall")),
        "near miss: the contrary metric": ("pass", watched("False Positive Rate") | collected("FNR")),
        "near miss: the name of a log is no metric": (
            "pass",
            watched(logs=("PPV log",)) | collected(logs=("Precision log",)),
        ),
        "nothing is offered": ("cannot-tell", needs("sklearn") | offers()),
        "nothing is needed": ("not-applicable", needs() | offers()),
    },
)

test_aliases_firing = firing(
    "name-known-otherwise",
    {
        "a framework": ([f"minor {NEED} {OFFER}0"], needs("sklearn") | offers("scikit-learn")),
        "a language": (
            [
                "minor trained_model/model_components/0/programming_languages/0 "
                "development_environment/programming_languages/0"
            ],
            needs(languages=("golang",)) | offers(languages=("Go",)),
        ),
        "a metric": ([f"minor {COLLECTOR} {METRIC}"], watched("Sensitivity") | collected("Recall")),
        "a metric with its abbreviation": (
            [f"minor {COLLECTOR} {METRIC}"],
            watched("Positive Predictive Value (PPV)") | collected("Precision"),
        ),
        "a metric with the same qualifier": (
            [f"minor {COLLECTOR} {METRIC}"],
            watched("Recall (fraud)") | collected("Sensitivity of fraud"),
        ),
        "two frameworks that people mistake": ([f"info {NEED} {OFFER}0"], needs("Torch") | offers("PyTorch")),
    },
)

test_typing_silent = silent(
    "name-mistyped",
    {
        "the same name": ("pass", needs("Python") | offers("Python")),
        "near miss: numbered sensors": ("pass", fields("p", "sensor1", "sensor2")),
        "near miss: the two ends of a range": ("pass", fields("p", "min_temperature", "max_temperature")),
        "near miss: in and out": ("pass", fields("p", "temp_in", "temp_out")),
        "near miss: metrics at other ranks": ("pass", watched("precision@1") | collected("precision@5")),
        "near miss: Torch is part of PyTorch": ("pass", needs("Torch") | offers("PyTorch")),
        "near miss: only the spelling differs": ("pass", needs("Tensor-Flow") | offers("TensorFlow")),
        "near miss: several names come into question": ("pass", needs("Pythn") | offers("Python", "Pythen")),
        "near miss: the other one is needed as well": (
            "pass",
            watched("gross sales", "grass sales") | collected("gross sales"),
        ),
        "nothing is offered": ("cannot-tell", needs("Pyhton") | offers()),
        "no descriptors": ("not-applicable", {}),
    },
)

test_typing_firing = firing(
    "name-mistyped",
    {
        "two letters swapped": ([f"info {NEED} {OFFER}0"], needs("Pyhton") | offers("Python")),
        "a letter missing": ([f"info {NEED} {OFFER}0"], needs("scikit-lern") | offers("scikit-learn")),
        "a metric": ([f"info {COLLECTOR} {METRIC}"], watched("Acuracy") | collected("Accuracy")),
        "an item of a component": (
            [
                "info trained_model/output_spec/0/component_mapping/data_item "
                "development_environment/downstream_components/0/input_spec/0/item_name"
            ],
            model(("x", "Integer", "Board", "levle")) | environment(down={"Board": {"level": "Integer"}}),
        ),
        "an identifier": (
            ["info training_data/raw_data_identifier raw_data/dataset_identifier"],
            linked("TRIAL-DATA-7", "TRAIL-DATA-7"),
        ),
        "a component that others name as well": (
            [
                "info trained_model/output_spec/1/component_mapping/component "
                "development_environment/downstream_components/0/component_name"
            ],
            model(("x", "Integer", "Dashboard", "level"), ("y", "Integer", "Dashbord", "level"))
            | environment(down={"Dashboard": {"level": "Integer"}}),
        ),
    },
)


def test_the_message_shows_both_sides_and_what_cannot_be_seen():
    assert messages("name-spelled-differently", needs("PyTorch ") | offers("PyTorch")) == [
        "Trained Model says “PyTorch␣”, Development Environment “PyTorch”: one framework in two spellings; "
        "“PyTorch␣” has a space at its end."
    ]


@pytest.mark.parametrize(
    ("slug", "code", "documents"),
    [
        ("name-spelled-differently", "TEC-8", needs("pytorch") | offers("PyTorch")),
        ("name-known-otherwise", "TEC-8", needs("sklearn") | offers("scikit-learn")),
        ("name-mistyped", "TEC-2", needs(languages=("Pyhton",)) | offers(languages=("Python",))),
        ("name-spelled-differently", "TEC-10", watched("f1 score") | collected("F1 Score")),
        ("name-spelled-differently", "TEC-11", watched(logs=("alarms",)) | collected(logs=("Alarms",))),
        ("name-mistyped", "TEC-14B", fields("p", "prices_net", "price_net")),
        ("name-mistyped", "TEC-14C", fields("p", "prices_net", "price_net")),
        ("name-mistyped", "X105", fields("p", "prices_net", "price_net")),
        (
            "name-spelled-differently",
            "TEC-5C",
            pipeline(("x", "Integer", "Monitor", "HR")) | environment(up={"Monitor": {"hr": "Integer"}}),
        ),
        (
            "name-mistyped",
            "X104",
            pipeline(("x", "Integer", "Monitro", "hr")) | environment(up={"Monitor": {"hr": "Integer"}}),
        ),
        ("name-mistyped", "X101", linked("TRIAL-DATA", "TRAIL-DATA")),
    ],
)
def test_what_the_name_causes_is_explained(slug, code, documents):
    report = check(documents, rules=[slug, code])
    [naming] = [finding for finding in report.findings if finding.rule == slug]
    [caused] = [finding for finding in report.findings if finding.code == code]

    assert caused.fingerprint in naming.explains
    assert naming.as_json()["explains"] == list(naming.explains)
    assert sum(report.counts().values()) == 1


def test_a_finding_that_explains_nothing_has_no_such_key():
    [finding] = check(needs("pytorch") | offers("PyTorch"), rules=["X201"]).findings

    assert "explains" not in finding.as_json()
