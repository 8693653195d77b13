"""Has the database itself refuse what nobody may do: change or remove what was written down.

Taken away before migrations that have something to do, which may have to rebuild a table, and put back
after them, so that they stand whatever migrations did. `settings.AUDIT_TRIGGERS` leaves them out for tests
that empty all tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

SEALED_FOR_EVER = "Entries of the audit log are never changed or removed."


class Guard(NamedTuple):
    """Refuses one kind of statement on the rows of a table."""

    name: str
    table: str
    on: str  # UPDATE, DELETE, INSERT or TRUNCATE
    message: str
    unless: str = ""  # SQL about OLD and NEW: when it is allowed after all
    free: Sequence[str] | None = None  # … and then only these columns may change
    reads: Sequence[str] = ()  # further tables that `unless` asks


_guards: dict[str, Guard] = {}


def guard(*guards: Guard) -> None:
    """Have these installed; apps say so when they are ready."""
    _guards.update({each.name: each for each in guards})


def before_migrations(*, using: str, plan: Sequence[Any] = (), **kwargs: Any) -> None:
    if plan:
        remove(connections[using])


def after_migrations(*, using: str, **kwargs: Any) -> None:
    if settings.AUDIT_TRIGGERS:
        install(connections[using])


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every guard in place whose tables are there."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for each in _of(connection):
            if {each.table, *each.reads} <= tables:
                same = _same(connection, cursor, each)
                for statement in (*_dropped(connection, each), *_made(connection, each, same)):
                    cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for each in _of(connection):
            if each.table in tables:
                for statement in _dropped(connection, each):
                    cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The guards that do not stand, by name."""
    asked = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        there = {row[0] for row in cursor.fetchall()}
    return [each.name for each in _of(connection) if each.name not in there]


def _of(connection: BaseDatabaseWrapper) -> Iterator[Guard]:
    """SQLite knows no TRUNCATE."""
    return (each for each in _guards.values() if connection.vendor == "postgresql" or each.on != "TRUNCATE")


def _dropped(connection: BaseDatabaseWrapper, each: Guard) -> list[str]:
    if connection.vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {each.name} ON {each.table}"]
    return [f"DROP TRIGGER IF EXISTS {each.name}"]


def _same(connection: BaseDatabaseWrapper, cursor: Any, each: Guard) -> list[str]:
    """The conditions under which nothing but the free columns changes."""
    if each.free is None:
        return []
    columns = [column.name for column in connection.introspection.get_table_description(cursor, each.table)]
    is_same = "IS NOT DISTINCT FROM" if connection.vendor == "postgresql" else "IS"
    return [f'OLD."{column}" {is_same} NEW."{column}"' for column in columns if column not in each.free]


def _made(connection: BaseDatabaseWrapper, each: Guard, same: Sequence[str]) -> list[str]:
    allowed = " AND ".join(f"({part})" for part in (each.unless, *same) if part) or "1 = 0"
    if connection.vendor == "postgresql":
        return _made_on_postgresql(each, allowed)
    return [
        f"CREATE TRIGGER {each.name} BEFORE {each.on} ON {each.table} "
        f"WHEN NOT ({allowed}) BEGIN SELECT RAISE(ABORT, '{each.message}'); END"
    ]


def _made_on_postgresql(each: Guard, allowed: str) -> list[str]:
    """Error class 23 is what Django shows as an IntegrityError."""
    answer = {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(each.on, "NEW")
    level = "STATEMENT" if each.on == "TRUNCATE" else "ROW"
    return [
        f"CREATE OR REPLACE FUNCTION {each.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {allowed} THEN RETURN {answer}; END IF; "
        f"RAISE EXCEPTION '{each.message}' USING ERRCODE = '23001'; END $$",
        f"CREATE TRIGGER {each.name} BEFORE {each.on} ON {each.table} "
        f"FOR EACH {level} EXECUTE FUNCTION {each.name}()",
    ]


EVENTS, CHAINS = "audit_event", "audit_chain"
OURS = (
    Guard("audit_event_no_update", EVENTS, "UPDATE", SEALED_FOR_EVER),
    Guard("audit_event_no_delete", EVENTS, "DELETE", SEALED_FOR_EVER),
    Guard("audit_event_no_truncate", EVENTS, "TRUNCATE", SEALED_FOR_EVER),
    # SQLite’s INSERT OR REPLACE removes a row without calling it a DELETE.
    Guard(
        "audit_event_no_replace",
        EVENTS,
        "INSERT",
        SEALED_FOR_EVER,
        unless="NOT EXISTS (SELECT 1 FROM audit_event e WHERE e.id = NEW.id "
        "OR (e.chain = NEW.chain AND e.number = NEW.number))",
    ),
    Guard("audit_chain_no_delete", CHAINS, "DELETE", SEALED_FOR_EVER),
    Guard("audit_chain_no_truncate", CHAINS, "TRUNCATE", SEALED_FOR_EVER),
    Guard(
        "audit_chain_forward",
        CHAINS,
        "UPDATE",
        "The end of the audit log only moves forward.",
        unless="NEW.number = OLD.number + 1",
        free=("number", "hash", "key", "seal"),
    ),
)
