"""What does not fit together, as a Django app."""

from django.apps import AppConfig


class MismatchConfig(AppConfig):
    name = "mismatch"
