"""Django's command of that name, with an entry in the audit log."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.management.commands.createsuperuser import Command as CreateSuperuser
from django.contrib.auth.models import User, UserManager
from django.db import transaction

from tec.audit.record import record


class Command(CreateSuperuser):
    def handle(self, *args: Any, **options: Any) -> Any:
        # The command asks its questions first; only what it does at the end belongs into the transaction.
        manager: Any = User._default_manager
        manager.create_superuser = created
        try:
            return super().handle(*args, **options)
        finally:
            del manager.create_superuser


@transaction.atomic
def created(*args: Any, **fields: Any) -> User:
    manager: UserManager[User] = UserManager()
    manager.model = User
    user = manager.create_superuser(*args, **fields)
    record("account.created", target=user.get_username(), by="command line", administrator=True)
    return user
