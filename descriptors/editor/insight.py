"""The questions a form asks about findings; the app that has the rules answers them.

Forms live below the rules and must not import them. So the app with the rules installs an `Insight` here when
it is loaded; until then a form simply has no findings to show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tec.projects.models import Project

    Documents = Mapping[str, Any]


class Spot(NamedTuple):
    """One place that shows a finding."""

    descriptor: str
    pointer: str
    label: str
    value: Any


class Remark(NamedTuple):
    """A finding as a form shows it."""

    code: str
    rule: str  # slug of the rule
    kind: str  # "mismatch" or "missing"
    outcome: str  # "fail" or "cannot-tell"
    severity: str
    message: str
    remedy: str
    spots: tuple[Spot, ...]
    fingerprint: str
    url: str = ""  # where the finding is reviewed
    fresh: bool = False  # not seen by the last check: it came with a change since

    @property
    def tone(self) -> str:
        """How it is drawn: by its severity, or as waiting where the rule had nothing to compare with."""
        return "wait" if self.outcome == "cannot-tell" else self.severity


class LastCheck(NamedTuple):
    """What the last finished check says about the documents as they are now."""

    number: int  # 0: nothing was ever checked
    url: str
    remarks: tuple[Remark, ...]
    gone: int  # findings of that check that the documents no longer show


class Preview(NamedTuple):
    """What saving would do."""

    opened: tuple[Remark, ...]
    fixed: tuple[Remark, ...]


class Filled(NamedTuple):
    """How many of the fields that have to be filled in are."""

    filled: int
    of: int


class Insight(Protocol):
    def last_check(self, project: Project, documents: Documents) -> LastCheck: ...

    def preview(self, project: Project, before: Documents, after: Documents) -> Preview: ...

    def missing(self, project: Project, descriptor: str, body: Any) -> tuple[Remark, ...]:
        """The fields of one document that have to be filled in and are not."""
        ...

    def filled(self, descriptor: str, body: Any) -> Filled: ...


class Nothing:
    """Answers when no app with rules is there."""

    def last_check(self, project: Project, documents: Documents) -> LastCheck:
        return LastCheck(0, "", (), 0)

    def preview(self, project: Project, before: Documents, after: Documents) -> Preview:
        return Preview((), ())

    def missing(self, project: Project, descriptor: str, body: Any) -> tuple[Remark, ...]:
        return ()

    def filled(self, descriptor: str, body: Any) -> Filled:
        return Filled(0, 0)


_installed: list[Insight] = [Nothing()]


def install(insight: Insight) -> None:
    """Have *insight* answer from now on."""
    _installed[:] = [insight]


def insight() -> Insight:
    return _installed[0]
