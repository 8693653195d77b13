"""What TEC exports, Git keeps and TEC takes back: the same bytes, and differences a person can read."""

from __future__ import annotations

import io
import zipfile

import pytest

from descriptors.repositories.models import Result
from descriptors.services.export_project import export_project
from tests.descriptors.repositories.test_syncs import results, synced
from tests.examples import example
from tests.factories import make_project, make_revision

pytestmark = pytest.mark.django_db


def exported(project) -> dict[str, bytes]:
    """The files that an export unpacks to."""
    with zipfile.ZipFile(io.BytesIO(export_project(project, by=None))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def project():
    project = make_project(name="Triage")
    for descriptor, body in example("emergency-triage").items():
        make_revision(project, descriptor, body)
    return project


def test_an_export_unpacks_to_the_layout_that_a_sync_reads(project):
    assert set(exported(project)) == {
        "project.json",
        *(f"{name}.json" for name in example("emergency-triage")),
    }


def test_export_commit_sync_export_gives_the_same_bytes(project, link, upstream):
    files = exported(project)
    upstream.commit(files, "Export")
    other = make_project(name="Triage")
    repository = link(project=other)

    sync = synced(repository)

    assert set(results(sync).values()) == {Result.SAVED}
    assert exported(other) == files
    upstream.commit(exported(other), "Export again")
    assert upstream.git("diff", "--stat", "HEAD~1") == ""


def test_exporting_and_committing_what_tec_is_ahead_with_brings_both_in_step(project, link, upstream):
    upstream.commit(exported(project), "Export")
    repository = link(project=project)
    synced(repository)
    body = {**example("emergency-triage")["trained_model"], "model_name": "Renamed"}
    make_revision(project, "trained_model", body)
    upstream.commit(exported(project), "Export")

    assert set(results(synced(repository)).values()) == {Result.SAME}


def test_one_changed_field_is_one_hunk_of_one_line(project, upstream):
    upstream.commit(exported(project), "Export")
    body = {**example("emergency-triage")["trained_model"], "model_name": "Renamed — ein Modell, 模型"}
    make_revision(project, "trained_model", body)
    upstream.commit(exported(project), "Rename")

    difference = upstream.git("diff", "--unified=0", "HEAD~1").splitlines()

    assert [line for line in difference if line.startswith("diff ")] == [
        "diff --git a/trained_model.json b/trained_model.json"
    ]
    assert len([line for line in difference if line.startswith("@@")]) == 1
    assert [line for line in difference if line.startswith("+ ")] == [
        '+  "model_name": "Renamed — ein Modell, 模型",'
    ]
