"""The kind of problem, against the metrics and the algorithms that are meant for it."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, group, rows, text, truth
from mismatch.rules._pairs import MODEL
from mismatch.rules._results import known, results
from mismatch.rules._taught import problem_type
from mismatch.text.names import wordset
from mismatch.wording import listing, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Found, Memo
    from mismatch.reading import Doc

PROBLEM = ("system_context", "ml_problem_type", "ml_problem")
OF_CLASSES = frozenset(
    {
        *("Accuracy", "Balanced Accuracy", "Precision", "Recall", "Specificity", "NPV", "F1 Score"),
        *("AUC", "PR AUC", "FPR", "FNR", "MCC", "Kappa", "Error Rate"),
    }
)
OF_NUMBERS = frozenset({"MAE", "MSE", "RMSE", "MAPE", "WAPE", "R2"})
CLASSES, NUMBERS = wordset("classification detection"), wordset("forecasting trend")


@rule(
    "metrics-of-another-problem",
    code="X515",
    severity="minor",
    pack="x",
    risk="Low to medium: whether an event will happen is a forecast to some and a classification to others.",
    source="The metrics have to be the appropriate ones (MLTE; EU AI Act, Annex IV 4).",
)
def metrics_of_another_problem(
    system_context: Doc, trained_model: Doc, training_data: Doc = NOTHING, *, memo: Memo
) -> Found:
    """All results are of metrics for another kind of problem than the project has.

    One of the two is wrong: the teams expect classes and get numbers, or the other way round.

    Remedy: Choose the problem that the model solves, or measure what the problem asks for.

    Example: The problem is “Classification”, and only “WAPE” was measured. It is silent once an “Accuracy” is
    given as well.

    Decision: Metrics that are not known decide nothing. Accuracy alone does not either, since forecasts have
    an accuracy too.

    Decision: A forecast that is measured like a classification is worth knowing only, unless training knows
    three classes or more: the forecast may be of an event that happens or does not.
    """
    problem = problem_type(system_context)
    names = {metric.name for _, metric, _ in known(results(trained_model, memo))}
    if problem not in CLASSES | NUMBERS:
        yield NOT_APPLICABLE if problem else CANNOT_TELL
        return
    if not names:
        yield CANNOT_TELL
        return
    severity = ""
    if problem in CLASSES:
        wrong = names <= OF_NUMBERS
    else:
        wrong = names <= OF_CLASSES and names != {"Accuracy"}
        labels = sum(1 for row in rows(training_data, "distribution") if text(row, "label"))
        severity = "" if labels > 2 else "info"
    if wrong:
        first = known(results(trained_model, memo))[0][0]
        yield hit(
            f"The problem is {quote(text(group(system_context, 'ml_problem_type'), 'ml_problem'))}, but all "
            f"that was measured, {listing(sorted(names))}, judges "
            f"{'numbers' if problem in CLASSES else 'classes'}.",
            PROBLEM,
            (MODEL, first.list),
            key=(),
            severity=severity,
        )


GIVES_NUMBERS = frozenset({"linear regression"})
GIVES_CLASSES = frozenset({"logistic regression", "naive bayes classifier"})
TAUGHT = (
    GIVES_NUMBERS
    | GIVES_CLASSES
    | {"random forest", "gradient boosting tree (gbt)", "support vector machine (svm)"}
)


@rule(
    "algorithm-of-another-problem",
    code="X517",
    severity="minor",
    pack="x",
    risk="Low: a number may be turned into a class by a threshold; say so in the description of the model.",
    source="The kind of problem decides about algorithm, labels and metrics.",
)
def algorithm_of_another_problem(
    system_context: Doc, trained_model: Doc, training_data: Doc = NOTHING
) -> Found:
    """No algorithm of the model solves the kind of problem that the project has.

    One of the two is wrong, and the neighbours build on it: what comes out is a number where a class is
    expected, or the answer to another question.

    Remedy: Choose the problem that the model solves, or the algorithm that is really used.

    Example: The problem is “Classification”, and the only algorithm is “Linear Regression”. It is silent for
    “Logistic Regression”, and where one of several algorithms fits.

    Decision: “Clustering” with an algorithm that learns from answers counts if training marks a label. A
    forecast by an algorithm for classes is worth knowing only: an event may be forecast.
    """
    problem = problem_type(system_context)
    used = [
        (place, text(group(row, "learning_algorithm"), "algorithm").strip())
        for place, row in enumerate(rows(trained_model, "model_components"))
    ]
    names = {name.casefold() for _, name in used if name}
    if not problem or not names:
        yield CANNOT_TELL
        return
    wrong, severity = False, ""
    if problem in CLASSES:
        wrong = names <= GIVES_NUMBERS
    elif problem in NUMBERS:
        wrong, severity = names <= GIVES_CLASSES, "info"
    elif problem == "clustering":
        wrong = names <= TAUGHT and any(truth(row, "label_field") for row in rows(training_data, "schema"))
    elif problem == "content generation":
        wrong = names <= TAUGHT
    else:
        yield NOT_APPLICABLE
        return
    if wrong:
        place = next(place for place, name in used if name)
        yield hit(
            f"The problem is {quote(text(group(system_context, 'ml_problem_type'), 'ml_problem'))}, but the "
            f"model is made of {listing(sorted({name for _, name in used if name}))}.",
            (MODEL, "model_components", place, "learning_algorithm", "algorithm"),
            PROBLEM,
            key=(),
            severity=severity,
        )
