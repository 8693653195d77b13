"""Pages about the Git repository that a project is linked to."""

from __future__ import annotations

import shutil
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from descriptors import catalogue
from descriptors.differences import changes
from descriptors.models import Revision
from descriptors.repositories import queries
from descriptors.repositories.forms import ChoiceForm, RepositoryForm, without_secret
from descriptors.repositories.models import FollowedDocument, Repository, Sync
from descriptors.repositories.services import link_repository as linking
from descriptors.repositories.services.settle_difference import NothingToSettle, keep_ours, take_from_git
from descriptors.repositories.services.start_sync import start_sync
from descriptors.repositories.services.store_sync import digest, document_of
from descriptors.services.save_revision import StaleRevision
from tec.audit.moved import Moved
from tec.projects.access import Right, project_for
from tec.projects.models import Project
from tec.projects.requests import SignedInRequest

PAGE = 25
MOST_CHANGES = 200


@login_required
@require_safe
def repository(request: SignedInRequest, slug: str) -> HttpResponse:
    """How the project is linked, how every document stands, and what the syncs did."""
    project = project_for(request.user, slug)
    linked = queries.repository_of(project)
    context: dict[str, Any] = {**frame(project), "repository": linked}
    if linked:
        syncs = linked.syncs.select_related("requested_by").order_by("-number")
        listed = Paginator(syncs, PAGE).get_page(request.GET.get("page"))
        context |= {
            "page": listed,
            "last": syncs.first(),
            "told": syncs.exclude(files=None).first(),  # the newest that looked at the files
            "documents": queries.standings(linked),
            "web": without_secret(linked.url),
            "hook_address": linked.hook_address if linked.hook_secret else "",
        }
    return render(request, "repositories/repository.html", context)


@login_required
def link(request: SignedInRequest, slug: str) -> HttpResponse:
    """Link the project, or change how it is linked."""
    project = project_for(request.user, slug, Right.MANAGE)
    linked = queries.repository_of(project)
    form = RepositoryForm(request.POST or None, repository=linked, initial=RepositoryForm.initial_of(linked))
    if form.is_valid():
        given = {"by": request.user, "credential": form.credential_given(), **form.values()}
        if linked:
            try:
                kept = linking.change_repository(
                    repository=linked, version=form.cleaned_data["version"], **given
                )
            except Moved as moved:
                linked.refresh_from_db()
                context = {**frame(project), "repository": linked, "moved": moved}
                context["form"] = form.merged(moved, linked)
                return render(request, "repositories/link.html", context, status=409)
            messages.success(request, "Saved. The next sync goes by it.")
        else:
            kept = linking.link_repository(project=project, **given)
            messages.success(request, "Linked.")
        if kept.public_key and form.cleaned_data["credential"] != "keep":
            messages.info(request, "Register the public key below at the Git host before the first sync.")
        return redirect(kept)
    status = 422 if form.errors else 200
    context = {**frame(project), "repository": linked, "form": form}
    return render(request, "repositories/link.html", context, status=status)


@login_required
def unlink(request: SignedInRequest, slug: str) -> HttpResponse:
    """Take the link away, after asking."""
    linked = linked_or_404(project_for(request.user, slug, Right.MANAGE))
    if request.method == "POST":
        linking.unlink_repository(repository=linked, by=request.user)
        messages.success(request, "The link is gone. Documents and their history are as they were.")
        return redirect("repository", slug)
    return render(request, "repositories/unlink.html", {**frame(linked.project), "repository": linked})


@login_required
@require_POST
def sync(request: SignedInRequest, slug: str) -> HttpResponse:
    """Start a sync, or go to the one that waits."""
    linked = linked_or_404(project_for(request.user, slug, Right.CHECK))
    return redirect(start_sync(repository=linked, by=request.user))


