"""Tells people what was decided, said and given to them, and reminds them before a decision ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib.auth.models import User
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mismatch import lifecycle
from mismatch.decisions.models import Comment, Decision, DecisionKind
from mismatch.models import Check, Finding, State
from mismatch.services.tell_of_check import descriptors_of
from tec.notices.services.tell import About, Happening, tell
from tec.projects.access import Right, may
from tec.projects.people import called

if TYPE_CHECKING:
    from tec.projects.models import Project

STAGES = (3, 14)
"""Days before the end of a decision on which people are reminded, the nearest first."""

LOOK_BACK = timedelta(days=7)
"""How long after its end a decision is still worth a word, should the schedule have stood still."""


def tell_of_decisions(project: Project, decisions: Sequence[Decision], *, by: User) -> None:
    """Of new decisions: who may approve them, and who is to fix what."""
    waiting = [each for each in decisions if each.needs_approval]
    if waiting:
        tell(
            project,
            Happening(
                "decision.waiting",
                f"decision.waiting:{waiting[0].batch}",
                f"Waiting for approval: {{count}} accepted by {called(by)}.",
                f"{reverse('mismatch-list', args=[project.slug])}?state=proposed",
                tuple(map(about, waiting)),
            ),
            to=[user for user in members(project) if may(user, project, Right.APPROVE)],
            besides=by,
        )
    who = decisions[0].who
    if who is not None and decisions[0].kind == DecisionKind.PLAN:
        day = f"{decisions[0].until:%-d %b %Y}"
        finding, batch = decisions[0].finding, str(decisions[0].batch)
        given(finding, len(decisions), to=who, by=by, what=f"to fix by {day}", batch=batch)


def tell_of_answer(project: Project, decisions: Sequence[Decision], *, by: User, what: str) -> None:
    """Those whose decisions somebody else has approved or taken back."""
    authors = {each.author for each in decisions if each.author is not None}
    for author in authors:
        theirs = [each for each in decisions if each.author == author]
        tell(
            project,
            Happening(
                "decision.answered",
                f"decision.answered:{what}:{theirs[0].pk}",
                f"{called(by)} has {what} your decision about {{count}}.",
                page_of(theirs[0].finding, len(theirs)),
                tuple(map(about, theirs)),
            ),
            to=[author],
            besides=by,
        )


def tell_of_assignment(finding: Finding, number: int, *, to: User, by: User) -> None:
    """Of *number* findings, *finding* among them, that *to* is to look after."""
    given(finding, number, to=to, by=by, what="to look at", batch=str(uuid4()))


def given(finding: Finding, number: int, *, to: User, by: User, what: str, batch: str) -> None:
    count = "a finding" if number == 1 else f"{number} findings"
    tell(
        finding.project,
        Happening(
            "finding.assigned",
            f"finding.assigned:{batch}",
            f"{called(by)} gave you {count} {what}.",
            page_of(finding, number),
        ),
        to=[to],
        besides=by,
    )


def tell_of_comment(comment: Comment, *, by: User) -> None:
    """Everybody who has had to do with the finding."""
    finding = comment.finding
    involved = User.objects.filter(
        Q(pk__in=finding.comments.values("author"))
        | Q(pk__in=finding.decisions.values("author"))
        | Q(pk__in=finding.decisions.values("who"))
        | Q(pk=finding.assignee_id)
    )
    tell(
        finding.project,
        Happening(
            "finding.commented",
            f"finding.commented:{comment.pk}",
            f"{called(by)} wrote about {finding.code}: {' '.join(comment.text.split())[:200]}",
            page_of(finding, 1),
        ),
        to=involved,
        besides=by,
    )


def remind() -> None:
    """Remind people of decisions that end, once per stage. To be run every few hours."""
    day = lifecycle.today()
    for nearest, furthest, stage in stages():
        ending = Decision.objects.ending(day + nearest, day + furthest)
        ending = ending.filter(finding__project__archived_at=None, finding__fixed_in=None)
        rows = ending.select_related("finding__project").order_by("batch", "finding__project", "pk")
        for _, batch in groupby(rows, key=lambda each: (each.batch, each.finding.project_id)):
            remind_of(list(batch), stage)


def stages() -> Iterable[tuple[timedelta, timedelta, str]]:
    """First and last day, counted from today, and name of each stage."""
    yield -LOOK_BACK, timedelta(days=-1), "ended"
    nearest = timedelta(0)
    for days in STAGES:
        yield nearest, timedelta(days=days), str(days)
        nearest = timedelta(days=days + 1)


def remind_of(decisions: Sequence[Decision], stage: str) -> None:
    project, until = decisions[0].finding.project, decisions[0].until
    ended = stage == "ended"
    said = f"ended on {until:%-d %b %Y}: they are open again" if ended else f"ends on {until:%-d %b %Y}"
    state = "" if ended else "?state=decided"
    tell(
        project,
        Happening(
            "decision.lapsed" if ended else "decision.ending",
            f"decision.ending:{decisions[0].batch}:{until}:{stage}",
            f"The decision about {{count}} {said}.",
            f"{reverse('mismatch-list', args=[project.slug])}{state}",
            tuple(map(about, decisions)),
        ),
    )


def tell_of_failures() -> None:
    """Of checks that ended badly, whoever ended them. To be run every few minutes."""
    lately = timezone.now() - timedelta(hours=1)
    for check in Check.objects.filter(state=State.FAILED, finished_at__gte=lately).select_related("project"):
        text = f"Check {check.number} failed: {check.error}"
        event = f"check.failed:{check.pk}"
        tell(check.project, Happening("check.failed", event, text, check.get_absolute_url()))


def about(decision: Decision) -> About:
    return About(decision.severity, decision.finding.code, descriptors_of(decision.places))


def page_of(finding: Finding, number: int) -> str:
    """The page of *finding*, or if it is only one of several, of all that is open."""
    slug = finding.project.slug
    if number == 1:
        return reverse("finding-detail", args=[slug, finding.fingerprint])
    return reverse("mismatch-list", args=[slug])


def members(project: Project) -> Iterable[User]:
    return User.objects.filter(memberships__project=project, is_active=True)
