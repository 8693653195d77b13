"""A forgotten password, and another mail address: what is proved by reading mail."""

from __future__ import annotations

import re
import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail import BadHeaderError
from django.test import Client
from django.utils import timezone

from tec.accounts import letters
from tec.accounts.addresses import confirmed
from tec.accounts.models import Letter
from tec.accounts.tasks import send_letter, send_letters
from tec.audit.models import Event
from tests.factories import make_user

pytestmark = pytest.mark.django_db

PASSWORD, NEW = "correct horse battery", "wrong pony accumulator"
AT = "/accounts/password/reset/"


@pytest.fixture(autouse=True)
def with_mail(settings):
    settings.MAIL = True
    settings.PUBLIC_URL = "https://tec.example.org"


@pytest.fixture
def ana(db):
    return make_user(username="ana", email="Ana@example.org")


def link() -> str:
    """The path of the link in the newest mail, after the worker sent what waits."""
    send_letters()
    return re.search(r"https://tec\.example\.org(/accounts/\S+)", mail.outbox[-1].body)[1]


def followed(client: Client, path: str) -> str:
    """Where one types the new password: an address without the secret of the link."""
    return client.get(path).url


def test_the_link_in_the_mail_sets_a_new_password_once(client, ana):
    assert client.post(AT, {"email": "ana@example.org"}).url == f"{AT}sent/"
    path = link()
    form = followed(client, path)
    assert "set-password" in form

    response = client.post(form, {"new_password1": NEW, "new_password2": NEW})

    assert response.url == "/accounts/login/"
    ana.refresh_from_db()
    assert ana.check_password(NEW)
    assert confirmed(ana)
    assert Event.objects.get(verb="account.password_reset").target == "ana"
    assert Client().get(path).status_code == 410
    assert mail.outbox[0].to == ["ana@example.org"]


def test_whoever_was_logged_in_is_logged_out(client, ana):
    elsewhere = Client()
    elsewhere.post("/accounts/login/", {"username": "ana", "password": PASSWORD})
    client.post(AT, {"email": "ana@example.org"})
    client.post(followed(client, link()), {"new_password1": NEW, "new_password2": NEW})

    assert elsewhere.get("/projects/").status_code == 302


def test_whoever_reads_the_mail_need_not_wait_for_the_lock(client, ana):
    for _ in range(6):
        locked = client.post("/accounts/login/", {"username": "ana", "password": "wrong"})
    assert locked.status_code == 429
    client.post(AT, {"email": "ana@example.org"})
    client.post(followed(client, link()), {"new_password1": NEW, "new_password2": NEW})

    assert client.post("/accounts/login/", {"username": "ana", "password": NEW}).url == "/"


def test_an_address_that_nobody_has_is_answered_the_same(client, ana, django_assert_num_queries):
    client.post(AT, {"email": "nobody@example.net"})
    known, unknown = (client.post(AT, {"email": each}) for each in ("ana@example.org", "bob@example.org"))

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    send_letters()
    assert [letter.to for letter in mail.outbox] == [["ana@example.org"]]
    assert not Letter.objects.exists()


