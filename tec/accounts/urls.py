"""The addresses below /accounts/. Names with an underscore are those that allauth looks for."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.generic import TemplateView

from tec.accounts import factor_views, log_in_views, sso_views, token_views, views

log_in = views.LogIn.as_view()

urlpatterns = [
    path("", views.profile, name="account"),
    path("login/", log_in, name="login"),
    path("login/", log_in, name="account_login"),
    path("login/code/", factor_views.code_at_log_in, name="mfa_authenticate"),
    path("inactive/", TemplateView.as_view(template_name="accounts/inactive.html"), name="account_inactive"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("address/", views.confirm_address, name="account-address"),
    path("password/", views.password, name="password"),
    path("password/reset/", views.forgotten, name="password-reset"),
    path("password/reset/sent/", views.forgotten_sent, name="password-reset-sent"),
    path("password/reset/<uidb64>/<token>/", views.Reset.as_view(), name="password-reset-confirm"),
    path("confirm/", factor_views.confirm_by_password, name="account_reauthenticate"),
    path("confirm/code/", factor_views.confirm_by_code, name="mfa_reauthenticate"),
    path("second-factor/", factor_views.factor, name="mfa_index"),
    path("second-factor/app/", factor_views.activate, name="mfa_activate_totp"),
    path("second-factor/app/remove/", factor_views.deactivate, name="mfa_deactivate_totp"),
    path("second-factor/codes/", factor_views.codes, name="mfa_view_recovery_codes"),
    path("second-factor/codes/new/", factor_views.new_codes, name="mfa_generate_recovery_codes"),
    path("sessions/", log_in_views.log_ins, name="account-sessions"),
    path("sessions/end-others/", log_in_views.end_all_others, name="account-sessions-end-others"),
    path("sessions/<int:number>/end/", log_in_views.end_one, name="account-session-end"),
    path("sso/", sso_views.start, name="sso"),
    path("sso/callback/", sso_views.callback, name="sso-callback"),
    path("sso/connect/", sso_views.connect, name="sso-connect"),
    path("sso/disconnect/", sso_views.part, name="sso-disconnect"),
    path("tokens/", token_views.tokens, name="account-tokens"),
    path("tokens/<int:number>/revoke/", token_views.revoke, name="account-token-revoke"),
]
