"""Going to the provider of single sign-on, coming back, and parting from it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.flows.connect import disconnect
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from tec.accounts.oidc import Adapter
from tec.accounts.sso import refusal, said

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tec.accounts.requests import SignedInRequest

log = logging.getLogger(__name__)

PROVIDER = "sso"


def go(request: HttpRequest, process: str, back: str) -> HttpResponse:
    """A page that takes the browser to the provider.

    Not a redirect: the answer to a form may not lead to another site (`form-action`), and whoever sets out
    by a plain link could be sent by a third site, into somebody else's account.
    """
    if not settings.OIDC_ISSUER:
        raise Http404("Single sign-on is not set up.")
    provider = get_adapter(request).get_provider(request, PROVIDER)
    try:
        target = provider.redirect(request, process=process, next_url=back)["Location"]
    except (RequestException, OAuth2Error, KeyError, ValueError) as error:
        return refusal(request, "away", detail=said(error))
    return render(request, "accounts/sso_go.html", {"target": target, "name": settings.OIDC_NAME})


@never_cache
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    return go(request, AuthProcess.LOGIN, get_next_redirect_url(request) or "")


@login_required
@never_cache
@require_POST
def connect(request: SignedInRequest) -> HttpResponse:
    return go(request, AuthProcess.CONNECT, reverse("account"))


@never_cache
@require_safe
def callback(request: HttpRequest) -> HttpResponse:
    if not settings.OIDC_ISSUER:
        raise Http404("Single sign-on is not set up.")
    response: HttpResponse
    try:
        response = OAuth2CallbackView.adapter_view(Adapter(request, PROVIDER))(request)
    except ImmediateHttpResponse as refused:
        response = refused.response
    except RequestException as error:
        return refusal(request, "away", detail=said(error))
    except (KeyError, ValueError, TypeError, AttributeError) as error:  # what a provider should not send
        return refusal(request, "failed", detail=said(error))
    return response


@login_required
@require_POST
def part(request: SignedInRequest) -> HttpResponse:
    """Only for those who still have a password to come in with."""
    account = get_object_or_404(SocialAccount, user=request.user, provider=PROVIDER)
    if not request.user.has_usable_password():
        messages.error(request, "Without a password this is your only way in. It stays connected.")
    else:
        disconnect(request, account)
        messages.success(request, f"{settings.OIDC_NAME} no longer leads to this account.")
    return redirect("account")
