"""Documents in the API: read, save, clear, and nobody overwrites what they have not seen."""

from __future__ import annotations

import json

import pytest

from descriptors.models import Origin, Revision
from tec.audit.models import Event
from tests.api import Api, problem_of
from tests.examples import example
from tests.factories import make_member, make_project, make_revision, make_user

pytestmark = pytest.mark.django_db

BODY = {"version": "1.2", "task": "Score", "ml_goals": []}


@pytest.fixture
def owner():
    return make_user()


@pytest.fixture
def project(owner):
    return make_project(owner=owner)


@pytest.fixture
def api(owner):
    return Api(owner)


@pytest.fixture
def address(project):
    return f"projects/{project.slug}/descriptors/system_context/"


def test_a_document_is_read_as_it_was_saved(api, project, address):
    make_revision(project, body={"version": "1.2", "task": "B", "zzz": 1, "aaa": "Größe"})

    response = api.get(address)

    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["ETag"] == '"1"'
    assert list(response.json()) == ["version", "task", "zzz", "aaa"]
    assert "Größe" in response.content.decode()


def test_a_document_that_is_not_there_says_how_to_make_it(api, address):
    assert "PUT makes it" in problem_of(api.get(address), 404)["detail"]


def test_a_reader_who_has_it_already_is_told_so(api, project, address):
    make_revision(project)

    same = api.get(address, if_none_match='"1"')
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", '"1"')
    assert api.get(address, if_none_match='W/"1"').status_code == 304
    assert api.get(address, if_none_match='"2"').status_code == 200


def test_a_new_document_needs_no_header(api, project, address, owner):
    response = api.put(f"{address}?reason=First%20try", BODY)

    assert response.status_code == 201
    assert response["ETag"] == '"1"'
    assert response["Location"] == f"/api/{address}"
    saved = response.json()
    assert saved["changed"] is True
    assert saved["author"] == owner.username
    assert saved["reason"] == "First try"
    assert [each["severity"] for each in saved["problems"]].count("error") > 0  # kept all the same
    assert Revision.objects.get().origin == Origin.API
    event = Event.objects.filter(verb="document.saved").get()
    assert (event.actor, event.facts["origin"]) == (owner.username, "api")


def test_a_change_names_what_it_started_from(api, project, address):
    make_revision(project)

    problem = problem_of(api.put(address, BODY), 428)
    assert "If-Match" in problem["detail"]
    assert Revision.objects.count() == 1

    response = api.put(address, BODY, if_match='"1"')
    assert (response.status_code, response["ETag"]) == (200, '"2"')


def test_a_stale_change_is_refused_with_what_differs(api, project, address):
    make_revision(project, body={"version": "1.2", "task": "One"})
    make_revision(project, body={"version": "1.2", "task": "Two"})

    response = api.put(address, {"version": "1.2", "task": "Mine"}, if_match='"1"')

    problem = problem_of(response, 412)
    assert response["ETag"] == '"2"'
    assert problem["current"]["revision"] == 2
    assert problem["differences"] == [
        {"kind": "changed", "pointer": "/task", "label": "Task", "was": "Two", "now": "Mine"}
    ]
    assert Revision.objects.count() == 2


def test_the_same_content_again_makes_no_revision(api, project, address):
    api.put(address, BODY)

    again = api.put(address, BODY, if_match='"1"')
    repeated = api.put(address, BODY, if_match='"0"')  # the answer to the first one was lost

    assert [again.status_code, repeated.status_code] == [200, 200]
    assert again.json()["changed"] is False
    assert Revision.objects.count() == 1


@pytest.mark.parametrize(
    ("header", "status"),
    [('"1"', 200), ('W/"1"', 200), ('"7", "1"', 200), ("*", 200), ('"2"', 412), ('"x"', 412), ("1", 400)],
)
def test_if_match_in_all_its_forms(api, project, address, header, status):
    make_revision(project)

    assert api.put(address, BODY, if_match=header).status_code == status


def test_any_revision_does_not_mean_none(api, address):
    assert "Leave If-Match out" in problem_of(api.put(address, BODY, if_match="*"), 412)["detail"]


def test_only_making_a_new_one_can_be_asked_for(api, project, address):
    assert api.put(address, BODY, if_none_match="*").status_code == 201
    problem_of(api.put(address, {**BODY, "task": "B"}, if_none_match="*"), 412)


def test_clearing_needs_the_revision_and_keeps_the_history(api, project, address):
    make_revision(project)

    problem_of(api.delete(address), 428)
    problem_of(api.delete(address, if_match='"7"'), 412)
    assert api.delete(address, if_match='"1"').status_code == 204
    problem_of(api.get(address), 404)
    problem_of(api.delete(address, if_match='"2"'), 404)
    assert Revision.objects.count() == 2


def test_a_cleared_document_is_made_anew_without_a_header(api, project, address):
    make_revision(project)
    api.delete(address, if_match='"1"')

    response = api.put(address, BODY)

    assert (response.status_code, response["ETag"]) == (201, '"3"')


def test_a_document_that_others_use_is_not_cleared(api, project):
    for name, body in example("consumer-loan-default").items():
        make_revision(project, name, body)

    response = api.delete(f"projects/{project.slug}/descriptors/trained_model/", if_match='"1"')

    problem = problem_of(response, 409)
    assert problem["errors"]
    assert all("uses “" in fault["detail"] for fault in problem["errors"])


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b"[]", "a list"),
        (b"null", "null"),
        (b'"x"', "a text"),
        (b"{", "line 1"),
        (b'{"task": "x"}', "version"),
        (b'{"version": "9.9"}', "9.9"),
        (json.dumps(example("consumer-loan-default")["raw_data"]), "Raw Data"),
    ],
)
def test_what_is_no_such_document_is_refused(api, address, body, words):
    problem = problem_of(api.put(address, body), 400)

    assert words in problem["detail"]
    assert Revision.objects.count() == 0


def test_the_list_names_all_eight(api, project):
    make_revision(project, "raw_data")

    response = api.get(f"projects/{project.slug}/descriptors/")

    rows = response.json()["results"]
    assert [row["descriptor"] for row in rows][:2] == ["system_context", "raw_data"]
    assert [row["present"] for row in rows] == [False, True, *[False] * 6]
    assert response["ETag"] == '"raw_data=1"'


def test_who_may_what(project, address):
    make_revision(project, "system_context")
    reader = Api(make_member(project, "viewer"))

    assert reader.get(address).status_code == 200
    problem_of(reader.put(address, BODY, if_match='"1"'), 403)
    problem_of(reader.delete(address, if_match='"1"'), 403)
    for method in ("GET", "PUT", "DELETE"):
        problem_of(Api(make_user()).ask(method, address, BODY), 404)
        anonymous = Api().ask(method, address, BODY)
        problem_of(anonymous, 401)
        assert anonymous["WWW-Authenticate"].startswith("Bearer")
