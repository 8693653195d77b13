"""The audit log of a project and of the site over REST: to read, and as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework import serializers
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response

from descriptors import catalogue
from tec.api.bodies import Answer, Choice, PageQuery, Query, paged
from tec.api.operations import HEAVY, operation
from tec.api.problems import Fault
from tec.api.refused import invalid
from tec.audit.models import Event
from tec.audit.where import CHANNELS
from tec.projects.access import Right, may
from tec.projects.api.base import ProjectView, SiteView
from tec.trail.export import handed_out
from tec.trail.files import FORMATS
from tec.trail.filters import TrailForm
from tec.trail.words import GROUPS, changes, in_plain_text

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponseBase
    from rest_framework.request import Request

    from tec.api.views import ApiView
    from tec.projects.models import Project

MOMENT = "UTC, like 2026-11-29 or 2026-11-29T14:30; the moment itself counts."


class EventChangeAnswer(Answer):
    """One thing that was something and is something else now."""

    name = serializers.CharField()
    was = serializers.CharField()
    now = serializers.CharField()


class EventAnswer(Answer):
    """One thing that somebody did."""

    project = serializers.CharField(help_text="Its slug at that time; empty: about the site.")
    number = serializers.IntegerField(help_text="Its place in the log of the project, from 1, without gaps.")
    at = serializers.DateTimeField()
    actor = serializers.CharField(help_text="User name; empty: the system.")
    verb = serializers.CharField(help_text="What was done, as in “document.saved”.")
    target = serializers.CharField(help_text="What it was done to, as the verb needs it; may be empty.")
    said = serializers.CharField(help_text="All of it in a sentence, for people.")
    reason = serializers.CharField(help_text="Why, if somebody said so; else empty.")
    changes = EventChangeAnswer(many=True)
    facts = serializers.DictField(
        allow_null=True, help_text="All else that was noted, by name; null unless you manage the project."
    )
    via = serializers.CharField(help_text=f"Through what it was done: {', '.join(CHANNELS)}.")
    token = serializers.CharField(help_text="Name of the API token that was used; else empty.")
    address = serializers.CharField(
        allow_null=True, help_text="From which address; null unless you manage the project."
    )


class Filters(Query):
    """Which entries are meant."""

    who = serializers.CharField(required=False, max_length=150, help_text="User name of who did it.")
    what = Choice(choices=list(GROUPS), required=False, help_text="What the verb begins with.")
    about = Choice(choices=list(catalogue.DESCRIPTORS), required=False, help_text="About which document.")
    via = Choice(choices=list(CHANNELS), required=False, help_text="Through what it was done.")
    since = serializers.CharField(required=False, max_length=32, help_text=f"From when on. {MOMENT}")
    until = serializers.CharField(required=False, max_length=32, help_text=f"Until when. {MOMENT}")


class EventQuery(PageQuery, Filters):
    """Which entries to list."""


class EventFileQuery(Filters):
    """Which entries to hand out, and how they are written."""

    format = Choice(
        choices=list(FORMATS), required=False, help_text="By default what “Accept” names, else JSON Lines."
    )


class JsonLinesRenderer(BaseRenderer):
    """Names the media type; the file is written while it is sent."""

    media_type = "application/jsonl"
    format = "jsonl"


class CsvRenderer(BaseRenderer):
    """Names the media type; the file is written while it is sent."""

    media_type = "text/csv"
    format = "csv"


RENDERERS = (JsonLinesRenderer, CsvRenderer)
TEXT = {"type": "string"}
FILE: dict[str, Any] = {
    "right": Right.MANAGE,
    "cost": HEAVY,
    "query": EventFileQuery,
    "answers": {(200, each.media_type): TEXT for each in RENDERERS},
}
"""What both operations that hand the log out declare."""


class AuditView(ProjectView):
    group = "Audit"

    @operation(right=Right.SEE, query=EventQuery, answers={200: paged(EventAnswer)})
    def get(self, request: Request, slug: str) -> Response:
        """List what happened in a project, newest first.

        From which address something was done, and all that was noted, only those see who manage the project.
        """
        managing = may(self.user, self.project, Right.MANAGE)
        found = filters_of(self).found_in(Event.objects.filter(project_id=self.project.pk))
        return self.page_of(found, lambda part: [event_row(each, managing) for each in part])


class AuditExportView(ProjectView):
    group = "Audit"
    renderer_classes = RENDERERS

    @operation(even_archived=True, **FILE)
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """Take the audit log of a project away as a file, seals included; that is an entry of its own."""
        return file_of(self, Event.objects.filter(project_id=self.project.pk), self.project)


class SiteAuditView(SiteView):
    group = "Audit"

    @operation(right=Right.MANAGE, query=EventQuery, answers={200: paged(EventAnswer)})
    def get(self, request: Request) -> Response:
        """List what happened on the whole site, newest first, deleted projects included."""
        found = filters_of(self).found_in(Event.objects.all())
        return self.page_of(found, lambda part: [event_row(each, managing=True) for each in part])


class SiteAuditExportView(SiteView):
    group = "Audit"
    renderer_classes = RENDERERS

    @operation(**FILE)
    def get(self, request: Request) -> HttpResponseBase:
        """Take the audit log of the site away as a file, seals included; that is an entry of its own."""
        return file_of(self, Event.objects.all(), None)


def filters_of(view: ApiView) -> TrailForm:
    """What is asked for, as the form of the pages judges it."""
    form = TrailForm(view.asked)
    if not form.is_valid():
        raise invalid(
            [Fault(str(said), parameter=name) for name, found in form.errors.items() for said in found]
        )
    return form


def file_of(view: ApiView, events: QuerySet[Event], project: Project | None) -> HttpResponseBase:
    accepted = next(each.format for each in RENDERERS if each.media_type == view.request.accepted_media_type)
    format = view.asked.get("format", accepted)
    form = filters_of(view)
    return handed_out(view.request, events, form, format=format, project=project, by=view.user)


def event_row(event: Event, managing: bool) -> dict[str, Any]:
    return {
        "project": event.project_slug,
        "number": event.number,
        "at": event.at,
        "actor": event.actor,
        "verb": event.verb,
        "target": event.target,
        "said": in_plain_text(event),
        "reason": event.facts.get("reason") or "",
        "changes": [each._asdict() for each in changes(event)],
        "facts": event.facts if managing else None,
        "via": event.channel,
        "token": event.token,
        "address": event.address if managing else None,
    }
