"""What the model can answer, against what it was taught, and against its own specification."""

from __future__ import annotations

from functools import cache, lru_cache

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import group, number, rows, text, truth
from mismatch.rules._pairs import (
    MODEL,
    NUMERIC,
    TRAINING,
    Side,
    leaving,
    limits,
    outputs,
    sides,
    stated_values,
)
from mismatch.rules._ranges import UNRANGED, written
from mismatch.rules._taught import label_fields
from mismatch.text.names import key, words, wordset
from mismatch.text.pictures import picture
from mismatch.text.ranges import Choices, Interval, beyond
from mismatch.text.types import family
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    from mismatch.declaration import Found, Memo
    from mismatch.reading import Doc


@rule(
    "class-without-output",
    code="X415",
    severity="major",
    pack="x",
    risk="Low: names have to be equal, or the output has to be a list over the classes.",
    source="Experience: a class is added to the training, and the interface stays as it was.",
)
def class_without_output(trained_model: Doc, training_data: Doc, *, memo: Memo) -> Found:
    """The model was taught an answer that its outputs cannot give.

    Examples of this class are cut off, refused by a check of the output, or land on another class.

    Remedy: Widen the specification of the output, or take the answer out of the training.

    Example: The label “level” takes 1 to 5, and the output “level” 1 to 4. It is silent for an output of 1 to
    5, and for a label that no output is named after.

    Decision: Compared are an output and a label field of one name, whatever the case and spacing, if both are
    numbers. Of a continuous label it is minor.

    Decision: A list of figures, as in “list of 4 floats”, is compared with the number of classes if its name
    or description speaks of classes, logits or probabilities; one figure alone may stand for two classes.
    """
    taught = [(side, stated_values(side)) for side in label_fields(training_data, memo)]
    given = outputs(trained_model)
    if leaving(trained_model).items != "output_spec":
        given = given + sides(trained_model, MODEL, "output_spec", "item_name")
    if not taught or not given:
        yield CANNOT_TELL
        return
    labels = {key(side.name): (side, stated) for side, stated in taught}
    classes = [
        (side, stated)
        for side, stated in taught
        if isinstance(stated, Choices) and family(side.type) not in UNRANGED
    ]
    compared = False
    for output in given:
        label, stated = labels.get(key(output.name), (None, None))
        if label and stated and family(output.type) in NUMERIC and family(label.type) in NUMERIC:
            offered = _offered(output)
            extra = beyond(stated, offered) if offered else None
            compared = compared or extra is not None
            if extra:
                whole = isinstance(stated, Choices) or family(label.type) == "int"
                yield hit(
                    f"The label {quote(label.name)} takes {written(label)}, but the output "
                    f"{quote(output.name)} only {written(output)}.",
                    output.place("item_specification"),
                    label.place("expected_values"),
                    key=(output.name,),
                    severity="" if whole else "minor",
                )
        elif len(classes) == 1 and (length := _length(output)):
            compared = True
            side, choices = classes[0]
            count = len(choices.members)
            if count > 2 and length not in {1, count}:
                yield hit(
                    f"The output {quote(output.name)} is a {quote(text_of(output))}, but the label "
                    f"{quote(side.name)} has {count} classes.",
                    output.place("item_specification", "other_value"),
                    side.place("expected_values"),
                    key=(output.name,),
                    severity="minor",
                )
    if not compared:
        yield NOT_APPLICABLE


def _offered(output: Side) -> Interval | Choices | None:
    given = output.specification
    return limits(number(given, "min_value"), number(given, "max_value"))


def text_of(output: Side) -> str:
    return text(output.specification, "other_value")


OVER_CLASSES = wordset("class classes logit logits softmax probability probabilities onehot")


def _length(output: Side) -> int:
    """How many figures a list over the classes has; 0 if it is no such list."""
    about = {*words(output.name), *words(text(output.row, "item_description"))}
    found = _list().fullmatch(text_of(output).strip()) if about & OVER_CLASSES else None
    return int(found[1]) if found else 0


@cache
def _list() -> re.Pattern[str]:
    import re

    return re.compile(
        r"(?:a )?(?:list|vector|array|tuple) of (\d{1,4}) "
        r"(?:floats?|numbers?|probabilities|logits|scores|values|reals|doubles)",
        re.ASCII | re.IGNORECASE,
    )


