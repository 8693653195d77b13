"""Follows the data: raw field to training field to production field, and every item across the interfaces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from mismatch.findings import Finding
from mismatch.reading import rows, text, truth
from mismatch.rules._interfaces import INPUTS, mapped, partners_of
from mismatch.rules._pairs import PRODUCTION, RAW, TRAINING, Finder, Side, leaving, sides
from mismatch.rules._ranges import written
from mismatch.traceability import Documents, Marks, Spot, body_of
from tec.pointers import pointer

if TYPE_CHECKING:
    from mismatch.reading import Doc
    from mismatch.rules._interfaces import Interface

ENVIRONMENT = "development_environment"


class Stop(NamedTuple):
    """A field or item on its way."""

    name: str = ""
    type: str = ""
    values: str = ""
    spot: Spot | None = None
    part_of: str = ""  # the component it belongs to
    codes: tuple[str, ...] = ()  # of findings about it, minor or worse

    def as_json(self) -> dict[str, Any]:
        descriptor, at = self.spot or (None, None)
        return {
            "name": self.name,
            "type": self.type,
            "values": self.values,
            "component": self.part_of,
            "descriptor": descriptor,
            "pointer": at,
            "codes": list(self.codes),
        }


class Way(NamedTuple):
    """One row of a table of lineage; a stop without a name is one that nobody has stated."""

    stops: tuple[Stop, ...]
    label: bool = False  # a label, which is not expected in production


class Lineage(NamedTuple):
    """The three tables."""

    fields: tuple[Way, ...]  # raw data → training data → production data
    inputs: tuple[Way, ...]  # upstream component → pipeline
    outputs: tuple[Way, ...]  # model → downstream component

    def as_json(self) -> dict[str, Any]:
        return {
            name: [[stop.as_json() for stop in way.stops] for way in ways]
            for name, ways in self._asdict().items()
        }


def lineage(documents: Documents, findings: Sequence[Finding] = ()) -> Lineage:
    """The ways of all fields and items; *findings* of a check of them mark the stops they are about."""
    marks = Marks(findings)
    environment = body_of(documents, ENVIRONMENT)
    model, pipeline = body_of(documents, "trained_model"), body_of(documents, "data_pipeline")
    inputs = tuple(
        way._replace(stops=way.stops[::-1]) for way in _across(INPUTS, pipeline, environment, marks)
    )
    outputs = tuple(_across(leaving(model), model, environment, marks))
    return Lineage(tuple(_fields(documents, marks)), inputs, outputs)


def _fields(documents: Documents, marks: Marks) -> Iterator[Way]:
    raw, training, production = (body_of(documents, name) for name in (RAW, TRAINING, PRODUCTION))
    find_raw = Finder(RAW, "schema", "field_name", raw)
    find_delivered = Finder(PRODUCTION, "schema", "field_name", production)
    used: set[tuple[str | int, ...]] = set()
    for ours in sides(training, TRAINING, "schema", "field_name"):
        target = text(ours.row, "mapping_production_data")
        before = find_raw(ours.name) or (find_raw(target) if target else None)
        after = find_delivered(target) if target else None
        used.update(each.at for each in (before, after) if each)
        stops = [_stop(each, marks) if each else Stop() for each in (before, ours, after)]
        yield Way(tuple(stops), truth(ours.row, "label_field"))
    for place, (name, body) in ((0, (RAW, raw)), (2, (PRODUCTION, production))):
        for side in sides(body, name, "schema", "field_name"):
            if side.at not in used:
                stops = [Stop(), Stop(), Stop()]
                stops[place] = _stop(side, marks)
                yield Way(tuple(stops))


def _across(face: Interface, document: Doc, environment: Doc, marks: Marks) -> Iterator[Way]:
    """Our items and what they are mapped to, then their items that nothing of ours is mapped to."""
    partners = partners_of(face, environment)
    used = set()
    for place, row, name, component, item in mapped(rows(document, face.items)):
        if not name:
            continue
        ours = _stop(Side((face.owner, face.items, place), row, name), marks)
        partner = partners.get(component)
        there = partner[1].get(item) if partner else None
        theirs = Stop()
        if partner and there:
            used.add((component, item))
            theirs = _their_stop(face, (component, item), (partner[0], there[0]), there[1], marks)
        yield Way((ours, theirs))
    for component, (number, found) in partners.items():
        for item, (place, row) in found.items():
            if (component, item) not in used:
                yield Way((Stop(), _their_stop(face, (component, item), (number, place), row, marks)))


def _their_stop(face: Interface, names: tuple[str, str], at: tuple[int, int], row: Doc, marks: Marks) -> Stop:
    where = (ENVIRONMENT, face.components, at[0], face.theirs, at[1])
    return _stop(Side(where, row, names[1]), marks)._replace(part_of=names[0])


def _stop(side: Side, marks: Marks) -> Stop:
    descriptor, at = str(side.at[0]), pointer(*side.at[1:])
    values = written(side).strip("“”")
    return Stop(side.name, side.type, values, (descriptor, at), codes=marks.at(descriptor, at))
