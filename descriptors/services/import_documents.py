"""Takes descriptor files into a project: one document, or a whole zip or bundle, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction

from descriptors import catalogue, reading
from descriptors.models import Origin, Revision
from descriptors.services.save_revision import lock_documents, save_revision
from descriptors.upgrades import upgrade

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from tec.projects.models import Project


class Imported(NamedTuple):
    """What an import did to one document."""

    descriptor: str
    received: Revision
    current: Revision  # the same, unless the document had to be upgraded
    to_complete: tuple[Any, ...]  # what a person has to fill in after the upgrade
    losses: tuple[Any, ...]  # what the upgrade could not keep in its place

    @property
    def upgraded(self) -> bool:
        return self.current.pk != self.received.pk


@transaction.atomic
def import_document(
    *, project: Project, descriptor: str, data: bytes, name: str, by: User, based_on: int, reason: str = ""
) -> Imported:
    """Read *data* and keep it. Raises ReadProblem or StaleRevision, storing nothing."""
    body = reading.read_document(name, data, descriptor)
    return keep(
        project=project, descriptor=descriptor, body=body, by=by, based_on=based_on, reason=reason or name
    )


@transaction.atomic
def import_bundle(
    *, project: Project, data: bytes, name: str, by: User, based_on: Mapping[str, int], reason: str = ""
) -> list[Imported]:
    """Read a zip or bundle and keep every document in it, or none if one cannot be kept.

    *based_on* names the revision of each document the person saw, 0 or absent for none.
    """
    bundle = reading.read_bytes(name, data)
    return keep_bundle(project=project, bundle=bundle, by=by, based_on=based_on, reason=reason or name)


@transaction.atomic
def keep_bundle(
    *, project: Project, bundle: reading.Bundle, by: User, based_on: Mapping[str, int], reason: str
) -> list[Imported]:
    """Keep every document of *bundle*, or none; see `import_bundle`."""
    sent = [descriptor for descriptor in catalogue.DESCRIPTORS if bundle.documents.get(descriptor)]
    lock_documents(project, *sent)
    return [
        keep(
            project=project,
            descriptor=descriptor,
            body=bundle.documents[descriptor],
            by=by,
            based_on=based_on.get(descriptor, 0),
            reason=reason,
        )
        for descriptor in sent
    ]


def keep(
    *,
    project: Project,
    descriptor: str,
    body: dict[str, Any],
    by: User | None,
    based_on: int,
    reason: str,
    origin: str = Origin.IMPORT,
) -> Imported:
    """Store a document as it was received and, if it is of an old version, upgraded as the next revision."""
    received = save_revision(
        project=project,
        descriptor=descriptor,
        body=body,
        by=by,
        origin=origin,
        based_on=based_on,
        reason=reason,
    )
    upgraded = upgrade(descriptor, body)
    if upgraded.body is body or upgraded.body == body:
        return Imported(descriptor, received, received, (), ())
    current = save_revision(
        project=project,
        descriptor=descriptor,
        body=upgraded.body,
        by=by,
        origin=Origin.UPGRADE,
        based_on=received.number,
        reason=f"Upgraded from {upgraded.from_version} to {upgraded.version}",
    )
    return Imported(descriptor, received, current, tuple(upgraded.to_complete), tuple(upgraded.losses))
