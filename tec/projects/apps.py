"""Projects and their members as a Django app."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "tec.projects"
    label = "projects"

    def ready(self) -> None:
        from django.contrib.auth.models import User
        from django.db.models.signals import pre_delete

        from tec.projects.leaving import tell_projects

        pre_delete.connect(tell_projects, sender=User)
