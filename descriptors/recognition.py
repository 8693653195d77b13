"""Tells which descriptor a file or a document is, from its name or from its keys."""

from __future__ import annotations

import re

from descriptors import catalogue
from descriptors.guides import guide
from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

PROJECT_FILE = "project.json"

_UNTELLING = frozenset({"version", "documentation"})
"""Keys that every descriptor has."""

_EXPORTED = (
    rf"(?P<project>.*\S)\s+-\s+(?P<title>{'|'.join(catalogue.NAMES.values())})"
    r"(?:\s*\(\d+\))?"  # what browsers add to a second download
    r"(?:\.json)?"
)
"""The names that the original TEC gives its exports; the extension depends on the browser."""


class Named(NamedTuple):
    """What a file name tells."""

    descriptor: str
    project: str = ""


def by_file_name(name: str) -> Named | None:
    """The descriptor, and perhaps the project, that the file name (without folders) names.

    Known are `system_context.json`, also with spaces, hyphens or capitals, and the names of the original
    TEC: `Loans - System Context`, with or without `.json`.
    """
    stem, dot, extension = name.rpartition(".")
    if dot and extension.lower() == "json":
        plain = re.sub(r"[\s_-]+", "_", stem.strip().lower())
        if plain in catalogue.NAMES:
            return Named(plain)
    if "-" not in name:
        return None
    exported = re.fullmatch(_EXPORTED, name, re.IGNORECASE | re.DOTALL)
    if exported is None:
        return None
    return Named(exported["title"].lower().replace(" ", "_"), exported["project"])


def by_content(body: Mapping[str, Any]) -> tuple[str, ...]:
    """The descriptors whose schemas know most of the top-level keys of *body*.

    Several if they know equally many; none if fewer than half of the keys are known to any.
    """
    known = _known_keys(body)
    most = max(known.values())
    if not most or most * 2 < len(body.keys() - _UNTELLING):
        return ()
    return tuple(descriptor for descriptor, count in known.items() if count == most)


def looks_like_another(body: Mapping[str, Any], descriptor: str) -> str:
    """The one other descriptor that *body* clearly is, although it came as *descriptor*; else ""."""
    if body.keys() <= _newest_keys(descriptor):
        return ""
    candidates = by_content(body)
    if len(candidates) != 1 or descriptor in candidates:
        return ""
    known = _known_keys(body)
    most, own = known[candidates[0]], known[descriptor]
    explains_all = most == len(body.keys() - _UNTELLING)
    return candidates[0] if explains_all or own * 2 <= most else ""


def _known_keys(body: Mapping[str, Any]) -> dict[str, int]:
    """How many of the telling keys of *body* each descriptor has."""
    keys = body.keys() - _UNTELLING
    return {descriptor: len(keys & properties(descriptor)) for descriptor in catalogue.DESCRIPTORS}


def _newest_keys(descriptor: str) -> set[str]:
    """The top-level keys in the newest version, from the field guide: a check has that at hand anyway."""
    fields = {key for section in guide(descriptor).sections for key in section.fields}
    return fields | _UNTELLING


def properties(descriptor: str) -> set[str]:
    """The top-level keys of *descriptor* in any version."""
    return {
        key
        for version in catalogue.versions(descriptor)
        for key in catalogue.schema(descriptor, version).get("properties", {})
    }


def known_names() -> str:
    """The descriptors as a list for messages: “system_context, raw_data, …”."""
    return ", ".join(catalogue.DESCRIPTORS)
