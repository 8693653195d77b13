"""Follows every goal from its metric to the log it is judged by, and says where the thread breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from mismatch.findings import SEVERITIES, Finding, counted
from mismatch.reading import NOTHING, column, number, rows, text
from mismatch.showing.evidence import plain
from mismatch.text.metrics import measured, metric
from mismatch.text.names import key, words, wordset
from mismatch.text.placeholders import placeholder
from tec.pointers import pointer

if TYPE_CHECKING:
    from mismatch.reading import Doc

COLUMNS = {
    "goal": "Goal",
    "yardstick": "Goal’s metric and baseline",
    "metric": "Metric of the model",
    "threshold": "Threshold",
    "evaluation": "Evaluation",
    "test": "Test",
    "collector": "Collector in production",
    "feedback": "True answers",
    "log": "Log",
}
CONTEXT, MODEL, PRODUCTION = "system_context", "trained_model", "production_environment"
METRICS = ("algorithm_metrics", "business_metrics")
RESULTS = {"evaluation": "evaluation_metrics", "test": "test_metrics"}
HEARD = SEVERITIES[:3]
COMMON = wordset(
    "share rate score metric number model data record records per with from the and for log logs"
)

Documents = Mapping[str, Any]
Spot = tuple[str, str]
"""Descriptor and pointer."""
Row = tuple[int, "Doc"]
"""Number and fields."""


class Cell(NamedTuple):
    """One station on the way of a goal."""

    column: str
    text: str = ""
    spot: Spot | None = None
    gap: str = ""  # what is missing, in words
    guess: bool = False  # nothing says that it belongs here; the words only suggest it
    codes: tuple[str, ...] = ()  # of findings about it, minor or worse

    @property
    def broken(self) -> bool:
        return bool(self.gap or self.codes)

    def as_json(self) -> dict[str, Any]:
        descriptor, at = self.spot or (None, None)
        return {
            "text": self.text,
            "descriptor": descriptor,
            "pointer": at,
            "gap": self.gap,
            "guess": self.guess,
            "codes": list(self.codes),
        }


class Thread(NamedTuple):
    """A goal and one metric that is to show whether it is met."""

    goal: str  # its id, or its words
    cells: tuple[Cell, ...]  # as COLUMNS

    @property
    def break_(self) -> Cell | None:
        """The first station at which the thread breaks."""
        return next((cell for cell in self.cells if cell.broken), None)

    def as_json(self) -> dict[str, Any]:
        found = self.break_
        return {
            "goal": self.goal,
            "breaks_at": found.column if found else None,
            "cells": {cell.column: cell.as_json() for cell in self.cells},
        }


class Trace(NamedTuple):
    """All threads of a project, and what hangs loose at either end."""

    threads: tuple[Thread, ...]
    aimless: tuple[Cell, ...]  # metrics that serve no goal
    unasked: tuple[Cell, ...]  # collectors that nobody asked for

    @property
    def goals(self) -> int:
        return len({thread.goal for thread in self.threads})

    @property
    def traced(self) -> int:
        """How many goals have no broken thread."""
        return self.goals - len({thread.goal for thread in self.threads if thread.break_})

    def as_json(self) -> dict[str, Any]:
        return {
            "goals": self.goals,
            "traced": self.traced,
            "threads": [thread.as_json() for thread in self.threads],
            "metrics_without_goal": [cell.as_json() for cell in self.aimless],
            "collectors_nobody_asked_for": [cell.as_json() for cell in self.unasked],
        }


def trace(documents: Documents, findings: Sequence[Finding] = ()) -> Trace:
    """The threads of *documents*; *findings* of a check of them mark the stations they are about."""
    found = Marks(findings)
    context, model, production = (body_of(documents, name) for name in (CONTEXT, MODEL, PRODUCTION))
    threads = tuple(_threads(context, Measures(model, production, found), found))
    known = {key(text(row, "id")) for row in rows(context, "goals")}
    aimless = tuple(
        Cell("metric", text(row, "metric"), (MODEL, pointer(list_, place, "goal_mapping")))
        for list_, place, row in _metrics(model)
        if key(text(row, "goal_mapping")) not in known or not text(row, "goal_mapping")
    )
    return Trace(threads, aimless, tuple(_unasked(model, production)))


class Marks:
    """Codes of the findings about a place, found by the place and by everything it is inside of."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        spots: dict[Spot, dict[str, None]] = {}
        for finding in counted([each for each in findings if each.outcome == "fail"]):
            if finding.severity in HEARD:
                for place in finding.places:
                    spots.setdefault((place.descriptor, place.pointer), {})[finding.code] = None
        self._codes: dict[Spot, dict[str, int]] = {}  # the numbers keep the order of the report
        ranks = count()
        for (descriptor, shown), codes in spots.items():
            ranked = [(code, next(ranks)) for code in codes]
            for around in _around(shown):
                inside = self._codes.setdefault((descriptor, around), {})
                for code, rank in ranked:
                    inside.setdefault(code, rank)

    def at(self, descriptor: str, *pointers: str) -> tuple[str, ...]:
        """Of those at one of *pointers*, or below it."""
        first: dict[str, int] = {}
        for each in pointers:
            for code, rank in self._codes.get((descriptor, each), {}).items():
                first[code] = min(rank, first.get(code, rank))
        return tuple(sorted(first, key=first.__getitem__))


