"""The times that training, evaluation and test data are from, where the split is one of time."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, group, text
from mismatch.text.names import key, words, wordset
from mismatch.text.times import times
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import At, Found
    from mismatch.reading import Doc
    from mismatch.text.times import Named

MODEL, TRAINING = "trained_model", "training_data"
BY_TIME = wordset(
    "time temporal temporally chronological chronologically date dates day week weeks month months year "
    "years quarter season latest last forward walk future zeitlich zeit chronologique temporel"
)
MIXED = wordset("random randomly shuffle shuffled fold folds cross bootstrap stratified")
SOME = wordset(
    "except excluding without but minus apart held holdout reserved test evaluation validation ohne sauf"
)
NEARLY = 31
"""Days that two times may share: a boundary that is given as the same month on both sides."""


@rule(
    "evaluated-on-training-time",
    code="X522",
    severity="major",
    pack="x",
    risk="Low: only where the split is said to be one of time, and each text names one time.",
    source="A split by time proves that the future can be predicted only if the parts do not overlap.",
)
def evaluated_on_training_time(trained_model: Doc, training_data: Doc = NOTHING) -> Found:
    """The split is one of time, and two of its parts are from the same time.

    What the model was trained on comes back in the evaluation or the test, so that the result says nothing
    about the time ahead.

    Remedy: Evaluate and test with what lies behind the time of the training, or correct the description.

    Example: The training data are from “Jan 2023 to Aug 2024”, and the test, with an out-of-time split, from
    “Mar-Apr 2024”. It is silent for “Nov-Dec 2024”, and for a random split.

    Decision: The algorithm of the evaluation has to name time, and nothing random. Each text has to name one
    time only: the training data in their name or description a span with both ends, without “except”, “test”
    and the like; the parts in their names, a month, a quarter, a year or a span.

    Decision: An overlap of up to a month is a boundary. It is minor if less than all of a part overlaps.
    """
    dataset = group(trained_model, "evaluation_dataset")
    method = words(text(dataset, "algorithm"))
    if BY_TIME.isdisjoint(method) or not MIXED.isdisjoint(method):
        yield NOT_APPLICABLE if method else CANNOT_TELL
        return
    parts = [
        (at, found, said)
        for name in ("evaluation_dataset", "test_dataset")
        if (found := _only(said := text(group(trained_model, name), "name")))
        for at in [(MODEL, name, "name")]
    ]
    trained: list[tuple[At, Named, str]] = []
    for field in ("dataset_description", "dataset_name"):
        said = text(training_data, field)
        found = _only(said)
        if found and found.ranged and SOME.isdisjoint(words(said)):
            trained.append(((TRAINING, field), found, said))
            break
    if len(parts) + len(trained) < 2:
        yield CANNOT_TELL
    known = trained[:1]
    for at, found, said in parts:
        for there, other, told in known:
            shared = _shared(found, other)
            if shared and key(said) != key(told):
                yield hit(
                    f"{quote(said)} is from the time of {quote(told)}, although the split is one of time.",
                    at,
                    there,
                    key=(str(at[1]), str(there[0 if there[0] == TRAINING else 1])),
                    severity="" if shared == 1 else "minor",
                )
        known.append((at, found, said))


def _only(said: str) -> Named | None:
    """The one time that a text names."""
    found = times(said)
    return found[0] if len(found) == 1 else None


def _shared(part: Named, other: Named) -> float:
    """How much of a time lies in the other, 0 to 1; 0 for a boundary."""
    start, end = max(part.span.start, other.span.start), part.span.end
    if end is None or other.span.end is None:
        return 0
    days = (min(end, other.span.end) - start).days + 1
    whole = (end - part.span.start).days + 1
    return min(days / whole, 1) if days > NEARLY or days == whole else 0
