"""Pages of a document: edit, import, export, clear, history; and the same for a whole project."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from descriptors import catalogue, reading, writing
from descriptors.differences import Change, changes
from descriptors.forms import BasedOnForm, DocumentForm, ImportForm, ImportProjectForm
from descriptors.links import uses
from descriptors.models import Document, Origin, Revision
from descriptors.services import clear_document as clearing
from descriptors.services import import_documents as importing
from descriptors.services.export_project import export_document
from descriptors.services.export_project import export_project as export_project_zip
from descriptors.services.save_revision import StaleRevision, restore_revision, save_revision, text_of
from descriptors.skeleton import skeleton
from descriptors.validation import problems
from tec.projects.access import Right, project_for
from tec.projects.models import Project

PAGE = 50


class Request(HttpRequest):
    """A request that `login_required` has let through."""

    user: User


@login_required
def json_text(request: Request, slug: str, descriptor: str) -> HttpResponse:
    """See and edit a document as JSON text."""
    right = Right.EDIT if request.method == "POST" else Right.SEE
    project = project_for(request.user, slug, right, descriptor=descriptor)
    head = head_of(project, descriptor)
    if request.method == "POST":
        return save_text(request, project, descriptor, head)
    body = head.body if head else None
    text = text_of(body if body is not None else skeleton(descriptor))
    form = DocumentForm(initial={"text": text, "based_on": head.number if head else 0})
    return render(request, "descriptors/json.html", page(project, descriptor, head, form=form))


def save_text(request: Request, project: Project, descriptor: str, head: Revision | None) -> HttpResponse:
    form = DocumentForm(request.POST)
    context: dict[str, Any] = {"form": form}
    status = 400
    if form.is_valid():
        try:
            body = reading.read_document("the text below", form.cleaned_data["text"], descriptor)
            kept = save_revision(
                project=project,
                descriptor=descriptor,
                body=body,
                by=request.user,
                origin=Origin.FORM,
                based_on=form.cleaned_data["based_on"],
                reason=form.cleaned_data["reason"],
            )
        except reading.ReadProblem as problem:
            form.add_error("text", str(problem))
        except StaleRevision as stale:
            status = 409
            context |= conflict(descriptor, stale, body)
        else:
            saved = (
                "Nothing had changed." if head and kept.pk == head.pk else f"Saved as revision {kept.number}."
            )
            messages.success(request, saved)
            return redirect("descriptor-json", project.slug, descriptor)
    return render(request, "descriptors/json.html", page(project, descriptor, head, **context), status=status)


def since(project: Project, descriptor: str, stale: StaleRevision) -> dict[str, Any]:
    """What others changed after the revision that somebody looked at."""
    seen = Revision.objects.of(project).filter(document__descriptor=descriptor, number=stale.based_on).first()
    now = stale.current.body if stale.current else None
    found = changes(descriptor, seen.body if seen else None, now)[:200]
    return {"stale": stale, "differences": found}


def moved_since(project: Project, seen: Mapping[str, int]) -> list[tuple[str, list[Change]]]:
    """For each document that others changed, its name and what they changed."""
    found = []
    for head in Revision.objects.filter(head_of__project=project).select_related("document"):
        descriptor, number = head.document.descriptor, seen.get(head.document.descriptor, 0)
        if head.number != number:
            stale = StaleRevision(current=head, based_on=number)
            found.append((catalogue.NAMES[descriptor], since(project, descriptor, stale)["differences"]))
    return found


def conflict(descriptor: str, stale: StaleRevision, mine: dict[str, Any] | None) -> dict[str, Any]:
    """What a person needs to decide when somebody else saved first."""
    theirs = stale.current.body if stale.current else None
    return {"stale": stale, "differences": changes(descriptor, theirs, mine)[:200]}


@login_required
def import_descriptor(request: Request, slug: str, descriptor: str) -> HttpResponse:
    """Take a document from a file or pasted text."""
    project = project_for(request.user, slug, Right.EDIT, descriptor=descriptor)
    head = head_of(project, descriptor)
    form = ImportForm(
        request.POST or None, request.FILES or None, initial={"based_on": head.number if head else 0}
    )
    context: dict[str, Any] = {"form": form}
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            name, data = form.content()
            try:
                result = importing.import_document(
                    project=project,
                    descriptor=descriptor,
                    data=data,
                    name=name,
                    by=request.user,
                    based_on=form.cleaned_data["based_on"],
                    reason=form.cleaned_data["reason"],
                )
            except reading.ReadProblem as problem:
                form.add_error(None, str(problem))
            except StaleRevision as stale:
                status = 409
                context |= conflict(descriptor, stale, reading.read_document(name, data, descriptor))
            else:
                tell_imported(request, [result])
                return redirect("descriptor-detail", project.slug, descriptor)
    return render(
        request, "descriptors/import.html", page(project, descriptor, head, **context), status=status
    )


@login_required
def import_project(request: Request, slug: str) -> HttpResponse:
    """Take all documents of a zip or bundle, or none."""
    project = project_for(request.user, slug, Right.EDIT)
    seen = Revision.objects.numbers_of(project)
    form = ImportProjectForm(request.POST or None, request.FILES or None, initial={"seen": seen})
    context: dict[str, Any] = {"project": project, "form": form, "tab": "overview"}
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                results = importing.import_bundle(
                    project=project,
                    data=file.read(),
                    name=file.name,
                    by=request.user,
                    based_on=form.cleaned_data["seen"],
                    reason=form.cleaned_data["reason"],
                )
            except reading.ReadProblem as problem:
                form.add_error("file", str(problem))
            except StaleRevision as stale:
                status = 409
                changed = moved_since(project, form.cleaned_data["seen"])
                context |= {"stale": stale, "changed": changed}
            else:
                tell_imported(request, results)
                return redirect(project)
    return render(request, "descriptors/import_project.html", context, status=status)


def tell_imported(request: Request, results: list[importing.Imported]) -> None:
    """Say what was taken in, and what an upgrade left for a person to do."""
    names = ", ".join(catalogue.NAMES[result.descriptor] for result in results)
    messages.success(request, f"Imported {names}.")
    for result in results:
        if result.upgraded:
            messages.info(request, upgrade_text(result))


def upgrade_text(result: importing.Imported) -> str:
    name, old, new = catalogue.NAMES[result.descriptor], result.received, result.current
    text = (
        f"{name} was of version {old.schema_version}. It is kept as received (revision {old.number}) "
        f"and upgraded to {new.schema_version} (revision {new.number})."
    )
    if result.to_complete:
        text += f" To be completed by you: {len(result.to_complete)} fields, listed on its page."
    if result.losses:
        text += (
            f" Moved or left out by the upgrade: {len(result.losses)} values; the received revision has them."
        )
    return text


@login_required
@require_safe
def export_descriptor(request: Request, slug: str, descriptor: str) -> HttpResponse:
    """The document as a file; one with problems shows them first and can be downloaded all the same."""
    project = project_for(request.user, slug)
    head = head_of(project, descriptor)
    if head is None or head.body is None:
        messages.info(
            request, f"{catalogue.NAMES[descriptor]} has no content yet, so there is nothing to export."
        )
        return redirect(project)
    found = [] if "anyway" in request.GET else problems(descriptor, head.body)
    if any(problem.severity == "error" for problem in found):
        return render(request, "descriptors/export.html", page(project, descriptor, head, problems=found))
    data = export_document(project=project, revision=head, by=request.user)
    response = HttpResponse(data, content_type="application/json")
    name = writing.file_name(project.name, descriptor)
    return attachment(response, name)


@login_required
@require_safe
def export_project(request: Request, slug: str) -> HttpResponse:
    """All documents and the project's own data as a zip."""
    project = project_for(request.user, slug)
    response = HttpResponse(export_project_zip(project, by=request.user), content_type="application/zip")
    return attachment(response, f"{project.slug}.zip")


