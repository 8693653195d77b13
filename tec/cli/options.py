"""Reads the options of a command; what all commands have in common."""

from __future__ import annotations

import argparse
import sys

from tec.cli import BAD_INPUT, console
from tec.plain import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


class Refused(ValueError):
    """A command cannot do what it is asked to; the message says why and what to do, in one line."""


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


def add_server_options(parser: Parser) -> None:
    """The options of the commands that talk to a server."""
    parser.add_argument(
        "--server", metavar="URL", help="address of the server (default: TEC_SERVER, else where it was last)"
    )
    parser.add_argument(
        "--project", metavar="SLUG", help="the project there (default: TEC_PROJECT, else the last one)"
    )
    parser.add_argument(
        "--token-file",
        metavar="FILE",
        help="file that holds the API token (default: TEC_TOKEN_FILE, or the token itself in TEC_TOKEN)",
    )
    parser.add_argument(
        "--allow-http", action="store_true", help="talk to a server that has no https; others may listen"
    )
