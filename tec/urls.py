"""Every address of the site."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from tec import health, views
from tec.listing_api import ProjectListView, TaskListView
from tec.setup.views import setup
from tec.wishes import InboxWishesView, wishes

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("accounts/", include("tec.accounts.urls")),
    path("appearance/", views.appearance, name="appearance"),
    path("projects/", views.project_list, name="project-list"),
    path("", include("tec.projects.urls")),
    path("projects/<slug:slug>/", views.project_detail, name="project-detail"),
    path("", include("descriptors.urls")),
    path("", include("descriptors.repositories.urls")),
    path("", include("mismatch.urls")),
    path("", include("mismatch.fit_urls")),
    path("", include("tec.trail.urls")),
    path("", include("tec.reports.urls")),
    path("", include("tec.notices.urls")),
    path("inbox/wishes/", wishes, name="inbox-wishes"),
    path("resources/", views.resources, name="resources"),
    path("resources/relationships/", views.relationships, name="relationships"),
    path("resources/changelog/", views.schema_changelog, name="schema-changelog"),
    path("resources/errata/", views.schema_errata, name="schema-errata"),
    path("rules/", views.rule_list, name="rule-list"),
    path("rules/<slug:slug>/", views.rule_detail, name="rule-detail"),
    path("api/projects/", ProjectListView.as_view(), name="api-projects"),
    path("api/tasks/", TaskListView.as_view(), name="api-tasks"),
    path("api/", include("tec.projects.api.urls")),
    path("api/", include("descriptors.api.urls")),
    path("api/", include("mismatch.api.urls")),
    path("api/", include("tec.reports.api_urls")),
    path("api/", include("tec.trail.api_urls")),
    path("api/", include("tec.notices.api_urls")),
    path("api/inbox/wishes/", InboxWishesView.as_view(), name="api-inbox-wishes"),
    path("admin/password_change/", admin.site.admin_view(RedirectView.as_view(pattern_name="password"))),
    path("api/", include("tec.api.urls")),
    path("admin/", admin.site.urls),
    path("setup/<str:token>/", setup, name="setup"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

handler400 = "tec.views.bad_request"
handler404 = "tec.views.not_found"
handler500 = "tec.outages.server_error"
