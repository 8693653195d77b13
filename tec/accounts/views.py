"""Logging in, the password, and what others see of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from allauth.account.views import LoginView
from allauth.core import ratelimit
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordResetConfirmView
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from tec.accounts import letters
from tec.accounts.addresses import confirm
from tec.accounts.forms import AddressForm, ForgottenPasswordForm, NewPasswordForm, ProfileForm
from tec.accounts.log_ins import end_others
from tec.audit.record import record

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tec.accounts.requests import SignedInRequest

ADDRESS_VALID = 24 * 3600
PROFILE = ("first_name", "last_name")


class LogIn(LoginView):  # type: ignore[misc]  # allauth has no types
    template_name = "accounts/login.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        if form.has_error("__all__", "locked"):
            response.status_code = 429
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Not the site's name and address that allauth offers: TEC_PUBLIC_URL says them.
        return {**super().get_context_data(**kwargs), "sso": settings.OIDC_ISSUER and settings.OIDC_NAME}


@login_required
def profile(request: SignedInRequest) -> HttpResponse:
    user = User.objects.get(pk=request.user.pk)  # the form writes into it, and the bar shows the other one
    before = {name: getattr(user, name) for name in (*PROFILE, "email")}
    form = ProfileForm(request.POST or None, instance=user, mail=settings.MAIL)
    if form.is_valid():
        moves = user.email and user.email != before["email"]
        # Each new address gets a mail, whosever it is.
        if moves and not ratelimit.consume(request, action="manage_email", user=request.user):
            return render(request, "429.html", status=429)
        save_profile(user, before)
        messages.success(request, "Saved.")
        if user.email != before["email"]:
            said = f"A mail is on its way to {user.email}: open the link in it to make this your address."
            messages.info(request, said)
        return redirect("account")
    context = {"form": form, "sso": settings.OIDC_ISSUER and settings.OIDC_NAME}
    if settings.OIDC_ISSUER:
        context["identity"] = SocialAccount.objects.filter(user=user).first()
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)


@transaction.atomic
def save_profile(user: User, before: dict[str, str]) -> None:
    """The names at once; another address only when its mail was read, except none at all."""
    fields = [*PROFILE, *([] if user.email else ["email"])]
    user.save(update_fields=fields)
    if user.email and user.email != before["email"]:
        letters.write("address", address=user.email, user=user)
    changes = {
        name: [before[name], getattr(user, name)] for name in fields if getattr(user, name) != before[name]
    }
    if changes:
        record("account.changed", actor=user, target=user.get_username(), changes=changes)


@login_required
def confirm_address(request: SignedInRequest) -> HttpResponse:
    """Behind the link that went to a new address."""
    token = request.GET.get("token", "")
    try:
        asked = TimestampSigner(salt=letters.ADDRESS_SALT).unsign_object(token, max_age=ADDRESS_VALID)
    except BadSignature:
        asked = {}
    user = request.user
    if (asked.get("user"), asked.get("from")) != (user.pk, user.email):
        return render(request, "accounts/address_closed.html", status=410)
    if request.method == "POST":
        with transaction.atomic():
            letters.tell(user, "moved")
            user.email = asked["to"]
            user.save(update_fields=["email"])
            confirm(user)
            changes = {"email": [asked["from"], asked["to"]]}
            record("account.changed", actor=user, target=user.get_username(), changes=changes)
        messages.success(request, f"Your mail address is now {asked['to']}.")
        return redirect("account")
    return render(request, "accounts/address.html", {"address": asked["to"]})


@login_required
@never_cache
@sensitive_post_parameters()
def password(request: SignedInRequest) -> HttpResponse:
    if not ratelimit.consume(request, action="change_password", user=request.user):
        return render(request, "429.html", status=429)
    form = NewPasswordForm(request.user, request.POST or None)
    if request.user.has_usable_password() and form.is_valid():
        with transaction.atomic():
            form.save()
            record("account.password_changed", actor=request.user)
            end_others(user=request.user, but=request.session.session_key)
            letters.tell(request.user, "password")
        update_session_auth_hash(request, request.user)  # stay logged in here
        messages.success(request, "Your password is changed. Other devices have to log in again.")
        return redirect("account")
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/password.html", {"form": form}, status=status)


@never_cache
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link by mail. The answer is the same, and as quick, whether or not there is an account."""
    form = AddressForm(request.POST or None)
    if settings.MAIL and form.is_valid():
        address = form.cleaned_data["email"]
        if not ratelimit.consume(request, action="reset_password", key=address.lower()):
            return render(request, "429.html", status=429)
        letters.write("reset", address=address)
        return redirect("password-reset-sent")
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/forgotten.html", {"form": form, "mail": settings.MAIL}, status=status)


def forgotten_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/forgotten_sent.html")


class Reset(PasswordResetConfirmView):
    """Behind the link in the mail; it works once, for two hours."""

    form_class = ForgottenPasswordForm
    template_name = "accounts/reset.html"
    success_url = reverse_lazy("login")

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.user
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            confirm(user)
            end_others(user=user, but=None)
            record("account.password_reset", actor=user, target=user.get_username())
            letters.tell(user, "password")
        get_adapter().unlock(self.request, user)
        messages.success(self.request, "Your password is changed. Log in with the new one.")
        return response

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> Any:
        status = 200 if self.validlink else 410
        if self.request.method == "POST" and self.validlink:
            status = 422
        return super().render_to_response(context, **kwargs, status=status)
