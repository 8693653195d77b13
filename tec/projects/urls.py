"""Addresses of what is done to a project itself."""

from __future__ import annotations

from django.urls import path

from tec.projects import views

urlpatterns = [
    path("projects/new/", views.create, name="project-create"),
    path("projects/<slug:slug>/edit/", views.edit, name="project-edit"),
    path("projects/<slug:slug>/archive/", views.archive, name="project-archive"),
    path("projects/<slug:slug>/restore/", views.restore, name="project-restore"),
    path("projects/<slug:slug>/delete/", views.delete, name="project-delete"),
]
