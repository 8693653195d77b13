"""Pages where people say something about findings: decide, approve, undo, comment, assign, name a view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mismatch import queries
from mismatch.decisions.forms import AssignForm, CommentForm, DecideForm, SavedViewForm
from mismatch.decisions.models import DecisionKind, SavedView
from mismatch.models import Check, Decision, Finding, Sighting
from mismatch.services.answer_decisions import approve_decisions, withdraw_decisions
from mismatch.services.decide_findings import MOST, DecisionRefused, decide_findings
from mismatch.services.discuss_finding import assign_findings, comment_on_finding
from mismatch.services.keep_view import ViewRefused, forget_view, keep_view
from mismatch.showing.history import comments_of, episodes
from mismatch.showing.review import card_of, matching
from mismatch.views import Request, SeeOther, check_of
from tec.projects.access import Right, project_for
from tec.projects.people import called

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from tec.projects.models import Project

DONE = {
    DecisionKind.ACCEPT: "Risk accepted",
    DecisionKind.DISMISS: "Called no problem",
    DecisionKind.PLAN: "Fix planned",
}
LISTED = 20
"""How many of the chosen findings the page names; of the others it says the number."""


@require_safe
@login_required
def finding(request: Request, slug: str, fingerprint: str) -> HttpResponse:
    """One finding with its whole life, and everything that can be said about it."""
    project = project_for(request.user, slug)
    found = finding_of(project, fingerprint)
    before = number_in(request.GET, "before")
    return render(request, "mismatch/finding.html", life_of(project, found, before=before))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def decide(request: Request, slug: str) -> HttpResponse:
    """GET: a form for the chosen findings, or with `all` for all that the filters match. POST: decide."""
    project = project_for(request.user, slug, Right.DECIDE)
    posted = request.method == "POST"
    asked = request.POST if posted else request.GET
    check = check_of(project, number_in(asked, "check"))
    chosen = asked.get("findings", "").split() or asked.getlist("finding")
    if "all" in asked and not posted:
        chosen = matching(check, asked.get("of", "mismatch"), asked)[:MOST]
    form = DecideForm(request.POST if posted else None, project=project)
    if posted and form.is_valid():
        try:
            made = decide_findings(
                project=project, check=check, fingerprints=chosen, terms=form.terms(), by=request.user
            )
        except DecisionRefused as refused:
            form.refuse(refused)
        else:
            say_decided(request, made)
            return SeeOther(next_of(request, project))
    context = {"form": form, "assign": AssignForm(project=project), **chosen_of(check, chosen, request.user)}
    context |= {"project": project, "check": check, "next": next_of(request, project)}
    return render(request, "mismatch/decide.html", context)


@require_POST
@login_required
def answer(request: Request, slug: str, verb: str) -> HttpResponse:
    """Approve decisions or take them back: those with the ids `decision`, or all of a `batch`."""
    project = project_for(request.user, slug, Right.APPROVE if verb == "approve" else Right.DECIDE)
    ids = [int(pk) for pk in request.POST.getlist("decision") if pk.isdecimal() and len(pk) < 19]
    if batch := request.POST.get("batch", ""):
        ids += batch_of(project, batch)
    act, done = (approve_decisions, "approved") if verb == "approve" else (withdraw_decisions, "taken back")
    try:
        number = act(project=project, decisions=ids, by=request.user)
        messages.success(request, f"{number} decision{'s' if number != 1 else ''} {done}.")
    except DecisionRefused as refused:
        messages.error(request, str(refused))
    return SeeOther(next_of(request, project))


@require_POST
@login_required
def comment(request: Request, slug: str, fingerprint: str) -> HttpResponse:
    project = project_for(request.user, slug, Right.DECIDE)
    found = finding_of(project, fingerprint)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return render(request, "mismatch/finding.html", life_of(project, found) | {"comment_form": form})
    comment_on_finding(finding=found, by=request.user, text=form.cleaned_data["text"])
    return SeeOther(f"{reverse('finding-detail', args=[slug, fingerprint])}#comments")


@require_POST
@login_required
def assign(request: Request, slug: str) -> HttpResponse:
    project = project_for(request.user, slug, Right.DECIDE)
    form = AssignForm(request.POST, project=project)
    if form.is_valid():
        to = form.cleaned_data["to"]
        try:
            number = assign_findings(
                project=project, fingerprints=request.POST.get("findings", "").split(), to=to, by=request.user
            )
            said = f"{called(to)} looks after" if to else "Nobody looks after"
            messages.success(request, f"{said} {number} finding{'s' if number != 1 else ''} now.")
        except DecisionRefused as refused:
            messages.error(request, str(refused))
    else:
        messages.error(request, "Choose a member of the project.")
    return SeeOther(next_of(request, project))


@require_POST
@login_required
def save_view(request: Request, slug: str) -> HttpResponse:
    """Keep the filters under a name; the same name again replaces them."""
    project = project_for(request.user, slug)
    form = SavedViewForm(request.POST)
    if form.is_valid():
        query = QueryDict(form.cleaned_data["query"], mutable=True)
        query.pop("page", None)
        try:
            view = keep_view(
                project=project,
                by=request.user,
                kind=form.cleaned_data["kind"],
                name=form.cleaned_data["name"],
                query=query.urlencode(),
                shared=form.cleaned_data["shared"],
            )
        except ViewRefused as refused:
            messages.error(request, str(refused))
            return SeeOther(next_of(request, project))
        messages.success(request, f"The view “{view.name}” is kept.")
        return SeeOther(view.get_absolute_url())
    messages.error(request, "A view needs a name of at most 60 characters.")
    return SeeOther(next_of(request, project))


@require_POST
@login_required
def delete_view(request: Request, slug: str, pk: int) -> HttpResponse:
    project = project_for(request.user, slug)
    view = get_object_or_404(SavedView, project=project, owner=request.user, pk=pk)
    forget_view(view=view, by=request.user)
    messages.success(request, f"The view “{view.name}” is gone.")
    return SeeOther(next_of(request, project))


def finding_of(project: Project, fingerprint: str) -> Finding:
    return get_object_or_404(
        Finding.objects.select_related("project", "assignee"), project=project, fingerprint=fingerprint
    )


def life_of(project: Project, found: Finding, before: int = 0) -> dict[str, Any]:
    """What the page of a finding shows: of the comments the last ones, or the last *before* one of them."""
    sighted = Sighting.objects.judged().select_related("check_run")
    last = sighted.get(finding=found, check_run=found.last_seen_id)
    newest = queries.standing(project).done
    decisions = found.decisions.select_related("author", "who", "approved_by", "withdrawn_by", "check_run")
    return {
        "project": project,
        "check": last.check_run,
        "finding": found,
        "gone": newest is not None and newest.pk != last.check_run_id,
        "card": card_of(last, queries.reference_of(last.check_run)),
        "episodes": episodes(found, last),
        "decisions": decisions,
        "comments": comments_of(found, before),
        "form": DecideForm(project=project),
        "assign": AssignForm(project=project, initial={"to": found.assignee_id}),
        "comment_form": CommentForm(),
        "next": reverse("finding-detail", args=[project.slug, found.fingerprint]),
    }


def chosen_of(check: Check, fingerprints: list[str], by: User) -> dict[str, Any]:
    """What the page to decide says about the chosen findings."""
    chosen = Sighting.objects.filter(
        check_run=check, outcome="fail", finding__fingerprint__in=fingerprints[:MOST]
    )
    listed = list(chosen.select_related("finding").order_by("position"))
    proposals = queries.proposals_of(listed)
    proposed = [(each.finding, proposals[each.finding_id]) for each in listed if each.finding_id in proposals]
    return {
        "proposed": [(about, one) for about, one in proposed if one.author_id != by.pk][:LISTED],
        "chosen": listed[:LISTED],
        "number": len(listed),
        "rest": max(0, len(listed) - LISTED),
        "critical": sum(each.severity == "critical" for each in listed),
        "findings": " ".join(each.finding.fingerprint for each in listed),
    }


def say_decided(request: Request, made: list[Decision]) -> None:
    waiting = sum(each.needs_approval for each in made)
    done = len(made) - waiting
    plural = "s" if done != 1 else ""
    if done:
        until = f" until {made[0].until:%-d %b %Y}" if made[0].until else ""
        messages.success(request, f"{DONE[DecisionKind(made[0].kind)]}{until}: {done} finding{plural}.")
    if waiting:
        messages.info(
            request,
            f"{waiting} critical: proposed, and open until somebody else, an owner or a reviewer, approves.",
        )


def batch_of(project: Project, batch: str) -> list[int]:
    """The ids of what was decided in one go; none for what is no batch."""
    try:
        wanted = UUID(batch)
    except ValueError:
        return []
    known = Decision.objects.kept().filter(finding__project=project, batch=wanted)
    return list(known.values_list("pk", flat=True))


def number_in(asked: QueryDict, name: str) -> int:
    """The number that is given as *name*; 0 for what is none."""
    number = asked.get(name, "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0


def next_of(request: Request, project: Project) -> str:
    """Where to go afterwards: the page that asked, if it is one of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("mismatch-list", args=[project.slug])
