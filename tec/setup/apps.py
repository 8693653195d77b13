"""What a new installation needs once: its first administrator, or the demo."""

from django.apps import AppConfig


class SetupConfig(AppConfig):
    name = "tec.setup"
    label = "setup"

    def ready(self) -> None:
        from tec.setup import checks as checks
