"""Pages that set checks against each other, and the gates."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mismatch import queries
from mismatch.comparing import SHOWN, compared
from mismatch.models import Baseline, Check, State
from mismatch.readiness import readiness
from mismatch.services.choose_baseline import choose_baseline
from mismatch.views import Request, SeeOther
from tec.projects.access import Right, project_for


@require_safe
@login_required
def compare(request: Request, slug: str) -> HttpResponse:
    """Two checks: `a`, by default what is counted against, and `b`, by default the last one."""
    project = project_for(request.user, slug)
    done = Check.objects.filter(project=project, state=State.DONE)
    chosen = Baseline.objects.filter(project=project).select_related("check_run").first()
    context = {"project": project, "baseline": chosen.check_run if chosen else None, "names": SHOWN}
    last = done.first()
    if last is None:
        return render(request, "mismatch/compare.html", context)
    now = get_object_or_404(done, number=number(request, "b")) if request.GET.get("b") else last
    if request.GET.get("a"):
        then = get_object_or_404(done, number=number(request, "a"))
    else:
        then = queries.reference_of(now) or now
    shown = request.GET.get("show", "")
    found = compared(then, now, shown=shown if shown in SHOWN else "new", page=request.GET.get("page"))
    return render(request, "mismatch/compare.html", context | {"found": found, "last": last})


@require_safe
@login_required
def gate(request: Request, slug: str) -> HttpResponse:
    """Whether the system may be built, integrated, deployed."""
    project = project_for(request.user, slug)
    only_new = "new" in request.GET
    return render(
        request,
        "mismatch/gate.html",
        {"project": project, "ready": readiness(project, only_new=only_new), "only_new": only_new},
    )


@require_POST
@login_required
def baseline(request: Request, slug: str) -> HttpResponse:
    """Count against the check with this number from now on; without one against the check before."""
    project = project_for(request.user, slug, Right.APPROVE)
    chosen = request.POST.get("check", "")
    check = None
    if chosen:
        done = Check.objects.filter(project=project, state=State.DONE)
        check = get_object_or_404(done, number=int(chosen) if chosen.isdecimal() and len(chosen) < 10 else 0)
    choose_baseline(project=project, check=check, by=request.user)
    against = f"check {check.number}" if check else "the check before"
    messages.success(request, f"New and fixed are counted against {against} from now on.")
    return SeeOther(reverse("check-list", args=[slug]))


def number(request: Request, name: str) -> int:
    """The number of a check in the address."""
    given = request.GET[name]
    if not (given.isascii() and given.isdecimal() and len(given) < 10):
        raise BadRequest(f"“{given[:40]}” is no number of a check.")
    return int(given)
