"""The inbox, what people choose to hear, and the pages about webhooks."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404
from django.test import Client

from tec.audit.models import Event
from tec.notices.models import Delivery, Notice, Webhook, Wishes
from tec.notices.services.change_webhook import (
    MOST,
    add_webhook,
    change_webhook,
    remove_webhook,
    try_webhook,
)
from tec.notices.services.tell import tell
from tec.projects.models import Project, Role
from tests.factories import make_member, make_project, make_user
from tests.tec.notices.test_tell import CRITICAL, happening

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script> \u202e" + "x" * 120


@pytest.fixture
def owner(client: Client) -> Any:
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def project(owner: Any) -> Project:
    return make_project(owner=owner)


def test_an_empty_inbox_says_what_will_stand_there(client: Client, owner: Any) -> None:
    page = client.get("/inbox/").content.decode()
    assert "Nothing has happened yet" in page
    assert '<span class="count">' not in page


def test_the_inbox_shows_what_is_unread_and_marks_it_read(
    client: Client, owner: Any, project: Project
) -> None:
    tell(project, happening(CRITICAL))
    tell(project, happening(event="b", text=HOSTILE))
    page = client.get("/inbox/").content.decode()
    assert "<b>2</b> unread" in page
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    first = Notice.objects.order_by("pk")[0]
    client.post("/inbox/read/", {"notice": first.pk})
    assert [each.read_at is not None for each in Notice.objects.order_by("pk")] == [True, False]
    client.post("/inbox/read/", {})
    assert not Notice.objects.unread().exists()


def test_following_a_notice_reads_it_and_leads_to_its_page(
    client: Client, owner: Any, project: Project
) -> None:
    tell(project, happening(CRITICAL))
    response = client.get(f"/inbox/{Notice.objects.get().pk}/")
    assert response.headers["Location"] == "/projects/churn/compare/"
    assert Notice.objects.get().read_at


def test_notices_of_others_are_theirs(client: Client, owner: Any, project: Project) -> None:
    other = make_member(project)
    tell(project, happening(CRITICAL), to=[other])
    notice = Notice.objects.get()
    assert client.get(f"/inbox/{notice.pk}/").status_code == 404
    client.post("/inbox/read/", {"notice": notice.pk})
    client.post("/inbox/read/", {})
    assert Notice.objects.get().read_at is None


def test_the_inbox_asks_as_many_questions_with_500_notices(
    client: Client, owner: Any, project: Project, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        tell(project, happening(event=str(number)))
    with django_assert_max_num_queries(9):
        assert client.get("/inbox/?page=2").status_code == 200


def test_wishes_are_kept_and_shown_again(client: Client, owner: Any, project: Project) -> None:
    sent = {
        "mail": "each",
        "link_only": "on",
        "kinds": ["check.new", "check.failed"],
        "least": "major",
        "descriptors": ["trained_model"],
        "rules": "tec-3a, x309",
        "muted": [project.pk],
    }
    assert client.post("/inbox/wishes/", sent).status_code == 302
    wishes = Wishes.objects.get()
    assert (wishes.mail, wishes.link_only, wishes.least) == ("each", True, "major")
    assert "check.new" not in wishes.off
    assert "decision.ending" in wishes.off
    assert wishes.rules == ["TEC-3A", "X309"]
    assert list(wishes.muted.all()) == [project]
    assert "TEC-3A X309" in client.get("/inbox/wishes/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"rules": "TEC-99"}, "There is no rule TEC-99"),
        ({"mail": "hourly"}, "hourly"),
        ({"muted": ["999999"]}, "999999"),
        ({"least": ""}, "required"),
    ],
)
def test_what_cannot_be_wished_is_refused_in_words(
    client: Client, project: Project, wrong: Any, said: str
) -> None:
    response = client.post("/inbox/wishes/", {"mail": "daily", "least": "info", **wrong})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Wishes.objects.exists()


def test_a_webhook_is_added_and_its_secret_shown_once(client: Client, owner: Any, project: Project) -> None:
    sent = {"name": "Team chat", "url": "https://chat.example.org/hooks/1", "kinds": ["check.new"]}
    page = client.post(f"/projects/{project.slug}/webhooks/add/", sent).content.decode()
    secret = page.partition('id="secret">')[2].partition("<")[0]
    assert len(secret) > 40
    hook = Webhook.objects.get()
    assert secret not in client.get(f"/projects/{project.slug}/webhooks/{hook.pk}/").content.decode()
    assert "Team chat" in client.get(f"/projects/{project.slug}/webhooks/").content.decode()
    event = Event.objects.get(verb="webhook.added")
    assert event.facts["url"].startswith("https://chat.example.org/… (")
    assert secret not in str(event.facts)


def test_members_do_not_learn_the_address_of_a_webhook_from_the_log(client: Client, project: Project) -> None:
    boss = project.memberships.get().user
    hook, _ = add_webhook(
        project=project,
        by=boss,
        name="chat",
        url="https://chat.example.org/T0/unguessable",
        kinds=["check.new"],
    )
    change_webhook(hook=hook, by=boss, url="https://chat.example.org/T0/unguessable-too")
    client.force_login(make_member(project, Role.VIEWER))

    page = client.get(f"/projects/{project.slug}/audit/").content.decode()
    told = client.get(f"/api/projects/{project.slug}/audit/").content.decode()

    assert page.count("https://chat.example.org/…") == 3  # added; changed from and to
    assert "unguessable" not in page + told


@pytest.mark.parametrize("url", ["http://chat.example.org/", "https://a:b@example.org/", "nonsense"])
def test_a_webhook_to_nowhere_is_refused(client: Client, owner: Any, project: Project, url: str) -> None:
    response = client.post(
        f"/projects/{project.slug}/webhooks/add/", {"name": "x", "url": url, "kinds": ["check.new"]}
    )
    assert response.status_code == 422
    assert not Webhook.objects.exists()


def test_a_project_has_a_bounded_number_of_webhooks(client: Client, owner: Any, project: Project) -> None:
    for number in range(MOST):
        add_webhook(project=project, by=owner, name=str(number), url="https://example.org/", kinds=[])
    sent = {"name": "one more", "url": "https://example.org/", "kinds": ["check.new"]}
    response = client.post(f"/projects/{project.slug}/webhooks/add/", sent)
    assert response.status_code == 422
    assert Webhook.objects.count() == MOST


@pytest.mark.parametrize("what", ["try", "pause", "resume", "renew", "remove"])
def test_everything_a_webhook_can_be_told(client: Client, owner: Any, project: Project, what: str) -> None:
    hook, _ = add_webhook(
        project=project, by=owner, name="x", url="https://example.org/", kinds=["check.new"]
    )
    sealed = hook.sealed_secret
    client.post(f"/projects/{project.slug}/webhooks/{hook.pk}/do/", {"what": what})
    now = Webhook.objects.filter(pk=hook.pk).first()
    assert (now is None) == (what == "remove")
    if now:
        assert now.active == (what != "pause")
        assert (now.sealed_secret != sealed) == (what == "renew")
        assert Delivery.objects.exists() == (what == "try")


def test_an_unknown_button_is_refused(client: Client, owner: Any, project: Project) -> None:
    hook, _ = add_webhook(project=project, by=owner, name="x", url="https://example.org/", kinds=[])
    response = client.post(f"/projects/{project.slug}/webhooks/{hook.pk}/do/", {"what": "explode"})
    assert response.status_code == 400


def test_webhooks_of_another_project_are_not_found(client: Client, owner: Any, project: Project) -> None:
    other = make_project(owner=owner)
    hook, _ = add_webhook(project=other, by=owner, name="x", url="https://example.org/", kinds=[])
    delivery = try_webhook(hook=hook, by=owner)
    base = f"/projects/{project.slug}/webhooks/{hook.pk}/"
    assert client.get(base).status_code == 404
    assert client.get(f"{base}edit/").status_code == 404
    assert client.post(f"{base}do/", {"what": "remove"}).status_code == 404
    assert client.post(f"{base}deliveries/{delivery.pk}/again/").status_code == 404
    own, _ = add_webhook(project=project, by=owner, name="y", url="https://example.org/", kinds=[])
    own_base = f"/projects/{project.slug}/webhooks/{own.pk}/"
    assert client.post(f"{own_base}deliveries/{delivery.pk}/again/").status_code == 404
    assert client.post(f"{own_base}deliveries/{uuid4()}/again/").status_code == 404


def test_a_changed_address_is_audited_from_old_to_new(client: Client, owner: Any, project: Project) -> None:
    hook, _ = add_webhook(
        project=project, by=owner, name="x", url="https://a.example.org/", kinds=["check.new"]
    )
    sent = {"name": "x", "url": "https://b.example.org/", "kinds": ["check.new"]}
    client.post(f"/projects/{project.slug}/webhooks/{hook.pk}/edit/", sent)
    event = Event.objects.get(verb="webhook.changed")
    was, now = event.facts["changes"]["url"]
    assert (was[:22], now[:22]) == ("https://a.example.org/", "https://b.example.org/")
    assert list(event.facts["changes"]) == ["url"]


def test_another_name_of_a_webhook_is_in_the_log(client: Client, owner: Any, project: Project) -> None:
    hook, _ = add_webhook(project=project, by=owner, name="x", url="https://a.example.org/", kinds=[])
    change_webhook(hook=hook, by=owner, name="y")

    assert Event.objects.get(verb="webhook.changed").facts["changes"] == {"name": ["x", "y"]}


EDITED = {"name": "Chat", "url": "https://chat.example.org/a", "kinds": ["check.new"]}


@pytest.fixture
def hook(owner: Any, project: Project) -> Webhook:
    return add_webhook(project=project, by=owner, **EDITED)[0]


@pytest.fixture
def eve(project: Project) -> Any:
    return make_member(project, Role.OWNER, username="eve")


def edit(client: Client, hook: Webhook, **sent: Any) -> Any:
    at = f"/projects/{hook.project.slug}/webhooks/{hook.pk}/edit/"
    return client.post(at, {**EDITED, **sent}) if sent else client.get(at)


def test_a_webhook_that_somebody_else_has_changed_meanwhile_is_not_overwritten(
    client: Client, hook: Webhook, eve: Any
) -> None:
    change_webhook(hook=hook, by=eve, kinds=["check.new", "check.failed"], url="https://chat.example.org/b")

    answer = edit(client, hook, name="Team chat", version=0)

    page = answer.content.decode()
    hook.refresh_from_db()
    assert (answer.status_code, hook.name, hook.url) == (409, "Chat", "https://chat.example.org/b")
    assert "eve changed this after you began." in page
    assert "check.new, check.failed</ins>" in page
    assert 'value="Team chat"' in page  # what was typed
    assert 'value="https://chat.example.org/b"' in page  # what was left alone, as the other one saved it
    assert re.search(r'value="check.failed"[^>]* checked', page)
    assert 'name="version" value="1"' in page
    assert not Event.objects.filter(verb="webhook.changed", facts_text__contains="Team chat").exists()

    both = {"name": "Team chat", "url": hook.url, "kinds": hook.kinds, "version": 1}
    assert edit(client, hook, **both).status_code == 302
    hook.refresh_from_db()
    assert (hook.name, hook.kinds, hook.version) == ("Team chat", ["check.new", "check.failed"], 2)


def test_what_two_people_change_alike_is_no_conflict(client: Client, hook: Webhook, eve: Any) -> None:
    change_webhook(hook=hook, by=eve, name="Team chat")

    assert edit(client, hook, name="Team chat", version=0).status_code == 302
    assert Event.objects.filter(verb="webhook.changed").count() == 1


def test_an_address_that_both_have_changed_stays_as_it_was_typed(
    client: Client, hook: Webhook, eve: Any
) -> None:
    change_webhook(hook=hook, by=eve, url="https://chat.example.org/b")

    page = edit(client, hook, url="https://chat.example.org/mine", version=0).content.decode()

    assert 'value="https://chat.example.org/mine"' in page
    assert (
        "https://chat.example.org/b" not in page
    )  # the log, and so the difference, has no more than the host


def test_only_the_changes_of_this_very_webhook_are_told(
    client: Client, hook: Webhook, eve: Any, project: Project
) -> None:
    twin, _ = add_webhook(project=project, by=eve, **EDITED)
    change_webhook(hook=twin, by=eve, name="Elsewhere")
    assert edit(client, hook, name="Renamed", version=0).status_code == 302
    change_webhook(hook=hook, by=eve, active=False)
    change_webhook(hook=twin, by=eve, name="Chat")

    page = edit(client, hook, name="Chat", version=0).content.decode()

    assert "Renamed" in page
    assert "Elsewhere" not in page
    assert "<li>active: " in page


def test_the_form_of_a_webhook_names_the_version_it_shows(client: Client, hook: Webhook, eve: Any) -> None:
    change_webhook(hook=hook, by=eve, name="Team chat")

    assert 'name="version" value="1"' in edit(client, hook).content.decode()
    assert edit(client, hook, name="Mine", version=1).status_code == 302
    assert edit(client, hook, name="Ours", version="nonsense").status_code == 409


def test_a_webhook_that_is_gone_cannot_be_changed_or_removed_again(hook: Webhook, owner: Any) -> None:
    remove_webhook(hook=Webhook.objects.get(), by=owner)

    with pytest.raises(Http404):
        change_webhook(hook=hook, by=owner, name="y")
    with pytest.raises(Http404):
        remove_webhook(hook=hook, by=owner)
    assert Event.objects.filter(verb="webhook.removed").count() == 1
