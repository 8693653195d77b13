"""Addresses of the pages about a linked repository, and of the webhook."""

from __future__ import annotations

from django.urls import path

from descriptors.repositories import views
from descriptors.repositories.hook import hook

AT = "projects/<slug:slug>/git/"

urlpatterns = [
    path(AT, views.repository, name="repository"),
    path(f"{AT}link/", views.link, name="repository-link"),
    path(f"{AT}unlink/", views.unlink, name="repository-unlink"),
    path(f"{AT}sync/", views.sync, name="repository-sync"),
    path(f"{AT}syncs/<int:number>/", views.sync_detail, name="sync-detail"),
    path(f"{AT}syncs/<int:number>/progress/", views.sync_progress, name="sync-progress"),
    path(f"{AT}webhook/", views.hook_secret, name="repository-hook-secret"),
    path(f"{AT}host-key/", views.host_key, name="repository-host-key"),
    path(
        f"{AT}differences/<descriptor:descriptor>/",
        views.difference,
        name="repository-difference",
    ),
    path("hooks/git/<slug:hook>/", hook, name="repository-hook"),
]
