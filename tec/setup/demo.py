"""The demo of `make run`: one account and two example projects."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from descriptors import reading
from descriptors.models import Origin
from descriptors.services.save_revision import save_revision
from tec import strictjson
from tec.audit.models import Event
from tec.env import secret
from tec.projects.models import Project
from tec.projects.services.create_project import create_project

NAME = "demo"

PROJECTS = {
    "consumer-loan-default": (
        "Scores applications for instalment loans. All eight descriptors are complete and fit together: "
        "this is what a finished project looks like."
    ),
    "emergency-triage": (
        "Suggests a triage level to the nurse at the desk. The production environment is not described yet, "
        "and the teams’ assumptions contradict each other in many places: a check shows where."
    ),
}
"""Folder below examples/, which is also the slug → description."""


@transaction.atomic
def make_demo() -> str:
    """Make what is missing of the demo and return the password of the account.

    An example project that somebody deleted stays deleted.
    """
    password = demo_password()
    person, _ = User.objects.get_or_create(
        username=NAME, defaults={"first_name": "Demo", "is_staff": True, "is_superuser": True}
    )
    if not person.check_password(password):
        person.set_password(password)
        person.save()
    for slug, description in PROJECTS.items():
        if not existed(slug):
            make_project(slug, description, person)
    return password


def demo_password() -> str:
    """TEC_DEMO_PASSWORD, or the one made at the first start; kept in a file that only its owner can read."""
    path = login_file()
    kept = path.read_text("utf-8").strip().partition(" / ")[2] if path.exists() else ""
    password = secret("TEC_DEMO_PASSWORD") or kept or secrets.token_urlsafe(12)
    if password != kept:
        draft = path.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"{NAME} / {password}\n")
        draft.rename(path)
    return password


def login_file() -> Path:
    return Path(settings.VAR_DIR) / "demo-login.txt"


def existed(slug: str) -> bool:
    deleted = Event.objects.filter(verb="project.deleted", project_slug=slug)
    return Project.objects.filter(slug=slug).exists() or deleted.exists()


def make_project(slug: str, description: str, person: User) -> None:
    folder = Path(settings.BASE_DIR) / "examples" / slug
    expected: Any = strictjson.loads((folder / "expected.json").read_bytes())
    project = create_project(
        name=expected["title"],
        description=description,
        point_of_contact="Product Owner",
        slug=slug,
        by=person,
    )
    for descriptor, body in reading.read_path(str(folder)).documents.items():
        save_revision(
            project=project,
            descriptor=descriptor,
            body=body,
            by=person,
            origin=Origin.IMPORT,
            based_on=0,
            reason="Example that comes with TEC",
        )
