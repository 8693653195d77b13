"""Records that are only half filled in, and texts that only keep a place."""

from __future__ import annotations

from itertools import chain
from operator import itemgetter

from mismatch.declaration import hit, rule
from mismatch.reading import NOTHING, group, rows, text
from mismatch.text.names import wordset
from mismatch.text.placeholders import placeholder, says_nothing
from mismatch.text.uris import masked
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeAlias

    from mismatch.declaration import At, Found
    from mismatch.reading import Doc

    Records: TypeAlias = tuple[Callable[[int], At], list[Doc], tuple[str, ...], str]


def bodies_of(
    system_context: Doc,
    raw_data: Doc,
    data_pipeline: Doc,
    training_data: Doc,
    trained_model: Doc,
    development_environment: Doc,
    production_environment: Doc,
    production_data: Doc,
) -> dict[str, Doc]:
    """The documents of all descriptors by name."""
    return dict(locals())


RECORDS: dict[At, tuple[tuple[str, ...], str]] = {
    ("data_pipeline", "test_cases"): (("test_case_name", "tested_property", "file"), "test case"),
    ("data_pipeline", "pipeline_steps"): (
        ("data_processing_step", "data_processing_detail"),
        "pipeline step",
    ),
    ("training_data", "preparation_process"): (
        ("data_processing_step", "data_processing_detail"),
        "preparation step",
    ),
    ("training_data", "statistics"): (("property", "field", "value"), "statistic"),
    ("production_data", "statistics"): (("property", "field", "value"), "statistic"),
    ("trained_model", "user_system_feedback"): (("short_name", "details"), "feedback"),
    ("development_environment", "milestones"): (("milestone", "milestone_date"), "milestone"),
}
"""List → the fields that belong together, and what to call a row."""


