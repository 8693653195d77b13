"""The list of log-ins, and ending them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tec.accounts.log_ins import device
from tec.accounts.models import LogIn
from tec.accounts.tasks import tidy
from tec.audit.models import Event
from tests.factories import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Safari/604.1"
)
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36"


def logged_in(username: str = "ana", agent: str = FIREFOX, address: str = "192.0.2.1") -> Client:
    client = Client(HTTP_USER_AGENT=agent, REMOTE_ADDR=address)
    client.post("/accounts/login/", {"username": username, "password": PASSWORD})
    return client


@pytest.fixture
def ana(db):
    return make_user(username="ana")


def test_each_browser_is_listed_with_device_address_and_times(ana):
    here, _ = logged_in(), logged_in(agent=SAFARI, address="2001:db8::7")

    page = here.get("/accounts/sessions/").content.decode()

    assert "Firefox on Linux" in page
    assert "Safari on iOS" in page
    assert "2001:db8::7" in page
    assert page.count("this browser") == 1
    assert page.index("Firefox on Linux") < page.index("Safari on iOS")


def test_nobody_sees_or_ends_the_log_ins_of_others(ana):
    make_user(username="bob")
    here, bob = logged_in(), logged_in("bob", CHROME)
    theirs = LogIn.objects.get(user__username="bob")

    assert "Chrome" not in here.get("/accounts/sessions/").content.decode()
    assert here.post(f"/accounts/sessions/{theirs.pk}/end/").status_code == 404
    assert bob.get("/projects/").status_code == 200


def test_one_log_in_is_ended_at_once(ana):
    here, other = logged_in(), logged_in(agent=CHROME)
    row = LogIn.objects.get(agent=CHROME)

    response = here.post(f"/accounts/sessions/{row.pk}/end/", follow=True)

    assert "Chrome on Windows is logged out." in response.content.decode()
    assert other.get("/projects/").status_code == 302
    assert here.get("/projects/").status_code == 200
    assert Event.objects.get(verb="account.session_ended").facts == {"device": "Chrome on Windows"}


def test_all_others_are_ended_and_this_one_stays(ana):
    here = logged_in()
    others = [logged_in(agent=CHROME) for _ in range(3)]

    here.post("/accounts/sessions/end-others/")

    assert [client.get("/projects/").status_code for client in (here, *others)] == [200, 302, 302, 302]
    assert Event.objects.get(verb="account.sessions_ended").facts == {"number": 3}
    assert LogIn.objects.count() == 1


def test_the_browser_one_sits_at_cannot_end_itself_here(ana):
    here = logged_in()

    assert here.post(f"/accounts/sessions/{LogIn.objects.get().pk}/end/").status_code == 404


def test_a_new_password_ends_the_others_and_this_log_in_stays_the_same(ana):
    here, other = logged_in(), logged_in(agent=CHROME)
    mine = LogIn.objects.get(agent=FIREFOX).pk
    new = {"new_password1": "wrong pony accumulator", "new_password2": "wrong pony accumulator"}

    here.post("/accounts/password/", {"old_password": PASSWORD, **new})

    assert LogIn.objects.get().pk == mine
    assert "this browser" in here.get("/accounts/sessions/").content.decode()
    assert other.get("/projects/").status_code == 302
    assert Session.objects.count() == 1


def test_a_password_changed_behind_the_scenes_leaves_no_log_in_in_the_list(ana):
    logged_in(agent=CHROME)
    ana.set_password("another password altogether")
    ana.save()
    here = Client(HTTP_USER_AGENT=FIREFOX)
    here.post("/accounts/login/", {"username": "ana", "password": "another password altogether"})

    assert "Chrome" not in here.get("/accounts/sessions/").content.decode()
    assert LogIn.objects.count() == 1


def test_logging_out_takes_the_log_in_off_the_list(ana):
    here = logged_in()
    here.post("/accounts/logout/")

    assert not LogIn.objects.exists()


def test_when_it_was_last_seen_is_noted_every_five_minutes_and_costs_nothing_between(ana):
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        here = logged_in()
        clock.shift(timedelta(minutes=4))
        here.get("/projects/")
        assert LogIn.objects.get().seen_at == start
        clock.shift(timedelta(minutes=2))
        here.get("/projects/", REMOTE_ADDR="192.0.2.99")

    row = LogIn.objects.get()
    assert (row.seen_at, row.address) == (start + timedelta(minutes=6), "192.0.2.99")


def test_a_session_from_before_the_list_existed_gets_into_it(ana):
    here = logged_in()
    LogIn.objects.all().delete()
    session = here.session
    del session["log_in"]
    session.save()

    here.get("/projects/")

    assert LogIn.objects.get().user == ana


@pytest.mark.parametrize("path", ["/healthz", "/rules/"])
def test_a_page_that_asks_for_nobody_notes_nobody(client, path, db):
    assert client.get(path).status_code == 200
    assert not LogIn.objects.exists()


def test_a_browser_whose_account_was_deleted_is_asked_to_log_in(ana):
    here = logged_in()
    ana.delete()

    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert here.get("/projects/").status_code == 302
    assert not LogIn.objects.exists()


def test_what_is_over_is_swept_away(ana):
    with time_machine.travel(timezone.now() - timedelta(days=8), tick=False):
        logged_in()
    logged_in(agent=CHROME)

    tidy()

    assert [row.agent for row in LogIn.objects.all()] == [CHROME]
    assert Session.objects.count() == 1


def test_the_list_costs_the_same_however_long_it_is(ana, django_assert_max_num_queries):
    here = logged_in()
    for _ in range(30):
        logged_in(agent=CHROME)

    with django_assert_max_num_queries(6):
        here.get("/accounts/sessions/")


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (FIREFOX, "Firefox on Linux"),
        (SAFARI, "Safari on iOS"),
        (CHROME, "Chrome on Windows"),
        (f"{CHROME} Edg/156.0", "Edge on Windows"),
        ("curl/8.5", "Unknown device"),
        ("", "Unknown device"),
    ],
)
def test_devices_are_called_by_browser_and_system(agent, said):
    assert device(agent) == said


@pytest.mark.parametrize("agent", ["x" * 5000, "nul\x00byte", "<script>alert(1)</script>", "ключ 例"])
def test_a_browser_may_call_itself_anything(client, ana, agent):
    client.force_login(ana)
    here = logged_in(agent=agent)

    assert "<script>alert" not in here.get("/accounts/sessions/").content.decode()


def test_log_ins_survive_a_change_of_the_key_while_the_old_one_is_named(ana, settings):
    old, here, elsewhere = settings.SECRET_KEY, logged_in(), logged_in(agent=SAFARI)

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key " * 5, [old]
    page = here.get("/accounts/sessions/").content.decode()
    assert "Firefox on Linux" in page
    assert "Safari on iOS" in page
    assert LogIn.objects.count() == 2
    assert elsewhere.get("/accounts/sessions/").status_code == 200

    settings.SECRET_KEY_FALLBACKS = []
    assert here.get("/accounts/sessions/").status_code == 200  # has moved on to the new key
    settings.SECRET_KEY = "yet another key " * 5
    assert here.get("/accounts/sessions/").status_code == 302
