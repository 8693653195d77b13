"""Counting against an earlier result, and reading that result back from its JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from descriptors.reading import ReadProblem
from mismatch.baseline import baseline_of
from mismatch.findings import Place, Report, Suppression
from mismatch.reports import Checked, View, format_named
from mismatch.results import result_from_json
from tests.mismatch.test_ignoring import OUTPUT, finding

OLD = finding()


def named(name: str, **over: Any) -> Any:
    return finding(fingerprint=name * 32, **over)


@pytest.mark.parametrize(
    ("now", "age"),
    [
        (finding(), "known"),
        (finding(message="Said otherwise."), "known"),
        (finding(places=(OUTPUT._replace(pointer="/output_spec/0/item_type"), OLD.places[1])), "known"),
        (finding(severity="minor"), "changed"),
        (finding(places=(OUTPUT._replace(value="Float"), OLD.places[1])), "changed"),
        (named("b"), "new"),
    ],
)
def test_the_age_of_a_finding(now: Any, age: str) -> None:
    assert baseline_of([OLD]).age(now) == age


def test_a_finding_that_got_worse_decides_like_a_new_one() -> None:
    before = baseline_of([finding(severity="minor"), named("c", severity="minor")])
    now = [finding(severity="major"), named("b"), named("c", severity="info")]
    checked = Checked(Report(now, {}), {}, baseline=before)
    assert [checked.age(each) for each in now] == ["worse", "new", "changed"]
    assert checked.deciding == now[:2]


def test_what_is_gone_is_fixed_each_thing_once() -> None:
    twice = named("c", severity="minor", explains=("d" * 32,))
    before = [OLD, named("b"), twice, named("d", severity="major")]
    checked = Checked(Report([OLD], {}), {}, baseline=baseline_of(before))
    assert [each.fingerprint[0] for each in checked.fixed] == ["b", "d"]


def test_without_a_baseline_everything_open_decides() -> None:
    checked = Checked(Report([OLD, named("b")], {}), {}, suppressed={"a" * 32: Suppression("r")})
    assert checked.deciding == checked.open == [named("b")]
    assert checked.counts() == {"critical": 1, "major": 0, "minor": 0, "info": 0}
    assert checked.age(OLD) == ""
    assert list(checked.fixed) == []


def test_a_suppressed_finding_takes_along_what_says_the_same() -> None:
    echo = named("b", severity="minor", explains=("a" * 32,))
    checked = Checked(Report([OLD, echo], {}), {}, suppressed={"a" * 32: Suppression("r")})
    assert checked.open == []


def as_json(*found: Any, **settings: Any) -> bytes:
    documents = {"raw_data": {"version": "1.2"}}
    checked = Checked(Report(found, {"TEC-3A": "fail"}), documents, **settings)
    return format_named("json").render(checked, View()).encode()


def test_a_result_is_read_back_as_it_was() -> None:
    value = Place("raw_data", "/items", {"a": [1, None]}, "Items")
    found = (finding(places=(value,)), named("b", kind="missing", explains=("a" * 32,)))
    result = result_from_json("x", as_json(*found))
    assert result.report == Report(found, {"TEC-3A": "fail"})
    assert result.documents["raw_data"]["schema_version"] == "1.2"
    assert result.documents["trained_model"] is None


def test_ages_and_decisions_are_additions_that_a_reader_may_leave_alone() -> None:
    plain = json.loads(as_json(OLD))
    settings = {"baseline": baseline_of([named("b")]), "suppressed": {"a" * 32: Suppression("Why.", "Ana")}}
    full = json.loads(as_json(OLD, **settings))
    assert full["findings"] == [
        plain["findings"][0]
        | {
            "age": "new",
            "suppressed": {
                "decision": "accept",
                "reason": "Why.",
                "accepted_by": "Ana",
                "expires": None,
            },
        }
    ]
    assert full["fixed"] == [named("b").as_json()]
    assert full["counts"]["critical"] == 0
    assert plain.keys() | {"fixed"} == full.keys()
    assert result_from_json("x", as_json(OLD, **settings)).report.findings == (OLD,)


def changed(path: str, value: Any) -> bytes:
    result = json.loads(as_json(OLD))
    *way, last = path.split("/")
    inner: Any = result
    for step in way:
        inner = inner[int(step)] if isinstance(inner, list) else inner[step]
    inner[last] = value
    return json.dumps(result).encode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "old.json: it is empty"),
        (b"[]", "this is not the result of a check. Give what “tec check --format json” wrote."),
        (b'{"version": "1.2"}', "this is not the result of a check"),
        (changed("format", 2), "at /format: it is written in format 2, and this version of TEC reads 1"),
        (changed("findings", {}), "at /findings: there is no list"),
        (changed("findings", [1]), "at /findings/0: there is no object"),
        (changed("findings/0/rule", None), "at /findings/0/rule: there is no text"),
        (changed("findings/0/severity", "bad"), "at /findings/0/severity: this is none of critical, "),
        (changed("findings/0/kind", "x"), "at /findings/0/kind: this is none of mismatch, missing"),
        (changed("findings/0/places", None), "at /findings/0/places: there is no list"),
        (changed("findings/0/places", [{"descriptor": "x"}]), "/places/0/descriptor: this is no descriptor"),
        (changed("findings/0/places", [{"descriptor": "raw_data", "pointer": "x"}]), "no JSON pointer"),
        (changed("outcomes", []), "at /outcomes: there is no object"),
        (changed("documents", 1), "at /documents: there is no object"),
    ],
)
def test_what_is_no_result_is_refused_with_its_place(data: bytes, words: str) -> None:
    with pytest.raises(ReadProblem) as problem:
        result_from_json("old.json", data)
    assert words in str(problem.value)
