"""Pages where rules of one's own are written, tried, and let into checks: of a project, or of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mismatch.own.dry_run import tried
from mismatch.own.files import MAX_BYTES, CaseResult, case_results, read_definition
from mismatch.own.models import DryRun, OwnRule, OwnRuleVersion
from mismatch.own.operators import OPERATORS
from mismatch.profiles.views import frame, manageable, may_change
from mismatch.services.try_own_rule import TooManyRuns, start_dry_run
from mismatch.services.write_own_rule import CasesFail, TooMany, activate, retire, write_version
from mismatch.views import Request, SeeOther, login_or_reload
from mismatch.wording import listing
from tec.audit.moved import Moved
from tec.projects.access import project_for
from tec.projects.forms import VersionField
from tec.strictjson import Refused
from tec.work.heartbeat import workers_listening

if TYPE_CHECKING:
    from tec.projects.models import Project

PAGE = 25
"""Versions of a rule that are listed at once."""

TEMPLATE = """\
title: What is wrong when the rule fires, in one sentence.
why: Why it matters.
severity: minor
left: system_context:/task
operator: one-of
values: [Classification, Regression]
message: "{left} is no task that we have."
remedy: Choose one of ours.
tests:
  - name: an unknown task
    fires: 1
    documents: { system_context: { task: Alchemy } }
  - name: a known one
    fires: 0
    documents: { system_context: { task: Regression } }
"""


@require_safe
@login_required
def listed(request: Request, slug: str = "") -> HttpResponse:
    """The rules of one place, and whether they take part in checks."""
    project = project_for(request.user, slug) if slug else None
    rules = OwnRule.objects.of(project).select_related("active").prefetch_related("versions")
    context = own_frame(project) | {"rules": rules, "may_change": may_change(request, project)}
    return render(request, "mismatch/own/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def written(request: Request, slug: str = "", own: int = 0) -> HttpResponse:
    """Write the next version of a rule, or a new rule: “try” shows what its cases say, “save” keeps it."""
    project = manageable(request, slug)
    rule = get_object_or_404(OwnRule.objects.of(project), number=own) if own else None
    last = rule.versions.first() if rule else None
    source = request.POST.get("source", last.source if last else TEMPLATE).replace("\r\n", "\n")
    number = last.number if last else 0
    based_on = VersionField().clean(request.POST.get("version")) if request.method == "POST" else number
    context = own_frame(project) | {"rule": rule, "source": source, "operators": OPERATORS}
    context["version"] = based_on
    if request.method != "POST":
        return render(request, "mismatch/own/write.html", context)
    if len(source.encode(errors="replace")) > MAX_BYTES:
        return render(request, "mismatch/own/write.html", context | {"problem": TOO_LONG}, status=422)
    try:
        cases = case_results(read_definition(source.encode(errors="replace"), rule.code if rule else "U1"))
        if "save" in request.POST and all(case.passed for case in cases):
            version = write_version(
                rule=rule,
                project=project,
                source=source,
                by=request.user,
                based_on=based_on if rule else None,
            )
            messages.success(request, f"{version} is kept. Look at what it would find, then activate it.")
            return SeeOther(address("own-rule", project, version.rule.number))
    except (Refused, TooMany) as problem:
        said = str(problem) if isinstance(problem, Refused) else TOO_MANY
        return render(request, "mismatch/own/write.html", context | {"problem": said}, status=422)
    except Moved as moved:
        assert rule
        newest = rule.versions.select_related("author").first()
        context |= {"moved": moved, "newest": newest, "version": moved.version}
        return render(request, "mismatch/own/write.html", context, status=409)
    return render(request, "mismatch/own/write.html", context | told(cases), status=422)


TOO_LONG = f"A rule has {MAX_BYTES:,} bytes at most."
TOO_MANY = "There are as many rules here as one place may have. Retire one and write its next version."


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def one(request: Request, own: int, slug: str = "") -> HttpResponse:
    """A rule with its versions and what was tried; POST activates a version or retires the rule."""
    if request.method == "POST":
        return decide(request, manageable(request, slug), own)
    project = project_for(request.user, slug) if slug else None
    rule = get_object_or_404(OwnRule.objects.of(project).select_related("active"), number=own)
    newest = rule.versions.all()[0]
    versions = rule.versions.select_related("author").defer("source", "definition")
    context = own_frame(project) | {
        "rule": rule,
        "page": Paginator(versions, PAGE).get_page(request.GET.get("page")),
        "newest": newest,
        "may_change": may_change(request, project),
        **trial(request, rule),
    }
    return render(request, "mismatch/own/one.html", context | told(case_results(newest.definition)))


SHOWN = 200
"""Projects of a dry run that the page shows."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_or_reload
def dry_run(request: Request, own: int, slug: str = "") -> HttpResponse:
    """POST has the newest version tried over the projects that one may see; GET says how far that is."""
    project = project_for(request.user, slug) if slug else None
    rule = get_object_or_404(OwnRule.objects.of(project).select_related("project"), number=own)
    if request.method != "POST":
        context = {"project": project, "rule": rule, **trial(request, rule)}
        return render(request, "mismatch/own/_dry_run.html", context)
    version = rule.versions.select_related("rule__project").all()[0]
    try:
        start_dry_run(version=version, by=request.user)
    except TooManyRuns as problem:
        messages.warning(request, str(problem))
    return SeeOther(f"{address('own-rule', project, own)}#dry-run")


def trial(request: Request, rule: OwnRule) -> dict[str, Any]:
    """What the page shows of what somebody has had tried."""
    run = DryRun.objects.newest_of(rule, request.user)
    found = tried(run, request.user, SHOWN) if run and run.done else []
    return {"run": run, "tried": found, "listening": bool(workers_listening())}


def decide(request: Request, project: Project | None, number: int) -> HttpResponse:
    rule = get_object_or_404(OwnRule.objects.of(project), number=number)
    chosen = request.POST.get("version", "")
    if chosen == "none":
        retire(rule=rule, by=request.user)
        messages.success(request, f"{rule} takes part in no check from now on.")
    else:
        if not (chosen.isascii() and chosen.isdecimal() and len(chosen) < 9):
            raise Http404("There is no such version.")
        version = get_object_or_404(OwnRuleVersion, rule=rule, number=int(chosen))
        try:
            activate(version=version, by=request.user)
            messages.success(request, f"{version} takes part in every check from now on.")
        except CasesFail:
            wrong = [case.name for case in case_results(version.definition) if not case.passed]
            said = f"{version} was not activated: its test cases do not come out, {listing(wrong)}."
            messages.error(request, said)
    return SeeOther(address("own-rule", project, number))


@require_safe
@login_required
def by_code(request: Request, code: str) -> HttpResponse:
    """The page of the rule with this code, wherever it is from: what findings link to."""
    rule = get_object_or_404(OwnRule.objects.select_related("project"), number=int(code[1:]))
    if not rule.everywhere and rule.project is None:
        raise Http404("The project of this rule is gone.")
    project = project_for(request.user, rule.project.slug) if rule.project else None
    return SeeOther(address("own-rule", project, rule.number))


def told(cases: list[CaseResult]) -> dict[str, Any]:
    return {"cases": cases, "sound": all(case.passed for case in cases)}


def own_frame(project: Project | None) -> dict[str, Any]:
    """What every page of these needs."""
    return frame(project) | {
        "own_home": address("own-rules", project),
        "new_url": address("own-rule-new", project),
    }


def address(name: str, project: Project | None, *args: object) -> str:
    where = [project.slug] if project else []
    return reverse(f"{'project' if project else 'organisation'}-{name}", args=[*where, *args])
