"""Finds out whether somebody else has changed the same meanwhile, so that nothing is overwritten unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tec.audit.models import Event, chain_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tec.audit.record import HasIdentity

TOLD = 20
"""How many changes of others are shown."""


class Moved(Exception):
    """What was to be changed has changed by now; carries what others did, by the log, newest first."""

    def __init__(self, *, version: int, entries: Sequence[Event]) -> None:
        self.version, self.entries = version, entries
        by = dict.fromkeys(entry.actor or "the system" for entry in entries)
        super().__init__(f"{', '.join(by) or 'Somebody'} changed this after you began.")

    def was(self, name: str) -> Any:
        """What the setting was before others changed it, if the log has it in full; None if they did not."""
        said: list[Any] = [
            entry.facts.get("changes", {}).get(name, [None])[0]
            for entry in self.entries
            if name in entry.facts.get("changes", {})
        ]
        return said[-1] if said else None


def demand_still(
    version: int, based_on: int | None, *, verb: str, project: HasIdentity | None, **at: str
) -> None:
    """Raise Moved unless a change that started from *based_on* finds *version*; None: no matter from which.

    A version counts the entries of *verb* in the log of *project* (None: the site's), so that the newest
    ones are what happened since.
    """
    if based_on is None or based_on == version:
        return
    since = version - based_on if 0 <= based_on < version else 1
    told = Event.objects.filter(chain=chain_of(project.pk if project else None), verb=verb, **at)
    raise Moved(version=version, entries=list(told.order_by("-number")[: min(since, TOLD)]))
