"""The list of one's log-ins, and ending them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from tec.accounts.log_ins import device, end_log_in, end_others, living, note
from tec.accounts.models import LogIn

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tec.accounts.requests import SignedInRequest

SHOWN = 100


@login_required
@require_safe
def log_ins(request: SignedInRequest) -> HttpResponse:
    note(request)  # after a change of SECRET_KEY the session has just got another key
    here = request.session.session_key
    found = living(request.user, SHOWN + 1)
    rows = [(log_in, device(log_in.agent), log_in.session_key == here) for log_in in found]
    rows.sort(key=lambda row: not row[2])
    return render(request, "accounts/sessions.html", {"rows": rows[:SHOWN], "more": len(rows) > SHOWN})


@login_required
@require_POST
def end_one(request: SignedInRequest, number: int) -> HttpResponse:
    mine = LogIn.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    log_in = get_object_or_404(mine, pk=number)
    end_log_in(log_in=log_in, by=request.user)
    messages.success(request, f"{device(log_in.agent)} is logged out.")
    return redirect("account-sessions")


@login_required
@require_POST
def end_all_others(request: SignedInRequest) -> HttpResponse:
    number = end_others(user=request.user, but=request.session.session_key, by=request.user)
    plural = "" if number == 1 else "s"
    messages.success(request, f"{number} other log-in{plural} ended. Only this browser is logged in now.")
    return redirect("account-sessions")
