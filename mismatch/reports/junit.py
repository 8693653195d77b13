"""The result as JUnit XML, for build servers: a test case per finding, and one per rule without any."""

from __future__ import annotations

from descriptors.catalogue import DESCRIPTORS, NAMES
from mismatch.profiles.words import sentences
from mismatch.reports import Checked, View, report
from mismatch.reports._wording import evidence, first_shown, message
from tec.plain import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from xml.etree.ElementTree import Element

    from mismatch.findings import Finding, Place
    from mismatch.profiles.profile import Profile

    Case = tuple[str, str, Finding]

SILENT = {
    "not-applicable": "It has nothing to say about this project.",
    "cannot-tell": "A document or a field that it needs is missing.",
}


@report("junit", title="JUnit XML", media_type="application/xml; charset=utf-8", extension=".xml")
def as_junit(checked: Checked, view: View) -> str:
    """One suite per descriptor with what has to change there, then one with the rules that found nothing.

    A failure is what fails the build. Anything else that was found passes and says so in its output: to
    skip it would hide it.
    """
    from xml.etree import ElementTree

    root = ElementTree.Element("testsuites")
    groups: dict[str, list[Finding]] = {}
    more = {finding.fingerprint: others for finding, others in checked.things}
    for finding, _ in checked.things:
        first = first_shown(finding, checked)
        groups.setdefault(first.descriptor if first else "", []).append(finding)
    for descriptor in (*DESCRIPTORS, ""):
        if descriptor in groups:
            name = NAMES.get(descriptor, "The project")
            _suite(root, name, [_case(*case, more, checked) for case in _cases(groups[descriptor], checked)])
    found = {finding.code for finding in checked.report.findings}
    quiet = [_quiet(code, said) for code, said in checked.report.outcomes.items() if code not in found]
    if quiet or not len(root):
        _suite(root, "Rules that found nothing", quiet)
    if checked.report.profile:
        for suite in root:
            suite.insert(0, _properties(checked.report.profile))
    for count in ("tests", "failures"):
        root.set(count, str(sum(int(suite.get(count, 0)) for suite in root)))
    ElementTree.indent(root)
    # The text is made of characters that XML can hold: `visible` has written the others as escapes.
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, "unicode") + "\n"


def _suite(root: Element, name: str, cases: Sequence[Element]) -> None:
    from xml.etree.ElementTree import SubElement

    suite = SubElement(root, "testsuite", name=name, id=str(len(root)), tests=str(len(cases)))
    for count, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(count, str(sum(case.find(tag) is not None for case in cases)))
    suite.set("time", "0")
    suite.extend(cases)


def _properties(profile: Profile) -> Element:
    """By which profile the project was checked; build servers read it in every suite and nowhere else."""
    from xml.etree.ElementTree import Element, SubElement

    properties = Element("properties")
    said = {"name": profile.name, "digest": profile.digest, "deviations": " ".join(sentences(profile))}
    for name, value in said.items():
        if value:
            SubElement(properties, "property", name=f"profile.{name}", value=visible(value))
    return properties


def _cases(findings: Sequence[Finding], checked: Checked) -> list[Case]:
    """Class and name of each: build servers follow a test through time by both, so no two are the same."""
    cases: list[Case] = []
    met: dict[tuple[str, str], int] = {}
    for finding in findings:
        key = (_class(first_shown(finding, checked)), f"{finding.code} {finding.rule}")
        met[key] = repeat = met.get(key, 0) + 1
        cases.append((key[0], key[1] if repeat == 1 else f"{key[1]} #{repeat}", finding))
    return cases


def _class(place: Place | None) -> str:
    """“trained_model.output_spec.1.item_type”."""
    if place is None:
        return "project"
    return visible(".".join([place.descriptor, *place.pointer.split("/")[1:]]))


def _case(
    owner: str, name: str, finding: Finding, more: Mapping[str, Sequence[Finding]], checked: Checked
) -> Element:
    from xml.etree.ElementTree import Element, SubElement

    case = Element("testcase", classname=owner, name=name, time="0")
    text = "\n".join(_lines(finding, more[finding.fingerprint], checked))
    if checked.fails(finding):
        failure = SubElement(case, "failure", message=message(finding), type=finding.severity)
        failure.text = text
    else:
        SubElement(case, "system-out").text = f"{message(finding)}\n{text}"
    return case


def _lines(finding: Finding, others: Sequence[Finding], checked: Checked) -> list[str]:
    decision = checked.decided.get(finding.fingerprint)
    known = ["Known since the baseline."] if not checked.new(finding) else []
    said = [f"Decision: {visible(decision.words)}."] if decision else []
    return [
        f"Severity: {finding.severity}",
        *(f"{_address(place, checked)}{evidence(place)}" for place in finding.places),
        f"What to do: {visible(finding.remedy)}",
        *(f"Said once more by {other.code}: {message(other)}" for other in others),
        *said,
        *known,
    ]


def _address(place: Place, checked: Checked) -> str:
    position = checked.position(place)
    return f"{visible(checked.file(place.descriptor))}:{position[0]}:{position[1]}: " if position else ""


def _quiet(code: str, outcome: str) -> Element:
    from xml.etree.ElementTree import Element, SubElement

    case = Element("testcase", classname="rules", name=code, time="0")
    if outcome in SILENT:
        SubElement(case, "skipped", message=SILENT[outcome])
    return case
