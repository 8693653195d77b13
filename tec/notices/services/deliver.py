"""Sends messages to other systems: signed, tried again with longer and longer pauses, every answer kept."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from tec.notices.models import Delivery, Outcome
from tec.notices.posting import Unsendable, post
from tec.sealing import Unsealable, unseal
from tec.tries import claim, is_last

if TYPE_CHECKING:
    from tec.notices.models import Webhook
    from tec.notices.services.tell import Happening
    from tec.projects.models import Project

log = logging.getLogger(__name__)

AT_ONCE = 50
LONGEST_ANSWER = 300


def message(hook: Webhook, project: Project, happening: Happening, text: str) -> str:
    """The body that *hook* is sent; with `link_only` it says nothing of what happened."""
    said: dict[str, object] = {
        "event": happening.kind,
        "at": timezone.now().isoformat(timespec="seconds"),
        "url": settings.PUBLIC_URL + happening.address,
    }
    if not hook.link_only:
        said |= {"project": {"slug": project.slug, "name": project.name}, "text": text, **happening.facts}
    return json.dumps(said, ensure_ascii=False)


def deliver_due() -> int:
    """Send what is due and return how many were delivered. Two workers at once send nothing twice."""
    due = Delivery.objects.due().select_related("webhook").order_by("next_at")[:AT_ONCE]
    return sum([deliver(each) for each in due])


def deliver(delivery: Delivery) -> bool:
    """One try, unless somebody else has begun it; whether it was delivered.

    The receiver may get a message twice, when a worker dies before it writes down the answer; both carry the
    same X-TEC-Delivery.
    """
    if not claim(delivery, Delivery.objects.due(), again="next_at", tried_at=timezone.now()):
        return False
    status, said = attempt(delivery)
    delivered = status is not None and 200 <= status < 300
    outcome = Outcome.DELIVERED if delivered else Outcome.FAILED if is_last(delivery) else Outcome.WAITING
    Delivery.objects.filter(pk=delivery.pk, tries=delivery.tries).update(
        outcome=outcome, status=status, said=said[:500]
    )
    return delivered


def attempt(delivery: Delivery) -> tuple[int | None, str]:
    """The status of the answer and its beginning; None and what went wrong if there was none."""
    body = delivery.body.encode()
    try:
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "TEC",
            "X-TEC-Event": delivery.kind,
            "X-TEC-Delivery": str(delivery.pk),
            **signed(unseal(delivery.webhook.sealed_secret), body, int(timezone.now().timestamp())),
        }
        answer = post(delivery.webhook.url, body, headers, allowed=settings.WEBHOOK_HOSTS)
    except Unsealable:
        return None, "The secret cannot be read any more, because SECRET_KEY has changed. Make a new secret."
    except Unsendable as problem:
        return None, str(problem)
    return answer.status, answer.text[:LONGEST_ANSWER]


def signed(secret: str, body: bytes, at: int) -> dict[str, str]:
    """The headers by which the receiver knows that TEC sent *body*, and when: see docs/notices.md."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return {"X-TEC-Timestamp": str(at), "X-TEC-Signature": f"sha256={digest}"}
