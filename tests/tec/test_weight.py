"""What a page costs to load: a bounded number of bytes, all of them from this site, and compressed."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client, RequestFactory

from mismatch.own.views import TEMPLATE
from mismatch.services.execute_check import execute_check
from mismatch.services.start_check import start_check
from mismatch.services.write_own_rule import activate, write_version
from tec.compression import CompressionMiddleware
from tests.descriptors.repositories.samples import link_sample
from tests.examples import example
from tests.factories import make_project, make_revision, make_user

LIMIT = 150_000
AT = "/projects/triage/"
PAGES = [
    "/",
    "/about/",
    "/projects/",
    AT,
    f"{AT}mismatches/",
    f"{AT}missing/",
    f"{AT}checks/",
    f"{AT}reports/",
    f"{AT}reports/view/mismatch/",
    f"{AT}reports/view/dossier/",
    f"{AT}git/",
    f"{AT}git/link/",
    f"{AT}git/syncs/1/",
    f"{AT}git/differences/trained_model/",
    f"{AT}history/",
    f"{AT}members/",
    f"{AT}rights/",
    f"{AT}audit/",
    f"{AT}webhooks/",
    f"{AT}gate/",
    f"{AT}decisions/import/",
    "/inbox/",
    "/inbox/wishes/",
    f"{AT}history/state/?at=2999-01-01",
    f"{AT}descriptors/trained_model/history/fields/",
    f"{AT}descriptors/trained_model/?all",
    f"{AT}descriptors/development_environment/?all",
    f"{AT}descriptors/training_data/?all",
    "/accounts/",
    "/accounts/sessions/",
    "/accounts/tokens/",
    "/accounts/second-factor/",
    "/resources/",
    "/resources/relationships/",
    "/resources/changelog/",
    "/rules/",
    "/rules/?kind=missing",
    "/api/docs/",
    f"{AT}rules/?kind=missing",
    "/organisation/rules/?kind=mismatch",
    f"{AT}own-rules/",
    f"{AT}own-rules/new/",
    f"{AT}own-rules/1/",
    f"{AT}own-rules/1/next/",
    f"{AT}mismatches/?rule=U1",
    "/organisation/own-rules/",
]


@pytest.fixture
def reader(client: Client, db: None) -> Client:
    """Somebody with an example project and its check."""
    user = make_user()
    client.force_login(user)
    project = make_project(owner=user, name="Triage")
    for descriptor, body in example("emergency-triage").items():
        make_revision(project, descriptor, body, by=user)
    rule = write_version(rule=None, project=project, source=TEMPLATE, by=user)
    activate(version=rule, by=user)
    execute_check(check_id=start_check(project=project, by=user).pk)
    link_sample(project, user, {**example("emergency-triage")["trained_model"], "model_name": "Other"})
    return client


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def assets(page: str) -> set[str]:
    """The addresses of everything that a browser loads with a page, the modules of its scripts included."""
    asked = re.findall(r'<(?:link|script|img|source|iframe)\b[^>]*\b(?:src|href)="([^"]+)"', page)
    found: set[str] = set()
    while asked:
        address = asked.pop()
        if address not in found:
            found.add(address)
            if address.endswith(".js"):
                text = file(address).read_text("utf-8")
                folder = address.rpartition("/")[0]
                asked += [
                    f"{folder}/{name}" for name in re.findall(r'^import[^"]*"\./([^"]+)"', text, re.MULTILINE)
                ]
    return found


def file(address: str) -> Path:
    return Path(finders.find(address.removeprefix("/static/")))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_with_all_it_loads_stays_small(reader, path):
    response = reader.get(path)
    page = response.content.decode()

    loaded = assets(page)
    weights = {address: packed(file(address).read_bytes()) for address in loaded}

    assert response.status_code == 200
    assert loaded
    assert packed(response.content) + sum(weights.values()) < LIMIT, weights


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_nothing_from_another_site(reader, path):
    assert all(address.startswith("/static/") for address in assets(reader.get(path).content.decode()))


def test_pages_travel_compressed(client, db):
    response = client.get("/about/", headers={"accept-encoding": "gzip"})

    assert response["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response["Vary"]
    assert b"ML mismatch" in gzip.decompress(response.content)


@pytest.mark.parametrize(("path", "status"), [("/api/projects/", 200), ("/about/", 206)])
def test_what_compressing_would_break_is_left_alone(path, status):
    def answer(request: Any) -> HttpResponse:
        kind = "application/json" if path.startswith("/api/") else "text/html"
        return HttpResponse("x" * 10_000, status=status, headers={"ETag": '"7"'}, content_type=kind)

    request = RequestFactory().get(path, headers={"accept-encoding": "gzip"})
    response = CompressionMiddleware(answer)(request)

    assert response["ETag"] == '"7"'
    assert "Content-Encoding" not in response
