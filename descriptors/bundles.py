"""Makes a project out of files and JSON values: which document is which, and whether it can be used."""

from __future__ import annotations

import os

from descriptors import catalogue, recognition
from tec import strictjson
from tec.named import NamedTuple
from tec.plain import quoted, visible
from tec.strictjson import DOCUMENTS, Limits, StrictJSONError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

_ABOUT = ("name", "description", "point_of_contact")
_KINDS = {list: "a list", str: "a text", bool: "true or false", type(None): "null"}


class ReadProblem(ValueError):
    """Something that cannot be read as descriptors: which file, where in it, what is wrong, what to do."""

    def __init__(self, file: str, message: str, remedy: str, *, place: str = "") -> None:
        self.file = visible(file)
        self.place = place
        self.message = message
        self.remedy = remedy
        super().__init__(file, message)

    @property
    def pointer(self) -> str:
        """Where in the file's JSON, as far as it is known; "" is the whole."""
        return self.place.rpartition("at ")[2] if "at /" in self.place else ""

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, self.place) if part)
        return f"{where}: {self.message}. {self.remedy}"


class Source(NamedTuple):
    """Where a document was read from; for reports that point into the file."""

    file: str
    data: bytes
    pointer: str = ""  # of the document inside the file's JSON


class Bundle(NamedTuple):
    """A project as it was read. Documents that are absent or null are left out; `{}` is kept."""

    project: dict[str, str]  # name, description, point_of_contact, as far as they are known
    documents: dict[str, dict[str, Any]]  # in display order
    origins: dict[str, str]  # descriptor → its file, for people: "loans.zip/raw_data.json"
    sources: dict[str, Source]
    ignored: tuple[str, ...] = ()  # names of .json files that are no descriptors


def from_files(where: str, files: Iterable[tuple[str, str, bytes]], ignored: tuple[str, ...]) -> Bundle:
    """The project made of the files of one folder: (name, name for people, content) of each.

    *where* is the folder or archive, for messages; *ignored* are its other JSON files.
    """
    project: dict[str, str] = {}
    exported_from: dict[str, str] = {}  # project name in the original's file names → the first such file
    sources: dict[str, Source] = {}
    bodies: dict[str, Any] = {}
    for name, file, data in files:
        named = recognition.by_file_name(name)
        value = loads(file, data)
        if named is None:
            project = _about(file, value, "")
            continue
        if named.descriptor in sources:
            raise ReadProblem(
                where,
                f"{quoted(base(sources[named.descriptor].file))} and {quoted(name)} are both"
                f" {catalogue.NAMES[named.descriptor]}",
                "Keep the one that counts.",
            )
        if named.project:
            exported_from.setdefault(named.project, name)
        sources[named.descriptor] = Source(file, data)
        bodies[named.descriptor] = value
    if len(exported_from) > 1:
        raise ReadProblem(
            where,
            f"these files belong to different projects: {some(exported_from.values())}",
            "Give one project at a time.",
        )
    if exported_from and not project.get("name"):
        project = {"name": next(iter(exported_from)), **{key: text for key, text in project.items() if text}}
    return _checked(project, bodies, sources, ignored)


def from_json(name: str, data: bytes) -> Bundle:
    """The project in one JSON file: a bundle in any of its shapes, or a single document."""
    return from_value(name, loads(name, data), data)


def from_value(name: str, value: Any, data: bytes = b"") -> Bundle:
    """The project in a JSON value that was read from *name*, whose bytes are *data*."""
    value = object_in(name, value, "")
    bundled, project, at = _unwrapped(name, value)
    if bundled is None:
        descriptor = _identified(name, value)
        return _checked({}, {descriptor: value}, {descriptor: Source(name, data)}, ())
    for key in bundled:
        if key not in catalogue.NAMES:
            raise _unknown_descriptor(name, key, at)
    sources = {key: Source(name, data, f"{at}/{key}") for key in bundled}
    return _checked(project, bundled, sources, ())


def _unwrapped(name: str, value: dict[str, Any]) -> tuple[dict[str, Any] | None, dict[str, str], str]:
    """The documents of a bundle by descriptor, its project, and the pointer of the documents; or None first.

    Besides TEC's own two shapes, the answer of the original's `/project/get_project` is understood: project
    and documents side by side, perhaps inside “project”.
    """
    if "findings" in value and "outcomes" in value:
        raise ReadProblem(name, "this is the result of a check", "Give the descriptors that were checked.")
    if "documents" in value:
        documents = object_in(name, value["documents"], "/documents")
        return documents, _about(name, value.get("project"), "/project"), "/documents"
    inner = value.get("project")
    if isinstance(inner, dict) and inner.keys() & catalogue.NAMES.keys():
        value, at = inner, "/project"
    else:
        at = ""
    if not value.keys() & catalogue.NAMES.keys():
        return None, {}, ""
    project = _about(name, value, at) | (_about(name, inner, "/project") if not at else {})
    return {key: item for key, item in value.items() if key not in (*_ABOUT, "project")}, project, at


