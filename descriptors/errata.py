"""The known faults of the published schemas, and what TEC does about each."""

from __future__ import annotations

from typing import Any, NamedTuple

from descriptors.catalogue import OWN_VERSIONS


class Erratum(NamedTuple):
    """One fault of one schema, as it was published."""

    code: str  # "E1"
    fault: str
    treatment: str  # what TEC does about it
    paths: tuple[str, ...] = ()  # the fields concerned; none means all over the schema
    repaired: bool = False  # validation differs from the schema as published


class _Known(NamedTuple):
    code: str
    fault: str
    treatment: str
    at: dict[str, tuple[str, ...]]  # descriptor → paths
    versions: tuple[str, ...] = OWN_VERSIONS


UNDECLARED = "E1"
"""The code of the one fault that changes what is valid: a required name that is no property."""

_SPECIFIED = {
    "data_pipeline": ("input_spec[].item_specification",),
    "trained_model": ("output_spec[].item_specification", "final_output_spec[].item_specification"),
}
_TYPES = {
    "raw_data": ("schema[].field_type",),
    "data_pipeline": ("input_spec[].item_type",),
    "training_data": ("schema[].field_type",),
    "trained_model": ("output_spec[].item_type", "final_output_spec[].item_type"),
    "development_environment": (
        "upstream_components[].output_spec[].item_type",
        "downstream_components[].input_spec[].item_type",
    ),
    "production_data": ("schema[].field_type",),
}
_COUNTS = {
    "raw_data": ("number_of_instances", "labels_distribution[].percentage"),
    "training_data": ("distribution[].percentage",),
    "trained_model": ("computing_resource_reqs", "inference_time.time"),
    "development_environment": ("computing_resources",),
    "production_environment": ("computing_resources", "required_inference_time.time"),
    "production_data": ("distribution[].percentage",),
}
_OTHERS = {
    "system_context": ("ml_problem_type.other_problem",),
    "raw_data": ("data_sources[].other_source",),
    "trained_model": (
        "model_components[].learning_algorithm.other_algorithm",
        "evaluation_metrics[].other_metric",
        "test_metrics[].other_metric",
    ),
}
_CHOICES = {
    "system_context": ("ml_problem_type.ml_problem",),
    "raw_data": ("data_sources[].data_source",),
    "trained_model": ("model_components[].learning_algorithm.algorithm", "inference_time.unit"),
    "production_environment": ("required_inference_time.unit",),
}

KNOWN = (
    _Known(
        "E2",
        "The specification of an item is required in one descriptor and optional in the other; within it, "
        "channels and image format are optional while all else is required.",
        "What is absent is read as blank.",
        _SPECIFIED,
        ("1.2",),
    ),
    _Known(
        "E3",
        "Final outputs are required even if nothing is post-processed.",
        "An empty list is valid.",
        {"trained_model": ("final_output_spec",)},
    ),
    _Known(
        "E4",
        "A choice that nobody has made yet is invalid: no list of values but that of the image format "
        "permits a blank.",
        "A draft may be saved with the choice left open; the check reports it.",
        _CHOICES,
    ),
    _Known(
        "E5",
        "The identifier that the Trained Model links to is optional.",
        "Fill it in all the same: without it, the link cannot be checked.",
        {"data_pipeline": ("pipeline_identifier",)},
    ),
    _Known(
        "E6",
        "An error code is required whatever happens to an error.",
        "Write 0 where no code is returned.",
        {"data_pipeline": ("input_spec[].error_handling.error_code_value",)},
        ("1.2",),
    ),
    _Known(
        "E6",
        "The text for “Other” is required even if something else is chosen, and may be blank if “Other” is.",
        "Leave it empty where it does not apply; the check reports a blank one where it does.",
        _OTHERS,
    ),
    _Known(
        "E7",
        "Some published descriptions belong to another field: kinds of processors are exchanged, storage is "
        "called memory, the two directions of an interface are mixed up.",
        "TEC shows help texts of its own.",
        {
            "trained_model": ("final_output_spec[].component_mapping.data_item",),
            "development_environment": ("computing_resources", "downstream_components[].input_spec"),
            "production_environment": ("computing_resources.storage",),
        },
    ),
    _Known(
        "E7",
        "The published description of the policies repeats that of the restrictions.",
        "TEC shows help texts of its own.",
        {"raw_data": ("data_policies",)},
        ("1.1", "1.2"),
    ),
    _Known(
        "E8",
        "“Recurring Neural Network (RNN)” should read “Recurrent”.",
        "The value stays as published, so that files can be exchanged.",
        {"trained_model": ("model_components[].learning_algorithm.algorithm",)},
    ),
    _Known(
        "E9",
        "Counts, sizes and times may be negative, shares need not add up to 100, times are whole numbers.",
        "TEC accepts what the schema accepts.",
        _COUNTS,
    ),
    _Known(
        "E10",
        "The same data has one of five types in one descriptor and a type in free text in another, so “Text” "
        "can never equal “String”.",
        "Rules report Text, Character and String among each other as minor only.",
        _TYPES,
        ("1.2",),
    ),
    _Known(
        "E11",
        "The published schema names another repository as its own address.",
        "TEC does not use the address.",
        {"raw_data": ()},
    ),
    _Known(
        "E12",
        "At least one statistic is required even if none is known.",
        "TEC accepts what the schema accepts.",
        {"training_data": ("statistics",), "production_data": ("statistics",)},
    ),
    _Known(
        "E13",
        "Goal numbers have no fixed form, although the change to version 1.1 assumed “BG-01”.",
        "The upgrade shortens only numbers of that form.",
        {
            "system_context": ("business_goals[].id",),
            "trained_model": ("business_metrics[].business_goal_mapping",),
        },
        ("1.0",),
    ),
)


def known(descriptor: str, version: str) -> list[Erratum]:
    """The faults of one schema that do not change what is valid."""
    return [
        Erratum(erratum.code, erratum.fault, erratum.treatment, erratum.at[descriptor])
        for erratum in KNOWN
        if descriptor in erratum.at and version in erratum.versions
    ]


def repaired(schema: dict[str, Any]) -> tuple[dict[str, Any], list[Erratum]]:
    """*schema* without requiring names that it does not define, and the errata that this repairs."""
    dropped: list[str] = []
    without = _declared_only(schema, "", dropped)
    if not dropped:
        return schema, []
    fault = f"It requires {' and '.join(f'“{path}”' for path in dropped)} without defining what that is."
    return without, [
        Erratum(UNDECLARED, fault, "It is accepted, but not required.", tuple(dropped), repaired=True)
    ]


def _declared_only(schema: dict[str, Any], path: str, dropped: list[str]) -> dict[str, Any]:
    properties, required, items = schema.get("properties"), schema.get("required"), schema.get("items")
    changed = dict(schema)
    if isinstance(properties, dict):
        if isinstance(required, list):
            changed["required"] = [name for name in required if name in properties]
            dropped += [_below(path, name) for name in required if name not in properties]
        changed["properties"] = {
            name: _declared_only(part, _below(path, name), dropped) if isinstance(part, dict) else part
            for name, part in properties.items()
        }
    if isinstance(items, dict):
        changed["items"] = _declared_only(items, f"{path}[]", dropped)
    return changed


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
