"""Puts the faults of a document into sentences: what is wrong, where, and what to write instead."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from descriptors import catalogue
from tec.plain import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from descriptors.validation import Fault

MAX_CHOICES = 15

_NUMBER = re.compile(r"\s*-?\d{1,30}(\.\d{1,30})?\s*", re.ASCII)

_KINDS = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object with named fields",
    "null": "null",
}


def sentence(descriptor: str, version: str, label: str, fault: Fault) -> str:
    """The sentence on *fault*, which is at the place called *label*."""
    if fault.keyword == "unknown":
        return _unknown(descriptor, version, label, fault)
    where = spoken(label) or catalogue.NAMES[descriptor]
    say = _SENTENCES.get(fault.keyword)
    text = say(fault) if say else f"breaks the rule {quoted(fault.keyword)} of the schema"
    if _is_plural(label):
        verb, _, rest = text.partition(" ")
        text = f"{_PLURAL.get(verb, verb)} {rest}"
    return f"{where[:1].upper()}{where[1:]} {text}."


def spoken(label: str) -> str:
    """A label in the order of speech: “Outputs 2 › Item type” becomes “Item type of output 2”."""
    inner, *outer = [_one(part) for part in label.split(" › ")[::-1]]
    return " of ".join([inner, *[_lower(part) for part in outer]])


_PLURAL = {"is": "are", "has": "have", "needs": "need", "breaks": "break", "fits": "fit"}


def _is_plural(label: str) -> bool:
    """Whether the innermost part of *label* is a word in the plural, as far as its last letter tells."""
    return label.endswith("s") and not label.endswith(("ss", "us", "is"))


def _one(part: str) -> str:
    """The label of a row in the singular: “Test cases 2” is “Test case 2”."""
    name, _, row = part.rpartition(" ")
    if not row.isdigit() or not _is_plural(name) or " and " in name:
        return part
    return f"{name[:-3]}y {row}" if name.endswith("ies") else f"{name[:-1]} {row}"


def named(value: Any) -> str:
    """*value* as the subject of a sentence: texts only quoted, anything else as `shown`."""
    return quoted(value) if isinstance(value, str) and value.strip() else shown(value)


def shown(value: Any) -> str:
    """*value* for a sentence: texts quoted and cut, lists and objects by their kind only."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return f"the text {quoted(value)}" if value.strip() else "an empty text"
    if isinstance(value, int | float):
        return f"the number {_number(value)}" if abs(value) < 10**30 else "an enormous number"
    return "a list" if isinstance(value, list) else "an object"


def listed(items: Iterable[str], word: str) -> str:
    """ "a, b and c", with *word* before the last; of a long list the beginning only."""
    names = list(items)
    if len(names) > MAX_CHOICES:
        return f"{', '.join(names[:MAX_CHOICES])} {word} {len(names) - MAX_CHOICES} more"
    return f" {word} ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


_ALSO_CALLED = {
    "Integer": ("int", "int32", "int64", "long", "number"),
    "Float": ("double", "decimal", "real", "float32", "float64"),
    "String": ("str", "text", "character", "char", "varchar"),
    "Image": ("picture", "photo", "jpg", "png"),
    "Milliseconds": ("ms", "msec"),
    "Seconds": ("s", "sec"),
    "Minutes": ("m", "min"),
    "Hours": ("h", "hrs"),
    "greater than": (">", "more than", "above"),
    "greater or equal than": (">=", "≥", "at least"),
    "less than": ("<", "below"),
    "less or equal than": ("<=", "≤", "at most"),
    "equal to": ("=", "==", "equals"),
    "different than": ("!=", "<>", "≠", "not equal"),
}
"""A choice → words for it that look quite different."""


def nearest(word: str, known: Iterable[str]) -> str:
    """The one of *known* that *word* was probably meant to be, or "" if none is like it."""
    known = list(known)
    for name in known:
        if word.strip().casefold() in _ALSO_CALLED.get(name, ()):
            return name
    plain = {_plain(name): name for name in known}
    wanted = _plain(word[:200])
    close = get_close_matches(wanted, plain, n=1, cutoff=0.6)
    if not close and len(wanted) > 3:
        close = [name for name in plain if len(name) > 3 and (wanted in name or name in wanted)]
    return plain[close[0]] if close else ""


def _missing(fault: Fault) -> str:
    allowed = fault.schema.get("enum")
    return f"is missing; add {f'one of {_choices(allowed)}' if allowed else _kind(fault.schema.get('type'))}"


def _wrong_type(fault: Fault) -> str:
    value = fault.value
    hint = ""
    types = [fault.rule] if isinstance(fault.rule, str) else fault.rule
    if "string" in types and isinstance(value, int | float) and not isinstance(value, bool):
        hint = "; put it in quotation marks"
    elif isinstance(value, str) and _means(value, types):
        hint = "; leave out the quotation marks"
    return f"must be {_kind(fault.rule)}, not {shown(value)}{hint}"


