"""The outputs of the model, raw or post-processed, against the downstream components that take them."""

from __future__ import annotations

from mismatch.declaration import NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, rows, truth
from mismatch.rules._interfaces import (
    FINAL_OUTPUTS,
    OUTPUTS,
    Interface,
    differing_types,
    mapped,
    unmapped,
    unused,
)
from mismatch.rules._targets import SAME_BUT
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from mismatch.declaration import Found, Memo
    from mismatch.reading import Doc

SWITCH = "post_processing"


@rule(
    "output-type-mismatch",
    code="TEC-3A",
    severity="critical",
    risk="Low: types of one family, as Text and String, are minor.",
    source="Rule 3A of the original TEC. Interfaces agree on types (Sculley et al., 2015).",
)
def output_type_mismatch(trained_model: Doc, development_environment: Doc, *, memo: Memo) -> Found:
    """An output of the model has another type than the input it feeds.

    Where the two sides of an interface disagree about the type, the first call fails or, worse, a value is
    read as something it is not. Somebody has to write an adapter that nobody has planned.

    Remedy: Agree on one type for both sides, or plan the conversion as a post-processing step.

    Example: The output “level” is Integer and mapped to “triage level”, which the component takes as String.
    It is silent if both are Integer, and while one of the types is blank.

    Decision: A type that is blank on either side is not compared; the required fields report it.

    Decision: Text, Character and String are words for letters. The model’s list of types has only String, the
    environment’s is open, so a difference among the three is minor; so is one of case or spacing only.

    Decision: “Other” against any named type is a difference like any other: what it stands for is prose.

    Decision: Of several components or items of one name the first counts. A mapping to a name that does not
    exist is not compared here; output-unmapped reports it.
    """
    if truth(trained_model, SWITCH):
        yield NOT_APPLICABLE
    else:
        yield from differing_types(OUTPUTS, trained_model, development_environment, memo)


@rule(
    "output-unmapped",
    code="TEC-3B",
    severity="minor",
    risk="Low: an output that is kept for later is reported until it is removed or mapped.",
    source="Rule 3B of the original TEC. An interface names both of its ends.",
)
def output_unmapped(trained_model: Doc, development_environment: Doc = NOTHING, *, memo: Memo) -> Found:
    """An output of the model has no receiver, or one that does not exist.

    As long as nobody is known to take an output, the interface to the rest of the system is unfinished. A
    mapping to a name that the environment does not use is no better: it looks finished and is not.

    Remedy: Choose the downstream component and the input that take it, or remove the output if nobody does.

    Example: “confidence” is mapped to the component “ED Board”, which is called “ED Tracking Board” by now.
    It is silent once component and input of the mapping exist.

    Decision: A mapping whose component or input the development environment does not have is reported as
    well, with the nearest name it has. Forms prevent such mappings, imported files do not.

    Decision: An output without a name is left to the required fields.
    """
    if truth(trained_model, SWITCH):
        yield NOT_APPLICABLE
    else:
        yield from unmapped(OUTPUTS, trained_model, development_environment, memo)


@rule(
    "downstream-input-unfed",
    code="TEC-3C",
    severity="critical",
    waits_for="trained_model",
    waiting=("downstream input", "downstream inputs"),
    risk="Medium: another component than the model may supply the input.",
    source="Rule 3C of the original TEC. An interface names both of its ends.",
)
def downstream_input_unfed(development_environment: Doc, trained_model: Doc, *, memo: Memo) -> Found:
    """A downstream component waits for data that the model does not deliver.

    A component that was built to receive a value does not work without it. Unless the value comes from
    somewhere else, the gap shows only when the parts are put together.

    Remedy: Map an output of the model to this input, supply the input from elsewhere, or strike it.

    Example: The record system takes “model version”, and no output is mapped to it. It is silent once one is.

    Decision: An output feeds the input it is mapped to whether or not the output has a name.

    Decision: A mapping that differs from the input’s name only in case or spacing lowers the finding to
    minor: the data is there, the spelling is not.

    Decision: Without a Trained Model the waiting inputs are one finding of this rule; the twin for
    post-processing stays silent, since nobody knows yet whether there is any.
    """
    if truth(trained_model, SWITCH):
        yield NOT_APPLICABLE
    else:
        yield from _unfed(OUTPUTS, trained_model, development_environment, memo)


