"""The parts that only pages of findings are made of."""

from __future__ import annotations

import pytest

from mismatch.showing.evidence import compare, show
from mismatch.showing.places import Field, Part
from mismatch.templatetags.mismatch_ui import figure, isolated, path, seconds, signed, value


@pytest.mark.parametrize(
    ("message", "html"),
    [
        ("“a” is not “b”.", "“<bdi>a</bdi>” is not “<bdi>b</bdi>”."),
        ("No quotes.", "No quotes."),
        ("“<b>” & “”", "“<bdi>&lt;b&gt;</bdi>” &amp; “<bdi></bdi>”"),
        ("“open", "“open"),
        ("", ""),
    ],
)
def test_quoted_names_keep_their_direction_to_themselves(message, html):
    assert isolated(message) == html


@pytest.mark.parametrize(
    ("shown", "html"),
    [
        (show(None), '<span class="val"><span class="blank">nothing there</span></span>'),
        (show("<b>"), '<span class="val"><bdi>&lt;b&gt;</bdi></span>'),
        (show(["a", "b"]), '<span class="val"><bdi>a</bdi>, <bdi>b</bdi></span>'),
        (compare("ED Board", "ED Room").left, '<span class="val"><bdi>ED <mark>Board</mark></bdi></span>'),
        (
            show(["لوح › a"]),
            '<span class="val"><bdi dir="ltr"><bdi>لوح</bdi> › <bdi>a</bdi></bdi></span>',
        ),
        (
            compare("a ", "a").left,
            '<span class="val"><bdi><mark>a</mark><mark><span class="unseen" title="space">␣</span></mark></bdi></span>',
        ),
    ],
)
def test_a_value_is_shown_with_what_differs_marked(shown, html):
    assert value(shown) == html


def test_a_figure_is_followed_by_its_unit():
    assert value(show(8), "GB") == '<span class="val"><bdi>8</bdi> <span class="q">GB</span></span>'


def test_a_clipped_value_can_be_unfolded():
    html = value(show("x" * 1000))

    assert "<details" in html
    assert "All 1,000 characters" in html
    assert "x" * 1000 in html


def test_of_a_huge_value_the_page_says_how_much_is_left_out():
    assert "… and 92,000 more: open the field to read them." in value(show("x" * 100_000))


def test_a_path_tells_labels_from_names():
    field = Field("trained_model", "/x", (Part("Output"), Part("<i>", name=True)), "")

    assert path(field) == 'Output\u00a0› <bdi class="nm">&lt;i&gt;</bdi>'


@pytest.mark.parametrize(("number", "text"), [(2.0, "+2.0"), (-6.5, "−6.5"), (0, "+0.0"), (1e20, "+1e+20")])
def test_differences_carry_their_sign(number, text):
    assert signed(number, 1) == text


def test_figures_of_one_table_have_the_same_decimals():
    assert [figure(number, 2) for number in (1, 2.5, 3.25)] == ["1.00", "2.50", "3.25"]


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (None, ""),
        (0.004, "0.1 s"),
        (3.14, "3.1 s"),
        (42.4, "42 s"),
        (125, "2 min 5 s"),
        (3599.9, "59 min 59 s"),
    ],
)
def test_durations_are_short(duration, text):
    assert seconds(duration) == text
