"""Finds what was altered, removed, put in or reordered in the audit log, and says which entry it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection, transaction

from tec import strictjson
from tec.audit import keys
from tec.audit.models import SEALED, SITE, Chain, Event, event_id, seal_of

Row = dict[str, Any]


class Fault(NamedTuple):
    """Something that cannot have come about by recording."""

    chain: str
    number: int  # of the entry; 0 if it is about the whole chain
    what: str

    def __str__(self) -> str:
        entry = f", entry {self.number}" if self.number else ""
        return f"{self.chain}{entry}: {self.what}"


class Head(NamedTuple):
    """The end of a chain, as it was noted down outside the database."""

    number: int
    hash: str


def faults(noted: Mapping[str, Head] | None = None) -> Iterator[Fault]:
    """Everything wrong with any chain; *noted* are ends that have to be there still, by chain."""
    noted = noted or {}
    with at_one_moment():  # the log may grow meanwhile
        heads = {head.name: head for head in Chain.objects.order_by("name")}
        seen: set[str] = set()
        opened: set[str] = set()
        for name, rows in groupby(_rows(), lambda row: row["chain"]):
            seen.add(name)
            if name == SITE:
                rows = _watching(rows, opened)
            yield from _of_chain(str(name), rows, heads.get(name), noted.get(str(name)))
    for name in sorted((heads.keys() | opened | noted.keys()) - seen):
        if name not in heads or heads[name].number or name in opened | noted.keys():
            yield Fault(name, 0, "all entries were removed")


@contextmanager
def at_one_moment() -> Iterator[None]:
    """Everything that is read inside is as it was at one moment, whatever is written meanwhile."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _of_chain(name: str, rows: Iterable[Row], head: Chain | None, noted: Head | None) -> Iterator[Fault]:
    number, last = 0, ""
    for row in rows:
        if not _is_number(row["number"]):
            yield Fault(name, 0, f"an entry has “{row['number']}” for a number: it was altered")
            continue
        if row["number"] > number + 1:
            gone = f"{number + 1}" if row["number"] == number + 2 else f"{number + 1} to {row['number'] - 1}"
            yield Fault(name, number + 1, f"removed: there is no entry {gone}")
        what = _fault_of(row)
        if not what and row["number"] == number + 1 and row["previous"] != last:
            what = "does not follow from the entry before it: one of them was altered, put in or moved"
        if what:
            yield Fault(name, row["number"], what)
        number, last = row["number"], row["hash"]
        if noted and noted.number == number and noted.hash != last:
            yield Fault(name, number, "is not the entry that was noted down")
    if noted and noted.number > number:
        yield Fault(name, number + 1, f"removed: the log went on to entry {noted.number} once")
    yield from _of_end(name, head, number, last)


def _of_end(name: str, head: Chain | None, number: int, last: str) -> Iterator[Fault]:
    """Whether the chain ends where its sealed end says."""
    if head is None:
        yield Fault(name, 0, "its end was removed, so entries may be missing there")
        return
    try:
        whole = head.seal == head.sealed()
    except keys.UnknownKey:
        yield Fault(name, 0, _unknown(head.key))
        return
    if not whole:
        yield Fault(name, 0, "its end was altered, so entries may be missing there")
    elif head.number > number:
        yield Fault(name, number + 1, f"removed: the log went on to entry {head.number}")
    elif (head.number, head.hash) != (number, last):
        yield Fault(name, number, f"put in or altered: the log ends with entry {head.number}")


def _fault_of(row: Row) -> str:
    """What is wrong with an entry by itself, "" if nothing."""
    try:
        columns = {field: row[field] for field in SEALED} | {"at": _time(row["at"]).isoformat()}
        sound = row["hash"] == seal_of(columns) and row["id"] == event_id(row["project_id"], row["number"])
    except keys.UnknownKey:
        return _unknown(row["key"])
    except (TypeError, ValueError):
        sound = False
    return "" if sound else "was altered"


def _unknown(key: Any) -> str:
    return (
        f"cannot be verified: it was sealed with the key “{key}”, which is not among "
        "TEC_AUDIT_KEY, TEC_AUDIT_OLD_KEYS and SECRET_KEY"
    )


def _is_number(value: Any) -> bool:
    return type(value) is int and value > 0


def _time(stored: Any) -> datetime:
    """The moment; raises ValueError if SQLite holds it in another spelling than Django writes."""
    if isinstance(stored, datetime):
        return stored.astimezone(UTC)
    moment = datetime.fromisoformat(stored)
    if str(moment) != stored:
        raise ValueError(stored)
    return moment.replace(tzinfo=UTC)


def _rows() -> Iterator[Row]:
    """Every entry as the database holds it, not as Django would understand it."""
    names = [field.attname for field in Event._meta.concrete_fields]
    shown = {field.attname: f'"{field.column}"' for field in Event._meta.concrete_fields}
    if connection.vendor == "sqlite":
        shown["at"] = 'CAST("at" AS TEXT)'
    asked = f"SELECT {', '.join(shown[name] for name in names)} FROM audit_event ORDER BY chain, number, id"  # noqa: S608
    with connection.chunked_cursor() as cursor:
        cursor.execute(asked)
        while rows := cursor.fetchmany(1000):
            yield from (dict(zip(names, row, strict=True)) for row in rows)


def _watching(rows: Iterable[Row], opened: set[str]) -> Iterator[Row]:
    """*rows*, noting which chains the site's log saw begin."""
    for row in rows:
        if row["verb"] == "audit.opened":
            opened.add(str(row["target"]))
        yield row


def heads() -> dict[str, Head]:
    """The ends of all chains, to be noted down where nobody with the database can reach."""
    return {head.name: Head(head.number, head.hash) for head in Chain.objects.order_by("name")}


def heads_from(text: str) -> dict[str, Head]:
    """What `heads` gave, read back. Raises ValueError for anything else."""
    found = strictjson.loads(text)
    if not isinstance(found, dict):
        raise ValueError("not an object")
    ends = {name: Head(**each) for name, each in found.items() if isinstance(each, dict)}
    if len(ends) < len(found):
        raise ValueError("not a list of ends")
    return ends
