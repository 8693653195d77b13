"""Dates and spans of time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mismatch.text.dates import Span, day, is_part_of_year, iso_day, span


@pytest.mark.parametrize(
    "text", ["2025-04-02", "20250402", " 2025-04-02 ", "2025-04-02T10:30:00Z", "2025-04-02 10:30"]
)
def test_a_day_is_read(text):
    assert day(text) == iso_day(text) == date(2025, 4, 2)


@pytest.mark.parametrize(
    "text",
    [
        "02.04.2025",
        "2.4.2025",
        "2. 4. 2025",
        "2 April 2025",
        "2. Apr. 2025",
        "April 2, 2025",
        "Apr 2nd, 2025",
        "2-Apr-2025",
        "2 avril 2025",
        "2 aprile 2025",
        "2025/04/02",
    ],
)
def test_a_day_as_people_write_it_is_read(text):
    assert day(text) == date(2025, 4, 2)
    assert iso_day(text) is None


@pytest.mark.parametrize(
    "text", ["Q4 2025", "autumn 2025", "04/2025", "2025-04", "2025", "Ende 2025", "KW 38/2025"]
)
def test_a_part_of_a_year_is_no_day(text):
    assert is_part_of_year(text)
    assert day(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025",
        "2025-04",
        "2025-02-30",
        "20251302",
        "2025040",
        "02/04/2025",
        "31.02.2025",
        "13/13/2025",
        "2 Smarch 2025",
        "2025-04-02x",
        "2025-W14-3",
        "٢٠٢٥-٠٤-٠٢x",
        "TBD",
    ],
)
def test_what_is_no_day_is_none(text):
    assert day(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-01-01 to 2024-12-31", Span(date(2022, 1, 1), date(2024, 12, 31))),
        ("2018-01 to 2023-12", Span(date(2018, 1, 1), date(2023, 12, 31), False)),
        ("from 2019-06 until 2024", Span(date(2019, 6, 1), date(2024, 12, 31), False)),
        ("2020–2024", Span(date(2020, 1, 1), date(2024, 12, 31), False)),
        ("2020-01-01 - 2024-02", Span(date(2020, 1, 1), date(2024, 2, 29), False)),
        (
            "2020-01-01 to 2024-01-31 (applications), performance until 2025-01-31",
            Span(date(2020, 1, 1), date(2024, 1, 31)),
        ),
        ("since 2021", Span(date(2021, 1, 1), None)),
        ("01.01.2022 bis 30.06.2024", Span(date(2022, 1, 1), date(2024, 6, 30))),
        ("1.1.2022–30.6.2024", Span(date(2022, 1, 1), date(2024, 6, 30))),
        ("01/2014 – 12/2023", Span(date(2014, 1, 1), date(2023, 12, 31), False)),
        ("Jan. 2022 – Juni 2024", Span(date(2022, 1, 1), date(2024, 6, 30), False)),
        ("du 1er janvier 2022 au 30 juin 2024", Span(date(2022, 1, 1), date(2024, 6, 30))),
        ("seit 2021", Span(date(2021, 1, 1), None)),
        ("2021-05 to today", Span(date(2021, 5, 1), None)),
    ],
)
def test_a_span_is_read(text, expected):
    assert span(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024",
        "2024-01-15",
        "15.01.2024",
        "January",
        "31.02.2022 to 2024",
        "three winters",
        "2022-13 to 2024",
        "1 200 to 2024",
        "2024-01-15-2",
    ],
)
def test_what_is_no_span_is_none(text):
    assert span(text) is None


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="0123456789-/ to–tday", max_size=30))
def test_no_text_is_too_strange(text):
    day(text)
    found = span(text)

    assert found is None or isinstance(found.start, date)


@settings(max_examples=50, deadline=None)
@given(st.dates(), st.dates())
def test_two_written_days_are_the_span(start, end):
    assert span(f"{start} to {end}") == Span(start, end)