@rule(
    "default-output-impossible",
    code="X416",
    severity="minor",
    pack="x",
    risk="Low: a value outside the range may be meant as a mark for “no answer”, which the receiver knows.",
    source="The default is used when something has failed, which is when nobody looks.",
)
def default_output_impossible(trained_model: Doc) -> Found:
    """The default output is none that the specification of the output allows.

    It is handed over when the model has failed, and then the receiver fails too.

    Remedy: Choose a default within the specification, or let the specification allow it.

    Example: The default is “reject = 2”, and “reject” is an integer from 0 to 1. It is silent for “reject =
    1”, and for prose such as “the value of last week”.

    Decision: Only a name of an output with “=” or “:” and a number behind it counts.
    """
    said = text(trained_model, "default_model_output")
    stated = dict(_assigned(said)) if said else {}
    named = [
        (output, stated[key(output.name)]) for output in outputs(trained_model) if key(output.name) in stated
    ]
    ranged = [(output, value, limit) for output, value in named if (limit := _numeric(output))]
    if not ranged:
        yield CANNOT_TELL if not said or named else NOT_APPLICABLE
    for output, value, limit in ranged:
        fraction = family(output.type) == "int" and value != int(value)
        if fraction or not limit.low <= value <= limit.high:
            yield hit(
                f"By default {quote(output.name)} is {plain(value)}, but it is specified as {written(output)}"
                f"{', in whole numbers' if fraction else ''}.",
                (MODEL, "default_model_output"),
                output.place("item_specification"),
                key=(output.name,),
            )


def _numeric(output: Side) -> Interval | None:
    offered = _offered(output) if family(output.type) in NUMERIC else None
    return offered if isinstance(offered, Interval) else None


@lru_cache(maxsize=256)
def _assigned(said: str) -> tuple[tuple[str, float], ...]:
    """The names that a text gives numbers to, as in “reject = 1, score: 0.5”."""
    return tuple((key(name.strip()), float(value)) for name, value in _assignment().findall(said[:2000]))


@cache
def _assignment() -> re.Pattern[str]:
    import re

    return re.compile(r"([^\W\d][\w .-]{0,60}?)\s*[=:]\s*(-?\d{1,15}(?:\.\d{1,15})?)(?![\w%.:-]*\w)")


@rule(
    "picture-prepared-otherwise",
    code="X412",
    severity="major",
    pack="x",
    risk="Low: only one size on each side, and only right after a word such as “crop” or “resize”.",
    source="Training-serving skew: the two ways of preparing the data differ (Breck et al., Monitor 3).",
)
def picture_prepared_otherwise(data_pipeline: Doc, training_data: Doc) -> Found:
    """Operation brings pictures to another size than the model was trained with.

    The network takes whatever comes, or a library resizes it without a word, and the model sees pictures
    unlike those it knows.

    Remedy: Use one size in both, best by one piece of code.

    Example: The pipeline crops to 512 x 512, and the training pictures are 1024 x 1024. It is silent if both
    are 1024 x 1024, and where several sizes are named.

    Decision: The training size is that of the only picture among its fields that is no label, else that of
    the preparation. Width and height exchanged are minor. Training pictures of the size that the pipeline
    takes in are still to go through it.
    """
    served = prepared_sizes(data_pipeline, "pipeline_steps")
    fields = [
        (side, picture(text(side.row, "expected_values")))
        for side in sides(training_data, TRAINING, "schema", "field_name")
        if family(side.type) == "image" and not truth(side.row, "label_field")
    ]
    known = {(seen.width, seen.height): side.place("expected_values") for side, seen in fields if seen.width}
    taught = known or prepared_sizes(training_data, "preparation_process")
    if len(served) != 1 or len(taught) != 1:
        yield CANNOT_TELL if fields or served else NOT_APPLICABLE
        return
    (size, at), (wanted, there) = next(iter(served.items())), next(iter(taught.items()))
    if size != wanted and wanted not in _taken_in(data_pipeline):
        swapped = size == wanted[::-1]
        yield hit(
            f"Operation makes pictures of {size[0]} by {size[1]}, training had {wanted[0]} by {wanted[1]}"
            f"{'; width and height may be exchanged' if swapped else ''}.",
            at,
            there,
            key=(),
            severity="minor" if swapped else "",
        )


def _taken_in(pipeline: Doc) -> set[tuple[float | None, float | None]]:
    """The sizes of the pictures that the pipeline starts with."""
    given = [group(row, "item_specification") for row in rows(pipeline, "input_spec")]
    return {(number(each, "resolution_x"), number(each, "resolution_y")) for each in given}


def prepared_sizes(holder: Doc, name: str) -> dict[tuple[int, int], tuple[str | int, ...]]:
    """The sizes that steps bring pictures to, each with the first step that does."""
    descriptor = "data_pipeline" if name == "pipeline_steps" else TRAINING
    found: dict[tuple[int, int], tuple[str | int, ...]] = {}
    for place, row in enumerate(rows(holder, name)):
        step, detail = text(row, "data_processing_step"), text(row, "data_processing_detail")
        for field, said in (("data_processing_step", step), ("data_processing_detail", f"{step}: {detail}")):
            for width, height in _resized().findall(said) if " to " in said and len(said) < 2000 else ():
                found.setdefault((int(width), int(height)), (descriptor, name, place, field))
    return found


@cache
def _resized() -> re.Pattern[str]:
    import re

    return re.compile(
        r"\b(?:crop|resiz|re-?scal|scal|downs|upscal|pad|resampl)\w*\b[^.;\n]{0,60}?\bto (?:a size of )?"
        r"(\d{2,5})\s?(?:[x×*]|by)\s?(\d{2,5})\b",
        re.ASCII | re.IGNORECASE,
    )
