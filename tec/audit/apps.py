"""The audit log as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class AuditConfig(AppConfig):
    name = "tec.audit"
    label = "audit"

    def ready(self) -> None:
        from tec.audit import triggers

        triggers.guard(*triggers.OURS)
        pre_migrate.connect(triggers.before_migrations, sender=self)
        post_migrate.connect(triggers.after_migrations, sender=self)
