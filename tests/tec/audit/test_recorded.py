"""What people do is written down, with what was and what is."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from descriptors.models import Revision, Vocabulary, VocabularyTerm
from mismatch.services.choose_baseline import choose_baseline
from mismatch.services.discuss_finding import assign_findings
from mismatch.services.execute_check import execute_check
from mismatch.services.start_check import start_check
from tec import strictjson
from tec.audit.models import Event
from tec.projects.services.change_project import delete_project
from tests.factories import make_project, make_revision, make_user
from tests.mismatch.findings import checked, fingerprint, found

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_user(username="ada")


@pytest.fixture
def project(ada):
    return make_project(owner=ada, name="Triage")


def last(verb: str) -> Event:
    return Event.objects.filter(verb=verb).order_by("-number")[0]


def test_the_last_entry_of_a_deleted_project_holds_digests_of_what_it_had(project, ada):
    make_revision(project, "raw_data")
    head = make_revision(project, "raw_data")
    check = start_check(project=project, by=ada)
    execute_check(check_id=check.pk)
    listed = [["raw_data", n, Revision.objects.get(number=n).digest] for n in (1, 2)]

    delete_project(project=project, by=ada)

    facts = last("project.deleted").facts
    assert facts["documents"] == {"raw_data": {"revision": 2, "digest": head.digest}}
    assert facts["revisions"] == {"number": 2, "digest": strictjson.digest(listed)}
    assert facts["checks"]["number"] == 1
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("path", "verb", "target"),
    [
        ("/projects/triage/export/", "project.exported", ""),
        ("/projects/triage/descriptors/raw_data/export/?anyway", "document.exported", "raw_data"),
    ],
)
def test_exports(project, ada, client: Client, path, verb, target):
    make_revision(project, "raw_data")
    client.force_login(ada)

    client.get(path, REMOTE_ADDR="192.0.2.7")

    event = last(verb)
    assert (event.actor, event.target, event.channel, event.address) == ("ada", target, "web", "192.0.2.7")


def test_an_export_that_shows_problems_first_is_none_yet(project, ada, client: Client):
    make_revision(project, "raw_data", {"version": "1.2", "nonsense": []})
    client.force_login(ada)

    client.get("/projects/triage/descriptors/raw_data/export/")

    assert not Event.objects.filter(verb="document.exported").exists()


def test_saved_views(project, ada, client: Client):
    client.force_login(ada)
    path = "/projects/triage/views/"
    client.post(path, {"kind": "mismatch", "name": "Mine", "query": "severity=major&page=2"})
    assert last("view.saved").facts["changes"] == {"query": [None, "severity=major"], "shared": [None, False]}

    client.post(path, {"kind": "mismatch", "name": "Mine", "query": "severity=minor", "shared": "on"})
    assert last("view.saved").facts["changes"] == {
        "query": ["severity=major", "severity=minor"],
        "shared": [False, True],
    }

    client.post(f"{path}{project.views.get().pk}/delete/")
    assert last("view.deleted").target == "Mine"
    assert not project.views.exists()


def test_a_baseline_says_which_was_before(project, ada):
    first = start_check(project=project, by=ada)
    execute_check(check_id=first.pk)
    first.refresh_from_db()
    choose_baseline(project=project, check=first, by=ada)
    assert last("baseline.chosen").facts["changes"] == {"baseline": [None, 1]}

    choose_baseline(project=project, check=None, by=ada)
    assert last("baseline.chosen").facts["changes"] == {"baseline": [1, None]}


def test_an_assignment_says_who_looked_after_it_before(project, ada):
    checked(project, found("a"))
    assign_findings(project=project, fingerprints=[fingerprint("a")], to=ada, by=ada)
    assign_findings(project=project, fingerprints=[fingerprint("a")], to=None, by=ada)

    assert last("finding.assigned").facts["changes"] == {"assignee": [["ada"], None]}


def test_vocabularies_changed_in_the_admin(client: Client):
    client.force_login(make_user(username="root", is_superuser=True, is_staff=True))
    at = "/admin/descriptors/vocabularyterm/"
    client.post(f"{at}add/", {"list": Vocabulary.ITEM_TYPES, "term": "Tensor"})
    assert last("vocabulary.added").facts == {"terms": [["item_types", "Tensor"]]}

    term = VocabularyTerm.objects.get(term="Tensor")
    client.post(f"{at}{term.pk}/change/", {"list": Vocabulary.ITEM_TYPES, "term": "Matrix"})
    assert last("vocabulary.changed").facts["changes"] == {"term": ["Tensor", "Matrix"]}

    client.post(f"{at}{term.pk}/delete/", {"post": "yes"})
    assert (last("vocabulary.removed").actor, last("vocabulary.removed").target) == ("root", "Matrix")


def test_that_somebody_could_become_administrator():
    out = StringIO()
    call_command("setup_link", stdout=out)

    event = last("admin.link_made")
    assert (event.channel, event.facts) == ("command", {})
    assert out.getvalue().strip().rpartition("/setup/")[2].strip("/") not in event.facts_text + event.target
