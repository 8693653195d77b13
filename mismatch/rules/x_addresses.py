"""Links that nobody else can open."""

from __future__ import annotations

from mismatch.declaration import NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, group, rows, text
from mismatch.rules.x_records import bodies_of
from mismatch.text.placeholders import placeholder, says_nothing
from mismatch.text.uris import BROKEN, LOCAL, MOUNTED, SECRET, fault, masked
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mismatch.declaration import At, Found
    from mismatch.reading import Doc

LINKS: tuple[At, ...] = (
    ("data_pipeline", "pipeline_code"),
    ("training_data", "preparation_code"),
    ("trained_model", "model_training_code"),
    ("trained_model", "trained_model_code"),
    ("trained_model", "evaluation_dataset", "file"),
    ("trained_model", "test_dataset", "file"),
    ("trained_model", "integration_test_dataset", "file"),
)
FAULTS = {
    SECRET: ("gives a password away", "major", "Change the password, and link without it."),
    LOCAL: ("is on one machine only", "", ""),
    BROKEN: ("is no link that others could open", "", ""),
    MOUNTED: ("is on a shared drive that others may not have", "info", ""),
}


@rule(
    "link-unusable",
    code="X903",
    severity="minor",
    pack="x",
    risk="Low: a shared drive may be mounted everywhere.",
    source="Test data and documentation that the other teams cannot open (SEI mismatch study).",
)
def link_unusable(
    system_context: Doc = NOTHING,
    raw_data: Doc = NOTHING,
    data_pipeline: Doc = NOTHING,
    training_data: Doc = NOTHING,
    trained_model: Doc = NOTHING,
    development_environment: Doc = NOTHING,
    production_environment: Doc = NOTHING,
    production_data: Doc = NOTHING,
) -> Found:
    """A link to code, data or documentation can be opened by nobody else, or gives a password away.

    The other teams rely on what is linked: what only its author can open does not exist for them.

    Remedy: Put it in a place that all teams can reach, and link it in full, as in https://….

    Example: The test data are linked as C:\\Users\\ann\\test.csv. It is silent for a link such as
    https://git.example/data/test.csv or s3://bucket/test.csv.

    Decision: Only the form of the link is looked at, nothing is opened. A password in a link is major, and
    shown as “***”. A shared drive (/mnt, /data) is worth knowing only.

    Decision: Answers such as “none” and placeholders are no links, other rules report them.
    """
    bodies = bodies_of(
        system_context,
        raw_data,
        data_pipeline,
        training_data,
        trained_model,
        development_environment,
        production_environment,
        production_data,
    )
    seen = False
    for at, said in _links(bodies):
        seen = True
        wrong = fault(said)
        if wrong and not says_nothing(said) and not placeholder(said):
            what, severity, remedy = FAULTS[wrong]
            yield hit(
                f"{quote(masked(said))} {what}.",
                at,
                key=(str(at[0]), masked(said.strip())),
                severity=severity,
                remedy=remedy,
            )
    if not seen:
        yield NOT_APPLICABLE


def _links(bodies: dict[str, Doc]) -> Iterator[tuple[At, str]]:
    """The links that are given, and where."""
    for descriptor, *path, field in LINKS:
        holder = bodies[str(descriptor)]
        for token in path:
            holder = group(holder, str(token))
        said = text(holder, str(field))
        if said:
            yield (descriptor, *path, field), said
    for place, row in enumerate(rows(bodies["data_pipeline"], "test_cases")):
        if said := text(row, "file"):
            yield ("data_pipeline", "test_cases", place, "file"), said
    for descriptor, body in bodies.items():
        for place, row in enumerate(rows(body, "documentation")):
            if said := text(row, "location"):
                yield (descriptor, "documentation", place, "location"), said
