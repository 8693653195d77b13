"""Faults in projects of other domains, with other habits of writing, and a few more in the examples."""

from __future__ import annotations

from benchmarks.faults import GONE, Fault, _field, _item, _metric, fault

PARCELS = (
    fault("parcels", "hosted outside the EU", {"pe/deployment_platform": "Kubernetes (AWS us-east-1)"}),
    fault(
        "parcels",
        "archived for half a year only",
        {"pe/model_logs/0/implementation": "Avro topic, archived to S3 for six months"},
    ),
    fault("parcels", "an older Python", {"de/programming_languages/1": "Python 3.9"}),
    fault(
        "parcels",
        "pins that exclude each other",
        {"tm/system_dependencies/-": "numpy>=2.1"},
        "tm/system_dependencies/1",
        "tm/system_dependencies/3",
    ),
    fault("parcels", "another LightGBM in the lock file", {"tm/system_dependencies/0": "lightgbm==3.3.5"}),
    fault(
        "parcels",
        "a notifier that takes four hours at most",
        {"de/downstream_components/0/input_spec/1/expected_values": "0 to 240"},
        "de/downstream_components/0/input_spec/1",
        "tm/output_spec/2",
    ),
    fault("parcels", "heavier than the pipeline takes", {"dp/input_spec/2/item_specification/max_value": 20}),
    fault(
        "parcels",
        "grams from the sorter",
        {
            "de/upstream_components/1/output_spec/0/item_description": "Weight in g",
            "de/upstream_components/1/output_spec/0/expected_values": "10 to 31500",
        },
        "de/upstream_components/1/output_spec/0",
        "dp/input_spec/2",
    ),
    fault("parcels", "grams in production", {"pd/schema/2/expected_values": "10..31500"}),
    fault("parcels", "miles in production", {"pd/schema/1/field_description": "Planned distance in miles"}),
    fault("parcels", "drones", {"pd/schema/3/expected_values": "bike | van | truck | drone"}),
    fault("parcels", "trained without trucks", {"td/schema/3/expected_values": "bike | van"}),
    fault("parcels", "a negative error", {"tm/evaluation_metrics/0/result": -11.4}),
    fault(
        "parcels",
        "a default beyond the range",
        {"tm/default_model_output": "p10 = 900, p50 = 180, p90 = 480: the static window"},
    ),
    fault(
        "parcels",
        "trained before the data were collected",
        {"tm/training_date": "2024-11-15"},
        "rd/metadata/collection_date",
        "tm/training_date",
    ),
    fault("parcels", "evaluated and tested in December", {"tm/evaluation_dataset/name": "December 2024"}),
    fault(
        "parcels", "an error code that is a time", {"dp/input_spec/0/error_handling/error_code_value": 100}
    ),
    fault("parcels", "a goal that is not there", {"tm/business_metrics/0/goal_mapping": "3"}),
    fault("parcels", "coverage is not watched", {"pe/algorithm_metrics/1": GONE}, "tm/algorithm_metrics/1"),
    fault(
        "parcels",
        "two minutes instead of thirty seconds",
        {"pe/required_inference_time": {"time": 2, "unit": "Minutes"}},
    ),
    fault("parcels", "a hundredth of the deliveries", {"rd/number_of_instances": 412703}),
    fault("parcels", "two years too old", {"rd/metadata/timeframe": "2020-01 to 2021-12"}),
    fault(
        "parcels",
        "ten times the rate",
        {"pd/data_rates": "400 parcels per second"},
        "pd/data_rates",
        "tm/inference_time",
    ),
    fault("parcels", "nearly everything held out", {"tm/evaluation_dataset/holdout_percentage": 95}),
    fault(
        "parcels",
        "offline within the range",
        {"rd/schema/4/expected_values": "-5..85"},
        "rd/schema/4",
        "td/schema/4",
    ),
    fault(
        "parcels",
        "the doorstep scan is not captured",
        {"pe/user_system_feedback": []},
        "tm/user_system_feedback/0",
    ),
    fault("parcels", "a distance as text", {"pd/schema/1/field_type": "text"}),
    fault("parcels", "a statistic in another style", {"td/statistics/0/field": "remaining_km"}),
    fault("parcels", "a mean in miles", {"pd/statistics/0/value": "23.9"}),
    fault("parcels", "the pipeline before", {"tm/data_pipeline_identifier": "eta-features-v3"}),
    fault(
        "parcels",
        "a screen without that field",
        {"tm/output_spec/1/component_mapping/data_item": "etaMinutes"},
    ),
    fault("parcels", "whole minutes", {"tm/output_spec/1/item_type": "Integer"}),
    fault("parcels", "more memory than there is", {"tm/computing_resource_reqs/memory": 256}),
    fault(
        "parcels",
        "CUDA without a GPU",
        {"tm/system_dependencies/2": "nvidia-cuda-runtime-cu12"},
        "tm/system_dependencies/2",
        "pe/computing_resources/gpu",
        "tm/computing_resource_reqs/gpu",
    ),
    fault(
        "parcels",
        "a later output that nobody takes",
        {"tm/output_spec/2/component_mapping": {"component": "", "data_item": ""}},
    ),
    fault(
        "parcels",
        "weight and distance exchanged",
        {
            "dp/input_spec/1/component_mapping": {"component": "Sorter", "data_item": "parcelKg"},
            "dp/input_spec/2/component_mapping": {"component": "Route Planner", "data_item": "remainingKm"},
        },
        "dp/input_spec/1",
        "dp/input_spec/2",
    ),
    fault(
        "parcels", "the language of another team", {"tm/model_components/0/programming_languages/0": "Scala"}
    ),
    fault("parcels", "a date in US order", {"tm/training_date": "03/02/2025"}),
    fault("parcels", "a classification of minutes", {"sc/ml_problem_type/ml_problem": "Classification"}),
)

