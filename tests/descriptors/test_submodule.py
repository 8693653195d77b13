from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from descriptors import catalogue, submodule
from descriptors.schema_store import SchemaStore, UnknownSchema
from descriptors.submodule import SubmoduleUnreadable
from descriptors.validation import problems
from tests.descriptors.schema_repositories import commit, git, next_schema, own_schema, published

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


def test_the_project_records_the_commit_it_is_made_for():
    if not (ROOT / ".git").exists():
        pytest.skip("needs the project’s own Git repository")
    entry = git(ROOT, "ls-files", "--stage", "descriptors/ml-mismatch-descriptors").split()
    assert entry == ["160000", submodule.PINNED, "0", "descriptors/ml-mismatch-descriptors"]


def test_the_address_of_the_submodule_is_the_one_that_is_fetched_from():
    settings = git(ROOT, "config", "--file=.gitmodules", "--list").splitlines()
    assert settings == [
        "submodule.descriptors/ml-mismatch-descriptors.path=descriptors/ml-mismatch-descriptors",
        f"submodule.descriptors/ml-mismatch-descriptors.url={submodule.URL}",
    ]


def test_schemas_are_read_from_the_commit_and_not_from_the_files(tmp_path):
    head = commit(tmp_path, published("1.1", "1.2"))
    (tmp_path / "schemas/1.2/raw_data_schema.json").write_text("edited")
    shutil.rmtree(tmp_path / "schemas/1.1")

    snapshot = submodule.read(str(tmp_path))

    assert snapshot.commit == head
    assert len(snapshot.files) == 16
    assert json.loads(snapshot.files["1.2", "raw_data"]) == own_schema("raw_data", "1.2")


def test_only_schemas_of_known_descriptors_in_version_folders_are_read(tmp_path):
    schema = own_schema("raw_data", "1.2")
    names = [
        "1.2/raw_data_schema.json",
        "1.2/other_schema.json",
        "drafts/raw_data_schema.json",
        "1.2/x/y.json",
    ]
    commit(tmp_path, {f"schemas/{name}": schema for name in names} | {"1.2/raw_data_schema.json": schema})
    assert list(submodule.read(str(tmp_path)).files) == [("1.2", "raw_data")]


def test_a_submodule_of_a_submodule_does_no_harm(tmp_path):
    head = commit(tmp_path, published("1.2"))
    git(tmp_path, "update-index", "--add", "--cacheinfo", f"160000,{head},schemas/1.2/sub")
    git(tmp_path, "commit", "--quiet", "--message=Nest")
    assert len(submodule.read(str(tmp_path)).files) == 8


def test_a_real_submodule_is_read_through_the_repository_around_it(tmp_path):
    head = commit(tmp_path / "upstream", published("1.2"))
    commit(tmp_path / "project", {"readme": b"x"})
    allow = ("-c", "protocol.file.allow=always")
    git(tmp_path / "project", *allow, "submodule", "--quiet", "add", str(tmp_path / "upstream"), "schemas")
    assert (tmp_path / "project/schemas/.git").is_file()
    assert submodule.read(str(tmp_path / "project/schemas")).commit == head


def test_settings_that_git_gives_to_hooks_do_not_lead_elsewhere(tmp_path, monkeypatch):
    head = commit(tmp_path / "schemas", published("1.2"))
    commit(tmp_path / "project", {"readme": b"x"})
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "project/.git"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path / "project/.git/objects"))
    assert submodule.read(str(tmp_path / "schemas")).commit == head


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root, to give files away")
def test_a_folder_of_another_owner_can_be_read(tmp_path):
    head = commit(tmp_path, published("1.2"))
    for path in [tmp_path, *tmp_path.rglob("*")]:
        os.chown(path, 65534, 65534)
    assert submodule.read(str(tmp_path)).commit == head


def unborn(folder):
    git(folder, "init", "--quiet")


def without_schemas(folder):
    commit(folder, {"readme": b"x"})


def with_broken_link(folder):
    (folder / ".git").write_text("gitdir: ../../.git/modules/gone")


def damaged(folder):
    commit(folder, published("1.2"))
    for path in (folder / ".git/objects").rglob("*"):
        if path.is_file():
            path.unlink()


@pytest.mark.parametrize("make", [unborn, without_schemas, with_broken_link, damaged])
def test_a_submodule_that_cannot_be_read_leaves_our_own_schemas_and_a_note(tmp_path, make):
    make(tmp_path)
    store = SchemaStore(submodule=str(tmp_path))
    assert store.source.kind == "own"
    assert "ubmodule" in store.source.note
    assert store.source.note.endswith(" TEC’s own schema files are used.")
    assert store.schema("raw_data", "1.2") == own_schema("raw_data", "1.2")


