"""Reading projects and documents from files of every shape, and refusing those that are none."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from descriptors import reading, recognition
from descriptors.catalogue import DESCRIPTORS, NAMES
from descriptors.reading import ReadProblem, Source
from tests.hostile import archives, json_texts
from tests.hostile.archives import GOALS, HostileArchive, packed
from tests.hostile.json_texts import Hostile

EXAMPLES = Path(__file__).parents[2] / "examples"
LOANS = EXAMPLES / "consumer-loan-default"


def document(descriptor: str, project: str = "consumer-loan-default") -> dict[str, Any]:
    """One document of an example project."""
    body: dict[str, Any] = json.loads((EXAMPLES / project / f"{descriptor}.json").read_bytes())
    return body


def problem_of(read: Callable[..., object], *arguments: object) -> ReadProblem:
    """The refusal that *read* answers with."""
    with pytest.raises(ReadProblem) as caught:
        read(*arguments)
    text = str(caught.value)
    assert text.endswith(".")
    assert text.isprintable()
    assert caught.value.remedy
    return caught.value


def folder_of(path: Path, **files: bytes) -> str:
    """A new folder with these files; “__” in a name stands for a dot."""
    path.mkdir()
    for name, content in files.items():
        (path / name.replace("__", ".")).write_bytes(content)
    return str(path)


# Folders


@pytest.mark.parametrize("example", sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir()))
def test_every_example_folder_is_read_in_display_order(example: str) -> None:
    bundle = reading.read_path(str(EXAMPLES / example))
    there = [name for name in DESCRIPTORS if (EXAMPLES / example / f"{name}.json").exists()]
    assert list(bundle.documents) == there
    assert bundle.documents == {name: document(name, example) for name in there}
    assert bundle.origins == {name: str(EXAMPLES / example / f"{name}.json") for name in there}
    assert bundle.ignored == ("expected.json",)
    assert bundle.project == json.loads((EXAMPLES / example / "project.json").read_bytes())


def test_project_json_names_the_project(tmp_path: Path) -> None:
    about = {"name": "Loans", "description": "…", "point_of_contact": "Kim", "colour": 7, "slug": None}
    path = folder_of(tmp_path / "p", raw_data__json=b"{}", project__json=json.dumps(about).encode())
    assert reading.read_path(path).project == {"name": "Loans", "description": "…", "point_of_contact": "Kim"}


@pytest.mark.parametrize(
    "name",
    [
        "raw_data.json",
        "RAW_DATA.JSON",
        "Raw Data.json",
        "raw-data.Json",
        "My - loans - Raw Data",
        "L - raw data (2).JSON",
    ],
)
def test_names_are_understood_in_many_spellings(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b'{"version": "1.2"}')
    assert reading.read_path(str(tmp_path)).documents == {"raw_data": {"version": "1.2"}}


@pytest.mark.parametrize(
    "name", ["raw_data.json.bak", "raw_data", "xraw_data.json", "raw_data.txt", "- Raw Data.json"]
)
def test_other_names_are_not(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"{}")
    assert "holds no descriptors" in problem_of(reading.read_path, str(tmp_path)).message


def test_exports_of_the_original_give_the_project_its_name(tmp_path: Path) -> None:
    for descriptor, title in NAMES.items():
        (tmp_path / f"Loans 2024 - {title}.json").write_bytes(json.dumps(document(descriptor)).encode())
    bundle = reading.read_path(str(tmp_path))
    assert bundle.project == {"name": "Loans 2024"}
    assert list(bundle.documents) == list(DESCRIPTORS)


def test_project_json_has_the_last_word_on_the_name(tmp_path: Path) -> None:
    (tmp_path / "Loans - Raw Data.json").write_bytes(b"{}")
    (tmp_path / "project.json").write_bytes(b'{"name": "Credit", "description": "d"}')
    assert reading.read_path(str(tmp_path)).project == {"name": "Credit", "description": "d"}


def test_a_null_document_is_absent_and_an_empty_one_is_kept(tmp_path: Path) -> None:
    path = folder_of(tmp_path / "p", raw_data__json=b"null", system_context__json=b"{}")
    bundle = reading.read_path(path)
    assert bundle.documents == {"system_context": {}}
    assert list(bundle.origins) == list(bundle.sources) == ["system_context"]


def test_two_files_for_one_descriptor_are_refused_with_both_names(tmp_path: Path) -> None:
    path = folder_of(tmp_path / "p", raw_data__json=b"{}")
    (tmp_path / "p" / "Loans - Raw Data.json").write_bytes(b"{}")
    problem = problem_of(reading.read_path, path)
    assert problem.message == "“Loans - Raw Data.json” and “raw_data.json” are both Raw Data"


def test_exports_of_two_projects_in_one_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "A - Raw Data.json").write_bytes(b"{}")
    (tmp_path / "B - System Context.json").write_bytes(b"{}")
    assert "different projects" in problem_of(reading.read_path, str(tmp_path)).message


def test_a_folder_of_projects_is_answered_with_their_names() -> None:
    problem = problem_of(reading.read_path, str(EXAMPLES))
    assert "bakery-demand-forecast" in problem.message
    assert problem.message.endswith("and 1 more")


def test_an_empty_folder_is_answered_with_the_names_to_use(tmp_path: Path) -> None:
    problem = problem_of(reading.read_path, str(tmp_path))
    assert problem.message == "the folder holds no descriptors"
    assert "production_data" in problem.remedy


def test_a_folder_of_thousands_of_files_is_refused(tmp_path: Path) -> None:
    for number in range(501):
        (tmp_path / f"{number}.json").touch()
    assert "more than 500" in problem_of(reading.read_path, str(tmp_path)).message


def test_a_folder_called_like_a_descriptor_is_refused(tmp_path: Path) -> None:
    (tmp_path / "raw_data.json").mkdir()
    problem = problem_of(reading.read_path, str(tmp_path))
    assert problem.file.endswith("raw_data.json")
    assert "Is a directory" in problem.message


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    problem = problem_of(reading.read_path, str(tmp_path / "nowhere"))
    assert problem.file == str(tmp_path / "nowhere")
    assert "no such file or folder" in problem.message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    path = folder_of(tmp_path / "p", raw_data__json=b"{}")
    (tmp_path / "p" / "raw_data.json").chmod(0)
    assert "may not read" in problem_of(reading.read_path, path).message


def test_a_permission_problem_reads_well() -> None:
    problem = reading.unreadable("a.json", PermissionError(13, "Permission denied"))
    assert str(problem) == "a.json: you may not read it. Ask its owner for permission to read."


def test_a_file_without_end_is_not_read_to_the_end() -> None:
    assert "more than 25,000,000 bytes" in problem_of(reading.read_path, "/dev/zero").message


# Zip archives


def zipped(path: Path) -> bytes:
    """All files of a folder as a zip."""
    return packed(*((file.name, file.read_bytes()) for file in sorted(path.iterdir())))


def test_a_zip_reads_as_its_folder_does() -> None:
    bundle = reading.read_bytes("loans.zip", zipped(LOANS))
    folder = reading.read_path(str(LOANS))
    assert bundle.documents == folder.documents
    assert bundle.ignored == folder.ignored
    assert bundle.origins["raw_data"] == "loans.zip/raw_data.json"


def test_a_zip_is_known_by_its_content_whatever_its_name() -> None:
    assert len(reading.read_bytes("upload.bin", zipped(LOANS)).documents) == 8


def test_one_folder_inside_a_zip_and_the_litter_of_a_desktop_are_fine() -> None:
    data = packed(
        ("Loans/", b""),
        ("Loans/raw_data.json", b"{}"),
        ("Loans/project.json", b'{"name": "Loans"}'),
        ("Loans/notes/expected.json", b"[]"),
        ("__MACOSX/Loans/._raw_data.json", b"\0\5\26\7"),
        ("Loans/.DS_Store", b"\0"),
        ("project.json", b'{"name": "Another"}'),
    )
    bundle = reading.read_bytes("x.zip", data)
    assert bundle.documents == {"raw_data": {}}
    assert bundle.project == {"name": "Loans"}
    assert bundle.ignored == ("Loans/notes/expected.json", "project.json")


def test_an_export_of_the_original_reads_back() -> None:
    data = packed(("Loans - Raw Data.json", b"{}"), ("Loans - Trained Model.json", b"{}"))
    bundle = reading.read_bytes("Loans.zip", data)
    assert bundle.project == {"name": "Loans"}
    assert list(bundle.documents) == ["raw_data", "trained_model"]


def test_something_else_called_zip_is_refused() -> None:
    assert "not a zip archive" in problem_of(reading.read_bytes, "x.ZIP", b'{"a": 1}').message


@pytest.mark.parametrize("hostile", archives.REFUSED, ids=lambda hostile: hostile.id)
def test_a_hostile_archive_is_refused_with_its_own_words(hostile: HostileArchive) -> None:
    text = str(problem_of(reading.read_bytes, "loans.zip", hostile.data))
    assert text.startswith("loans.zip")
    assert [words for words in hostile.words if words not in text] == []


def test_a_zip_beyond_the_limit_is_refused_before_it_is_opened() -> None:
    data = packed(("system_context.json", GOALS)) + bytes(25_000_000)
    assert "25,000,000" in problem_of(reading.read_bytes, "x.zip", data).message


def test_nothing_is_written_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    reading.read_bytes("loans.zip", zipped(LOANS))
    assert list(tmp_path.iterdir()) == []


# Bundles and single documents


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()


DOCUMENTS = {"raw_data": {"version": "1.2"}, "production_data": None}


@pytest.mark.parametrize(
    ("value", "project", "pointer"),
    [
        ({"project": {"name": "L"}, "documents": DOCUMENTS}, {"name": "L"}, "/documents/raw_data"),
        ({"documents": DOCUMENTS}, {}, "/documents/raw_data"),
        ({"project": None, "documents": DOCUMENTS, "format": 1}, {}, "/documents/raw_data"),
        (DOCUMENTS, {}, "/raw_data"),
        ({"project": {"name": "L"}, **DOCUMENTS}, {"name": "L"}, "/raw_data"),
        ({"name": "L", "description": None, **DOCUMENTS}, {"name": "L"}, "/raw_data"),
        ({"project": {"name": "L", **DOCUMENTS}}, {"name": "L"}, "/project/raw_data"),
    ],
)
def test_bundles_come_in_several_shapes(value: Any, project: dict[str, str], pointer: str) -> None:
    data = as_json(value)
    bundle = reading.read_bytes("b.json", data)
    assert bundle.documents == {"raw_data": {"version": "1.2"}}
    assert bundle.project == project
    assert bundle.sources == {"raw_data": Source("b.json", data, pointer)}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (
            {"documents": {"trained_modell": {}}},
            ("“trained_modell” is not a descriptor", "Did you mean “trained_model”?"),
        ),
        ({"raw_data": {}, "weather": {}}, ("“weather” is not a descriptor", "Known: system_context")),
        ({"documents": []}, ("at /documents", "a list", "an object")),
        ({"documents": {"raw_data": []}}, ("at /documents/raw_data", "a list", "an object")),
        ({"documents": {"raw_data": "x"}}, ("at /documents/raw_data", "a text")),
        ({"project": [], "documents": {}}, ("at /project", "a list")),
        ({"project": {"name": 7}, "documents": {}}, ("at /project/name", "not a text")),
        (
            {"documents": {"raw_data": {"version": "9.9"}}},
            ("at /documents/raw_data/version", "“9.9”", "1.0, 1.1, 1.2"),
        ),
        ({"documents": {"raw_data": {"version": 7}}}, ("“7”", "written as text")),
        ({"documents": {"raw_data": {"version": ["x"]}}}, ("at /documents/raw_data/version",)),
        ({"findings": [], "outcomes": {}, "documents": {}}, ("the result of a check",)),
        ([], ("a list",)),
        ("x", ("a text",)),
        (1, ("a number",)),
        (True, ("true or false",)),
        (None, ("null",)),
    ],
)
def test_a_malformed_bundle_is_refused_with_place_and_known_names(value: Any, words: tuple[str, ...]) -> None:
    text = str(problem_of(reading.read_bytes, "b.json", as_json(value)))
    assert text.startswith("b.json")
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize("descriptor", DESCRIPTORS)
def test_a_single_document_is_known_by_its_keys(descriptor: str) -> None:
    body = document(descriptor)
    assert reading.read_bytes("x.json", as_json(body)).documents == {descriptor: body}
    assert reading.read_bytes("standard input", as_json(body)).documents == {descriptor: body}


@pytest.mark.parametrize("other", DESCRIPTORS)
@pytest.mark.parametrize("descriptor", DESCRIPTORS)
def test_a_file_with_the_name_of_another_descriptor_is_refused(descriptor: str, other: str) -> None:
    if descriptor != other:
        data = as_json({"documents": {descriptor: document(other)}})
        for name, given in (("b.json", data), (f"{descriptor}.json", as_json(document(other)))):
            problem = problem_of(reading.read_bytes, name, given)
            assert (
                problem.message == f"this looks like a {NAMES[other]} document, not like {NAMES[descriptor]}"
            )


@pytest.mark.parametrize("example", sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir()))
def test_no_schema_is_needed_to_see_that_an_example_is_what_it_says(
    example: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition, "properties", lambda descriptor: pytest.fail("a schema was read"))
    reading.read_path(str(EXAMPLES / example))


def test_the_file_name_decides_before_the_keys() -> None:
    bundle = reading.read_bytes("/some/where/Loans - Raw Data.json", as_json({"schema": []}))
    assert list(bundle.documents) == ["raw_data"]


def test_a_document_that_could_be_several_is_refused_naming_them() -> None:
    problem = problem_of(reading.read_bytes, "x.json", b'{"version": "1.2", "statistics": []}')
    assert problem.message == "by its keys the document could be Training Data or Production Data"
    assert "training_data.json" in problem.remedy


@pytest.mark.parametrize(
    "data", [b"{}", b'{"version": "1.2", "documentation": []}', b'{"colour": 1, "size": 2}']
)
def test_a_document_that_could_be_anything_is_refused_naming_all(data: bytes) -> None:
    problem = problem_of(reading.read_bytes, "x.json", data)
    assert "neither the file name nor the keys" in problem.message
    assert all(descriptor in problem.remedy for descriptor in DESCRIPTORS)


# One document for one descriptor


@pytest.mark.parametrize("descriptor", DESCRIPTORS)
def test_an_import_gives_the_document_as_it_is(descriptor: str) -> None:
    assert reading.read_document("x.json", as_json(document(descriptor)), descriptor) == document(descriptor)


@pytest.mark.parametrize("other", DESCRIPTORS)
@pytest.mark.parametrize("descriptor", DESCRIPTORS)
def test_an_import_into_the_wrong_descriptor_says_which_one_it_looks_like(
    descriptor: str, other: str
) -> None:
    if descriptor != other:
        problem = problem_of(reading.read_document, "x.json", as_json(document(other)), descriptor)
        assert problem.message == f"this looks like a {NAMES[other]} document, not like {NAMES[descriptor]}"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([], "a list"),
        (None, "null"),
        ({"version": "9.9"}, "Known versions, written as text: 1.0, 1.1, 1.2."),
        ({"goals": []}, "known versions: 1.0, 1.1, 1.2."),
        ({"version": None}, "does not say which version"),
    ],
)
def test_an_import_of_no_document_is_refused(value: object, words: str) -> None:
    assert words in str(problem_of(reading.read_document, "x.json", as_json(value), "system_context"))


def test_a_draft_that_shares_its_few_keys_with_others_may_be_imported() -> None:
    draft = {"version": "1.2", "schema": [], "my_note": "…"}
    assert reading.read_document("x.json", as_json(draft), "raw_data") == draft


# Hostile JSON through every way of reading


@pytest.mark.parametrize("hostile", json_texts.REFUSED, ids=lambda hostile: hostile.id)
def test_hostile_json_is_refused_however_it_comes(tmp_path: Path, hostile: Hostile) -> None:
    path = folder_of(tmp_path / "p", raw_data__json=hostile.data)
    stored = packed(("raw_data.json", hostile.data), method=0)
    ways: list[tuple[Callable[..., object], tuple[object, ...], str]] = [
        (reading.read_path, (path,), f"{path}/raw_data.json"),
        (reading.read_path, (f"{path}/raw_data.json",), f"{path}/raw_data.json"),
        (reading.read_bytes, ("upload.json", hostile.data), "upload.json"),
        (reading.read_bytes, ("upload.zip", stored), "upload.zip"),
        (reading.read_document, ("x.json", hostile.data, "raw_data"), "x.json"),
    ]
    for read, arguments, file in ways:
        problem = problem_of(read, *arguments)
        text = str(problem)
        assert text.startswith(file)
        if hostile.code != "too_large":  # there, each way has its own words
            assert [words for words in hostile.words if words not in text] == []


def test_a_copy_of_an_example_with_windows_line_ends_and_a_mark_reads_the_same(tmp_path: Path) -> None:
    copy = tmp_path / "loans"
    shutil.copytree(LOANS, copy)
    for file in copy.iterdir():
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert reading.read_path(str(copy)).documents == reading.read_path(str(LOANS)).documents
