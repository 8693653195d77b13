"""Faults of a second round, invented after the rules were written: other words, units, places and pairs."""

from __future__ import annotations

from benchmarks.faults import GONE, Fault, _field, _item, _metric, fault

UNITS = (
    fault(
        "loan",
        "a term in years upstream",
        {
            "de/upstream_components/0/output_spec/2/item_description": "Term in years",
            "de/upstream_components/0/output_spec/2/expected_values": "1 - 10",
        },
        "de/upstream_components/0/output_spec/2",
        "dp/input_spec/2",
    ),
    fault(
        "loan",
        "the same words, but in years",
        {"de/upstream_components/0/output_spec/2/item_description": "Term in years"},
        "de/upstream_components/0/output_spec/2",
        "dp/input_spec/2",
    ),
    fault(
        "loan",
        "another currency in the pipeline",
        {"dp/input_spec/1/item_description": "Amount applied for in USD"},
        "dp/input_spec/1",
    ),
    fault(
        "bakery",
        "Fahrenheit upstream, Celsius in the pipeline",
        {
            "dp/input_spec/5/item_description": "Forecast maximum temperature (°C)",
            "de/upstream_components/2/output_spec/0/item_description": "Forecast maximum temperature (°F)",
        },
        "dp/input_spec/5",
        "de/upstream_components/2/output_spec/0",
    ),
    fault("diecast", "kelvin in production", {"pd/schema/4/expected_values": "913 - 983"}),
    fault(
        "diecast",
        "milliseconds of exposure",
        {"de/upstream_components/0/output_spec/2/expected_values": "0.08 - 0.4"},
        "de/upstream_components/0/output_spec/2",
        "dp/input_spec/2",
    ),
    fault("triage", "saturation as a share in production", {"pd/schema/2/expected_values": "0.5 - 1"}),
    fault("servers", "waiting in per cent in training", {"td/schema/2/expected_values": "0 - 100"}),
    fault("loan", "memory in megabytes", {"pe/computing_resources/memory": 65536}),
    fault("bakery", "memory of the model in megabytes", {"tm/computing_resource_reqs/memory": 24576}),
    fault("loan", "a yearly income in production", {"pd/statistics/0/value": "28080"}),
    fault("loan", "an income in thousands", {"pd/schema/0/expected_values": "0 - 60"}, "pd/schema/0"),
)

TIMES = (
    fault("loan", "a limit in milliseconds", {"pe/required_inference_time/unit": "Milliseconds"}),
    fault("diecast", "a time in minutes", {"tm/inference_time/unit": "Minutes"}),
    fault(
        "diecast",
        "more parts than the model can judge",
        {"pd/data_rates": "10 housings per second"},
        "pd/data_rates",
        "tm/inference_time",
    ),
    fault(
        "tickets",
        "a ticket every two seconds",
        {"pd/data_rates": "30 tickets per minute"},
        "pd/data_rates",
        "tm/inference_time",
    ),
    fault(
        "servers",
        "the task asks for two minutes, operations for ten",
        {"pe/required_inference_time/time": 10, "pe/required_inference_time/unit": "Minutes"},
        "pe/required_inference_time",
        "sc/task",
    ),
    fault(
        "triage",
        "the task asks for a minute, the model takes three",
        {"tm/inference_time/time": 3, "tm/inference_time/unit": "Minutes"},
        "tm/inference_time",
        "sc/task",
    ),
    fault("loan", "a negative time", {"tm/inference_time/time": -35}),
)

TYPES = (
    fault("loan", "a score as text in production", {"pd/schema/2/field_type": "varchar"}),
    fault(
        "diecast", "a serial number as a number", {"dp/input_spec/1/item_type": "Integer"}, "dp/input_spec/1"
    ),
    fault("bakery", "a flag as a date in training", {"td/schema/5/field_type": "date"}),
    fault(
        "tickets",
        "a priority as text upstream",
        {"de/upstream_components/0/output_spec/2/item_type": "String"},
        "de/upstream_components/0/output_spec/2",
        "dp/input_spec/2",
    ),
    fault("servers", "a share of time as whole numbers", {"dp/input_spec/2/item_type": "Integer"}),
)

