"""A repository of a team, a server in front of it, and a project that is linked to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from descriptors.repositories.models import Repository
from descriptors.repositories.services.link_repository import link_repository
from tests.descriptors.repositories.upstream import GitServer, Upstream
from tests.factories import make_project, make_user


def document(**over: Any) -> str:
    """A small document as a file."""
    return json.dumps({"version": "1.2", **over}, indent=2) + "\n"


@pytest.fixture
def upstream(tmp_path: Path) -> Upstream:
    return Upstream(tmp_path / "team")


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GitServer]:
    server = GitServer(tmp_path_factory.mktemp("server"))
    yield server
    server.close()


@pytest.fixture
def server(shared_server: GitServer, tmp_path: Path) -> Iterator[GitServer]:
    """The HTTPS server, in its best mood and in front of this test's repositories."""
    shared_server.root = tmp_path
    shared_server.calm()
    yield shared_server
    shared_server.calm()


@pytest.fixture
def link(upstream: Upstream, settings: Any, tmp_path: Path, db: None) -> Callable[..., Repository]:
    """Links a new project to the team's repository, by a folder that the settings allow."""
    settings.GIT_LOCAL_PATHS = [str(tmp_path)]
    settings.VAR_DIR = tmp_path / "var"

    def make(**over: Any) -> Repository:
        owner = make_user()
        fields = {
            "project": over.pop("project", None) or make_project(owner=owner),
            "by": owner,
            "credential": None,
            "url": str(upstream.folder),
            "branch": "main",
            "path": "",
            "on_difference": "ask",
            "every": 0,
            "check_after": False,
            **over,
        }
        return link_repository(**fields)

    return make
