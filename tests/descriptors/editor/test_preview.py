"""What a form promises before it is saved is what two real checks find, and the outline counts the same."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.test import Client

from descriptors import catalogue
from descriptors.editor.hidden import leftovers, without
from descriptors.editor.insight import Nothing, insight
from descriptors.editor.page import Heads, Page, open_form
from descriptors.editor.plan import every, plan_for
from descriptors.editor.renames import carried, renames
from descriptors.models import Document
from mismatch.engine import check
from mismatch.insight import Rules
from mismatch.services.execute_check import execute_check
from mismatch.services.start_check import start_check
from tec.projects.models import Project
from tests.descriptors.editor.forms import example, inputs
from tests.descriptors.editor.pages import open_form as opened
from tests.descriptors.editor.pages import send
from tests.factories import make_project, make_revision, make_user

TRIAGE = [name for name in catalogue.DESCRIPTORS if name != "production_environment"]
WORDS = [
    "",
    "0",
    "7",
    "Python",
    "String",
    "Other",
    "ED Tracking Board",
    "wait_limit",
    "G-01",
    "true",
    "scikit-learn",
    "x",
]


def findings(documents: dict[str, Any]) -> dict[str, str]:
    return {each.fingerprint: each.code for each in check(documents).findings}


def edited(seed: int, descriptor: str, saved: dict[str, Any]) -> dict[str, str]:
    """A few random edits of a form: values, and rows deleted, moved and added."""
    dice = random.Random(seed)
    heads = FakeHeads(descriptor, saved)
    page = Page(Project(pk=0, slug="x"), heads, open_form(heads, descriptor, {}))  # type: ignore[arg-type]
    fields = [each for part in page.parts for each in inputs(part.nodes) if each.kind != "fixed"]
    state = {each.name: dice.choice(WORDS) for each in dice.sample(fields, min(3, len(fields)))}
    lists = [
        plan for plan in every(plan_for(descriptor).root) if plan.kind == "list" and "[]" not in plan.path
    ]
    if lists and dice.random() < 0.5:
        name = "/" + dice.choice(lists).path
        state[name] = dice.choice(["", "0", "1,0", "0-9,10+", "0+"])
    return state


class FakeHeads(Heads):
    def __init__(self, descriptor: str, saved: dict[str, Any]) -> None:
        self.revisions = {}
        self.documents = {
            name: example("emergency-triage", name) if name in TRIAGE else None
            for name in catalogue.DESCRIPTORS
        }
        self.documents[descriptor] = saved


@pytest.mark.django_db
def test_the_preview_of_two_hundred_edits_is_the_difference_of_two_checks() -> None:
    opens = fixes = 0
    for seed in range(200):
        descriptor = TRIAGE[seed % len(TRIAGE)]
        saved = example("emergency-triage", descriptor)
        heads = FakeHeads(descriptor, saved)
        form = open_form(heads, descriptor, edited(seed, descriptor, saved))
        page = Page(Project(pk=0, slug="x"), heads, form, nodes=False)
        before = findings(heads.documents)
        after = findings({**heads.documents, **saved_as_offered(form, heads)})
        assert {each.fingerprint for each in page.preview.opened} == set(after) - set(before)
        assert {each.fingerprint for each in page.preview.fixed} == set(before) - set(after)
        opens += len(page.preview.opened)
        fixes += len(page.preview.fixed)
    assert opens > 100, "the edits break things"
    assert fixes > 20, "and mend some"


def saved_as_offered(form: Any, heads: Heads) -> dict[str, Any]:
    """Every document as it is after a save that follows all offers, computed apart from the preview."""
    descriptor = form.plan.descriptor
    body = without(form.reading.document, leftovers(form.plan, form.saved, form.reading))
    renamed, _ = renames(descriptor, form.saved, form.reading, heads.documents)
    return {descriptor: body, **carried({**heads.documents, descriptor: body}, renamed)}


@pytest.mark.django_db
def test_saving_does_what_the_page_said(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    project = make_project(owner=user)
    for descriptor in TRIAGE:
        make_revision(project, descriptor, example("emergency-triage", descriptor))
    before = findings(Document.objects.bodies_of(project))
    address = f"/projects/{project.slug}/descriptors/trained_model/"
    form = opened(client, address)
    kept = send(
        client,
        address,
        form,
        "keep",
        output_spec__1__component_mapping__component="ED Tracking Board",
        inference_time__time="",
    )
    page = kept.content.decode()
    send(client, address, opened(client, address))
    after = findings(Document.objects.bodies_of(project))
    new, gone = set(after) - set(before), set(before) - set(after)
    assert (len(new), len(gone)) != (0, 0)
    assert f"<b>opens {len(new)}</b>" in page
    assert f'<b class="ok">fixes {len(gone)}</b>' in page
    for fingerprint in new:
        assert f"opens {after[fingerprint]}" in page
    for fingerprint in gone:
        assert f"fixes {before[fingerprint]}" in page


@pytest.mark.django_db
def test_a_finding_no_check_has_seen_is_called_new() -> None:
    user = make_user()
    project = make_project(owner=user)
    for descriptor in TRIAGE:
        make_revision(project, descriptor, example("emergency-triage", descriptor))
    assert insight().last_check(project, Document.objects.bodies_of(project)).number == 0
    execute_check(check_id=start_check(project=project, by=user).pk)
    last = insight().last_check(project, Document.objects.bodies_of(project))
    assert (last.number, last.gone) == (1, 0)
    assert not any(remark.fresh for remark in last.remarks)
    assert all(remark.url.endswith(f"#f-{remark.fingerprint}") for remark in last.remarks)
    model = example("emergency-triage", "trained_model") | {"ml_frameworks": ["Caffe"]}
    make_revision(project, "trained_model", model)
    last = insight().last_check(project, Document.objects.bodies_of(project))
    assert [remark.code for remark in last.remarks if remark.fresh] == ["TEC-8"]
    assert last.gone == 1


def test_the_rules_answer_once_their_app_is_loaded() -> None:
    assert isinstance(insight(), Rules)


def test_without_rules_a_form_has_nothing_to_show() -> None:
    nobody = Nothing()
    assert nobody.last_check(Project(), {}).remarks == nobody.missing(Project(), "raw_data", {}) == ()
    assert nobody.preview(Project(), {}, {}) == ((), ())
    assert nobody.filled("raw_data", {}).of == 0
