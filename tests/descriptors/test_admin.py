"""Administrators manage the vocabularies."""

from __future__ import annotations

import pytest
from django.test import Client

from descriptors.models import VocabularyTerm
from tests.factories import make_user

pytestmark = pytest.mark.django_db

ADD = "/admin/descriptors/vocabularyterm/add/"


def test_a_term_is_added_changed_and_removed(admin_client: Client) -> None:
    admin_client.post(ADD, {"list": "programming_languages", "term": "Zig"})
    term = VocabularyTerm.objects.get(term="Zig")
    assert term.folded == "zig"
    admin_client.post(
        f"/admin/descriptors/vocabularyterm/{term.pk}/change/", {"list": term.list, "term": "Ziglang"}
    )
    term.refresh_from_db()
    assert (term.term, term.folded) == ("Ziglang", "ziglang")
    admin_client.post(f"/admin/descriptors/vocabularyterm/{term.pk}/delete/", {"post": "yes"})
    assert not VocabularyTerm.objects.filter(pk=term.pk).exists()


def test_the_same_term_in_another_case_is_refused(admin_client: Client) -> None:
    page = admin_client.post(ADD, {"list": "programming_languages", "term": "PYTHON"}).content.decode()
    assert "“Python” is on this list already." in page
    assert not VocabularyTerm.objects.filter(term="PYTHON").exists()


def test_nobody_else_gets_there(client: Client) -> None:
    client.force_login(make_user())
    assert client.get(ADD).status_code == 302
