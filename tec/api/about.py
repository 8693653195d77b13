"""The API about itself: its OpenAPI document, the page about it, and who is asking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from tec.api.bodies import Answer
from tec.api.document import document, groups
from tec.api.operations import operation
from tec.api.views import ApiView

if TYPE_CHECKING:
    from django.http import HttpRequest
    from rest_framework.request import Request


class TokenAnswer(Answer):
    """The API token that was sent."""

    name = serializers.CharField()
    writes = serializers.BooleanField(help_text="Whether it may change anything.")
    expires_at = serializers.DateTimeField()


class MeAnswer(Answer):
    """Who is asking."""

    username = serializers.CharField()
    name = serializers.CharField(help_text="Full name; empty if none is given.")
    email = serializers.CharField()
    admin = serializers.BooleanField(help_text="Whether they administer the site.")
    token = TokenAnswer(allow_null=True, help_text="null: a browser’s session asks.")


class OpenApiView(ApiView):
    group = "About"
    permission_classes = (AllowAny,)

    @operation(answers={200: {"type": "object", "additionalProperties": True}})
    def get(self, request: Request) -> Response:
        """Read this API’s OpenAPI document."""
        return Response(document())


class MeView(ApiView):
    group = "About"

    @operation(answers={200: MeAnswer})
    def get(self, request: Request) -> Response:
        """Read who you are to the API."""
        user, token = self.user, request.auth
        return Response(
            {
                "username": user.get_username(),
                "name": user.get_full_name(),
                "email": user.email,
                "admin": user.is_superuser,
                "token": TokenAnswer(token).data if token else None,
            }
        )


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document as a page for people."""
    context: dict[str, Any] = {
        "groups": groups(),
        "about": document()["info"]["description"],
        "limits": settings.API_LIMITS,
        "url": settings.PUBLIC_URL,
    }
    return render(request, "api/docs.html", context)
