"""Who is told what: those who want to hear of it, once for each event."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction

from tec.notices.models import Delivery, Mail, Notice, Webhook, Wishes
from tec.notices.services.change_webhook import add_webhook
from tec.notices.services.keep_wishes import keep_wishes
from tec.notices.services.tell import About, Happening, tell
from tec.projects.models import Project
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db

CRITICAL = About("critical", "TEC-3A", ("trained_model", "development_environment"))
MINOR = About("minor", "TEC-16", ("training_data", "production_data"))


def happening(*findings: About, **over: Any) -> Happening:
    fields = {
        "kind": "check.new",
        "event": "check.new:7",
        "text": "New or reopened in check 7: {count}.",
        "address": "/projects/churn/compare/",
        "findings": findings,
        **over,
    }
    return Happening(**fields)


def wish(user: Any, **over: Any) -> Wishes:
    fields = {
        "mail": Mail.DAILY,
        "link_only": False,
        "off": [],
        "least": "info",
        "descriptors": [],
        "rules": [],
        "muted": [],
        **over,
    }
    return keep_wishes(user=user, **fields)


@pytest.fixture
def owner() -> Any:
    return make_user(email="ann@example.org")


@pytest.fixture
def project(owner: Any) -> Project:
    return make_project(owner=owner)


def texts(user: Any) -> list[str]:
    return list(Notice.objects.filter(user=user).values_list("text", flat=True))


@pytest.mark.parametrize(
    "wishes",
    [
        {"off": ["check.new"]},
        {"least": "critical"},
        {"descriptors": ["raw_data"]},
        {"rules": ["TEC-3A"]},
    ],
)
def test_nobody_is_told_what_they_do_not_want_to_hear(owner: Any, project: Project, wishes: Any) -> None:
    wish(owner, **wishes)
    assert tell(project, happening(MINOR)) == 0
    assert texts(owner) == []


def test_a_muted_project_says_nothing_and_another_one_does(owner: Any, project: Project) -> None:
    other = make_project(owner=owner)
    wish(owner, muted=[project])
    tell(project, happening(CRITICAL))
    tell(other, happening(CRITICAL, event="check.new:8"))
    assert list(Notice.objects.values_list("project", flat=True)) == [other.pk]


def test_strangers_people_who_left_and_whoever_did_it_are_not_told(owner: Any, project: Project) -> None:
    make_user()
    gone = make_member(project)
    gone.is_active = False
    gone.save()
    colleague = make_member(project)
    assert tell(project, happening(CRITICAL), besides=owner) == 1
    assert Notice.objects.get().user == colleague
    assert tell(project, happening(event="x"), to=[make_user()]) == 0


def test_each_counts_the_findings_they_chose(owner: Any, project: Project) -> None:
    strict, all_of_it = make_member(project), make_member(project)
    wish(strict, least="major", descriptors=["trained_model"])
    wish(all_of_it, least="info")
    tell(project, happening(CRITICAL, MINOR, MINOR))
    assert texts(strict) == ["New or reopened in check 7: 1 finding."]
    assert texts(all_of_it) == ["New or reopened in check 7: 3 findings."]
    assert {notice.severity for notice in Notice.objects.all()} == {"critical"}


def test_the_same_event_is_told_once(owner: Any, project: Project) -> None:
    add_webhook(project=project, by=owner, name="Chat", url="https://example.org/", kinds=["check.new"])
    for _ in range(3):
        tell(project, happening(CRITICAL))
    assert Notice.objects.count() == 1
    assert Delivery.objects.count() == 1


def test_what_is_rolled_back_is_never_told(owner: Any, project: Project) -> None:
    with transaction.atomic():
        tell(project, happening(CRITICAL))
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_telling_costs_the_same_for_two_people_and_for_thirty(
    project: Project, django_assert_max_num_queries: Any
) -> None:
    make_member(project)
    with django_assert_max_num_queries(8):
        tell(project, happening(CRITICAL))
    for _ in range(28):
        make_member(project)
    with django_assert_max_num_queries(8):
        tell(project, happening(CRITICAL, event="other"))
    assert Notice.objects.count() == 2 + 30


def test_webhooks_are_sent_the_kinds_they_were_added_for(owner: Any, project: Project) -> None:
    common = {"project": project, "by": owner, "url": "https://example.org/"}
    add_webhook(name="all", kinds=["check.new", "check.failed"], **common)
    add_webhook(name="other", kinds=["check.failed"], **common)
    add_webhook(name="quiet", kinds=["check.new"], link_only=True, **common)
    paused, _ = add_webhook(name="paused", kinds=["check.new"], **common)
    Webhook.objects.filter(pk=paused.pk).update(active=False)
    tell(project, happening(CRITICAL, MINOR, facts={"check": 7}))
    sent = {each.webhook.name: json.loads(each.body) for each in Delivery.objects.select_related("webhook")}
    assert set(sent) == {"all", "quiet"}
    assert sent["all"]["text"] == "New or reopened in check 7: 2 findings."
    assert sent["all"]["project"] == {"slug": project.slug, "name": project.name}
    assert sent["all"]["check"] == 7
    assert set(sent["quiet"]) == {"event", "at", "url"}


def test_what_concerns_one_person_goes_to_no_other_system(owner: Any, project: Project) -> None:
    add_webhook(project=project, by=owner, name="x", url="https://example.org/", kinds=["finding.assigned"])
    tell(project, happening(kind="finding.assigned", text="Ann gave you a finding."), to=[owner])
    assert texts(owner) == ["Ann gave you a finding."]
    assert not Delivery.objects.exists()