@rule(
    "final-output-type-mismatch",
    code="TEC-4A",
    severity="critical",
    risk="Low: types of one family, as Text and String, are minor.",
    source="Rule 4A of the original TEC. Interfaces agree on types (Sculley et al., 2015).",
)
def final_output_type_mismatch(trained_model: Doc, development_environment: Doc, *, memo: Memo) -> Found:
    """A final output has another type than the input it feeds.

    With post-processing, the final outputs are what other components receive. Where the types disagree, the
    first call fails or a value is read as something it is not.

    Remedy: Agree on one type for both sides, or let the last post-processing step convert it.

    Example: The final output “severity” is Integer, the paging service takes it as String. It is silent if
    the types agree, and without post-processing.

    Decision: As in output-type-mismatch: blank types are not compared, words for letters and differences of
    case or spacing are minor, the first of several equal names counts.
    """
    if not truth(trained_model, SWITCH):
        yield NOT_APPLICABLE
    else:
        yield from differing_types(FINAL_OUTPUTS, trained_model, development_environment, memo)


@rule(
    "final-output-unmapped",
    code="TEC-4B",
    severity="minor",
    risk="Low: an output that is kept for later is reported until it is removed or mapped.",
    source="Rule 4B of the original TEC. An interface names both of its ends.",
)
def final_output_unmapped(trained_model: Doc, development_environment: Doc = NOTHING, *, memo: Memo) -> Found:
    """A final output has no receiver, or one that does not exist.

    As long as nobody is known to take what post-processing delivers, the interface to the rest of the system
    is unfinished, however complete it looks.

    Remedy: Choose the downstream component and the input that take it, or remove the final output.

    Example: The final output “explanation” names a component, but none of its inputs. It is silent once both
    are named and exist.

    Decision: As in output-unmapped: mappings to names that do not exist count, rows without a name do not.
    The original TEC reported a wholly blank row here, a slip of “and” and “or”.
    """
    if not truth(trained_model, SWITCH):
        yield NOT_APPLICABLE
    else:
        yield from unmapped(FINAL_OUTPUTS, trained_model, development_environment, memo)


@rule(
    "downstream-input-unfed-final",
    code="TEC-4C",
    severity="critical",
    risk="Medium: another component than the model may supply the input.",
    source="Rule 4C of the original TEC. An interface names both of its ends.",
)
def downstream_input_unfed_final(development_environment: Doc, trained_model: Doc, *, memo: Memo) -> Found:
    """A downstream component waits for data that is not delivered after post-processing.

    With post-processing on, only final outputs leave the model. An input that none of them feeds stays
    empty when the parts are put together.

    Remedy: Map a final output to this input, supply the input from elsewhere, or strike it.

    Example: The paging service takes “key”, and no final output is mapped to it. It is silent once one is,
    and without post-processing.

    Decision: If a raw output is mapped to the input, the finding is only worth knowing: the value may well
    be passed by, which the descriptor cannot say.

    Decision: As in downstream-input-unfed, a mapping that differs only in case or spacing makes it minor.
    """
    if not truth(trained_model, SWITCH):
        yield NOT_APPLICABLE
        return
    raw = {(component, item) for *_, component, item in mapped(rows(trained_model, OUTPUTS.items))}
    yield from _unfed(FINAL_OUTPUTS, trained_model, development_environment, memo, raw)


def _unfed(
    face: Interface,
    model: Doc,
    environment: Doc,
    memo: Memo,
    raw: Collection[tuple[str, str]] = (),
) -> Found:
    """A hit for each input that no row of *face* feeds. What *raw* outputs feed is only worth knowing."""
    for found in unused(face, model, environment, memo):
        if isinstance(found, str):
            yield found
            continue
        place, component, item, miss = found
        said, severity = f"{quote(component)} waits for {quote(item)}, which no output delivers", ""
        if face is FINAL_OUTPUTS:
            said = said.replace("no output", "no final output")
        if (component, item) in raw:
            said += "; a raw output is mapped to it, which may pass by post-processing"
            severity = "info"
        elif miss:
            said += f"; one is mapped to {quote(miss)}, and {SAME_BUT}"
            severity = "minor"
        yield hit(f"{said}.", (face.owner, face.items), place, key=(component, item), severity=severity)