VALUES = (
    fault("loan", "a probability from minus one", {"tm/output_spec/0/item_specification/min_value": -1}),
    fault(
        "loan",
        "a sales channel that raw data lack",
        {"rd/schema/7/expected_values": "branch, online"},
        "rd/schema/7",
        "td/schema/7",
    ),
    fault(
        "loan",
        "another bureau score in the raw data",
        {"rd/schema/2/expected_values": "300 - 850"},
        "rd/schema/2",
        "td/schema/2",
    ),
    fault(
        "loan",
        "the pipeline stops at 550",
        {"dp/input_spec/5/item_specification/max_value": 550},
    ),
    fault("loan", "a range from back to front", {"pd/schema/5/expected_values": "120 - 6"}),
    fault(
        "loan",
        "a range from back to front upstream",
        {"de/upstream_components/0/output_spec/1/expected_values": "75000 to 1000"},
        "de/upstream_components/0/output_spec/1",
    ),
    fault(
        "triage",
        "an output without the fifth level",
        {"tm/output_spec/0/item_specification/max_value": 4},
        "tm/output_spec/0",
        "td/distribution/4",
        "td/schema/5",
    ),
    fault(
        "diecast",
        "logits for four classes of five",
        {"tm/output_spec/0/item_specification/other_value": "list of 4 floats"},
        "tm/output_spec/0",
        "td/distribution",
    ),
    fault(
        "diecast",
        "a class name that does not fit",
        {"tm/final_output_spec/2/item_specification/max_length": 6},
        "tm/final_output_spec/2",
    ),
    fault(
        "diecast",
        "a class name with a space",
        {"tm/final_output_spec/2/item_specification/spaces": False},
        "tm/final_output_spec/2",
    ),
    fault(
        "diecast",
        "the warehouse does not know cracks",
        {"de/downstream_components/1/input_spec/0/expected_values": "ok; porosity; cold shut; scratch"},
        "de/downstream_components/1/input_spec/0",
    ),
    fault(
        "diecast",
        "the label field does not know cracks",
        {"td/schema/5/expected_values": "ok, porosity, cold shut, scratch"},
        "td/schema/5",
        "td/distribution/4",
    ),
    fault(
        "diecast",
        "a default that is no flag",
        {"tm/default_model_output": 'reject = 2, defect_class = "ok", defect_score = 0'},
    ),
    fault(
        "diecast",
        "trained on smaller pictures than operation makes",
        {"dp/pipeline_steps/1/data_processing_detail": "Anchor on the data matrix code, crop to 512 x 512."},
        "dp/pipeline_steps/1",
        "td/schema/0",
        "td/preparation_process/1",
    ),
    fault(
        "diecast",
        "another camera in production",
        {"pd/schema/0/expected_values": "1920 x 1080, 8 bit grey, PNG"},
    ),
    fault(
        "diecast",
        "colour upstream",
        {"de/upstream_components/0/output_spec/0/expected_values": "2448 x 2048, RGB, PNG"},
        "de/upstream_components/0/output_spec/0",
        "dp/input_spec/0",
    ),
    fault(
        "bakery", "minus one for missing, in the range", {"rd/schema/5/interpret_missing": "-1 if unknown"}
    ),
    fault("loan", "a missing value that is a score", {"rd/schema/2/interpret_special": "500 = unknown"}),
    fault(
        "bakery",
        "a demand that may be negative",
        {"tm/output_spec/0/item_specification/min_value": -100},
    ),
)

