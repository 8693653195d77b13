"""Addresses of what people and other systems are told."""

from __future__ import annotations

from django.urls import path

from tec.notices import views, webhook_views

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.read, name="inbox-read"),
    path("inbox/<int:pk>/", views.follow, name="inbox-notice"),
    path("projects/<slug:slug>/webhooks/", webhook_views.webhooks, name="webhook-list"),
    path("projects/<slug:slug>/webhooks/add/", webhook_views.add, name="webhook-add"),
    path("projects/<slug:slug>/webhooks/<int:webhook>/", webhook_views.detail, name="webhook-detail"),
    path("projects/<slug:slug>/webhooks/<int:webhook>/edit/", webhook_views.edit, name="webhook-edit"),
    path("projects/<slug:slug>/webhooks/<int:webhook>/do/", webhook_views.do, name="webhook-do"),
    path(
        "projects/<slug:slug>/webhooks/<int:webhook>/deliveries/<uuid:delivery>/again/",
        webhook_views.again,
        name="webhook-again",
    ),
]
