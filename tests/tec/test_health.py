"""What machines are told about the site."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.db.models.functions import Now

from tec import health
from tec.work.models import Worker


@pytest.fixture
def listening_worker(db):
    return Worker.objects.create(name="somewhere:1", seen_at=Now())


def test_the_process_is_healthy_whatever_else_is_broken(client, monkeypatch):
    monkeypatch.setattr(health, "CHECKS", {"database": lambda: 1 / 0})

    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_the_site_is_ready_when_everything_works(client, listening_worker):
    response = client.get("/readyz")

    assert response.json() == {
        "ready": True,
        "checks": {"database": "ok", "migrations": "ok", "broker": "ok", "worker": "ok"},
    }
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_asking_leaves_nothing_behind(client, listening_worker):
    client.get("/readyz")

    assert list(Worker.objects.all()) == [listening_worker]


@pytest.mark.django_db
def test_without_a_worker_the_site_is_not_ready(client):
    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"]["worker"] == "no worker was heard in the last 30 seconds"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("database", "the database cannot be read and written"),
        ("migrations", "the database cannot be read"),
        ("broker", "the broker cannot be reached"),
        ("worker", "the database cannot be read"),
    ],
)
def test_what_fails_is_told_without_secrets(client, listening_worker, monkeypatch, caplog, name, told):
    def fail():
        raise OperationalError("password authentication failed for user tec at db.internal:5432")

    monkeypatch.setitem(health.CHECKS, name, fail)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"] == {**dict.fromkeys(health.CHECKS, "ok"), name: told}
    assert "db.internal" in caplog.text


def test_migrations_that_wait_are_counted(client, listening_worker, monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: [1, 2])

    checks = client.get("/readyz").json()["checks"]

    assert checks["migrations"] == "2 migrations are not applied; run “manage.py migrate”"


def test_a_redis_that_is_away_is_a_broker_that_cannot_be_reached(
    client, listening_worker, settings, monkeypatch
):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    connect = health.app.connection_for_write
    monkeypatch.setattr(health.app, "connection_for_write", lambda: connect(settings.REDIS_URL))

    assert client.get("/readyz").json()["checks"]["broker"] == "the broker cannot be reached"


def test_a_folder_that_cannot_be_written_is_a_broker_that_cannot_be_reached(
    client, listening_worker, settings, tmp_path
):
    settings.REDIS_URL = ""
    settings.BROKER_DIR = tmp_path / "file" / "broker"
    (tmp_path / "file").touch()

    assert client.get("/readyz").json()["checks"]["broker"] == "the broker cannot be reached"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_only_read(client, path):
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_over_plain_http_are_not_sent_to_https(client, listening_worker, settings, path):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get(path).status_code == 200
    assert client.get("/projects/").status_code == 301
