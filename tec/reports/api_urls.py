"""Addresses of reports in the API, below /api/."""

from __future__ import annotations

from django.urls import path

import tec.api.addresses  # noqa: F401  registers the converter of numbers
from tec.reports import api

PROJECT = "projects/<slug:slug>"

urlpatterns = [
    path(f"{PROJECT}/report/", api.ReportView.as_view(), name="api-report"),
    path(f"{PROJECT}/reports/", api.ReportListView.as_view(), name="api-reports"),
    path(f"{PROJECT}/reports/<number:report>/", api.ReportDetailView.as_view(), name="api-report-row"),
    path(f"{PROJECT}/reports/<number:report>/file/", api.ReportContentView.as_view(), name="api-report-file"),
]
