"""Pages between a form and its save: what saving brings about, and what to do when somebody saved first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from descriptors import catalogue
from descriptors.differences import changes
from descriptors.editor.forms import DecisionForm
from descriptors.editor.merging import Merged, merge
from descriptors.editor.outcome import body_of, chosen, chosen_of_merged, outcome_of
from descriptors.editor.page import Heads, Open, Page, body_at, draft_of, open_form
from descriptors.editor.plan import terms_of
from descriptors.editor.renames import merged_renames
from descriptors.editor.requests import SeeOther, address
from descriptors.editor.values import ABSENT
from descriptors.services.keep_draft import discard_draft
from descriptors.services.save_form import Saved, save_form
from descriptors.services.save_revision import StaleRevision, text_of
from descriptors.views import Request, frame
from tec import strictjson
from tec.projects.access import Right, project_for

if TYPE_CHECKING:
    from descriptors.drafts import Draft
    from descriptors.services.save_form import Chosen
    from tec.projects.models import Project

MOST_CHANGES = 300


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: Request, slug: str, descriptor: str) -> HttpResponse:
    """What saving the draft changes, opens and fixes; which values go and which names are carried along."""
    project = project_for(request.user, slug, Right.EDIT, descriptor=descriptor)
    heads = Heads(project)
    sent = decisions(request)
    draft = draft_of(request.user, project, descriptor, sent["draft"])
    if draft is None:
        return SeeOther(address("descriptor-detail", project, descriptor))
    if draft.based_on != heads.number(descriptor):
        return SeeOther(f"{address('descriptor-resolve', project, descriptor)}?draft={draft.key}")
    form = open_form(heads, descriptor, draft.state)
    outcome = outcome_of(form, heads.documents)
    if request.method == "POST" and not form.reading.faults:
        body = body_of(form, outcome, request.POST.getlist("keep"))
        names = request.POST.getlist("carry")
        carry = partial(chosen, form, body, names) if names else None
        return finish(request, project, heads, form, draft.key, body, carry, sent["reason"])
    found = changes(descriptor, form.saved, form.reading.document)
    context = {
        **frame(project, descriptor, heads.revisions.get(descriptor)),
        "form": Page(project, heads, form, by=request.user, draft=draft, nodes=False),
        "outcome": outcome,
        "carry": [each.name for each in outcome.renamed],
        "changes": found[:MOST_CHANGES],
        "more": len(found) - MOST_CHANGES,
    }
    return render(request, "descriptors/editor/review.html", context)


def finish(
    request: Request,
    project: Project,
    heads: Heads,
    form: Open,
    draft: str,
    body: dict[str, Any],
    carry: Chosen | None = None,
    reason: str = "",
) -> HttpResponse:
    """Save, say what was done, and go back to the form; or ask what to do if somebody saved first."""
    descriptor = form.plan.descriptor
    if said := beyond_limits(body):
        messages.error(request, said)
        return SeeOther(f"{address('descriptor-detail', project, descriptor)}?draft={draft}")
    try:
        saved = save_form(
            project=project,
            descriptor=descriptor,
            body=body,
            by=request.user,
            based_on=form.based_on,
            reason=reason,
            draft=draft,
            terms=terms_of(form.plan, body),
            carry=carry,
        )
    except StaleRevision:
        heads = Heads(project)
        kept = draft_of(request.user, project, descriptor, draft)
        if kept is None:
            raise
        return differing(request, project, heads, kept, status=409)
    messages.success(request, told(saved))
    return SeeOther(address("descriptor-detail", project, descriptor))


def beyond_limits(body: dict[str, Any]) -> str:
    """Why *body* cannot be saved, though each of its inputs is right; "" if it can.

    What is larger or deeper than any file that is read could be exported, but never imported again.
    """
    try:
        strictjson.loads(text_of(body).encode())
    except strictjson.StrictJSONError as problem:
        return (
            f"Nothing was saved yet, for this is more than a document may hold: {problem} Your draft is kept."
        )
    return ""


def told(saved: Saved) -> str:
    """What a save did, in a sentence or two."""
    if not saved.fresh:
        return "Nothing had changed."
    text = f"Saved as revision {saved.revision.number}."
    others = [
        f"{catalogue.NAMES[each.document.descriptor]} (revision {each.number})" for each in saved.carried
    ]
    return f"{text} The new name was carried to {', '.join(others)}." if others else text


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resolve(request: Request, slug: str, descriptor: str) -> HttpResponse:
    """Both versions beside each other, field by field, when somebody saved since the draft was begun."""
    project = project_for(request.user, slug, Right.EDIT, descriptor=descriptor)
    heads = Heads(project)
    sent = decisions(request)
    draft = draft_of(request.user, project, descriptor, sent["draft"])
    if draft is None or draft.based_on == heads.number(descriptor):
        return SeeOther(address("descriptor-detail", project, descriptor))
    if request.method != "POST":
        return differing(request, project, heads, draft)
    if request.POST.get("take") == "theirs":
        discard_draft(user=request.user, key=draft.key)
        return SeeOther(address("descriptor-detail", project, descriptor))
    if sent["based_on"] != heads.number(descriptor):
        return differing(request, project, heads, draft, moved=True, status=409)
    form, merged = together(request, project, heads, draft)
    if request.POST.get("take") != "mine" and changed_since(request, merged):
        return differing(request, project, heads, draft, retyped=True, status=409)
    if merged.undecided:
        return differing(request, project, heads, draft, undecided=True, status=422)
    if merged.document is ABSENT:
        discard_draft(user=request.user, key=draft.key)
        return SeeOther(address("descriptor-detail", project, descriptor))
    newest = form._replace(based_on=heads.number(descriptor))
    names = request.POST.getlist("carry")
    carry = partial(chosen_of_merged, form, merged.document, names) if names else None
    return finish(request, project, heads, newest, draft.key, merged.document, carry, sent["reason"])


def together(request: Request, project: Project, heads: Heads, draft: Draft) -> tuple[Open, Merged]:
    """The draft as a form on its own revision, and what the choices made so far make of it."""
    descriptor = draft.descriptor
    was = body_at(heads, project, descriptor, draft.based_on)
    form = open_form(heads, descriptor, draft.state, was, draft.based_on)
    choices = {name: request.POST[name] for name in request.POST}
    if request.POST.get("take") == "mine":
        choices = EverythingMine()
    sides = was, form.reading.document, heads.documents[descriptor]
    merged = merge(descriptor, *sides, choices)
    if choices and changed_since(request, merged):
        merged = merge(descriptor, *sides, {})  # they were made about other differences
    return form, merged


def changed_since(request: Request, merged: Merged) -> bool:
    """Whether the page on which somebody chose showed other differences than there are now."""
    return request.POST.get("seen", merged.seen) != merged.seen


class EverythingMine(dict[str, str]):
    """The choice of somebody who wants all of his own."""

    def get(self, key: str, default: Any = None) -> Any:
        return "mine"


def differing(
    request: Request, project: Project, heads: Heads, draft: Draft, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page with both versions."""
    form, merged = together(request, project, heads, draft)
    by = {
        side: [each for each in merged.differences if each.by == side] for side in ("both", "mine", "theirs")
    }
    renamed = merged_renames(draft.descriptor, form.saved, form.reading, merged.document, heads.documents)
    context = {
        **frame(project, draft.descriptor, heads.revisions.get(draft.descriptor)),
        "draft": draft,
        "faults": form.reading.faults,
        "number": heads.number(draft.descriptor),
        "same": not merged.differences,
        "seen": merged.seen,
        "by": by,
        "renamed": renamed,
        "carry": request.POST.getlist("carry")
        if request.method == "POST"
        else [each.name for each in renamed],
        **more,
    }
    return render(request, "descriptors/editor/resolve.html", context, status=status)


def decisions(request: Request) -> dict[str, Any]:
    """The facts beside the decisions: which draft, which revision was seen."""
    form = DecisionForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        raise BadRequest("The page came back incomplete. Go back, reload it and try again.")
    return form.cleaned_data
