"""Deletes reports that have been kept long enough."""

from __future__ import annotations

from tec.reports.models import ReportFile


def forget_reports() -> int:
    """How many were deleted."""
    deleted, _ = ReportFile.objects.lapsed_files().delete()
    return int(deleted)
