"""What does not fit together, as a Django app."""

from django.apps import AppConfig


class MismatchConfig(AppConfig):
    name = "mismatch"

    def ready(self) -> None:
        from descriptors.editor.insight import install
        from mismatch.insight import Rules

        install(Rules())
