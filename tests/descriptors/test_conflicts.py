"""Whoever saves on top of somebody else's save is told so, sees the difference, and changes nothing.

The same of the forms is in tests/descriptors/editor, of suggested fixes in tests/mismatch/test_fit_pages.py.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from descriptors.models import Revision
from tec import strictjson
from tests.factories import make_project, make_revision, make_user

pytestmark = pytest.mark.django_db
AT = "/projects/triage/descriptors/system_context/"
MINE = {"version": "1.2", "task": "Rank what we mean"}


@pytest.fixture
def client() -> Client:
    """Somebody who looked at revision 1; another one has saved revision 2 since."""
    owner = make_user()
    project = make_project(owner=owner, name="Triage")
    make_revision(project, body={"version": "1.2", "task": "Sort"})
    make_revision(project, body={"version": "1.2", "task": "Score by somebody else"})
    client = Client()
    client.force_login(owner)
    return client


def file(content: Any, name: str = "system_context.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, strictjson.dumps(content).encode())


WRITES = {
    "the JSON page": ("json/", {"text": json.dumps(MINE)}, ["Score by somebody else", "Rank what we mean"]),
    "an import": ("import/", {"text": json.dumps(MINE)}, ["Score by somebody else", "Rank what we mean"]),
    "clearing": ("clear/", {}, ["Sort", "Score by somebody else"]),
    "restoring": ("history/1/restore/", {}, ["Score by somebody else", "Sort"]),
}


@pytest.mark.parametrize(("path", "sent", "shown"), WRITES.values(), ids=WRITES)
def test_a_stale_write_is_refused_with_the_difference(client, path, sent, shown):
    response = client.post(f"{AT}{path}", {"based_on": 1, **sent})

    text = response.content.decode()
    assert response.status_code == 409
    assert all(f">{part}<" in text or part in text for part in shown)
    assert Revision.objects.count() == 2
    assert "revision 2" in text


@pytest.mark.parametrize("path", [*WRITES])
def test_having_seen_it_one_may_go_on(client, path):
    where, sent, _ = WRITES[path]

    response = client.post(f"{AT}{where}", {"based_on": 2, **sent})

    assert response.status_code == 302
    assert Revision.objects.count() == 3


@pytest.mark.parametrize("where", ["clear/", "import/", "json/"])
def test_the_page_that_shows_the_difference_goes_on_from_the_newest(client, where):
    sent = {"text": json.dumps(MINE)} if where != "clear/" else {}

    text = client.post(f"{AT}{where}", {"based_on": 1, **sent}).content.decode()

    assert '<input type="hidden" name="based_on" value="2">' in text


def test_a_whole_project_is_imported_only_onto_what_was_seen(client):
    bundle = file({"system_context": MINE}, "bundle.json")

    response = client.post("/projects/triage/import/", {"file": bundle, "seen": '{"system_context": 1}'})

    text = response.content.decode()
    assert response.status_code == 409
    assert "Score by somebody else" in text
    assert Revision.objects.count() == 2


@pytest.mark.parametrize("based_on", ["", "x", "-1", "99999999999"])
@pytest.mark.parametrize("path", ["json/", "clear/", "history/1/restore/"])
def test_without_a_base_nothing_is_saved(client, path, based_on):
    response = client.post(f"{AT}{path}", {"based_on": based_on, "text": json.dumps(MINE)})

    assert response.status_code < 500
    assert Revision.objects.count() == 2
