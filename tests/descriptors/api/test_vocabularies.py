"""The lists of terms, through the API: who edits some document adds, administrators mend."""

from __future__ import annotations

import pytest

from descriptors.models import VocabularyTerm
from tec.audit.models import Event
from tec.projects.models import Role
from tec.projects.rights import EDITORS, TEAMS
from tec.projects.services.change_editors import change_editors
from tec.projects.services.change_project import archive_project
from tests.api import Api, problem_of
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db
AT = "vocabularies/programming_languages/"


@pytest.fixture
def admin():
    return Api(make_user(username="root", is_superuser=True))


def test_a_term_is_added_renamed_and_removed(admin):
    zig = Api(make_member(make_project())).post(AT, {"term": "Zig"}).json()

    renamed = admin.put(f"{AT}{zig['id']}/", {"term": " Ziglang "})
    assert renamed.json() == {"id": zig["id"], "term": "Ziglang"}
    assert Event.objects.get(verb="vocabulary.changed").facts["changes"] == {"term": ["Zig", "Ziglang"]}
    assert admin.get(f"{AT}?q=zig").json()["results"] == [{"id": zig["id"], "term": "Ziglang"}]

    assert admin.delete(f"{AT}{zig['id']}/").status_code == 204
    assert not VocabularyTerm.objects.filter(folded__contains="zig").exists()
    assert Event.objects.get(verb="vocabulary.removed").target == "Ziglang"


def test_a_term_of_the_list_or_of_another_list_is_refused(admin):
    zig = admin.post(AT, {"term": "Zig"}).json()["id"]

    assert "Python" in problem_of(admin.put(f"{AT}{zig}/", {"term": "PYTHON"}), 409)["detail"]
    problem_of(admin.put(f"{AT}{zig}/", {"term": " "}), 400)
    problem_of(admin.delete(f"vocabularies/item_types/{zig}/"), 404)
    assert VocabularyTerm.objects.get(pk=zig).term == "Zig"


def test_who_edits_no_document_anywhere_adds_nothing():
    project = make_project()
    owner = project.members.get()
    for person in (make_user(), make_member(project, Role.VIEWER), make_member(project, Role.REVIEWER)):
        told = problem_of(Api(person).post(AT, {"term": "Zig"}), 403)
        assert "those who edit a document of some project" in told["detail"]
    operator = make_member(project, Role.OPERATOR)
    assert Api(operator).post(AT, {"term": "Zag"}).status_code == 201

    none = {(each, team) for each in EDITORS for team in TEAMS if team != Role.OPERATOR}
    change_editors(project=project, allowed=none, by=owner)
    problem_of(Api(operator).post(AT, {"term": "Zig"}), 403)
    archive_project(project=project, by=owner)
    problem_of(Api(owner).post(AT, {"term": "Zig"}), 403)
    assert not VocabularyTerm.objects.filter(folded="zig").exists()


def test_everybody_else_only_adds(admin):
    zig = admin.post(AT, {"term": "Zig"}).json()["id"]

    problem_of(Api(make_user()).put(f"{AT}{zig}/", {"term": "Zag"}), 403)
    problem_of(Api(make_user()).delete(f"{AT}{zig}/"), 403)
