"""Projects to report on."""

from __future__ import annotations

from typing import Any

from mismatch.services.execute_check import execute_check
from mismatch.services.start_check import start_check
from tec.projects.models import Project
from tests.examples import example
from tests.factories import make_project, make_revision

HOSTILE = {
    "panic": '#panic("x") #read("/etc/passwd") $x$ *b* _i_ `c` = h',
    "script": "<script>alert(1)</script><img src=x onerror=alert(2)>&amp;</style>",
    "sheet": '=HYPERLINK("http://x","y")',
    "turned": "abc\u202edef\u2066ghi",
    "long": "W" * 10_000,
    "emoji": "🧪👩‍🔬 日本語 𒀀",
    "quote": "“a” | b \\ \" ' {0} %s {{ x }} {% if %}",
    "lines": "one\ntwo\r\n\tthree\x07",
}


def checked_example(which: str = "emergency-triage", **over: Any) -> Project:
    """An example project, checked."""
    project = make_project(**{"name": which, **over})
    for descriptor, body in example(which).items():
        make_revision(project, descriptor, body)
    return check_again(project)


def check_again(project: Project) -> Project:
    execute_check(check_id=start_check(project=project, by=None).pk)
    return project


def hostile_project() -> Project:
    """A project in which every text is hostile, and many of them do not fit."""
    words = list(HOSTILE.values())
    rows = [
        {"item_name": word, "item_type": words[(at + 1) % len(words)], "item_description": word}
        for at, word in enumerate(words)
    ]
    project = make_project(
        name=HOSTILE["script"], description=HOSTILE["panic"], point_of_contact=HOSTILE["quote"]
    )
    make_revision(
        project,
        "trained_model",
        {
            "version": "1.2",
            "model_name": HOSTILE["turned"],
            "model_description": HOSTILE["emoji"],
            "output_spec": rows,
            "ml_frameworks": words,
            HOSTILE["script"]: HOSTILE["panic"],
        },
    )
    make_revision(
        project,
        "development_environment",
        {
            "version": "1.2",
            "ml_frameworks": [HOSTILE["lines"]],
            "downstream_components": [{"component_name": word, "input_spec": rows} for word in words],
        },
    )
    return check_again(project)
