"""Address of the audit log in the API, below /api/."""

from __future__ import annotations

from django.urls import path

from tec.trail import api

urlpatterns = [path("projects/<slug:slug>/audit/", api.AuditView.as_view(), name="api-audit")]