PUMPS = (
    fault(
        "pumps",
        "kelvin upstream",
        {"de/upstream_components/0/output_spec/1/expected_values": "253 - 413"},
        "de/upstream_components/0/output_spec/1",
        "dp/input_spec/1",
    ),
    fault(
        "pumps", "Fahrenheit in production", {"pd/schema/1/field_description": "Bearing temperature in °F"}
    ),
    fault(
        "pumps",
        "watts upstream",
        {
            "de/upstream_components/0/output_spec/2/item_description": "Active power in W",
            "de/upstream_components/0/output_spec/2/expected_values": "0 - 900000",
        },
        "de/upstream_components/0/output_spec/2",
        "dp/input_spec/2",
    ),
    fault("pumps", "zero if the sensor is off", {"rd/schema/1/interpret_special": "0 = sensor off"}),
    fault("pumps", "the answer comes from production", {"td/schema/4/mapping_production_data": "POWER"}),
    fault(
        "pumps",
        "the answer is an input",
        {"dp/input_spec/2/item_name": "FAIL14"},
        "dp/input_spec/2",
        "td/schema/4",
    ),
    fault("pumps", "fewer found than promised", {"tm/algorithm_metrics/0/threshold": 0.85}),
    fault("pumps", "half as precise in the test", {"tm/test_metrics/1/result": 0.4}),
    fault(
        "pumps",
        "as good as never warning",
        {
            "tm/evaluation_metrics": [{"metric": "Accuracy", "other_metric": "", "result": 0.98}],
            "tm/test_metrics": [{"metric": "Accuracy", "other_metric": "", "result": 0.98}],
        },
        "tm/test_metrics",
        "tm/evaluation_metrics",
        "sc/risks/risk_fn",
        "td/distribution",
    ),
    fault("pumps", "slower than allowed", {"pe/required_inference_time": {"time": 2, "unit": "Minutes"}}),
    fault("pumps", "hours instead of minutes", {"tm/inference_time/unit": "Hours"}),
    fault("pumps", "the 31st of June", {"de/milestones/0/milestone_date": "2025-06-31"}),
    fault(
        "pumps",
        "kept for a shorter time",
        {"pe/model_logs/0/implementation": "CSV on the file server, kept for 2 years"},
    ),
    fault("pumps", "another format", {"pe/model_logs/0/implementation": "Parquet on the file server"}),
    fault("pumps", "a clustering", {"sc/ml_problem_type/ml_problem": "Clustering"}),
    fault("pumps", "a shorter label in production", {"pd/distribution/1/label": "fails"}),
    fault(
        "pumps",
        "half of the training is faulty",
        {"td/distribution/0/percentage": 50, "td/distribution/1/percentage": 50},
    ),
    fault(
        "pumps",
        "ten characters for a tag",
        {"de/downstream_components/0/input_spec/1/expected_values": "up to 10 characters"},
        "de/downstream_components/0/input_spec/1",
        "tm/output_spec/1",
    ),
    fault(
        "pumps",
        "a risk in per cent downstream",
        {"de/downstream_components/0/input_spec/0/expected_values": "0 - 100"},
        "de/downstream_components/0/input_spec/0",
        "tm/output_spec/0",
    ),
    fault("pumps", "a risk as a whole number", {"tm/output_spec/0/item_type": "Integer"}),
    fault(
        "pumps",
        "evaluated on the test",
        {"tm/evaluation_dataset/file": "https://git.works.example/pumps/eval/2024/"},
    ),
    fault(
        "pumps", "the tag goes where the risk goes", {"tm/output_spec/1/component_mapping/data_item": "RISK"}
    ),
    fault("pumps", "a slipped point", {"dp/input_spec/0/item_specification/max_value": 4.5}),
    fault("pumps", "trained on quiet pumps", {"td/schema/0/expected_values": "0 - 20"}),
    fault("pumps", "a negative range of quartiles", {"td/statistics/1/value": "-11.5"}),
    fault("pumps", "a median out of range", {"pd/statistics/0/value": "310"}),
    fault("pumps", "collected in the middle", {"rd/metadata/collection_date": "2021-02-03"}),
    fault("pumps", "half an instance", {"rd/number_of_instances": 2418000.5}),
    fault(
        "pumps",
        "thirty days instead of fourteen",
        {"td/schema/4/field_description": "Failure within 30 days"},
        "td/schema/4/field_description",
        "sc/task",
    ),
    fault(
        "pumps",
        "an output over seven days",
        {"tm/output_spec/0/item_description": "Probability of failure in 7 days"},
        "tm/output_spec/0",
        "sc/task",
    ),
    fault("pumps", "one id for both goals", {"sc/goals/1/id": "PM-1"}),
    fault("pumps", "one goal for both ids", {"sc/goals/1/goal": "Unplanned standstills become rare."}),
    fault(
        "pumps",
        "no metric for trust",
        {"tm/business_metrics/1/goal_mapping": "PM-1"},
        "sc/goals/1",
        "tm/business_metrics/1",
    ),
    fault("pumps", "a goal without a baseline", {"sc/goals/0/baseline": "to be measured"}),
    fault("pumps", "more than all pumps", {"tm/algorithm_metrics/1/threshold": 110}),
    fault("pumps", "warnings without a threshold", {"tm/business_metrics/0/operator": ""}),
    fault(
        "pumps", "no failure notifications", {"pe/user_system_feedback/1": GONE}, "tm/user_system_feedback/1"
    ),
    fault("pumps", "a shared folder of one machine", {"dp/pipeline_code": "D:/projekte/pumpen/features"}),
    fault("pumps", "the wrong tag list", {"td/raw_data_identifier": "HIST-FANS"}),
    fault("pumps", "another historian", {"dp/input_spec/0/component_mapping/component": "AVEVA Historian"}),
    fault("pumps", "a mistyped item", {"dp/input_spec/0/component_mapping/data_item": "VIB_RSM"}),
    fault(
        "pumps",
        "no forest in development",
        {"de/ml_frameworks/0": "XGBoost"},
        "tm/ml_frameworks/0",
        "de/ml_frameworks",
    ),
    fault(
        "pumps",
        "a hidden field",
        {"de/downstream_components/0/input_spec/-": _item("PRIORITY", "Integer", "1 - 4")},
        "de/downstream_components/0/input_spec/2",
    ),
    fault(
        "pumps",
        "a sensor more in production",
        {
            "td/schema/-": {
                **_field("FLOW", "float", "0 - 120"),
                "label_field": False,
                "missing_values": "median",
                "mapping_production_data": "FLOW",
            }
        },
        "td/schema/5",
    ),
    fault("pumps", "trained on the year of the test", {"tm/test_dataset/name": "2023"}),
    fault("pumps", "a recall above one", {"tm/test_metrics/0/result": 1.79}),
    fault("pumps", "an unknown unit", {"pe/required_inference_time/unit": "Ticks"}),
)

