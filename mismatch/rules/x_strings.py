"""Lengths and characters of texts: rules that contradict themselves, or what comes or is expected."""

from __future__ import annotations

from functools import cache, lru_cache

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, number, text, text_of, truth
from mismatch.rules._items import EMPTY, fault_hit, items
from mismatch.rules._pairs import arriving, delivered, handed_on
from mismatch.text.names import words
from mismatch.text.ranges import COUNTED, ENDLESS, Interval, interval, values
from mismatch.text.types import family
from mismatch.wording import plain, quote
from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    from mismatch.declaration import Found, Hit, Memo
    from mismatch.reading import Doc
    from mismatch.rules._pairs import Side

CLASSES = ("numeric", "slashes", "spaces", "special")
CALLED = {"numeric": "digits", "slashes": "slashes", "spaces": "spaces", "special": "special characters"}


@rule(
    "text-rules-contradict",
    code="X404",
    severity="minor",
    pack="x",
    risk="“Not empty” with a least length of 0 is how the form begins; it is only worth knowing.",
    source="The specification of texts has a switch and a length for the same thing.",
)
def text_rules_contradict(data_pipeline: Doc = NOTHING, trained_model: Doc = NOTHING, *, memo: Memo) -> Found:
    """A text may be empty by one rule of its specification, and not by another.

    Two people who write a check from it get two checks, and both can show where theirs is written.

    Remedy: Set the least length to 1, or allow empty texts.

    Example: Empty texts are allowed, and the least length is 3. It is silent for a least length of 0, and if
    empty texts are not allowed and the least length is 1.
    """
    found = items(data_pipeline, trained_model, memo)
    for side, fault in found.of(EMPTY):
        yield fault_hit(side, fault)
    if "text" not in found.families:
        yield NOT_APPLICABLE if data_pipeline and trained_model else CANNOT_TELL


@rule(
    "texts-do-not-fit",
    code="X410",
    severity="major",
    pack="x",
    risk="A specification in which nobody ticked what characters may occur; such findings are minor.",
    source="Experience: a column is too short, and the end of the text is cut off.",
)
def texts_do_not_fit(
    data_pipeline: Doc = NOTHING,
    trained_model: Doc = NOTHING,
    development_environment: Doc = NOTHING,
    production_data: Doc = NOTHING,
    *,
    memo: Memo,
) -> Found:
    """A text may be longer than the other side takes, or hold characters that it does not take.

    The text is refused or cut. A code that lost its last digit is still a code, of something else.

    Remedy: Agree on lengths and characters, and say where texts are cut if they are.

    Example: The model writes up to 900 characters, and the screen takes “up to 500 characters”. It is silent
    for “up to 900 characters”, and where one side says nothing about lengths.

    Decision: A length may be one part of several, as in “UID, max. 64 characters”, or that of a column, as in
    “varchar(40)”.

    Decision: Of a list of values each one has to fit. Where no kind of characters is allowed at all, they may
    just not have been ticked, and the finding is minor.
    """
    seen = False
    reported = set()
    incoming = delivered(data_pipeline, development_environment, memo)
    for sender, receiver in [*incoming, *arriving(production_data, data_pipeline, memo)]:
        judged = _judged(REFUSED, sender, receiver)
        seen = seen or judged is not None
        if judged and receiver.at not in reported:
            reported.add(receiver.at)
            yield _misfit(receiver, sender, judged)
    for sender, receiver in handed_on(trained_model, development_environment, memo):
        judged = _judged(UNREACHABLE, receiver, sender)
        seen = seen or judged is not None
        if judged:
            yield _misfit(sender, receiver, judged)
    if not seen:
        yield NOT_APPLICABLE if data_pipeline and trained_model else CANNOT_TELL


class Misfit(NamedTuple):
    """Why a text does not fit."""

    said: str  # about the side with the specification
    field: str  # of the specification
    doubtful: bool = False  # nobody ticked which characters may occur


REFUSED, UNREACHABLE = "refused", "unreachable"


def _judged(way: str, worded: Side, specified: Side) -> Misfit | tuple[()] | None:
    """What does not fit between the words of one side and the specification of the other, () if nothing.

    None if one of them does not deal in texts, or says nothing about them that is understood.
    """
    kind = specified.row.get("item_type")
    if kind != "String" and (kind in ("Integer", "Float") or family(text_of(kind)) != "text"):
        return None
    if family(worded.type) != "text":
        return None
    given = specified.specification
    lengths = number(given, "min_length") or 0, number(given, "max_length") or 0
    ticked = tuple([kind for kind in CLASSES if truth(given, kind)])
    return _fits(way, text(worded.row, "expected_values"), lengths, ticked)


