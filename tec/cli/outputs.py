"""Where results go: one format to stdout or --output, any number as `--format NAME=FILE`."""

from __future__ import annotations

from argparse import ArgumentTypeError

from mismatch.reports import format_named, format_names
from tec.cli import console
from tec.plain import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from mismatch.reports import Checked
    from tec.cli.options import Parser


def add_options(parser: Parser) -> None:
    """`--format`, `--output` and the colours."""
    names = format_names()
    parser.add_argument(
        "--format",
        dest="formats",
        type=_format,
        action="append",
        metavar="NAME[=FILE]",
        help=f"how to write the result: {', '.join(names)} (default: text);"
        " with =FILE into that file, and repeat it for several",
    )
    parser.add_argument("--output", metavar="FILE", help="write the result into this file instead of stdout")
    parser.add_colour_option()


def check_options(parser: Parser, options: Namespace) -> None:
    """Complain of two formats for one place."""
    options.formats = options.formats or []
    plain = [name for name, file in options.formats if not file]
    if len(plain) > 1:
        place = options.output or "stdout"
        parser.error(f"only one format can be written to {place}; give the others a file: --format NAME=FILE")
    files = [file for _, file in options.formats if file] + ([options.output] if options.output else [])
    twice = next((file for file in files if files.count(file) > 1), None)
    if twice:
        parser.error(f"two formats cannot be written to one file, {twice}")


def write(checked: Checked, options: Namespace) -> None:
    """Write *checked* in all the formats that were asked for; text to stdout if none is for it."""
    for name, file in options.formats:
        if file:
            _save(name, file, checked)
    name = next((name for name, file in options.formats if not file), "text")
    if options.output:
        _save(name, options.output, checked)
    else:
        console.write(format_named(name).render(checked, console.view(options.colour)))


def _save(name: str, file: str, checked: Checked) -> None:
    from mismatch.reports import View
    from tec.cli import files

    files.replace(file, format_named(name).render(checked, View()).encode("utf-8", "backslashreplace"))


def _format(text: str) -> tuple[str, str]:
    name, separator, file = text.partition("=")
    if name not in format_names():
        raise ArgumentTypeError(f"{quoted(name)} is not a format; known: {', '.join(format_names())}")
    if separator and not file:
        raise ArgumentTypeError(f"{quoted(text)} names no file; write {name}=FILE")
    return name, file


def names_of(options: Namespace) -> Sequence[str]:
    """The formats that were asked for."""
    return [name for name, _ in options.formats] or ["text"]
