"""Reads the published schemas out of the Git submodule: from a commit, never from edited files."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any, NamedTuple

from descriptors.catalogue import DESCRIPTORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from git import Repo

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ml-mismatch-descriptors")
URL = "https://github.com/cmu-sei/ml-mismatch-descriptors.git"
PINNED = "162f58b3c209a9bf566c34c1d6ecd39b54d2a6fc"
"""The commit that this version of TEC is made for; the same as the project's own Git records."""

MAX_VERSIONS = 50
MAX_FILE = 1_000_001  # bytes: one more than is accepted of a schema, so that the rest counts as too much


class Snapshot(NamedTuple):
    """The schema files of one commit."""

    commit: str
    files: dict[tuple[str, str], bytes]  # (version, descriptor) → content


class SubmoduleUnreadable(LookupError):
    """There are no schemas to read in the submodule; the text says why."""


def is_checked_out(folder: str = FOLDER) -> bool:
    """Whether somebody has fetched the submodule; a fresh clone has only its empty folder."""
    return os.path.exists(os.path.join(folder, ".git"))


def read(folder: str = FOLDER, commit: str = "HEAD") -> Snapshot:
    """The schemas of *commit*, by default of the one that is checked out. Raises SubmoduleUnreadable."""
    if not is_checked_out(folder):
        raise SubmoduleUnreadable("The submodule is not checked out.")
    if shutil.which("git") is None:
        raise SubmoduleUnreadable("The submodule is checked out, but Git is not installed to read it.")
    # Without this, the import fails where there is no Git. It is slow, and most processes never need it.
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
    try:
        import git
    except ImportError as error:
        raise SubmoduleUnreadable(
            "The submodule is checked out, but GitPython is not installed to read it."
        ) from error
    try:
        with git.Repo(folder) as repo:
            return _snapshot(repo, commit)
    except (git.GitError, git.ODBError, OSError, KeyError, ValueError) as error:
        raise SubmoduleUnreadable(f"The submodule is damaged: {_first_line(error)}.") from error


def _snapshot(repo: Repo, commit: str) -> Snapshot:
    git_dir = str(repo.git_dir)
    # Named outright: a hook sets these for the repository around, and the folder may have another owner.
    repo.git.update_environment(
        GIT_DIR=git_dir,
        GIT_OBJECT_DIRECTORY=os.path.join(str(repo.common_dir), "objects"),
        GIT_CONFIG_NOSYSTEM="1",
        GIT_CONFIG_GLOBAL=os.devnull,
        GIT_ALLOW_PROTOCOL="",
        GIT_TERMINAL_PROMPT="0",
    )
    found = repo.commit(commit)
    files = dict(_schema_files(found.tree))
    if not files:
        raise SubmoduleUnreadable(f"Commit {found.hexsha[:12]} of the submodule holds no schemas.")
    return Snapshot(found.hexsha, files)


def _schema_files(tree: Any) -> Iterator[tuple[tuple[str, str], bytes]]:
    """Level by level, type before name: GitPython fails over the name of a submodule inside."""
    folders = [entry for entry in tree if entry.type == "tree" and entry.name == "schemas"]
    inside = [entry for folder in folders for entry in folder if entry.type == "tree"]
    for version in [entry for entry in inside if is_version(entry.name)][:MAX_VERSIONS]:
        for entry in version:
            if entry.type == "blob":
                descriptor = entry.name.removesuffix("_schema.json")
                if descriptor in DESCRIPTORS:
                    yield (version.name, descriptor), entry.data_stream.read(MAX_FILE)


def is_version(name: str) -> bool:
    """Whether *name* looks like “1.2”: numbers with points between."""
    parts = name.split(".")
    return len(parts) <= 4 and all(part.isascii() and part.isdigit() and len(part) <= 6 for part in parts)


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".")[:200] if lines else type(error).__name__
