"""Asks the API whatever its OpenAPI document allows, and some more: no answer but the documented ones."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mismatch.services.decide_findings import Terms, decide_findings
from tec.accounts.tokens import create_token
from tests.examples import example
from tests.factories import make_project, make_revision, make_user
from tests.mismatch.findings import checked, fingerprint, found

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SECONDS = 40
"""How long to go on after every operation was tried once."""


@pytest.fixture
def known() -> dict[str, Any]:
    """What the parts of addresses stand for in a project where there is something of everything."""
    owner = make_user()
    project = make_project(owner=owner)
    for name, body in example("consumer-loan-default").items():
        make_revision(project, name, body)
        make_revision(project, name, {**body, "comment": "x"})
    checked(project, found("a"), found("b", severity="critical"))
    check = checked(project, found("a", value=2), found("b", severity="critical"))
    terms = Terms("accept", "Known.")
    decide_findings(project=project, check=check, fingerprints=[fingerprint("b")], terms=terms, by=owner)
    _, raw = create_token(user=owner, name="try", days=1, writes=True)
    return {
        "slug": project.slug,
        "number": 1,
        "revision": 1,
        "fingerprint": fingerprint("a"),
        "name": "TEC-3A",
        "version": "1.2",
        "username": owner.username,
        "Authorization": f"Bearer {raw}",
    }


@pytest.fixture
def one_connection() -> Iterator[None]:
    """A request ends with its connection closed; here it is the connection of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection")
def test_every_answer_is_a_documented_one(known: dict[str, Any]) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/schema/", get_wsgi_application())
    operations = [each.ok() for each in schema.get_all_operations()]
    assert len(operations) > 40

    end = time.monotonic() + SECONDS
    done = {operation.label: attempt(operation, known, 2) for operation in operations}
    examples = 4
    while time.monotonic() < end:
        for operation in operations:
            if time.monotonic() < end:
                done[operation.label] |= attempt(operation, known, examples)
        examples *= 2

    carried_out = [label for label, statuses in done.items() if min(statuses) < 400]
    assert len(carried_out) > len(operations) / 3, "most of what was tried was refused, so it tells little"


def attempt(operation: Any, known: dict[str, Any], examples: int) -> set[int]:
    """Send a few requests to *operation*, most of them to where there is something; the statuses of the answers."""
    statuses = set()

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), at_home=st.sampled_from([True, True, True, False]))
    def ask(case: Any, at_home: bool) -> None:
        if at_home:
            for name in case.path_parameters or {}:
                case.path_parameters[name] = known.get(name, case.path_parameters[name])
        with transaction.atomic():
            response = case.call(headers={"Authorization": known["Authorization"]})
            transaction.set_rollback(True)
        statuses.add(response.status_code)
        case.validate_response(response, checks=CHECKS)

    ask()
    return statuses
