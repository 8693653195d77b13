"""Takes the second factor off an account whose owner lost it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tec.accounts.factors import remove_factors


class Command(BaseCommand):
    help = "Take the second factor, recovery codes included, off an account: the password alone lets in then."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the user name")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["name"]).first()
        if user is None:
            raise CommandError(f"There is no account “{options['name']}”.")
        if not remove_factors(user=user, by=None):
            raise CommandError(f"“{options['name']}” has no second factor.")
        self.stdout.write(f"“{options['name']}” logs in with the password alone now.")
