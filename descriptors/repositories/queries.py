"""What the pages about a linked repository ask the database, in a bounded number of queries."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone

from descriptors import catalogue
from descriptors.models import Revision
from descriptors.repositories.models import Repository, Result, Sync
from tec.work.models import MAX_ATTEMPTS, State, Worker

if TYPE_CHECKING:
    from descriptors.repositories.models import FollowedDocument
    from tec.projects.models import Project

STEPS = ("Connecting to the server", "Fetching the branch", "Reading the files", "Storing what changed")

EAGER = timedelta(seconds=10)
"""How long after its start a sync is asked about more often."""

TONES = {
    Result.SAVED: "ok",
    Result.SAME: "ok",
    Result.AHEAD: "info",
    Result.DIFFERS: "major",
    Result.GONE: "minor",
    Result.REFUSED: "major",
}
"""Result → the icon and colour it is shown with."""


class Standing(NamedTuple):
    """How one document stands to its file now."""

    descriptor: str
    name: str  # of the descriptor
    file: str  # "" if the folder has none
    result: str
    tone: str
    text: str
    revision: int  # of the document, 0 if it has none
    choice: bool  # whether a person has to choose


class Step(NamedTuple):
    """One step of a sync: “done”, “now” or “todo”."""

    text: str
    state: str


def repository_of(project: Project) -> Repository | None:
    return Repository.objects.filter(project=project).select_related("project", "linked_by").first()


def standings(repository: Repository) -> list[Standing]:
    """Every document of the project or its folder; an edit since the last sync counts at once."""
    followed = {each.descriptor: each for each in repository.documents.all()}
    numbers = Revision.objects.numbers_of(repository.project)
    return [
        _standing(descriptor, followed.get(descriptor), numbers.get(descriptor, 0))
        for descriptor in catalogue.DESCRIPTORS
        if descriptor in followed or descriptor in numbers
    ]


def _standing(descriptor: str, followed: FollowedDocument | None, number: int) -> Standing:
    name = catalogue.NAMES[descriptor]
    if followed is None:
        return Standing(descriptor, name, "", Result.AHEAD, "info", "Only in TEC", number, False)
    result = followed.result
    if result in (Result.SAVED, Result.SAME) and number != followed.revision:
        result = Result.AHEAD
    if result == Result.SAVED:
        result = Result.SAME
    text = Result(result).label
    return Standing(
        descriptor, name, followed.name, result, TONES[Result(result)], text, number, bool(followed.offered)
    )


def progress(sync: Sync) -> dict[str, Any]:
    """What a page shows of a sync that is not done."""
    done = sync.progress_done if sync.state == State.RUNNING else 0
    young = timezone.now() - sync.created_at < EAGER
    return {
        "sync": sync,
        "project": sync.repository.project,
        "listening": sync.finished or Worker.objects.listening().exists(),
        "every": 500 if young else 2_000,
        "repeated": sync.attempts > 1,
        "most": MAX_ATTEMPTS,
        "steps": [_step(number, text, done, sync) for number, text in enumerate(STEPS, start=1)],
    }


def _step(number: int, text: str, done: int, sync: Sync) -> Step:
    if sync.state != State.RUNNING or number > max(done, 1):
        return Step(text, "todo")
    return Step(text, "now" if number == max(done, 1) else "done")
