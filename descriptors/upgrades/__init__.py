"""Brings a document of an older schema version to a newer one, and tells what a person still has to do."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from descriptors.catalogue import LATEST, OWN_VERSIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class ToComplete(NamedTuple):
    """A value the older version did not ask for and nobody can guess; left blank."""

    pointer: str  # in the upgraded body
    message: str


class Loss(NamedTuple):
    """A value that is not where it was: moved, rewritten, or without a place in the newer version."""

    pointer: str  # where it was, in the body as it was given
    value: Any
    kept: str  # where it, or what was made of it, is now; "" if it is nowhere in the upgraded body
    message: str


class Pointers:
    """Finds, for a place in an upgraded body, the place in the body as it was given."""

    def __init__(self, given: Any, moves: Sequence[Mapping[str, str]] | None = None) -> None:
        """*moves* has a mapping per step, oldest first: pointer after the step → pointer before it.

        None means that nothing was upgraded, and every pointer stands for itself.
        """
        self._given = given
        self._moves = moves

    def original(self, pointer: str) -> str:
        """The pointer in the given body, or its nearest parent that exists there; "" is the whole body."""
        if self._moves is None:
            return pointer
        return _existing(self._given, _backward(pointer, self._moves))


class Upgraded(NamedTuple):
    """A body in its new version. Parts that did not change are shared with the body that was given."""

    body: Any
    from_version: str | None  # None if the version is not known; the body is then as it was given
    version: str | None
    to_complete: tuple[ToComplete, ...]
    losses: tuple[Loss, ...]
    pointers: Pointers


def upgrade(descriptor: str, body: Any, to: str = LATEST) -> Upgraded:
    """*body* in version *to*, made step by step.

    A body that is there already, that is newer, or whose version is not known comes back as it is. Nothing is
    ever changed in place, and no body, however broken, makes this raise. An unknown *to* raises ValueError.
    """
    found = body.get("version") if isinstance(body, dict) else None
    if found == to:
        return Upgraded(body, to, to, (), (), Pointers(body))
    _check_known(to)
    version = _known(found)
    if version is None or _number(version) >= _number(to):
        return Upgraded(body, version, version, (), (), Pointers(body))
    return _upgraded(descriptor, body, version, to)


def replaced(pointer: str, moves: Mapping[str, str]) -> str:
    """*pointer* with its longest beginning that *moves* knows exchanged for what it is mapped to."""
    end = len(pointer)
    while end > 0:
        if pointer[:end] in moves:
            return moves[pointer[:end]] + pointer[end:]
        end = pointer.rfind("/", 0, end)
    return pointer


def _upgraded(descriptor: str, body: dict[str, Any], version: str, to: str) -> Upgraded:
    from descriptors.upgrades.steps import Change, steps_of

    _load_steps()
    changes = []
    current = body
    for step in steps_of(descriptor):
        if _number(version) < _number(step.to) <= _number(to):
            change = Change(current)
            step.apply(change)
            changes.append(change)
            current = change.body
    moves = [change.moves for change in changes]
    renumbered = {**current, "version": to}
    to_complete = [
        item._replace(pointer=_forward(item.pointer, moves[done:]))
        for done, change in enumerate(changes, start=1)
        for item in change.to_complete
    ]
    losses = [
        loss._replace(
            pointer=_backward(loss.pointer, moves[:done]), kept=_forward(loss.kept, moves[done + 1 :])
        )
        for done, change in enumerate(changes)
        for loss in change.losses
    ]
    return Upgraded(renumbered, version, to, tuple(to_complete), tuple(losses), Pointers(body, moves))


def _backward(pointer: str, moves: Sequence[Mapping[str, str]]) -> str:
    for step in reversed(moves):
        pointer = replaced(pointer, step)
    return pointer


def _forward(pointer: str, moves: Sequence[Mapping[str, str]]) -> str:
    for step in moves:
        pointer = replaced(pointer, {before: after for after, before in step.items()})
    return pointer


def _existing(body: Any, pointer: str) -> str:
    """The longest beginning of *pointer* that leads somewhere in *body*."""
    from tec.pointers import pointer as joined
    from tec.pointers import resolve, tokens

    missing = object()
    parts = tokens(pointer)
    while parts and resolve(body, joined(*parts), missing) is missing:
        parts.pop()
    return joined(*parts)


def _known(version: Any) -> str | None:
    """*version* as text if there is such a version. Numbers count too: JavaScript writes 1.0 as 1."""
    if isinstance(version, int | float) and not isinstance(version, bool) and abs(version) < 1000:
        version = str(float(version))
    if not isinstance(version, str):
        return None
    version = version.strip()
    return version if version in OWN_VERSIONS or version in _available() else None


def _check_known(version: str) -> None:
    if version not in OWN_VERSIONS and version not in _available():
        raise ValueError(f"There is no version “{version}” to upgrade to; known: {', '.join(_available())}.")


def _available() -> tuple[str, ...]:
    from descriptors import catalogue

    return catalogue.versions()


def _number(version: str) -> tuple[int, ...]:
    return tuple([int(part) for part in version.split(".")])


@cache
def _load_steps() -> None:
    # Late, because documents of the newest version need none of it.
    from tec.registry import discover

    discover(__name__)