def test_nobody_is_looked_up_before_the_answer(client, ana, django_assert_num_queries):
    """Neither is a mail sent: how long the answer takes tells nothing."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.post(AT, {"email": "ana@example.org"})

    assert not [query for query in captured if "auth_user" in query["sql"] and "SELECT" in query["sql"]]
    assert mail.outbox == []


def test_accounts_without_password_or_switched_off_get_no_link(client, ana):
    make_user(username="off", email="ana@example.org", is_active=False)
    sso = make_user(username="sso", email="ana@example.org")
    sso.set_unusable_password()
    sso.save()

    client.post(AT, {"email": "ana@example.org"})
    send_letters()

    assert len(mail.outbox) == 1
    assert "Hello ana," in mail.outbox[0].body


def test_the_link_is_over_after_two_hours(client, ana):
    client.post(AT, {"email": "ana@example.org"})
    path = link()
    with time_machine.travel(timezone.now() + timedelta(hours=2, seconds=5), tick=False):
        response = client.get(path)

    assert response.status_code == 410
    assert "older than two hours" in response.content.decode()


@pytest.mark.parametrize(
    "path", [f"{AT}MQ/set-password/", f"{AT}MQ/abc-def/", f"{AT}!!/x/", f"{AT}{'9' * 90}/x/"]
)
def test_a_made_up_link_is_over_too(client, ana, path):
    assert client.get(path).status_code == 410


def test_a_bad_new_password_is_refused_at_its_field(client, ana):
    client.post(AT, {"email": "ana@example.org"})
    form = followed(client, link())

    response = client.post(form, {"new_password1": "short", "new_password2": "short"})

    assert response.status_code == 422
    assert 'href="#id_new_password2"' in response.content.decode()


def test_asking_again_and_again_is_refused(client, ana):
    statuses = [client.post(AT, {"email": "ana@example.org"}).status_code for _ in range(7)]

    assert statuses[0] == 302
    assert statuses[-1] == 429
    assert "Too many attempts" in client.post(AT, {"email": "ana@example.org"}).content.decode()


def test_without_a_mail_server_the_page_says_what_to_do(client, settings):
    settings.MAIL = False

    page = client.get(AT).content.decode()
    client.post(AT, {"email": "ana@example.org"})

    assert "This TEC sends no mail" in page
    assert "manage.py changepassword" in page
    assert '<form method="post" class="form panel"' not in page
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPServerDisconnected("Connection unexpectedly closed"),
        UnicodeEncodeError("ascii", "ä", 0, 1, "ordinal not in range"),
        BadHeaderError("Header values can't contain newlines"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_mail_that_cannot_be_sent_gets_six_chances(client, ana, monkeypatch, error):
    def away(*args):
        raise error

    client.post(AT, {"email": "ana@example.org"})
    number = Letter.objects.get().pk
    with monkeypatch.context() as patched, time_machine.travel(timezone.now(), tick=False) as clock:
        patched.setattr("django.core.mail.EmailMessage.send", away)
        for minutes in (1, 4, 16, 64, 256):
            send_letter(number)
            assert Letter.objects.filter(pk=number).exists()
            assert letters.waiting() == []  # not again at once
            clock.shift(timedelta(minutes=minutes))
        send_letter(number)

    assert not Letter.objects.exists()
    assert mail.outbox == []


def test_two_workers_send_a_letter_once(client, ana):
    client.post(AT, {"email": "ana@example.org"})
    number = Letter.objects.get().pk
    Letter.objects.update(tries=1, due_at=timezone.now() + timedelta(minutes=1))  # another has it in hand

    send_letter(number)

    assert mail.outbox == []


def test_a_broker_that_is_away_delays_and_loses_nothing(
    client, ana, monkeypatch, django_capture_on_commit_callbacks
):
    from kombu.exceptions import OperationalError

    def away(*args, **kwargs):
        raise OperationalError("no broker")

    monkeypatch.setattr("tec.celery.app.send_task", away)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(AT, {"email": "ana@example.org"}).status_code == 302

    assert link()


def test_a_new_address_counts_only_when_its_mail_was_read(client, ana):
    client.force_login(ana)
    client.post("/accounts/", {"first_name": "Ana", "last_name": "Silva", "email": "ana@new.example"})
    ana.refresh_from_db()
    assert (ana.first_name, ana.email) == ("Ana", "Ana@example.org")

    path = link()
    assert mail.outbox[-1].to == ["ana@new.example"]
    assert client.get(path).status_code == 200
    ana.refresh_from_db()
    assert ana.email == "Ana@example.org"
    client.post(path)

    ana.refresh_from_db()
    assert ana.email == "ana@new.example"
    assert confirmed(ana)
    send_letters()
    assert mail.outbox[-1].to == ["Ana@example.org"]
    assert client.post(path).status_code == 410


def test_the_link_for_an_address_is_of_no_use_to_others(client, ana):
    client.force_login(ana)
    client.post("/accounts/", {"email": "ana@new.example"})
    path = link()
    client.force_login(make_user(username="bob"))

    assert client.post(path).status_code == 410
    assert client.get("/accounts/address/?token=nonsense").status_code == 410
    assert client.get("/accounts/address/").status_code == 410


def test_without_mail_an_address_stays_as_the_administrator_set_it(client, ana, settings):
    settings.MAIL = False
    client.force_login(ana)

    client.post("/accounts/", {"first_name": "Ana", "email": "evil@example.net"})

    ana.refresh_from_db()
    assert (ana.first_name, ana.email) == ("Ana", "Ana@example.org")


def test_an_address_can_be_given_up_at_once(client, ana):
    client.force_login(ana)
    client.post("/accounts/", {"email": ""})

    ana.refresh_from_db()
    assert ana.email == ""
    assert Event.objects.get(verb="account.changed").facts == {"changes": {"email": ["Ana@example.org", ""]}}


def test_no_secret_of_a_link_is_kept(client, ana):
    client.post(AT, {"email": "ana@example.org"})
    letter = Letter.objects.get()
    token = link().rstrip("/").rpartition("/")[2]

    assert token not in str(vars(letter))
    assert not any(token in str(vars(event)) for event in Event.objects.all())


def test_nobody_has_mail_sent_to_one_address_after_the_other(client, ana):
    client.force_login(ana)

    statuses = [client.post("/accounts/", {"email": f"n{n}@new.example"}).status_code for n in range(12)]

    assert (statuses[:10], statuses[-1]) == ([302] * 10, 429)
    assert Letter.objects.count() == 10
    assert client.post("/accounts/", {"first_name": "Ana", "email": ana.email}).status_code == 302
