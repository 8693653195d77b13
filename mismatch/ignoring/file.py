"""Reads and writes `tec-ignore.yaml`, the file of decisions that lies beside the descriptors."""

from __future__ import annotations

from descriptors.bundles import ReadProblem, base
from descriptors.catalogue import DESCRIPTORS
from mismatch.guesses import nearest
from mismatch.ignoring.matching import Entry, Pattern
from tec.plain import quoted
from tec.pointers import tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from typing import Any, NoReturn

    from mismatch.ignoring.matching import Decision
    from tec.strictyaml import Read

NAME = "tec-ignore.yaml"
MAX_BYTES = 15_000_000
MAX_VALUES = 500_000
MOST_ENTRIES = 20_000
MOST_PATTERNS = 2_000
"""Entries that may be about many findings; the others name the fingerprint of one, as the export does."""
MOST_PLACES = 100  # of one entry

_KEYS = (
    "rule",
    "places",
    "reason",
    "accepted_by",
    "expires",
    "decision",
    "fingerprint",
    "values",
)
_ALIASES = {"pointers": "places", "until": "expires", "expired_at": "expires", "statement": "reason"}
_NEVER = ("never", "none", "")
_DECISIONS = {"accept": "accepted", "dismiss": "dismissed"}
_SHAPE = "Write “ignore:” and below it a list of entries, each with “rule” and “reason”."
_HEADER = """\
# Decisions about what TEC finds. An entry needs a rule and a reason; places (descriptor and JSON pointer,
# * for any one step, ** for any number), accepted_by and expires are optional. “tec check” reads this file
# where it lies beside the descriptors.
"""


def entries_from(name: str, data: bytes, *, max_bytes: int = MAX_BYTES) -> list[Entry]:
    """The entries of the file *name* with the content *data*. Raises ReadProblem with the line."""
    from tec import strictyaml

    try:
        read = strictyaml.read(data, max_bytes=max_bytes, max_values=MAX_VALUES)
    except strictyaml.StrictYAMLError as error:
        if error.code == "empty":  # nothing but comments, perhaps
            return []
        raise ReadProblem(name, error.what, error.remedy, place=error.place) from error
    return _Reader(name, read).entries()


def as_file(decisions: Iterable[Decision]) -> bytes:
    """*decisions* as a file that `entries_from` reads back."""
    import yaml

    class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
        """Puts all that might be read as a number in quotes; readers differ about what is one."""

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        style = "'" if value[:1] in "+-.0123456789" else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    Dumper.add_representer(str, text)
    rows = [
        {key: value for key, value in _row(decision).items() if value not in ("", [], None)}
        for decision in decisions
    ]
    body = yaml.dump({"ignore": rows}, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=100)
    return (_HEADER + body).encode()


