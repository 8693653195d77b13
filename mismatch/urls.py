"""Addresses of this app's pages."""

from __future__ import annotations

from django.urls import path

from mismatch import views

urlpatterns = [
    path("projects/<slug:slug>/checks/", views.checks, name="check-list"),
    path("projects/<slug:slug>/checks/", views.checks, name="check-start"),
    path("projects/<slug:slug>/checks/<int:number>/", views.detail, name="check-detail"),
    path("projects/<slug:slug>/checks/<int:number>/progress/", views.progress, name="check-progress"),
    path("projects/<slug:slug>/mismatches/", views.mismatches, name="mismatch-list"),
    path("projects/<slug:slug>/missing/", views.missing, name="missing-list"),
]
