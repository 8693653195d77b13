"""What the rules share that read the metrics of the Trained Model: its results and its thresholds."""

from __future__ import annotations

from mismatch.reading import loose, number, rows, text
from mismatch.text.metrics import HIGHER, metric, per_cent, population
from mismatch.text.names import words, wordset
from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import At, Memo
    from mismatch.reading import Doc
    from mismatch.text.metrics import Metric

MODEL = "trained_model"
EVALUATION, TEST = "evaluation_metrics", "test_metrics"
RESULTS = (TEST, EVALUATION)
THRESHOLDS = ("algorithm_metrics", "business_metrics")
SAID = {EVALUATION: "evaluation", TEST: "the test"}

LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, DIFFERENT = "<", "<=", ">", ">=", "==", "!="
_OPERATORS = {
    "less than": LESS,
    "greater than": GREATER,
    "lessthan": LESS,
    "lessorequalthan": LESS_OR_EQUAL,
    "lessthanorequalto": LESS_OR_EQUAL,
    "lessorequalto": LESS_OR_EQUAL,
    "greaterthan": GREATER,
    "greaterorequalthan": GREATER_OR_EQUAL,
    "greaterthanorequalto": GREATER_OR_EQUAL,
    "greaterorequalto": GREATER_OR_EQUAL,
    "equalto": EQUAL,
    "differentthan": DIFFERENT,
    **{sign: sign for sign in (LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, DIFFERENT)},
    "≤": LESS_OR_EQUAL,
    "≥": GREATER_OR_EQUAL,
}


class Measure(NamedTuple):
    """One row of a list of metrics that has a name."""

    list: str
    row: int
    name: str
    metric: Metric | None
    value: float | None  # the result or the threshold
    operator: str = ""  # of a threshold, as a sign; "" if blank or unknown
    goal: str = ""

    @property
    def at(self) -> At:
        return (MODEL, self.list, self.row, "threshold" if self.list in THRESHOLDS else "result")

    @property
    def direction(self) -> str:
        """ "<" for both less-operators, ">" for both greater-operators."""
        return self.operator[:1] if self.operator[:1] in {"<", ">"} else ""


SHARES = wordset(
    "share fraction proportion probability percentage percent precision recall accuracy sensitivity "
    "specificity coverage"
)
"""Last words of names that measure a part of a whole, in whatever words of the domain: “defect precision”."""
JUDGED = wordset("precision recall accuracy sensitivity specificity f1 auc auroc kappa mae rmse mape")
"""Last words of names that compare answers with the truth."""


def is_share(name: str) -> bool:
    """Does a name of the domain measure a part of a whole: “interval coverage”, “share of parts, daily”?"""
    parts = tuple(population(" ".join(words(name))).split())
    return not SHARES.isdisjoint(parts[-1:]) or (parts[1:2] == ("of",) and not SHARES.isdisjoint(parts[:1]))


SIGNED = wordset("change growth difference delta gain improvement margin trend uplift increase decrease bias")


def is_change(name: str) -> bool:
    """Does a name of the domain say how much something changes, so that it may be negative?"""
    return not SIGNED.isdisjoint(words(name))


def is_judged(name: str) -> bool:
    """Does a name of the domain compare answers with the truth?"""
    return not JUDGED.isdisjoint(words(name)[-1:])


def measures(model: Doc, name: str, memo: Memo) -> list[Measure]:
    """The named rows of one of the four lists of metrics."""
    found: list[Measure] | None = memo.get(("measures", name))
    if found is None:
        value = "threshold" if name in THRESHOLDS else "result"
        memo["measures", name] = found = []
        for place, row in enumerate(rows(model, name)):
            called = text(row, "metric").strip()
            if name in RESULTS and (called == "Other" or loose(called) in {"other", ""}):
                called = text(row, "other_metric").strip()
            if called:
                said = text(row, "operator")
                sign = _OPERATORS.get(said) or _OPERATORS.get(loose(said), "")
                goal = text(row, "goal_mapping").strip()
                found.append(Measure(name, place, called, metric(called), number(row, value), sign, goal))
    return found


def results(model: Doc, memo: Memo) -> list[Measure]:
    """All results, those of the test first."""
    return [each for name in RESULTS for each in measures(model, name, memo)]


def thresholds(model: Doc, memo: Memo) -> list[Measure]:
    """All thresholds, those of algorithm metrics first."""
    return [each for name in THRESHOLDS for each in measures(model, name, memo)]


def known(found: list[Measure]) -> list[tuple[Measure, Metric, float]]:
    """Those with a known metric and a value."""
    return [
        (each, metric, value)
        for each in found
        if (metric := each.metric) is not None and (value := each.value) is not None
    ]


def on_one_scale(metric: Metric, a: float, b: float) -> tuple[float, float] | None:
    """Two values of a metric on one scale; None if one seems to be in per cent and nobody can tell.

    An error rate of 0.7 beside one of 2 may be 0.7 per cent; an accuracy of 0.7 beside one of 92 is not.
    """
    if not metric.ratio or per_cent(a) == per_cent(b):
        return a, b
    if metric.better != HIGHER:
        return None
    return (a / 100, b) if per_cent(a) else (a, b / 100)


def worse(metric: Metric, a: float, b: float) -> bool:
    """Is *a* worse than *b*, by more than the last digits of floating-point numbers?"""
    slack = 1e-9 * max(1.0, abs(a), abs(b))
    return a < b - slack if metric.better == HIGHER else a > b + slack