SHARES = (
    fault(
        "loan",
        "shares as fractions",
        {"pd/distribution/0/percentage": 0.968, "pd/distribution/1/percentage": 0.032},
    ),
    fault(
        "loan",
        "shares as fractions in the raw data",
        {"rd/labels_distribution/0/percentage": 0.968, "rd/labels_distribution/1/percentage": 0.032},
        "rd/labels_distribution",
        "rd/labels_distribution/0",
    ),
    fault(
        "loan",
        "four times as many defaults",
        {"pd/distribution/0/percentage": 87.2, "pd/distribution/1/percentage": 12.8},
    ),
    fault(
        "loan",
        "the shares the wrong way round",
        {"td/distribution/0/percentage": 3.2, "td/distribution/1/percentage": 96.8},
    ),
    fault("diecast", "a spread beyond the range", {"pd/statistics/1/value": "45"}),
    fault("triage", "a heart rate of 880", {"td/statistics/0/value": "880"}),
    fault("loan", "a mean below its minimum", {"td/statistics/1/value": "44.7"}),
    fault("loan", "a mean that moved", {"pd/statistics/1/value": "402"}),
    fault("loan", "another shape", {"pd/statistics/2/value": "bimodal"}),
    fault("loan", "a statistic to be computed", {"td/statistics/0/value": "TBD"}),
    fault(
        "loan",
        "a negative spread",
        {"td/statistics/-": {"property": "Std. dev.", "field": "term", "value": "-3"}},
        "td/statistics/3",
    ),
    fault(
        "tickets",
        "a label twice",
        {"pd/distribution/1/label": "en"},
        "pd/distribution/1",
        "pd/distribution/0",
    ),
    fault("loan", "no instances", {"rd/number_of_instances": 0}),
    fault(
        "loan",
        "a tenth of the instances",
        {"rd/number_of_instances": 31820},
        "rd/number_of_instances",
        "sc/available_data",
    ),
    fault(
        "triage",
        "the instances of another archive",
        {"rd/number_of_instances": 9641},
        "rd/number_of_instances",
        "sc/available_data",
    ),
    fault(
        "loan",
        "other years than the System Context says",
        {"rd/metadata/timeframe": "2012-01-01 to 2016-12-31"},
        "rd/metadata/timeframe",
        "sc/available_data",
    ),
    fault(
        "diecast",
        "the archive of another year",
        {"rd/metadata/timeframe": "2021-09-02 to 2022-08-29"},
        "rd/metadata/timeframe",
        "sc/available_data",
    ),
)

RESULTS = (
    fault(
        "loan",
        "the text gives another Gini",
        {"tm/test_metrics/0/result": 0.63},
        "tm/test_metrics/0",
        "tm/test_dataset/test_results",
    ),
    fault(
        "triage",
        "the text gives another kappa",
        {"tm/test_metrics/1/result": 0.79},
        "tm/test_metrics/1",
        "tm/test_dataset/test_results",
    ),
    fault(
        "bakery",
        "the text gives another error",
        {"tm/test_metrics/0/result": 0.205},
        "tm/test_metrics/0",
        "tm/test_dataset/test_results",
    ),
    fault(
        "loan",
        "an accuracy twice",
        {"tm/evaluation_metrics/-": {"metric": "Accuracy", "other_metric": "", "result": 0.87}},
        "tm/evaluation_metrics/2",
        "tm/evaluation_metrics/1",
    ),
    fault("triage", "an accuracy of 71 beside shares", {"tm/test_metrics/0/result": 71}),
    fault("diecast", "a negative F1 score", {"tm/test_metrics/2/result": -0.962}),
    fault("diecast", "a test much better than it can be", {"tm/test_metrics/0/result": 0.98}),
    fault("triage", "an accuracy below the largest class", {"tm/test_metrics/0/result": 0.4}),
    fault(
        "triage",
        "a classifier for a forecast",
        {"sc/ml_problem_type/ml_problem": "Forecasting"},
        "sc/ml_problem_type",
        "tm/evaluation_metrics",
        "tm/test_metrics",
    ),
    fault(
        "bakery",
        "a forecast that is called a classification",
        {"sc/ml_problem_type/ml_problem": "Classification"},
        "sc/ml_problem_type",
        "tm/evaluation_metrics",
        "tm/test_metrics",
        "tm/model_components",
    ),
    fault(
        "loan",
        "a classification by linear regression",
        {"tm/model_components/0/learning_algorithm/algorithm": "Linear Regression"},
    ),
    fault(
        "loan",
        "a model that is clustering",
        {"sc/ml_problem_type/ml_problem": "Clustering"},
    ),
    fault("diecast", "a threshold above every possible share", {"tm/algorithm_metrics/0/threshold": 150}),
    fault("loan", "a limit of 32 per cent of defaults", {"tm/business_metrics/0/threshold": 0.32}),
    fault(
        "diecast",
        "post-processing is not tested",
        {
            "tm/integration_test_dataset/name": "not applicable",
            "tm/integration_test_dataset/test_results": "n/a",
            "tm/integration_test_dataset/file": "",
        },
        "tm/integration_test_dataset",
    ),
    fault("loan", "a negative threshold", {"tm/algorithm_metrics/1/threshold": -0.02}),
    fault("loan", "a hold-out below nothing", {"tm/evaluation_dataset/holdout_percentage": -5}),
)

