"""What the address of the audit page asks for: by whom, what, about what, through what, from when to when."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.dateparse import parse_date, parse_datetime

from descriptors import catalogue
from tec.audit.models import Event
from tec.audit.where import CHANNELS
from tec.trail.words import GROUPS


class MomentField(forms.CharField):
    """A day, or a day and time in UTC, as browsers and people write them: 2026-11-29, 2026-11-29T14:30."""

    def __init__(self, *, end: bool = False, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=32, **kwargs)
        self.end = end  # the moment itself still counts: a whole day, or a whole minute

    def clean(self, value: Any) -> datetime | None:
        text = super().clean(value).strip()
        if not text:
            return None
        try:
            return self.moment(text)
        except (ValueError, OverflowError):
            raise forms.ValidationError(
                f"“{text}” is no day and time. Write it like 2026-11-29 or 2026-11-29T14:30."
            ) from None

    def moment(self, text: str) -> datetime:
        if day := parse_date(text):
            start = datetime.combine(day, time(), UTC)
            return start + timedelta(days=1) if self.end else start
        found = parse_datetime(text)
        if found is None:
            raise ValueError(text)
        found = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
        return found + timedelta(minutes=1) if self.end and not found.second else found


def choices(options: dict[str, str], everything: str) -> list[tuple[str, str]]:
    return [("", everything), *options.items()]


class TrailForm(forms.Form):
    """All in the address, so that a look at the log can be passed on. *since* counts, *until* too."""

    who = forms.CharField(required=False, max_length=150, label="Person")
    what = forms.ChoiceField(required=False, choices=choices(GROUPS, "Everything"), label="What")
    about = forms.ChoiceField(
        required=False, choices=choices(dict(catalogue.NAMES), "Any descriptor"), label="Descriptor"
    )
    via = forms.ChoiceField(required=False, choices=choices(CHANNELS, "Anywhere"), label="Through")
    since = MomentField(label="From")
    until = MomentField(label="To", end=True)

    def found_in(self, events: QuerySet[Event]) -> QuerySet[Event]:
        """Those of *events* that are asked for; what cannot be understood filters nothing, and is said."""
        self.is_valid()
        asked = self.cleaned_data
        if who := asked.get("who"):
            events = events.filter(actor=who)
        if what := asked.get("what"):
            events = events.filter(verb__startswith=f"{what}.")
        if about := asked.get("about"):
            events = events.filter(target=about)
        if via := asked.get("via"):
            events = events.filter(channel=via)
        if since := asked.get("since"):
            events = events.filter(at__gte=since)
        if until := asked.get("until"):
            events = events.filter(at__lt=until)
        return events

    @property
    def asked(self) -> dict[str, str]:
        """What is filtered by, as it stands in the address."""
        self.is_valid()
        return {name: self.data.get(name, "") for name, value in self.cleaned_data.items() if value}
