"""Fixes of interfaces: map by name, and copy what one side gives to the side that takes it."""

from __future__ import annotations

from mismatch.fixes import Proposal, addition, change, fixer
from mismatch.reading import blank, column, group, number, rows, text, truth
from mismatch.text.names import key
from mismatch.wording import plain, quote
from tec.named import NamedTuple
from tec.pointers import tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mismatch.findings import Finding
    from mismatch.fixes import Documents
    from mismatch.reading import Doc


class Face(NamedTuple):
    """An interface of pipeline or model to the components around it."""

    owner: str
    items: str
    components: str
    theirs: str


FACES = {
    "input_spec": Face("data_pipeline", "input_spec", "upstream_components", "output_spec"),
    "output_spec": Face("trained_model", "output_spec", "downstream_components", "input_spec"),
    "final_output_spec": Face("trained_model", "final_output_spec", "downstream_components", "input_spec"),
}
ENVIRONMENT = "development_environment"

Item = tuple[int, int, str, str]
"""Number of the component, number of the item, their names."""


@fixer("output-unmapped", "final-output-unmapped", "input-unmapped", "interface-mapping-dangling")
def map_by_name(finding: Finding, documents: Documents) -> Iterator[Proposal]:
    """An item of ours that leads nowhere: to the only item of that name, else to a new one."""
    list_, row, *_ = [*tokens(finding.places[0].pointer), "", ""]
    face = FACES.get(list_)
    if face is None or not row.isdigit():
        return
    all_ours = rows(documents.get(face.owner) or {}, list_)
    if int(row) >= len(all_ours):
        return  # the document has changed since the finding was made
    ours = all_ours[int(row)]
    environment = documents.get(ENVIRONMENT) or {}
    there = _items(face, environment)
    mapping = group(ours, "component_mapping")
    for said in (text(mapping, "data_item"), text(ours, "item_name")):
        same = [each for each in there if key(said) and key(each[3]) == key(said)]
        if len(same) == 1 and not _taken(face, documents, same[0], int(row)):
            yield _mapped(face, int(row), ours, same[0])
            return
    if face.owner == "trained_model":
        yield from _taken_in(face, int(row), ours, environment)


@fixer("downstream-input-unfed", "downstream-input-unfed-final", "upstream-output-unused")
def map_from_the_other_side(finding: Finding, documents: Documents) -> Iterator[Proposal]:
    """An item of theirs that nobody uses: from the only row of ours of that name that is mapped nowhere."""
    face = FACES.get(finding.places[0].pointer.removeprefix("/"))
    where = tokens(finding.places[-1].pointer)
    if face is None or len(where) < 4:
        return
    item = next(
        (
            each
            for each in _items(face, documents.get(ENVIRONMENT) or {})
            if each[:2] == (int(where[1]), int(where[3]))
        ),
        None,
    )
    free = [
        (row, ours)
        for row, ours in enumerate(rows(documents.get(face.owner) or {}, face.items))
        if item
        and key(text(ours, "item_name")) == key(item[3])
        and not text(group(ours, "component_mapping"), "data_item")
    ]
    if item and len(free) == 1:
        yield _mapped(face, *free[0], item)


@fixer("training-field-unmapped", "production-field-unused")
def map_fields_by_name(finding: Finding, documents: Documents) -> Iterator[Proposal]:
    """A training field and a production field of one name."""
    training = rows(documents.get("training_data") or {}, "schema")
    delivered = column(documents.get("production_data") or {}, "schema", "field_name")
    used = {text(row, "mapping_production_data") for row in training}
    about = key(str(finding.places[-1].value)) if finding.rule == "production-field-unused" else ""
    for row, ours in enumerate(training):
        name = text(ours, "field_name")
        if text(ours, "mapping_production_data") or truth(ours, "label_field") or not key(name):
            continue
        if about and key(name) != about:
            continue
        if not about and not finding.places[0].pointer.startswith(f"/schema/{row}/"):
            continue
        same = [each for each in delivered if key(each) == key(name) and each not in used]
        if len(same) == 1:
            yield Proposal(
                "training_data",
                f"Map {quote(name)} to {quote(same[0])}",
                (change(same[0], "schema", row, "mapping_production_data"),),
            )


