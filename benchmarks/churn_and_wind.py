"""Faults and harmless edits of two further projects: nightly churn scores, and the power of a wind farm.

Both projects, and all that is done to them here, were written without a look at the rules.
"""

from __future__ import annotations

from typing import Any

from benchmarks.faults import GONE, Fault, _field, _item, fault

CHURN = (
    fault(
        "churn",
        "cents instead of euros in production",
        {
            "pd/schema/3/field_description": "Avg. net revenue in cents",
            "pd/schema/3/expected_values": "0-48000",
        },
    ),
    fault("churn", "the night is too short", {"pe/required_inference_time": {"time": 20, "unit": "Minutes"}}),
    fault(
        "churn",
        "a campaign manager that wants percent",
        {
            "de/downstream_components/0/input_spec/0/item_description": "Probability in %",
            "de/downstream_components/0/input_spec/0/expected_values": "0-100",
        },
        "de/downstream_components/0/input_spec/0",
        "tm/final_output_spec/0",
    ),
    fault(
        "churn",
        "deciles from zero",
        {"de/downstream_components/1/input_spec/0/expected_values": "0 to 9"},
        "de/downstream_components/1/input_spec/0",
        "tm/final_output_spec/1",
    ),
    fault(
        "churn",
        "a tariff that the model never saw",
        {"pd/schema/2/expected_values": "S, M, L, XL, Unl, 5G+"},
        "pd/schema/2",
        "td/schema/1",
    ),
    fault(
        "churn", "no room for Unl", {"dp/input_spec/2/item_specification/max_length": 2}, "dp/input_spec/2"
    ),
    fault("churn", "refused is a good mark", {"rd/schema/8/interpret_special": "9 = refused to answer"}),
    fault(
        "churn",
        "the reason of the cancellation is a feature",
        {
            "td/schema/-": {
                "field_name": "CANCEL_REASON",
                "label_field": False,
                "field_description": "Reason given when cancelling",
                "field_type": "string",
                "expected_values": "price, network, moving, other",
                "missing_values": "none",
                "mapping_production_data": "",
            }
        },
        "td/schema/9",
    ),
    fault(
        "churn",
        "evaluated on the test months",
        {"tm/evaluation_dataset/name": "Snapshots of Nov-Dec 2024"},
        "tm/evaluation_dataset",
        "tm/test_dataset",
    ),
    fault(
        "churn",
        "tested on months of the training",
        {"tm/test_dataset/name": "Snapshots of Mar-Apr 2024"},
        "tm/test_dataset",
        "td/dataset_description",
    ),
    fault(
        "churn",
        "digits exchanged in the report",
        {"tm/test_dataset/test_results": "AUC (ROC) 0.892, lift @ top 2 % 6.1. Reviewed on 25/03/2025."},
        "tm/test_dataset/test_results",
        "tm/test_metrics/0",
    ),
    fault(
        "churn",
        "an alarm for a good AUC",
        {"tm/algorithm_metrics/0/operator": "greater than"},
        "tm/algorithm_metrics/0",
    ),
    fault("churn", "an AUC of 78", {"tm/algorithm_metrics/0/threshold": 78}, "tm/algorithm_metrics/0"),
    fault("churn", "nobody computes the PSI", {"pe/algorithm_metrics/2": GONE}, "tm/algorithm_metrics/2"),
    fault("churn", "a fourth goal", {"tm/business_metrics/1/goal_mapping": "CH4"}),
    fault("churn", "nothing about pestering", {"tm/business_metrics/1": GONE}, "sc/goals/2"),
    fault("churn", "Iowa", {"pe/deployment_platform": "Snowflake + Cloud Composer, GCP us-central1 (Iowa)"}),
    fault(
        "churn",
        "scores dropped after two months",
        {"pe/model_logs/0/implementation": "Table CHURN.SCORES_D, time partitions dropped after 60 days"},
    ),
    fault(
        "churn",
        "a name all the same",
        {
            "rd/schema/-": {
                "field_name": "CUST_NAME",
                "field_description": "Full name of the customer",
                "field_type": "varchar(120)",
                "expected_values": "free text",
                "interpret_missing": "never NULL",
                "interpret_special": "none",
            }
        },
        "rd/schema/10",
        "rd/anonymization",
    ),
    fault(
        "churn",
        "personal or not",
        {"sc/data_rights_policies": "Company-internal; contains no personal data."},
        "sc/data_rights_policies",
        "rd/anonymization",
        "rd/data_rights",
    ),
    fault("churn", "another booster", {"tm/ml_frameworks/0": "LightGBM"}),
    fault(
        "churn",
        "a scikit-learn that is too old for itself",
        {"tm/system_dependencies/-": "scikit-learn==1.2.2"},
        "tm/system_dependencies/1",
        "tm/system_dependencies/3",
    ),
    fault(
        "churn",
        "a part in R",
        {"tm/model_components/0/programming_languages/-": "R"},
        "tm/model_components/0",
    ),
    fault("churn", "needs four times the memory", {"tm/computing_resource_reqs/memory": 256}),
    fault(
        "churn",
        "a third label in the archive",
        {
            "rd/labels_distribution": [
                {"label": "N", "percentage": 92.1},
                {"label": "Y", "percentage": 2.9},
                {"label": "U", "percentage": 5.0},
            ]
        },
        "rd/labels_distribution",
        "rd/schema/9",
        "td/schema/8",
    ),
    fault("churn", "ten percent are lost", {"td/distribution/0/percentage": 87.1}, "td/distribution"),
    fault(
        "churn",
        "three times the churn in production",
        {"pd/distribution/0/percentage": 90.2, "pd/distribution/1/percentage": 9.8},
        "pd/distribution",
    ),
    fault(
        "churn",
        "two other years",
        {"rd/metadata/timeframe": "Jan 2021 - Dec 2022"},
        "rd/metadata/timeframe",
        "sc/available_data",
        "td/dataset_description",
    ),
    fault(
        "churn",
        "a hundredth of the rows",
        {"rd/number_of_instances": 812041},
        "rd/number_of_instances",
        "sc/available_data",
    ),
)

