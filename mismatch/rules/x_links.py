"""Names that lead nowhere: a goal, a component, an item, a field that the other side does not have."""

from __future__ import annotations

from descriptors.catalogue import NAMES
from mismatch.declaration import hit, rule
from mismatch.reading import NOTHING, column, rows, text
from mismatch.rules._links import (
    LIVE,
    MAPPING,
    PIPELINE,
    fields,
    goals,
    interfaces,
    statistics,
)
from mismatch.text.names import key
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Found, Memo
    from mismatch.reading import Doc
    from mismatch.rules._references import Reference


@rule(
    "metric-of-unknown-goal",
    code="X102",
    severity="major",
    pack="x",
    risk="None known.",
    source="The original TEC looks from goals to metrics only, never back.",
)
def metric_of_unknown_goal(system_context: Doc, trained_model: Doc, *, memo: Memo) -> Found:
    """A metric is mapped to a goal that the System Context does not have.

    The metric looks as if it served a goal, and serves none. Usually a goal was renumbered or dropped, and
    another one is now unmeasured.

    Remedy: Map the metric to a goal that exists, or add the goal.

    Example: “Recall” is mapped to “G-07”, and the goals are “G-01” and “G-02”. It is silent if a goal has the
    id “G-07”, and leaves “g-01” against “G-01” to name-spelled-differently.

    Decision: A mapping to several goals, as in “G-01, G-02”, is read as such.

    Decision: A mapping that gives the words of a goal in place of its id is minor.

    Decision: Without any goal id there is nothing to compare; the required fields report that.
    """
    links = goals(memo, system_context, trained_model)
    worded: dict[str, int] | None = None
    for each in links.found:
        if not each.dangling:
            continue
        if worded is None:
            rows = enumerate(column(system_context, "goals", "goal"))
            worded = {key(goal): row for row, goal in rows if goal}
        place, same = each.target.whole, worded.get(key(each.name))
        said = f"{_metric(each)} is mapped to the goal {quote(each.name)}, "
        if same is None:
            said += f"which is not among the goals {each.target.listed()}."
        else:
            place = (*place, same, "id")
            said += "which is the text of a goal, not its id."
        yield hit(said, each.at, place, key=each.key, severity="" if same is None else "minor")
    yield links.outcome()


def _metric(reference: Reference) -> str:
    name = reference.owner[-1]
    return f"The metric {quote(name)}" if name else "A metric without a name"


@rule(
    "interface-mapping-dangling",
    code="X104",
    severity="critical",
    pack="x",
    risk="None known.",
    source="Mappings that lead nowhere pass the original TEC's comparison of types without a word.",
)
def interface_mapping_dangling(
    development_environment: Doc,
    data_pipeline: Doc = NOTHING,
    trained_model: Doc = NOTHING,
    *,
    memo: Memo,
) -> Found:
    """An input or output is mapped to a component, or to an item of one, that is not there.

    Nobody delivers the input or takes the output, although the interface looks finished. What the other side
    calls it, and whether it exists at all, is found out when the parts are put together.

    Remedy: Correct the mapping to a name of the development environment, or add the component or item there.

    Example: The input “heart rate” is mapped to “Monitor” › “pulse”, and the Monitor delivers “hr” only. It
    is silent once the Monitor has the output “pulse”, and leaves “Pulse” to name-spelled-differently.

    Decision: input-unmapped, output-unmapped and final-output-unmapped report the same mapping, as one that
    is not finished. This rule says what it means and how bad it is, and explains that finding; the two count
    as one, the worse.

    Decision: A difference in spelling only is no dangling mapping. Several names in one field, as in “a, b”,
    are read as such.

    Decision: Without any components, or without any items of the one that is named, there is nothing to
    compare; the required fields report that.
    """
    links = interfaces(memo, data_pipeline, trained_model, development_environment)
    for each in links.found:
        if each.dangling:
            yield hit(
                f"{_mapped_item(each)}, which {_lacks(each)}.",
                each.at,
                each.target.whole,
                key=each.key,
                explains=each.explained,
            )
    yield links.outcome()


