"""The order of magnitude of thresholds, against the figures that the goals give."""

from __future__ import annotations

from functools import cache, lru_cache
from math import log10

from mismatch.declaration import CANNOT_TELL, hit, rule
from mismatch.reading import rows, text
from mismatch.rules._results import thresholds
from mismatch.rules.x_goals import CONTEXT, stems
from mismatch.text.names import key, words, wordset
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    from mismatch.declaration import Found, Memo
    from mismatch.reading import Doc

LONGEST = 2000
PARTS = wordset("share rate ratio percentage proportion fraction percent")


@rule(
    "threshold-of-another-order",
    code="X516",
    severity="minor",
    pack="x",
    risk="Low to medium: a goal may be to get ten times better.",
    source="Per cent and shares get mixed, and a slipped point looks like a number as good as any.",
)
def threshold_of_another_order(system_context: Doc, trained_model: Doc, *, memo: Memo) -> Found:
    """A threshold is just ten or a hundred times a figure of the goal that it serves.

    The alarm sounds at once or never, since the point of the number has slipped.

    Remedy: Correct the threshold, or the baseline of the goal.

    Example: The board’s limit of the default rate is “3.2 %”, and the alarm is set above 0.32. It is silent
    at 0.032 and 3.2, which are the same, and at 0.04.

    Decision: Only shares are compared: figures in per cent of the baseline of a goal, and thresholds of
    metrics called a share, rate, ratio or percentage that have a word in common with the metric of the goal.
    """
    goals: dict[str, tuple[int, str, tuple[float, ...]]] = {}
    for place, row in enumerate(rows(system_context, "goals")):
        figures = _per_cents(text(row, "baseline"))
        if figures:
            goals.setdefault(key(text(row, "id")), (place, text(row, "metric"), figures))
    compared = False
    for limit in thresholds(trained_model, memo) if goals else ():
        goal = goals.get(key(limit.goal))
        if not goal or not limit.value or limit.value < 0 or PARTS.isdisjoint(words(limit.name)):
            continue
        place, wanted, figures = goal
        if stems(wanted).isdisjoint(stems(limit.name)):
            continue
        compared = True
        orders = [log10(limit.value / figure) for figure in figures]
        if any(_near(order, whole) for order in orders for whole in (0, -2)):
            continue
        slipped = [
            figure
            for figure, order in zip(figures, orders, strict=True)
            if any(abs(order - whole) < 0.04 for whole in (-4, -3, -1, 1, 2))
        ]
        if slipped:
            yield hit(
                f"The threshold of {quote(limit.name)} is {plain(limit.value)}, but the baseline of its goal "
                f"says {plain(slipped[0])} %.",
                limit.at,
                (CONTEXT, "goals", place, "baseline"),
                key=(limit.name, limit.goal, limit.operator),
            )
    if not compared:
        yield CANNOT_TELL


def _near(order: float, whole: int) -> bool:
    """Is the one figure the other, up to a factor of five, as a share or in per cent?"""
    return abs(order - whole) < 0.7


@lru_cache(maxsize=256)
def _per_cents(said: str) -> tuple[float, ...]:
    """The figures above 0 that a text gives in per cent."""
    found = _per_cent().findall(said[:LONGEST])
    return tuple(figure for each in found if (figure := float(each)) > 0)


@cache
def _per_cent() -> re.Pattern[str]:
    import re

    return re.compile(r"(?<![\w.,])(\d{1,4}(?:\.\d{1,6})?)\s?(?:%|per ?cent\b|percent\b)", re.ASCII)
