"""Which profile a check on the command line goes by: the one that is named, else the one beside the files."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.profile import Profile

FILE = "tec.toml"
NONE = "none"
"""What --profile says to go by no profile at all."""


def profile_for(path: str, given: str | None) -> Profile | None:
    """The profile for the descriptors at *path*; *given* is what --profile names, if it was used.

    Raises ReadProblem for one that cannot be used or is not there.
    """
    if given == NONE:
        return None
    file = given or beside(path, FILE)
    if file is None:
        return None
    from descriptors.reading import ReadProblem, read_file, unreadable
    from mismatch.profile_files import read_profile
    from tec.strictjson import Refused

    try:
        return read_profile(read_file(file), name=file)
    except OSError as error:
        raise unreadable(file, error) from error
    except Refused as problem:
        raise ReadProblem(file, problem.what, problem.remedy, place=problem.place) from problem


def beside(path: str, name: str) -> str | None:
    """The file *name* in the folder at *path*, or in the folder of the file at *path*; None without one."""
    if path == "-":
        return None
    file = os.path.join(path if os.path.isdir(path) else os.path.dirname(path), name)
    return file if os.path.isfile(file) else None
