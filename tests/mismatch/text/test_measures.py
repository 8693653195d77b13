"""Units in descriptions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mismatch.text.measures import NONE, measure


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Longest wait in minutes", "Limit (min)"),
        ("Verified monthly net income in EUR", "Income in euros"),
        ("Melt temperature in degrees Celsius", "Temperature, °C"),
        ("Score in percent", "Score (%)"),
        ("Paid in US dollars", "Price in USD"),
        ("Active power, MW", "Power in megawatts"),
        ("MW", "Power of the park (MW)"),
        ("Temperature [K]", "Kelvin"),
        ("kW at the meter", "Active power kW"),
        ("Flow (l/min)", "Flow, L/min"),
        ("Speed in kph", "Speed (km/h)"),
        ("Median minutes", "Waiting time in minutes"),
        ("Air temp. in 2 m, degC", "°C"),
    ],
)
def test_one_unit_by_two_names(first, second):
    assert measure(first)[:2] == measure(second)[:2]
    assert measure(first).kind


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Wait in minutes", "Wait in seconds"),
        ("Wait (ms)", "Wait (s)"),
        ("Temperature in degrees Celsius", "Temperature in Fahrenheit"),
        ("Income in EUR", "Income in USD"),
        ("Speed (km/h)", "Speed (mph)"),
        ("Median, MW", "kW"),
        ("Vibration velocity (mm/s)", "Vibration (in/s)"),
        ("Flow in l/min", "Flow in l/h"),
        ("Speed, m/s", "Speed in knots"),
        ("Median minutes", "Seconds"),
        ("POWER IN MW", "Power (kW)"),
        ("Temperature [K]", "Temperature [°C]"),
        ("m/s at hub height", "Wind speed km/h"),
        ("Sold in MWh", "kWh"),
    ],
)
def test_two_units_of_one_kind(first, second):
    assert measure(first).kind == measure(second).kind != ""
    assert measure(first).unit != measure(second).unit


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Days in arrears",
        "Overdraft days in the last 180 days",
        "in-house",
        "Duration in ms or in s",
        "Paid in thousand EUR",
        "Stands in",
        "Power in mW",
        "min temperature of the day",
        "Min of the day",
        "yes and/or no",
        "N/A",
        "Last digits",
        "GB of the customer",
        "km/h against m/s",
        "Size in pixels",
        "Number of months with the current employer",
        "in minutes " * 100,
    ],
)
def test_what_names_no_unit_or_several(text):
    assert measure(text) == NONE


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_any_text_may_be_read(text):
    assert len(measure(text)) == 3
