"""The Git repository of a project, through the API: linked, synced, taken away, and nothing secret told."""

from __future__ import annotations

import shutil

import pytest

from descriptors.repositories.models import Repository
from descriptors.repositories.services.execute_sync import execute_sync
from descriptors.repositories.services.start_sync import start_sync
from tec.audit.models import Event
from tec.projects.models import Role
from tec.sealing import unseal
from tests.api import Api, problem_of
from tests.descriptors.repositories.conftest import document, link, upstream  # noqa: F401  fixtures
from tests.factories import make_member, make_project, make_revision, make_user

pytestmark = pytest.mark.django_db

LINK = {"url": "https://git.example.org/team/repo.git", "branch": "main", "path": "docs"}
TOKEN = LINK | {"credential": "token", "token": "very-secret-token", "username": "ana"}


@pytest.fixture
def owner():
    return make_user()


@pytest.fixture
def project(owner):
    return make_project(owner=owner)


def test_a_project_is_linked_changed_and_unlinked_and_its_token_told_to_nobody(owner, project):
    api, at = Api(owner), f"projects/{project.slug}/repository/"
    problem_of(api.get(at), 404)
    problem_of(api.post(f"{at}syncs/"), 404)

    made = api.put(at, TOKEN)
    assert made.status_code == 201
    told = made.json()
    assert (told["url"], told["credential"], told["every"], told["linked_by"]) == (
        LINK["url"],
        "token",
        60,
        owner.username,
    )
    kept = Repository.objects.get(project=project)
    assert unseal(kept.token) == "very-secret-token"

    changes = LINK | {"credential": "keep", "every": 0, "check_after": False}
    problem_of(api.put(at, changes), 428)
    changed = api.put(at, changes, if_match=made["ETag"])
    assert (changed.status_code, changed.json()["every"], changed.json()["credential"]) == (200, 0, "token")
    assert unseal(Repository.objects.get().token) == "very-secret-token"
    stale = api.put(at, LINK | {"credential": "none"}, if_match=made["ETag"])
    assert problem_of(stale, 412)["since"][0]["changes"] == {
        "every": [60, 0],
        "check_after": [True, False],
    }
    assert stale["ETag"] == changed["ETag"]
    for answer in (made, changed, stale, api.get(at)):
        assert b"very-secret-token" not in answer.content
        assert kept.token.encode() not in answer.content
        assert kept.hook.encode() not in answer.content

    assert api.delete(at).status_code == 204
    assert not Repository.objects.exists()


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="makes a key")
def test_of_a_key_only_the_public_half_is_told(owner, project):
    told = Api(owner).put(
        f"projects/{project.slug}/repository/",
        {"url": "git@git.example.org:team/repo.git", "credential": "made"},
    )

    assert told.json()["public_key"].startswith("ssh-")
    assert b"PRIVATE" not in told.content


@pytest.mark.parametrize(
    ("over", "pointer"),
    [
        ({"url": "ext::sh -c id"}, "/url"),
        ({"url": "https://169.254.169.254/latest"}, "/url"),
        ({"path": "../.."}, "/path"),
        ({"branch": "--upload-pack=x"}, "/branch"),
        ({"every": 7}, "/every"),
        ({"credential": "keep"}, "/credential"),
        ({"token": ""}, "/token"),
        ({"credential": "key"}, "/credential"),
        ({"secret": "x"}, "/secret"),
    ],
)
def test_what_the_page_refuses_is_refused(owner, project, over, pointer):
    problem = problem_of(Api(owner).put(f"projects/{project.slug}/repository/", TOKEN | over), 400)

    assert pointer in {fault["pointer"] for fault in problem["errors"]}
    assert not Repository.objects.exists()


def test_a_token_is_not_taken_along_to_another_address(owner, project):
    api, at = Api(owner), f"projects/{project.slug}/repository/"
    api.put(at, TOKEN)

    moved = TOKEN | {"url": "https://elsewhere.example.org/r.git", "credential": "keep", "token": ""}
    problem = problem_of(api.put(at, moved), 400)

    assert problem["errors"][0]["pointer"] == "/credential"
    assert Repository.objects.get().url == LINK["url"]


