"""Writes documents and whole projects as files: the same content always gives the same bytes."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile

from descriptors import catalogue
from descriptors.recognition import PROJECT_FILE
from tec import strictjson

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

MAX_NAME = 120  # characters
_MAX_NAME_BYTES = 240  # file systems allow 255
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that zip can say

_PATH_CHARACTERS = re.compile(r'[/\\:*?"<>|%]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)
_ABOUT = ("name", "description", "point_of_contact")


def document_bytes(body: Mapping[str, Any]) -> bytes:
    """One document as a file: indented, keys in their own order, UTF-8, final newline."""
    return strictjson.dumps(dict(body)).encode()


def file_name(project_name: str, descriptor: str) -> str:
    """What a downloaded document is called: “Loans - Raw Data.json”, safe on every system."""
    return _safe(project_name, f" - {catalogue.NAMES[descriptor]}.json")


def archive_name(project_name: str) -> str:
    """What a downloaded project is called: “Loans.zip”, safe on every system."""
    return _safe(project_name, ".zip")


def bundle(project: Mapping[str, str], documents: Mapping[str, Any]) -> dict[str, Any]:
    """The project as one JSON object; documents that are absent are null."""
    return {
        "project": _about(project),
        "documents": {descriptor: documents.get(descriptor) for descriptor in catalogue.DESCRIPTORS},
    }


def project_files(project: Mapping[str, str], documents: Mapping[str, Any]) -> dict[str, bytes]:
    """The files of a project's folder by name; documents that are absent have none."""
    files = {PROJECT_FILE: document_bytes(_about(project))}
    for descriptor in catalogue.DESCRIPTORS:
        if documents.get(descriptor) is not None:
            files[f"{descriptor}.json"] = document_bytes(documents[descriptor])
    return files


def project_zip(project: Mapping[str, str], documents: Mapping[str, Any]) -> bytes:
    """The files of a project as a zip. Nothing in it depends on when or where it is made."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in project_files(project, documents).items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, wherever we run
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def _about(project: Mapping[str, str]) -> dict[str, str]:
    return {key: project.get(key) or "" for key in _ABOUT}


def _safe(project_name: str, ending: str) -> str:
    """*project_name* and *ending* as one file name: no path, nothing invisible, not too long, never empty."""
    visible = "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", project_name)
        if char.isspace() or unicodedata.category(char)[0] != "C"
    )
    name = " ".join(_PATH_CHARACTERS.sub("-", visible).split())
    # A leading dot hides a file, a leading hyphen reads as an option, and Windows drops dots at the end.
    name = name.lstrip(".- ")[: MAX_NAME - len(ending)]
    name = name.encode()[: _MAX_NAME_BYTES - len(ending)].decode(errors="ignore").rstrip(". ")
    if not name or _RESERVED.fullmatch(name.partition(".")[0].strip()):
        name = f"project {name}".strip()
    return name + ending
