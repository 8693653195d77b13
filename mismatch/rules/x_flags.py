"""Switches and choices that what is written beside them contradicts."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, blank, group, rows, text, text_of, texts, truth
from mismatch.rules._pairs import MODEL, PIPELINE, RAW
from mismatch.text.placeholders import says_nothing
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from mismatch.declaration import At, Found, Hit
    from mismatch.reading import Doc

SYSTEM = "system_context"
OTHER_VALUE = "other_value"
GENERATED = frozenset({"synthetic data", "simulated data"})


@rule(
    "post-processing-contradicted",
    code="X407",
    severity="major",
    pack="x",
    risk="None known.",
    source="The switch decides which outputs all rules on interfaces read.",
)
def post_processing_contradicted(trained_model: Doc) -> Found:
    """The switch for post-processing contradicts what is filled in.

    The switch decides which list of outputs leaves the model. If it is wrong, interfaces are checked, built
    and tested against the wrong list.

    Remedy: Set the switch to what is true, or fill in or remove the final outputs and the steps.

    Example: Post-processing is on, and no final output has a name. It is silent if it is on with steps and
    final outputs, and off without.

    Decision: Steps or final outputs although it is off are minor: they may be left over.
    """
    steps = any(texts(trained_model, "post_processing_process"))
    final = any(_filled(row) for row in rows(trained_model, "final_output_spec"))
    switch: At = (MODEL, "post_processing")
    if "post_processing" not in trained_model:
        yield CANNOT_TELL
    elif truth(trained_model, "post_processing"):
        for there, field, code, said in (
            (final, "final_output_spec", "tm-18", "no final output is described"),
            (steps, "post_processing_process", "tm-17", "none of its steps is named"),
        ):
            if not there:
                yield hit(
                    f"Post-processing is on, but {said}.",
                    (MODEL, field),
                    switch,
                    key=(field,),
                    explains=((code, ()),),
                )
    else:
        for there, field, said in (
            (final, "final_output_spec", "final outputs are described"),
            (steps, "post_processing_process", "its steps are named"),
        ):
            if there:
                message = f"Post-processing is off, but {said}."
                yield hit(message, switch, (MODEL, field), key=(field,), severity="minor")


def _filled(row: Doc) -> bool:
    """Has somebody written into a row of a form?"""
    return any(
        isinstance(value, str) and not blank(value) for value in (*row.values(), *_mapping(row).values())
    )


def _mapping(row: Doc) -> Doc:
    return group(row, "component_mapping")


@rule(
    "ensemble-contradicted",
    code="X408",
    severity="minor",
    pack="x",
    risk="None known.",
    source="The form sets the switch by itself; imported files do not.",
)
def ensemble_contradicted(trained_model: Doc) -> Found:
    """The switch for an ensemble contradicts the number of components.

    Whoever sizes the machines or moves the model to another language goes by it.

    Remedy: Correct the switch or the list of components.

    Example: The model is an ensemble of one component. It is silent for two components with the switch on,
    and for one with the switch off.

    Decision: A description of how components work together, although there is one only, is worth knowing.
    """
    number = sum(_is_component(row) for row in rows(trained_model, "model_components"))
    switch: At = (MODEL, "ensemble")
    details = text(trained_model, "model_composition_details")
    if not number or "ensemble" not in trained_model:
        yield CANNOT_TELL
    elif truth(trained_model, "ensemble") != (number > 1):
        said = "is said to be an ensemble" if number == 1 else "is said to be no ensemble"
        has = "one component" if number == 1 else f"{number} components"
        yield hit(f"The model {said}, but it has {has}.", switch, (MODEL, "model_components"), key=())
    elif number == 1 and details and not says_nothing(details):
        yield hit(
            "The model has one component, but it is described how components work together.",
            (MODEL, "model_composition_details"),
            switch,
            key=("details",),
            severity="info",
        )


def _is_component(row: Doc) -> bool:
    algorithm = group(row, "learning_algorithm")
    return bool(
        text(algorithm, "algorithm")
        or text(algorithm, "other_algorithm")
        or any(texts(row, "programming_languages"))
        or any(text(each, "parameter_name") for each in rows(row, "hyper_parameters"))
    )


@rule(
    "other-unexplained",
    code="X409",
    severity="minor",
    pack="x",
    risk="None known.",
    source="The schema offers “Other” with a text beside it.",
)
def other_unexplained(
    system_context: Doc = NOTHING,
    raw_data: Doc = NOTHING,
    data_pipeline: Doc = NOTHING,
    trained_model: Doc = NOTHING,
) -> Found:
    """“Other” is chosen and not explained, or something else is chosen and explained as other.

    “Other” tells the reader nothing; and of two answers nobody knows which one holds.

    Remedy: Name it in the text beside the choice, or empty that text.

    Example: The algorithm is “Other”, and the text beside it is blank. It is silent for “Other” with a text,
    and for any other choice without.

    Decision: A text beside another choice is only worth knowing. Where a required field asks for the text,
    this finding says so once more and points to it.
    """
    documents = (system_context, raw_data, data_pipeline, trained_model)
    compared = False
    for at, holder, choice, beside, code in _choices(*documents):
        chosen = holder.get(choice)
        compared = compared or bool(chosen)
        if chosen == "Other" or _beside(holder, beside):
            found = _unexplained(at, holder, choice, beside, code)
            if found:
                yield found
    if not compared:
        yield NOT_APPLICABLE if all(documents) else CANNOT_TELL


def _unexplained(at: At, holder: Doc, choice: str, beside: str, code: str) -> Hit | None:
    chosen, given = text(holder, choice).strip(), text_of(_beside(holder, beside))
    companion = (*at, *(("item_specification",) if beside == OTHER_VALUE else ()), beside)
    key = (*[token for token in at if isinstance(token, str)], choice)
    if chosen.casefold() == "other":
        if given:
            return None
        said = "“Other” is chosen, and nothing says what that is."
        return hit(said, companion, (*at, choice), key=key, explains=((code, ()),))
    if not chosen or not given or says_nothing(given):
        return None
    said = f"{quote(chosen)} is chosen, while the text for others says {quote(given)}."
    return hit(said, (*at, choice), companion, key=key, severity="info")


def _beside(holder: Doc, field: str) -> Any:
    """The text beside a choice; that for items is part of their specification."""
    if field == OTHER_VALUE:
        holder = group(holder, "item_specification")
    return holder.get(field)


def _choices(system: Doc, raw: Doc, pipeline: Doc, model: Doc) -> Iterator[tuple[At, Doc, str, str, str]]:
    """Every choice that offers “Other”: place and holder, its field, the text beside it, the check for it."""
    yield (
        (SYSTEM, "ml_problem_type"),
        group(system, "ml_problem_type"),
        "ml_problem",
        "other_problem",
        "sc-02",
    )
    for place, row in enumerate(rows(raw, "data_sources")):
        yield (RAW, "data_sources", place), row, "data_source", "other_source", "rd-05"
    for place, row in enumerate(rows(model, "model_components")):
        at = (MODEL, "model_components", place, "learning_algorithm")
        yield at, group(row, "learning_algorithm"), "algorithm", "other_algorithm", "tm-06"
    for name, code in (("evaluation_metrics", "tm-30"), ("test_metrics", "tm-41")):
        for place, row in enumerate(rows(model, name)):
            yield (MODEL, name, place), row, "metric", "other_metric", code
    for descriptor, body, name, code in (
        (PIPELINE, pipeline, "input_spec", "dp-07"),
        (MODEL, model, "output_spec", "tm-14"),
        (MODEL, model, "final_output_spec", "tm-22"),
    ):
        for place, row in enumerate(rows(body, name)):
            yield (descriptor, name, place), row, "item_type", OTHER_VALUE, code


@rule(
    "generated-data-denied",
    code="X321",
    severity="minor",
    pack="x",
    risk="Low: only “none” and its like count as a denial.",
    source="Experience: results on generated data rarely carry over to operation.",
)
def generated_data_denied(raw_data: Doc) -> Found:
    """Generated data is among the sources, but proxy data is said to be none.

    Evaluators trust data more that is said to be real. Which part was generated has to be known before
    anybody relies on a result.

    Remedy: Say which part is generated and what it stands for, or take the source out of the list.

    Example: One source is “Simulated Data”, and the proxy data is “none”. It is silent if the proxy data is
    described.
    """
    said = text(raw_data, "proxy_data")
    generated = [
        (place, source)
        for place, row in enumerate(rows(raw_data, "data_sources"))
        if (source := text(row, "data_source")).strip().casefold() in GENERATED
    ]
    if not generated:
        yield NOT_APPLICABLE if rows(raw_data, "data_sources") else CANNOT_TELL
    elif not said:
        yield CANNOT_TELL
    elif says_nothing(said):
        place, source = generated[0]
        yield hit(
            f"{quote(source)} is among the sources, but the proxy data is {quote(said)}.",
            (RAW, "proxy_data"),
            (RAW, "data_sources", place, "data_source"),
            key=(),
        )
