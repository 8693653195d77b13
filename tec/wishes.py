"""The page on which people say what they want to be told; it knows all rules and descriptors."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from descriptors.catalogue import DESCRIPTORS, NAMES
from mismatch.engine import RULES, required_codes
from tec.notices.forms import WishesForm
from tec.notices.kinds import KINDS
from tec.notices.models import Wishes
from tec.notices.services.keep_wishes import keep_wishes
from tec.projects.models import Project
from tec.projects.requests import SignedInRequest


@login_required
def wishes(request: SignedInRequest) -> HttpResponse:
    now = Wishes.objects.filter(user=request.user).first() or Wishes(user=request.user)
    form = WishesForm(
        request.POST or None,
        initial=WishesForm.initial_of(now),
        projects=Project.objects.joined_by(request.user).active(),
        descriptors=[(name, NAMES[name]) for name in DESCRIPTORS],
        codes=[*(rule.code for rule in RULES), *required_codes()],
    )
    if form.is_valid():
        values = dict(form.cleaned_data)
        told = values.pop("kinds")
        keep_wishes(user=request.user, off=[kind for kind in KINDS if kind not in told], **values)
        messages.success(request, "Saved. It holds from now on.")
        return redirect("inbox-wishes")
    context = {"form": form, "kinds": KINDS}
    return render(request, "notices/wishes.html", context, status=422 if form.errors else 200)
