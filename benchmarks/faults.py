"""Faults as teams really make them, each seeded into one of the examples at a known field."""

from __future__ import annotations

from typing import Any, NamedTuple

GONE: Any = object()
"""As a value: the key or row is taken away."""

EXAMPLES = {
    "loan": "consumer-loan-default",
    "diecast": "diecast-surface-inspection",
    "bakery": "bakery-demand-forecast",
    "tickets": "support-ticket-summariser",
    "servers": "server-anomaly-alerts",
    "triage": "emergency-triage",
}

DOCUMENTS = {
    "sc": "system_context",
    "rd": "raw_data",
    "dp": "data_pipeline",
    "td": "training_data",
    "tm": "trained_model",
    "de": "development_environment",
    "pe": "production_environment",
    "pd": "production_data",
}


class Fault(NamedTuple):
    """One mistake: which values it changes, and the fields where a reader would look for it."""

    example: str
    title: str
    edits: dict[str, Any]  # "tm/inference_time/unit" → new value; a last step of “-” appends a row
    shows_at: tuple[str, ...]  # one of these has to be named


def fault(example: str, title: str, edits: dict[str, Any], *shows_at: str) -> Fault:
    """Without *shows_at* it shows at what it changes."""
    return Fault(example, title, edits, shows_at or tuple(edits))


def _item(name: str, kind: str, values: str) -> dict[str, Any]:
    return {"item_name": name, "item_description": name, "item_type": kind, "expected_values": values}


def _field(name: str, kind: str, values: str) -> dict[str, Any]:
    return {"field_name": name, "field_description": name, "field_type": kind, "expected_values": values}


def _metric(name: str, operator: str, threshold: float, goal: str) -> dict[str, Any]:
    return {"metric": name, "operator": operator, "threshold": threshold, "goal_mapping": goal}


LINKS = (
    fault("loan", "another pipeline is meant", {"tm/data_pipeline_identifier": "PD-IL-FEATURES-2"}),
    fault(
        "loan", "the training data of the release before", {"tm/training_data_identifier": "TRAIN-PD-IL-2"}
    ),
    fault("loan", "another archive is meant", {"td/raw_data_identifier": "RAW-IL-2018-2022"}),
    fault("diecast", "the training data is not named", {"tm/training_data_identifier": ""}),
    fault("servers", "the pipeline has lost its identifier", {"dp/pipeline_identifier": ""}),
    fault("loan", "a goal that was renumbered", {"tm/algorithm_metrics/2/goal_mapping": "G-04"}),
    fault("diecast", "a mistyped goal", {"tm/business_metrics/0/goal_mapping": "G-10"}),
    fault("loan", "two goals of one number", {"sc/goals/1/id": "G-01"}),
    fault(
        "loan",
        "an upstream item that is not there",
        {"dp/input_spec/5/component_mapping/data_item": "credit_rating"},
    ),
    fault(
        "diecast",
        "a downstream component that is not there",
        {"tm/final_output_spec/0/component_mapping/component": "Conveyor"},
    ),
    fault(
        "bakery",
        "a downstream item that is not there",
        {"tm/output_spec/3/component_mapping/data_item": "branch"},
    ),
    fault(
        "loan",
        "a production field that is not there",
        {"td/schema/6/mapping_production_data": "overdraft_days_180"},
    ),
    fault(
        "diecast",
        "a production label that is not there",
        {"td/distribution/3/mapping_production_data": "dent"},
    ),
    fault("loan", "a statistic of an unknown training field", {"td/statistics/1/field": "credit_rating"}),
    fault("loan", "a statistic of an unknown production field", {"pd/statistics/0/field": "wealth"}),
    fault(
        "loan",
        "a field listed twice",
        {"pd/schema/-": _field("net_income", "float", "0 - 60000")},
        "pd/schema/8",
        "pd/schema/0",
    ),
    fault(
        "diecast",
        "two components of one name",
        {"de/upstream_components/1/component_name": "Vision Cell Controller"},
    ),
    fault("bakery", "two outputs of one name", {"tm/output_spec/2/item_name": "low"}),
    fault("tickets", "two logs of one name", {"tm/log_data/1/log": "Prompt and output"}),
    fault(
        "loan",
        "the label comes from production",
        {
            "td/schema/8/mapping_production_data": "default_12m",
            "pd/schema/-": _field("default_12m", "boolean", "true, false"),
        },
        "td/schema/8",
    ),
    fault(
        "triage",
        "the label is an input of the pipeline",
        {"dp/input_spec/5/item_name": "level"},
        "dp/input_spec/5",
        "td/schema/5",
    ),
    fault(
        "loan",
        "two inputs from one item, by copy and paste",
        {"dp/input_spec/2/component_mapping/data_item": "loan_amount"},
        "dp/input_spec/2",
    ),
    fault(
        "loan",
        "two training fields from one production field",
        {"td/schema/5/mapping_production_data": "loan_amount"},
        "td/schema/5",
    ),
    fault(
        "diecast",
        "an output for nobody",
        {
            "tm/final_output_spec/3/component_mapping/component": "",
            "tm/final_output_spec/3/component_mapping/data_item": "",
        },
        "tm/final_output_spec/3",
    ),
    fault(
        "loan",
        "downstream waits for what the model does not give",
        {"de/downstream_components/0/input_spec/-": _item("confidence", "Float", "0 - 1")},
        "de/downstream_components/0/input_spec/3",
    ),
    fault(
        "diecast",
        "a training field that production does not deliver",
        {"td/schema/4/mapping_production_data": ""},
    ),
    fault("diecast", "half a mapping", {"dp/input_spec/3/component_mapping/data_item": ""}),
)

