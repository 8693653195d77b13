"""What the settings make of the environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.workers import ROOT

ASKED = "import json; from tec import settings; print(json.dumps(settings.DATABASES['default']['OPTIONS']))"


def database_options(address: str, folder: str) -> dict[str, str]:
    environment = {"PATH": os.environ["PATH"], "TEC_VAR_DIR": folder, "DATABASE_URL": address}
    said = subprocess.run(
        [sys.executable, "-c", ASKED], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    return json.loads(said.stdout)


def test_the_address_of_the_database_may_ask_for_encryption(tmp_path):
    found = database_options("postgres://tec:x@db/tec?sslmode=verify-full&sslrootcert=/ca.pem", str(tmp_path))

    assert (found["sslmode"], found["sslrootcert"]) == ("verify-full", "/ca.pem")
    assert "statement_timeout" in found["options"]


def test_keys_of_before_open_what_they_closed_and_verify_the_log(tmp_path):
    asked = "import json; from tec import settings as s; print(json.dumps([s.SECRET_KEY_FALLBACKS, s.AUDIT_KEYS]))"
    kept = tmp_path / "keys"
    kept.write_text("older\noldest\n")
    environment = {
        "PATH": os.environ["PATH"],
        "TEC_VAR_DIR": str(tmp_path),
        "SECRET_KEY": "new",
        "SECRET_KEY_FALLBACKS_FILE": str(kept),
    }
    said = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, env=environment, capture_output=True, check=True
    )

    assert json.loads(said.stdout) == [["older", "oldest"], ["new", "new", "older", "oldest"]]


@pytest.mark.parametrize("asked", ["currentSchema=other", "options=-c%20search_path=other"])
def test_the_address_of_the_database_may_ask_for_a_schema_without_losing_our_limits(tmp_path, asked):
    found = database_options(f"postgres://tec:x@db/tec?{asked}", str(tmp_path))

    assert "lock_timeout=5000" in found["options"]
    assert found["options"].endswith("search_path=other")
