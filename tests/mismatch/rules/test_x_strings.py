"""Lengths and characters of texts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mismatch.rules.described import (
    DOWN,
    UP,
    downstream,
    field,
    item,
    model,
    pipeline,
    production,
    upstream,
)
from tests.mismatch.rules.tables import Documents, firing, messages, silent

# text-rules-contradict


def text(**limits: Any) -> Documents:
    return pipeline(item("name", "String", **limits))


RULES = "data_pipeline/input_spec/0/item_specification/min_length data_pipeline/input_spec/0/item_specification/empty"

test_text_rules_contradict_silent = silent(
    "text-rules-contradict",
    {
        "may be empty": ("pass", text(empty=True, min_length=0, max_length=9)),
        "may not be empty": ("pass", text(empty=False, min_length=1, max_length=9)),
        "near miss: untouched": ("pass", text(empty=False, min_length=0, max_length=0)),
        "near miss: empty is not filled in": ("pass", text(min_length=0, max_length=9)),
        "near miss: not a text": (
            "cannot-tell",
            pipeline(item("rate", "Integer", empty=True, min_length=3, max_value=4)),
        ),
        "no document": ("cannot-tell", {}),
    },
)

test_text_rules_contradict_firing = firing(
    "text-rules-contradict",
    {
        "may be empty and has a least length": (
            [f"minor {RULES}"],
            text(empty=True, min_length=3, max_length=9),
        ),
        "may not be empty and has no least length": (
            [f"info {RULES}"],
            text(empty=False, min_length=0, max_length=9),
        ),
    },
)

# texts-do-not-fit


def incoming(said: Any, kind: str = "String", **limits: Any) -> Documents:
    return pipeline(item("code", kind, "Up/id", **limits)) | upstream(("id", "String", said))


def outgoing(said: Any, theirs: str = "String", **limits: Any) -> Documents:
    return model(item("note", "String", "Down/text", **limits)) | downstream(("text", theirs, said))


def taken(end: str) -> str:
    return f"data_pipeline/input_spec/0/item_specification/{end} {UP}/0/expected_values"


def given(end: str) -> str:
    return f"trained_model/output_spec/0/item_specification/{end} {DOWN}/0/expected_values"


test_texts_do_not_fit_silent = silent(
    "texts-do-not-fit",
    {
        "the lengths agree": ("pass", incoming("14 digits", min_length=14, max_length=14, numeric=True)),
        "the output keeps within": ("pass", outgoing("up to 900 characters", min_length=200, max_length=900)),
        "near miss: a type for texts": ("pass", outgoing("up to 900 characters", "Text", max_length=900)),
        "near miss: the values fit": (
            "pass",
            incoming("branch, online, partner", min_length=6, max_length=7),
        ),
        "near miss: a space that is allowed": (
            "pass",
            outgoing("ok, cold shut", min_length=2, max_length=9, spaces=True),
        ),
        "near miss: accents are letters": ("pass", incoming("für, à, ñ", min_length=1, max_length=3)),
        "near miss: one part of several": (
            "pass",
            outgoing("UID, max. 64 chars, digits and dots", max_length=64, numeric=True, special=True),
        ),
        "near miss: a column that is long enough": ("pass", outgoing("VARCHAR(64) NOT NULL", max_length=64)),
        "near miss: thousands with a point": ("pass", incoming("max. 20.000 Zeichen", max_length=20000)),
        "near miss: hexadecimal": (
            "pass",
            incoming("64 hex digits", min_length=64, max_length=64, numeric=True),
        ),
        "two lengths": ("cannot-tell", outgoing("max. 64 chars (old: max. 16 chars)", max_length=64)),
        "near miss: no lengths": ("pass", incoming("up to 60000 characters", numeric=True)),
        "near miss: another unit": ("cannot-tell", incoming("40 - 120 words", max_length=9)),
        "prose": ("cannot-tell", incoming("free text", max_length=9)),
        "a number": ("cannot-tell", incoming("14 digits", "Integer", max_value=9)),
        "no document": ("cannot-tell", {}),
    },
)

test_texts_do_not_fit_firing = firing(
    "texts-do-not-fit",
    {
        "longer than the component takes": (
            [f"major {given('max_length')}"],
            outgoing("up to 500 characters", max_length=900),
        ),
        "shorter than the component takes": (
            [f"major {given('max_length')}"],
            outgoing("14 digits", max_length=10, numeric=True),
        ),
        "longer than a part says": (
            [f"major {given('max_length')}"],
            outgoing("UID, max. 16 chars", max_length=64),
        ),
        "longer than the column": ([f"major {given('max_length')}"], outgoing("varchar(16)", max_length=64)),
        "in another language": (
            [f"major {taken('max_length')}"],
            incoming("jusqu'à 20 000 caractères", max_length=2000),
        ),
        "longer than the pipeline takes": (
            [f"major {taken('max_length')}"],
            incoming("1 - 60000 characters", min_length=1, max_length=4000),
        ),
        "shorter than the pipeline takes": (
            [f"major {taken('min_length')}"],
            incoming("1 - 60 characters", min_length=5, max_length=60),
        ),
        "a value that is too long": (
            [f"major {taken('max_length')}"],
            incoming("web, database", min_length=2, max_length=5, numeric=True),
        ),
        "a value that is too short": (
            [f"major {taken('min_length')}"],
            incoming("db, database", min_length=3, max_length=9, numeric=True),
        ),
        "a value that cannot be written": (
            [f"major {given('max_length')}"],
            outgoing("ok, porosity", min_length=2, max_length=6),
        ),
        "digits that are not allowed": (
            [f"major {taken('numeric')}"],
            incoming("A1, B2", max_length=2, spaces=True),
        ),
        "spaces that are not allowed": (
            [f"major {given('spaces')}"],
            outgoing("ok, cold shut", max_length=9, numeric=True),
        ),
        "characters of which none is ticked": (
            [f"minor {taken('numeric')}"],
            incoming("14 digits", max_length=14),
        ),
        "in production": (
            [
                "major data_pipeline/input_spec/0/item_specification/max_length "
                "production_data/schema/0/expected_values"
            ],
            pipeline(item("code", "String", max_length=5))
            | production(field("code", "string", "up to 9 characters")),
        ),
        "upstream and in production": (
            [f"major {taken('max_length')}"],
            incoming("up to 9 characters", max_length=5)
            | production(field("code", "string", "up to 9 characters")),
        ),
    },
)


@pytest.mark.parametrize(
    ("slug", "documents", "message"),
    [
        (
            "text-rules-contradict",
            text(empty=True, min_length=3),
            "“name” may be empty, but has at least 3 characters.",
        ),
        (
            "texts-do-not-fit",
            outgoing("up to 500 characters", max_length=900),
            "“text” is “up to 500 characters”, but “note” may have 900 characters.",
        ),
        (
            "texts-do-not-fit",
            incoming("web, database", min_length=2, max_length=5),
            "“id” is “web, database”, but “code” takes at most 5 characters, too few for “database”.",
        ),
        (
            "texts-do-not-fit",
            incoming("14 digits", max_length=14),
            "“id” is “14 digits”, but “code” takes no digits; they may not have been ticked.",
        ),
        (
            "texts-do-not-fit",
            outgoing("ok, cold shut", max_length=9, numeric=True),
            "“text” is “ok, cold shut”, but “note” has no spaces, unlike “cold shut”.",
        ),
    ],
)
def test_the_message_names_both_sides(slug, documents, message):
    assert messages(slug, documents) == [message]
