"""Asks the API as a program does: JSON there, JSON back."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from tests.factories import make_user


class Api:
    """Somebody's requests; a path that does not begin with a slash is below /api/."""

    def __init__(self, user: User | None = None, **options: Any) -> None:
        self.client = Client(**options)
        if user:
            self.client.force_login(user)

    def ask(
        self, method: str, path: str, body: Any = None, *, kind: str = "application/json", **headers: str
    ):
        data = body if isinstance(body, (bytes, str)) else b"" if body is None else json.dumps(body)
        address = path if path.startswith("/") else f"/api/{path}"
        names = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        return self.client.generic(method, address, data, content_type=kind, **names)

    def get(self, path: str, **headers: str):
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any = None, **more: Any):
        return self.ask("POST", path, body, **more)

    def put(self, path: str, body: Any = None, **more: Any):
        return self.ask("PUT", path, body, **more)

    def patch(self, path: str, body: Any = None, **more: Any):
        return self.ask("PATCH", path, body, **more)

    def delete(self, path: str, **headers: str):
        return self.ask("DELETE", path, **headers)


def api_for(user: User | None = None) -> Api:
    return Api(user or make_user())


def problem_of(response: Any, status: int) -> dict[str, Any]:
    """The problem document of a refusal, whose shape is always the same."""
    assert response.status_code == status, response.content[:500]
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert body["type"] == "about:blank"
    assert {"title", "detail", "errors"} <= body.keys()
    assert body["detail"].strip()
    for fault in body["errors"]:
        assert fault.keys() <= {"pointer", "parameter", "detail"}
        assert {"pointer", "detail"} <= fault.keys()
    return body
