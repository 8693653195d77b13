"""Writes to the terminal: safe in any encoding, complaints to stderr, colours only where they are wanted."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.reports import View

_NARROWEST, _USUAL, _WIDEST = 40, 80, 120


def prepare() -> None:
    """Let characters that the terminal cannot show be escaped instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def write(text: str) -> None:
    """A finished piece of the result, on stdout."""
    print(text, end="")


def complain(text: str) -> None:
    """One line on stderr, marked as ours."""
    flush()  # so that the two streams keep their order where they meet
    print(f"tec: {text}", file=sys.stderr)


def note(text: str) -> None:
    """A further line of a complaint, on stderr."""
    flush()
    print(text, file=sys.stderr)


def complain_of_fault() -> None:
    """An exception that nobody expected: shown whole, because somebody has to repair it."""
    import traceback

    traceback.print_exc()
    complain("this is a fault in TEC itself; please report it with the lines above.")


def os_problem(error: OSError) -> str:
    """What the operating system objects to, in one line."""
    from tec.plain import visible

    named = isinstance(error.filename, str | bytes)
    what = visible(os.fsdecode(error.filename)) if named else "the result cannot be written"
    return f"{what}: {error.strerror or error}."


def flush() -> None:
    """Write out what is held back. Raises OSError if nobody takes it."""
    if sys.stdout is not None:  # None if it was closed before we started
        sys.stdout.flush()


def give_up_output() -> None:
    """After a failed write: keep the interpreter from trying once more, and complaining, when it ends."""
    try:
        flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def view(colour: str) -> View:
    """Width and colour for whoever reads stdout; *colour* is auto, always or never."""
    from mismatch.reports import View

    return View(width(), _coloured(colour))


def width() -> int:
    """Columns to write in: those of the terminal within reason, 80 where there is none."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit():
        found = int(columns)
    else:
        try:
            found = os.get_terminal_size(sys.stdout.fileno()).columns
        except (OSError, ValueError, AttributeError):  # no terminal, no file, or nothing at all
            found = _USUAL
    return max(_NARROWEST, min(found or _USUAL, _WIDEST))


def _coloured(wish: str) -> bool:
    if wish != "auto":
        return wish == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout is not None and sys.stdout.isatty()
