"""Pages about the people of a project: who they are, what they may do, who is invited."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tec.projects.access import Right, project_for, refusal, role_of
from tec.projects.matrix import matrix_of, pairs, rights_table
from tec.projects.member_forms import AddForm, InviteForm, RoleForm
from tec.projects.models import Invitation, Membership, Project
from tec.projects.people import called
from tec.projects.requests import SignedInRequest
from tec.projects.services.change_editors import change_editors
from tec.projects.services.change_members import MemberRefused, add_member, change_role, remove_member
from tec.projects.services.invite import invite, link_with, withdraw_invitation

PAGE = 100


@require_safe
@login_required
def members(request: SignedInRequest, slug: str) -> HttpResponse:
    """Everybody who belongs to a project; for those who manage it also who is invited."""
    return shown(request, project_for(request.user, slug))


def shown(request: SignedInRequest, project: Project, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of members, with forms that came back."""
    people = project.memberships.by_role()
    manages = not refusal(request.user, project, Right.MANAGE, even_archived=True)
    context: dict[str, Any] = {
        "project": project,
        "page": Paginator(people, PAGE).get_page(request.GET.get("page")),
        "manages": manages,
        "mine": role_of(request.user, project),
    }
    if manages:
        context |= {
            "add": AddForm(auto_id="add-%s"),
            "invite": InviteForm(auto_id="invite-%s"),
            "invitations": project.invitations.open().select_related("created_by"),
        }
    return render(request, "projects/members.html", {**context, **more}, status=status)


@require_POST
@login_required
def add(request: SignedInRequest, slug: str) -> HttpResponse:
    """Make somebody who has an account a member."""
    project = project_for(request.user, slug, Right.MANAGE, even_archived=True)
    form = AddForm(request.POST, auto_id="add-%s")
    if form.is_valid():
        person, role = form.cleaned_data["person"], form.cleaned_data["role"]
        try:
            made = add_member(project=project, user=person, role=role, by=request.user)
        except MemberRefused as refused:
            form.add_error("person", str(refused))
        else:
            messages.success(
                request, f"{called(person)} is a member now, as {made.get_role_display().lower()}."
            )
            return redirect("member-list", slug)
    return shown(request, project, status=422, add=form)


@require_POST
@login_required
@never_cache
def invite_by_link(request: SignedInRequest, slug: str) -> HttpResponse:
    """Make a link and show it, this once."""
    project = project_for(request.user, slug, Right.MANAGE, even_archived=True)
    form = InviteForm(request.POST, auto_id="invite-%s")
    if form.is_valid():
        try:
            made, token = invite(project=project, by=request.user, **form.cleaned_data)
        except MemberRefused as refused:
            form.add_error(None, str(refused))
        else:
            mailed = form.cleaned_data["email"]
            return shown(request, project, status=201, link=link_with(token), invited=made, mailed=mailed)
    return shown(request, project, status=422, invite=form)


@require_POST
@login_required
def withdraw(request: SignedInRequest, slug: str, invitation: int) -> HttpResponse:
    project = project_for(request.user, slug, Right.MANAGE, even_archived=True)
    found = get_object_or_404(Invitation, project=project, pk=invitation)
    withdraw_invitation(invitation=found, by=request.user)
    messages.success(request, "The invitation is withdrawn; its link does not work any more.")
    return redirect("member-list", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: SignedInRequest, slug: str, member: int) -> HttpResponse:
    """Another role for a member, or the end of the membership."""
    project = project_for(request.user, slug, Right.MANAGE, even_archived=True)
    membership = member_of(project, member)
    form = RoleForm(request.POST or None, initial={"role": membership.role})
    if form.is_valid():
        try:
            change_role(membership=membership, role=form.cleaned_data["role"], by=request.user)
        except MemberRefused as refused:
            form.add_error("role", str(refused))
        else:
            membership.refresh_from_db()
            said = f"{called(membership.user)} is {membership.get_role_display().lower()} now."
            messages.success(request, said)
            return redirect("member-list", slug)
    return one(request, project, membership, form, status=422 if form.errors else 200)


@require_POST
@login_required
def remove(request: SignedInRequest, slug: str, member: int) -> HttpResponse:
    project = project_for(request.user, slug, Right.MANAGE, even_archived=True)
    membership = member_of(project, member)
    try:
        remove_member(membership=membership, by=request.user)
    except MemberRefused as refused:
        form = RoleForm(initial={"role": membership.role})
        return one(request, project, membership, form, status=409, refused=refused)
    messages.success(request, f"{called(membership.user)} is no member any more.")
    if membership.user_id == request.user.pk:
        return redirect("project-list")
    return redirect("member-list", slug)


def one(
    request: SignedInRequest,
    project: Project,
    membership: Membership,
    form: RoleForm,
    status: int,
    **more: Any,
) -> HttpResponse:
    context = {"project": project, "membership": membership, "form": form, **more}
    return render(request, "projects/member.html", context, status=status)


def member_of(project: Project, pk: int) -> Membership:
    return get_object_or_404(project.memberships.select_related("user", "project"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def leave(request: SignedInRequest, slug: str) -> HttpResponse:
    """Stop being a member."""
    project = project_for(request.user, slug)
    membership = get_object_or_404(project.memberships.select_related("user"), user=request.user)
    refused = None
    if request.method == "POST":
        try:
            remove_member(membership=membership, by=request.user)
        except MemberRefused as error:
            refused = error
        else:
            messages.success(request, f"You have left “{project}”.")
            return redirect("project-list")
    context = {"project": project, "membership": membership, "refused": refused}
    return render(request, "projects/leave.html", context, status=409 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rights(request: SignedInRequest, slug: str) -> HttpResponse:
    """Which role may do what here; who manages the project changes which team edits which document."""
    right = Right.MANAGE if request.method == "POST" else Right.SEE
    project = project_for(request.user, slug, right)
    if request.method == "POST":
        usual = "usual" in request.POST
        try:
            allowed = pairs(None if usual else request.POST.getlist("edits"))
            was = None if usual else pairs(request.POST.getlist("was"))
        except ValueError as error:
            raise BadRequest(str(error)) from None
        changed = change_editors(project=project, allowed=allowed, was=was, by=request.user)
        messages.success(request, "Saved: it holds from now on." if changed else "Nothing had changed.")
        return redirect("project-rights", slug)
    context = {"project": project, "matrix": matrix_of(project), "rights": rights_table()}
    return render(request, "projects/rights.html", context)
