"""Times in a text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mismatch.text.times import times


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Snapshots of Nov-Dec 2024", [("2024-11-01", "2024-12-31", True)]),
        ("Oct 2019 to Jun 2023, iced intervals removed", [("2019-10-01", "2023-06-30", True)]),
        ("24 snapshots (01/2023-12/2024)", [("2023-01-01", "2024-12-31", True)]),
        ("Shadow run 1-7 April 2025", [("2025-04-01", "2025-04-07", True)]),
        ("2019-10-01 to 2024-12-31", [("2019-10-01", "2024-12-31", True)]),
        ("01.10.2019–31.12.2024", [("2019-10-01", "2024-12-31", True)]),
        ("März bis Mai 2024", [("2024-03-01", "2024-05-31", True)]),
        ("3 July 2024", [("2024-07-03", "2024-07-03", False)]),
        ("H2 2023", [("2023-07-01", "2023-12-31", False)]),
        ("2024-Q1", [("2024-01-01", "2024-03-31", False)]),
        ("Q42024 and 2025H1", [("2024-10-01", "2025-06-30", True)]),
        ("Q3 2024 to Q4 2024", [("2024-07-01", "2024-12-31", True)]),
        ("2024", [("2024-01-01", "2024-12-31", False)]),
        ("1500 in May 2024, 900 in June", [("2024-05-01", "2024-05-31", False)]),
        ("Dec 2024 to Nov 2023", [("2024-12-01", "2024-12-31", False), ("2023-11-01", "2023-11-30", False)]),
        ("Week 35 of 2025", []),
        ("2000 customers", []),
        ("2020 %", []),
        ("H3 2023, 13/2024 and 31.02.2024", []),
        ("https://example.org/2024/05", []),
        ("It may be, or may not", []),
        ("", []),
        ("Market 2024 and second to none", []),
        ("SEP-OCT 2024", [("2024-09-01", "2024-10-31", True)]),
    ],
)
def test_times_in_a_text(text, expected):
    found = [(str(each.span.start), str(each.span.end), each.ranged) for each in times(text)]

    assert found == expected


WORDS = [
    "Nov",
    "March",
    "März",
    "mai",
    "Jan.",
    "Okt",
    "to",
    "-",
    "–",
    "and",
    "bis",
    "t/m",
    "/",
    "of",
    "from",
    "2024",
    "2023-05",
    "1",
    "7",
    "31",
    "3rd",
    "20",
    "Q4",
    "H2",
    "q1",
    "week",
    "items",
    ",",
    ".",
    "01/2023",
    "12.2024",
    "1.2.2023",
    "2023-01-05",
    "2024)",
    "s",
    "%",
    "July,",
]


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet="0123456789-/. to–ofdaymQHäJan", max_size=40)
    | st.lists(st.sampled_from([*WORDS, " ", " "]), max_size=9).map("".join)
)
def test_no_text_is_too_strange(text):
    for each in times(text):
        assert each.span.end is not None
        assert each.span.start <= each.span.end
