"""Every refusal of the API has one shape and says what to do; hostile input is one more refusal."""

from __future__ import annotations

import json

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import override_settings

from descriptors.models import Revision
from tec.api import throttling
from tec.projects.models import ProjectQuerySet
from tests.api import Api, problem_of
from tests.factories import make_project, make_revision, make_user
from tests.hostile import json_texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make_user()


@pytest.fixture
def project(owner):
    return make_project(owner=owner)


@pytest.fixture
def api(owner):
    return Api(owner, raise_request_exception=False)


@pytest.mark.parametrize("path", ["nothing/", "projects", "projects/%00/", "projects/x/y/", "../api/x"])
def test_an_address_that_is_none(api, path):
    problem_of(api.get(path), 404)


def test_a_missing_slash_is_named(api):
    assert "end with a slash" in problem_of(api.post("projects", {}), 404)["detail"]


@pytest.mark.parametrize("method", ["DELETE", "PATCH", "OPTIONS", "TRACE", "PUT"])
def test_a_method_that_does_nothing_here(api, method):
    response = api.ask(method, "projects/")

    assert "GET" in problem_of(response, 405)["detail"]
    assert "POST" in response["Allow"]


@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "application/xml",
        "x",
    ],
)
def test_other_bodies_than_json_are_not_taken(api, project, kind):
    problem = problem_of(api.post("projects/", b"name=x", kind=kind), 415)
    assert "application/json" in problem["detail"]
    address = f"projects/{project.slug}/descriptors/raw_data/"
    problem_of(api.put(address, b"body=null", kind=kind), 415)
    assert Revision.objects.count() == 0


def test_other_answers_than_json_are_not_given(api):
    assert "application/json" in problem_of(api.get("projects/", accept="text/html"), 406)["detail"]


def test_changes_in_a_session_come_from_a_page_of_this_site(owner):
    api = Api(owner, enforce_csrf_checks=True)

    problem = problem_of(api.post("projects/", {}), 403)
    assert "X-CSRFToken" in problem["detail"]
    assert api.get("projects/").status_code == 200


@pytest.mark.parametrize("hostile", json_texts.REFUSED, ids=lambda each: each.id)
def test_hostile_json_is_refused_and_nothing_is_kept(api, project, hostile):
    status = 413 if hostile.code == "too_large" else 400

    saved = problem_of(api.put(f"projects/{project.slug}/descriptors/raw_data/", hostile.data), status)
    imported = problem_of(api.post(f"projects/{project.slug}/import/", hostile.data), status)

    for problem in (saved, imported) if status == 400 and hostile.data else ():
        assert all(word in problem["detail"] for word in hostile.words)
        assert problem["code"] == hostile.code
    assert Revision.objects.count() == 0


@pytest.mark.parametrize("size", [5_000_001, 20_000_000, 30_000_000])
def test_a_body_that_is_too_large(api, project, size):
    problem_of(api.put(f"projects/{project.slug}/descriptors/raw_data/", b" " * size), 413)


def test_a_body_that_says_it_is_larger_is_refused_unread(api, project):
    response = api.client.generic(
        "POST",
        f"/api/projects/{project.slug}/import/",
        b"PK",
        "application/zip",
        CONTENT_LENGTH="99999999999",
    )
    problem_of(response, 413)


@pytest.mark.parametrize(
    "value", ["\u0000", "a\u0000b", "\ud800", "   ", "\u200b", "x" * 201, 7, None, True, [], {}], ids=repr
)
def test_a_name_that_cannot_be_kept(api, value):
    body = {"name": value, "description": "d", "point_of_contact": "p"}

    problem = problem_of(api.post("projects/", json.dumps(body)), 400)

    assert {fault["pointer"] for fault in problem["errors"]} == {"/name"}


@pytest.mark.parametrize(
    "query", ["q=%00", "q=" + "x" * 201, "show=none", "page=99999999999", "a=1&a=2", "q=a&q=b"]
)
def test_parameters_that_make_no_sense(api, query):
    problem = problem_of(api.get(f"projects/?{query}"), 400)

    assert all(fault["parameter"] for fault in problem["errors"])


@override_settings(API_LIMITS={"read": 3, "write": 1, "heavy": 1, "anonymous": 2})
def test_who_asks_too_often_is_told_when_to_come_again(api, monkeypatch):
    cache.clear()
    monkeypatch.setattr(throttling.time, "time", lambda: 1_000_000_020.0)
    assert [api.get("projects/").status_code for _ in range(3)] == [200] * 3

    response = api.get("projects/")
    problem_of(response, 429)
    assert 1 <= int(response["Retry-After"]) <= 61
    assert Api(make_user()).get("projects/").status_code == 200  # others are not concerned
    assert [Api().get("rules/").status_code for _ in range(3)] == [200, 200, 429]
    monkeypatch.setattr(throttling.time, "time", lambda: 1_000_000_090.0)
    assert api.get("projects/").status_code == 200
    cache.clear()


@override_settings(API_LIMITS={"read": 0, "write": 0, "heavy": 0, "anonymous": 0})
def test_a_cache_that_is_away_locks_nobody_out(api, monkeypatch):
    def away(*args, **kwargs):
        raise ConnectionError("no cache")

    monkeypatch.setattr(throttling.cache, "add", away)
    assert api.get("projects/").status_code == 200


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError("gone"), 503), (ZeroDivisionError("secret"), 500)]
)
def test_what_breaks_inside_is_told_without_its_inside(api, monkeypatch, error, status):
    def fail(self, user):
        raise error

    monkeypatch.setattr(ProjectQuerySet, "visible_to", fail)

    response = api.get("projects/")
    problem_of(response, status)
    assert str(error).encode() not in response.content
    assert response.has_header("Retry-After") == (status == 503)


def test_nothing_that_belongs_to_an_account_is_kept_by_caches(api, project):
    make_revision(project)

    assert api.get("projects/")["Cache-Control"] == "no-store"
    assert (
        api.get(f"projects/{project.slug}/descriptors/system_context/")["Cache-Control"]
        == "private, no-cache"
    )
    assert api.get("nothing/")["Cache-Control"] == "no-store"