EXAMPLES = (
    fault(
        "loan",
        "twenty-four months instead of twelve",
        {"td/schema/8/field_description": "Default within 24 months"},
        "td/schema/8",
        "sc/task",
    ),
    fault("triage", "a limit that no baseline suggests", {"tm/business_metrics/0/threshold": 0.49}),
    fault("tickets", "a useful share in per mille", {"tm/business_metrics/1/threshold": 0.08}),
    fault("bakery", "no step in operation makes the lag", {"pd/schema/2": GONE}, "td/schema/2"),
    fault(
        "diecast",
        "one image size for all but the mask",
        {"td/schema/0/expected_values": "512 x 512, 8 bit grey"},
    ),
    fault(
        "loan",
        "a second threshold",
        {"tm/algorithm_metrics/-": _metric("Population stability index", "greater than", 0.35, "G-01")},
        "tm/algorithm_metrics/3",
        "tm/algorithm_metrics/0",
    ),
    fault("loan", "the score as a whole number", {"td/schema/1/field_type": "integer"}),
    fault(
        "diecast", "the wrong dies", {"td/schema/3/expected_values": "5 - 8"}, "td/schema/3", "pd/schema/3"
    ),
    fault("triage", "no adults", {"td/schema/1/expected_values": "60 - 100"}, "td/schema/1", "pd/schema/1"),
    fault(
        "tickets",
        "a summary longer than the desktop shows",
        {"tm/output_spec/0/item_specification/max_length": 2000},
    ),
)

