"""What a new installation needs once: its first administrator, or the demo."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class SetupConfig(AppConfig):
    name = "tec.setup"
    label = "setup"
    default = True

    def ready(self) -> None:
        from tec.setup import checks as checks


class AdminConfig(admin.AdminConfig):
    """Django's admin on our own site; in `INSTALLED_APPS` by its name."""

    default = False
    default_site = "tec.administration.Administration"
