"""Reads the JSON of an earlier check back: findings, outcomes, digests, or what is wrong with it."""

from __future__ import annotations

from descriptors.bundles import ReadProblem, loads
from descriptors.catalogue import DESCRIPTORS
from mismatch.findings import OUTCOMES, SEVERITIES, Finding, Place, Report
from mismatch.reports.json import FORMAT
from tec.named import NamedTuple
from tec.strictjson import RESULTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

REMEDY = "Give what “tec check --format json” wrote."

_TEXTS = ("rule", "code", "kind", "outcome", "severity", "message", "remedy", "fingerprint")
_CHOICES = {"severity": SEVERITIES, "outcome": OUTCOMES, "kind": ("mismatch", "missing")}


class Result(NamedTuple):
    """An earlier check, as far as its JSON tells."""

    report: Report
    documents: dict[str, Any]  # descriptor → {"schema_version", "digest"} or None


def is_result(value: Any) -> bool:
    """Does *value* look like the JSON of a check, not like descriptors?"""
    return isinstance(value, dict) and "findings" in value and "outcomes" in value


def result_from_json(name: str, data: bytes) -> Result:
    """The check whose JSON *data* is; *name* is the file, for messages. Raises ReadProblem."""
    return result_from(name, loads(name, data, RESULTS))


def result_from(name: str, value: Any) -> Result:
    """The check whose JSON was parsed to *value*. Keys that are not known here are left alone."""
    if not is_result(value):
        raise ReadProblem(name, "this is not the result of a check", REMEDY)
    if value.get("format", FORMAT) != FORMAT:
        raise ReadProblem(
            name,
            f"it is written in format {value['format']!r:.20}, and this version of TEC reads {FORMAT}",
            "Check again with this version, or install the one that wrote it.",
            place="at /format",
        )
    rows = _list(name, value["findings"], "/findings")
    findings = tuple(finding_from(name, row, f"/findings/{at}") for at, row in enumerate(rows))
    outcomes = _object(name, value["outcomes"], "/outcomes")
    documents = _object(name, value.get("documents") or {}, "/documents")
    return Result(Report(findings, outcomes), {each: documents.get(each) for each in DESCRIPTORS})


def finding_from(name: str, row: Any, at: str) -> Finding:
    """The finding whose JSON *row* is, which stands at the pointer *at* of *name*. Raises ReadProblem."""
    _object(name, row, at)
    for key in _TEXTS:
        if not isinstance(row.get(key), str):
            raise _wrong(name, "there is no text", f"{at}/{key}")
    for key, known in _CHOICES.items():
        if row[key] not in known:
            raise _wrong(name, f"this is none of {', '.join(known)}", f"{at}/{key}")
    places = _list(name, row.get("places"), f"{at}/places")
    explains = row.get("explains", [])
    return Finding(
        **{key: row[key] for key in _TEXTS},
        places=tuple([_place(name, each, f"{at}/places/{number}") for number, each in enumerate(places)]),
        explains=tuple(map(str, explains)) if isinstance(explains, list) else (),
    )


def _place(name: str, row: Any, at: str) -> Place:
    _object(name, row, at)
    descriptor, pointer, label = (row.get(key) for key in ("descriptor", "pointer", "label"))
    if descriptor not in DESCRIPTORS:
        raise _wrong(name, "this is no descriptor", f"{at}/descriptor")
    if not isinstance(pointer, str) or pointer[:1] not in ("", "/"):
        raise _wrong(name, "this is no JSON pointer", f"{at}/pointer")
    return Place(descriptor, pointer, row.get("value"), label if isinstance(label, str) else "")


def _object(name: str, value: Any, at: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(name, "there is no object", at)
    return value


def _list(name: str, value: Any, at: str) -> list[Any]:
    if not isinstance(value, list):
        raise _wrong(name, "there is no list", at)
    return value


def _wrong(name: str, what: str, at: str) -> ReadProblem:
    return ReadProblem(name, what, REMEDY, place=f"at {at}")
