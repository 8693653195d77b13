"""Writing down what happened: where from, what never, and in which order."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tec.audit import where
from tec.audit.middleware import WhereMiddleware
from tec.audit.models import SEALED, Chain, Event
from tec.audit.record import record
from tec.celery import app
from tests.factories import make_project, make_user
from tests.races import at_once


def asked(path="/", **meta):
    """Where a request of that kind comes from."""
    seen = []

    def view(request):
        seen.append(where.current())
        return HttpResponse()

    WhereMiddleware(view)(RequestFactory().get(path, **meta))
    return seen[0]


def test_a_page_is_asked_for_from_an_address():
    assert asked(REMOTE_ADDR="192.0.2.7") == where.Where("web", "192.0.2.7")


def test_what_comes_in_below_api_comes_over_the_api():
    assert asked("/api/projects/", REMOTE_ADDR="2001:DB8::7") == where.Where("api", "2001:db8::7")


def test_nobody_is_believed_about_their_address_but_the_server():
    assert asked(REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR="198.51.100.1").address == "192.0.2.7"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("192.0.2.7:4711", "192.0.2.7"),
        ("[2001:db8::7]:4711", "2001:db8::7"),
        ("fe80::1%eth0", "fe80::1"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("unknown", ""),
        ("<script>", ""),
    ],
)
def test_an_address_has_one_spelling(text, address):
    assert where.plain_address(text) == address


def test_after_a_request_nothing_is_left_of_it():
    asked(REMOTE_ADDR="192.0.2.7")

    assert where.current() == where.Where("command")


def test_a_token_belongs_to_the_request_it_came_with():
    with where.doing("api", address="192.0.2.7"):
        where.with_token("build server")
        assert where.current() == where.Where("api", "192.0.2.7", "build server")
    assert where.current().token == ""


@pytest.mark.django_db
def test_what_a_task_does_is_done_by_a_worker():
    @app.task(name="tests.records")
    def records() -> None:
        record("test.done")

    records.apply()
    record("test.done_after")

    assert list(Event.objects.order_by("number").values_list("channel", flat=True)) == ["worker", "command"]


@pytest.mark.django_db
def test_a_page_that_changes_something_leaves_who_what_and_where(client: Client):
    user = make_user(username="ada")
    client.force_login(user)

    client.post(
        "/projects/new/",
        {"name": "Churn", "description": "Who leaves.", "point_of_contact": "PO"},
        REMOTE_ADDR="192.0.2.7",
    )

    event = Event.objects.get(verb="project.created")
    assert (event.actor, event.actor_id) == ("ada", user.pk)
    assert (event.channel, event.address, event.token) == ("web", "192.0.2.7", "")


@pytest.mark.django_db
def test_long_values_are_cut_and_odd_ones_stored():
    facts = {
        "text": "x" * 9000,
        "list": list(range(999)),
        "nul": "a\0b",
        "half": "\ud800",
        "odd": float("nan"),
    }

    event = record("test.done", target="t" * 300 + "\0", **facts)

    kept = Event.objects.get(pk=event.pk)
    assert len(kept.facts["text"]) == 500
    assert len(kept.facts["list"]) == 50
    assert (kept.facts["nul"], kept.facts["half"], kept.facts["odd"]) == ("a\ufffdb", "?", "nan")
    assert len(kept.target) == 200


@pytest.mark.django_db
def test_secrets_are_not_written_down():
    event = record(
        "test.done",
        password="hunter2",
        changes={"client_secret": ["old", "new"], "url": ["", "https://ada:hunter2@git.example.org/x"]},
    )

    assert "hunter2" not in event.facts_text
    assert event.facts["password"] == "(not recorded)"
    assert event.facts["changes"] == {
        "client_secret": "(not recorded)",
        "url": ["", "https://git.example.org/x"],
    }


@pytest.mark.django_db
def test_the_site_knows_which_logs_were_begun():
    project = make_project()

    assert Event.objects.get(verb="audit.opened").target == f"project:{project.pk}"


def test_every_column_but_the_hash_is_sealed():
    assert {field.attname for field in Event._meta.concrete_fields} == {*SEALED, "hash"}


@pytest.mark.django_db(transaction=True)
def test_entries_that_are_made_at_once_stand_one_after_the_other():
    project = SimpleNamespace(pk=7, slug="churn")

    at_once(lambda: record("test.done", project=project), times=8)

    numbers = list(
        Event.objects.filter(chain="project:7").order_by("number").values_list("number", flat=True)
    )
    assert numbers == list(range(1, 9))
    assert Chain.objects.get(name="project:7").number == 8
