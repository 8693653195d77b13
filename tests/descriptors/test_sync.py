from __future__ import annotations

import shutil
import subprocess

import pytest
from django.core.management import CommandError, call_command

from descriptors import submodule, sync
from descriptors.sync import SyncError
from tec.audit.models import Event
from tests.descriptors.schema_repositories import commit, git, next_schema, own_schema, published

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@pytest.fixture
def upstream(tmp_path):
    folder = tmp_path / "upstream"
    commit(folder, published("1.1", "1.2"))
    return folder


@pytest.fixture
def folder(tmp_path):
    """The submodule of a fresh clone: an empty folder."""
    folder = tmp_path / "submodule"
    folder.mkdir()
    return folder


def head(folder):
    return git(folder, "rev-parse", "HEAD")


def test_the_first_fetch_checks_the_submodule_out(upstream, folder):
    synced = sync.sync(url=str(upstream), folder=str(folder))

    assert submodule.read(str(folder)).commit == synced.after == head(upstream)
    assert (folder / "schemas/1.2/raw_data_schema.json").exists()
    assert synced.lines() == [
        f"The schemas are now those of commit {head(upstream)} instead of those that come with TEC.",
        "Restart the web and worker processes, so that they read them.",
    ]


def test_a_later_fetch_says_what_is_different(upstream, folder):
    sync.sync(url=str(upstream), folder=str(folder))
    before = head(upstream)
    changed = own_schema("raw_data", "1.2") | {"title": "Better"}
    hostile = next_schema("training_data") | {"patternProperties": {}}
    git(upstream, "rm", "--quiet", "schemas/1.1/trained_model_schema.json")
    commit(
        upstream,
        {
            "schemas/1.2/raw_data_schema.json": changed,
            "schemas/1.3/raw_data_schema.json": next_schema(),
            "schemas/1.3/training_data_schema.json": hostile,
        },
    )

    synced = sync.sync(url=str(upstream), folder=str(folder))

    assert synced.lines() == [
        f"The schemas are now those of commit {head(upstream)} instead of those of commit {before}.",
        "New version: 1.3",
        "Added: Raw Data 1.3",
        "Added: Training Data 1.3",
        "Changed: Raw Data 1.2",
        "Removed: Trained Model 1.1",
        "Not used: Training Data 1.3. "
        "It uses “patternProperties”; regular expressions in schemas are not accepted.",
        "Restart the web and worker processes, so that they read them.",
    ]


def test_fetching_again_changes_nothing(upstream, folder):
    sync.sync(url=str(upstream), folder=str(folder))
    again = sync.sync(url=str(upstream), folder=str(folder))
    assert again.lines() == [f"Nothing new: the schemas are those of commit {head(upstream)} already."]


def test_a_branch_a_tag_or_a_commit_can_be_asked_for(upstream, folder):
    first = head(upstream)
    git(upstream, "tag", "v1")
    git(upstream, "branch", "stable")
    commit(upstream, {"schemas/1.3/raw_data_schema.json": next_schema()})
    for ref in ("v1", "stable", first):
        assert sync.sync(url=str(upstream), ref=ref, folder=str(folder)).after == first
        sync.sync(url=str(upstream), folder=str(folder))


def test_a_submodule_that_git_set_up_is_moved(upstream, tmp_path):
    project = tmp_path / "project"
    commit(project, {"readme": b"x"})
    git(project, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(upstream), "schemas")
    newest = commit(upstream, {"schemas/1.3/raw_data_schema.json": next_schema()})

    sync.sync(url=str(upstream), folder=str(project / "schemas"))

    assert submodule.read(str(project / "schemas")).commit == newest
    assert git(project, "status", "--short", "schemas") == "AM schemas"


@pytest.mark.parametrize(
    "url",
    [
        "ext::sh -c touch% /tmp/x",
        "--upload-pack=touch /tmp/x",
        "file:///etc",
        "http://example.org/x.git",
        "git://example.org/x.git",
        "https://-oProxyCommand=x/y",
        "https://user:secret@example.org/x.git",
        "ssh://-oProxyCommand=x/y",
        "-oProxyCommand=x@example.org:y",
        "/nowhere/at/all",
        "",
    ],
)
def test_addresses_that_could_do_more_than_fetch_are_refused(folder, url):
    with pytest.raises(SyncError, match="cannot be used: give an address that starts with https://"):
        sync.sync(url=url, folder=str(folder))
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("ref", ["--upload-pack=x", "a:b", "+main", "a..b", "a b", "@{-1}", "x" * 300])
def test_refs_that_could_be_something_else_are_refused(upstream, folder, ref):
    with pytest.raises(SyncError, match="is no name of a branch, tag or commit"):
        sync.sync(url=str(upstream), ref=ref, folder=str(folder))


