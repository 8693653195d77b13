"""The past of documents: any two revisions, who last changed a field, a project as it was."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from descriptors.blame import begun, carried
from descriptors.models import Authorship, Document, Revision
from descriptors.services.keep_authorship import authorship_of
from descriptors.services.save_revision import restore_revision
from tec import strictjson
from tec.audit.models import Event
from tec.pointers import resolve
from tests.factories import make_member, make_project, make_revision, make_user

AT = "/projects/triage/descriptors/system_context/history/"
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def body(**over: Any) -> dict[str, Any]:
    return {
        "version": "1.2",
        "task": "Sort",
        "goals": [{"id": "G-1", "goal": "a"}, {"id": "G-2", "goal": "b"}],
        **over,
    }


@pytest.fixture
def owner(db):
    return make_user(username="ada")


@pytest.fixture
def project(owner):
    return make_project(owner=owner, name="Triage")


@pytest.fixture
def page(project, owner, client: Client):
    client.force_login(owner)

    def ask(path: str, status: int = 200) -> str:
        response = client.get(path)
        assert response.status_code == status, response.status_code
        return response.content.decode()

    return ask


# Who last changed a field


def lines(*bodies: Any) -> dict[str, int]:
    kept = begun(bodies[0], 1)
    for number, (old, new) in enumerate(pairwise(bodies), 2):
        kept = carried(kept, old, new, number)
    return kept


def test_what_stays_keeps_its_revision():
    kept = lines(body(), body(task="Rank"), body(task="Rank", note="x"))

    assert kept["/task"] == 2
    assert kept["/note"] == 3
    assert kept["/goals/0/goal"] == kept["/version"] == 1
    assert kept[""] == 3  # a key was added


def test_a_row_that_moves_takes_its_fields_along():
    one, two = body()["goals"]

    kept = lines(body(), body(goals=[{**one, "goal": "c"}, two]), body(goals=[two, {**one, "goal": "c"}]))

    assert kept["/goals/1/goal"] == 2
    assert kept["/goals/0/goal"] == kept["/goals/1/id"] == 1
    assert kept["/goals"] == 3  # the order


def test_what_changed_and_changed_back_was_changed_last_then():
    assert lines(body(), body(task="Rank"), body())["/task"] == 3


def test_a_new_row_is_new_in_every_field():
    assert lines(body(goals=[]), body())["/goals/1/id"] == 2


def test_a_number_that_becomes_a_text_was_changed():
    assert lines({"n": 1}, {"n": True})["/n"] == 2


def test_what_is_cleared_and_written_again_is_all_new():
    assert set(lines(body(), None, body()).values()) == {3}


scalars = st.sampled_from([None, 0, 1, True, "a", "b", ""])
rows = st.lists(st.fixed_dictionaries({"id": st.sampled_from("xyz"), "v": scalars}), max_size=3)
values = (
    st.fixed_dictionaries({}, optional={"a": scalars, "b": rows, "c": st.lists(scalars, max_size=3)})
    | scalars
)


def pointers(value: Any) -> set[str]:
    return set(begun(value, 1))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(values, min_size=1, max_size=4))
def test_every_value_has_a_revision_in_which_it_was_there(bodies):
    kept = lines(*bodies)

    assert kept.keys() == pointers(bodies[-1])
    assert all(1 <= number <= len(bodies) for number in kept.values())
    for at, number in kept.items():
        found = resolve(bodies[-1], at)
        if not isinstance(found, (dict, list)):
            there = {
                strictjson.canonical(resolve(bodies[number - 1], each))
                for each in pointers(bodies[number - 1])
            }
            assert strictjson.canonical(found) in there


@pytest.mark.django_db
def test_every_save_carries_along_who_changed_what(project, owner):
    make_revision(project, body=body())
    make_revision(project, body=body(task="Rank"), by=owner)

    kept = authorship_of(project, "system_context")

    assert (kept.number, kept.since, kept.lines["/task"], kept.lines["/version"]) == (2, 1, 2, 1)


@pytest.mark.django_db
def test_what_was_not_carried_along_is_caught_up_with(project):
    for number in range(5):
        make_revision(project, body=body(task=f"Task {number}"))
    Authorship.objects.all().delete()

    assert authorship_of(project, "system_context").lines["/task"] == 5
    assert authorship_of(project, "system_context").lines["/version"] == 1
    assert authorship_of(project, "raw_data") is None


def fill(document: Document, number: int) -> None:
    """So many more revisions, quickly; only the last ones differ."""
    first = document.revisions.count() + 1
    text = json.dumps(body())
    Revision.objects.bulk_create(
        [
            Revision(
                document=document,
                number=n,
                text=text,
                digest="-",
                created_at=NOON + timedelta(minutes=n),
                origin="form",
            )
            for n in range(first, first + number)
        ],
        batch_size=1000,
    )
    document.head = document.revisions.get(number=first + number - 1)
    document.save()


@pytest.mark.django_db
def test_ten_thousand_revisions_cost_as_many_questions_as_ten(project, page, client):
    def questions(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            page(path)
        return len(asked)

    paths = [
        AT,
        f"{AT}fields/",
        f"{AT}compare/?left=1&right=9",
        f"{AT}5/",
        "/projects/triage/history/",
        "/projects/triage/history/state/?at=2026-11-01T12:05",
        "/projects/triage/",
        "/projects/",
    ]
    make_revision(project, body=body())
    document = Document.objects.get()
    fill(document, 9)
    for path in paths:
        page(path)  # catches up with what was changed, and measures contents it has not met
    few = {path: questions(path) for path in paths}
    fill(document, 10_000)
    page(f"{AT}fields/")

    many = {path: questions(path) for path in paths}

    assert many == few
    assert max(many.values()) <= 30
    assert "revision 9910 or before" in page(f"{AT}fields/")


@pytest.mark.django_db
def test_the_page_says_who_changed_a_field_and_why(project, page):
    make_revision(project, body=body(), by=make_member(project, username="bob"))
    make_revision(project, body=body(task="Rank"), by=make_user(username="eve"), reason="Because <i>")

    text = page(f"{AT}fields/?field=/task")

    assert text.count('<th scope="row">') == 1
    assert "<bdi>eve</bdi>" in text
    assert "Because &lt;i&gt;" in text
    assert "<bdi>bob</bdi>" in page(f"{AT}fields/?field=/goals/0")


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["/nowhere", "x", "/goals/99", "/goals/0/~9", "%00"])
def test_a_field_that_is_not_there_is_said_so(project, page, field):
    make_revision(project, body=body())

    assert "There is no such field now" in page(f"{AT}fields/?field={field}")


@pytest.mark.django_db
def test_a_document_without_content_has_no_fields(project, page):
    assert "No content" in page(f"{AT}fields/")


# Any two revisions


@pytest.fixture
def three(project):
    make_revision(project, body=body())
    second = make_revision(project, body=body(task="Rank", goals=body()["goals"][::-1]))
    make_revision(project, body=body(task="Score"))
    return second


def test_any_two_revisions_are_compared_by_label_and_pointer(three, page):
    text = page(f"{AT}compare/?left=1&right=2")

    assert "<code>/task</code>" in text
    assert "moved" in text
    assert "2 differences" in text


def test_they_are_compared_in_either_direction(three, page):
    assert page(f"{AT}compare/?left=3&right=1").index("Score") < page(f"{AT}compare/?left=3&right=1").index(
        "Sort"
    )
    assert "one and the same revision" in page(f"{AT}compare/?left=2&right=2")
    assert "before the first" in page(f"{AT}compare/?left=0&right=2")


def test_without_a_choice_the_newest_are_compared(three, page):
    assert 'value="2"' in page(f"{AT}compare/")


@pytest.mark.parametrize(
    "query",
    ["left=1&right=4", "left=x&right=2", "left=-1&right=2", "left=1", "left=1&right=99999999999999999999"],
)
def test_a_revision_that_is_not_there_is_said_so(three, page, query):
    text = page(f"{AT}compare/?{query}", status=400)

    assert 'role="alert"' in text


# A project as it was


@pytest.fixture
def past(project):
    """Two documents over three days."""
    for day, descriptor, text in (
        (1, "system_context", "Sort"),
        (2, "raw_data", "x"),
        (3, "system_context", "Rank"),
    ):
        revision = make_revision(project, descriptor, {"version": "1.2", "task": text})
        Revision.objects.filter(pk=revision.pk).update(created_at=NOON + timedelta(days=day))
    return project


STATE = "/projects/triage/history/state/"


@pytest.mark.parametrize(
    ("at", "then"),
    [
        ("2026-11-01", {}),
        ("2026-11-02T11:59", {}),
        ("2026-11-02T12:00", {"system_context": "Sort"}),
        ("2026-11-03", {"system_context": "Sort", "raw_data": "x"}),
        ("2026-11-05", {"system_context": "Rank", "raw_data": "x"}),
        ("2026-11-04T13:00:00+02:00", {"system_context": "Sort", "raw_data": "x"}),
    ],
)
def test_a_project_is_given_as_it_was(past, page, client, at, then):
    response = client.get(f"{STATE}export/", {"at": at})

    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        files = {name.removesuffix(".json"): json.loads(archive.read(name)) for name in archive.namelist()}
    del files["project"]
    assert {name: document["task"] for name, document in files.items()} == then
    assert Event.objects.get(verb="project.state_exported").facts["revisions"] == dict.fromkeys(then, 1) | (
        {"system_context": 2} if then.get("system_context") == "Rank" else {}
    )


def test_the_page_shows_what_was_then_and_what_changed_since(past, page):
    text = page(f"{STATE}?at=2026-11-03")

    assert "As it was on 3 Nov 2026, 23:59 UTC" in text
    assert "compare/?left=1&amp;right=2" in text
    assert text.count("not started") == 6


def test_without_a_moment_the_page_asks_for_one(past, page):
    assert 'type="datetime-local"' in page(STATE)


@pytest.mark.parametrize("at", ["yesterday", "2026-13-01", "0000-00-00", "2026-11-01T99:00", "%00"])
def test_what_is_no_moment_is_refused(past, page, at):
    assert "no day and time" in page(f"{STATE}?at={at}", status=400) or at == "%00"
    page(f"{STATE}export/?at={at}", status=400)


def test_restoring_is_a_change_of_its_own(project, owner):
    first = make_revision(project, body=body())
    make_revision(project, body=body(task="Rank"))
    restore_revision(revision=first, by=owner, based_on=2)

    assert authorship_of(project, "system_context").lines["/task"] == 3
