"""Saves a suggested fix as a revision, if it is still the fix that somebody has looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from descriptors.models import Origin, Revision
from descriptors.services.save_revision import save_revision
from mismatch.showing.suggestions import now
from tec.projects.access import Right, demand

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from tec.projects.models import Project


REASON = "Suggested fix of"
"""How the reason of a revision begins that accepted a fix."""


class FixMoved(Exception):
    """The finding is gone, or its fix is another one by now."""


@transaction.atomic
def accept_fix(*, project: Project, by: User, fingerprint: str, token: str) -> Revision:
    """Save what fixes the finding with this *fingerprint*, and nothing else.

    *token* is the digest of the document that was shown; who has accepted it just now, by the first of two
    clicks, is given the revision of then. Raises FixMoved if the documents have changed so
    that it would be another one, StaleRevision if somebody saves in the very moment, and PermissionDenied if
    *by* may not edit the document; which one that is shows only here.
    """
    state = now(project)
    offer = state.suggestion(fingerprint)
    if offer is None:
        if done := accepted(project, by, token):
            return done
        raise FixMoved(fingerprint)
    demand(by, project, Right.EDIT, descriptor=offer.fix.descriptor)
    if offer.token != token:
        raise FixMoved(fingerprint)
    return save_revision(
        project=project,
        descriptor=offer.fix.descriptor,
        body=offer.fix.body,
        by=by,
        origin=Origin.FORM,
        based_on=state.numbers[offer.fix.descriptor],
        reason=f"{REASON} {offer.finding.code}: {offer.fix.title}",
    )


def accepted(project: Project, by: User, token: str) -> Revision | None:
    """The newest revision of a document, if it is the fix with this *token* and *by* accepted it."""
    heads = Revision.objects.filter(head_of__project=project, author=by, reason__startswith=REASON)
    return heads.filter(digest=token).select_related("document").first()
