"""What a decision about a finding is about: the values that show it, whatever order their rows stand in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tec import strictjson
from tec.pointers import path_of


def values_digest(places: Iterable[Mapping[str, Any]]) -> str:
    """32 hex digits, the same as long as the same values stand in the same fields.

    *places* are those of a finding, as JSON. Rows may move: their numbers do not count. One more blank field,
    or another value on either side, gives another digest.
    """
    shown = [[place["descriptor"], path_of(place["pointer"]), place["value"]] for place in places]
    return strictjson.digest(sorted(strictjson.digest(each) for each in shown))[:32]
