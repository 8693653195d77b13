"""Django's command of that name, with an entry in the audit log, and its owner logged out and told."""

from __future__ import annotations

from getpass import getpass
from typing import Any

from django.contrib.auth.management.commands.changepassword import Command as ChangePassword
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction

from tec.accounts import letters
from tec.accounts.log_ins import end_others
from tec.audit.record import record

TRIES = 3


class Command(ChangePassword):
    help = "Give an account a new password: the way in when there is no mail, or nobody else to ask."

    def handle(self, *args: Any, **options: Any) -> str:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"There is no account “{options['username']}”.")
        password = self.typed(user)
        with transaction.atomic():
            user.set_password(password)
            user.save()
            record("account.password_set", target=user.get_username())
            end_others(user=user, but=None)
            letters.tell(user, "password")
        return f"“{user.get_username()}” has a new password and is logged out everywhere."

    def typed(self, user: User) -> str:
        """A password, typed twice, that is good enough."""
        for _ in range(TRIES):
            first, second = getpass("Password: "), getpass("Password (again): ")
            try:
                if first != second:
                    raise ValidationError("These are two different passwords. Type the same one twice.")
                validate_password(first, user)
            except ValidationError as error:
                self.stderr.write("\n".join(error.messages))
            else:
                return str(first)
        raise CommandError(f"The password is as it was, after {TRIES} tries.")
