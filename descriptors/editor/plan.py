"""Turns a schema and its field guide into what a form offers; made once per descriptor and version."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from descriptors import catalogue, guides
from descriptors.editor.required import Requirement, requirements
from descriptors.editor.values import TEXT_KINDS
from descriptors.links import texts_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from descriptors.guides import FieldGuide, Guide
    from descriptors.schema_store import Source

WIDEST_TABLE = 8  # columns; rows with more are shown as cards
LONG_EXAMPLE = 60  # characters; a text expected to be longer gets an input of several lines


SCALARS = TEXT_KINDS | {"integer", "number", "flag", "choice", "fixed"}


@dataclass(frozen=True, slots=True)
class Condition:
    """A field is shown only while another one has one of some values."""

    scope: str  # path of the innermost list both fields lie in ("output_spec[]"), "" for the whole document
    keys: tuple[str, ...]  # from the row of that list to the other field
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """One field, group or list of a form, whatever its content."""

    kind: str  # text, area, uri, date, integer, number, flag, choice, fixed, json, group or list
    key: str
    path: str  # "output_spec[].item_type"
    label: str
    help: str = ""
    example: Any = None
    placeholder: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()  # of a choice: what the schema allows
    fixed: Any = None  # of a fixed field: its one value
    minimum: float | None = None
    maximum: float | None = None
    compulsory: bool = False  # the schema wants the key to be there
    requirement: Requirement | None = None  # why it has to be filled in
    vocabulary: str = ""
    link: str = ""  # "<descriptor>:<path>" whose values are offered
    within: str = ""  # the field beside it that narrows them down
    narrowed_by: str = ""  # the key that the field beside it draws its values from
    source: str = ""  # "<descriptor>:<path>" that the value repeats
    several: str = ""  # of a switch: the key of the list that turns it on by having several rows
    when: Condition | None = None
    children: tuple[Plan, ...] = ()  # of a group
    item: Plan | None = None  # of a list
    layout: str = ""  # of a list: "values", "table" or "cards"
    least: int = 0  # of a list: how many rows the schema wants
    by_key: Mapping[str, Plan] = field(default_factory=dict, compare=False, repr=False)

    @property
    def scalar(self) -> bool:
        return self.kind in SCALARS


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form that is opened and shown as one."""

    id: str
    title: str
    help: str
    plans: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class FormPlan:
    """Everything a form of one descriptor in one version shows, before any document."""

    descriptor: str
    version: str
    summary: str
    root: Plan
    sections: tuple[Section, ...]


def plan_for(descriptor: str, version: str = catalogue.LATEST) -> FormPlan:
    """The plan of *descriptor*; of the newest version if *version* is not known."""
    if version not in catalogue.versions(descriptor):
        version = catalogue.LATEST
    return _plan_for(descriptor, version, catalogue.source())


@cache
def _plan_for(descriptor: str, version: str, source: Source) -> FormPlan:
    # *source* tells schemas of the same version apart once the submodule has moved.
    return build(descriptor, version, catalogue.schema(descriptor, version), guides.guide(descriptor))


def build(descriptor: str, version: str, schema: Mapping[str, Any], guide: Guide) -> FormPlan:
    """The plan from *schema* and *guide*; a guide that knows nothing gives labels made of the keys."""
    builder = _Builder(guide, set(schema.get("properties", {})))
    root = builder.group("", "", schema, compulsory=True)
    return FormPlan(descriptor, version, guide.summary, root, tuple(_sections(root, guide)))


