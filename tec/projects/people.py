"""What people are called, wherever they are shown: by their full name, else by their user name."""

from __future__ import annotations

from collections import Counter
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from django.contrib.auth import get_user_model
from django.db.models import OuterRef, Subquery

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

    from tec.audit.models import Event

FRESH = 30.0
"""Seconds for which what was read is good enough: names rarely change, and what this process changes itself
is known at once."""

SYSTEM = "the system"
NAMED = ("username", "first_name", "last_name")
"""What `called_as` wants to know of an account."""


class Written(Protocol):
    """A row that keeps who wrote it, and their user name for when the account is gone."""

    author_id: Any
    author_name: str
    author: Any
    _state: Any


class Directory(NamedTuple):
    """Everybody who has an account."""

    read_at: float
    names: dict[int, str]  # id → what they are called
    doubtful: frozenset[str]  # names, folded, by which more than one person could be meant


_known: Directory | None = None


def called(user: User | None) -> str:
    """What to call *user*; “the system” for None. Without a full name that needs no query."""
    if user is None:
        return SYSTEM
    return called_as(user.get_username(), user.first_name, user.last_name)


def called_as(name: str, first: str, last: str) -> str:
    """What to call whoever has the user name *name* and these other names, if any."""
    full = full_name(first, last)
    return told_apart(full, name, directory().doubtful) if full else name


def author_of(row: Written) -> str:
    """What to call whoever wrote *row*; by the name of then if the account is gone, "" if nobody did.

    Lists fetch the authors with the rows; where that was not done, the directory knows.
    """
    if row.author_id is None:
        return row.author_name
    if "author" in row._state.fields_cache:
        return called(row.author)
    return directory().names.get(row.author_id, row.author_name)


def with_actors(events: QuerySet[Event]) -> QuerySet[Event]:
    """*events* of the audit log, which know nothing of accounts, with the names of who did it."""
    account = get_user_model().objects.filter(pk=OuterRef("actor_id"))
    return events.annotate(**{f"actor_{name}": Subquery(account.values(name)) for name in NAMED})


def actor_of(event: Any) -> str:
    """What to call whoever did what *event* tells; by the user name of then if the account is gone."""
    if hasattr(event, "actor_username"):
        names = [getattr(event, f"actor_{name}") for name in NAMED]
        return called_as(*names) if names[0] else event.actor or SYSTEM
    return directory().names.get(event.actor_id or 0, event.actor) or SYSTEM


def directory() -> Directory:
    """Everybody there is. One query every few seconds."""
    global _known
    found = _known  # other threads may forget it meanwhile
    if found is None or monotonic() - found.read_at > FRESH:
        found = _known = _read()
    return found


def forget(**kwargs: Any) -> None:
    """Read the directory anew when it is asked next; called when an account is saved or deleted."""
    global _known
    _known = None


def full_name(first: str, last: str) -> str:
    return " ".join(f"{first} {last}".split())


def told_apart(full: str, name: str, doubtful: frozenset[str]) -> str:
    """*full*, with the user name if others go by it too, or if it looks as if it had one already."""
    return f"{full} ({name})" if full.casefold() in doubtful or "(" in full else full


def _read() -> Directory:
    now = monotonic()
    rows = get_user_model().objects.order_by().values_list("pk", *NAMED)
    people = [(pk, name, full_name(first, last)) for pk, name, first, last in rows.iterator(2_000)]
    claims = Counter(claim for _, name, full in people for claim in {name.casefold(), full.casefold()} - {""})
    doubtful = frozenset(claim for claim, number in claims.items() if number > 1)
    names = {pk: told_apart(full, name, doubtful) if full else name for pk, name, full in people}
    return Directory(now, names, doubtful)
