"""What people want to be told, on a page and over REST; it knows all rules and descriptors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from rest_framework import serializers
from rest_framework.response import Response

from descriptors.catalogue import DESCRIPTORS, NAMES
from mismatch.engine import RULES, required_codes
from tec.api.bodies import Answer, Body, Choice, Flag, Text
from tec.api.operations import WRITE, operation
from tec.api.problems import Fault
from tec.api.refused import invalid, refused_by
from tec.api.views import ApiView
from tec.notices.forms import MOST_RULES, SEVERITIES, WishesForm
from tec.notices.kinds import KINDS
from tec.notices.models import Mail, Wishes
from tec.notices.services.keep_wishes import keep_wishes
from tec.projects.models import Project
from tec.projects.requests import SignedInRequest

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from rest_framework.request import Request

MOST_MUTED = 1_000
"""Projects of which a program may say at once that nothing is to be heard."""


@login_required
def wishes(request: SignedInRequest) -> HttpResponse:
    form = form_of(request.user, request.POST or None, WishesForm.initial_of(wishes_of(request.user)))
    if form.is_valid():
        keep(request.user, form)
        messages.success(request, "Saved. It holds from now on.")
        return redirect("inbox-wishes")
    context = {"form": form, "kinds": KINDS}
    return render(request, "notices/wishes.html", context, status=422 if form.errors else 200)


def wishes_of(user: User) -> Wishes:
    """What *user* said, or the defaults."""
    return Wishes.objects.filter(user=user).first() or Wishes(user=user)


def form_of(user: User, data: Any, initial: dict[str, Any] | None = None) -> WishesForm:
    return WishesForm(
        data,
        initial=initial,
        projects=joined(user),
        descriptors=[(name, NAMES[name]) for name in DESCRIPTORS],
        codes=[*(rule.code for rule in RULES), *required_codes()],
    )


def joined(user: User) -> Any:
    return Project.objects.joined_by(user).active()


def keep(user: User, form: WishesForm) -> Wishes:
    values = dict(form.cleaned_data)
    told = values.pop("kinds")
    return keep_wishes(user=user, off=[kind for kind in KINDS if kind not in told], **values)


class WishesAnswer(Answer):
    """What somebody wants to be told."""

    mail = serializers.ChoiceField(choices=Mail.values)
    link_only = serializers.BooleanField(help_text="Mails only say that something happened, with a link.")
    kinds = serializers.ListField(child=serializers.CharField(), help_text="What they are told.")
    least = serializers.CharField(help_text="Findings from which severity on.")
    descriptors = serializers.ListField(child=serializers.CharField(), help_text="Empty: about all.")
    rules = serializers.ListField(child=serializers.CharField(), help_text="Codes; empty: of all.")
    muted = serializers.ListField(child=serializers.CharField(), help_text="Projects nothing is heard of.")


class WishesBody(Body):
    """All that somebody wants to be told; it replaces what was said before."""

    mail = Choice(choices=Mail.values, help_text="“each”: for each event; “daily”: one a day.")
    link_only = Flag(
        required=False, default=False, help_text="Mails only say that something happened, with a link."
    )
    kinds = serializers.ListField(child=Choice(choices=list(KINDS)), max_length=len(KINDS))
    least = Choice(choices=[name for name, _ in SEVERITIES], help_text="Findings from which severity on.")
    descriptors = serializers.ListField(
        child=Choice(choices=list(DESCRIPTORS)),
        required=False,
        default=list,
        max_length=len(DESCRIPTORS),
        help_text="Only findings about these; empty: about all.",
    )
    rules = serializers.ListField(
        child=Text(max_length=40),
        required=False,
        default=list,
        max_length=MOST_RULES,
        help_text="Only findings of the rules with these codes; empty: of all.",
    )
    muted = serializers.ListField(
        child=Text(max_length=60),
        required=False,
        default=list,
        max_length=MOST_MUTED,
        help_text="Projects of yours that nothing is to be heard of.",
    )


class InboxWishesView(ApiView):
    group = "Notices"

    @operation(answers={200: WishesAnswer})
    def get(self, request: Request) -> Response:
        """Read what you want to be told."""
        return Response(wishes_row(wishes_of(self.user)))

    @operation(body=WishesBody, cost=WRITE, answers={200: WishesAnswer})
    def put(self, request: Request) -> Response:
        """Say what you want to be told, from now on."""
        known = dict(joined(self.user).values_list("slug", "pk"))
        sent = self.sent
        faults = [
            Fault("You are in no project with this address.", f"/muted/{number}")
            for number, slug in enumerate(sent["muted"])
            if slug not in known
        ]
        if faults:
            raise invalid(faults)
        muted = [known[slug] for slug in sent["muted"]]
        form = form_of(self.user, {**sent, "rules": " ".join(sent["rules"]), "muted": muted})
        if not form.is_valid():
            raise refused_by(form)
        return Response(wishes_row(keep(self.user, form)))


def wishes_row(wishes: Wishes) -> dict[str, Any]:
    told = ("mail", "link_only", "least", "descriptors", "rules")
    return {name: getattr(wishes, name) for name in told} | {
        "kinds": [name for name in KINDS if name not in wishes.off],
        "muted": list(wishes.muted.order_by("slug").values_list("slug", flat=True)) if wishes.pk else [],
    }