def _not_allowed(fault: Fault) -> str:
    value = fault.value
    if not isinstance(value, str):
        return f"is {shown(value)}; choose one of {_choices(fault.rule)}"
    if not value.strip():
        return f"is blank; choose one of {_choices(fault.rule)}"
    close = nearest(value, [item for item in fault.rule if isinstance(item, str) and item])
    hint = f" (nearest: {close})" if close else ""
    return f"is {quoted(value)}; choose one of {_choices(fault.rule)}{hint}"


def _range(fault: Fault) -> str:
    low, high = fault.schema.get("minimum"), fault.schema.get("maximum")
    if low is not None and high is not None:
        limits = f"between {_number(low)} and {_number(high)}"
    else:
        limits = f"{'at least' if fault.keyword == 'minimum' else 'at most'} {_number(fault.rule)}"
    return f"must be {limits}, not {_number(fault.value)}"


def _too_few(fault: Fault) -> str:
    has = len(fault.value)
    there = "is none" if not has else "is only 1" if has == 1 else f"are only {has}"
    return f"needs at least {_counted(fault.rule, 'row')}; there {there}"


def _too_many(fault: Fault) -> str:
    return f"may have at most {_counted(fault.rule, 'row')}, not {len(fault.value)}"


def _format(fault: Fault) -> str:
    if fault.rule == "date":
        return f"is {quoted(fault.value)}, which is no date; write it like 2025-03-31"
    return f"is {quoted(fault.value)}, which is no full address; write it like https://example.org/report.pdf"


def _unknown(descriptor: str, version: str, label: str, fault: Fault) -> str:
    parent = label.rpartition(" › ")[0]
    name = str(fault.path[-1])
    owner = _lower(spoken(parent)) if parent else catalogue.NAMES[descriptor]
    what = f"{quoted(name)} is not a field of {owner}"
    properties = fault.schema["properties"]
    elsewhere = _version_with(descriptor, version, fault.path)
    if elsewhere:
        return f"{what} in version {version}; version {elsewhere} has it."
    close = nearest(name, properties)
    return f"{what}; did you mean “{close}”?" if close else f"{what}; it is kept, but nothing reads it."


def _version_with(descriptor: str, version: str, path: tuple[str | int, ...]) -> str:
    """The newest other version that has a field at *path*, if any."""
    for other in reversed(catalogue.versions(descriptor)):
        schema: Any = catalogue.schema(descriptor, other) if other != version else {}
        for token in path:
            schema = (
                schema.get("items") if isinstance(token, int) else schema.get("properties", {}).get(token)
            )
            if not isinstance(schema, dict):
                break
        else:
            return other
    return ""


_SENTENCES: dict[str, Callable[[Fault], str]] = {
    "required": _missing,
    "type": _wrong_type,
    "enum": _not_allowed,
    "const": lambda fault: f"must be {shown(fault.rule)}, not {shown(fault.value)}",
    "minItems": _too_few,
    "maxItems": _too_many,
    "minimum": _range,
    "maximum": _range,
    "format": _format,
    "exclusiveMinimum": lambda fault: f"must be more than {_number(fault.rule)}, not {_number(fault.value)}",
    "exclusiveMaximum": lambda fault: f"must be less than {_number(fault.rule)}, not {_number(fault.value)}",
    "multipleOf": lambda fault: f"must be a multiple of {_number(fault.rule)}, not {_number(fault.value)}",
    "minLength": lambda fault: f"needs at least {_counted(fault.rule, 'character')}, not {len(fault.value)}",
    "maxLength": lambda fault: (
        f"may have at most {_counted(fault.rule, 'character')}, not {len(fault.value)}"
    ),
    "uniqueItems": lambda fault: "has the same entry twice",
    "additionalProperties": lambda fault: "has fields that its schema does not allow",
    "anyOf": lambda fault: "fits none of the forms that its schema allows",
    "oneOf": lambda fault: "must fit exactly one of the forms that its schema allows",
    "not": lambda fault: "has a form that its schema rules out",
    "depth": lambda fault: "is nested too deeply to be checked",
}


def _kind(types: Any) -> str:
    names = [types] if isinstance(types, str) else types
    return listed([_KINDS.get(name, name) for name in names], "or") if names else "a value"


def _choices(allowed: list[Any]) -> str:
    names = [
        "an empty text" if item == "" else item if isinstance(item, str) else shown(item) for item in allowed
    ]
    return listed(names, "or")


def _means(text: str, types: Any) -> bool:
    """Whether *text* would be of one of *types* without its quotation marks."""
    if text.strip() in ("true", "false"):
        return "boolean" in types
    if not _NUMBER.fullmatch(text):
        return False
    return "number" in types or ("integer" in types and float(text).is_integer())


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _number(value: float) -> str:
    if isinstance(value, float):
        return f"{value:.15g}"
    # Python refuses to write out a number of thousands of digits.
    return str(value) if abs(value) < 10**30 else "an enormous number"


def _plain(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())


def _lower(label: str) -> str:
    """A label in the middle of a sentence; abbreviations such as “ML” keep their capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