class _Builder:
    def __init__(self, guide: Guide, top: set[str]) -> None:
        self.guide = guide
        self.top = top
        self.required = requirements(guide.required)

    def plan(self, key: str, path: str, schema: Mapping[str, Any], *, compulsory: bool) -> Plan:
        kind = _kind(schema)
        if kind == "group":
            return self.group(key, path, schema, compulsory=compulsory)
        if kind == "list":
            return self.rows(key, path, schema, compulsory=compulsory)
        told = self.guide.fields.get(path)
        if kind == "text" and told and _is_long(told):
            kind = "area"
        return Plan(
            kind=kind,
            choices=tuple(value for value in schema.get("enum", ()) if isinstance(value, str)),
            fixed=schema.get("const"),
            minimum=schema.get("minimum"),
            maximum=schema.get("maximum"),
            **self.common(key, path, schema, compulsory=compulsory),
        )

    def group(self, key: str, path: str, schema: Mapping[str, Any], *, compulsory: bool) -> Plan:
        wanted = set(schema.get("required", ()))
        children = tuple(
            self.plan(name, f"{path}.{name}" if path else name, node, compulsory=name in wanted)
            for name, node in schema["properties"].items()
        )
        by_key = {child.key: child for child in children}
        for child in children:
            if child.within in by_key and by_key[child.within].link:
                narrowed_by = by_key[child.within].link.rpartition(".")[2]
                by_key[child.key] = replace(child, narrowed_by=narrowed_by)
        return Plan(
            kind="group",
            children=tuple(by_key.values()),
            by_key=by_key,
            **self.common(key, path, schema, compulsory=compulsory),
        )

    def rows(self, key: str, path: str, schema: Mapping[str, Any], *, compulsory: bool) -> Plan:
        item = self.plan("", f"{path}[]", schema["items"], compulsory=False)
        return Plan(
            kind="list",
            item=item,
            layout=_layout(item),
            least=schema.get("minItems", 0),
            **self.common(key, path, schema, compulsory=compulsory),
        )

    def common(self, key: str, path: str, schema: Mapping[str, Any], *, compulsory: bool) -> dict[str, Any]:
        told = self.guide.fields.get(path)
        facts: dict[str, Any] = {"key": key, "path": path, "compulsory": compulsory}
        facts["requirement"] = self.required.get(path)
        if told is None:
            facts["label"] = humanised(path)
            facts["help"] = schema.get("description", "")
            return facts
        return facts | {
            "label": told.label,
            "help": told.help,
            "example": told.example,
            "placeholder": told.placeholder,
            "unit": told.unit,
            "vocabulary": told.vocabulary,
            "link": told.link,
            "within": told.within,
            "source": told.readonly_source,
            "several": told.several,
            "when": self.condition(path, told.when) if told.when else None,
        }

    def condition(self, path: str, when: Mapping[str, Any]) -> Condition:
        at: str = when["at"].lstrip("/")
        if at.partition(".")[0].partition("[")[0] not in self.top:
            at = f"{path.rpartition('.')[0]}.{at}"  # beside the field itself
        scope, _, keys = at.rpartition("[]")
        scope = f"{scope}[]" if scope else ""
        return Condition(scope, tuple(keys.lstrip(".").split(".")), tuple(when["is"]))


def terms_of(plan: FormPlan, document: Any) -> dict[str, list[str]]:
    """The entries of *document* that belong to a vocabulary, by its name."""
    found: dict[str, list[str]] = {}
    for each in every(plan.root):
        if each.vocabulary and each.scalar:
            found.setdefault(each.vocabulary, []).extend(text for _, text in texts_at(document, each.path))
    return found


def every(plan: Plan) -> Iterator[Plan]:
    """*plan* and all below it, in the order of the form."""
    yield plan
    for child in plan.children if plan.item is None else (plan.item,):
        yield from every(child)


def humanised(path: str) -> str:
    """The last key of *path* as words: “Item type” for output_spec[].item_type."""
    words = path.rpartition(".")[2].removesuffix("[]").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _kind(schema: Mapping[str, Any]) -> str:
    if "const" in schema:
        return "fixed"
    if "enum" in schema and all(isinstance(value, str) for value in schema["enum"]):
        return "choice"
    match schema.get("type"):
        case "string":
            return schema["format"] if schema.get("format") in {"uri", "date"} else "text"
        case "integer" | "number" as kind:
            return str(kind)
        case "boolean":
            return "flag"
        case "object" if schema.get("properties"):
            return "group"
        case "array" if _kind(schema.get("items", {})) in SCALARS | {"group"}:
            return "list"
    return "json"


def _is_long(told: FieldGuide) -> bool:
    return told.widget == "textarea" or (isinstance(told.example, str) and len(told.example) > LONG_EXAMPLE)


def _layout(item: Plan) -> str:
    if item.kind != "group":
        return "values"
    flat = all(child.scalar for child in item.children)
    return "table" if flat and len(item.children) <= WIDEST_TABLE else "cards"


def _sections(root: Plan, guide: Guide) -> list[Section]:
    """The guide's sections with what the schema has of them; the rest in sections of its own."""
    sections = []
    left = dict(root.by_key)
    for told in guide.sections:
        plans = tuple(left.pop(key) for key in told.fields if key in left)
        if plans:
            sections.append(Section(told.id, told.title, told.help, plans))
    plain = tuple(plan for plan in left.values() if plan.scalar)
    if plain:
        title = "Further fields" if sections else "General"
        sections.append(Section("general", title, "", plain))
    taken = {section.id for section in sections}
    for plan in left.values():
        if not plan.scalar:
            id = plan.key if plan.key not in taken else f"{plan.key}-part"
            sections.append(Section(id, plan.label, plan.help, (plan,)))
    return sections
