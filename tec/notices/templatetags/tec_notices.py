"""What pages show about notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from tec.notices.kinds import KINDS
from tec.notices.models import Notice

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

register = template.Library()

MOST = 99


@register.simple_tag
def unread_notices(user: User | AnonymousUser) -> str:
    """How many notices somebody has not read, for a corner of every page: "", "3", "99+"."""
    if not user.is_authenticated:
        return ""
    number = Notice.objects.of(user).unread()[: MOST + 1].count()
    return f"{MOST}+" if number > MOST else str(number or "")


@register.filter
def kind_label(name: str) -> str:
    """A kind of event in words."""
    return KINDS[name].label if name in KINDS else "Try"