@login_required
@require_safe
def sync_detail(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """One sync: how far it is, or what it brought."""
    shown = sync_of(project_for(request.user, slug), number)
    context = {
        **frame(shown.repository.project),
        **queries.progress(shown),
        "files": shown.files.select_related("revision") if shown.finished else [],
    }
    return render(request, "repositories/sync.html", context)


@require_safe
def sync_progress(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """The part of the page that shows how far a sync is; at the end the page is reloaded."""
    if request.htmx and not request.user.is_authenticated:
        return HttpResponseClientRefresh()
    return _sync_progress(request, slug, number)


@login_required
def _sync_progress(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    shown = sync_of(project_for(request.user, slug), number)
    if shown.finished:
        return HttpResponseClientRefresh()
    return render(request, "repositories/_progress.html", queries.progress(shown))


@login_required
@require_POST
@never_cache
def hook_secret(request: SignedInRequest, slug: str) -> HttpResponse:
    """Set the webhook up, or give it another secret, shown on this page only; or take it away."""
    linked = linked_or_404(project_for(request.user, slug, Right.MANAGE))
    if "remove" in request.POST:
        linking.remove_hook(repository=linked, by=request.user)
        messages.success(request, "The webhook is taken away: its address answers 404 from now on.")
        return redirect(linked)
    secret = linking.renew_hook(repository=linked, by=request.user)
    context = {
        **frame(linked.project),
        "repository": linked,
        "secret": secret,
        "hook_address": linked.hook_address,
    }
    return render(request, "repositories/hook.html", context)


@login_required
@require_POST
def host_key(request: SignedInRequest, slug: str) -> HttpResponse:
    """Forget the key of the ssh server."""
    linked = linked_or_404(project_for(request.user, slug, Right.MANAGE))
    linking.forget_host_key(repository=linked, by=request.user)
    messages.success(request, "The next sync accepts the key that the server shows then, and remembers it.")
    return redirect(linked)


@login_required
def difference(request: SignedInRequest, slug: str, descriptor: str) -> HttpResponse:
    """What TEC and Git say about one document, and which of them wins."""
    project = project_for(request.user, slug, Right.EDIT, descriptor=descriptor)
    linked = linked_or_404(project)
    followed = linked.documents.select_related("offered_by").filter(descriptor=descriptor).first()
    if followed is None or not followed.offered:
        messages.info(request, f"{catalogue.NAMES[descriptor]} is settled: there is nothing to choose.")
        return redirect(linked)
    form = ChoiceForm(request.POST or None)
    status, stale = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                chosen = settle(request, followed, form.cleaned_data)
            except NothingToSettle:
                messages.info(request, "Git or somebody else was faster: look at the difference again.")
                return redirect("repository-difference", slug, descriptor)
            except StaleRevision as error:
                status, stale = 409, error
            else:
                messages.success(request, chosen)
                return redirect(linked)
    context = {**frame(project), **compared(project, followed), "stale": stale, "form": form}
    return render(request, "repositories/difference.html", context, status=status)


def settle(request: SignedInRequest, followed: FollowedDocument, chosen: dict[str, Any]) -> str:
    """Carry out the choice; returns what to say about it."""
    name = catalogue.NAMES[followed.descriptor]
    if chosen["take"] == "tec":
        keep_ours(followed=followed, by=request.user, offered=chosen["offered"])
        return f"{name} stays as it is in TEC. Export and commit it, and Git says the same."
    kept = take_from_git(
        followed=followed, by=request.user, based_on=chosen["based_on"], offered=chosen["offered"]
    )
    return f"{name} now says what Git says, as revision {kept.number}. The state before is in its history."


def compared(project: Project, followed: FollowedDocument) -> dict[str, Any]:
    """Both sides of a difference."""
    heads = Revision.objects.filter(head_of__project=project, head_of__descriptor=followed.descriptor)
    head = heads.first()
    found = changes(followed.descriptor, head.body if head else None, document_of(followed.offered))
    return {
        "followed": followed,
        "head": head,
        "name": catalogue.NAMES[followed.descriptor],
        "descriptor": followed.descriptor,
        "offered": digest(followed.offered),
        "differences": found[:MOST_CHANGES],
        "more": max(0, len(found) - MOST_CHANGES),
    }


def linked_or_404(project: Project) -> Repository:
    linked = queries.repository_of(project)
    if linked is None:
        raise Http404("The project is not linked to a repository.")
    return linked


def sync_of(project: Project, number: int) -> Sync:
    syncs = Sync.objects.filter(repository__project=project)
    return get_object_or_404(syncs.select_related("repository__project", "requested_by"), number=number)


def frame(project: Project) -> dict[str, Any]:
    """What every one of these pages shows."""
    return {"project": project, "tab": "overview", "no_git": shutil.which("git") is None}
