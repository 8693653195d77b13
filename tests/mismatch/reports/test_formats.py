"""The registry of report formats, and the JSON that other programs read."""

from __future__ import annotations

import json

import pytest

from descriptors.catalogue import DESCRIPTORS
from mismatch.findings import Finding, Place, Report
from mismatch.reports import Checked, Format, View, all_formats, format_named, format_names, report
from tec.registry import Registry
from tec.strictjson import digest

FINDING = Finding(
    "language-not-supported",
    "TEC-2",
    "mismatch",
    "fail",
    "major",
    "The model needs “R”.",
    "Install it.",
    (Place("trained_model", "/ml_frameworks/0", "R", "ML frameworks 1"),),
    "a" * 32,
)


def test_the_json_has_exactly_the_promised_shape() -> None:
    documents = {"trained_model": {"version": "1.1", "x": 1}, "raw_data": {}, "training_data": {"a": 1}}
    checked = Checked(Report([FINDING], {"TEC-2": "fail", "TEC-1": "cannot-tell"}), documents)
    assert json.loads(format_named("json").render(checked, View())) == {
        "format": 1,
        "findings": [
            {
                "code": "TEC-2",
                "rule": "language-not-supported",
                "kind": "mismatch",
                "outcome": "fail",
                "severity": "major",
                "message": "The model needs “R”.",
                "remedy": "Install it.",
                "fingerprint": "a" * 32,
                "places": [
                    {
                        "descriptor": "trained_model",
                        "pointer": "/ml_frameworks/0",
                        "value": "R",
                        "label": "ML frameworks 1",
                    }
                ],
            }
        ],
        "outcomes": {"TEC-2": "fail", "TEC-1": "cannot-tell"},
        "counts": {"critical": 0, "major": 1, "minor": 0, "info": 0},
        "documents": dict.fromkeys(DESCRIPTORS)
        | {
            "trained_model": {"schema_version": "1.1", "digest": digest({"version": "1.1", "x": 1})},
            "training_data": {"schema_version": None, "digest": digest({"a": 1})},
        },
    }


def test_every_module_is_a_format_of_its_name() -> None:
    assert [each.name for each in sorted(all_formats())] == format_names()
    assert {"json", "text"} <= set(format_names())
    for each in all_formats():
        assert each.extension.startswith(".")
        assert each.title
        assert "/" in each.media_type


def test_an_unknown_format_is_answered_with_the_known_ones() -> None:
    format_named("text")
    with pytest.raises(KeyError, match=r"no report format called “docx”; known: .*text"):
        format_named("docx")


def test_a_format_is_one_decorated_function() -> None:
    formats: Registry[Format] = Registry("report format")

    @report("lines", title="One line each", media_type="text/plain", extension=".log", registry=formats)
    def as_lines(checked: Checked, view: View) -> str:
        return "".join(f"{finding.code}\n" for finding in checked.report.findings)

    assert formats["lines"].render(Checked(Report([FINDING], {}), {}), View()) == "TEC-2\n"