WIND = (
    fault(
        "wind",
        "km/h from the API",
        {
            "de/upstream_components/0/output_spec/0/item_description": "km/h",
            "de/upstream_components/0/output_spec/0/expected_values": "0 to 180",
        },
        "de/upstream_components/0/output_spec/0",
        "dp/input_spec/0",
    ),
    fault(
        "wind",
        "Celsius from the API",
        {
            "de/upstream_components/0/output_spec/2/item_description": "°C",
            "de/upstream_components/0/output_spec/2/expected_values": "-30 to 40",
        },
        "de/upstream_components/0/output_spec/2",
        "dp/input_spec/2",
    ),
    fault(
        "wind",
        "pascal in production",
        {"pd/schema/4/field_description": "Pressure [Pa]", "pd/schema/4/expected_values": "94000..106000"},
        "pd/schema/4",
        "td/schema/4",
    ),
    fault(
        "wind",
        "knots in production",
        {"pd/schema/0/field_description": "Wind speed @100 m [kn]"},
        "pd/schema/0",
        "td/schema/0",
    ),
    fault(
        "wind",
        "wind at another height",
        {"pd/schema/0/field_description": "Wind speed @10 m [m/s]"},
        "pd/schema/0",
        "td/schema/0",
    ),
    fault(
        "wind",
        "kilowatts from SCADA",
        {
            "de/upstream_components/1/output_spec/1/item_description": "kW at the POC",
            "de/upstream_components/1/output_spec/1/expected_values": "-1500 to 79200",
        },
        "de/upstream_components/1/output_spec/1",
        "dp/input_spec/5",
    ),
    fault(
        "wind",
        "more power than the EMS takes",
        {"tm/output_spec/2/item_specification/max_value": 120},
        "tm/output_spec/2",
        "de/downstream_components/0/input_spec/2",
    ),
    fault(
        "wind",
        "an EMS without negative power",
        {"de/downstream_components/0/input_spec/0/expected_values": "0 to 100"},
        "de/downstream_components/0/input_spec/0",
        "tm/output_spec/0",
    ),
    fault(
        "wind",
        "an EMS in kW",
        {
            "de/downstream_components/0/input_spec/1/item_description": "kW",
            "de/downstream_components/0/input_spec/1/expected_values": "-5000 to 100000",
        },
        "de/downstream_components/0/input_spec/1",
        "tm/output_spec/1",
    ),
    fault(
        "wind",
        "local time for the EMS",
        {"tm/output_spec/3/item_description": "Start of the interval, ISO 8601 in local time (CET/CEST)"},
        "tm/output_spec/3",
        "de/downstream_components/0/input_spec/3",
    ),
    fault(
        "wind",
        "P10 and P90 exchanged",
        {
            "tm/output_spec/0/component_mapping/data_item": "P90",
            "tm/output_spec/2/component_mapping/data_item": "P10",
        },
        "tm/output_spec/0",
        "tm/output_spec/2",
    ),
    fault(
        "wind",
        "directions from -180",
        {"de/upstream_components/0/output_spec/1/expected_values": "-180 to 180"},
        "de/upstream_components/0/output_spec/1",
        "dp/input_spec/1",
    ),
    fault(
        "wind",
        "an error that means none available",
        {"dp/input_spec/4/error_handling/error_code_value": 0},
        "dp/input_spec/4",
    ),
    fault(
        "wind",
        "a test value among the values",
        {"rd/schema/6/interpret_special": "-1 = meter under test"},
        "rd/schema/6",
    ),
    fault("wind", "slower than its rhythm", {"tm/inference_time": {"time": 25, "unit": "Minutes"}}),
    fault(
        "wind",
        "a GPU in the substation",
        {"tm/computing_resource_reqs/gpu": 1},
        "tm/computing_resource_reqs/gpu",
        "pe/computing_resources/gpu",
    ),
    fault(
        "wind",
        "an older runtime in the image",
        {"tm/system_dependencies/0": "onnxruntime==1.14.0"},
        "tm/system_dependencies/0",
        "tm/ml_frameworks/1",
    ),
    fault(
        "wind",
        "an older runtime in the lab",
        {"de/ml_frameworks/1": "ONNX Runtime 1.12"},
        "de/ml_frameworks/1",
        "tm/ml_frameworks/1",
    ),
    fault(
        "wind",
        "trained before the year was over",
        {"tm/training_date": "2024-11-02"},
        "tm/training_date",
        "rd/metadata/collection_date",
        "tm/test_dataset",
    ),
    fault(
        "wind",
        "an archive that begins too late",
        {"rd/metadata/timeframe": "2021-01-01 to 2024-12-31"},
        "rd/metadata/timeframe",
        "rd/schema/0",
        "sc/available_data",
        "td/dataset_description",
    ),
    fault(
        "wind",
        "evaluated on half a year of the training",
        {"tm/evaluation_dataset/name": "Jan 2023 to Jun 2023"},
        "tm/evaluation_dataset",
        "td/dataset_description",
    ),
    fault(
        "wind",
        "a median in kelvin",
        {"pd/statistics/2/value": "282.6"},
        "pd/statistics/2",
        "pd/schema/3",
        "td/statistics/2",
    ),
    fault("wind", "much less wind", {"pd/statistics/0/value": "5.2"}, "pd/statistics/0", "td/statistics/0"),
    fault("wind", "a coverage above all", {"tm/evaluation_metrics/1/result": 7.9}, "tm/evaluation_metrics/1"),
    fault(
        "wind",
        "an alarm from the first day",
        {"tm/algorithm_metrics/0/threshold": 0.05},
        "tm/algorithm_metrics/0",
        "tm/test_metrics/0",
    ),
    fault(
        "wind",
        "nobody adds up the imbalance",
        {"pe/business_metrics": []},
        "tm/business_metrics/0",
        "pe/business_metrics",
    ),
    fault(
        "wind",
        "months instead of years",
        {"pe/model_logs/0/implementation": "MQTT, Parquet in Azure Blob (North Europe), kept 3 months"},
        "pe/model_logs/0",
        "tm/log_data/0",
    ),
    fault(
        "wind",
        "for research only",
        {"rd/data_rights": "Academic licence, non-commercial use only"},
        "rd/data_rights",
        "sc/data_rights_policies",
    ),
    fault("wind", "a lag by another name", {"td/schema/6/mapping_production_data": "p_act_lag"}),
)

