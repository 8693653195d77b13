"""The pages about a linked repository, and the webhook: what people see, may do, and never see again."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import shutil
import subprocess

import pytest
from django.test import Client
from django.urls import reverse

from descriptors.repositories import keys
from descriptors.repositories.models import FollowedDocument, Repository, Result, Sync
from descriptors.repositories.services.link_repository import renew_hook
from descriptors.repositories.services.start_sync import start_sync
from tec.audit.models import Event
from tec.projects.models import Role
from tec.work.models import State
from tests.descriptors.repositories.conftest import document
from tests.descriptors.repositories.test_syncs import synced
from tests.factories import make_member, make_project, make_revision, make_user

pytestmark = pytest.mark.django_db

FORM = {
    "url": "https://git.example.org/team/repo.git",
    "branch": "main",
    "path": "docs",
    "credential": "",
    "every": "60",
    "on_difference": "ask",
    "check_after": "on",
}


@pytest.fixture
def owner():
    return make_user()


@pytest.fixture
def browser(client, owner):
    client.force_login(owner)
    return client


@pytest.fixture
def project(owner):
    return make_project(owner=owner)


def at(project, name="repository", *more) -> str:
    return reverse(name, args=[project.slug, *more])


def test_an_owner_links_a_project_and_others_may_not(browser, project):
    assert b"Descriptors can live in Git" in browser.get(at(project)).content

    answer = browser.post(at(project, "repository-link"), FORM)

    assert answer.url == at(project)
    repository = Repository.objects.get(project=project)
    assert (repository.url, repository.path, repository.every) == (FORM["url"], "docs", 60)
    member = Client()
    member.force_login(make_member(project, Role.DATA_SCIENTIST))
    assert member.get(at(project, "repository-link")).status_code == 403
    assert b"Change the link" not in member.get(at(project)).content


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"url": ""}, "Give the address"),
        ({"url": "ext::sh -c id"}, "“ext” addresses are not accepted"),
        ({"url": "https://169.254.169.254/latest"}, "private address"),
        ({"url": "/etc"}, "Folders of this server are not accepted"),
        ({"branch": "--output=x"}, "is no name of a branch"),
        ({"path": "../x"}, "is no path"),
        ({"every": "7"}, "Select a valid choice"),
        ({"credential": "token"}, "Enter the token"),
        ({"credential": "made"}, "A key is for ssh addresses"),
        ({"credential": "token", "token": "x", "url": "git@git.example.org:r"}, "ssh wants a key"),
        ({"credential": "key", "key": "nonsense", "url": "git@git.example.org:r"}, "This is no private key"),
    ],
)
def test_what_cannot_be_linked_is_refused_in_words(browser, project, over, said):
    answer = browser.post(at(project, "repository-link"), {**FORM, **over})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Repository.objects.exists()


def test_no_secret_that_was_typed_comes_back(browser, project):
    typed = {
        **FORM,
        "credential": "token",
        "token": "glpat-verysecret",
        "key": "my-verysecret-key",
        "url": "https://bot:verysecret@git.example.org/r",
    }
    refused = browser.post(at(project, "repository-link"), typed)
    assert refused.status_code == 422
    assert b"verysecret" not in refused.content.replace(b"my-verysecret-key", b"")

    browser.post(at(project, "repository-link"), {**typed, "url": FORM["url"], "key": ""})
    for page in (at(project), at(project, "repository-link")):
        assert b"verysecret" not in browser.get(page).content


def test_a_key_that_tec_makes_shows_its_public_half_only(browser, project):
    browser.post(
        at(project, "repository-link"), {**FORM, "url": "git@git.example.org:r.git", "credential": "made"}
    )

    page = browser.get(at(project)).content.decode()

    assert "ssh-ed25519 AAAA" in page
    assert "PRIVATE KEY" not in page


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="needs the program ssh-keygen")
def test_a_key_with_a_passphrase_is_refused(browser, project, tmp_path):
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "word", "-f", str(tmp_path / "key")]
    subprocess.run(command, check=True)
    locked = (tmp_path / "key").read_text()
    typed = {**FORM, "url": "git@git.example.org:r", "credential": "key", "key": locked}
    assert "passphrase" in browser.post(at(project, "repository-link"), typed).content.decode()

    answer = browser.post(at(project, "repository-link"), {**typed, "key": keys.make().replace("\n", "\r\n")})
    assert answer.status_code == 302


def test_a_credential_is_kept_when_nothing_is_said_and_asked_for_anew_at_another_address(browser, project):
    browser.post(at(project, "repository-link"), {**FORM, "credential": "token", "token": "abc"})
    sealed = Repository.objects.get().token

    browser.post(
        at(project, "repository-link"), {**FORM, "credential": "keep", "path": "other", "version": 1}
    )
    assert Repository.objects.get().token == sealed

    moved = {**FORM, "credential": "keep", "url": "https://evil.example.org/r"}
    assert "not taken along" in browser.post(at(project, "repository-link"), moved).content.decode()
    assert Repository.objects.get().url == FORM["url"]


def test_the_log_says_what_was_changed_and_no_secret(browser, project):
    browser.post(at(project, "repository-link"), {**FORM, "credential": "token", "token": "very-secret"})
    anew = {**FORM, "credential": "token", "token": "newer-secret", "path": "other", "version": 1}
    browser.post(at(project, "repository-link"), anew)

    changed = Event.objects.get(verb="repository.changed")
    assert changed.facts == {
        "changes": {"path": ["docs", "other"], "access": ["token", "another token"]},
    }
    assert Event.objects.get(verb="repository.linked").facts["access"] == "token"
    assert not [event for event in Event.objects.all() if "-secret" in event.facts_text]


def test_saving_the_link_as_it_is_is_no_change(browser, project):
    browser.post(at(project, "repository-link"), FORM)
    browser.post(at(project, "repository-link"), FORM)

    assert not Event.objects.filter(verb="repository.changed").exists()
    assert Repository.objects.get().version == 1


def test_a_link_that_somebody_else_has_changed_meanwhile_is_not_overwritten(browser, project):
    browser.post(at(project, "repository-link"), FORM)
    other = Client()
    other.force_login(make_member(project, Role.OWNER, username="eve"))
    other.post(at(project, "repository-link"), {**FORM, "path": "other", "version": 1})

    answer = browser.post(at(project, "repository-link"), {**FORM, "branch": "release", "version": 1})

    page = answer.content.decode()
    repository = Repository.objects.get()
    assert (answer.status_code, repository.path, repository.branch) == (409, "other", "main")
    assert "eve changed this after you began." in page
    assert '<del dir="auto">docs</del> → <ins dir="auto">other</ins>' in page
    assert 'name="version" value="2"' in page
    both = {**FORM, "path": "other", "branch": "release", "version": 2}
    assert 'value="other"' in page
    assert 'value="release"' in page

    assert browser.post(at(project, "repository-link"), both).status_code == 302
    assert Repository.objects.get().branch == "release"


@pytest.fixture
def linked(link, project, upstream):
    upstream.commit(
        {"raw_data.json": document(), "system_context.json": '{"version": 1 2}'}, "Say what comes in"
    )
    return link(project=project)


def test_the_button_starts_a_sync_and_its_page_follows_it(browser, project, linked):
    answer = browser.post(at(project, "repository-sync"))
    assert answer.url == at(project, "sync-detail", 1)

    waiting = browser.get(answer.url).content.decode()
    assert "Waiting for a worker" in waiting
    assert "No worker is listening" in waiting
    assert 'http-equiv="refresh"' in waiting
    Sync.objects.update(state=State.RUNNING, progress_done=2)
    assert "Fetching the branch" in browser.get(at(project, "sync-progress", 1)).content.decode()
    Sync.objects.update(state=State.DONE)
    ended = browser.get(at(project, "sync-progress", 1), headers={"HX-Request": "true"})
    assert ended.headers["HX-Refresh"] == "true"


def test_a_finished_sync_tells_about_every_file(browser, project, linked):
    sync = synced(linked)

    page = browser.get(at(project, "sync-detail", sync.number)).content.decode()

    assert "Revision 1</a>" in page
    assert "Line 1, column 15" in page
    assert "Say what comes in" in page
    assert sync.commit[:8] in page
    listed = browser.get(at(project)).content.decode()
    assert "Not readable" in listed
    assert "In step" in listed


def test_the_history_names_commit_and_author(browser, project, linked):
    sync = synced(linked)
    for name, more in (
        ("revision-detail", ["raw_data", 1]),
        ("descriptor-history", ["raw_data"]),
        ("project-history", []),
    ):
        page = browser.get(at(project, name, *more)).content.decode()
        assert sync.commit[:8] in page
        assert "Ada Lovelace" in page
    assert sync.commit[:8] in browser.get(at(project, "descriptor-detail", "raw_data")).content.decode()


def test_a_commit_is_linked_only_to_pages_of_https(browser, project, linked):
    Sync.objects.all().delete()
    sync = start_sync(repository=linked, by=None)
    Sync.objects.update(
        state="done", history="first", commit="a" * 40, page="https://git.example.org/r/commit/a"
    )
    assert 'href="https://git.example.org/r/commit/a"' in browser.get(at(project)).content.decode()
    Sync.objects.update(page="")
    assert "/commit/" not in browser.get(sync.get_absolute_url()).content.decode()


def test_a_failed_sync_says_what_to_do(browser, project, linked):
    Repository.objects.update(branch="gone")
    sync = synced(linked)
    page = browser.get(sync.get_absolute_url()).content.decode()
    assert "no branch “gone”" in page
    assert "name another one" in page
    assert "no branch “gone”" in browser.get(at(project)).content.decode()


@pytest.fixture
def apart(linked, upstream):
    synced(linked)
    make_revision(linked.project, "raw_data", body={"version": "1.2", "data_rights": "ours"})
    upstream.commit({"raw_data.json": document(data_rights="theirs")})
    synced(linked)
    return linked


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(based_on|offered)" value="([^"]*)"', page))


@pytest.mark.parametrize(("take", "says"), [("git", "theirs"), ("tec", "ours")])
def test_a_person_sees_the_difference_and_chooses(browser, project, apart, take, says):
    page = browser.get(at(project, "repository-difference", "raw_data")).content.decode()
    assert "ours" in page
    assert "theirs" in page

    answer = browser.post(at(project, "repository-difference", "raw_data"), {**hidden(page), "take": take})

    assert answer.url == at(project)
    head = project.documents.get(descriptor="raw_data").head
    assert head.body["data_rights"] == says
    assert not FollowedDocument.objects.exclude(offered="").exists()
    assert browser.get(at(project, "repository-difference", "raw_data")).status_code == 302


def test_a_choice_made_on_an_old_state_is_refused_and_shown_anew(browser, project, apart):
    page = browser.get(at(project, "repository-difference", "raw_data")).content.decode()
    make_revision(project, "raw_data", body={"version": "1.2", "data_rights": "newest"})

    answer = browser.post(at(project, "repository-difference", "raw_data"), {**hidden(page), "take": "git"})

    assert answer.status_code == 409
    assert "newest" in answer.content.decode()
    assert project.documents.get(descriptor="raw_data").head.body["data_rights"] == "newest"


def test_who_may_not_edit_the_document_may_not_choose(project, apart):
    other = Client()
    other.force_login(make_member(project, Role.OPERATOR))
    assert other.get(at(project, "repository-difference", "raw_data")).status_code == 403
    assert "waits for somebody who may edit it" in other.get(at(project)).content.decode()


def test_an_edit_after_the_sync_shows_at_once(browser, project, linked):
    synced(linked)
    make_revision(project, "raw_data", body={"version": "1.2", "data_rights": "later"})
    assert Result.AHEAD.label in browser.get(at(project)).content.decode()


def test_unlinking_asks_first(browser, project, linked):
    assert "Take the link to" in browser.get(at(project, "repository-unlink")).content.decode()
    assert Repository.objects.exists()
    browser.post(at(project, "repository-unlink"))
    assert not Repository.objects.exists()


def test_a_machine_without_git_says_so(browser, project, linked, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert "Git is not installed on this server" in browser.get(at(project)).content.decode()


def test_the_page_asks_a_bounded_number_of_questions(browser, project, linked, django_assert_max_num_queries):
    for number in range(1, 61):
        Sync.objects.create(repository=linked, number=number, state="done", requested_by=linked.linked_by)
    with django_assert_max_num_queries(22):
        page = browser.get(at(project)).content.decode()
    assert page.count("Sync 6") > 0
    assert "Sync 10<" not in page


# The webhook


@pytest.fixture
def secret(linked):
    secret = renew_hook(repository=linked, by=linked.linked_by)
    linked.refresh_from_db()
    return secret


PUSHED = {"ref": "refs/heads/main", "before": "0" * 40, "after": "a" * 40}


def push(repository, secret, payload=PUSHED, **headers):
    body = json.dumps(payload).encode()
    signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    given = {"X-GitHub-Event": "push", "X-Hub-Signature-256": signature, **headers}
    return Client(enforce_csrf_checks=True).post(
        reverse("repository-hook", args=[repository.hook]),
        body,
        content_type="application/json",
        headers={name: value for name, value in given.items() if value is not None},
    )


def test_the_secret_of_the_webhook_is_shown_once_and_can_be_renewed(browser, project, linked):
    first = browser.post(at(project, "repository-hook-secret"))
    assert "no-store" in first.headers["Cache-Control"]
    shown = re.findall(r'<code class="path">([^<]+)</code>', first.content.decode())
    linked.refresh_from_db()
    assert shown[0] == linked.hook_address
    assert push(linked, shown[1]).status_code == 202
    assert shown[1] not in browser.get(at(project)).content.decode()

    browser.post(at(project, "repository-hook-secret"))
    assert push(linked, shown[1]).status_code == 404
    linked.refresh_from_db()
    assert push(linked, shown[1]).status_code == 403
    browser.post(at(project, "repository-hook-secret"), {"remove": "1"})
    assert push(linked, shown[1]).status_code == 404


def test_a_signed_push_starts_a_sync(linked, secret):
    answer = push(linked, secret)

    assert (answer.status_code, answer.json()["sync"]) == (202, 1)
    sync = Sync.objects.get()
    assert (sync.trigger, sync.asked, sync.requested_by) == ("push", "a" * 40, None)


def test_gitlab_sends_its_token(linked, secret):
    gitlab = {"X-GitHub-Event": None, "X-Hub-Signature-256": None, "X-Gitlab-Event": "Push Hook"}
    assert push(linked, secret, **{**gitlab, "X-Gitlab-Token": "wrong"}).status_code == 403
    assert push(linked, secret, **{**gitlab, "X-Gitlab-Token": secret}).json()["sync"] == 1


@pytest.mark.parametrize("signature", [None, "", "sha256=", "sha256=" + "0" * 64, "sha1=x", "ünïcode"])
def test_a_push_without_a_good_signature_is_refused(linked, secret, signature):
    answer = push(linked, secret, **{"X-Hub-Signature-256": signature})
    assert answer.status_code == 403
    assert not Sync.objects.exists()


def test_an_empty_token_opens_nothing_where_no_webhook_is_set_up(linked):
    assert push(linked, "").status_code == 404


def test_a_push_that_is_replayed_starts_nothing(linked, secret):
    push(linked, secret)
    Sync.objects.update(state="done", commit="a" * 40)
    Repository.objects.update(commit="a" * 40)
    assert push(linked, secret).json() == {"sync": None, "reason": "this commit is known"}
    Repository.objects.update(commit="b" * 40)
    assert push(linked, secret).json()["sync"] is None
    assert Sync.objects.count() == 1


def test_a_branch_that_goes_back_to_an_old_commit_is_no_replay(linked, secret):
    push(linked, secret)
    Sync.objects.update(state="done", commit="a" * 40)
    Repository.objects.update(commit="b" * 40)
    assert push(linked, secret, {**PUSHED, "before": "b" * 40}).json()["sync"] == 2


@pytest.mark.parametrize(
    "payload",
    [
        {**PUSHED, "ref": "refs/heads/other"},
        {**PUSHED, "ref": "refs/tags/main"},
        {**PUSHED, "after": "not a commit"},
        {**PUSHED, "after": 1},
        {},
        [],
    ],
)
def test_pushes_that_do_not_matter_are_accepted_and_ignored(linked, secret, payload):
    answer = push(linked, secret, payload)
    assert (answer.status_code, answer.json()["sync"]) == (202, None)


def test_pings_other_events_and_archived_projects_start_nothing(linked, secret):
    assert push(linked, secret, **{"X-GitHub-Event": "ping"}).json()["sync"] is None
    assert push(linked, secret, **{"X-GitHub-Event": "issues"}).json()["sync"] is None
    linked.project.archived_at = linked.linked_at
    linked.project.save()
    assert push(linked, secret).json()["sync"] is None


def test_a_push_to_the_main_branch_counts_where_none_is_named(linked, secret):
    Repository.objects.update(branch="")
    about = {"repository": {"default_branch": "trunk"}}
    assert push(linked, secret, {**PUSHED, **about}).json()["sync"] is None
    assert push(linked, secret, {**PUSHED, **about, "ref": "refs/heads/trunk"}).json()["sync"] == 1


def test_what_is_no_json_is_refused_after_the_signature(linked, secret):
    body = b"payload=%7B%7D"
    signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    address = reverse("repository-hook", args=[linked.hook])
    send = {"headers": {"X-Hub-Signature-256": signature}}
    form = Client().post(address, body, content_type="application/x-www-form-urlencoded", **send)
    assert form.status_code == 415
    assert Client().post(address, body, content_type="application/json", **send).status_code == 400
    assert Client().get(address).status_code == 405
