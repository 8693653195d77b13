"""Addresses of the reports of a project."""

from __future__ import annotations

from django.urls import path

from tec.reports import views

urlpatterns = [
    path("projects/<slug:slug>/reports/", views.reports, name="report-list"),
    path("projects/<slug:slug>/reports/made/", views.made, name="report-made"),
    path("projects/<slug:slug>/reports/view/<slug:kind>/", views.view, name="report-view"),
    path("projects/<slug:slug>/reports/<int:report>/", views.file, name="report-file"),
]
