"""The list of one's tokens, making one, and revoking it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tec.accounts.forms import TokenForm
from tec.accounts.models import Token
from tec.accounts.tokens import create_token, revoke_token

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tec.accounts.requests import SignedInRequest

AT_MOST = 50
"""Tokens of one person: enough for every machine, few enough to look through."""

SOON = timedelta(days=7)


@login_required
@never_cache
def tokens(request: SignedInRequest) -> HttpResponse:
    """The tokens; after making one, its secret is part of this one answer and of no other."""
    mine = Token.objects.filter(user=request.user)
    form = TokenForm(request.POST or None, initial={"days": 90})
    if request.method == "POST" and mine.count() >= AT_MOST:
        form.add_error(None, f"You have {AT_MOST} tokens. Revoke one that is not needed any more first.")
    made = secret = None
    if form.is_valid():
        made, secret = create_token(user=request.user, **form.cleaned_data)
        form = TokenForm(initial={"days": 90})
    context = {
        "form": form,
        "page": Paginator(mine, 25).get_page(request.GET.get("page")),
        "made": made,
        "secret": secret,
        "soon": timezone.now() + SOON,
        "site": settings.PUBLIC_URL,
    }
    return render(request, "accounts/tokens.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def revoke(request: SignedInRequest, number: int) -> HttpResponse:
    token = get_object_or_404(Token, user=request.user, pk=number)
    revoke_token(token=token, by=request.user)
    messages.success(request, f"“{token.name}” is revoked. Programs that use it are turned away from now on.")
    return redirect("account-tokens")
