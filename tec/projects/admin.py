"""Who belongs to which project, in the admin; what a project says is changed on its own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from tec.audit.record import record
from tec.projects.models import Membership, Project

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    MembershipTabular = admin.TabularInline[Membership, Project]
    ProjectModelAdmin = admin.ModelAdmin[Project]
else:
    MembershipTabular = admin.TabularInline
    ProjectModelAdmin = admin.ModelAdmin


class MembershipInline(MembershipTabular):
    model = Membership
    autocomplete_fields = ["user"]
    extra = 1


@admin.register(Project)
class ProjectAdmin(ProjectModelAdmin):
    list_display = ["name", "slug", "people", "archived_at", "created_at"]
    list_filter = ["archived_at"]
    search_fields = ["name", "slug", "point_of_contact"]
    readonly_fields = ["slug", "name", "description", "point_of_contact", "archived_at", "created_at"]
    inlines = [MembershipInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Project]:
        return super().get_queryset(request).prefetch_related("memberships__user")

    @admin.display(description="People")
    def people(self, project: Project) -> str:
        return ", ".join(membership.user.get_username() for membership in project.memberships.all())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Project | None = None) -> bool:
        return False

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Keep the members and write each change to the audit log of the project."""
        super().save_formset(request, form, formset, change)
        changes = [
            *(("member.added", made) for made in formset.new_objects),
            *(("member.changed", made) for made, _ in formset.changed_objects),
            *(("member.removed", made) for made in formset.deleted_objects),
        ]
        for verb, membership in changes:
            record(
                verb,
                actor=request.user,
                project=membership.project,
                target=membership.user.get_username(),
                role=membership.role,
            )
