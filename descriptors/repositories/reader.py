"""Reads the descriptor files of one commit out of a bare repository: as data, whatever the tree contains."""

from __future__ import annotations

import os
import shutil
import stat

from descriptors import recognition
from descriptors.repositories.problems import GitProblem
from tec import strictjson
from tec.plain import quoted, shortened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from git import Repo

MOST = 50
"""Files with the name of a descriptor in one folder; eight is what a project has."""

LFS = b"version https://git-lfs.github.com/spec/"

_LINK = "it is a symbolic link, which TEC does not follow", "Put the file itself there."
_MODULE = "it is a submodule, not a file", "Put the file itself there."
_FOLDER = "it is a folder, not a file", "Put the file itself there."
_LARGE = (
    f"it has more than {strictjson.MAX_BYTES:,} bytes, which is the limit",
    "Move long texts into documents of their own and link to them.",
)
_LFS = (
    "it is kept in Git LFS, so the repository holds only a pointer to it",
    "Keep descriptors as ordinary files.",
)
_BYTES = "its name is not UTF-8", "Rename the file."
_MISSING = "its content is not in what the server sent", "It may be too large; make the file smaller."


def read(repo: Repo, commit: str, path: str, out: str) -> dict[str, Any]:
    """About the commit, and each descriptor file in *path*: its content in *out*, or what is wrong."""
    # From here on nothing is fetched, also not what the server left out.
    repo.git.update_environment(GIT_ALLOW_PROTOCOL="", GIT_NO_LAZY_FETCH="1")
    shutil.rmtree(out, ignore_errors=True)
    os.mkdir(out, 0o700)
    files: list[dict[str, Any]] = []
    for entry in _named_entries(_folder(repo, commit, path)):
        if len(files) == MOST:
            raise GitProblem(
                "files",
                f"The folder holds more than {MOST} files that are named like descriptors.",
                "Give the folder of one project.",
            )
        files.append(_file(entry, os.path.join(out, str(len(files)))))
    return {**_about(repo, commit), "files": files}


def _about(repo: Repo, commit: str) -> dict[str, Any]:
    """Who made the commit, when, and what for."""
    said = repo.git.log(
        "-1", "--no-show-signature", "--encoding=UTF-8", "--format=%an%x00%ae%x00%ct%x00%s", commit
    )
    author, mail, at, subject = [*said.split("\0", 3), "", "", "", ""][:4]
    return {
        "author": shortened(author, 150),
        "mail": shortened(mail, 150),
        "at": int(at) if at.isdigit() and len(at) < 11 else 0,
        "subject": shortened(subject, 200),
    }


def _folder(repo: Repo, commit: str, path: str) -> Any:
    """The tree at *path*, step by step, so that a link or a submodule on the way is seen."""
    tree: Any = repo.commit(commit).tree
    for part in [part for part in path.split("/") if part]:
        found = next((entry for entry in tree if _name(entry) == part), None)
        if found is None or found.type != "tree":
            what = "does not exist" if found is None else "is not a folder"
            raise GitProblem(
                "path",
                f"In the repository, {quoted(path, 200)} {what}.",
                "Check the path, and whether the branch has it.",
            )
        tree = found
    return tree


def _named_entries(tree: Any) -> Iterator[Any]:
    """The entries that are named like descriptors; not recursive: the layout is one folder."""
    for entry in tree:
        if recognition.by_file_name(_name(entry)):
            yield entry


def _name(entry: Any) -> str:
    """GitPython does not know the name of a submodule, only its path."""
    return str(entry.path).rpartition("/")[2]


def _file(entry: Any, target: str) -> dict[str, Any]:
    name = _name(entry)
    shown = shortened(name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"), 250)
    if shown != name:
        return _refused(shown, _BYTES)
    if entry.type == "submodule":
        return _refused(name, _MODULE)
    if entry.type == "tree":
        return _refused(name, _FOLDER)
    if stat.S_ISLNK(entry.mode):
        return _refused(name, _LINK)
    try:
        if entry.size > strictjson.MAX_BYTES:
            return _refused(name, _LARGE)
        data = entry.data_stream.read()
    except (LookupError, OSError, ValueError):
        return _refused(name, _MISSING)
    if data.startswith(LFS):
        return _refused(name, _LFS)
    with open(target, "wb") as file:
        file.write(data)
    return {"name": name, "blob": entry.hexsha, "file": os.path.basename(target)}


def _refused(name: str, why: tuple[str, str]) -> dict[str, Any]:
    return {"name": name, "message": why[0], "remedy": why[1]}