SECOND = (  # written blind as well, after what the first ones had shown was mended
    # churn
    fault(
        "churn",
        "ARPU in pounds upstream",
        {"de/upstream_components/0/output_spec/3/item_description": "Net revenue p.m. in GBP"},
        "de/upstream_components/0/output_spec/3",
        "dp/input_spec/3",
    ),
    fault(
        "churn",
        "megabytes in production",
        {
            "pd/schema/4/field_description": "Mobile data, MB in 30 days",
            "pd/schema/4/expected_values": "0-1500000",
        },
    ),
    fault(
        "churn",
        "shares instead of per cent from the network",
        {"de/upstream_components/1/output_spec/1/expected_values": "0 to 1"},
        "de/upstream_components/1/output_spec/1",
        "dp/input_spec/6",
    ),
    fault(
        "churn",
        "another bag of tariffs in training",
        {"td/schema/1/expected_values": "S, M, L"},
        "td/schema/1",
        "pd/schema/2",
        "rd/schema/2",
    ),
    fault(
        "churn",
        "a key of MD5",
        {"de/downstream_components/0/input_spec/1/expected_values": "32 characters"},
        "de/downstream_components/0/input_spec/1",
        "tm/final_output_spec/2",
    ),
    fault(
        "churn",
        "care calls of 30 days",
        {"pd/schema/6/field_description": "Calls to care, 30 days"},
        "pd/schema/6",
        "td/schema/5",
    ),
    fault(
        "churn",
        "churn in 30 days",
        {"td/schema/8/field_description": "Left within 30 days"},
        "td/schema/8",
        "sc/task",
        "rd/schema/9",
    ),
    fault(
        "churn",
        "a decile as text",
        {"de/downstream_components/1/input_spec/0/item_type": "String"},
        "de/downstream_components/1/input_spec/0",
        "tm/final_output_spec/1",
    ),
    fault(
        "churn",
        "mean tenure in years",
        {"pd/statistics/3/value": "4.3"},
        "pd/statistics/3",
        "td/statistics/3",
    ),
    fault(
        "churn",
        "a lift that got lost",
        {"tm/test_metrics/1/result": 2.9},
        "tm/test_metrics/1",
        "tm/algorithm_metrics/1",
    ),
    fault(
        "churn",
        "below its own baseline",
        {"tm/algorithm_metrics/1/threshold": 7},
        "tm/algorithm_metrics/1",
        "tm/test_metrics/1",
    ),
    fault(
        "churn",
        "scores kept longer than promised",
        {"rd/data_policies": "POL-114: nightly scores are deleted after 12 months"},
        "rd/data_policies",
        "tm/log_data/0",
    ),
    fault(
        "churn",
        "XGBoost of another major",
        {"tm/ml_frameworks/0": "XGBoost 1.7", "de/ml_frameworks/0": "XGBoost 2.0"},
        "tm/ml_frameworks/0",
        "de/ml_frameworks/0",
    ),
    fault(
        "churn",
        "a connector that is not for Python",
        {"tm/system_dependencies/2": "TBD"},
        "tm/system_dependencies/2",
    ),
    fault(
        "churn",
        "eight hours for one batch",
        {"tm/inference_time": {"time": 8, "unit": "Hours"}},
        "tm/inference_time",
        "pe/required_inference_time",
    ),
    fault(
        "churn",
        "no language for the part",
        {"tm/model_components/0/programming_languages": []},
        "tm/model_components/0",
    ),
    fault(
        "churn",
        "the calibrated score above one",
        {"tm/final_output_spec/0/item_specification/max_value": 100},
        "tm/final_output_spec/0",
        "de/downstream_components/0/input_spec/0",
    ),
    fault(
        "churn",
        "evaluated before the data",
        {"tm/evaluation_dataset/name": "Snapshots of Sep-Oct 2022"},
        "tm/evaluation_dataset",
        "rd/metadata/timeframe",
    ),
    fault(
        "churn",
        "the call disposition is not collected",
        {"pe/user_system_feedback/1": GONE},
        "tm/user_system_feedback/1",
    ),
    fault(
        "churn",
        "half the deciles",
        {"tm/final_output_spec/1/item_specification/max_value": 20},
        "tm/final_output_spec/1",
        "de/downstream_components/1/input_spec/0",
    ),
    # wind
    fault(
        "wind",
        "feet",
        {
            "pd/schema/0/field_description": "Wind speed @328 ft [m/s]",
            "pd/schema/0/expected_values": "0..112",
        },
        "pd/schema/0",
        "td/schema/0",
    ),
    fault(
        "wind",
        "MWh for MW",
        {"de/downstream_components/0/input_spec/1/item_description": "MWh per interval"},
        "de/downstream_components/0/input_spec/1",
        "tm/output_spec/1",
    ),
    fault(
        "wind",
        "radians",
        {
            "de/upstream_components/0/output_spec/1/item_description": "radians",
            "de/upstream_components/0/output_spec/1/expected_values": "0 to 6.283",
        },
        "de/upstream_components/0/output_spec/1",
        "dp/input_spec/1",
    ),
    fault(
        "wind",
        "a quarter of an hour on the gateway",
        {"pe/required_inference_time": {"time": 500, "unit": "Milliseconds"}},
        "pe/required_inference_time",
        "tm/inference_time",
    ),
    fault(
        "wind",
        "forecasts kept for a year",
        {"pe/model_logs/0/implementation": "Azure Blob (North Europe), lifecycle: delete after 365 days"},
        "pe/model_logs/0",
        "tm/log_data/0",
    ),
    fault(
        "wind",
        "the test of the training years",
        {"tm/test_dataset/name": "Calendar year 2022"},
        "tm/test_dataset",
        "td/dataset_description",
    ),
    fault(
        "wind",
        "a farm of 30 turbines",
        {"de/upstream_components/1/output_spec/0/expected_values": "0 to 30"},
        "de/upstream_components/1/output_spec/0",
        "dp/input_spec/4",
    ),
    fault(
        "wind",
        "a text says less coverage",
        {"tm/test_dataset/test_results": "nMAE 6.4 %, coverage of P10-P90 87 %."},
        "tm/test_dataset/test_results",
        "tm/test_metrics/1",
    ),
    fault(
        "wind",
        "nMAE at nine per cent in the test",
        {"tm/test_metrics/0/result": 0.094},
        "tm/test_metrics/0",
        "tm/algorithm_metrics/0",
    ),
    fault(
        "wind",
        "an override that nobody stores",
        {"pe/user_system_feedback/1/implementation": "t.b.d."},
        "pe/user_system_feedback/1",
    ),
    fault(
        "wind",
        "p50 goes to two inputs",
        {"tm/output_spec/0/component_mapping/data_item": "P50"},
        "tm/output_spec/0",
        "de/downstream_components/0/input_spec/0",
    ),
    fault(
        "wind",
        "the shares of the load in another order",
        {"td/distribution/0/percentage": 71.5, "td/distribution/1/percentage": 9.8},
        "td/distribution",
    ),
    fault(
        "wind",
        "a Java part",
        {"tm/model_components/0/programming_languages/1": "Java"},
        "tm/model_components/0",
    ),
    fault(
        "wind",
        "more memory than the gateway has",
        {"tm/computing_resource_reqs/memory": 12},
        "tm/computing_resource_reqs/memory",
        "pe/computing_resources/memory",
    ),
    fault("wind", "the pipeline of another farm", {"tm/data_pipeline_identifier": "wpf-edge-prep-skagen"}),
    fault(
        "wind",
        "validated in 2025",
        {"tm/evaluation_dataset/name": "Mar to May 2025"},
        "tm/evaluation_dataset",
        "tm/training_date",
        "rd/metadata/timeframe",
    ),
    # parcels and pumps
    fault(
        "parcels",
        "minutes after midnight for minutes to go",
        {"de/downstream_components/1/input_spec/0/item_description": "Seconds"},
        "de/downstream_components/1/input_spec/0",
        "tm/output_spec/1",
    ),
    fault(
        "parcels",
        "traces older than allowed",
        {"rd/data_policies": "Predictions are erased after 6 months"},
        "rd/data_policies",
        "tm/log_data/0",
    ),
    fault(
        "pumps",
        "vibration in inch per second",
        {
            "de/upstream_components/0/output_spec/0/item_description": "Vibration velocity (in/s)",
            "de/upstream_components/0/output_spec/0/expected_values": "0 - 1.8",
        },
        "de/upstream_components/0/output_spec/0",
        "dp/input_spec/0",
    ),
    fault("pumps", "a precision of 73", {"tm/test_metrics/1/result": 73}, "tm/test_metrics/1"),
)

