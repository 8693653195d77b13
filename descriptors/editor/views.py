"""The form of a document: see it, keep what is typed, save it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from descriptors.drafts import Draft
from descriptors.editor import posted
from descriptors.editor.actions import UnknownAction, act
from descriptors.editor.choices import Choices
from descriptors.editor.deciding import finish
from descriptors.editor.forms import TypedForm
from descriptors.editor.outcome import outcome_of
from descriptors.editor.page import Heads, Open, Page, body_at, draft_of, open_form, vocabularies
from descriptors.editor.requests import SeeOther, address
from descriptors.services.keep_draft import DraftMoved, DraftTooLarge, discard_draft, keep_draft
from descriptors.views import Request, frame
from tec.projects.access import Right, may, project_for
from tec.projects.models import Project

TOO_LARGE = "This is more than a document may hold; shorten it."


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: Request, slug: str, descriptor: str) -> HttpResponse:
    """The form, with what this person has typed and not saved yet."""
    right = Right.EDIT if request.method == "POST" else Right.SEE
    project = project_for(request.user, slug, right, descriptor=descriptor)
    heads = Heads(project)
    if request.method == "POST":
        return submit(request, project, descriptor, heads)
    wanted = request.GET.get("draft", "")
    writes = may(request.user, project, Right.EDIT, descriptor)
    draft = draft_of(request.user, project, descriptor, wanted) if writes and wanted != "none" else None
    if draft and draft.based_on != heads.number(descriptor):
        return SeeOther(f"{address('descriptor-resolve', project, descriptor)}?draft={draft.key}")
    opened = open_form(heads, descriptor, draft.state if draft else {})
    page = Page(
        project,
        heads,
        opened,
        by=request.user,
        draft=draft,
        only=request.GET.get("section", ""),
        all_open="all" in request.GET,
    )
    drafts = Draft.objects.of(request.user, project, descriptor).exclude(key=page.key)
    others = drafts.defer("text") if writes else []
    return shown(request, project, heads, page, others=others)


def submit(request: Request, project: Project, descriptor: str, heads: Heads) -> HttpResponse:
    """Do what the pressed button says with what was typed; whatever it is, nothing typed is lost."""
    sent, opened, state = typed(request, project, descriptor, heads)
    try:
        return pressed(request, project, descriptor, heads, opened, sent, state)
    except DraftTooLarge:
        messages.error(request, f"{TOO_LARGE} Nothing of it was kept yet.")
        draft = draft_of(request.user, project, descriptor, sent["draft"])
        page = Page(project, heads, opened, by=request.user, draft=draft, only=sent["section"])
        return shown(request, project, heads, page, status=413)


def pressed(
    request: Request,
    project: Project,
    descriptor: str,
    heads: Heads,
    opened: Open,
    sent: dict[str, Any],
    state: dict[str, str],
) -> HttpResponse:
    """What the button does. Raises DraftTooLarge if what was typed cannot even be a draft."""
    op = sent["op"]
    if op == "discard":
        discard_draft(user=request.user, key=sent["draft"])
        return back(project, descriptor, sent)
    if op == "save":
        return save(request, project, descriptor, heads, opened, sent)
    at = ""
    if op not in {"keep", "review"}:
        try:
            state, at = act(opened.plan, opened.saved, state, op, request.POST.getlist("pick"))
        except UnknownAction:
            raise BadRequest(f"The form has no button “{op[:60]}”.") from None
    keep(request, project, descriptor, sent, state)
    if op == "review":
        return SeeOther(f"{address('descriptor-review', project, descriptor)}?draft={sent['draft']}")
    return back(project, descriptor, sent, at)


def typed(
    request: Request, project: Project, descriptor: str, heads: Heads
) -> tuple[dict[str, Any], Open, dict[str, str]]:
    """What was sent: the facts beside the form, the form itself, and all that differs from the revision."""
    form = TypedForm(request.POST)
    if not form.is_valid():
        raise BadRequest("The form came back incomplete. Go back, reload the page and send it again.")
    sent = form.cleaned_data
    number = sent["based_on"]
    draft = draft_of(request.user, project, descriptor, sent["draft"])
    if draft and draft.based_on != number:  # a draft of another revision is neither used nor replaced
        sent["draft"], draft = uuid4().hex, None
    state = draft.state if draft else {}
    state |= posted.typed((name, request.POST[name]) for name in request.POST)
    opened = open_form(heads, descriptor, state, body_at(heads, project, descriptor, number), number)
    return sent, opened, posted.essence(state, opened.reading)


def keep(
    request: Request, project: Project, descriptor: str, sent: dict[str, Any], state: dict[str, str]
) -> Draft:
    return keep_draft(
        user=request.user,
        project=project,
        descriptor=descriptor,
        key=sent["draft"],
        based_on=sent["based_on"],
        state=state,
    )


def save(
    request: Request,
    project: Project,
    descriptor: str,
    heads: Heads,
    opened: Open,
    sent: dict[str, Any],
) -> HttpResponse:
    """Save what was typed, or say why it cannot be."""
    if opened.reading.faults:
        draft = keep(request, project, descriptor, sent, posted.essence(opened.state, opened.reading))
        page = Page(project, heads, opened, by=request.user, draft=draft, only=sent["section"])
        return shown(request, project, heads, page, refused=True, status=422)
    outcome = outcome_of(opened, heads.documents)
    keep(request, project, descriptor, sent, posted.essence(opened.state, opened.reading))
    if outcome.open:
        return SeeOther(f"{address('descriptor-review', project, descriptor)}?draft={sent['draft']}")
    return finish(
        request, project, heads, opened, sent["draft"], opened.reading.document, reason=sent["reason"]
    )


def shown(
    request: Request, project: Project, heads: Heads, page: Page, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = frame(project, page.descriptor, heads.revisions.get(page.descriptor))
    writes = may(request.user, project, Right.EDIT, page.descriptor)
    context |= {"form": page, "read_only": not writes, **more}
    return render(request, "descriptors/editor/form.html", context, status=status)


def back(project: Project, descriptor: str, sent: dict[str, Any], at: str = "") -> HttpResponse:
    """To the form, at the place something happened."""
    query = f"?section={sent['section']}" if sent["section"] else ""
    return SeeOther(f"{address('descriptor-detail', project, descriptor)}{query}{'#' if at else ''}{at}")


@login_required
@never_cache
@require_POST
def draft(request: Request, slug: str, descriptor: str) -> HttpResponse:
    """Keep what a window has typed since it asked last; answers with everything that depends on it."""
    project = project_for(request.user, slug, Right.EDIT, descriptor=descriptor)
    heads = Heads(project)
    sent, opened, state = typed(request, project, descriptor, heads)
    number = heads.number(descriptor)
    kept = None
    try:
        if state or sent["version"] is None or sent["version"]:
            kept = keep_draft(
                user=request.user,
                project=project,
                descriptor=descriptor,
                key=sent["draft"],
                based_on=sent["based_on"],
                state=state,
                version=sent["version"],
            )
    except DraftMoved:
        return JsonResponse({"moved": True}, status=409)
    except DraftTooLarge:
        return JsonResponse({"error": TOO_LARGE}, status=413)
    page = Page(project, heads, opened, by=request.user, draft=kept, only=sent["section"], nodes=False)
    return JsonResponse(answer(request, project, page, stale=number != sent["based_on"]))


def answer(request: Request, project: Project, page: Page, *, stale: bool) -> dict[str, Any]:
    """What a window shows anew after its draft was kept."""
    context = {"form": page, "project": project, "descriptor": page.descriptor, "absent": False}
    return {
        "version": page.version,
        "stale": stale,
        "changes": page.changes,
        "savebar": render_to_string("descriptors/editor/_savebar.html", context, request),
        "outline": render_to_string("descriptors/editor/_outline.html", context, request),
        "parts": {
            part.id: [part.gist, render_to_string("descriptors/editor/_part_state.html", {"part": part})]
            for part in page.parts
        },
        "wrong": {**page.marks.problems, **page.marks.faults},
        "missing": list(page.marks.missing),
        "mended": sorted(page.mended),
    }


@login_required
@never_cache
@require_safe
def choices(request: Request, slug: str, descriptor: str) -> HttpResponse:
    """What the inputs offer, as the other documents are now."""
    project = project_for(request.user, slug)
    heads = Heads(project)
    kept = draft_of(request.user, project, descriptor)
    usable = kept and kept.based_on == heads.number(descriptor)
    opened = open_form(heads, descriptor, kept.state if kept and usable else {})
    offered = Choices(descriptor, heads.documents, opened.reading.document, vocabularies())
    offered.prepare(opened.plan.root)
    return render(request, "descriptors/editor/_choices.html", {"choices": offered})
