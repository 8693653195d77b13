"""The demo of `make run`."""

from __future__ import annotations

import json
import stat

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import call_command

from descriptors.models import Revision
from mismatch.models import Check
from tec.projects.models import Project, Role
from tec.projects.services.change_project import delete_project
from tec.setup.demo import PROJECTS, login_file, make_demo
from tests.examples import FOLDER, example

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def test_the_demo_has_an_account_and_two_projects_with_all_documents_of_the_examples():
    password = make_demo()

    assert authenticate(username="demo", password=password) is not None
    assert set(Project.objects.values_list("slug", flat=True)) == set(PROJECTS)
    for project in Project.objects.all():
        expected = json.loads((FOLDER / project.slug / "expected.json").read_text())
        assert (project.name, project.point_of_contact) == (expected["title"], "Product Owner")
        bodies = {each.descriptor: each.head.body for each in project.documents.select_related("head")}
        assert bodies == example(project.slug)


def test_each_role_has_an_account_with_the_same_password_and_is_in_both_examples():
    password = make_demo()

    for role in Role:
        name = "demo" if role == Role.OWNER else f"demo-{role}"
        person = authenticate(username=name, password=password)
        assert person is not None
        assert list(person.memberships.values_list("role", flat=True)) == [role, role]
        assert person.is_superuser == (role == Role.OWNER)
    assert "demo-reviewer" in Project.objects.get(slug="emergency-triage").description


def test_a_demo_from_before_there_were_roles_gets_its_accounts():
    password = make_demo()
    User.objects.exclude(username="demo").delete()

    make_demo()

    assert authenticate(username="demo-viewer", password=password).memberships.count() == 2


def test_who_was_taken_out_of_an_example_stays_out():
    make_demo()
    viewer = User.objects.get(username="demo-viewer")
    viewer.memberships.all().delete()

    make_demo()

    assert not viewer.memberships.exists()


def test_nothing_is_checked_before_somebody_asks():
    make_demo()

    assert not Check.objects.exists()


def test_the_password_is_kept_where_only_its_owner_can_read_it():
    password = make_demo()

    assert login_file().read_text() == f"demo / {password}\n"
    assert stat.S_IMODE(login_file().stat().st_mode) == 0o600


def test_making_the_demo_again_changes_nothing(capsys):
    password = make_demo()
    before = list(Revision.objects.values())

    call_command("demo")

    assert capsys.readouterr().out == f"Log in: demo / {password}\n"
    assert list(Revision.objects.values()) == before
    assert User.objects.count() == 6


def test_the_password_can_be_set_and_changed_from_outside(monkeypatch):
    make_demo()
    monkeypatch.setenv("TEC_DEMO_PASSWORD", "a password of my own")

    assert make_demo() == "a password of my own"

    for name in ("demo", "demo-viewer"):
        assert authenticate(username=name, password="a password of my own") is not None
    monkeypatch.delenv("TEC_DEMO_PASSWORD")
    assert make_demo() == "a password of my own"


def test_a_new_database_gets_the_password_that_was_kept():
    password = make_demo()
    Project.objects.all().delete()
    User.objects.all().delete()

    assert make_demo() == password
    assert Project.objects.count() == 2


def test_an_example_that_was_deleted_on_purpose_stays_deleted():
    make_demo()
    delete_project(project=Project.objects.get(slug="emergency-triage"), by=User.objects.get(username="demo"))

    make_demo()

    assert [project.slug for project in Project.objects.all()] == ["consumer-loan-default"]
