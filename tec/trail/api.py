"""The audit log of a project over REST."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework import serializers
from rest_framework.response import Response

from descriptors import catalogue
from tec.api.bodies import Answer, Choice, PageQuery, paged
from tec.api.operations import operation
from tec.api.problems import Fault
from tec.api.refused import invalid
from tec.audit.models import Event
from tec.audit.where import CHANNELS
from tec.projects.access import Right, may
from tec.projects.api.base import ProjectView
from tec.trail.filters import TrailForm
from tec.trail.words import GROUPS, changes, in_plain_text

if TYPE_CHECKING:
    from rest_framework.request import Request

MOMENT = "UTC, like 2026-11-29 or 2026-11-29T14:30; the moment itself counts."


class EventChangeAnswer(Answer):
    """One thing that was something and is something else now."""

    name = serializers.CharField()
    was = serializers.CharField()
    now = serializers.CharField()


class EventAnswer(Answer):
    """One thing that somebody did."""

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


class EventQuery(PageQuery):
    """Which entries to list."""

    who = serializers.CharField(required=False, max_length=150, help_text="User name of who did it.")
    what = Choice(choices=list(GROUPS), required=False, help_text="What the verb begins with.")
    about = Choice(choices=list(catalogue.DESCRIPTORS), required=False, help_text="About which document.")
    via = Choice(choices=list(CHANNELS), required=False, help_text="Through what it was done.")
    since = serializers.CharField(required=False, max_length=32, help_text=f"From when on. {MOMENT}")
    until = serializers.CharField(required=False, max_length=32, help_text=f"Until when. {MOMENT}")


class AuditView(ProjectView):
    group = "Audit"

    @operation(right=Right.SEE, query=EventQuery, answers={200: paged(EventAnswer)})
    def get(self, request: Request, slug: str) -> Response:
        """List what happened in a project, newest first.

        From which address something was done, and all that was noted, only those see who manage the project.
        """
        form = TrailForm(self.asked)
        if not form.is_valid():
            raise invalid(
                [Fault(str(said), parameter=name) for name, found in form.errors.items() for said in found]
            )
        managing = may(self.user, self.project, Right.MANAGE)
        found = form.found_in(Event.objects.filter(project_id=self.project.pk))
        return self.page_of(found, lambda part: [event_row(each, managing) for each in part])


def event_row(event: Event, managing: bool) -> dict[str, Any]:
    return {
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
