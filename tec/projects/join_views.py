"""The page behind an invitation: become a member, with an account or by making one."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tec.projects.member_forms import JoinForm
from tec.projects.models import Invitation
from tec.projects.services.change_members import MemberRefused
from tec.projects.services.invite import accept, accept_as_new, opened_by


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has the link is asked first: opening it, as mail programs do, uses nothing up."""
    invitation = opened_by(token)
    if invitation is None:
        return render(request, "projects/invitation_closed.html", status=410)
    if request.user.is_authenticated:
        return as_member(request, request.user, invitation)
    return as_new(request, invitation)


def as_member(request: HttpRequest, user: User, invitation: Invitation) -> HttpResponse:
    """Somebody who is logged in says yes."""
    project, refused = invitation.project, None
    if request.method == "POST":
        try:
            accept(invitation=invitation, user=user)
        except MemberRefused as error:
            refused = error
        else:
            messages.success(request, welcome(invitation))
            return redirect(project)
    member = project.memberships.filter(user=user).first()
    context = {"invitation": invitation, "refused": refused, "member": member}
    return render(request, "projects/join.html", context, status=409 if refused else 200)


def as_new(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Somebody else makes an account, and is logged in with it."""
    form = JoinForm(request.POST or None)
    refused = None
    if form.is_valid():
        try:
            password = form.cleaned_data["password1"]
            user = accept_as_new(invitation=invitation, account=form.account, password=password)
        except IntegrityError:
            form.add_error("username", "Somebody has taken this user name this very moment; choose another.")
        except MemberRefused as error:
            refused = error
        else:
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            messages.success(request, welcome(invitation))
            return redirect(invitation.project)
    status = 409 if refused else 422 if form.errors else 200
    context = {"invitation": invitation, "form": form, "refused": refused}
    return render(request, "projects/join.html", context, status=status)


def welcome(invitation: Invitation) -> str:
    return f"Welcome to “{invitation.project}”. Your role is {invitation.get_role_display().lower()}."
