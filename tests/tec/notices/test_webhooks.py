"""Messages to other systems: signed, sent once, repeated with pauses, to nowhere they must not go."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any

import pytest
import time_machine

from tec.notices import posting
from tec.notices.models import Delivery, Outcome, Webhook
from tec.notices.posting import Unsendable, post, target_of
from tec.notices.services.change_webhook import add_webhook, renew_secret, send_again, try_webhook
from tec.notices.services.deliver import deliver_due
from tec.notices.services.tell import tell
from tec.projects.models import Project
from tec.tries import MAX_TRIES
from tests.factories import make_project, make_user
from tests.tec.notices.receiver import Receiver, receiving
from tests.tec.notices.test_tell import CRITICAL, happening

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(settings: Any) -> Iterator[tuple[str, type[Receiver]]]:
    with receiving() as (host, handler):
        settings.WEBHOOK_HOSTS = [host]
        yield host, handler


@pytest.fixture
def project() -> Project:
    return make_project()


def hook_to(project: Project, host: str) -> tuple[Webhook, str]:
    by = make_user()
    return add_webhook(project=project, by=by, name="Chat", url=f"http://{host}/tec?x=1", kinds=["check.new"])


def test_a_message_is_signed_with_the_secret_and_its_time(
    project: Project, receiver: tuple[str, type[Receiver]]
) -> None:
    host, handler = receiver
    _, secret = hook_to(project, host)
    tell(project, happening(CRITICAL))
    assert deliver_due() == 1
    assert deliver_due() == 0
    [(headers, body)] = handler.got
    expected = hmac.new(secret.encode(), f"{headers['X-TEC-Timestamp']}.".encode() + body, hashlib.sha256)
    assert headers["X-TEC-Signature"] == f"sha256={expected.hexdigest()}"
    assert headers["X-TEC-Event"] == json.loads(body)["event"] == "check.new"
    assert headers["X-TEC-Delivery"] == str(Delivery.objects.get().pk)
    assert headers["Host"] == host
    assert Delivery.objects.get().outcome == Outcome.DELIVERED


def test_the_secret_is_sealed_and_a_new_one_signs_from_then_on(
    project: Project, receiver: tuple[str, type[Receiver]]
) -> None:
    hook, secret = hook_to(project, receiver[0])
    assert secret not in Webhook.objects.get().sealed_secret
    fresh = renew_secret(hook=hook, by=make_user())
    try_webhook(hook=hook, by=make_user())
    deliver_due()
    [(headers, body)] = receiver[1].got
    signed = f"{headers['X-TEC-Timestamp']}.".encode() + body
    digests = [hmac.new(key.encode(), signed, hashlib.sha256).hexdigest() for key in (secret, fresh)]
    assert headers["X-TEC-Signature"] == f"sha256={digests[1]}" != f"sha256={digests[0]}"


def test_a_receiver_that_fails_is_asked_again_with_longer_and_longer_pauses(
    project: Project, receiver: tuple[str, type[Receiver]]
) -> None:
    hook_to(project, receiver[0])
    receiver[1].answers[:] = [(500, b"not now")] * MAX_TRIES
    waits = []
    with time_machine.travel(datetime(2026, 11, 29, 12, tzinfo=UTC), tick=False) as clock:
        tell(project, happening(CRITICAL))
        for _ in range(MAX_TRIES):
            assert deliver_due() == 0
            due = Delivery.objects.get()
            waits.append((due.next_at - datetime.now(UTC)).total_seconds() / 60)
            clock.move_to(due.next_at)
        assert deliver_due() == 0
    assert waits[:-1] == [1, 4, 16, 64, 256]
    given_up = Delivery.objects.get()
    assert (given_up.outcome, given_up.status, given_up.said) == (Outcome.FAILED, 500, "not now")
    send_again(delivery=given_up, by=make_user())
    assert deliver_due() == 1
    assert {headers["X-TEC-Delivery"] for headers, _ in receiver[1].got} == {str(given_up.pk)}


def test_a_worker_that_dies_while_it_sends_loses_nothing(
    project: Project, receiver: tuple[str, type[Receiver]], monkeypatch: pytest.MonkeyPatch
) -> None:
    hook_to(project, receiver[0])
    with time_machine.travel(datetime(2026, 11, 29, 12, tzinfo=UTC), tick=False) as clock:
        tell(project, happening(CRITICAL))
        with monkeypatch.context() as patched:
            patched.setattr("tec.notices.services.deliver.attempt", killed)
            with pytest.raises(SystemExit):
                deliver_due()
        assert deliver_due() == 0  # somebody may still be at it
        clock.shift(61)
        assert deliver_due() == 1


def test_the_check_of_a_message_in_the_documentation_works(
    project: Project, receiver: tuple[str, type[Receiver]]
) -> None:
    host, handler = receiver
    _, secret = hook_to(project, host)
    tell(project, happening(CRITICAL))
    deliver_due()
    [(headers, body)] = handler.got
    text = (Path(__file__).parents[3] / "docs" / "notices.md").read_text()
    space: dict[str, Any] = {}
    exec(text.partition("```python\n")[2].partition("```")[0], space)
    assert space["is_from_tec"](secret, headers, body)
    assert not space["is_from_tec"](secret, headers, body + b" ")
    assert not space["is_from_tec"]("another", headers, body)
    assert not space["is_from_tec"](secret, {**headers, "X-TEC-Timestamp": "1"}, body)


def killed(delivery: Delivery) -> Any:
    raise SystemExit


def test_a_redirect_is_not_followed(project: Project, receiver: tuple[str, type[Receiver]]) -> None:
    hook_to(project, receiver[0])
    receiver[1].answers[:] = [(307, f"http://{receiver[0]}/elsewhere".encode())]
    tell(project, happening(CRITICAL))
    assert deliver_due() == 0
    assert len(receiver[1].got) == 1
    assert Delivery.objects.get().status == 307


def test_an_answer_with_control_characters_can_be_kept(
    project: Project, receiver: tuple[str, type[Receiver]]
) -> None:
    hook_to(project, receiver[0])
    receiver[1].answers[:] = [(400, b"\x00\xff\x1b[31m" + b"x" * 10_000)]
    tell(project, happening(CRITICAL))
    deliver_due()
    said = Delivery.objects.get().said
    assert said.isprintable()
    assert len(said) <= 500


def test_a_receiver_that_never_comes_to_an_end_is_hung_up_on(
    receiver: tuple[str, type[Receiver]], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "SECONDS", 0.5)
    receiver[1].answers[:] = [(200, b"x" * 1000)]
    receiver[1].drip = 0.05
    began = monotonic()
    with suppress(Unsendable):
        post(f"http://{receiver[0]}/", b"{}", {}, allowed=settings.WEBHOOK_HOSTS)
    assert monotonic() - began < 20  # the whole answer would take 50 s


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://example.org/", "https"),
        ("ftp://example.org/", "not an address"),
        ("https://", "not an address"),
        ("https://user:password@example.org/", "Leave the user name"),
        ("https://example.org:99999/", "not an address"),
        ("https://exa mple.org/", "without spaces"),
        ("https://example.org/\r\nX: y", "without spaces"),
        ("https://пример.рф/", "plain characters"),
        ("https://example.org/" + "x" * 500, "at most 500"),
        ("javascript:alert(1)", "not an address"),
        ("file:///etc/passwd", "not an address"),
    ],
)
def test_an_address_nothing_may_be_sent_to_is_refused(url: str, why: str) -> None:
    with pytest.raises(Unsendable, match=why):
        target_of(url, [])


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254", "[::1]", "[::ffff:10.0.0.1]", "0.0.0.0"]
)
def test_a_private_address_is_not_connected_to_unless_it_is_listed(host: str) -> None:
    with pytest.raises(Unsendable, match="private address"):
        post(f"https://{host}/", b"", {}, allowed=[])


def test_a_host_that_never_ends_shaking_hands_is_hung_up_on(monkeypatch: Any) -> None:
    monkeypatch.setattr(posting, "SECONDS", 0.5)

    def shakes(listener: socket.socket) -> None:
        with suppress(OSError), listener.accept()[0] as visitor:
            for byte in b"\x16\x03\x03\x40\x00\x02" + bytes(60):
                visitor.sendall(bytes([byte]))
                time.sleep(0.1)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        host = f"127.0.0.1:{listener.getsockname()[1]}"
        Thread(target=shakes, args=[listener], daemon=True).start()
        began = monotonic()
        with pytest.raises(Unsendable, match=r"connection failed|No answer"):
            post(f"https://{host}/", b"{}", {}, allowed=[host])

    assert monotonic() - began < 3


def test_a_certificate_nobody_vouches_for_is_refused(receiver: tuple[str, type[Receiver]]) -> None:
    host = receiver[0]
    with pytest.raises(Unsendable, match=r"certificate|connection failed"):
        post(f"https://{host}/", b"", {}, allowed=[host])


def test_a_secret_sealed_under_another_key_is_said(
    project: Project, receiver: tuple[str, type[Receiver]], settings: Any
) -> None:
    hook_to(project, receiver[0])
    tell(project, happening(CRITICAL))
    settings.SECRET_KEY = "another key, longer than fifty characters, 0123456789"
    assert deliver_due() == 0
    assert "Make a new secret" in Delivery.objects.get().said
    assert receiver[1].got == []
