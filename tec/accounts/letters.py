"""Mails about accounts: written down in the transaction that causes them, sent by a worker."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.core.signing import TimestampSigner
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from kombu.exceptions import ChannelError, OperationalError

from tec.accounts.models import Letter
from tec.celery import app
from tec.sealing import Unsealable, seal, unseal
from tec.tries import claim, is_last

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger(__name__)

SUBJECTS = {
    "reset": "A new password for TEC",
    "address": "Confirm your mail address for TEC",
    "password": "Your TEC password was changed",
    "locked": "Failed log-ins to your TEC account",
    "factor": "The second factor of your TEC account was changed",
    "moved": "Your TEC account has another mail address now",
    "invitation": "You are invited to a project in TEC",
}
SEND = "tec.accounts.tasks.send_letter"
ADDRESS_SALT = "tec.accounts.address"


def write(kind: str, *, address: str, user: User | None = None, link: str = "") -> None:
    """Have a mail sent, if there is a mail server and somebody to send it to."""
    if not settings.MAIL or not address:
        return
    letter = Letter.objects.create(kind=kind, address=address, user=user, sealed_link=seal(link))
    transaction.on_commit(partial(wake, letter.pk), robust=True)


def tell(user: User, kind: str) -> None:
    """Tell somebody what happened to their account."""
    write(kind, address=user.email, user=user)


def wake(number: int) -> None:
    """Tell a worker; when the broker is away, the sweep finds the letter a little later."""
    try:
        app.send_task(SEND, [number])
    except (OperationalError, ChannelError) as error:
        log.warning("The broker cannot be reached, letter %s waits for the sweep: %s", number, error)


def waiting() -> list[int]:
    """The letters whose time has come."""
    return list(Letter.objects.due().values_list("pk", flat=True)[:100])


def send(number: int) -> None:
    """Send one letter, if nobody else does; a try that fails is repeated later."""
    due = Letter.objects.due()
    letter = due.select_related("user").filter(pk=number).first()
    if letter is None or not claim(letter, due, again="due_at"):
        return
    try:
        for mail in mails(letter):
            mail.send()
    except Exception as error:  # one mail that cannot be written or sent holds up no other
        log.warning("Letter %s (%s) was not sent: %s", number, letter.kind, type(error).__name__)
        if not is_last(letter):
            return
        log.error("Letter %s (%s) is given up after %s tries", number, letter.kind, letter.tries)
    Letter.objects.filter(pk=number).delete()


def mails(letter: Letter) -> Iterator[EmailMessage]:
    """The mails that a letter becomes: for a lost password one per account with that address, maybe none."""
    if letter.kind == "reset":
        for user in accounts_at(letter.address):
            yield mail(letter, user, link=reset_link(user))
    elif letter.user:
        link = link_of(letter)
        if link is None:
            log.error("Letter %s (%s) is not sent: SECRET_KEY has changed", letter.pk, letter.kind)
            return
        yield mail(letter, letter.user, link=link)


def link_of(letter: Letter) -> str | None:
    """The link that the mail holds, "" for none; None if it cannot be read any more."""
    if letter.kind == "address" and letter.user:
        return address_link(letter.user, letter.address)
    try:
        return unseal(letter.sealed_link)
    except Unsealable:
        return None


def mail(letter: Letter, user: User, link: str) -> EmailMessage:
    context = {"user": user, "link": link, "site": settings.PUBLIC_URL, "kind": letter.kind}
    body = render_to_string(f"accounts/mails/{letter.kind}.txt", context)
    return EmailMessage(SUBJECTS[letter.kind], body, to=[letter.address])


def accounts_at(address: str) -> list[User]:
    """Who may get a new password by mail: active people who log in with one."""
    users = User.objects.filter(email__iexact=address, is_active=True).order_by("pk")[:5]
    return [user for user in users if user.has_usable_password()]


def reset_link(user: User) -> str:
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    where = reverse("password-reset-confirm", args=[uid, default_token_generator.make_token(user)])
    return settings.PUBLIC_URL + where


def address_link(user: User, address: str) -> str:
    """Shows that who opens it reads the mail of *address*."""
    value = {"user": user.pk, "from": user.email, "to": address}
    token = TimestampSigner(salt=ADDRESS_SALT).sign_object(value)
    return f"{settings.PUBLIC_URL}{reverse('account-address')}?{urlencode({'token': token})}"
