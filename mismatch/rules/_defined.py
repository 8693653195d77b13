"""The lists in which descriptors give names to things: fields, items, components, labels, logs."""

from __future__ import annotations

from descriptors.catalogue import DESCRIPTORS
from mismatch.reading import column, rows, text
from tec.named import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import At, Memo
    from mismatch.reading import Doc

_, RAW, PIPELINE, TRAINING, MODEL, DEVELOPMENT, _, LIVE = DESCRIPTORS

NAMED = (
    (RAW, "schema", "field_name", "field", "major"),
    (RAW, "labels_distribution", "label", "label", "minor"),
    (PIPELINE, "input_spec", "item_name", "input", "major"),
    (TRAINING, "schema", "field_name", "field", "major"),
    (TRAINING, "distribution", "label", "label", "minor"),
    (MODEL, "output_spec", "item_name", "output", "major"),
    (MODEL, "final_output_spec", "item_name", "final output", "major"),
    (MODEL, "log_data", "log", "log", "minor"),
    (MODEL, "user_system_feedback", "short_name", "feedback", "minor"),
    (DEVELOPMENT, "upstream_components", "component_name", "upstream component", "major"),
    (DEVELOPMENT, "downstream_components", "component_name", "downstream component", "major"),
    (LIVE, "schema", "field_name", "field", "major"),
    (LIVE, "distribution", "label", "label", "minor"),
)
"""Descriptor, list, field, the word for an entry, and how bad it is if a name is there twice."""

ITEMS = (("upstream_components", "output_spec"), ("downstream_components", "input_spec"))
"""The lists inside a component that name its items."""


class Defined(NamedTuple):
    """One list of names."""

    holder: Doc  # the descriptor, or the component, that has the list
    at: At
    field: str
    names: list[str]  # in the order of rows, "" where it is blank
    word: str
    severity: str
    path: tuple[str, ...]  # what the list is called for ever: not by the number of a component

    def rows(self) -> list[Doc]:
        """The rows that the names are from."""
        return rows(self.holder, str(self.at[-1]))


def names_of(memo: Memo, descriptor: str, body: Doc, rows: str, field: str) -> list[str]:
    """The texts of a field in a list of a descriptor, "" where they are blank; read once per run."""
    found: list[str] | None = memo.get((descriptor, rows, field))
    if found is None:
        found = memo[descriptor, rows, field] = column(body, rows, field)
    return found


def defined(
    memo: Memo, raw: Doc, pipeline: Doc, training: Doc, model: Doc, development: Doc, live: Doc
) -> list[Defined]:
    """Every list that names something, collected once per run."""
    found: list[Defined] | None = memo.get("defined")
    if found is not None:
        return found
    bodies = {
        RAW: raw,
        PIPELINE: pipeline,
        TRAINING: training,
        MODEL: model,
        DEVELOPMENT: development,
        LIVE: live,
    }
    memo["defined"] = found = [
        Defined(
            bodies[descriptor],
            (descriptor, name),
            field,
            names_of(memo, descriptor, bodies[descriptor], name, field),
            word,
            severity,
            (descriptor, name),
        )
        for descriptor, name, field, word, severity in NAMED
    ]
    for name, items in ITEMS:
        for number, row in enumerate(rows(development, name)):
            path = (DEVELOPMENT, name, text(row, "component_name"), items)
            at = (DEVELOPMENT, name, number, items)
            names = column(row, items, "item_name")
            found.append(Defined(row, at, "item_name", names, "item", "major", path))
    return found
