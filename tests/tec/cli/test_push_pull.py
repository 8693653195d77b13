"""`tec push` and `tec pull` against a real server: what is sent, what is written, and what is never lost."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from descriptors.models import Origin
from descriptors.services.save_revision import save_revision
from mismatch.models import Check, State
from mismatch.services.decide_findings import Terms, decide_findings
from mismatch.services.execute_check import execute_check
from tec.accounts.tokens import create_token
from tec.cli import remote_check
from tec.cli.remote import Answer
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


@pytest.mark.parametrize("command", ["push", "pull"])
def test_a_folder_from_elsewhere_does_not_choose_who_gets_the_token(remote: Remote, command: str) -> None:
    remote.push()
    kept = remote.folder / ".tec-remote"
    state = json.loads(kept.read_text())
    for planted in ({**state, "server": "https://evil.example.org"}, {**state, "mark": ""}):
        kept.write_text(json.dumps(planted))

        ran = remote.tec(command, remote.folder)

        assert ran.status == 2
        assert f"names the server {planted['server']}, which has not been used with this token" in ran.err
    assert remote.run(command).status == 0
    assert remote.tec(command, remote.folder).status == 0


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


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Does what is queued whenever somebody waits for it."""

    def work(seconds: float) -> None:
        for check in Check.objects.filter(state=State.QUEUED):
            execute_check(check_id=check.pk)

    monkeypatch.setattr(remote_check, "pause", work)


@pytest.mark.usefixtures("worker")
def test_the_server_checks_what_was_pushed_and_the_exit_status_says_what_it_found(remote: Remote) -> None:
    ran = remote.push("--check")
    assert ran.status == 0
    assert ran.err == "check 1 is queued\n"
    assert "Clean: " in ran.out or " 0 major" not in ran.out
    remote.edit("trained_model", ml_frameworks=["Caffe"])
    ran = remote.push("--check")
    assert ran.status == 1
    assert "needs the framework “Caffe”" in " ".join(ran.out.split())
    assert f"Check 2: {remote.url}/projects/churn/checks/2/\n" in ran.out
    assert remote.push("--check", "--fail-on", "critical").status == 0

    check = Check.objects.get(number=2)
    sighting = check.sightings.get(finding__code="TEC-8")
    terms = Terms("accept", "Being replaced.")
    prints = [sighting.finding.fingerprint]
    decide_findings(project=remote.project, check=check, fingerprints=prints, terms=terms, by=remote.owner)
    ran = remote.push("--check")
    assert ran.status == 0
    assert f"risk accepted by {remote.owner} until " in " ".join(ran.out.split())


@pytest.mark.usefixtures("worker")
def test_what_the_server_found_is_what_the_files_say(remote: Remote, tmp_path: Path) -> None:
    triage = Path(shutil.copytree(EXAMPLES / "emergency-triage", tmp_path / "triage"))
    (triage / "expected.json").unlink()
    theirs = remote.push("--check", folder=triage)
    ours = remote.tec("check", triage)
    assert theirs.status == ours.status == 1
    shown = theirs.out[theirs.out.index("Triage level proposal") :].rpartition("Check 1: ")[0]
    # The server lists mismatches first, and PostgreSQL keeps no order of keys, nor then the end that is cut off.
    blocks = [
        sorted(
            ["a long value"]
            if connection.vendor == "postgresql" and "…" in block
            else sorted(block.replace(",", " ").split())
            for block in text.split("\n\n")
        )
        for text in (shown, ours.out)
    ]
    assert blocks[0].count(["a long value"]) < len(blocks[0]) / 3
    assert blocks[0] == blocks[1]


def test_a_check_that_nobody_makes_is_given_up(remote: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_check, "pause", lambda seconds: None)
    ran = remote.push("--check", "--wait", "0")
    assert ran.status == 2
    assert "check 1 is still queued after 0 seconds. Look at" in ran.err


def test_a_check_that_failed_is_told(remote: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(seconds: float) -> None:
        Check.objects.update(state=State.FAILED, error="The worker was killed.")

    monkeypatch.setattr(remote_check, "pause", fail)
    ran = remote.push("--check")
    assert ran.status == 2
    assert "check 1 failed on the server: The worker was killed." in ran.err


def test_a_proxy_that_weakens_etags_does_not_stop_a_push(
    remote: Remote, monkeypatch: pytest.MonkeyPatch
) -> None:
    strong = Answer.etag.fget
    monkeypatch.setattr(Answer, "etag", property(lambda answer: f"W/{strong(answer)}"))
    ran = remote.push()
    assert (ran.status, ran.err) == (0, "")
    assert "made, revision 1" in ran.out
    assert remote.revisions()


def test_what_a_server_says_of_a_failure_steers_no_terminal(
    remote: Remote, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(seconds: float) -> None:
        Check.objects.update(state=State.FAILED, error="\x1b[2J\x1b]0;owned\x07 gone")

    monkeypatch.setattr(remote_check, "pause", fail)
    ran = remote.push("--check")
    assert ran.status == 2
    assert "\\x1b[2J\\x1b]0;owned\\x07 gone" in ran.err
    assert "\x1b" not in ran.err


@pytest.mark.usefixtures("worker")
def test_the_gate_of_the_server_is_asked(remote: Remote) -> None:
    where = ("--server", remote.url, "--project", remote.project.slug)
    ran = remote.tec("gate", "deploy", *where)
    assert ran.status == 1
    assert "Nothing has been checked yet" in ran.out
    remote.push("--check")
    ran = remote.tec("gate", "deploy", *where)
    assert ran.status == 0
    assert ran.out.startswith("Ready to deploy: open\n")
    remote.edit("trained_model", ml_frameworks=["Caffe"])
    remote.push("--check")
    for more in ((), ("--only-new",)):
        ran = remote.tec("gate", "deploy", *where, *more, "--format", "json")
        assert ran.status == 1
        assert "Caffe" in json.loads(ran.out)["blockers"][0]["words"]
    local = json.loads(remote.tec("gate", "deploy", remote.folder, "--format", "json").out)
    assert local["blockers"] == json.loads(ran.out)["blockers"]
    ran = remote.tec("gate", "deploy", "--server", remote.url, "--project", "no-such")
    assert ran.status == 2
