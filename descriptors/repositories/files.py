"""Finds out which file of a folder is which document, and what is wrong with those that are none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from descriptors import bundles, catalogue, recognition
from descriptors.bundles import ReadProblem
from tec.plain import quoted, shortened

if TYPE_CHECKING:
    from descriptors.repositories.worker import Found


class File(NamedTuple):
    """The file of one document: what it says, or why that cannot be told."""

    name: str
    body: dict[str, Any] | None = None
    place: str = ""
    message: str = ""
    remedy: str = ""


def sorted_out(found: Iterable[Found]) -> dict[str, File]:
    """The files by descriptor; each is judged for itself, so that one bad file keeps no other back."""
    by_descriptor: dict[str, list[Found]] = {}
    exported_from: set[str] = set()
    for each in found:
        named = recognition.by_file_name(each.name)
        if named:
            by_descriptor.setdefault(named.descriptor, []).append(each)
            exported_from |= {named.project} if named.project else set()
    several = len(exported_from) > 1
    return {
        descriptor: _twins(descriptor, files) if len(files) > 1 else _read(files[0], several)
        for descriptor, files in by_descriptor.items()
    }


def _twins(descriptor: str, files: list[Found]) -> File:
    names = " and ".join(quoted(file.name) for file in files[:3])
    return File(
        files[0].name,
        message=f"{names} are both {catalogue.NAMES[descriptor]}",
        remedy="Keep the one that counts.",
    )


def _read(file: Found, several: bool) -> File:
    if file.message:
        return File(file.name, message=file.message, remedy=file.remedy)
    named = recognition.by_file_name(file.name)
    if several and named and named.project:
        return File(
            file.name,
            message="the folder holds exports of several projects",
            remedy="Keep the descriptors of each project in a folder of their own.",
        )
    try:
        bundle = bundles.from_files(file.name, [(file.name, file.name, file.data)], ())
    except ReadProblem as problem:
        texts = (problem.place, problem.message, problem.remedy)
        return File(
            file.name,
            None,
            *(shortened(text, limit) for text, limit in zip(texts, (300, 1_000, 1_000), strict=True)),
        )
    body = next(iter(bundle.documents.values()), None)
    if body is None:
        return File(file.name, message="the file says “null”", remedy="Delete the file, or write a document.")
    return File(file.name, body)
