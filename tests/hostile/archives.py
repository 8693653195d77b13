"""Zip archives that have to be refused, each with the words that its refusal must contain."""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
from typing import NamedTuple


class HostileArchive(NamedTuple):
    """One archive and words that its message must contain."""

    id: str
    data: bytes
    words: tuple[str, ...]


GOALS = b'{"version": "1.2", "goals": []}'


def packed(*entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these (name, content); names are taken as they are."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about names that occur twice: on purpose
        for name, content in entries:
            archive.writestr(name, content)
    return file.getvalue()


def _entry(name: str, *, mode: int = 0) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.filename = name  # the constructor cuts at NUL and turns backslashes round on some systems
    entry.external_attr = mode << 16
    return entry


def _encrypted() -> bytes:
    data = bytearray(packed(("system_context.json", GOALS)))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


def _understated(declared: int) -> bytes:
    """A zip whose header claims that a large file has only *declared* bytes."""
    content = b'{"version": "1.2", "task": "' + b"x" * 50_000 + b'"}'
    data = bytearray(packed(("system_context.json", content)))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, declared)
    return bytes(data)


def _overlapping() -> bytes:
    """Two names for the same stretch of bytes."""
    data = bytearray(packed(("system_context.json", GOALS), ("raw_data.jsonxxxxxxx", GOALS)))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    struct.pack_into("<I", data, second + 42, 0)
    return bytes(data)


def _strange_method() -> bytes:
    data = bytearray(packed(("system_context.json", GOALS)))
    struct.pack_into("<H", data, data.index(b"PK\x01\x02") + 10, 97)
    return bytes(data)


def _bomb(megabytes: int) -> bytes:
    return packed(("system_context.json", b" " * (megabytes * 1_000_000)))


REFUSED = (
    HostileArchive(
        "up and out", packed(("../system_context.json", GOALS)), ("leads out", "../system_context.json")
    ),
    HostileArchive("out from inside", packed(("a/../../raw_data.json", GOALS)), ("leads out",)),
    HostileArchive("absolute", packed(("/etc/system_context.json", GOALS)), ("root of a disk",)),
    HostileArchive("drive letter", packed(("C:/system_context.json", GOALS)), ("root of a disk",)),
    HostileArchive("backslash", packed((_entry("a\\..\\raw_data.json"), GOALS)), ("backslash",)),
    HostileArchive("network path", packed((_entry("\\\\host\\raw_data.json"), GOALS)), ("root of a disk",)),
    HostileArchive(
        "symbolic link",
        packed((_entry("system_context.json", mode=stat.S_IFLNK | 0o777), b"/etc/passwd")),
        ("symbolic link", "system_context.json"),
    ),
    HostileArchive("encrypted", _encrypted(), ("encrypted", "password")),
    HostileArchive("empty archive", packed(), ("no files",)),
    HostileArchive("only folders", packed(("loans/", b"")), ("no files",)),
    HostileArchive(
        "nested",
        packed(("system_context.json", GOALS), ("more.zip", packed())),
        ("another archive", "more.zip"),
    ),
    HostileArchive(
        "nested under a false name", packed(("system_context.json", packed(("a", b"")))), ("zip archive",)
    ),
    HostileArchive(
        "the same name twice",
        packed(("raw_data.json", b"{}"), ("raw_data.json", GOALS)),
        ("two files", "raw_data.json"),
    ),
    HostileArchive(
        "one descriptor twice",
        packed(("raw_data.json", b"{}"), ("Raw_Data.JSON", b"{}")),
        ("raw_data.json", "Raw_Data.JSON", "both", "Raw Data"),
    ),
    HostileArchive("declared too large", _bomb(101), ("100,000,000",)),
    HostileArchive("ratio", _bomb(3), ("more than 100 times",)),
    HostileArchive(
        "one file too large",
        packed(("raw_data.json", b"x" * 5_000_001), method=zipfile.ZIP_STORED),
        ("raw_data.json", "5,000,000"),
    ),
    HostileArchive("the header understates", _understated(100), ("damaged",)),
    HostileArchive("overlapping", _overlapping(), ("overlap",)),
    HostileArchive("a method of compression nobody knows", _strange_method(), ("method",)),
    HostileArchive(
        "70 000 entries",
        packed(*((f"{number}.txt", b"") for number in range(70_000))),
        ("more than 500 files",),
    ),
    HostileArchive("long name", packed(("x" * 300 + ".json", b"{}")), ("longer than 255",)),
    HostileArchive("text that turns round", packed(("raw\u202e_data.json", b"{}")), ("invisible",)),
    HostileArchive("line break in a name", packed(("raw\n_data.json", b"{}")), ("invisible",)),
    HostileArchive("cut off", packed(("system_context.json", GOALS))[:-30], ("damaged",)),
    HostileArchive("garbage after the mark", b"PK\x03\x04" + b"\x07" * 500, ("damaged",)),
    HostileArchive(
        "no descriptors",
        packed(("readme.txt", b"hello"), ("data.json", b"{}")),
        ("no descriptors", "raw_data"),
    ),
    HostileArchive(
        "two projects",
        packed(("a/raw_data.json", b"{}"), ("b/raw_data.json", b"{}")),
        ("several folders", "“a”", "“b”"),
    ),
    HostileArchive(
        "a broken document", packed(("raw_data.json", b'{"a": 1,}')), ("raw_data.json", "line 1, column 9")
    ),
)
