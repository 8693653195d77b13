"""A finished check as reports read it: what was found, what was decided, and where it stands in files."""

from __future__ import annotations

import os

from descriptors.catalogue import DESCRIPTORS
from mismatch.findings import SEVERITIES, Report, together
from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from typing import Any

    from descriptors.bundles import Source
    from mismatch.findings import Finding, Place
    from tec.jsonpositions import Lines, Region

OPEN, WAITING, REPEATED = "open", "waiting", "repeated"
"""What a finding is without a decision; the words are those of `mismatch.lifecycle`."""

STANDINGS = {"planned": "fix planned", "accepted": "risk accepted", "dismissed": "not a problem"}
"""What a finding is by a decision, in words."""

SETTLED = ("accepted", "dismissed")


class Settlement(NamedTuple):
    """A decision about a finding that holds."""

    standing: str  # one of STANDINGS
    reason: str = ""
    by: str = ""  # who decided, or the file that says so
    until: str = ""  # the last day it holds, as 2026-03-31; "" for ever
    who: str = ""  # who is to make the planned fix

    @property
    def words(self) -> str:
        """All of it on one line: “risk accepted by Ana until 2026-03-31: the pilot is small”."""
        who = f" for {self.who}" if self.who else ""
        by = f" by {self.by}" if self.by else ""
        until = f" until {self.until}" if self.until else ""
        reason = f": {self.reason}" if self.reason else ""
        return f"{STANDINGS[self.standing]}{who}{by}{until}{reason}"


class Checked:
    """A finished check, and all that a report may tell about it."""

    def __init__(
        self,
        report: Report,
        documents: Mapping[str, Mapping[str, Any] | None],
        project: Mapping[str, str] | None = None,
        origins: Mapping[str, str] | None = None,
        sources: Mapping[str, Source] | None = None,
        *,
        decided: Mapping[str, Settlement] | None = None,
        known: Collection[str] | None = None,
        then: Mapping[str, Finding] | None = None,
        gone: Sequence[Finding] = (),
        fail_on: str = "major",
        home: str = "",
    ) -> None:
        """*documents* are as they were given to the check; *origins* and *sources* as in `reading.Bundle`.

        *decided*: the decisions that hold, by fingerprint. *known*: the fingerprints of what is no news since
        the baseline, None without one; *then*: how its findings were, where that is at hand; *gone*: what it
        had and this check has not. *fail_on*: the least severity that counts as a failure, or "never".
        *home*: the address of the server whose pages explain the rules.
        """
        self.report = report
        self.documents = {name: documents.get(name) or None for name in DESCRIPTORS}
        self.project = project or {}
        self.origins = origins or {}
        self.decided = decided or {}
        self.known = known
        self.then = then or {}
        self.gone = gone
        self.fail_on = fail_on
        self.home = home.rstrip("/")
        self.things = together(report.findings)
        """Each thing wrong once, with the findings that say the same."""
        self._repeated = {other.fingerprint for _, others in self.things for other in others}
        self._sources = sources or {}
        self._extents: dict[str, tuple[Lines, dict[str, tuple[int, int]]]] = {}

    def standing(self, finding: Finding) -> str:
        """What *finding* is: open, waiting, repeated, or what was decided."""
        if finding.fingerprint in self._repeated:
            return REPEATED
        decision = self.decided.get(finding.fingerprint)
        if finding.outcome == "cannot-tell" and not decision:
            return WAITING
        return decision.standing if decision else OPEN

    def open(self, finding: Finding) -> bool:
        """Whether *finding* counts as open; a planned fix is still to be made."""
        return self.standing(finding) in (OPEN, "planned")

    def new(self, finding: Finding) -> bool:
        """Whether the baseline does not have *finding*; without a baseline everything is new."""
        return self.known is None or finding.fingerprint not in self.known

    def age(self, finding: Finding) -> str:
        """What *finding* is against the baseline, one of `mismatch.baseline.AGES`; "" without one."""
        if self.known is None:
            return ""
        then = self.then.get(finding.fingerprint)
        if then is None:
            return "new" if self.new(finding) else "known"
        from mismatch.baseline import age

        return age(then, finding)

    def fails(self, finding: Finding) -> bool:
        """Whether *finding* is not settled, new, and at least as bad as what counts as a failure."""
        standing = self.standing(finding)
        if self.fail_on == "never" or standing in (REPEATED, *SETTLED) or not self.new(finding):
            return False
        return SEVERITIES.index(finding.severity) <= SEVERITIES.index(self.fail_on)

    def counts(self) -> dict[str, int]:
        """How many things are open, by severity, all four named."""
        counts = dict.fromkeys(SEVERITIES, 0)
        for finding, _ in self.things:
            if self.open(finding):
                counts[finding.severity] += 1
        return counts

    @property
    def unsettled(self) -> list[Finding]:
        """Each thing wrong or waiting once, without what decisions settle."""
        return [finding for finding, _ in self.things if self.standing(finding) not in SETTLED]

    def position(self, place: Place) -> tuple[int, int] | None:
        """Line and column of *place*, or of its nearest parent, in its file; None if that is not at hand."""
        region = self.region(place)
        return (region.line, region.column) if region else None

    def region(self, place: Place) -> Region | None:
        """What shows *place*, or its nearest parent, in its file; None if that is not at hand."""
        source = self._sources.get(place.descriptor)
        if source is None:
            return None
        if source.file not in self._extents:
            self._extents[source.file] = _extents(source)
        lines, known = self._extents[source.file]
        pointer = source.pointer + place.pointer
        while pointer not in known and pointer:
            pointer = pointer.rpartition("/")[0]
        return lines.region(*known[pointer]) if pointer in known else None

    def file(self, descriptor: str) -> str:
        """The file that holds *descriptor*, or that it should be in, with “/” between its parts."""
        source = self._sources.get(descriptor)
        if source is not None:
            return _relative(source.file)
        neighbour = next(iter(self._sources.values()), None)
        if neighbour is None:
            return f"{descriptor}.json"
        if neighbour.pointer:
            return _relative(neighbour.file)  # all documents are in this one
        return os.path.join(os.path.dirname(_relative(neighbour.file)), f"{descriptor}.json").replace(
            "\\", "/"
        )


def _relative(file: str) -> str:
    """*file* as seen from the current folder if it is below it, for programs that know no other."""
    if os.path.isabs(file):
        near = os.path.relpath(file)
        file = file if near.startswith("..") else near
    return os.path.normpath(file).replace(os.sep, "/")


def _extents(source: Source) -> tuple[Lines, dict[str, tuple[int, int]]]:
    """What shows each value, by pointer. The door has accepted the bytes already, so they are sound JSON.

    Lines and columns are only counted for what is asked about.
    """
    from tec.jsonpositions import Lines, extents
    from tec.pointers import pointer

    text = source.data.decode("utf-8-sig")  # a byte order mark is no character of the text
    return Lines(text), {pointer(*tokens): extent for tokens, extent in extents(text).items()}
