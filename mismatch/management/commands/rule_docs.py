"""Writes docs/rules.md from the rules and field guides: `manage.py rule_docs [--check]`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mismatch.showing.rule_pages import markdown


class Command(BaseCommand):
    help = "Write docs/rules.md from the rules and the required fields."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; fail if it is out of date.")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "rules.md"
        text = markdown()
        if path.exists() and path.read_text("utf-8") == text:
            self.stdout.write("docs/rules.md is up to date.")
        elif check:
            raise CommandError("docs/rules.md is out of date: run manage.py rule_docs.")
        else:
            path.write_text(text, "utf-8")
            self.stdout.write("docs/rules.md written.")
