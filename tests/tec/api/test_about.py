"""The API about itself: its OpenAPI document, the page about it, and who is asking."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import get_resolver

from tec.accounts.tokens import create_token
from tec.api.document import document, groups
from tests.api import Api, problem_of
from tests.factories import make_user
from tests.tec.routes import routes


def test_the_document_is_valid_and_nothing_in_it_is_guessed():
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=StringIO())


def test_every_route_is_in_the_document():
    written = {re.sub(r"\{(\w+)\}", "*", path) for path in document()["paths"]}
    there = {
        "/" + re.sub(r"<[^>]+>", "*", route.pattern) for route in routes() if route.pattern.startswith("api/")
    }

    assert there - written == {"/api/docs/"}  # a page
    assert get_resolver().url_patterns


def test_every_operation_says_what_it_does_and_how_it_may_refuse():
    for path, methods in document()["paths"].items():
        for method, what in methods.items():
            assert what["summary"], path
            assert {"400", "406", "429", "500", "503"} <= what["responses"].keys(), path
            if "{slug}" in path:
                assert what["x-right"], path
                assert {"401", "404"} <= what["responses"].keys(), path
            for parameter in what.get("parameters", ()):
                assert parameter.get("description"), (path, method, parameter["name"])


@pytest.mark.django_db
def test_anybody_may_read_what_holds_no_project():
    api = Api()

    assert api.get("schema/").json()["openapi"].startswith("3.")
    page = api.client.get("/api/docs/")
    assert page.status_code == 200
    text = page.content.decode()
    for group in groups():
        for entry in group.entries:
            assert f'id="{entry.id}"' in text
    assert "<script" not in text.partition("</head>")[2]
    assert "style=" not in text


@pytest.mark.django_db
def test_who_is_asking():
    user = make_user(first_name="Ana", last_name="Ng")

    assert Api(user).get("me/").json() == {
        "username": user.username,
        "name": "Ana Ng",
        "email": "",
        "admin": False,
        "token": None,
    }
    problem_of(Api().get("me/"), 401)


@pytest.mark.django_db
def test_a_token_is_a_way_in_and_may_only_read():
    user = make_user()
    _, raw = create_token(user=user, name="build", days=1, writes=False)
    _, writing = create_token(user=user, name="push", days=1, writes=True)
    project = {"name": "Loans", "description": "Who pays back.", "point_of_contact": "Ana"}

    me = Api().get("me/", authorization=f"Bearer {raw}").json()
    assert (me["username"], me["token"]["name"], me["token"]["writes"]) == (user.username, "build", False)
    problem = problem_of(Api().post("projects/", project, authorization=f"Bearer {raw}"), 403)
    assert "only read" in problem["detail"]
    assert Api().post("projects/", project, authorization=f"Bearer {writing}").status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["Bearer x", "Bearer ", "Bearer tec_" + "x" * 43, "Bearer \u00fc"])
def test_a_token_that_does_not_work_is_401_and_not_repeated(header):
    response = Api().get("me/", authorization=header)

    problem = problem_of(response, 401)
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert "xxxx" not in problem["detail"]
