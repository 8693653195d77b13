"""The rules and the required fields: what they look at, and what to do about what they find."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from mismatch.api.answers import DESCRIPTOR_NAMES
from mismatch.findings import SEVERITIES
from mismatch.queries import KINDS
from mismatch.showing import rule_pages
from tec.api.bodies import Answer, Choice, PageQuery, paged
from tec.api.operations import operation
from tec.api.refused import Refused
from tec.api.views import ApiView

if TYPE_CHECKING:
    from rest_framework.request import Request

    from mismatch.showing.rule_pages import RulePage


class RuleAnswer(Answer):
    """A rule, or a required field."""

    code = serializers.CharField(help_text="Short and permanent, as in “TEC-3A”.")
    rule = serializers.CharField(help_text="The permanent slug.")
    kind = serializers.ChoiceField(choices=list(KINDS))
    severity = serializers.ChoiceField(choices=list(SEVERITIES))
    title = serializers.CharField()
    why = serializers.CharField()
    remedy = serializers.CharField()
    descriptors = serializers.ListField(
        child=serializers.ChoiceField(choices=DESCRIPTOR_NAMES), help_text="What it reads."
    )
    pack = serializers.CharField(help_text="“tec”: the original’s; “x”: further ones; “required”: fields.")


class RulesQuery(PageQuery):
    """Which rules to list."""

    kind = Choice(choices=list(KINDS), required=False, help_text="Rules that compare, or required fields.")
    severity = Choice(choices=list(SEVERITIES), required=False, help_text="Of the usual finding.")
    descriptor = Choice(choices=DESCRIPTOR_NAMES, required=False, help_text="What the rule reads.")


class RuleListView(ApiView):
    group = "Rules"
    permission_classes = (AllowAny,)

    @operation(query=RulesQuery, answers={200: paged(RuleAnswer)})
    def get(self, request: Request) -> Response:
        """List the rules in the order of their codes, then the required fields."""
        asked = self.asked
        found = [
            page
            for page in all_pages()
            if asked.get("kind", page.kind) == page.kind
            and asked.get("severity", page.severity) == page.severity
            and ("descriptor" not in asked or asked["descriptor"] in page.reads)
        ]
        return self.page_of(found, lambda part: [rule_row(page) for page in part])


class RuleDetailView(ApiView):
    group = "Rules"
    permission_classes = (AllowAny,)

    @operation(answers={200: RuleAnswer})
    def get(self, request: Request, name: str) -> Response:
        """Read what a rule is about, by its slug or code."""
        try:
            return Response(rule_row(rule_pages.page(name)))
        except LookupError as error:
            raise Refused(404, str(error.args[0])) from error


@cache
def all_pages() -> tuple[RulePage, ...]:
    """Every page; what is declared does not change while the process runs."""
    return tuple(rule_pages.pages())


def rule_row(page: RulePage) -> dict[str, Any]:
    return {
        "code": page.code,
        "rule": page.slug,
        "kind": page.kind,
        "severity": page.severity,
        "title": page.title,
        "why": page.why,
        "remedy": page.remedy,
        "descriptors": list(page.reads),
        "pack": page.pack,
    }
