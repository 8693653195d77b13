"""The shares of the classes: whether they add up, and whether there are enough examples of each."""

from __future__ import annotations

from math import sqrt

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, Param, hit, rule
from mismatch.reading import NOTHING, group, number, rows, text
from mismatch.rules._pairs import PRODUCTION, RAW, TRAINING, sides
from mismatch.rules._taught import overlapping, problem_type
from mismatch.text.names import key
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import At, Found, Hit
    from mismatch.reading import Doc
    from mismatch.rules._pairs import Side

LISTS = ((RAW, "labels_distribution"), (TRAINING, "distribution"), (PRODUCTION, "distribution"))
MOST_PLACES = 12


@rule(
    "shares-not-100",
    code="X305",
    severity="minor",
    pack="x",
    params={
        "points": Param(0.5, "percentage points that the sum of all shares may be off", 0, 50),
        "points_per_label": Param(0.05, "percentage points more for each label"),
    },
    risk="Data whose labels overlap, and whose description does not say so.",
    source="Data sheets: the composition of a data set has to add up.",
)
def shares_not_100(
    raw_data: Doc = NOTHING,
    training_data: Doc = NOTHING,
    production_data: Doc = NOTHING,
    *,
    points: float,
    points_per_label: float,
) -> Found:
    """The shares of the labels do not add up to 100 per cent.

    A label is missing, or a share is wrong; every comparison of the balance of classes then starts from a
    wrong figure.

    Remedy: Complete the list or correct the share; if labels overlap, say so in the description.

    Example: “ok” 90 % and “faulty” 4 % leave 6 % without a label. It is silent for 33.3, 33.3 and 33.3, since
    rounding explains the rest.

    Decision: Labels that are said to overlap, as in “multi-label”, may add up to more than 100.

    Decision: The more labels, and the fewer decimals, the more rounding may add up to. A share below 0 or
    above 100 is major.
    """
    seen = waiting = False
    documents = (raw_data, training_data, production_data)
    for (descriptor, name), body in zip(LISTS, documents, strict=True):
        found = rows(body, name)
        given = [number(row, "percentage") for row in found if text(row, "label")]
        shares = [share for share in given if share is not None]
        if len(given) < 2 or len(shares) < len(given):
            waiting = waiting or len(given) > 1
            continue
        seen = True
        if sum(shares) > 100 >= max(shares) and overlapping(raw_data, training_data):
            continue
        allowed = points + points_per_label * len(shares) + _rounding(shares)
        if abs(sum(shares) - 100) > allowed or not 0 <= min(shares) <= max(shares) <= 100:
            yield _unsound(sides(body, descriptor, name, "label"), shares)
    if waiting:
        yield CANNOT_TELL
    elif not seen:
        yield NOT_APPLICABLE if any(documents) else CANNOT_TELL


def _rounding(shares: list[float]) -> float:
    """By how much shares without decimals may miss 100 although each is right, as good as never more."""
    if all(share == int(share) for share in shares):
        return max(0.9 * sqrt(len(shares)) - 0.5, 0.0)
    return 0.0


def _unsound(labels: list[Side], shares: list[float]) -> Hit:
    owner = str(labels[0].at[0])
    wrong = [side for side, share in zip(labels, shares, strict=True) if not 0 <= share <= 100]
    if wrong:
        share = plain(number(wrong[0].row, "percentage") or 0)
        said = f"{quote(wrong[0].name)} cannot make up {share} % of the data."
        return hit(said, wrong[0].place("percentage"), key=(owner, wrong[0].name), severity="major")
    total = sum(shares)
    said = f"The shares of {len(labels)} labels add up to {plain(round(total, 4))} instead of 100"
    if abs(total - 1) <= 0.02:
        said += "; they look like parts of 1, while per cent is asked for"
    places: list[At] = [side.place("percentage") for side in labels]
    return hit(f"{said}.", *(places if len(places) <= MOST_PLACES else [labels[0].at[:2]]), key=(owner,))


@rule(
    "too-few-examples",
    code="X311",
    severity="minor",
    pack="x",
    params={
        "few": Param(30, "examples that each class should have", 1, 1e6),
        "hardly_any": Param(10, "examples below which it is major", 0, 1e6),
    },
    risk="The rows are those of the raw data; what is filtered later is not known. It says “at most”.",
    source="Tests of important slices of the data; 30 and 10 are rules of thumb.",
)
def too_few_examples(raw_data: Doc, trained_model: Doc = NOTHING, *, few: float, hardly_any: float) -> Found:
    """A class has so few examples that nothing can be measured on it.

    A metric over a handful of rows says nothing about that class: one more error moves it by several points.

    Remedy: Collect more, merge the class with another, or report it separately with its number.

    Example: 2 000 rows, 0.5 % “crack”, a hold-out of 20 %: at most 2 cracks are tested. It is silent from 30
    examples on.

    Decision: Without a hold-out share the whole data set counts. Fewer than 10 examples are major.
    """
    total = number(raw_data, "number_of_instances")
    held = number(group(trained_model, "evaluation_dataset"), "holdout_percentage")
    part = held / 100 if held is not None and 0 < held < 100 else 1.0
    labels = sides(raw_data, RAW, "labels_distribution", "label")
    shares = [number(side.row, "percentage") for side in labels]
    if not labels:
        yield NOT_APPLICABLE
        return
    if not total or total < 0 or None in shares:
        yield CANNOT_TELL
    whole = 1.0 if sum(share or 0 for share in shares) <= 1.5 else 100.0
    for side, share in zip(labels, shares, strict=True):
        if total and total > 0 and share and 0 < share <= whole:
            left = total * (share / whole) * part
            if left < few:
                where = "in the hold-out" if part < 1 else "in the raw data"
                places: list[At] = [side.place("percentage"), (RAW, "number_of_instances")]
                if part < 1:
                    places.append(("trained_model", "evaluation_dataset", "holdout_percentage"))
                yield hit(
                    f"{quote(side.name)} has at most {plain(int(left))} examples {where}.",
                    *places,
                    key=(side.name,),
                    severity="major" if left < hardly_any else "",
                )


@rule(
    "single-class",
    code="X322",
    severity="major",
    pack="x",
    risk="None known for classification.",
    source="Definition: a classifier needs two classes to tell apart.",
)
def single_class(system_context: Doc, training_data: Doc) -> Found:
    """The system is to classify, but the training data has one class only.

    A model that has seen one class answers with it, always, and every metric on such data is perfect.

    Remedy: Complete the list of classes, or collect examples of the others.

    Example: “ok” makes up 100 % of the training data of a classifier. It is silent for 99 % and 1 %.

    Decision: Detection and alerts may learn from ordinary cases alone; they are not judged.
    """
    labels = sides(training_data, TRAINING, "distribution", "label")
    shares = {key(side.name): number(side.row, "percentage") for side in labels}
    if problem_type(system_context) != "classification" or not labels:
        yield NOT_APPLICABLE
        return
    lead = next((side for side in labels if (number(side.row, "percentage") or 0) >= 99.99), None)
    if lead is None and len(shares) == 1:
        lead = labels[0]
    if lead:
        said = f"{quote(lead.name)} is the only class in the training data of a system that is to classify."
        yield hit(said, lead.place("percentage"), key=())
