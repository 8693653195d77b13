"""Writes the HTML of a form's fields, groups and lists; what is said at them comes from templates."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString

from descriptors.editor import nodes
from descriptors.editor.widgets import NOTHING, control, el, icon, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.template import Context

    from descriptors.editor.insight import Remark
    from descriptors.editor.nodes import Entry, Input, Node
    from descriptors.editor.plan import Plan

PLUS, UP, DOWN, COPY, CROSS = (icon(name) for name in ("plus", "up", "down", "copy", "x"))
PICKED = (("copy", "Duplicate"), ("up", "Move up"), ("down", "Move down"), ("drop", "Delete"))
PASTING = "Tick rows to move, copy or delete them; paste cells of a spreadsheet into any cell."


class Markup:
    """Writes the nodes of one page; *context* is the template's, for what is said at the inputs."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.read_only = bool(context.get("read_only"))
        project, descriptor = context.get("project"), context.get("descriptor")
        self.past = reverse("descriptor-blame", args=[project.slug, descriptor]) if project else ""

    def all(self, found: Iterable[Node]) -> SafeString:
        return joined([self.node(node) for node in found])

    def node(self, node: Node) -> SafeString:
        match node:
            case nodes.Input():
                return self.fixed(node) if node.kind == "fixed" else self.field(node)
            case nodes.Flags():
                return self.flags(node)
            case nodes.Conditional():
                return self.conditional(node)
            case nodes.Group():
                return self.group(node)
        return self.list_of(node)

    def field(self, node: Input) -> SafeString:
        """An input with its label, help, example and what is said about it."""
        plan = node.plan
        about = el("p", {"class": "help", "id": node.help_id}, plan.help) if plan.help else NOTHING
        if node.kind == "flag":
            label = el("label", {}, control(node), el("span", {}, plan.label))
            more = el("div", {"class": "more"}, self.said(node), self.blame(node))
            return el("div", shape(node), label, about, more)
        label = el("label", {"for": node.id}, caption(plan), required(plan, blank=node.missing is not None))
        more = el("div", {"class": "more"}, self.said(node), self.explained(node))
        return el("div", shape(node), label, about, control(node), more)

    def explained(self, node: Input) -> SafeString:
        """Behind a word: the worked example, why the field has to be filled in, who last changed it."""
        title, inner = example(node.plan)
        blame = self.blame(node)
        if not inner:
            return blame
        title = f"{title}, who changed it" if blame else title
        return el("details", {"class": "eg"}, el("summary", {}, title), el("div", {}, inner, blame))

    def blame(self, node: Input | nodes.List) -> SafeString:
        """The way to who last changed what the saved document says here; only that page asks the database."""
        if not self.past or not node.saved:
            return NOTHING
        address = f"{self.past}?{urlencode({'field': node.name})}"
        about = el("span", HIDDEN, f": {node.plan.label}")
        return el("p", {"class": "src blame"}, el("a", {"href": address}, "Who changed it", about))

    def fixed(self, node: Input) -> SafeString:
        """A value that the schema itself gives; shown only if the document says something else."""
        if node.text in {"", str(node.plan.fixed)}:
            return NOTHING
        label = el("span", {"class": "label"}, node.plan.label)
        value = el("p", {"id": node.id, "class": "value"}, node.text)
        wanted = el(
            "div", {"class": "more"}, el("p", {"class": "err"}, f"The schema wants “{node.plan.fixed}”.")
        )
        return el("div", {"class": "field w3"}, label, value, wanted)

    def flags(self, node: nodes.Flags) -> SafeString:
        boxes = [
            el("label", {"data-field": None}, control(each), el("span", {}, label))
            for each, label in node.labelled
        ]
        meanings = [
            joined([el("dt", {}, label), el("dd", {"id": each.help_id}, each.plan.help)])
            for each, label in node.labelled
        ]
        about = el("details", {"class": "eg"}, el("summary", {}, "What these mean"), el("dl", {}, *meanings))
        said = [self.said(each) for each in node.inputs]
        legend = el("legend", {}, node.title)
        return el(
            "fieldset", {"class": "field flags"}, legend, el("div", {"class": "row"}, *boxes), about, *said
        )

    def conditional(self, node: nodes.Conditional) -> SafeString:
        attributes = {"class": "cond fields", **when(node.controller, node.values)}
        if node.hidden:
            attributes["hidden"] = None
        return el("div", attributes, el("p", {"class": "why"}, node.reason), self.all(node.nodes))

    def group(self, node: nodes.Group) -> SafeString:
        legend = el("legend", {}, node.plan.label)
        about = el("p", {"class": "help"}, node.plan.help) if node.plan.help else NOTHING
        inner = el("div", {"class": "fields"}, self.all(node.nodes))
        attributes = {"class": "field group", "id": node.name}
        return el("fieldset", attributes, legend, about, inner, self.remarks(node.remarks))

    def list_of(self, node: nodes.List) -> SafeString:
        attributes: dict[str, str | None] = {
            "class": "field list",
            "id": node.name,
            "data-list": node.name,
            "data-path": node.plan.path,
            "data-next": str(node.next),
        }
        if node.next_id:
            attributes["data-next-id"] = node.next_id
        return el(
            "fieldset",
            attributes,
            self.head(node),
            self.rows(node),
            self.adding(node),
            self.foot(node),
            self.blame(node),
        )

    def head(self, node: nodes.List) -> SafeString:
        plan = node.plan
        count = el("span", {"class": "count", "data-count": None}, str(len(node.entries) + node.unshown))
        mark = required(plan, blank=node.missing is not None)
        why = f" {plan.requirement.why}" if plan.requirement else ""
        order = {"type": "hidden", "name": node.name, "value": node.order, "data-order": None}
        return joined(
            [
                el("legend", {}, el("span", {}, plan.label), " ", count, mark),
                el("p", {"class": "help"}, plan.help, why) if plan.help or why else NOTHING,
                el("input", {**order, "data-rest": node.rest}),
            ]
        )

    def rows(self, node: nodes.List) -> SafeString:
        if node.plan.layout == "table":
            return self.table(node)
        entries = [self.row(node, entry) for entry in node.entries]
        if node.plan.layout == "cards":
            return el("div", {"class": "items", "data-rows": None}, *entries)
        long = " long" if node.item.kind == "area" else ""
        return el("ol", {"class": f"values{long}", "data-rows": None}, *entries)

    def row(self, node: nodes.List, entry: Entry) -> SafeString:
        match node.plan.layout:
            case "table":
                return self.table_row(node, entry)
            case "cards":
                return self.card(node, entry)
        return self.value(node, entry)

    def adding(self, node: nodes.List) -> SafeString:
        """The buttons below a list."""
        if self.read_only:
            return NOTHING
        add = {"class": "btn", "name": "op", "value": f"add:{node.name}", "data-add": None}
        buttons = [el("button", add, PLUS, f"Add {node.one}")]
        if node.plan.layout == "table":
            picked = [
                el(
                    "button",
                    {"class": "btn quiet", "name": "op", "value": f"{verb}-picked:{node.name}"},
                    word,
                )
                for verb, word in PICKED
            ]
            hint = el("span", {"class": "muted small"}, "the rows that are ticked")
            buttons.append(el("span", {"class": "picked row", "data-picked": None}, *picked, hint))
            buttons.append(el("span", {"class": "scripted muted small"}, PASTING))
        return el("div", {"class": "add"}, *buttons)

    def foot(self, node: nodes.List) -> SafeString:
        if not (node.unshown or node.gone or node.remarks):
            return NOTHING
        return self.template("descriptors/editor/_list_foot.html", node=node, remarks=node.remarks)

    def value(self, node: nodes.List, entry: Entry) -> SafeString:
        """An entry of a list of plain values."""
        [cell] = entry.nodes
        assert isinstance(cell, nodes.Input)
        name = f"{entry.name}-n"
        called = el("span", {"class": "visually-hidden"}, f"{node.item.label or node.plan.label} ")
        number = el("span", {"data-number": None}, str(entry.number))
        return el(
            "li",
            {"class": "value", "data-row": entry.token},
            el("span", {"class": "no", "id": name}, called, number),
            el("div", {"data-field": None}, control(cell, name), self.said(cell)),
            *self.row_buttons(entry, ("up", "drop")),
        )

    def card(self, node: nodes.List, entry: Entry) -> SafeString:
        """A row that is opened to be edited, and says closed what it holds."""
        line = el(
            "summary",
            {"class": "item-row"},
            el("span", {"class": "no", "data-number": None}, str(entry.number)),
            el("span", {"class": "nm", "data-title": None, "dir": "auto"}, entry.title or "new row"),
            el("span", {"class": "to", "dir": "auto"}, entry.gist),
            el("span", {"class": "tally"}, *self.inside(entry)),
        )
        body = el("div", {"class": "item-b fields"}, self.all(entry.nodes))
        details = el("details", {"open": None} if entry.open else {}, line, body)
        buttons = self.row_buttons(entry, ("up", "down", "copy", "drop"))
        acts = el("div", {"class": "acts row"}, *buttons) if buttons else NOTHING
        attributes = {"class": "item", "id": entry.name, "data-row": entry.token}
        return el("div", attributes, details, acts, self.remarks(entry.remarks))

    def inside(self, entry: Entry) -> Iterator[SafeString]:
        """What waits inside a closed row."""
        for tone, word in TONES.items():
            if count := entry.inside.get(tone):
                said = el("span", HIDDEN, f" {word}")
                yield el("span", {"class": f"sev {tone}"}, icon(tone), str(count), said)
        if entry.blank:
            yield el("span", {"class": "left"}, f"{entry.blank} missing")

    def row_buttons(self, entry: Entry, verbs: Sequence[str]) -> list[SafeString]:
        if self.read_only:
            return []
        return [
            el(
                "button",
                {
                    "class": "btn quiet icon",
                    "name": "op",
                    "value": f"{verb}:{entry.name}",
                    f"data-{verb}": None,
                    "aria-label": BUTTONS[verb][1].format(entry.called),
                },
                BUTTONS[verb][0],
            )
            for verb in verbs
        ]

    def table(self, node: nodes.List) -> SafeString:
        heads = [el("th", {"scope": "col", "class": "no"}, el("span", HIDDEN, "Row"))]
        heads += [column(node.name, each) for each in node.columns]
        if not self.read_only:
            heads.append(el("th", {"scope": "col", "class": "do"}, el("span", HIDDEN, "Delete")))
        entries = [self.table_row(node, entry) for entry in node.entries]
        table = el("table", {"data-rows": None}, el("thead", {}, el("tr", {}, *heads)), *entries)
        return joined([el("div", {"class": "sheet scroll-x"}, table), example_rows(node.plan)])

    def table_row(self, node: nodes.List, entry: Entry) -> SafeString:
        number = el(
            "span", {}, el("span", HIDDEN, "row "), el("span", {"data-number": None}, str(entry.number))
        )
        tick = el("input", {"type": "checkbox", "name": "pick", "value": entry.name})
        row = f"{entry.name}-n"
        label = el("label", {"id": row}, NOTHING if self.read_only else tick, number)
        cells = [el("th", {"scope": "row", "class": "no"}, label)]
        alone = {"colspan": str(len(node.columns))} if len(entry.nodes) < len(node.columns) else {}
        cells += [
            self.cell(each, node.name, row, alone) for each in entry.nodes if isinstance(each, nodes.Input)
        ]
        if not self.read_only:
            cells.append(el("td", {"class": "do"}, *self.row_buttons(entry, ("drop",))))
        said = self.below(node, entry)
        if said:
            cell = el("td", {"colspan": str(len(node.columns) + 2)}, *said)
            said = [el("tr", {"class": "below"}, cell)]
        return el("tbody", {"id": entry.name, "data-row": entry.token}, el("tr", {}, *cells), *said)

    def below(self, node: nodes.List, entry: Entry) -> list[SafeString]:
        """The findings of a row of a table; its cells are too narrow for them."""
        parts = [
            el("div", {"id": f"{each.id}-f"}, self.remarks(each.remarks))
            for each in entry.nodes
            if isinstance(each, nodes.Input) and each.remarks
        ]
        return [*parts, self.remarks(entry.remarks)] if parts or entry.remarks else []

    def cell(self, node: Input, list_name: str, row: str, more: dict[str, str]) -> SafeString:
        attributes: dict[str, str | None] = {"data-l": node.plan.label, "data-field": None, **more}
        classes = ["changed"] if node.changed else []
        classes += [f"found-{node.remarks[0].tone}"] if node.remarks else []
        if classes:
            attributes["class"] = " ".join(classes)
        column = f"{list_name}-c-{node.plan.key}"
        inner = control(node, f"{column} {row}")
        if node.says:
            inner = joined([inner, self.said(node, cell=True)])
        if node.controller and node.plan.when is not None:
            wrapper = when(node.controller, node.plan.when.values)
            inner = el("div", {**wrapper, "hidden": None} if node.hidden else wrapper, inner)
        return el("td", attributes, inner)

    def said(self, node: Input, *, cell: bool = False) -> SafeString:
        """What is said at an input beside its label; findings of a cell stand below its row."""
        if not node.says and not node.sourceless:
            return NOTHING
        return self.template("descriptors/editor/_said.html", node=node, cell=cell)

    def remarks(self, remarks: Sequence[Remark]) -> SafeString:
        if not remarks:
            return NOTHING
        return self.template("descriptors/editor/_remarks.html", remarks=remarks)

    def template(self, name: str, **more: Any) -> SafeString:
        with self.context.push(**more):
            written: SafeString = get_template(name).template.render(self.context)  # type: ignore[attr-defined]
        return written


