"""Reads a project's descriptors from where people keep them: folder, zip, bundle or a single document."""

from __future__ import annotations

import os

from descriptors import catalogue, recognition
from descriptors.bundles import (
    Bundle,
    ReadProblem,
    Source,
    base,
    check_kind,
    check_version,
    from_files,
    from_json,
    loads,
    object_in,
    some,
)
from tec import strictjson
from tec.plain import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "Bundle",
    "ReadProblem",
    "Source",
    "document_in",
    "read_bytes",
    "read_document",
    "read_file",
    "read_path",
    "unreadable",
]

MAX_PACKED = 25_000_000
"""Bytes of one file as it is handed in: the limit for a zip; JSON has its own, smaller one."""

MAX_FILES = 500
"""JSON files in one folder."""

_NAMING = f"Name the files after their descriptors: {', '.join(catalogue.DESCRIPTORS)}; each with .json."


def read_path(path: str) -> Bundle:
    """The project in the folder, zip, bundle or document at *path*. Raises ReadProblem."""
    try:
        if os.path.isdir(path):
            return _folder(path)
        return read_bytes(path, read_file(path))
    except OSError as error:
        raise unreadable(path, error) from error


def read_bytes(name: str, data: bytes) -> Bundle:
    """The project in *data*: a zip, a bundle or one document. *name* is the file name; it may identify."""
    if data.startswith(b"PK") or name.lower().endswith(".zip"):
        return _archive(name, data)
    return from_json(name, data)


def read_document(name: str, data: bytes, descriptor: str) -> dict[str, Any]:
    """The one document in *data*, which has to be a *descriptor*, of a known version. Raises ReadProblem."""
    return document_in(name, loads(name, data), descriptor)


def document_in(name: str, value: Any, descriptor: str) -> dict[str, Any]:
    """*value*, which was read from *name*, if it can be kept as a *descriptor*. Raises ReadProblem."""
    body = object_in(name, value, "")
    check_kind(name, body, descriptor, "")
    if body.get("version") in (None, ""):
        raise ReadProblem(
            name,
            "the document does not say which version of the schema it follows",
            f"Add the key “version”; known versions: {', '.join(catalogue.versions(descriptor))}.",
        )
    check_version(name, body, descriptor, "")
    return body


def read_file(path: str, limit: int = MAX_PACKED) -> bytes:
    """The bytes of *path*, refused beyond *limit* without reading further. Raises ReadProblem, OSError."""
    with open(path, "rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise ReadProblem(
            path, f"it has more than {limit:,} bytes, which is the limit", "Give a smaller file."
        )
    return data


def unreadable(path: str, error: OSError) -> ReadProblem:
    """What the operating system objects to, in words."""
    if isinstance(error, FileNotFoundError):
        return ReadProblem(
            path, "there is no such file or folder", "Check the spelling and the current folder."
        )
    if isinstance(error, PermissionError):
        return ReadProblem(path, "you may not read it", "Ask its owner for permission to read.")
    reason = error.strerror or str(error)
    return ReadProblem(path, f"it cannot be read ({reason})", "Check that it is an ordinary file.")


def _folder(path: str) -> Bundle:
    named: list[tuple[str, str]] = []
    ignored: list[str] = []
    for name in sorted(os.listdir(path)):
        if not is_ours(name):
            if name.lower().endswith(".json"):
                ignored.append(name)
            continue
        named.append((name, os.path.join(path, name)))
    if len(named) + len(ignored) > MAX_FILES:
        raise ReadProblem(
            path, f"the folder holds more than {MAX_FILES} JSON files", "Give the project's own folder."
        )
    if not any(recognition.by_file_name(name) for name, _ in named):
        raise _nothing_in_folder(path, ignored)
    files = []
    for name, file in named:
        try:
            files.append((name, file, read_file(file, strictjson.MAX_BYTES)))
        except OSError as error:
            raise unreadable(file, error) from error
    return from_files(path, files, tuple(ignored))


def _nothing_in_folder(path: str, ignored: list[str]) -> ReadProblem:
    below = [name for name in sorted(os.listdir(path)) if _holds_descriptors(os.path.join(path, name))]
    if below:
        return ReadProblem(
            path,
            f"the folder holds no descriptors itself, but these in it do: {some(below)}",
            "Give one of them.",
        )
    also = f"; {some(ignored)} cannot be told apart by name" if ignored else ""
    return ReadProblem(
        path,
        f"the folder holds no descriptors{also}",
        _NAMING,
    )


def _holds_descriptors(path: str) -> bool:
    try:
        return os.path.isdir(path) and any(recognition.by_file_name(name) for name in os.listdir(path))
    except OSError:
        return False


def _archive(name: str, data: bytes) -> Bundle:
    from descriptors import archives

    if not archives.is_zip(data):
        raise ReadProblem(name, "it is not a zip archive", "Pack it anew, or give the folder itself.")
    try:
        names, contents = archives.members(data, _is_ours_in_archive, strictjson.MAX_BYTES)
    except archives.ArchiveProblem as problem:
        place = f"file {quoted(problem.entry, 80)}" if problem.entry else ""
        raise ReadProblem(name, problem.message, problem.remedy, place=place) from problem
    folders = sorted({os.path.dirname(entry) for entry in contents if recognition.by_file_name(base(entry))})
    if len(folders) > 1:
        raise ReadProblem(
            name,
            f"the archive holds descriptors in several folders: {some(folders)}",
            "Pack one project at a time.",
        )
    if not folders:
        raise ReadProblem(
            name,
            "the archive holds no descriptors",
            _NAMING,
        )
    here = {entry for entry in contents if os.path.dirname(entry) == folders[0]}
    files = [(base(entry), f"{name}/{entry}", contents[entry]) for entry in sorted(here)]
    ignored = [entry for entry in names if entry.lower().endswith(".json") and entry not in here]
    return from_files(name, files, tuple(sorted(entry for entry in ignored if not _is_litter(entry))))


def is_ours(name: str) -> bool:
    """Whether a file of that name belongs to a project's folder."""
    return name.lower() == recognition.PROJECT_FILE or recognition.by_file_name(name) is not None


def _is_ours_in_archive(entry: str) -> bool:
    return is_ours(base(entry)) and not _is_litter(entry)


def _is_litter(entry: str) -> bool:
    """What macOS adds to every archive."""
    return entry.startswith("__MACOSX/") or base(entry).startswith("._")
