"""Addresses of the audit log."""

from __future__ import annotations

from django.urls import path

from tec.trail import views

urlpatterns = [
    path("projects/<slug:slug>/audit/", views.project_audit, name="project-audit"),
    path("projects/<slug:slug>/audit/export/", views.project_audit_export, name="project-audit-export"),
    path("audit/", views.site_audit, name="site-audit"),
    path("audit/export/", views.site_audit_export, name="site-audit-export"),
]
