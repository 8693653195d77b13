"""`tec push --check`: has the server check, waits, and shows what it found as `tec check` does."""

from __future__ import annotations

import sys
import time

from mismatch.findings import Report
from mismatch.reports import Checked, Settlement, format_named
from mismatch.results import finding_from
from tec.cli import checking, console
from tec.cli.remote import RemoteProblem
from tec.plain import shortened, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Mapping
    from typing import Any

    from descriptors.reading import Bundle
    from tec.cli.exchange import Row
    from tec.cli.remote import Server

PAGE = 200
MOST_PAGES = 200
SHORTEST, LONGEST = 1.0, 5.0  # seconds between two questions

pause = time.sleep


def check(server: Server, project: str, bundle: Bundle, rows: Mapping[str, Row], options: Namespace) -> int:
    """The exit status of the check that the server makes of what it has now. Raises RemoteProblem."""
    number = _number(server, server.ask("POST", f"projects/{project}/checks/", b"{}").json())
    outcomes = _outcomes(server, project, number, options.wait)
    found = list(_findings(server, project, number))
    findings = [finding_from(server.address, row, "") for row in found]
    others = {name: {"version": None} for name, row in rows.items() if row.present}
    result = Checked(
        Report(findings, outcomes),
        {**others, **bundle.documents},  # of what only the server has, we know that it is there
        bundle.project,
        bundle.origins,
        bundle.sources,
        decided={row["fingerprint"]: each for row in found if (each := _settlement(row))},
        fail_on=options.fail_on,
    )
    console.write("\n" + format_named("text").render(result, console.view(options.colour)))
    console.write(f"Check {number}: {server.address}/projects/{project}/checks/{number}/\n")
    return checking.status(result)


def _number(server: Server, value: Any) -> int:
    number = value.get("number") if isinstance(value, dict) else None
    if not isinstance(number, int):
        raise RemoteProblem(f"{server.address} answers in a way that this version does not know. Update tec.")
    return number


def _outcomes(server: Server, project: str, number: int, patience: int) -> dict[str, str]:
    """What every rule said, once the check is done; how far it is, on stderr."""
    progress = _Progress()
    end = time.monotonic() + patience
    between = SHORTEST
    while True:
        value = server.get(f"projects/{project}/checks/{number}/")
        state = shortened(str(value.get("state")))
        if state == "done":
            progress.end()
            return {str(code): str(said) for code, said in value["outcomes"].items()}
        if state == "failed":
            progress.end()
            said = visible(str(value.get("error") or "no reason given"))
            raise RemoteProblem(f"check {number} failed on the server: {said}")
        progress.show(number, state, value.get("progress"))
        if time.monotonic() + between > end:
            progress.end()
            raise RemoteProblem(
                f"check {number} is still {state} after {patience} seconds. Look at"
                f" {server.address}/projects/{project}/checks/{number}/, or wait longer with --wait."
            )
        pause(between)
        between = min(between * 1.5, LONGEST)


def _findings(server: Server, project: str, number: int) -> Iterator[dict[str, Any]]:
    """Everything that the check found, settled or not."""
    for page in range(1, MOST_PAGES + 1):
        query = {"state": "all", "page": str(page), "page_size": str(PAGE)}
        value = server.get(f"projects/{project}/checks/{number}/findings/", query)
        yield from value["results"]
        if not value.get("next"):
            return


def _settlement(row: Mapping[str, Any]) -> Settlement | None:
    """What was decided about a finding, if it holds."""
    decision = row.get("decision")
    if row.get("standing") not in ("accepted", "dismissed", "planned") or not isinstance(decision, dict):
        return None
    who, by, until = (str(decision.get(key) or "") for key in ("who", "author", "until"))
    return Settlement(row["standing"], str(decision.get("reason") or ""), by, until, who)


class _Progress:
    """One line on stderr that changes on a terminal; elsewhere one line for each state."""

    def __init__(self) -> None:
        self._last = ""
        self._moving = sys.stderr is not None and sys.stderr.isatty()

    def show(self, number: int, state: str, done: Any) -> None:
        text = f"check {number} is {state}"
        if self._moving and isinstance(done, dict) and done.get("total"):
            text += f", {shortened(str(done.get('done')))} of {shortened(str(done['total']))}"
        if text == self._last:
            return
        if self._moving:
            print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
        else:
            console.note(text)
        self._last = text

    def end(self) -> None:
        if self._moving and self._last:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
