"""Whether the goals and the risks that the project names are measured."""

from __future__ import annotations

from functools import lru_cache

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import group, loose, rows, text
from mismatch.rules._results import MODEL, results, thresholds
from mismatch.text.metrics import metric
from mismatch.text.names import key, words, wordset
from mismatch.text.placeholders import placeholder, says_nothing
from mismatch.wording import listing, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Found, Memo
    from mismatch.reading import Doc
    from mismatch.rules._results import Measure

CONTEXT = "system_context"
YARDSTICK = ("metric", "baseline")


@rule(
    "goal-without-yardstick",
    code="X509",
    severity="minor",
    pack="x",
    risk="None.",
    source="A goal needs a metric, a number to beat and a reason for it (MLTE’s negotiation card).",
)
def goal_without_yardstick(system_context: Doc) -> Found:
    """A goal names no metric, or no baseline to beat.

    Without a metric nobody can say whether a goal is met, and without a baseline nobody can say whether the
    model made a difference.

    Remedy: Add the metric, and today’s value of it with its source.

    Example: The goal is “less waste” with a metric and no baseline. It is silent once the baseline says
    “13.8 % in 2024”, or that there is none so far.

    Decision: A row without a goal is skipped, the required fields report it. “Not measured so far” is an
    answer.
    """
    goals = rows(system_context, "goals")
    seen = False
    for place, row in enumerate(goals):
        goal = text(row, "goal")
        lacking = [field for field in YARDSTICK if not text(row, field)]
        seen = seen or bool(goal)
        if goal and lacking:
            yield hit(
                f"The goal {quote(text(row, 'id') or goal)} has no {' and no '.join(lacking)}.",
                *[(CONTEXT, "goals", place, field) for field in lacking],
                key=(text(row, "id") or goal,),
            )
    if not seen:
        yield CANNOT_TELL if goals else NOT_APPLICABLE


COMMON = wordset(
    "rate score model metric share number count percent percentage average mean median total value values "
    "than from with over after before within without each every per their that this which between into"
)


@rule(
    "goal-measured-otherwise",
    code="X510",
    severity="info",
    pack="x",
    risk="Medium: two wordings may mean the same figure.",
    source="The metrics have to be the appropriate ones (MLTE; EU AI Act, Annex IV 4).",
)
def goal_measured_otherwise(system_context: Doc, trained_model: Doc, *, memo: Memo) -> Found:
    """The metrics mapped to a goal have nothing in common with the metric that the goal names.

    A mapping that exists on paper only lets a goal count as measured while nobody measures it.

    Remedy: Map the metric that measures the goal, or name the metrics alike.

    Example: The goal names “hours until the first reply”, and only “accuracy” is mapped to it. It is silent
    once “reply time” is mapped to it as well.

    Decision: One word in common is enough, in the metric or the wording of the goal; words such as “rate”
    and “average” do not count, and neither do endings.
    """
    mapped: dict[str, list[Measure]] = {}
    for each in thresholds(trained_model, memo):
        mapped.setdefault(key(each.goal), []).append(each)
    compared = waiting = False
    for place, row in enumerate(rows(system_context, "goals")):
        wanted, own = text(row, "metric"), key(text(row, "id"))
        found = mapped.pop(own, []) if own else []
        if not found:
            continue
        if not wanted or placeholder(wanted):
            waiting = True
            continue
        compared = True
        said = stems(wanted) | stems(text(row, "goal"))
        if any(said & stems(each.name) or _same(wanted, each.name) for each in found):
            continue
        yield hit(
            f"The goal {quote(text(row, 'id'))} is to be measured by {quote(wanted)}, but mapped to it is "
            f"{listing([each.name for each in found])}.",
            (*found[0].at[:-1], "goal_mapping"),
            (CONTEXT, "goals", place, "metric"),
            key=(text(row, "id"),),
        )
    if waiting or not compared:
        yield CANNOT_TELL if waiting else NOT_APPLICABLE


