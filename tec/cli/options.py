"""Reads the options of a command; what all commands have in common."""

from __future__ import annotations

import argparse
import sys

from tec.cli import BAD_INPUT, console
from tec.plain import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


class Parser(argparse.ArgumentParser):
    """A parser for `tec COMMAND` whose complaints look like all others of ours."""

    def __init__(self, command: str, description: str, epilog: str) -> None:
        super().__init__(
            prog=f"tec {command}",
            description=description,
            epilog=epilog,
            allow_abbrev=False,
            # Without a width, argparse loads many modules to find it out, even when nobody wants help.
            formatter_class=lambda prog: argparse.HelpFormatter(prog, width=console.width() - 2),
        )

    def add_colour_option(self) -> None:
        """For the commands that write a text for people."""
        self.add_argument(
            "--color",
            "--colour",
            dest="colour",
            choices=("auto", "always", "never"),
            default="auto",
            help="colours in the text (default: on a terminal, unless NO_COLOR is set)",
        )

    def add_files(self) -> None:
        """For the commands that take any number of inputs."""
        self.add_argument(
            "files", metavar="FILE", nargs="+", help="descriptor file, folder of them, zip or JSON bundle"
        )

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the options in one line, and leave."""
        console.complain(f"{visible(message)}. “{self.prog} --help” explains the options.")
        sys.exit(BAD_INPUT)
