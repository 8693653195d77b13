"""Addresses of checks, findings and rules in the API, below /api/."""

from __future__ import annotations

from django.urls import path

import tec.api.addresses  # noqa: F401  registers the converters of numbers and fingerprints
from mismatch.api import checks

PROJECT = "projects/<slug:slug>"
CHECK = f"{PROJECT}/checks/<number:number>"

urlpatterns = [
    path(f"{PROJECT}/checks/", checks.CheckListView.as_view(), name="api-checks"),
    path(f"{CHECK}/", checks.CheckDetailView.as_view(), name="api-check"),
]
