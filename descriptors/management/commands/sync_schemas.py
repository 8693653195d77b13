"""Updates the published schemas: `manage.py sync_schemas [--ref REF] [--url URL|PATH]`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from descriptors import submodule
from descriptors.sync import SyncError, sync


class Command(BaseCommand):
    help = "Fetch the published descriptor schemas into the submodule and say what is different."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ref", default="", help="Branch, tag or commit; by default the newest.")
        parser.add_argument(
            "--url",
            default=submodule.URL,
            help="Repository to fetch from: https, ssh, or a folder on this machine (default: %(default)s).",
        )

    def handle(self, *args: Any, ref: str, url: str, **options: Any) -> None:
        try:
            synced = sync(ref=ref, url=url)
        except SyncError as error:
            raise CommandError(str(error)) from error
        for line in synced.lines():
            self.stdout.write(line)
