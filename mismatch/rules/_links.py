"""Every place where one descriptor names a thing of another: goals, items, fields, tools, artefacts."""

from __future__ import annotations

from descriptors.catalogue import DESCRIPTORS
from mismatch.reading import column, rows, text, texts, truth
from mismatch.rules._interfaces import FINAL_OUTPUTS, INPUTS, OUTPUTS, mapped
from mismatch.rules._references import WHOLE, References, Target, once
from mismatch.text.metrics import measured
from mismatch.text.names import known_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mismatch.declaration import At, Memo
    from mismatch.reading import Doc
    from mismatch.rules._interfaces import Interface
    from mismatch.rules._references import Thing

SYSTEM, RAW, PIPELINE, TRAINING, MODEL, DEVELOPMENT, PRODUCTION, LIVE = DESCRIPTORS
MAPPING = "mapping_production_data"

IDENTIFIERS = (
    (MODEL, "data_pipeline_identifier", PIPELINE, "pipeline_identifier"),
    (MODEL, "training_data_identifier", TRAINING, "dataset_identifier"),
    (TRAINING, "raw_data_identifier", RAW, "dataset_identifier"),
)
COLLECTED = (
    ("business-metric-not-collected", ("business_metrics", "metric"), ("business_metrics", "metric")),
    ("algorithm-metric-not-collected", ("algorithm_metrics", "metric"), ("algorithm_metrics", "metric")),
    ("log-not-captured", ("log_data", "log"), ("model_logs", "log")),
    (
        "feedback-not-captured",
        ("user_system_feedback", "short_name"),
        ("user_system_feedback", "feedback"),
    ),
)
"""The rule that misses it, list and field of the Trained Model, those of the Production Environment."""


def identifiers(memo: Memo, model: Doc, pipeline: Doc, training: Doc, raw: Doc) -> References:
    """Which artefacts the descriptors say they belong to."""

    def collect(found: References) -> None:
        bodies = {MODEL: model, PIPELINE: pipeline, TRAINING: training, RAW: raw}
        for ours, field, theirs, their_field in IDENTIFIERS:
            _identifier(found, bodies, ours, field, theirs, their_field)

    return once(memo, "identifiers", collect)


def needs(memo: Memo, model: Doc, development: Doc) -> References:
    """Languages and frameworks."""

    def collect(found: References) -> None:
        _languages(found, model, development)
        _frameworks(found, model, development)

    return once(memo, "needs", collect)


def wishes(memo: Memo, model: Doc, production: Doc) -> References:
    """Metrics, logs and feedback that production has to collect."""

    def collect(found: References) -> None:
        for each in COLLECTED:
            _collected(found, model, production, *each)

    return once(memo, "wishes", collect)


def goals(memo: Memo, system: Doc, model: Doc) -> References:
    """Goals that metrics are mapped to."""

    def collect(found: References) -> None:
        target = Target(column(system, "goals", "id"), SYSTEM, "goals", field="id")
        for name in ("algorithm_metrics", "business_metrics"):
            _goals(found, target, model, name)

    return once(memo, "goals", collect)


def interfaces(memo: Memo, pipeline: Doc, model: Doc, development: Doc) -> References:
    """Components, and their items, that inputs and outputs are mapped to."""

    def collect(found: References) -> None:
        _interface(found, INPUTS, pipeline, development, ("input-unmapped", "upstream-output-unused"))
        if truth(model, "post_processing"):
            slugs = ("final-output-unmapped", "downstream-input-unfed-final")
            _interface(found, FINAL_OUTPUTS, model, development, slugs)
        else:
            _interface(found, OUTPUTS, model, development, ("output-unmapped", "downstream-input-unfed"))

    return once(memo, "interfaces", collect)


def fields(memo: Memo, training: Doc, live: Doc) -> References:
    """Fields and labels of production that those of training are mapped to."""
    return once(memo, "fields", lambda found: _fields(found, training, live))


def statistics(memo: Memo, training: Doc, live: Doc) -> References:
    """Fields that statistics are about."""

    def collect(found: References) -> None:
        _statistics(found, TRAINING, training)
        _statistics(found, LIVE, live)

    return once(memo, "statistics", collect)


def everything(memo: Memo, *documents: Doc) -> list[References]:
    """All references of the eight documents, given in display order."""
    system, raw, pipeline, training, model, development, production, live = documents
    return [
        identifiers(memo, model, pipeline, training, raw),
        goals(memo, system, model),
        needs(memo, model, development),
        wishes(memo, model, production),
        interfaces(memo, pipeline, model, development),
        fields(memo, training, live),
        statistics(memo, training, live),
    ]


def _identifier(
    found: References, bodies: dict[str, Doc], ours: str, field: str, theirs: str, their_field: str
) -> None:
    found.add(
        "identifier",
        [text(bodies[ours], field)],
        Target([text(bodies[theirs], their_field)], theirs, their_field, field=WHOLE),
        lambda number: (ours, field),
        lambda number: (field,),
    )


