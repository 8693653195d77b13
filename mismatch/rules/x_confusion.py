"""Metrics that contradict each other, and an accuracy that guessing would reach as well."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, group, loose, number, rows, text
from mismatch.rules._results import RESULTS, SAID, known, measures, results
from mismatch.text.metrics import HIGHER, per_cent, scaled
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mismatch.declaration import At, Found, Memo
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
    params={"points": 0.02},
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


GUESSED = frozenset({"classification", "detection", "alert"})


@rule(
    "no-better-than-majority",
    code="X505",
    severity="major",
    pack="x",
    params={"points": 0.005, "clearly": 0.05},
    risk="Medium: the data tested on may be balanced otherwise than the data described.",
    source="Every model is compared with a trivial baseline (Breck et al., Model 5).",
)
def no_better_than_majority(
    trained_model: Doc,
    training_data: Doc = NOTHING,
    system_context: Doc = NOTHING,
    raw_data: Doc = NOTHING,
    *,
    points: float,
    clearly: float,
    memo: Memo,
) -> Found:
    """The accuracy is no better than always answering the most common label.

    With uneven classes a high accuracy is no achievement: a constant would score as well.

    Remedy: Report a metric that looks at each class, or improve the data and the model.

    Example: 90 % of the training data are “ok”, and the accuracy is 0.9. It is silent at 0.95.

    Decision: The accuracy of the test counts, that of the evaluation only without one.

    Decision: Where the raw data is balanced otherwise than the training data, it is minor if the accuracy is
    above the share in one of them.

    Decision: Where another result shows skill (AUC, Gini, kappa, MCC, or recall and specificity), the
    accuracy is worth knowing only, or minor if it is five points below the share.
    """
    problem = loose(text(group(system_context, "ml_problem_type"), "ml_problem"))
    accuracy = next(
        (
            (each, value)
            for each, metric, value in known(results(trained_model, memo))
            if _plain_accuracy(each)
        ),
        None,
    )
    shares = [
        found
        for found in (
            _largest(training_data, "training_data", "distribution"),
            _largest(raw_data, "raw_data", "labels_distribution"),
        )
        if found
    ]
    if problem and problem not in GUESSED:
        yield NOT_APPLICABLE
    elif accuracy is None or not shares:
        yield CANNOT_TELL
    else:
        each, value = accuracy
        reached = scaled(each.metric, value) if each.metric else value
        shares.sort(key=lambda found: -found[0])
        beaten = [share for share, _, _ in shares if reached > share + points]
        if len(beaten) == len(shares):
            return
        share, label, at = shares[0]
        severity, doubt = "minor" if beaten else "", ""
        if _skilled(trained_model, memo):
            severity = "minor" if reached < share - clearly and not beaten else "info"
            doubt = "; other results show that the model does tell the classes apart"
        yield hit(
            f"The accuracy of {plain(value)} in {SAID[each.list]} is no better than always answering "
            f"{quote(label)}, which makes up {plain(round(100 * share, 2))} %{doubt}.",
            each.at,
            at,
            key=(each.list,),
            severity=severity,
        )


def _plain_accuracy(each: Measure) -> bool:
    return each.metric is not None and each.metric.name == "Accuracy" and not each.metric.qualifier


def _largest(holder: Doc, descriptor: str, name: str) -> tuple[float, str, At] | None:
    """The largest share, of 0 to 1, its label and its place; None unless two labels have one."""
    found = [
        (share, text(row, "label"), place)
        for place, row in enumerate(rows(holder, name))
        if text(row, "label") and (share := number(row, "percentage")) is not None
    ]
    total = sum(share for share, _, _ in found)
    if len(found) < 2 or not 95 <= total <= 105 or min(found)[0] < 0:
        return None
    share, label, place = max(found, key=lambda each: each[0])
    return share / 100, label, (descriptor, name, place, "percentage")


def _skilled(model: Doc, memo: Memo) -> bool:
    """Does a result show more skill than any constant answer could have?"""
    value: dict[str, float] = {}
    for _, metric, found in known(results(model, memo)):
        value.setdefault(metric.name, found / 100 if per_cent(found) else found)
    if value.get("AUC", 0) > 0.6 or any(value.get(name, 0) > 0.15 for name in ("Kappa", "MCC", "Gini")):
        return True
    recall = value["Recall"] if "Recall" in value else 1 - value.get("FNR", 1)
    specificity = value["Specificity"] if "Specificity" in value else 1 - value.get("FPR", 1)
    return recall + specificity > 1.15 or value.get("Balanced Accuracy", 0) > 0.6