NAMING = (
    fault("loan", "an underscore in a framework", {"tm/ml_frameworks/0": "scikit_learn"}),
    fault("loan", "the nickname of a framework", {"tm/ml_frameworks/0": "sklearn"}),
    fault("loan", "a mistyped framework", {"tm/ml_frameworks/0": "scikit-lern"}),
    fault("diecast", "another spelling of a framework", {"tm/ml_frameworks/0": "Pytorch"}),
    fault("loan", "a language in lower case", {"tm/model_components/0/programming_languages/0": "python"}),
    fault(
        "loan", "a mistyped log", {"pe/model_logs/0/log": "Scroe record"}, "tm/log_data/0", "pe/model_logs/0"
    ),
    fault("bakery", "an extra space in a metric", {"pe/algorithm_metrics/0/metric": "WAPE per  region"}),
    fault(
        "loan",
        "a feedback in other words",
        {"pe/user_system_feedback/0/feedback": "Override by underwriters"},
        "tm/user_system_feedback/0",
        "pe/user_system_feedback/0",
    ),
    fault(
        "diecast",
        "a framework of another main version",
        {"tm/ml_frameworks/0": "PyTorch 2.1", "de/ml_frameworks/0": "PyTorch 1.13"},
    ),
    fault(
        "tickets",
        "a language of another main version",
        {
            "tm/model_components/0/programming_languages/0": "Python 3.12",
            "de/programming_languages/0": "Python 2.7",
        },
    ),
)

