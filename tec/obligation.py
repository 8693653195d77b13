"""Where administrators have to have a second factor, they set it up before they do anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect

from tec.accounts.factors import FACTOR_FIRST, lacks_factor
from tec.api.fallback import is_api, refusal

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SET_UP = "mfa_activate_totp"
OPEN = {
    SET_UP,
    "account_reauthenticate",  # the set-up asks for the password first
    "login",
    "logout",
    "appearance",
    "healthz",
    "readyz",
}
"""What is there all the same, by name of the address."""


class SecondFactorFirst:
    """Leads those who lack it to the page where it is set up; tokens are told by who recognises them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in OPEN or not lacks_factor(request.user):
            return None
        if is_api(request):
            return refusal(403, FACTOR_FIRST)
        messages.warning(request, FACTOR_FIRST)
        return redirect(SET_UP)
