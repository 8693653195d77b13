"""Rules from other packages: those that an installed distribution names in the entry point group `tec.rules`.

    # in acme_tec.py                            # in its pyproject.toml
    from mismatch.plugins import Pack           [project.entry-points."tec.rules"]
                                                acme = "acme_tec:pack"
    pack = Pack()

    @pack.rule("camera-without-lens", code="ACME-1", severity="minor")
    def camera_without_lens(raw_data: Doc) -> Found: ...

A distribution that cannot be loaded, and a rule that clashes with another one, is left out and reported; it
never stops a check. Finding out whether there is any costs a look into each distribution's folder.
"""

from __future__ import annotations

import os
import re
import sys
from functools import partial

from mismatch.declaration import RULES, Rule, rule
from tec.registry import Registry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

GROUP = "tec.rules"
PACK = "plugin:"
"""How the packs of plug-ins begin; the name of the distribution follows."""

SLUG = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
CODE = r"[A-Z][A-Z0-9]*-[0-9]{1,5}[A-Z]?"
RESERVED = r"(TEC|SC|RD|DP|TD|TM|DE|PE|PD|X|U)-?[0-9]"
"""Codes that begin like ours, now or later."""

LARGEST = 100_000  # bytes of an entry_points.txt

problems: list[str] = []
"""What could not be loaded, in sentences for people."""


class Pack:
    """The rules of one plug-in; `rule` declares one, as `mismatch.declaration.rule` does."""

    def __init__(self) -> None:
        self.rules: Registry[Rule] = Registry("rule")
        self.rule = partial(rule, registry=self.rules)


def load() -> None:
    """Add the rules of all installed plug-ins to RULES, and what goes wrong to `problems`."""
    if not any(_declares(folder) for folder in _folders()):
        return
    from importlib.metadata import entry_points

    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        named = f"{point.dist.name} {point.dist.version}" if point.dist else point.name
        try:
            pack = point.load()
            if not isinstance(pack, Pack):
                raise TypeError(f"“{point.value}” is no mismatch.plugins.Pack")
        except (Exception, SystemExit) as error:
            problems.append(f"The plug-in {named} cannot be loaded: {_said(error)}. Its rules are not run.")
            continue
        for each in pack.rules:
            if fault := _fault(each):
                problems.append(f"The rule {each.code} of the plug-in {named} {fault}. It is not run.")
            else:
                each.pack = PACK + named
                RULES.add(each.slug, each)


def failure(failed: Rule, error: Exception) -> str:
    """That a rule of a plug-in raised, for people."""
    named = failed.pack.removeprefix(PACK)
    return f"The rule {failed.code} of the plug-in {named} failed: {_said(error)}. Tell its authors."


def _fault(made: Rule) -> str:
    """Why a rule cannot be taken; “” if it can."""
    from mismatch.findings import SEVERITIES

    if not re.fullmatch(SLUG, made.slug) or len(made.slug) > 80:
        return f"has the slug “{made.slug[:80]}”, which has to be lower-case words joined by “-”"
    if not re.fullmatch(CODE, made.code) or len(made.code) > 20 or re.match(RESERVED, made.code):
        return "needs a code of its own shape, such as ACME-1, that does not begin like TEC’s"
    if made.slug in RULES or any(each.code == made.code for each in RULES):
        return "has a slug or code that another rule has already"
    if made.severity not in SEVERITIES:
        return f"has the severity “{made.severity}”, which does not exist"
    from descriptors.catalogue import DESCRIPTORS

    unknown = [name for name in made.reads if name not in DESCRIPTORS]
    return f"reads “{unknown[0]}”, which is no descriptor" if unknown or not made.reads else ""


def _said(error: BaseException) -> str:
    words = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def _folders() -> Iterator[str]:
    """The folders in which distributions say what they are; as quick as it gets, since every start pays."""
    for path in dict.fromkeys(sys.path):
        try:
            names = os.listdir(path or ".")
        except OSError:
            continue
        yield from (os.path.join(path, name) for name in names if name.endswith((".dist-info", ".egg-info")))


def _declares(folder: str) -> bool:
    try:
        with open(os.path.join(folder, "entry_points.txt"), "rb") as file:
            return b"[tec.rules]" in file.read(LARGEST)
    except OSError:
        return False