@fixer("output-type-mismatch", "final-output-type-mismatch")
def copy_the_output(finding: Finding, documents: Documents) -> Iterator[Proposal]:
    """What comes out of the model, written where it is taken; for types that go together only."""
    if len(finding.places) == 2 and finding.severity in ("minor", "info"):
        ours, theirs = finding.places
        steps: list[str | int] = [int(step) if step.isdigit() else step for step in tokens(theirs.pointer)]
        yield Proposal(
            theirs.descriptor,
            f"Write {quote(str(ours.value))}, as the model gives it, instead of {quote(str(theirs.value))}",
            (change(ours.value, *steps),),
        )


def _items(face: Face, environment: Doc) -> list[Item]:
    return [
        (place, number, name, item)
        for place, component in enumerate(rows(environment, face.components))
        if (name := text(component, "component_name"))
        for number, item in enumerate(column(component, face.theirs, "item_name"))
        if item
    ]


def _taken(face: Face, documents: Documents, item: Item, row: int) -> bool:
    """Is the downstream input fed by another row already? What comes from upstream may be used twice."""
    if face.owner == "data_pipeline":
        return False
    for other, ours in enumerate(rows(documents.get(face.owner) or {}, face.items)):
        mapping = group(ours, "component_mapping")
        if other != row and (text(mapping, "component"), text(mapping, "data_item")) == item[2:]:
            return True
    return False


def _mapped(face: Face, row: int, ours: Doc, item: Item) -> Proposal:
    _, _, component, name = item
    return Proposal(
        face.owner,
        f"Map {quote(text(ours, 'item_name'))} to {quote(name)} of {quote(component)}",
        (change({"component": component, "data_item": name}, face.items, row, "component_mapping"),),
    )


def _taken_in(face: Face, row: int, ours: Doc, environment: Doc) -> Iterator[Proposal]:
    """The output as a new input of the downstream component it is mapped to."""
    mapping = group(ours, "component_mapping")
    component, name = text(mapping, "component"), text(mapping, "data_item")
    names = column(environment, face.components, "component_name")
    if name and names.count(component) == 1:
        new = {
            "item_name": name,
            "item_description": text(ours, "item_description"),
            "item_type": text(ours, "item_type"),
            "expected_values": _values(ours),
        }
        yield Proposal(
            ENVIRONMENT,
            f"Add {quote(name)} to what {quote(component)} takes, as the model gives it",
            (addition(new, face.components, names.index(component), face.theirs),),
        )


def _values(ours: Doc) -> str:
    """The specification of an item in words, "" if it says nothing."""
    given = group(ours, "item_specification")
    low, high = (0 if blank(given.get(end)) else number(given, end) for end in ("min_value", "max_value"))
    if text(ours, "item_type") in ("Integer", "Float") and (low or high):
        return "" if low is None or high is None else f"{plain(low)} - {plain(high)}"
    longest = number(given, "max_length")
    if text(ours, "item_type") == "String" and longest:
        return f"up to {plain(longest)} characters"
    return text(given, "other_value")


@fixer("mappings-crossed")
def exchange_mappings(finding: Finding, documents: Documents) -> Iterator[Proposal]:
    """A row that is mapped to what another one is meant for: to its own, and the other to what it had."""
    if len(finding.places) != 2:
        return
    ours, theirs = finding.places
    body = documents.get(ours.descriptor) or {}
    list_, row, *_ = [*tokens(ours.pointer), "", ""]
    listed = rows(body, list_)
    if not row.isdigit() or int(row) >= len(listed) or not isinstance(theirs.value, str):
        return
    if ours.descriptor == "training_data":
        field: str = "mapping_production_data"
        meant: str | dict[str, str] = theirs.value
    else:
        steps = tokens(theirs.pointer)
        components = rows(documents.get(ENVIRONMENT) or {}, steps[0])
        if not steps[1].isdigit() or int(steps[1]) >= len(components):
            return
        field = "component_mapping"
        meant = {"component": text(components[int(steps[1])], "component_name"), "data_item": theirs.value}
    had = listed[int(row)].get(field)
    changes = [change(meant, list_, int(row), field)]
    changes += [
        change(had, list_, number, field)
        for number, other in enumerate(listed)
        if number != int(row) and other.get(field) == meant
    ]
    name = text(listed[int(row)], "item_name" if field == "component_mapping" else "field_name")
    said = f"Map {quote(name or text(listed[int(row)], 'label'))} to {quote(theirs.value)}"
    said += ", and what was mapped there to what it had" if len(changes) > 1 else ""
    yield Proposal(ours.descriptor, said, tuple(changes), sure=False)
