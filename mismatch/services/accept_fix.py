"""Saves a suggested fix as a revision, if it is still the fix that somebody has looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from descriptors.models import Origin
from descriptors.services.save_revision import save_revision
from mismatch.showing.suggestions import now
from tec.projects.access import Right, demand

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from descriptors.models import Revision
    from tec.projects.models import Project


class FixMoved(Exception):
    """The finding is gone, or its fix is another one by now."""


@transaction.atomic
def accept_fix(*, project: Project, by: User, fingerprint: str, token: str) -> Revision:
    """Save what fixes the finding with this *fingerprint*, and nothing else.

    *token* is the digest of the document that was shown. Raises FixMoved if the documents have changed so
    that it would be another one, StaleRevision if somebody saves in the very moment, and PermissionDenied if
    *by* may not edit the document; which one that is shows only here.
    """
    state = now(project)
    offer = state.suggestion(fingerprint)
    if offer is None:
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
        reason=f"Suggested fix of {offer.finding.code}: {offer.fix.title}",
    )