THIRD = (
    fault(
        "parcels",
        "distance as the crow flies in m",
        {
            "de/upstream_components/0/output_spec/1/item_description": "Distance in m",
            "de/upstream_components/0/output_spec/1/expected_values": "0 to 310000",
        },
        "de/upstream_components/0/output_spec/1",
        "dp/input_spec/1",
    ),
    fault("parcels", "a coverage of 75", {"tm/algorithm_metrics/1/threshold": 75}, "tm/algorithm_metrics/1"),
    fault(
        "parcels",
        "an alarm below what the test gave",
        {"tm/algorithm_metrics/0/threshold": 10},
        "tm/algorithm_metrics/0",
        "tm/test_metrics/0",
    ),
    fault(
        "parcels",
        "trained on what it is tested with",
        {"td/dataset_description": "Deliveries of Jan 2023 to Dec 2024, 10 % sample, stratified by depot."},
        "td/dataset_description",
        "tm/evaluation_dataset",
        "tm/test_dataset",
    ),
    fault(
        "parcels",
        "kept for a year only",
        {"pe/model_logs/0/implementation": "Avro topic, tiered storage, 365 d"},
        "pe/model_logs/0",
        "tm/log_data/0",
    ),
    fault(
        "parcels",
        "rejected scans as CSV",
        {"pe/model_logs/1/implementation": "CSV on SFTP, 90 days"},
        "pe/model_logs/1",
        "tm/log_data/1",
    ),
    fault(
        "pumps",
        "probability per cent in SAP",
        {"de/downstream_components/0/input_spec/0/expected_values": "0 - 100"},
        "de/downstream_components/0/input_spec/0",
        "tm/output_spec/0",
    ),
    fault(
        "pumps",
        "warn 30 days ahead",
        {"sc/task": "Warn the planner when a feed pump is likely to fail within the next 30 days."},
        "sc/task",
        "td/schema/4",
        "tm/output_spec/0",
    ),
    fault(
        "pumps",
        "equipment too short",
        {"de/downstream_components/0/input_spec/1/expected_values": "up to 10 characters"},
        "de/downstream_components/0/input_spec/1",
        "tm/output_spec/1",
    ),
    fault(
        "pumps",
        "another recall in words",
        {"tm/test_dataset/test_results": "Recall 0.97; 7 false warnings."},
        "tm/test_dataset/test_results",
        "tm/test_metrics/0",
    ),
    fault(
        "pumps",
        "evaluated on the year of the test",
        {"tm/evaluation_dataset/name": "2024"},
        "tm/evaluation_dataset",
        "tm/test_dataset",
    ),
    fault(
        "pumps",
        "ten times the failures",
        {"pd/distribution/0/percentage": 81, "pd/distribution/1/percentage": 19},
        "pd/distribution",
    ),
    fault(
        "pumps",
        "power that flows back",
        {"pd/schema/2/expected_values": "-50 - 900"},
        "pd/schema/2",
        "td/schema/2",
        "dp/input_spec/2",
    ),
    fault(
        "pumps",
        "fitters after all",
        {"rd/anonymization": "Names of the fitters pseudonymised"},
        "rd/anonymization",
        "sc/data_rights_policies",
    ),
    fault("pumps", "a tree of another library", {"tm/ml_frameworks/0": "H2O"}, "tm/ml_frameworks/0"),
    fault(
        "pumps",
        "more CPUs than there are",
        {"tm/computing_resource_reqs/cpu": 12},
        "tm/computing_resource_reqs/cpu",
    ),
)

