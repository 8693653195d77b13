"""Pages about the addresses that a project tells what happens; for those who manage it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tec.audit.moved import Moved
from tec.notices.forms import ChangeWebhookForm, WebhookForm
from tec.notices.kinds import public
from tec.notices.models import Outcome, Webhook
from tec.notices.services import change_webhook as service
from tec.projects.access import Right, project_for
from tec.projects.models import Project
from tec.projects.requests import SignedInRequest

PER_PAGE = 50


@login_required
@require_GET
def webhooks(request: SignedInRequest, slug: str) -> HttpResponse:
    project = project_for(request.user, slug, Right.MANAGE)
    hooks = project.webhooks.annotate(
        waiting=Count("deliveries", filter=Q(deliveries__outcome=Outcome.WAITING)),
        failed=Count("deliveries", filter=Q(deliveries__outcome=Outcome.FAILED)),
        delivered_at=Max("deliveries__tried_at", filter=Q(deliveries__outcome=Outcome.DELIVERED)),
    )
    return render(
        request, "notices/webhooks.html", {"project": project, "hooks": hooks, "most": service.MOST}
    )


@login_required
def add(request: SignedInRequest, slug: str) -> HttpResponse:
    project = project_for(request.user, slug, Right.MANAGE)
    form = WebhookForm(request.POST or None, initial={"kinds": list(public())})
    if form.is_valid():
        try:
            hook, secret = service.add_webhook(project=project, by=request.user, **form.cleaned_data)
        except service.TooMany:
            form.add_error(None, f"A project has at most {service.MOST} webhooks. Remove one first.")
        else:
            return shown(request, project, hook, secret=secret)
    return asked(request, project, form)


@login_required
def edit(request: SignedInRequest, slug: str, webhook: int) -> HttpResponse:
    project = project_for(request.user, slug, Right.MANAGE)
    hook = get_object_or_404(project.webhooks, pk=webhook)
    form = ChangeWebhookForm(request.POST or None, initial=ChangeWebhookForm.initial_of(hook))
    if form.is_valid():
        try:
            service.change_webhook(hook=hook, by=request.user, **form.cleaned_data)
        except Moved as moved:
            hook.refresh_from_db()
            anew = ChangeWebhookForm.merged(moved, form.cleaned_data, hook)
            return asked(request, project, anew, hook, moved)
        messages.success(request, "Saved.")
        return redirect("webhook-detail", slug, webhook)
    return asked(request, project, form, hook)


@login_required
@never_cache
@require_GET
def detail(request: SignedInRequest, slug: str, webhook: int) -> HttpResponse:
    """What was sent to one address, and what it answered."""
    project = project_for(request.user, slug, Right.MANAGE)
    return shown(request, project, get_object_or_404(project.webhooks, pk=webhook))


@login_required
@never_cache
@require_POST
def do(request: SignedInRequest, slug: str, webhook: int) -> HttpResponse:
    """Try, pause, go on, renew the secret, or remove."""
    project = project_for(request.user, slug, Right.MANAGE)
    hook = get_object_or_404(project.webhooks, pk=webhook)
    match request.POST.get("what"):
        case "try":
            service.try_webhook(hook=hook, by=request.user)
            messages.info(request, "A message is on its way. Reload this page to see the answer.")
        case "pause" | "resume" as what:
            service.change_webhook(hook=hook, by=request.user, active=what == "resume")
        case "renew":
            secret = service.renew_secret(hook=hook, by=request.user)
            return shown(request, project, hook, secret=secret)
        case "remove":
            service.remove_webhook(hook=hook, by=request.user)
            messages.success(request, f"“{hook}” is removed and is told nothing any more.")
            return redirect("webhook-list", slug)
        case _:
            raise BadRequest("The page came back incomplete. Go back, reload it and try again.")
    return redirect("webhook-detail", slug, webhook)


@login_required
@require_POST
def again(request: SignedInRequest, slug: str, webhook: int, delivery: UUID) -> HttpResponse:
    project = project_for(request.user, slug, Right.MANAGE)
    hook = get_object_or_404(project.webhooks, pk=webhook)
    service.send_again(delivery=get_object_or_404(hook.deliveries, pk=delivery), by=request.user)
    messages.info(request, "The message is sent once more. Reload this page to see the answer.")
    return redirect("webhook-detail", slug, webhook)


def asked(
    request: SignedInRequest,
    project: Project,
    form: WebhookForm,
    hook: Webhook | None = None,
    moved: Moved | None = None,
) -> HttpResponse:
    context = {"project": project, "form": form, "hook": hook, "moved": moved}
    status = 409 if moved else 422 if form.errors else 200
    return render(request, "notices/webhook_form.html", context, status=status)


def shown(request: SignedInRequest, project: Project, hook: Webhook, secret: str = "") -> HttpResponse:
    """The page of one address; *secret* has just been made and is shown this once."""
    page = Paginator(hook.deliveries.all(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"project": project, "hook": hook, "page": page, "secret": secret, "kinds": public()}
    return render(request, "notices/webhook.html", context)
