"""Names that miss one another only by their spelling, by another known name or by a slip."""

from __future__ import annotations

from descriptors.catalogue import NAMES
from mismatch.declaration import hit, rule
from mismatch.reading import NOTHING, text
from mismatch.rules._defined import defined, names_of
from mismatch.rules._links import (
    IDENTIFIERS,
    MODEL,
    PIPELINE,
    RAW,
    SYSTEM,
    TRAINING,
    everything,
    needs,
    wishes,
)
from mismatch.rules._references import WISHES, named, together, two_names
from mismatch.text.names import all_plain, unseen
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mismatch.declaration import At, Found, Hit, Memo
    from mismatch.reading import Doc

ONE_TO_ONE = WISHES | {"language", "framework", "field", "label", "data item"}
"""Kinds of which a name that is taken by something else was hardly meant."""

ANEW = "Type the name anew, here and wherever it is used."


@rule(
    "name-spelled-differently",
    code="X201",
    severity="minor",
    pack="x",
    risk="Very low.",
    source="Lewis et al. (2019): part of the trouble is that teams use different words for one thing.",
)
def name_spelled_differently(
    system_context: Doc = NOTHING,
    raw_data: Doc = NOTHING,
    data_pipeline: Doc = NOTHING,
    training_data: Doc = NOTHING,
    trained_model: Doc = NOTHING,
    development_environment: Doc = NOTHING,
    production_environment: Doc = NOTHING,
    production_data: Doc = NOTHING,
    *,
    memo: Memo,
) -> Found:
    """Two descriptors spell one name differently, or a name holds what nobody can see.

    People read past case, hyphens and a space at the end; programs and comparisons do not, and miss what is
    there.

    Remedy: Write the name the same way on both sides.

    Example: The model needs “ scikit_learn”, the development environment has “scikit-learn”. It is silent if
    the names are the same letter by letter, or if no name or several match without case and punctuation.

    Decision: What other rules find because of the spelling stays; this rule explains it.

    Decision: Case, spacing, hyphens and other punctuation, invisible characters and the Unicode form do not
    count, letters, digits and the signs of C++ and C# do. What parts two digits counts: 1.5 is not 15.

    Decision: Spaces at the ends, invisible characters and letters of two scripts within one word are reported
    for ids, items, components, fields and labels even if all sides spell them so.
    """
    groups = everything(
        memo,
        *(system_context, raw_data, data_pipeline, training_data),
        *(trained_model, development_environment, production_environment, production_data),
    )
    told: set[At] = set()
    for each in named(groups):
        other = each.target.names.spelled(each.name)
        if other:
            told |= {each.at, each.target.at(other)}
            yield two_names(each, other, f"one {each.kind} in two spellings{_unseen(each.name, other)}")
    data = (raw_data, data_pipeline, training_data, trained_model, development_environment, production_data)
    lists = [(each.at, each.field, each.names) for each in defined(memo, *data)]
    lists.append(((SYSTEM, "goals"), "id", names_of(memo, SYSTEM, system_context, "goals", "id")))
    yield from _hidden(lists, told)
    bodies = {PIPELINE: data_pipeline, TRAINING: training_data, MODEL: trained_model, RAW: raw_data}
    for ours, field, theirs, their_field in IDENTIFIERS:
        for at in ((ours, field), (theirs, their_field)):
            found = text(bodies[at[0]], at[1])
            if found and unseen(found) and at not in told:
                yield _unseen_at(found, at)
    yield together(groups)


