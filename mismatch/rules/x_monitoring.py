"""Whether what is to be watched in production can really be collected."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, column, group, loose, rows, text
from mismatch.rules._results import is_judged, measures
from mismatch.text.names import key, words
from mismatch.text.placeholders import placeholder, says_nothing
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Found, Memo
    from mismatch.reading import Doc

PRODUCTION = "production_environment"
COLLECTORS = {
    "algorithm_metrics": ("metric", "algorithm metric"),
    "business_metrics": ("metric", "business metric"),
    "other_metrics": ("metric", "metric"),
    "user_system_feedback": ("feedback", "feedback"),
    "model_logs": ("log", "log"),
    "other_logs": ("log", "log"),
}
"""List of the production environment → the field that names what is collected, and what to call it."""


@rule(
    "collector-without-implementation",
    code="X701",
    severity="major",
    pack="x",
    risk="None.",
    source="Operators do not know what to monitor, and how (SEI mismatch study; NIST AI RMF, MEASURE 2.4).",
)
def collector_without_implementation(production_environment: Doc) -> Found:
    """Something is to be collected in production, but nobody says how.

    A name in a list is no collector: the comparisons of names pass, and in operation the figure is missing.

    Remedy: Say what collects it, where it ends up, and how often.

    Example: “Alert precision” is listed, and its implementation is “TBD”. It is silent once that says
    “counter in the alert service”.

    Decision: Blank and placeholders count, and so does an answer such as “none”.
    """
    seen = False
    for name, (field, said) in COLLECTORS.items():
        for place, row in enumerate(rows(production_environment, name)):
            called = text(row, field)
            seen = seen or bool(called)
            how = text(row, "implementation")
            if called and (not how or placeholder(how) or says_nothing(how)):
                yield hit(
                    f"The {said} {quote(called)} is to be collected, but "
                    f"{f'its implementation is {quote(how)}' if how else 'nobody says how'}.",
                    (PRODUCTION, name, place, "implementation"),
                    key=(name, called),
                )
    if not seen:
        yield CANNOT_TELL


ANSWERS = (
    *("label", "truth", "annotat", "review", "feedback", "outcome", "actual", "verdict", "inspect", "audit"),
    *("sampl", "manual", "human", "expert", "complain", "return", "confirm", "observ", "realis", "realiz"),
    *("true", "gold", "survey", "incident", "follow", "rating", "later", "next", "override", "correct"),
)
"""How words begin that say where true answers come from."""


@rule(
    "metric-without-ground-truth",
    code="X703",
    severity="major",
    pack="x",
    risk="Low: answers may arrive by a way that nobody has described.",
    source="Microsoft’s model checklist asks whether ground truth can be obtained in production.",
)
def metric_without_ground_truth(
    trained_model: Doc, production_environment: Doc, system_context: Doc = NOTHING, *, memo: Memo
) -> Found:
    """A metric is to be watched in production that needs true answers, and none arrive there.

    How accurate a model is cannot be computed from its own answers.

    Remedy: Plan a way for true answers to come back, a sample that people label, or another metric.

    Example: The recall is to be watched, and neither side names any feedback. It is silent once a feedback is
    listed, or the implementation of the metric says “weekly labelled sample”.

    Decision: Only metrics that need answers, such as accuracy, RMSE or “defect precision”. In forecasting the
    answer comes by itself, so it is worth knowing only.
    """
    wanted = [
        each
        for each in measures(trained_model, "algorithm_metrics", memo)
        if (each.metric.labels if each.metric else is_judged(each.name))
    ]
    feedback = [
        *column(trained_model, "user_system_feedback", "short_name"),
        *column(trained_model, "user_system_feedback", "details"),
        *column(production_environment, "user_system_feedback", "feedback"),
    ]
    if not wanted:
        yield NOT_APPLICABLE
    if any(said and not says_nothing(said) for said in feedback):
        return
    how = {
        key(text(row, "metric")): text(row, "implementation")
        for row in rows(production_environment, "algorithm_metrics")
    }
    problem = loose(text(group(system_context, "ml_problem_type"), "ml_problem"))
    for each in wanted:
        said = how.get(key(each.name), "")
        if any(word.startswith(ANSWERS) for word in words(said)):
            continue
        yield hit(
            f"{quote(each.name)} is to be watched in production, but no feedback brings the true answers.",
            (PRODUCTION, "user_system_feedback"),
            (*each.at[:-1], "metric"),
            key=(each.name,),
            severity="info" if problem == "forecasting" else "",
        )
