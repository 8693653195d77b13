"""Whatever somebody does to the audit log in the database is found, and said where."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from descriptors import witness
from descriptors.models import Revision
from descriptors.services.save_revision import restore_revision
from tec.audit import verify
from tec.audit.models import Chain, Event, chain_of
from tec.audit.record import record
from tec.projects.models import Project
from tec.projects.services.change_project import delete_project, edit_project
from tests.factories import make_project, make_revision, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    """A project with some history, beside another one."""
    user = make_user(username="ada")
    project = make_project(owner=user)
    make_revision(project, by=user)
    first = make_revision(project, by=user, body={"version": "1.2", "task": "Sort"})
    make_revision(project, by=user)
    restore_revision(revision=first, by=user, based_on=3)
    edit_project(project=project, name="Churn 2", description="-", point_of_contact="PO", by=user)
    make_revision(make_project(name="Other"))
    record("account.logged_in", actor=user)
    return project


def found() -> list[str]:
    return [str(fault) for fault in verify.faults()]


def verified(*arguments: str) -> str:
    out = StringIO()
    call_command("verify_audit", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def refused(*arguments: str) -> tuple[str, int]:
    """What the command says of a log that is not whole, and how it exits."""
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("verify_audit", *arguments, stdout=out, stderr=out)
    return f"{out.getvalue()}{error.value}", error.value.returncode


def test_a_log_nobody_touched_is_whole(project):
    assert found() == []
    assert "all as written" in verified()


def test_an_empty_log_is_whole():
    assert "0 entries" in verified()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("read", [(verify, "_rows"), (witness, "_told")])
def test_what_is_written_while_it_is_verified_is_no_fault(project, monkeypatch, read):
    module, name = read
    look = getattr(module, name)

    def saves() -> None:
        make_revision(project)
        connection.close()

    def in_between() -> object:
        early = look() if name == "_told" else None
        with ThreadPoolExecutor() as pool:  # which saves over a connection of its own
            pool.submit(saves).result()
        return look() if early is None else early

    monkeypatch.setattr(module, name, in_between)

    assert "all as written" in verified()


def test_an_altered_entry_is_named(project):
    Event.objects.filter(chain=chain_of(project.pk), number=3).update(actor="eve")

    assert found() == [f"project:{project.pk}, entry 3: was altered"]
    said, status = refused()
    assert f"project:{project.pk}, entry 3: was altered" in said
    assert status == 1


def test_a_removed_entry_is_named(project):
    Event.objects.filter(chain=chain_of(project.pk), number=2).delete()

    assert found() == [f"project:{project.pk}, entry 2: removed: there is no entry 2"]


def test_entries_removed_from_the_end_are_missed(project):
    Event.objects.filter(chain=chain_of(project.pk), number__gt=4).delete()

    assert found() == [f"project:{project.pk}, entry 5: removed: the log went on to entry 6"]


def test_an_end_that_is_put_back_is_not_believed(project):
    chain = chain_of(project.pk)
    Event.objects.filter(chain=chain, number__gt=4).delete()
    last = Event.objects.get(chain=chain, number=4)
    Chain.objects.filter(name=chain).update(number=4, hash=last.hash)

    assert found() == [f"{chain}: its end was altered, so entries may be missing there"]


def test_a_log_that_goes_with_its_end_is_missed(project):
    chain = chain_of(project.pk)
    Event.objects.filter(chain=chain).delete()
    Chain.objects.filter(name=chain).delete()

    assert found() == [f"{chain}: all entries were removed"]


def test_a_database_that_is_set_back_as_a_whole_does_not_fit_what_was_noted(project, tmp_path):
    before = Chain.objects.in_bulk()
    record("project.archived", project=project)
    verified("--save", str(tmp_path / "heads.json"))
    Event.objects.filter(verb="project.archived").delete()
    for chain in before.values():
        chain.save()
    assert found() == []

    said, _ = refused("--since", str(tmp_path / "heads.json"))

    assert f"project:{project.pk}, entry 7: removed: the log went on to entry 7 once" in said


def test_what_was_noted_is_still_there_after_more_was_written(project, tmp_path):
    verified("--save", str(tmp_path / "heads.json"))
    record("project.archived", project=project)

    assert "all as written" in verified("--since", str(tmp_path / "heads.json"))


@pytest.mark.parametrize("text", ["", "[]", '{"site": 3}', '{"site": {"number": 3}}', '{"site": {"n": 1}}'])
def test_a_file_that_notes_nothing_is_refused(text, tmp_path):
    (tmp_path / "heads.json").write_text(text)

    said, status = refused("--since", str(tmp_path / "heads.json"))

    assert "is not what --save wrote" in said
    assert status == 2


def test_an_entry_sealed_without_the_key_is_no_entry(project, settings):
    kept = settings.AUDIT_KEYS
    settings.AUDIT_KEYS = ["guessed"]
    record("project.archived", project=project)
    settings.AUDIT_KEYS = kept

    assert all("cannot be verified: it was sealed with the key" in fault for fault in found())
    assert found()


def test_a_new_key_goes_on_where_the_old_one_ended(project, settings):
    settings.AUDIT_KEYS = ["a new secret", *settings.AUDIT_KEYS]
    record("project.archived", project=project)

    assert found() == []
    assert Event.objects.get(verb="project.archived").key != Event.objects.get(verb="project.edited").key


@pytest.mark.parametrize(
    ("column", "value", "part"),
    [
        ("text", '{"version": "1.2", "task": "Sort!"}', "content"),
        ("text", "{", "content"),
        ("text", None, "content"),
        ("author_name", "eve", "author"),
        ("reason", "because", "reason"),
        ("origin", "api", "origin"),
    ],
)
def test_a_revision_that_says_something_else_now_is_named(project, column, value, part):
    Revision.objects.filter(document__project=project, number=2).update(**{column: value})

    said, status = refused()

    assert f"entry 3: revision 2 of system_context was altered: {part} is not what was recorded" in said
    assert status == 1


def test_a_revision_that_is_gone_is_named(project):
    Revision.objects.filter(document__project=project, number=2).delete()

    assert f"project:{project.pk}, entry 3: revision 2 of system_context was removed" in refused()[0]


def test_a_revision_nobody_saved_is_named(project):
    revision = Revision.objects.get(document__project=project, number=4)
    revision.pk, revision.number = None, 5
    revision.save(force_insert=True)

    assert "revision 5 of system_context was put in: the log knows nothing of it" in refused()[0]


def test_a_deleted_project_leaves_a_whole_log(project):
    chain = chain_of(project.pk)
    delete_project(project=project, by=make_user())

    assert "all as written" in verified()
    assert Event.objects.filter(chain=chain).first().verb == "project.deleted"


# Anything at all

COLUMNS = [field.column for field in Event._meta.concrete_fields]
NUMBERS = {"id", "number", "project_id", "actor_id"}
ENDS = [field.column for field in Chain._meta.concrete_fields]


def rows(table: str, columns: list[str]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id")
        return cursor.fetchall()


def run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@st.composite
def another(draw: st.DrawFn, column: str, value: object) -> object:
    """A value that differs from *value*, by a byte or more."""
    if column == "at":
        return value.replace(
            microsecond=draw(st.integers(0, 999_999).filter(lambda n: n != value.microsecond))
        )  # type: ignore[attr-defined]
    if column in NUMBERS:
        others = st.integers(-(2**40), 2**40).filter(lambda number: number != value)
        return draw(
            others if column in {"id", "number"} else others | st.none().filter(lambda _: value is not None)
        )
    text = str(value)
    place = draw(st.integers(0, max(len(text) - 1, 0)))
    kept = [
        text[:place] + draw(st.sampled_from("a0 é~")) + text[place + 1 :],
        text[:place] + text[place + 1 :],
    ]
    return draw(st.sampled_from([each for each in kept if each != text] or ["a"]))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_tampering_with_any_byte_of_any_row_is_found(project, data):
    row = data.draw(st.sampled_from(rows("audit_event", COLUMNS)))
    place = data.draw(st.integers(0, len(COLUMNS) - 1))
    column = COLUMNS[place]
    value = data.draw(another(column, row[place]))
    with transaction.atomic():
        try:
            with transaction.atomic():
                run(f'UPDATE audit_event SET "{column}" = %s WHERE id = %s', value, row[0])
        except Exception:  # the database takes no such value
            return
        assert found(), f"{column} {row[place]!r} → {value!r}"
        transaction.set_rollback(True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_tampering_with_the_end_of_a_log_is_found(project, data):
    row = data.draw(st.sampled_from(rows("audit_chain", ENDS)))
    place = data.draw(st.integers(0, len(ENDS) - 1))
    value = data.draw(another(ENDS[place], row[place]))
    with transaction.atomic():
        try:
            with transaction.atomic():
                run(f'UPDATE audit_chain SET "{ENDS[place]}" = %s WHERE id = %s', value, row[0])
        except Exception:  # the database takes no such value
            return
        assert found(), f"{ENDS[place]} {row[place]!r} → {value!r}"
        transaction.set_rollback(True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_removing_any_entries_is_found(project, data):
    ids = [row[0] for row in rows("audit_event", ["id"])]
    gone = data.draw(st.sets(st.sampled_from(ids), min_size=1))
    with transaction.atomic():
        Event.objects.filter(pk__in=gone).delete()
        assert found()
        transaction.set_rollback(True)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_putting_two_entries_in_each_others_place_is_found(project, data):
    moved = [column for column in COLUMNS if column not in {"id", "chain", "number"}]
    one, two = data.draw(
        st.lists(st.sampled_from(rows("audit_event", ["id", *moved])), min_size=2, max_size=2, unique=True)
    )
    also = data.draw(st.booleans())  # with the links of the chain, or without
    names = [name for name in moved if also or name not in {"previous", "hash"}]
    with transaction.atomic():
        for (place, *_), (_, *content) in ((one, two), (two, one)):
            values = [value for name, value in zip(moved, content, strict=True) if name in names]
            run(
                f"UPDATE audit_event SET {', '.join(f'{name} = %s' for name in names)} WHERE id = %s",
                *values,
                place,
            )
        assert found()
        transaction.set_rollback(True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_putting_in_a_copy_of_an_entry_is_found(project, data):
    event = data.draw(st.sampled_from(list(Event.objects.order_by("pk"))))
    others = st.sampled_from(["site", event.chain, "project:999"])
    with transaction.atomic():
        event.chain = data.draw(others)
        event.number = data.draw(
            st.integers(1, 40).filter(
                lambda number: not Event.objects.filter(chain=event.chain, number=number).exists()
            )
        )
        event.pk = data.draw(st.integers(2**40, 2**41))
        event.save(force_insert=True)
        assert found()
        transaction.set_rollback(True)
