"""Addresses of the pages that look at a check from above, and of suggested fixes."""

from __future__ import annotations

from django.urls import path

from mismatch import fit_views

urlpatterns = [
    path("projects/<slug:slug>/fit/", fit_views.fit_page, name="fit"),
    path("projects/<slug:slug>/traceability/", fit_views.traceability, name="traceability"),
    path("projects/<slug:slug>/fixes/<slug:fingerprint>/", fit_views.fix, name="fix"),
]
