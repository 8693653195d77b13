"""Knows where the usual Git hosts show a commit."""

from __future__ import annotations

from urllib.parse import quote

from descriptors.repositories.address import Address


def commit_page(address: Address, commit: str) -> str:
    """The address of the commit's page, for a repository that is fetched by https; else ""."""
    if address.scheme != "https":
        return ""
    port = "" if address.port == 443 else f":{address.port}"
    path = quote(address.path.rstrip("/").removesuffix(".git"), safe="/%~+@")
    # GitLab's own form; GitHub, Gitea and Forgejo want none of the dash, Bitbucket says “commits”.
    if "gitlab" in address.host:
        path += "/-"
    word = "commits" if "bitbucket" in address.host else "commit"
    return f"https://{address.host}{port}{path}/{word}/{commit}"
