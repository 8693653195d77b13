"""Reads settings from the environment, by type; a secret may also stand in a file."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from environs import Env

env = Env()


def secret(name: str) -> str:
    """The value of *name*, or the content of the file that `<name>_FILE` points to; "" if neither is set."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text("utf-8").strip()
    return os.environ.get(name, "").strip()


def generated_secret(path: Path) -> str:
    """A random secret kept in *path* (readable by its owner only), made at the first call."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("utf-8").strip()
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(value := secrets.token_urlsafe(60))
    return value
