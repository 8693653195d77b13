"""Single sign-on: whom it lets in, as whom, and what a lying provider or a third site gets."""

from __future__ import annotations

import html
import logging
import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tec.accounts.addresses import confirm
from tec.audit.models import Event
from tests.factories import make_user
from tests.tec.accounts import idp

pytestmark = pytest.mark.django_db

BACK = "/accounts/sso/callback/"


@pytest.fixture
def provider(settings: Any) -> Iterator[idp.Provider]:
    with idp.running() as running:
        idp.set_up(settings, running)
        yield running


@pytest.fixture
def ana(db: None) -> User:
    user = make_user(username="ana", email="Ana@Example.org")
    confirm(user)
    return user


def sent(client: Client, at: str = "/accounts/sso/", **form: str) -> str:
    """The address at the provider to which the page behind the button leads."""
    response = client.post(at, form)
    assert response.status_code == 200, response.content
    page = response.content.decode()
    target = html.unescape(re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page)[1])
    assert html.unescape(re.search(r'class="btn primary" href="([^"]+)"', page)[1]) == target
    return target


def came_back(provider: idp.Provider, target: str) -> str:
    """The address here that the provider sends the browser to."""
    query = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
    back = urlsplit(provider.authorize(query))
    return f"{back.path}?{back.query}"


def signed_on(client: Client, provider: idp.Provider, **form: str) -> Any:
    return client.get(came_back(provider, sent(client, **form)))


def refused(client: Client, provider: idp.Provider) -> str:
    """What the refusal says; nobody is logged in then."""
    response = signed_on(client, provider)
    assert response.status_code in {400, 403}, response.content
    assert client.get("/projects/").status_code == 302
    return re.search(r'role="alert">.*?<p>(.*?)</p>', response.content.decode(), re.DOTALL)[1]


def test_the_first_time_the_account_with_the_same_vouched_mail_is_connected(client, provider, ana):
    assert signed_on(client, provider).url == "/"

    assert client.get("/projects/").wsgi_request.user == ana
    ana.refresh_from_db()
    assert ana.check_password("correct horse battery")  # still another way in
    verbs = list(Event.objects.order_by("number").values_list("verb", "target"))
    assert verbs == [("account.sso_connected", "ana"), ("account.logged_in", "ana")]
    assert Event.objects.get(verb="account.logged_in").facts == {"by": ["single sign-on"]}


def test_from_then_on_the_person_is_known_by_subject_whatever_the_mail(client, provider, ana):
    signed_on(Client(), provider)
    provider.claims |= {"email": "ana@elsewhere.example", "email_verified": False}

    assert signed_on(client, provider).url == "/"
    assert client.get("/projects/").wsgi_request.user == ana


def test_the_way_back_survives_and_stays_on_this_site(client, provider, ana):
    assert signed_on(client, provider, next="/projects/new/").url == "/projects/new/"
    assert signed_on(Client(), provider, next="https://evil.example/").url == "/"


def test_what_is_asked_for_is_bound_to_this_browser(client, provider, ana):
    asked = parse_qs(urlsplit(sent(client)).query)

    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert len(asked["nonce"][0]) == 43
    assert len(asked["state"][0]) >= 16
    assert asked["redirect_uri"] == [f"http://localhost:3000{BACK}"]
    assert parse_qs(urlsplit(sent(client)).query)["nonce"] != asked["nonce"]


@pytest.mark.parametrize(
    ("over", "said_in_the_log"),
    [
        ({"iss": "https://evil.example"}, "issuer"),
        ({"aud": "another application"}, "Audience"),
        ({"aud": ["tec", "other"], "azp": "other"}, "another application"),
        ({"nonce": "of another log-in"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"exp": int(time.time()) - 3600}, "expired"),
        ({"exp": None}, "exp"),
        ({"iat": int(time.time()) + 3600}, "not yet valid"),
        ({"sub": None}, "sub"),
    ],
    ids=["issuer", "audience", "azp", "nonce", "no nonce", "expired", "no expiry", "future", "no subject"],
)
def test_an_id_token_that_does_not_hold_lets_nobody_in(client, provider, ana, caplog, over, said_in_the_log):
    provider.over = over

    assert "does not hold" in refused(client, provider)
    assert said_in_the_log in caplog.text
    assert provider.tokens_given == 1


@pytest.mark.parametrize(
    ("fault", "value"),
    [("signs_with", "stolen"), ("kid", "key-2"), ("algorithm", "none"), ("algorithm", "HS256")],
)
def test_a_signature_by_anybody_else_lets_nobody_in(client, provider, ana, fault, value):
    setattr(provider, fault, value)

    assert "does not hold" in refused(client, provider)
    assert provider.tokens_given == 1


