"""The example projects, as tests read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from descriptors.catalogue import DESCRIPTORS

FOLDER = Path(__file__).resolve().parent.parent / "examples"


def example(name: str) -> dict[str, Any]:
    """The documents of an example project, by descriptor."""
    paths = {descriptor: FOLDER / name / f"{descriptor}.json" for descriptor in DESCRIPTORS}
    return {descriptor: json.loads(path.read_text()) for descriptor, path in paths.items() if path.exists()}
