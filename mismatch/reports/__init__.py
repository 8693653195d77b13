"""How the result of a check is written: one module per format, all given the same finished result.

A new format is one module here. It declares itself with `@report` on a function that turns a `Checked` into
text; the module is called like the format. The command line, the pages and the API find it by that name.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import NamedTuple

from descriptors.catalogue import DESCRIPTORS
from mismatch.findings import Report
from tec.registry import Registry, discover

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from descriptors.bundles import Source
    from mismatch.findings import Place

    Render = Callable[["Checked", "View"], str]


class Checked:
    """A finished check, and all that a report may tell about it."""

    def __init__(
        self,
        report: Report,
        documents: Mapping[str, Mapping[str, Any] | None],
        project: Mapping[str, str] | None = None,
        origins: Mapping[str, str] | None = None,
        sources: Mapping[str, Source] | None = None,
    ) -> None:
        """*documents* are as they were given to the check; *origins* and *sources* as in `reading.Bundle`."""
        self.report = report
        self.documents = {name: documents.get(name) or None for name in DESCRIPTORS}
        self.project = project or {}
        self.origins = origins or {}
        self._sources = sources or {}
        self._positions: dict[str, dict[str, tuple[int, int]]] = {}

    def position(self, place: Place) -> tuple[int, int] | None:
        """Line and column of *place*, or of its nearest parent, in its file; None if that is not at hand."""
        source = self._sources.get(place.descriptor)
        if source is None:
            return None
        if source.file not in self._positions:
            self._positions[source.file] = _positions(source)
        known = self._positions[source.file]
        pointer = source.pointer + place.pointer
        while pointer not in known and pointer:
            pointer = pointer.rpartition("/")[0]
        return known.get(pointer)


class View(NamedTuple):
    """How the reader sees a report; formats for programs ignore it."""

    width: int = 80
    colour: bool = False


class Format(NamedTuple):
    """One way to write a result."""

    name: str
    title: str  # for menus: "Text for a terminal"
    media_type: str
    extension: str  # of a downloaded file, with its dot
    render: Render


FORMATS: Registry[Format] = Registry("report format")


def report(
    name: str, *, title: str, media_type: str, extension: str, registry: Registry[Format] = FORMATS
) -> Callable[[Render], Render]:
    """Register the decorated function as the format *name*."""

    def register(render: Render) -> Render:
        registry.add(name, Format(name, title, media_type, extension, render))
        return render

    return register


def format_named(name: str) -> Format:
    """The format *name*; only its own module is loaded. KeyError, naming what is known, if there is none."""
    if name not in FORMATS and name in format_names():
        import_module(f"{__name__}.{name}")
    return FORMATS[name]


def format_names() -> list[str]:
    """The names of all formats, in alphabetical order, without loading them."""
    modules = [file[:-3] for file in os.listdir(__path__[0]) if file.endswith(".py")]
    return sorted(name for name in modules if not name.startswith("_"))


def all_formats() -> list[Format]:
    """Every format, for menus and documentation."""
    discover(__name__)
    return list(FORMATS)


def _positions(source: Source) -> dict[str, tuple[int, int]]:
    """Line and column by pointer. The door has accepted the bytes already, so they are sound JSON."""
    from tec.jsonpositions import positions
    from tec.pointers import pointer

    text = source.data.decode("utf-8-sig")
    return {pointer(*tokens): place for tokens, place in positions(text).items()}
