"""Reports that workers make, and what they made; kept for a few days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from tec.projects.models import Project
from tec.reports.options import Options
from tec.work.models import State, Work, WorkQuerySet

if TYPE_CHECKING:
    from datetime import datetime

    from tec.reports.kinds import Format, Kind


class ReportQuerySet(WorkQuerySet["ReportFile"]):
    def listed(self) -> ReportQuerySet:
        """The newest first, without what they hold."""
        return self.defer("content").select_related("requested_by").order_by("-pk")

    def lapsed_files(self) -> ReportQuerySet:
        """Those that nobody can fetch any more."""
        return self.filter(created_at__lt=timezone.now() - timedelta(days=settings.REPORT_DAYS))


class ReportFile(Work):
    """A report that somebody asked for, and its file once a worker has made it."""

    task = "tec.reports.tasks.make_report"
    noun = "report"
    kept = "Nothing in the project has changed."

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="report_files")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=20)  # one of tec.reports.kinds.KINDS
    format = models.CharField(max_length=20)
    options: models.JSONField[Any, Any] = models.JSONField(default=dict)

    # The file is in the database because the process that serves it may be on another machine.
    content = models.BinaryField(null=True)
    size = models.PositiveIntegerField(default=0)

    objects: Any = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "lease_until"], name="report_unfinished")]

    def __str__(self) -> str:
        return f"report {self.pk} of {self.project}"

    def get_absolute_url(self) -> str:
        return reverse("report-file", args=[self.project.slug, self.pk])

    @property
    def done(self) -> bool:
        return self.state == State.DONE

    @property
    def percent(self) -> int:
        """How far the worker is."""
        return 100 * self.progress_done // max(self.progress_total, 1)

    @property
    def chosen(self) -> Options:
        return Options.read(self.options)

    @property
    def wanted(self) -> list[tuple[str, str]]:
        """What a form sends to ask for it once more, as names and values."""
        options = [("kind", self.kind), ("format", self.format)]
        for name, value in self.options.items():
            options += [(name, each) for each in (value if isinstance(value, list) else [value])]
        return options

    @property
    def title(self) -> str:
        return self._kind.title

    @property
    def format_title(self) -> str:
        return self._format.title

    @property
    def kept_until(self) -> datetime:
        return self.created_at + timedelta(days=settings.REPORT_DAYS)

    @property
    def _kind(self) -> Kind:
        from tec.reports.kinds import KINDS

        return KINDS[self.kind]

    @property
    def _format(self) -> Format:
        return self._kind.formats[self.format]
