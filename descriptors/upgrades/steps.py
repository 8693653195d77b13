"""What upgrade steps are written with: how to declare a step, and how to edit a document in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from descriptors.upgrades import Loss, ToComplete, replaced
from tec.registry import Registry


class Change:
    """One step's work on one document: a copy to edit, and the record of what came from where."""

    def __init__(self, body: dict[str, Any]) -> None:
        self.body = dict(body)
        self.moves: dict[str, str] = {}  # pointer after the step → pointer before it
        self.to_complete: list[ToComplete] = []
        self.losses: list[Loss] = []

    def rows(self, key: str) -> list[tuple[str, dict[str, Any]]]:
        """The objects in the list *key*, each with its pointer and copied, so that a step may edit it."""
        rows = self.body.get(key)
        if not isinstance(rows, list):
            return []
        self.body[key] = copies = [dict(row) if isinstance(row, dict) else row for row in rows]
        return [(f"/{key}/{index}", row) for index, row in enumerate(copies) if isinstance(row, dict)]

    def rename(self, at: str, members: dict[str, Any], old: str, new: str) -> None:
        """Give the key *old* of *members*, the object at *at*, the name *new*, in its place."""
        if old not in members:
            return
        if new in members:
            self.lose(f"{at}/{new}", members[new], "", f"The name “{new}” was needed for “{old}”.")
        named = [(new if key == old else key, value) for key, value in members.items() if key != new]
        members.clear()
        members.update(named)
        self.moves[f"{at}/{new}"] = f"{at}/{old}"

    def add(
        self,
        at: str,
        members: dict[str, Any],
        key: str,
        value: Any,
        *,
        after: str,
        keep: Callable[[Any], bool],
    ) -> None:
        """Put *key* into *members*, the object at *at*, directly behind the key *after*.

        Older versions allowed any further key. One of the same name stays if *keep* says that its value fits.
        """
        if key in members:
            if not keep(members[key]):
                self.lose(
                    f"{at}/{key}",
                    members[key],
                    "",
                    f"The new version has a field “{key}” that cannot hold this value.",
                )
                members[key] = value
            return
        behind = list(members.items())
        if after in members:
            behind = behind[list(members).index(after) + 1 :]
            for name, _ in behind:
                del members[name]
            members[key] = value
            members.update(behind)
        else:
            members[key] = value

    def complete(self, pointer: str, message: str) -> None:
        """Note that a person has to fill in what is at *pointer* after this step."""
        self.to_complete.append(ToComplete(pointer, message))

    def lose(self, pointer: str, value: Any, kept: str, message: str) -> None:
        """Note that *value*, which was at *pointer*, is now at *kept*, or nowhere if that is empty.

        *pointer* may go through keys that this step has renamed already.
        """
        self.losses.append(Loss(replaced(pointer, self.moves), value, kept, message))


class Step(NamedTuple):
    descriptor: str
    to: str  # the version it leads to
    apply: Callable[[Change], None]


STEPS: Registry[Step] = Registry("upgrade step")


def step(descriptor: str, *, to: str) -> Callable[[Callable[[Change], None]], Callable[[Change], None]]:
    """Declare a function as what turns a *descriptor* of the version before *to* into one of *to*."""

    def declare(apply: Callable[[Change], None]) -> Callable[[Change], None]:
        STEPS.add(f"{descriptor} {to}", Step(descriptor, to, apply))
        return apply

    return declare


def steps_of(descriptor: str) -> list[Step]:
    """The steps of *descriptor*, oldest first."""
    found = [step for step in STEPS if step.descriptor == descriptor]
    return sorted(found, key=lambda step: [int(part) for part in step.to.split(".")])


def is_text(value: Any) -> bool:
    return isinstance(value, str)


def text_of(value: Any) -> str:
    """A text or number as text, as JSON writes it; "" for lists, objects and null."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ""


def is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
