"""Pages where people say what they want of the rules, in one project or in all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mismatch.profiles.current import InForce, in_force, profile_by
from mismatch.profiles.files import FILE, write_profile
from mismatch.profiles.forms import ProfileFileForm, RuleForm
from mismatch.profiles.profile import Deviation, Profile, combined
from mismatch.profiles.words import effect, sentences
from mismatch.services.change_rules import change_rule, replace_rules
from mismatch.showing.rule_facts import RuleFacts, rule_facts
from mismatch.views import Request, SeeOther
from tec.audit.moved import Moved
from tec.projects.access import Right, administers, demand_administrator, may, project_for
from tec.projects.forms import VersionField

if TYPE_CHECKING:
    from tec.projects.models import Project

KINDS = {"changed": "Set otherwise", "mismatch": "Rules", "missing": "Required fields"}


class Line(NamedTuple):
    """One rule as the pages show it."""

    facts: RuleFacts
    severity: str  # as declared
    deviation: Deviation | None

    @property
    def effect(self) -> str:
        return effect(self.deviation) if self.deviation else ""


@require_safe
@login_required
def overview(request: Request, slug: str = "") -> HttpResponse:
    """What is set otherwise first; all rules by kind, searched."""
    project = project_for(request.user, slug) if slug else None
    force = in_force(project)
    rows = lines(force)
    kind, q = request.GET.get("kind", "changed"), request.GET.get("q", "")[:200].strip()
    if q and kind == "changed":
        kind = "mismatch"
    shown = [row for row in rows if kind_of(row) == kind or (kind == "changed" and row.deviation)]
    context = frame(project) | {
        "kinds": [(key, name, sum(_is(row, key) for row in rows)) for key, name in KINDS.items()],
        "kind": kind if kind in KINDS else "changed",
        "q": q,
        "lines": [row for row in shown if _has(row, q)],
        "said": sentences(force.profile) if force.profile.deviations else [],
        "critical_off": force.profile.critical_off,
        "faults": force.organisation.faults + force.project.faults,
        "may_change": may_change(request, project),
        "form": ProfileFileForm(version=(force.project if project else force.organisation).version),
    }
    return render(request, "mismatch/rules/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def one(request: Request, rule: str, slug: str = "") -> HttpResponse:
    """What is wanted of one rule: a form; POST with “reset” takes back what was set here."""
    project = manageable(request, slug)
    force = in_force(project)
    subject = force.known.get(rule)
    if subject is None:
        raise Http404(f"There is no rule “{rule}”.")
    here = force.project if project else force.organisation
    mine = next((each for each in here.deviations if each.rule == rule), None)
    theirs = next((each for each in force.organisation.deviations if each.rule == rule), None)
    form = RuleForm(request.POST or None, subject=subject, now=mine or theirs, version=here.version)
    context = frame(project) | {
        "form": form,
        "facts": rule_facts(subject.slug, subject.code),
        "subject": subject,
        "mine": mine,
        "theirs": theirs if project else None,
        "theirs_effect": effect(theirs) if theirs else "",
    }
    if request.method == "POST":
        reset = "reset" in request.POST
        if reset or form.is_valid():
            try:
                return keep(request, project, form, code=subject.code, reset=reset)
            except Moved as moved:
                anew = RuleForm(form.again(moved.version), subject=subject, now=mine, version=moved.version)
                context |= {"form": anew, "moved": moved}
                return render(request, "mismatch/rules/one.html", context, status=409)
    return render(request, "mismatch/rules/one.html", context, status=422 if form.is_bound else 200)


def keep(
    request: Request, project: Project | None, form: RuleForm, *, code: str, reset: bool
) -> HttpResponse:
    """Save what was chosen and go back to the overview. Raises Moved."""
    wanted = None if reset else form.wanted()
    version = VersionField().clean(request.POST.get("version"))
    change_rule(project=project, code=code, wanted=wanted, version=version, by=request.user)
    said = effect(wanted) if wanted else "as declared" if project is None else "no longer set here"
    messages.success(request, f"{code}: {said}. The next check goes by it.")
    return SeeOther(home(project))


@require_safe
@login_required
def file(request: Request, slug: str = "") -> HttpResponse:
    """All that holds, as the tec.toml by which the command line finds the same."""
    force = in_force(project_for(request.user, slug) if slug else None)
    response = HttpResponse(
        write_profile(combined(force.organisation.deviations, force.project.deviations), force.profile.name),
        content_type="application/toml; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="{FILE}"'
    return response


@require_POST
@login_required
def import_file(request: Request, slug: str = "") -> HttpResponse:
    """Replace all that is set here by a tec.toml."""
    project = manageable(request, slug)
    force = in_force(project)
    form = ProfileFileForm(request.POST, request.FILES, own=force.own)
    if not form.is_valid():
        return render(request, "mismatch/rules/import.html", frame(project) | {"form": form}, status=422)
    same = {each.code: each.effect for each in force.organisation.deviations} if project else {}
    wanted = {code: each for code, each in form.wanted.items() if each.effect != same.get(code)}
    try:
        number = replace_rules(
            project=project, wanted=wanted, by=request.user, version=form.cleaned_data["version"]
        )
    except Moved as moved:
        anew = ProfileFileForm(version=moved.version)
        context = frame(project) | {"form": anew, "moved": moved}
        return render(request, "mismatch/rules/import.html", context, status=409)
    messages.success(
        request, f"{number} rule{'' if number == 1 else 's'} changed. The next check goes by it."
    )
    return SeeOther(home(project))


@require_safe
@login_required
def of_check(request: Request, slug: str, number: int) -> HttpResponse:
    """The profile that a check went by, exactly as it was."""
    project = project_for(request.user, slug)
    check = get_object_or_404(project.checks.select_related("ruleset"), number=number)
    profile = profile_by(check) or Profile()
    rows = [Line(rule_facts(each.rule, each.code), each.usual, each) for each in profile.deviations]
    context = {"project": project, "check": check, "profile": profile, "lines": rows}
    return render(request, "mismatch/rules/of_check.html", context | {"said": sentences(profile)})


def manageable(request: Request, slug: str) -> Project | None:
    """The project whose rules may be changed; without a slug, those of all projects may be."""
    if slug:
        return project_for(request.user, slug, Right.MANAGE)
    demand_administrator(request.user)
    return None


def may_change(request: Request, project: Project | None) -> bool:
    return may(request.user, project, Right.MANAGE) if project else administers(request.user)


def frame(project: Project | None) -> dict[str, Any]:
    """What every page of these needs: where it is and where its addresses lead."""
    where, at = ("project", [project.slug]) if project else ("organisation", [])
    return {
        "project": project,
        "base": "base_project.html" if project else "mismatch/rules/base_organisation.html",
        "home": home(project),
        "file_url": reverse(f"{where}-rules-file", args=at),
        "import_url": reverse(f"{where}-rules-import", args=at),
        "own_url": reverse(f"{where}-own-rules", args=at),
    }


def home(project: Project | None) -> str:
    return reverse("project-rules", args=[project.slug]) if project else reverse("organisation-rules")


def lines(force: InForce) -> list[Line]:
    """Every rule with what is wanted of it now."""
    found = {each.rule: each for each in force.profile.deviations}
    return [
        Line(rule_facts(each.slug, each.code), each.severity, found.get(each.slug))
        for each in force.known.values()
    ]


def kind_of(row: Line) -> str:
    return "missing" if row.facts.slug == row.facts.code.lower() and "-" in row.facts.code else "mismatch"


def _is(row: Line, kind: str) -> bool:
    return row.deviation is not None if kind == "changed" else kind_of(row) == kind


def _has(row: Line, q: str) -> bool:
    text = f"{row.facts.code} {row.facts.slug} {row.facts.title}".casefold()
    return all(word in text for word in q.casefold().split())
