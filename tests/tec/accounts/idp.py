"""A provider of single sign-on on this machine: OpenID Connect with a real key, and faults on request."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "tec", "the secret of TEC there"


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """What it says of the person who logs in, and how it lies."""

    def __init__(self, address: str) -> None:
        self.issuer = address
        self.says: dict[str, Any] = {}  # the provider's configuration
        self.claims: dict[str, Any] = {
            "sub": "person-7",
            "email": "ana@example.org",
            "email_verified": True,
            "given_name": "Ana",
            "family_name": "Silva",
            "preferred_username": "ana.silva",
        }
        self.over: dict[str, Any] = {}  # claims of the ID token that replace the right ones; None leaves out
        self.info: dict[str, Any] | None = None
        self.signs_with, self.algorithm, self.kid = "published", "RS256", "key-1"
        self.broken: set[str] = set()
        self.asked: dict[str, dict[str, str]] = {}  # code → what the browser came with
        self.tokens_given = 0

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **({"userinfo_endpoint": f"{self.issuer}/userinfo"} if self.info is not None else {}),
            **self.says,
        }

    def jwks(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key("published").public_key()))
        return {"keys": [{**public, "kid": "key-1", "use": "sig", "alg": "RS256"}]}

    def authorize(self, query: dict[str, str]) -> str:
        """Logs the person in at once; the address the browser is sent back to."""
        code = secrets.token_urlsafe(8)
        self.asked[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        asked = self.asked.pop(form.get("code", ""), None)
        challenge = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if (
            asked is None
            or (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET)
            or form.get("redirect_uri") != asked["redirect_uri"]
            or asked["code_challenge"] != base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
        ):
            return None
        self.tokens_given += 1
        now = int(time.time())
        right = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked.get("nonce"),
            **self.claims,
        }
        claims = {name: value for name, value in {**right, **self.over}.items() if value is not None}
        signing: Any = (
            "a shared secret of thirty-two bytes!" if self.algorithm == "HS256" else key(self.signs_with)
        )
        headers = {"kid": self.kid} if self.kid else {}
        if self.algorithm == "none":
            signing = None
        signed = jwt.encode(claims, signing, algorithm=self.algorithm, headers=headers)
        return {"access_token": "an access token", "token_type": "Bearer", "id_token": signed}


class Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        if address.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(query))
            self.end_headers()
            return
        pages = {
            "/.well-known/openid-configuration": self.provider.configuration,
            "/jwks": self.provider.jwks,
            "/userinfo": lambda: self.provider.info,
        }
        self.answer(address.path, pages[address.path]())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.answer("/token", self.provider.token({k: v[0] for k, v in parse_qs(body).items()}))

    def answer(self, path: str, content: Any) -> None:
        broken = path in self.provider.broken
        self.send_response(400 if content is None else 200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b"<html>oops" if broken else json.dumps(content).encode())

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def running() -> Iterator[Provider]:
    """The provider, listening on a port of its own until the end."""
    handler = type("OneHandler", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    handler.provider = Provider(f"http://127.0.0.1:{server.server_address[1]}")
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield handler.provider
    finally:
        server.shutdown()
        server.server_close()


def set_up(settings: Any, provider: Provider) -> None:
    """Let the site of a test use *provider*."""
    settings.OIDC_ISSUER, settings.OIDC_NAME = provider.issuer, "Example ID"
    settings.OIDC_DOMAINS, settings.OIDC_CREATE = [], False
    app = {
        "provider_id": "sso",
        "name": "Example ID",
        "client_id": CLIENT,
        "secret": SECRET,
        "settings": {"server_url": provider.issuer},
    }
    all_settings = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**all_settings, "APPS": [app]}}
