"""Addresses of the audit log in the API, below /api/."""

from __future__ import annotations

from django.urls import path

from tec.trail import api

PROJECT = "projects/<slug:slug>/audit/"

urlpatterns = [
    path(PROJECT, api.AuditView.as_view(), name="api-audit"),
    path(f"{PROJECT}export/", api.AuditExportView.as_view(), name="api-audit-export"),
    path("audit/", api.SiteAuditView.as_view(), name="api-site-audit"),
    path("audit/export/", api.SiteAuditExportView.as_view(), name="api-site-audit-export"),
]
