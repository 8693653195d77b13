"""A name by which one descriptor means a thing of another, and which is not found there letter by letter.

The rules on links say that nothing is there by that name, those on naming that it is there by another.
"""

from __future__ import annotations

from descriptors.catalogue import NAMES
from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, PASS, hit
from mismatch.text.names import Names, known_as
from mismatch.wording import listing, quote
from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from typing import TypeAlias

    from mismatch.declaration import At, Hit, Memo

    Thing: TypeAlias = tuple[str, tuple[str, ...]]
    """Slug and key of what a rule finds."""

WISHES = frozenset({"business metric", "algorithm metric", "log", "feedback"})
"""Kinds of which the Trained Model says what production has to adopt."""

BROKEN = {
    "identifier": "identifier-link-broken",
    "goal": "metric-of-unknown-goal",
    "component": "interface-mapping-dangling",
    "data item": "interface-mapping-dangling",
    "field": "field-mapping-dangling",
    "label": "field-mapping-dangling",
    "statistic": "statistic-of-unknown-field",
}
"""Kind → the rule that says that nothing is there by that name; for the other kinds the original does."""

WHOLE = "."
"""Marks a target that is one field, not the rows of a list."""


class Target:
    """The names that one list, or one field, of a descriptor defines."""

    def __init__(
        self,
        names: Sequence[str],
        *whole: str | int,
        field: str = "",
        known: Callable[[str], str] = known_as,
    ) -> None:
        self.names = Names(names, known)
        self.whole: At = whole
        self.taken: set[str] = set()
        """The names that something else names letter by letter."""
        self._listed = ""
        self.field = field

    def listed(self) -> str:
        """The names it has, in words; the same for every one it lacks."""
        if not self._listed:
            self._listed = listing(list(self.names.exact))
        return self._listed

    def at(self, name: str) -> At:
        """Where *name* stands."""
        if self.field == WHOLE:
            return self.whole
        return (*self.whole, self.names.exact[name], *([self.field] if self.field else ()))


class Reference(NamedTuple):
    """A name that its target does not have letter by letter."""

    kind: str  # what is named: "language", "goal", "field" …
    owner: tuple[str, ...]  # what names it, for ever: list and item, field or metric
    name: str
    at: At
    target: Target
    explained: tuple[Thing, ...]  # what other rules may say about it
    unmet: Thing  # what another rule may say about the thing that was meant, without its name

    @property
    def key(self) -> tuple[str, ...]:
        """What names this reference for ever: not the name in it if that is only the value of a field."""
        named = self.kind in {"goal", "statistic"} or self.kind not in BROKEN
        return (self.kind, *self.owner, self.name) if named else (self.kind, *self.owner)

    def explains(self, other: str) -> tuple[Thing, ...]:
        """What is explained if *other* was meant."""
        slug, head = self.unmet
        found = self.explained
        if slug:
            found = (*found, (slug, (*head, other)))
        return (*found, (BROKEN[self.kind], self.key)) if self.kind in BROKEN else found

    @property
    def dangling(self) -> bool:
        """Is nothing there by that name, in whatever spelling, nor by its parts as in “G-01, G-02”?"""
        if self.name in self.target.names:
            return False
        parts = [part.strip() for part in self.name.replace(";", ",").replace(" and ", ",").split(",")]
        return len(parts) == 1 or not all(part in self.target.names for part in parts)


class References:
    """References of a few kinds that do not hold letter by letter."""

    def __init__(self) -> None:
        self.found: list[Reference] = []
        self._compared: set[str] = set()
        self._waiting: set[str] = set()

    def outcome(self, *kinds: str) -> str:
        """What a rule about these kinds yields if nothing is wrong; about all kinds if none is named."""
        if self._waiting.intersection(kinds) if kinds else self._waiting:
            return CANNOT_TELL  # something is named, and the list it should be in is absent or empty
        return PASS if (self._compared.intersection(kinds) if kinds else self._compared) else NOT_APPLICABLE

    def hold(self, kind: str, names: Sequence[str], defined: Collection[str]) -> bool:
        """Is each of *names* among the names *defined*, or is there nothing to compare?"""
        if not any(defined):
            if any(names):
                self._waiting.add(kind)
            return True
        self._compared.add(kind)
        unknown = set(names).difference(defined)
        return not unknown or unknown == {""}

    def add(
        self,
        kind: str,
        names: Sequence[str],
        target: Target,
        at: Callable[[int], At],
        owner: Callable[[int], tuple[str, ...]],
        explained: Callable[[int], tuple[Thing, ...]] = lambda number: (),
        unmet: Thing = ("", ()),
    ) -> None:
        """Add each of *names* that *target* does not have; the rest is asked for by number."""
        known = target.names.exact
        if self.hold(kind, names, known):
            return
        target.taken.update(known.keys() & set(names))
        for number, name in enumerate(names):
            if name and name not in known:
                self.found.append(
                    Reference(kind, owner(number), name, at(number), target, explained(number), unmet)
                )


def named(groups: Sequence[References]) -> Iterator[Reference]:
    """All references of several groups."""
    for group in groups:
        yield from group.found


def together(groups: Sequence[References]) -> str:
    """The outcome of a rule that looks at several groups and finds nothing wrong."""
    outcomes = {group.outcome() for group in groups}
    return next((each for each in (CANNOT_TELL, PASS) if each in outcomes), NOT_APPLICABLE)


def once(memo: Memo, name: str, collect: Callable[[References], None]) -> References:
    """The references that *collect* adds, worked out once per run."""
    found: References | None = memo.get(("references", name))
    if found is None:
        found = memo["references", name] = References()
        collect(found)
    return found


def two_names(each: Reference, other: str, said: str, severity: str = "", remedy: str = "") -> Hit:
    """The hit for a name that was probably meant to be *other*."""
    ours, theirs = NAMES[str(each.at[0])], NAMES[str(each.target.whole[0])]
    there = each.target.at(other)
    lead = f"{ours} says {quote(each.name)}, {theirs} {quote(other)}"
    if ours == theirs:
        lead = f"{ours} says {quote(each.name)} and {quote(other)}"
    return hit(
        f"{lead}: {said}.",
        *((there, each.at) if each.kind in WISHES else (each.at, there)),
        key=each.key,
        severity=severity,
        remedy=remedy,
        explains=each.explains(other),
    )
