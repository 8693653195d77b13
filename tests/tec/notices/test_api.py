"""The inbox and webhooks, through the API."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tec.audit.models import Event
from tec.notices.models import Delivery, Notice, Outcome, Webhook, Wishes
from tec.notices.services import change_webhook as webhooks
from tec.notices.services.tell import tell
from tec.projects.models import Project
from tec.sealing import unseal
from tests.api import Api, problem_of
from tests.factories import make_member, make_project, make_user
from tests.tec.notices.test_tell import CRITICAL, happening

pytestmark = pytest.mark.django_db

HOOK = {"name": "Chat", "url": "https://chat.example.org/tec", "kinds": ["check.new"]}


@pytest.fixture
def owner() -> Any:
    return make_user()


@pytest.fixture
def project(owner: Any) -> Project:
    return make_project(owner=owner)


def test_the_inbox_is_ones_own_and_marked_as_read(owner: Any, project: Project) -> None:
    api, other = Api(owner), Api(make_member(project))
    tell(project, happening(CRITICAL), to=[owner])
    tell(project, happening(event="b", text="Another."), to=[owner])

    told = api.get("inbox/").json()
    assert told["results"][0]["text"] == "Another."
    assert told["results"][0]["project"] == project.slug
    first = told["results"][0]["id"]
    assert other.get("inbox/").json()["count"] == 0
    assert other.post("inbox/read/", {"notices": [first]}).json() == {"marked": 0}

    assert api.post("inbox/read/", {"notices": [first]}).json() == {"marked": 1}
    assert api.get("inbox/?show=unread").json()["count"] == 1
    assert api.post("inbox/read/", {}).json() == {"marked": 1}
    assert not Notice.objects.unread().exists()


def test_a_webhook_is_added_with_its_secret_changed_tried_and_removed(owner: Any, project: Project) -> None:
    api, at = Api(owner), f"projects/{project.slug}/webhooks/"
    made = api.post(at, HOOK)
    assert made.status_code == 201
    secret, one = made.json()["secret"], f"{at}{made.json()['id']}/"
    assert unseal(Webhook.objects.get().sealed_secret) == secret
    for address in (at, one):
        assert secret.encode() not in api.get(address).content
    assert api.get(at).json()["results"][0]["url"] == HOOK["url"]

    changed = api.patch(one, {"name": "Team", "active": False}).json()
    assert (changed["name"], changed["active"], changed["kinds"]) == ("Team", False, ["check.new"])
    assert api.patch(one, {"active": True}).json()["active"] is True

    tried = api.post(f"{one}try/")
    assert (tried.status_code, tried.json()["outcome"]) == (202, "waiting")
    assert [each["id"] for each in api.get(f"{one}deliveries/").json()["results"]] == [tried.json()["id"]]

    assert api.delete(one).status_code == 204
    assert not Webhook.objects.exists()


def test_a_webhook_gets_a_new_secret_and_a_message_is_sent_once_more(owner: Any, project: Project) -> None:
    api, at = Api(owner), f"projects/{project.slug}/webhooks/"
    made = api.post(at, HOOK).json()
    one = f"{at}{made['id']}/"

    renewed = api.post(f"{one}secret/").json()
    assert unseal(Webhook.objects.get().sealed_secret) == renewed["secret"] != made["secret"]
    assert renewed["secret"].encode() not in api.get(one).content

    sent = api.post(f"{one}try/").json()
    Delivery.objects.update(outcome=Outcome.FAILED, tries=6)
    again = api.post(f"{one}deliveries/{sent['id']}/again/")
    assert (again.status_code, again.json()["outcome"], again.json()["tries"]) == (202, "waiting", 0)
    assert api.post(f"{one}deliveries/{sent['id']}/again/").status_code == 202
    assert [each.verb for each in Event.objects.filter(verb__startswith="webhook.").order_by("number")] == [
        "webhook.added",
        "webhook.secret_renewed",
        "webhook.tried",
        "webhook.sent_again",
    ]
    problem_of(api.post(f"{one}deliveries/{uuid4()}/again/"), 404)


def test_wishes_are_the_defaults_until_one_says_otherwise(owner: Any, project: Project) -> None:
    api = Api(owner)
    before = api.get("inbox/wishes/").json()
    assert (before["mail"], before["least"], before["muted"]) == ("daily", "minor", [])
    assert "check.new" in before["kinds"]

    said = {
        "mail": "each",
        "link_only": True,
        "kinds": ["check.new"],
        "least": "major",
        "descriptors": ["trained_model"],
        "rules": ["TEC-3A", "X309"],
        "muted": [project.slug],
    }
    assert api.put("inbox/wishes/", said).json() == said
    assert api.get("inbox/wishes/").json() == said
    assert Wishes.objects.get().user == owner
    assert api.put("inbox/wishes/", before).json() == before
    assert Event.objects.filter(verb="account.wishes_changed", actor=owner.username).count() == 2


@pytest.mark.parametrize(
    ("over", "pointer"),
    [
        ({"rules": ["TEC-99"]}, "/rules"),
        ({"mail": "hourly"}, "/mail"),
        ({"muted": ["not-mine"]}, "/muted/0"),
        ({"kinds": ["nothing"]}, "/kinds/0"),
        ({"hour": 7}, "/hour"),
    ],
)
def test_what_cannot_be_wished_is_refused(owner: Any, over: Any, pointer: str) -> None:
    make_project(name="Not mine")
    said = {"mail": "daily", "kinds": [], "least": "info"}

    problem = problem_of(Api(owner).put("inbox/wishes/", said | over), 400)

    assert problem["errors"][0]["pointer"] == pointer
    assert not Wishes.objects.exists()


@pytest.mark.parametrize(
    ("over", "pointer"),
    [
        ({"url": "http://chat.example.org/"}, "/url"),
        ({"kinds": []}, "/kinds"),
        ({"kinds": ["finding.assigned"]}, "/kinds/0"),
        ({"name": "\u200b"}, "/name"),
        ({"secret": "mine"}, "/secret"),
    ],
)
def test_what_the_page_refuses_is_refused(owner: Any, project: Project, over: Any, pointer: str) -> None:
    problem = problem_of(Api(owner).post(f"projects/{project.slug}/webhooks/", HOOK | over), 400)

    assert problem["errors"][0]["pointer"].startswith(pointer.removesuffix("/0"))
    assert not Webhook.objects.exists()


def test_a_change_that_names_what_it_started_from_overwrites_nothing_unseen(
    owner: Any, project: Project
) -> None:
    api, at = Api(owner), f"projects/{project.slug}/webhooks/"
    one = f"{at}{api.post(at, HOOK).json()['id']}/"
    held = api.get(one).headers["ETag"]
    changed = api.patch(one, {"name": "Team"}, If_Match=held)
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"1"')

    problem = problem_of(api.patch(one, {"active": False}, If_Match=held), 412)

    assert problem["since"][0]["changes"] == {"name": ["Chat", "Team"]}
    assert Webhook.objects.get().active
    assert api.patch(one, {"active": False}, If_Match='"1"').status_code == 200
    assert api.patch(one, {"link_only": True}).json()["name"] == "Team"


def test_what_is_left_out_is_not_written_back_as_it_was_read(
    owner: Any, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    api, at = Api(owner), f"projects/{project.slug}/webhooks/"
    one = f"{at}{api.post(at, HOOK).json()['id']}/"
    kept = webhooks.change_webhook

    def meanwhile(**given: Any) -> Webhook:
        Webhook.objects.update(url="https://chat.example.org/other")
        return kept(**given)

    monkeypatch.setattr(webhooks, "change_webhook", meanwhile)
    answer = api.patch(one, {"name": "Team"}).json()

    assert (answer["name"], answer["url"]) == ("Team", "https://chat.example.org/other")
