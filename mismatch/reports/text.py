"""The result for people at a terminal or in a build log: worst first, with all the evidence and remedies."""

from __future__ import annotations

from descriptors.catalogue import DESCRIPTORS, NAMES
from mismatch.findings import SEVERITIES, Finding, Place
from mismatch.profiles.words import sentences
from mismatch.reports import Checked, View, report
from mismatch.reports._checked import SETTLED
from tec.paragraphs import columns, wrapped
from tec.plain import one_line, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MOST_PLACES = 8
"""Places of one finding that are written out; the rest is counted."""

_INDENT = 2
_COLOURS = {"critical": "1;31", "major": "1;33", "minor": "1;36", "info": "1;34"}
_BOLD, _DIM = "1", "2"


@report("text", title="Text for a terminal", media_type="text/plain; charset=utf-8", extension=".txt")
def as_text(checked: Checked, view: View) -> str:
    """Grouped by severity, then by the descriptors that are compared; the last line sums it up."""
    lines: list[str] = []
    if checked.project.get("name"):
        lines += [*wrapped(visible(checked.project["name"]), view.width), ""]
    unsettled = {finding.fingerprint for finding in checked.unsettled}
    once = [each for each in checked.things if each[0].fingerprint in unsettled]
    more = {finding.fingerprint: others for finding, others in once if others}
    for severity in SEVERITIES:
        same = [finding for finding, _ in once if finding.severity == severity]
        if same:
            heading = f"{severity.upper()}  {_count(len(same), 'finding')}"
            lines += [_painted(heading, _COLOURS[severity], view), ""]
            for group in _groups(same):
                lines += _group(group, more, checked, view)
    lines += _settled(checked, view)
    lines += _fixed(checked, view)
    profile = checked.report.profile
    for sentence in sentences(profile) if profile else ():
        lines += wrapped(sentence, view.width)
    lines += wrapped(_summary(checked), view.width)
    return "\n".join(lines) + "\n"


