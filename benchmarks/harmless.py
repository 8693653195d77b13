"""Edits of the examples that no careful reader would object to: a check must not either."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

Documents = dict[str, Any]
Spot = tuple[str | int, ...]
"""Descriptor, then the steps to a value."""


class Edit(NamedTuple):
    title: str
    documents: Documents
    renames: bool = False
    """What is found may be about another name now; only the numbers of findings can be compared."""
    blanks: bool = False
    """It leaves something blank, which the required fields say; only contradictions count."""


Family = Callable[[Documents], Iterator[Edit]]


def edits(documents: Documents, families: tuple[Family, ...]) -> Iterator[Edit]:
    """All edits of one project, each on a copy of its own."""
    for family in families:
        yield from family(documents)


def spots(value: Any, at: Spot = ()) -> Iterator[tuple[Spot, Any]]:
    """Every value inside *value*, however deep, and where it is."""
    if at:
        yield at, value
    if isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from spots(inner, (*at, key))


def changed(documents: Documents, at: Spot, value: Any) -> Documents:
    """A copy with *value* at *at*."""
    copied = copy.deepcopy(documents)
    inner = copied
    for step in at[:-1]:
        inner = inner[step]
    inner[at[-1]] = value
    return copied


def named(at: Spot) -> str:
    return "/".join(str(step) for step in at)


def orders(documents: Documents) -> Iterator[Edit]:
    """Rows from last to first, and keys in another order."""
    for at, value in spots(documents):
        if isinstance(value, list) and len(value) > 1 and at[-1] != "pipeline_steps":
            yield Edit(f"order of {named(at)}", changed(documents, at, value[::-1]))
    for name, body in documents.items():
        yield Edit(f"order of keys in {name}", documents | {name: dict(reversed(body.items()))})


def blank_rows(documents: Documents) -> Iterator[Edit]:
    """A row as the form adds it, and nobody fills in."""
    for at, value in spots(documents):
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield Edit(
                f"blank row in {named(at)}", changed(documents, at, [*value, _blank(value[0])]), blanks=True
            )


def _blank(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _blank(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_blank(value[0])] if value else []
    return False if isinstance(value, bool) else 0 if isinstance(value, (int, float)) else ""


def notations(documents: Documents) -> Iterator[Edit]:
    """Ranges and sets of values in the other usual ways to write them."""
    number = 0
    for at, value in spots(documents):
        if at[-1] != "expected_values":
            continue
        ways: list[str] = []
        if found := re.fullmatch(r"(-?[\d.]+) - (-?[\d.]+)", value):
            low, high = found.groups()
            ways = [
                f"[{low}, {high}]",
                f"{low}..{high}",
                f"{low} to {high}",
                f"between {low} and {high}",
                f"{low} … {high}",
                f"{low} – {high}",
                f">= {low} and <= {high}",
                f"from {low} to {high}",
            ]
        elif re.fullmatch(r"[\w ]+(, [\w ]+)+", value):
            parts = value.split(", ")
            ways = [
                "{" + value + "}",
                " | ".join(parts),
                "; ".join(parts),
                ", ".join(reversed(parts)),
                ",".join(parts),
                " / ".join(parts),
            ]
        if ways:
            number += 1
            yield Edit(
                f"{named(at)} as “{ways[number % len(ways)]}”",
                changed(documents, at, ways[number % len(ways)]),
            )


def roundings(documents: Documents) -> Iterator[Edit]:
    """Figures rounded, written with a decimal point, or as text."""
    for at, value in spots(documents):
        if "statistics" in at and at[-1] == "value" and re.fullmatch(r"-?[\d.]+", value):
            yield Edit(f"{named(at)} as a decimal", changed(documents, at, f"{float(value):.2f}"))
            yield Edit(f"{named(at)} rounded", changed(documents, at, f"{float(value) * 1.003:.4g}"))
            yield Edit(f"{named(at)} as a number", changed(documents, at, float(value)))
        elif at[-1] in ("min_value", "max_value") and value:
            yield Edit(f"{named(at)} as text", changed(documents, at, str(value)))
        elif at[-1] == "result":
            yield Edit(
                f"{named(at)} rounded", changed(documents, at, round(value, 2) if value > 0.05 else value)
            )


def noise(documents: Documents) -> Iterator[Edit]:
    """Shares of labels and results as another sample would give them."""
    for name in ("training_data", "production_data"):
        shares = documents.get(name, {}).get("distribution", [])
        for first in range(len(shares) - 1):
            moved = copy.deepcopy(shares)
            step = min(0.4, *(row["percentage"] / 5 for row in moved))
            moved[first]["percentage"] = round(moved[first]["percentage"] - step, 2)
            moved[first + 1]["percentage"] = round(moved[first + 1]["percentage"] + step, 2)
            yield Edit(
                f"noise in shares {first} of {name}", changed(documents, (name, "distribution"), moved)
            )
    results = documents["trained_model"]["test_metrics"]
    for row, metric in enumerate(results):
        value = round(metric["result"] * 0.997, 4)
        yield Edit(
            f"noise in test metric {row}",
            changed(documents, ("trained_model", "test_metrics", row, "result"), value),
        )


UNITS = {"Milliseconds": 1, "Seconds": 1_000, "Minutes": 60_000, "Hours": 3_600_000}


def units(documents: Documents) -> Iterator[Edit]:
    """The same times in smaller units."""
    for at, value in spots(documents):
        if at[-1] in ("inference_time", "required_inference_time"):
            for unit, size in UNITS.items():
                if size < UNITS[value["unit"]]:
                    same = {"time": value["time"] * UNITS[value["unit"]] // size, "unit": unit}
                    yield Edit(f"{named(at)} in {unit}", changed(documents, at, same))


EXTRAS: dict[Spot, Any] = {
    ("production_environment", "model_logs"): {
        "log": "Start and stop",
        "implementation": "Journal of the host",
    },
    ("production_environment", "other_logs"): {"log": "Kernel log", "implementation": "Journal of the host"},
    ("production_environment", "other_metrics"): {
        "metric": "Free disk",
        "implementation": "Exporter of the host",
    },
    ("production_environment", "user_system_feedback"): {
        "feedback": "Remark",
        "implementation": "Form in the intranet",
    },
    ("development_environment", "programming_languages"): "Rust",
    ("development_environment", "ml_frameworks"): "XGBoost",
    ("development_environment", "milestones"): {
        "milestone": "Review of the first year",
        "milestone_date": "2026-11-30",
    },
    ("data_pipeline", "test_cases"): {
        "test_case_name": "Night run",
        "tested_property": "Nothing is lost at midnight",
        "file": "https://git.example.com/tests/night.json",
    },
    ("data_pipeline", "pipeline_steps"): {
        "data_processing_step": "Count",
        "data_processing_detail": "Rows per hour",
    },
    ("training_data", "preparation_process"): {
        "data_processing_step": "Count",
        "data_processing_detail": "Rows per week",
    },
    ("trained_model", "decisions_assumptions"): "Clocks are right to the second.",
    ("trained_model", "test_metrics"): {"metric": "Other", "other_metric": "Brier score", "result": 0.12},
    ("system_context", "documentation"): {
        "description": "Minutes of the kick-off",
        "location": "https://docs.example.com/kick-off",
    },
    ("raw_data", "data_sources"): {"data_source": "Public Data Source", "other_source": ""},
}


def extras(documents: Documents) -> Iterator[Edit]:
    """More of what does no harm."""
    for at, row in EXTRAS.items():
        if at[0] in documents:
            rows = documents[at[0]].get(at[1]) or []
            yield Edit(f"one more in {named(at)}", changed(documents, at, [*rows, row]))


def headroom(documents: Documents) -> Iterator[Edit]:
    """Bigger machines, later limits, smaller needs."""
    for name, factor in (("production_environment", 2), ("development_environment", 1.25)):
        for resource, size in documents.get(name, {}).get("computing_resources", {}).items():
            at = (name, "computing_resources", resource)
            ample = size >= 2 * documents["trained_model"]["computing_resource_reqs"][resource]
            if ample and size > 1:
                yield Edit(f"more {resource} in {name}", changed(documents, at, round(size * factor)))
    for resource, size in documents["trained_model"]["computing_resource_reqs"].items():
        if size > 1:
            at = ("trained_model", "computing_resource_reqs", resource)
            yield Edit(f"less need of {resource}", changed(documents, at, size - 1))
    if "production_environment" in documents:
        at = ("production_environment", "required_inference_time", "time")
        time = documents[at[0]][at[1]]["time"]
        yield Edit("more time", changed(documents, at, time * 2))
    time = documents["trained_model"]["inference_time"]["time"]
    yield Edit(
        "a faster model", changed(documents, ("trained_model", "inference_time", "time"), max(1, time // 4))
    )


PROSE = (
    "_description",
    "details",
    "implementation",
    "task",
    "known_issues",
    "tested_property",
    "usage_context",
    "data_processing_detail",
    "model_output_interpretation",
    "test_results",
    "parameter_value",
    "interpret_missing",
)


def wordings(documents: Documents) -> Iterator[Edit]:
    """Capitals, spaces and full stops where only people read."""
    for number, (at, value) in enumerate(spots(documents)):
        if not isinstance(value, str) or not value or not str(at[-1]).endswith(PROSE):
            continue
        way = number % 4
        if way == 0:
            yield Edit(
                f"{named(at)} begins in lower case", changed(documents, at, value[0].lower() + value[1:])
            )
        elif way == 1:
            yield Edit(f"{named(at)} with a space behind", changed(documents, at, value + " "))
        elif way == 2:
            yield Edit(f"{named(at)} with a full stop", changed(documents, at, value.rstrip(".") + "."))


NAMES = (
    "item_name",
    "field_name",
    "label",
    "component_name",
    "log",
    "metric",
    "id",
    "dataset_identifier",
    "short_name",
    "pipeline_identifier",
)
FIXED = re.compile("Other|Accuracy|.* Rate|F1 Score|Negative .*")


def renamings(documents: Documents) -> Iterator[Edit]:
    """A name in capitals, everywhere that it stands."""
    seen = set()
    for at, value in spots(documents):
        if (
            at[-1] not in NAMES
            or not isinstance(value, str)
            or not value
            or value in seen
            or FIXED.fullmatch(value)
        ):
            continue
        seen.add(value)
        if len(seen) % 3 == 0:
            yield Edit(f"“{value}” in capitals", _replaced(documents, value, value.upper()), renames=True)


def _replaced(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(inner, old, new) for key, inner in value.items()}
    if isinstance(value, list):
        return [_replaced(inner, old, new) for inner in value]
    return new if value == old else value


def tolerances(documents: Documents) -> Iterator[Edit]:
    """Senders that send less, and receivers that take more."""
    for at, value in spots(documents):
        found = re.fullmatch(r"(-?[\d.]+) - (-?[\d.]+)", value) if at[-1] == "expected_values" else None
        if not found:
            continue
        low, high = (float(part) for part in found.groups())
        room = (high - low) / 10
        if "upstream_components" in at or at[0] == "production_data":
            if "nteger" not in str(_beside(documents, at)):
                yield Edit(f"{named(at)} narrower", changed(documents, at, f"{low:g} - {high - room:g}"))
        elif "downstream_components" in at and room >= 1:
            yield Edit(f"{named(at)} wider", changed(documents, at, f"{low:g} - {high + 10 * room:g}"))


def _beside(documents: Documents, at: Spot) -> Any:
    value: Any = documents
    for step in at[:-1]:
        value = value[step]
    return value.get("item_type", value.get("field_type"))


FAMILIES: tuple[Family, ...] = (
    orders,
    blank_rows,
    notations,
    roundings,
    noise,
    units,
    extras,
    headroom,
    wordings,
    renamings,
    tolerances,
)
