"""Mails: one for each event or one a day, as everybody chose; never twice, never to somebody who left."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as LocMemBackend

from tec.notices.models import Mail, Notice
from tec.notices.services.mail import mail_due
from tec.notices.services.tell import mark_read, tell
from tec.projects.models import Membership, Project
from tec.tries import MAX_TRIES
from tests.factories import make_member, make_project, make_user
from tests.tec.notices.test_tell import CRITICAL, happening, wish

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 29, 7, 0, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _mail_server(settings: Any) -> None:
    settings.MAIL = True


@pytest.fixture
def ann() -> Any:
    return make_user(email="ann@example.org", first_name="Ann")


@pytest.fixture
def project(ann: Any) -> Project:
    return make_project(owner=ann, name="Churn")


def happens(project: Project, *events: str) -> None:
    for event in events:
        tell(project, happening(CRITICAL, event=event))


@pytest.mark.parametrize("server", [True, False])
def test_without_a_wish_an_address_or_a_server_no_mail_is_sent(
    ann: Any, project: Project, settings: Any, server: bool
) -> None:
    settings.MAIL = server
    wish(ann, mail=Mail.NEVER if server else Mail.EACH)
    happens(project, "a")
    assert Notice.objects.get().send_at is None
    assert mail_due() == 0


def test_each_event_is_one_mail(ann: Any, project: Project) -> None:
    wish(ann, mail=Mail.EACH)
    happens(project, "a", "b")
    assert mail_due() == 2
    assert mail_due() == 0
    assert [each.subject for each in mail.outbox] == ["Churn: New or reopened in check 7: 1 finding."] * 2
    assert "http://localhost:3000/projects/churn/compare/" in mail.outbox[0].body
    assert mail.outbox[0].to == ["ann@example.org"]


def test_a_day_is_one_mail_in_the_morning(ann: Any, project: Project) -> None:
    with time_machine.travel(NIGHT, tick=False):
        happens(project, "a", "b", "c")
        assert mail_due() == 0
    with time_machine.travel(MORNING, tick=False):
        assert mail_due() == 1
        assert mail_due() == 0
        happens(project, "d")
        assert mail_due() == 0  # tomorrow
    [letter] = mail.outbox
    assert letter.subject == "3 things happened in TEC"
    assert letter.body.count("- New or reopened") == 3


def test_a_mail_of_links_says_nothing_of_what_happened(ann: Any, project: Project) -> None:
    wish(ann, mail=Mail.EACH, link_only=True)
    happens(project, "a")
    mail_due()
    [letter] = mail.outbox
    for word in ("Churn", "Check", "finding", "compare"):
        assert word not in letter.subject + letter.body
    assert "/inbox/" in letter.body


def test_what_was_read_is_not_sent_any_more(ann: Any, project: Project) -> None:
    wish(ann, mail=Mail.EACH)
    happens(project, "a")
    mark_read(ann)
    assert mail_due() == 0
    assert Notice.objects.get().send_at is None


def test_who_has_left_the_project_is_sent_nothing(ann: Any, project: Project) -> None:
    wish(ann, mail=Mail.EACH)
    happens(project, "a")
    Membership.objects.all().delete()
    assert mail_due() == 0
    assert mail.outbox == []


def test_a_changed_wish_holds_for_what_still_waits(ann: Any, project: Project) -> None:
    happens(project, "a")
    wish(ann, mail=Mail.NEVER)
    assert Notice.objects.get().send_at is None


class Broken(BaseEmailBackend):
    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError


def test_a_mail_server_that_is_away_is_asked_again_later_and_less_and_less_often(
    ann: Any, project: Project, settings: Any
) -> None:
    wish(ann, mail=Mail.EACH)
    settings.EMAIL_BACKEND = "tests.tec.notices.test_mail.Broken"
    waits = []
    with time_machine.travel(NIGHT, tick=False) as clock:
        happens(project, "a")
        for _ in range(MAX_TRIES):
            assert mail_due() == 0
            due = Notice.objects.get().send_at
            if due is None:
                break
            waits.append((due - datetime.now(UTC)).total_seconds() / 60)
            clock.move_to(due)
    assert waits == [1, 4, 16, 64, 256]
    assert Notice.objects.get().send_at is None
    assert Notice.objects.get().read_at is None  # it still stands in the inbox


class Picky(LocMemBackend):
    def send_messages(self, messages: Any) -> int:
        if messages[0].to == ["ann@example.org"]:
            raise UnicodeEncodeError("ascii", "ä", 0, 1, "ordinal not in range")
        return super().send_messages(messages)


def test_a_mail_that_cannot_be_sent_holds_up_no_other(ann: Any, project: Project, settings: Any) -> None:
    bob = make_member(project, email="bob@example.org")
    for person in (ann, bob):
        wish(person, mail=Mail.EACH)
    settings.EMAIL_BACKEND = "tests.tec.notices.test_mail.Picky"
    happens(project, "a")
    assert mail_due() == 1
    assert [each.to for each in mail.outbox] == [["bob@example.org"]]
    assert Notice.objects.get(user=ann).send_at is not None  # tried again later


def test_a_project_name_with_line_breaks_makes_no_second_header(ann: Any, project: Project) -> None:
    wish(ann, mail=Mail.EACH)
    Project.objects.update(name="Churn\r\nBcc: all@example.org")
    happens(project, "a")
    mail_due()
    assert "\n" not in mail.outbox[0].subject
    assert mail.outbox[0].recipients() == ["ann@example.org"]
