"""The session of a browser as a way into the API; tokens are in `tec.accounts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework import authentication, exceptions

if TYPE_CHECKING:
    from rest_framework.request import Request

NO_CSRF = (
    "A browser’s session may only read here unless the request proves that a page of this site sent it. "
    "Send the value of the CSRF cookie in the header X-CSRFToken, or use an API token instead."
)


class SessionAuthentication(authentication.SessionAuthentication):
    """As the framework's, in our words."""

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied as error:
            raise exceptions.PermissionDenied(NO_CSRF) from error

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="TEC"'
