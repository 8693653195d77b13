"""Makes what is recorded short, storable and free of secrets."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

TEXT = 500  # characters of one text
ITEMS = 50  # of one list
DEPTH = 5
HIDDEN = "(not recorded)"

SECRET = re.compile(
    r"passw|secret|token|credential|private|api_?key|session|cookie|otp|recovery", re.IGNORECASE
)
SAID = {"token"}  # names that look like one: the name of a token is none
LOGIN_IN_ADDRESS = re.compile(r"(?<=://)[^/?#\s@]*@")


def tidy(facts: Mapping[str, Any]) -> dict[str, Any]:
    """*facts* as they may be kept: long texts and lists cut, values under secret-looking names left out."""
    return {plain(name): HIDDEN if secret(name) else short(value) for name, value in facts.items()}


def secret(name: str) -> bool:
    return name not in SAID and bool(SECRET.search(name))


def short(value: Any, depth: int = DEPTH) -> Any:
    if value is None or isinstance(value, (bool, int)) or (isinstance(value, float) and math.isfinite(value)):
        return value
    if isinstance(value, Mapping) and depth:
        pairs = list(value.items())[:ITEMS]
        return {plain(str(k)): HIDDEN if secret(str(k)) else short(v, depth - 1) for k, v in pairs}
    if isinstance(value, (list, tuple)) and depth:
        return [short(each, depth - 1) for each in value[:ITEMS]]
    text = plain(str(value))
    return text if len(text) <= TEXT else f"{text[: TEXT - 1]}…"


def plain(text: str) -> str:
    """*text* without what a database cannot hold, and without the log-in part of addresses."""
    text = text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
    return LOGIN_IN_ADDRESS.sub("", text)
