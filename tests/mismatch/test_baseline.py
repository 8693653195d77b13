"""Counting against an earlier result, and reading that result back from its JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from descriptors.reading import ReadProblem
from mismatch.baseline import age, baseline_of
from mismatch.findings import Place, Report
from mismatch.reports import Checked, Settlement, View, format_named
from mismatch.results import result_from_json
from tests.mismatch.ignoring.test_matching import OUTPUT, finding

OLD = finding()


def named(name: str, **over: Any) -> Any:
    return finding(fingerprint=name * 32, **over)


def against(before: list[Any], *now: Any, **settings: Any) -> Checked:
    """What a check found, beside a baseline."""
    baseline, report = baseline_of(before), Report(now, {"TEC-3A": "fail"})
    return Checked(
        report,
        {},
        known=baseline.known(report),
        then=baseline.findings,
        gone=baseline.gone(report),
        **settings,
    )


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (finding(), "known"),
        (finding(message="Said otherwise."), "known"),
        (finding(places=(OUTPUT._replace(pointer="/output_spec/0/item_type"), OLD.places[1])), "known"),
        (finding(severity="minor"), "changed"),
        (finding(places=(OUTPUT._replace(value="Float"), OLD.places[1])), "changed"),
        (named("b"), "new"),
    ],
)
def test_the_age_of_a_finding(now: Any, expected: str) -> None:
    checked = against([OLD], now)
    assert checked.age(now) == expected
    assert checked.new(now) == (expected == "new")


def test_a_finding_that_got_worse_fails_like_a_new_one() -> None:
    before = [finding(severity="minor"), named("c", severity="critical")]
    now = [finding(severity="major"), named("b"), named("c", severity="major")]
    checked = against(before, *now)
    assert [checked.age(each) for each in now] == ["worse", "new", "changed"]
    assert [checked.fails(each) for each in now] == [True, True, False]
    assert age(None, OLD) == "new"


def test_what_is_gone_is_fixed_each_thing_once() -> None:
    twice = named("c", severity="minor", explains=("d" * 32,))
    before = [OLD, named("b"), twice, named("d", severity="major")]
    assert [each.fingerprint[0] for each in against(before, OLD).gone] == ["b", "d"]


def test_without_a_baseline_everything_unsettled_decides() -> None:
    decided = {"a" * 32: Settlement("accepted", "r")}
    checked = Checked(Report([OLD, named("b")], {}), {}, decided=decided)
    assert checked.unsettled == [named("b")]
    assert [checked.fails(each) for each in (OLD, named("b"))] == [False, True]
    assert checked.age(OLD) == ""


def test_a_settled_finding_takes_along_what_says_the_same() -> None:
    echo = named("b", severity="minor", explains=("a" * 32,))
    checked = Checked(Report([OLD, echo], {}), {}, decided={"a" * 32: Settlement("accepted", "r")})
    assert checked.unsettled == []
    assert not checked.fails(echo)


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
    settled = {"a" * 32: Settlement("accepted", "Why.", "Ana", "2027-01-31")}
    checked = against([named("b")], OLD, decided=settled)
    full = json.loads(format_named("json").render(checked, View()))
    decision = {"standing": "accepted", "reason": "Why.", "by": "Ana", "until": "2027-01-31"}
    assert full["findings"] == [plain["findings"][0] | {"age": "new", "decision": decision}]
    assert full["fixed"] == [named("b").as_json()]
    assert full["counts"]["critical"] == 0
    assert plain.keys() | {"fixed"} == full.keys()
    assert result_from_json("x", json.dumps(full).encode()).report.findings == (OLD,)


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
