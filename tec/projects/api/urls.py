"""Addresses of projects in the API, below /api/."""

from __future__ import annotations

from django.urls import path

from tec.projects.api import projects

urlpatterns = [
    path("projects/", projects.ProjectListView.as_view(), name="api-projects"),
    path("projects/<slug:slug>/", projects.ProjectDetailView.as_view(), name="api-project"),
    path("projects/<slug:slug>/archive/", projects.ProjectArchiveView.as_view(), name="api-project-archive"),
    path("projects/<slug:slug>/restore/", projects.ProjectRestoreView.as_view(), name="api-project-restore"),
]
