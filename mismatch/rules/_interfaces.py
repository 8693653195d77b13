"""What the rules share that compare an interface of the model or its pipeline with its neighbours."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit
from mismatch.guesses import Guesses
from mismatch.reading import group, loose, rows, text, text_of
from mismatch.rules._targets import SAME_BUT, nowhere
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from mismatch.declaration import At, Found, Hit, Memo
    from mismatch.reading import Doc

    Items: TypeAlias = dict[str, tuple[int, Doc]]
    """Item name → its first row and that row’s number."""
    Mapped: TypeAlias = tuple[int, Doc, str, str, str]
    """Number, row, name, component and data item of one of our rows."""
    Partner: TypeAlias = tuple[int, Items]
    Partners: TypeAlias = dict[str, Partner]
    """Component name → its number and its items."""

ENVIRONMENT = "development_environment"
LETTERS = frozenset({"text", "character", "string"})


class Interface:
    """One list of items whose rows are mapped to a component of the environment, and the words for it."""

    def __init__(
        self, *, owner: str, items: str, components: str, theirs: str, words: dict[str, str]
    ) -> None:
        self.owner = owner  # descriptor
        self.items = items  # its list, "output_spec"
        self.components = components  # "downstream_components"
        self.theirs = theirs  # the list in a component, "input_spec"
        self.words = words

    def ours_at(self, number: int, *tokens: str) -> At:
        return (self.owner, self.items, number, *tokens)

    def theirs_at(self, component: int, item: int, field: str) -> At:
        return (ENVIRONMENT, self.components, component, self.theirs, item, field)


OUTPUTS = Interface(
    owner="trained_model",
    items="output_spec",
    components="downstream_components",
    theirs="input_spec",
    words={
        "types": "The model delivers {name} as {ours}, but {component} takes {item} as {theirs}",
        "blank": "The model delivers {name}, but {gap}",
        "no partner": "the component that takes it is not named",
        "no item": "the input of {component} that takes it is not named",
        "neither": "neither the component nor the input that takes it is named",
        "dangling": "The model delivers {name} to",
        "their item": "input",
    },
)
FINAL_OUTPUTS = Interface(
    owner="trained_model",
    items="final_output_spec",
    components="downstream_components",
    theirs="input_spec",
    words=OUTPUTS.words
    | {
        "types": "Post-processing delivers {name} as {ours}, but {component} takes {item} as {theirs}",
        "blank": "Post-processing delivers {name}, but {gap}",
        "dangling": "Post-processing delivers {name} to",
    },
)
INPUTS = Interface(
    owner="data_pipeline",
    items="input_spec",
    components="upstream_components",
    theirs="output_spec",
    words={
        "types": "The pipeline takes {name} as {ours}, but {component} delivers {item} as {theirs}",
        "blank": "The pipeline needs {name}, but {gap}",
        "no partner": "the component that delivers it is not named",
        "no item": "the output of {component} that delivers it is not named",
        "neither": "neither the component nor the output that delivers it is named",
        "dangling": "The pipeline takes {name} from",
        "their item": "output",
    },
)


def differing_types(face: Interface, document: Doc, environment: Doc, memo: Memo) -> Found:
    """A hit for each item whose type is not that of the item it is mapped to."""
    partners, ours = shared(face, document, environment, memo)
    waiting = not ours
    for number, row, name, component, item in ours:
        partner = partners.get(component)
        found = partner[1].get(item) if partner else None
        have = text(row, "item_type")
        want = text(found[1], "item_type") if found else ""
        if not (name and have and want):
            waiting = True
        elif have != want and partner and found:
            severity, reason = weigh_types(have, want)
            said = face.words["types"].format(
                name=quote(name),
                ours=quote(have),
                component=quote(component),
                item=quote(item),
                theirs=quote(want),
            )
            yield hit(
                said + reason,
                face.ours_at(number, "item_type"),
                face.theirs_at(partner[0], found[0], "item_type"),
                key=(name,),
                severity=severity,
            )
    if waiting:
        yield CANNOT_TELL


def unmapped(face: Interface, document: Doc, environment: Doc, memo: Memo) -> Found:
    """A hit for each named item that is mapped to nothing, or to what the environment does not have."""
    partners, ours = shared(face, document, environment, memo)
    guesses, waiting = Guesses(), not ours
    for number, _, name, component, item in ours:
        if not name:
            waiting = True
        elif not component or not item:
            yield _blank_mapping(face, number, name, component, item)
        elif environment:
            partner = partners.get(component)
            if partner is None:
                meant = guesses.nearest(component, partners)
                yield _no_such_component(face, number, name, component, partners, meant)
            elif item not in partner[1]:
                meant = guesses.nearest(item, partner[1])
                yield _no_such_item(face, number, name, component, item, partner, meant)
    if waiting:
        yield CANNOT_TELL


def unused(
    face: Interface, document: Doc, environment: Doc, memo: Memo
) -> Iterator[tuple[At, str, str, str] | str]:
    """Each item of the components that none of our items is mapped to: place, component, item, near miss.

    The near miss says which mapping differs only in case or spacing, "" if none does. In between come the
    outcomes that a rule yields.
    """
    known, ours = shared(face, document, environment, memo)
    used = {(component, item) for _, _, _, component, item in ours}
    close: dict[tuple[str, str], str] | None = None
    partners = rows(environment, face.components)
    if not partners:
        yield NOT_APPLICABLE
    for number, partner in enumerate(partners):
        component = text(partner, "component_name")
        items = rows(partner, face.theirs)
        if not component or not items:
            yield CANNOT_TELL
            continue
        for place, row in enumerate(items):
            item = text(row, "item_name")
            if not item:
                yield CANNOT_TELL
            elif (component, item) not in used:
                if close is None:
                    close = _loosely([pair for pair in sorted(used) if not exists(pair, known)])
                miss = close.get((loose(component), loose(item)), "") if close else ""
                yield face.theirs_at(number, place, "item_name"), component, item, miss


def shared(face: Interface, document: Doc, environment: Doc, memo: Memo) -> tuple[Partners, list[Mapped]]:
    """The components on the other side of *face*, and our rows as `mapped` gives them; read once per run."""
    found: tuple[Partners, list[Mapped]] | None = memo.get(face)
    if found is None:
        memo[face] = found = partners_of(face, environment), mapped(rows(document, face.items))
    return found


def exists(pair: tuple[str, str], known: Partners) -> bool:
    """Is there the component of *pair*, and has it the item?"""
    component, item = pair
    return component in known and item in known[component][1]


def _loosely(pairs: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Pairs of component and item in words, by what a careful reader sees of them."""
    return {(loose(component), loose(item)): f"{component} › {item}" for component, item in pairs}


