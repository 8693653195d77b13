"""The public pages about rules and required fields."""

from __future__ import annotations

import re
from html import unescape

import pytest

from mismatch.own.views import TEMPLATE
from mismatch.services.write_own_rule import activate, write_version
from mismatch.showing.rule_pages import pages
from tec.pages.rulebook import groups, neighbours
from tests.factories import make_project, make_user


def listed(client, query: str = "") -> list[str]:
    """The codes on the page, in order."""
    return re.findall(r"<code>([A-Z]+-?\d+[A-Z]?)</code>", client.get(f"/rules/{query}").content.decode())


@pytest.mark.parametrize("kind", ["mismatch", "missing"])
def test_every_rule_is_listed_once(client, kind):
    codes = [page.code for page in pages() if page.kind == kind]

    assert sorted(listed(client, f"?kind={kind}")) == sorted(codes)


@pytest.mark.parametrize("query", ["", "?kind=evil", "?kind="])
def test_rules_come_first(client, query):
    assert "TEC-1" in listed(client, query)
    assert "SC-01" not in listed(client, query)


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.code)
def test_every_rule_has_its_page(client, page):
    shown = unescape(client.get(f"/rules/{page.slug}/").content.decode())

    assert page.title in shown
    assert page.code in shown
    assert "Why it matters" in shown
    assert page.remedy.split("\n\n")[0].replace("`", "") in re.sub(r"</?code>", "", shown)


def test_the_code_leads_to_the_page_too(client):
    assert client.get("/rules/TEC-3A/").url == "/rules/output-type-mismatch/"
    assert client.get("/rules/tm-15/").status_code == 200
    assert client.get("/rules/TM-15/").url == "/rules/tm-15/"


def test_a_rule_that_does_not_exist_has_no_page(client, db):
    assert client.get("/rules/no-such-rule/").status_code == 404


@pytest.mark.parametrize(
    ("q", "kind", "found"),
    [
        ("tec-3a", "mismatch", ["TEC-3A"]),
        ("FINAL-OUTPUT-TYPE", "mismatch", ["TEC-4A"]),
        ("system context", "mismatch", ["TEC-1"]),
        ("tm-15", "missing", ["TM-15"]),
        ("no such words", "mismatch", []),
        ("<script>", "mismatch", []),
    ],
)
def test_rules_are_searched_by_every_word(client, q, kind, found):
    page = client.get("/rules/", {"q": q, "kind": kind}).content.decode()

    assert re.findall(r"<code>([A-Z]+-\d+[A-Z]?)</code>", page) == found
    assert ("No rule matches" in page) == (not found)
    assert "<script>" not in page.replace("<script src", "")


@pytest.mark.parametrize("kind", ["mismatch", "missing"])
def test_groups_stand_in_display_order_with_codes_in_theirs(kind):
    order = {page.code: number for number, page in enumerate(pages())}
    found = groups(kind)

    assert [group.places for group in found] == sorted(group.places for group in found)
    assert len({group.anchor for group in found}) == len(found)
    for group in found:
        assert [page.code for page in group.pages] == sorted((p.code for p in group.pages), key=order.get)


def test_one_can_leaf_through_from_first_to_last():
    page, seen = pages()[0], []
    while page:
        seen.append(page.code)
        page = neighbours(page).after

    assert seen == [page.code for page in pages() if page.kind == "mismatch"]
    assert neighbours(pages()[0]).before is None


def test_rules_written_here_are_listed_for_those_who_are_logged_in(client, db):
    author = make_user()
    activate(version=write_version(rule=None, project=None, source=TEMPLATE, by=author), by=author)
    write_version(rule=None, project=None, source=TEMPLATE, by=author)  # takes part in nothing
    theirs = write_version(rule=None, project=make_project(), source=TEMPLATE, by=author)
    activate(version=theirs, by=author)
    assert "U1" not in listed(client)

    client.force_login(make_user())
    page = client.get("/rules/").content.decode()

    assert re.findall(r"<code>(U\d+)</code>", page) == ["U1"]
    assert "written here, version 1" in page
    assert 'href="/organisation/own-rules/1/"' in page
    assert "<code>U1</code>" in client.get("/rules/?q=one sentence").content.decode()
    assert "<code>U1</code>" not in client.get("/rules/?q=alchemists").content.decode()
    assert "<code>U1</code>" not in client.get("/rules/?kind=missing").content.decode()


def test_a_rule_of_a_plug_in_says_where_it_is_from(client, monkeypatch):
    theirs = tuple(page._replace(pack="plugin:acme") for page in pages() if page.code == "TEC-1")
    monkeypatch.setattr("tec.pages.rulebook.all_pages", lambda: theirs)
    monkeypatch.setattr("mismatch.showing.rule_pages.page", lambda slug: theirs[0])

    for address in ("/rules/", "/rules/?q=acme", f"/rules/{theirs[0].slug}/"):
        assert re.search("from the plug-in (<b>)?<bdi>acme</bdi>", client.get(address).content.decode())
