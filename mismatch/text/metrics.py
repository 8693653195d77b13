"""Knows the usual metrics of machine learning by their many names: which way is better, on which scale."""

from __future__ import annotations

from functools import cache, lru_cache

from mismatch.text.names import known_as, words, wordset
from mismatch.text.units import unit
from tec.named import NamedTuple

HIGHER, LOWER = "higher", "lower"


class Metric(NamedTuple):
    """What a metric's name says."""

    name: str  # canonical: "Recall" for TPR, Sensitivity, "true positive rate"
    better: str  # HIGHER or LOWER
    ratio: bool  # its values lie between 0 and 1, or 0 and 100 per cent
    labels: bool  # it needs true answers to compare with
    signed: bool = False  # values below 0 are possible
    qualifier: str = ""  # what is left of the name, in lower case: "macro", "5", "faulty parts"


_RATIO = """
> Accuracy: accuracy, acc, classification accuracy
> Balanced Accuracy: balanced accuracy, bacc
> Precision: precision, ppv, positive predictive value
> Recall: recall, tpr, true positive rate, sensitivity, recall sensitivity, recall tpr
> Specificity: specificity, tnr, true negative rate
> NPV: npv, negative predictive value
> F1 Score: f1, f1 score, f1score, f 1 score, f 1, f measure, f score, f1 measure
> AUC: auc, roc auc, auc roc, auroc, rocauc, area under the roc curve, area under roc curve,
  area under the curve, area under curve
> PR AUC: pr auc, auc pr, auprc, average precision, precision recall auc,
  area under the precision recall curve
> IoU: iou, miou, mean iou, intersection over union, jaccard, jaccard index
> Dice: dice, dice score, dice coefficient
> mAP: map, mean average precision
< FPR: fpr, false positive rate, fall out
< FNR: fnr, false negative rate, miss rate
< Error Rate: error rate, misclassification rate, classification error, misclassification error
< Brier Score: brier score, brier
< Expected Calibration Error: ece, expected calibration error
> NDCG: ndcg
> MRR: mrr, mean reciprocal rank
> ROUGE: rouge
"""
_SIGNED = """
> R2: r2, r squared, r2 score, rsquared, r 2, coefficient of determination
> Kappa: kappa, cohen s kappa, cohens kappa, cohen kappa
> Gini: gini, gini coefficient, gini index, gini score
> MCC: mcc, matthews correlation coefficient, matthews correlation
"""
_OTHER = """
< MAE: mae, mean absolute error
< nMAE: nmae, normalised mae, normalized mae, normalised mean absolute error, normalized mean absolute error
< MSE: mse, mean squared error, mean square error
< RMSE: rmse, root mean squared error, root mean square error
< nRMSE: nrmse, normalised rmse, normalized rmse
< RMSLE: rmsle, root mean squared logarithmic error
< MASE: mase, mean absolute scaled error
< sMAPE: smape, symmetric mape, symmetric mean absolute percentage error
< Pinball Loss: pinball loss, quantile loss
< CRPS: crps, continuous ranked probability score
< MAPE: mape, mean absolute percentage error
< WAPE: wape, weighted absolute percentage error
< Log Loss: log loss, logloss, cross entropy, cross entropy loss, logistic loss
> BLEU: bleu, bleu score
< WER: wer, word error rate
< CER: cer, character error rate
> Lift: lift
"""
_DRIFT = """
< PSI: psi, population stability index
"""
"""Canonical name and its aliases; > higher is better, < lower is better. All but the last need labels."""


def _read(table: str, *, ratio: bool, signed: bool) -> dict[str, Metric]:
    found = {}
    for line in table.replace("\n  ", " ").strip().splitlines():
        name, _, aliases = line[2:].partition(": ")
        known = Metric(name, HIGHER if line[0] == ">" else LOWER, ratio, True, signed)
        found.update({alias.strip(): known for alias in aliases.split(",")})
    return found


@cache
def _known() -> dict[str, Metric]:
    return {
        **_read(_RATIO, ratio=True, signed=False),
        **_read(_SIGNED, ratio=False, signed=True),
        **_read(_OTHER, ratio=False, signed=False),
        **{
            name: known._replace(labels=False)
            for name, known in _read(_DRIFT, ratio=False, signed=False).items()
        },
    }


