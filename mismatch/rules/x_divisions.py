"""How the data were split for the evaluation, against what the training data say about it."""

from __future__ import annotations

from functools import cache, lru_cache

from mismatch.declaration import CANNOT_TELL, Param, hit, rule
from mismatch.reading import NOTHING, group, number, rows, text
from mismatch.rules._pairs import MODEL
from mismatch.text.names import wordset
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from mismatch.declaration import At, Found
    from mismatch.reading import Doc


@rule(
    "split-stated-otherwise",
    code="X520",
    severity="minor",
    pack="x",
    params={"points": Param(2.0, "percentage points that two shares may differ", 0, 20)},
    risk="Low to medium: the text may be about another split than the one of the evaluation.",
    source="Leakage between training and test is the most frequent cause of results that do not hold.",
)
def split_stated_otherwise(trained_model: Doc, training_data: Doc = NOTHING, *, points: float) -> Found:
    """The split of the data is described in two ways.

    Either the figures are those of another split, or examples of one patient, customer or machine are on both
    sides, and the result is better than it will ever be again.

    Remedy: Describe the split that was made, once, and make the result again if it was the wrong one.

    Example: 45 % are held out, and the training data were split “70/15/15”. It is silent at 15 % and 30 %. Or
    the evaluation was split by patient, and the training data “by image”.

    Decision: Shares count if they add up to 100, two of them only beside a word such as “split”, or as
    “15 % of the patients” in the name of the data of the evaluation. Any part but the largest, and all
    but the largest together, may be the share held out.

    Decision: Of what it was split by, only single items, such as images or messages, against those that have
    several of them, such as patients or customers, count; that is major.
    """
    dataset = group(trained_model, "evaluation_dataset")
    share, method = number(dataset, "holdout_percentage"), text(dataset, "algorithm")
    told = list(_descriptions(dataset, training_data))
    seen = False
    if share and 0 < share < 100:
        for at, said in told:
            allowed = _held_out(said, at[-1] == "name")
            seen = seen or bool(allowed)
            if allowed and min(abs(share - each) for each in allowed) > points:
                yield hit(
                    f"{plain(share)} % of the data are held out, but {quote(said)} says otherwise.",
                    (MODEL, "evaluation_dataset", "holdout_percentage"),
                    at,
                    key=("share",),
                )
                break
    ours = _split_by(method)
    for at, said in told if ours else ():
        theirs = _split_by(said)
        seen = seen or bool(theirs)
        if at[0] != MODEL and {ours, theirs} == {ITEM, OWNER}:
            yield hit(
                f"The evaluation was split by {quote(method)}, but the training data by {quote(said)}.",
                at,
                (MODEL, "evaluation_dataset", "algorithm"),
                key=("unit",),
                severity="major",
            )
            break
    if not seen:
        yield CANNOT_TELL


def _descriptions(dataset: Doc, training: Doc) -> Iterator[tuple[At, str]]:
    """The texts that may describe the split."""
    for field in ("name", "algorithm"):
        yield (MODEL, "evaluation_dataset", field), text(dataset, field)
    yield ("training_data", "dataset_description"), text(training, "dataset_description")
    for place, row in enumerate(rows(training, "preparation_process")):
        step, detail = text(row, "data_processing_step"), text(row, "data_processing_detail")
        if "split" in step.lower() or "split" in detail.lower():
            joined = detail if "split" in detail.lower() else f"split {detail}"
            yield ("training_data", "preparation_process", place, "data_processing_detail"), joined


@lru_cache(maxsize=256)
def _held_out(said: str, name: bool) -> tuple[float, ...]:
    """The shares that a text allows to be held out; () if it gives none."""
    folded = said[:2000].lower()
    found: list[float] = []
    for each in _shares().finditer(folded):
        shares = sorted(float(part) for part in each.groups() if part)
        near = folded[max(0, each.start() - 12) : each.start()] + folded[each.end() : each.end() + 12]
        named = len(shares) > 2 or any(word in near for word in ("split", "train", "test", "hold"))
        if abs(sum(shares) - 100) < 0.01 and named:
            found += [*shares[:-1], sum(shares[:-1])]
    if name and not found:
        found = [float(each) for each in _part_of().findall(folded)]
    return tuple(found) if name or "split" in folded or len(found) > 2 else ()


@cache
def _shares() -> re.Pattern[str]:
    import re

    part = r"(\d{1,2}(?:\.\d)?) ?%?"
    return re.compile(rf"(?<![\d.,/:-]){part} ?[/:] ?{part}(?: ?[/:] ?{part})?(?![\d/:-]|\.\d)", re.ASCII)


@cache
def _part_of() -> re.Pattern[str]:
    import re

    return re.compile(r"(?<![\d.,])(\d{1,2}) ?% of", re.ASCII)


ITEM, OWNER = "item", "owner"
_ITEMS = wordset(
    "image picture frame slice record row example instance study window message mail email visit document "
    "sentence transaction sample scan tile photo"
)
_OWNERS = wordset(
    "patient customer client user person subject household company machine device site hospital store "
    "speaker author account driver vehicle pump turbine plant employee student supplier"
)


@lru_cache(maxsize=256)
def _split_by(said: str) -> str:
    """What a text says the data were split by: single items, or those that have several of them."""
    folded = said[:2000].lower()
    found = set()
    for groups in _by().findall(folded):
        word = next(filter(None, groups)).replace("-", "").removesuffix("s")
        found.add(ITEM if word in _ITEMS else OWNER if word in _OWNERS else "")
    found.discard("")
    return found.pop() if len(found) == 1 else ""


@cache
def _by() -> re.Pattern[str]:
    import re

    return re.compile(
        r"\b(?:split|random(?:ly)?|shuffled?|grouped|divided|partitioned)(?: [a-z]+){0,2}? (?:by|per) "
        r"(?:the )?([a-z-]+)"
        r"|\b(patient|customer|client|user|subject|machine|image|record|row|study|message)-(?:wise|level)\b"
    )
