"""Moves everything that is kept sealed to the newest SECRET_KEY."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tec.setup.resealing import reseal_all

MOST = 100  # secrets that are listed


class Command(BaseCommand):
    help = (
        "Move all secrets that are kept encrypted (of webhooks, Git, second factors, mails on their way) to "
        "the newest SECRET_KEY; those that none of the keys opens are named, and the exit status is 1."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = reseal_all()
        self.stdout.write(f"{done.moved} moved to the newest key, {done.there} there already.")
        for name in done.lost[:MOST]:
            self.stderr.write(name)
        if done.lost:
            more = f", of which {MOST} are listed" if len(done.lost) > MOST else ""
            raise CommandError(
                f"No key opens {len(done.lost)}{more}. Add the key of then to SECRET_KEY_FALLBACKS and run "
                "this once more, or enter them anew.",
                returncode=1,
            )
