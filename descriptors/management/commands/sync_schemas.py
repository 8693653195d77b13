"""Updates the published schemas: `manage.py sync_schemas [--ref REF] [--url URL|PATH]`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from descriptors import submodule
from descriptors.sync import SyncError, sync
from tec.audit.record import record


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
        with transaction.atomic():  # without a database nothing is fetched
            try:
                synced = sync(ref=ref, url=url)
            except SyncError as error:
                raise CommandError(str(error)) from error
            if synced.before != synced.after:
                changes = {"commit": [synced.before, synced.after]}
                record("schemas.synced", target=synced.after, url=url, changes=changes)
        for line in synced.lines():
            self.stdout.write(line)
