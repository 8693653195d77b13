"""One value as the text of an input, and the text typed into an input as a value."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from tec import strictjson
from tec.plain import quoted

if TYPE_CHECKING:
    from descriptors.editor.plan import Plan


class Absent:
    """Stands for a key that is not there, which is not the same as null."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent()

YES, NO = "true", "false"
TEXT_KINDS = frozenset({"text", "area", "uri", "date"})


class Unreadable(ValueError):
    """A text that cannot be kept as what the field holds; the message says what to type instead."""


def is_scalar(value: Any) -> bool:
    return not isinstance(value, (dict, list))


def kind_of(plan: Plan, value: Any) -> str:
    """How *value* is edited: as the plan wants it, or as JSON if it is nothing of that kind."""
    if value is ABSENT or value is None:
        return plan.kind
    if plan.kind == "group":
        return "group" if isinstance(value, dict) else "json"
    if plan.kind == "list":
        return "list" if isinstance(value, list) else "json"
    if not is_scalar(value) or (plan.kind == "flag" and not isinstance(value, bool)):
        return "json"
    return plan.kind


def shown(plan: Plan, value: Any, *, dormant: bool = False) -> str:
    """The text of the input that holds *value*.

    *dormant*: the field is hidden; the neutral value that such a field holds is not shown once it appears.
    """
    kind = kind_of(plan, value)
    if kind == "json":
        return "" if value is ABSENT else strictjson.dumps(value).rstrip("\n")
    if kind == "flag":
        return YES if value is True else NO
    if value is ABSENT or value is None:
        return ""
    if dormant and is_neutral(value):
        return ""
    if isinstance(value, str):
        return unbroken(value)
    return json.dumps(value)


def mistyped(plan: Plan, value: Any) -> str:
    """What is wrong with the type of *value*, in words; "" if nothing."""
    if value is ABSENT:
        return ""
    if value is None:
        return "holds null, which is nothing at all"
    if kind_of(plan, value) == "json" and plan.kind != "json":
        return f"holds {_type_name(value)} where {_wanted(plan)} belongs"
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if plan.kind in {"integer", "number"}:
        right = number or value == ""
        if number and plan.kind == "integer" and value != int(value):
            return "holds a fraction where a whole number belongs"
    elif plan.kind in {"group", "list", "flag", "json", "fixed"}:
        right = True
    else:
        right = isinstance(value, str)
    return "" if right else f"holds {_type_name(value)} where {_wanted(plan)} belongs"


def unbroken(text: str) -> str:
    """*text* with its line ends as browsers give them back, once CR LF has been made LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def read(plan: Plan, kind: str, text: str) -> Any:
    """The value typed as *text*; ABSENT for a cleared number or choice. Raises Unreadable."""
    check_characters(text)
    match kind:
        case "json":
            return _json(text)
        case "flag":
            return text.strip('"').lower() in {YES, "yes", "on", "1"}
        case "choice" if not text and "" not in plan.choices:
            return ABSENT
        case "integer" | "number":
            return _number(kind, text.strip())
    return text


def check_characters(text: str) -> None:
    """Raise Unreadable if *text* cannot be stored everywhere, or is too long."""
    if len(text) > strictjson.MAX_TEXT:
        raise Unreadable(
            f"This text has {len(text):,} characters; at most {strictjson.MAX_TEXT:,} are kept. "
            "Move it into a document and link to that."
        )
    if "\x00" in text:
        raise Unreadable("This text holds a NUL character, which cannot be stored. Remove it.")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise Unreadable(
                "This text holds half of a character (a lone surrogate). Type that character again."
            ) from None


def is_neutral(value: Any) -> bool:
    """Whether *value* says nothing: blank, zero, false, null, or made up of such."""
    if isinstance(value, dict):
        return all(is_neutral(part) for part in value.values())
    if isinstance(value, list):
        return all(is_neutral(part) for part in value)
    return value is ABSENT or value is None or value == "" or value == 0


def neutral(plan: Plan) -> Any:
    """What a compulsory field holds that has nothing to say."""
    match plan.kind:
        case "list":
            return []
        case "group":
            return {child.key: neutral(child) for child in plan.children if child.compulsory}
        case "flag":
            return False
        case "integer" | "number":
            return 0
        case "fixed":
            return plan.fixed
        case "json":
            return None
    return ""


_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
MOST_DIGITS = 400  # more than any number that can be kept


def _number(kind: str, text: str) -> Any:
    if not text:
        return ABSENT
    if len(text) > MOST_DIGITS or not _NUMBER.fullmatch(text) or not text.isascii():
        hint = "Use a point for decimals, as in 0.5" if "," in text else "Type digits only, as in 12 or 0.5"
        raise Unreadable(f"{quoted(text)} is not a number. {hint}, or leave it blank.")
    plain = text.lstrip("+")
    if re.fullmatch(r"-?\d+", plain):
        whole = int(plain)
        if abs(whole) > strictjson.MAX_INTEGER:
            raise Unreadable(f"{quoted(text)} is too large: ±{strictjson.MAX_INTEGER:,} is the limit.")
        return whole
    if kind == "integer":
        raise Unreadable(f"{quoted(text)} is not a whole number. Round it, or choose a smaller unit.")
    return _fraction(text, plain)


def _fraction(text: str, plain: str) -> float:
    from decimal import Decimal, InvalidOperation

    value = float(plain)
    if value in (float("inf"), float("-inf")):
        raise Unreadable(f"{quoted(text)} is too large to be kept.")
    try:
        exact = Decimal(repr(value)) == Decimal(plain)
    except InvalidOperation:  # an exponent of twenty digits
        exact = False
    if not exact:
        raise Unreadable(f"{quoted(text)} has more digits than can be kept; the nearest number is {value!r}.")
    return value


def _json(text: str) -> Any:
    if not text.strip():
        return ABSENT
    try:
        return strictjson.loads(text)
    except strictjson.StrictJSONError as error:
        raise Unreadable(f"This is not valid JSON: {error}") from None


def _type_name(value: Any) -> str:
    names = {dict: "an object", list: "a list", bool: "true or false", str: "a text"}
    return names.get(type(value), "a number")


def _wanted(plan: Plan) -> str:
    words = {
        "integer": "a whole number",
        "number": "a number",
        "flag": "true or false",
        "group": "an object",
        "list": "a list",
    }
    return words.get(plan.kind, "a text")
