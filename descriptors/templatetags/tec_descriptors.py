"""Names of descriptors and values of documents, as pages show them."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from descriptors import catalogue
from tec import strictjson

register = template.Library()

LONGEST = 600


@register.filter
def descriptor_name(descriptor: str) -> str:
    """“Trained Model” for trained_model."""
    return catalogue.NAMES.get(descriptor, descriptor)


@register.simple_tag
def value(found: Any) -> SafeString:
    """A value of a document as data: text as it is, the rest as JSON, long ones cut."""
    if found is None:
        return mark_safe('<span class="blank">nothing</span>')
    if found == "":
        return mark_safe('<span class="blank">blank</span>')
    text = found if isinstance(found, str) else strictjson.dumps(found).rstrip()
    shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return format_html('<code class="val" dir="auto">{}</code>', shown)
