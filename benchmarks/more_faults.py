"""Further faults: about results, environments, monitoring, dates and what is left open."""

from __future__ import annotations

from benchmarks.faults import GONE, Fault, _metric, fault

RESULTS = (
    fault(
        "bakery",
        "a result that misses its threshold",
        {
            "tm/algorithm_metrics/0/metric": "WAPE",
            "tm/algorithm_metrics/0/threshold": 0.2,
            "pe/algorithm_metrics/0/metric": "WAPE",
        },
        "tm/algorithm_metrics/0",
        "tm/test_metrics/0",
        "tm/evaluation_metrics/0",
    ),
    fault(
        "triage",
        "an accuracy below the target",
        {"tm/algorithm_metrics/-": _metric("Accuracy", "less than", 0.8, "G-01")},
        "tm/algorithm_metrics/2",
        "tm/test_metrics/0",
        "tm/evaluation_metrics/0",
    ),
    fault("diecast", "the test is far worse than the evaluation", {"tm/test_metrics/0/result": 0.13}),
    fault(
        "triage",
        "the model is overfitted",
        {"tm/evaluation_metrics/0/result": 0.93},
        "tm/evaluation_metrics/0",
        "tm/test_metrics/0",
    ),
    fault("diecast", "a negative rate", {"tm/evaluation_metrics/0/result": -0.011}),
    fault("diecast", "an F1 score above a hundred per cent", {"tm/test_metrics/2/result": 196.2}),
    fault(
        "servers",
        "a rate in per cent against a share",
        {"tm/algorithm_metrics/-": _metric("F1 Score", "less than", 65, "G-01")},
        "tm/algorithm_metrics/3",
        "tm/test_metrics/0",
    ),
    fault(
        "triage",
        "perfect, but not without misses",
        {"tm/evaluation_metrics/0/result": 1, "tm/test_metrics/0/result": 1},
        "tm/evaluation_metrics",
    ),
    fault(
        "triage",
        "no better than a guess",
        {
            "tm/evaluation_metrics/0/result": 0.43,
            "tm/test_metrics/0/result": 0.43,
            "tm/test_metrics/1/result": 0.01,
        },
        "tm/evaluation_metrics/0",
        "tm/test_metrics/0",
        "td/distribution/2",
    ),
    fault(
        "loan",
        "tested on the data of the evaluation",
        {"tm/test_dataset/file": "https://git.bank.example/risk/pd-il/-/tree/3.0/samples/oot"},
    ),
    fault(
        "diecast", "evaluated on the weeks of the test", {"tm/test_dataset/name": "Weeks 28 to 31 of 2025"}
    ),
    fault(
        "loan",
        "evaluated on the training data",
        {"tm/test_dataset/name": "PD instalment loans, development sample 3"},
    ),
    fault("loan", "nothing left to train on", {"tm/evaluation_dataset/holdout_percentage": 100}),
    fault("triage", "most of the data is held out", {"tm/evaluation_dataset/holdout_percentage": 85}),
    fault("tickets", "more than everything is held out", {"tm/evaluation_dataset/holdout_percentage": 110}),
    fault("servers", "a threshold out of reach", {"tm/algorithm_metrics/0/threshold": 160}),
    fault("servers", "an alarm that can never ring", {"tm/algorithm_metrics/0/threshold": 0}),
    fault(
        "servers",
        "an alarm for a single value",
        {"tm/algorithm_metrics/2/operator": "equal to"},
        "tm/algorithm_metrics/2",
    ),
    fault(
        "bakery",
        "two thresholds for one metric",
        {"tm/business_metrics/2": _metric("Unsold share", "greater than", 0.2, "G-01")},
    ),
    fault("loan", "a goal without a metric", {"sc/goals/0/metric": ""}),
    fault("loan", "a goal without a baseline", {"sc/goals/1/baseline": "TBD"}),
    fault(
        "diecast",
        "a goal that nobody measures",
        {"tm/algorithm_metrics/1/goal_mapping": "G-02", "tm/business_metrics/2/goal_mapping": "G-02"},
        "sc/goals/2",
    ),
    fault(
        "servers",
        "false alarms are feared, not counted",
        {
            "tm/evaluation_metrics/0": GONE,
            "tm/test_metrics/0": GONE,
            "tm/algorithm_metrics/0/metric": "Windows late",
        },
        "sc/risks/risk_fp",
        "tm/test_metrics",
    ),
    fault("loan", "no result of any test", {"tm/test_metrics": []}),
)

