"""Documents for property tests: valid ones made from a schema, spoilt ones, and any JSON at all."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

TEXTS = ["", " ", "x", "G-01", "BG-01", "Text", "integer ", "0..1", "Überlauf, “rot”", "a/b~c", "Other", "12"]
TEXT = st.sampled_from(TEXTS)
BY_FORMAT = {
    "date": st.sampled_from(["2024-02-29", "1999-12-31"]),
    "uri": st.sampled_from(["https://example.org/a", "s3://bucket/file"]),
}
NUMBERS = [-1, 0, 1, 7, 100]

ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


def valid(schema: dict[str, Any], *, further: bool = False) -> st.SearchStrategy[Any]:
    """Values that follow *schema*; with *further* keys, now and then, that it does not know."""
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kind = schema.get("type")
    if kind == "array":
        return st.lists(
            valid(schema["items"], further=further), min_size=schema.get("minItems", 0), max_size=2
        )
    if kind == "object":
        return _objects(schema, further)
    if kind == "string":
        return BY_FORMAT.get(schema.get("format", ""), TEXT)
    if kind == "boolean":
        return st.booleans()
    fractions = [0.5] if kind == "number" else []
    low, high = schema.get("minimum", -1), schema.get("maximum", 100)
    return st.sampled_from([number for number in NUMBERS + fractions if low <= number <= high])


def _objects(schema: dict[str, Any], further: bool) -> st.SearchStrategy[dict[str, Any]]:
    members = {name: valid(part, further=further) for name, part in schema["properties"].items()}
    required = {name: members[name] for name in members if name in schema["required"]}
    optional = {name: members[name] for name in members if name not in schema["required"]}
    known = st.fixed_dictionaries(required, optional=optional)
    if not further:
        return known
    unknown = st.dictionaries(st.sampled_from(FURTHER), TEXT | st.sampled_from([None, 5, [], {}]), max_size=1)
    return st.tuples(known, unknown).map(lambda pair: {**pair[1], **pair[0]})


# Names that a later version uses, and one that none does.
FURTHER = [
    "goals",
    "metric",
    "operator",
    "item_specification",
    "error_handling",
    "goal_mapping",
    "data_rights",
    "zz",
]


@st.composite
def spoilt(draw: st.DrawFn, schema: dict[str, Any]) -> Any:
    """A valid document in which one to three places were changed, emptied or removed."""
    document = deepcopy(draw(valid(schema)))
    for _ in range(draw(st.integers(1, 3))):
        _spoil(document, draw)
    return document


def _spoil(value: Any, draw: st.DrawFn) -> None:
    if not isinstance(value, dict | list) or not value:
        return
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = draw(st.sampled_from(keys))
    if isinstance(value[key], dict | list) and value[key] and draw(st.booleans()):
        _spoil(value[key], draw)
    elif draw(st.booleans()):
        del value[key]
    else:
        value[key] = draw(st.sampled_from([None, True, "", "?", -5, 0.5, 10**9, [], {}, ["x"], {"x": 1}]))


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Any]]:
    """All places inside *value* with what is there, itself included."""
    found = [(path, value)]
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, member in members:
        found += places(member, (*path, key))
    return found
