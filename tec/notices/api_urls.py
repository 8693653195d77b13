"""Addresses of the inbox and of webhooks in the API, below /api/."""

from __future__ import annotations

from django.urls import path

import tec.api.addresses  # noqa: F401  registers the converter of numbers
from tec.notices import api

HOOKS = "projects/<slug:slug>/webhooks/"
HOOK = f"{HOOKS}<number:webhook>/"

urlpatterns = [
    path("inbox/", api.InboxView.as_view(), name="api-inbox"),
    path("inbox/read/", api.InboxReadView.as_view(), name="api-inbox-read"),
    path(HOOKS, api.WebhookListView.as_view(), name="api-webhooks"),
    path(HOOK, api.WebhookDetailView.as_view(), name="api-webhook"),
    path(f"{HOOK}try/", api.WebhookTryView.as_view(), name="api-webhook-try"),
    path(f"{HOOK}secret/", api.WebhookSecretView.as_view(), name="api-webhook-secret"),
    path(f"{HOOK}deliveries/", api.WebhookDeliveryListView.as_view(), name="api-deliveries"),
    path(
        f"{HOOK}deliveries/<uuid:delivery>/again/",
        api.WebhookDeliveryAgainView.as_view(),
        name="api-delivery-again",
    ),
]
