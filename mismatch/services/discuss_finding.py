"""Adds a remark to a finding, or says who looks after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from mismatch.decisions.models import Comment
from mismatch.models import Finding
from mismatch.services.decide_findings import LONGEST_REASON, NAMED, DecisionRefused, member
from mismatch.services.tell_of_decisions import tell_of_assignment, tell_of_comment
from tec.audit.record import record
from tec.projects.models import Project

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def comment_on_finding(*, finding: Finding, by: User, text: str) -> Comment:
    """Keep *text* under the finding; blank or too long a text is refused."""
    text = text.strip()
    if not text:
        raise DecisionRefused("Write something first.", "text")
    if len(text) > LONGEST_REASON:
        raise DecisionRefused(
            f"The comment has {len(text):,} characters; at most {LONGEST_REASON:,} are kept.", "text"
        )
    Project.objects.lock(finding.project_id)  # first, as whoever deletes it does
    comment = Comment.objects.create(finding=finding, author=by, author_name=by.get_username(), text=text)
    record(
        "finding.commented",
        actor=by,
        project=finding.project,
        target=finding.code,
        comment=comment.pk,
        text=text,
        findings=[finding.fingerprint],
    )
    tell_of_comment(comment, by=by)
    return comment


@transaction.atomic
def assign_findings(*, project: Project, fingerprints: Sequence[str], to: User | None, by: User) -> int:
    """Have *to*, a member, look after these findings (None: nobody); return how many there are of them."""
    Project.objects.lock(project.pk)
    if to is not None:
        member(project, to)
    found = Finding.objects.filter(project=project, fingerprint__in=fingerprints)
    codes = list(found.values_list("code", flat=True)[:2])
    before = list(
        found.exclude(assignee=None).values_list("assignee__username", flat=True).distinct()[:NAMED]
    )
    number = found.update(assignee=to)
    if not number:
        raise DecisionRefused("No finding is chosen: tick at least one.")
    record(
        "finding.assigned",
        actor=by,
        project=project,
        target=codes[0] if number == 1 else "",
        to=to.get_username() if to else None,
        changes={"assignee": [before, to.get_username() if to else None]},
        number=number,
        findings=list(fingerprints[:NAMED]),
    )
    if to is not None:
        tell_of_assignment(found[0], number, to=to, by=by)
    return number
