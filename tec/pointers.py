"""Addresses inside a JSON document: RFC 6901 pointers, and the path notation the field guides use."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def pointer(*tokens: str | int) -> str:
    """The pointer made of *tokens*: `pointer("goals", 0, "id")` is "/goals/0/id"; no token is the whole."""
    return "".join([f"/{escape(token) if isinstance(token, str) else token}" for token in tokens])


def escape(token: str) -> str:
    """*token* as it is written inside a pointer."""
    return token.replace("~", "~0").replace("/", "~1") if "~" in token or "/" in token else token


def tokens(pointer: str) -> list[str]:
    """The parts of *pointer*, unescaped; "" has none. Raises ValueError for what is no pointer."""
    if not pointer:
        return []
    if pointer[0] != "/":
        raise ValueError(f"“{pointer}” is no JSON pointer: it has to be empty or start with “/”.")
    parts = pointer[1:].split("/")
    if "~" in pointer:
        return [part.replace("~1", "/").replace("~0", "~") for part in parts]
    return parts


def resolve(document: Any, pointer: str, default: Any = None) -> Any:
    """The value that *pointer* names inside *document*, or *default* where there is nothing."""
    value = document
    for token in tokens(pointer):
        if isinstance(value, dict):
            if token not in value:
                return default
            value = value[token]
        elif isinstance(value, list):
            if not is_index(token) or int(token) >= len(value):
                return default
            value = value[int(token)]
        else:
            return default
    return value


def is_index(part: str) -> bool:
    """Does *part* count a row? Digits only and no leading zero, as RFC 6901 wants it."""
    return part.isascii() and part.isdigit() and len(part) < 16 and (part == "0" or part[0] != "0")


def path_of(pointer: str) -> str:
    """The path of *pointer* with its row numbers left out: "/goals/0/id" is "goals[].id"."""
    path = ""
    for part in tokens(pointer):
        if is_index(part) or part == "-":
            path += "[]"
        else:
            path += f".{part}" if path else part
    return path
