"""Every verb has a sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tec.audit.models import Event
from tec.templatetags.tec_events import channel_name, event_changes, event_said
from tec.trail import words

ROOT = Path(__file__).resolve().parent.parent.parent.parent
SOURCES = [
    path
    for package in ("tec", "descriptors", "mismatch")
    for path in sorted((ROOT / package).rglob("*.py"))
    if "ml-mismatch-descriptors" not in path.parts
]


def recorded(path: Path) -> Iterator[str]:
    """The texts that look like verbs in a module that records."""
    text = path.read_text("utf-8")
    if "record(" not in text or path.name == "words.py":
        return
    groups = "|".join(words.GROUPS)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            group, dot, what = node.value.partition(".")
            if dot and group in groups.split("|") and what.replace("_", "").isalpha():
                yield node.value


def first_arguments(path: Path) -> Iterator[str]:
    """What is given to `record` as its verb, where it stands there."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if (
            isinstance(node, ast.Call)
            and getattr(node.func, "id", getattr(node.func, "attr", "")) == "record"
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield str(node.args[0].value)


VERBS = sorted({verb for path in SOURCES for verb in (*recorded(path), *first_arguments(path))})


def test_the_verbs_are_found():
    assert {"document.saved", "member.added", "finding.decision_withdrawn", "audit.exported"} <= {*VERBS}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_that_is_recorded_has_a_sentence_and_a_group(verb):
    assert words.known(verb), f"add a sentence for {verb} to tec/trail/words.py"
    assert verb.partition(".")[0] in words.GROUPS, (
        f"add {verb.partition('.')[0]} to GROUPS in tec/trail/words.py"
    )


@pytest.mark.parametrize("verb", VERBS)
def test_a_sentence_does_without_any_fact(verb):
    said = event_said(
        Event(verb=verb, project_slug="triage", target="raw_data" if "document" in verb else "7")
    )

    assert said
    assert "{" not in said


def event(verb: str, target: str = "", **facts: object) -> Event:
    made = Event(verb=verb, target=target, project_slug="triage")
    made.facts = facts
    return made


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (event("document.exported", "raw_data", revision=3), "<b>Raw Data</b> exported, revision 3"),
        (event("audit.exported", format="CSV"), "Audit log exported as CSV"),
        (
            event("vocabulary.added", terms=[["item_types", "<Tensor>"]]),
            "Terms added to the vocabularies: &lt;Tensor&gt;",
        ),
        (
            event("token.revoked", "ci", owner="<ana>"),
            "API token <b><bdi>ci</bdi></b> of <bdi>&lt;ana&gt;</bdi> revoked",
        ),
        (event("account.log_in_failed"), "Log-in failed <b><bdi></bdi></b>"),
    ],
)
def test_facts_stand_in_the_sentence_and_are_never_markup(entry, said):
    assert event_said(entry) == said


def test_in_a_file_a_sentence_has_no_markup():
    assert words.in_plain_text(event("member.added", "<ana>", role="a & b")) == "<ana> added as a & b"
    assert words.in_plain_text(event("odd.<b>")) == "odd: <b>"


def test_what_was_changed_is_said_from_what_to_what():
    entry = event(
        "project.edited", changes={"name": ["A", "B"], "shared": [None, True], "who": [["a", "b"], None]}
    )

    assert event_changes(entry) == [
        words.Change("name", "A", "B"),
        words.Change("shared", "nothing", "yes"),
        words.Change("who", "a, b", "nothing"),
    ]


def test_what_was_changed_in_a_matrix_is_said_cell_by_cell():
    entry = event("project.editors_changed", changes={"raw_data": {"operator": [False, True]}})

    assert event_changes(entry) == [words.Change("raw data, operator", "no", "yes")]


@pytest.mark.parametrize("changes", [None, [], ["email"], {"name": "B"}, {"name": ["a", "b", "c"]}])
def test_what_says_no_from_and_to_shows_none(changes):
    assert event_changes(event("account.changed", changes=changes)) == []


def test_a_channel_is_called_what_people_call_it():
    assert [channel_name(name) for name in ("api", "webhook", "")] == ["the API", "webhook", "unknown"]


def test_roles_and_decisions_are_called_what_people_call_them():
    added = event("member.added", "ana", role="data-scientist")
    decided = event("finding.decided", "TEC-1", kind="plan", changes={"decision": [[], "plan"]})

    assert words.in_plain_text(added) == "ana added as data scientist"
    assert words.changes(decided) == [("decision", "nothing", "fix planned")]


def test_an_invitation_without_a_note_ends_without_a_colon():
    said = words.in_plain_text(event("invitation.created", "", role="viewer"))

    assert said == "Invitation as viewer made"
