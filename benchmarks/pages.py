"""How many queries, and how long, does the page of mismatches take with 5 findings, and with 500 and 5,000?

    python benchmarks/pages.py

The number of queries has to be the same. Everything happens in a database of its own, which goes afterwards.
"""

from __future__ import annotations

import copy
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.asking import measured, signed_in  # noqa: E402

SIZES = (5, 500, 5_000)
PAGES = ("mismatches/", "mismatches/?q=unfed", "mismatches/?group=rule", "missing/", "checks/")
ROUNDS = 5


def documents(findings: int) -> dict[str, Any]:
    """The emergency triage example, with *findings* downstream inputs that no output feeds."""
    folder = ROOT / "examples" / "emergency-triage"
    found = {
        path.stem: json.loads(path.read_text("utf-8"))
        for path in sorted(folder.glob("*.json"))
        if path.stem not in {"project", "expected"}
    }
    component = found["development_environment"]["downstream_components"][0]
    rows = [copy.deepcopy(component["input_spec"][0]) for _ in range(findings)]
    for number, row in enumerate(rows):
        row["item_name"] = f"unfed_{number:05}"
    component["input_spec"] = rows
    return found


def checked(findings: int, owner: Any) -> Any:
    """A project with a finished check of that many findings, and some more."""
    from descriptors.models import Origin
    from descriptors.services.save_revision import save_revision
    from mismatch.services.execute_check import execute_check
    from mismatch.services.start_check import start_check
    from tec.projects.services.create_project import create_project

    project = create_project(by=owner, name=f"With {findings}", description="-", point_of_contact="-")
    for descriptor, body in documents(findings).items():
        save_revision(
            project=project, descriptor=descriptor, body=body, by=owner, origin=Origin.FORM, based_on=0
        )
    execute_check(check_id=start_check(project=project, by=owner).pk)
    return project


def main() -> int:
    owner, client = signed_in()
    projects = [checked(size, owner) for size in SIZES]
    worst = 0
    for page in PAGES:
        results = [measured(client, f"/projects/{project.slug}/{page}", ROUNDS) for project in projects]
        counts = {queries for queries, _ in results}
        worst = max(worst, len(counts))
        said = ", ".join(
            f"{size:,} findings {queries} queries {milliseconds:.0f} ms"
            for size, (queries, milliseconds) in zip(SIZES, results, strict=True)
        )
        print(f"{page:24} {said}")
    return 0 if worst == 1 else 1


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="tec-benchmark-") as folder:
        os.environ["TEC_VAR_DIR"] = folder
        os.environ.pop("DATABASE_URL", None)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tec.settings")
        sys.exit(main())
