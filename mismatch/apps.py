"""What does not fit together, as a Django app."""

from typing import Any

from django.apps import AppConfig


class MismatchConfig(AppConfig):
    name = "mismatch"

    def ready(self) -> None:
        from descriptors.editor.insight import install
        from descriptors.repositories.signals import documents_synced
        from mismatch.insight import Rules
        from mismatch.leaving import last_words
        from tec.projects.leaving import project_leaving

        install(Rules())
        project_leaving.connect(last_words, dispatch_uid="mismatch")
        documents_synced.connect(check_synced, dispatch_uid="check what a sync changed")


def check_synced(repository: Any, **kwargs: Any) -> None:
    """Check a project anew after documents came in from Git, if its link says so."""
    from mismatch.models import Trigger
    from mismatch.services.start_check import start_check

    if repository.check_after:
        start_check(project=repository.project, by=None, trigger=Trigger.GIT)