def attachment(response: HttpResponse, name: str) -> HttpResponse:
    from django.utils.http import content_disposition_header

    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@login_required
def clear(request: Request, slug: str, descriptor: str) -> HttpResponse:
    """Make a document absent, unless another one uses its values."""
    project = project_for(request.user, slug, Right.EDIT, descriptor=descriptor)
    head = head_of(project, descriptor)
    if head is None or head.body is None:
        messages.info(request, f"{catalogue.NAMES[descriptor]} has no content.")
        return redirect(project)
    form = BasedOnForm(request.POST or None, initial={"based_on": head.number})
    context: dict[str, Any] = {"form": form}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            clearing.clear_document(
                project=project, descriptor=descriptor, by=request.user, **form.cleaned_data
            )
        except clearing.StillUsed as refused:
            status = 409
            context["refused"] = refused
        except StaleRevision as stale:
            status = 409
            context |= {"refused": stale, **since(project, descriptor, stale)}
        else:
            messages.success(
                request, f"{catalogue.NAMES[descriptor]} is cleared. Its history can restore it."
            )
            return redirect(project)
    context["uses"] = uses(Document.objects.bodies_of(project), descriptor)
    return render(
        request, "descriptors/clear.html", page(project, descriptor, head, **context), status=status
    )


@login_required
@require_safe
def history(request: Request, slug: str, descriptor: str) -> HttpResponse:
    """Every revision of a document, newest first."""
    project = project_for(request.user, slug)
    revisions = Revision.objects.of(project).filter(document__descriptor=descriptor).order_by("-number")
    listed = Paginator(revisions.defer("text"), PAGE).get_page(request.GET.get("page"))
    context = page(project, descriptor, head_of(project, descriptor), revisions=listed)
    return render(request, "descriptors/history.html", context)


