"""How long does the server take for a form: the largest example beside the projects page, and long lists?

    python benchmarks/forms.py

The Trained Model form of the largest example may take three times as long as the projects page, and the time
has to grow in step with the rows. It is processor time, so that other work on the machine does not count.
Everything happens in a database of its own, which goes afterwards. Exits with 1 if a promise is broken.
"""

from __future__ import annotations

import gzip
import json
import logging
import os
import sys
import tempfile
from pathlib import Path
from time import process_time
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

ROWS = (10, 100, 500)
ROUNDS = 8
MOST_TIMES = 3.0  # the form, as a multiple of the projects page
MOST_CURVE = 1.6  # the time of a row among 500, as a multiple of one among 100
MOST_BYTES = 150_000  # compressed


def saved(owner: Any, name: str, documents: dict[str, Any]) -> Any:
    """A project with these documents."""
    from descriptors.services.save_revision import save_revision
    from tec.projects.services.create_project import create_project

    project = create_project(by=owner, name=name, description="-", point_of_contact="-")
    for descriptor, body in documents.items():
        save_revision(project=project, descriptor=descriptor, body=body, by=owner, origin="form", based_on=0)
    return project


def examples() -> dict[str, dict[str, Any]]:
    """The documents of every example, by its name."""
    return {
        folder.name: {
            path.stem: json.loads(path.read_text("utf-8"))
            for path in sorted(folder.glob("*.json"))
            if path.stem not in {"project", "expected"}
        }
        for folder in sorted((ROOT / "examples").iterdir())
        if folder.is_dir()
    }


def schema_of(rows: int) -> dict[str, Any]:
    """A Training Data document with that many fields."""
    field = {"label_field": False, "field_description": "what it says", "field_type": "Float"}
    more = {"expected_values": "0 to 1", "missing_values": "", "mapping_production_data": ""}
    fields = [{"field_name": f"field_{number}", **field, **more} for number in range(rows)]
    return {"training_data": {"version": "1.2", "schema": fields}}


def measured(client: Any, url: str) -> tuple[float, int]:
    """The best of some rounds in milliseconds, and the bytes it takes compressed."""
    content = client.get(url).content
    best = float("inf")
    for _ in range(ROUNDS):
        start = process_time()
        assert client.get(url).status_code == 200
        best = min(best, process_time() - start)
    return best * 1000, len(gzip.compress(content, 6))


def run() -> int:
    from django.contrib.auth.models import User
    from django.test import Client

    owner = User.objects.create_user("benchmark")
    projects = {name: saved(owner, name, documents) for name, documents in examples().items()}
    largest = max(examples(), key=lambda name: len(json.dumps(examples()[name].get("trained_model", {}))))
    client = Client(HTTP_HOST="localhost")
    client.force_login(owner)
    base, _ = measured(client, "/projects/")
    time, size = measured(client, f"/projects/{projects[largest].slug}/descriptors/trained_model/")
    print(f"projects page {base:6.1f} ms")
    print(
        f"Trained Model of {largest}: {time:.1f} ms, {time / base:.2f} times, {size / 1000:.0f} KB compressed"
    )
    times = {}
    for rows in ROWS:
        project = saved(owner, f"{rows} rows", schema_of(rows))
        times[rows], sent = measured(client, f"/projects/{project.slug}/descriptors/training_data/")
        print(f"{rows:4} rows {times[rows]:6.1f} ms, {sent / 1000:.0f} KB compressed")
    # Without what every page costs, a row takes the same time however many there are.
    few = (times[100] - times[10]) / 90
    many = (times[500] - times[100]) / 400
    print(f"a row takes {few:.3f} ms among 100 and {many:.3f} ms among 500")
    kept = time <= MOST_TIMES * base and many <= MOST_CURVE * few and size <= MOST_BYTES
    print("kept" if kept else "BROKEN")
    return 0 if kept else 1


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="tec-forms-") as folder:
        os.environ |= {"TEC_VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "tec.settings"}
        os.environ.pop("DATABASE_URL", None)
        logging.disable(logging.INFO)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        return run()


if __name__ == "__main__":
    sys.exit(main())
