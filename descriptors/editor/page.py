"""Gathers everything one form page shows: the document, the draft over it, findings, choices, sections."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from django.shortcuts import get_object_or_404
from django.template import Context

from descriptors import catalogue
from descriptors.drafts import Draft
from descriptors.editor.choices import Choices
from descriptors.editor.insight import Filled, LastCheck, Preview, insight
from descriptors.editor.layout import Layout
from descriptors.editor.links import referred_ids
from descriptors.editor.marking import marks
from descriptors.editor.markup import Markup
from descriptors.editor.outcome import documents_after, outcome_of
from descriptors.editor.plan import every, plan_for
from descriptors.editor.posted import read_form
from descriptors.editor.sections import Part, by_section, home_of, state_of, summed_up, tallies
from descriptors.editor.widgets import el, joined
from descriptors.models import Revision, VocabularyTerm
from descriptors.services.keep_draft import KEY
from descriptors.services.save_revision import version_of
from tec.projects.access import Right, may

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.contrib.auth.models import User
    from django.utils.safestring import SafeString

    from descriptors.editor.nodes import Input
    from descriptors.editor.plan import FormPlan
    from descriptors.editor.posted import Reading
    from descriptors.schema_store import Source
    from tec.projects.models import Project

    Body = dict[str, Any] | None


class Heads:
    """The newest revision of every document of a project, in one query."""

    def __init__(self, project: Project) -> None:
        found = Revision.objects.filter(head_of__project=project).select_related(
            "document", "commit", "author"
        )
        self.revisions = {revision.document.descriptor: revision for revision in found}
        self.documents = {
            name: self.revisions[name].body if name in self.revisions else None
            for name in catalogue.DESCRIPTORS
        }

    def number(self, descriptor: str) -> int:
        head = self.revisions.get(descriptor)
        return head.number if head else 0


class Open(NamedTuple):
    """One open form: the revision it shows and what was typed over it."""

    plan: FormPlan
    based_on: int
    saved: dict[str, Any] | None
    state: Mapping[str, str]
    reading: Reading
    referred: tuple[str, ...]


def open_form(
    heads: Heads, descriptor: str, state: Mapping[str, str], saved: Body = None, based_on: int | None = None
) -> Open:
    """Read *state* over the newest revision, or over *saved*, which is revision *based_on*."""
    if based_on is None:
        saved, based_on = heads.documents[descriptor], heads.number(descriptor)
    plan = plan_for(descriptor, version_of(saved) or catalogue.LATEST)
    referred = tuple(referred_ids(descriptor, heads.documents))
    return Open(plan, based_on, saved, state, read_form(plan, saved, state, referred), referred)


def body_at(heads: Heads, project: Project, descriptor: str, number: int) -> Body:
    """The document as it was in revision *number*; 404 for one that never was."""
    if number in {0, heads.number(descriptor)}:
        return heads.documents[descriptor] if number else None
    revisions = Revision.objects.of(project).filter(document__descriptor=descriptor)
    return get_object_or_404(revisions, number=number).body


def draft_of(user: User, project: Project, descriptor: str, key: str = "") -> Draft | None:
    """The draft called *key*, or the last one this person typed for this document."""
    if key and not KEY.search(key):
        return None
    drafts = Draft.objects.of(user, project, descriptor)
    return (drafts.filter(key=key) if key else drafts).first()


class Page:
    """What the templates of the form show."""

    def __init__(
        self,
        project: Project,
        heads: Heads,
        form: Open,
        *,
        by: User | None = None,  # who looks at it; None may edit everything
        draft: Draft | None = None,
        only: str = "",
        all_open: bool = False,
        nodes: bool = True,
    ) -> None:
        self.project = project
        self.by = by
        self.plan = form.plan
        self.descriptor = form.plan.descriptor
        self.reading = form.reading
        self.draft = draft
        self.key = draft.key if draft else uuid4().hex
        self.version = draft.version if draft else 0
        self.based_on = form.based_on
        self.next_number = self.based_on + 1
        self.last: LastCheck = insight().last_check(project, heads.documents)
        self.remarks = [remark for remark in self.last.remarks if remark.kind == "mismatch"]
        self.missing = insight().missing(project, self.descriptor, self.reading.document)
        self.filled: Filled = insight().filled(self.descriptor, self.reading.document)
        self.only = only if any(each.id == only for each in self.plan.sections) else ""
        self.all_open = all_open
        self.choices = Choices(self.descriptor, heads.documents, self.reading.document, vocabularies())
        self.marks = marks(self.plan, form.saved, self.reading, self.remarks, self.missing)
        self.layout = Layout(
            self.plan, form.saved, form.state, self.reading, self.choices, self.marks, form.referred
        )
        self.with_nodes = nodes
        self.parts: list[Part] = list(self._parts())
        self.strays: list[Input] = self.layout.unknown() if not self.only else []
        self.preview = self._preview(form, heads) if self.changes else Preview((), ())
        self.blank_rows = blank_rows(self.descriptor, self.plan.version, catalogue.source())

    @property
    def mended(self) -> set[str]:
        """The fingerprints of the findings that saving would fix."""
        return {remark.fingerprint for remark in self.preview.fixed}

    @property
    def changes(self) -> int:
        """How many inputs and lists differ from what is saved."""
        return len(self.reading.changed)

    @property
    def shown(self) -> list[Part]:
        return [part for part in self.parts if not self.only or part.id == self.only]

    @property
    def neighbours(self) -> tuple[Part | None, Part | None]:
        """The sections before and after the only one shown."""
        ids = [part.id for part in self.parts]
        if not self.only:
            return None, None
        here = ids.index(self.only)
        before = self.parts[here - 1] if here else None
        return before, self.parts[here + 1] if here + 1 < len(ids) else None

    def _preview(self, form: Open, heads: Heads) -> Preview:
        outcome = outcome_of(form, heads.documents)
        writable = {
            name
            for name in catalogue.DESCRIPTORS
            if self.by is None or may(self.by, self.project, Right.EDIT, name)
        }
        after = documents_after(form, outcome, heads.documents, writable)
        return insight().preview(self.project, heads.documents, after)

    def _parts(self) -> Iterator[Part]:
        homes = by_section(self.plan.sections)
        spots = [spot for remark in self.missing for spot in remark.spots]
        blank = [home_of(spot.pointer, homes) for spot in spots]
        faulty = [home_of(fault.name, homes) for fault in self.reading.faults]
        counted = tallies(self.remarks, self.descriptor, homes)
        first = self._first_open(homes, blank, counted)
        document = self.reading.document
        for section in self.plan.sections:
            shown = not self.only or section.id == self.only
            missing = blank.count(section.id)
            faults = faulty.count(section.id)
            yield Part(
                section.id,
                section.title,
                section.help,
                summed_up(section, document),
                state_of(section, document, missing),
                missing,
                faults,
                counted.get(section.id, {}),
                bool(self.all_open or self.only or faults or section.id == first),
                self.layout.section(section.plans) if shown and self.with_nodes else (),
            )

    def _first_open(self, homes: Mapping[str, str], blank: list[str], counted: Mapping[str, Any]) -> str:
        """The section to begin with: the first in which there is something to do."""
        order = list(dict.fromkeys(homes.values()))
        return next((id for id in order if id in blank or id in counted), order[0] if self.missing else "")


def vocabularies() -> dict[str, list[str]]:
    """Every list of terms, in the order they were added. One query."""
    found: dict[str, list[str]] = {}
    for name, term in VocabularyTerm.objects.order_by("id").values_list("list", "term"):
        found.setdefault(name, []).append(term)
    return found


@cache
def blank_rows(descriptor: str, version: str, source: Source) -> SafeString:
    """The rows that scripts add, as HTML templates; the same for every document."""
    plan = plan_for(descriptor, version)
    layout = Layout(plan, None, {}, None, Choices(descriptor, {}, {}, {}))
    markup = Markup(Context())
    lists = [layout.blank_list(each) for each in every(plan.root) if each.kind == "list"]
    return joined(
        el("template", {"data-blank": each.plan.path}, markup.row(each, each.entries[0])) for each in lists
    )
