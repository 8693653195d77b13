"""Addresses of this app's pages."""

from __future__ import annotations

from django.urls import path

from mismatch import comparison_views, views
from mismatch.decisions import views as decision_views
from mismatch.ignoring import views as ignore_views
from mismatch.own import views as own_views
from mismatch.profiles import views as rules_views

urlpatterns = [
    path("projects/<slug:slug>/checks/", views.checks, name="check-list"),
    path("projects/<slug:slug>/checks/", views.checks, name="check-start"),
    path("projects/<slug:slug>/checks/<int:number>/", views.detail, name="check-detail"),
    path("projects/<slug:slug>/checks/<int:number>/progress/", views.progress, name="check-progress"),
    path("projects/<slug:slug>/mismatches/", views.mismatches, name="mismatch-list"),
    path("projects/<slug:slug>/missing/", views.missing, name="missing-list"),
    path("projects/<slug:slug>/findings/<slug:fingerprint>/", decision_views.finding, name="finding-detail"),
    path(
        "projects/<slug:slug>/findings/<slug:fingerprint>/comments/",
        decision_views.comment,
        name="finding-comment",
    ),
    path("projects/<slug:slug>/decide/", decision_views.decide, name="decide"),
    path(
        "projects/<slug:slug>/decisions/approve/",
        decision_views.answer,
        {"verb": "approve"},
        name="decision-approve",
    ),
    path(
        "projects/<slug:slug>/decisions/withdraw/",
        decision_views.answer,
        {"verb": "withdraw"},
        name="decision-withdraw",
    ),
    path("projects/<slug:slug>/decisions/tec-ignore.yaml", ignore_views.export, name="ignore-export"),
    path("projects/<slug:slug>/decisions/import/", ignore_views.import_file, name="ignore-import"),
    path("projects/<slug:slug>/assign/", decision_views.assign, name="finding-assign"),
    path("projects/<slug:slug>/views/", decision_views.save_view, name="view-save"),
    path("projects/<slug:slug>/views/<int:pk>/delete/", decision_views.delete_view, name="view-delete"),
    path("projects/<slug:slug>/compare/", comparison_views.compare, name="compare"),
    path("projects/<slug:slug>/baseline/", comparison_views.baseline, name="baseline"),
    path("projects/<slug:slug>/gate/", comparison_views.gate, name="gate"),
    path("projects/<slug:slug>/checks/<int:number>/rules/", rules_views.of_check, name="check-rules"),
    path("projects/<slug:slug>/rules/", rules_views.overview, name="project-rules"),
    path("projects/<slug:slug>/rules/tec.toml", rules_views.file, name="project-rules-file"),
    path("projects/<slug:slug>/rules/import/", rules_views.import_file, name="project-rules-import"),
    path("projects/<slug:slug>/rules/<slug:rule>/", rules_views.one, name="project-rule"),
    path("projects/<slug:slug>/own-rules/", own_views.listed, name="project-own-rules"),
    path("projects/<slug:slug>/own-rules/new/", own_views.written, name="project-own-rule-new"),
    path("projects/<slug:slug>/own-rules/<int:own>/", own_views.one, name="project-own-rule"),
    path(
        "projects/<slug:slug>/own-rules/<int:own>/dry-run/",
        own_views.dry_run,
        name="project-own-rule-dry-run",
    ),
    path("projects/<slug:slug>/own-rules/<int:own>/next/", own_views.written, name="project-own-rule-next"),
    path("organisation/own-rules/", own_views.listed, name="organisation-own-rules"),
    path("organisation/own-rules/new/", own_views.written, name="organisation-own-rule-new"),
    path("organisation/own-rules/<int:own>/", own_views.one, name="organisation-own-rule"),
    path(
        "organisation/own-rules/<int:own>/dry-run/",
        own_views.dry_run,
        name="organisation-own-rule-dry-run",
    ),
    path("organisation/own-rules/<int:own>/next/", own_views.written, name="organisation-own-rule-next"),
    path("organisation/rules/", rules_views.overview, name="organisation-rules"),
    path("organisation/rules/tec.toml", rules_views.file, name="organisation-rules-file"),
    path("organisation/rules/import/", rules_views.import_file, name="organisation-rules-import"),
    path("organisation/rules/<slug:rule>/", rules_views.one, name="organisation-rule"),
]