def _around(shown: str) -> Iterator[str]:
    """The pointer *shown* and those it is below: "/a/0/b", "/a/0", "/a" and the whole document."""
    while shown:
        yield shown
        shown = shown.rpartition("/")[0]
    yield ""


class Measures:
    """The metrics of a project by the goal they serve, each followed once however many goals it serves."""

    def __init__(self, model: Doc, production: Doc, found: Marks) -> None:
        self._model, self._found = model, found
        self._serving: dict[str, list[tuple[str, int, Doc]]] = {}
        for each in _metrics(model):
            self._serving.setdefault(key(text(each[2], "goal_mapping")), []).append(each)
        self._collectors = {
            list_: _first(
                (key(name), (place, row))
                for place, row in enumerate(rows(production, list_))
                if (name := text(row, "metric"))
            )
            for list_ in METRICS
        }
        self._results = {
            list_: _first(
                (measured(name), (place, row))
                for place, row in enumerate(rows(model, list_))
                if (name := _called(row))
            )
            for list_ in RESULTS.values()
        }
        self._answers = _answers(model, production)
        self._logs = [(place, row) for place, row in enumerate(rows(model, "log_data")) if text(row, "log")]
        self._saying: dict[str, list[int]] = {}  # word → which of the logs have it
        for number_, (_, row) in enumerate(self._logs):
            for word in {*words(text(row, "log")), *words(text(row, "log_data_format"))}:
                self._saying.setdefault(word, []).append(number_)
        self._followed: dict[tuple[str, int], tuple[Cell, ...]] = {}

    def serving(self, goal: str) -> Iterator[tuple[Cell, ...]]:
        """The stations of each metric that serves the goal with this id."""
        for list_, place, row in self._serving.get(key(goal), []) if goal else []:
            if (list_, place) not in self._followed:
                self._followed[list_, place] = tuple(self._follow(list_, place, row))
            yield self._followed[list_, place]

    def _follow(self, list_: str, place: int, row: Doc) -> Iterator[Cell]:
        name, at = text(row, "metric"), f"/{list_}/{place}"
        codes = self._found.at(MODEL, f"{at}/metric", f"{at}/goal_mapping")
        collector = self._collector(list_, name)
        if collector.codes or collector.gap:
            codes = tuple(code for code in codes if code not in ("TEC-9", "TEC-10", "X703"))
        yield Cell("metric", name, (MODEL, f"{at}/metric"), "" if name else "no name", codes=codes)
        yield _threshold(at, row, self._found)
        needed = bool((known := metric(name)) and known.labels and list_ == "algorithm_metrics")
        for column_, results in RESULTS.items():
            yield self._result(column_, results, name, needed=needed)
        yield collector
        yield self._answers if needed else Cell("feedback", "not needed")
        yield self._log(name)

    def _result(self, column_: str, list_: str, name: str, *, needed: bool) -> Cell:
        """The result of the same metric; that there is none matters only if it needs true answers."""
        if not (there := self._results[list_].get(measured(name)) if name else None):
            return Cell(column_, gap="no result of this metric" if needed else "")
        place, row = there
        at, result = f"/{list_}/{place}", number(row, "result")
        said = "" if result is None else plain(result)
        gap = "" if said else "no result"
        return Cell(column_, said, (MODEL, f"{at}/result"), gap, codes=self._found.at(MODEL, at))

    def _collector(self, list_: str, name: str) -> Cell:
        if not (there := self._collectors[list_].get(key(name)) if name else None):
            return Cell("collector", gap="nobody collects it")
        place, row = there
        at, how = f"/{list_}/{place}", text(row, "implementation")
        gap = "" if how and not placeholder(how) else "nobody says how"
        spot, codes = (PRODUCTION, f"{at}/implementation"), self._found.at(PRODUCTION, at)
        return Cell("collector", how, spot, gap, codes=codes)

    def _log(self, name: str) -> Cell:
        """The log that shares most words with the metric; the schema has no link between the two."""
        if not self._logs:
            return Cell("log", gap="nothing is logged")
        wanted = {word for word in words(name) if len(word) > 3} - COMMON
        shared = Counter(number_ for word in wanted for number_ in self._saying.get(word, []))
        if not shared:
            return Cell("log")
        place, row = self._logs[min(shared, key=lambda number_: (-shared[number_], number_))]
        at = f"/log_data/{place}"
        codes = self._found.at(MODEL, at)
        return Cell("log", text(row, "log"), (MODEL, f"{at}/log"), guess=True, codes=codes)


