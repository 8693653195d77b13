"""What the reader may do, for templates; every template has this tag without loading it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.contrib.auth.models import AnonymousUser

from tec.projects.access import refusal
from tec.projects.models import Role
from tec.projects.rights import Right

if TYPE_CHECKING:
    from tec.projects.models import Project

register = template.Library()


@dataclass(frozen=True)
class Access:
    """True if the reader may; else `why` says why not."""

    why: str

    def __bool__(self) -> bool:
        return not self.why


@register.simple_tag(takes_context=True)
def access(context: Mapping[str, Any], project: Project, right: str, descriptor: str | None = None) -> Access:
    """`{% access project "edit" descriptor as can %}{% if can %}…{% else %}{{ can.why }}{% endif %}`"""
    user = context.get("user") or AnonymousUser()
    return Access(refusal(user, project, Right(right), descriptor))


@register.filter
def role_name(role: str) -> str:
    """A role inside a sentence."""
    return Role(role).label.lower()
