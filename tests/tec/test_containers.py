"""The image and the stack: there is no container engine in the tests, so what they would run is run without."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import psycopg2
import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from tec import run
from tests.test_layout import ROOT
from tests.workers import eventually

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ["web", "worker", "scheduler", "migrate"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def instructions() -> list[tuple[str, str]]:
    """The steps of the Dockerfile as (instruction, rest), continued lines joined."""
    text = re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE).replace("\\\n", " ")
    return [tuple(line.split(None, 1)) for line in text.splitlines() if line.strip()]


def all_of(name: str) -> list[str]:
    return [rest for instruction, rest in instructions() if instruction == name]


def in_the_image() -> list[Path]:
    """The files and folders of the project that .dockerignore lets into the image."""
    lines = (ROOT / ".dockerignore").read_text().split()
    assert lines[lines.index("*") :][0] == "*"
    return [ROOT / line[1:] for line in lines if line.startswith("!")]


def test_the_base_image_is_pinned_to_a_minor_version():
    assert all_of("FROM") == ["python:3.11-slim-bookworm"]


def test_the_site_does_not_run_as_root():
    steps = instructions()

    assert all_of("USER") == ["tec"]
    assert steps.index(("USER", "tec")) < next(i for i, step in enumerate(steps) if step[0] == "CMD")
    assert "useradd --system" in DOCKERFILE


def test_nobody_else_in_the_image_may_look_into_the_folder_of_the_site():
    assert "--create-home --key HOME_MODE=0700" in DOCKERFILE  # or manage.py check --deploy warns (tec.W002)


def test_every_step_that_reaches_the_network_goes_through_the_proxy():
    reaching = [step for step in all_of("RUN") if re.search(r"\b(pip install|apt-get|curl|wget)\b", step)]

    assert len(reaching) == 3
    assert all(step.startswith("set -a && . ./proxy.env && set +a && ") for step in reaching)


def test_no_secret_is_kept_in_the_image():
    assert not [rest for rest in all_of("ENV") + all_of("ARG") if re.search("SECRET|PASSWORD|TOKEN", rest)]
    assert "SECRET_KEY=only-to-collect-files" in next(
        step for step in all_of("RUN") if "collectstatic" in step
    )
    assert not any(path.name in {"var", ".env", ".git", "tests"} for path in in_the_image())


def test_what_the_image_copies_exists():
    assert all(path.exists() for path in in_the_image())
    for sources in all_of("COPY"):
        assert all((ROOT / source).exists() for source in sources.split()[:-1])


def test_packages_that_the_settings_install_are_in_the_image():
    ours = {app.split(".")[0] for app in settings.INSTALLED_APPS} & {"tec", "descriptors", "mismatch"}

    assert ours <= {path.name for path in in_the_image()}


def test_the_image_checks_its_health_by_a_command_that_exists():
    command = json.loads(all_of("HEALTHCHECK")[0].partition("CMD")[2])

    assert command == ["python", "-m", "tec.probe", "/healthz"]
    assert find_spec("tec.probe")


def test_the_stack_has_these_services():
    assert set(SERVICES) == {*OURS, "postgres", "redis"}


@pytest.mark.parametrize("name", OURS)
def test_our_services_share_one_image_and_read_the_proxies(name):
    service = SERVICES[name]

    assert (service["build"], service["env_file"]) == (".", "proxy.env")
    assert service["image"] == SERVICES["web"]["image"]
    assert service["environment"] == SERVICES["web"]["environment"]


def test_the_commands_are_those_of_make_run():
    celery = ["python", *run.CELERY[1:]]

    assert shlex.split(SERVICES["worker"]["command"]) == [*celery, *run.WORKER]
    assert shlex.split(SERVICES["scheduler"]["command"]) == [*celery, "beat"]
    assert shlex.split(SERVICES["web"]["command"])[:3] == ["python", "-m", "tec.serve"]
    assert json.loads(all_of("CMD")[0]) == shlex.split(SERVICES["web"]["command"])
    assert shlex.split(SERVICES["migrate"]["command"])[1:3] == ["manage.py", "migrate"]


def test_nothing_starts_before_the_database_is_up_to_date():
    for name in ("web", "worker", "scheduler"):
        assert SERVICES[name]["depends_on"] == {
            "migrate": {"condition": "service_completed_successfully"},
            "redis": {"condition": "service_healthy"},
        }
    assert SERVICES["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert SERVICES["migrate"]["restart"] == "no"


@pytest.mark.parametrize("name", ["postgres", "redis"])
def test_services_that_keep_data_are_healthy_kept_and_not_published(name):
    service = SERVICES[name]
    volume, _, path = service["volumes"][0].partition(":")

    assert "ports" not in service
    assert volume in COMPOSE["volumes"]
    assert path.startswith("/")
    assert service["healthcheck"]["test"][0] == "CMD"
    assert re.search(r":\d", service["image"])


def test_what_runs_for_long_is_started_again():
    assert {name for name, service in SERVICES.items() if service["restart"] == "unless-stopped"} == {
        *SERVICES
    } - {"migrate"}


def test_only_the_web_server_is_published_and_only_to_this_machine():
    assert [name for name in SERVICES if "ports" in SERVICES[name]] == ["web"]
    assert SERVICES["web"]["ports"] == ["${TEC_LISTEN:-127.0.0.1:3000}:3000"]


def test_a_secret_that_is_missing_stops_the_start_with_one_line():
    text = (ROOT / "docker-compose.yml").read_text()

    for secret in ("SECRET_KEY", "POSTGRES_PASSWORD"):
        uses = re.findall(rf"\$\{{{secret}([^}}]*)\}}", text)
        assert uses
        assert all(
            use.startswith(":?is not set. Copy .env.example to .env") and "\n" not in use for use in uses
        )


def test_no_demo_is_made_in_containers():
    assert "demo" not in (ROOT / "docker-compose.yml").read_text() + DOCKERFILE


def test_the_commands_that_operations_name_exist():
    text = (ROOT / "docs/operations.md").read_text() + (ROOT / "docker-compose.yml").read_text()
    named = set(re.findall(r"manage\.py (\w+)", text))

    assert {"migrate", "setup_link", "collectstatic", "check", "changepassword"} <= named
    assert named - {"check"} <= set(get_commands())
    for module in re.findall(r"python -m (tec\.\w+)", text):
        assert find_spec(module)


class Stack:
    """The services of the stack as plain processes, in a copy of what the image would hold."""

    def __init__(self, folder: Path, database: str, port: int) -> None:
        self.folder, self.port = folder, port
        proxies = (ROOT / "proxy.env").read_text()
        self.environment = {
            "PATH": os.environ["PATH"],
            **dict(re.findall(r"^(\w+)=(.*)$", proxies, re.MULTILINE)),
            "SECRET_KEY": "x" * 60,
            "DATABASE_URL": database,
            "REDIS_URL": settings.REDIS_URL,
            "TEC_PUBLIC_URL": f"http://localhost:{port}",
            "TEC_TRUSTED_PROXIES": "0",
            "TEC_QUEUE": folder.name,
            "TEC_VAR_DIR": str(folder / "nothing-is-kept-here"),
            "PORT": str(port),
        }
        given = SERVICES["web"]["environment"]
        assert {name for name in given if name not in self.environment} == {
            name for name, value in given.items() if value is None
        }

    def command(self, line: str) -> list[str]:
        words = shlex.split(line.replace("--port 3000", f"--port {self.port}"))
        assert words[0] == "python"
        return [sys.executable, *words[1:]]

    def run(self, line: str) -> str:
        return subprocess.run(
            self.command(line),
            cwd=self.folder,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def start(self, service: str) -> subprocess.Popen:
        with (self.folder / f"{service}.log").open("w") as log:
            command = self.command(SERVICES[service]["command"])
            return subprocess.Popen(command, cwd=self.folder, env=self.environment, stdout=log, stderr=log)

    def get(self, path: str) -> tuple[int, str]:
        browser = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with browser.open(f"http://localhost:{self.port}{path}", timeout=10) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""


@pytest.fixture
def stack(tmp_path, free_port):
    """The stack on a database of its own."""
    name = f"tec_stack_{uuid4().hex[:12]}"
    folder = tmp_path / name
    folder.mkdir()
    for path in filter(Path.exists, in_the_image()):
        copy = shutil.copytree if path.is_dir() else shutil.copy
        copy(path, folder / path.name)
    connection = psycopg2.connect(settings.DATABASE_URL)
    connection.autocommit = True
    connection.cursor().execute(f"create database {name}")
    yield Stack(folder, settings.DATABASE_URL.rpartition("/")[0] + f"/{name}", free_port)
    connection.cursor().execute(f"drop database {name} with (force)")
    connection.close()


CHECK = """
from tec.projects.models import Project
from mismatch.services.start_check import start_check
project = Project.objects.create(slug="x", name="X", description="", point_of_contact="")
print(start_check(project=project, by=None).pk)
"""
STATE = "from mismatch.models import Check; print(Check.objects.get().state)"


@pytest.mark.postgres
@pytest.mark.redis
@pytest.mark.worker
def test_the_commands_of_the_stack_bring_up_a_working_site(stack):
    collect = next(step for step in all_of("RUN") if "collectstatic" in step)
    stack.run(re.search(r"python manage\.py collectstatic[^&]*", collect)[0])
    stack.run(SERVICES["migrate"]["command"])
    processes = {name: stack.start(name) for name in ("web", "worker", "scheduler")}
    try:
        eventually(lambda: stack.get("/readyz")[0] == 200, within=60, what="being ready")

        status, page = stack.get("/accounts/login/")
        assert status == 200
        style = re.search(r'href="(/static/css/tec\.\w+\.css)"', page)[1]
        assert stack.get(style)[0] == 200

        link = stack.run("python manage.py setup_link").strip()
        assert link.startswith(f"http://localhost:{stack.port}/setup/")
        assert stack.get(link.partition(str(stack.port))[2])[0] == 200

        stack.run(f"python manage.py shell -c {shlex.quote(CHECK)}")
        eventually(
            lambda: stack.run(f"python manage.py shell -c {shlex.quote(STATE)}").strip().endswith("done"),
            what="the check",
        )
        assert not (stack.folder / "nothing-is-kept-here").exists()
    finally:
        for process in processes.values():
            process.terminate()
        ends = {name: process.wait(timeout=30) for name, process in processes.items()}
    assert ends == {"web": 0, "worker": 0, "scheduler": 0}


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"TEC_PUBLIC_URL": "https://tec.example.org"}, "SECRET_KEY is not set"),
        ({"TEC_PUBLIC_URL": "tec.example.org"}, "give the full address people use"),
        ({"TEC_PUBLIC_URL": "http://tec.example.org", "TEC_DEBUG": "1"}, "switch one of them off"),
    ],
)
def test_settings_that_cannot_be_right_stop_the_start(tmp_path, environment, said):
    result = subprocess.run(
        [sys.executable, "-m", "tec.serve", "--port", "1"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "TEC_VAR_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 1
    assert said in result.stderr.splitlines()[-1]
