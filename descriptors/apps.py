"""The eight documents of a project as a Django app."""

from django.apps import AppConfig


class DescriptorsConfig(AppConfig):
    name = "descriptors"

    def ready(self) -> None:
        from descriptors.guards import GUARDS
        from tec.audit.triggers import guard

        guard(*GUARDS)
