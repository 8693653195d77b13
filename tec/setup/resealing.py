"""Moves everything that is kept sealed to the newest SECRET_KEY, so that no older one is needed for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from allauth.mfa.models import Authenticator
from django.db import transaction

from descriptors.repositories.models import Repository
from tec.accounts.models import Letter
from tec.audit.record import record
from tec.notices.models import Webhook
from tec.sealing import Unsealable, reseal

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

BATCH = 200
"""Rows that are moved, and locked, at a time."""
IN_FACTORS = ("secret", "seed", "migrated_codes")
"""What is sealed in the data of a second factor."""


class Place(NamedTuple):
    """Columns of a table that hold sealed texts, also inside JSON."""

    what: str
    rows: Callable[[], QuerySet[Any]]
    columns: tuple[str, ...]
    named: Callable[[Any], str]


PLACES = (
    Place(
        "webhooks",
        lambda: Webhook.objects.select_related("project"),
        ("sealed_secret",),
        lambda hook: f"webhook “{hook}” of project “{hook.project.slug}”",
    ),
    Place(
        "Git repositories",
        lambda: Repository.objects.select_related("project"),
        ("token", "key", "hook_secret"),
        lambda linked: f"link to Git of project “{linked.project.slug}”",
    ),
    Place(
        "second factors",
        lambda: Authenticator.objects.select_related("user"),
        ("data",),
        lambda factor: f"second factor of “{factor.user.get_username()}”",
    ),
    Place(
        "letters",
        lambda: Letter.objects.all(),
        ("sealed_link",),
        lambda letter: f"letter {letter.pk} ({letter.kind})",
    ),
)


@dataclass
class Resealed:
    """How many secrets there were, by what became of them."""

    moved: int = 0
    there: int = 0  # already
    lost: list[str] = field(default_factory=list)  # whose, if none of the keys opens them

    def value(self, old: Any) -> Any:
        """*old* under the newest key: a text, a list of them, or what holds some by name."""
        if isinstance(old, dict):
            return {name: self.value(each) if name in IN_FACTORS else each for name, each in old.items()}
        if isinstance(old, list):
            return [self.value(each) for each in old]
        new = reseal(old)
        if new != old:
            self.moved += 1
        elif old:
            self.there += 1
        return new


def reseal_all() -> Resealed:
    """Move whatever is sealed to the newest key, batch by batch; what no key opens stays as it is."""
    done = Resealed()
    for place in PLACES:
        last: int | None = 0
        while last is not None:
            last = _move_batch(place, last, done)
    return done


@transaction.atomic
def _move_batch(place: Place, after: int, done: Resealed) -> int | None:
    """Move the rows that follow the one of id *after*; returns the id of the last, None if none follow."""
    rows = place.rows().select_for_update(of=("self",)).filter(pk__gt=after).order_by("pk")[:BATCH]
    before, last = done.moved, None
    for row in rows:
        changed = [name for name in place.columns if _move(place, row, name, done)]
        if changed:
            row.save(update_fields=changed)
        last = row.pk
    if done.moved > before:
        record("admin.resealed", target=place.what, number=done.moved - before)
    return last


def _move(place: Place, row: Any, name: str, done: Resealed) -> bool:
    old, counted = getattr(row, name), (done.moved, done.there)
    try:
        new = done.value(old)
    except Unsealable:
        done.moved, done.there = counted
        done.lost.append(place.named(row))
        return False
    setattr(row, name, new)
    return bool(new != old)