def _languages(found: References, model: Doc, development: Doc) -> None:
    places: list[At] = []
    names: list[str] = []
    for number, component in enumerate(rows(model, "model_components")):
        for place, name in enumerate(texts(component, "programming_languages")):
            places.append((MODEL, "model_components", number, "programming_languages", place))
            names.append(name)
    offered = Target(texts(development, "programming_languages"), DEVELOPMENT, "programming_languages")
    _offered(found, "language", "language-unsupported", names, places.__getitem__, offered)


def _frameworks(found: References, model: Doc, development: Doc) -> None:
    names = texts(model, "ml_frameworks")
    offered = Target(texts(development, "ml_frameworks"), DEVELOPMENT, "ml_frameworks")
    _offered(
        found,
        *("framework", "framework-unavailable", names),
        lambda number: (MODEL, "ml_frameworks", number),
        offered,
    )


def _collected(
    found: References,
    model: Doc,
    production: Doc,
    slug: str,
    ours: tuple[str, str],
    theirs: tuple[str, str],
) -> None:
    rows, field = ours
    names = column(production, *theirs)
    known = measured if field == "metric" else known_as
    _offered(
        found,
        *(slug.rpartition("-not-")[0].replace("-", " "), slug, column(model, rows, field)),
        lambda number: (MODEL, rows, number, field),
        Target(names, PRODUCTION, theirs[0], field=theirs[1], known=known),
    )


def _offered(
    found: References, kind: str, slug: str, names: list[str], at: Callable[[int], At], target: Target
) -> None:
    """Names that one side needs and the other has to offer, each at its first place only."""
    first = {name: number for number, name in reversed(list(enumerate(names)))}
    once = [name if first[name] == number else "" for number, name in enumerate(names)]
    found.add(kind, once, target, at, lambda number: (kind,), lambda number: ((slug, (names[number],)),))


def _goals(found: References, goals: Target, model: Doc, rows: str) -> None:
    metrics = column(model, rows, "metric")
    found.add(
        "goal",
        column(model, rows, "goal_mapping"),
        goals,
        lambda number: (MODEL, rows, number, "goal_mapping"),
        lambda number: (rows, metrics[number]),
        unmet=("goal-without-metric", ()),
    )


def _interface(
    found: References, face: Interface, document: Doc, environment: Doc, slugs: tuple[str, str]
) -> None:
    ours = mapped(rows(document, face.items))
    components = Target(
        column(environment, face.components, "component_name"),
        *(DEVELOPMENT, face.components),
        field="component_name",
    )

    def add(
        kind: str, field: str, numbers: Sequence[int], names: list[str], target: Target, unmet: Thing
    ) -> None:
        found.add(
            kind,
            names,
            target,
            lambda each: face.ours_at(numbers[each], "component_mapping", field),
            lambda each: (face.owner, face.items, ours[numbers[each]][2]),
            lambda each: ((slugs[0], (ours[numbers[each]][2],)),),
            unmet,
        )

    named = [component for *_, component, _ in ours]
    add("component", "component", range(len(ours)), named, components, ("", ()))
    members: dict[str, list[int]] = {}
    for number, _, _, component, item in ours:
        if component and item:
            name = component if component in components.names.exact else components.names.spelled(component)
            if name:
                members.setdefault(name, []).append(number)
    partners = rows(environment, face.components)
    for name, numbers in members.items():
        place = components.names.exact[name]
        whole = (DEVELOPMENT, face.components, place, face.theirs)
        items = Target(column(partners[place], face.theirs, "item_name"), *whole, field="item_name")
        add(
            "data item", "data_item", numbers, [ours[each][4] for each in numbers], items, (slugs[1], (name,))
        )


def _fields(found: References, training: Doc, live: Doc) -> None:
    """The fields and labels of production that those of training are mapped to."""
    ours = rows(training, "schema")
    found.add(
        "field",
        ["" if truth(row, "label_field") else text(row, MAPPING) for row in ours],
        Target(column(live, "schema", "field_name"), LIVE, "schema", field="field_name"),
        lambda number: (TRAINING, "schema", number, MAPPING),
        lambda number: ("schema", text(ours[number], "field_name")),
        lambda number: (("training-field-unmapped", (text(ours[number], "field_name"),)),),
        ("production-field-unused", ()),
    )
    labels = column(training, "distribution", "label")
    found.add(
        "label",
        column(training, "distribution", MAPPING),
        Target(column(live, "distribution", "label"), LIVE, "distribution", field="label"),
        lambda number: (TRAINING, "distribution", number, MAPPING),
        lambda number: ("distribution", labels[number]),
    )


def _statistics(found: References, descriptor: str, data: Doc) -> None:
    kinds = column(data, "statistics", "property")
    found.add(
        "statistic",
        column(data, "statistics", "field"),
        Target(column(data, "schema", "field_name"), descriptor, "schema", field="field_name"),
        lambda number: (descriptor, "statistics", number, "field"),
        lambda number: (descriptor, kinds[number]),
    )
