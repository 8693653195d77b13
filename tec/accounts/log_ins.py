"""Where somebody is logged in, kept up to date and ended."""

from __future__ import annotations

import re
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_ipv46_address
from django.db import transaction
from django.utils import timezone

from tec.accounts.models import LogIn
from tec.audit.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import User
    from django.http import HttpRequest

MARK = "log_in"
"""Where a session keeps when, and under which key, it was last noted."""

NOTED_EVERY = timedelta(minutes=5)

BROWSERS = [
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
]
SYSTEMS = [
    ("iPhone|iPad", "iOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS|Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux|X11", "Linux"),
]


def note(request: HttpRequest) -> None:
    """Keep that the session of *request* is in use, at most every five minutes."""
    session = request.session
    if SESSION_KEY not in session or not session.session_key:
        return
    mark, now = session.get(MARK) or {}, timezone.now()
    if mark.get("key") == session.session_key and mark.get("at", 0) > (now - NOTED_EVERY).timestamp():
        return
    user = getattr(request, "user", None)
    if user is not None and not user.is_authenticated:
        return  # a deleted account, or another password, leaves sessions behind that lead nowhere
    facts = {
        "user_id": session[SESSION_KEY],
        "address": address_of(request),
        "agent": request.META.get("HTTP_USER_AGENT", "").replace("\x00", "")[:300],
        "seen_at": now,
        "session_key": session.session_key,
    }
    # A new password gives the session a new key; it stays the same log-in.
    known = LogIn.objects.filter(session_key__in={mark.get("key"), session.session_key} - {None})
    if not known.update(**facts):
        LogIn.objects.create(**facts)
    session[MARK] = {"key": session.session_key, "at": now.timestamp()}


def address_of(request: HttpRequest) -> str | None:
    """Where the request comes from; the web server has put in what trusted proxies say."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    try:
        validate_ipv46_address(address)
    except ValidationError:
        return None
    return address


def living(user: User, at_most: int) -> list[LogIn]:
    """The log-ins of *user* that still hold, last used first; the others are forgotten.

    A new password ends sessions without saying so: each holds a digest of the one it was begun with.
    """
    log_ins = list(LogIn.objects.filter(user=user)[:at_most])
    keys = [log_in.session_key for log_in in log_ins]
    sessions = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    digests = {each.session_key: each.get_decoded().get(HASH_SESSION_KEY) for each in sessions}
    valid = {user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()}
    dead = [log_in for log_in in log_ins if digests.get(log_in.session_key) not in valid]
    end(dead)
    return [log_in for log_in in log_ins if log_in not in dead]


def device(agent: str) -> str:
    """“Firefox on Linux”, as far as the browser says so."""
    browser = next((name for sign, name in BROWSERS if f"{sign}/" in agent), "")
    system = next((name for signs, name in SYSTEMS if re.search(signs, agent)), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "Unknown device"


@transaction.atomic
def end_log_in(*, log_in: LogIn, by: User) -> None:
    """Log one browser out."""
    record("account.session_ended", actor=by, target=by.get_username(), device=device(log_in.agent))
    end([log_in])


@transaction.atomic
def end_others(*, user: User, but: str | None, by: Any = None) -> int:
    """Log *user* out everywhere except in the session with the key *but*; how many log-ins that were.

    With *by*, the log says who did it; without, it goes with something that is in the log already.
    """
    others = list(LogIn.objects.filter(user=user).exclude(session_key=but))
    end(others)
    if others and by:
        record("account.sessions_ended", actor=by, target=user.get_username(), number=len(others))
    return len(others)


def end(log_ins: Iterable[LogIn]) -> None:
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore
    for log_in in log_ins:
        store(log_in.session_key).delete()
        log_in.delete()
