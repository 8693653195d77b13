"""Projects and their members as a Django app."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "tec.projects"
    label = "projects"

    def ready(self) -> None:
        from django.contrib.auth.models import User
        from django.db.models.signals import post_delete, post_save, pre_delete

        from tec.projects.leaving import tell_projects
        from tec.projects.people import forget

        pre_delete.connect(tell_projects, sender=User)
        post_save.connect(forget, sender=User)
        post_delete.connect(forget, sender=User)
