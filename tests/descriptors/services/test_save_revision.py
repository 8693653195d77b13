"""Saving documents."""

from __future__ import annotations

import pytest

from descriptors.models import Document, Revision
from descriptors.services.save_revision import StaleRevision, restore_revision, save_revision
from tec.audit.models import Event
from tests.factories import make_project, make_revision, make_user

pytestmark = pytest.mark.django_db


def test_the_first_save_is_revision_one() -> None:
    project, author = make_project(), make_user(username="ada")

    revision = make_revision(project, body={"version": "1.2", "task": "Sort"}, by=author)

    assert (revision.number, revision.author_name, revision.schema_version) == (1, "ada", "1.2")
    assert revision.document.head == revision


def test_keys_keep_their_order() -> None:
    body = {"z": 1, "a": {"y": [], "b": 2}, "m": "ß"}

    revision = Revision.objects.get(pk=make_revision(make_project(), body=body).pk)

    assert list(revision.body) == ["z", "a", "m"]
    assert list(revision.body["a"]) == ["y", "b"]


def test_saving_the_same_again_changes_nothing() -> None:
    project = make_project()
    first = make_revision(project, body={"task": "Sort"})

    again = make_revision(project, body={"task": "Sort"}, based_on=0)

    assert again == first
    assert Revision.objects.count() == 1


def test_another_order_of_keys_is_kept_as_a_revision() -> None:
    project = make_project()
    make_revision(project, body={"a": 1, "b": 2})

    assert make_revision(project, body={"b": 2, "a": 1}).number == 2


def test_a_stale_save_is_refused_and_says_what_is_there() -> None:
    project = make_project()
    make_revision(project, body={"task": "Sort"})
    theirs = make_revision(project, body={"task": "Rank"})

    with pytest.raises(StaleRevision) as refused:
        make_revision(project, body={"task": "Score"}, based_on=1)

    assert refused.value.current == theirs
    assert "revision 2" in str(refused.value)
    assert Revision.objects.count() == 2


@pytest.mark.parametrize("based_on", [1, 7])
def test_a_revision_that_never_was_is_no_base(based_on: int) -> None:
    with pytest.raises(StaleRevision):
        make_revision(make_project(), based_on=based_on)


def test_clearing_is_a_revision_without_content() -> None:
    project = make_project()
    make_revision(project)

    cleared = save_revision(
        project=project, descriptor="system_context", body=None, by=None, origin="clear", based_on=1
    )

    assert cleared.body is None
    assert Document.objects.bodies_of(project)["system_context"] is None
    assert not Document.objects.present().exists()


def test_there_is_nothing_to_clear_in_a_document_that_never_was() -> None:
    with pytest.raises(ValueError, match="nothing to clear"):
        save_revision(
            project=make_project(), descriptor="raw_data", body=None, by=None, origin="clear", based_on=0
        )


def test_restoring_makes_an_old_state_the_newest() -> None:
    project = make_project()
    first = make_revision(project, body={"task": "Sort"})
    make_revision(project, body={"task": "Rank"})

    restored = restore_revision(revision=first, by=make_user(), based_on=2)

    assert (restored.number, restored.body, restored.origin) == (3, {"task": "Sort"}, "restore")


def test_every_save_is_in_the_audit_log() -> None:
    project, author = make_project(), make_user(username="ada")
    make_revision(project, by=author)

    event = Event.objects.filter(verb="document.saved").get()

    assert (event.actor, event.project_slug, event.target) == ("ada", project.slug, "system_context")
    assert event.facts["revision"] == 1
