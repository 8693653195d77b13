"""Projects with finished checks, as pages of findings show them, and what a page says."""

from __future__ import annotations

import copy
import re
from html import unescape
from typing import Any
from unittest.mock import patch

from django.contrib.auth.models import User
from django.test import Client

from descriptors.catalogue import DESCRIPTORS
from mismatch import engine
from mismatch.models import Check
from mismatch.services.execute_check import execute_check
from mismatch.services.start_check import start_check
from tec.projects.models import Project
from tests.examples import example
from tests.factories import make_project, make_revision, make_user

TRIAGE = "emergency-triage"
CLEAN = "consumer-loan-default"


PACK = [rule for rule in engine.RULES if rule.pack == "tec"]
"""The rules whose findings in the example projects are known for ever; other packs may grow."""


def run_check(project: Project) -> Check:
    return finish(start_check(project=project, by=project.members.first()))


def finish(check: Check) -> Check:
    """Do what a worker does."""
    with patch.object(engine, "RULES", PACK):
        execute_check(check_id=check.pk)
    check.refresh_from_db()
    return check


def filled_project(documents: dict[str, Any], **over: Any) -> Project:
    """A project with these documents that nobody has checked yet."""
    project = make_project(**over)
    for descriptor in DESCRIPTORS:
        if descriptor in documents:
            make_revision(project, descriptor, documents[descriptor])
    return project


def checked_project(name: str = TRIAGE, **over: Any) -> Project:
    """One of the example projects, checked."""
    project = filled_project(example(name), **over)
    run_check(project)
    return project


def with_unfed_inputs(number: int) -> dict[str, Any]:
    """The triage project, its record system waiting for *number* inputs that nothing delivers."""
    documents = example(TRIAGE)
    component = documents["development_environment"]["downstream_components"][0]
    inputs = [copy.deepcopy(component["input_spec"][0]) for _ in range(number)]
    for place, row in enumerate(inputs):
        row["item_name"] = f"unfed_{place:03}"
    component["input_spec"] = inputs
    return documents


def member_of(project: Project) -> User:
    return project.members.first()


def reader(client: Client, project: Project) -> Client:
    """*client*, logged in as the owner of *project*."""
    client.force_login(member_of(project))
    return client


def stranger(client: Client) -> Client:
    client.force_login(make_user())
    return client


def said(response: Any) -> str:
    """What a page says: its text without tags, in one line."""
    page = response.content.decode()
    main = page[page.find("<main") : page.find("</main>")] if "<main" in page else page
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())
