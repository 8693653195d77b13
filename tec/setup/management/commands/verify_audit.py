"""Says whether the audit log, and the revisions it tells of, are what was written down."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from descriptors import witness
from tec.audit import triggers, verify
from tec.audit.models import Chain, Event

MOST = 100  # faults that are listed


class Command(BaseCommand):
    help = (
        "Verify the audit log and all revisions; exit 1 and say which entry if one was altered, removed, "
        "put in or reordered."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--save", type=Path, metavar="FILE", help="note down how far each log goes, to keep elsewhere"
        )
        parser.add_argument(
            "--since", type=Path, metavar="FILE", help="what --save noted must all be there still"
        )

    def handle(self, *args: Any, save: Path | None, since: Path | None, **options: Any) -> None:
        noted = read(since) if since else {}
        with verify.at_one_moment():
            found = [*verify.faults(noted), *witness.faults()]
            ends = {name: head._asdict() for name, head in verify.heads().items()}
            entries, logs = Event.objects.count(), Chain.objects.count()
        for name in triggers.missing(connection):
            self.stderr.write(
                f"Note: the database’s guard “{name}” is missing; `manage.py migrate` puts it back."
            )
        for fault in found[:MOST]:
            self.stderr.write(str(fault))
        if found:
            more = f", of which {MOST} are listed" if len(found) > MOST else ""
            raise CommandError(f"The audit log is not whole: {len(found)} faults{more}.", returncode=1)
        if save:
            save.write_text(json.dumps(ends, indent=2) + "\n", "utf-8")
        self.stdout.write(f"{entries} entries in {logs} logs: all as written.")


def read(path: Path) -> dict[str, verify.Head]:
    try:
        return verify.heads_from(path.read_text("utf-8"))
    except OSError as error:
        raise CommandError(f"Cannot read {path}: {error.strerror}.", returncode=2) from error
    except (TypeError, ValueError) as error:
        raise CommandError(f"{path} is not what --save wrote.", returncode=2) from error
