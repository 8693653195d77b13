"""The projects whose verdicts are known: 200 generated ones and the six examples."""

from __future__ import annotations

import json
import lzma
from functools import cache
from pathlib import Path
from typing import Any

from descriptors.catalogue import DESCRIPTORS

ROOT = Path(__file__).resolve().parents[2]


@cache
def cases() -> dict[str, dict[str, Any]]:
    """Id → {documents, rules: code → {outcome, findings}, missing: codes, debatable: codes}."""
    with lzma.open(ROOT / "tests" / "data" / "cases.jsonl.xz", "rt", encoding="utf-8") as lines:
        return {case["id"]: case for case in map(json.loads, lines)}


@cache
def examples() -> dict[str, dict[str, Any]]:
    """Folder name → the same for the examples."""
    found = {}
    for expected in sorted((ROOT / "examples").glob("*/expected.json")):
        paths = {name: expected.with_name(f"{name}.json") for name in DESCRIPTORS}
        documents = {
            name: json.loads(path.read_text("utf-8")) if path.exists() else None
            for name, path in paths.items()
        }
        found[expected.parent.name] = {**json.loads(expected.read_text("utf-8")), "documents": documents}
    return found
