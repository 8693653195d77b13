"""By which profile and which rules of one's own a check goes: named ones, else those beside the files."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from mismatch.profiles.profile import Profile

    T = TypeVar("T")

PROFILE_FILE, RULES_FILE = "tec.toml", "tec-rules.yaml"
NONE = "none"
"""What --profile and --rules say to go by none at all."""


def profile_for(path: str, given: str | None, given_rules: str | None = None) -> Profile | None:
    """What is wanted otherwise of the rules for the descriptors at *path*; None for nothing.

    *given* and *given_rules* are what --profile and --rules name, if they were used. Raises ReadProblem for
    a file that cannot be used or is not there.
    """
    rules_file = _chosen(path, given_rules, RULES_FILE)
    profile_file = _chosen(path, given, PROFILE_FILE)
    if not rules_file and not profile_file:
        return None
    from mismatch.profiles.profile import Profile

    own = []
    if rules_file:
        from mismatch.own.files import read_rules_file

        own = _read(rules_file, lambda data: read_rules_file(data, name=rules_file))
    if not profile_file:
        return Profile(own=own)
    from mismatch.profiles.files import read_profile

    return _read(profile_file, lambda data: read_profile(data, name=profile_file, own=own))


def beside(path: str, name: str) -> str | None:
    """The file *name* in the folder at *path*, or in the folder of the file at *path*; None without one."""
    if path == "-":
        return None
    file = os.path.join(path if os.path.isdir(path) else os.path.dirname(path), name)
    return file if os.path.isfile(file) else None


def _chosen(path: str, given: str | None, name: str) -> str | None:
    return None if given == NONE else given or beside(path, name)


def _read(file: str, reader: Callable[[bytes], T]) -> T:
    from descriptors.reading import ReadProblem, read_file, unreadable
    from tec.strictjson import Refused

    try:
        return reader(read_file(file))
    except OSError as error:
        raise unreadable(file, error) from error
    except Refused as problem:
        raise ReadProblem(file, problem.what, problem.remedy, place=problem.place) from problem
