"""Addresses of checks, findings, decisions, gates and rules in the API, below /api/."""

from __future__ import annotations

from django.urls import path, register_converter

import tec.api.addresses  # noqa: F401  registers the converters of numbers and fingerprints
from mismatch.api import (
    checks,
    comparison,
    decisions,
    exchange,
    findings,
    fixes,
    own_rules,
    profile,
    rules,
    traceability,
    views,
)
from mismatch.gate import GATES


class GateConverter:
    """One of the gates."""

    regex = "|".join(GATES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(GateConverter, "gate")

PROJECT = "projects/<slug:slug>"
OWN = f"{PROJECT}/own-rules/<number:own>"
THEIRS = "organisation/own-rules/<number:own>"
CHECK = f"{PROJECT}/checks/<number:number>"
FINDING = f"{PROJECT}/findings/<fingerprint:fingerprint>"

urlpatterns = [
    path(f"{PROJECT}/checks/", checks.CheckListView.as_view(), name="api-checks"),
    path(f"{CHECK}/", checks.CheckDetailView.as_view(), name="api-check"),
    path(f"{CHECK}/findings/", findings.CheckFindingListView.as_view(), name="api-check-findings"),
    path(f"{PROJECT}/findings/", findings.FindingListView.as_view(), name="api-findings"),
    path(f"{FINDING}/", findings.FindingDetailView.as_view(), name="api-finding"),
    path(f"{FINDING}/comments/", decisions.CommentListView.as_view(), name="api-comments"),
    path(f"{FINDING}/fix/", fixes.FixView.as_view(), name="api-fix"),
    path(f"{PROJECT}/views/", views.SavedViewListView.as_view(), name="api-views"),
    path(f"{PROJECT}/views/<number:saved_view>/", views.SavedViewDetailView.as_view(), name="api-view"),
    path(f"{PROJECT}/decisions/", decisions.DecisionListView.as_view(), name="api-decisions"),
    path(f"{PROJECT}/decisions/approve/", decisions.DecisionApproveView.as_view(), name="api-approve"),
    path(f"{PROJECT}/decisions/withdraw/", decisions.DecisionWithdrawView.as_view(), name="api-withdraw"),
    path(f"{PROJECT}/export/ignore/", exchange.IgnoreExportView.as_view(), name="api-export-ignore"),
    path(f"{PROJECT}/import/ignore/", exchange.IgnoreImportView.as_view(), name="api-import-ignore"),
    path(f"{PROJECT}/assignments/", decisions.AssignmentView.as_view(), name="api-assignments"),
    path(f"{PROJECT}/compare/", comparison.ComparisonView.as_view(), name="api-compare"),
    path(f"{PROJECT}/baseline/", comparison.BaselineView.as_view(), name="api-baseline"),
    path(f"{PROJECT}/gate/<gate:gate>/", comparison.GateDetailView.as_view(), name="api-gate"),
    path(f"{PROJECT}/fit/", comparison.FitView.as_view(), name="api-fit"),
    path(f"{PROJECT}/traceability/", traceability.TraceabilityView.as_view(), name="api-traceability"),
    path(f"{PROJECT}/profile/", profile.ProfileView.as_view(), name="api-profile"),
    path(f"{PROJECT}/own-rules/", own_rules.OwnRuleListView.as_view(), name="api-own-rules"),
    path(f"{OWN}/", own_rules.OwnRuleDetailView.as_view(), name="api-own-rule"),
    path(f"{PROJECT}/own-rules/try/", own_rules.OwnRuleTryView.as_view(), name="api-own-rule-try"),
    path(f"{OWN}/versions/", own_rules.OwnRuleVersionListView.as_view(), name="api-own-rule-versions"),
    path(f"{OWN}/dry-run/", own_rules.OwnRuleDryRunView.as_view(), name="api-own-rule-dry-run"),
    path(f"{OWN}/active/", own_rules.OwnRuleActiveView.as_view(), name="api-own-rule-active"),
    path(
        "organisation/profile/",
        profile.OrganisationProfileView.as_view(),
        name="api-organisation-profile",
    ),
    path(
        "organisation/own-rules/",
        own_rules.OrganisationOwnRuleListView.as_view(),
        name="api-organisation-own-rules",
    ),
    path(
        "organisation/own-rules/try/",
        own_rules.OrganisationOwnRuleTryView.as_view(),
        name="api-organisation-own-rule-try",
    ),
    path(f"{THEIRS}/", own_rules.OrganisationOwnRuleDetailView.as_view(), name="api-organisation-own-rule"),
    path(
        f"{THEIRS}/versions/",
        own_rules.OrganisationOwnRuleVersionListView.as_view(),
        name="api-organisation-own-rule-versions",
    ),
    path(
        f"{THEIRS}/dry-run/",
        own_rules.OrganisationOwnRuleDryRunView.as_view(),
        name="api-organisation-own-rule-dry-run",
    ),
    path(
        f"{THEIRS}/active/",
        own_rules.OrganisationOwnRuleActiveView.as_view(),
        name="api-organisation-own-rule-active",
    ),
    path("rules/", rules.RuleListView.as_view(), name="api-rules"),
    path("rules/<str:name>/", rules.RuleDetailView.as_view(), name="api-rule"),
]
