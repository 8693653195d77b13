"""Makes the demo account and the example projects of `make run`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tec.setup.demo import NAME, make_demo


class Command(BaseCommand):
    help = "Create the demo account and two example projects, as far as they are missing. For trying TEC out."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Log in: {NAME} / {make_demo()}")
