"""What the pages of a project offer to whom."""

from __future__ import annotations

import pytest

from tec.projects.models import Role
from tests.factories import make_member, make_project, make_revision
from tests.mismatch.findings import checked, found

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    project = make_project(name="Triage")
    make_revision(project, "trained_model", {"version": "1.2"})
    checked(project, found("a", severity="critical"))
    return project


def page(client, project, role, path=""):
    client.force_login(make_member(project, role))
    return client.get(f"/projects/triage/{path}").content.decode()


@pytest.mark.parametrize(
    ("role", "offers"),
    [
        (Role.OWNER, {"Edit project", "Import", "Check now", "Edit Trained Model", "Fill in Raw Data"}),
        (Role.DATA_SCIENTIST, {"Check now", "Edit Trained Model", "Fill in Raw Data"}),
        (Role.OPERATOR, {"Check now", "Read Trained Model"}),
        (Role.VIEWER, {"Read Trained Model"}),
    ],
)
def test_the_page_of_a_project_offers_what_the_reader_may_do(client, project, role, offers):
    shown = page(client, project, role)
    actions = {
        "Edit project": ">Edit project<",
        "Import": ">Import</a>" + '<a class="btn"',
        "Check now": ">Check now<",
        "Edit Trained Model": 'aria-label="Edit Trained Model"',
        "Read Trained Model": 'aria-label="Read Trained Model"',
        "Fill in Raw Data": 'aria-label="Fill in Raw Data"',
    }

    assert {name for name, markup in actions.items() if markup in shown} == offers


@pytest.mark.parametrize(
    ("role", "decides", "approves"),
    [(Role.VIEWER, False, False), (Role.OPERATOR, True, False), (Role.REVIEWER, True, True)],
)
def test_findings_and_checks_offer_what_the_reader_may_do(client, project, role, decides, approves):
    assert ("Decide about the ticked" in page(client, project, role, "mismatches/")) == decides
    assert ("Make it the baseline" in page(client, project, role, "checks/")) == approves


def test_a_viewer_reads_why_there_is_no_button(client):
    project = make_project(name="Churn")
    make_revision(project)
    client.force_login(make_member(project, Role.VIEWER))

    shown = client.get("/projects/churn/mismatches/").content.decode()

    assert "starting a check is for owners" in shown
    assert "Check now" not in shown
