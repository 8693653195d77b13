"""A small finished check for the formats: four findings, one of each severity, over files that tests choose."""

from __future__ import annotations

from typing import Any

from descriptors.bundles import Source
from mismatch.findings import Finding, Place, Report
from mismatch.reports import Checked, View, format_named
from tec.strictjson import dumps

MODEL = {"output_spec": [{"item_type": "Float"}, {"item_type": "Integer"}], "programming": ["R"]}
ENVIRONMENT = {"inputs": [{"item_type": "Text"}]}
OUTPUT = Place("trained_model", "/output_spec/1/item_type", "Integer", "Output specification 2 › Item type")
INPUT = Place("development_environment", "/inputs/0/item_type", "Text", "Inputs 1 › Item type")
ABSENT = Place("raw_data", "", None, "Raw Data")


def finding(name: str = "a", severity: str = "critical", **changes: Any) -> Finding:
    """A finding called *name*, with what matters to the test changed."""
    return Finding(
        "output-type-mismatch",
        "TEC-3A",
        "mismatch",
        "fail",
        severity,
        "The output “risk” is an Integer, but the input it feeds takes Text.",
        "Agree on one type.",
        (OUTPUT, INPUT),
        (name * 32)[:32],
    )._replace(**changes)


def checked(*findings: Finding, outcomes: dict[str, str] | None = None, **changes: Any) -> Checked:
    """The check that found them in a model and an environment."""
    settings: dict[str, Any] = {
        "project": {"name": "Loans"},
        "origins": {"trained_model": "a/model.json", "development_environment": "a/env.json"},
        "sources": {
            "trained_model": Source("a/model.json", dumps(MODEL).encode()),
            "development_environment": Source("a/env.json", dumps(ENVIRONMENT).encode()),
        },
        **changes,
    }
    documents = {"trained_model": MODEL, "development_environment": ENVIRONMENT}
    said = {"TEC-3A": "fail" if findings else "pass", "TEC-1": "cannot-tell", "TEC-2": "pass"}
    return Checked(Report(findings, outcomes or said), documents, **settings)


def rendered(name: str, *findings: Finding, **changes: Any) -> str:
    """The report in the format *name*."""
    return format_named(name).render(checked(*findings, **changes), View())


HOSTILE = (
    "a|b `c` *d* _e_ [f](http://x) <script>alert(1)</script> & {0} ${x} % ::error:: @team #12\n"
    "\x1b[31m\x00\u202eltr\u2066 \U0001f9ea 日本 ]]> --> " + "W" * 300
)