_LEADS = wordset(
    "macro micro weighted mean average averaged overall global samples top per class validation val test "
    "training train holdout offline online live production daily weekly monthly rolling alert alarm "
    "model detector classifier prediction"
)
_LINKS = wordset("of for on at in by per over among within with macro micro weighted score")
_LONGEST = 7


@lru_cache(maxsize=4096)
def metric(text: str) -> Metric | None:
    """The metric that *text* names, or None if it is not a known one.

    What is left of the name becomes the qualifier, and two metrics are the same only if name and qualifier
    are: "Recall (fraud)" is Recall with "fraud", "Macro F1" is F1 Score with "macro", "precision@5" is
    Precision with "5". Words in front that are not usual make another metric of it ("product recall"), so
    does a word behind that is not linked by a sign, a digit or “of”, “for”, “on” … ("recall campaign").
    """
    if len(text) > 120:
        return None
    parts = words(text)
    if " ".join(parts) in _known():
        return _known()[" ".join(parts)]
    for start in range(min(len(parts), 4)):
        if start and not (parts[start - 1] in _LEADS or parts[start - 1].isdigit()):
            return None
        for size in range(min(_LONGEST, len(parts) - start), 0, -1):
            known = _known().get(" ".join(parts[start : start + size]))
            if known and _linked(text, parts, start + size):
                rest = [*parts[:start], *parts[start + size :]]
                said = " ".join([word for word in rest if word not in {"of", "the"}])
                return known if _known().get(said) == known else known._replace(qualifier=said)
    return None


def _linked(text: str, parts: tuple[str, ...], end: int) -> bool:
    """Is what follows word number *end* a qualifier, not the other half of another name?"""
    if end == len(parts):
        return True
    following = parts[end]
    if following in _LINKS or following.isdigit() or (len(following) == 1 and following == "k"):
        return True
    folded = text.casefold()
    at = 0
    for word in parts[:end]:
        at = folded.find(word, at) + len(word)
    between = folded[at : folded.find(following, at)]
    return any(sign in between for sign in "([{,:;-–@_/")


def measured(text: str) -> str:
    """What a metric's name says, in a form that is equal for equal metrics; `known_as` of unknown ones."""
    found = metric(text)
    return f"{found.name} {found.qualifier}" if found else known_as(text)


def same_metric(a: str, b: str) -> bool:
    """Do two names mean the same metric, qualifier included? False if one of them is not known."""
    first = metric(a)
    return first is not None and first == metric(b)


def per_cent(value: float) -> bool:
    """Is the value of a ratio metric given in per cent: above 1 and at most 100?"""
    return 1 < value <= 100


def scaled(metric: Metric, value: float) -> float:
    """*value* on the scale 0 to 1 if the metric is a ratio: 92 → 0.92; otherwise as it is."""
    return value / 100 if metric.ratio and per_cent(value) else value


_PERIODS = wordset(
    "daily weekly monthly quarterly yearly hourly nightly rolling moving live online production prod test "
    "validation val evaluation eval offline holdout recent trailing"
)
_HORIZON = wordset("ahead horizon within at after before under over")
_JOINTS = wordset("in on for at the")
_WINDOW = wordset("rolling moving last trailing recent window")
_KINDS = wordset("time power mass length data energy pressure volume")


@lru_cache(maxsize=1024)
def population(qualifier: str) -> str:
    """What a qualifier says about whom a metric is of, without when and in which unit it is measured:
    "monthly", "7 days rolling", "in minutes" and "79 2 mw" → "", "fraud, daily" → "fraud"."""
    parts = [part for part in qualifier.split() if part not in _PERIODS]
    if not _HORIZON.isdisjoint(parts):
        return " ".join([part for part in parts if part not in _JOINTS])
    window = not _WINDOW.isdisjoint(qualifier.split())
    kept: list[str] = []
    for part in parts:
        known = _unit(part)
        if not known or known[0] not in _KINDS:
            kept.append(part)
        elif known[0] == "time" and kept and kept[-1].isdigit() and not window:
            kept.append(part)  # “24 hours”, which may be how far ahead
        else:
            while kept and (kept[-1].isdigit() or kept[-1] in {"in", "last", "per"}):
                kept.pop()
    return " ".join([part for part in kept if part not in _JOINTS])


def _unit(word: str) -> tuple[str, float] | None:
    return ("power", 1e6) if word == "mw" else unit(word) if len(word) > 1 else None
