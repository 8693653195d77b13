"""What the project is for, against what the model is measured by."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, hit, rule
from mismatch.reading import column, loose, rows, text
from mismatch.rules._offers import CLOSE
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Found
    from mismatch.reading import Doc


@rule(
    "goal-without-metric",
    code="TEC-1",
    severity="major",
    waits_for="trained_model",
    waiting=("goal", "goals"),
    risk="Low: a goal whose metric is kept elsewhere.",
    source="Rule 1 of the original TEC. A goal needs a measure (NIST AI RMF, MAP 1.4).",
)
def goal_without_metric(system_context: Doc, trained_model: Doc) -> Found:
    """A goal of the project has no metric that would show whether it is met.

    A goal that nobody measures can never be shown to be reached, nor to be missed, once the model is live.

    Remedy: Add an algorithm metric or a business metric to the Trained Model and map it to this goal, or drop
    the goal.

    Example: “G-02” is among the goals, and all metrics are mapped to “G-01”. It is silent once one metric of
    either kind is mapped to “G-02”.

    Decision: A goal without text is skipped, it is what an untouched form holds, and the required fields
    report it.

    Decision: A goal with text but without an id counts as unmeasured, since nothing can be mapped to it.

    Decision: A metric row counts by its goal mapping even while the metric still has no name, which the
    required fields report.

    Decision: A mapping that differs from the goal’s id only in case or spacing lowers the finding to minor.
    """
    mapped = column(trained_model, "algorithm_metrics", "goal_mapping")
    mapped += column(trained_model, "business_metrics", "goal_mapping")
    measured = set(mapped)
    close: dict[str, str] | None = None
    goals = rows(system_context, "goals")
    waiting = not goals
    for number, row in enumerate(goals):
        goal, id = text(row, "goal"), text(row, "id")
        if not goal:
            waiting = True
        elif not id or id not in measured:
            said, severity = f"No metric measures the goal {f'{quote(id)}, ' if id else ''}{quote(goal)}", ""
            if close is None:
                strays = measured.difference(column(system_context, "goals", "id"))
                close = {loose(other): other for other in reversed(mapped) if other in strays}
            if not id:
                said += "; it has no id that a metric could be mapped to"
            elif near := close.get(loose(id), ""):
                said += f"; one is mapped to {quote(near)}, {CLOSE}"
                severity = "minor"
            yield hit(
                f"{said}.",
                ("trained_model", "algorithm_metrics"),
                ("system_context", "goals", number, "goal" if id else "id"),
                key=(id or goal,),
                severity=severity,
            )
    if waiting:
        yield CANNOT_TELL
