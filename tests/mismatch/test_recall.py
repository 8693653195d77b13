"""What has not changed is not looked at again, and the result is the same as if it had been."""

from __future__ import annotations

import copy
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mismatch import recall
from mismatch.engine import RULES, check
from mismatch.findings import Report
from mismatch.recall import MEMORY, UNKNOWN, Memory
from tec.pointers import resolve
from tests.examples import example
from tests.mismatch.test_any_document import ANYTHING, relaxed

BASES = {
    name: example(name) for name in ("emergency-triage", "server-anomaly-alerts", "bakery-demand-forecast")
}
TODAY = date(2026, 11, 29)


def anew(documents: dict[str, Any]) -> Report:
    """What a check finds that has never seen a document before."""
    remembered, MEMORY._tokens, MEMORY._results = (MEMORY._tokens, MEMORY._results), {}, {}
    try:
        return check(copy.deepcopy(documents), today=TODAY)
    finally:
        MEMORY._tokens, MEMORY._results = remembered


def places(value: Any, pointer: str = "") -> list[str]:
    """The pointers of everything below *value*."""
    if isinstance(value, dict):
        inner = [f"{pointer}/{key}" for key in value if "/" not in key and "~" not in key]
        return [each for at in inner for each in (at, *places(value[at.rpartition("/")[2]], at))]
    if isinstance(value, list):
        inner = [f"{pointer}/{number}" for number in range(len(value))]
        return [each for number, at in enumerate(inner) for each in (at, *places(value[number], at))]
    return []


def put(document: dict[str, Any], pointer: str, value: Any) -> None:
    above, _, key = pointer.rpartition("/")
    holder = resolve(document, above)
    holder[int(key) if isinstance(holder, list) else key] = value


@relaxed(40)
@given(st.data(), st.sampled_from(sorted(BASES)))
def test_a_check_after_any_edits_finds_what_a_check_that_remembers_nothing_finds(
    data: Any, name: str
) -> None:
    documents = copy.deepcopy(BASES[name])
    for _ in range(4):
        descriptor = data.draw(st.sampled_from(sorted(documents)))
        document = documents[descriptor]
        pointer = data.draw(st.sampled_from(places(document) or ["/version"]))
        put(document, pointer, data.draw(ANYTHING | st.sampled_from([document.get("version"), "", [], {}])))
        assert check(documents, today=TODAY) == anew(documents)


def test_a_document_changed_in_place_is_another_one() -> None:
    documents = copy.deepcopy(BASES["emergency-triage"])
    before = check(documents, today=TODAY)
    documents["training_data"].clear()
    assert check(documents, today=TODAY) == anew(documents) != before


def test_what_was_found_stays_as_it_was_when_the_document_changes() -> None:
    documents = copy.deepcopy(BASES["emergency-triage"])
    first = check(documents)
    kept = copy.deepcopy(first)
    for finding in first.findings:
        for place in finding.places:
            found = resolve(documents.get(place.descriptor), place.pointer)
            if isinstance(found, (dict, list)):
                found.clear()
    assert first == kept


def test_the_day_and_the_choice_of_rules_are_not_forgotten() -> None:
    documents = BASES["emergency-triage"]
    earlier = check(documents, today=date(2001, 1, 1))
    assert check(documents, today=TODAY) == anew(documents) != earlier
    assert len(check(documents, ["TEC-1"]).outcomes) == 1
    assert len(check(documents).outcomes) == len(RULES)


def test_the_rules_are_not_run_again_for_the_same_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = copy.deepcopy(BASES["emergency-triage"])
    MEMORY.forget()
    first = check(documents)
    ran: list[str] = []
    apply = type(next(iter(RULES))).apply
    monkeypatch.setattr(
        "mismatch.declaration.Rule.apply",
        lambda rule, *given: (ran.append(rule.code), apply(rule, *given))[1],
    )
    assert check(copy.deepcopy(documents)) == first
    assert ran == []
    documents["raw_data"]["description"] = "Another one."
    check(documents)
    assert len(ran) > len(RULES) / 2


def test_what_one_caller_does_with_a_report_does_not_reach_the_next() -> None:
    documents = BASES["emergency-triage"]
    first = check(documents)
    kept = Report(list(first.findings), dict(first.outcomes))
    cast(list[Any], first.findings).clear()
    cast(dict[str, Any], first.outcomes).clear()
    assert check(documents) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1}, {"a": 1.0}),
        ({"a": 1}, {"a": True}),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ({"a": "e\u0301"}, {"a": "é"}),
    ],
)
def test_documents_that_only_python_takes_for_equal_have_tokens_of_their_own(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    memory = Memory()
    assert memory.token(one) == memory.token(dict(one)) != memory.token(other)


def test_a_project_that_is_too_large_or_too_deep_is_looked_at_every_time() -> None:
    deep: list[Any] = []
    for _ in range(5_000):
        deep = [deep]
    memory = Memory()
    assert memory.token({"a": "x" * recall.LARGEST}) == UNKNOWN
    assert memory.token({"a": deep}) == UNKNOWN
    large = {"raw_data": {"version": "1.2", "description": "x" * recall.LARGEST}}
    assert check(large) == check(large)


def test_the_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recall, "MOST_BYTES", 1_000)
    monkeypatch.setattr(recall, "MOST_RESULTS", 5)
    memory = Memory()
    tokens = [memory.token({"a": "x" * 100, "b": number}) for number in range(50)]
    assert len(set(tokens)) == 50
    assert sum(map(len, memory._tokens)) <= 1_000
    for token in tokens:
        assert memory.result(token, lambda token=token: [token]) == [token]
    assert len(memory._results) <= 5


def test_threads_that_share_the_memory_find_the_same() -> None:
    MEMORY.forget()
    expected = {name: anew(documents) for name, documents in BASES.items()}
    with ThreadPoolExecutor(8) as threads:
        for name, report in threads.map(
            lambda name: (name, check(BASES[name], today=TODAY)), sorted(BASES) * 8
        ):
            assert report == expected[name]
