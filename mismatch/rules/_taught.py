"""What the training is said to be: for which problem, with which labels, after which steps."""

from __future__ import annotations

from functools import lru_cache

from mismatch.reading import group, rows, text, truth
from mismatch.rules._pairs import STEPS, TRAINING, Side
from mismatch.text.names import key, words, wordset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Memo
    from mismatch.reading import Doc

LONGEST_NAME = 4  # words of a name that is looked for in a step of the preparation


def label_fields(training: Doc, memo: Memo) -> list[Side]:
    """The named training fields that are marked as labels."""
    found: list[Side] | None = memo.get("label fields")
    if found is None:
        memo["label fields"] = found = [
            Side((TRAINING, "schema", place), row, name)
            for place, row in enumerate(rows(training, "schema"))
            if row.get("label_field") and truth(row, "label_field") and (name := text(row, "field_name"))
        ]
    return found


def documented(name: str, training: Doc, memo: Memo) -> bool:
    """Does a step of the preparation name this field or label, as words in a row?"""
    wanted = words(name)
    if not wanted or len(wanted) > LONGEST_NAME:
        return False
    said: set[tuple[str, ...]] | None = memo.get("preparation")
    if said is None:
        memo["preparation"] = said = set()
        for row in rows(training, "preparation_process"):
            spoken = words(" ".join([text(row, step) for step in STEPS]))
            for size in range(1, LONGEST_NAME + 1):
                said.update(spoken[at : at + size] for at in range(len(spoken) - size + 1))
    return wanted in said


OVERLAPPING = ("multilabel", "overlap", "multiétiquette", "mehrfachlabel", "überlapp")
SEVERAL = wordset("several multiple mehrere plusieurs")
POSSIBLY = wordset("may can could kann können peut peuvent")
DENIED = wordset("no not without never nicht kein keine sans pas")


def overlapping(raw: Doc, training: Doc) -> bool:
    """Do the descriptions of the data say that one example may have several labels?"""
    said = [text(raw, "dataset_description"), text(training, "dataset_description")]
    said += [text(row, "field_description") for row in rows(training, "schema") if truth(row, "label_field")]
    return any(map(_overlap, said))


@lru_cache(maxsize=256)
def _overlap(said: str) -> bool:
    for sentence in said[:2000].replace(";", ".").split("."):
        core, parts = key(sentence), words(sentence)
        spoken = any(word in core for word in OVERLAPPING)
        if spoken or not (SEVERAL.isdisjoint(parts) or POSSIBLY.isdisjoint(parts)):
            said_first = parts[: parts.index("so")] if "so" in parts else parts
            if DENIED.isdisjoint(said_first):
                return True
    return False


def problem_type(system_context: Doc) -> str:
    """The kind of problem the system solves, in lower case: "classification"; "" if it is not stated."""
    return text(group(system_context, "ml_problem_type"), "ml_problem").strip().casefold()
