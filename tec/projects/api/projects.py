"""The projects themselves: make, change, archive, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.response import Response

from tec.api.etags import etag, version_held
from tec.api.operations import WRITE, operation
from tec.api.refused import refused_by
from tec.api.views import ApiView
from tec.audit.moved import Moved
from tec.projects.access import Right
from tec.projects.api.answers import DeleteQuery, NewProjectBody, ProjectAnswer
from tec.projects.api.base import ProjectView, moved_refused
from tec.projects.forms import DeleteForm, ProjectForm
from tec.projects.services.change_project import (
    archive_project,
    delete_project,
    edit_project,
    restore_project,
)
from tec.projects.services.create_project import create_project

if TYPE_CHECKING:
    from rest_framework.request import Request

    from tec.projects.models import Project


class NewProjectView(ApiView):
    """Makes projects; the site lists them, which takes more than is known here."""

    group = "Projects"

    @operation(body=NewProjectBody, cost=WRITE, answers={201: ProjectAnswer}, gives={"Location": (201,)})
    def post(self, request: Request) -> Response:
        """Make a project.

        Its slug is made from the name. You become its owner.
        """
        form = ProjectForm(self.sent)
        if not form.is_valid():
            raise refused_by(form)
        project = create_project(by=self.user, **form.cleaned_data)
        return Response(
            ProjectAnswer(project).data, 201, headers={"Location": f"/api/projects/{project.slug}/"}
        )


class ProjectDetailView(ProjectView):
    group = "Projects"

    @operation(right=Right.SEE, answers={200: ProjectAnswer}, gives={"ETag": (200,)})
    def get(self, request: Request, slug: str) -> Response:
        """Read what a project is about. The ETag is that of its three texts."""
        return answered(self.project)

    @operation(
        body=NewProjectBody,
        right=Right.MANAGE,
        cost=WRITE,
        takes=("If-Match",),
        gives={"ETag": (200,)},
        answers={200: ProjectAnswer},
        refusals=(412, 428),
    )
    def patch(self, request: Request, slug: str) -> Response:
        """Change the texts of a project.

        What is left out stays as it is. Its address stays too, so links keep working. Send the ETag that you
        read as If-Match: 412 means that somebody has changed them in between, and says what.
        """
        form = ProjectForm({**ProjectForm.initial_of(self.project), **self.sent})
        if not form.is_valid():
            raise refused_by(form)
        texts = {name: text for name, text in form.cleaned_data.items() if name in self.sent}
        held = version_held(request, self.project.version)
        try:
            return answered(edit_project(project=self.project, by=self.user, version=held, **texts))
        except Moved as moved:
            raise moved_refused(moved) from moved

    @operation(query=DeleteQuery, right=Right.MANAGE, even_archived=True, cost=WRITE, answers={204: None})
    def delete(self, request: Request, slug: str) -> Response:
        """Delete a project with its documents and checks, for ever.

        Needs its name as confirmation. The audit log keeps that it was there.
        """
        form = DeleteForm(self.asked, name=self.project.name)
        if not form.is_valid():
            raise refused_by(form)
        delete_project(project=self.project, by=self.user)
        return Response(status=204)


def answered(project: Project) -> Response:
    return Response(ProjectAnswer(project).data, headers={"ETag": etag(project.version)})


class ProjectArchiveView(ProjectView):
    group = "Projects"

    @operation(right=Right.MANAGE, even_archived=True, cost=WRITE, answers={200: ProjectAnswer})
    def post(self, request: Request, slug: str) -> Response:
        """Put a project into the archive.

        It stays readable, and nothing in it can be changed until it is restored.
        """
        archive_project(project=self.project, by=self.user)
        self.project.refresh_from_db()
        return Response(ProjectAnswer(self.project).data)


class ProjectRestoreView(ProjectView):
    group = "Projects"

    @operation(right=Right.MANAGE, even_archived=True, cost=WRITE, answers={200: ProjectAnswer})
    def post(self, request: Request, slug: str) -> Response:
        """Take a project out of the archive."""
        restore_project(project=self.project, by=self.user)
        self.project.refresh_from_db()
        return Response(ProjectAnswer(self.project).data)