@pytest.mark.parametrize("url", ["git@example.org:group/x.git", "ssh://git@example.org/x.git"])
def test_ssh_addresses_are_passed_on_to_git_for_ssh_only(url):
    assert sync._checked_url(url) == (url, "ssh")


def test_an_unknown_ref_is_an_error_and_leaves_everything_as_it_was(upstream, folder):
    sync.sync(url=str(upstream), folder=str(folder))
    with pytest.raises(SyncError) as failed:
        sync.sync(url=str(upstream), ref="nope", folder=str(folder))
    assert str(failed.value) == (
        "The schemas could not be fetched: couldn't find remote ref nope. "
        "Nothing was changed; TEC works on with the schemas it has."
    )
    assert submodule.read(str(folder)).commit == head(upstream)


def test_without_a_network_the_folder_stays_empty(folder, monkeypatch):
    for name in ("https_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with pytest.raises(
        SyncError, match=r"^The schemas could not be fetched: .*github.com.* TEC works on with"
    ):
        sync.sync(folder=str(folder))
    assert list(folder.iterdir()) == []


def test_a_repository_without_schemas_is_not_moved_to(upstream, folder):
    sync.sync(url=str(upstream), folder=str(folder))
    git(upstream, "rm", "-r", "--quiet", "schemas")
    commit(upstream, {"readme": b"x"})
    with pytest.raises(SyncError, match=r"holds no schemas\. Nothing was changed\.$"):
        sync.sync(url=str(upstream), folder=str(folder))
    assert len(submodule.read(str(folder)).files) == 16


def test_files_that_somebody_put_there_are_not_touched(upstream, folder):
    (folder / "mine.txt").write_text("x")
    with pytest.raises(SyncError, match="holds files, but is no Git repository"):
        sync.sync(url=str(upstream), folder=str(folder))
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]


def test_too_much_data_is_cut_off(upstream, folder, monkeypatch):
    monkeypatch.setattr(sync, "MAX_FETCHED", 2_000)
    with pytest.raises(SyncError, match="The schemas could not be fetched"):
        sync.sync(url=str(upstream), folder=str(folder))
    assert list(folder.iterdir()) == []


def test_a_git_that_hangs_is_given_up(upstream, folder, monkeypatch):
    monkeypatch.setattr(sync, "TIMEOUT", 0.0001)
    with pytest.raises(SyncError, match="is the network reachable"):
        sync.sync(url=str(upstream), folder=str(folder))


def test_hooks_of_the_repository_are_not_run(upstream, folder, tmp_path):
    sync.sync(url=str(upstream), folder=str(folder))
    hook = folder / ".git/hooks/post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    hook.chmod(0o755)
    commit(upstream, {"schemas/1.3/raw_data_schema.json": next_schema()})
    sync.sync(url=str(upstream), folder=str(folder))
    assert not (tmp_path / "ran").exists()


def test_without_git_the_sentence_says_what_to_do(folder, monkeypatch):
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(SyncError) as failed:
        sync.sync(folder=str(folder))
    assert str(failed.value) == (
        "Git is not installed. Install it, or keep using the schemas that come with TEC."
    )


@pytest.mark.django_db
def test_the_command_reports_what_changed_and_writes_it_down(upstream, folder, monkeypatch, capsys):
    monkeypatch.setattr(sync.sync, "__kwdefaults__", {**sync.sync.__kwdefaults__, "folder": str(folder)})
    call_command("sync_schemas", "--url", str(upstream), "--ref", "main")
    assert capsys.readouterr().out.startswith(f"The schemas are now those of commit {head(upstream)}")
    call_command("sync_schemas", "--url", str(upstream), "--ref", "main")
    event = Event.objects.get(verb="schemas.synced")
    assert (event.target, event.channel) == (head(upstream), "command")
    assert event.facts["changes"] == {"commit": ["", head(upstream)]}

    with pytest.raises(CommandError, match="“ftp://x” cannot be used"):
        call_command("sync_schemas", "--url", "ftp://x")


def test_the_limits_do_not_bind_the_process_itself(upstream, folder):
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    sync.sync(url=str(upstream), folder=str(folder))
    assert resource.getrlimit(resource.RLIMIT_FSIZE) == before
    assert subprocess.run(["true"], check=True).returncode == 0
