"""Addresses of projects in the API, below /api/."""

from __future__ import annotations

from django.urls import path

import tec.api.addresses  # noqa: F401  registers the converters of numbers and user names
from tec.projects.api import members, projects

urlpatterns = [
    path("projects/<slug:slug>/", projects.ProjectDetailView.as_view(), name="api-project"),
    path("projects/<slug:slug>/archive/", projects.ProjectArchiveView.as_view(), name="api-project-archive"),
    path("projects/<slug:slug>/members/", members.MemberListView.as_view(), name="api-members"),
    path(
        "projects/<slug:slug>/members/<username:username>/",
        members.MemberDetailView.as_view(),
        name="api-member",
    ),
    path("projects/<slug:slug>/invitations/", members.InvitationListView.as_view(), name="api-invitations"),
    path(
        "projects/<slug:slug>/invitations/<number:invitation>/",
        members.InvitationDetailView.as_view(),
        name="api-invitation",
    ),
    path("projects/<slug:slug>/rights/", members.RightsView.as_view(), name="api-rights"),
    path("projects/<slug:slug>/restore/", projects.ProjectRestoreView.as_view(), name="api-project-restore"),
]
