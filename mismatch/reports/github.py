"""The result as workflow commands of GitHub Actions: what is open shows at its line of the pull request."""

from __future__ import annotations

from mismatch.reports import Checked, View, report
from mismatch.reports._wording import LEVELS, evidence, first_shown, message
from tec.plain import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mismatch.findings import Finding, Place

COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
MOST_PLACES = 8
"""Places of one finding that are written out."""


@report(
    "github",
    title="Annotations of GitHub Actions",
    media_type="text/plain; charset=utf-8",
    extension=".txt",
)
def as_github(checked: Checked, view: View) -> str:
    """One command per open finding, worst first, since GitHub shows only ten of a kind; then a summary."""
    shown = [finding for finding, _ in checked.things if checked.open(finding)]
    lines = [_command(finding, checked) for finding in shown if checked.new(finding)]
    return "\n".join([*lines, _summary(shown, checked)]) + "\n"


def _command(finding: Finding, checked: Checked) -> str:
    place = first_shown(finding, checked)
    title = f"{finding.code} {finding.severity}: {finding.rule}"
    properties = {**_where(place, checked), "title": title} if place else {"title": title}
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{COMMANDS[LEVELS[finding.severity]]} {written}::{_data(_message(finding))}"


def _where(place: Place, checked: Checked) -> dict[str, object]:
    file = checked.file(place.descriptor)
    region = checked.region(place)
    if region is None:
        return {"file": file}
    where = {"file": file, "line": region.line, "endLine": region.end_line}
    if region.line == region.end_line:  # GitHub takes columns only within one line
        where |= {"col": region.column, "endColumn": region.end_column}
    return where


def _message(finding: Finding) -> str:
    return "\n".join(
        [
            message(finding),
            *(f"• {evidence(place)}" for place in finding.places[:MOST_PLACES]),
            f"→ {visible(finding.remedy)}",
        ]
    )


def _summary(shown: list[Finding], checked: Checked) -> str:
    return " ".join(_sentences(shown, checked))


def _sentences(shown: list[Finding], checked: Checked) -> Iterator[str]:
    counts = ", ".join(f"{count} {severity}" for severity, count in checked.counts().items() if count)
    yield f"TEC: {counts} open." if counts else "TEC: nothing open."
    old = sum(not checked.new(finding) for finding in shown)
    if old:
        yield f"{old} of them known since the baseline and not annotated."
    settled = sum(checked.standing(finding) in ("accepted", "dismissed") for finding, _ in checked.things)
    if settled:
        yield f"{settled} settled by decisions."
    waiting = sum(checked.standing(finding) == "waiting" for finding, _ in checked.things)
    if waiting:
        yield f"{waiting} cannot be told yet."


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
