"""Sends notices by mail: one for each event, or one a day, as everybody chose."""

from __future__ import annotations

import logging
from itertools import groupby
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from tec.notices.models import Mail, Notice, Wishes
from tec.notices.services.tell import wishes_of
from tec.projects.models import Project
from tec.tries import claim, is_last

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.auth.models import User

log = logging.getLogger(__name__)

AT_ONCE = 500
LONGEST = 100  # notices that one mail tells; of the others it gives the number


def mail_due() -> int:
    """Send what is due and return how many mails that were. Two workers at once send no mail twice."""
    due = list(Notice.objects.due().select_related("user", "project").order_by("user", "id")[:AT_ONCE])
    wishes = wishes_of({notice.user_id: notice.user for notice in due})
    sent = 0
    for pk, theirs in groupby(due, key=lambda notice: notice.user_id):
        notices = list(theirs)
        daily = wishes[pk].mail == Mail.DAILY
        for batch in [notices] if daily else [[each] for each in notices]:
            claimed = [each for each in batch if claim(each, Notice.objects.due(), again="send_at")]
            if claimed and send(claimed, wishes[pk]):
                sent += 1
    return sent


def send(notices: Sequence[Notice], wishes: Wishes) -> bool:
    """Send one mail, unless nobody is left to read it; whether it was sent."""
    user = notices[0].user
    seen = set(Project.objects.visible_to(user).values_list("pk", flat=True))
    told = [each for each in notices if each.project_id in seen and each.read_at is None]
    ids = [each.pk for each in notices]
    sent = False
    if told and user.is_active and user.email and wishes.mail != Mail.NEVER:
        try:
            letter(user, told, link_only=wishes.link_only).send()
        except Exception as error:  # one mail that cannot be written or sent holds up no other
            log.warning("The mail with notice %s was not sent: %s", ids[0], type(error).__name__)
            if not is_last(notices[0]):
                return False
            log.error("The mail with notice %s is given up after %s tries.", ids[0], notices[0].tries)
        else:
            sent = True
    Notice.objects.filter(pk__in=ids).update(send_at=None)
    return sent


def letter(user: User, notices: Sequence[Notice], *, link_only: bool) -> EmailMessage:
    """The mail about *notices*; with *link_only* it says nothing of what they are about."""
    one = notices[0] if len(notices) == 1 else None
    if link_only:
        subject = "Something waits for you in TEC"
    elif one:
        subject = f"{one.project.name[:60]}: {one.text[:120]}"
    else:
        subject = f"{len(notices)} things happened in TEC"
    context = {
        "user": user,
        "notices": notices[:LONGEST],
        "more": len(notices) - LONGEST,
        "link_only": link_only,
        "site": settings.PUBLIC_URL,
        "inbox": settings.PUBLIC_URL + reverse("inbox"),
        "wishes": settings.PUBLIC_URL + reverse("inbox-wishes"),
    }
    body = render_to_string("notices/mail.txt", context)
    return EmailMessage(" ".join(subject.split()), body, to=[user.email])