ENVIRONMENTS = (
    fault(
        "loan",
        "another Python",
        {
            "de/programming_languages/0": "Python 3.8",
            "tm/model_components/0/programming_languages/0": "Python 3.11",
        },
    ),
    fault(
        "loan",
        "the runtime of another Python",
        {"de/programming_languages/0": "Python 3.8"},
        "de/programming_languages/0",
        "tm/system_dependencies/0",
    ),
    fault(
        "servers",
        "another main version of TensorFlow",
        {"tm/ml_frameworks/0": "TensorFlow 2.15", "de/ml_frameworks/0": "tensorflow==1.15"},
    ),
    fault(
        "diecast",
        "two versions of PyTorch in the dependencies",
        {"tm/system_dependencies/1": "torch<2.0", "tm/system_dependencies/-": "torch>=2.1"},
        "tm/system_dependencies/1",
        "tm/system_dependencies/3",
    ),
    fault("tickets", "no graphics processor in production", {"pe/computing_resources/gpu": 0}),
    fault(
        "bakery",
        "a GPU build without a GPU",
        {"tm/system_dependencies/1": "tensorflow-gpu 2.4"},
        "tm/system_dependencies/1",
        "tm/computing_resource_reqs/gpu",
        "pe/computing_resources/gpu",
    ),
    fault("loan", "minus one GPU", {"de/computing_resources/gpu": -1}),
    fault("diecast", "a third of the memory", {"pe/computing_resources/memory": 8}),
    fault("bakery", "a small disk", {"de/computing_resources/storage": 10}),
    fault("triage", "the model needs more processors than there are", {"tm/computing_resource_reqs/cpu": 16}),
)

MONITORING = (
    fault("loan", "to follow", {"pe/business_metrics/0/implementation": "to follow"}),
    fault("loan", "to be clarified in German", {"pe/algorithm_metrics/1/implementation": "noch offen"}),
    fault("diecast", "a question mark", {"pe/model_logs/2/implementation": "???"}),
    fault("tickets", "not yet", {"pe/user_system_feedback/0/implementation": "not yet implemented"}),
    fault("bakery", "later", {"pe/business_metrics/1/implementation": "later"}),
    fault("servers", "to do", {"pe/model_logs/0/implementation": "TODO ask Jan"}),
    fault(
        "loan",
        "deleted after a day",
        {"pe/model_logs/0/implementation": "Decision journal, deleted after 24 hours"},
    ),
    fault(
        "loan",
        "rotated weekly",
        {"pe/model_logs/1/implementation": "Log files with a retention of 4 weeks"},
    ),
    fault(
        "diecast", "another format", {"pe/model_logs/2/implementation": "CSV files to the plant log server"}
    ),
    fault(
        "tickets",
        "kept for longer than is allowed",
        {"tm/log_data/0/history": "1 year", "pe/model_logs/0/implementation": "Encrypted bucket, 1 year"},
        "tm/log_data/0",
        "sc/data_rights_policies",
    ),
    fault("diecast", "one feedback less", {"pe/user_system_feedback/0": GONE}, "tm/user_system_feedback/0"),
    fault("diecast", "one log less", {"pe/model_logs/2": GONE}, "tm/log_data/2"),
    fault(
        "diecast",
        "a log in a foreign language",
        {"pe/model_logs/1/log": "Bilder der Ausschussteile"},
        "tm/log_data/1",
    ),
    fault(
        "loan",
        "a metric by its short name",
        {"pe/algorithm_metrics/0/metric": "PSI"},
        "tm/algorithm_metrics/0",
        "pe/algorithm_metrics/0",
    ),
)