def _threads(context: Doc, measures: Measures, found: Marks) -> Iterator[Thread]:
    for place, row in enumerate(rows(context, "goals")):
        said, name = text(row, "goal"), text(row, "id")
        if not said and not text(row, "metric"):
            continue  # an untouched row
        head = (_goal(place, row, found), _yardstick(place, row, found))
        tail = None
        for tail in measures.serving(name):
            yield Thread(name or said, (*head, *tail))
        if tail is None:
            rest = Cell(
                "metric", gap="no metric measures it", codes=found.at(CONTEXT, f"/goals/{place}/goal")
            )
            yield Thread(name or said, (*head, rest, *[Cell(column) for column in list(COLUMNS)[3:]]))


def _goal(place: int, row: Doc, found: Marks) -> Cell:
    at = f"/goals/{place}"
    gap = "" if text(row, "goal") and text(row, "id") else "no number" if text(row, "goal") else "no text"
    said = " ".join(part for part in (text(row, "id"), text(row, "goal")) if part)
    return Cell("goal", said, (CONTEXT, f"{at}/goal"), gap, codes=found.at(CONTEXT, f"{at}/id"))


def _yardstick(place: int, row: Doc, found: Marks) -> Cell:
    at = f"/goals/{place}"
    parts = [text(row, field) for field in ("metric", "baseline")]
    lacking = [
        word
        for word, part in zip(("metric", "baseline"), parts, strict=True)
        if not part or placeholder(part)
    ]
    gap = f"no {' and no '.join(lacking)}" if lacking else ""
    said = "; ".join(part for part in parts if part)
    codes = found.at(CONTEXT, f"{at}/metric", f"{at}/baseline")
    return Cell("yardstick", said, (CONTEXT, f"{at}/metric"), gap, codes=codes)


def _threshold(at: str, row: Doc, found: Marks) -> Cell:
    limit, operator = number(row, "threshold"), text(row, "operator")
    lacking = [
        word for word, given in (("operator", operator), ("threshold", limit is not None)) if not given
    ]
    said = f"{operator} {'' if limit is None else plain(limit)}".strip()
    gap = f"no {' and no '.join(lacking)}" if lacking else ""
    codes = found.at(MODEL, f"{at}/threshold", f"{at}/operator")
    return Cell("threshold", said, (MODEL, f"{at}/threshold"), gap, codes=codes)


def _answers(model: Doc, production: Doc) -> Cell:
    """What brings the true answers to a metric that needs them."""
    asked = [name for name in column(model, "user_system_feedback", "short_name") if name]
    captured = {key(name) for name in column(production, "user_system_feedback", "feedback") if name}
    both = [name for name in asked if key(name) in captured]
    spot = (PRODUCTION, "/user_system_feedback")
    return Cell("feedback", ", ".join(both), spot, "" if both else "no feedback brings them")


def _called(row: Doc) -> str:
    """The metric of a row of results."""
    called = text(row, "metric")
    return text(row, "other_metric") if called in ("Other", "") else called


def _first(pairs: Iterable[tuple[Any, Row]]) -> dict[Any, Row]:
    """Of several rows with one name the first."""
    found: dict[Any, Row] = {}
    for name, row in pairs:
        found.setdefault(name, row)
    return found


def _metrics(model: Doc) -> list[tuple[str, int, Doc]]:
    return [
        (list_, place, row)
        for list_ in METRICS
        for place, row in enumerate(rows(model, list_))
        if text(row, "metric")
    ]


def _unasked(model: Doc, production: Doc) -> Iterator[Cell]:
    asked = {key(text(row, "metric")) for _, _, row in _metrics(model)}
    for list_ in METRICS:
        for place, row in enumerate(rows(production, list_)):
            name = text(row, "metric")
            if name and key(name) not in asked:
                yield Cell("collector", name, (PRODUCTION, f"/{list_}/{place}/metric"))


def body_of(documents: Documents, name: str) -> Doc:
    found = documents.get(name)
    return found if isinstance(found, dict) else NOTHING
