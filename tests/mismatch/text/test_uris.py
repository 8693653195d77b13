"""Links that are whole, local, secret, or none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mismatch.text.uris import BROKEN, LOCAL, MOUNTED, SECRET, fault, host_of, masked, normal, password


@pytest.mark.parametrize(
    "text",
    [
        *(
            "https://wiki.example/a/b?c=d#e",
            "http://10.0.0.5:8080/x",
            "s3://bucket/key",
            "gs://b/k",
            "dvc:abc",
        ),
        *(
            "ssh://git@host/x",
            "git@github.com:group/repo.git",
            "git+ssh://host/x",
            "mailto:a@b.example",
            "doi:10.1/2",
        ),
        *("https://host/x?token=***", "https://host/x?page=2&size=10", "<https://host/x>"),
        *("https://[2001:db8::1]/x", "https://user@host/x", "hdfs://name/path", "https://münchen.example/ä"),
    ],
)
def test_a_whole_link_has_no_fault(text):
    assert fault(text) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://localhost:8888/tree", LOCAL),
        ("http://127.0.0.1/x", LOCAL),
        ("http://[::1]/x", LOCAL),
        ("file:///data/x", LOCAL),
        ("C:\\Users\\ann\\model.pkl", LOCAL),
        ("/home/ann/model.pkl", LOCAL),
        ("/Users/ann/model.pkl", LOCAL),
        ("/tmp/model.pkl", LOCAL),
        ("~/model.pkl", LOCAL),
        ("/mnt/share/x", MOUNTED),
        ("\\\\server\\share", MOUNTED),
        ("https://ann:geheim@host/x", SECRET),
        ("https://host/x?a=1&access_token=8f2c9d71#top", SECRET),
        ("https://store.example/c?sv=2024&sig=Zm9vYmFy", SECRET),
        ("postgresql://tec:s3cret@db/x", SECRET),
        ("wiki page on the model", BROKEN),
        ("www.example.org/a", BROKEN),
        ("https://", BROKEN),
        ("https:/host/x", BROKEN),
        ("https://host/a b", BROKEN),
        ("", BROKEN),
        ("model.pkl", BROKEN),
        ("http:x", BROKEN),
    ],
)
def test_the_fault_of_a_link_is_named(text, expected):
    assert fault(text) == expected


@pytest.mark.parametrize(
    "text", ["https://user:${TOKEN}@host/x", "https://user:<token>@host/x", "https://u:***@host/x"]
)
def test_a_variable_is_no_secret(text):
    assert password(text) == ""


def test_a_secret_is_masked():
    assert masked("https://ann:geheim@host/x") == "https://ann:***@host/x"
    assert (
        masked("s3://ann:geheim@host/x, http://h/z or https://host/y?token=geheim2")
        == "s3://ann:***@host/x, http://h/z or https://host/y?token=***"
    )
    assert masked("https://host/x") == "https://host/x"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTTPS://Host.example/a/", "https://host.example/a"),
        ("https://host:443/a", "https://host/a"),
        ("https://host/a//b", "https://host/a/b"),
        ("https://host/a/./b#part", "https://host/a/b"),
        (" s3://Bucket/k ", "s3://bucket/k"),
        ("C:\\data\\x", "C:/data/x"),
    ],
)
def test_equal_links_are_equal_in_their_normal_form(one, other):
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://host/a", "https://host/A"),
        ("https://host/a", "http://host/a"),
        ("https://host/a?x=1", "https://host/a?x=2"),
        ("https://host/a", "https://host/a/b"),
    ],
)
def test_different_links_differ(one, other):
    assert normal(one) != normal(other)


def test_the_host_of_a_link_is_without_user_and_port():
    assert host_of("https://ann@Host.example:8080/x") == "host.example"
    assert host_of("https://[::1]:80/x") == "[::1]"
    assert host_of("mailto:a@b") == ""


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | st.text(alphabet="https:/@.abc#?[]\\", max_size=30))
def test_no_text_makes_it_raise(text):
    assert fault(text) in {"", BROKEN, LOCAL, MOUNTED, SECRET}
    assert normal(normal(text)) == normal(text)
    assert not password(text) or password(text) not in masked(text).partition("@")[0].rpartition("/")[2]
