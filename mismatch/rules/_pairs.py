"""Which rows of two descriptors mean the same thing, and which values they state for it."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE
from mismatch.reading import group, number_of, rows, text, text_of, truth
from mismatch.rules._interfaces import FINAL_OUTPUTS, INPUTS, OUTPUTS, first_rows, mapped, partners_of
from mismatch.text.names import key
from mismatch.text.ranges import ENDLESS, interval, values
from mismatch.text.types import family
from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from mismatch.declaration import At, Memo
    from mismatch.reading import Doc
    from mismatch.rules._interfaces import Interface
    from mismatch.text.ranges import Values

    Pairs: TypeAlias = "list[tuple[Side, Side]]"

RAW, TRAINING, PRODUCTION = "raw_data", "training_data", "production_data"
PIPELINE, MODEL, ENVIRONMENT = "data_pipeline", "trained_model", "development_environment"
SPECIFIED = frozenset({PIPELINE, MODEL})
"""The descriptors that state the values of an item by a specification; the others do so in words."""
NUMERIC = frozenset({"int", "float", "number"})
STEPS = ("data_processing_step", "data_processing_detail")


class Side(NamedTuple):
    """One row that says something about a value, and where it stands."""

    at: At
    row: Doc
    name: str

    def place(self, *tokens: str) -> At:
        return (*self.at, *tokens)

    @property
    def specified(self) -> bool:
        """Does it state its values by an item specification instead of in words?"""
        return self.at[0] in SPECIFIED

    @property
    def type_field(self) -> str:
        return "field_type" if self.at[1] == "schema" else "item_type"

    @property
    def description_field(self) -> str:
        return "field_description" if self.at[1] == "schema" else "item_description"

    @property
    def type(self) -> str:
        return text(self.row, self.type_field)

    @property
    def specification(self) -> Doc:
        return group(self.row, "item_specification")


def _side(*parts: At | Doc | str) -> Side:
    """What Side(…) does, at half the cost; a check makes a hundred of them."""
    return tuple.__new__(Side, parts)


def mapped_fields(training: Doc, production: Doc, memo: Memo) -> Pairs:
    """The training fields that are no labels, each with the production field it is mapped to."""
    found: Pairs | None = memo.get("mapped fields")
    if found is None:
        find = production_fields(production, memo)
        memo["mapped fields"] = found = []
        for place, row in enumerate(rows(training, "schema")):
            target = text(row, "mapping_production_data")
            theirs = find(target) if target and not truth(row, "label_field") else None
            if theirs:
                name = text(row, "field_name") or theirs.name
                found.append((_side((TRAINING, "schema", place), row, name), theirs))
    return found


def production_fields(production: Doc, memo: Memo) -> Finder:
    """Finds the fields of production by name."""
    found: Finder | None = memo.get("production fields")
    if found is None:
        memo["production fields"] = found = Finder(PRODUCTION, "schema", "field_name", production)
    return found


def raw_fields(raw: Doc, training: Doc, memo: Memo) -> Pairs:
    """The raw fields that training has under the same name, spelling aside, or else maps to production under
    that name: what the source calls a field it calls so in both."""
    found: Pairs | None = memo.get("raw fields")
    if found is None:
        find = Finder(RAW, "schema", "field_name", raw)
        memo["raw fields"] = found = []
        renamed = []
        for side in sides(training, TRAINING, "schema", "field_name"):
            ours = find(side.name)
            if ours:
                found.append((ours, side))
            elif not truth(side.row, "label_field"):
                renamed.append(side)
        taken = {ours.at for ours, _ in found}
        for side in renamed:
            ours = find(text(side.row, "mapping_production_data"))
            if ours and ours.at not in taken:
                found.append((ours, side))
    return found


def arriving(production: Doc, pipeline: Doc, memo: Memo) -> Pairs:
    """The production fields, each with the pipeline input of its name, or that is mapped to such a name."""
    found: Pairs | None = memo.get("arriving")
    if found is None:
        find = production_fields(production, memo)
        memo["arriving"] = found = []
        for place, row, name, _, item in mapped(rows(pipeline, "input_spec")):
            theirs = (find(name) or find(item)) if name else None
            if theirs:
                found.append((theirs, _side((PIPELINE, "input_spec", place), row, name)))
    return found


def delivered(pipeline: Doc, environment: Doc, memo: Memo) -> Pairs:
    """What upstream components deliver, each with the pipeline input that is mapped to it."""
    found: Pairs | None = memo.get("delivered")
    if found is None:
        joined = _joined(INPUTS, pipeline, environment)
        memo["delivered"] = found = [(theirs, ours) for ours, theirs in joined]
    return found


def upstream(pipeline: Doc, environment: Doc, memo: Memo) -> dict[At, Side]:
    """What is delivered, by the place of the pipeline input that is mapped to it."""
    found: dict[At, Side] | None = memo.get("upstream")
    if found is None:
        pairs = delivered(pipeline, environment, memo)
        memo["upstream"] = found = {theirs.at: ours for ours, theirs in pairs}
    return found


def handed_on(model: Doc, environment: Doc, memo: Memo) -> Pairs:
    """What leaves the model, each item with the downstream input it is mapped to."""
    found: Pairs | None = memo.get("handed on")
    if found is None:
        memo["handed on"] = found = _joined(leaving(model), model, environment)
    return found


def leaving(model: Doc) -> Interface:
    """The list of what leaves the model: its outputs, or those of post-processing."""
    return FINAL_OUTPUTS if truth(model, "post_processing") else OUTPUTS


def outputs(model: Doc) -> list[Side]:
    """The named items that leave the model."""
    return sides(model, MODEL, leaving(model).items, "item_name")


def sides(holder: Doc, descriptor: str, name: str, field: str) -> list[Side]:
    """The rows of a list that have a name."""
    return [
        _side((descriptor, name, place), row, called)
        for place, row in enumerate(rows(holder, name))
        if (called := text(row, field))
    ]


class Finder:
    """Finds rows by name: as written, else the only one of another spelling. The first of equals counts."""

    def __init__(self, descriptor: str, name: str, field: str, holder: Doc) -> None:
        self._rows = first_rows(holder, name, field)
        self._head = (descriptor, name)
        self._keys: dict[str, str] | None = None

    def __call__(self, name: str) -> Side | None:
        found = self._rows.get(name)
        if found is None:
            if not name:
                return None
            if self._keys is None:
                self._keys = self._by_key()
            name = self._keys.get(key(name), "")
            found = self._rows.get(name)
            if found is None:
                return None
        return _side((*self._head, found[0]), found[1], name)

    def _by_key(self) -> dict[str, str]:
        known: dict[str, str] = {}
        for other in self._rows:
            core = key(other)
            known[core] = "" if core in known else other  # of two nobody knows which is meant
        return known


def _joined(face: Interface, document: Doc, environment: Doc) -> Pairs:
    partners = partners_of(face, environment)
    found: Pairs = []
    for place, row, name, component, item in mapped(rows(document, face.items)):
        partner = partners.get(component)
        theirs = partner[1].get(item) if partner else None
        if partner and theirs:
            there = (ENVIRONMENT, face.components, partner[0], face.theirs, theirs[0])
            ours = _side((face.owner, face.items, place), row, name or item)
            found.append((ours, _side(there, theirs[1], item)))
    return found


def nothing_to_compare(*lists: list[Doc]) -> str:
    """The outcome where no two rows belong together: a list without rows may still get some."""
    return NOT_APPLICABLE if all(lists) else CANNOT_TELL


if TYPE_CHECKING:
    Statement: TypeAlias = "str | tuple[float | None, float | None, str]"


def statement(side: Side) -> tuple[str, Statement]:
    """The type of a row and what it says about its values: words, or minimum, maximum and words of its
    specification."""
    row = side.row
    kind = row.get("field_type" if side.at[1] == "schema" else "item_type")
    if kind.__class__ is not str:
        kind = text_of(kind)
    if side.at[0] not in SPECIFIED:
        said = row.get("expected_values")
        return kind, said if said.__class__ is str else text_of(said)
    given = row.get("item_specification")
    if given.__class__ is not dict:
        return kind, (None, None, "")
    words = given.get("other_value")
    return kind, (
        number_of(given.get("min_value")),
        number_of(given.get("max_value")),
        words if words.__class__ is str else text_of(words),
    )


def understood(type: str, stated: Statement) -> Values | None:
    """The values that a row of this type states; None if it does not, or not so that they are understood."""
    kind = family(type)
    if isinstance(stated, str):
        return values(stated, kind in NUMERIC)
    low, high, words = stated
    if kind in NUMERIC:
        return limits(low, high)
    return None if kind else values(words)


def stated_values(side: Side) -> Values | None:
    """`understood` of a row."""
    return understood(*statement(side))


def limits(low: float | None, high: float | None) -> Values | None:
    """Minimum to maximum of an item: None if both are 0 or blank; a blank one alone is no limit."""
    if not low and not high:
        return None
    if low is not None and high is not None and low > high:
        return None
    return interval(-ENDLESS if low is None else low, ENDLESS if high is None else high)


def values_place(side: Side, end: str = "") -> At:
    """Where a row states its values; of an item specification the field of this *end*, if one is given."""
    if not side.specified:
        return side.place("expected_values")
    if family(side.type) not in NUMERIC:
        return side.place("item_specification", "other_value")
    return side.place("item_specification", end) if end else side.place("item_specification")
