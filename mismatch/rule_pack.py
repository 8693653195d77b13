"""Which rules a result came from: the same digest means that the same documents give the same findings."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent

BEGIN = (
    "mismatch/engine.py",
    "mismatch/required/__init__.py",
    "mismatch/rules/**/*.py",
    "descriptors/guides/*.toml",
    "descriptors/upgrades/**/*.py",
)
"""What decides about findings; whatever these files import decides as well."""

IMPORT = re.compile(
    r"^\s*(?:import\s+|from\s+)((?:mismatch|descriptors|tec)(?:\.\w+)*)"
    r"(?:\s+import\s+(?:\(([^)]*)\)|(.*)))?",
    re.MULTILINE,
)


def rules_digest(profile: str = "") -> str:
    """The digest of the rules as they are installed, and of the profile that has this digest."""
    pack = pack_digest()
    return hashlib.sha256(f"{pack} {profile}".encode()).hexdigest() if profile else pack


@cache
def pack_digest() -> str:
    """The digest of the rules as they are installed, plug-ins included, read once per process."""
    plugged = plugged_in()
    pack = digest_of(ROOT)
    return hashlib.sha256("\n".join([pack, *plugged]).encode()).hexdigest() if plugged else pack


def plugged_in() -> list[str]:
    """The rules of plug-ins with the content of their files, and what could not be loaded."""
    from mismatch.engine import RULES
    from mismatch.plugins import PACK, problems

    found = []
    for rule in RULES:
        if rule.pack.startswith(PACK):
            source = Path(rule.function.__code__.co_filename)
            content = hashlib.sha256(source.read_bytes()).hexdigest() if source.is_file() else ""
            found.append(f"{rule.code} {rule.slug} {rule.pack} {content}")
    return [*found, *problems]


def digest_of(root: Path) -> str:
    """The digest of the rule pack in the folder that holds the three packages."""
    seen = hashlib.sha256()
    for path in files_of(root):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        seen.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    return seen.hexdigest()


def files_of(root: Path) -> list[Path]:
    """Every file that decides about findings, in the same order everywhere."""
    found: set[Path] = set()
    waiting = [path for pattern in BEGIN for path in root.glob(pattern)]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            if path.suffix == ".py":
                waiting += imports(root, path.read_text("utf-8"))
    return sorted(found)


def imports(root: Path, source: str) -> Iterator[Path]:
    """The files of our own modules that *source* imports."""
    for module, inside, beside in IMPORT.findall(source):
        names = re.findall(r"\w+", inside or beside)
        for name in [module, *(f"{module}.{name}" for name in names)]:
            path = root.joinpath(*name.split("."))
            yield from (each for each in (path.with_suffix(".py"), path / "__init__.py") if each.is_file())
