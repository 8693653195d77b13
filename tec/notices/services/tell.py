"""Tells people and other systems what happened: in the transaction of the event, sent after it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from tec.notices.kinds import public
from tec.notices.models import Delivery, Notice, Wishes
from tec.notices.services.deliver import message
from tec.notices.wake import wake

if TYPE_CHECKING:
    from tec.projects.models import Project

WORST_FIRST = ("critical", "major", "minor", "info")


class About(NamedTuple):
    """One finding that an event is about, as far as people choose by it."""

    severity: str
    rule: str  # its code
    descriptors: tuple[str, ...]


class Happening(NamedTuple):
    """One event of a project."""

    kind: str
    event: str  # names it for ever: nobody is told of the same one twice
    text: str  # one sentence; {count} stands for how many findings the reader wants to hear of
    address: str  # path of the page that shows it
    findings: tuple[About, ...] = ()
    facts: Mapping[str, object] = {}  # more for other systems: numbers and identifiers


def tell(
    project: Project,
    happening: Happening,
    *,
    to: Iterable[User] | None = None,
    besides: User | None = None,
) -> int:
    """Tell *to* (None: all members) who want to hear of it, and the project's webhooks.

    Returns how many people were told. *besides* is who caused it: they know. Runs in the transaction of the
    event, so that what is rolled back is never told.
    """
    members = User.objects.filter(memberships__project=project, is_active=True)
    people = {user.pk: user for user in members}
    if to is not None:
        wanted = {user.pk for user in to}
        people = {pk: user for pk, user in people.items() if pk in wanted}
    if besides is not None:
        people.pop(besides.pk, None)
    wishes = wishes_of(people)
    muted = set(Wishes.objects.filter(muted=project).values_list("user", flat=True))
    notices = [
        notice
        for pk, user in people.items()
        if pk not in muted and (notice := notice_for(user, wishes[pk], project, happening))
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    if happening.kind in public():
        send(project, happening)
    return len(notices)


def wishes_of(people: Mapping[int, User]) -> dict[int, Wishes]:
    """What each of *people* wants; the defaults for those who never said."""
    said = {each.user_id: each for each in Wishes.objects.filter(user__in=people).select_related("user")}
    return {pk: said.get(pk) or Wishes(user=user) for pk, user in people.items()}


def notice_for(user: User, wishes: Wishes, project: Project, happening: Happening) -> Notice | None:
    """What *user* is told, None if they do not want to hear of it."""
    if happening.kind in wishes.off:
        return None
    findings = [each for each in happening.findings if wanted(each, wishes)]
    if happening.findings and not findings:
        return None
    return Notice(
        user=user,
        project=project,
        kind=happening.kind,
        event=happening.event,
        text=worded(happening.text, len(findings)),
        address=happening.address,
        severity=worst(findings),
        send_at=wishes.first_send(),
    )


def wanted(about: About, wishes: Wishes) -> bool:
    """Whether a finding is one of those that somebody chose to hear of."""
    severe = WORST_FIRST.index(about.severity) <= WORST_FIRST.index(wishes.least)
    placed = not wishes.descriptors or bool(set(about.descriptors) & set(wishes.descriptors))
    return severe and placed and (not wishes.rules or about.rule in wishes.rules)


def worst(findings: Collection[About]) -> str:
    return min((each.severity for each in findings), key=WORST_FIRST.index, default="")


def worded(text: str, count: int) -> str:
    """*text* with “3 findings” for {count}."""
    return text.replace("{count}", f"{count} finding{'' if count == 1 else 's'}")[:500]


def send(project: Project, happening: Happening) -> None:
    """Have the webhooks of the project that want this kind told."""
    hooks = [hook for hook in project.webhooks.filter(active=True) if happening.kind in hook.kinds]
    if not hooks:
        return
    text = worded(happening.text, len(happening.findings))
    Delivery.objects.bulk_create(
        [
            Delivery(
                webhook=hook,
                kind=happening.kind,
                event=happening.event,
                body=message(hook, project, happening, text),
            )
            for hook in hooks
        ],
        ignore_conflicts=True,
    )
    transaction.on_commit(wake, robust=True)


def mark_read(user: User, notices: Collection[int] | None = None) -> int:
    """Mark these notices of *user* (None: all) as read; return how many."""
    unread = Notice.objects.filter(user=user).unread()
    if notices is not None:
        unread = unread.filter(pk__in=notices)
    return unread.update(read_at=timezone.now())
