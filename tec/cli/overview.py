"""What `tec` says about itself: its commands, its version, and what a misspelt command was meant to be."""

from __future__ import annotations

from tec.cli import command_names
from tec.plain import quoted


def overview() -> str:
    """All commands with one line each."""
    from importlib import import_module

    names = command_names()
    width = max(len(name) for name in names)
    lines = [f"  {name:{width}}  {import_module(f'tec.cli.commands.{name}').SUMMARY}" for name in names]
    return "\n".join(
        [
            "usage: tec COMMAND …",
            "",
            "Finds ML mismatch: compares what the descriptors of a system assume about each other.",
            "",
            *lines,
            "",
            "“tec COMMAND --help” explains one of them; “tec --version” prints the version.",
            "Exit status: 0 clean, 1 findings, 2 input that cannot be used.",
        ]
    )


def version() -> str:
    """The version of the installed distribution."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("tec")
    except PackageNotFoundError:
        return "(not installed)"


def unknown(name: str) -> str:
    """For a command that does not exist: the one that was probably meant, and all there are."""
    from difflib import get_close_matches

    names = command_names()
    close = get_close_matches(name, names, 1)
    hint = f"Did you mean “{close[0]}”? " if close else ""
    return f"{quoted(name)} is not a command. {hint}Known: {', '.join(names)}."
