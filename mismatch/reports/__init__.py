"""How the result of a check is written: one module per format, all given the same finished result.

A new format is one module here. It declares itself with `@report` on a function that turns a `Checked` into
text; the module is called like the format. The command line, the pages and the API find it by that name.
"""

from __future__ import annotations

import os
from importlib import import_module

from mismatch.reports._checked import Checked, Settlement
from tec.named import NamedTuple
from tec.registry import Registry, discover

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Render = Callable[[Checked, "View"], str]

__all__ = ["Checked", "Format", "Settlement", "View", "all_formats", "format_named", "format_names", "report"]


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
