"""Reading the field guides: labels, the compiled cache and what is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from descriptors import guides
from descriptors.catalogue import DESCRIPTORS
from descriptors.guides import GuideError, field_label, guide, label, read

ROOT = Path(__file__).resolve().parents[2]

GUIDE = """
descriptor = "raw_data"
summary = "What was collected."
[[section]]
id = "what"
title = "What"
help = "What it is."
fields = ["rows", "task"]
[field."rows"]
label = "Rows"
example = [{ name = "a" }]
[field."rows[].name"]
label = "Name"
when = { at = "/task", is = ["x"] }
[field."other"]
label = "Other"
[[required]]
code = "RD-01"
at = "task"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "raw_data.toml"
    path.write_text(GUIDE, "utf-8")
    return path


def cache_of(path: Path) -> Path:
    [cache] = (path.parent / "__pycache__").iterdir()
    return cache


def rewrite(path: Path, text: str) -> None:
    """Change the file and make sure that its time differs, whatever the clock of the file system."""
    before = path.stat().st_mtime_ns
    path.write_text(text, "utf-8")
    os.utime(path, ns=(before + 10**9, before + 10**9))


def test_a_guide_holds_what_its_file_says(file: Path) -> None:
    found = read(str(file), "raw_data")

    assert (found.descriptor, found.summary) == ("raw_data", "What was collected.")
    assert [(section.id, section.title, section.fields) for section in found.sections] == [
        ("what", "What", ("rows", "task"))
    ]
    assert found.fields["rows"].example == [{"name": "a"}]
    assert found.fields["rows[].name"].when == {"at": "/task", "is": ["x"]}
    assert found.fields["rows[].name"].help == ""
    assert [found.fields[path].section for path in ("rows", "rows[].name", "other")] == ["what", "what", ""]
    assert found.required == ({"code": "RD-01", "at": "task"},)


def test_the_second_reading_comes_from_the_cache(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read(str(file), "raw_data")
    monkeypatch.setattr(guides, "_compiled", lambda *_: pytest.fail("parsed again"))

    second = read(str(file), "raw_data")

    assert second.summary == first.summary
    assert second.required == first.required


def test_a_changed_file_is_read_again(file: Path) -> None:
    read(str(file), "raw_data")
    rewrite(file, GUIDE.replace("collected", "gathered!"))

    assert read(str(file), "raw_data").summary == "What was gathered!."
    assert read(str(file), "raw_data").summary == "What was gathered!."


@pytest.mark.parametrize("damage", [b"", b"junk", None, "half", "body", "shape"])
def test_a_damaged_cache_is_replaced(file: Path, damage: Any) -> None:
    read(str(file), "raw_data")
    cache = cache_of(file)
    good = cache.read_bytes()
    form, state, size, body = good.split(b"\n", 3)
    header = form + b"\n" + state
    broken = {
        None: good[: len(good) // 2],
        "half": header + b"\n" + size + b"\n" + body[:-1],
        "body": header + b"\n" + size + b"\n" + b"\xff" * len(body),
        "shape": header + b"\n2\ni\x01",
    }
    cache.write_bytes(damage if isinstance(damage, bytes) else broken[damage])

    assert read(str(file), "raw_data").summary == "What was collected."
    assert cache.read_bytes() == good


def test_a_folder_that_cannot_be_written_only_costs_time(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError("read-only")

    monkeypatch.setattr(os, "makedirs", refuse)

    assert read(str(file), "raw_data").summary == "What was collected."
    assert not (file.parent / "__pycache__").exists()


def test_a_failed_write_leaves_nothing_behind(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", refuse)

    assert read(str(file), "raw_data").summary == "What was collected."
    assert list((file.parent / "__pycache__").iterdir()) == []


def test_many_first_readers_at_once_all_read_it_whole(file: Path) -> None:
    code = "import sys; from descriptors.guides import read; print(read(sys.argv[1], 'raw_data').summary)"
    readers = [
        subprocess.Popen([sys.executable, "-c", code, str(file)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]

    assert [reader.communicate()[0] for reader in readers] == ["What was collected.\n"] * 6
    assert cache_of(file).name.endswith(".guide")


def test_warm_guides_are_read_without_parsing_toml() -> None:
    code = (
        "import sys; from descriptors.guides import guide; "
        f"[guide(name) for name in {DESCRIPTORS}]; print('tomllib' in sys.modules, 'typing' in sys.modules)"
    )
    for name in DESCRIPTORS:
        guide(name)

    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert answer.stdout.split() == ["False", "False"]


def test_a_descriptor_without_a_guide_has_an_empty_one() -> None:
    assert guide("invented").fields == {}
    assert label("invented", "/some_rows/0/item_type") == "Some rows 1 › Item type"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('summary = "', "summary = ", "raw_data.toml is not valid TOML"),
        ('summary = "What was collected."', "summary = 2024-01-01", "a date is a text"),
        ('descriptor = "raw_data"', 'descriptor = "trained_model"', "“descriptor” has to be raw_data, not trained_model"),
        ('summary = "', 'sumary = "', "the guide has unknown keys sumary (known: descriptor, summary, section"),
        ('label = "Rows"', 'lable = "Rows"', "field “rows” has unknown keys lable"),
        ('label = "Rows"', 'label = ""', "field “rows” lacks label"),
        ('title = "What"', 'heading = "What"', "section “what” has unknown keys heading (known: id, title, help"),
        ('title = "What"\n', "", "section “what” lacks title"),
    ],
)  # fmt: skip
def test_a_faulty_guide_is_refused_by_name(file: Path, old: str, new: str, complaint: str) -> None:
    rewrite(file, GUIDE.replace(old, new))

    with pytest.raises(GuideError) as refused:
        read(str(file), "raw_data")

    assert complaint in str(refused.value)
    assert "raw_data.toml" in str(refused.value)


@pytest.mark.parametrize(
    ("descriptor", "pointer", "words"),
    [
        ("trained_model", "", ""),
        ("trained_model", "/output_spec/1/item_type", "Output specification 2 › Item type"),
        ("trained_model", "/ml_frameworks/0", "ML framework 1"),
        (
            "trained_model",
            "/model_components/0/hyper_parameters/11",
            "Model components 1 › Hyper-parameters 12",
        ),
        ("raw_data", "/metadata/collection_date", "Metadata › Collection date"),
        ("raw_data", "/not_in_any_schema", "Not in any schema"),
        ("raw_data", "/schema/0/own~1key/5", "Schema 1 › Own/key 6"),
        ("raw_data", "/0/²/" + "9" * 5000, "0 › ² › " + "9" * 5000),
    ],
)
def test_places_are_named_by_labels_and_row_numbers(descriptor: str, pointer: str, words: str) -> None:
    assert label(descriptor, pointer) == words


def test_a_field_is_named_by_its_label_or_its_key() -> None:
    assert field_label("trained_model", "output_spec[].item_type") == "Item type"
    assert field_label("trained_model", "output_spec[].some_key[]") == "Some key"
