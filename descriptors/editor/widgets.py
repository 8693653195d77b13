"""Writes the HTML of inputs, and elements in general, every text escaped on the way.

Templates take about eight times as long, and a form has hundreds of inputs, a long table thousands.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from descriptors.editor.nodes import Input

    Attributes = dict[str, str | None]

DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)
VOID = frozenset({"input"})


def el(name: str, attributes: Mapping[str, str | None], *content: str) -> SafeString:
    """An element. Attributes and content are escaped, unless they are elements; None is no value."""
    parts = [f"<{name}"]
    for key, value in attributes.items():
        parts.append(f" {key}" if value is None else f' {key}="{escape(value)}"')
    parts.append(">")
    parts += [part if isinstance(part, SafeString) else escape(part) for part in content]
    if name not in VOID:
        parts.append(f"</{name}>")
    return SafeString("".join(parts))


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Elements one after the other."""
    return SafeString("".join(parts))


NOTHING = SafeString("")


def icon(name: str) -> SafeString:
    """A glyph of the sprite, decoration only: words beside it say the same."""
    return el("svg", {"class": f"g {name}", "aria-hidden": "true"}, el("use", {"href": f"#i-{name}"}))


def control(node: Input, labelled_by: str = "") -> SafeString:
    """The input of *node*; *labelled_by* are the ids of what names it where it has no label of its own."""
    attributes: Attributes = {"id": node.id, "name": node.name}
    if labelled_by:
        attributes["aria-labelledby"] = labelled_by
    if described_by := node.described_by:
        attributes["aria-describedby"] = described_by
    if node.invalid:
        attributes["aria-invalid"] = "true"
    if node.plan.several:
        attributes["data-several"] = f"/{node.plan.several}"
    return WIDGETS.get(node.kind, line)(node, attributes)


def line(node: Input, attributes: Attributes) -> SafeString:
    attributes |= {"value": node.text, "dir": "auto", "autocomplete": "off"}
    if node.offer.list:
        attributes |= {"list": node.offer.list, "data-offer": node.offer.list}
        if node.plan.link:
            attributes["data-closed"] = None
        if node.within:
            attributes["data-within"] = node.within
    if node.plan.placeholder:
        attributes["placeholder"] = node.plan.placeholder
    return el("input", attributes)


def number(node: Input, attributes: Attributes) -> SafeString:
    mode = "numeric" if node.kind == "integer" else "decimal"
    return line(node, attributes | {"inputmode": mode, "class": "number", "data-kind": node.kind})


def address(node: Input, attributes: Attributes) -> SafeString:
    return line(node, attributes | {"inputmode": "url", "spellcheck": "false", "data-kind": "uri"})


def date(node: Input, attributes: Attributes) -> SafeString:
    # The browser's date input would silently drop any other text.
    if not node.text or DATE.fullmatch(node.text):
        attributes["type"] = "date"
    return line(node, attributes)


def area(node: Input, attributes: Attributes) -> SafeString:
    attributes |= {"rows": "1", "dir": "auto"}
    if node.kind == "json":
        attributes |= {"class": "code", "spellcheck": "false", "data-kind": "json"}
    # The browser drops the first line end, so that a text may begin with one.
    return el("textarea", attributes, f"\n{node.text}")


def choice(node: Input, attributes: Attributes) -> SafeString:
    options = [el("option", {"value": ""}, "none" if "" in node.plan.choices else "")]
    for option in node.options:
        options.append(el("option", {"selected": None} if option == node.text else {}, option))
    return el("select", attributes, *options)


def flag(node: Input, attributes: Attributes) -> SafeString:
    # A box that is not ticked sends nothing, and nothing means untouched.
    unticked = el("input", {"type": "hidden", "name": node.name, "value": "false"})
    attributes |= {"type": "checkbox", "value": "true"}
    if node.text == "true":
        attributes["checked"] = None
    return joined([unticked, el("input", attributes)])


WIDGETS: dict[str, Callable[[Input, Attributes], SafeString]] = {
    "text": line,
    "uri": address,
    "date": date,
    "integer": number,
    "number": number,
    "area": area,
    "json": area,
    "choice": choice,
    "flag": flag,
}
