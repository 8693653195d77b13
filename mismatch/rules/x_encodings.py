"""How characters are encoded on the two sides of an interface."""

from __future__ import annotations

from functools import cache, lru_cache

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, column, rows, text
from mismatch.rules._pairs import STEPS, arriving, delivered, handed_on, mapped_fields
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    from mismatch.declaration import Found, Memo
    from mismatch.reading import Doc
    from mismatch.rules._pairs import Side

SAME = {
    "latin-1": "iso-8859-1",
    "latin1": "iso-8859-1",
    "windows-1252": "cp1252",
    "utf8": "utf-8",
    "utf16": "utf-16",
}
WITHIN = {"ascii": frozenset({"utf-8", "iso-8859-1", "cp1252", "iso-8859-15"})}
"""What every text of an encoding is valid in as well."""
SIGNS = ("utf", "8859", "latin", "1252", "ascii")


@rule(
    "encoding-differs",
    code="X328",
    severity="minor",
    pack="x",
    risk="Low: both sides have to name one encoding.",
    source="Experience: umlauts and accents arrive as two signs, and no word with one is known any more.",
)
def encoding_differs(
    data_pipeline: Doc,
    production_data: Doc = NOTHING,
    development_environment: Doc = NOTHING,
    training_data: Doc = NOTHING,
    trained_model: Doc = NOTHING,
    *,
    memo: Memo,
) -> Found:
    """Texts are encoded otherwise on one side of an interface than on the other.

    Everything but English arrives in pieces, and the model sees words that it never learnt. Nothing fails.

    Remedy: Agree on one encoding, best UTF-8, or describe the step that converts.

    Example: Production delivers “Text (ISO-8859-1)”, and the pipeline takes “plain text (UTF-8)”. It is
    silent if both are UTF-8, and while one side names no encoding.

    Decision: Latin-1 is ISO-8859-1, and ASCII may be sent wherever UTF-8 is read. If a step of the pipeline
    speaks of encoding or decoding, it is only worth knowing.
    """
    said = "\n".join(
        column(data_pipeline, "input_spec", "item_description")
        + column(production_data, "schema", "field_description")
        + column(training_data, "schema", "field_description")
    ).lower()
    if not any(sign in said for sign in SIGNS):
        yield NOT_APPLICABLE
        return
    pairs = delivered(data_pipeline, development_environment, memo) + arriving(
        production_data, data_pipeline, memo
    )
    pairs = pairs + [(theirs, ours) for ours, theirs in mapped_fields(training_data, production_data, memo)]
    pairs = pairs + handed_on(trained_model, development_environment, memo)
    compared = False
    for sender, receiver in pairs:
        sent, read = _encoding(_about(sender)), _encoding(_about(receiver))
        if not sent or not read:
            continue
        compared = True
        if sent != read and read not in WITHIN.get(sent, ()):
            converted = any(map(_converts, _steps(data_pipeline)))
            yield hit(
                f"{quote(sender.name)} is encoded as {sent.upper()}, but {quote(receiver.name)} is read as "
                f"{read.upper()}{'; a step speaks of converting' if converted else ''}.",
                receiver.place(receiver.description_field),
                sender.place(sender.description_field),
                key=(str(sender.at[0]), str(receiver.at[0]), receiver.name),
                severity="info" if converted else "",
            )
    if not compared:
        yield CANNOT_TELL


def _about(side: Side) -> str:
    return f"{text(side.row, side.description_field)}\n{text(side.row, 'expected_values')}"


def _steps(pipeline: Doc) -> list[str]:
    return [text(row, field).lower() for row in rows(pipeline, "pipeline_steps") for field in STEPS]


def _converts(step: str) -> bool:
    return any(
        word in step for word in ("encod", "transcod", "charset", "utf-8", "utf8", "kodier", "mojibake")
    )


@lru_cache(maxsize=4096)
def _encoding(said: str) -> str:
    """The only encoding that a text names, "" if none or several."""
    found = {SAME.get(each, each) for each in _named().findall(said[:1000].lower())}
    return found.pop() if len(found) == 1 else ""


@cache
def _named() -> re.Pattern[str]:
    import re

    return re.compile(
        r"(?<![\w-])(utf-?8|utf-?16|iso-8859-\d{1,2}|latin-?1|windows-1252|cp1252|us-ascii|ascii)(?![\w-])"
    )
