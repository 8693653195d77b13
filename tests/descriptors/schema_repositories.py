"""Git repositories of published schemas, made for a test."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from descriptors import catalogue
from descriptors.schema_store import OWN_FOLDER


def own_schema(descriptor: str, version: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(
        (Path(OWN_FOLDER) / version / f"{descriptor}.json").read_text("utf-8")
    )
    return schema


def next_schema(descriptor: str = "raw_data") -> dict[str, Any]:
    """A schema as a version 1.3 might have it."""
    schema = own_schema(descriptor, "1.2")
    schema["properties"]["version"] = {"const": "1.3"}
    schema["properties"]["colour"] = {"type": "string", "enum": ["red", "green"]}
    schema["required"].append("colour")
    return schema


def published(*versions: str) -> dict[str, Any]:
    """Path → schema, as published for all eight descriptors in *versions*."""
    return {
        f"schemas/{version}/{descriptor}_schema.json": own_schema(descriptor, version)
        for version in versions
        for descriptor in catalogue.DESCRIPTORS
    }


def commit(folder: Path, files: dict[str, Any], *, message: str = "Publish") -> str:
    """Write *files* (schemas, or bytes) into the repository at *folder*, made if need be; return the commit."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=main")
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", f"--message={message}")
    return git(folder, "rev-parse", "HEAD")


def git(folder: Path, *arguments: str) -> str:
    """Run Git as nobody in particular, free of the settings of the machine."""
    who = {"NAME": "A Tester", "EMAIL": "tester@example.org"}
    environment = {
        "PATH": os.environ["PATH"],
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()},
    }
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()