def test_without_git_our_own_schemas_are_used_and_a_note_says_so(tmp_path, monkeypatch):
    commit(tmp_path, published("1.2"))
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    store = SchemaStore(submodule=str(tmp_path))
    assert store.source.note == (
        "The submodule is checked out, but Git is not installed to read it. TEC’s own schema files are used."
    )
    assert store.versions() == ("1.0", "1.1", "1.2")


def test_an_empty_folder_needs_no_note(tmp_path):
    with pytest.raises(SubmoduleUnreadable, match="The submodule is not checked out"):
        submodule.read(str(tmp_path))
    assert SchemaStore(submodule=str(tmp_path)).source.note == ""


def test_the_submodule_wins_and_its_commit_is_named(tmp_path):
    changed = own_schema("raw_data", "1.2") | {"title": "Published"}
    head = commit(tmp_path, published("1.2") | {"schemas/1.2/raw_data_schema.json": changed})

    store = SchemaStore(submodule=str(tmp_path))

    assert store.source.name == f"submodule {head}"
    assert store.source.note == "It is not the commit this version of TEC is made for."
    assert store.schema("raw_data", "1.2")["title"] == "Published"
    assert store.schema("raw_data", "1.0")["title"] == "Raw Data 1.0"


def test_errata_are_repaired_whatever_the_source(tmp_path):
    commit(tmp_path, published("1.2"))
    store = SchemaStore(submodule=str(tmp_path))
    assert "error_handling" not in store.schema("trained_model", "1.2")["required"]
    assert store.errata("trained_model", "1.2")[0].code == "E1"


def test_a_new_version_is_available_without_any_code(tmp_path, monkeypatch):
    commit(tmp_path, published("1.2") | {"schemas/1.3/raw_data_schema.json": next_schema()})
    store = SchemaStore(submodule=str(tmp_path))
    monkeypatch.setattr(catalogue, "_store", lambda: store)

    assert catalogue.versions() == ("1.0", "1.1", "1.2", "1.3")
    assert catalogue.versions("raw_data") == ("1.0", "1.1", "1.2", "1.3")
    assert catalogue.versions("training_data") == ("1.0", "1.1", "1.2")
    messages = [problem.message for problem in problems("raw_data", {"version": "1.3", "colour": "gren"})]
    assert "Colour is “gren”; choose one of red or green (nearest: green)." in messages
    with pytest.raises(UnknownSchema, match=r"known: 1\.0, 1\.1, 1\.2\.$"):
        catalogue.schema("training_data", "1.3")


def test_versions_are_sorted_as_numbers(tmp_path):
    commit(
        tmp_path, {f"schemas/{version}/raw_data_schema.json": next_schema() for version in ("1.10", "1.9")}
    )
    assert SchemaStore(submodule=str(tmp_path)).versions() == ("1.0", "1.1", "1.2", "1.9", "1.10")


def test_a_hostile_schema_of_a_known_version_gives_way_to_our_own(tmp_path):
    hostile = own_schema("raw_data", "1.2") | {"not": {"$ref": "http://127.0.0.1:9/x"}}
    commit(tmp_path, published("1.2") | {"schemas/1.2/raw_data_schema.json": hostile})
    store = SchemaStore(submodule=str(tmp_path))
    assert store.schema("raw_data", "1.2") == own_schema("raw_data", "1.2")
    assert "refers to “http://127.0.0.1:9/x”" in store.refused["1.2", "raw_data"]


def test_a_hostile_schema_of_a_new_version_is_not_available(tmp_path):
    commit(tmp_path, {"schemas/1.3/raw_data_schema.json": next_schema() | {"patternProperties": {}}})
    store = SchemaStore(submodule=str(tmp_path))
    assert store.versions() == ("1.0", "1.1", "1.2")
    with pytest.raises(
        UnknownSchema, match=r"^The schema of Raw Data 1.3 is not used. It uses “patternProperties”"
    ):
        store.schema("raw_data", "1.3")


def test_a_huge_schema_is_refused_and_not_read_to_the_end(tmp_path):
    huge = own_schema("raw_data", "1.2") | {"description": "x" * 3_000_000}
    commit(tmp_path, published("1.2") | {"schemas/1.2/raw_data_schema.json": huge})
    store = SchemaStore(submodule=str(tmp_path))
    assert store.schema("raw_data", "1.2") == own_schema("raw_data", "1.2")
    assert store.schema("trained_model", "1.2")["title"] == "Trained Model 1.2"
    assert store.refused == {("1.2", "raw_data"): "It has more than 1,000,000 bytes, the limit for a schema."}
    assert len(submodule.read(str(tmp_path)).files["1.2", "raw_data"]) == 1_000_001


def test_git_is_imported_only_when_there_is_something_to_read(tmp_path):
    code = (
        "import sys; from descriptors.schema_store import SchemaStore; "
        f"SchemaStore(submodule={str(tmp_path)!r}).schema('raw_data', '1.2'); print('git' in sys.modules)"
    )
    done = subprocess.run(["python3", "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "False"
