"""Says what is wrong with a document by its schema: where, in words, and what to write instead."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from descriptors import catalogue
from descriptors.catalogue import LATEST, NAMES
from tec.pointers import pointer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jsonschema.protocols import Validator

    from descriptors.schema_store import Source

MAX_PROBLEMS = 200
MAX_LOOKED_AT = 5_000  # faults; a document with more is not looked at any further


class Problem(NamedTuple):
    """One thing wrong with a document."""

    pointer: str  # where; for something missing, where it belongs
    label: str  # the same for people; "" for the whole document
    message: str
    severity: str  # "error": the document is not valid; "warning": valid, but probably not meant so
    code: str  # a stable word for the kind of problem


class Fault(NamedTuple):
    """A problem before it is put into words."""

    keyword: str  # of JSON Schema, or one of our own: "unknown"
    path: tuple[str | int, ...]
    value: Any  # what is there
    rule: Any  # what the keyword demands
    schema: Mapping[str, Any]  # that the value has to follow; for something missing, of the missing value


def problems(descriptor: str, body: Any, version: str | None = None) -> list[Problem]:
    """All problems of *body*, best first: errors before warnings, then the outer before the inner ones.

    It is checked against the schema of *version*, else of the version it states, else of the newest. At most
    MAX_PROBLEMS are listed, and then how many more there are. Nothing that JSON can hold makes this raise; an
    unknown *descriptor* or *version* raises `UnknownSchema`.
    """
    if not isinstance(body, dict):
        from descriptors.sentences import shown

        message = f"A {NAMES[descriptor]} document must be an object with named fields, not {shown(body)}."
        return [Problem("", "", message, "error", "not-an-object")]
    checked = version or _version_to_check(descriptor, body.get("version"))
    faults = list(islice(_faults(descriptor, checked, body), MAX_LOOKED_AT + 1))
    order = _Order(catalogue.schema(descriptor, checked))
    faults.sort(key=lambda fault: (fault.keyword in _WARNINGS, len(fault.path), order.of(fault.path)))
    first = _version_problems(descriptor, body, version)
    kept = faults[: MAX_PROBLEMS - len(first)]
    found = first + [_worded(descriptor, checked, fault) for fault in kept]
    return found + _rest(faults[len(kept) :], counted=len(faults) <= MAX_LOOKED_AT)


_WARNINGS = {"format", "unknown"}

_CODES = {
    "required": "missing",
    "type": "wrong-type",
    "enum": "not-allowed",
    "const": "not-allowed",
    "minItems": "too-few",
    "maxItems": "too-many",
    "minimum": "out-of-range",
    "maximum": "out-of-range",
    "format": "format",
    "unknown": "unknown-key",
    "depth": "too-deep",
}


def _version_to_check(descriptor: str, stated: Any) -> str:
    if isinstance(stated, float):
        stated = str(stated)
    return stated if stated in catalogue.versions(descriptor) else LATEST


def _version_problems(descriptor: str, body: dict[str, Any], expected: str | None) -> list[Problem]:
    """What is wrong with the version that the document states; at most one problem."""
    from descriptors.sentences import listed, named

    stated = body.get("version")
    known = catalogue.versions(descriptor)
    wanted = expected or LATEST
    if "version" not in body:
        code = "version-missing"
        text = f'is missing; add "version": "{wanted}" (known: {listed(known, "and")}).'
    elif isinstance(stated, float) and str(stated) in known:
        code, text = "version-unknown", f'is the number {stated}; put it in quotation marks: "{stated}".'
    elif stated not in known:
        code = "version-unknown"
        text = (
            f"is {named(stated)}; known are {listed(known, 'and')}. The rest was checked as version {wanted}."
        )
    elif stated != wanted and expected:
        code = "version-mismatch"
        text = f"is {stated}, but {wanted} is needed here; upgrade the document first."
    else:
        return []
    label = _label(descriptor, "/version")
    return [Problem("/version", label, f"{label} {text}", "error", code)]


def _faults(descriptor: str, version: str, body: dict[str, Any]) -> Iterator[Fault]:
    source = catalogue.source()
    try:
        for error in _validator(descriptor, version, source).iter_errors(body):
            path = tuple(error.absolute_path)
            if path == ("version",):  # is judged on its own
                continue
            schema: Any = error.schema
            if error.validator == "required":
                schema = schema.get("properties", {}).get(path[-1], {})
            yield Fault(str(error.validator), path, error.instance, error.validator_value, schema)
    except (RecursionError, ValueError, ArithmeticError):
        # Rules that compare whole values give up on values nested thousands deep.
        yield Fault("depth", (), body, None, {})
    yield from _unknown_keys(catalogue.schema(descriptor, version), body, _accepted(descriptor, version))


@cache
def _validator(descriptor: str, version: str, source: Source) -> Validator:
    # *source* tells schemas of the same version apart once the submodule has moved.
    from descriptors.keywords import validator

    return validator(catalogue.schema(descriptor, version))


def _accepted(descriptor: str, version: str) -> frozenset[str]:
    """Names at the top that no schema defines and that are still nothing unusual."""
    return frozenset(
        path
        for erratum in catalogue.errata(descriptor, version)
        if erratum.repaired
        for path in erratum.paths
    )


_OPEN = ("allOf", "anyOf", "oneOf", "if", "additionalProperties", "dependencies")


def _unknown_keys(
    schema: Mapping[str, Any], value: Any, accepted: frozenset[str], path: tuple[str | int, ...] = ()
) -> Iterator[Fault]:
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        # Where other parts of the schema may define names, or it says what further ones are, none is unknown.
        judged = bool(properties) and not any(key in schema for key in _OPEN)
        for name, member in value.items():
            if name in properties:
                yield from _unknown_keys(properties[name], member, frozenset(), (*path, name))
            elif judged and name not in accepted:
                yield Fault("unknown", (*path, name), member, None, schema)
    elif isinstance(value, list) and isinstance(schema.get("items"), dict):
        for index, member in enumerate(value):
            yield from _unknown_keys(schema["items"], member, frozenset(), (*path, index))


class _Order:
    """Sorts places as the schema orders its properties, and rows by their number."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._schema = schema

    def of(self, path: tuple[str | int, ...]) -> list[int]:
        places = []
        schema: Any = self._schema
        for token in path:
            if isinstance(token, int):
                places.append(token)
                schema = schema.get("items", {})
            else:
                names = list(schema.get("properties", {}))
                places.append(names.index(token) if token in names else len(names))
                schema = schema.get("properties", {}).get(token, {})
            if not isinstance(schema, dict):
                schema = {}
        return places


def _worded(descriptor: str, version: str, fault: Fault) -> Problem:
    from descriptors.sentences import sentence

    place = pointer(*fault.path)
    label = _label(descriptor, place)
    severity = "warning" if fault.keyword in _WARNINGS else "error"
    message = sentence(descriptor, version, label, fault)
    return Problem(place, label, message, severity, _CODES.get(fault.keyword, "schema"))


def _label(descriptor: str, place: str) -> str:
    from descriptors import guides

    return guides.label(descriptor, place)


def _rest(left: list[Fault], *, counted: bool) -> list[Problem]:
    if not left:
        return []
    number = len(left) if counted else len(left) - 1
    message = f"{'And' if counted else 'And at least'} {number} more; mend the ones above first."
    severity = "warning" if all(fault.keyword in _WARNINGS for fault in left) else "error"
    return [Problem("", "", message, severity, "and-more")]
