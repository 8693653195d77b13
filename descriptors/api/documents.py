"""The documents of a project: the body of a request is the document, its ETag the revision's number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseBase
from rest_framework.response import Response

from descriptors import catalogue, reading
from descriptors.api.answers import (
    DOCUMENT,
    DocumentAnswer,
    DocumentsAnswer,
    ReasonQuery,
    RevisionAnswer,
    SavedAnswer,
    change_of,
    fault_of,
)
from descriptors.differences import changes
from descriptors.models import Origin, Revision
from descriptors.services.clear_document import StillUsed, clear_document
from descriptors.services.save_revision import StaleRevision, save_revision
from descriptors.validation import problems
from tec.api.bodies import has_body
from tec.api.etags import FIRST, based_on, etag, project_etag, unchanged
from tec.api.operations import WRITE, operation
from tec.api.problems import Fault
from tec.api.refused import Refused
from tec.plain import quoted
from tec.projects.access import Right
from tec.projects.api.base import ProjectView

if TYPE_CHECKING:
    from rest_framework.request import Request

    from tec.api.operations import Operation
    from tec.projects.models import Project

NAMED = 50
"""Differences that the refusal of a stale change names."""


class DescriptorListView(ProjectView):
    group = "Documents"

    @operation(right=Right.SEE, answers={200: DocumentsAnswer}, gives={"ETag": (200,)})
    def get(self, request: Request, slug: str) -> Response:
        """List the eight documents, present or not.

        The ETag tells the revisions of all of them; an import takes it as If-Match.
        """
        heads = heads_of(self.project)
        rows = [row_of(name, heads.get(name)) for name in catalogue.DESCRIPTORS]
        body = {
            "count": len(rows),
            "next": None,
            "previous": None,
            "results": DocumentAnswer(rows, many=True).data,
        }
        tag = project_etag({name: head.number for name, head in heads.items()})
        return Response(body, headers={"ETag": tag})


class DescriptorView(ProjectView):
    """One document."""

    group = "Documents"
    descriptor: str

    def enter(self, what: Operation, **address: Any) -> None:
        super().enter(what, **address)
        self.descriptor = address["descriptor"]


class DescriptorDetailView(DescriptorView):
    @operation(
        right=Right.SEE,
        answers={200: DOCUMENT, 304: None},
        takes=("If-None-Match",),
        gives={"ETag": (200, 304)},
    )
    def get(self, request: Request, slug: str, descriptor: str) -> HttpResponseBase:
        """Read a document.

        The answer is the document itself, as it was saved, keys in their order.
        """
        head = head_of(self.project, descriptor)
        if head is None or head.text is None:
            raise Refused(404, f"{self.project} has no {catalogue.NAMES[descriptor]} yet. PUT makes it.")
        if unchanged(request, head.number):
            return HttpResponse(status=304, headers={"ETag": etag(head.number)})
        return HttpResponse(
            head.text.encode(), content_type="application/json", headers={"ETag": etag(head.number)}
        )

    @operation(
        right=Right.EDIT,
        cost=WRITE,
        query=ReasonQuery,
        raw={"application/json": DOCUMENT},
        takes=("If-Match", "If-None-Match"),
        gives={"ETag": (200, 201), "Location": (201,)},
        answers={200: SavedAnswer, 201: SavedAnswer},
        refusals=(412, 428),
    )
    def put(self, request: Request, slug: str, descriptor: str) -> Response:
        """Save a document.

        The body is the whole document. A new one needs no header; to change one that is there, send the
        ETag you read as If-Match: 412 means that somebody saved in between, and names what differs. The
        same content again makes no new revision, so a request may be repeated safely.

        A document with errors is kept as well; “problems” lists what its schema says against it.
        """
        body = document_sent(request, descriptor)
        head = head_of(self.project, descriptor)
        present = head is not None and head.text is not None
        number = based_on(request, head.number if head else 0, exists=present)
        try:
            kept = save_revision(
                project=self.project,
                descriptor=descriptor,
                body=body,
                by=self.user,
                origin=Origin.API,
                based_on=number,
                reason=self.asked.get("reason", ""),
            )
        except StaleRevision as stale:
            raise stale_refused(stale, descriptor, body, blind=not request.headers.get("If-Match")) from stale
        changed = head is None or kept.pk != head.pk
        found = problems(descriptor, body)
        answer = {
            **RevisionAnswer(kept).data,
            "changed": changed,
            "problems": [each._asdict() for each in found],
        }
        headers = {"ETag": etag(kept.number)}
        if not present:
            headers["Location"] = f"/api/projects/{slug}/descriptors/{descriptor}/"
        return Response(answer, 200 if present else 201, headers=headers)

    @operation(
        right=Right.EDIT,
        cost=WRITE,
        query=ReasonQuery,
        takes=("If-Match",),
        answers={204: None},
        refusals=(409, 412, 428),
    )
    def delete(self, request: Request, slug: str, descriptor: str) -> Response:
        """Clear a document.

        It counts as absent from then on; its history stays and can restore it. Refused with 409 while another
        document uses one of its values.
        """
        head = head_of(self.project, descriptor)
        if head is None or head.text is None:
            raise Refused(
                404, f"{self.project} has no {catalogue.NAMES[descriptor]}, so there is nothing to clear."
            )
        try:
            clear_document(
                project=self.project,
                descriptor=descriptor,
                by=self.user,
                based_on=based_on(request, head.number, exists=True),
                reason=self.asked.get("reason", ""),
            )
        except StaleRevision as stale:
            raise stale_refused(stale, descriptor, None) from stale
        except StillUsed as used:
            faults = [
                Fault(
                    f"{catalogue.NAMES[use.descriptor]}, {use.label}: uses {quoted(use.value)}", use.pointer
                )
                for use in used.uses
            ]
            raise Refused(409, f"{used} Change them first; “errors” names each.", faults) from used
        return Response(status=204)


def heads_of(project: Project) -> dict[str, Revision]:
    """The newest revision of every document that was ever saved, without content."""
    heads = Revision.objects.filter(head_of__project=project).select_related("document").defer("text")
    return {head.document.descriptor: head for head in heads}


def head_of(project: Project, descriptor: str) -> Revision | None:
    heads = Revision.objects.filter(head_of__project=project, head_of__descriptor=descriptor)
    return heads.select_related("document").first()


def row_of(descriptor: str, head: Revision | None) -> dict[str, Any]:
    return {
        "descriptor": descriptor,
        "name": catalogue.NAMES[descriptor],
        "present": head is not None and not head.cleared,
        "revision": head and head.number,
        "schema_version": head and head.schema_version,
        "digest": head and head.digest,
        "author": head and head.author_name,
        "saved_at": head and head.created_at,
    }


def document_sent(request: Request, descriptor: str) -> dict[str, Any]:
    """The document in the body, refused with the place of what is wrong."""
    if not has_body(request):
        raise Refused(400, "The body is empty. Send the document as JSON.", [Fault("It is empty.")])
    try:
        return reading.document_in("the body", request.data, descriptor)
    except reading.ReadProblem as problem:
        raise Refused(400, str(problem), fault_of(problem)) from problem


def stale_refused(
    stale: StaleRevision, descriptor: str, mine: dict[str, Any] | None, *, blind: bool = False
) -> Refused:
    """Why a change is refused, what is there now and what differs. *blind*: it named no revision."""
    current = stale.current
    differences = changes(descriptor, current.body if current else None, mine)[:NAMED]
    more: dict[str, Any] = {
        "current": RevisionAnswer(current).data if current else None,
        "differences": [change_of(each) for each in differences],
    }
    headers = {"ETag": etag(current.number)} if current else {}
    if blind:
        return Refused(428, f"Somebody has made this document in between. {FIRST}", headers=headers, **more)
    advice = "Read the document, put your change into it, and send it with the new ETag."
    return Refused(412, f"{stale} {advice}", headers=headers, **more)
