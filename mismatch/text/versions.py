"""Splits names from versions, compares versions, and reads requirements such as “numpy>=1.20,<2”."""

from __future__ import annotations

from functools import cache, lru_cache

from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterable
    from typing import TypeAlias

    Version: TypeAlias = tuple[int, ...]
    Bound: TypeAlias = tuple[str, Version]
    """One of == != >= <= > < ~=, and the version; “==2.*” is ("~=", (2, 0))."""


class Requirement(NamedTuple):
    """A package that is needed, and within which bounds."""

    name: str  # as written, without extras
    bounds: tuple[Bound, ...]  # all must hold; () means any version


@lru_cache(maxsize=4096)
def split_version(text: str) -> tuple[str, str]:
    """Name and version: "Python 3.8" → ("Python", "3.8"), "torch==1.15" → ("torch", "1.15"), "CUDA v12.4" →
    ("CUDA", "12.4"); the version is "" if there is none.

    Split is after a space or “==”, in front of a bracket, and where a number with a point ends a word
    ("python3.8"), so that C99, H2O and Log4j stay whole. A number without a point counts only if it is
    short: "Python 3", "R 4", but not "Studio 2019".
    """
    core = text.strip()
    if len(core) > 120:
        return core, ""
    for mark in ("===", "=="):
        name, sign, version = core.partition(mark)
        if sign:
            digits = _digits(version.strip())
            return (name.strip(), digits) if digits and name.strip() else (core, "")
    if core.endswith(")"):
        name, _, version = core[:-1].rpartition("(")
        digits = _digits(version.strip().lstrip("vV"))
        return (name.strip(), digits) if digits and name.strip() else (core, "")
    name, sign, version = core.rpartition(" ")
    if not sign:
        return _attached(core)
    marked = version[:1] in "vV" and version[1:2].isdigit()
    digits = _digits(version[1:] if marked else version)
    if not digits or (name[-1:] in "<>=~!,"):
        return core, ""
    if not marked and "." not in digits and len(digits) > 2:
        return core, ""
    name = name.strip()
    for word in (" version", " ver.", " ver", " release"):
        if name.lower().endswith(word):
            name = name[: -len(word)].strip()
    return (name, digits) if name else (core, "")


_ATTACHED = frozenset({"python", "java", "cuda", "php", "perl", "ruby", "scala", "julia", "node", "qt"})
"""Names that are often written together with a version of one number: Python3, Java17."""


def _attached(word: str) -> tuple[str, str]:
    """Name and version of one word: "python3.8", "cuda-12.4", "Java17"; but "C99" and "H2O" stay whole."""
    name = word.rstrip("0123456789.")
    digits = _digits(word[len(name) :])
    name = name.rstrip("-_")
    if digits and ("." in digits or name.lower() in _ATTACHED) and name.isalnum() and name.lower() != "v":
        return name, digits
    return word, ""


def _digits(text: str) -> str:
    """*text* if it is a version (3, 3.8, 1.15.2rc1, 2.1+cu118, 3.x), without what follows the digits."""
    parts = text.split("+")[0].split(".")
    found = []
    for part in parts:
        if part.isascii() and part.isdigit():
            found.append(part)
            continue
        if part in {"x", "X", "*"} and found:
            break
        lead = part[: len(part) - len(part.lstrip("0123456789"))]
        tail = part[len(lead) :].lower()
        if (
            not lead
            or not lead.isascii()
            or not found
            or not tail.startswith(("a", "b", "rc", "dev", "post"))
        ):
            return ""
        found.append(lead)
        break
    return ".".join(found)


def version_of(text: str) -> Version:
    """The numbers of a version: "1.15.0rc1" → (1, 15, 0); () if it is none."""
    digits = _digits(text.strip().lstrip("vV"))
    return tuple(int(part[:9]) for part in digits.split(".")) if digits else ()


def difference(a: str, b: str) -> str:
    """How two versions differ: "major", "minor", or "" if they agree as far as both are stated.

    3 and 3.8 agree, so do 3.8 and 3.8.1: a third number is a repair, not another tool. "minor" also if only
    one side states a version at all; "" if neither does or one is no version.
    """
    if not a.strip() or not b.strip():
        return "minor" if a.strip() or b.strip() else ""
    ours, theirs = version_of(a), version_of(b)
    if not ours or not theirs:
        return ""
    if ours[0] != theirs[0]:
        return "major"
    return "minor" if len(ours) > 1 and len(theirs) > 1 and ours[1] != theirs[1] else ""


@lru_cache(maxsize=4096)
def requirement(text: str) -> Requirement | None:
    """A requirement as in a requirements file: "numpy>=1.20,<2", "torch[cuda]==2.1", "pandas ~= 2.0",
    "CUDA 12.4" and "CUDA 12.4 runtime" (exactly), "numpy" (any); None for prose."""
    core = text.partition("#")[0].partition(";")[0].strip()
    if not core or len(core) > 120:
        return None
    cut = next((at for at, sign in enumerate(core) if sign in "<>=!~"), len(core))
    name, bounds = core[:cut].strip(), core[cut:].strip()
    if not bounds:
        name, version = split_version(core)
        if not version and (remark := _remark().search(core)):
            name, version = split_version(core[: remark.start()])
            if not version:
                return None
        if version:
            return Requirement(name, (("==", version_of(version)),)) if _package(name) else None
    name = name.partition("[")[0].strip()
    if not _package(name):
        return None
    found = [_bound(part.strip()) for part in bounds.split(",")] if bounds else []
    return None if None in found else Requirement(name, tuple(bound for bound in found if bound))


@cache
def _remark() -> re.Pattern[str]:
    import re

    return re.compile(r"\s+(?:run[- ]?time|toolkit|sdk|interpreter)\b", re.IGNORECASE)


def _package(name: str) -> bool:
    return bool(name) and len(name.split()) <= 3 and name[0].isalnum() and not set(name) & set("()/,:")


def _bound(text: str) -> Bound | None:
    for sign in ("===", "==", "!=", ">=", "<=", "~=", ">", "<"):
        if text.startswith(sign):
            version = text[len(sign) :].strip()
            numbers = version_of(version)
            if not numbers:
                return None
            if sign == "==" and version.endswith(("*", "x", "X")):
                return "~=", (*numbers, 0)
            return sign.replace("===", "=="), numbers
    return None


def disjoint(bounds: Iterable[Bound]) -> bool:
    """Can no version satisfy all these bounds? Only what is certain: 1.0 equals 1.0.0, “!=” rules out
    nothing but an exact pin."""
    bounds = list(bounds)
    low: Version = ()
    high: Version | None = None
    low_open = high_open = False
    excluded = []
    for sign, version in bounds:
        version = _trimmed(version)
        if sign == "!=":
            excluded.append(version)
        if sign in {"==", ">=", ">", "~="} and (version, sign == ">") > (low, low_open):
            low, low_open = version, sign == ">"
        if sign in {"==", "<=", "<"} and (high is None or (version, sign != "<") < (high, not high_open)):
            high, high_open = version, sign == "<"
    for sign, version in bounds:
        if sign == "~=" and len(version) > 1:
            above = (*version[:-2], version[-2] + 1)
            if high is None or (above, False) < (high, not high_open):
                high, high_open = above, True
    if high is None:
        return False
    if low == high:
        return low_open or high_open or low in excluded
    return low > high


def _trimmed(version: Version) -> Version:
    while version and version[-1] == 0:
        version = version[:-1]
    return version
