"""Documents with just what a rule reads, written as short as the facts allow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Doc = dict[str, Any]
Item = tuple[Any, Any, Any, Any]
"""Name, type, component, data item."""


def item(name: Any, kind: Any, component: Any, data_item: Any) -> Doc:
    """A row of an interface that is mapped to an item of a component."""
    return {
        "item_name": name,
        "item_type": kind,
        "component_mapping": {"component": component, "data_item": data_item},
    }


def model(*outputs: Item, final: tuple[Item, ...] | None = None, **fields: Any) -> dict[str, Doc]:
    """A Trained Model with these outputs; with *final* ones post-processing is on."""
    body: Doc = {"version": "1.2", "output_spec": [item(*output) for output in outputs]}
    if final is not None:
        body |= {"post_processing": True, "final_output_spec": [item(*output) for output in final]}
    return {"trained_model": body | fields}


def pipeline(*inputs: Item) -> dict[str, Doc]:
    """A Data Pipeline with these inputs."""
    return {"data_pipeline": {"version": "1.2", "input_spec": [item(*each) for each in inputs]}}


def environment(
    down: Mapping[str, Mapping[str, Any]] | None = None,
    up: Mapping[str, Mapping[str, Any]] | None = None,
    **fields: Any,
) -> dict[str, Doc]:
    """A Development Environment whose components (name → item → type) take and deliver items."""
    body: Doc = {"version": "1.2"}
    for name, items, components in (
        ("downstream_components", "input_spec", down),
        ("upstream_components", "output_spec", up),
    ):
        if components is not None:
            body[name] = [component(each, items, rows) for each, rows in components.items()]
    return {"development_environment": body | fields}


def component(name: Any, items: str, rows: Mapping[str, Any]) -> Doc:
    """A component with its items (name → type)."""
    return {
        "component_name": name,
        items: [{"item_name": each, "item_type": kind} for each, kind in rows.items()],
    }
