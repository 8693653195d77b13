"""What people decided, as a file that the command line reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseBase
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response

from descriptors.reading import ReadProblem
from mismatch import queries
from mismatch.api.findings import UNCHECKED
from mismatch.ignoring.export import MEDIA_TYPE, ignore_file
from mismatch.ignoring.file import NAME
from mismatch.services.import_decisions import import_decisions
from tec.api.bodies import Answer, has_body
from tec.api.operations import HEAVY, operation
from tec.api.parsers import YamlParser
from tec.api.problems import Fault
from tec.api.refused import Refused
from tec.projects.access import Right
from tec.projects.api.base import ProjectView

if TYPE_CHECKING:
    from rest_framework.request import Request


class YamlRenderer(BaseRenderer):
    """Names the media type; the view writes the file."""

    media_type = MEDIA_TYPE
    format = "yaml"
    charset = "utf-8"


class IgnoreExportView(ProjectView):
    group = "Import and export"
    renderer_classes = (YamlRenderer,)

    @operation(
        right=Right.SEE,
        answers={(200, MEDIA_TYPE): {"type": "object", "description": "tec-ignore.yaml"}},
    )
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """Export the decisions that hold.

        The file goes beside the descriptors, where “tec check” applies it. Each entry names its finding
        and the values it was decided about, and ends there when it ends here.
        """
        return HttpResponse(ignore_file(self.project), content_type=f"{MEDIA_TYPE}; charset=utf-8")


class RefusalAnswer(Answer):
    """An entry of the file, or a part of what it is about, that nothing was decided by."""

    line = serializers.IntegerField()
    rule = serializers.CharField()
    why = serializers.CharField()


class TakenAnswer(Answer):
    """What an import of decisions came to."""

    check = serializers.IntegerField(help_text="The check whose findings were decided about.")
    decided = serializers.IntegerField(help_text="How many findings.")
    waiting = serializers.IntegerField(help_text="How many of them wait for somebody else’s approval.")
    already = serializers.IntegerField(help_text="How many were decided like this before.")
    refused = RefusalAnswer(many=True)


class IgnoreImportView(ProjectView):
    group = "Import and export"
    parser_classes = (YamlParser,)

    @operation(
        right=Right.DECIDE,
        cost=HEAVY,
        raw={MEDIA_TYPE: {"type": "object", "description": "tec-ignore.yaml"}},
        answers={200: TakenAnswer},
        refusals=(409, 413),
    )
    def post(self, request: Request, slug: str) -> Response:
        """Import decisions.

        Takes a tec-ignore.yaml and decides about what the last finished check found as it says. You are the
        author; who accepted it in the file stands in the reason. What is decided like this already stays,
        entries that match nothing or do not hold any more are listed, and critical risks wait for approval.
        409: nothing has been checked yet.
        """
        if not has_body(request):
            raise Refused(400, "The body is empty. Send a tec-ignore.yaml.", [Fault("It is empty.")])
        check = queries.standing(self.project).done
        if check is None:
            raise Refused(409, UNCHECKED)
        data: Any = request.data  # bytes, by the parser
        try:
            taken = import_decisions(project=self.project, check=check, name=NAME, data=data, by=self.user)
        except ReadProblem as problem:
            raise Refused(400, str(problem), [Fault(f"{problem.message}. {problem.remedy}")]) from problem
        refused = [each._asdict() for each in taken.refused]
        return Response({"check": check.number, **taken._asdict(), "refused": refused})
