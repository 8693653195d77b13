"""Reads the field guides: what people are told about each field of a descriptor, what must be filled in."""

from __future__ import annotations

import marshal
import os
import sys

from tec.pointers import is_index, tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "guides")

_FORMAT = b"TEC field guide, format 2\n"  # raise the number when the shape of the compiled form changes


class FieldGuide:
    """What people are told about one field, and how a form offers it."""

    __slots__ = (
        "example",
        "help",
        "label",
        "link",
        "placeholder",
        "readonly_source",
        "section",
        "several",
        "unit",
        "vocabulary",
        "when",
        "widget",
        "within",
    )

    def __init__(
        self,
        label: str,
        help: str = "",
        example: Any = None,  # a valid value of the field's own type
        section: str = "",  # id of the section that the field's top-level property belongs to
        placeholder: str = "",
        unit: str = "",  # "GB"
        widget: str = "",  # "textarea" where the schema alone would give a one-line input
        vocabulary: str = "",  # name of the list that offers values
        link: str = "",  # "<descriptor>:<path>" whose values are offered
        within: str = "",  # sibling field that narrows the linked values down
        when: dict[str, Any] | None = None,  # {"at": field, "is": [values]}: shown only then
        readonly_source: str = "",  # "<descriptor>:<path>" from which the value is copied
        several: str = "",  # of a switch: the top-level list whose having more than one row turns it on
    ) -> None:
        self.label = label
        self.help = help
        self.example = example
        self.section = section
        self.placeholder = placeholder
        self.unit = unit
        self.widget = widget
        self.vocabulary = vocabulary
        self.link = link
        self.within = within
        self.when = when
        self.readonly_source = readonly_source
        self.several = several


class Section:
    """A group of top-level properties that a form shows together."""

    __slots__ = ("fields", "help", "id", "title")

    def __init__(self, id: str, title: str, help: str, fields: tuple[str, ...]) -> None:
        self.id = id
        self.title = title
        self.help = help
        self.fields = fields


class Guide:
    """The field guide of one descriptor; empty for a descriptor that has none."""

    __slots__ = ("descriptor", "fields", "required", "sections", "summary")

    def __init__(
        self,
        descriptor: str,
        summary: str,
        sections: tuple[Section, ...],
        fields: dict[str, FieldGuide],  # by path: "goals[].metric"
        required: tuple[dict[str, Any], ...],  # the [[required]] tables, for `mismatch.required`
    ) -> None:
        self.descriptor = descriptor
        self.summary = summary
        self.sections = sections
        self.fields = fields
        self.required = required


class GuideError(ValueError):
    """A guide file cannot be used; the message says which and why."""


_guides: dict[str, Guide] = {}


def guide(descriptor: str) -> Guide:
    """The guide of *descriptor*, read once per process. Raises GuideError if its file is broken."""
    found = _guides.get(descriptor)
    if found is None:
        found = _guides[descriptor] = read(os.path.join(FOLDER, f"{descriptor}.toml"), descriptor)
    return found


def read(path: str, descriptor: str) -> Guide:
    """The guide in the file at *path*; an empty one if there is no such file."""
    summary, sections, fields, required = _load(path, descriptor)
    return Guide(
        descriptor,
        summary,
        tuple([Section(*section) for section in sections]),
        {at: FieldGuide(**field) for at, field in fields.items()},
        required,
    )


def label(descriptor: str, pointer: str) -> str:
    """The place *pointer* in words, rows counted from 1: “Output specification 2 › Item type”."""
    fields = guide(descriptor).fields
    words: list[str] = []
    path = ""
    for token in tokens(pointer):
        if words and is_index(token):
            path += "[]"
            row = fields[path].label if path in fields else words[-1]
            words[-1] = f"{row} {int(token) + 1}"
        else:
            path = f"{path}.{token}" if path else token
            words.append(field_label(descriptor, path))
    return " › ".join(words)


