"""Makes a report: the one function behind the page, the API and the worker."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Sum
from django.db.models.functions import Length

from descriptors.models import Revision
from mismatch.models import Check, State
from tec.reports.kinds import KINDS, Format, Kind
from tec.reports.options import BadOption, Options
from tec.reports.steps import GATHERED, WHOLE, Tell, to_nobody, within

if TYPE_CHECKING:
    from tec.projects.models import Project

AT_ONCE = 2_000
"""Findings of a check whose report a page can wait for."""
AT_ONCE_CHARACTERS = 500_000  # of all documents, for the dossier


class Rendered(NamedTuple):
    content: bytes
    media_type: str
    file_name: str


def chosen(kind: str, format: str) -> tuple[Kind, Format]:
    """The report and the format of these names. Raises BadOption, naming what there is."""
    if kind not in KINDS:
        raise BadOption(f"There is no report “{kind[:40]}”; there are {', '.join(KINDS)}.")
    formats = KINDS[kind].formats
    if format not in formats:
        raise BadOption(f"“{format[:40]}” is no format of this report; there are {', '.join(formats)}.")
    return KINDS[kind], formats[format]


def render_report(
    project: Project,
    *,
    format: str,
    kind: str = "mismatch",
    options: Options | None = None,
    progress: Tell | None = None,
) -> Rendered:
    """The report as a file. Raises BadOption, and NoCheck if there is nothing to report on."""
    report, way = chosen(kind, format)
    say = progress or to_nobody
    say(0, WHOLE)
    matter = report.gather(project, options or Options(), within(say, 0, GATHERED))
    say(GATHERED, WHOLE)
    content = way.write(matter, within(say, GATHERED, WHOLE))
    say(WHOLE, WHOLE)
    return Rendered(content, way.media_type, file_name(project, report, way))


def takes_a_worker(project: Project, kind: str, format: str, options: Options) -> bool:
    """Whether the report is too much for a request. One query at most."""
    report, way = chosen(kind, format)
    if way.slow:
        return True
    if report.of_a_check:
        done = Check.objects.filter(project=project, state=State.DONE)
        counted = done.filter(number=options.check) if options.check else done
        counts = counted.values_list("counts", flat=True).first() or {}
        return bool(sum(number for each in counts.values() for number in each.values()) > AT_ONCE)
    heads = Revision.objects.filter(head_of__project=project)
    return (heads.aggregate(all=Sum(Length("text")))["all"] or 0) > AT_ONCE_CHARACTERS


def file_name(project: Project, kind: Kind, format: Format) -> str:
    """“loans-mismatch.sarif”, safe on every system."""
    plain = unicodedata.normalize("NFKD", project.slug).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9-]+", "-", plain.lower()).strip("-")[:60] or "project"
    return f"{stem}-{kind.name}{format.extension}"
