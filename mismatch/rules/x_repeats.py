"""What should be there once and is there twice: ids of goals, names of things."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, rows, text
from mismatch.rules._defined import MODEL, Defined, defined
from mismatch.rules._links import SYSTEM
from mismatch.text.names import crowded, key
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mismatch.declaration import Found, Hit, Memo
    from mismatch.reading import Doc


@rule(
    "goal-id-repeated",
    code="X103",
    severity="major",
    pack="x",
    risk="None known.",
    source="The original TEC takes a metric that is mapped to the id for both goals.",
)
def goal_id_repeated(system_context: Doc) -> Found:
    """Two goals have the same id.

    A metric that is mapped to this id counts for both, so one of them passes as measured and is not.

    Remedy: Give each goal an id of its own, and map its metrics to it.

    Example: “Save water” and “Save power” are both “G-01”. It is silent if one of them is “G-02”.

    Decision: Ids that differ in spelling only, as “G-01” and “g 01” do, are minor: programs tell them apart,
    people do not. So is a goal that is there twice with the same text.

    Decision: Rows without the text of a goal, which is what an untouched form holds, are skipped.
    """
    seen: dict[str, tuple[int, str, str]] = {}
    count = 0
    for number, row in enumerate(rows(system_context, "goals")):
        goal, id = text(row, "goal"), text(row, "id").strip()
        if not (goal and id):
            continue
        count += 1
        first = seen.setdefault(key(id), (number, id, goal))
        if first[0] != number:
            exact = first[1] == id
            same = key(first[2]) == key(goal)
            said = f"The goals {quote(first[2])} and {quote(goal)} both have the id {quote(id)}"
            if not exact:
                said = f"The ids {quote(first[1])} and {quote(id)} of two goals differ in spelling only"
            elif same:
                said = f"The goal {quote(goal)} with the id {quote(id)} is there twice"
            yield hit(
                f"{said}.",
                (SYSTEM, "goals", number, "id"),
                (SYSTEM, "goals", first[0], "id"),
                key=(id,),
                severity="" if exact and not same else "minor",
            )
    if not count:
        yield CANNOT_TELL


@rule(
    "goal-repeated",
    code="X111",
    severity="minor",
    pack="x",
    risk="None known.",
    source="Experience: a row is copied to write the next goal, and the text is left as it was.",
)
def goal_repeated(system_context: Doc) -> Found:
    """Two goals of different ids say the same.

    One of them was meant to be another goal, which nobody measures now; or metrics are split between two
    names of one goal.

    Remedy: Write the goal that is meant, or keep one of the two and map its metrics to it.

    Example: “G-01” and “G-02” are both “Save water”. It is silent for “Save water” and “Save hot water”.

    Decision: Case, spacing and punctuation do not matter. Goals of one id are left to goal-id-repeated.
    """
    seen: dict[str, tuple[int, str]] = {}
    for number, row in enumerate(rows(system_context, "goals")):
        goal, id = text(row, "goal"), text(row, "id").strip()
        if not goal:
            continue
        first, other = seen.setdefault(key(goal), (number, id))
        if first != number and key(id) != key(other):
            yield hit(
                f"The goals {quote(other)} and {quote(id)} are both {quote(goal)}.",
                (SYSTEM, "goals", number, "goal"),
                (SYSTEM, "goals", first, "goal"),
                key=(id,),
            )
    if not seen:
        yield CANNOT_TELL


@rule(
    "name-repeated",
    code="X107",
    severity="major",
    pack="x",
    risk="Low: names that tell things apart by signs which normalising drops, as a* and a', and labels of "
    "several targets in one list.",
    source="The original TEC looks names up and takes the first of them.",
)
def name_repeated(
    raw_data: Doc = NOTHING,
    data_pipeline: Doc = NOTHING,
    training_data: Doc = NOTHING,
    trained_model: Doc = NOTHING,
    development_environment: Doc = NOTHING,
    production_data: Doc = NOTHING,
    *,
    memo: Memo,
) -> Found:
    """The same name stands twice in one list.

    Whatever refers to the name gets the first of them; what is said about the second is never compared, and a
    program that reads the list may get the other one.

    Remedy: Rename one of them, or merge the two.

    Example: The field “temp” is in the schema of Production Data twice. It is silent if one of them is
    “temp_min”, or if one metric is there twice with different goals or operators.

    Decision: Components, items and fields are major, since mappings lead to them. Labels, logs, feedback and
    metrics are minor.

    Decision: Names that differ in spelling only, as “Temp” and “temp” do, are one step less severe: look-ups
    tell them apart, people do not. A row that is there twice as it stands is minor at most.

    Decision: A metric may be there for two goals, or twice for one goal with an alarm at either end.
    """
    bodies = (raw_data, data_pipeline, training_data, trained_model, development_environment, production_data)
    lists = [*defined(memo, *bodies)]
    for name in ("algorithm_metrics", "business_metrics"):
        metrics = [_metric(row) for row in rows(trained_model, name)]
        at = (MODEL, name)
        lists.append(Defined(trained_model, at, "metric", metrics, "metric", "minor", at))
    for number in crowded([each.names for each in lists]):
        yield from _repeated(lists[number])
    if not any(any(each.names) for each in lists):
        yield CANNOT_TELL if any(bodies) else NOT_APPLICABLE


def _metric(row: Doc) -> str:
    """What has to be different between two rows of metrics: name, goal and operator."""
    parts = [text(row, field) for field in ("metric", "goal_mapping", "operator")]
    return " | ".join(parts) if parts[0] else ""


def _repeated(listed: Defined) -> Iterator[Hit]:
    """A hit for each name of a list that stood higher up in it already."""
    at, field, entries = listed.at, listed.field, listed.rows()
    first: dict[str, int] = {}
    for number, name in enumerate(listed.names):
        other = first.setdefault(key(name), number) if name else number
        if other == number:
            continue
        shown, before = text(entries[number], field), text(entries[other], field)
        said, weight = f"The {listed.word} {quote(shown)} is in the list twice", listed.severity
        if name.strip() != listed.names[other].strip():
            said = f"The {listed.word}s {quote(before)} and {quote(shown)} differ in spelling only"
            weight = "minor" if weight == "major" else "info"
        elif entries[number] == entries[other]:
            said, weight = f"{said}, with everything that belongs to it", "minor"
        yield hit(
            f"{said}.",
            (*at, number, field),
            (*at, other, field),
            key=(*listed.path, shown),
            severity=weight,
        )
