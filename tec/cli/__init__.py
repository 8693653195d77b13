"""The command `tec`: checks descriptors without server, network or Django; a module in `commands` each."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

CLEAN, FINDINGS, BAD_INPUT = 0, 1, 2
"""Exit status: nothing to complain of; findings at or above the limit; the input cannot be used."""

_INTERRUPTED = 130
_BROKEN_PIPE = 141  # what the shell reports of a program that nobody reads any more


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    from tec.cli import console

    gc.set_threshold(500_000)  # a command is over before looking for garbage more often would pay
    arguments = list(sys.argv[1:] if argv is None else argv)
    console.prepare()
    try:
        status = _run(arguments)
        console.flush()
    except KeyboardInterrupt:
        console.complain("stopped.")
        return _INTERRUPTED
    except BrokenPipeError:
        console.give_up_output()
        return _BROKEN_PIPE
    except OSError as error:
        console.give_up_output()
        console.complain(console.os_problem(error))
        return BAD_INPUT
    except SystemExit as left:  # argparse, after --help or a mistake in the options
        return left.code if isinstance(left.code, int) else BAD_INPUT
    except Exception:
        # Left to itself, Python would exit with 1, which is to say that there are findings.
        console.complain_of_fault()
        return BAD_INPUT
    return status


def _run(arguments: list[str]) -> int:
    name = arguments[0] if arguments else "--help"
    if name in ("-h", "--help", "help"):
        from tec.cli.overview import overview

        print(overview())
        return CLEAN if arguments else BAD_INPUT
    if name in ("-V", "--version", "version"):
        from tec.cli.overview import version

        print(f"tec {version()}")
        return CLEAN
    if name not in command_names():
        from tec.cli.console import complain
        from tec.cli.overview import unknown

        complain(unknown(name))
        return BAD_INPUT
    from importlib import import_module

    command = import_module(f"tec.cli.commands.{name}")
    status: int = command.run(arguments[1:])
    return status


def command_names() -> list[str]:
    """All commands, by the modules there are."""
    folder = os.path.join(os.path.dirname(__file__), "commands")
    modules = [file[:-3] for file in os.listdir(folder) if file.endswith(".py")]
    return sorted(name for name in modules if not name.startswith("_"))