DATA = (
    fault("loan", "training reads a number as text", {"td/schema/2/field_type": "string"}),
    fault("loan", "production delivers a number as text", {"pd/schema/5/field_type": "string"}),
    fault(
        "bakery", "production delivers a date where a number is wanted", {"pd/schema/4/field_type": "date"}
    ),
    fault("tickets", "the pipeline takes text as a number", {"dp/input_spec/1/item_type": "Integer"}),
    fault("loan", "more in production than in training", {"pd/schema/6/expected_values": "0 - 365"}),
    fault("diecast", "dies that nobody trained for", {"pd/schema/3/expected_values": "1 - 6"}),
    fault("bakery", "a colder winter than any in training", {"pd/schema/4/expected_values": "-30 - 39"}),
    fault("bakery", "production measures in Fahrenheit", {"pd/schema/4/expected_values": "0 - 102"}),
    fault(
        "loan", "a sales channel that is new", {"pd/schema/7/expected_values": "branch, online, partner, app"}
    ),
    fault("servers", "a role that is new", {"pd/schema/3/expected_values": "web, db, cache, queue"}),
    fault("servers", "per cent against a share", {"pd/schema/2/expected_values": "0 - 100"}),
    fault(
        "loan",
        "the shares do not add up",
        {"rd/labels_distribution/0/percentage": 86.8},
        "rd/labels_distribution",
    ),
    fault("diecast", "a negative share", {"rd/labels_distribution/1/percentage": -1.9}),
    fault("loan", "a share above a hundred", {"td/distribution/0/percentage": 968}, "td/distribution"),
    fault(
        "tickets", "a forgotten label", {"td/distribution/1": GONE}, "td/distribution", "pd/distribution/1"
    ),
    fault(
        "loan",
        "a label of production that training lacks",
        {"pd/distribution/0/percentage": 91.8, "pd/distribution/-": {"label": "fraud", "percentage": 5}},
        "pd/distribution/2",
    ),
    fault(
        "diecast",
        "a class that raw data lacks",
        {"td/distribution/4/label": "flash", "td/distribution/4/mapping_production_data": ""},
        "td/distribution/4",
    ),
    fault(
        "loan",
        "training was balanced, production is not",
        {"td/distribution/0/percentage": 50, "td/distribution/1/percentage": 50},
        "td/distribution",
    ),
    fault(
        "tickets",
        "one language has vanished",
        {"pd/distribution/0/percentage": 100, "pd/distribution/1/percentage": 0},
        "pd/distribution/1",
    ),
    fault("loan", "incomes have risen by a third", {"pd/statistics/0/value": "3110"}),
    fault("bakery", "a warmer summer", {"pd/statistics/0/value": "21.9"}),
    fault("servers", "the second statistic has shifted", {"pd/statistics/1/value": "0.2"}),
    fault("diecast", "another kind of distribution", {"pd/statistics/2/value": "skewed to die 4"}),
    fault(
        "diecast", "a negative deviation", {"td/statistics/1/value": "-6.1", "pd/statistics/1/value": "-6.1"}
    ),
    fault(
        "loan",
        "a mean that no value can have",
        {"td/statistics/1/value": "747", "pd/statistics/1/value": "747"},
    ),
    fault(
        "triage",
        "a median above the highest value",
        {"td/statistics/2/value": "197", "pd/statistics/2/value": "197"},
    ),
    fault(
        "loan",
        "too few defaults to learn from",
        {"rd/number_of_instances": 320},
        "rd/number_of_instances",
        "rd/labels_distribution/1",
    ),
    fault(
        "loan",
        "the code for unknown is a value",
        {"rd/schema/3/interpret_special": "500 = employer unknown"},
        "rd/schema/3",
    ),
    fault("bakery", "an impossible range", {"rd/schema/3/expected_values": "2500 - 0"}),
    fault("loan", "no training field is the label", {"td/schema/8/label_field": False}, "td/schema"),
    fault("loan", "no type at all", {"rd/schema/2/field_type": ""}),
    fault("diecast", "no values are said to be expected", {"pd/schema/4/expected_values": ""}),
    fault("loan", "no examples", {"rd/number_of_instances": 0}),
    fault("servers", "a negative number of examples", {"rd/number_of_instances": -1997280000}),
)