def field_label(descriptor: str, path: str) -> str:
    """The label of one field by its path; a field without a guide is called by its key: “Item type”."""
    known = guide(descriptor).fields.get(path)
    if known is not None:
        return known.label
    words = path.rpartition(".")[2].removesuffix("[]").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _load(path: str, descriptor: str) -> tuple[Any, ...]:
    """The compiled guide at *path*, from the cache beside it if that is of the same state of the file.

    Parsing TOML takes tens of milliseconds, too long for each start of the command line. The cache is data
    and written even under PYTHONDONTWRITEBYTECODE; where that cannot be, the guide is parsed each time.
    """
    try:
        state = os.stat(path)
    except FileNotFoundError:
        return "", (), {}, ()
    cache = _cache_path(path)
    header = _FORMAT + b"%d %d\n" % (state.st_mtime_ns, state.st_size)
    compiled = _cached(cache, header)
    if compiled is None:
        with open(path, "rb") as file:
            compiled = _compiled(os.path.basename(path), descriptor, file.read())
        _keep(cache, header, compiled)
    return compiled


def _cache_path(path: str) -> str:
    folder, name = os.path.split(path)
    return os.path.join(folder, "__pycache__", f"{name}.{sys.implementation.cache_tag}.guide")


def _cached(cache: str, header: bytes) -> tuple[Any, ...] | None:
    """What the cache file holds under *header*; None if it is absent, stale or damaged."""
    try:
        with open(cache, "rb") as file:
            data = file.read()
        if not data.startswith(header):
            return None
        size, _, body = data[len(header) :].partition(b"\n")
        if int(size) != len(body):
            return None
        compiled = marshal.loads(body)  # noqa: S302  # as trusted as the .pyc files beside it
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return compiled if isinstance(compiled, tuple) and len(compiled) == 4 else None


def _keep(cache: str, header: bytes, compiled: tuple[Any, ...]) -> None:
    """Write the cache file in one step, so that nobody reads half of it; without the right to, do nothing."""
    body = marshal.dumps(compiled)
    mine = f"{cache}.{os.getpid()}.{id(body)}"
    try:
        os.makedirs(os.path.dirname(cache), exist_ok=True)
        with open(mine, "xb") as file:
            file.write(header + b"%d\n" % len(body) + body)
        os.replace(mine, cache)
    except OSError:
        try:
            os.unlink(mine)
        except OSError:
            return


def _compiled(name: str, descriptor: str, source: bytes) -> tuple[Any, ...]:
    """The guide as plain tuples and dicts (summary, sections, fields, required), misspelt keys refused."""
    import tomllib

    try:
        table = tomllib.loads(source.decode())
        marshal.dumps(table)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise GuideError(f"The field guide {name} is not valid TOML: {problem}.") from problem
    except ValueError as problem:
        raise GuideError(
            f"{name}: texts, numbers, booleans, lists and tables only; a date is a text."
        ) from problem
    _check_keys(name, "the guide", table, ("descriptor", "summary", "section", "field", "required"))
    if table.get("descriptor") != descriptor:
        raise GuideError(f"{name}: “descriptor” has to be {descriptor}, not {table.get('descriptor')}.")
    sections = tuple([_section(name, section) for section in table.get("section", [])])
    home = {top: section[0] for section in sections for top in section[3]}
    fields = {path: _field(name, path, field, home) for path, field in table.get("field", {}).items()}
    return table.get("summary", ""), sections, fields, tuple(table.get("required", []))


def _section(name: str, section: dict[str, Any]) -> tuple[Any, ...]:
    keys = ("id", "title", "help", "fields")
    _check_keys(name, f"section “{section.get('id', '')}”", section, keys, keys)
    return section["id"], section["title"], section["help"], tuple(section["fields"])


def _field(name: str, path: str, field: dict[str, Any], home: dict[str, str]) -> dict[str, Any]:
    known = [key for key in FieldGuide.__slots__ if key != "section"]
    _check_keys(name, f"field “{path}”", field, known, ("label",))
    top = path.partition(".")[0].partition("[")[0]
    return {**field, "section": home.get(top, "")}


def _check_keys(
    name: str, what: str, table: dict[str, Any], known: Iterable[str], needed: Iterable[str] = ()
) -> None:
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise GuideError(f"{name}: {what} has unknown keys {', '.join(unknown)} (known: {', '.join(known)}).")
    missing = [key for key in needed if not table.get(key)]
    if missing:
        raise GuideError(f"{name}: {what} lacks {', '.join(missing)}.")
