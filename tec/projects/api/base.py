"""What every view below a project stands on: the one decision about access, taken before anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tec.api.views import ApiView
from tec.projects.access import Right, project_for

if TYPE_CHECKING:
    from tec.api.operations import Operation
    from tec.projects.models import Project


class ProjectView(ApiView):
    """Answers an address below /api/projects/<slug>/."""

    project: Project

    def enter(self, what: Operation, **address: Any) -> None:
        right = Right(what.right)  # an operation in a project that names none is a mistake, and fails
        self.project = project_for(
            self.request.user,
            address["slug"],
            right,
            descriptor=address.get("descriptor") if right is Right.EDIT else None,
            even_archived=what.even_archived,
        )
