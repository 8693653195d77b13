"""What a profile does, in sentences."""

from __future__ import annotations

from tec.named import NamedTuple
from tec.plain import quoted, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from mismatch.profiles.profile import Deviation, Profile

MOST_CODES = 12


def effect(each: Deviation) -> str:
    """What is otherwise about one rule: “off”, “major instead of critical; points 5”."""
    if not each.enabled:
        return "off"
    parts = []
    if each.severity and each.severity != each.usual:
        parts.append(f"{each.severity} instead of {each.usual}")
    elif each.severity:
        parts.append(f"never worse than {each.severity}")
    parts += [f"{name} {value}" for name, value in each.params.items()]
    return "; ".join(parts) or "as declared"


def sentences(profile: Profile) -> list[str]:
    """What holds otherwise than declared, the most important first; [] for nothing."""
    off = [each for each in profile.deviations if not each.enabled]
    graded = [each for each in profile.deviations if each.enabled and each.severity]
    tuned = [each for each in profile.deviations if each.enabled and each.params]
    by = f"By the profile {quoted(profile.name)}: " if profile.name else "By the profile: "
    said = []
    if off:
        said.append(f"{_number(off)} off: {_codes(off)}")
    if profile.critical_off:
        said[-1] += f"; critical among them: {_codes(profile.critical_off)}"
    if graded:
        said.append(f"{_number(graded)} graded otherwise: {_graded(graded)}")
    if tuned:
        said.append(f"{_number(tuned)} given other parameters: {_codes(tuned)}")
    if profile.own:
        number = "1 rule" if len(profile.own) == 1 else f"{len(profile.own)} rules"
        said.append(f"{number} of your own: {_listed([each.code for each in profile.own])}")
    return [f"{by}{said[0]}.", *(f"{each}." for each in said[1:])] if said else []


class Difference(NamedTuple):
    """What two profiles want otherwise of one rule, in words."""

    rule: str
    code: str
    then: str
    now: str


def differences(then: Profile | None, now: Profile | None) -> list[Difference]:
    """Where two profiles differ in what they do; reasons do not count."""
    was, has = _by_rule(then), _by_rule(now)
    return [
        Difference(rule, either.code, _effect(was.get(rule)), _effect(has.get(rule)))
        for rule, either in sorted((was | has).items())
        if _effect(was.get(rule)) != _effect(has.get(rule))
    ]


def _by_rule(profile: Profile | None) -> dict[str, Deviation]:
    return {each.rule: each for each in profile.deviations} if profile else {}


def _effect(deviation: Deviation | None) -> str:
    return effect(deviation) if deviation else "as declared"


def _number(some: Sequence[Deviation]) -> str:
    return "1 rule is" if len(some) == 1 else f"{len(some)} rules are"


def _codes(some: Sequence[Deviation]) -> str:
    return _listed([each.code for each in some])


def _graded(some: Sequence[Deviation]) -> str:
    return _listed([f"{each.code} {effect(each._replace(params={}))}" for each in some])


def _listed(words: list[str]) -> str:
    shown = [visible(word) for word in words[:MOST_CODES]]
    more = f" and {len(words) - MOST_CODES} more" if len(words) > MOST_CODES else ""
    return ", ".join(shown) + more
