"""The small parts of every page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import RequestFactory

from tec.templatetags import tec_ui

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("name", tec_ui.WORDS)
def test_a_severity_is_a_colour_a_shape_and_a_word(name):
    shown = tec_ui.severity(name)

    assert f'class="sev {name}"' in shown
    assert f'href="#i-{name}"' in shown
    assert tec_ui.WORDS[name] in shown


def test_a_count_keeps_the_word_for_screen_readers():
    assert tec_ui.severity("major", 3, word=False).endswith(
        '3<span class="visually-hidden"> major</span></span>'
    )
    assert tec_ui.severity("major", 3).endswith("3 major</span>")


def test_a_tally_is_worst_first_and_leaves_zeroes_out():
    shown = tec_ui.tally({"minor": 1, "critical": 2, "major": 0})

    assert shown.index("critical") < shown.index("minor")
    assert "major" not in shown


@pytest.mark.parametrize("counts", [None, {}, {"major": 0}])
def test_a_tally_of_nothing_says_none(counts):
    assert "none" in tec_ui.tally(counts)


def test_zero_is_a_dot_for_the_eye_and_a_number_for_the_ear():
    assert '<span class="visually-hidden">0</span>' in tec_ui.count_of({"major": 0}, "major")


@pytest.mark.parametrize(
    ("filled", "total", "absent", "kind", "said"),
    [
        (8, 8, False, "m-full", "8 of 8"),
        (5, 8, False, "m-fill", "5 of 8"),
        (0, 8, False, "m-fill", "0 of 8"),
        (0, 0, False, "m-full", "0 of 0"),
        (0, 8, True, "m-none", "0 of 8"),
    ],
)
def test_a_meter_is_green_only_when_full_and_dashed_without_a_document(filled, total, absent, kind, said):
    shown = tec_ui.meter(filled, total, absent=absent)

    assert f'class="{kind}"' in shown
    assert said in shown


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=5), "5\xa0minutes ago"),
        (timedelta(hours=3, minutes=59), "3\xa0hours ago"),
        (timedelta(days=6), "6\xa0days ago"),
        (timedelta(days=8), "24 Feb 2026"),
        (timedelta(seconds=-30), "just now"),
    ],
)
def test_a_time_is_said_as_people_say_it_with_the_exact_one_at_hand(ago, said):
    with time_machine.travel(NOW, tick=False):
        shown = tec_ui.when(NOW - ago)

    assert f">{said}</time>" in shown
    assert f'datetime="{(NOW - ago).isoformat()}"' in shown
    assert "UTC" in shown


def test_no_time_is_never():
    assert tec_ui.when(None) == "never"


@pytest.mark.django_db
def test_a_person_goes_by_the_full_name():
    assert tec_ui.person(User(username="ana", first_name="Ana", last_name="Pereira")) == "Ana Pereira"
    assert tec_ui.person(User(username="ana")) == "ana"
    assert tec_ui.person(None) == "the system"


def test_of_many_people_two_are_named():
    shown = tec_ui.people([User(username=name) for name in ("ana", "<b>", "kim", "lee")])

    assert "<bdi>ana</bdi>, <bdi>&lt;b&gt;</bdi>" in shown
    assert 'title="kim, lee"' in shown
    assert "and 2 more" in shown


def test_words_between_backticks_are_code_and_all_else_is_escaped():
    assert tec_ui.ticks("`a<b` & `c`") == "<code>a&lt;b</code> &amp; <code>c</code>"


@pytest.mark.parametrize(
    ("path", "marked"),
    [("/rules/", ' aria-current="page"'), ("/rules/x/", ' aria-current="true"'), ("/", "")],
)
def test_the_navigation_knows_where_it_is(path, marked):
    assert tec_ui.here({"request": SimpleNamespace(path=path)}, "/rules/") == marked


def test_another_page_of_a_list_keeps_the_rest_of_the_address():
    request = RequestFactory().get("/x/?q=%C3%A4%26b&page=2&goals=4")

    assert tec_ui.page_href({"request": request}, 3) == "?q=%C3%A4%26b&page=3&goals=4"
    of_goals = {"request": request, "list_name": "goals", "list_anchor": "h-goals"}
    assert tec_ui.page_href(of_goals, 5) == "?q=%C3%A4%26b&page=2&goals=5#h-goals"


def test_the_navigation_works_without_a_request():
    assert tec_ui.here({}, "/rules/") == ""
    assert tec_ui.theme({}) == ""
    assert tec_ui.exactly({}, "resources") == ""


@pytest.mark.parametrize("level", ["debug", "info", "success", "warning", "error"])
def test_every_message_has_a_glyph(level):
    assert tec_ui.message_icon(level) in {*tec_ui.WORDS}
