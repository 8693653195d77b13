"""The eight documents of a project as a Django app."""

from django.apps import AppConfig


class DescriptorsConfig(AppConfig):
    name = "descriptors"

    def ready(self) -> None:
        from descriptors.guards import GUARDS
        from descriptors.leaving import last_words
        from tec.audit.triggers import guard
        from tec.projects.leaving import project_leaving

        guard(*GUARDS)
        project_leaving.connect(last_words, dispatch_uid="descriptors")