@login_required
@require_safe
def project_history(request: Request, slug: str) -> HttpResponse:
    """Every revision of every document of a project, newest first."""
    project = project_for(request.user, slug)
    revisions = Revision.objects.of(project).order_by("-created_at", "-id").defer("text")
    listed = Paginator(revisions, PAGE).get_page(request.GET.get("page"))
    context = {"project": project, "revisions": listed, "tab": "history"}
    return render(request, "descriptors/project_history.html", context)


@login_required
@require_safe
def revision(request: Request, slug: str, descriptor: str, number: int) -> HttpResponse:
    """One revision: what it changed, and the document as it was."""
    project = project_for(request.user, slug)
    revisions = Revision.objects.of(project).filter(document__descriptor=descriptor)
    shown = get_object_or_404(revisions, number=number)
    before = revisions.filter(number=number - 1).first()
    context = {
        "revision": shown,
        "before": before,
        "differences": changes(descriptor, before.body if before else None, shown.body) if before else [],
    }
    return render(
        request,
        "descriptors/revision.html",
        page(project, descriptor, head_of(project, descriptor), **context),
    )


@login_required
@require_POST
def restore(request: Request, slug: str, descriptor: str, number: int) -> HttpResponse:
    """Make an old revision the newest."""
    project = project_for(request.user, slug, Right.EDIT, descriptor=descriptor)
    wanted = get_object_or_404(
        Revision.objects.of(project).filter(document__descriptor=descriptor), number=number
    )
    form = BasedOnForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Nothing was restored: reload the page and try again.")
        return redirect("revision-detail", slug, descriptor, number)
    try:
        kept = restore_revision(revision=wanted, by=request.user, **form.cleaned_data)
    except StaleRevision as stale:
        context = {**conflict(descriptor, stale, wanted.body), "revision": wanted}
        head = head_of(project, descriptor)
        shown = page(project, descriptor, head, **context)
        return render(request, "descriptors/revision.html", shown, status=409)
    messages.success(request, f"Revision {number} is the newest again, as revision {kept.number}.")
    return redirect("descriptor-detail", slug, descriptor)


def head_of(project: Project, descriptor: str) -> Revision | None:
    """The newest revision of a document, None if it was never saved."""
    heads = Revision.objects.filter(head_of__project=project, head_of__descriptor=descriptor)
    return heads.select_related("commit", "author").first()


def page(project: Project, descriptor: str, head: Revision | None, **more: Any) -> dict[str, Any]:
    """What every page of a document shows, with what the schema says about it."""
    body = head.body if head else None
    found = problems(descriptor, body) if body is not None else []
    return {**frame(project, descriptor, head), "problems": found, **more}


def frame(project: Project, descriptor: str, head: Revision | None) -> dict[str, Any]:
    """What the head of every page of a document shows."""
    return {
        "project": project,
        "descriptor": descriptor,
        "name": catalogue.NAMES[descriptor],
        "producers": catalogue.PRODUCERS[descriptor],
        "consumers": catalogue.CONSUMERS[descriptor],
        "head": head,
        "absent": head is None or head.body is None,
        "tab": "overview",
    }