@rule(
    "record-half-filled",
    code="X904",
    severity="minor",
    pack="x",
    risk="Very low.",
    source="What is half filled in counts as present wherever completeness is tested.",
)
def record_half_filled(
    system_context: Doc = NOTHING,
    raw_data: Doc = NOTHING,
    data_pipeline: Doc = NOTHING,
    training_data: Doc = NOTHING,
    trained_model: Doc = NOTHING,
    development_environment: Doc = NOTHING,
    production_environment: Doc = NOTHING,
    production_data: Doc = NOTHING,
) -> Found:
    """A record is only half filled in, or a text only keeps a place.

    A row counts as present once a part of it is filled in, and “TBD” counts as an answer, so that nobody
    notices what is still missing.

    Remedy: Complete the record, or clear it.

    Example: A document has a description and no location, or the task is “TBD”. It is silent for rows that
    are blank as a whole, and for “none”.

    Decision: Where no answer can be none, “n/a”, “unknown” and a dash say as little: in the task, in
    descriptions of data and model, in the rate of the data and in how the output is to be read.

    Decision: Placeholders are TBD, to be defined, lorem ipsum, ??? and the like, as the whole text. Names
    that other descriptors refer to, labels and mappings may look like that on purpose; dates and how
    something is collected have rules of their own.
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
    for place_of, listed, fields, said in _records(bodies):
        for place, row in enumerate(listed) if _doubtful(listed, fields) else ():
            blank = [field for field in fields if not text(row, field)]
            if blank and len(blank) < len(fields):
                name = next(text(row, field) for field in fields if field not in blank)
                yield hit(
                    f"The {said} {quote(masked(name))} lacks its {' and its '.join(map(_named, blank))}.",
                    *[(*place_of(place), field) for field in blank],
                    key=(str(place_of(place)[0]), said, name, *blank),
                )
    for descriptor, body in bodies.items():
        for at, said in _placeholders(body, descriptor):
            path = [str(token) for token in at if isinstance(token, str)]
            yield hit(f"{quote(said)} only keeps the place of an answer.", at, key=(*path, said.strip()))
    for descriptor, field in ESSENTIAL:
        said = text(bodies[descriptor], field)
        if said and len(said) <= LONGEST and _empty(said):
            yield hit(f"{quote(said)} is no answer here.", (descriptor, field), key=(descriptor, field))


ESSENTIAL = (
    ("system_context", "task"),
    ("system_context", "usage_context"),
    ("raw_data", "dataset_description"),
    ("raw_data", "instance_type"),
    ("data_pipeline", "pipeline_description"),
    ("training_data", "dataset_description"),
    ("trained_model", "model_description"),
    ("trained_model", "model_output_interpretation"),
    ("production_data", "data_sources"),
    ("production_data", "data_rates"),
)
"""The fields whose answer cannot be that there is nothing."""


def _empty(said: str) -> bool:
    return says_nothing(said) or said.strip(" .").casefold() in {
        "unknown",
        "not known",
        "unbekannt",
        "x",
        ".",
    }


def _named(field: str) -> str:
    return field.replace("data_processing_", "").replace("tested_", "tested ").replace("_", " ")


def _records(bodies: dict[str, Doc]) -> Iterator[Records]:
    """The lists of records: where each row is, the rows, the fields that belong together, what a row is."""
    for descriptor, body in bodies.items():
        yield _at(descriptor, "documentation"), rows(body, "documentation"), DOCUMENT, "document"
    for at, (fields, said) in RECORDS.items():
        yield _at(*at), rows(bodies[str(at[0])], str(at[1])), fields, said
    for number, component in enumerate(rows(bodies["trained_model"], "model_components")):
        at = ("trained_model", "model_components", number, "hyper_parameters")
        yield _at(*at), rows(component, "hyper_parameters"), PARAMETER, "hyper-parameter"
    inputs = rows(bodies["data_pipeline"], "input_spec")
    mapped = [group(row, "component_mapping") for row in inputs]
    inside = _at("data_pipeline", "input_spec")
    yield lambda place: (*inside(place), "component_mapping"), mapped, MAPPING, "mapping to"


DOCUMENT = ("description", "location")
PARAMETER = ("parameter_name", "parameter_value")
MAPPING = ("component", "data_item")


def _at(*whole: str | int) -> Callable[[int], At]:
    return lambda place: (*whole, place)


_complete: set[tuple[str, ...]] = set()
"""Records known to be whole, or blank as a whole: a check meets the same ones again and again."""


def _doubtful(listed: list[Doc], fields: tuple[str, ...]) -> bool:
    """May a row be half filled in? Without a step of Python for each that was seen before."""
    if not listed:
        return False
    try:
        new = set(map(itemgetter(*fields), listed)) - _complete
    except (KeyError, TypeError):  # a field is missing, or something else than a text
        return True
    for cells in new:
        if len({isinstance(cell, str) and bool(cell) and not cell.isspace() for cell in cells}) > 1:
            return True
        if len(_complete) > MOST:
            _complete.clear()
        if all(isinstance(cell, str) for cell in cells):
            _complete.add(cells)
    return False


NAMES = wordset(
    "version label mapping_production_data component data_item goal_mapping id field item_name field_name "
    "parameter_name parameter_value implementation collection_date training_date milestone_date"
)
FIGURES = wordset(
    "item_specification error_handling component_mapping computing_resources computing_resource_reqs "
    "distribution statistics "
    "labels_distribution inference_time required_inference_time model_components"
)
"""Groups and lists that hold figures, choices and names."""
LONGEST = 24  # characters of a placeholder, unless it begins like one that is often longer
LEADS = frozenset("TtLlFf")
UTMOST = 400
DEEPEST = 12
MOST = 20_000
PLAIN: tuple[object, ...] = (True, False, None, "", 0, 1)
_answers: set[object] = set(PLAIN)
"""What is known to be no placeholder: a check meets the same texts again and again."""


def _suspects(body: Doc) -> list[str]:
    """The texts of a document that nobody has looked at yet."""
    found: list[str] = []
    holders: list[Any] = [body]
    while holders:
        holder = holders.pop()
        if holder.__class__ is list:
            try:
                if _answers.issuperset(chain.from_iterable(map(dict.values, holder))):
                    continue  # rows of nothing but known answers
            except TypeError:  # texts, or rows that hold rows
                pass
        for name, each in holder.items() if holder.__class__ is dict else enumerate(holder):
            kind = each.__class__
            if kind is str:
                if each not in _answers and len(each) <= UTMOST:
                    found.append(each)
            elif (kind is dict or kind is list) and name not in FIGURES and each:
                holders.append(each)
    return found


def _placeholders(body: Doc, descriptor: str) -> Iterator[tuple[At, str]]:
    """The texts of a document that only keep a place, and where."""
    suspects = _suspects(body)
    if not suspects:
        return
    found = {each for each in suspects if (len(each) <= LONGEST or each[0] in LEADS) and placeholder(each)}
    if len(_answers) > MOST:
        _answers.clear()
        _answers.update(PLAIN)
    _answers.update([each for each in suspects if each not in found])
    holders: list[tuple[Any, At]] = [(body, (descriptor,))] if found else []
    while holders:
        holder, at = holders.pop()
        for name, each in holder.items() if holder.__class__ is dict else enumerate(holder):
            if each.__class__ is str:
                if each in found and name not in NAMES:
                    yield (*at, name), each
            elif each.__class__ in (dict, list) and name not in FIGURES and len(at) < DEEPEST:
                holders.append((each, (*at, name)))
