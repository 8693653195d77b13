"""A password that somebody wrote into a document is shown by no finding."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from mismatch.engine import check
from tests.examples import example

SECRET = "pw4Kd9xQ"
LINK = f"https://bob:{SECRET}@data.example.org/training/set.csv"


def texts(value: Any) -> list[tuple[Any, Any]]:
    """Holder and key of every text inside *value*."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    return [
        spot
        for key, each in list(inner)
        for spot in (
            [(value, key)] if isinstance(each, str) else texts(each) if isinstance(each, (dict, list)) else []
        )
    ]


@pytest.mark.parametrize("name", ["emergency-triage", "consumer-loan-default"])
@pytest.mark.parametrize(
    "link", [LINK, f" {LINK}", f"see {LINK} for it", f"{'long ' * 30}{LINK}", f"{LINK}, {LINK}"]
)
def test_no_finding_shows_the_password_of_a_link(name: str, link: str) -> None:
    documents = copy.deepcopy(example(name))
    for body in documents.values():
        for holder, key in texts(body):
            kept = holder[key]
            if key != "version":
                holder[key] = link
                for finding in check(documents).findings:
                    assert SECRET not in f"{finding.message} {finding.remedy} {finding.places}", finding.code
            holder[key] = kept