def test_a_token_without_key_name_is_fine_while_there_is_one_key(client, provider, ana):
    provider.kid = ""

    assert signed_on(client, provider).url == "/"


def test_a_configuration_of_another_issuer_is_not_believed(client, provider, ana):
    provider.says = {"issuer": "https://evil.example"}

    response = client.post("/accounts/sso/")

    assert response.status_code == 503
    assert "cannot be reached" in response.content.decode()


@pytest.mark.parametrize("state", ["", "made-up-by-a-third-site"])
def test_an_answer_nobody_here_asked_for_is_refused(client, provider, ana, state):
    """So that a third site cannot log somebody in as somebody else."""
    elsewhere = came_back(provider, sent(Client()))
    path = re.sub(r"state=[^&]+", f"state={state}", elsewhere) if state else elsewhere

    response = client.get(path)

    assert response.status_code == 400
    assert client.get("/projects/").status_code == 302
    assert provider.tokens_given == 0


def test_an_answer_counts_once(client, provider, ana):
    path = came_back(provider, sent(client))
    assert client.get(path).status_code == 302
    client.post("/accounts/logout/")

    assert client.get(path).status_code == 400


def test_giving_up_there_leads_back_with_a_word(client, provider):
    state = parse_qs(urlsplit(sent(client)).query)["state"][0]

    response = client.get(BACK, {"error": "access_denied", "state": state})

    assert response.status_code == 400
    assert "did not finish" in response.content.decode()


def test_a_mail_address_that_the_provider_does_not_vouch_for_connects_nothing(client, provider, ana):
    provider.claims["email_verified"] = False

    assert "does not vouch" in refused(client, provider)
    assert not SocialAccount.objects.exists()


def test_an_address_that_its_account_never_confirmed_is_not_enough(client, provider):
    """Whoever makes an account with the address of somebody else must not share it with them later."""
    make_user(username="mallory", email="ana@example.org")

    assert "log in with the password and connect" in refused(client, provider)
    assert not SocialAccount.objects.exists()


def test_an_account_without_password_needs_no_confirmation(client, provider):
    user = make_user(username="ana", email="ana@example.org")
    user.set_unusable_password()
    user.save()

    assert signed_on(client, provider).url == "/"
    assert client.get("/projects/").wsgi_request.user == user


@pytest.mark.parametrize("email", [None, "", "no address", 7, ["ana@example.org"]])
def test_no_usable_mail_address_connects_nothing(client, provider, ana, email):
    provider.claims["email"] = email

    assert refused(client, provider)
    assert not SocialAccount.objects.exists()


def test_only_the_allowed_domains_come_in(client, provider, ana, settings):
    settings.OIDC_DOMAINS = ["example.com"]
    assert "not one of those" in refused(client, provider)

    settings.OIDC_DOMAINS = ["example.com", "example.org"]
    assert signed_on(client, provider).url == "/"


def test_a_domain_that_only_ends_alike_is_another(client, provider, ana, settings):
    settings.OIDC_DOMAINS = ["example.org"]
    provider.claims["email"] = "ana@evil-example.org"

    assert "not one of those" in refused(client, provider)


def test_two_accounts_with_the_mail_are_not_guessed_between(client, provider, ana):
    make_user(username="second", email="ana@example.org")

    assert "Several accounts" in refused(client, provider)


def test_an_account_that_is_switched_off_stays_off(client, provider, ana):
    signed_on(Client(), provider)
    User.objects.update(is_active=False)
    assert "switched off" in refused(client, provider)

    SocialAccount.objects.all().delete()
    assert "switched off" in refused(client, provider)


def test_somebody_unknown_is_refused_unless_new_people_may_come(client, provider, settings):
    assert "Nobody here" in refused(client, provider)
    assert not User.objects.exists()

    settings.OIDC_CREATE = True
    assert signed_on(client, provider).url == "/"

    user = User.objects.get()
    assert (user.username, user.first_name, user.email) == ("ana.silva", "Ana", "ana@example.org")
    assert not user.has_usable_password()
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert Event.objects.get(verb="account.created").facts == {"by": "single sign-on"}


@pytest.mark.parametrize("name", ["ana.silva", "x" * 400, "имя", "", None, "<b>a b</b>"])
def test_a_new_person_gets_a_name_that_is_free(client, provider, settings, name):
    settings.OIDC_CREATE = True
    make_user(username="ana.silva")
    provider.claims["preferred_username"] = name

    assert signed_on(client, provider).url == "/"
    assert User.objects.count() == 2