class _Reader:
    """One file on its way to entries; knows the line of everything for its complaints."""

    def __init__(self, name: str, read: Read) -> None:
        self.name = name
        self.read = read

    def entries(self) -> list[Entry]:
        top = self.read.value
        at: tuple[str | int, ...] = ()
        if isinstance(top, dict):
            self._known_keys(top, ("ignore", "version"), ())
            if top.get("version") not in (None, 1):
                self._refuse("this version of the file is not known", "Write “version: 1”.", "version")
            if "ignore" not in top:
                self._refuse("the key “ignore” is missing", _SHAPE)
            top, at = top["ignore"], ("ignore",)
        if top is None:
            return []
        if not isinstance(top, list):
            self._refuse("there is no list of entries", _SHAPE, *at)
        if len(top) > MOST_ENTRIES:
            self._refuse(
                f"there are {len(top):,} entries, and {MOST_ENTRIES:,} is the limit",
                "Decide about places with * instead of one by one.",
                *at,
            )
        entries = [self._entry(row, *at, number) for number, row in enumerate(top)]
        loose = sum(not entry.fingerprint for entry in entries)
        if loose > MOST_PATTERNS:
            self._refuse(
                f"there are {loose:,} entries without a fingerprint, and {MOST_PATTERNS:,} is the limit",
                "Decide about places with * instead of one by one.",
                *at,
            )
        return entries

    def _entry(self, row: Any, *at: str | int) -> Entry:
        given = self._given(row, *at)
        plain = ("rule", "reason", "accepted_by", "fingerprint", "values")
        texts = {key: self._text(given, key, at) for key in plain}
        for key, what in (
            ("rule", "Name the rule by its code or slug, as TEC-3A."),
            ("reason", "Say why, for whoever reads this later."),
        ):
            if not texts[key]:
                self._refuse(f"the entry has no {key}", what, *at)
        decision = self._text(given, "decision", at) or "accept"
        if decision not in _DECISIONS:
            self._refuse(
                f"{quoted(decision)} is no decision",
                "Write accept (the risk is taken) or dismiss (it is no problem).",
                *at,
                "decision",
            )
        return Entry(
            rule=texts["rule"],
            reason=texts["reason"],
            patterns=self._patterns(given, at),
            accepted_by=texts["accepted_by"],
            until=self._day(given, at),
            standing=_DECISIONS[decision],
            fingerprint=texts["fingerprint"],
            values=texts["values"],
            file=base(self.name),
            line=self.read.line(*at),
        )

    def _given(self, row: Any, *at: str | int) -> dict[str, tuple[str, Any]]:
        """What an entry says by the usual name of each key: the name it was given by, and the value."""
        if not isinstance(row, dict):
            self._refuse("an entry is no group of keys", _SHAPE, *at)
        self._known_keys(row, (*_KEYS, *_ALIASES), at)
        given: dict[str, tuple[str, Any]] = {}
        for key, value in row.items():
            name = _ALIASES[key] if key in _ALIASES else str(key)
            if name in given:
                what = f"“{key}” and “{given[name][0]}” say the same thing"
                self._refuse(what, "Keep one of them.", *at, key)
            given[name] = key, value
        return given

    def _text(self, given: Mapping[str, tuple[str, Any]], name: str, at: tuple[str | int, ...]) -> str:
        key, value = given.get(name, (name, ""))
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            self._refuse(f"“{key}” is a number", "Put it in quotes, as a text.", *at, key)
        if not isinstance(value, str) and value is not None:
            self._refuse(f"“{key}” is no text", "Write one text, in quotes if it is unusual.", *at, key)
        return " ".join((value or "").split())

    def _day(self, given: Mapping[str, tuple[str, Any]], at: tuple[str | int, ...]) -> date | None:
        text = self._text(given, "expires", at)
        if text.lower() in _NEVER:
            return None
        from datetime import date

        try:
            return date.fromisoformat(text if len(text) == len("2027-12-31") else "")
        except ValueError:
            what = f"{quoted(text)} is not a day"
            self._refuse(what, "Write it as 2027-12-31, or never.", *at, given["expires"][0])

    def _patterns(
        self, given: Mapping[str, tuple[str, Any]], at: tuple[str | int, ...]
    ) -> tuple[Pattern, ...]:
        key, value = given.get("places", ("places", None))
        rows = [value] if isinstance(value, str) else value
        if rows is None:
            return ()
        if not isinstance(rows, list) or len(rows) > MOST_PLACES:
            self._refuse(
                f"“{key}” is no list of at most {MOST_PLACES} places",
                "Write them as trained_model/output_spec/*/item_type.",
                *at,
                key,
            )
        if not rows:
            self._refuse(f"“{key}” is an empty list", "Leave it out for all places, or name one.", *at, key)
        return tuple(self._pattern(row, *at, key, number) for number, row in enumerate(rows))

    def _pattern(self, text: Any, *at: str | int) -> Pattern:
        remedy = "Write descriptor and JSON pointer, as trained_model/output_spec/*/item_type."
        if not isinstance(text, str) or not text.strip():
            self._refuse("a place is no text", remedy, *at)
        descriptor, slash, pointer = text.strip().partition("/")
        descriptor = descriptor.rstrip("#:")
        if descriptor not in ("", "*", *DESCRIPTORS):
            close = nearest(descriptor, DESCRIPTORS)
            hint = f"Did you mean “{close}”? " if close else ""
            self._refuse(f"{quoted(descriptor)} is no descriptor", hint + remedy, *at)
        return Pattern(descriptor, tuple(tokens(slash + pointer)))

    def _known_keys(self, row: Mapping[str, Any], known: tuple[str, ...], at: tuple[str | int, ...]) -> None:
        for key in row:
            if key not in known:
                close = nearest(key, known)
                hint = f"Did you mean “{close}”? " if close else ""
                self._refuse(f"{quoted(key)} is no key here", f"{hint}Known: {', '.join(known)}.", *at, key)

    def _refuse(self, what: str, remedy: str, *at: str | int) -> NoReturn:
        raise ReadProblem(self.name, what, remedy, place=f"line {self.read.line(*at)}")


def _row(decision: Decision) -> dict[str, Any]:
    settlement = decision.settlement
    return {
        "rule": decision.rule,
        "places": list(decision.places),
        "reason": settlement.reason,
        "accepted_by": settlement.by,
        "expires": settlement.until or "never",
        "decision": "dismiss" if settlement.standing == "dismissed" else "",
        "fingerprint": decision.fingerprint,
        "values": decision.values,
    }
