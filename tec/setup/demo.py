"""The demo of `make run`: an account for each role and two example projects."""

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
from tec.projects.models import Project, Role
from tec.projects.services.change_members import add_member
from tec.projects.services.create_project import create_project

NAME = "demo"

MEMBERS = {
    Role.DATA_SCIENTIST: ("Dana", "Moreau"),
    Role.SOFTWARE_ENGINEER: ("Sam", "Okafor"),
    Role.OPERATOR: ("Omar", "Lindqvist"),
    Role.REVIEWER: ("Rita", "Chen"),
    Role.VIEWER: ("Vera", "Novák"),
}
"""Who else belongs to the examples, to be logged in as demo-<role> with the same password."""

PROJECTS = {
    "consumer-loan-default": (
        "Scores applications for instalment loans. All eight descriptors are complete and fit together: "
        "this is what a finished project looks like."
    ),
    "emergency-triage": (
        "Suggests a triage level to the nurse at the desk. The production environment is not described yet, "
        "and the teams’ assumptions contradict each other in many places: a check shows where. To see it as "
        "one of the teams, log in as demo-data-scientist, demo-software-engineer, demo-operator, "
        "demo-reviewer or demo-viewer, with the password of demo."
    ),
}
"""Folder below examples/, which is also the slug → description."""


@transaction.atomic
def make_demo() -> str:
    """Make what is missing of the demo and return the password of its accounts.

    An example project that somebody deleted stays deleted, and who was taken out of it stays out.
    """
    password = demo_password()
    person, _ = User.objects.get_or_create(
        username=NAME, defaults={"first_name": "Demo", "is_staff": True, "is_superuser": True}
    )
    changed = not person.check_password(password)
    if changed:
        set_password(person, password)
    people = [(role, *account(role, password, changed=changed)) for role in MEMBERS]
    for slug, description in PROJECTS.items():
        made = not existed(slug)
        if made:
            make_project(slug, description, person)
        for project in Project.objects.filter(slug=slug):
            for role, member, new in people:
                if made or new:
                    add_member(project=project, user=member, role=role, by=person)
    return password


def account(role: Role, password: str, *, changed: bool) -> tuple[User, bool]:
    """The account of this role, and whether it was made now."""
    names = dict(zip(("first_name", "last_name"), MEMBERS[role], strict=True))
    user, new = User.objects.get_or_create(username=f"{NAME}-{role}", defaults=names)
    if new or changed:
        set_password(user, password)
    return user, new


def set_password(user: User, password: str) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])


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
