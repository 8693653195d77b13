"""Profiles as files: `tec.toml`, read with the line of every mistake, and written."""

from __future__ import annotations

import re

from mismatch.profiles.profile import LONGEST_NAME, Deviation, Fault, Profile, read_rules, subjects
from tec.strictjson import Refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from mismatch.declaration import Rule

FILE = "tec.toml"
MAX_BYTES = 100_000

MOST_LOOKS = 80
"""How often a text is parsed to find a line in it; a longer search ends at the nearest line found so far."""

HEAD = """\
# Which rules TEC runs, how grave their findings are, and by what tolerances. “tec check” reads this file
# beside the descriptors; the Rules page of a project imports it. What is not named here is as declared.
"""


class ProfileProblem(Refused):
    """A profile that cannot be used."""


def read_profile(data: bytes, *, name: str = FILE, own: Sequence[Rule] = ()) -> Profile:
    """The profile in *data*, or a ProfileProblem with the line of the first mistake."""
    text = _decoded(data, name)
    table = _parsed(text, name)
    known = {"profile": dict, "rules": dict}
    for key in table:
        if key not in known or not isinstance(table[key], known[key]):
            what = f"“{key}” cannot stand here"
            raise _problem(Fault((key,), what, "Known: [profile] with a name, and [rules.CODE]."), text, name)
    title = _title(table.get("profile", {}), text, name)
    deviations, faults = read_rules(table.get("rules", {}), subjects(own))
    if faults:
        raise _problem(faults[0], text, name)
    return Profile(deviations, name=title, own=own)


def write_profile(deviations: Iterable[Deviation], name: str = "") -> str:
    """The file that `read_profile` reads."""
    lines = [HEAD]
    if name:
        lines += ["[profile]", f"name = {_quoted(name)}", ""]
    for each in deviations:
        lines.append(f"[rules.{each.code}]")
        if not each.enabled or not (each.severity or each.params):
            lines.append(f"enabled = {'true' if each.enabled else 'false'}")
        if each.severity:
            lines.append(f"severity = {_quoted(each.severity)}")
        if each.params:
            values = ", ".join(f"{key} = {_value(value)}" for key, value in each.params.items())
            lines.append(f"params = {{ {values} }}")
        lines += [f"reason = {_quoted(each.reason)}", ""]
    return "\n".join(lines)


def _title(table: dict[str, Any], text: str, name: str) -> str:
    title = table.get("name", "")
    unknown = [key for key in table if key != "name"]
    if unknown:
        raise _problem(
            Fault(("profile", unknown[0]), f"“{unknown[0]}” is not known", "Known: name."), text, name
        )
    if not isinstance(title, str) or len(title) > LONGEST_NAME:
        fault = Fault(
            ("profile", "name"), f"the name has to be a text of at most {LONGEST_NAME} characters", ""
        )
        raise _problem(fault._replace(remedy="Shorten it."), text, name)
    return title.strip()


def _decoded(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        what = f"it has {len(data):,} bytes, and {MAX_BYTES:,} is the limit"
        raise ProfileProblem("too_large", what, "Name only the rules that are wanted otherwise.", name=name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ProfileProblem(
            "bad_encoding", "it is not UTF-8", "Save it as UTF-8.", line=line, name=name
        ) from None


def _parsed(text: str, name: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", str(error))
        what = f"not TOML: {found[1][:1].lower()}{found[1][1:]}" if found else "not TOML: nested too deep"
        line, column = (int(found[2]), int(found[3])) if found and found[2] else (text.count("\n") + 1, None)
        raise ProfileProblem(
            "not_toml", what, "Correct it there; texts stand in quotes.", line=line, column=column, name=name
        ) from None


def _problem(fault: Fault, text: str, name: str) -> ProfileProblem:
    return ProfileProblem("bad_profile", fault.what, fault.remedy, line=line_of(text, fault.at), name=name)


def line_of(text: str, way: Sequence[str]) -> int:
    """The line in which the value at *way* begins; *text* is sound TOML.

    tomllib keeps no lines. But a beginning of the text that is sound by itself ends between two statements,
    and the statement that brings the value is the first after which it is there.
    """
    looks = _Looks([f"{line}\n" for line in text.split("\n")], way)
    low, high = 0, len(looks.lines)  # the value is not there after `low` lines, and there after `high`
    while high - low > 1 and looks.left:
        middle = (low + high) // 2
        for lines in (*range(middle, low, -1), *range(middle + 1, high)):
            found = looks.at(lines)
            if found is not None:
                break
        else:
            break
        low, high = (low, lines) if found else (lines, high)
    return low + 1


class _Looks:
    """Parses beginnings of a text, not too often."""

    def __init__(self, lines: list[str], way: Sequence[str]) -> None:
        self.lines = lines
        self.way = way
        self.left = MOST_LOOKS

    def at(self, lines: int) -> bool | None:
        """Is the value in the first *lines* lines? None if they are not sound by themselves."""
        import tomllib

        if not self.left:
            return None
        self.left -= 1
        try:
            value: Any = tomllib.loads("".join(self.lines[:lines]))
        except tomllib.TOMLDecodeError:
            return None
        for key in self.way:
            if not isinstance(value, dict) or key not in value:
                return False
            value = value[key]
        return True


def _quoted(text: str) -> str:
    """*text* as TOML writes it; what JSON escapes, TOML escapes alike."""
    import json

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    return _quoted(value) if isinstance(value, str) else repr(value)
