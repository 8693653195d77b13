"""The result as Markdown, for summaries of builds and for comments: counts, then all that is open."""

from __future__ import annotations

from descriptors.catalogue import NAMES, PRODUCERS
from mismatch.findings import SEVERITIES
from mismatch.profiles.words import sentences
from mismatch.reports import Checked, View, report
from mismatch.reports._wording import label, message, value
from tec import markdown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mismatch.findings import Finding, Place

MOST_FINDINGS = 500
"""Findings that are written out: a comment and a summary of GitHub hold a megabyte at most."""

MOST_PLACES = 8
SIGNS = {"critical": "✖", "major": "▲", "minor": "◇", "info": "○"}
"""The shapes of the severities, as on the pages."""


@report("markdown", title="Markdown", media_type="text/markdown; charset=utf-8", extension=".md")
def as_markdown(checked: Checked, view: View) -> str:
    """Title, counts, the open findings by severity, what is missing by descriptor, decisions."""
    return "\n".join(_lines(checked)) + "\n"


def _lines(checked: Checked) -> Iterator[str]:
    name = checked.project.get("name")
    yield f"# What does not fit{f' in {markdown.text(name)}' if name else ''}"
    yield ""
    yield from _counts(checked)
    once = [(finding, others) for finding, others in checked.things if checked.open(finding)]
    contradictions = [pair for pair in once if pair[0].kind == "mismatch"]
    left = MOST_FINDINGS
    for severity in SEVERITIES:
        same = [pair for pair in contradictions if pair[0].severity == severity]
        if same and left > 0:
            yield f"## {SIGNS[severity]} {severity.capitalize()}"
            yield ""
            for finding, others in same[:left]:
                yield from _finding(finding, others, checked)
        left -= len(same)
    if left < 0:
        yield f"… and {-left} more; the JSON report has them all."
        yield ""
    yield from _missing([finding for finding, _ in once if finding.kind == "missing"])
    yield from _waiting(checked)
    yield from _decisions(checked)


def _counts(checked: Checked) -> Iterator[str]:
    kinds = {"mismatch": "Contradictions", "missing": "Missing"}
    rows = []
    for kind, title in kinds.items():
        counts = dict.fromkeys(SEVERITIES, 0)
        for finding, _ in checked.things:
            if finding.kind == kind and checked.open(finding):
                counts[finding.severity] += 1
        rows.append([title, *map(str, counts.values())])
    yield from markdown.table(["Open", *(f"{SIGNS[each]} {each}" for each in SEVERITIES)], rows)
    yield ""
    absent = [NAMES[name] for name, body in checked.documents.items() if not body]
    if absent:
        yield f"Absent: {', '.join(absent)}."
        yield ""
    for sentence in sentences(checked.report.profile) if checked.report.profile else ():
        yield markdown.text(sentence)
        yield ""
    if checked.known is not None:
        new = sum(checked.open(finding) and checked.new(finding) for finding, _ in checked.things)
        yield f"Against the baseline: {new} new, {len(checked.gone)} fixed."
        yield ""


def _finding(finding: Finding, others: Sequence[Finding], checked: Checked) -> Iterator[str]:
    new = "**new** " if checked.known is not None and checked.new(finding) else ""
    yield f"### {finding.code} {new}{markdown.text(message(finding))}"
    yield ""
    rows = [_side(place, checked) for place in finding.places[:MOST_PLACES]]
    if rows:
        yield from markdown.table(["Where", "What is there", "Owner"], rows)
        if len(finding.places) > MOST_PLACES:
            yield ""
            yield f"… and {len(finding.places) - MOST_PLACES} more places."
        yield ""
    yield f"→ {markdown.text(finding.remedy)}"
    yield ""
    for other in others:
        yield f"Said once more by {other.code}: {markdown.text(message(other))}"
        yield ""
    decision = checked.decided.get(finding.fingerprint)
    if decision:
        yield f"Decision: {markdown.text(decision.words)}"
        yield ""


def _side(place: Place, checked: Checked) -> list[str]:
    position = checked.position(place)
    file = checked.file(place.descriptor) if position or checked.documents.get(place.descriptor) else ""
    address = f"{file}:{position[0]}" if position else file
    where = markdown.text(label(place)) + (f"<br>{markdown.code(address)}" if address else "")
    there = value(place)
    producers = PRODUCERS.get(place.descriptor, ("",))
    return [where, markdown.code(there) if there else "–", markdown.text(producers[0])]


def _missing(findings: Sequence[Finding]) -> Iterator[str]:
    """By descriptor, because that is who has to write it."""
    if not findings:
        return
    yield "## Missing"
    yield ""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.places[0].descriptor if finding.places else "", []).append(finding)
    for descriptor, group in groups.items():
        yield f"### {NAMES.get(descriptor, 'The project')}"
        yield ""
        for finding in group[:MOST_FINDINGS]:
            places = f" ({len(finding.places)} places)" if len(finding.places) > 1 else ""
            yield f"- {SIGNS[finding.severity]} {finding.code} {markdown.text(finding.message)}{places}"
        yield ""


def _waiting(checked: Checked) -> Iterator[str]:
    waiting = [finding for finding, _ in checked.things if checked.standing(finding) == "waiting"]
    if waiting:
        yield "## Cannot tell yet"
        yield ""
        yield from (f"- {finding.code} {markdown.text(finding.message)}" for finding in waiting)
        yield ""


def _decisions(checked: Checked) -> Iterator[str]:
    settled = [
        finding for finding, _ in checked.things if checked.standing(finding) in ("accepted", "dismissed")
    ]
    if not settled:
        return
    yield "## Settled by decisions"
    yield ""
    for finding in settled[:MOST_FINDINGS]:
        words = markdown.text(checked.decided[finding.fingerprint].words)
        yield f"- {finding.code} {markdown.text(finding.message)} — {words}"
    yield ""