@lru_cache(maxsize=1024)
def stems(said: str) -> frozenset[str]:
    """The first letters of the words that say something: “rejected” and “rejects” are one."""
    return frozenset(
        word if word.isdigit() else word[:5]
        for word in words(said)
        if (len(word) > 3 and word not in COMMON) or (len(word) > 1 and word.isdigit())
    )


def _same(ours: str, theirs: str) -> bool:
    first, second = metric(ours), metric(theirs)
    return first is not None and second is not None and first.name == second.name


FALSE_ALARMS = frozenset({"FPR", "Precision", "Specificity"})
MISSES = frozenset({"FNR", "Recall", "NPV"})
BOTH = frozenset({"F1 Score", "AUC", "PR AUC", "MCC", "Balanced Accuracy", "IoU", "Dice", "mAP", "Gini"})
RISKS = {
    "risk_fp": ("false positives", FALSE_ALARMS, "a false positive rate, a precision or a specificity"),
    "risk_fn": ("false negatives", MISSES, "a false negative rate, a recall or an NPV"),
}
IN_WORDS = {
    "risk_fp": (
        "false positive",
        "false alarm",
        "false reject",
        "false accept",
        "precision",
        "fpr",
        "fp rate",
    ),
    "risk_fn": ("false negative", "miss", "escape", "undetected", "recall", "sensitivity", "fnr", "fn rate"),
}
BUSINESS = "business_metrics"
JUDGED = frozenset({"classification", "detection", "alert"})


@rule(
    "feared-error-not-measured",
    code="X511",
    severity="minor",
    pack="x",
    risk="Low to medium: an error may be counted under a name of the domain.",
    source="The cost of errors is what a model is tuned by (NIST AI RMF, MAP 3.2; MLTE).",
)
def feared_error_not_measured(system_context: Doc, trained_model: Doc, *, memo: Memo) -> Found:
    """An error whose cost the project states is counted by no metric.

    The owners fear an error, and nobody counts how often the model makes it.

    Remedy: Add the metric to the evaluation and the test, and a threshold for operation.

    Example: The cost of false negatives is stated, and only the precision is measured. It is silent once a
    recall or a false negative rate is.

    Decision: Only for classification, detection and alerts. A metric that mixes both errors, such as the F1
    score or the AUC, makes it worth knowing only.

    Decision: A metric in words of the domain counts if it says so, as “false alarms per week” does. If it
    only shares a word with the stated risk, the finding is worth knowing only. Business metrics do not count:
    they show the damage once it is done.
    """
    problem = loose(text(group(system_context, "ml_problem_type"), "ml_problem"))
    risks = group(system_context, "risks")
    found = results(trained_model, memo) + thresholds(trained_model, memo)
    if problem and problem not in JUDGED:
        yield NOT_APPLICABLE
        return
    if not problem or not found:
        yield CANNOT_TELL
        return
    named = {each.metric.name for each in found if each.metric}
    for field, (errors, counting, advice) in RISKS.items():
        risk = text(risks, field)
        if not risk or placeholder(risk):
            yield CANNOT_TELL
        elif not says_nothing(risk) and not named & counting:
            own = [each for each in found if not each.metric and each.list != BUSINESS]
            if any(_says(each.name, field) for each in own):
                continue
            near = next((each for each in own if stems(risk) & stems(each.name)), None)
            mixed = next(iter(sorted(named & BOTH)), "")
            doubt = f"; {quote(mixed)} mixes them with others" if mixed else ""
            if near and not mixed:
                doubt = f"; {quote(near.name)} may, in its own way"
            yield hit(
                f"The cost of {errors} is stated, but no metric counts them{doubt}.",
                (MODEL, "test_metrics"),
                (CONTEXT, "risks", field),
                key=(field,),
                severity="info" if doubt else "",
                remedy=f"Add {advice} to the evaluation and the test, and a threshold for operation.",
            )


def _says(name: str, field: str) -> bool:
    """Does the name of a metric say in plain words that it counts these errors?"""
    folded = name.lower()
    return any(said in folded for said in IN_WORDS[field])
