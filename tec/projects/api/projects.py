"""The projects themselves: list, make, change, archive, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.db.models.functions import Lower
from rest_framework.response import Response

from tec.api.bodies import paged
from tec.api.operations import WRITE, operation
from tec.api.refused import refused_by
from tec.api.views import ApiView
from tec.projects.access import Right
from tec.projects.api.answers import DeleteQuery, NewProjectBody, ProjectAnswer, ProjectsQuery
from tec.projects.api.base import ProjectView
from tec.projects.forms import DeleteForm, ProjectForm
from tec.projects.models import Project
from tec.projects.services.change_project import (
    archive_project,
    delete_project,
    edit_project,
    restore_project,
)
from tec.projects.services.create_project import create_project

if TYPE_CHECKING:
    from rest_framework.request import Request

SHOWN = {"active": Q(archived_at=None), "archived": Q(archived_at__isnull=False), "all": Q()}


class ProjectListView(ApiView):
    group = "Projects"

    @operation(query=ProjectsQuery, answers={200: paged(ProjectAnswer)})
    def get(self, request: Request) -> Response:
        """List the projects you belong to, by name."""
        projects = Project.objects.visible_to(request.user).filter(SHOWN[self.asked["show"]])
        for word in self.asked.get("q", "").split():
            projects = projects.filter(
                Q(name__icontains=word)
                | Q(description__icontains=word)
                | Q(point_of_contact__icontains=word)
                | Q(slug__icontains=word)
            )
        return self.page_of(projects.order_by(Lower("name"), "pk"), as_list)

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

    @operation(right=Right.SEE, answers={200: ProjectAnswer})
    def get(self, request: Request, slug: str) -> Response:
        """Read what a project is about."""
        return Response(ProjectAnswer(self.project).data)

    @operation(body=NewProjectBody, right=Right.MANAGE, cost=WRITE, answers={200: ProjectAnswer})
    def patch(self, request: Request, slug: str) -> Response:
        """Change the texts of a project.

        What is left out stays as it is. Its address stays too, so links keep working.
        """
        form = ProjectForm({**ProjectForm.initial_of(self.project), **self.sent})
        if not form.is_valid():
            raise refused_by(form)
        edit_project(project=self.project, by=self.user, **form.cleaned_data)
        return Response(ProjectAnswer(self.project).data)

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


def as_list(projects: list[Project]) -> object:
    return ProjectAnswer(projects, many=True).data