def _groups(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings that compare the same descriptors, together; groups in the order of their first finding."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_compared(finding), []).append(finding)
    return list(groups.values())


def _compared(finding: Finding) -> tuple[str, ...]:
    there = {place.descriptor for place in finding.places}
    return tuple(name for name in DESCRIPTORS if name in there)


def _group(
    findings: Sequence[Finding], more: Mapping[str, Sequence[Finding]], checked: Checked, view: View
) -> Iterator[str]:
    heading = " and ".join(NAMES[name] for name in _compared(findings[0])) or "The project"
    for line in wrapped(heading, view.width):
        yield _painted(line, _BOLD, view)
    yield ""
    width = max(len(finding.code) for finding in findings)
    for finding, following in zip(findings, [*findings[1:], None], strict=True):
        yield from _finding(finding, width, checked, view)
        for other in more.get(finding.fingerprint, ()):
            yield from _same(other, width + 4, view)
        # What is to be done about several findings in a row is said once, after the last.
        if following is None or (finding.code, finding.remedy) != (following.code, following.remedy):
            yield from wrapped(f"→ {visible(finding.remedy)}", view.width, width + 4, width + 6)
        yield ""


def _finding(finding: Finding, width: int, checked: Checked, view: View) -> Iterator[str]:
    indent = _INDENT + width + 2
    code = _painted(finding.code.ljust(width), _COLOURS[finding.severity], view)
    doubt = "Cannot tell yet: " if finding.outcome == "cannot-tell" else ""
    message = wrapped(visible(_aged(finding, checked) + doubt + finding.message), view.width, indent)
    yield " " * _INDENT + code + "  " + message[0][indent:]
    yield from message[1:]
    for place in finding.places[:MOST_PLACES]:
        yield from _place(place, indent, checked, view)
    if len(finding.places) > MOST_PLACES:
        yield " " * indent + f"and {_count(len(finding.places) - MOST_PLACES, 'more place')}"


def _aged(finding: Finding, checked: Checked) -> str:
    """What a finding is against the baseline, as the beginning of its message."""
    age = checked.age(finding)
    then = checked.then.get(finding.fingerprint)
    was = f" (was {then.severity})" if then and then.severity != finding.severity else ""
    return f"{age.capitalize()}{was}: " if age else ""


def _settled(checked: Checked, view: View) -> Iterator[str]:
    """What decisions settle: each finding with who, until when and why."""
    found = [finding for finding, _ in checked.things if checked.standing(finding) in SETTLED]
    if found:
        yield from (_painted(f"SETTLED  {_count(len(found), 'finding')}", _BOLD, view), "")
        for finding in found:
            yield from _line(finding, view)
            words = visible(checked.decided[finding.fingerprint].words)
            yield from wrapped(f"→ {words}", view.width, 4, 6)
        yield ""


def _fixed(checked: Checked, view: View) -> Iterator[str]:
    """What the baseline had and is gone."""
    if checked.gone:
        yield from (_painted(f"FIXED  {_count(len(checked.gone), 'finding')}", _BOLD, view), "")
        for finding in checked.gone:
            yield from _line(finding, view)
        yield ""


def _line(finding: Finding, view: View) -> list[str]:
    return wrapped(visible(f"{finding.code}, {finding.severity}: {finding.message}"), view.width, 2, 4)


def _same(finding: Finding, indent: int, view: View) -> Iterator[str]:
    """What says once more what the finding above says."""
    text = f"= {finding.code}, {finding.severity}: {visible(finding.message)}"
    for line in wrapped(text, view.width, indent, indent + 2):
        yield _painted(line, _DIM, view)


def _place(place: Place, indent: int, checked: Checked, view: View) -> Iterator[str]:
    """What is there and what it is called; below it, file, line and pointer."""
    title = NAMES.get(place.descriptor, place.descriptor)
    label = f"{title} › {place.label}" if place.label not in ("", title) else title
    value = "blank" if isinstance(place.value, str) and not place.value.strip() else one_line(place.value)
    text = f"• {visible(label)}" + (f": {value}" if value else "")
    yield from wrapped(text, view.width, indent, indent + 2)
    for line in columns(_address(place, checked), view.width, indent + 2):
        yield _painted(line, _DIM, view)


def _address(place: Place, checked: Checked) -> list[str]:
    file = checked.origins.get(place.descriptor)
    if file is None:
        return ["no document"] if checked.documents.get(place.descriptor) is None else [place.pointer]
    position = checked.position(place)
    line = f":{position[0]}" if position else ""
    return [part for part in (f"{visible(file)}{line}", visible(place.pointer)) if part]


def _summary(checked: Checked) -> str:
    result = checked.report
    there = [name for name, body in checked.documents.items() if body]
    absent = [NAMES[name] for name, body in checked.documents.items() if not body]
    over = f"{_count(len(result.outcomes), 'rule')} over {_count(len(there), 'document')}"
    lacking = f" Absent: {', '.join(absent)}." if absent else ""
    untold = sum(outcome == "cannot-tell" for outcome in result.outcomes.values())
    doubt = f" {_count(untold, 'rule')} cannot tell yet." if untold else ""
    since = _since(checked)
    number = len(checked.unsettled)
    hidden = len(checked.things) - number
    if not number and not hidden:
        return f"Clean: {over} found nothing that does not fit together.{since}{doubt}{lacking}"
    severities = [finding.severity for finding in checked.unsettled]
    counts = ", ".join(f"{severities.count(each)} {each}" for each in SEVERITIES if each in severities)
    settled = f" {hidden} settled by decisions." if hidden else ""
    total = f"{_count(number, 'finding')}: {counts}." if number else "Clean: no open findings."
    return f"{total}{settled}{since} {over}.{doubt}{lacking}"


def _since(checked: Checked) -> str:
    """How many findings are new, known and fixed against the baseline."""
    if checked.known is None:
        return ""
    from mismatch.baseline import AGES

    ages = [checked.age(finding) for finding in checked.unsettled]
    counts = [(ages.count(age), age) for age in AGES] + [(len(checked.gone), "fixed")]
    told = ", ".join(f"{count} {age}" for count, age in counts if count) or "nothing new, nothing fixed"
    return f" Against the baseline: {told}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _painted(text: str, colour: str, view: View) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if view.colour else text
