"""The eight documents of a project as a Django app."""

from django.apps import AppConfig


class DescriptorsConfig(AppConfig):
    name = "descriptors"