def mapped(items: list[Doc]) -> list[Mapped]:
    """Number, row, name, component and data item of each row; "" for what is blank."""
    found = []
    for number, row in enumerate(items):
        mapping = group(row, "component_mapping")
        name, component, item = row.get("item_name"), mapping.get("component"), mapping.get("data_item")
        # Three calls of text() less for every row.
        if name.__class__ is not str or name.isspace():
            name = text_of(name)
        if component.__class__ is not str or component.isspace():
            component = text_of(component)
        if item.__class__ is not str or item.isspace():
            item = text_of(item)
        found.append((number, row, name, component, item))
    return found


def partners_of(face: Interface, environment: Doc) -> Partners:
    """The components on the other side of *face*, with their items; of equal names the first counts."""
    components = first_rows(environment, face.components, "component_name")
    return {
        name: (number, first_rows(row, face.theirs, "item_name"))
        for name, (number, row) in components.items()
    }


def first_rows(holder: Doc, name: str, field: str) -> Items:
    """The rows of a list by the text of *field*; the first of several counts, blank ones are left out."""
    found: Items = {}
    for number, row in enumerate(rows(holder, name)):
        key = row.get(field)
        if key.__class__ is not str or key.isspace():
            key = text_of(key)
        if key and key not in found:
            found[key] = number, row
    return found


def weigh_types(have: str, want: str) -> tuple[str, str]:
    """The severity of two types that differ, "" for the rule’s own, and how the message ends."""
    if loose(have) == loose(want):
        return "minor", f"; {SAME_BUT}."
    if {loose(have), loose(want)} <= LETTERS:
        return "minor", "; both are letters, so they may fit as they are."
    return "", "."


def _blank_mapping(face: Interface, number: int, name: str, component: str, item: str) -> Hit:
    gap = "neither" if not component and not item else "no item" if component else "no partner"
    said = face.words[gap].format(component=quote(component))
    blanks = [field for field, given in (("component", component), ("data_item", item)) if not given]
    return hit(
        face.words["blank"].format(name=quote(name), gap=said) + ".",
        *[face.ours_at(number, "component_mapping", blank) for blank in blanks],
        key=(name,),
    )


def _no_such_component(
    face: Interface, number: int, name: str, component: str, known: Partners, meant: str
) -> Hit:
    said = f"{face.words['dangling'].format(name=quote(name))} the component {quote(component)}"
    said, severity = nowhere(
        f"{said}, which the development environment does not have", component, meant, known
    )
    there: At = (ENVIRONMENT, face.components)
    return hit(
        said,
        face.ours_at(number, "component_mapping", "component"),
        (*there, known[meant][0], "component_name") if meant else there,
        key=(name,),
        severity=severity,
        remedy=_correction(component, meant),
    )


def _no_such_item(
    face: Interface, number: int, name: str, component: str, item: str, partner: Partner, meant: str
) -> Hit:
    at, known = partner
    said = f"{face.words['dangling'].format(name=quote(name))} {quote(component)}"
    said, severity = nowhere(
        f"{said}, which has no {face.words['their item']} {quote(item)}", item, meant, known
    )
    there: At = (ENVIRONMENT, face.components, at, face.theirs)
    return hit(
        said,
        face.ours_at(number, "component_mapping", "data_item"),
        (*there, known[meant][0], "item_name") if meant else there,
        key=(name,),
        severity=severity,
        remedy=_correction(item, meant),
    )


def _correction(wrong: str, meant: str) -> str:
    """What to do about a mapping that leads nowhere."""
    if not meant:
        return "Correct the mapping to a name that the development environment uses, or add the name there."
    return f"Map it to {quote(meant)} if that is meant, or add {quote(wrong)} to the development environment."
