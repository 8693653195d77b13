"""The site's own pages: those that need no project, and those that need all apps at once."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django.views.defaults import page_not_found

from descriptors import catalogue
from descriptors.catalogue import NAMES
from mismatch.engine import RULES
from mismatch.own import views as own_views
from mismatch.own.rules import CODE as OWN_RULE
from mismatch.queries import progress, standing
from mismatch.required.checks import checks
from mismatch.showing import rule_pages
from mismatch.views import Request
from tec.api.fallback import is_api, refusal
from tec.pages.desk import desk_of
from tec.pages.diagram import NODES, strands
from tec.pages.listing import (
    PER_PAGE,
    SHOWN,
    SORTS,
    WHOSE,
    ListForm,
    facts_of,
    listed,
    projects_of,
    rows_of,
    with_facts,
)
from tec.pages.map import map_of
from tec.pages.overview import overview_of
from tec.pages.queries import tallies
from tec.pages.relationships import REFERENCES, edges
from tec.pages.resources import changelog, eight, faults
from tec.pages.rulebook import KINDS, counted, groups, neighbours, own_rules
from tec.pages.styletokens import tokens
from tec.pages.tallmap import tall_map_of
from tec.projects.access import project_for
from tec.projects.requests import SignedInRequest
from tec.templatetags.tec_ui import THEMES

YEAR = 365 * 24 * 3600
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def home(request: HttpRequest) -> HttpResponse:
    """For those who have a project what waits for them, for everybody else what this is."""
    desk = desk_of(request.user) if request.user.is_authenticated else None
    if desk is None:
        return about(request, newcomer=request.user.is_authenticated)
    return render(request, "home/desk.html", {"desk": desk})


def about(request: HttpRequest, *, newcomer: bool = False) -> HttpResponse:
    context = {
        "newcomer": newcomer,
        "eight": eight(),
        "rules": len(RULES),
        "required": sum(len(checks(descriptor)) for descriptor in catalogue.DESCRIPTORS),
    }
    return render(request, "home/home.html", context)


@login_required
@vary_on_headers("HX-Request")
def project_list(request: SignedInRequest) -> HttpResponse:
    form = ListForm(request.GET)
    asked, whose = form.asked, form.asked_whose
    mine = projects_of(request.user, whose)
    page = Paginator(listed(with_facts(mine), **asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": rows_of(page), "asked": asked, "sorts": SORTS, "shown": SHOWN}
    context |= {"whose": whose, "owners": WHOSE if request.user.is_superuser else {}}
    if request.htmx:
        return render(request, "projects/_rows.html", context)
    return render(request, "projects/list.html", {**context, "facts": facts_of(mine)})


@require_safe
@login_required
def project_detail(request: SignedInRequest, slug: str) -> HttpResponse:
    project = project_for(request.user, slug)
    latest, last = standing(project)
    overview = overview_of(project, last)
    map_ = map_of(overview)
    context = {
        "project": project,
        "last": last,
        "tally": tallies([last])[last.pk] if last else None,
        "check": latest if latest != last else None,
        "overview": overview,
        "map": map_,
        "tall": tall_map_of(overview, map_),
        "members": project.memberships.by_role(),
        **(progress(latest)._asdict() if latest else {}),
    }
    return render(request, "projects/detail.html", context)


def resources(request: HttpRequest) -> HttpResponse:
    return render(request, "resources/producers.html", {"eight": eight()})


def relationships(request: HttpRequest) -> HttpResponse:
    context = {
        "nodes": NODES,
        "strands": strands(),
        "edges": edges(),
        "references": REFERENCES,
        "slugs": {rule.code: rule.slug for rule in RULES},
    }
    return render(request, "resources/relationships.html", context)


def schema_changelog(request: HttpRequest) -> HttpResponse:
    context = {"changelog": changelog(), "versions": catalogue.versions(), "source": catalogue.source()}
    return render(request, "resources/changelog.html", context)


def schema_errata(request: HttpRequest) -> HttpResponse:
    return render(request, "resources/errata.html", {"faults": faults(), "latest": catalogue.LATEST})


def rule_list(request: HttpRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else "mismatch"
    q = request.GET.get("q", "")[:200]
    own = own_rules(q) if kind == "mismatch" and request.user.is_authenticated else []
    context = {"groups": groups(kind, q), "own": own, "kind": kind, "kinds": counted(), "q": q}
    return render(request, "rules/list.html", context)


def rule_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A rule by its slug; its code, in any case, leads to the same page."""
    if OWN_RULE.fullmatch(slug.upper()):
        return own_views.by_code(cast(Request, request), slug)  # it asks for a log-in itself
    try:
        page = rule_pages.page(slug)
    except LookupError as error:
        raise Http404(str(error)) from error
    if page.slug != slug:
        return redirect("rule-detail", page.slug, permanent=True)
    context = {"page": page, "names": [NAMES[name] for name in page.reads], "near": neighbours(page)}
    return render(request, "rules/detail.html", context)


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every token and component, for developers."""
    if not settings.DEBUG:
        raise Http404("The style guide is there only while TEC_DEBUG is on.")
    return render(request, "styleguide/styleguide.html", tokens()._asdict())


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme in a cookie and go back to where the choice was made."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = HttpResponseRedirect(back)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie(
            "theme", chosen, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    else:
        response.delete_cookie("theme")
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing is at this address."""
    if is_api(request):
        hint = " Addresses end with a slash." if not request.path.endswith("/") else ""
        return refusal(404, f"There is nothing at this address.{hint} /api/docs/ lists what there is.")
    return page_not_found(request, exception)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Too much data is 413, every other request that makes no sense 400; Django sends both here."""
    status = 413 if isinstance(exception, TOO_MUCH) else 400
    if is_api(request):
        return refusal(status, "This request cannot be read, or is too large. Check it and send it again.")
    said = str(exception) if type(exception) is BadRequest else ""  # ours; others may repeat what was sent
    return render(request, f"{status}.html", {"said": said}, status=status)
