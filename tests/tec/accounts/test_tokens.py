"""Personal API tokens: what lets a program in, what does not, and what is kept of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from tec.accounts.models import Token
from tec.accounts.tokens import create_token, revoke_token
from tec.audit.models import Event
from tests.factories import make_user

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


class Echo(APIView):
    """Says who came in, and by what."""

    def get(self, request: Any) -> Response:
        return Response({"user": request.user.username, "writes": request.auth.writes})

    post = put = patch = delete = get


def asked(credentials: str | bytes, method: str = "get") -> Response:
    headers = {"HTTP_AUTHORIZATION": credentials} if credentials else {}
    return Echo.as_view()(getattr(APIRequestFactory(), method)("/", **headers))


def token_for(**over: Any) -> tuple[Token, str]:
    given = {"user": None, "name": "Nightly check", "days": 30, "writes": False, **over}
    return create_token(**{**given, "user": given["user"] or make_user(username="ana")})


def test_without_a_token_one_is_asked_for_it():
    response = asked("")

    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="TEC"'


def test_a_token_lets_its_owner_in():
    _, raw = token_for()

    assert asked(f"Bearer {raw}").data == {"user": "ana", "writes": False}
    assert asked(f"bearer  {raw} ").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_reading_token_changes_nothing(method):
    _, raw = token_for(writes=False)

    response = asked(f"Bearer {raw}", method)

    assert response.status_code == 403
    assert "may only read" in response.content.decode()


def test_a_writing_token_may_change_and_read():
    _, raw = token_for(writes=True)

    assert asked(f"Bearer {raw}", "put").data == {"user": "ana", "writes": True}
    assert asked(f"Bearer {raw}").status_code == 200


@pytest.mark.parametrize(
    "credentials",
    [
        *("Bearer", "Bearer ", "Bearer tec_nothing", "Bearer tec_ wo", f"Bearer {'x' * 10_000}"),
        *("Bearer tec_\xff\xfe".encode("latin-1"), "Bearer \x00", "Bearer ключ".encode()),
        *("Basic YW5hOnNlY3JldA==", "Token tec_nothing"),
    ],
)
def test_what_is_no_token_is_refused(credentials):
    token_for()

    assert asked(credentials).status_code == 401


def test_a_changed_character_is_another_token():
    _, raw = token_for()
    other = raw[:-1] + ("a" if raw[-1] != "a" else "b")

    response = asked(f"Bearer {other}")

    assert response.status_code == 401
    assert other not in response.content.decode()


def test_a_token_ends_on_its_day():
    with time_machine.travel(NOON, tick=False):
        _, raw = token_for(days=30)
    with time_machine.travel(NOON + timedelta(days=30, seconds=-1), tick=False):
        assert asked(f"Bearer {raw}").status_code == 200
    with time_machine.travel(NOON + timedelta(days=30), tick=False):
        response = asked(f"Bearer {raw}")

    assert response.status_code == 401
    assert "expired on 2026-12-29" in response.content.decode()


def test_a_revoked_token_ends_at_once():
    token, raw = token_for()
    revoke_token(token=token, by=token.user)

    assert asked(f"Bearer {raw}").status_code == 401
    assert Event.objects.get(verb="token.revoked").facts == {"token": token.start, "owner": "ana"}


def test_a_token_of_an_account_that_is_switched_off_does_not_work():
    token, raw = token_for()
    token.user.is_active = False
    token.user.save()

    assert asked(f"Bearer {raw}").status_code == 401


def test_the_secret_is_kept_nowhere():
    token, raw = token_for()
    asked(f"Bearer {raw}")

    kept = [str(vars(row)) for row in (*Token.objects.all(), *Event.objects.all())]

    assert len(kept) == 3
    assert not any(raw[8:] in row for row in kept)
    assert raw.startswith(token.start)
    assert len(raw) - len(token.start) > 32


def test_the_audit_log_has_the_first_use_of_each_day():
    with time_machine.travel(NOON, tick=False):
        _, raw = token_for(days=365)
        for _ in range(3):
            asked(f"Bearer {raw}")
    for hours in (1, 2, 30):
        with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
            asked(f"Bearer {raw}")

    used = Event.objects.filter(verb="token.used").order_by("number")
    assert [(event.actor, event.target, event.at) for event in used] == [
        ("ana", "Nightly check", NOON),
        ("ana", "Nightly check", NOON + timedelta(hours=30)),
    ]
    assert Token.objects.get().last_used_at == NOON + timedelta(hours=30)


def test_most_requests_cost_one_query_for_the_token(django_assert_num_queries):
    _, raw = token_for()
    asked(f"Bearer {raw}")

    with django_assert_num_queries(1):
        asked(f"Bearer {raw}")