BLIND: tuple[Fault, ...] = CHURN + WIND + SECOND + THIRD


def _same(project: str, edits: dict[str, tuple[Any, ...]]) -> list[tuple[str, str, dict[str, Any]]]:
    """One harmless edit for each of the other ways to write a value."""
    return [
        (project, f"{path} as {value!r}", {path: value}) for path, values in edits.items() for value in values
    ]


FIRST: tuple[tuple[str, str, dict[str, Any]], ...] = (
    *_same(
        "churn",
        {
            "pd/schema/3/field_description": (
                "Avg. net revenue per month (€)",
                "Monthly ARPU in euros, mean of three",
            ),
            "pd/schema/3/expected_values": ("EUR 0-480", "0,00 - 480,00", "≥ 0 and ≤ 480"),
            "td/schema/3/expected_values": ("0 … 1500", "[0; 1500]", "0–1.5k"),
            "pd/schema/5/expected_values": ("0–100 %", "0 % to 100 %", "percentage (0..100)"),
            "de/upstream_components/2/output_spec/0/expected_values": (
                "max. 60",
                "0 up to 60",
                "non-negative, <= 60",
            ),
            "pd/schema/2/expected_values": (
                "{S; M; L; XL; Unl}",
                "'S','M','L','XL','Unl'",
                "S | M | L | XL | Unl",
            ),
            "td/schema/1/expected_values": ("one of: S, M, L, XL, Unl", "Unl, XL, L, M, S"),
            "td/schema/8/expected_values": ("N or Y", "'Y' = left, 'N' = stayed"),
            "td/schema/2/field_type": ("numeric(8,2)", "DOUBLE PRECISION"),
            "pd/schema/6/field_type": ("NUMBER(38,0)", "bigint"),
            "pd/schema/0/expected_values": ("exactly 64 characters", "64 hex digits"),
            "de/downstream_components/0/input_spec/0/expected_values": ("0.0 … 1.0", "a probability, 0 to 1"),
            "de/downstream_components/1/input_spec/0/expected_values": (
                "1 (lowest) to 10 (highest)",
                "1, 2, …, 10",
            ),
            "pe/required_inference_time": (
                {"time": 120, "unit": "Minutes"},
                {"time": 7200, "unit": "Seconds"},
            ),
            "tm/training_date": ("18/03/2025", "18 March 2025"),
            "rd/metadata/timeframe": (
                "1/2023 to 12/2024",
                "Januari 2023 t/m december 2024",
                "2023–2024 (24 months)",
            ),
            "tm/test_dataset/name": ("Nov and Dec 2024", "2024-11 to 2024-12"),
            "tm/evaluation_metrics/0/other_metric": ("ROC AUC", "AUROC"),
            "tm/test_dataset/test_results": (
                "AUC (ROC) .829; lift @ top 2 % 6.1.",
                "ROC-AUC 82.9 %, lift @ top 2 % 6.1",
                "AUC (ROC) 0,829; lift @ top 2 % 6,1; geaccepteerd door Retention.",
                "After 3 rounds with Retention, AUC (ROC) of 0.829 (95 % CI 0.826-0.832) was accepted.",
            ),
            "pe/deployment_platform": (
                "AWS Dublin (eu-west-1), Snowflake, EKS",
                "Azure West Europe (Amsterdam)",
            ),
            "pe/deployment_mechanism": ("Scheduled job (cron 15 2 * * *)",),
            "pe/model_logs/0/implementation": (
                "Table CHURN.SCORES_D, kept for two years",
                "S3, lifecycle rule of 730 days",
            ),
            "pe/model_logs/1/implementation": (
                "CloudWatch, 3 months",
                "Splunk (index churn), retention: 13 weeks",
            ),
            "tm/log_data/0/history": ("2 yrs",),
            "tm/system_dependencies/1": ("scikit-learn~=1.5.0",),
            "tm/system_dependencies/-": ("pandas>=2.1", "libgomp1"),
            "pd/data_rates": ("3,400,000 rows / night", "~3,4 Mio. rows each night"),
            "pd/statistics/0/value": ("25.10", "EUR 25.1"),
            "sc/data_rights_policies": ("Personal data: GDPR Art. 6(1)(f). No transfer outside the EU/EEA.",),
            "rd/anonymization": (
                "Phone numbers are hashed (SHA-256, keyed). Neither names nor addresses are in it.",
            ),
            "pd/schema/-": (_field("LOAD_TS", "timestamp_ntz", "time of the load"),),
        },
    ),
    *_same(
        "wind",
        {
            "pd/schema/0/field_description": (
                "Wind speed in 100 m height, m/s",
                "windspeed @100m (m s-1)",
                "Vindhastighed i 100 m [m/s]",
            ),
            "pd/schema/0/expected_values": ("0-50", "0 to 50 m/s", "[0, 50]", "0,0 – 50,0"),
            "de/upstream_components/0/output_spec/0/expected_values": (
                "0 m/s to 50 m/s",
                "up to 50, never negative",
            ),
            "de/upstream_components/0/output_spec/0/item_description": ("metres per second", "ms⁻¹"),
            "de/upstream_components/0/output_spec/2/item_description": ("Kelvin", "Temperature in kelvin"),
            "de/upstream_components/0/output_spec/1/item_description": ("deg", "degrees, 0 = north", "°"),
            "de/upstream_components/0/output_spec/1/expected_values": ("0°–360°", "0..<360"),
            "pd/schema/3/field_description": ("Air temp. 2 m, degC", "Temperature @2 m in Celsius"),
            "pd/schema/3/expected_values": ("-30 to +40", "−30 … 40", "-30 °C to 40 °C"),
            "pd/schema/4/field_description": ("Pressure [mbar]", "Air pressure at sea level, hPa"),
            "td/schema/1/expected_values": ("-1 to 1", "[-1;1]", "±1"),
            "de/upstream_components/1/output_spec/0/expected_values": ("0, 1, …, 22", "0-22 WTG"),
            "de/upstream_components/1/output_spec/1/item_description": (
                "Megawatts at the point of connection",
            ),
            "de/downstream_components/0/input_spec/0/item_description": (
                "Power in MW",
                "Mean power of the interval in MW",
            ),
            "de/downstream_components/0/input_spec/0/expected_values": ("-5 < x < 100", "any number"),
            "de/downstream_components/0/input_spec/3/item_description": (
                "Timestamp, UTC (Z)",
                "ISO-8601 date-time in GMT",
            ),
            "tm/inference_time": ({"time": 0.85, "unit": "Seconds"}, {"time": 900, "unit": "Milliseconds"}),
            "pe/required_inference_time": (
                {"time": 10000, "unit": "Milliseconds"},
                {"time": 1, "unit": "Minutes"},
            ),
            "tm/training_date": ("11.02.2025", "11. februar 2025"),
            "rd/metadata/collection_date": ("15 Jan 2025", "2025-01-15T12:00Z"),
            "rd/metadata/timeframe": ("Oct 2019 - Dec 2024", "01.10.2019–31.12.2024", "2019-10/2024-12"),
            "tm/evaluation_dataset/name": ("2nd half of 2023", "2023-07-01 to 2023-12-31", "H2 2023"),
            "tm/test_dataset/name": ("2024", "Jan-Dec 2024"),
            "tm/test_dataset/test_results": (
                "nMAE 6,4 %, dækning 78 %.",
                "Coverage of P10-P90 0.78, nMAE 0.064",
            ),
            "tm/test_metrics/1/result": (0.776, 0.785),
            "td/statistics/0/value": ("9.1 m/s", "9,1"),
            "pd/statistics/2/value": ("9.9",),
            "tm/system_dependencies/0": ("onnxruntime 1.18", "onnxruntime>=1.18,<2"),
            "pe/model_logs/0/implementation": (
                "Azure Blob (North Europe), 36 months",
                "Influx bucket “fc”, retention 1100d",
            ),
            "pd/data_rates": ("every 15 minutes one row", "4 rows/h", "96 feature rows per day"),
            "pe/deployment_platform": (
                "Industrial PC (Debian 12) in the substation, behind the firewall of the SPV",
            ),
            "rd/data_rights": ("Granted in the O&M contract, annex 4, for the life of the farm",),
            "pe/user_system_feedback/0/implementation": ("SFTP from Energinet, D+1",),
        },
    ),
    (
        "wind",
        "an upstream item that nobody needs",
        {"de/upstream_components/1/output_spec/-": _item("GridFreq", "Float", "49 to 51")},
    ),
)

