"""Whole projects through the API: exported, imported, all or none."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from descriptors.models import Origin, Revision
from tests.api import Api, problem_of
from tests.examples import example
from tests.factories import make_member, make_project, make_revision, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make_user()


@pytest.fixture
def project(owner):
    return make_project(owner=owner)


@pytest.fixture
def api(owner):
    return Api(owner)


def zipped(documents):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, body in documents.items():
            archive.writestr(f"{name}.json", json.dumps(body))
    return data.getvalue()


def upload(api, project, **files):
    parts = {"file": [SimpleUploadedFile(name, data) for name, data in files.items()]}
    return api.client.post(f"/api/projects/{project.slug}/import/", parts)


def test_what_is_exported_can_be_imported_and_is_the_same(api, owner, project):
    for name, body in example("consumer-loan-default").items():
        make_revision(project, name, body)
    copy = make_project(owner=owner)

    zip_ = api.get(f"projects/{project.slug}/export/")
    bundle = api.get(f"projects/{project.slug}/export/?format=json")
    assert zip_["Content-Type"] == "application/zip"
    assert bundle.json()["project"]["name"] == project.name

    first = api.post(f"projects/{copy.slug}/import/", zip_.content, kind="application/zip")
    assert first.status_code == 200
    again = api.post(f"projects/{copy.slug}/import/", bundle.content, if_match=first["ETag"])
    assert again.status_code == 200
    assert not any(each["changed"] for each in again.json()["documents"])
    assert api.get(f"projects/{copy.slug}/export/").content == zip_.content


def test_an_export_follows_what_is_accepted(api, project):
    address = f"projects/{project.slug}/export/"

    assert api.get(address, accept="application/json")["Content-Type"] == "application/json"
    assert api.get(address, accept="*/*")["Content-Type"] == "application/zip"
    assert api.get(f"{address}?format=zip", accept="application/json")["Content-Type"] == "application/zip"
    problem_of(api.get(address, accept="text/html"), 406)
    problem_of(api.get(f"{address}?format=pdf"), 400)


def test_nothing_is_overwritten_unseen(api, project):
    make_revision(project, "raw_data")
    make_revision(project, "system_context")
    seen = api.get(f"projects/{project.slug}/descriptors/")["ETag"]
    bundle = {"documents": {"raw_data": {"version": "1.2", "data_sources": []}}}
    address = f"projects/{project.slug}/import/"

    assert "Raw Data" in problem_of(api.post(address, bundle), 428)["detail"]
    make_revision(project, "system_context")  # is not in the bundle, so it may move
    assert api.post(address, bundle, if_match=seen).status_code == 200
    problem_of(api.post(address, {"documents": {"raw_data": {"version": "1.2"}}}, if_match=seen), 412)
    assert api.post(address, {"documents": {"raw_data": {"version": "1.2"}}}, if_match="*").status_code == 200


def test_several_files_are_one_import(api, project):
    documents = example("consumer-loan-default")
    files = {f"{name}.json": json.dumps(body).encode() for name, body in documents.items()}

    response = upload(api, project, **files)

    assert response.status_code == 200
    assert [each["descriptor"] for each in response.json()["documents"]] == list(documents)
    assert set(Revision.objects.values_list("origin", flat=True)) == {Origin.IMPORT}


def test_a_file_that_does_not_say_what_it_is_stops_all(api, project):
    raw = json.dumps(example("consumer-loan-default")["raw_data"]).encode()

    problem = problem_of(upload(api, project, **{"raw_data.json": raw, "notes.json": b"{}"}), 400)

    assert "notes.json" in problem["detail"]
    assert Revision.objects.count() == 0


def test_one_bad_document_stops_all(api, project):
    bundle = {"documents": {"raw_data": {"version": "1.2"}, "trained_model": {"version": "7"}}}

    problem = problem_of(api.post(f"projects/{project.slug}/import/", bundle), 400)

    assert problem["errors"][0]["pointer"] == "/documents/trained_model/version"
    assert Revision.objects.count() == 0


def test_an_older_version_is_upgraded_and_says_what_is_left_to_do(api, project):
    old = {"version": "1.0", "task": "Score"}

    response = api.post(f"projects/{project.slug}/import/?reason=Old%20files", {"system_context": old})

    [document] = response.json()["documents"]
    assert document["upgraded"] is True
    assert document["received"]["schema_version"] == "1.0"
    assert document["received"]["reason"] == "Old files"
    assert document["current"]["schema_version"] == "1.2"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "application/json", 400),
        (b"{}", "application/json", 400),
        (b"PK\x03\x04 no zip", "application/zip", 400),
        (zipped({}), "application/zip", 400),
        (b"a=b", "application/x-www-form-urlencoded", 415),
        (b"<x/>", "application/xml", 415),
        (b"--x", "multipart/form-data", 400),
        (b"nothing", "multipart/form-data; boundary=x", 400),
    ],
)
def test_what_is_no_import_is_refused(api, project, body, kind, status):
    problem_of(api.post(f"projects/{project.slug}/import/", body, kind=kind), status)


def test_only_those_who_edit_import(project):
    problem_of(Api(make_member(project, "viewer")).post(f"projects/{project.slug}/import/", {}), 403)
    problem_of(Api(make_user()).post(f"projects/{project.slug}/import/", {}), 404)
