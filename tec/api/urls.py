"""Addresses of what the API says about itself, below /api/."""

from __future__ import annotations

from django.urls import path

from tec.api import about

urlpatterns = [
    path("schema/", about.OpenApiView.as_view(), name="api-schema"),
    path("docs/", about.docs, name="api-docs"),
    path("me/", about.MeView.as_view(), name="api-me"),
]
