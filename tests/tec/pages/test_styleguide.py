"""The page of all tokens and components: complete, and only for developers."""

from __future__ import annotations

import re

from tec.pages.styletokens import STYLESHEET, tokens

GUIDE = STYLESHEET.with_name("styleguide.css").read_text("utf-8")


def test_it_is_not_there_in_production(client, db):
    assert client.get("/styleguide/").status_code == 404


def test_it_shows_every_token(client, db, settings):
    settings.DEBUG = True

    page = client.get("/styleguide/").content.decode()

    found = tokens()
    assert len(found.colours) > 20
    assert found.types
    assert found.spaces
    for prefix, names in zip(("sw", "ty", "sp"), found, strict=True):
        for name in names:
            assert re.search(rf'class="{prefix}-{name}"', page), name
            assert f".{prefix}-{name}" in GUIDE, name


def test_its_samples_show_no_token_that_is_gone():
    known = {
        f"{prefix}-{name}"
        for prefix, names in zip(("sw", "ty", "sp"), tokens(), strict=True)
        for name in names
    }

    assert set(re.findall(r"\.((?:sw|ty|sp)-[a-z0-9-]+)", GUIDE)) == known
