"""Single figures and the names of statistics."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mismatch.text.figures import EXTREME, LOCATION, OTHER, SHAPE, SPREAD, Figure, figure, statistic


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("447", Figure(447.0, "", 1.0)),
        ("447.0", Figure(447.0, "", 0.1)),
        (" 15.20 °C ", Figure(15.2, "°C", 0.01)),
        ("9800 characters", Figure(9800.0, "characters", 1.0)),
        ("-3.5", Figure(-3.5, "", 0.1)),
        ("1e-3", Figure(0.001, "", 0.001)),
        ("2 340 EUR", Figure(2340.0, "EUR", 1.0)),
        ("EUR 25.1", Figure(25.1, "", 0.1)),
        ("≈ 25", Figure(25.0, "", 1.0)),
        ("9,1", Figure(9.1, "", 0.1)),
        ("-9,15 °C", Figure(-9.15, "°C", 0.01)),
    ],
)
def test_one_number_is_read_with_its_unit_and_how_exact_it_is(text, found):
    read = figure(text)

    assert read is not None
    assert read[:2] == found[:2]
    assert read.step == pytest.approx(found.step)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "log-normal",
        "1,234",
        "3 - 5",
        "0.2 to 0.4",
        "1, 2",
        "3.4.5",
        "41 ± 2",
        "nan",
        "9,1 - 9,4",
        "$1,234",
        "about",
    ],
)
def test_all_else_is_no_figure(text):
    assert figure(text) is None


@pytest.mark.parametrize(
    ("name", "known", "measures"),
    [
        ("Mean", "mean", LOCATION),
        ("average", "mean", LOCATION),
        ("Q1", "firstquartile", LOCATION),
        ("99th percentile", "99thpercentile", LOCATION),
        ("SD", "standarddeviation", SPREAD),
        ("Interquartile range", "iqr", SPREAD),
        ("Minimum", "minimum", EXTREME),
        ("Skewness", "skew", SHAPE),
        ("Distribution Type", "distributiontype", OTHER),
    ],
)
def test_statistics_go_by_many_names(name, known, measures):
    assert statistic(name) == (known, measures)


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_any_text_may_be_read(text):
    found = figure(text)

    assert found is None or found.step > 0
    assert statistic(text)[1] in {EXTREME, LOCATION, OTHER, SHAPE, SPREAD}


@settings(max_examples=200, deadline=None)
@given(st.floats(-1e9, 1e9, allow_nan=False))
def test_every_number_is_read_as_itself(number):
    found = figure(str(number))

    assert found is not None
    assert found.value == number
