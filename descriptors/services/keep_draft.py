"""Keeps what is being typed, so that a crash, a log-out or a closed window loses nothing."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from descriptors.drafts import Draft
from tec import strictjson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.models import User

    from tec.projects.models import Project

MOST = 5  # drafts of one person for one document; older ones are given up
KEY = re.compile(r"\A[0-9a-f-]{8,40}\Z")


class DraftMoved(Exception):
    """Another window has gone on with this draft."""


class DraftTooLarge(Exception):
    """More than a document may hold."""


@transaction.atomic
def keep_draft(
    *,
    user: User,
    project: Project,
    descriptor: str,
    key: str,
    based_on: int,
    state: Mapping[str, str],
    version: int | None = None,
) -> Draft:
    """Keep *state*, all inputs that differ from revision *based_on*, as the draft *key*.

    *version* is the one the window knows, 0 for a new draft; None goes on from whatever is there. Raises
    DraftMoved if the draft is at another version, DraftTooLarge if it cannot be kept.
    """
    text = json.dumps(state, ensure_ascii=False)
    if len(text.encode()) > strictjson.MAX_BYTES:
        raise DraftTooLarge
    about = {"project": project, "descriptor": descriptor, "based_on": based_on}
    fresh = {**about, "version": 0, "updated_at": timezone.now()}
    _, new = Draft.objects.get_or_create(user=user, key=key, defaults=fresh)
    draft = Draft.objects.select_for_update().get(user=user, key=key)
    if not new and version is not None and version != draft.version:
        raise DraftMoved
    for name, value in about.items():
        setattr(draft, name, value)
    draft.text = text
    draft.version += 1
    draft.updated_at = timezone.now()
    draft.save()
    old = Draft.objects.of(user, project, descriptor).values_list("pk", flat=True)[MOST:]
    Draft.objects.filter(pk__in=list(old)).delete()
    return draft


def discard_draft(*, user: User, key: str) -> bool:
    """Give a draft up; says whether there was one."""
    gone, _ = Draft.objects.filter(user=user, key=key).delete()
    return gone > 0
