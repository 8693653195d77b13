"""Background work as a Django app."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "tec.work"
    label = "work"
