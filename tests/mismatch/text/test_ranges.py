"""Ranges and lists of values in prose, and what lies beyond them."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mismatch.text.ranges import Choices, Interval, beyond, interval, values

relaxed = settings(max_examples=200, deadline=None)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("0 - 100", 0, 100, ""),
        ("0 to 100", 0, 100, ""),
        ("0..1", 0, 1, ""),
        ("0...5", 0, 5, ""),
        ("0 – 1", 0, 1, ""),
        ("-18 - 39", -18, 39, ""),
        ("-90..-10", -90, -10, ""),
        ("−5 to 5", -5, 5, ""),
        ("between -5 and 5 °C", -5, 5, "°C"),
        ("from 1 to 7", 1, 7, ""),
        ("[0, 1]", 0, 1, ""),
        ("[0;1]", 0, 1, ""),
        ("0 °C - 40 °C", 0, 40, "°C"),
        ("0% - 100%", 0, 100, "%"),
        ('"0.0%" - "100.0%"', 0, 100, "%"),
        ("18 - 75 years", 18, 75, "years"),
        ("0 - 10,000", 0, 10_000, ""),
        ("0 - 10 000", 0, 10_000, ""),
        ("0 - 10k", 0, 10_000, ""),
        ("1e-5 to 1e-3", 1e-5, 1e-3, ""),
        (".5 to 1", 0.5, 1, ""),
        ("0 - 1 (probability)", 0, 1, ""),
        ("0..20000 characters", 0, 20_000, "characters"),
        (">= 5 ms", 5, inf, "ms"),
        ("at least 18 years", 18, inf, "years"),
        ("0..", 0, inf, ""),
        ("18+", 18, inf, ""),
        ("[0, ∞)", 0, inf, ""),
        ("5 or more", 5, inf, ""),
        ("up to 900 characters", -inf, 900, "characters"),
        ("<= 100 %", -inf, 100, "%"),
    ],
)
def test_a_range_is_understood(text, low, high, unit):
    found = values(text)

    assert isinstance(found, Interval)
    assert (found.low, found.high, found.unit) == (low, high, unit)


@pytest.mark.parametrize(
    ("text", "ends"),
    [("[0, 1)", (False, True)), ("(0, 1]", (True, False)), ("]0;1[", (True, True)), ("> 0", (True, False))],
)
def test_an_end_may_be_left_out(text, ends):
    found = values(text)

    assert isinstance(found, Interval)
    assert (found.low_open, found.high_open) == ends


@pytest.mark.parametrize(
    ("text", "ends"), [("0-60", (0, 60)), ("-25-45", (-25, 45)), ("2019-2024", (2019, 2024))]
)
def test_a_dash_without_spaces_is_a_range_only_in_a_numeric_field(text, ends):
    assert values(text, numeric=True) == Interval(*ends)
    assert values(text) is None


@pytest.mark.parametrize(
    ("text", "ends", "unit"),
    [
        ("0 bis 40", (0, 40), ""),
        ("de 0 à 40", (0, 40), ""),
        ("zwischen 0 und 1", (0, 1), ""),
        ("entre 0 et 1", (0, 1), ""),
        ("0,0 bis 1,5", (0, 1.5), ""),
        ("max. 255 Zeichen", (-inf, 255), "Zeichen"),
        ("bis 20'000 Zeichen", (-inf, 20000), "Zeichen"),
        ("jusqu’à 20 000 caractères", (-inf, 20000), "caractères"),
        ("max. 20.000 characters", (-inf, 20000), "characters"),
        ("1.000 to 2.000 characters", (1000, 2000), "characters"),
        ("max. 20.000 kg", (-inf, 20), "kg"),
        ("64 characters max", (-inf, 64), "characters"),
    ],
)
def test_a_range_in_another_language_is_understood(text, ends, unit):
    assert values(text, numeric=True) == Interval(*ends, unit=unit)


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("red, green, blue", ("red", "green", "blue")),
        ("{a, b}", ("a", "b")),
        ("[1, 2, 3]", ("1", "2", "3")),
        ("a|b", ("a", "b")),
        ("a; b", ("a", "b")),
        ("likely / unlikely", ("likely", "unlikely")),
        ("0/1", ("0", "1")),
        ("0,1", ("0", "1")),
        ("true or false", ("true", "false")),
        ("one of: low, medium, high", ("low", "medium", "high")),
        ("0 = no, 1 = yes", ("0", "1")),
        ("<=50K, >50K", ("<=50K", ">50K")),
        ("A, B, null", ("A", "B")),
        ("نعم / لا", ("نعم", "لا")),
        ("'a', \"b\"", ("a", "b")),
        ("ISO 639-1: de, fr, it", ("de", "fr", "it")),
        ("1: yes, 2: no, 3", ("1", "2", "3")),
        ("ok, crack, other", ("ok", "crack", "other")),
        ("5", ("5",)),
    ],
)
def test_a_list_is_understood(text, members):
    found = values(text)

    assert isinstance(found, Choices)
    assert found.members == members


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "any", "free text", "names", "ISO 8601", "date", "three letters", "A-E", "YYYYMMDD-nn"),
        *("555-1234", "2020-01-01 - 2024-01-01", "2022-01-01 to 2024-12-31", "08:00 - 17:00"),
        *("0 - 1 or -1 if missing", "0 - -5", "100 to 0", "0 -5", "0,5 - 1,5", "1,000", "100,200,300"),
        *("10-20, 20-30", "red, green or blue", "e.g. a, b", "a, b, etc", "a, b, and others", "a, b, …"),
        *("such as a, b", "a, and, or", "integer or null", "v1-v2", "x1 - x5", "0 to 1 except 0.5"),
        *("de, fr, it ou en", "de, fr, it und en", "0,5 or 1,5", "zwischen 0 à 1"),
        *("the mean of the last 5 to 10 readings that were not marked as wrong", "5 items of up to 10"),
        "number between zero and one",
    ],
)
def test_what_is_not_certain_is_not_understood(text):
    assert values(text) is None


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ("0 - 10", "0 - 10", ()),
        ("2 - 8", "0 - 10", ()),
        ("0 - 12", "0 - 10", ("above 10",)),
        ("-5 - 12", "0 - 10", ("below 0", "above 10")),
        ("[0, 1]", "[0, 1)", ("1",)),
        ("[0, 1)", "[0, 1]", ()),
        ("0 - 10", ">= 0", ()),
        (">= 0", "0 - 10", ()),  # no upper end is stated
        ("0 - 5000 ms", "0 - 5 s", ()),
        ("0 - 6000 ms", "0 - 5 s", ("above 5 s",)),
        ("0 - 1", "0 - 100 %", None),
        ("0 - 5000 ms", "0 - 5", None),
        ("0 - 5 ms", "0 - 5 km", None),
        ("a, b, c", "a, b, other", None),
        ("a, b, other", "a, b, c", None),
        ("a, other", "a, b, other", ()),
        ("1 - 80 persons", "1 - 75", ("above 75",)),
        ("18 - 80 years", "18 - 75", None),
        ("0 - 10 apples", "0 - 10 pears", None),
        ("red, blue", "Red, green, BLUE", ()),
        ("red, pink", "red, green", ("pink",)),
        ("1, 2", "1.0, 2.00, 3", ()),
        ("1, 2, 3", "1 - 3", ()),
        ("1, 2, 5", "1 - 3", ("5",)),
        ("1 - 3", "1, 2, 3", ()),
        ("1 - 4", "1, 2, 3", ("above 3",)),
        ("1 - 4", "1, 3", None),
        ("0.5 - 1.5", "0, 1", None),
        ("true, false", "0, 1", None),
        ("yes, no", "true, false", None),
        ("m, f", "male, female", None),
        ("red, blue", "1 - 3", None),
    ],
)
def test_it_says_what_lies_beyond(inner, outer, expected):
    ours, theirs = values(inner), values(outer)
    assert ours
    assert theirs

    assert beyond(ours, theirs) == expected


def test_rounding_lies_not_beyond():
    assert beyond(interval(0, 0.1 + 0.2), interval(0, 0.3)) == ()
    assert beyond(interval(0, 101), interval(0, 100), slack=0.02) == ()


NUMBERS = st.integers(-1000, 1000)
RANGES = st.tuples(NUMBERS, NUMBERS).map(lambda ends: interval(min(ends), max(ends)))
WORDS = st.lists(
    st.sampled_from(["red", "green", "blue", "pink", "grey"]), min_size=2, max_size=4, unique=True
)


@relaxed
@given(RANGES, st.sampled_from([" to ", " - ", "..", " – "]))
def test_a_range_that_is_written_down_reads_as_it_was(given_range, separator):
    assert values(f"{given_range.low:g}{separator}{given_range.high:g}") == given_range


@relaxed
@given(RANGES | WORDS.map(lambda words: Choices(tuple(words))))
def test_everything_fits_into_itself(given_values):
    assert beyond(given_values, given_values) == ()


@relaxed
@given(RANGES, RANGES)
def test_a_range_fits_exactly_if_both_ends_do(inner, outer):
    assert (beyond(inner, outer) == ()) == (outer.low <= inner.low and inner.high <= outer.high)


@relaxed
@given(st.text(max_size=40) | st.text(alphabet="0123456789.,-–<>=[]() toand%k", max_size=25), st.booleans())
def test_no_text_makes_it_raise(text, numeric):
    found = values(text, numeric)

    if found is not None:
        assert beyond(found, found) in {(), None}


@pytest.mark.parametrize(
    "text", ["\ud800", "9" * 300, "1e999 - 2e999", "[" * 300, "1" * 200 + " - 5", "-" * 300]
)
def test_strange_texts_do_no_harm(text):
    found = values(text, True)

    assert found is None or beyond(found, found) is not False


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("100 - 600 or empty", "100 - 600"),
        ("0 - 5 (or missing)", "0 - 5"),
        ("red, green, or null", "red, green"),
        ("0 or 1 or blank", "0 or 1"),
    ],
)
def test_that_a_value_may_be_missing_does_not_change_the_values(text, bare):
    assert values(text, True) == values(bare, True) is not None


@pytest.mark.parametrize("text", ["or empty", "empty", "100 - 600 or emptied"])
def test_but_there_have_to_be_values(text):
    assert values(text, True) is None
