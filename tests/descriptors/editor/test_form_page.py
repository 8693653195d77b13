"""The form in a browser without scripts: what is shown comes back, is saved, and is never lost."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client

from descriptors import catalogue
from descriptors.drafts import Draft
from descriptors.models import Document, Revision, VocabularyTerm
from descriptors.services.clear_document import clear_document
from mismatch.engine import check
from tec.audit.models import Event
from tec.projects.models import Project
from tec.projects.services.change_project import archive_project
from tests.descriptors.editor.forms import example, example_documents
from tests.descriptors.editor.pages import open_form, read, send
from tests.factories import make_member, make_project, make_revision, make_user

pytestmark = pytest.mark.django_db

NASTY = [
    "<script>window.__x=1</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><b>",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "a\r\nb\rc\nd",
    "\n\nbegins with line ends",
    " spaces around ",
    "\u202eright to left\u202c\u200b",
    "𝕏🧪 4-byte",
    "x" * 10_000,
    "tab\tand\x0bcontrol\x1f",
    "&amp;&lt;&#0;",
    "=1+1",
]


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


def body(project: Project, descriptor: str = "system_context") -> Any:
    return Document.objects.bodies_of(project)[descriptor]


def findings(project: Project) -> set[tuple[str, str]]:
    return {(each.fingerprint, each.code) for each in check(Document.objects.bodies_of(project)).findings}


def triage(project: Project) -> None:
    for descriptor in catalogue.DESCRIPTORS:
        if descriptor != "production_environment":
            make_revision(project, descriptor, example("emergency-triage", descriptor))


@pytest.mark.parametrize("page", ["", "review/?draft=12345678", "resolve/?draft=12345678", "choices/"])
def test_only_members_see_the_form(client: Client, page: str) -> None:
    project = make_project()
    assert client.get(url(project, page=page)).status_code == 302
    client.force_login(make_user())
    assert client.get(url(project, page=page)).status_code == 404


@pytest.mark.parametrize(("name", "descriptor", "content"), example_documents())
def test_sending_a_page_back_untouched_saves_nothing(
    client: Client, project: Project, name: str, descriptor: str, content: dict[str, Any]
) -> None:
    make_revision(project, descriptor, content)
    form = open_form(client, url(project, descriptor))
    response = send(client, url(project, descriptor), form)
    assert "Nothing had changed." in response.content.decode()
    assert Revision.objects.count() == 1
    assert not Draft.objects.exists()


def test_hostile_texts_come_back_as_they_were_and_show_as_text(client: Client, project: Project) -> None:
    content = {
        "version": "1.2",
        "task": NASTY[0],
        "goals": [
            {"id": text[:9], "goal": text, "metric": text, "baseline": text, text[:30]: text}
            for text in NASTY
        ],
        **{text[:40]: text for text in NASTY},
    }
    saved = make_revision(project, body=content)
    response = client.get(url(project))
    page = response.content.decode()
    assert "<script>window" not in page
    assert "<img src=x" not in page
    form = read(response)
    again = send(client, url(project), form)
    assert "Nothing had changed." in again.content.decode()
    assert Revision.objects.get() == saved


def test_typed_hostile_texts_are_kept_to_the_letter(client: Client, project: Project) -> None:
    for number, text in enumerate(NASTY):
        form = open_form(client, url(project))
        send(
            client,
            url(project),
            form,
            task=text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n"),
        )
        assert body(project)["task"] == text.replace("\r\n", "\n").replace("\r", "\n")
        assert Revision.objects.count() == number + 1


def test_an_empty_document_can_be_begun_and_saved_incomplete(client: Client, project: Project) -> None:
    form = open_form(client, url(project, "trained_model"))
    response = send(client, url(project, "trained_model"), form, model_name="Half a model")
    assert "Saved as revision 1." in response.content.decode()
    assert body(project, "trained_model")["model_name"] == "Half a model"
    assert "seed" not in body(project, "trained_model")["evaluation_dataset"]


@pytest.mark.parametrize("descriptor", catalogue.DESCRIPTORS)
@pytest.mark.parametrize("version", catalogue.OWN_VERSIONS)
def test_every_descriptor_in_every_version_has_a_form(
    client: Client, project: Project, descriptor: str, version: str
) -> None:
    make_revision(project, descriptor, {"version": version, "x": 1})
    form = open_form(client, url(project, descriptor))
    assert "Nothing had changed." in send(client, url(project, descriptor), form).content.decode()


@pytest.mark.parametrize(
    "content", [{}, {"version": None}, {"goals": 5}, {"goals": [5, None, [1]]}, {"risks": "x", "task": {}}]
)
def test_any_document_however_broken_has_a_form(client: Client, project: Project, content: Any) -> None:
    make_revision(project, body=content)
    form = open_form(client, url(project))
    assert "Nothing had changed." in send(client, url(project), form).content.decode()


def test_ids_on_the_page_are_unique(client: Client, project: Project) -> None:
    triage(project)
    for descriptor in catalogue.DESCRIPTORS:
        ids = open_form(client, url(project, descriptor)).ids
        assert len(ids) == len(set(ids))


def test_what_cannot_be_kept_is_said_and_everything_else_is_still_there(
    client: Client, project: Project
) -> None:
    make_revision(project, "raw_data", example("emergency-triage", "raw_data"))
    form = open_form(client, url(project, "raw_data"))
    response = send(client, url(project, "raw_data"), form, number_of_instances="many", dataset_name="Typed")
    page = response.content.decode()
    assert response.status_code == 422
    assert "“many” is not a number" in page
    assert 'href="#/number_of_instances"' in page
    again = read(response)
    assert again.fields["/number_of_instances"] == "many"
    assert again.fields["/dataset_name"] == "Typed"
    assert Revision.objects.count() == 1
    assert (
        "Saved as revision 2."
        in send(client, url(project, "raw_data"), again, number_of_instances="5").content.decode()
    )
    assert body(project, "raw_data")["number_of_instances"] == 5


def test_rows_are_added_moved_and_deleted_without_scripts(client: Client, project: Project) -> None:
    address = url(project)
    send(client, address, open_form(client, address), task="t", goals__0__goal="first")
    form = open_form(client, address)
    assert "add:/goals" in form.buttons
    form = read(send(client, address, form, "add:/goals", usage_context="kept"))
    assert form.fields["/usage_context"] == "kept"
    assert form.fields["/goals"] == "0,1+"
    form = read(send(client, address, form, "add:/goals", goals__1__goal="second"))
    form = read(send(client, address, form, "up-picked:/goals", goals__2__goal="third", pick=["/goals/2"]))
    assert form.fields["/goals"] == "0,2+,1+"
    form = read(send(client, address, form, "drop:/goals/0"))
    assert "back:/goals/0" in form.buttons
    form = read(send(client, address, form, "back:/goals/0"))
    send(client, address, form)
    assert [goal["goal"] for goal in body(project)["goals"]] == ["first", "third", "second"]
    assert [goal["id"] for goal in body(project)["goals"]] == ["G-01", "G-02", "G-03"]
    assert not Draft.objects.exists()


def test_a_button_leads_to_where_it_did_something(client: Client, project: Project) -> None:
    form = open_form(client, url(project))
    response = send(client, url(project), form, "add:/goals", follow=False)
    assert (response.status_code, response["Location"]) == (303, f"{url(project)}#/goals/1")


def test_an_unknown_button_is_refused(client: Client, project: Project) -> None:
    form = open_form(client, url(project))
    assert send(client, url(project), form, "fly:/goals/1").status_code == 400


def test_a_form_sent_without_a_button_saves_nothing(client: Client, project: Project) -> None:
    form = open_form(client, url(project))
    assert send(client, url(project), form, "", task="typed").status_code == 400
    assert not Revision.objects.exists()


def test_a_draft_of_another_revision_is_neither_used_nor_lost(client: Client, project: Project) -> None:
    form = open_form(client, url(project))
    send(client, url(project), form, "keep", task="typed on nothing")
    make_revision(project, body={"version": "1.2", "task": "theirs"})
    form.fields["based_on"] = "1"
    send(client, url(project), form, usage_context="typed on revision 1")
    assert Draft.objects.get().state == {"/task": "typed on nothing"}


def test_a_form_without_its_facts_is_refused(client: Client, project: Project) -> None:
    assert client.post(url(project), {"/task": "x"}).status_code == 400


def test_one_section_alone_leaves_the_others_as_they_are(client: Client, project: Project) -> None:
    make_revision(project, "trained_model", example("emergency-triage", "trained_model"))
    address = url(project, "trained_model")
    form = open_form(client, f"{address}?section=identity")
    assert "/model_name" in form.fields
    assert "/output_spec" not in form.fields
    send(client, address, form, model_name="Renamed")
    assert body(project, "trained_model") == example("emergency-triage", "trained_model") | {
        "model_name": "Renamed"
    }


def test_what_is_typed_in_one_section_is_kept_on_the_way_to_the_next(
    client: Client, project: Project
) -> None:
    address = url(project, "trained_model")
    form = open_form(client, f"{address}?section=identity")
    send(client, address, form, "keep", model_name="Kept")
    form = open_form(client, f"{address}?section=code")
    send(client, address, form, model_training_code="https://example.org")
    assert body(project, "trained_model")["model_name"] == "Kept"
    assert body(project, "trained_model")["model_training_code"] == "https://example.org"


def test_findings_stand_at_the_fields_of_both_sides(client: Client, project: Project) -> None:
    triage(project)
    model = client.get(url(project, "trained_model")).content.decode()
    environment = client.get(url(project, "development_environment")).content.decode()
    for page in (model, environment):
        assert "/rules/output-type-mismatch/" in page
    assert (
        f"{url(project, 'development_environment')}#/downstream_components/0/input_spec/0/item_type" in model
    )
    assert f"{url(project, 'trained_model')}#/output_spec/0/item_type" in environment


def test_the_outline_counts_what_is_missing(client: Client, project: Project) -> None:
    triage(project)
    page = client.get(url(project, "trained_model")).content.decode()
    assert "50 of 52" in page
    assert "2 missing" in page


def test_a_dangling_value_is_said_with_the_nearest_one_to_take(client: Client, project: Project) -> None:
    triage(project)
    address = url(project, "trained_model")
    form = open_form(client, address)
    take = "use:/output_spec/2/component_mapping/component=ED Tracking Board"
    assert take in form.buttons
    form = read(send(client, address, form, take))
    assert form.fields["/output_spec/2/component_mapping/component"] == "ED Tracking Board"


def test_an_identifier_is_offered_not_forced(client: Client, project: Project) -> None:
    make_revision(project, "data_pipeline", {"version": "1.2", "pipeline_identifier": "DP-7"})
    make_revision(project, "trained_model", {"version": "1.2", "data_pipeline_identifier": "OTHER"})
    address = url(project, "trained_model")
    form = open_form(client, address)
    assert form.fields["/data_pipeline_identifier"] == "OTHER"
    assert "use:/data_pipeline_identifier=DP-7" in form.buttons
    assert "Nothing had changed." in send(client, address, form).content.decode()


def test_new_terms_are_offered_to_everybody_once_whatever_their_case(
    client: Client, project: Project
) -> None:
    address = url(project, "development_environment")
    before = VocabularyTerm.objects.count()
    form = open_form(client, address)
    send(
        client,
        address,
        form,
        programming_languages="0+,1+,2+,3+",
        programming_languages__0="python",
        programming_languages__1="Zig",
        programming_languages__2="zig",
        programming_languages__3="x" * 101,
    )
    new = list(VocabularyTerm.objects.order_by("id")[before:])
    assert [(term.list, term.term) for term in new] == [("programming_languages", "Zig")]
    assert body(project, "development_environment")["programming_languages"][0] == "python"
    other = make_project(owner=make_member(project))
    client.force_login(other.members.get())
    assert '<option value="Zig">' in client.get(url(other, "trained_model")).content.decode()
    assert Event.objects.filter(verb="vocabulary.added").count() == 1


def test_values_that_stop_applying_are_named_before_they_go(client: Client, project: Project) -> None:
    triage(project)
    address = url(project, "trained_model")
    form = open_form(client, address)
    page = send(client, address, form, output_spec__0__item_type="String").content.decode()
    assert "Values that no longer apply" in page
    assert "Output specification 1 › Item specification › Maximum value" in page
    assert Revision.objects.filter(document__descriptor="trained_model").count() == 1
    draft = Draft.objects.get()
    sent = {"draft": draft.key, "based_on": 1, "keep": ["/output_spec/0/item_specification/max_value"]}
    client.post(url(project, "trained_model", "review/"), sent)
    specification = body(project, "trained_model")["output_spec"][0]["item_specification"]
    assert (specification["min_value"], specification["max_value"]) == (0, 5)
    assert not Draft.objects.exists()


def test_a_new_name_is_carried_through_every_document_in_one_go(client: Client, project: Project) -> None:
    triage(project)
    address = url(project, "development_environment")
    form = open_form(client, address)
    page = send(client, address, form, downstream_components__0__component_name="HIS").content.decode()
    assert "Carry new names along" in page
    assert "Trained Model: Output specification 1" in page
    sent = {
        "draft": Draft.objects.get().key,
        "based_on": 1,
        "carry": ["/downstream_components/0/component_name"],
    }
    page = client.post(url(project, "development_environment", "review/"), sent, follow=True).content.decode()
    assert "carried to Trained Model (revision 2)" in page
    assert body(project, "trained_model")["output_spec"][0]["component_mapping"]["component"] == "HIS"
    revision = Revision.objects.filter(document__descriptor="trained_model").order_by("-number")[0]
    assert (revision.number, revision.origin) == (2, "rename")
    assert revision.reason == "Renamed in Development Environment: “Hospital Record System” is now “HIS”"


def test_a_new_name_is_not_carried_to_what_somebody_else_edits(client: Client, project: Project) -> None:
    triage(project)
    client.force_login(make_member(project, "software-engineer"))
    address = url(project, "development_environment")
    form = open_form(client, address)
    page = send(client, address, form, downstream_components__0__component_name="HIS").content.decode()
    assert "stays as it is: not yours to edit" in page
    promised = re.findall(r"<b>(?:opens|fixes) ([A-Z0-9-]+)</b>", page)
    before = findings(project)
    sent = {
        "draft": Draft.objects.get().key,
        "based_on": 1,
        "carry": ["/downstream_components/0/component_name"],
    }
    page = client.post(url(project, "development_environment", "review/"), sent, follow=True).content.decode()
    assert "Saved as revision 2." in page
    assert body(project, "trained_model") == example("emergency-triage", "trained_model")
    assert sorted(promised) == sorted(code for _, code in before ^ findings(project)) != []


def test_who_may_not_edit_reads_the_form_and_why(client: Client, project: Project) -> None:
    triage(project)
    client.force_login(make_member(project, "operator"))
    page = client.get(url(project, "trained_model")).content.decode()
    assert "editing Trained Model is for owners and data scientists." in page
    assert "<fieldset disabled>" in page
    assert "Save revision" not in page


def test_a_new_name_need_not_be_carried(client: Client, project: Project) -> None:
    triage(project)
    address = url(project, "development_environment")
    send(client, address, open_form(client, address), downstream_components__0__component_name="HIS")
    client.post(url(project, "development_environment", "review/"), {"draft": Draft.objects.get().key})
    assert body(project, "development_environment")["downstream_components"][0]["component_name"] == "HIS"
    assert body(project, "trained_model") == example("emergency-triage", "trained_model")


def test_deleting_a_used_name_lists_who_uses_it(client: Client, project: Project) -> None:
    triage(project)
    address = url(project)
    page = send(client, address, open_form(client, address), goals="1-2").content.decode()
    assert "Still used elsewhere" in page
    assert "Trained Model: Algorithm metrics 1 › Goal mapping" in page


def test_two_people_both_see_what_differs_and_nothing_is_overwritten(
    client: Client, project: Project
) -> None:
    make_revision(project, body={"version": "1.2", "task": "a", "usage_context": "b", "available_data": "c"})
    form = open_form(client, url(project))
    make_revision(
        project,
        body={"version": "1.2", "task": "theirs", "usage_context": "theirs too", "available_data": "c"},
    )
    response = send(client, url(project), form, task="mine", available_data="mine too")
    page = response.content.decode()
    assert response.status_code == 409
    for words in ("Both of you changed", "Only you changed", "Only they changed", "theirs too", "mine too"):
        assert words in page
    assert body(project)["task"] == "theirs"
    draft = Draft.objects.get()
    sent = {"draft": draft.key, "based_on": 2, "take": "chosen"}
    undecided = client.post(url(project, page="resolve/"), sent)
    assert undecided.status_code == 422
    assert "choose one version" in undecided.content.decode()
    client.post(url(project, page="resolve/"), {**sent, "d0": "mine"})
    assert Revision.objects.count() == 3
    assert body(project) == {
        "version": "1.2",
        "task": "mine",
        "usage_context": "theirs too",
        "available_data": "mine too",
    }


@pytest.mark.parametrize(("take", "revisions", "task"), [("mine", 3, "mine"), ("theirs", 2, "theirs")])
def test_one_side_can_be_taken_as_a_whole(
    client: Client, project: Project, take: str, revisions: int, task: str
) -> None:
    make_revision(project, body={"version": "1.2", "task": "a"})
    form = open_form(client, url(project))
    make_revision(project, body={"version": "1.2", "task": "theirs"})
    send(client, url(project), form, task="mine")
    sent = {"draft": Draft.objects.get().key, "based_on": 2, "take": take}
    client.post(url(project, page="resolve/"), sent)
    assert Revision.objects.count() == revisions
    assert body(project)["task"] == task
    assert not Draft.objects.exists()


@pytest.mark.parametrize("carried", [True, False])
def test_a_new_name_that_survives_a_merge_can_be_carried_along(
    client: Client, project: Project, carried: bool
) -> None:
    triage(project)
    address = url(project, "development_environment")
    form = open_form(client, address)
    theirs = example("emergency-triage", "development_environment")
    # Theirs has another component in front, so that no row stays where it was.
    theirs["downstream_components"].insert(0, {"component_name": "Front desk", "input_spec": []})
    make_revision(project, "development_environment", theirs)
    was = theirs["downstream_components"][1]["component_name"]

    page = send(client, address, form, downstream_components__0__component_name="HIS").content.decode()

    assert "Carry new names along" in page
    name = "/downstream_components/0/component_name"
    sent = {
        "draft": Draft.objects.get().key,
        "based_on": 2,
        "take": "chosen",
        "carry": [name] if carried else [],
    }
    client.post(url(project, "development_environment", "resolve/"), sent)
    components = body(project, "development_environment")["downstream_components"]
    assert [each["component_name"] for each in components[:2]] == ["Front desk", "HIS"]
    users = [row["component_mapping"]["component"] for row in body(project, "trained_model")["output_spec"]]
    before = example("emergency-triage", "trained_model")["output_spec"]
    expected = [
        "HIS"
        if carried and row["component_mapping"]["component"] == was
        else row["component_mapping"]["component"]
        for row in before
    ]
    assert users == expected
    assert ("HIS" in users) is carried


def test_a_name_that_a_merge_gives_up_is_not_carried(client: Client, project: Project) -> None:
    triage(project)
    address = url(project, "development_environment")
    form = open_form(client, address)
    theirs = example("emergency-triage", "development_environment")
    theirs["downstream_components"][0]["component_name"] = "Theirs"
    make_revision(project, "development_environment", theirs)
    send(client, address, form, downstream_components__0__component_name="HIS")
    sent = {"draft": Draft.objects.get().key, "based_on": 2, "take": "chosen", "d0": "theirs"}
    sent["carry"] = "/downstream_components/0/component_name"
    client.post(url(project, "development_environment", "resolve/"), sent)
    assert body(project, "trained_model") == example("emergency-triage", "trained_model")


def test_a_third_save_in_between_is_not_overwritten_either(client: Client, project: Project) -> None:
    make_revision(project, body={"version": "1.2", "task": "a"})
    form = open_form(client, url(project))
    make_revision(project, body={"version": "1.2", "task": "b"})
    send(client, url(project), form, task="mine")
    make_revision(project, body={"version": "1.2", "task": "c"})
    sent = {"draft": Draft.objects.get().key, "based_on": 2, "take": "mine"}
    response = client.post(url(project, page="resolve/"), sent)
    assert response.status_code == 409
    assert "once more meanwhile" in response.content.decode()
    assert body(project)["task"] == "c"


def test_a_choice_is_about_the_differences_that_were_shown(client: Client, project: Project) -> None:
    make_revision(project, body={"version": "1.2", "available_data": "c", "task": "a", "usage_context": "b"})
    form = open_form(client, url(project))
    make_revision(
        project,
        body={"version": "1.2", "available_data": "c", "task": "theirs", "usage_context": "theirs too"},
    )
    send(client, url(project), form, usage_context="mine")
    draft = Draft.objects.get()
    page = client.get(url(project, page="resolve/") + f"?draft={draft.key}").content.decode()
    seen = re.search('name="seen" value="([^"]+)"', page)
    assert seen is not None
    sent = {
        "draft": draft.key,
        "based_on": 2,
        "take": "chosen",
        "seen": seen[1],
        "d0": "theirs",
        "d1": "mine",
    }
    # The window of the form is still open, and a third field is typed into it.
    client.post(
        url(project),
        {**form.fields, "draft": draft.key, "op": "keep", "/usage_context": "mine", "/available_data": "new"},
    )

    response = client.post(url(project, page="resolve/"), sent)

    assert response.status_code == 409
    page = response.content.decode()
    assert "your draft has changed in another window meanwhile" in page
    assert Revision.objects.count() == 2
    number = next(
        each for each in re.findall(r'name="(d\d+)" value="mine"', page) if "usage" in at(page, each)
    )
    assert f'name="{number}" value="mine" checked' not in page  # nobody has chosen yet among these
    again = re.search('name="seen" value="([^"]+)"', page)
    assert again is not None
    sent |= {"seen": again[1], "d0": "theirs", "d1": "theirs", "d2": "theirs", number: "mine"}
    assert client.post(url(project, page="resolve/"), sent).status_code == 303
    assert body(project)["usage_context"] == "mine"


def at(page: str, number: str) -> str:
    """The pointer of the difference of this number."""
    return re.findall(r"<code>([^<]*)</code>", page[: page.index(f'name="{number}"')])[-1]


def test_choices_made_before_a_third_save_are_not_taken_for_other_ones(
    client: Client, project: Project
) -> None:
    make_revision(project, body={"version": "1.2", "task": "a", "usage_context": "b"})
    form = open_form(client, url(project))
    make_revision(project, body={"version": "1.2", "task": "a", "usage_context": "theirs"})
    send(client, url(project), form, usage_context="mine", task="mine")
    page = client.get(url(project, page="resolve/") + f"?draft={Draft.objects.get().key}").content.decode()
    seen = re.search('name="seen" value="([^"]+)"', page)
    assert seen is not None
    make_revision(project, body={"version": "1.2", "task": "theirs", "usage_context": "theirs"})
    sent = {"draft": Draft.objects.get().key, "based_on": 2, "take": "chosen", "seen": seen[1]}

    response = client.post(url(project, page="resolve/"), {**sent, "d0": "theirs", "d1": "mine"})

    assert response.status_code == 409
    assert "checked" not in response.content.decode()


def test_a_document_that_could_not_be_read_again_is_not_saved(client: Client, project: Project) -> None:
    goals = [{"id": f"G-{number}", "goal": "x" * 19_000} for number in range(250)]
    make_revision(project, body={"version": "1.2", "task": "a", "goals": goals})
    form = open_form(client, url(project))
    sent = {f"/goals/{number}/metric": "y" * 19_000 for number in range(20)}

    page = client.post(url(project), {**form.fields, **sent, "op": "save"}, follow=True).content.decode()

    assert "more than a document may hold" in page
    assert "Your draft is kept" in page
    assert Revision.objects.count() == 1
    assert len(Draft.objects.get().state) == 20


def test_more_than_a_document_may_hold_is_shown_again_and_not_lost(client: Client, project: Project) -> None:
    make_revision(project, body={"version": "1.2", "task": "a"})
    form = open_form(client, url(project))
    rows = {f"/goals/{number}/goal": f"{number} {'x' * 19_000}" for number in range(300)}
    sent = {**form.fields, **rows, "/goals": ",".join(f"{number}+" for number in range(300))}

    for op in ("keep", "save", "review", "add:/goals"):
        response = client.post(url(project), {**sent, "op": op})
        page = response.content.decode()
        assert response.status_code == 413
        assert "more than a document may hold" in page
        assert "299 xxx" in page
    assert Revision.objects.count() == 1


@pytest.mark.parametrize(
    "page", ["?draft=%00", "review/?draft=%00", "resolve/?draft=1%002345678", "?section=%00"]
)
def test_an_address_with_a_character_that_cannot_be_stored_is_no_error(
    client: Client, project: Project, page: str
) -> None:
    assert client.get(url(project) + page).status_code in (200, 400)


def test_a_document_cleared_meanwhile_can_be_brought_back(client: Client, project: Project) -> None:
    make_revision(project, body={"version": "1.2", "task": "a"})
    form = open_form(client, url(project))
    clear_document(project=project, descriptor="system_context", by=make_user(), based_on=1)
    response = send(client, url(project), form, task="mine")
    assert response.status_code == 409
    assert "Whole document" in response.content.decode()
    sent = {"draft": Draft.objects.get().key, "based_on": 2, "take": "mine"}
    client.post(url(project, page="resolve/"), sent)
    assert body(project)["task"] == "mine"


def test_saving_the_same_twice_is_one_revision(client: Client, project: Project) -> None:
    form = open_form(client, url(project))
    for _ in range(2):
        send(client, url(project), form, task="once")
    assert Revision.objects.count() == 1


def test_an_archived_project_is_read_only(client: Client, project: Project, owner: Any) -> None:
    triage(project)
    archive_project(project=project, by=owner)
    form = open_form(client, url(project, "trained_model"))
    assert form.buttons == []
    assert client.post(url(project, "trained_model"), {"op": "save"}).status_code == 403
    assert client.post(url(project, "trained_model", "draft/"), {}).status_code == 403


def test_five_hundred_rows_are_sent_and_saved(client: Client, project: Project) -> None:
    rows = [
        {
            "field_name": f"field_{number}",
            "field_description": "d",
            "field_type": "Float",
            "expected_values": "e",
            "interpret_missing": "",
            "interpret_special": "",
        }
        for number in range(500)
    ]
    make_revision(project, "raw_data", {"version": "1.2", "schema": rows})
    form = open_form(client, url(project, "raw_data"))
    assert len(form.fields) > 3_000
    send(client, url(project, "raw_data"), form, schema__499__field_type="Integer")
    saved = body(project, "raw_data")["schema"]
    assert (len(saved), saved[499]["field_type"], saved[498]) == (500, "Integer", rows[498])


def test_five_hundred_wide_outputs_can_be_sent(client: Client, project: Project) -> None:
    [first, *_] = example("emergency-triage", "trained_model")["output_spec"]
    rows = [first | {"item_name": f"item {number}"} for number in range(500)]
    make_revision(project, "trained_model", {"version": "1.2", "output_spec": rows})
    address = url(project, "trained_model")
    form = open_form(client, address)
    assert len(form.fields) > 9_000
    assert "Saved as revision 2." in send(client, address, form, model_name="m").content.decode()


def test_the_form_asks_the_database_a_fixed_number_of_questions(
    client: Client, project: Project, django_assert_max_num_queries: Any
) -> None:
    triage(project)
    with django_assert_max_num_queries(16):
        client.get(url(project, "trained_model"))


def test_json_is_still_there_to_be_edited(client: Client, project: Project) -> None:
    address = url(project, page="json/")
    assert client.get(address).status_code == 200
    client.post(address, {"text": json.dumps({"version": "1.2", "task": "x"}), "based_on": 0})
    assert body(project) == {"version": "1.2", "task": "x"}


def pasts(page: str) -> list[str]:
    """The fields whose past the page leads to."""
    return [unquote(each) for each in re.findall(r'href="[^"]*history/fields/\?field=([^"]+)"', page)]


def test_each_saved_value_leads_to_who_changed_it(client, project):
    goals = [{"id": "G-1", "goal": "Live"}, {"id": "G-2", "goal": "Last"}]
    make_revision(project, body={"version": "1.2", "task": "Sort", "goals": goals})

    page = client.get(url(project)).content.decode()

    assert {"/task", "/goals"} <= set(pasts(page))
    assert "/usage" not in pasts(page)
    assert 'Who changed it<span class="visually-hidden">: ' in page
    target = client.get(url(project, page="history/fields/?field=/task"))
    assert "Sort" in target.content.decode()


def test_what_is_not_saved_yet_has_no_past(client, project):
    assert pasts(client.get(url(project)).content.decode()) == []

    at = url(project, "trained_model")
    make_revision(project, "trained_model", {"version": "1.2", "output_spec": [{"item_name": "Level"}]})
    form = open_form(client, at)
    page = send(client, at, form, op="copy:/output_spec/0").content.decode()

    assert page.count("Level") > 1
    assert "/output_spec/0/item_name" in pasts(page)
    assert not [each for each in pasts(page) if each.startswith("/output_spec/1")]
