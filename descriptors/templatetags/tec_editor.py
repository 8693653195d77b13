"""What the templates of the descriptor forms need beside the common parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django import template

from descriptors import catalogue
from descriptors.editor.markup import Markup
from descriptors.editor.values import ABSENT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.template import Context
    from django.utils.safestring import SafeString

    from descriptors.editor.nodes import Node

register = template.Library()


@register.simple_tag(takes_context=True)
def form_nodes(context: Context, nodes: Iterable[Node]) -> SafeString:
    """Fields, groups and lists of a form."""
    return Markup(context).all(nodes)


@register.filter
def source_name(link: str) -> str:
    """The descriptor that a link leads to: “Data Pipeline”."""
    return catalogue.NAMES.get(link.partition(":")[0], "")


@register.filter
def fragment(pointer: str) -> str:
    """A pointer as the last part of an address: the id of the input."""
    return quote(pointer, safe="/~")


@register.filter
def said(tone: str) -> str:
    """The word for a tone."""
    return "cannot tell" if tone == "wait" else tone


@register.filter
def or_none(value: Any) -> Any:
    """A value as pages show it; what is absent is shown as nothing."""
    return None if value is ABSENT else value