TONES = {"critical": "critical", "major": "major", "minor": "minor", "info": "info", "wait": "cannot tell"}
HIDDEN = {"class": "visually-hidden"}
BUTTONS = {
    "up": (UP, "Move {} up"),
    "down": (DOWN, "Move {} down"),
    "copy": (COPY, "Duplicate {}"),
    "drop": (CROSS, "Delete {}"),
}
WIDTHS = {
    "area": "",
    "json": "",
    "uri": "",
    "integer": " w2",
    "number": " w2",
    "date": " w2",
    "flag": " check",
}


def shape(node: Input) -> dict[str, str | None]:
    """Class and marks of a field."""
    changed = " changed" if node.changed else ""
    return {"class": f"field{WIDTHS.get(node.kind, ' w3')}{changed}", "data-field": None}


def when(controller: str, values: Iterable[Any]) -> dict[str, str | None]:
    """On what a script has to look to show or hide something."""
    texts = [str(value).lower() if isinstance(value, bool) else value for value in values]
    return {"data-when": controller, "data-is": json.dumps(texts, ensure_ascii=False)}


@lru_cache(maxsize=4096)
def caption(plan: Plan) -> SafeString:
    if not plan.unit or plan.unit.lower() in plan.label.lower():
        return el("span", {}, plan.label)
    return el("span", {}, plan.label, " ", el("span", {"class": "unit"}, f"in {plan.unit}"))


