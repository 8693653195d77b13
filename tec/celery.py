"""The Celery app: what wakes the workers. The rows in the database say what there is to do."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tec.settings")

app = Celery("tec")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
