"""Lengths and characters of texts: rules that contradict themselves, or what comes or is expected."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, number, text, truth
from mismatch.rules._pairs import arriving, delivered, handed_on, leaving, sides
from mismatch.text.names import words, wordset
from mismatch.text.ranges import Choices, Interval, values
from mismatch.text.types import family
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Found, Hit, Memo
    from mismatch.reading import Doc
    from mismatch.rules._pairs import Side

LETTERS = wordset("character characters char chars letter letters digit digits symbol symbols zeichen")
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
def text_rules_contradict(data_pipeline: Doc = NOTHING, trained_model: Doc = NOTHING) -> Found:
    """A text may be empty by one rule of its specification, and not by another.

    Two people who write a check from it get two checks, and both can show where theirs is written.

    Remedy: Set the least length to 1, or allow empty texts.

    Example: Empty texts are allowed, and the least length is 3. It is silent for a least length of 0, and if
    empty texts are not allowed and the least length is 1.
    """
    compared = False
    for side in [
        *sides(data_pipeline, "data_pipeline", "input_spec", "item_name"),
        *sides(trained_model, "trained_model", leaving(trained_model).items, "item_name"),
    ]:
        given = side.specification
        if family(side.type) != "text" or not given:
            continue
        compared = True
        least, most = number(given, "min_length") or 0, number(given, "max_length") or 0
        if truth(given, "empty") and least > 0:
            yield _own(side, f"may be empty, but has at least {plain(least)} characters")
        elif "empty" in given and not truth(given, "empty") and least == 0 and most > 0:
            yield _own(side, "may not be empty, but a length of 0 is allowed", severity="info")
    if not compared:
        yield NOT_APPLICABLE if data_pipeline and trained_model else CANNOT_TELL


def _own(side: Side, said: str, severity: str = "") -> Hit:
    return hit(
        f"{quote(side.name)} {said}.",
        side.place("item_specification", "min_length"),
        side.place("item_specification", "empty"),
        key=(str(side.at[1]), side.name),
        severity=severity,
    )


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

    Decision: Of a list of values each one has to fit. Where no kind of characters is allowed at all, they may
    just not have been ticked, and the finding is minor.
    """
    compared = False
    incoming = delivered(data_pipeline, development_environment, memo)
    incoming = [*incoming, *arriving(production_data, data_pipeline, memo)]
    reported = set()
    for sender, receiver in incoming:
        if _texts(sender, receiver) and receiver.at not in reported:
            compared = True
            found = _refused(sender, receiver)
            if found:
                reported.add(receiver.at)
                yield found
    for sender, receiver in handed_on(trained_model, development_environment, memo):
        if _texts(sender, receiver):
            compared = True
            found = _unreachable(sender, receiver)
            if found:
                yield found
    if not compared:
        yield NOT_APPLICABLE if data_pipeline and trained_model else CANNOT_TELL


def _texts(sender: Side, receiver: Side) -> bool:
    """Do both sides deal in texts, one by its specification, the other in words that are understood?"""
    return family(sender.type) == "text" == family(receiver.type) and _stated(sender, receiver) is not None


def _stated(*sides: Side) -> Interval | Choices | None:
    """What the side without a specification says: lengths, as an interval of letters, or a list of texts."""
    side = next((side for side in sides if not side.specified), None)
    found = values(text(side.row, "expected_values")) if side else None
    if isinstance(found, Interval):
        return found if not LETTERS.isdisjoint(words(found.unit)) else None
    return found


def _refused(sender: Side, receiver: Side) -> Hit | None:
    """What the sender delivers and the specification of the receiver does not allow."""
    stated, given = _stated(sender), receiver.specification
    least, most = number(given, "min_length") or 0, number(given, "max_length") or 0
    if isinstance(stated, Interval):
        said = ""
        if 0 < most < stated.high < float("inf"):
            said = f"takes at most {plain(most)}"
        elif 0 <= stated.low < least:
            said = f"takes no fewer than {plain(least)}"
        if said:
            return _misfit(receiver, sender, said, "max_length" if "most" in said else "min_length")
        if "digit" in stated.unit and not truth(given, "numeric") and (most or least):
            return _misfit(receiver, sender, "takes no digits", "numeric", doubtful=_unticked(given))
        return None
    for member in stated.members if stated else ():
        if most and not least <= len(member) <= most:
            return _misfit(
                receiver,
                sender,
                f"takes {plain(least)} to {plain(most)} characters, not the {len(member)} of {quote(member)}",
                "max_length" if len(member) > most else "min_length",
            )
        kind = _kind_refused(member, given) if most or not _unticked(given) else ""
        if kind:
            said = f"takes no {CALLED[kind]}, which {quote(member)} has"
            return _misfit(receiver, sender, said, kind, doubtful=_unticked(given))
    return None


def _unreachable(sender: Side, receiver: Side) -> Hit | None:
    """What the specification of the sender allows and the receiver does not take, or the other way round."""
    stated, given = _stated(receiver), sender.specification
    most = number(given, "max_length") or 0
    if isinstance(stated, Interval):
        if most > stated.high:
            said = f"may have {plain(most)} characters, more than {quote(receiver.name)} takes"
            return _misfit(sender, receiver, said, "max_length", named=False)
        if most and stated.low > most:
            said = f"has at most {plain(most)} characters, fewer than {quote(receiver.name)} takes"
            return _misfit(sender, receiver, said, "max_length", named=False)
        return None
    for member in stated.members if stated else ():
        if most and len(member) > most:
            said = f"has at most {plain(most)} characters, too few for {quote(member)}"
            return _misfit(sender, receiver, said, "max_length", named=False)
        kind = _kind_refused(member, given) if most else ""
        if kind:
            said = f"has no {CALLED[kind]}, which {quote(member)} needs"
            return _misfit(sender, receiver, said, kind, named=False, doubtful=_unticked(given))
    return None


def _kind_refused(member: str, given: Doc) -> str:
    """The kind of characters in *member* that a specification does not allow, "" if it allows all."""
    for letter in member:
        if letter.isalpha():
            continue
        kind = "numeric" if letter.isdigit() else "slashes" if letter in "/\\" else "special"
        kind = "spaces" if letter.isspace() else kind
        if not truth(given, kind):
            return kind
    return ""


def _unticked(given: Doc) -> bool:
    return not any(truth(given, kind) for kind in CLASSES)


def _misfit(
    ours: Side, theirs: Side, said: str, field: str, *, named: bool = True, doubtful: bool = False
) -> Hit:
    comes = f"{quote(theirs.name)} is {quote(text(theirs.row, 'expected_values'))}"
    message = f"{comes}, but {quote(ours.name)} {said}" if named else f"{quote(ours.name)} {said}; {comes}"
    doubt = "; it may not have been ticked" if doubtful else ""
    return hit(
        f"{message}{doubt}.",
        ours.place("item_specification", field),
        theirs.place("expected_values"),
        key=(str(ours.at[1]), ours.name),
        severity="minor" if doubtful else "",
    )
