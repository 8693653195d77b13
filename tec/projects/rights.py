"""Which role may do what in a project: the rights, who has them, and the words for them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from tec.projects.models import Role


class Right(StrEnum):
    """What somebody may do in a project. Every page and every route asks for exactly one."""

    SEE = "see"
    EDIT = "edit"  # one document, or without a descriptor all eight at once
    CHECK = "check"  # start a check
    DECIDE = "decide"  # decide about findings, take decisions back, comment, assign
    APPROVE = "approve"  # approve what others decided about critical findings, choose the baseline
    MANAGE = "manage"  # settings, members, the matrix of who edits what, archive, delete


TEAMS = (Role.DATA_SCIENTIST, Role.SOFTWARE_ENGINEER, Role.OPERATOR)
"""The roles that write descriptors. An owner may write all; reviewers and viewers write none, or they
would be something else."""

HOLDERS: dict[Right, tuple[Role, ...]] = {
    Right.SEE: tuple(Role),
    Right.CHECK: (Role.OWNER, *TEAMS, Role.REVIEWER),
    Right.DECIDE: (Role.OWNER, *TEAMS, Role.REVIEWER),
    Right.APPROVE: (Role.OWNER, Role.REVIEWER),
    Right.MANAGE: (Role.OWNER,),
}
"""Right → who has it; who may edit is a matrix that each project may change."""

EDITORS: dict[str, tuple[Role, ...]] = {
    "system_context": (Role.SOFTWARE_ENGINEER,),
    "raw_data": (Role.DATA_SCIENTIST,),
    "data_pipeline": (Role.DATA_SCIENTIST,),
    "training_data": (Role.DATA_SCIENTIST,),
    "trained_model": (Role.DATA_SCIENTIST,),
    "development_environment": (Role.SOFTWARE_ENGINEER,),
    "production_environment": (Role.OPERATOR,),
    "production_data": (Role.SOFTWARE_ENGINEER, Role.OPERATOR),
}
"""Descriptor → the teams that edit it unless the project says otherwise: its producers. Product and system
owners are the project's owners, architects and integrators software engineers, data engineers and model
developers data scientists. Consumers read it, and say what is wrong by deciding about findings."""

Deviations = Mapping[str, Mapping[str, bool]]
"""Descriptor → team → whether it may edit, where that differs from EDITORS."""

DOING = {
    Right.SEE: "reading it",
    Right.EDIT: "editing all documents at once",
    Right.CHECK: "starting a check",
    Right.DECIDE: "deciding about findings",
    Right.APPROVE: "approving decisions and choosing the baseline",
    Right.MANAGE: "changing settings and members",
}


def may_edit(role: str, descriptor: str, deviations: Deviations) -> bool:
    """Whether members of this role may edit the document; only teams depend on the project."""
    if role not in TEAMS:
        return role == Role.OWNER
    return deviations.get(descriptor, {}).get(role, role in EDITORS[descriptor])


def holders(right: Right, descriptor: str | None, deviations: Deviations) -> tuple[Role, ...]:
    """The roles that have *right* in a project with these *deviations*."""
    if right is not Right.EDIT:
        return HOLDERS[right]
    asked = (descriptor,) if descriptor else tuple(EDITORS)
    return tuple(role for role in Role if all(may_edit(role, each, deviations) for each in asked))


def name_of(descriptor: str) -> str:
    """What people call it: this app knows no catalogue."""
    return descriptor.replace("_", " ").title()


def doing(right: Right, descriptor: str | None = None) -> str:
    """What the right is about, to go into a sentence."""
    if right is Right.EDIT and descriptor:
        return f"editing {name_of(descriptor)}"
    return DOING[right]


def listing(roles: tuple[Role, ...]) -> str:
    """Roles as people read them: “owners, operators and reviewers”."""
    names = [f"{role.label.lower()}s" for role in roles]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
