"""Projects in the admin: found there; read and managed on their own pages, all open to administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from tec.projects.models import Project

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    ProjectModelAdmin = admin.ModelAdmin[Project]
else:
    ProjectModelAdmin = admin.ModelAdmin


@admin.register(Project)
class ProjectAdmin(ProjectModelAdmin):
    list_display = ["name", "slug", "people", "members_page", "archived_at", "created_at"]
    list_filter = ["archived_at"]
    search_fields = ["name", "slug", "point_of_contact"]
    fields = ["name", "slug", "description", "point_of_contact", "archived_at", "created_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Project]:
        return super().get_queryset(request).prefetch_related("memberships__user")

    @admin.display(description="People")
    def people(self, project: Project) -> str:
        return ", ".join(membership.user.get_username() for membership in project.memberships.all())

    @admin.display(description="Members")
    def members_page(self, project: Project) -> SafeString:
        return format_html('<a href="{}">Manage</a>', reverse("member-list", args=[project.slug]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Project | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Project | None = None) -> bool:
        return False
