"""The inputs of the data pipeline against the upstream components that deliver them."""

from __future__ import annotations

from mismatch.declaration import hit, rule
from mismatch.reading import NOTHING
from mismatch.rules._interfaces import INPUTS, differing_types, unmapped, unused
from mismatch.rules._targets import SAME_BUT
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Found, Memo
    from mismatch.reading import Doc


@rule(
    "input-type-mismatch",
    code="TEC-5A",
    severity="critical",
    risk="Low: types of one family, as Text and String, are minor.",
    source="Rule 5A of the original TEC. Interfaces agree on types (Sculley et al., 2015).",
)
def input_type_mismatch(data_pipeline: Doc, development_environment: Doc, *, memo: Memo) -> Found:
    """An input of the pipeline has another type than what arrives from upstream.

    Data in another type than the pipeline expects is refused or, worse, misread. Somebody has to write an
    adapter that nobody has planned.

    Remedy: Agree on one type for both sides, or make the conversion a step of the pipeline.

    Example: The pipeline takes “oxygen” as Float, the monitor delivers it as String. It is silent if the
    types agree, and while one of them is blank.

    Decision: A type that is blank on either side is not compared; the required fields report it.

    Decision: Differences among Text, Character and String are minor, and so is one of case or spacing only.

    Decision: Of several components or items of one name the first counts. A mapping to a name that does not
    exist is not compared here; input-unmapped reports it.
    """
    return differing_types(INPUTS, data_pipeline, development_environment, memo)


@rule(
    "input-unmapped",
    code="TEC-5B",
    severity="major",
    risk="Medium: an input that somebody types in has no component.",
    source="Rule 5B of the original TEC. An interface names both of its ends.",
)
def input_unmapped(data_pipeline: Doc, development_environment: Doc = NOTHING, *, memo: Memo) -> Found:
    """An input of the pipeline has no source, or one that does not exist.

    Unless it is known who supplies an input, the pipeline cannot be connected. A mapping to a name that the
    environment does not use looks finished and is not.

    Remedy: Choose the upstream component and the output that supply it.

    Example: The input “pain score” has no component, since somebody types it in. It is silent once the
    mapping names a component and one of its outputs.

    Decision: A mapping whose component or output the development environment does not have is reported as
    well, with the nearest name it has; it is minor if only case, spacing or the form of letters differs.

    Decision: An input without a name is left to the required fields.
    """
    return unmapped(INPUTS, data_pipeline, development_environment, memo)


@rule(
    "upstream-output-unused",
    code="TEC-5C",
    severity="info",
    waits_for="data_pipeline",
    waiting=("upstream output", "upstream outputs"),
    risk="High: most data that a component delivers is for others; it is only worth knowing.",
    source="Rule 5C of the original TEC. Data that nobody uses is a dependency all the same.",
)
def upstream_output_unused(development_environment: Doc, data_pipeline: Doc, *, memo: Memo) -> Found:
    """An upstream component delivers data that the pipeline does not use.

    Spare data is often harmless. It can also be the input somebody forgot, or the sign of a wrong idea of
    the interface.

    Remedy: Map an input of the pipeline to it, or record that it is left out on purpose.

    Example: The registration delivers “insurance class”, and no input is mapped to it. It is silent once one
    is.

    Decision: An input uses the output it is mapped to whether or not the input has a name.

    Decision: Components and outputs without a name are left to the required fields.
    """
    for found in unused(INPUTS, data_pipeline, development_environment, memo):
        if isinstance(found, str):
            yield found
            continue
        place, component, item, miss = found
        said = f"{quote(component)} delivers {quote(item)}, which no input of the pipeline uses"
        if miss:
            said += f"; one is mapped to {quote(miss)}, and {SAME_BUT}"
        yield hit(f"{said}.", (INPUTS.owner, INPUTS.items), place, key=(component, item))
