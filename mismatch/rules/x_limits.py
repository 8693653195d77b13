"""From which score on something happens: what post-processing does, against what people are told."""

from __future__ import annotations

from functools import cache, lru_cache

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import text, texts
from mismatch.rules._pairs import MODEL
from mismatch.wording import listing, plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    from mismatch.declaration import Found
    from mismatch.reading import Doc

MOST = 2000


@rule(
    "limit-stated-otherwise",
    code="X521",
    severity="minor",
    pack="x",
    risk="Low to medium: the two limits may be of two different decisions.",
    source="Users act on what they were told, the system on what was configured (Model Cards, intended use).",
)
def limit_stated_otherwise(trained_model: Doc) -> Found:
    """Post-processing decides from another score on than the interpretation of the output says.

    Whoever reads the interpretation expects an alarm, or a person to look at a case, where the system does
    something else.

    Remedy: Correct the limit that is out of date, best by stating it in one place only.

    Example: Post-processing flags scores “>= 0.62”, and the interpretation says that “a score of 0.50 or more
    is urgent”. It is silent at 0.62 and 62 %, and for “a score of 0.7 means that seven of ten are faulty”.

    Decision: Only a sentence on what happens, such as flagging, routing or rejecting, with a limit such as
    “or more”, “at least” or “from … on” counts, and only if none of its limits is one of post-processing.
    """
    said = text(trained_model, "model_output_interpretation")
    steps = texts(trained_model, "post_processing_process")
    told = _told(said) if said else ()
    if not told or not steps:
        yield NOT_APPLICABLE if not steps else CANNOT_TELL
        return
    found = {limit: place for place, step in reversed(list(enumerate(steps))) for limit in _limits(step)}
    if not found:
        yield CANNOT_TELL
    elif found.keys().isdisjoint(told):
        place = min(found.values())
        yield hit(
            f"The interpretation speaks of {listing([plain(limit) for limit in told])} as the limit, but "
            f"post-processing says {quote(steps[place])}.",
            (MODEL, "model_output_interpretation"),
            (MODEL, "post_processing_process", place),
            key=(),
        )


HAPPENS = (
    *(
        "rout",
        "automat",
        "flag",
        "alert",
        "alarm",
        "urgent",
        "reject",
        "accept",
        "approv",
        "block",
        "priorit",
    ),
    *("top of", "review", "escalat", "refer", "counts as", "human", "manual", "clerk", "verteil", "warn"),
    *("mensch", "weitergeleitet", "transmis", "signal", "triggers"),
)


@lru_cache(maxsize=256)
def _told(said: str) -> tuple[float, ...]:
    """The lower limits of the sentences of a text that say that something happens."""
    found: list[float] = []
    for sentence in _sentence().split(said[:MOST].lower()):
        if any(word in sentence for word in HAPPENS):
            found += [_share(each[1] or each[2]) for each in _at_least().finditer(sentence)]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1024)
def _limits(step: str) -> tuple[float, ...]:
    """All limits of a step of post-processing, whichever side they are on."""
    return tuple([_share(each[1]) for each in _limit().finditer(step[:MOST].lower())])


def _share(figure: str) -> float:
    per_cent = figure.endswith("%")
    value = float(figure.rstrip("% ").replace(",", "."))
    return round(value / 100 if per_cent else value, 6)


_FIGURE = r"([01][.,]\d{1,4}|\d{1,2}(?:[.,]\d{1,3})? ?%)(?![\d%])"


@cache
def _sentence() -> re.Pattern[str]:
    import re

    return re.compile(r"(?<!\d)[.;]\s|\n|(?<=\d)\.\s")


@cache
def _at_least() -> re.Pattern[str]:
    import re

    return re.compile(
        rf"(?:>=|≥|>|(?<![^\W\d_])(?:at least|above|over|from|ab|mindestens|à partir de|dès))\s?{_FIGURE}"
        rf"|{_FIGURE} (?:or|and|oder|et|ou) (?:more|above|higher|over|mehr|höher|plus)",
        re.ASCII,
    )


@cache
def _limit() -> re.Pattern[str]:
    import re

    return re.compile(
        r"(?:>=|≥|≤|<=|>|<|=|(?<![^\W\d_])(?:at least|at|above|below|over|under|from|threshold(?: of)?"
        rf"|limit(?: of)?|cut-?off(?: of)?|ab|unter|über|mindestens|à partir de|dès))\s?{_FIGURE}",
        re.ASCII,
    )
