"""What people and other systems are told, as a Django app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "tec.notices"
    label = "notices"
