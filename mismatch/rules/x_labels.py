"""What the model must not see: the answers it is to find."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, column, group, text
from mismatch.rules._links import (
    LIVE,
    MAPPING,
    PIPELINE,
    TRAINING,
)
from mismatch.rules._taught import label_fields
from mismatch.text.names import key
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import At, Found, Memo
    from mismatch.reading import Doc


@rule(
    "label-among-inputs",
    code="X108",
    severity="major",
    pack="x",
    risk="A model that is meant to see past values of what it predicts; record the reason once.",
    source="Breck et al., ML Test Score (2017), data tests; TFDV, labels treated as features.",
)
def label_among_inputs(
    training_data: Doc,
    production_data: Doc = NOTHING,
    data_pipeline: Doc = NOTHING,
    system_context: Doc = NOTHING,
    *,
    memo: Memo,
) -> Found:
    """A label of the training data is among what the model gets to see.

    A model that saw the answer during training looks excellent in every test, and fails as soon as the answer
    is no longer there, which is what production is about.

    Remedy: Take the field out of the mapping and the inputs, or untick the label if it is none.

    Example: “default” is the label, and an input of the pipeline is called “default”. It is silent if
    neither an input nor a production field has that name and the label is mapped to nothing.

    Decision: If only Production Data has a field of that name, the finding is minor: it may be the true
    answer, which arrives later as feedback and is no input.

    Decision: For forecasting it is worth knowing only, since past values of the target are inputs there.

    Decision: Names are compared without case, spacing and punctuation.
    """
    labels = [(int(side.at[2]), side.row) for side in label_fields(training_data, memo)]
    if not labels:
        yield NOT_APPLICABLE
        return
    inputs = _first_by_key(column(data_pipeline, "input_spec", "item_name"))
    live = _first_by_key(column(production_data, "schema", "field_name"))
    forecast = key(text(group(system_context, "ml_problem_type"), "ml_problem")) == "forecasting"
    for number, row in labels:
        name, target = text(row, "field_name"), text(row, MAPPING)
        core, severity, at = key(name), "", (TRAINING, "schema", number, "field_name")
        said = f"The label {quote(name)} "
        if core in inputs:
            said += "is an input of the pipeline"
            places: tuple[At, ...] = ((PIPELINE, "input_spec", inputs[core], "item_name"), at)
        elif target:
            said += f"is mapped to the production field {quote(target)} as if it were an input"
            places = ((*at[:3], MAPPING),)
            if key(target) in live:
                places = (*places, (LIVE, "schema", live[key(target)], "field_name"))
        elif core in live:
            said += "is also a field of production; unless it arrives later, as feedback, the model sees it"
            places, severity = (at, (LIVE, "schema", live[core], "field_name")), "minor"
        else:
            continue
        if forecast:
            said, severity = f"{said}; past values of it may be meant, since this is forecasting", "info"
        yield hit(f"{said}.", *places, key=(name,), severity=severity)
    if not (inputs or live):
        yield CANNOT_TELL


def _first_by_key(names: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, name in enumerate(names):
        if name:
            found.setdefault(key(name), number)
    return found
