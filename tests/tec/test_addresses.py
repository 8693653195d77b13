"""What no address may hold: PostgreSQL cannot even be asked for it."""

from __future__ import annotations

import pytest
from django.urls import Resolver404, resolve

NUL = "a\x00b"


@pytest.mark.parametrize(
    "path",
    [
        f"/hooks/git/{NUL}/",
        f"/api/projects/churn/members/{NUL}/",
        f"/projects/churn/findings/{NUL}/",
        f"/projects/churn/findings/{NUL}/comments/",
        f"/projects/churn/fixes/{NUL}/",
        f"/projects/{NUL}/",
    ],
)
def test_an_address_that_is_looked_up_holds_no_nul(path):
    with pytest.raises(Resolver404):
        resolve(path)


@pytest.mark.parametrize("name", ["ana", "ana.moreau@example.org", "ana+test", "Živa_1-2"])
def test_every_user_name_that_an_account_may_have_has_an_address(name):
    assert resolve(f"/api/projects/churn/members/{name}/").kwargs["username"] == name