INTERFACES = (
    fault(
        "loan",
        "minimum and maximum exchanged",
        {
            "dp/input_spec/2/item_specification/min_value": 120,
            "dp/input_spec/2/item_specification/max_value": 6,
        },
    ),
    fault("diecast", "lengths exchanged", {"dp/input_spec/1/item_specification/min_length": 41}),
    fault(
        "loan",
        "upstream sends more than is taken",
        {"de/upstream_components/0/output_spec/1/expected_values": "500 - 75000"},
        "de/upstream_components/0/output_spec/1",
        "dp/input_spec/1",
    ),
    fault(
        "loan", "the pipeline takes less than comes", {"dp/input_spec/1/item_specification/max_value": 50000}
    ),
    fault(
        "diecast", "the pipeline refuses cold melts", {"dp/input_spec/4/item_specification/min_value": 660}
    ),
    fault(
        "loan",
        "a percentage instead of a probability",
        {"tm/output_spec/0/item_specification/max_value": 100},
    ),
    fault(
        "bakery",
        "downstream takes less than the model gives",
        {"de/downstream_components/0/input_spec/0/expected_values": "0 - 500"},
        "de/downstream_components/0/input_spec/0",
        "tm/output_spec/0",
    ),
    fault(
        "diecast",
        "another size of picture",
        {
            "dp/input_spec/0/item_specification/resolution_x": 1024,
            "dp/input_spec/0/item_specification/resolution_y": 1024,
        },
    ),
    fault("diecast", "colour instead of grey", {"dp/input_spec/0/item_specification/channels": 3}),
    fault("diecast", "another format of picture", {"dp/input_spec/0/item_specification/image_format": "JPG"}),
    fault("diecast", "two channels", {"tm/output_spec/1/item_specification/channels": 2}),
    fault("tickets", "empty and yet at least 500 long", {"dp/input_spec/0/item_specification/empty": True}),
    fault(
        "diecast",
        "a serial number that is cut off",
        {
            "tm/final_output_spec/1/item_specification/min_length": 10,
            "tm/final_output_spec/1/item_specification/max_length": 12,
        },
    ),
    fault(
        "diecast", "digits are forbidden in a number", {"dp/input_spec/1/item_specification/numeric": False}
    ),
    fault(
        "loan",
        "a channel that is too long",
        {"de/upstream_components/0/output_spec/4/expected_values": "branch, online, intermediary"},
        "de/upstream_components/0/output_spec/4",
        "dp/input_spec/4",
    ),
    fault("loan", "an amount as text", {"dp/input_spec/1/item_type": "String"}),
    fault("loan", "a probability as a whole number", {"tm/output_spec/0/item_type": "Integer"}),
    fault("diecast", "a score as a whole number", {"tm/final_output_spec/3/item_type": "Integer"}),
    fault(
        "tickets",
        "downstream wants a number",
        {"de/downstream_components/0/input_spec/1/item_type": "Integer"},
        "de/downstream_components/0/input_spec/1",
        "tm/output_spec/1",
    ),
    fault(
        "loan",
        "an error that looks like a probability",
        {"dp/input_spec/0/error_handling/error_code_value": 1},
    ),
    fault(
        "bakery",
        "an error that looks like a demand",
        {
            "dp/input_spec/5/error_handling/error_type": "Return error code",
            "dp/input_spec/5/error_handling/error_code_value": 900,
        },
        "dp/input_spec/5/error_handling",
    ),
    fault(
        "loan",
        "post-processing that nobody describes",
        {"tm/post_processing": True},
        "tm/post_processing",
        "tm/final_output_spec",
        "tm/post_processing_process",
    ),
    fault(
        "diecast",
        "post-processing is switched off on paper",
        {"tm/post_processing": False},
        "tm/post_processing",
        "tm/final_output_spec",
        "tm/post_processing_process",
    ),
    fault("loan", "an ensemble of one", {"tm/ensemble": True}, "tm/ensemble", "tm/model_components"),
    fault("bakery", "two models that are no ensemble", {"tm/ensemble": False}),
    fault(
        "loan",
        "another algorithm, but which",
        {"tm/model_components/0/learning_algorithm/algorithm": "Other"},
    ),
    fault("loan", "another problem, but which", {"sc/ml_problem_type/ml_problem": "Other"}),
    fault("diecast", "another metric, but which", {"tm/evaluation_metrics/2/other_metric": ""}),
    fault("loan", "another source, but which", {"rd/data_sources/1/other_source": ""}),
)
