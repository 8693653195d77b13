"""Documents with fields, items and classes, written as short as the rules on data and interfaces allow."""

from __future__ import annotations

from typing import Any

from tests.mismatch.rules.tables import Documents

Doc = dict[str, Any]


def field(name: Any, kind: Any = "float", values: Any = "", about: Any = "", **more: Any) -> Doc:
    """A row of a schema; *mapping* is the production field, *label* ticks it as one."""
    row = {"field_name": name, "field_type": kind, "expected_values": values, "field_description": about}
    if "mapping" in more:
        row["mapping_production_data"] = more.pop("mapping")
    if "label" in more:
        row["label_field"] = more.pop("label")
    return row | more


def raw(*fields: Doc, labels: Any = None, **more: Any) -> Documents:
    """Raw Data with these fields, and these labels (name → share)."""
    shares = {} if labels is None else {"labels_distribution": classes(labels)}
    return {"raw_data": {"version": "1.2", "schema": list(fields)} | shares | more}


def training(*fields: Doc, labels: Any = None, steps: tuple[str, ...] = (), **more: Any) -> Documents:
    """Training Data with these fields, labels (name → share, or share and production label) and steps."""
    body = {"version": "1.2", "schema": list(fields)}
    if labels is not None:
        body["distribution"] = classes(labels)
    body["preparation_process"] = [{"data_processing_detail": step} for step in steps]
    return {"training_data": body | more}


def production(*fields: Doc, labels: Any = None, **more: Any) -> Documents:
    """Production Data with these fields and labels (name → share)."""
    shares = {} if labels is None else {"distribution": classes(labels)}
    return {"production_data": {"version": "1.2", "schema": list(fields)} | shares | more}


def classes(shares: Any) -> list[Doc]:
    found = []
    for label, share in shares.items() if isinstance(shares, dict) else shares:
        row = {"label": label, "percentage": share[0] if isinstance(share, tuple) else share}
        if isinstance(share, tuple):
            row["mapping_production_data"] = share[1]
        found.append(row)
    return found


def stats(*rows: tuple[Any, Any, Any]) -> list[Doc]:
    """Rows of statistics: property, field, value."""
    return [{"property": kind, "field": name, "value": value} for kind, name, value in rows]


def item(name: Any, kind: Any, to: Any = "", about: Any = "", error: Any = None, **limits: Any) -> Doc:
    """An input or output whose specification has these limits; *to* is “component/item”."""
    component, _, data_item = (to or "").partition("/")
    row = {
        "item_name": name,
        "item_type": kind,
        "item_description": about,
        "item_specification": limits,
        "component_mapping": {"component": component, "data_item": data_item},
    }
    if error is not None:
        row["error_handling"] = {"error_type": error[0], "error_code_value": error[1]}
    return row


def pipeline(*items: Doc, **more: Any) -> Documents:
    return {"data_pipeline": {"version": "1.2", "input_spec": list(items)} | more}


def model(*items: Doc, **more: Any) -> Documents:
    return {"trained_model": {"version": "1.2", "output_spec": list(items)} | more}


def upstream(*items: tuple[Any, ...]) -> Documents:
    """A Development Environment whose component “Up” delivers these items: name, type, values, description."""
    return _environment("upstream_components", "output_spec", "Up", items)


def downstream(*items: tuple[Any, ...]) -> Documents:
    """A Development Environment whose component “Down” takes these items: name, type, values, description."""
    return _environment("downstream_components", "input_spec", "Down", items)


def _environment(components: str, list_name: str, name: str, items: tuple[tuple[Any, ...], ...]) -> Documents:
    keys = ("item_name", "item_type", "expected_values", "item_description")
    rows = [dict(zip(keys, each, strict=False)) for each in items]
    body = {"version": "1.2", components: [{"component_name": name, list_name: rows}]}
    return {"development_environment": body}


def problem(name: Any) -> Documents:
    return {"system_context": {"version": "1.2", "ml_problem_type": {"ml_problem": name}}}


UP = "development_environment/upstream_components/0/output_spec"
DOWN = "development_environment/downstream_components/0/input_spec"
