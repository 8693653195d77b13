"""Every place where one descriptor names a thing of another: goals, items, fields, tools, artefacts."""

from __future__ import annotations

from descriptors.catalogue import DESCRIPTORS
from mismatch.reading import column, rows, text, texts, truth
from mismatch.rules._defined import names_of
from mismatch.rules._interfaces import FINAL_OUTPUTS, INPUTS, OUTPUTS, shared
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
            names, defined = [text(bodies[ours], field)], [text(bodies[theirs], their_field)]
            if not found.hold("identifier", names, defined):
                target = Target(defined, theirs, their_field, field=WHOLE)
                found.add("identifier", names, target, _just((ours, field)), _just((field,)))

    return once(memo, "identifiers", collect)


def _just(value: tuple[str, ...]) -> Callable[[int], tuple[str, ...]]:
    return lambda number: value


def needs(memo: Memo, model: Doc, development: Doc) -> References:
    """Languages and frameworks."""

    def collect(found: References) -> None:
        places: list[At] = []
        names: list[str] = []
        for number, component in enumerate(rows(model, "model_components")):
            for place, name in enumerate(texts(component, "programming_languages")):
                places.append((MODEL, "model_components", number, "programming_languages", place))
                names.append(name)
        slug, there = "language-unsupported", (DEVELOPMENT, "programming_languages")
        _offered(found, "language", slug, names, places.__getitem__, texts(development, there[1]), there)
        names = texts(model, "ml_frameworks")
        slug, there = "framework-unavailable", (DEVELOPMENT, "ml_frameworks")
        place_of = _numbered(MODEL, "ml_frameworks")
        _offered(found, "framework", slug, names, place_of, texts(development, there[1]), there)

    return once(memo, "needs", collect)


def wishes(memo: Memo, model: Doc, production: Doc) -> References:
    """Metrics, logs and feedback that production has to collect."""

    def collect(found: References) -> None:
        for slug, (name, field), theirs in COLLECTED:
            kind = slug.rpartition("-not-")[0].replace("-", " ")
            names, offered = column(model, name, field), column(production, *theirs)
            place_of = _numbered(MODEL, name, field=field)
            _offered(found, kind, slug, names, place_of, offered, (PRODUCTION, theirs[0]), theirs[1])

    return once(memo, "wishes", collect)


def _numbered(*whole: str, field: str = "") -> Callable[[int], At]:
    """The place of a row, or of a field of it, by its number."""
    return lambda number: (*whole, number, field) if field else (*whole, number)


def _offered(
    found: References,
    kind: str,
    slug: str,
    names: list[str],
    place_of: Callable[[int], At],
    offered: list[str],
    there: tuple[str, str],
    field: str = "",
) -> None:
    """Names that one side needs and the other has to offer, each at its first place only."""
    if found.hold(kind, names, offered):
        return
    first = {name: number for number, name in reversed(list(enumerate(names)))}
    once = [name if first[name] == number else "" for number, name in enumerate(names)]
    known = measured if field == "metric" else known_as
    target = Target(offered, *there, field=field, known=known)
    found.add(kind, once, target, place_of, _just((kind,)), lambda number: ((slug, (names[number],)),))


def goals(memo: Memo, system: Doc, model: Doc) -> References:
    """Goals that metrics are mapped to."""

    def collect(found: References) -> None:
        ids = names_of(memo, SYSTEM, system, "goals", "id")
        target: Target | None = None
        for name in ("algorithm_metrics", "business_metrics"):
            mapped = column(model, name, "goal_mapping")
            if found.hold("goal", mapped, ids):
                continue
            target = target or Target(ids, SYSTEM, "goals", field="id")
            place_of = _numbered(MODEL, name, field="goal_mapping")
            unmet = ("goal-without-metric", ())
            found.add("goal", mapped, target, place_of, _owner(model, name, "metric", name), unmet=unmet)

    return once(memo, "goals", collect)


def _owner(body: Doc, rows: str, field: str, *head: str) -> Callable[[int], tuple[str, ...]]:
    """What a row is called for ever, by its number: *head*, then the text of a field."""
    names = column(body, rows, field)
    return lambda number: (*head, names[number])


