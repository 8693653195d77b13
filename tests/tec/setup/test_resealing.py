"""What is kept sealed moves to the newest key, all of it, and says what it could not move."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command

from descriptors.repositories.models import Repository
from descriptors.repositories.services.link_repository import link_repository, renew_hook
from tec.accounts import letters
from tec.accounts.models import Letter
from tec.audit.models import Event
from tec.notices.models import Webhook
from tec.notices.services.change_webhook import add_webhook
from tec.sealing import Unsealable, reseal, seal, unseal
from tec.setup import resealing
from tests.factories import make_project, make_user

OLD, NEW = (f"{word} key that is longer than fifty characters, 0123456789" for word in ("an old", "a new"))
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(settings: Any) -> dict[str, Any]:
    """One of everything that is sealed, under the old key; the new one is in force."""
    settings.SECRET_KEY, settings.MAIL = OLD, True
    project = make_project()
    ana = project.memberships.get().user
    _, secret = add_webhook(project=project, by=ana, name="Chat", url="https://example.org/", kinds=[])
    token = {"kind": "token", "token": "of git"}
    at = {"url": "https://git.example.org/a/b.git", "branch": "", "path": ""}
    linked = link_repository(project=project, by=ana, credential=token, **at)
    hook_secret = renew_hook(repository=linked, by=ana)
    letters.write("invitation", address="eve@example.org", user=ana, link="https://tec.example.org/join/x/")
    TOTP.activate(ana, SECRET)
    codes = RecoveryCodes.activate(ana)
    codes._mark_code_used(0)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    return {
        "webhook": secret,
        "hook": hook_secret,
        "codes": codes.generate_codes(),
        "project": project,
        "ana": ana,
    }


def resealed() -> str:
    said = StringIO()
    call_command("reseal", stdout=said)
    return said.getvalue().strip()


def factor(kind: str) -> Authenticator:
    return Authenticator.objects.get(type=kind)


def test_everything_is_readable_without_the_old_key_afterwards(sealed: Any, settings: Any) -> None:
    used = factor("recovery_codes").data["used_mask"]

    assert resealed() == "6 moved to the newest key, 0 there already."

    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(Webhook.objects.get().sealed_secret) == sealed["webhook"]
    linked = Repository.objects.get()
    assert (unseal(linked.token), linked.key, unseal(linked.hook_secret)) == ("of git", "", sealed["hook"])
    assert letters.link_of(Letter.objects.get()) == "https://tec.example.org/join/x/"
    assert unseal(factor("totp").data["secret"]) == SECRET
    assert RecoveryCodes(factor("recovery_codes")).generate_codes() == sealed["codes"]
    assert factor("recovery_codes").data["used_mask"] == used == 1


def test_doing_it_again_moves_and_records_nothing(sealed: Any) -> None:
    resealed()
    before, told = list(Webhook.objects.values()), Event.objects.count()

    assert resealed() == "0 moved to the newest key, 6 there already."
    assert (list(Webhook.objects.values()), Event.objects.count()) == (before, told)


def test_what_was_moved_is_in_the_log_and_no_secret_is(sealed: Any) -> None:
    resealed()

    told = Event.objects.filter(verb="admin.resealed").order_by("number")
    assert [(each.target, each.facts) for each in told] == [
        ("webhooks", {"number": 1}),
        ("Git repositories", {"number": 2}),
        ("second factors", {"number": 2}),
        ("letters", {"number": 1}),
    ]
    assert {(each.actor, each.channel, each.project_slug) for each in told} == {("", "command", "")}


def test_what_no_key_opens_is_named_and_stays_and_all_else_is_moved(sealed: Any, settings: Any) -> None:
    settings.SECRET_KEY = "a third key that is longer than fifty characters, 0123456789"
    lost = seal("x")
    settings.SECRET_KEY = NEW
    Webhook.objects.update(sealed_secret=lost)
    data = factor("totp").data
    Authenticator.objects.filter(type="totp").update(data={**data, "secret": "nonsense"})
    said = StringIO()

    with pytest.raises(CommandError, match=r"No key opens 2\. ") as raised:
        call_command("reseal", stdout=StringIO(), stderr=said)

    assert raised.value.returncode == 1
    assert said.getvalue().splitlines() == [
        f"webhook “Chat” of project “{sealed['project'].slug}”",
        f"second factor of “{sealed['ana'].username}”",
    ]
    assert Webhook.objects.get().sealed_secret == lost
    assert Event.objects.filter(verb="admin.resealed").count() == 3
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(Repository.objects.get().token) == "of git"


def test_many_rows_are_moved_in_batches_each_in_a_transaction_of_its_own(
    sealed: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, ana = sealed["project"], sealed["ana"]
    settings.SECRET_KEY = OLD
    for number in range(4):
        add_webhook(project=project, by=ana, name=str(number), url="https://example.org/", kinds=[])
    settings.SECRET_KEY = NEW
    monkeypatch.setattr(resealing, "BATCH", 2)

    assert resealed() == "10 moved to the newest key, 0 there already."

    batches = Event.objects.filter(verb="admin.resealed", target="webhooks").order_by("number")
    assert [each.facts["number"] for each in batches] == [2, 2, 1]


def test_a_batch_whose_end_fails_is_not_moved(sealed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Webhook.objects.get().sealed_secret

    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("the log is away")

    monkeypatch.setattr(resealing, "record", fails)
    with pytest.raises(RuntimeError, match="is away"):
        resealed()

    assert Webhook.objects.get().sealed_secret == before


def test_a_key_of_a_device_has_nothing_that_is_sealed() -> None:
    data = {"name": "secret", "credential": {"seed": "x"}}
    Authenticator.objects.create(user=make_user(), type="webauthn", data=data)

    assert resealed() == "0 moved to the newest key, 0 there already."
    assert factor("webauthn").data == data


def test_codes_of_which_one_cannot_be_opened_are_not_counted_as_moved(sealed: Any, settings: Any) -> None:
    settings.SECRET_KEY = OLD
    data = {"migrated_codes": [seal("1"), "nonsense"], "used_mask": 0}
    settings.SECRET_KEY = NEW
    Authenticator.objects.filter(type="recovery_codes").update(data=data)
    said = StringIO()

    with pytest.raises(CommandError):
        call_command("reseal", stdout=said, stderr=StringIO())

    assert said.getvalue().strip() == "5 moved to the newest key, 0 there already."
    assert factor("recovery_codes").data == data


def test_one_text_is_sealed_anew_only_if_an_older_key_sealed_it(settings: Any) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []
    old = seal("x")
    assert reseal(old) == old
    settings.SECRET_KEY = NEW
    with pytest.raises(Unsealable):
        reseal(old)
    settings.SECRET_KEY_FALLBACKS = [OLD]
    assert unseal(reseal(old)) == "x"
    assert reseal(old) != old
    assert reseal("") == ""


def test_whatever_seals_is_known_to_what_moves_it() -> None:
    """Whoever keeps something sealed in a new place adds that to `tec.setup.resealing.PLACES`."""
    seals = {
        str(path.relative_to(ROOT))
        for package in ("tec", "descriptors", "mismatch")
        for path in (ROOT / package).rglob("*.py")
        if re.search(r"^from tec\.sealing import .*\bseal\b", path.read_text("utf-8"), re.MULTILINE)
    }

    assert seals == {
        "descriptors/repositories/services/link_repository.py",  # token, key and hook_secret
        "tec/accounts/adapters.py",  # second factors
        "tec/accounts/letters.py",
        "tec/notices/services/change_webhook.py",
    }
