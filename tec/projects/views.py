"""Pages that make, change, archive and delete a project."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tec.audit.moved import Moved
from tec.projects.access import Right, project_for
from tec.projects.forms import DeleteForm, EditForm, ProjectForm
from tec.projects.requests import SignedInRequest
from tec.projects.services.change_project import (
    archive_project,
    delete_project,
    edit_project,
    restore_project,
)
from tec.projects.services.create_project import create_project


@login_required
def create(request: SignedInRequest) -> HttpResponse:
    form = ProjectForm(request.POST or None)
    if form.is_valid():
        project = create_project(by=request.user, **form.cleaned_data)
        messages.success(request, f"“{project}” is there. Now describe what each team knows.")
        return redirect(project)
    return render(request, "projects/create.html", {"form": form}, status=refused(form))


@login_required
def edit(request: SignedInRequest, slug: str) -> HttpResponse:
    project = project_for(request.user, slug, Right.MANAGE)
    form = EditForm(request.POST or None, initial=EditForm.initial_of(project))
    context: dict[str, Any] = {"project": project, "form": form}
    if form.is_valid():
        try:
            edit_project(project=project, by=request.user, **form.cleaned_data)
        except Moved as moved:
            project.refresh_from_db()
            context |= {"form": EditForm.merged(moved, form.cleaned_data, project), "moved": moved}
            return render(request, "projects/edit.html", context, status=409)
        messages.success(request, "Saved.")
        return redirect(project)
    return render(request, "projects/edit.html", context, status=refused(form))


@login_required
def archive(request: SignedInRequest, slug: str) -> HttpResponse:
    project = project_for(request.user, slug, Right.MANAGE, even_archived=True)
    if request.method == "POST":
        archive_project(project=project, by=request.user)
        messages.success(request, f"“{project}” is archived.")
        return redirect(project)
    return render(request, "projects/archive.html", {"project": project})


@login_required
@require_POST
def restore(request: SignedInRequest, slug: str) -> HttpResponse:
    project = project_for(request.user, slug, Right.MANAGE, even_archived=True)
    restore_project(project=project, by=request.user)
    messages.success(request, f"“{project}” is out of the archive and can be changed again.")
    return redirect(project)


@login_required
def delete(request: SignedInRequest, slug: str) -> HttpResponse:
    project = project_for(request.user, slug, Right.MANAGE, even_archived=True)
    form = DeleteForm(request.POST or None, name=project.name)
    if form.is_valid():
        delete_project(project=project, by=request.user)
        messages.success(request, f"“{project}” is deleted.")
        return redirect("project-list")
    return render(request, "projects/delete.html", {"project": project, "form": form}, status=refused(form))


def refused(form: ProjectForm | DeleteForm) -> int:
    """The status of a form page: 422 if what was sent is shown again with its errors."""
    return 422 if form.errors else 200
