"""Members, invitations and rights through the API, and the projects themselves."""

from __future__ import annotations

import pytest

from tec.audit.models import Event
from tec.projects.api import members
from tec.projects.models import Project
from tec.projects.services.change_members import lock
from tests.api import Api, problem_of
from tests.factories import make_member, make_project, make_revision, make_user

pytestmark = pytest.mark.django_db

TEXTS = {"name": "Credit scoring", "description": "Who pays back.", "point_of_contact": "Ana Ng"}


@pytest.fixture
def owner():
    return make_user()


@pytest.fixture
def project(owner):
    return make_project(owner=owner)


@pytest.fixture
def api(owner):
    return Api(owner)


def test_the_texts_of_a_project_are_not_overwritten_unseen(api, owner):
    api.post("projects/", TEXTS)
    at = "projects/credit-scoring/"
    first = api.get(at)["ETag"]
    api.patch(at, {"name": "Scoring"}, if_match=first)

    blind = problem_of(api.patch(at, {"description": "X"}), 428)
    assert "If-Match" in blind["detail"]
    stale = api.patch(at, {"description": "X"}, if_match=first)
    assert problem_of(stale, 412)["since"][0]["changes"] == {"name": ["Credit scoring", "Scoring"]}
    assert stale["ETag"] == api.get(at)["ETag"] != first

    assert api.patch(at, {"name": "Scoring"}, if_match=first).status_code == 200  # says so already
    assert api.patch(at, {"description": "X"}, if_match=stale["ETag"]).json()["name"] == "Scoring"
    assert api.patch(at, {"description": "Y"}, if_match="*").json()["description"] == "Y"


def test_a_project_is_made_changed_archived_restored_and_deleted(api, owner):
    made = api.post("projects/", TEXTS)
    assert made.status_code == 201
    assert made["Location"] == "/api/projects/credit-scoring/"

    first = api.get("projects/credit-scoring/")["ETag"]
    changed = api.patch("projects/credit-scoring/", {"name": "Scoring"}, if_match=first)
    assert (changed.json()["name"], changed.json()["description"]) == ("Scoring", "Who pays back.")
    assert api.post("projects/credit-scoring/archive/").json()["archived"] is True
    problem_of(api.patch("projects/credit-scoring/", {"name": "X"}, if_match=changed["ETag"]), 403)
    assert [each["slug"] for each in api.get("projects/").json()["results"]] == []
    assert api.get("projects/?show=archived").json()["count"] == 1
    assert api.post("projects/credit-scoring/restore/").json()["archived"] is False

    problem_of(api.delete("projects/credit-scoring/"), 400)
    wrong = problem_of(api.delete("projects/credit-scoring/?confirmation=Credit"), 400)
    assert "Scoring" in wrong["detail"]
    assert api.delete("projects/credit-scoring/?confirmation=Scoring").status_code == 204
    assert not Project.objects.exists()
    assert Event.objects.filter(verb="project.deleted", actor=owner.username).exists()


def test_projects_are_searched(api, owner):
    make_project(owner=owner, name="Loans", description="Money")
    make_project(owner=owner, name="Triage", description="Health")
    make_project(name="Loans of others")

    assert [each["name"] for each in api.get("projects/?q=loans%20money").json()["results"]] == ["Loans"]
    assert api.get("projects/?q=nothing").json()["count"] == 0


def test_members_are_added_changed_and_removed(api, project):
    ana = make_user(username="ana@example.org")
    address = f"projects/{project.slug}/members/"

    assert api.post(address, {"username": "ana@example.org", "role": "viewer"}).status_code == 201
    assert [each["role"] for each in api.get(address).json()["results"]] == ["owner", "viewer"]
    problem_of(api.post(address, {"username": "ana@example.org", "role": "owner"}), 409)
    assert "Invite" in problem_of(api.post(address, {"username": "nobody", "role": "viewer"}), 400)["detail"]
    problem_of(api.post(address, {"username": "ana@example.org", "role": "king"}), 400)
    assert api.patch(f"{address}ana@example.org/", {"role": "operator"}).json()["role"] == "operator"
    assert Api(ana).get(f"projects/{project.slug}/").status_code == 200
    assert api.delete(f"{address}ana@example.org/").status_code == 204
    problem_of(Api(ana).get(f"projects/{project.slug}/"), 404)
    assert Event.objects.filter(verb__startswith="member.").count() == 3


def test_the_only_owner_stays(api, project, owner):
    problem_of(api.patch(f"projects/{project.slug}/members/{owner.username}/", {"role": "viewer"}), 409)
    problem_of(api.delete(f"projects/{project.slug}/members/{owner.username}/"), 409)


def test_everybody_may_leave_and_only_owners_send_away(project, owner):
    viewer = make_member(project, "viewer")
    api = Api(viewer)

    problem_of(api.delete(f"projects/{project.slug}/members/{owner.username}/"), 403)
    assert api.delete(f"projects/{project.slug}/members/{viewer.username}/").status_code == 204


def test_a_link_invites_once(api, project):
    address = f"projects/{project.slug}/invitations/"

    made = api.post(address, {"role": "reviewer", "note": "Bo"}).json()
    assert "/join/" in made["link"]
    [listed] = api.get(address).json()["results"]
    assert "link" not in listed
    assert api.delete(f"{address}{made['id']}/").status_code == 204
    assert api.get(address).json()["count"] == 0
    problem_of(Api(make_member(project, "viewer")).get(address), 403)


def test_who_edits_what_can_be_changed(api, project):
    make_revision(project, "raw_data", {"version": "1.2"})
    operator = Api(make_member(project, "operator"))
    body = {"version": "1.2", "data_sources": []}
    address = f"projects/{project.slug}/descriptors/raw_data/"
    problem_of(operator.put(address, body, if_match='"1"'), 403)

    rows = [{"descriptor": "raw_data", "teams": ["operator"]}]
    changed = api.patch(f"projects/{project.slug}/rights/", {"editors": rows}).json()

    assert [each["teams"] for each in changed["editors"] if each["descriptor"] == "raw_data"] == [
        ["operator"]
    ]
    assert operator.put(address, body, if_match='"1"').status_code == 200
    problem_of(operator.patch(f"projects/{project.slug}/rights/", {"editors": rows}), 403)
    problem_of(api.patch(f"projects/{project.slug}/rights/", {"editors": [{"descriptor": "x"}]}), 400)


def test_two_who_change_the_editors_of_different_documents_at_once_both_succeed(
    api, owner, project, monkeypatch
):
    def meanwhile(given: Project) -> Project:
        monkeypatch.undo()
        other = {"editors": [{"descriptor": "raw_data", "teams": ["operator"]}]}
        assert Api(owner).patch("projects/churn/rights/", other).status_code == 200
        return lock(given)

    monkeypatch.setattr(members, "lock", meanwhile)
    answer = api.patch("projects/churn/rights/", {"editors": [{"descriptor": "trained_model", "teams": []}]})

    now = {row["descriptor"]: row["teams"] for row in answer.json()["editors"]}
    assert (now["raw_data"], now["trained_model"]) == (["operator"], [])
