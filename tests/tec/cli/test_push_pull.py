"""`tec push` and `tec pull` against a real server: what is sent, what is written, and what is never lost."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from descriptors.models import Origin
from descriptors.services.save_revision import save_revision
from tec.accounts.tokens import create_token
from tec.projects.models import Project, Role
from tests.factories import make_member, make_project, make_revision, make_user
from tests.tec.cli.conftest import EXAMPLES, Tec

pytestmark = pytest.mark.django_db(transaction=True)


class Remote:
    """A server with a project, and a folder that talks to it."""

    def __init__(self, tec: Tec, url: str, folder: Path) -> None:
        self.tec = tec
        self.url = url
        self.folder = folder
        self.owner = make_user()
        self.project = make_project(owner=self.owner)

    def run(self, command: str, *arguments: object, folder: Path | None = None) -> Any:
        where = ("--server", self.url, "--project", self.project.slug)
        return self.tec(command, folder or self.folder, *where, *arguments)

    def push(self, *arguments: object, **more: Any) -> Any:
        return self.run("push", *arguments, **more)

    def pull(self, *arguments: object, **more: Any) -> Any:
        return self.run("pull", *arguments, **more)

    def revisions(self) -> dict[str, int]:
        heads = self.project.documents.exclude(head=None).values_list("descriptor", "head__number")
        return dict(heads)

    def clear(self, descriptor: str) -> None:
        where = {"project": self.project, "descriptor": descriptor, "by": self.owner}
        save_revision(**where, body=None, origin=Origin.FORM, based_on=self.revisions()[descriptor])

    def edit(self, descriptor: str, **fields: Any) -> None:
        path = self.folder / f"{descriptor}.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | fields))


@pytest.fixture
def remote(tec: Tec, live_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Remote:
    folder = Path(shutil.copytree(EXAMPLES / "consumer-loan-default", tmp_path / "loans"))
    (folder / "expected.json").unlink()
    for name in ("TEC_SERVER", "TEC_PROJECT", "TEC_TOKEN_FILE"):
        monkeypatch.delenv(name, raising=False)
    made = Remote(tec, live_server.url, folder)
    monkeypatch.setenv("TEC_TOKEN", create_token(user=made.owner, name="ci", days=1, writes=True)[1])
    return made


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def test_what_was_pushed_is_pulled_back_byte_for_byte(remote: Remote, tmp_path: Path) -> None:
    ran = remote.push("--reason", "From the build")
    assert (ran.status, ran.err) == (0, "")
    assert "Raw Data: made, revision 1\n" in ran.out
    assert remote.project.documents.count() == 8
    head = remote.project.documents.get(descriptor="raw_data").head
    assert head is not None
    assert (head.reason, head.origin, head.author_name) == ("From the build", "api", remote.owner.username)

    first, second = tmp_path / "first", tmp_path / "second"
    assert remote.pull(folder=first).status == 0
    assert remote.pull(folder=second).status == 0
    assert files(first) == files(second)
    assert json.loads((first / "project.json").read_text())["name"] == "Churn"
    for name, content in files(remote.folder).items():
        if name != "project.json":
            assert json.loads(files(first)[name]) == json.loads(content)
    before = {path: path.stat().st_mtime_ns for path in first.glob("*.json")}
    assert "Nothing to bring up to date" in remote.pull(folder=first).out
    assert {path: path.stat().st_mtime_ns for path in first.glob("*.json")} == before


def test_only_what_differs_is_sent(remote: Remote) -> None:
    remote.push()
    again = remote.push()
    assert "Raw Data: the same on the server, revision 1\n" in again.out
    remote.edit("trained_model", ensemble=True)
    ran = remote.push()
    assert "Trained Model: changed, revision 2\n" in ran.out
    assert [name for name, number in remote.revisions().items() if number == 2] == ["trained_model"]


def test_the_folder_remembers_where_it_belongs(remote: Remote) -> None:
    remote.push()
    assert "the same on the server" in remote.tec("push", remote.folder).out
    assert remote.tec("pull", remote.folder).status == 0
    assert remote.tec("check", remote.folder).err == ""
    state = (remote.folder / ".tec-remote").read_text()
    assert "tec_" not in state.replace(".tec-remote", "")


def test_what_somebody_else_saved_is_shown_and_not_overwritten(remote: Remote) -> None:
    remote.push()
    theirs = json.loads((remote.folder / "trained_model.json").read_text()) | {"ensemble": True}
    make_revision(remote.project, "trained_model", theirs)
    remote.edit("trained_model", development_time={"number": 9, "unit": "weeks"})
    remote.edit("raw_data", version="1.2", description="Another")
    before = remote.revisions()

    ran = remote.push()
    assert ran.status == 1
    assert "tec: Trained Model is at revision 2 on the server, and yours is based on revision 1." in ran.err
    assert "~ Ensemble: true → false" in ran.err
    assert "nothing of it was overwritten" in ran.err
    assert remote.revisions() == before

    assert remote.push("--overwrite").status == 0
    assert remote.revisions()["trained_model"] == 3


def test_without_a_memory_another_state_on_the_server_is_unseen(remote: Remote) -> None:
    make_revision(remote.project, "raw_data", {"version": "1.2"})
    ran = remote.push()
    assert ran.status == 1
    assert "it is not known on which yours is based" in ran.err
    assert remote.revisions() == {"raw_data": 1}


def test_somebody_who_saves_in_between_is_not_overwritten(
    remote: Remote, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tec.cli.commands import push

    remote.push()
    remote.edit("trained_model", ensemble=True)
    plan = push._plan

    def late(*arguments: Any) -> Any:
        made = plan(*arguments)
        make_revision(remote.project, "trained_model", {"version": "1.2"})
        return made

    monkeypatch.setattr(push, "_plan", late)
    ran = remote.push()
    assert ran.status == 1
    assert "Trained Model is at revision 2 on the server" in ran.err
    assert remote.revisions()["trained_model"] == 2


def test_what_was_cleared_on_the_server_is_not_brought_back_unseen(remote: Remote) -> None:
    remote.push()
    remote.clear("production_data")
    remote.edit("production_data", version="1.2", description="x")
    ran = remote.push()
    assert ran.status == 1
    assert "Production Data was cleared on the server since revision 1" in ran.err


def test_what_is_only_on_the_server_stays_there(remote: Remote) -> None:
    remote.push()
    (remote.folder / "raw_data.json").unlink()
    ran = remote.push()
    assert ran.status == 0
    assert "Raw Data: only on the server; left as it is\n" in ran.out


def test_pulling_never_loses_what_was_changed_here(remote: Remote) -> None:
    remote.push()
    remote.pull("--force")
    remote.edit("trained_model", ensemble=True)
    ran = remote.pull()
    assert ran.status == 0
    assert "has changes to push; left as it is" in ran.out

    theirs = json.loads((remote.folder / "trained_model.json").read_text())
    make_revision(remote.project, "trained_model", theirs | {"ensemble": False, "name": "x"})
    make_revision(remote.project, "raw_data", {"version": "1.2"})
    before = files(remote.folder)
    ran = remote.pull()
    assert ran.status == 1
    assert "trained_model.json has changes that the server does not have; pulling would undo:" in ran.err
    assert "~ Ensemble: false → true" in ran.err
    assert "nothing was written" in ran.err
    assert files(remote.folder) == before

    assert remote.pull("--force").status == 0
    assert json.loads(files(remote.folder)["trained_model.json"])["ensemble"] is False


def test_a_first_pull_into_a_folder_with_other_files_refuses(remote: Remote, tmp_path: Path) -> None:
    remote.push()
    other = tmp_path / "other"
    other.mkdir()
    (other / "Loans - Raw Data.json").write_text('{"version": "1.2"}')
    (other / "trained_model.json").write_text("{")
    ran = remote.pull(folder=other)
    assert ran.status == 1
    assert "Loans - Raw Data.json has changes" in ran.err
    assert "trained_model.json cannot be read" in ran.err
    assert len(files(other)) == 2
    assert remote.pull("--force", folder=other).status == 0
    assert "raw_data.json" not in files(other)  # it has a name already
    assert json.loads(files(other)["Loans - Raw Data.json"])


def test_what_was_cleared_on_the_server_is_removed_here(remote: Remote) -> None:
    remote.push()
    remote.pull("--force")
    remote.clear("production_data")
    ran = remote.pull()
    assert ran.status == 0
    assert "removed, being absent on the server" in ran.out
    assert "production_data.json" not in files(remote.folder)


def test_a_project_is_made_only_if_that_is_wanted(remote: Remote) -> None:
    (remote.folder / "project.json").write_text(
        json.dumps({"name": "Late loans", "description": "Who pays late.", "point_of_contact": "Ada"})
    )
    where = ("push", remote.folder, "--server", remote.url, "--project")
    ran = remote.tec(*where, "late-loans")
    assert ran.status == 2
    assert "there is no project “late-loans” on" in ran.err
    assert "--create" in ran.err
    ran = remote.tec(*where, "loans", "--create")
    assert ran.status == 2
    assert "the server would call the project “late-loans”, not “loans”" in ran.err
    assert Project.objects.count() == 1
    ran = remote.tec(*where, "late-loans", "--create")
    assert (ran.status, ran.err) == (0, "")
    assert Project.objects.get(slug="late-loans").documents.count() == 8
    assert remote.tec(*where, "late-loans", "--create").status == 0


def test_rights_are_those_of_the_owner_of_the_token(remote: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    remote.push()
    viewer = make_member(remote.project, Role.VIEWER)
    for user, writes, status, words in (
        (make_user(), True, 2, "there is no project “churn” on"),
        (viewer, True, 2, "tec: you may not do this."),
        (remote.owner, False, 2, "This token may only read."),
    ):
        token = create_token(user=user, name="x", days=1, writes=writes)[1]
        monkeypatch.setenv("TEC_TOKEN", token)
        remote.edit("trained_model", ensemble=True)
        ran = remote.push()
        assert ran.status == status
        assert words in ran.err
        assert token not in ran.err + ran.out
    monkeypatch.setenv("TEC_TOKEN", "tec_nonsense")
    ran = remote.pull()
    assert ran.status == 2
    assert "does not accept the token. This token does not exist or was revoked." in ran.err


def test_the_token_may_be_in_a_file(remote: Remote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "token"
    file.write_text(os.environ["TEC_TOKEN"] + "\n")
    monkeypatch.delenv("TEC_TOKEN")
    assert "there is no API token" in remote.push().err
    assert remote.push("--token-file", file).status == 0
    monkeypatch.setenv("TEC_TOKEN_FILE", str(file))
    assert remote.push().status == 0
