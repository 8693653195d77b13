"""The lists whose rows state a type and expected values in words; read once per run for several rules."""

from __future__ import annotations

from operator import itemgetter

from mismatch.reading import rows, text
from mismatch.rules._defined import ITEMS
from mismatch.rules._pairs import ENVIRONMENT, PRODUCTION, RAW, TRAINING
from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from mismatch.declaration import At, Memo
    from mismatch.reading import Doc

MOST = 8192


class Stated(NamedTuple):
    """One list: of fields, or of the items of a component."""

    at: At
    owner: tuple[str, ...]  # whose it is, for ever: not by the number of a component
    type: str  # the field that holds the type
    name: str  # the field that holds the name
    rows: list[Doc]
    cells: frozenset[tuple[str, str]] | None  # types and values; None if a row lacks one or it is no text

    def may_have(self, wrong: Callable[[str, str], object], sound: set[tuple[str, str]]) -> bool:
        """Is a row wrong? Without a step of Python for each that is among the *sound* ones, which grow."""
        if self.cells is None:
            return True
        for kind, said in self.cells - sound:
            if wrong(kind, said):
                return True
            if len(sound) < MOST:
                sound.add((kind, said))
        return False


CELLS = {field: itemgetter(field, "expected_values") for field in ("field_type", "item_type")}


def stated(memo: Memo, raw: Doc, training: Doc, production: Doc, environment: Doc) -> list[Stated]:
    """All such lists."""
    found: list[Stated] | None = memo.get("stated")
    if found is None:
        memo["stated"] = found = []
        for descriptor, body in ((RAW, raw), (TRAINING, training), (PRODUCTION, production)):
            at = (descriptor, "schema")
            found.append(_stated(at, (descriptor,), "field_type", "field_name", rows(body, "schema")))
        for components, items in ITEMS:
            for place, component in enumerate(rows(environment, components)):
                whole = (ENVIRONMENT, components, place, items)
                owner = (ENVIRONMENT, components, text(component, "component_name"))
                found.append(_stated(whole, owner, "item_type", "item_name", rows(component, items)))
    return found


def _stated(at: At, owner: tuple[str, ...], type: str, name: str, rows: list[Doc]) -> Stated:
    try:
        cells = frozenset(map(CELLS[type], rows))
    except (KeyError, TypeError):
        return Stated(at, owner, type, name, rows, None)
    told = all(kind.__class__ is str is said.__class__ for kind, said in cells)
    return Stated(at, owner, type, name, rows, cells if told else None)