def required(plan: Plan, *, blank: bool) -> SafeString:
    if plan.requirement is None:
        return NOTHING
    return el("span", {"class": "req wanted" if blank else "req", "data-required": None}, "required")


@lru_cache(maxsize=4096)
def example(plan: Plan) -> tuple[str, SafeString]:
    """The worked example, and why the field has to be filled in: what that is called, and the text."""
    text = typed_example(plan)
    inner = [el("p", {"class": "eg-text", "dir": "auto"}, text)] if text else []
    title = "Example"
    if plan.requirement is not None:
        inner.append(el("p", {}, plan.requirement.why))
        title = "Example and reason" if text else "Why it is needed"
    return title, joined(inner)


def typed_example(plan: Plan) -> str:
    """The worked example as one would type it; "" if there is none."""
    found = plan.example
    if isinstance(found, bool):
        return "ticked" if found else "not ticked"
    return found if isinstance(found, str) else "" if found is None else json.dumps(found, ensure_ascii=False)


@lru_cache(maxsize=1024)
def column(list_name: str, plan: Plan) -> SafeString:
    """The head of a column, with everything to know about it behind a button."""
    box = f"{list_name}-p-{plan.key}"
    head = el("span", {"id": f"{list_name}-c-{plan.key}"}, caption(plan))
    if not plan.help:
        return el("th", {"scope": "col", "class": plan.kind}, head, required(plan, blank=False))
    about = [el("b", {}, plan.label), el("p", {}, plan.help)]
    if plan.requirement is not None:
        about.append(el("p", {}, plan.requirement.why))
    if text := typed_example(plan):
        about.append(el("p", {"class": "eg-text"}, text))
    ask = {"type": "button", "class": "tip", "popovertarget": box, "aria-label": f"About {plan.label}"}
    return el(
        "th",
        {"scope": "col", "class": plan.kind},
        head,
        el("button", ask, "?"),
        required(plan, blank=False),
        el("div", {"popover": None, "id": box, "class": "tip-box"}, *about),
    )


@lru_cache(maxsize=256)
def example_rows(plan: Plan) -> SafeString:
    """The worked example of a table, as a table."""
    rows = plan.example if isinstance(plan.example, list) else []
    if plan.item is None or not rows or not all(isinstance(row, dict) for row in rows):
        return NOTHING
    heads = [el("th", {"scope": "col"}, each.label) for each in plan.item.children]
    lines = [
        el("tr", {}, *[el("td", {}, str(row.get(each.key, ""))) for each in plan.item.children])
        for row in rows
    ]
    table = el("table", {"class": "plain"}, el("thead", {}, el("tr", {}, *heads)), el("tbody", {}, *lines))
    summary = el("summary", {}, "Example rows")
    return el("details", {"class": "eg"}, summary, el("div", {"class": "scroll-x"}, table))
