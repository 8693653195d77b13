"""Fills in forms as a browser would, without one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from descriptors import catalogue
from descriptors.editor import nodes
from descriptors.editor.choices import Choices
from descriptors.editor.layout import Layout
from descriptors.editor.plan import FormPlan, plan_for
from descriptors.editor.posted import Reading, read_form

EXAMPLES = Path(__file__).parents[3] / "examples"


def example_documents() -> list[tuple[str, str, dict[str, Any]]]:
    """Every document of every example: (project, descriptor, body)."""
    found = []
    for folder in sorted(path for path in EXAMPLES.iterdir() if path.is_dir()):
        for descriptor in catalogue.DESCRIPTORS:
            file = folder / f"{descriptor}.json"
            if file.exists():
                found.append((folder.name, descriptor, json.loads(file.read_text("utf-8"))))
    return found


def example(project: str, descriptor: str) -> dict[str, Any]:
    return json.loads((EXAMPLES / project / f"{descriptor}.json").read_text("utf-8"))


def laid_out(
    plan: FormPlan, saved: dict[str, Any] | None, state: Mapping[str, str] | None = None, **documents: Any
) -> Layout:
    state = state or {}
    reading = read_form(plan, saved, state)
    choices = Choices(plan.descriptor, documents, reading.document, {"item_types": ["Integer", "Float"]})
    return Layout(plan, saved, state, reading, choices)


def submitted(layout: Layout) -> dict[str, str]:
    """What the browser sends back if nobody touches anything."""
    state: dict[str, str] = {}
    for section in layout.plan.sections:
        state.update(sent(layout.section(section.plans)))
    state.update(sent(layout.unknown()))
    return state


def sent(found: Iterable[nodes.Node]) -> Iterator[tuple[str, str]]:
    for node in found:
        if isinstance(node, nodes.Input):
            if node.kind != "fixed":
                yield node.name, node.text.replace("\n", "\r\n")
        elif isinstance(node, nodes.Flags):
            yield from sent(node.inputs)
        elif isinstance(node, nodes.List):
            yield node.name, node.order
            for entry in node.entries:
                yield from sent(entry.nodes)
        else:
            yield from sent(node.nodes)


def inputs(found: Iterable[nodes.Node]) -> Iterator[nodes.Input]:
    """Every input, in the order of the page."""
    for node in found:
        if isinstance(node, nodes.Input):
            yield node
        elif isinstance(node, nodes.Flags):
            yield from node.inputs
        elif isinstance(node, nodes.List):
            for entry in node.entries:
                yield from inputs(entry.nodes)
        else:
            yield from inputs(node.nodes)


def posted(descriptor: str, saved: dict[str, Any] | None, **texts: str) -> Reading:
    """The form of *descriptor* read back after typing; names with __ for / ("goals__0__goal")."""
    state = {"/" + name.replace("__", "/"): text for name, text in texts.items()}
    return read_form(plan_for(descriptor), saved, state)