def _checked(
    project: dict[str, str],
    bodies: Mapping[str, Any],
    sources: dict[str, Source],
    ignored: tuple[str, ...],
) -> Bundle:
    documents: dict[str, dict[str, Any]] = {}
    for descriptor in catalogue.DESCRIPTORS:
        if bodies.get(descriptor) is None:
            sources.pop(descriptor, None)
            continue
        source = sources[descriptor]
        body = object_in(source.file, bodies[descriptor], source.pointer)
        check_kind(source.file, body, descriptor, source.pointer)
        check_version(source.file, body, descriptor, source.pointer)
        documents[descriptor] = body
    origins = {descriptor: sources[descriptor].file for descriptor in documents}
    return Bundle(
        project, documents, origins, {descriptor: sources[descriptor] for descriptor in documents}, ignored
    )


def check_kind(file: str, body: dict[str, Any], descriptor: str, at: str) -> None:
    """Refuse a document that clearly is another descriptor than the one it is given as."""
    other = recognition.looks_like_another(body, descriptor)
    if other:
        title, other_title = catalogue.NAMES[descriptor], catalogue.NAMES[other]
        raise ReadProblem(
            file,
            f"this looks like a {other_title} document, not like {title}",
            f"Give it as {other}, or put the {title} document in its place.",
            place=f"at {at}" if at else "",
        )


def check_version(file: str, body: dict[str, Any], descriptor: str, at: str) -> None:
    """Refuse a document of a version nobody knows. One that names none counts as new."""
    version = body.get("version", catalogue.LATEST)
    if version in (catalogue.LATEST, "", None):
        return
    known = catalogue.versions(descriptor)
    # A number counts as well; validation will say that the schema wants a text.
    written = str(float(version)) if type(version) in (int, float) else version
    if written not in known:
        raise ReadProblem(
            file,
            f"{quoted(str(version))} is not a version of {catalogue.NAMES[descriptor]} that TEC knows",
            f"Known versions, written as text: {', '.join(known)}.",
            place=f"at {at}/version",
        )


def _identified(name: str, body: dict[str, Any]) -> str:
    """The descriptor that a single document is."""
    named = recognition.by_file_name(base(name))
    if named is not None:
        return named.descriptor
    candidates = recognition.by_content(body)
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        titles = " or ".join(catalogue.NAMES[candidate] for candidate in candidates)
        raise ReadProblem(
            name,
            f"by its keys the document could be {titles}",
            f"Name the file {candidates[0]}.json, for example.",
        )
    raise ReadProblem(
        name,
        "neither the file name nor the keys tell which descriptor this is",
        f"Name the file after its descriptor. Known: {recognition.known_names()}.",
    )


def _unknown_descriptor(file: str, key: str, at: str) -> ReadProblem:
    from difflib import get_close_matches

    close = get_close_matches(key.lower(), catalogue.DESCRIPTORS, 1)
    hint = f"Did you mean “{close[0]}”? " if close else ""
    return ReadProblem(
        file,
        f"{quoted(key)} is not a descriptor",
        f"{hint}Known: {recognition.known_names()}.",
        place=f"at {at}" if at else "",
    )


def _about(file: str, value: Any, at: str) -> dict[str, str]:
    """Name, description and point of contact from a project's JSON; other keys are not ours to judge."""
    if value is None:
        return {}
    about = {
        key: text for key, text in object_in(file, value, at).items() if key in _ABOUT and text is not None
    }
    for key, text in about.items():
        if not isinstance(text, str):
            raise ReadProblem(
                file,
                f"the project's {key.replace('_', ' ')} is not a text",
                "Write it in double quotes.",
                place=f"at {at}/{key}",
            )
    return about


def object_in(file: str, value: Any, at: str) -> dict[str, Any]:
    """*value*, which stands at the pointer *at* of *file* and has to be an object."""
    if isinstance(value, dict):
        return value
    raise ReadProblem(
        file,
        f"it holds {_KINDS.get(type(value), 'a number')} where an object in braces {{…}} belongs",
        "Give a descriptor document, or a bundle of them.",
        place=f"at {at}" if at else "",
    )


def loads(file: str, data: bytes, limits: Limits = DOCUMENTS) -> Any:
    """The JSON value in *data*; what is wrong with it becomes a ReadProblem of *file*."""
    try:
        return strictjson.loads(data, limits=limits)
    except StrictJSONError as error:
        raise ReadProblem(file, error.what, error.remedy, place=error.place) from error


def base(path: str) -> str:
    """The file name of *path*, without its folders."""
    return os.path.basename(path)


def some(names: Iterable[str], limit: int = 5) -> str:
    """A few names for a message: “a”, “b” and 3 more."""
    listed = [quoted(name) for name in names]
    rest = len(listed) - limit
    return ", ".join(listed[:limit]) + (f" and {rest} more" if rest > 0 else "")
