"""The command as a whole: finding commands, ending well, and what goes wrong around them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tec.cli import command_names
from tec.cli.commands import check
from tests.tec.cli.conftest import Tec

HERE = Path(__file__).parents[3]
TEC = [sys.executable, "-c", "import sys; from tec.cli import main; sys.exit(main())"]


def process(*arguments: object, **options: object) -> subprocess.CompletedProcess[bytes]:
    """`tec` as a process of its own."""
    settings = {"capture_output": True, "cwd": HERE, "timeout": 60, **options}
    return subprocess.run([*TEC, *map(str, arguments)], **settings)  # type: ignore[call-overload,no-any-return]


def test_without_a_command_all_are_listed(tec: Tec) -> None:
    ran = tec()
    assert ran.status == 2
    assert all(f"\n  {name} " in ran.out for name in command_names())


@pytest.mark.parametrize("word", ["--help", "-h", "help"])
def test_help_is_no_mistake(tec: Tec, word: str) -> None:
    assert tec(word).status == 0


@pytest.mark.parametrize("name", command_names())
def test_every_command_explains_itself(tec: Tec, name: str) -> None:
    ran = tec(name, "--help")
    assert ran.status == 0
    assert ran.out.startswith(f"usage: tec {name}")


def test_the_version_is_that_of_the_distribution(tec: Tec) -> None:
    assert tec("--version").out.startswith("tec ")


def test_a_misspelt_command_is_answered_with_the_meant_one(tec: Tec) -> None:
    ran = tec("chekc")
    assert ran.status == 2
    assert "“chekc” is not a command. Did you mean “check”?" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [("check",), ("check", "x", "--fail-on", "worst"), ("check", "x", "--colour=\x1b[31m"), ("upgrade",)],
)
def test_a_mistake_in_the_options_is_one_line(tec: Tec, arguments: tuple[str, ...]) -> None:
    ran = tec(*arguments)
    assert ran.status == 2
    assert ran.out == ""
    assert ran.err.startswith("tec: ")
    assert ran.err.count("\n") == 1
    assert "\x1b" not in ran.err


def test_a_stop_from_the_keyboard_is_one_line(tec: Tec, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(check, "run", stopped)
    assert tec("check", "x") == (130, "", "tec: stopped.\n")


def test_a_fault_of_our_own_is_not_mistaken_for_findings(tec: Tec, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(arguments: object) -> int:
        raise KeyError("oops")

    monkeypatch.setattr(check, "run", broken)
    ran = tec("check", "x")
    assert ran.status == 2
    assert "KeyError: 'oops'" in ran.err
    assert "a fault in TEC itself" in ran.err


def test_django_is_never_loaded(loans: Path, triage: Path) -> None:
    script = """
import sys
from tec.cli import main
for arguments in (["check", sys.argv[1]], ["check", sys.argv[2], "--format", "json"], ["validate", sys.argv[1]],
                  ["upgrade", sys.argv[1]], ["rules"], ["rules", "TEC-2"], ["gate", "deploy", sys.argv[1]],
                  ["diff", sys.argv[1], sys.argv[2]], ["push", sys.argv[1]]):
    main(arguments)
loaded = {name.partition(".")[0] for name in sys.modules}
print("FOREIGN", sorted(loaded & {"django", "rest_framework", "celery", "kombu", "click", "yaml"}))
"""
    ran = subprocess.run(
        [sys.executable, "-c", script, loans, triage], capture_output=True, cwd=HERE, check=False
    )
    assert ran.stdout.decode().splitlines()[-1] == "FOREIGN []", ran.stderr.decode()


def test_checking_loads_no_module_that_is_slow_to_load(loans: Path) -> None:
    script = """
import sys
from tec.cli import main
main(["check", sys.argv[1]])
print("SLOW", sorted({"jsonschema", "tomllib", "zipfile", "git", "shutil", "inspect", "asyncio", "tempfile",
                 "ssl", "urllib.request", "mismatch.baseline", "mismatch.ignoring.file"} & set(sys.modules)))
"""
    ran = subprocess.run([sys.executable, "-c", script, loans], capture_output=True, cwd=HERE, check=False)
    assert ran.stdout.decode().splitlines()[-1] == "SLOW []", ran.stderr.decode()


def test_a_reader_that_goes_away_is_no_error(triage: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        [*TEC, "check", triage], stdout=writing, stderr=subprocess.PIPE, cwd=HERE, check=False
    )
    os.close(writing)
    assert ran.returncode == 141
    assert ran.stderr.decode() in ("", "tec: ignored, being no descriptors: expected.json\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no /dev/full")
def test_a_full_disk_is_one_line(triage: Path) -> None:
    with open("/dev/full", "wb") as full:
        ran = process(
            "check", triage, "--format", "json", capture_output=False, stdout=full, stderr=subprocess.PIPE
        )
    assert ran.returncode == 2
    assert (
        ran.stderr.decode().splitlines()[-1] == "tec: the result cannot be written: No space left on device."
    )


def test_a_terminal_without_unicode_gets_escapes(triage: Path) -> None:
    ran = process("check", triage, env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(HERE)})
    assert ran.returncode == 1
    assert b"\\u201c" in ran.stdout


def test_a_closed_output_is_no_fault(loans: Path) -> None:
    command = " ".join(
        ["exec", sys.executable, "-c", "'import sys; from tec.cli import main; sys.exit(main())'"]
    )
    ran = subprocess.run(
        ["sh", "-c", f'{command} check "$0" >&-', loans], capture_output=True, cwd=HERE, check=False
    )
    assert ran.returncode == 0
    assert b"Traceback" not in ran.stderr
