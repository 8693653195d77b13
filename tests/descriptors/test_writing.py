"""Writing documents and projects so that they are read back as they were, and under safe names."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from descriptors import reading, writing
from descriptors.catalogue import DESCRIPTORS
from descriptors.recognition import Named, by_file_name

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | words
)
bodies = st.dictionaries(words, leaves | st.lists(leaves, max_size=3), max_size=5).map(
    lambda body: {"version": "1.2", **{key: value for key, value in body.items() if key != "version"}}
)
projects = st.fixed_dictionaries({"name": words, "description": words, "point_of_contact": words})
sets_of_documents = st.dictionaries(st.sampled_from(DESCRIPTORS), st.none() | bodies, min_size=1).filter(
    lambda documents: any(documents.values())
)


def in_order(value: Any) -> Any:
    """*value* with the order of its keys made visible."""
    return [(key, in_order(item)) for key, item in value.items()] if isinstance(value, dict) else value


@settings(max_examples=60, deadline=None)
@given(projects, sets_of_documents)
def test_a_project_is_read_back_from_its_zip_as_it_was(
    project: dict[str, str], documents: dict[str, Any]
) -> None:
    bundle = reading.read_bytes("p.zip", writing.project_zip(project, documents))
    there = {name: documents[name] for name in DESCRIPTORS if documents.get(name) is not None}
    assert bundle.project == project
    assert in_order(bundle.documents) == in_order(there)


@settings(max_examples=60, deadline=None)
@given(projects, sets_of_documents)
def test_a_project_is_read_back_from_its_bundle_as_it_was(
    project: dict[str, str], documents: dict[str, Any]
) -> None:
    data = writing.document_bytes(writing.bundle(project, documents))
    bundle = reading.read_bytes("p.json", data)
    there = {name: documents[name] for name in DESCRIPTORS if documents.get(name) is not None}
    assert bundle.project == project
    assert in_order(bundle.documents) == in_order(there)


@settings(max_examples=30, deadline=None)
@given(projects, sets_of_documents, st.randoms())
def test_the_same_content_gives_the_same_bytes(
    project: dict[str, str], documents: dict[str, Any], random: Any
) -> None:
    shuffled = list(documents.items())
    random.shuffle(shuffled)
    assert writing.project_zip(project, documents) == writing.project_zip(project, dict(shuffled))
    assert writing.bundle(project, documents) == writing.bundle(project, dict(shuffled))


def test_a_zip_tells_nothing_of_when_and_where_it_was_made() -> None:
    data = writing.project_zip({"name": "Loans"}, {"raw_data": {"version": "1.2"}, "training_data": None})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["project.json", "raw_data.json"]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert json.loads(archive.read("project.json")) == {
            "name": "Loans",
            "description": "",
            "point_of_contact": "",
        }


def test_a_bundle_names_absent_documents() -> None:
    assert writing.bundle({}, {"raw_data": {"a": 1}}) == {
        "project": {"name": "", "description": "", "point_of_contact": ""},
        "documents": dict.fromkeys(DESCRIPTORS) | {"raw_data": {"a": 1}},
    }


def test_a_document_is_written_for_people() -> None:
    assert writing.document_bytes({"b": "ä", "a": []}) == '{\n  "b": "ä",\n  "a": []\n}\n'.encode()


@pytest.mark.parametrize(
    ("project", "name"),
    [
        ("Loans 2024", "Loans 2024 - Raw Data.json"),
        ("Kreditausfälle", "Kreditausfälle - Raw Data.json"),
        ("../../etc/passwd", "etc-passwd - Raw Data.json"),
        ('x"; filename="evil.html', "x-; filename=-evil.html - Raw Data.json"),
        ("a\r\nSet-Cookie: b", "a Set-Cookie- b - Raw Data.json"),
        ("invoice\u202efdp.exe", "invoicefdp.exe - Raw Data.json"),
        ("C:\\loans\\new", "C-loans-new - Raw Data.json"),
        (".htaccess", "htaccess - Raw Data.json"),
        ("--force", "force - Raw Data.json"),
        ("con", "project con - Raw Data.json"),
        ("LPT1.txt", "project LPT1.txt - Raw Data.json"),
        ("console", "console - Raw Data.json"),
        ("", "project - Raw Data.json"),
        (" \t\0 ", "project - Raw Data.json"),
        ("..", "project - Raw Data.json"),
        ("%2e%2e%2f", "2e-2e-2f - Raw Data.json"),
    ],
)
def test_file_names_are_safe_whatever_the_project_is_called(project: str, name: str) -> None:
    assert writing.file_name(project, "raw_data") == name


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400), st.sampled_from(DESCRIPTORS))
def test_no_project_name_makes_an_unsafe_or_unrecognised_file_name(project: str, descriptor: str) -> None:
    for name in (writing.file_name(project, descriptor), writing.archive_name(project)):
        assert len(name) <= 120
        assert len(name.encode()) <= 255
        assert not set(name) & set('/\\:*?"<>|%\0\r\n\u202e')
        assert name[0] not in ".- "
    named = by_file_name(writing.file_name(project, descriptor))
    assert named is not None
    assert named.descriptor == descriptor


def test_an_exported_file_name_gives_the_project_back() -> None:
    assert by_file_name(writing.file_name("Loans - Raw Data", "trained_model")) == Named(
        "trained_model", "Loans - Raw Data"
    )
    assert writing.archive_name("Loans") == "Loans.zip"
