"""What people and other systems can be told about; a new kind is one line here and one call of `tell`."""

from __future__ import annotations

from tec.named import NamedTuple


class Kind(NamedTuple):
    """One kind of event."""

    name: str  # permanent: webhooks are sent it
    label: str  # for choosing: “New findings”
    help: str
    personal: bool = False  # only for those it concerns; webhooks are not told


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "check.new",
            "New findings",
            "A check found something that the check before did not, or that had been fixed.",
        ),
        Kind(
            "check.worse",
            "Findings that got worse",
            "A check found something graver than the check before did.",
        ),
        Kind("check.fixed", "Fixed findings", "A check no longer finds what the check before did."),
        Kind("check.failed", "Failed checks", "A check could not be finished."),
        Kind(
            "decision.lapsed",
            "Decisions that no longer hold",
            "What a decision was made about has changed, or its day has passed: the findings are open again.",
        ),
        Kind("decision.ending", "Decisions that end soon", "14 days and 3 days before their last day."),
        Kind("decision.waiting", "Decisions to approve", "Somebody accepted a critical finding."),
        Kind(
            "decision.answered",
            "Answers to your decisions",
            "Approved, or taken back by somebody else.",
            True,
        ),
        Kind("finding.assigned", "Findings given to you", "To look at, or to fix by a day.", True),
        Kind("finding.commented", "Comments", "On findings that you decided, commented or were given.", True),
    )
}


def public() -> dict[str, Kind]:
    """The kinds that webhooks can be told about."""
    return {name: kind for name, kind in KINDS.items() if not kind.personal}
