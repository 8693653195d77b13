"""Drafts: kept while somebody types, there again after anything, one for each window, nobody else's business."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.test import Client

from descriptors.drafts import Draft
from descriptors.models import Document
from descriptors.services.keep_draft import MOST, DraftMoved, DraftTooLarge, keep_draft
from tec.projects.models import Membership, Project, Role
from tests.descriptors.editor.forms import example
from tests.descriptors.editor.pages import FormReader, open_form, send
from tests.factories import make_project, make_revision, make_user
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client: Client) -> Any:
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def project(owner: Any) -> Project:
    return make_project(owner=owner, name="Triage")


def url(project: Project, descriptor: str = "system_context", page: str = "") -> str:
    return f"/projects/{project.slug}/descriptors/{descriptor}/{page}"


def keep(
    client: Client, project: Project, form: FormReader, descriptor: str = "system_context", **texts: str
) -> Any:
    """What the script of the page sends while somebody types."""
    facts = {
        name: form.fields[name] for name in ("based_on", "draft", "version", "section") if name in form.fields
    }
    typed = {"/" + name.replace("__", "/"): text for name, text in texts.items()}
    response = client.post(url(project, descriptor, "draft/"), {**facts, **typed})
    if response.status_code == 200:
        form.fields["version"] = str(response.json()["version"])
    return response


def test_what_is_typed_is_there_again(client: Client, project: Project) -> None:
    form = open_form(client, url(project))
    answer = keep(client, project, form, task="half a sent").json()
    assert (answer["version"], answer["changes"], answer["stale"]) == (1, 1, False)
    again = client.get(url(project))
    assert "You have 1 unsaved change" in again.content.decode()
    assert open_form(client, url(project)).fields["/task"] == "half a sent"
    assert Document.objects.bodies_of(project)["system_context"] is None


def test_only_what_differs_is_kept(client: Client, project: Project) -> None:
    make_revision(project, body={"version": "1.2", "task": "a", "usage_context": "b"})
    form = open_form(client, url(project))
    keep(client, project, form, task="typed", usage_context="b")
    assert Draft.objects.get().state == {"/task": "typed"}
    keep(client, project, form, task="a")
    assert Draft.objects.get().state == {}
    assert "unsaved change" not in client.get(url(project)).content.decode()


def test_later_typing_adds_to_earlier_typing(client: Client, project: Project) -> None:
    form = open_form(client, url(project))
    keep(client, project, form, task="one")
    keep(client, project, form, usage_context="two")
    assert Draft.objects.get().state == {"/task": "one", "/usage_context": "two"}
    assert Draft.objects.get().version == 2


def test_what_cannot_be_read_is_kept_as_well(client: Client, project: Project) -> None:
    form = open_form(client, url(project, "raw_data"))
    answer = keep(client, project, form, "raw_data", number_of_instances="about 5").json()
    assert "“about 5” is not a number" in answer["wrong"]["/number_of_instances"]
    assert open_form(client, url(project, "raw_data")).fields["/number_of_instances"] == "about 5"


def test_new_rows_are_there_again_blank_ones_too(client: Client, project: Project) -> None:
    form = open_form(client, url(project))
    keep(client, project, form, goals="0+,1+,2+", goals__1__goal="x")
    assert open_form(client, url(project)).fields["/goals"] == "0+,1+,2+"


def test_the_answer_says_what_saving_would_do(client: Client, project: Project) -> None:
    for descriptor in ("trained_model", "development_environment", "system_context"):
        make_revision(project, descriptor, example("emergency-triage", descriptor))
    form = open_form(client, url(project, "trained_model"))
    answer = keep(client, project, form, "trained_model", ml_frameworks__1="scikit-learn").json()
    assert "fixes TEC-8" in answer["savebar"]
    assert "<b>opens 0</b>" in answer["savebar"]


def test_the_answer_brings_the_outline_up_to_date(client: Client, project: Project) -> None:
    form = open_form(client, url(project))
    before = keep(client, project, form, usage_context="u").json()
    after = keep(client, project, form, task="t", ml_problem_type__ml_problem="Trend").json()
    assert "/task" in before["missing"]
    assert "/task" not in after["missing"]
    assert after["parts"]["task"][0] == "t · Trend"
    assert before["outline"] != after["outline"]


def test_a_draft_is_discarded_on_request(client: Client, project: Project) -> None:
    form = open_form(client, url(project))
    keep(client, project, form, task="typed")
    send(client, url(project), open_form(client, url(project)), "discard")
    assert not Draft.objects.exists()
    assert open_form(client, url(project)).fields["/task"] == ""


def test_saving_ends_the_draft(client: Client, project: Project) -> None:
    form = open_form(client, url(project))
    keep(client, project, form, task="typed")
    send(client, url(project), form, task="typed and saved")
    assert not Draft.objects.exists()
    assert Document.objects.bodies_of(project)["system_context"]["task"] == "typed and saved"


def test_another_person_sees_nothing_of_it(client: Client, project: Project) -> None:
    keep(client, project, open_form(client, url(project)), task="mine")
    other = make_user()
    Membership.objects.create(project=project, user=other, role=Role.SOFTWARE_ENGINEER)
    client.force_login(other)
    assert open_form(client, url(project)).fields["/task"] == ""


def test_somebody_elses_draft_cannot_be_named(client: Client, project: Project) -> None:
    keep(client, project, open_form(client, url(project)), task="mine")
    key = Draft.objects.get().key
    other = make_user()
    Membership.objects.create(project=project, user=other, role=Role.SOFTWARE_ENGINEER)
    client.force_login(other)
    assert open_form(client, f"{url(project)}?draft={key}").fields["/task"] == ""
    assert client.get(url(project, page=f"review/?draft={key}")).status_code == 303
    form = open_form(client, url(project))
    form.fields["draft"] = key
    keep(client, project, form, task="other")
    assert sorted(draft.state["/task"] for draft in Draft.objects.all()) == ["mine", "other"]


def test_two_windows_on_one_draft_part_ways(client: Client, project: Project) -> None:
    keep(client, project, open_form(client, url(project)), task="typed")
    one, two = open_form(client, url(project)), open_form(client, url(project))
    assert keep(client, project, one, usage_context="one").status_code == 200
    refused = keep(client, project, two, usage_context="two")
    assert (refused.status_code, refused.json()) == (409, {"moved": True})
    two.fields |= {"draft": "0123456789abcdef", "version": "0"}
    keep(client, project, two, usage_context="two", task="typed")
    assert len(Draft.objects.all()) == 2
    page = client.get(url(project)).content.decode()
    assert "Another window of yours has unsaved changes" in page


def test_a_farewell_needs_no_version(client: Client, project: Project) -> None:
    form = open_form(client, url(project))
    keep(client, project, form, task="a")
    del form.fields["version"]
    assert keep(client, project, form, task="b").status_code == 200
    assert Draft.objects.get().state == {"/task": "b"}


def test_a_draft_on_an_old_revision_leads_to_both_versions(client: Client, project: Project) -> None:
    form = open_form(client, url(project))
    keep(client, project, form, task="mine")
    make_revision(project, body={"version": "1.2", "task": "theirs"})
    assert keep(client, project, form, task="mine!").json()["stale"] is True
    response = client.get(url(project), follow=True)
    assert response.redirect_chain[0][0].endswith(f"/resolve/?draft={form.fields['draft']}")
    assert "Both of you changed" in response.content.decode()
    assert open_form(client, f"{url(project)}?draft=none").fields["/task"] == "theirs"


def test_the_draft_of_a_project_that_is_left_is_out_of_reach(
    client: Client, project: Project, owner: Any
) -> None:
    form = open_form(client, url(project))
    Membership.objects.filter(user=owner).delete()
    assert keep(client, project, form, task="x").status_code == 404


def test_only_a_few_drafts_are_kept(project: Project, owner: Any) -> None:
    for number in range(MOST + 3):
        keep_draft(
            user=owner,
            project=project,
            descriptor="raw_data",
            key=f"{number:08x}",
            based_on=0,
            state={"/a": "b"},
        )
    keys = Draft.objects.of(owner, project, "raw_data").values_list("key", flat=True)
    assert list(keys) == [f"{number:08x}" for number in range(MOST + 2, 2, -1)]


def test_a_draft_is_bounded(project: Project, owner: Any) -> None:
    facts: dict[str, Any] = {
        "user": owner,
        "project": project,
        "descriptor": "raw_data",
        "key": "0" * 8,
        "based_on": 0,
    }
    with pytest.raises(DraftTooLarge):
        keep_draft(**facts, state={"/a": "x" * 5_000_001})
    keep_draft(**facts, state={"/a": "x"})
    with pytest.raises(DraftMoved):
        keep_draft(**facts, state={"/a": "y"}, version=0)


@pytest.mark.parametrize(
    "change", [{"draft": "x"}, {"draft": "../../etc"}, {"based_on": "-1"}, {"based_on": "x"}, {"draft": ""}]
)
def test_a_tampered_draft_is_refused(client: Client, project: Project, change: dict[str, str]) -> None:
    form = open_form(client, url(project))
    form.fields |= change
    assert keep(client, project, form, task="x").status_code == 400


def test_a_revision_that_never_was_is_not_found(client: Client, project: Project) -> None:
    form = open_form(client, url(project))
    form.fields["based_on"] = "7"
    assert keep(client, project, form, task="x").status_code == 404


def test_keeping_a_draft_is_quick(client: Client, project: Project) -> None:
    for descriptor in ("trained_model", "development_environment", "system_context"):
        make_revision(project, descriptor, example("emergency-triage", descriptor))
    form = open_form(client, url(project, "trained_model"))
    times = []
    for number in range(5):
        start = time.process_time()
        keep(client, project, form, "trained_model", model_name=f"typed {number}")
        times.append(time.process_time() - start)
    assert min(times) < 0.5


@pytest.mark.django_db(transaction=True)
def test_a_new_draft_that_is_sent_twice_at_once_is_kept_once(project: Project, owner: Any) -> None:
    facts: Any = {"user": owner, "project": project, "descriptor": "raw_data", "key": "0" * 8, "based_on": 0}

    at_once(lambda: keep_draft(**facts, state={"/a": "x"}), times=4)

    draft = Draft.objects.get()
    assert (draft.version, draft.state) == (4, {"/a": "x"})
