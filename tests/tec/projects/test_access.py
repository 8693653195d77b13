"""Who may do what in a project."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from descriptors.catalogue import DESCRIPTORS, NAMES
from tec.projects.access import Right, may, project_for, refusal
from tec.projects.models import Membership, Role
from tec.projects.rights import EDITORS, doing, may_edit
from tec.projects.services.change_project import archive_project
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db


def test_the_matrix_is_about_the_eight_descriptors_by_their_names():
    assert tuple(EDITORS) == DESCRIPTORS
    assert [doing(Right.EDIT, each) for each in DESCRIPTORS] == [f"editing {NAMES[each]}" for each in NAMES]


@pytest.mark.parametrize("right", Right)
def test_a_stranger_and_nobody_find_no_project(right):
    project = make_project()
    for user in (make_user(), AnonymousUser(), make_member(project, Role.OWNER, is_active=False)):
        with pytest.raises(Http404):
            project_for(user, project.slug, right)
        assert not may(user, project, right)


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (Role.OWNER, {*Right}),
        (Role.DATA_SCIENTIST, {Right.SEE, Right.CHECK, Right.DECIDE}),
        (Role.SOFTWARE_ENGINEER, {Right.SEE, Right.CHECK, Right.DECIDE}),
        (Role.OPERATOR, {Right.SEE, Right.CHECK, Right.DECIDE}),
        (Role.REVIEWER, {Right.SEE, Right.CHECK, Right.DECIDE, Right.APPROVE}),
        (Role.VIEWER, {Right.SEE}),
    ],
)
def test_what_a_role_may_do_in_the_project_as_a_whole(role, rights):
    project = make_project()
    member = make_member(project, role)

    assert {right for right in Right if may(member, project, right)} == rights


@pytest.mark.parametrize(
    ("role", "edits"),
    [
        (Role.OWNER, {*DESCRIPTORS}),
        (Role.DATA_SCIENTIST, {"raw_data", "data_pipeline", "training_data", "trained_model"}),
        (Role.SOFTWARE_ENGINEER, {"system_context", "development_environment", "production_data"}),
        (Role.OPERATOR, {"production_environment", "production_data"}),
        (Role.REVIEWER, set()),
        (Role.VIEWER, set()),
    ],
)
def test_which_documents_a_role_edits(role, edits):
    project = make_project()
    member = make_member(project, role)

    assert {each for each in DESCRIPTORS if may(member, project, Right.EDIT, each)} == edits


def test_a_project_may_say_otherwise():
    project = make_project()
    project.edit_deviations = {
        "raw_data": {Role.OPERATOR: True, Role.DATA_SCIENTIST: False, Role.VIEWER: True}
    }
    edits = {role for role in Role if may_edit(role, "raw_data", project.edit_deviations)}

    assert edits == {Role.OWNER, Role.OPERATOR}
    assert not may(make_member(project, Role.DATA_SCIENTIST), project, Right.EDIT, "raw_data")


def test_whoever_edits_every_document_may_import_them_all():
    project = make_project()
    project.edit_deviations = {each: {Role.OPERATOR: True} for each in DESCRIPTORS}

    assert may(make_member(project, Role.OPERATOR), project, Right.EDIT)
    assert not may(make_member(project, Role.DATA_SCIENTIST), project, Right.EDIT)


def test_a_member_without_the_right_reads_who_has_it():
    project = make_project(name="Triage")
    viewer = make_member(project, Role.VIEWER)

    with pytest.raises(PermissionDenied) as refused:
        project_for(viewer, project.slug, Right.EDIT, descriptor="production_data")

    assert str(refused.value) == (
        "Your role in “Triage” is viewer; editing Production Data is for owners, software engineers and "
        "operators. An owner of the project can give you another role."
    )


@pytest.mark.parametrize("right", [right for right in Right if right is not Right.SEE])
def test_an_archived_project_is_only_read_even_by_its_owner(right):
    owner = make_user()
    project = make_project(owner=owner, name="Triage")
    archive_project(project=project, by=owner)

    with pytest.raises(PermissionDenied, match=r"“Triage” is archived\. Restore it"):
        project_for(owner, project.slug, right)
    assert project_for(owner, project.slug) == project
    assert project_for(owner, project.slug, Right.MANAGE, even_archived=True) == project


def test_an_admin_of_the_site_is_to_every_project_what_an_owner_is():
    project = make_project()
    admin = make_user(is_superuser=True)

    assert {right for right in Right if may(admin, project_for(admin, project.slug), right)} == {*Right}


def test_somebody_who_may_only_use_the_admin_pages_is_a_stranger():
    with pytest.raises(Http404):
        project_for(make_user(is_staff=True), make_project().slug)


def test_a_request_asks_for_the_role_once(django_assert_num_queries):
    slug = make_project().slug
    member = Membership.objects.get(project__slug=slug).user

    with django_assert_num_queries(1):
        project = project_for(member, slug, Right.EDIT, descriptor="raw_data")
        assert all(may(member, project, right) for right in Right)


def test_a_project_from_elsewhere_asks_once_per_person(django_assert_num_queries):
    project = make_project()
    member, stranger = make_member(project), make_user()

    with django_assert_num_queries(2):
        for _ in range(3):
            assert may(member, project, Right.CHECK)
            assert refusal(stranger, project, Right.SEE) == "This is for members of the project."