AGAIN: tuple[tuple[str, str, dict[str, Any]], ...] = (
    *_same(
        "churn",
        {
            "sc/data_rights_policies": (
                "GDPR Art. 6(1)(f), LIA signed on 12/07/2024. Traffic data as aggregates; stored in Dublin.",
                "No personal data leave the EEA. Legal ground: legitimate interest.",
            ),
            "rd/anonymization": (
                "Pseudonymised (keyed SHA-256). Names and addresses were removed at the source.",
            ),
            "td/dataset_description": (
                "A snapshot per customer, Jan 2023 to Aug 2024; Sep-Dec 2024 are for evaluation and test.",
                "1.9m customers, snapshots from 2023 and 2024",
            ),
            "tm/evaluation_dataset/name": (
                "Sep + Oct 2024 (out of time)",
                "September/October 2024",
                "EVAL_202409_202410",
            ),
            "tm/test_dataset/name": ("Two last months of 2024", "TEST_202411_202412"),
            "pe/algorithm_metrics/0/implementation": (
                "Monthly job on the 5th, 60 days late; mail to the team",
            ),
            "pe/model_logs/1/implementation": (
                "CloudWatch log group, retention 180 d",
                "Written every 5 minutes to CloudWatch, kept for a quarter",
            ),
            "pd/schema/6/field_description": (
                "Calls to care in the last 3 months",
                "Number of care calls (rolling 90 d)",
            ),
            "td/schema/2/field_description": (
                "ARPU (EUR/month), mean of the last 3 months",
                "Revenue net of VAT, EUR p.m.",
            ),
            "de/upstream_components/0/output_spec/4/item_description": (
                "Days left (negative = over)",
                "Remaining days",
            ),
            "de/upstream_components/1/output_spec/0/item_description": (
                "Gigabytes in 30 days",
                "Data volume, GB",
            ),
            "rd/schema/8/interpret_special": ("99 = refused to answer; 98 = hung up", "99: no answer"),
            "sc/available_data": (
                "Billing, network KPIs and CRM contacts, 81m SIM-months from January 2023 to December 2024.",
                "2 years of monthly snapshots (01.01.2023 to 31.12.2024), 3.4m SIMs each",
            ),
            "tm/default_model_output": (
                "Score of the night before; from the 4th night on none is delivered.",
            ),
            "de/milestones/1/milestone_date": ("22 April 2025",),
            "pe/deployment_mechanism": ("Airflow DAG in Docker, each night at 02:15 CET, results by 06:00",),
            "rd/metadata/geographic_location": ("NL, BE", "Benelux without Luxembourg"),
        },
    ),
    *_same(
        "wind",
        {
            "sc/available_data": (
                "SCADA (10 min, 22 WTG, 10/2019-12/2024) and 4 NWP runs a day",
                "Five years of SCADA up to the end of 2024",
            ),
            "td/dataset_description": (
                "Intervals of Oct 2019 - Jun 2023 without curtailment and icing",
                "131k intervals, 10/2019 to 06/2023",
            ),
            "tm/output_spec/3/item_description": (
                "Interval start in UTC (ISO 8601, Z)",
                "Time stamp of the interval",
            ),
            "tm/output_spec/1/item_description": (
                "Median power [MW]",
                "50 % quantile, MW, at the POC",
                "Median of the active power in megawatts",
            ),
            "pd/schema/6/field_description": (
                "Active power a quarter of an hour ago [MW]",
                "Lagged power (MW), 15 minutes",
            ),
            "pd/schema/0/field_description": (
                "Wind speed @ 100 metres, m/s, updated every 6 h",
                "Wind speed at hub height [m/s]",
            ),
            "dp/pipeline_steps/2/data_processing_detail": ("t2m: minus 273.15", "Kelvin to Celsius"),
            "tm/test_dataset/test_results": (
                "nMAE: 6.4 % (2023: 6.1 %); coverage 78 %",
                "Coverage of P10-P90: 78 %. nMAE between 5.2 % in July and 8.8 % in January.",
            ),
            "pe/deployment_platform": (
                "Edge gateway in the substation, managed via Azure IoT Edge (North Europe)",
            ),
            "rd/restrictions": (
                "NDA. NWP data stay within the company.",
                "No redistribution of NWP data outside the company",
            ),
            "pe/model_logs/0/implementation": (
                "Parquet in Azure Blob, hot for 90 days, then archive for 3 years",
                "Blob storage, never deleted",
            ),
            "pd/data_rates": ("NWP: 4 runs a day; SCADA: 1 Hz, aggregated to 15 min",),
            "rd/schema/6/interpret_special": ("-999 = meter under test, -998 = comms loss",),
            "pd/statistics/0/value": ("9.30", "9.3 m/s", "≈ 9.2"),
            "tm/inference_time": ({"time": 1, "unit": "Seconds"},),
            "tm/decisions_assumptions/0": ("Retrained every 6 months.",),
        },
    ),
    *_same(
        "pumps",
        {
            "de/upstream_components/0/output_spec/0/item_description": (
                "Vibration velocity RMS in mm/s",
                "v_rms [mm/s], 10 Hz to 1 kHz",
            ),
            "de/upstream_components/0/output_spec/2/item_description": (
                "Active power (kW), hourly mean",
                "Power, kW",
            ),
            "pd/schema/1/field_description": ("Lagertemperatur [°C]", "Bearing temp., degC"),
            "rd/data_policies": ("OT data policy, class internal; exports are deleted after 10 years",),
            "tm/evaluation_dataset/name": ("Year 2023", "2023 (all pumps)"),
            "pe/model_logs/0/implementation": (
                "CSV on the file server, 10 years",
                "File server (CSV), cleaned up yearly, at least 5 years back",
            ),
            "rd/schema/1/interpret_special": ("-9999 = bad quality, -9998 = under maintenance",),
        },
    ),
    *_same(
        "parcels",
        {
            "de/downstream_components/1/input_spec/0/item_description": (
                "ETA (min)",
                "Estimated minutes",
                "Time to the door, min",
            ),
            "rd/anonymization": (
                "Recipients hashed (rotating salt), no names; coordinates rounded to 100 m",
            ),
            "tm/test_dataset/test_results": (
                "MAE in minutes 12.1; coverage 0.79.",
                "Coverage 79 %, MAE 12,1 min, accepted",
            ),
            "pd/schema/2/field_description": ("Weight [kg]", "Parcel weight, kg, rounded to 10 g"),
            "pe/deployment_platform": (
                "Kubernetes, AWS Frankfurt",
                "EKS, eu-central-1 with a standby in eu-west-1",
            ),
            "tm/evaluation_dataset/name": ("Nov. 2024", "11/2024", "November 2024 (5 %)"),
        },
    ),
)

HARMLESS: tuple[tuple[str, str, dict[str, Any]], ...] = FIRST + AGAIN
