"""Quantities with units, lengths of time in prose, rates."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mismatch.text.units import (
    DAY,
    YEAR,
    Quantity,
    duration,
    durations,
    gigabytes,
    named_unit,
    quantity,
    rate,
    rates,
    unit,
)

relaxed = settings(max_examples=200, deadline=None)


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("30 days", 30 * DAY, "time"),
        ("1 500 ms", 1.5, "time"),
        ("1,500 ms", 1.5, "time"),
        ("2h", 7200, "time"),
        ("512 MiB", 512 * 2**20, "data"),
        ("16 GB", 16e9, "data"),
        ("5 %", 0.05, "share"),
        ("5%", 0.05, "share"),
        ("12", 12, ""),
        ("1e3 m", 1000, "length"),
        ("10 Hz", 10, "frequency"),
    ],
)
def test_a_quantity_is_read_in_the_base_unit(text, value, kind):
    found = quantity(text)

    assert found == Quantity(pytest.approx(value), kind)


@pytest.mark.parametrize(
    "text", ["", "many", "2 seasons", "5 - 10 ms", "ten days", "5 Mb", "about 5 s", "5 s or so", "-"]
)
def test_what_is_no_single_quantity_is_not_read(text):
    assert quantity(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("12 months", "1 year"), ("24 h", "1 day"), ("1000 ms", "1 s"), ("1 GB", "1000 MB"), ("50 %", "500 ‰")],
)
def test_one_quantity_in_two_units_is_the_same(one, other):
    first, second = quantity(one), quantity(other)
    assert first
    assert second

    assert first.value == pytest.approx(second.value)
    assert first.kind == second.kind


def test_units_in_which_capitals_decide_are_left_alone():
    assert unit("Mb") is None
    assert unit("mW") is None
    assert unit("MB") == ("data", 1e6)
    assert unit("m") == ("length", 1.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30 days", 30 * DAY),
        ("13 months", 13 / 12 * YEAR),
        ("3 years (warranty period)", 3 * YEAR),
        ("Encrypted bucket with 30 days retention", 30 * DAY),
        ("24 Monate", 2 * YEAR),
        ("one year", YEAR),
        ("5 ans", 5 * YEAR),
        ("kept forever", inf),
        ("last 30min", 1800),
    ],
)
def test_a_length_of_time_is_found_in_prose(text, expected):
    assert duration(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    "text",
    ["", "2 seasons", "JSON", "until the end", "3D", "2024-01 months", "30 days, then 2 years", "10 年"],
)
def test_what_is_no_single_length_of_time_is_none(text):
    assert duration(text) is None


def test_several_lengths_of_time_are_found_in_order():
    assert durations("30 days, then 2 years in the archive") == (30 * DAY, 2 * YEAR)


def test_a_length_of_time_may_follow_a_colon():
    assert durations("archive: 10 years") == (10 * YEAR,)
    assert durations("at 08:10 hours") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("420 studies per day, peak 60/h", ((420 / DAY, False), (60 / 3600, True))),
        ("2 records per second; max. 5 per second", ((2, False), (5, True))),
        ("9'000 Mails pro Arbeitstag, Spitze 25/min", ((25 / 60, True),)),
        ("pointe de 60 courriels par minute", ((1, True),)),
        ("40 pumps, 24 records per pump and day, in one batch", ()),
        ("", ()),
    ],
)
def test_several_rates_are_told_from_their_peaks(text, expected):
    assert rates(text) == tuple((pytest.approx(each), peak) for each, peak in expected)


def test_a_length_of_time_may_be_joined_by_a_hyphen():
    assert durations("90-day retention") == (90 * DAY,)
    assert durations("30-90-day") == durations("2024-01-15-day") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100 records per second", 100),
        ("40 records/s", 40),
        ("40/s", 40),
        ("10 housings per second", 10),
        ("30 parcels per minute", 0.5),
        ("10 Hz", 10),
        ("25 fps", 25),
        ("12 images/min", 0.2),
        ("1 image every 5 seconds", 0.2),
        ("one image every 5 seconds", 0.2),
        ("2 requests every minute", 1 / 30),
        ("about 3 000 messages per hour", 3000 / 3600),
        ("ca. 3,000 messages per hour", 3000 / 3600),
        ("500 per day", 500 / DAY),
        ("rund 9'000 Mails pro Minute", 150),
        ("up to 40 sensor readings per second", 40),
    ],
)
def test_a_rate_is_read_per_second(text, expected):
    assert rate(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "real-time",
            "one file per night",
            "1 batch of 5000 per day",
            "12 040 feature rows per day in one batch",
        ),
        *("20 litres per hour", "3000 revolutions per minute", "9 metres per second", "4 axis per second"),
        *("5 MB per second", "5 degrees per hour", "1 900 hosts, one record per host and minute"),
        *("130 patients per day, up to 15 per hour", "About 900 tickets per working day, up to 4 per minute"),
        *(
            "One housing every 6.5 seconds, four frames of 5 MB each",
            "0 records per second",
            "records per second",
        ),
        "100 records",
    ],
)
def test_what_is_no_certain_rate_is_none(text):
    assert rate(text) is None


def test_sizes_are_read_in_gigabytes():
    assert gigabytes("512 MB") == pytest.approx(0.512)
    assert gigabytes("16 GiB") == pytest.approx(17.18, abs=0.01)
    assert gigabytes("16") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Speed of the belt (m/s)", "m/s"),
        ("Temperature [°C]", "°c"),
        ("Speed", ""),
        ("Speed (of the main belt)", ""),
        ("()", ""),
    ],
)
def test_a_unit_may_stand_in_brackets_at_the_end(text, expected):
    assert named_unit(text) == expected


@relaxed
@given(st.text(max_size=40) | st.text(alphabet="0123456789 .,-/emsdpr", max_size=30))
def test_no_text_makes_it_raise(text):
    for found in (quantity(text), rate(text), gigabytes(text), unit(text)):
        assert found is None or found
    assert all(length >= 0 for length in durations(text))
    assert isinstance(named_unit(text), str)


@relaxed
@given(
    st.floats(0.001, 1e6),
    st.sampled_from(["ms", "s", "min", "h", "days", "weeks", "years", "kB", "GB", "%", "mm", "km"]),
)
def test_a_quantity_that_is_written_down_reads_as_it_was(number, name):
    found, known = quantity(f"{number:.6f} {name}"), unit(name)
    assert found
    assert known

    assert found.value == pytest.approx(number * known[1], abs=1e-6 * known[1])


@pytest.mark.parametrize(
    "text", ["9" * 400 + " s", "1e999 s", "\ud800", "9" * 50 + " per second", "1 " * 500]
)
def test_strange_texts_do_no_harm(text):
    assert quantity(text) is None or quantity(text)
    assert rate(text) is None or rate(text)
    assert isinstance(durations(text), tuple)