def interfaces(memo: Memo, pipeline: Doc, model: Doc, development: Doc) -> References:
    """Components, and their items, that inputs and outputs are mapped to."""

    def collect(found: References) -> None:
        slugs = ("input-unmapped", "upstream-output-unused")
        _interface(found, INPUTS, pipeline, development, slugs, memo)
        if truth(model, "post_processing"):
            slugs = ("final-output-unmapped", "downstream-input-unfed-final")
            _interface(found, FINAL_OUTPUTS, model, development, slugs, memo)
        else:
            slugs = ("output-unmapped", "downstream-input-unfed")
            _interface(found, OUTPUTS, model, development, slugs, memo)

    return once(memo, "interfaces", collect)


def _interface(
    found: References, face: Interface, document: Doc, environment: Doc, slugs: tuple[str, str], memo: Memo
) -> None:
    partners, ours = shared(face, document, environment, memo)
    if found.hold("component", [row[3] for row in ours], partners) and all(
        not (row[3] and row[4]) or row[4] in partners[row[3]][1] for row in ours if partners
    ):
        return
    components = Target(list(partners), DEVELOPMENT, face.components, field="component_name")
    components.names.exact = {name: partner[0] for name, partner in partners.items()}

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

    add("component", "component", range(len(ours)), [row[3] for row in ours], components, ("", ()))
    members: dict[str, list[int]] = {}
    for number, _, _, component, item in ours:
        if component and item:
            name = component if component in partners else components.names.spelled(component)
            if name:
                members.setdefault(name, []).append(number)
    for name, numbers in members.items():
        place, known = partners[name]
        items = Target([], DEVELOPMENT, face.components, place, face.theirs, field="item_name")
        items.names.exact = {item: row for item, (row, _) in known.items()}
        wanted = [ours[each][4] for each in numbers]
        add("data item", "data_item", numbers, wanted, items, (slugs[1], (name,)))


def features_mapped(memo: Memo, training: Doc) -> list[str]:
    """What the fields of training are mapped to, "" for those that are labels."""
    found: list[str] | None = memo.get("features mapped")
    if found is None:
        mapped = names_of(memo, TRAINING, training, "schema", MAPPING)
        labels = [truth(row, "label_field") for row in rows(training, "schema")]
        memo["features mapped"] = found = [
            "" if label else target for target, label in zip(mapped, labels, strict=True)
        ]
    return found


def fields(memo: Memo, training: Doc, live: Doc) -> References:
    """Fields and labels of production that those of training are mapped to."""

    def collect(found: References) -> None:
        mapped = features_mapped(memo, training)
        defined = names_of(memo, LIVE, live, "schema", "field_name")
        if not found.hold("field", mapped, defined):
            names = names_of(memo, TRAINING, training, "schema", "field_name")
            found.add(
                "field",
                mapped,
                Target(defined, LIVE, "schema", field="field_name"),
                _numbered(TRAINING, "schema", field=MAPPING),
                lambda number: ("schema", names[number]),
                lambda number: (("training-field-unmapped", (names[number],)),),
                ("production-field-unused", ()),
            )
        mapped = names_of(memo, TRAINING, training, "distribution", MAPPING)
        defined = names_of(memo, LIVE, live, "distribution", "label")
        if not found.hold("label", mapped, defined):
            found.add(
                "label",
                mapped,
                Target(defined, LIVE, "distribution", field="label"),
                _numbered(TRAINING, "distribution", field=MAPPING),
                _owner(training, "distribution", "label", "distribution"),
            )

    return once(memo, "fields", collect)


def statistics(memo: Memo, training: Doc, live: Doc) -> References:
    """Fields that statistics are about."""

    def collect(found: References) -> None:
        for descriptor, body in ((TRAINING, training), (LIVE, live)):
            about = column(body, "statistics", "field")
            defined = names_of(memo, descriptor, body, "schema", "field_name")
            if not found.hold("statistic", about, defined):
                target = Target(defined, descriptor, "schema", field="field_name")
                place_of = _numbered(descriptor, "statistics", field="field")
                owner = _owner(body, "statistics", "property", descriptor)
                found.add("statistic", about, target, place_of, owner)

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
