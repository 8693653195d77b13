"""Fixes of what a list lacks: languages and frameworks that the model needs."""

from __future__ import annotations

from mismatch.fixes import Proposal, addition, change, fixer
from mismatch.reading import texts
from mismatch.text.names import known_as
from mismatch.wording import quote
from tec.pointers import tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mismatch.findings import Finding
    from mismatch.fixes import Documents

ENVIRONMENT = "development_environment"
LISTS = {"language-unsupported": "programming_languages", "framework-unavailable": "ml_frameworks"}
NAMES = {"programming_languages": "languages", "ml_frameworks": "frameworks"}


@fixer(*LISTS)
def add_to_the_environment(finding: Finding, documents: Documents) -> Iterator[Proposal]:
    """The wanted name, unless the list has it in another spelling, which the model then takes over."""
    field, needed = LISTS[finding.rule], finding.places[-1]
    wanted = needed.value
    if not isinstance(wanted, str):
        return
    known = [
        name for name in texts(documents.get(ENVIRONMENT) or {}, field) if known_as(name) == known_as(wanted)
    ]
    if known:
        steps = [int(step) if step.isdigit() else step for step in tokens(needed.pointer)]
        yield Proposal(
            needed.descriptor,
            f"Write {quote(known[0])} instead of {quote(wanted)}",
            (change(known[0], *steps),),
        )
    else:
        yield Proposal(
            ENVIRONMENT,
            f"Add {quote(wanted)} to the {NAMES[field]} of the Development Environment",
            (addition(wanted, field),),
        )
