"""Reads what the address of a findings page asks for; what it asks for in vain is ignored and said."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from descriptors.catalogue import DESCRIPTORS, PRODUCERS
from mismatch.findings import SEVERITIES
from mismatch.guesses import nearest
from mismatch.wording import quote

if TYPE_CHECKING:
    from django.http import QueryDict

DEFAULT_GROUP = "pair"
GROUPS = {"pair": "By pair", "rule": "By rule", "owner": "By owner"}
KINDS = {"mismatch": "Mismatches", "cannot-tell": "Cannot tell", "missing": "Missing fields"}
STATES = {
    "new": "New",
    "open": "Seen before",
    "reopened": "Reopened",
    "worse": "Got worse",
    "undecided": "Nobody decided yet",
    "planned": "Fix planned",
    "proposed": "Waiting for approval",
    "accepted": "Risk accepted",
    "dismissed": "Not a problem",
    "decided": "Decided, any way",
    "repeated": "Said by another finding",
    "all": "Everything that was found",
}
"""Without a state, everything that is open is shown."""

NOBODY = "-"
LONGEST_TEXT = 200


class Filters(NamedTuple):
    """What to show, and how; an empty value filters nothing."""

    group: str = DEFAULT_GROUP
    severities: tuple[str, ...] = ()  # any of them
    rules: tuple[str, ...] = ()  # slugs; findings of any of them
    descriptors: tuple[str, ...] = ()  # findings that concern all of them
    kind: str = ""
    state: str = ""
    owner: str = ""  # the role that has to change something first
    assignee: str = ""  # a user name; NOBODY for findings that nobody looks after
    text: str = ""
    page: int = 1
    problems: tuple[str, ...] = ()  # what the address asks for and nobody can give, in words

    @property
    def narrowed(self) -> int:
        """How many filters are set."""
        only = self.kind in {"mismatch", "cannot-tell"}
        common = sum(map(bool, (only, self.severities, self.rules, self.descriptors, self.state)))
        mine = sum(map(bool, (self.owner, self.assignee, self.text)))
        return common + mine


NAMES = ("group", "severity", "rule", "descriptor", "kind", "state", "owner", "assignee", "q", "page")
ROLES = tuple(dict.fromkeys(role for roles in PRODUCERS.values() for role in roles))


def read_filters(query: QueryDict, rules: Mapping[str, str]) -> Filters:
    """The filters in *query*. *rules* maps every name of a rule, in lower case, to its slug."""
    problems = [
        f"{quote(name)} is no filter (known: {', '.join(NAMES)}); it is ignored."
        for name in query
        if name not in NAMES
    ]

    def chosen(name: str, known: Mapping[str, str] | tuple[str, ...]) -> tuple[str, ...]:
        given = [value for value in dict.fromkeys(query.getlist(name)) if value]
        problems.extend(_unknown(name, value, list(known)) for value in given if value not in known)
        return tuple(value for value in given if value in known)

    def one(name: str, known: Mapping[str, str], default: str = "") -> str:
        return next(iter(chosen(name, known)), default)

    slugs = [_rule(name, rules, problems) for name in query.getlist("rule")]
    found = Filters(
        group=one("group", GROUPS, DEFAULT_GROUP),
        severities=chosen("severity", SEVERITIES),
        rules=tuple(dict.fromkeys(filter(None, slugs))),
        descriptors=chosen("descriptor", DESCRIPTORS),
        kind=one("kind", KINDS),
        state=one("state", STATES),
        owner=one("owner", dict.fromkeys(ROLES, "")),
        assignee=query.get("assignee", "")[:LONGEST_TEXT],
        text=_text(query.get("q", "")),
        page=_page(query.get("page", ""), problems),
    )
    return found._replace(problems=tuple(problems))


def _rule(name: str, rules: Mapping[str, str], problems: list[str]) -> str:
    if not name or name.lower() in rules:
        return rules.get(name.lower(), "")
    hint = nearest(name.lower(), list(rules))
    problems.append(
        f"There is no rule {quote(name)}{f'; did you mean {quote(hint)}?' if hint else '.'} It is ignored."
    )
    return ""


def _text(given: str) -> str:
    """What is searched for, in one case and one Unicode form."""
    words = " ".join(given.replace("\0", " ").split())[:LONGEST_TEXT]
    return unicodedata.normalize("NFC", words)


def _page(number: str, problems: list[str]) -> int:
    if not number:
        return 1
    if number.isascii() and number.isdigit() and len(number) < 8 and int(number):
        return int(number)
    problems.append(f"{quote(number)} is no page number; this is page 1.")
    return 1


def _unknown(name: str, value: str, known: list[str]) -> str:
    return f"{quote(value)} is no {name} (known: {', '.join(known)}); it is ignored."
