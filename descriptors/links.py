"""Which fields take their values from another document, and who uses a value that would go away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from descriptors import catalogue, guides

Documents = Mapping[str, Any]


class Link(NamedTuple):
    """A field whose values are defined elsewhere: a choice, or an identifier that repeats another."""

    descriptor: str
    path: str  # "input_spec[].component_mapping.data_item"
    source: str  # the descriptor that defines the values
    source_path: str  # "upstream_components[].output_spec[].item_name"
    within: str  # the neighbouring field that narrows the choice ("component"), or ""


class Use(NamedTuple):
    """One place that uses a value of another document."""

    descriptor: str
    pointer: str
    value: str
    label: str


@cache
def links() -> tuple[Link, ...]:
    """Every link between documents (and within one), from the field guides."""
    found = []
    for descriptor in catalogue.DESCRIPTORS:
        for path, field in guides.guide(descriptor).fields.items():
            if target := field.link or field.readonly_source:
                source, _, source_path = target.partition(":")
                found.append(Link(descriptor, path, source, source_path, field.within or ""))
    return tuple(found)


def uses(documents: Documents, descriptor: str) -> list[Use]:
    """Where other documents use a value that *descriptor* defines, in display order."""
    found = []
    for link in links():
        if link.source != descriptor or link.descriptor == descriptor:
            continue
        defined = {text for _, text in texts_at(documents.get(descriptor), link.source_path)}
        for pointer, text in texts_at(documents.get(link.descriptor), link.path):
            if text in defined:
                found.append(Use(link.descriptor, pointer, text, guides.label(link.descriptor, pointer)))
    return found


def texts_at(body: Any, path: str) -> Iterator[tuple[str, str]]:
    """The non-blank texts at *path* with their pointers; anything of another shape is passed over."""
    for pointer, value in values_at(body, path):
        if isinstance(value, str) and value.strip():
            yield pointer, value


def values_at(body: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every value at *path* ("goals[].id") with its pointer ("/goals/0/id"), rows in order."""
    yield from _walk(body, path.split("."), "")


def _walk(value: Any, steps: list[str], pointer: str) -> Iterator[tuple[str, Any]]:
    if not steps:
        yield pointer, value
        return
    step, rest = steps[0], steps[1:]
    key = step.removesuffix("[]")
    if not isinstance(value, dict) or key not in value:
        return
    if step == key:
        yield from _walk(value[key], rest, f"{pointer}/{key}")
    elif isinstance(value[key], list):
        for index, row in enumerate(value[key]):
            yield from _walk(row, rest, f"{pointer}/{key}/{index}")
