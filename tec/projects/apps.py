"""Projects and their members as a Django app."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "tec.projects"
    label = "projects"