@rule(
    "name-known-otherwise",
    code="X202",
    severity="minor",
    pack="x",
    risk="Low: the table of names is short and curated.",
    source="The lists of the original TEC, which hold some tools and metrics under several names.",
)
def name_known_otherwise(
    trained_model: Doc,
    development_environment: Doc = NOTHING,
    production_environment: Doc = NOTHING,
    *,
    memo: Memo,
) -> Found:
    """Two descriptors use different names of one tool or metric.

    What the model needs is there, under another name, and nothing that compares names will notice.

    Remedy: Agree on one name and write it on both sides.

    Example: The model needs “sklearn”, the development environment has “scikit-learn”; the model is watched
    by “Sensitivity”, production collects “Recall”. It is silent for names that are not known to mean the
    same, and for metrics with another qualifier, as “Recall” and “Recall (fraud)”.

    Decision: What other rules find because of the name stays; this rule explains it.

    Decision: Torch and PyTorch are two frameworks that are often taken for one another: worth knowing only.
    """
    groups = [
        needs(memo, trained_model, development_environment),
        wishes(memo, trained_model, production_environment),
    ]
    for each in named(groups):
        names = each.target.names
        if each.name in names:
            continue
        other = names.also_called(each.name)
        if other:
            yield two_names(each, other, f"two names of one {each.kind}")
        elif each.kind == "framework" and (other := names.confused_with(each.name)):
            said = "two frameworks that are often taken for one another"
            yield two_names(each, other, said, "info", "Check which of the two is meant.")
    yield together(groups)


@rule(
    "name-mistyped",
    code="X203",
    severity="info",
    pack="x",
    risk="Some: two things may have names that differ by a letter; nothing is changed without asking.",
    source="Names that differ by one slip of the keyboard.",
)
def name_mistyped(
    system_context: Doc = NOTHING,
    raw_data: Doc = NOTHING,
    data_pipeline: Doc = NOTHING,
    training_data: Doc = NOTHING,
    trained_model: Doc = NOTHING,
    development_environment: Doc = NOTHING,
    production_environment: Doc = NOTHING,
    production_data: Doc = NOTHING,
    *,
    memo: Memo,
) -> Found:
    """A name is not there, but one that differs by a likely typing error is.

    The thing is probably there and only mistyped, which is mended in a moment once somebody sees it.

    Remedy: If the two mean the same, correct the name that is mistyped.

    Example: The model needs “Pyhton”, the development environment has “Python”. It is silent for sensor1 and
    sensor2, for min_temp and max_temp, and where several names come into question.

    Decision: One slip counts, two from nine characters on, under the same first letter and the same digits.
    Opposites and short words that differ are taken as meant.

    Decision: A name that something else refers to letter by letter was hardly meant by a second one, unless
    many may refer to it, as to a component or a goal.

    Decision: What other rules find because of the name stays; this rule explains it.
    """
    groups = everything(
        memo,
        *(system_context, raw_data, data_pipeline, training_data),
        *(trained_model, development_environment, production_environment, production_data),
    )
    for each in named(groups):
        names = each.target.names
        if each.name in names or names.also_called(each.name):
            continue
        other = names.mistyped(each.name)
        if other and not (each.kind in ONE_TO_ONE and other in each.target.taken):
            yield two_names(each, other, "one of them is probably mistyped")
    yield together(groups)


def _unseen(*names: str) -> str:
    """Which of the names hold what nobody can see, as the end of a sentence."""
    found = [(name, unseen(name)) for name in names]
    return "".join([f"; {quote(name)} has {what}" for name, what in found if what])


def _hidden(lists: list[tuple[At, str, list[str]]], told: set[At]) -> Iterator[Hit]:
    """A hit for each name, outside of *told*, that holds what nobody can see."""
    if all_plain([name for _, _, names in lists for name in names if name]):
        return
    for at, field, names in lists:
        for number, name in enumerate(names):
            if name and unseen(name) and (*at, number, field) not in told:
                yield _unseen_at(name, (*at, number, field))


def _unseen_at(name: str, at: At) -> Hit:
    said = f"In {NAMES[str(at[0])]}, {quote(name)} has {unseen(name)}; who types it anew will miss it."
    path = [token for token in at if isinstance(token, str)]
    return hit(said, at, key=("unseen", *path, name), remedy=ANEW)