def _mapped_item(reference: Reference) -> str:
    owner, _, name = reference.owner
    what = "input" if owner == PIPELINE else "output"
    who = f"The {what} {quote(name)}" if name else f"An {what} without a name"
    return f"{who} is mapped to the {reference.kind} {quote(reference.name)}"


def _lacks(reference: Reference) -> str:
    """The development environment is without it, or one of its components is."""
    there = reference.target.listed()
    if reference.kind == "component":
        return f"is not among the components of the development environment, {there}"
    return f"is not among the items of {quote(reference.unmet[1][0])}, {there}"


@rule(
    "field-mapping-dangling",
    code="X105",
    severity="major",
    pack="x",
    risk="None known.",
    source="Training-serving skew: SageMaker Model Monitor reports such a field as a missing column.",
)
def field_mapping_dangling(training_data: Doc, production_data: Doc, *, memo: Memo) -> Found:
    """A training field or label is mapped to one that production does not have.

    The mapping says that production delivers what the model needs, and production does not know of it. Types,
    statistics and shares of the two are then compared with nothing.

    Remedy: Map it to a field or label that Production Data has, or add it there.

    Example: The training field “temp” is mapped to “temp_c”, and production delivers “temp_f”. It is silent
    once production has a field “temp_c”, and leaves “Temp_C” to name-spelled-differently.

    Decision: For fields, training-field-unmapped reports the same mapping; this rule explains that finding,
    and the two count as one, the worse. For labels no other rule reports it.

    Decision: The mapping of a label field is left to label-among-inputs. Several names in one field, as in
    “a, b”, are read as such.

    Decision: If production lists no fields, or no labels, there is nothing to compare.
    """
    links = fields(memo, training_data, production_data)
    for each in links.found:
        if each.dangling:
            name = each.owner[-1]
            whose = f"The training {each.kind} {quote(name)}" if name else f"A {each.kind} without a name"
            yield hit(
                f"{whose} is mapped to {quote(each.name)}, which is not among the {each.kind}s of "
                f"production, {each.target.listed()}.",
                each.at,
                each.target.whole,
                key=each.key,
                explains=each.explained,
            )
    yield links.outcome()


@rule(
    "statistic-of-unknown-field",
    code="X106",
    severity="minor",
    pack="x",
    risk="A statistic of the whole dataset, written as if it were one of a field.",
    source="The original TEC refuses it in the form of Training Data, not in imports or in Production Data.",
)
def statistic_of_unknown_field(
    training_data: Doc = NOTHING, production_data: Doc = NOTHING, *, memo: Memo
) -> Found:
    """A statistic is about a field that the same descriptor does not have.

    What it describes is not in the schema, so it can never be compared with anything.

    Remedy: Choose a field of the schema, or add the field there.

    Example: The mean of “temperature” is given, and the schema has “temp_max” and “humidity”. It is silent if
    the schema has a field “temperature”, and leaves “Temperature” to name-spelled-differently.

    Decision: A statistic of Production Data that names the training field has the field it is mapped to named
    in the message.

    Decision: Several names in one field, as in “a, b” for a correlation, are read as such.
    """
    links = statistics(memo, training_data, production_data)
    counterparts: dict[str, str] | None = None
    for each in links.found:
        if each.dangling:
            said = f"{NAMES[each.owner[0]]} gives the {_property(each)} of {quote(each.name)}, which is not "
            said += f"among its fields, {each.target.listed()}"
            place, hint = each.target.whole, ""
            if each.owner[0] == LIVE:
                counterparts = counterparts or _counterparts(training_data)
                meant = counterparts.get(key(each.name), "")
                if meant in each.target.names.exact:
                    place = each.target.at(meant)
                    hint = f"; the training field of that name is mapped to {quote(meant)}"
            yield hit(f"{said}{hint}.", each.at, place, key=each.key)
    yield links.outcome()


def _property(reference: Reference) -> str:
    return quote(reference.owner[-1]) if reference.owner[-1] else "statistic"


def _counterparts(training: Doc) -> dict[str, str]:
    """The key of each training field → the production field it is mapped to."""
    found: dict[str, str] = {}
    for row in rows(training, "schema"):
        found.setdefault(key(text(row, "field_name")), text(row, MAPPING))
    return found
