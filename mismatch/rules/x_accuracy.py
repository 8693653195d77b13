"""An accuracy that guessing would reach as well, or that hides the small classes."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, Param, hit, rule
from mismatch.reading import NOTHING, group, loose, number, rows, text
from mismatch.rules._results import SAID, known, results
from mismatch.text.metrics import per_cent, scaled
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import At, Found, Memo
    from mismatch.reading import Doc
    from mismatch.rules._results import Measure

GUESSED = frozenset({"classification", "detection", "alert"})


@rule(
    "no-better-than-majority",
    code="X505",
    severity="major",
    pack="x",
    params={
        "points": Param(0.005, "how far the accuracy has to be above the share of the most common label"),
        "clearly": Param(0.05, "how far below that share it is minor although other results are good"),
    },
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


@rule(
    "judged-by-accuracy-alone",
    code="X512",
    severity="minor",
    pack="x",
    params={"uneven": Param(0.8, "share of one label from which the classes are uneven", 0.5)},
    risk="Low.",
    source="Accuracy hides the small classes (Breck et al., Model 6).",
)
def judged_by_accuracy_alone(
    trained_model: Doc,
    training_data: Doc = NOTHING,
    raw_data: Doc = NOTHING,
    *,
    uneven: float,
    memo: Memo,
) -> Found:
    """The classes are uneven, and only the accuracy was measured.

    A model that fails on the small class, which is mostly the one that matters, still has a high accuracy.

    Remedy: Measure recall and precision of the small classes, or a metric that weighs the classes equally.

    Example: 90 % of the data are “ok”, and an accuracy of 0.95 is the only result. It is silent once a recall
    or an F1 score is given.

    Decision: Uneven means that one label makes up at least 80 % of the raw or the training data. Any other
    result counts, also one in words of the domain.
    """
    found = results(trained_model, memo)
    if any(not _plain_accuracy(each) for each in found):
        return
    shares = [
        share
        for share in (
            _largest(raw_data, "raw_data", "labels_distribution"),
            _largest(training_data, "training_data", "distribution"),
        )
        if share
    ]
    if not found or not shares:
        yield CANNOT_TELL
    else:
        share, label, at = max(shares, key=lambda each: each[0])
        if share >= uneven:
            yield hit(
                f"{quote(label)} makes up {plain(round(100 * share, 2))} % of the data, and the accuracy is "
                "the only result.",
                found[0].at,
                at,
                key=(),
            )
