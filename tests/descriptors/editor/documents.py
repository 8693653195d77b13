"""Documents for property tests: as the schema wants them, and as people and other tools leave them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from tec import strictjson

characters = st.characters(codec="utf-8", exclude_characters="\x00")
texts = st.text(characters, max_size=12) | st.sampled_from(
    ["", " ", "a\r\nb", "a\nb", "\n", "\r", "<script>", "Ünï\u202ecode", "0", "true", "null", "\U0001f9ea"]
)
integers = st.integers(-(2**53), 2**53)
numbers = integers | st.floats(allow_nan=False, allow_infinity=False)
scalars = st.none() | st.booleans() | texts | numbers
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


def documents(schema: Mapping[str, Any], *, faulty: bool) -> st.SearchStrategy[Any]:
    """Values of *schema*; if *faulty*, with wrong types, unknown and missing keys among them."""
    good = _good(schema, faulty=faulty)
    return st.one_of(good, good, good, good, anything) if faulty else good


def _good(schema: Mapping[str, Any], *, faulty: bool) -> st.SearchStrategy[Any]:
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema.get("type"):
        case "object":
            return _objects(schema, faulty=faulty)
        case "array":
            return st.lists(documents(schema["items"], faulty=faulty), max_size=4)
        case "boolean":
            return st.booleans()
        case "integer":
            return integers
        case "number":
            return numbers
    return texts


def _objects(schema: Mapping[str, Any], *, faulty: bool) -> st.SearchStrategy[dict[str, Any]]:
    members = {name: documents(node, faulty=faulty) for name, node in schema.get("properties", {}).items()}
    if not faulty:
        return st.fixed_dictionaries(members)
    known = st.fixed_dictionaries({}, optional=members)
    unknown = st.dictionaries(texts, anything, max_size=2)
    return st.tuples(known, unknown).flatmap(lambda pair: _shuffled({**pair[1], **pair[0]}))


def _shuffled(members: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.permutations(list(members.items())).map(dict)


def storable(body: Any) -> bool:
    """Whether the one door for JSON lets *body* in, so that a project can have it."""
    try:
        strictjson.loads(strictjson.dumps(body))
    except (strictjson.StrictJSONError, UnicodeEncodeError):
        return False
    return True