@lru_cache(maxsize=4096)
def _fits(
    way: str, words: str, lengths: tuple[float, float], ticked: tuple[str, ...]
) -> Misfit | tuple[()] | None:
    stated = _length(words) or values(words)
    if isinstance(stated, Interval):
        if not _counts_letters(stated):
            return None
        return (_too_long if way == REFUSED else _not_taken)(stated, lengths, ticked) or ()
    if stated is None:
        return None
    return next((found for member in stated.members if (found := _member(way, member, lengths, ticked))), ())


def _length(said: str) -> Interval | None:
    """The length that one part of a text states: “UID, max. 64 characters”, “varchar(40)”; None if no part
    does, or several do."""
    if not any(sign.isdigit() for sign in said) or len(said) > 300:
        return None
    column = _column().search(said)
    if column:
        return interval(0, float(column[1]))._replace(unit="characters")
    parts = [values(part.strip()) for part in _parting().split(said)]
    found = [part for part in parts if isinstance(part, Interval) and _counts_letters(part)]
    return found[0] if len(found) == 1 else None


@cache
def _column() -> re.Pattern[str]:
    import re

    return re.compile(
        r"\b(?:n?(?:var)?char2?|character(?: varying)?) ?\((\d{1,5})\)", re.ASCII | re.IGNORECASE
    )


@cache
def _parting() -> re.Pattern[str]:
    import re

    return re.compile(r"[;()]|,\s|: ")


def _counts_letters(stated: Interval) -> bool:
    return not COUNTED.isdisjoint(words(stated.unit))


def _too_long(stated: Interval, lengths: tuple[float, float], ticked: tuple[str, ...]) -> Misfit | None:
    """Texts of these lengths come; which does the specification refuse?"""
    least, most = lengths
    if 0 < most < stated.high < ENDLESS:
        return Misfit(f"takes at most {plain(most)} characters", "max_length")
    if 0 <= stated.low < least:
        return Misfit(f"takes no fewer than {plain(least)} characters", "min_length")
    digits = "digit" in stated.unit and "hex" not in stated.unit
    if digits and "numeric" not in ticked and (most or least):
        return Misfit("takes no digits", "numeric", not ticked)
    return None


def _not_taken(stated: Interval, lengths: tuple[float, float], ticked: tuple[str, ...]) -> Misfit | None:
    """Texts of these lengths are taken; which does the specification allow besides?"""
    most = lengths[1]
    if most > stated.high:
        return Misfit(f"may have {plain(most)} characters", "max_length")
    if most and stated.low > most:
        return Misfit(f"has at most {plain(most)} characters", "max_length")
    return None


def _member(way: str, member: str, lengths: tuple[float, float], ticked: tuple[str, ...]) -> Misfit | None:
    """Why one value of a list does not fit the specification."""
    least, most = lengths
    verb = "takes" if way == REFUSED else "has"
    if most and len(member) > most:
        return Misfit(f"{verb} at most {plain(most)} characters, too few for {quote(member)}", "max_length")
    if way == REFUSED and len(member) < least:
        said = f"takes no fewer than {plain(least)} characters, more than {quote(member)} has"
        return Misfit(said, "min_length")
    kind = _kind_refused(member, ticked) if most or ticked else ""
    return Misfit(f"{verb} no {CALLED[kind]}, unlike {quote(member)}", kind, not ticked) if kind else None


def _kind_refused(member: str, ticked: tuple[str, ...]) -> str:
    """The kind of characters in *member* that a specification does not allow, "" if it allows all."""
    for letter in member:
        if letter.isalpha():
            continue
        kind = "numeric" if letter.isdigit() else "slashes" if letter in "/\\" else "special"
        kind = "spaces" if letter.isspace() else kind
        if kind not in ticked:
            return kind
    return ""


def _misfit(ours: Side, theirs: Side, found: Misfit) -> Hit:
    said = f"{quote(theirs.name)} is {quote(text(theirs.row, 'expected_values'))}, but {quote(ours.name)} "
    return hit(
        f"{said}{found.said}{'; they may not have been ticked' if found.doubtful else ''}.",
        ours.place("item_specification", found.field),
        theirs.place("expected_values"),
        key=(str(ours.at[1]), ours.name),
        severity="minor" if found.doubtful else "",
    )