LATER = (
    fault(
        "diecast",
        "milliseconds in training",
        {"td/schema/2/field_description": "Exposure time in milliseconds"},
    ),
    fault(
        "diecast", "a melt in Fahrenheit", {"pd/schema/4/field_description": "Melt temperature in Fahrenheit"}
    ),
    fault(
        "diecast",
        "two versions of CUDA",
        {"tm/system_dependencies/-": "CUDA 11.8"},
        "tm/system_dependencies/3",
    ),
    fault(
        "loan",
        "another Python than the runtime",
        {
            "tm/model_components/0/programming_languages/0": "Python 3.9",
            "de/programming_languages/0": "Python 3.9",
        },
        "tm/system_dependencies/0",
        "tm/model_components/0/programming_languages/0",
    ),
    fault("diecast", "a shorter serial number in production", {"pd/schema/1/expected_values": "12 digits"}),
    fault(
        "diecast",
        "a serial number of 16",
        {
            "dp/input_spec/1/item_specification/min_length": 16,
            "dp/input_spec/1/item_specification/max_length": 16,
        },
        "dp/input_spec/1",
    ),
    fault(
        "loan",
        "a component by another name",
        {"de/upstream_components/1/component_name": "Bureau Gateway"},
        "de/upstream_components/1",
        "dp/input_spec/5",
    ),
    fault(
        "loan",
        "a day between the years",
        {"rd/data_policies": "Delete all records after 2 years."},
        "rd/data_policies",
        "tm/log_data/0",
    ),
    fault("loan", "not applicable", {"pe/user_system_feedback/0/implementation": "n/a"}),
    fault(
        "diecast",
        "frames deleted before the warranty ends",
        {"pe/model_logs/0/implementation": "Parquet on the plant share, deleted after 90 days"},
    ),
    fault(
        "loan",
        "a negative minimum upstream",
        {"de/upstream_components/2/output_spec/0/expected_values": "-30 - 180 or empty"},
        "de/upstream_components/2/output_spec/0",
        "dp/input_spec/7",
    ),
    fault("loan", "a mean of the wrong size", {"pd/statistics/1/value": "4.47"}),
)

UNSEEN: tuple[Fault, ...] = PARCELS + PUMPS + EXAMPLES + LATER
