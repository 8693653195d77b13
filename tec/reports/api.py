"""Reports over REST: at once where that is quick, else by a worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from mismatch.findings import SEVERITIES
from tec.api.bodies import Answer, Body, Choice, Flag, Number, PageQuery, Query, Text, YesNo, paged
from tec.api.operations import HEAVY, operation
from tec.api.refused import Refused
from tec.projects.access import Right
from tec.projects.api.base import ProjectView
from tec.reports.gathering import NoCheck
from tec.reports.kinds import KINDS
from tec.reports.models import ReportFile
from tec.reports.options import BadOption, Options
from tec.reports.rendering import chosen, file_name, takes_a_worker
from tec.reports.services.give_report import give_report
from tec.reports.services.order_report import TooManyReports, order_report
from tec.work.models import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rest_framework.request import Request

    from tec.projects.models import Project

FORMATS = list(dict.fromkeys(name for kind in KINDS.values() for name in kind.formats))
FILE = {"description": "The report; Content-Type says what it is."}
KIND_HELP = "Which report."
CHECK_HELP = "The number of a finished check; by default the last."
NEW_HELP = "Only what is new or worse against the baseline, else the check before."
SETTLED_HELP = "With what decisions settle; by default yes."


class ReportQuery(Query):
    """Which report, and what of it."""

    kind = Choice(choices=list(KINDS), required=False, default="mismatch", help_text=KIND_HELP)
    format = Choice(choices=FORMATS, required=False, default="json", help_text="How to write it.")
    check = serializers.IntegerField(required=False, min_value=1, max_value=999_999_999, help_text=CHECK_HELP)
    severity = serializers.CharField(
        required=False, max_length=60, help_text=f"Of {', '.join(SEVERITIES)}, separated by commas."
    )
    settled = YesNo(required=False, help_text=SETTLED_HELP)
    new = YesNo(required=False, help_text=NEW_HELP)


class ReportBody(Body):
    """Which report to make, and what of it."""

    kind = Choice(choices=list(KINDS), required=False, default="mismatch", help_text=KIND_HELP)
    format = Choice(choices=FORMATS, help_text="How to write it.")
    check = Number(required=False, min_value=1, max_value=999_999_999, help_text=CHECK_HELP)
    severity = Text(
        required=False, max_length=60, help_text=f"Of {', '.join(SEVERITIES)}, separated by commas."
    )
    settled = Flag(required=False, help_text=SETTLED_HELP)
    new = Flag(required=False, help_text=NEW_HELP)


class ReportProgressAnswer(Answer):
    """How far the making of a report is."""

    done = serializers.IntegerField()
    total = serializers.IntegerField()


class ReportAnswer(Answer):
    """A report that a worker makes, or has made."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=list(KINDS))
    format = serializers.ChoiceField(choices=FORMATS)
    state = serializers.ChoiceField(choices=State.values)
    progress = ReportProgressAnswer()
    error = serializers.CharField(help_text="Why it failed, for people; else empty.")
    size = serializers.IntegerField(help_text="Bytes; 0 until it is done.")
    requested_by = serializers.CharField(allow_null=True, help_text="User name.")
    created_at = serializers.DateTimeField()
    kept_until = serializers.DateTimeField()


class ReportView(ProjectView):
    group = "Reports"

    @operation(right=Right.SEE, cost=HEAVY, query=ReportQuery, answers={(200, "*/*"): FILE}, refusals=(409,))
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """Make a report at once.

        The parameters name the format; “Accept” does not. 409: there is nothing to report on, or it takes a
        worker, as PDF, XLSX and what is large do; POST it to reports/ then.
        """
        kind, format = self.asked["kind"], self.asked["format"]
        options = options_of(self.asked)
        with_sense(kind, format)
        if takes_a_worker(self.project, kind, format, options):
            raise Refused(409, f"A worker has to make this one: POST it to /api/projects/{slug}/reports/.")
        try:
            made = give_report(project=self.project, by=self.user, kind=kind, format=format, options=options)
        except NoCheck as problem:
            raise Refused(409, str(problem)) from problem
        return file_of(made.content, made.media_type, made.file_name)


class ReportListView(ProjectView):
    group = "Reports"

    @operation(right=Right.SEE, query=PageQuery, answers={200: paged(ReportAnswer)})
    def get(self, request: Request, slug: str) -> Response:
        """List the reports that workers make and have made, newest first."""
        return self.page_of(ReportFile.objects.filter(project=self.project).listed(), rows_of)

    @operation(
        right=Right.SEE,
        cost=HEAVY,
        body=ReportBody,
        answers={202: ReportAnswer},
        gives={"Location": (202,)},
        refusals=(409,),
    )
    def post(self, request: Request, slug: str) -> Response:
        """Have a worker make a report.

        Ask at its Location until its state is “done” or “failed”; its file is then at file/ below that.
        """
        kind, format = self.sent["kind"], self.sent["format"]
        with_sense(kind, format)
        try:
            row = order_report(
                project=self.project, by=self.user, kind=kind, format=format, options=options_of(self.sent)
            )
        except (BadOption, TooManyReports) as problem:
            raise Refused(409, str(problem)) from problem
        where = f"/api/projects/{slug}/reports/{row.pk}/"
        return Response(rows_of([row])[0], 202, headers={"Location": where})


class ReportDetailView(ProjectView):
    group = "Reports"

    @operation(right=Right.SEE, answers={200: ReportAnswer})
    def get(self, request: Request, slug: str, report: int) -> Response:
        """Read how far a report is."""
        return Response(rows_of([row_of(self.project, report)])[0])


class ReportContentView(ProjectView):
    group = "Reports"

    @operation(right=Right.SEE, answers={(200, "*/*"): FILE}, refusals=(409,))
    def get(self, request: Request, slug: str, report: int) -> HttpResponseBase:
        """Fetch a report that is done. 409: it is not."""
        row = row_of(self.project, report)
        if not row.done or row.content is None:
            raise Refused(409, f"This report is {row.get_state_display().lower()}; there is no file.")
        kind, format = chosen(row.kind, row.format)
        return file_of(bytes(row.content), format.media_type, file_name(self.project, kind, format))


def row_of(project: Project, report: int) -> ReportFile:
    found: ReportFile = get_object_or_404(
        ReportFile.objects.filter(project=project).select_related("requested_by"), pk=report
    )
    return found


def rows_of(reports: list[ReportFile]) -> list[dict[str, Any]]:
    """Reports as the API gives them."""
    return [
        {
            "id": each.pk,
            "kind": each.kind,
            "format": each.format,
            "state": each.state,
            "progress": {"done": each.progress_done, "total": each.progress_total},
            "error": each.error,
            "size": each.size,
            "requested_by": each.requested_by.get_username() if each.requested_by else None,
            "created_at": each.created_at,
            "kept_until": each.kept_until,
        }
        for each in reports
    ]


def options_of(given: Mapping[str, Any]) -> Options:
    """The options among parameters or members of a body."""
    named = {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in given.items()
        if name in ("check", "severity", "settled", "new")
    }
    try:
        return Options.read(named)
    except BadOption as problem:
        raise Refused(400, str(problem)) from problem


def with_sense(kind: str, format: str) -> None:
    """Refuse a format that this report does not have."""
    try:
        chosen(kind, format)
    except BadOption as problem:
        raise Refused(400, str(problem)) from problem


def file_of(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
