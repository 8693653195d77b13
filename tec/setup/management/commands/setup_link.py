"""Prints the link at which the first administrator of a new installation is made."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tec.audit.record import record
from tec.setup.first_admin import SetupClosed, new_link


class Command(BaseCommand):
    help = "Print a link that makes the first administrator; it works once, for 24 hours."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            link = new_link()
        except SetupClosed:
            raise CommandError(
                "There is an administrator already, who can add others. "
                "If the password is lost: manage.py changepassword NAME"
            ) from None
        record("admin.link_made")
        self.stdout.write(link)