MAPPINGS = (
    fault(
        "bakery",
        "low and high exchanged",
        {
            "tm/output_spec/1/component_mapping/data_item": "upper_limit",
            "tm/output_spec/2/component_mapping/data_item": "lower_limit",
        },
        "tm/output_spec/1",
        "tm/output_spec/2",
    ),
    fault(
        "loan",
        "amount and term exchanged in training",
        {
            "td/schema/4/mapping_production_data": "loan_term",
            "td/schema/5/mapping_production_data": "loan_amount",
        },
        "td/schema/4",
        "td/schema/5",
    ),
    fault(
        "loan",
        "a feature marked as the label",
        {"td/schema/6/label_field": True},
        "td/schema/6",
    ),
    fault("loan", "the label not marked", {"td/schema/8/label_field": False}, "td/schema/8", "td/schema"),
    fault("loan", "a goal without a number", {"sc/goals/0/id": ""}),
    fault("diecast", "one goal twice", {"sc/goals/1/goal": "Good parts are not remelted needlessly"}),
    fault(
        "diecast",
        "labels exchanged",
        {
            "td/distribution/3/mapping_production_data": "crack",
            "td/distribution/4/mapping_production_data": "scratch",
        },
        "td/distribution/3",
        "td/distribution/4",
    ),
    fault(
        "triage",
        "an input that production does not have",
        {"td/schema/1/mapping_production_data": "pulse"},
    ),
    fault(
        "tickets",
        "the pipeline of another product",
        {"tm/data_pipeline_identifier": "SUM-PROMPT-V2"},
    ),
    fault("bakery", "the raw data of another year", {"td/raw_data_identifier": "RAW-TILL-19-21"}),
    fault(
        "servers",
        "a downstream item nobody fills",
        {"de/downstream_components/0/input_spec/-": _item("runbook", "String", "URL")},
        "de/downstream_components/0/input_spec/3",
    ),
    fault(
        "tickets",
        "a production field the pipeline does not take",
        {"pd/schema/1/field_name": "sku"},
        "pd/schema/1",
        "td/schema/1",
    ),
    fault(
        "bakery",
        "a second metric for nothing",
        {"tm/algorithm_metrics/-": _metric("Coverage", "less than", 0.9, "")},
        "tm/algorithm_metrics/2",
    ),
    fault(
        "bakery",
        "a field twice",
        {
            "td/schema/-": {
                **_field("temp", "float", "-18 - 39"),
                "label_field": False,
                "missing_values": "climate mean",
                "mapping_production_data": "temp_max",
            }
        },
        "td/schema/8",
        "td/schema/4",
    ),
)

POLICIES = (
    fault("diecast", "a public cloud", {"pe/deployment_platform": "AWS eu-central-1"}),
    fault("bakery", "a licence for universities", {"rd/data_rights": "Academic use only"}, "rd/data_rights"),
    fault(
        "bakery",
        "must stay in the house",
        {"rd/restrictions": "Data must not leave company premises"},
        "rd/restrictions",
        "pe/deployment_platform",
    ),
    fault("tickets", "a region outside the EU", {"pe/deployment_platform": "Cloud (AWS us-east-1)"}),
)

OPEN = (
    fault("loan", "a file of one’s own", {"dp/pipeline_code": "file:///home/anna/pd-il"}),
    fault("diecast", "on this very machine", {"tm/model_training_code": "http://127.0.0.1:8080/train"}),
    fault(
        "bakery",
        "a token in a link",
        {"tm/trained_model_code": "https://git.brotzeit.example/release?access_token=8f2c9d"},
    ),
    fault("servers", "to be written", {"td/documentation/0/location": "to be written"}),
    fault("loan", "as agreed", {"rd/restrictions": "tbc"}),
    fault("diecast", "three crosses", {"sc/usage_context": "XXX"}),
    fault("bakery", "an unknown rate", {"pd/data_rates": "unknown"}),
    fault("triage", "no description of the model", {"tm/model_description": ""}),
    fault("loan", "a task of one word", {"sc/task": "tbd"}),
    fault("loan", "no interpretation", {"tm/model_output_interpretation": "-"}),
    fault("diecast", "no version", {"tm/model_version": ""}),
    fault("tickets", "no date", {"tm/training_date": ""}),
    fault("tickets", "a date in words", {"tm/training_date": "spring 2025"}),
    fault("bakery", "the 31st of June", {"de/milestones/0/milestone_date": "2025-06-31"}),
    fault("triage", "trained before the data were collected", {"tm/training_date": "2023-10-07"}),
    fault("bakery", "data from the future", {"rd/metadata/collection_date": "2035-01-08"}),
    fault("servers", "a risk with two question marks", {"sc/risks/risk_fp": "??"}),
    fault("diecast", "an error code of a class", {"dp/input_spec/3/error_handling/error_code_value": 1}),
    fault("bakery", "no type", {"dp/input_spec/2/item_type": ""}),
)

SECOND: tuple[Fault, ...] = (
    UNITS + TIMES + TYPES + VALUES + SHARES + RESULTS + ENVIRONMENTS + MONITORING + MAPPINGS + POLICIES + OPEN
)
