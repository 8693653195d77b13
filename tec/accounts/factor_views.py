"""The second factor: allauth's views with our pages, and what they need to know besides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.views import ReauthenticateView as ByPassword
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as ByCode
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tec.accounts.requests import SignedInRequest

private = sensitive_post_parameters()


@login_required
@require_safe
def factor(request: SignedInRequest) -> HttpResponse:
    found = {row.type: row for row in Authenticator.objects.filter(user=request.user)}
    codes = found.get(Authenticator.Type.RECOVERY_CODES)
    context = {
        "app": found.get(Authenticator.Type.TOTP),
        "codes": codes,
        "left": len(codes.wrap().get_unused_codes()) if codes else 0,
    }
    return render(request, "accounts/factor.html", context)


class Activate(ActivateTOTPView):  # type: ignore[misc]  # allauth has no types
    template_name = "accounts/factor_app.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        secret = context["form"].secret
        return {**context, "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))}


code_at_log_in = private(AuthenticateView.as_view(template_name="accounts/login_code.html"))
confirm_by_password = private(ByPassword.as_view(template_name="accounts/confirm.html"))
confirm_by_code = private(ByCode.as_view(template_name="accounts/confirm.html"))
activate = login_required(private(Activate.as_view()))
deactivate = login_required(DeactivateTOTPView.as_view(template_name="accounts/factor_remove.html"))
codes = login_required(ViewRecoveryCodesView.as_view(template_name="accounts/codes.html"))
new_codes = login_required(GenerateRecoveryCodesView.as_view(template_name="accounts/codes_new.html"))
