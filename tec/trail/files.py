"""The audit log as a file, JSON Lines or CSV, made while it is sent: its size does not matter."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from tec.audit.models import Event
from tec.reports.spreadsheets import guarded
from tec.trail.words import in_plain_text

CHUNK = 1000
COLUMNS = (
    "chain",
    "number",
    "at",
    "actor",
    "actor_id",
    "verb",
    "project_slug",
    "target",
    "channel",
    "address",
    "token",
)
SEALS = ("key", "previous", "hash")


def in_chunks(events: QuerySet[Event]) -> Iterator[Event]:
    """*events* chain by chain, a thousand at a time, up to the newest one there is now."""
    last = None
    while True:
        page = events.order_by("id") if last is None else events.order_by("id").filter(id__gt=last)
        found = list(page[:CHUNK])
        yield from found
        if len(found) < CHUNK:
            return
        last = found[-1].pk


def as_json_lines(events: Iterable[Event]) -> Iterator[bytes]:
    """One object per line, seals included: whoever has the key can verify it."""
    for event in events:
        row = {name: getattr(event, name) for name in COLUMNS} | {
            "at": event.at.isoformat(),
            "facts": event.facts,
            **{name: getattr(event, name) for name in SEALS},
        }
        yield json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def as_csv(events: Iterable[Event]) -> Iterator[bytes]:
    """For spreadsheets: what could be taken for a formula is made text."""
    writer = csv.writer(Line())
    yield b"\xef\xbb\xbf" + writer.writerow([*COLUMNS, "sentence", "facts", *SEALS])
    for event in events:
        row = [getattr(event, name) for name in COLUMNS]
        row[COLUMNS.index("at")] = event.at.isoformat()
        seals = [getattr(event, name) for name in SEALS]
        yield writer.writerow(
            [guarded(each) for each in (*row, in_plain_text(event), event.facts_text, *seals)]
        )


class Line:
    """Gives back what is written to it."""

    def write(self, text: str) -> bytes:
        return text.encode("utf-8", "replace")


FORMATS = {
    "jsonl": ("JSON Lines", "application/jsonl", as_json_lines),
    "csv": ("CSV", "text/csv; charset=utf-8", as_csv),
}
