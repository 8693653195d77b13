"""The pages of documents."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from descriptors.models import Document, Revision
from tec.projects.models import Project
from tec.projects.services.change_project import archive_project
from tests.factories import make_project, make_revision, make_user

pytestmark = pytest.mark.django_db

EXAMPLE = Path("examples/emergency-triage")


@pytest.fixture
def owner(client: Client) -> Any:
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def project(owner: Any) -> Project:
    return make_project(owner=owner, name="Triage")


def url(project: Project, page: str = "", descriptor: str = "system_context") -> str:
    return f"/projects/{project.slug}/descriptors/{descriptor}/{page}"


def example(descriptor: str) -> bytes:
    return (EXAMPLE / f"{descriptor}.json").read_bytes()


def file(content: bytes, name: str = "system_context.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


PAGES = ["", "import/", "export/", "clear/", "history/", "history/1/"]


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_finds_nothing(client: Client, page: str) -> None:
    project = make_project()
    make_revision(project)
    client.force_login(make_user())

    assert client.get(url(project, page)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_a_document_without_logging_in(client: Client, page: str) -> None:
    project = make_project()

    response = client.get(url(project, page))

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("page", PAGES)
def test_a_member_sees_every_page_of_a_document(client: Client, project: Project, page: str) -> None:
    make_revision(project, body=json.loads(example("system_context")))

    assert client.get(url(project, page)).status_code == 200


def test_an_unknown_descriptor_has_no_page(client: Client, project: Project) -> None:
    assert client.get(url(project, descriptor="weather")).status_code == 404


# Import of one document


def test_a_file_becomes_the_next_revision(client: Client, project: Project) -> None:
    response = client.post(url(project, "import/"), {"based_on": 0, "file": file(example("system_context"))})

    assert response.status_code == 302
    revision = Revision.objects.get()
    assert (revision.number, revision.origin, revision.body) == (
        1,
        "import",
        json.loads(example("system_context")),
    )


def test_pasted_text_is_taken_as_well(client: Client, project: Project) -> None:
    client.post(url(project, "import/"), {"based_on": 0, "text": example("system_context").decode()})

    assert Revision.objects.get().reason == "pasted text"


def test_an_old_document_is_kept_as_received_and_upgraded(client: Client, project: Project) -> None:
    old = {"version": "1.0", "task": "Sort", "business_goals": [{"id": "BG-01", "goal": "Faster"}]}

    response = client.post(url(project, "import/"), {"based_on": 0, "text": json.dumps(old)}, follow=True)

    received, upgraded = Revision.objects.order_by("number")
    assert (received.body, received.schema_version, received.origin) == (old, "1.0", "import")
    assert (upgraded.schema_version, upgraded.origin) == ("1.2", "upgrade")
    assert upgraded.body is not None
    assert upgraded.body["goals"][0]["id"] == "G-01"
    assert "upgraded to 1.2" in response.content.decode()


REFUSED = {
    "not JSON": b"{task: 1}",
    "empty": b"",
    "a list": b"[]",
    "a text": b'"x"',
    "another descriptor": (EXAMPLE / "trained_model.json").read_bytes(),
    "an unknown version": b'{"version": "9.9", "task": "x"}',
    "too large": b'{"task": "' + b"x" * 20_000_000 + b'"}',
    "too deep": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "NaN": b'{"version": "1.2", "task": NaN}',
    "a huge number": b'{"version": "1.2", "n": 9007199254740993}',
    "a key twice": b'{"version": "1.2", "task": "a", "task": "b"}',
    "NUL": b'{"version": "1.2", "task": "\\u0000"}',
    "a lone surrogate": b'{"version": "1.2", "task": "\\ud800"}',
    "UTF-16": '{"version": "1.2"}'.encode("utf-16"),
    "a PNG": b"\x89PNG\r\n\x1a\n" + bytes(20),
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_is_refused_with_words_and_changes_nothing(
    client: Client, project: Project, content: bytes
) -> None:
    before = make_revision(project, body={"version": "1.2", "task": "Sort"})

    response = client.post(url(project, "import/"), {"based_on": 1, "file": file(content, "mine.json")})

    page = response.content.decode()
    assert response.status_code == 400
    assert "mine.json" in page
    assert "Traceback" not in page
    assert Revision.objects.get() == before


def test_a_byte_order_mark_is_dropped(client: Client, project: Project) -> None:
    content = b"\xef\xbb\xbf" + example("system_context")

    assert client.post(url(project, "import/"), {"based_on": 0, "file": file(content)}).status_code == 302


def test_file_or_text_but_not_both_and_not_neither(client: Client, project: Project) -> None:
    both = {"based_on": 0, "text": "{}", "file": file(b"{}")}

    assert client.post(url(project, "import/"), both).status_code == 400
    assert client.post(url(project, "import/"), {"based_on": 0}).status_code == 400
    assert not Revision.objects.exists()


def test_an_import_on_top_of_somebody_elses_save_is_refused(client: Client, project: Project) -> None:
    make_revision(project)
    make_revision(project)

    response = client.post(url(project, "import/"), {"based_on": 1, "file": file(example("system_context"))})

    assert response.status_code == 409
    assert Revision.objects.count() == 2


# Import and export of a project


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.json", content)
    return buffer.getvalue()


def send_zip(client: Client, project: Project, content: bytes, seen: str = "{}") -> Any:
    return client.post(
        f"/projects/{project.slug}/import/", {"seen": seen, "file": file(content, "all.zip")}, follow=True
    )


def test_a_zip_brings_all_its_documents(client: Client, project: Project) -> None:
    content = zipped(system_context=example("system_context"), raw_data=example("raw_data"))

    response = send_zip(client, project, content)

    assert "Imported System Context, Raw Data." in response.content.decode()
    assert {d.descriptor for d in Document.objects.present()} == {"system_context", "raw_data"}


def test_a_zip_with_one_bad_document_brings_none(client: Client, project: Project) -> None:
    response = send_zip(client, project, zipped(system_context=example("system_context"), raw_data=b"{"))

    assert response.status_code == 400
    assert "raw_data.json" in response.content.decode()
    assert not Revision.objects.exists()


def test_a_stale_zip_brings_none(client: Client, project: Project) -> None:
    make_revision(project, "raw_data")
    content = zipped(system_context=example("system_context"), raw_data=example("raw_data"))

    assert send_zip(client, project, content).status_code == 409
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("seen", ["", "x", "[]", '{"raw_data": "1"}', '{"raw_data": true}'])
def test_a_tampered_import_form_is_refused(client: Client, project: Project, seen: str) -> None:
    content = zipped(system_context=example("system_context"))

    assert send_zip(client, project, content, seen).status_code == 400


def test_what_is_exported_can_be_imported_again(client: Client, project: Project) -> None:
    for descriptor in ("system_context", "trained_model"):
        make_revision(project, descriptor, body=json.loads(example(descriptor)))

    response = client.get(f"/projects/{project.slug}/export/")
    other = make_project(owner=project.members.get(), name="Copy")
    send_zip(client, other, response.content)

    assert Document.objects.bodies_of(other) == Document.objects.bodies_of(project)
    assert response["Content-Disposition"] == 'attachment; filename="triage.zip"'


def test_a_document_is_exported_as_it_is_stored(client: Client, project: Project) -> None:
    make_revision(project, body=json.loads(example("system_context")))

    response = client.get(url(project, "export/"))

    assert json.loads(response.content) == json.loads(example("system_context"))
    assert "attachment" in response["Content-Disposition"]


def test_an_invalid_document_is_exported_after_its_problems_were_shown(
    client: Client, project: Project
) -> None:
    make_revision(project, body={"version": "1.2", "task": 7})

    first = client.get(url(project, "export/"))
    second = client.get(url(project, "export/"), {"anyway": ""})

    assert "Download all the same" in first.content.decode()
    assert json.loads(second.content) == {"version": "1.2", "task": 7}


def test_there_is_nothing_to_export_in_an_absent_document(client: Client, project: Project) -> None:
    response = client.get(url(project, "export/"), follow=True)

    assert "nothing to export" in response.content.decode()


# Clear, history, restore


def test_a_document_nobody_uses_can_be_cleared(client: Client, project: Project) -> None:
    make_revision(project)

    client.post(url(project, "clear/"), {"based_on": 1, "reason": "started over"})

    cleared = Revision.objects.order_by("-number")[0]
    assert (cleared.text, cleared.origin, cleared.reason) == (None, "clear", "started over")


def test_a_document_in_use_is_not_cleared_and_the_page_says_where(client: Client, project: Project) -> None:
    for descriptor in ("system_context", "trained_model"):
        make_revision(project, descriptor, body=json.loads(example(descriptor)))

    shown = client.get(url(project, "clear/")).content.decode()
    response = client.post(url(project, "clear/"), {"based_on": 1})

    assert "Goal" in shown
    assert response.status_code == 409
    assert Revision.objects.count() == 2


def test_the_history_names_who_saved_what_and_why(client: Client, project: Project) -> None:
    make_revision(project, by=make_user(username="grace"), reason="measured again")

    page = client.get(url(project, "history/")).content.decode()

    assert "grace" in page
    assert "measured again" in page


def test_a_revision_shows_what_it_changed(client: Client, project: Project) -> None:
    make_revision(project, body={"version": "1.2", "task": "Sort parcels"})
    make_revision(project, body={"version": "1.2", "task": "Rank parcels"})

    page = client.get(url(project, "history/2/")).content.decode()

    assert "Sort parcels" in page
    assert "Rank parcels" in page


def test_an_old_revision_is_restored(client: Client, project: Project) -> None:
    make_revision(project, body={"version": "1.2", "task": "Sort"})
    make_revision(project, body={"version": "1.2", "task": "Rank"})

    client.post(url(project, "history/1/restore/"), {"based_on": 2})

    assert Revision.objects.order_by("-number")[0].body == {"version": "1.2", "task": "Sort"}


def test_restoring_does_not_overwrite_a_newer_save(client: Client, project: Project) -> None:
    make_revision(project, body={"version": "1.2", "task": "Sort"})
    make_revision(project, body={"version": "1.2", "task": "Rank"})

    client.post(url(project, "history/1/restore/"), {"based_on": 1})

    assert Revision.objects.count() == 2


def test_an_archived_project_can_be_read_but_not_changed(
    client: Client, project: Project, owner: Any
) -> None:
    make_revision(project)
    archive_project(project=project, by=owner)

    assert client.get(url(project)).status_code == 200
    assert client.post(url(project), {"based_on": 1, "text": "{}"}).status_code == 403
    assert client.post(url(project, "clear/"), {"based_on": 1}).status_code == 403


def test_the_history_takes_the_same_number_of_queries_however_long_it_is(
    client: Client, project: Project
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(url(project, "history/"))
            client.get(f"/projects/{project.slug}/history/")
        return len(seen)

    make_revision(project)
    few = queries()
    for _ in range(30):
        make_revision(project)

    assert queries() == few


HOSTILE = '"><script>window.__x=1</script>{{7*7}}'


def test_hostile_text_is_shown_as_text(client: Client, project: Project) -> None:
    make_revision(project, body={"version": "1.2", "task": HOSTILE, HOSTILE: 1}, reason=HOSTILE)
    make_revision(project, body={"version": "1.2", "task": "x"}, reason=HOSTILE)

    for page in PAGES[:4] + ["history/", "history/2/"]:
        shown = client.get(url(project, page)).content.decode()
        assert "<script>window" not in shown
        assert "{{7*7}}" in shown or HOSTILE[:5] not in shown
