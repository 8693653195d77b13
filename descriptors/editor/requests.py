"""Addresses of the form and its companions, and how a page leads on to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.urls import reverse

if TYPE_CHECKING:
    from tec.projects.models import Project


class SeeOther(HttpResponseRedirect):
    status_code = 303


def address(name: str, project: Project, descriptor: str) -> str:
    """The address of the page *name* of a document."""
    return reverse(name, args=[project.slug, descriptor])