def test_a_sync_is_started_followed_and_tells_what_it_brought(link, upstream):  # noqa: F811
    upstream.commit({"raw_data.json": document(data_rights="ours"), "trained_model.json": "{"})
    repository = link()
    api = Api(make_member(repository.project, Role.OPERATOR))
    at = f"projects/{repository.project.slug}/repository/syncs/"

    started = api.post(at)
    assert (started.status_code, started["Location"]) == (202, f"/api/{at}1/")
    assert api.post(at).json()["number"] == 1  # the same, which still waits
    assert api.get(started["Location"]).json()["files"] == []

    execute_sync(sync_id=repository.syncs.get().pk)
    told = api.get(started["Location"]).json()
    assert (told["state"], told["history"]) == ("done", "first")
    files = {each["descriptor"]: each for each in told["files"]}
    assert (files["raw_data"]["result"], files["raw_data"]["revision"]) == ("saved", 1)
    assert files["trained_model"]["result"] == "refused"
    assert files["trained_model"]["message"]
    assert [each["number"] for each in api.get(at).json()["results"]] == [1]
    documents = api.get(f"projects/{repository.project.slug}/repository/").json()["documents"]
    assert {each["descriptor"]: each["result"] for each in documents} == {
        "raw_data": "same",
        "trained_model": "refused",
    }


@pytest.fixture
def apart(link, upstream):  # noqa: F811
    """A linked project whose raw data says one thing in TEC and another in Git."""
    repository = link()
    upstream.commit({"raw_data.json": document(data_rights="agreed")})
    execute_sync(sync_id=start_sync(repository=repository, by=None).pk)
    make_revision(repository.project, "raw_data", body={"version": "1.2", "data_rights": "ours"})
    upstream.commit({"raw_data.json": document(data_rights="theirs")})
    execute_sync(sync_id=start_sync(repository=repository, by=None).pk)
    return repository


@pytest.mark.parametrize(("take", "says", "result"), [("git", "theirs", "same"), ("tec", "ours", "ahead")])
def test_a_difference_is_read_and_settled(apart, take, says, result):
    api = Api(make_member(apart.project, Role.OWNER))
    at = f"projects/{apart.project.slug}/repository/differences/raw_data/"

    told = api.get(at).json()
    assert (told["file"], told["revision"], told["document"]["data_rights"]) == ("raw_data.json", 2, "theirs")
    assert told["commit"] == apart.syncs.first().commit
    assert [(each["was"], each["now"]) for each in told["changes"]] == [("ours", "theirs")]

    choice = {"take": take, "revision": told["revision"], "offered": told["offered"]}
    settled = api.post(at, choice)

    assert (settled.status_code, settled.json()["result"], settled.json()["choice"]) == (200, result, False)
    assert apart.project.documents.get(descriptor="raw_data").head.body["data_rights"] == says
    assert Event.objects.filter(verb="difference.settled", facts_text__contains=take).count() == 1
    problem_of(api.get(at), 404)
    problem_of(api.post(at, choice), 404)


def test_a_choice_about_an_older_state_is_refused(apart):
    api = Api(make_member(apart.project, Role.OWNER))
    at = f"projects/{apart.project.slug}/repository/differences/raw_data/"
    told = api.get(at).json()
    make_revision(apart.project, "raw_data", body={"version": "1.2", "data_rights": "newest"})

    problem_of(api.post(at, {"take": "git", "revision": 2, "offered": told["offered"]}), 409)
    problem_of(api.post(at, {"take": "tec", "revision": 3, "offered": "0" * 64}), 409)

    assert apart.project.documents.get(descriptor="raw_data").head.body["data_rights"] == "newest"


def test_the_webhook_gets_a_secret_told_once_and_is_taken_away(owner, project):
    api, at = Api(owner), f"projects/{project.slug}/repository/"
    problem_of(api.post(f"{at}webhook/"), 404)
    api.put(at, LINK | {"credential": "none"})

    first, second = api.post(f"{at}webhook/").json(), api.post(f"{at}webhook/").json()
    kept = Repository.objects.get()
    assert unseal(kept.hook_secret) == second["secret"] != first["secret"]
    assert second["address"].endswith(f"/hooks/git/{kept.hook}/")
    assert second["address"] != first["address"]
    shown = api.get(at)
    assert shown.json()["webhook"] is True
    assert second["secret"].encode() not in shown.content

    assert api.delete(f"{at}webhook/").status_code == 204
    assert api.get(at).json()["webhook"] is False
    verbs = (
        Event.objects.filter(verb__startswith="repository.hook").order_by("id").values_list("verb", flat=True)
    )
    assert list(verbs) == ["repository.hook-renewed"] * 2 + ["repository.hook-removed"]


def test_the_key_of_an_ssh_server_is_forgotten(owner, project):
    api, at = Api(owner), f"projects/{project.slug}/repository/"
    api.put(at, LINK | {"credential": "none"})
    Repository.objects.update(host_key="git.example.org ssh-ed25519 AAAA")
    assert api.get(at).json()["host_key"] is True

    assert api.delete(f"{at}host-key/").status_code == 204

    assert api.get(at).json()["host_key"] is False
    assert Event.objects.filter(verb="repository.host-key-forgotten").exists()
