"""Over REST, what spans projects: their list, and what waits for whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework import serializers
from rest_framework.response import Response

from mismatch.api.checks import OpenAnswer, open_of
from mismatch.models import Check
from mismatch.queries import counts_of
from tec.api.bodies import Answer, Choice, PageQuery, paged
from tec.api.operations import operation
from tec.api.views import ApiView
from tec.pages.desk import desk_of
from tec.pages.listing import SHOWN, SORTS, WHOSE, listed, projects_of, with_facts
from tec.projects.api.answers import ProjectAnswer
from tec.projects.api.projects import NewProjectView

if TYPE_CHECKING:
    from rest_framework.request import Request

    from tec.projects.models import Project


class ProjectsQuery(PageQuery):
    """Which projects to list, in which order."""

    q = serializers.CharField(
        required=False, max_length=200, help_text="Words that must all occur in the texts of the project."
    )
    show = Choice(choices=list(SHOWN), required=False, default="active", help_text="Which of them.")
    whose = Choice(
        choices=list(WHOSE), required=False, default="all", help_text="“mine”: also for administrators."
    )
    sort = Choice(
        choices=list(SORTS),
        required=False,
        default="name",
        help_text="“changed”: the one changed last first; “checked”: the one checked last; “open”: most open "
        "findings in the last check; “worst”: most critical ones, then major, then minor.",
    )


class ListedProjectAnswer(ProjectAnswer):
    """A project, and how it stands."""

    changed_at = serializers.DateTimeField(allow_null=True, help_text="When a document was saved last.")
    checked_at = serializers.DateTimeField(allow_null=True, help_text="When the last check was done.")
    last_check = serializers.IntegerField(allow_null=True, help_text="Its number.")
    open = OpenAnswer(allow_null=True, help_text="What is open of what it found; null: never checked.")


class TaskAnswer(Answer):
    """One thing that waits for somebody."""

    project = serializers.CharField(source="project.slug")
    text = serializers.CharField(source="what")
    address = serializers.CharField(source="href", help_text="Path of the page where it is done.")


class ProjectListView(NewProjectView):
    @operation(query=ProjectsQuery, answers={200: paged(ListedProjectAnswer)})
    def get(self, request: Request) -> Response:
        """List the projects you belong to, or as an administrator all."""
        asked = {name: self.asked.get(name, "") for name in ("q", "sort", "show")}
        return self.page_of(listed(with_facts(projects_of(self.user, self.asked["whose"])), **asked), rows)


class TaskListView(ApiView):
    group = "Projects"

    @operation(query=PageQuery, answers={200: paged(TaskAnswer)})
    def get(self, request: Request) -> Response:
        """List what waits for you.

        Unsaved changes, findings given to you, decisions to approve, and of the projects that were changed
        last those to check again.
        """
        desk = desk_of(self.user)
        return self.page_of(desk.tasks if desk else [], lambda part: TaskAnswer(part, many=True).data)


def rows(projects: list[Project]) -> list[dict[str, Any]]:
    """One page of the list: two queries, however many there are."""
    last: dict[int, int] = {project.pk: project.last_check for project in projects}  # type: ignore[attr-defined]
    checks = Check.objects.defer("outcomes", "scores").in_bulk([pk for pk in last.values() if pk])
    counts = counts_of(list(checks.values()))
    return [
        {
            **ProjectAnswer(project).data,
            "changed_at": project.changed_at,  # type: ignore[attr-defined]
            "checked_at": project.checked_at,  # type: ignore[attr-defined]
            "last_check": checks[last[project.pk]].number if last[project.pk] else None,
            "open": open_of(*counts[last[project.pk]]) if last[project.pk] else None,
        }
        for project in projects
    ]
