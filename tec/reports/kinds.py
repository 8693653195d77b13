"""Which reports there are and in which formats; everything that offers or makes one looks here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from mismatch.reports import View, all_formats, format_named
from tec.reports import composing, dossier
from tec.reports.gathering import Subject, subject_of
from tec.reports.options import Options
from tec.reports.spreadsheets import as_csv, as_xlsx
from tec.reports.steps import WHOLE, Tell, within
from tec.reports.tables import sheets_of_check, sheets_of_dossier
from tec.strictjson import dumps

if TYPE_CHECKING:
    from tec.projects.models import Project

Matter = Any
"""What a kind of report gathers: a Subject or a Dossier."""


class Format(NamedTuple):
    """One way to write a report."""

    name: str
    title: str
    media_type: str
    extension: str
    write: Callable[[Matter, Tell], bytes]
    hint: str = ""  # what it is good for
    slow: bool = False  # always made by a worker


class Kind(NamedTuple):
    """One report."""

    name: str
    title: str
    hint: str
    gather: Callable[[Project, Options, Tell], Matter]
    formats: Mapping[str, Format]
    of_a_check: bool  # the options are about it


def _pages(compose: Callable[[Matter, Tell], Any]) -> tuple[Format, ...]:
    """The formats for people to read."""

    def html(matter: Matter, tell: Tell) -> bytes:
        from tec.reports.html import as_file

        return as_file(compose(matter, within(tell, 0, 50)))

    def pdf(matter: Matter, tell: Tell) -> bytes:
        from tec.reports.pdf import as_pdf

        return as_pdf(compose(matter, within(tell, 0, 25)), tell=within(tell, 25, WHOLE))

    def markdown(matter: Matter, tell: Tell) -> bytes:
        from tec.reports.prose import as_markdown

        return as_markdown(compose(matter, within(tell, 0, 60)))

    return (
        Format("pdf", "PDF", "application/pdf", ".pdf", pdf, "for printing, sending and archives", slow=True),
        Format("html", "HTML", "text/html; charset=utf-8", ".html", html, "one file for a browser"),
        Format("markdown", "Markdown", "text/markdown; charset=utf-8", ".md", markdown, "for wikis"),
    )


def _sheets(sheets: Callable[[Matter], Any]) -> tuple[Format, ...]:
    """The formats for spreadsheets."""
    excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return (
        Format(
            "xlsx",
            "Excel (XLSX)",
            excel,
            ".xlsx",
            lambda matter, tell: as_xlsx(sheets(matter), tell),
            "a workbook",
            slow=True,
        ),
        Format(
            "csv",
            "CSV",
            "text/csv; charset=utf-8",
            ".csv",
            lambda matter, tell: as_csv(sheets(matter)[0]),
            "one table",
        ),
    )


def _check_json(subject: Subject, tell: Tell) -> bytes:
    """What the command line writes, and what only the server knows."""
    from mismatch.reports.json import as_object

    check = subject.check
    known = {
        "project": {"slug": subject.project.slug, "name": subject.project.name},
        "check": {
            "number": check.number,
            "finished": check.finished_at.isoformat() if check.finished_at else None,
            "input_digest": check.input_digest,
            "rules_digest": check.rules_digest,
            "against": subject.reference.number if subject.reference else None,
        },
        "revisions": {read.descriptor: read.number for read in subject.read},
        "gates": [verdict.as_json() for verdict in subject.verdicts],
        "audit_head": subject.audit_head,
    }
    return dumps(as_object(subject.checked()) | known).encode()


def _dossier_json(matter: dossier.Dossier, tell: Tell) -> bytes:
    state = {
        part.descriptor: {
            "revision": part.number,
            "schema_version": part.schema_version,
            "saved": part.saved.isoformat() if part.saved else None,
            "author": part.author,
            "digest": part.digest,
            "filled_in": part.bar.filled,
            "of": part.bar.total,
        }
        for part in matter.parts
        if part.body
    }
    project = {
        "slug": matter.project.slug,
        "name": matter.project.name,
        "description": matter.project.description,
        "point_of_contact": matter.project.point_of_contact,
    }
    documents = {part.descriptor: part.body for part in matter.parts}
    return dumps({"project": project, "documents": documents, "state": state}).encode()


def _for_programs() -> tuple[Format, ...]:
    """The formats of the command line."""
    hints = {
        "sarif": "for code scanning and editors",
        "junit": "for build servers",
        "github": "for GitHub Actions",
        "text": "as on the command line",
    }

    def writer(name: str) -> Callable[[Subject, Tell], bytes]:
        return lambda subject, tell: format_named(name).render(subject.checked(), View(100)).encode()

    wanted = [*hints, *(each.name for each in all_formats() if each.name not in {*hints, "json", "markdown"})]
    return tuple(
        Format(
            each.name,
            each.title,
            each.media_type,
            each.extension,
            writer(each.name),
            hints.get(each.name, ""),
        )
        for each in map(format_named, wanted)
    )


def _by_name(*formats: Format) -> Mapping[str, Format]:
    return {each.name: each for each in formats}


KINDS: Mapping[str, Kind] = {
    "mismatch": Kind(
        "mismatch",
        "Mismatch report",
        "What does not fit and what is missing, with both sides, owners, decisions, gates and the map.",
        subject_of,
        _by_name(
            *_pages(composing.compose),
            *_sheets(sheets_of_check),
            Format("json", "JSON", "application/json", ".json", _check_json, "everything, for programs"),
            *_for_programs(),
        ),
        of_a_check=True,
    ),
    "dossier": Kind(
        "dossier",
        "System dossier",
        "All eight descriptors as one document that can be read from front to back.",
        lambda project, options, tell: dossier.dossier_of(project),
        _by_name(
            *_pages(dossier.compose),
            *_sheets(sheets_of_dossier),
            Format("json", "JSON", "application/json", ".json", _dossier_json, "can be imported again"),
        ),
        of_a_check=False,
    ),
}