ENVIRONMENTS = (
    fault(
        "loan",
        "production is a quarter of development",
        {"pe/computing_resources/memory": 8, "tm/computing_resource_reqs/memory": 6},
        "pe/computing_resources/memory",
    ),
    fault("diecast", "no GPU in production", {"pe/computing_resources/gpu": 0}),
    fault("servers", "no GPU in development", {"de/computing_resources/gpu": 0}),
    fault("loan", "the model needs more memory than there is", {"tm/computing_resource_reqs/memory": 128}),
    fault("diecast", "the model does not fit on the disk", {"pe/computing_resources/storage": 25}),
    fault("diecast", "no room to breathe", {"pe/computing_resources/storage": 32}),
    fault("loan", "seconds instead of milliseconds", {"tm/inference_time/unit": "Seconds"}),
    fault("bakery", "slower than wanted", {"tm/inference_time/time": 14}),
    fault("bakery", "hardly in time", {"tm/inference_time/time": 9}),
    fault("loan", "a limit without a unit", {"pe/required_inference_time/unit": ""}),
    fault("loan", "a time without a unit", {"tm/inference_time/unit": ""}),
    fault("diecast", "a limit of nothing", {"pe/required_inference_time/time": 0}),
    fault("loan", "a negative number of processors", {"pe/computing_resources/cpu": -16}),
    fault("bakery", "a negative need of memory", {"tm/computing_resource_reqs/memory": -24}),
    fault(
        "loan",
        "too slow for what comes",
        {"pd/data_rates": "50 applications per second"},
        "pd/data_rates",
        "tm/inference_time",
    ),
    fault(
        "triage",
        "one worker cannot keep up",
        {"pd/data_rates": "2 patients per second"},
        "pd/data_rates",
        "tm/inference_time",
    ),
    fault(
        "loan",
        "CUDA without a GPU",
        {"tm/system_dependencies/-": "CUDA 12.2 runtime"},
        "tm/system_dependencies/2",
        "pe/computing_resources/gpu",
        "tm/computing_resource_reqs/gpu",
    ),
    fault(
        "loan",
        "two versions of one package",
        {"tm/system_dependencies/1": "numpy==1.26.4", "tm/system_dependencies/-": "numpy>=2.0"},
        "tm/system_dependencies/1",
        "tm/system_dependencies/2",
    ),
    fault(
        "loan",
        "development lacks the framework",
        {"de/ml_frameworks/0": GONE},
        "tm/ml_frameworks/0",
        "de/ml_frameworks",
    ),
    fault(
        "loan",
        "development lacks the language",
        {"de/programming_languages/0": GONE},
        "tm/model_components/0/programming_languages/0",
        "de/programming_languages",
    ),
)

MONITORING = (
    fault(
        "loan", "a metric that nobody collects", {"pe/algorithm_metrics/1": GONE}, "tm/algorithm_metrics/1"
    ),
    fault(
        "bakery",
        "a business metric that nobody collects",
        {"pe/business_metrics/0": GONE},
        "tm/business_metrics/0",
    ),
    fault(
        "loan",
        "a feedback that nobody captures",
        {"pe/user_system_feedback/1": GONE},
        "tm/user_system_feedback/1",
    ),
    fault("loan", "a log that nobody writes", {"pe/model_logs/1": GONE}, "tm/log_data/1"),
    fault("loan", "a collector by name only", {"pe/algorithm_metrics/0/implementation": ""}),
    fault("diecast", "a log to be defined", {"pe/model_logs/0/implementation": "TBD"}),
    fault(
        "tickets", "a feedback to be decided", {"pe/user_system_feedback/0/implementation": "to be decided"}
    ),
    fault(
        "tickets",
        "logs are deleted too early",
        {"pe/model_logs/0/implementation": "Encrypted bucket with 7 days retention"},
    ),
    fault(
        "diecast",
        "logs are kept for weeks instead of years",
        {"pe/model_logs/0/implementation": "Parquet on the plant share, kept for 6 weeks"},
    ),
    fault(
        "bakery",
        "another format of log",
        {"pe/model_logs/1/implementation": "JSON files next to the job log"},
    ),
    fault(
        "servers",
        "nobody will ever know the truth",
        {"tm/user_system_feedback": [], "pe/user_system_feedback": []},
        "tm/algorithm_metrics/0",
        "tm/user_system_feedback",
        "pe/user_system_feedback",
    ),
)

DATES = (
    fault("loan", "trained in the future", {"tm/training_date": "2031-04-02"}),
    fault("loan", "a month that does not exist", {"rd/metadata/collection_date": "2025-13-14"}),
    fault("bakery", "a day that does not exist", {"tm/training_date": "2025-02-30"}),
    fault(
        "diecast",
        "collected after the training",
        {"rd/metadata/collection_date": "2025-11-29"},
        "rd/metadata/collection_date",
        "tm/training_date",
    ),
    fault("loan", "a date in another order", {"de/milestones/0/milestone_date": "06/07/2025"}),
    fault(
        "bakery", "a period that ends before it begins", {"rd/metadata/timeframe": "2024-12-31 to 2022-01-01"}
    ),
)

OPEN = (
    fault("diecast", "cloud, although it is forbidden", {"pe/deployment_platform": "Cloud"}),
    fault("loan", "the data centre only, and yet in the cloud", {"pe/deployment_platform": "Cloud"}),
    fault("loan", "code on a laptop", {"dp/pipeline_code": "C:\\Users\\anna\\pd-il"}),
    fault("diecast", "test data in a home folder", {"tm/test_dataset/file": "/home/li/splits/test"}),
    fault("tickets", "a model on localhost", {"tm/trained_model_code": "http://localhost:8888/tree/serve"}),
    fault(
        "loan",
        "a password in a link",
        {"td/preparation_code": "https://anna:geheim@git.bank.example/prepare"},
    ),
    fault("servers", "no link at all", {"tm/model_training_code": "ask Peter"}),
    fault("loan", "a document without a place", {"sc/documentation/1/location": ""}),
    fault("loan", "a default output to be decided", {"tm/default_model_output": "TBD"}),
    fault("diecast", "a risk to be defined", {"sc/risks/risk_fn": "to be defined"}),
    fault("bakery", "filler text", {"tm/model_output_interpretation": "Lorem ipsum dolor sit amet"}),
    fault("loan", "a test case without a file", {"dp/test_cases/0/file": ""}),
    fault("diecast", "a step without detail", {"dp/pipeline_steps/1/data_processing_detail": ""}),
    fault(
        "diecast",
        "a parameter without a value",
        {"tm/model_components/0/hyper_parameters/1/parameter_value": ""},
    ),
    fault("tickets", "a feedback without detail", {"tm/user_system_feedback/1/details": "?"}),
    fault("bakery", "no task", {"sc/task": ""}),
    fault("servers", "no goals", {"sc/goals": []}),
)

FURTHER: tuple[Fault, ...] = RESULTS + ENVIRONMENTS + MONITORING + DATES + OPEN
