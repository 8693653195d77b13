"""The audit log in words."""

from __future__ import annotations

import pytest

from tec.audit.models import Event
from tec.templatetags.tec_events import event_icon, event_said


def event(verb: str, target: str = "", **facts: object) -> Event:
    return Event(verb=verb, target=target, project_slug="triage", facts=facts)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (event("project.created"), "Project created"),
        (
            event("project.edited", changes={"name": ["a", "b"], "description": ["", "c"]}),
            "Changed: name, description",
        ),
        (event("member.added", "<ana>", role="operator"), "<b><bdi>&lt;ana&gt;</bdi></b> added as operator"),
        (event("member.removed", "ana", role="operator"), "<b><bdi>ana</bdi></b> removed"),
        (
            event("check.started", "7"),
            '<a href="/projects/triage/checks/7/">Check 7</a> started',
        ),
        (
            event("document.saved", "raw_data", revision=3, origin="api"),
            "<b>Raw Data</b> saved over the API, "
            '<a href="/projects/triage/descriptors/raw_data/history/3/">revision 3</a>',
        ),
        (
            event("document.cleared", "raw_data", revision=4, origin="clear"),
            '<b>Raw Data</b> cleared, <a href="/projects/triage/descriptors/raw_data/history/4/">revision 4</a>',
        ),
        (event("gate.passed_late"), "gate: passed late"),
        (event("<b>.<i>"), "<b>: <i>"),
    ],
)
def test_an_entry_becomes_a_sentence(entry, said):
    assert event_said(entry) == said


def test_an_unknown_verb_is_not_markup():
    assert not hasattr(event_said(event("<b>.<i>")), "__html__")


@pytest.mark.parametrize(
    "verb", ["project.created", "document.saved", "check.started", "anything.else", "odd"]
)
def test_every_entry_has_a_glyph(verb):
    assert event_icon(event(verb)) in {"info", "edit", "ok"}
