"""Which rules a result came from: the same digest means that the same documents give the same findings."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import descriptors
import mismatch

SOURCES = (
    (mismatch, "*.py"),
    (mismatch, "rules/**/*.py"),
    (descriptors, "guides/*.toml"),
    (descriptors, "upgrades/**/*.py"),
)
"""What decides about findings: rules and engine, required fields, and the upgrades before them."""

HOUSEKEEPING = {
    *("admin.py", "api.py", "apps.py", "forms.py", "heartbeat.py", "lease.py", "models.py", "rule_pack.py"),
    *("schedule.py", "snapshot.py", "tasks.py", "urls.py", "views.py", "wake.py"),
}
"""Modules beside the engine that decide nothing about findings. One too few here costs a needless check."""


@cache
def rules_digest() -> str:
    """The digest of the rule pack as it is installed, read once per process."""
    seen = hashlib.sha256()
    for package, pattern in SOURCES:
        root = Path(package.__path__[0])
        for path in sorted(root.glob(pattern)):
            if path.parent == Path(mismatch.__path__[0]) and path.name in HOUSEKEEPING:
                continue
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            seen.update(f"{package.__name__}/{path.relative_to(root).as_posix()} {content}\n".encode())
    return seen.hexdigest()
