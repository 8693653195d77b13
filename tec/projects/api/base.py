"""What views of a project, or of what holds for all, stand on: the decision about access comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tec.api.etags import etag
from tec.api.refused import Refused
from tec.api.views import ApiView
from tec.projects.access import ADMIN, Right, demand_administrator, project_for

if TYPE_CHECKING:
    from tec.api.operations import Operation
    from tec.audit.moved import Moved
    from tec.projects.models import Project


class PlaceView(ApiView):
    """Answers an address in a project, or one about all of them."""

    place: Project | None = None
    """None: all projects."""


class ProjectView(PlaceView):
    """Answers an address below /api/projects/<slug>/."""

    project: Project

    def enter(self, what: Operation, **address: Any) -> None:
        right = Right(what.right)  # an operation in a project that names none is a mistake, and fails
        self.project = self.place = project_for(
            self.request.user,
            address["slug"],
            right,
            descriptor=address.get("descriptor") if right is Right.EDIT else None,
            even_archived=what.even_archived,
        )


class SiteView(PlaceView):
    """Answers an address about all projects: everybody may see it, administrators of the site do the rest."""

    @classmethod
    def right_to(cls, what: Operation) -> str:
        return "" if Right(what.right) is Right.SEE else ADMIN

    def enter(self, what: Operation, **address: Any) -> None:
        if self.right_to(what):
            demand_administrator(self.request.user)


def moved_refused(moved: Moved, **more: Any) -> Refused:
    """Why a change of settings is refused, and what others have changed since."""
    changes = [
        {"by": each.actor or None, "at": each.at.isoformat(), "changes": each.facts.get("changes", {})}
        for each in moved.entries
    ]
    said = f"{moved} Read it, put your change in, and send it with the new ETag."
    return Refused(412, said, headers={"ETag": etag(moved.version)}, since=changes, **more)
