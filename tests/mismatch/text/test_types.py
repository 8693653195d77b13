"""Families of types, and what becomes of values between them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mismatch.text.types import CONFLICT, LOSSY, SAME, WIDENING, conversion, family

relaxed = settings(max_examples=200, deadline=None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Integer", "int"),
        ("int64", "int"),
        ("unsigned integer", "int"),
        ("whole number", "int"),
        ("count", "int"),
        ("Float", "float"),
        ("double precision", "float"),
        ("decimal(10,2)", "float"),
        ("float (m/s)", "float"),
        ("floating-point number", "float"),
        ("numeric", "number"),
        ("VARCHAR(20)", "text"),
        ("Text (German)", "text"),
        ("Character", "text"),
        ("yes/no", "bool"),
        ("Boolean", "bool"),
        ("datetime64[ns]", "datetime"),
        ("date", "datetime"),
        ("Image", "image"),
        ("category", "category"),
        ("list of float", "list"),
        ("int[]", "list"),
        ("array<int>", "list"),
        # not understood
        ("", ""),
        ("Other", ""),
        ("JSON", ""),
        ("any", ""),
        ("depends on the sensor", ""),
        ("int or float", ""),
        ("date string", ""),
        ("Integer as text", ""),
    ],
)
def test_a_type_belongs_to_a_family_or_to_none(text, expected):
    assert family(text) == expected


@pytest.mark.parametrize(
    ("sender", "receiver", "expected"),
    [
        ("integer", "Integer", SAME),
        ("Text", "String", SAME),
        ("Character", "String", SAME),
        ("number", "Float", SAME),
        ("category", "String", SAME),
        ("category", "Integer", SAME),
        ("integer", "Float", WIDENING),
        ("boolean", "Integer", WIDENING),
        ("date", "String", WIDENING),
        ("float", "Integer", LOSSY),
        ("String", "Character", LOSSY),
        ("text", "Float", CONFLICT),
        ("float", "String", CONFLICT),
        ("Image", "Float", CONFLICT),
        ("list of float", "Float", CONFLICT),
        ("date", "Image", CONFLICT),
        # nobody can tell
        ("category", "Float", ""),
        ("date", "Integer", ""),
        ("Image", "array", ""),
        ("Other", "Float", ""),
        ("", "Float", ""),
    ],
)
def test_a_conversion_keeps_values_loses_some_or_fails(sender, receiver, expected):
    assert conversion(sender, receiver) == expected


@relaxed
@given(st.text(max_size=30), st.text(max_size=30))
def test_no_text_makes_it_raise(one, other):
    assert conversion(one, other) in {"", SAME, WIDENING, LOSSY, CONFLICT}


@relaxed
@given(st.sampled_from(["Integer", "float", "String", "bool", "date", "Image", "category", "list", "number"]))
def test_a_type_fits_itself(text):
    assert conversion(text, text.upper()) == SAME
