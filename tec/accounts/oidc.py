"""OpenID Connect as allauth speaks it, with the checks it leaves out: signature, nonce, issuer."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING, Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.urls import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
"""Signatures by a key that only the provider has; with HS256, or none, anybody could sign."""

CLAIMS = ("iss", "sub", "aud", "exp", "iat", "nonce")
LEEWAY = 60
"""Seconds by which the two clocks may differ."""


class Untrusted(OAuth2Error):  # type: ignore[misc]  # allauth has no types
    """What the provider sent does not hold. The text says why, and repeats nothing of it."""


def nonce_of(verifier: str) -> str:
    """A nonce that belongs to the code verifier, which the session keeps and nobody else sees."""
    digest = hashlib.sha256(b"nonce " + verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """One log-in: from the code that the browser brings to the claims of a person."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        if config.get("issuer", "").rstrip("/") != settings.OIDC_ISSUER.rstrip("/"):
            raise Untrusted("The provider's configuration names another issuer")
        return config

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return settings.PUBLIC_URL + reverse("sso-callback")

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str = ""
    ) -> dict[str, Any]:
        self.nonce = nonce_of(pkce_code_verifier)
        data = super().get_access_token_data(request, app, client, pkce_code_verifier)
        return dict(data)

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        claims = self.checked(kwargs["response"].get("id_token") or "", app.client_id)
        if not claims.get("email") and self.openid_config.get("userinfo_endpoint"):
            claims |= self.userinfo(token.token, claims["sub"])
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})

    def userinfo(self, access_token: str, subject: str) -> dict[str, Any]:
        """What else is known of the person; never another one than the signed token names."""
        found = self._fetch_user_info(access_token)
        if found.get("sub") != subject:
            raise Untrusted("The provider's user info is about somebody else")
        return {name: found[name] for name in found if name not in CLAIMS}

    def checked(self, id_token: str, client_id: str) -> dict[str, Any]:
        """The claims of an ID token. Raises Untrusted unless it is for us, for this log-in, and theirs."""
        try:
            claims: dict[str, Any] = jwt.decode(
                id_token,
                self.key_of(id_token),
                algorithms=ALGORITHMS,
                audience=client_id,
                issuer=self.openid_config["issuer"],
                leeway=LEEWAY,
                options={"require": list(CLAIMS)},
            )
        except jwt.PyJWTError as error:
            raise Untrusted(f"The ID token does not hold: {error}") from error
        if not hmac.compare_digest(str(claims["nonce"]).encode(), self.nonce.encode()):
            raise Untrusted("The ID token belongs to another log-in: the nonce differs")
        if isinstance(claims["aud"], list) and claims.get("azp", client_id) != client_id:
            raise Untrusted("The ID token was made for another application")
        return claims

    def key_of(self, id_token: str) -> jwt.PyJWK:
        with get_adapter().get_requests_session() as session:
            response = session.get(self.openid_config["jwks_uri"])
            response.raise_for_status()
            keys = jwt.PyJWKSet.from_dict(response.json()).keys
        name = jwt.get_unverified_header(id_token).get("kid")
        fitting = [key for key in keys if name is None or key.key_id == name]
        if len(fitting) != 1:
            raise Untrusted("The ID token is signed with a key that the provider does not publish")
        return fitting[0]


class Provider(OpenIDConnectProvider):  # type: ignore[misc]
    """The one provider that TEC_OIDC_ISSUER names."""

    oauth2_adapter_class = Adapter

    @property
    def server_url(self) -> str:
        return f"{settings.OIDC_ISSUER.rstrip('/')}/.well-known/openid-configuration"

    def get_pkce_params(self) -> dict[str, str]:
        params: dict[str, str] = super().get_pkce_params()
        return {**params, "nonce": nonce_of(params["code_verifier"])}

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Issuer and subject: another provider may use the same subject for somebody else."""
        claims = data["id_token"]
        return hashlib.sha256(f"{claims['iss']} {claims['sub']}".encode()).hexdigest()

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """No more is kept than what tells an administrator which account that is."""
        claims = data["id_token"]
        return {name: str(claims.get(name, ""))[:254] for name in ("iss", "sub", "email")}
