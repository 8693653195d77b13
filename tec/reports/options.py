"""What somebody wants in a report: which check, which severities, with what is settled or without."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode

from mismatch.findings import SEVERITIES


class BadOption(ValueError):
    """A value that an option cannot have; the message says which and what would do."""


class Options(NamedTuple):
    check: int | None = None  # the number; None: the last finished one
    severities: tuple[str, ...] = SEVERITIES
    settled: bool = True  # with what decisions settle
    new: bool = False  # only what the baseline, else the check before, does not have

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """The options in a query string or a stored row; what is not named is as usual. Raises BadOption."""
        return cls(
            _number(_one(given, "check")),
            _severities(_many(given, "severity")),
            _truth(given, "settled", True),
            _truth(given, "new", False),
        )

    def as_dict(self) -> dict[str, Any]:
        """What differs from the usual, as `read` takes it."""
        usual = type(self)()
        changed: dict[str, Any] = {}
        if self.check is not None:
            changed["check"] = str(self.check)
        if self.severities != usual.severities:
            changed["severity"] = list(self.severities)
        if not self.settled:
            changed["settled"] = "no"
        if self.new:
            changed["new"] = "yes"
        return changed

    @property
    def query(self) -> str:
        return urlencode(self.as_dict(), doseq=True)

    @property
    def words(self) -> str:
        """What is left out, for the reader of the report; "" if nothing is."""
        left_out = []
        if self.severities != SEVERITIES:
            left_out.append(f"only {' and '.join(self.severities)}")
        if not self.settled:
            left_out.append("without what decisions settle")
        if self.new:
            left_out.append("only what is new or worse")
        return ", ".join(left_out)


def _one(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name, "")
    return str(value[-1] if isinstance(value, list) else value)


def _many(given: Mapping[str, Any], name: str) -> list[str]:
    getlist = getattr(given, "getlist", None)
    found = getlist(name) if getlist else given.get(name, [])
    found = [found] if isinstance(found, str) else list(found)
    return [part for each in found for part in str(each).split(",") if part]


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise BadOption(f"“{text[:40]}” is no number of a check.")
    return int(text)


def _severities(chosen: list[str]) -> tuple[str, ...]:
    for each in chosen:
        if each not in SEVERITIES:
            raise BadOption(f"“{each[:40]}” is no severity; there are {', '.join(SEVERITIES)}.")
    return tuple(each for each in SEVERITIES if each in chosen) or SEVERITIES


def _truth(given: Mapping[str, Any], name: str, usual: bool) -> bool:
    text = _one(given, name).lower()
    if text in ("", "yes", "1", "true", "on"):
        return usual if not text else True
    if text in ("no", "0", "false", "off"):
        return False
    raise BadOption(f"“{text[:40]}” is neither yes nor no, for “{name}”.")
