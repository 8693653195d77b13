"""The tables of the page about rights: what each role may do, and which team edits which document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from tec.projects.models import Role
from tec.projects.rights import EDITORS, HOLDERS, TEAMS, Right, may_edit, name_of

if TYPE_CHECKING:
    from tec.projects.models import Project

RIGHTS = {
    Right.SEE: "Read everything, compare, export, keep views of their own",
    Right.CHECK: "Start a check",
    Right.DECIDE: "Decide about findings, take decisions back, comment, assign",
    Right.APPROVE: "Approve what others decided about critical findings; choose the baseline",
    Right.MANAGE: "Settings, members, invitations, who edits what; archive and delete",
}


class Line(NamedTuple):
    """What one right lets people do, and for each role whether it has it."""

    what: str
    cells: list[tuple[Role, bool]]


class Cell(NamedTuple):
    """Whether members of a role edit a document."""

    role: Role
    value: str  # what the box sends
    allowed: bool
    open: bool  # whether a project may say otherwise
    usual: bool  # as it is unless a project says otherwise


class Document(NamedTuple):
    descriptor: str
    name: str
    cells: list[Cell]

    @property
    def unusual(self) -> bool:
        return any(cell.allowed != cell.usual for cell in self.cells)


def rights_table() -> list[Line]:
    return [Line(what, [(role, role in HOLDERS[right]) for role in Role]) for right, what in RIGHTS.items()]


def matrix_of(project: Project) -> list[Document]:
    """The eight documents with a cell for each role."""
    return [
        Document(descriptor, name_of(descriptor), [_cell(role, descriptor, project) for role in Role])
        for descriptor in EDITORS
    ]


def _cell(role: Role, descriptor: str, project: Project) -> Cell:
    return Cell(
        role,
        f"{descriptor}:{role}",
        may_edit(role, descriptor, project.edit_deviations),
        role in TEAMS,
        may_edit(role, descriptor, {}),
    )


def pairs(sent: Sequence[str] | None) -> set[tuple[str, str]]:
    """The ticked boxes as pairs of descriptor and team; None stands for those usually ticked."""
    every = {f"{descriptor}:{team}": (descriptor, str(team)) for descriptor in EDITORS for team in TEAMS}
    if sent is None:
        return {pair for pair in every.values() if pair[1] in EDITORS[pair[0]]}
    if unknown := set(sent) - set(every):
        raise ValueError(f"“{min(unknown)[:60]}” is no box of this table.")
    return {every[value] for value in sent}
