"""The audit log as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "tec.audit"
    label = "audit"
