"""The result as SARIF 2.1.0, for code scanning and editors: every finding at its line, with both sides."""

from __future__ import annotations

from mismatch.findings import SEVERITIES
from mismatch.reports import Checked, View, report
from mismatch.reports._checked import SETTLED
from mismatch.reports._wording import LEVELS, evidence, first_shown, label, message
from tec.plain import visible
from tec.strictjson import dumps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from mismatch.findings import Finding, Place
    from mismatch.showing.rule_pages import RulePage

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
STATES = {"new": "new", "worse": "updated", "changed": "updated", "known": "unchanged"}
"""Age of a finding against the baseline → SARIF's word for it."""

MOST_RELATED = 20
"""Places of one finding beside the first; the rest is only in the JSON report."""


@report("sarif", title="SARIF 2.1.0", media_type="application/sarif+json", extension=".sarif")
def as_sarif(checked: Checked, view: View) -> str:
    """One run: the rules that found something, then one result per finding, worst first."""
    found = [finding for finding, _ in checked.things]
    rules = _rules([*found, *checked.gone], checked.home)
    numbers = {rule["id"]: number for number, rule in enumerate(rules)}
    results = [_result(finding, others, numbers, checked) for finding, others in checked.things]
    results += [_absent(finding, numbers, checked) for finding in checked.gone]
    run: dict[str, Any] = {
        "tool": {"driver": _driver(checked.home) | {"rules": rules}},
        "automationDetails": {"id": "tec/"},
        "columnKind": "utf16CodeUnits",
        "invocations": [{"executionSuccessful": True}],
        "results": results,
    }
    properties = _properties(checked)
    if properties:
        run["properties"] = properties
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _properties(checked: Checked) -> dict[str, Any]:
    """The project, and by which profile it was checked if it was by one."""
    properties: dict[str, Any] = {}
    if checked.project.get("name"):
        properties["project"] = visible(checked.project["name"])
    if profile := checked.report.profile:
        deviations = [{**each.as_json(), "reason": visible(each.reason)} for each in profile.deviations]
        properties["profile"] = profile.told() | {"name": visible(profile.name), "deviations": deviations}
    return properties


def _driver(home: str) -> dict[str, Any]:
    from importlib.metadata import version

    driver = {"name": "TEC", "fullName": "TEC, finder of ML mismatch", "semanticVersion": version("tec")}
    return driver | ({"informationUri": f"{home}/rules/"} if home else {})


def _rules(findings: Iterable[Finding], home: str) -> list[dict[str, Any]]:
    """What is known of each rule that found something, in the order of its first finding."""
    from mismatch.showing.rule_pages import pages

    pages_by_slug = {page.slug: page for page in pages()}
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.code, finding)
    return [_rule(finding, pages_by_slug.get(finding.rule), home) for finding in first.values()]


def _rule(finding: Finding, page: RulePage | None, home: str) -> dict[str, Any]:
    """A rule that is gone since the check, or is not ours, is described by what it found."""
    title = page.title if page else visible(finding.message)
    why = page.why if page else ""
    remedy = page.remedy if page else visible(finding.remedy)
    severity = page.severity if page else finding.severity
    described: dict[str, Any] = {
        "id": finding.code,
        "name": "".join(word.capitalize() for word in finding.rule.split("-")),
        "shortDescription": {"text": title},
        "fullDescription": {"text": why or title},
        "help": {"text": remedy or title},
        "defaultConfiguration": {"level": LEVELS[severity]},
        "properties": {"tags": ["ml-mismatch", finding.kind, severity], "slug": finding.rule},
    }
    return described | ({"helpUri": f"{home}/rules/{finding.rule}/"} if home and page else {})


def _result(
    finding: Finding, others: Sequence[Finding], numbers: dict[str, int], checked: Checked
) -> dict[str, Any]:
    result = _core(finding, numbers)
    if others:
        result["properties"]["saidAgainBy"] = [f"{other.code}: {message(other)}" for other in others]
    if checked.standing(finding) == "waiting":
        result |= {"kind": "open", "level": "none"}  # too little is known to decide: SARIF's word for it
    result |= _locations(finding, checked)
    if checked.known is not None:
        result["baselineState"] = STATES[checked.age(finding)]
    decision = checked.decided.get(finding.fingerprint)
    if decision and decision.standing in SETTLED:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": visible(decision.words)}
        ]
    return result


def _absent(finding: Finding, numbers: dict[str, int], checked: Checked) -> dict[str, Any]:
    """A finding that the baseline had and that is gone. Its places may be gone as well: only files count."""
    result = _core(finding, numbers) | {"baselineState": "absent"}
    first = finding.places[0] if finding.places else None
    if first:
        uri = _uri(checked.file(first.descriptor))
        result["locations"] = [{"physicalLocation": {"artifactLocation": {"uri": uri}}}]
    return result


def _core(finding: Finding, numbers: dict[str, int]) -> dict[str, Any]:
    """What every result has."""
    properties = {"severity": finding.severity, "rule": finding.rule, "remedy": visible(finding.remedy)}
    return {
        "ruleId": finding.code,
        "ruleIndex": numbers[finding.code],
        "kind": "fail",
        "level": LEVELS[finding.severity],
        "rank": 100.0 - 25 * SEVERITIES.index(finding.severity),
        "message": {"text": _text(f"{message(finding)} {visible(finding.remedy)}".strip())},
        "partialFingerprints": {
            # GitHub knows a finding again by this key and by no other.
            "primaryLocationLineHash": finding.fingerprint,
            "tecFingerprint/v1": finding.fingerprint,
        },
        "properties": properties,
    }


def _locations(finding: Finding, checked: Checked) -> dict[str, Any]:
    """The one place that counts; the others, which are the other side, are related."""
    first = first_shown(finding, checked)
    if first is None:
        return {}
    others = [place for place in finding.places if place is not first][:MOST_RELATED]
    located: dict[str, Any] = {"locations": [_location(first, checked)]}
    if others:
        located["relatedLocations"] = [
            {"id": number, "message": {"text": _text(evidence(place))}} | _location(place, checked)
            for number, place in enumerate(others, 1)
        ]
    return located


def _location(place: Place, checked: Checked) -> dict[str, Any]:
    region = checked.region(place)
    # GitHub shows no result without a region; a document that is absent would begin here.
    line, column, end_line, end_column = region or (1, 1, 1, 1)
    logical = {"name": label(place), "fullyQualifiedName": visible(place.pointer) or "/"}
    if not place.pointer:
        logical.pop("fullyQualifiedName")
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(checked.file(place.descriptor))},
            "region": {
                "startLine": line,
                "startColumn": column,
                "endLine": end_line,
                "endColumn": end_column,
            },
        },
        "logicalLocations": [logical],
        "properties": {"descriptor": place.descriptor},
    }


def _uri(file: str) -> str:
    """A relative reference stays one: the reader knows the root of the repository."""
    from urllib.parse import quote

    if file.startswith("/"):
        return "file://" + quote(file)
    return quote(file) if ":" not in file.partition("/")[0] else "./" + quote(file)


def _text(text: str) -> str:
    """*text* as a message in which nothing is a placeholder, “{0}”, or a link, “[words](1)”."""
    import re

    text = re.sub(r"\{(\d+)\}", r"{{\1}}", text)
    return re.sub(r"\[(?=[^\[\]]*\]\()", r"\\[", text)