def test_what_the_token_leaves_out_is_asked_of_the_provider(client, provider, ana):
    provider.over = {"email": None, "email_verified": None}
    provider.info = {"sub": "person-7", "email": "ana@example.org", "email_verified": True}

    assert signed_on(client, provider).url == "/"


def test_user_info_about_somebody_else_is_not_believed(client, provider, ana):
    provider.over = {"email": None, "email_verified": None}
    provider.info = {"sub": "person-8", "email": "ana@example.org", "email_verified": True}

    assert "does not hold" in refused(client, provider)


def test_the_second_factor_of_an_account_is_asked_for_all_the_same(client, provider, ana):
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(ana, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")

    assert signed_on(client, provider).url == reverse("mfa_authenticate")
    assert client.get("/projects/").status_code == 302


def test_a_lock_after_wrong_passwords_does_not_lock_out_single_sign_on(client, provider, ana):
    for _ in range(6):
        client.post("/accounts/login/", {"username": "ana", "password": "wrong"})

    assert signed_on(client, provider).url == "/"


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/jwks", "/token", "/userinfo"])
def test_a_provider_that_answers_nonsense_breaks_nothing(client, provider, ana, path):
    if path == "/userinfo":
        provider.over, provider.info = {"email": None}, {}
    if path != "/.well-known/openid-configuration":
        target = sent(client)
        provider.broken = {path}
        response = client.get(came_back(provider, target))
    else:
        provider.broken = {path}
        response = client.post("/accounts/sso/")

    assert response.status_code in {400, 503}
    assert 'role="alert"' in response.content.decode()


def test_a_provider_that_is_away_is_said_to_be(client, provider, settings):
    settings.OIDC_ISSUER = "http://127.0.0.1:9"

    response = client.post("/accounts/sso/")

    assert response.status_code == 503
    assert "cannot be reached" in response.content.decode()


def test_who_is_logged_in_connects_and_parts_again(client, provider):
    bob = make_user(username="bob", email="bob@elsewhere.example")
    client.force_login(bob)
    provider.claims["email_verified"] = False  # bob shows both: no mail needs to be vouched for

    response = client.get(came_back(provider, sent(client, "/accounts/sso/connect/")))

    assert response.url == "/accounts/"
    assert SocialAccount.objects.get().user == bob
    assert "as <b><bdi>ana@example.org" in client.get("/accounts/").content.decode()
    client.post("/accounts/sso/disconnect/")
    assert not SocialAccount.objects.exists()
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"account.sso_connected", "account.sso_disconnected"} <= verbs


def test_the_only_way_in_is_not_thrown_away(client, provider, ana):
    signed_on(client, provider)
    ana.set_unusable_password()
    ana.save()
    client = Client()
    signed_on(client, provider)

    client.post("/accounts/sso/disconnect/")

    assert SocialAccount.objects.exists()


def test_an_identity_belongs_to_one_account(client, provider, ana):
    signed_on(Client(), provider)
    client.force_login(make_user(username="bob"))

    response = client.get(came_back(provider, sent(client, "/accounts/sso/connect/")))

    assert response.status_code == 403
    assert "belongs to another account" in response.content.decode()
    assert SocialAccount.objects.get().user == ana


def test_the_same_number_at_another_provider_is_another_person(client, provider, ana, settings):
    signed_on(Client(), provider)
    User.objects.update(email="moved@example.org")
    with idp.running() as other:
        settings.OIDC_ISSUER = other.issuer
        assert "Nobody here" in refused(client, other)


def test_it_cannot_be_set_off_by_a_link_of_a_third_site(client, provider):
    assert client.get("/accounts/sso/").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/accounts/sso/").status_code == 403


def test_nothing_secret_is_kept_or_logged(client, provider, ana, caplog):
    caplog.set_level(logging.DEBUG)
    provider.over = {"nonce": "of another log-in"}
    target = sent(client)
    client.get(came_back(provider, target))
    provider.over = {}
    signed_on(client, provider)

    kept = str([vars(row) for row in (*SocialAccount.objects.all(), *Event.objects.all())])
    for secret in (idp.SECRET, "an access token", "eyJ"):
        assert secret not in kept
        assert secret not in caplog.text
    assert SocialAccount.objects.get().extra_data == {
        "iss": provider.issuer,
        "sub": "person-7",
        "email": "ana@example.org",
    }


def test_the_button_is_there_only_with_a_provider(client, db, provider, settings):
    assert "Log in with <bdi>Example ID</bdi>" in client.get("/accounts/login/").content.decode()
    settings.OIDC_ISSUER = ""

    assert "/accounts/sso/" not in client.get("/accounts/login/").content.decode()
    assert client.post("/accounts/sso/").status_code == 404
    assert client.get(BACK).status_code == 404
