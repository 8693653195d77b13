"""Further edits that no careful reader would object to: other styles, other prose, other kinds of nothing."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

from benchmarks.harmless import Documents, Edit, Spot, _replaced, changed, named, spots


def dates(documents: Documents) -> Iterator[Edit]:
    """Days with a time of day, without dashes, or as a time stamp."""
    ways = cycle(("{}T00:00:00Z", "{}T09:30:00+01:00", "{} 08:15", "{}"))
    for at, value in spots(documents):
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value) and "date" in str(at[-1]):
            said = next(ways).format(value)
            if said == value:
                said = value.replace("-", "")
            yield Edit(f"{named(at)} as {said}", changed(documents, at, said))


def timeframes(documents: Documents) -> Iterator[Edit]:
    """The same span in the other usual ways to write it."""
    at = ("raw_data", "metadata", "timeframe")
    value = documents["raw_data"]["metadata"]["timeframe"]
    first, last = re.findall(r"\d{4}", value)[0], re.findall(r"\d{4}", value)[1]
    for said in (
        f"{first} to {last}",
        f"{first}-{last}",
        f"{first} – {last}",
        f"{first}/{last}",
        f"from {first} until {last}",
        f"between {first} and {last}",
        f"Jan {first} - Jan {last}",
        f"01.01.{first} - 31.01.{last}",
        f"{first}-01-01/{last}-01-31",
        f"Q1 {first} to Q1 {last}",
    ):
        yield Edit(f"timeframe as “{said}”", changed(documents, at, said))


def links(documents: Documents) -> Iterator[Edit]:
    """Links with a slash, an anchor or a query behind."""
    ways = cycle(("{}/", "{}#top", "{}?ref=main", "{}.git", "<{}>", " {} "))
    for at, value in spots(documents):
        if isinstance(value, str) and value.startswith("https://"):
            said = next(ways).format(value)
            yield Edit(f"{named(at)} as {said}", changed(documents, at, said))


def blanks(documents: Documents) -> Iterator[Edit]:
    """Blank values taken away or written as null; numbers as text."""
    for name, body in documents.items():
        yield Edit(f"blank keys of {name} taken away", documents | {name: _without_blanks(body)})
        yield Edit(f"blank texts of {name} as null", documents | {name: _nulls(body)})
    for at, value in spots(documents):
        if at[-1] in ("gpu", "cpu", "memory", "storage", "time", "threshold", "percentage", "seed"):
            yield Edit(f"{named(at)} as text", changed(documents, at, str(value)))
        elif at[-1] in ("memory", "storage") and value:
            yield Edit(f"{named(at)} as a float", changed(documents, at, float(value)))


def _without_blanks(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_blanks(inner) for key, inner in value.items()}
        return {key: inner for key, inner in kept.items() if inner not in ("", [], {}, None)}
    return [_without_blanks(inner) for inner in value] if isinstance(value, list) else value


def _nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _nulls(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_nulls(inner) for inner in value]
    return None if value == "" else value


PROSE: dict[str, tuple[str, ...]] = {
    "item_description": ("See the interface document", "As agreed with the team of the other side"),
    "field_description": ("See the data dictionary", "Documented in the code book"),
    "dataset_description": (
        "Everything that the source systems recorded in that time; see the data sheet.",
        "Made by the script named below, from the raw data and nothing else.",
    ),
    "pipeline_description": ("Joins, checks and converts what the neighbours send.",),
    "model_description": ("See the model card for the architecture and how it was chosen.",),
    "model_output_interpretation": ("The user manual explains the output with an example for each case.",),
    "implementation": (
        "Prometheus counter, shown in Grafana",
        "SQL view in the warehouse, refreshed every night",
        "Written by the service, collected by Fluent Bit",
        "OpenTelemetry exporter",
        "Manual review every Monday",
        "Splunk",
    ),
    "test_results": (
        "All tests passed.",
        "Accepted by the owner on 3 March 2025; protocol in the archive, 2 of 40 cases repeated.",
    ),
    "details": ("Collected through the form that users know", "One row per event, with time and reason"),
    "data_processing_detail": ("See the code", "Documented in the function of the same name"),
    "tested_property": ("A regression that was found in the pilot does not come back",),
    "known_issues": ("None known", "Two days are missing because of a power cut."),
    "milestone": ("Go-live", "Acceptance by the users"),
    "usage_context": ("Experts see the result in the tool that they use every day, and decide.",),
    "data_sources": ("The same systems that delivered the raw data, over the same interfaces.",),
    "algorithm": (),
    "geographic_location": ("Central Europe", "Worldwide"),
    "data_buffering_reqs": ("None", "not applicable"),
    "model_composition_details": (),
}


def paraphrases(documents: Documents) -> Iterator[Edit]:
    """Prose replaced by other prose that says nothing else that matters."""
    count: dict[str, int] = {}
    for at, value in spots(documents):
        ways = PROSE.get(str(at[-1]), ())
        if ways and isinstance(value, str) and value:
            count[str(at[-1])] = number = count.get(str(at[-1]), -1) + 1
            said = ways[number % len(ways)]
            yield Edit(f"{named(at)} reads “{said}”", changed(documents, at, said))


LETTERS = {
    "–": "-",
    " - ": " – ",
    "'": "’",
    '"': "“",
    " ": "\u00a0",
    "; ": ", ",
    ". ": ".\r\n",
}


def signs(documents: Documents) -> Iterator[Edit]:
    """Dashes, quotation marks, spaces and line breaks of another kind in what only people read."""
    ways = cycle(LETTERS.items())
    for at, value in spots(documents):
        if isinstance(value, str) and len(value) > 30 and not value.startswith("http"):
            old, new = next(ways)
            if old in value and at[-1] != "metric":
                yield Edit(
                    f"{named(at)} with {new!r} for {old!r}", changed(documents, at, value.replace(old, new))
                )


def cases(documents: Documents) -> Iterator[Edit]:
    """Choices in another case, where nothing compares them letter by letter."""
    for at, value in spots(documents):
        if (
            at[-1] in ("unit", "operator", "ml_problem", "image_format", "data_source", "error_type")
            and value
        ):
            ways = (value.lower(), value.upper(), value.title())
            said = ways[len(named(at)) % 3]
            if said != value:
                yield Edit(f"{named(at)} as “{said}”", changed(documents, at, said))


def styles(documents: Documents) -> Iterator[Edit]:
    """A name in another style, everywhere that it stands."""
    seen: set[str] = set()
    for at, value in spots(documents):
        if at[-1] not in ("item_name", "field_name") or not value or value in seen:
            continue
        seen.add(value)
        parts = re.split(r"[_ ]", value)
        said = (
            parts[0] + "".join(part.title() for part in parts[1:]),
            "-".join(parts),
            " ".join(parts).capitalize(),
        )[len(seen) % 3]
        if said != value:
            yield Edit(f"“{value}” as “{said}”", _replaced(documents, value, said), renames=True)


def types(documents: Documents) -> Iterator[Edit]:
    """Synonyms of types in the raw data, which nothing compares letter by letter."""
    other = {
        "float": "double",
        "integer": "int64",
        "string": "varchar(40)",
        "boolean": "bool",
        "date": "DATE",
        "image": "png image",
    }
    for at, value in spots(documents["raw_data"]):
        if at[-1] == "field_type" and value in other:
            yield Edit(f"{named(at)} as {other[value]}", changed(documents, ("raw_data", *at), other[value]))


def numbers(documents: Documents) -> Iterator[Edit]:
    """Thousands separated, and decimals written out, in ranges."""
    for at, value in spots(documents):
        found = re.fullmatch(r"(-?\d+) - (\d{4,})", value) if at[-1] == "expected_values" else None
        if found:
            low, high = found.groups()
            for said in (
                f"{low} - {int(high):,}",
                f"{low} - {int(high):,}".replace(",", " "),
                f"{low} - {high}.0",
            ):
                yield Edit(f"{named(at)} as “{said}”", changed(documents, at, said))


def scatter(documents: Documents) -> Iterator[Edit]:
    """Statistics and results of production as another sample would give them."""
    for name in ("production_data", "training_data"):
        for row, statistic in enumerate(documents.get(name, {}).get("statistics", [])):
            if re.fullmatch(r"[\d.]+", statistic["value"]):
                said = f"{float(statistic['value']) * 1.008:.4g}"
                yield Edit(
                    f"noise in statistic {row} of {name}",
                    changed(documents, (name, "statistics", row, "value"), said),
                )
    for name in ("evaluation_metrics", "test_metrics"):
        for row, metric in enumerate(documents["trained_model"][name]):
            for factor in (0.995, 1.004):
                at = ("trained_model", name, row, "result")
                result = metric["result"]
                if 0.05 < result * factor < 1:
                    yield Edit(f"{factor} × {name} {row}", changed(documents, at, round(result * factor, 4)))
    for name in ("production_data", "raw_data"):
        shares = "labels_distribution" if name == "raw_data" else "distribution"
        rounded = copy.deepcopy(documents.get(name, {}).get(shares, []))
        for row in rounded:
            row["percentage"] = round(row["percentage"] + 0.04, 1)
        if rounded:
            yield Edit(f"shares of {name} rounded", changed(documents, (name, shares), rounded))


def per_cent(documents: Documents) -> Iterator[Edit]:
    """All results and limits of one metric in per cent."""
    model = documents["trained_model"]
    for name in {row["metric"] for row in model["evaluation_metrics"] + model["test_metrics"]} - {"Other"}:
        copied = copy.deepcopy(model)
        for row in copied["evaluation_metrics"] + copied["test_metrics"] + copied["algorithm_metrics"]:
            if row["metric"] == name:
                value = "threshold" if "threshold" in row else "result"
                row[value] = round(row[value] * 100, 4)
        yield Edit(f"{name} in per cent", documents | {"trained_model": copied})


VALUES: dict[Spot, tuple[Any, ...]] = {
    ("production_environment", "deployment_mechanism"): ("REST API", "API (REST, JSON)", "gRPC service"),
    ("production_environment", "deployment_platform"): (
        "On-premises server",
        "Local server",
        "Private cloud",
    ),
    ("trained_model", "model_version"): ("v3.0", "2025.04.1", "3.0.0-rc.2"),
    ("training_data", "dataset_version"): ("v3", "2025-03-01", "release 3"),
    ("raw_data", "dataset_version"): ("1", "final", "2025.1"),
    ("data_pipeline", "pipeline_version"): ("v3.0.4", "4", "main@8f2c9d1"),
    ("raw_data", "restrictions"): ("none", "No restrictions", "For internal use"),
    ("raw_data", "instance_type"): ("Record", "One row per case"),
    ("trained_model", "evaluation_dataset", "seed"): (42, 1234567),
    ("trained_model", "evaluation_dataset", "holdout_percentage"): (10, 15, 20, 25),
    ("trained_model", "system_dependencies"): (
        ["numpy==1.26.4", "pandas>=2.1,<3", "glibc 2.31 or newer"],
        ["See requirements.txt in the repository"],
    ),
    ("system_context", "available_data"): (
        "Everything that the operational systems recorded over several years.",
        "Enough for training; about 3 years.",
        "An archive of records with the outcome, which the data owner describes in the Raw Data.",
    ),
    ("trained_model", "default_model_output"): (
        "None",
        "The value of the day before",
        "An empty result with a warning",
    ),
    ("trained_model", "decisions_assumptions"): (
        ["Inputs are complete within 5 seconds.", "At most 3 % of the cases are new."],
        ["The model must be trained again every 6 months."],
    ),
    ("production_data", "data_rates"): (
        "1 per hour",
        "On demand",
        "About 20 per day, in office hours",
        "One batch per night",
    ),
    ("system_context", "data_rights_policies"): ("Internal data policy 4.2 applies.", "None"),
}


def values(documents: Documents) -> Iterator[Edit]:
    """Other values that are as good."""
    for at, ways in VALUES.items():
        for said in ways if at[0] in documents else ():
            if at[-1] == "holdout_percentage" and _tells_shares(documents):
                continue  # it would contradict that
            if at[-1] == "data_rates" and documents["trained_model"]["inference_time"]["unit"] == "Minutes":
                continue
            yield Edit(f"{named(at)} is {said}", changed(documents, at, said))


def _tells_shares(documents: Documents) -> bool:
    """Do other texts give the share that is held out as well?"""
    told = [documents["trained_model"]["evaluation_dataset"]["name"], str(documents["training_data"])]
    return any(re.search(r"\d ?%? ?/ ?\d+ ?%? ?/ ?\d|\d ?% of", each) for each in told)


def aligned(documents: Documents) -> Iterator[Edit]:
    """The same version on both sides, and names with a version."""
    for old, new in (
        ("Python", "Python 3.11"),
        ("scikit-learn", "scikit-learn 1.5"),
        ("PyTorch", "PyTorch 2.3"),
        ("TensorFlow", "TensorFlow 2.16"),
        ("Java", "Java 21"),
    ):
        pinned = any(
            said.startswith(f"{old}==") for said in documents["trained_model"]["system_dependencies"]
        )
        if _replaced(documents, old, new) != documents and not pinned:
            yield Edit(f"{new} everywhere", _replaced(documents, old, new), renames=True)


def complete(documents: Documents) -> Iterator[Edit]:
    """A goal more, with all that belongs to it; a field more, a component more."""
    more = copy.deepcopy(documents)
    more["system_context"]["goals"].append(
        {
            "id": "G-99",
            "goal": "Users are content",
            "metric": "Mean rating of users",
            "baseline": "3.1 of 5 in 2024",
        }
    )
    more["trained_model"]["business_metrics"].append(
        {"metric": "Mean rating of users", "operator": "less than", "threshold": 3.5, "goal_mapping": "G-99"}
    )
    if "production_environment" in more:
        more["production_environment"]["business_metrics"].append(
            {"metric": "Mean rating of users", "implementation": "Question after each tenth case"}
        )
        yield Edit("a goal more", more)
    more = copy.deepcopy(documents)
    field = {"field_name": "season", "field_description": "Season of the year", "field_type": "string"}
    values = {"expected_values": "spring, summer, autumn, winter"}
    more["raw_data"]["schema"].append(
        {**field, **values, "interpret_missing": "never missing", "interpret_special": "none"}
    )
    yield Edit("a raw field more", copy.deepcopy(more))
    more["training_data"]["schema"].append(
        {
            **field,
            **values,
            "label_field": False,
            "missing_values": "never missing",
            "mapping_production_data": "season",
        }
    )
    more["production_data"]["schema"].append({**field, **values})
    yield Edit("a field more everywhere", more)
    more = copy.deepcopy(documents)
    for component in more["trained_model"]["model_components"]:
        component["hyper_parameters"].append({"parameter_name": "random state", "parameter_value": "1"})
    yield Edit("one hyperparameter more", more)


MORE: tuple[Callable[[Documents], Iterator[Edit]], ...] = (
    dates,
    timeframes,
    links,
    blanks,
    paraphrases,
    signs,
    cases,
    styles,
    types,
    numbers,
    scatter,
    per_cent,
    values,
    aligned,
    complete,
)
