"""Links that nobody else can open."""

from __future__ import annotations

from typing import Any

import pytest

from mismatch.engine import check
from tests.mismatch.rules.tables import firing, silent
from tests.mismatch.rules.test_x_records import Documents, document


def code(link: Any) -> Documents:
    return {"trained_model": {"version": "1.2", "model_training_code": link}}


CODE = "trained_model/model_training_code"

test_usable = silent(
    "link-unusable",
    {
        "no links": ("not-applicable", code("")),
        "a web address": ("pass", code("https://git.example/forecast/-/tree/v7.0?ref=main#readme")),
        "a bucket": ("pass", code("s3://models/forecast/7.2")),
        "a repository": ("pass", code("git@git.example:forecast/train.git")),
        "a user without a password": ("pass", code("ssh://git@git.example/forecast.git")),
        "a password that is not shown": ("pass", code("https://ci:***@git.example/forecast")),
        "near miss: a query that is no token": ("pass", code("https://git.example/train?page=2&sort=name")),
        "near miss: a token that is not shown": ("pass", code("https://git.example/train?token=***")),
        "near miss: set off from prose": ("pass", code("<https://git.example/train>")),
        "said to be none": ("pass", code("not applicable")),
        "to be filled in": ("pass", code("TBD")),
        "spaces around it": ("pass", document("Notes", " https://wiki.example/notes ")),
    },
)

test_unusable = firing(
    "link-unusable",
    {
        "a folder at home": ([f"minor {CODE}"], code("/home/ann/train.py")),
        "a drive": ([f"minor {CODE}"], code("C:\\Users\\ann\\train.py")),
        "this machine": ([f"minor {CODE}"], code("http://localhost:8888/notebooks/train.ipynb")),
        "a file": ([f"minor {CODE}"], code("file:///srv/train.py")),
        "prose": ([f"minor {CODE}"], code("see the wiki")),
        "a password": ([f"major {CODE}"], code("https://ann:hunter2@git.example/train")),
        "a token": ([f"major {CODE}"], code("https://git.example/train?access_token=8f2c9d71")),
        "a shared drive": ([f"info {CODE}"], code("/mnt/models/train")),
        "documentation": (
            ["minor raw_data/documentation/0/location"],
            document("Notes", "wiki/notes"),
        ),
        "a test case": (
            ["minor data_pipeline/test_cases/0/file"],
            {"data_pipeline": {"version": "1.2", "test_cases": [{"file": "tests/gap.json"}]}},
        ),
        "a data set": (
            ["minor trained_model/test_dataset/file"],
            {"trained_model": {"version": "1.2", "test_dataset": {"file": "/tmp/test.csv"}}},
        ),
    },
)


@pytest.mark.parametrize(
    "documents",
    [
        code("https://ann:hunter2@git.example/train"),
        document("Notes", "https://ann:hunter2@git.example/train"),
        document("Notes", "https://git.example/train?page=1&private_token=hunter2#top"),
        {"raw_data": {"version": "1.1", "documentation": [{"location": "https://ann:hunter2@wiki.example"}]}},
    ],
)
def test_a_password_is_not_given_away_once_more(documents):
    report = check(documents)

    assert any(finding.code == "X903" for finding in report.findings)
    assert "hunter2" not in str([finding.as_json() for finding in report.findings])
