"""Every address pattern of the site, and what it answers to somebody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

FORM = ("application/x-www-form-urlencoded", "")
JSON = ("application/json", "{}")


class Route(NamedTuple):
    name: str  # with its namespace, "" if it has none
    pattern: str
    arguments: frozenset[str]

    @property
    def in_a_project(self) -> bool:
        return "projects/<slug:slug>/" in self.pattern


def routes(patterns: Any = None, at: str = "", namespace: str = "", taken: Any = ()) -> Iterator[Route]:
    """All of them, those of included modules too."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        pattern, arguments = at + str(each.pattern), {*taken, *each.pattern.regex.groupindex}
        if isinstance(each, URLPattern):
            yield Route(f"{namespace}{each.name}" if each.name else "", pattern, frozenset(arguments))
        else:
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from routes(each.url_patterns, pattern, inner, arguments)


class Line(NamedTuple):
    """One line of the table: a method, a route, how it is decided, and what it is tried with."""

    method: str
    name: str
    row: str
    arguments: dict[str, str]
    query: str

    def __str__(self) -> str:
        return f"{self.method} {self.name}"

    def path(self, known: dict[str, Any], taken: frozenset[str]) -> str:
        """The address, its arguments those of the line, else those *known*."""
        every = {**known, **self.arguments}
        return reverse(self.name, kwargs={name: every[name] for name in taken})


def lines(table: str) -> list[Line]:
    found = []
    for line in table.splitlines():
        words = line.split("#")[0].split()
        if words:
            method, name, row, *more = words
            arguments = dict(word.split("=", 1) for word in more if not word.startswith("?"))
            query = "".join(word[1:] for word in more if word.startswith("?"))
            found.append(Line(method, name, row, arguments, query))
    return found


def answer(client: Client, method: str, path: str, query: str) -> str:
    """What *client* is told, in a word of the table; whatever it changed is undone."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        if method == "GET":
            response = client.get(path, QueryDict(query))
        else:
            kind, empty = JSON if path.startswith("/api/") else FORM
            response = client.generic(method, path, (query or empty).encode(), content_type=kind)
        transaction.set_rollback(True)
    client.cookies = cookies
    return word(method, response.status_code, response.headers.get("Location", ""))


def word(method: str, status: int, location: str) -> str:
    """`in` for being sent to log in, `ok` for being let through, else the status.

    Whoever is let through with an empty form may be told what it lacks: 400, 409, 412, 415, 422, 428.
    """
    if status in {301, 302, 303} and urlsplit(location).path in {
        resolve_url(settings.LOGIN_URL),
        reverse("admin:login"),
    }:
        return "in"
    lacking = {400, 409, 412, 415, 422, 428} if method != "GET" else set()
    return "ok" if status < 400 or status in lacking else str(status)
