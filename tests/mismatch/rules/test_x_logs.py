"""Whether logs are kept long enough, and no longer than allowed."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.tables import firing, messages, silent


def log(history: Any = "", how: Any = "", format: Any = "", name: Any = "Scores", there: Any = None) -> Any:
    """A log as the model needs it and as production collects it."""
    wanted = {"log": name, "log_data_format": format, "history": history}
    collected = {"log": name if there is None else there, "implementation": how}
    return {
        "trained_model": {"version": "1.2", "log_data": [wanted]},
        "production_environment": {"version": "1.2", "model_logs": [collected]},
    }


def policy(said: str, history: Any, name: Any = "Prompt and output") -> dict[str, Any]:
    return {
        "trained_model": {"version": "1.2", "log_data": [{"log": name, "history": history}]},
        "system_context": {"version": "1.2", "data_rights_policies": said},
    }


test_kept = silent(
    "log-shorter-than-needed",
    {
        "no logs": ("not-applicable", log(name="")),
        "another log": ("not-applicable", log("2 years", "kept 30 days", there="Token counts")),
        "no time on one side": ("cannot-tell", log("2 years", "Ring buffer on the cell PC")),
        "the same time": ("pass", log("30 days", "Encrypted bucket with 30 days retention")),
        "the same time in other units": ("pass", log("2 years", "kept for 24 months")),
        "a month of 30 days": ("pass", log("1 month", "30-day retention")),
        "longer": ("pass", log("3 years (warranty period)", "kept 10 years", there=" scores")),
        "two times": ("pass", log("2 years", "90 days hot, kept 2 years in the archive")),
        "a time that is no retention": ("cannot-tell", log("2 years", "written every 15 seconds")),
        "near miss: a step of an archive": ("cannot-tell", log("2 years", "Archived to S3 every 15 minutes")),
        "near miss: a time behind a comma": ("cannot-tell", log("2 years", "Loki, shown within 5 minutes")),
        "near miss: a time among words": ("cannot-tell", log("2 years", "Grafana, 7 days view")),
        "long enough, in brackets": ("pass", log("30 days", "CloudWatch (30 d)")),
        "forever": ("pass", log("10 years", "kept indefinitely")),
        "the same format": ("pass", log("", "JSON lines to the log server", "JSONL, one file per day")),
        "one format in common": ("pass", log("", "Syslog with a JSON body", "JSON")),
        "a format that nobody knows": ("cannot-tell", log("", "Prometheus", "JSON")),
    },
)

HOW = "production_environment/model_logs/0/implementation trained_model/log_data/0"

test_not_kept = firing(
    "log-shorter-than-needed",
    {
        "too short": ([f"minor {HOW}/history"], log("2 years", "Bucket, 90-day retention")),
        "needed for ever": ([f"minor {HOW}/history"], log("forever", "kept 10 years")),
        "a ring": ([f"minor {HOW}/history"], log("12 months", "Rotated after two weeks", there="SCORES")),
        "a bare time": ([f"minor {HOW}/history"], log("90 days", "Loki, 7 days")),
        "a bare time in brackets": ([f"minor {HOW}/history"], log("2 years", "CloudWatch (30 d)")),
        "dropped": ([f"minor {HOW}/history"], log("2 years", "Table, partitions dropped after 60 days")),
        "written often, removed soon": (
            [f"minor {HOW}/history"],
            log("2 years", "Written every 5 minutes, removed after 4 weeks"),
        ),
        "another format": ([f"minor {HOW}/log_data_format"], log("", "CSV on the share", "Parquet")),
        "both": (
            [f"minor {HOW}/history", f"minor {HOW}/log_data_format"],
            log("2 years", "CSV, kept 30 days", "Parquet"),
        ),
    },
)

test_allowed = silent(
    "log-longer-than-allowed",
    {
        "no promise": ("not-applicable", policy("Internal use only.", "10 years")),
        "no logs": ("not-applicable", policy("Prompts are kept for 30 days.", "2 years", "")),
        "as long as allowed": ("pass", policy("Prompts and outputs are kept for 30 days.", "30 days")),
        "in other units": ("pass", policy("Prompts are deleted after 12 months.", "1 year")),
        "at least": ("not-applicable", policy("Prompts are kept for at least 30 days.", "2 years")),
        "other data": ("pass", policy("Bureau data are not stored beyond 13 months.", "10 years")),
        "two times in one sentence": (
            "not-applicable",
            policy("Prompts are kept for 30 days, in the archive for 10 years.", "2 years"),
        ),
        "a log without a time": ("pass", policy("Prompts are kept for 30 days.", "")),
    },
)

TOO_LONG = "trained_model/log_data/0/history"

test_longer_than_allowed = firing(
    "log-longer-than-allowed",
    {
        "longer": (
            [f"major {TOO_LONG} system_context/data_rights_policies"],
            policy("GDPR. Prompts and outputs are kept for 30 days; nothing else.", "2 years"),
        ),
        "for ever": (
            [f"major {TOO_LONG} raw_data/data_policies"],
            policy("", "forever", "Score record")
            | {"raw_data": {"version": "1.2", "data_policies": "Scores have to be erased after 1 year"}},
        ),
    },
)


def test_the_message_quotes_both_sides():
    assert messages("log-shorter-than-needed", log("2 years", "kept 90 days")) == [
        "The log “Scores” is needed for “2 years”, but production says “kept 90 days”."
    ]
