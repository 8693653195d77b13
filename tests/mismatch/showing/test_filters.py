"""What the address of a page of findings may ask for, and what happens to what it may not."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from mismatch.showing.filters import NAMES, Filters, read_filters

RULES = {"tec-3a": "output-type-mismatch", "output-type-mismatch": "output-type-mismatch", "tm-15": "tm-15"}


def read(query: str) -> Filters:
    return read_filters(QueryDict(query), RULES)


def test_an_empty_address_filters_nothing():
    assert read("") == Filters()


def test_an_empty_input_of_the_form_filters_nothing():
    assert read("severity=&rule=&descriptor=&q=&page=&state=&kind=&group=") == Filters()


@pytest.mark.parametrize(
    ("query", "field", "value"),
    [
        ("group=owner", "group", "owner"),
        ("severity=major", "severities", ("major",)),
        ("severity=major&severity=critical&severity=major", "severities", ("major", "critical")),
        ("rule=TEC-3A", "rules", ("output-type-mismatch",)),
        ("rule=output-type-mismatch&rule=TEC-3A", "rules", ("output-type-mismatch",)),
        ("rule=tm-15&rule=&rule=TEC-3A", "rules", ("tm-15", "output-type-mismatch")),
        ("descriptor=trained_model&descriptor=raw_data", "descriptors", ("trained_model", "raw_data")),
        ("kind=cannot-tell", "kind", "cannot-tell"),
        ("state=new", "state", "new"),
        ("q=%20heart%20%20rate%20", "text", "heart rate"),
        ("page=3", "page", 3),
    ],
)
def test_each_filter_is_read(query, field, value):
    filters = read(query)

    assert getattr(filters, field) == value
    assert filters.problems == ()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("severity=purple", "“purple” is no severity (known: critical, major, minor, info)"),
        ("group=colour", "“colour” is no group (known: pair, rule, owner)"),
        ("rule=output-type-mismach", "did you mean “output-type-mismatch”?"),
        ("rule=nothing-like-it", "There is no rule “nothing-like-it”."),
        ("descriptor=trained-model", "“trained-model” is no descriptor"),
        ("kind=odd", "“odd” is no kind (known: mismatch, cannot-tell, missing)"),
        ("state=odd", "“odd” is no state (known: new, open, reopened, "),
        ("page=0", "“0” is no page number; this is page 1."),
        ("page=-1", "“-1” is no page number"),
        ("page=١", "“١” is no page number"),
        ("page=" + "9" * 400, "is no page number"),
        ("colour=red", "“colour” is no filter (known: group, severity"),
    ],
)
def test_what_nobody_can_give_is_ignored_and_said(query, words):
    filters = read(query)

    assert filters._replace(problems=()) == Filters()
    assert words in filters.problems[0]
    assert len(filters.problems[0]) < 600


def test_a_search_is_cut_and_cleaned():
    assert read("q=" + "x" * 5000).text == "x" * 200
    assert read("q=a%00b").text == "a b"


def test_a_search_compares_in_one_unicode_form():
    assert read("q=e%CC%81").text == "é"


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 0),
        ("page=2&group=rule", 0),
        ("severity=major&severity=minor", 1),
        ("q=x&kind=cannot-tell", 2),
        ("kind=missing", 0),
    ],
)
def test_the_filters_that_are_set_are_counted(query, number):
    assert read(query).narrowed == number


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), st.text(max_size=20), max_size=6))
def test_no_address_breaks_the_reader(values):
    query = QueryDict(mutable=True)
    query.update(values)

    filters = read_filters(query, RULES)

    assert filters.page >= 1
    assert set(filters.severities) <= {"critical", "major", "minor", "info"}
