"""Metrics that contradict each other, and results that are too good."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, Param, hit, rule
from mismatch.rules._results import RESULTS, SAID, known, measures, results
from mismatch.text.metrics import HIGHER
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mismatch.declaration import Found, Memo
    from mismatch.reading import Doc
    from mismatch.rules._results import Measure

    Known = dict[str, tuple[Measure, float]]
    """Usual name → its first row and the value on the scale from 0 to 1."""

RATES = (
    ("Recall", "FNR", "recall and false negative rate add up to 1"),
    ("Specificity", "FPR", "specificity and false positive rate add up to 1"),
    ("Accuracy", "Error Rate", "accuracy and error rate add up to 1"),
)


@rule(
    "metrics-contradict",
    code="X504",
    severity="minor",
    pack="x",
    params={"points": Param(0.02, "difference that is rounding", 0, 0.5)},
    risk="Low: averages over classes may leave the bounds a little.",
    source="Definitions of the metrics.",
)
def metrics_contradict(trained_model: Doc, *, points: float, memo: Memo) -> Found:
    """Metrics of one list cannot all be true.

    Figures that contradict each other come from different runs or different definitions, and nobody knows
    which of them the model has to live up to.

    Remedy: Compute all of them again from one run.

    Example: The recall is 0.9, the precision 0.8 and the F1 score 0.95. It is silent at an F1 score of 0.85.

    Decision: Only metrics of one list and with the same qualifier are compared, and only if their scale is
    clear. A difference of at most 0.02 is rounding.

    Decision: A perfect accuracy beside errors, and a mean absolute error above the root mean squared one,
    are major: no rounding explains them.
    """
    compared = False
    for name in RESULTS:
        lists: dict[str, list[tuple[Measure, float]]] = {}
        for each, metric, value in known(measures(trained_model, name, memo)):
            lists.setdefault(metric.qualifier, []).append((each, value))
        for qualifier, found in lists.items():
            values = _on_unit_scale(found)
            compared = compared or len(values) > 1
            for wrong, others, said, severity in _contradictions(values, points):
                shown = [values[other][0] for other in (wrong, *others)]
                first, *rest = [f"{quote(each.name)} {plain(each.value or 0)}" for each in shown]
                yield hit(
                    f"{first} contradicts {' and '.join(rest)} in {SAID[name]}: {said}.",
                    *[each.at for each in shown],
                    key=(name, wrong, *others, qualifier),
                    severity=severity,
                )
    if not compared:
        yield CANNOT_TELL


def _on_unit_scale(found: list[tuple[Measure, float]]) -> Known:
    """The first value of each metric; shares are left out where some are in per cent and some may be."""
    ratios = [(each.metric.better, value) for each, value in found if each.metric and each.metric.ratio]
    in_per_cent = any(value > 1.5 for _, value in ratios)
    mixed = in_per_cent and any(better == HIGHER and 0 < value <= 1 for better, value in ratios)
    values: Known = {}
    for each, value in found:
        if each.metric and not (each.metric.ratio and mixed):
            scale = 100 if each.metric.ratio and in_per_cent else 1
            values.setdefault(each.metric.name, (each, float(value) / scale))
    return values


def _contradictions(values: Known, points: float) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    """Metric, the ones it contradicts, why, and a severity if it is not the rule’s own."""
    value = {name: found for name, (_, found) in values.items()}
    for error in ("FPR", "FNR", "Error Rate"):
        if value.get("Accuracy") == 1 and value.get(error, 0) > 0:
            yield "Accuracy", (error,), "nothing was wrong, and something was", "major"
    for one, other, said in RATES:
        both = one in value and other in value and not (one == "Accuracy" and value[one] == 1)
        if both and abs(value[one] + value[other] - 1) > points + 1e-9:
            yield one, (other,), said, ""
    recall = "Recall" if "Recall" in value else "FNR"
    if {"F1 Score", "Precision", recall} <= value.keys():
        ends = sorted((value["Precision"], value[recall] if recall == "Recall" else 1 - value[recall]))
        if not ends[0] - points - 1e-9 <= value["F1 Score"] <= ends[1] + points + 1e-9:
            yield "F1 Score", ("Precision", recall), "it lies between precision and recall", ""
    if {"Balanced Accuracy", "Recall", "Specificity"} <= value.keys():
        mean = (value["Recall"] + value["Specificity"]) / 2
        if abs(value["Balanced Accuracy"] - mean) > points + 1e-9:
            yield "Balanced Accuracy", ("Recall", "Specificity"), "it is their mean", ""
    if {"MAE", "RMSE"} <= value.keys() and value["MAE"] > value["RMSE"] * 1.01 >= 0:
        yield "MAE", ("RMSE",), "the mean absolute error is never the larger one", "major"
    mse, rmse = value.get("MSE", 0), value.get("RMSE", 0)
    if mse > 0 and rmse > 0 and abs(rmse * rmse / mse - 1) > 0.1:
        yield "RMSE", ("MSE",), "it is the square root", ""


PERFECT = frozenset(
    {"Accuracy", "Balanced Accuracy", "F1 Score", "AUC", "PR AUC", "R2", "Kappa", "MCC", "Gini"}
)


@rule(
    "result-too-good",
    code="X513",
    severity="info",
    pack="x",
    risk="Medium: easy problems have perfect solutions.",
    source="A perfect score is more often a leak than a success.",
)
def result_too_good(trained_model: Doc, *, memo: Memo) -> Found:
    """A result is perfect.

    A score of exactly 1 mostly means that the answer has leaked into the data, or that the test was too
    small.

    Remedy: Look for the label among the inputs and for examples that are in both parts of the data.

    Example: The F1 score of the test is 1. It is silent at 0.998.

    Decision: Only for metrics that sum up all errors. A recall of 1 alone may be bought with false alarms.
    """
    found = known(results(trained_model, memo))
    if not found:
        yield CANNOT_TELL
    for each, metric, value in found:
        if metric.name in PERFECT and value in (1, 100):
            yield hit(
                f"{quote(each.name)} was {plain(value)} in {SAID[each.list]}, which is perfect.",
                each.at,
                key=(each.list, each.name),
            )
