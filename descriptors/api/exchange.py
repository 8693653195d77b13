"""Whole projects as files: give them, and take them, all documents or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseBase
from rest_framework import serializers
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.response import Response

from descriptors import catalogue, reading, recognition
from descriptors.api.answers import DescriptorField, RevisionAnswer, fault_of
from descriptors.api.documents import heads_of
from descriptors.bundles import Bundle, from_files, from_value
from descriptors.models import Revision
from descriptors.services.export_project import export_bundle, export_project
from descriptors.services.import_documents import keep_bundle
from descriptors.services.save_revision import StaleRevision
from tec import strictjson
from tec.api.bodies import Answer, Choice, Query, has_body
from tec.api.etags import FIRST, all_based_on, project_etag
from tec.api.operations import HEAVY, operation
from tec.api.parsers import StrictJSONParser, ZipParser
from tec.api.problems import Fault
from tec.api.refused import Refused
from tec.projects.access import Right
from tec.projects.api.base import ProjectView

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from rest_framework.request import Request

    from descriptors.services.import_documents import Imported

MOST_FILES = 20
"""Files of one multipart body; eight descriptors and what goes with them."""

BUNDLE = {
    "type": "object",
    "additionalProperties": True,
    "description": "{“project”: {…}, “documents”: {descriptor: document or null}}, or a single document.",
}
ARCHIVE = {"type": "string", "format": "binary", "description": "A zip with one .json for each descriptor."}
FILES = {
    "type": "object",
    "required": ["file"],
    "properties": {"file": {"type": "array", "items": {"type": "string", "format": "binary"}}},
    "description": "A zip, a bundle, or several documents, each as a “file” named after its descriptor.",
}


class ZipRenderer(BaseRenderer):
    """Names the media type; the view writes the archive."""

    media_type = "application/zip"
    format = "zip"
    render_style = "binary"


class ExportQuery(Query):
    """How to write the project."""

    format = Choice(
        choices=["zip", "json"],
        required=False,
        help_text="“zip”: a file for each descriptor; “json”: one bundle. By default what “Accept” names.",
    )


class ImportQuery(Query):
    """Why documents are imported."""

    reason = serializers.CharField(required=False, max_length=500, help_text="Stands in the history.")


class AdviceAnswer(Answer):
    """Something that the upgrade of an older document leaves to people."""

    pointer = serializers.CharField()
    message = serializers.CharField()


class ImportedAnswer(Answer):
    """What an import did to one document."""

    descriptor = DescriptorField()
    changed = serializers.BooleanField(help_text="False: it said the same already.")
    received = RevisionAnswer(help_text="The document as it came.")
    current = RevisionAnswer(help_text="The newest revision: upgraded, if it came in an older version.")
    upgraded = serializers.BooleanField()
    to_complete = AdviceAnswer(many=True)
    losses = AdviceAnswer(many=True)


class ImportAnswer(Answer):
    """What an import did."""

    documents = ImportedAnswer(many=True)
    ignored = serializers.ListField(
        child=serializers.CharField(), help_text="JSON files that are no descriptors."
    )


class ProjectExportView(ProjectView):
    group = "Import and export"
    renderer_classes = (ZipRenderer, JSONRenderer)

    @operation(
        right=Right.SEE,
        cost=HEAVY,
        query=ExportQuery,
        answers={
            (200, "application/zip"): {"type": "string", "format": "binary"},
            (200, "application/json"): BUNDLE,
        },
        gives={"ETag": (200,)},
    )
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """Export a project.

        All documents and the project’s own texts; the same content always gives the same bytes. The ETag
        tells the revisions of all documents; an import takes it as If-Match.
        """
        numbers = Revision.objects.numbers_of(self.project)
        headers = {"ETag": project_etag(numbers)}
        accepted = "json" if request.accepted_media_type == "application/json" else "zip"
        if self.asked.get("format", accepted) == "json":
            text = strictjson.dumps(export_bundle(self.project, by=request.user))
            return HttpResponse(text.encode(), content_type="application/json", headers=headers)
        headers["Content-Disposition"] = f'attachment; filename="{slug}.zip"'
        data = export_project(self.project, by=request.user)
        return HttpResponse(data, content_type="application/zip", headers=headers)


class ProjectImportView(ProjectView):
    group = "Import and export"
    parser_classes: tuple[type[BaseParser], ...] = (StrictJSONParser, ZipParser, MultiPartParser)

    @operation(
        right=Right.EDIT,
        cost=HEAVY,
        query=ImportQuery,
        raw={"application/json": BUNDLE, "application/zip": ARCHIVE, "multipart/form-data": FILES},
        takes=("If-Match",),
        gives={"ETag": (200,)},
        answers={200: ImportAnswer},
        refusals=(412, 428),
    )
    def post(self, request: Request, slug: str) -> Response:
        """Import several documents at once, all or none.

        Takes a bundle, a zip, or several files. Documents that the import does not name stay as they are;
        one of an older version is kept as received and upgraded as the next revision. If a document that
        would be overwritten is there already, send the ETag of the export or of the list of documents as
        If-Match, or “*” to overwrite whatever there is.
        """
        bundle = bundle_sent(request)
        heads = heads_of(self.project)
        numbers = {name: head.number for name, head in heads.items()}
        based = all_based_on(request, numbers)
        if based is None:
            there = [name for name in bundle.documents if numbers.get(name)]
            if there:
                names = ", ".join(catalogue.NAMES[name] for name in there)
                raise Refused(428, f"These documents are there already: {names}. {FIRST}")
            based = {}
        try:
            results = keep_bundle(
                project=self.project,
                bundle=bundle,
                by=self.user,
                based_on=based,
                reason=self.asked.get("reason", "") or "Imported by the API",
            )
        except StaleRevision as stale:
            advice = "Nothing was imported. Export again, compare, and send the new ETag."
            raise Refused(412, f"{stale} {advice}") from stale
        tag = project_etag(Revision.objects.numbers_of(self.project))
        body = {
            "documents": [imported(each, numbers) for each in results],
            "ignored": list(bundle.ignored),
        }
        return Response(body, headers={"ETag": tag})


def imported(result: Imported, before: dict[str, int]) -> dict[str, Any]:
    return {
        "descriptor": result.descriptor,
        "changed": result.current.number != before.get(result.descriptor, 0),
        "received": RevisionAnswer(result.received).data,
        "current": RevisionAnswer(result.current).data,
        "upgraded": result.upgraded,
        "to_complete": [{"pointer": each.pointer, "message": each.message} for each in result.to_complete],
        "losses": [{"pointer": each.pointer, "message": each.message} for each in result.losses],
    }


def bundle_sent(request: Request) -> Bundle:
    """The documents in the body, whatever shape it has."""
    if not has_body(request):
        raise Refused(400, "The body is empty. Send a bundle, a zip or files.", [Fault("It is empty.")])
    try:
        bundle = _bundle(request)
    except reading.ReadProblem as problem:
        raise Refused(400, str(problem), fault_of(problem)) from problem
    if not bundle.documents:
        raise Refused(
            400, "There is no document in it. Name each after its descriptor.", [Fault("It is empty.")]
        )
    return bundle


def _bundle(request: Request) -> Bundle:
    sent = request.data
    if isinstance(sent, bytes):
        return reading.read_bytes("the body.zip", sent)
    if not hasattr(sent, "getlist"):
        return from_value("the body", sent)
    files: list[UploadedFile[Any]] = request.FILES.getlist("file")
    others = sorted({*sent} - {"file"})
    if others or not files or len(files) > MOST_FILES:
        raise Refused(
            400,
            f"Send the files as parts called “file”, at most {MOST_FILES} of them, and nothing else.",
            [Fault(f"The part {name[:60]!r} is not known.") for name in others],
        )
    if len(files) == 1:
        return reading.read_bytes(files[0].name or "file", files[0].read(reading.MAX_PACKED + 1))
    named = [
        (file.name or "file", file.name or "file", file.read(strictjson.MAX_BYTES + 1)) for file in files
    ]
    unknown = [name for name, _, _ in named if not reading.is_ours(name)]
    if unknown:
        raise reading.ReadProblem(
            unknown[0], "its name does not say which descriptor it is", f"Known: {recognition.known_names()}."
        )
    return from_files("the body", named, ())
