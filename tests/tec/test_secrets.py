"""Secrets stay secret: not in logs, not in the audit log, not on error pages, not in exports."""

from __future__ import annotations

import io
import logging
import zipfile
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import path

from tec.accounts.tokens import create_token
from tec.audit.models import Event
from tec.audit.record import record
from tec.urls import handler400, handler500, urlpatterns
from tests.factories import make_project, make_revision, make_user

PASSWORD = "hunter2-planted-password"
KEY = "planted-secret-key-" + "of-the-site"
DATABASE = "postgres://tec:planted-database-" + "word@db.example.org/tec"
SECRETS = [PASSWORD, KEY, "planted-database-" + "word", "planted-audit-" + "key"]

pytestmark = pytest.mark.django_db


def breaks(request: Any) -> Any:
    password = request.POST.get("password", "")
    raise RuntimeError(f"something is wrong {len(password)}")


class Urls:
    """The site's addresses and one page that breaks."""

    urlpatterns = [path("breaks/", breaks), *urlpatterns]
    handler400, handler500 = handler400, handler500


@pytest.fixture
def lines():
    """Everything that is logged, whatever its logger, as it is written."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def site_with_secrets(settings, tmp_path):
    settings.SECRET_KEY = KEY
    settings.DATABASE_URL = DATABASE
    settings.AUDIT_KEYS = ["planted-audit-" + "key", KEY]
    settings.ROOT_URLCONF = Urls
    return make_user(username="ada", password=PASSWORD)


def none_in(*texts: str) -> None:
    for text in texts:
        assert [secret for secret in SECRETS if secret in text] == []


@pytest.mark.parametrize("debug", [False, True])
def test_an_error_page_and_its_log_show_no_secret(site_with_secrets, lines, debug):
    client = Client(raise_request_exception=False)
    with override_settings(DEBUG=debug):
        response = client.post("/breaks/?x=1", {"password": PASSWORD, "name": "ada"})

    assert response.status_code == 500
    assert "RuntimeError" in lines.getvalue()
    none_in(lines.getvalue())
    if not debug:
        none_in(response.content.decode())
    else:  # what a developer sees is their own form, and none of the settings
        assert KEY not in response.content.decode()
        assert "planted-database-" + "word" not in response.content.decode()
        assert "planted-audit-" + "key" not in response.content.decode()


def test_logging_in_right_or_wrong_leaves_no_password(site_with_secrets, lines):
    client = Client()
    client.post("/accounts/login/", {"login": "ada", "username": "ada", "password": PASSWORD})
    client.post("/accounts/login/", {"login": PASSWORD, "username": PASSWORD, "password": "x"})

    none_in(lines.getvalue(), *(str(vars(event)) for event in Event.objects.all()))


def test_a_token_is_in_no_export(site_with_secrets, lines):
    _, raw = create_token(user=site_with_secrets, name="build", writes=True, days=30)
    project = make_project(owner=site_with_secrets, name="Triage")
    make_revision(project, by=site_with_secrets)
    record(
        "repository.linked",
        project=project,
        target=f"https://ada:{PASSWORD}@git.example.org/x",
        token_value=raw,
    )
    site_with_secrets.is_superuser = True
    site_with_secrets.save()
    client = Client()
    client.force_login(site_with_secrets)

    zipped = client.get("/projects/triage/export/").content
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        files = [archive.read(name).decode() for name in archive.namelist()]
    logs = [
        b"".join(client.get(f"/audit/export/?format={name}").streaming_content).decode()
        for name in ("csv", "jsonl")
    ]
    pages = [client.get(where).content.decode() for where in ("/audit/", "/projects/triage/audit/")]

    none_in(*files, *logs, *pages, lines.getvalue())
    assert not [text for text in (*files, *logs, *pages, lines.getvalue()) if raw in text]
    assert "https://git.example.org/x" in logs[1]


def test_verifying_names_no_key(site_with_secrets):
    record("test.done")
    out = io.StringIO()

    call_command("verify_audit", stdout=out, stderr=out)

    none_in(out.getvalue())
