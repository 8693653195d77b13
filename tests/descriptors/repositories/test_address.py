"""Which addresses Git may be given, by their text alone."""

from __future__ import annotations

import ipaddress

import pytest

from descriptors.repositories import hosts
from descriptors.repositories.address import (
    AddressRefused,
    branch_problem,
    folder_problem,
    parse,
)
from tec.hosts import is_public


def url(text: str, allowed=("*",), local_paths=()) -> str:
    return parse(text, hosts=allowed, local_paths=local_paths).url


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("https://git.example.org/team/repo.git", "https://git.example.org/team/repo.git"),
        ("https://Git.Example.ORG:8443/r", "https://git.example.org:8443/r"),
        ("https://git.example.org:443/r", "https://git.example.org/r"),
        ("ssh://git@git.example.org/team/repo.git", "ssh://git@git.example.org/team/repo.git"),
        ("ssh://git.example.org:2222/r", "ssh://git@git.example.org:2222/r"),
        ("git@git.example.org:team/repo.git", "ssh://git@git.example.org/team/repo.git"),
        ("git@git.example.org:/srv/repo.git", "ssh://git@git.example.org/srv/repo.git"),
        ("https://[2606:4700::1111]/r", "https://[2606:4700::1111]/r"),
    ],
)
def test_https_and_ssh_are_accepted_and_written_in_one_way(text, given):
    assert url(text) == given


@pytest.mark.parametrize(
    "text",
    [
        "ext::sh -c touch% /tmp/x",
        "ext::https://git.example.org/r",
        "fd::17/foo",
        "http://git.example.org/r",
        "git://git.example.org/r",
        "ftp://git.example.org/r",
        "javascript:alert(1)",
        "--upload-pack=touch /tmp/x",
        "-u touch",
        "https://-oProxyCommand=x/r",
        "ssh://-oProxyCommand=touch/r",
        "ssh://git@-oProxyCommand=touch/r",
        "-oProxyCommand=x@git.example.org:r",
        "git@-oProxyCommand=x:r",
        "git@git.example.org:-r",
        "ssh://git.example.org/-r",
        "ssh://git.example.org/a b",
        "ssh://git.example.org/`id`",
        "ssh://git.example.org/$(id)",
        "ssh://git.example.org/a;id",
        "ssh://git.example.org/a\nb",
        "https://git.example.org/../../etc",
        "https://git.example.org/r?x=1",
        "https://git.example.org/r#x",
        "https://git.example.org",
        "https:///r",
        "https://git.example.org:0/r",
        "https://git.example.org:99999/r",
        "https://git_example/r",
        "https://bücher.example/r",
        "https://git.example.org\\@evil.example/r",
        "https://git.example.org/" + "a" * 500,
        "",
        "C:\\repo",
        "../repo",
    ],
)
def test_everything_else_is_refused(text):
    with pytest.raises(AddressRefused):
        url(text)


@pytest.mark.parametrize("text", ["https://user:secret@git.example.org/r", "https://token@git.example.org/r"])
def test_a_secret_in_the_address_is_refused_and_not_repeated(text):
    with pytest.raises(AddressRefused) as refused:
        url(text)
    assert "secret" not in str(refused.value)
    assert "own field" in str(refused.value)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.0.0.1",
        "172.16.1.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "[::1]",
        "[::ffff:10.0.0.1]",
        "[::ffff:a9fe:a9fe]",
        "[fd00::1]",
        "[fe80::1]",
        "[2002:7f00:1::]",
        "[64:ff9b::7f00:1]",
    ],
)
def test_private_addresses_are_refused_however_they_are_written(host):
    with pytest.raises(AddressRefused):
        url(f"https://{host}/r")


def test_a_private_host_that_an_administrator_lists_is_accepted():
    assert url("https://10.0.0.1/r", allowed=["*", "10.0.0.1"]) == "https://10.0.0.1/r"
    assert url("https://localhost:8443/r", allowed=["localhost:8443"]) == "https://localhost:8443/r"
    with pytest.raises(AddressRefused):
        url("https://localhost/r", allowed=["localhost:8443"])


def test_a_list_without_a_star_is_the_whole_list():
    assert url("https://git.example.org/r", allowed=["git.example.org"])
    with pytest.raises(AddressRefused, match="TEC_GIT_HOSTS"):
        url("https://git.example.com/r", allowed=["git.example.org"])


def test_folders_are_refused_unless_an_administrator_opened_them(tmp_path):
    inner = tmp_path / "open" / "repo"
    inner.mkdir(parents=True)
    (tmp_path / "open" / "link").symlink_to(tmp_path)
    with pytest.raises(AddressRefused):
        url(str(inner))
    with pytest.raises(AddressRefused):
        url(f"file://{inner}")

    allowed = [str(tmp_path / "open")]
    assert url(str(inner), local_paths=allowed) == str(inner)
    assert url(f"file://{inner}", local_paths=allowed) == str(inner)
    for outside in [tmp_path, tmp_path / "opened", tmp_path / "open" / "..", tmp_path / "open" / "link"]:
        with pytest.raises(AddressRefused, match="TEC_GIT_LOCAL_PATHS"):
            url(str(outside), local_paths=allowed)


@pytest.mark.parametrize("branch", ["", "main", "release/1.2", "feature#7", "v1.0"])
def test_names_of_branches(branch):
    assert branch_problem(branch) == ""


@pytest.mark.parametrize(
    "branch",
    [
        "-n",
        "--output=x",
        "a..b",
        "@{1 year}",
        "HEAD:../x",
        "a b",
        "a~1",
        "a^",
        "a/",
        "/a",
        "a//b",
        "a.lock",
        "a\n",
        "a" * 201,
    ],
)
def test_what_is_no_name_of_a_branch(branch):
    assert branch_problem(branch)


def test_paths_inside_a_repository():
    assert [folder_problem(path) for path in ("", "docs", "docs/ml models", "модель")] == [""] * 4
    assert all(folder_problem(path) for path in ("/docs", "docs/", "../x", "a/../b", "a//b", "a\\b", "a\nb"))


def answer(monkeypatch, *ips: str) -> None:
    found = [(2, 1, 6, "", (ip, 443)) for ip in ips]
    monkeypatch.setattr(hosts.socket, "getaddrinfo", lambda *args, **kwargs: found)
    for name in ("https_proxy", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_a_name_that_leads_to_one_private_address_among_others_is_refused(monkeypatch):
    answer(monkeypatch, "93.184.215.14", "169.254.169.254")
    address = parse("https://rebind.example.org/r", hosts=["*"], local_paths=[])

    with pytest.raises(AddressRefused, match="private address"):
        hosts.addresses_of(address, ["*"])


def test_a_name_is_resolved_once_and_git_gets_what_was_found(monkeypatch):
    answer(monkeypatch, "93.184.215.14", "93.184.215.14", "2606:4700::1111")
    address = parse("https://git.example.org/r", hosts=["*"], local_paths=[])

    assert hosts.addresses_of(address, ["*"]) == ["93.184.215.14", "2606:4700::1111"]


def test_behind_a_proxy_only_listed_hosts_are_connected_to(monkeypatch):
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "")
    address = parse("https://git.example.org/r", hosts=["*"], local_paths=[])

    with pytest.raises(AddressRefused, match="proxy"):
        hosts.addresses_of(address, ["*"])
    assert hosts.addresses_of(address, ["*", "git.example.org"]) == []


def test_public_addresses_are_public():
    assert is_public(ipaddress.ip_address("93.184.215.14"))
    assert is_public(ipaddress.ip_address("2606:4700::1111"))
