"""The parts a form is made of, as templates see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from descriptors.editor.choices import NO_OFFER, Offer
from descriptors.editor.rows import written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from descriptors.editor.insight import Remark
    from descriptors.editor.plan import Plan
    from descriptors.editor.rows import Row


class Marks(NamedTuple):
    """What is said at the inputs, by their names."""

    faults: Mapping[str, str] = {}  # what cannot be read
    problems: Mapping[str, str] = {}  # what the schema does not accept
    remarks: Mapping[str, Sequence[Remark]] = {}  # what the last check found
    missing: Mapping[str, Remark] = {}  # what has to be filled in and is not


class Input:
    """One input with its label, or one cell of a table."""

    __slots__ = (
        "changed",
        "controller",
        "fault",
        "help_id",
        "hidden",
        "kind",
        "missing",
        "name",
        "note",
        "offer",
        "offered",
        "plan",
        "problem",
        "remarks",
        "saved",
        "sourceless",
        "stray",
        "text",
        "within",
    )

    def __init__(self, plan: Plan, name: str, kind: str, text: str) -> None:
        self.plan = plan
        self.name = name
        self.kind = kind
        self.text = text
        self.help_id = f"{name}-h" if plan.help else ""
        self.offer: Offer = NO_OFFER
        self.within = ""  # name of the input that narrows the offer down
        self.offered = ""  # one value worth a button: the nearest one, or the identifier to repeat
        self.stray = False  # the value is not among those offered
        self.sourceless = False  # another document could offer values and has none
        self.note = ""  # what is odd about the saved value
        self.fault = ""
        self.problem = ""
        self.remarks: Sequence[Remark] = ()
        self.missing: Remark | None = None
        self.changed = False
        self.saved = False  # whether the saved document says anything here
        self.controller = ""  # in a table: name of the input that decides whether this one is shown
        self.hidden = False

    @property
    def id(self) -> str:
        return self.name.replace(" ", "%20") if " " in self.name else self.name

    @property
    def invalid(self) -> bool:
        return bool(self.fault or self.problem)

    @property
    def says(self) -> bool:
        """Whether anything is said at the input beside its label."""
        return bool(self.fault or self.problem or self.note or self.stray or self.offered or self.remarks)

    @property
    def options(self) -> tuple[str, ...]:
        """What a select offers; a value the schema does not know stays choosable."""
        known = tuple(choice for choice in self.plan.choices if choice)
        return known if not self.text or self.text in known else (*known, self.text)

    @property
    def described_by(self) -> str:
        """The ids of everything that explains the input."""
        parts = [self.help_id.replace(" ", "%20")] if self.help_id else []
        parts += [f"{self.id}-e"] if self.invalid else []
        parts += [f"{self.id}-f"] if self.remarks else []
        return " ".join(parts)

    @property
    def forcible(self) -> bool:
        """Whether the saved value could be kept as the type the form wants."""
        return bool(self.note) and self.kind != "json" and bool(self.text)


class Flags:
    """Switches that belong together, in one line."""

    def __init__(self, inputs: list[Input]) -> None:
        self.inputs = inputs

    @property
    def title(self) -> str:
        allowing = all(each.plan.label.endswith(" allowed") for each in self.inputs)
        return "Allowed characters" if allowing else "Tick what applies"

    @property
    def labelled(self) -> list[tuple[Input, str]]:
        """The inputs with labels that do not repeat what the title says."""
        return [(each, each.plan.label.removesuffix(" allowed")) for each in self.inputs]


class Conditional:
    """Fields that are shown only while another one says so."""

    def __init__(self, controller: str, label: str, values: tuple[Any, ...], *, hidden: bool) -> None:
        self.controller = controller
        self.label = label
        self.values = values
        self.hidden = hidden
        self.nodes: list[Node] = []

    @property
    def reason(self) -> str:
        if self.values == (True,):
            return f"Because “{self.label}” is ticked"
        return f"Because {self.label[:1].lower()}{self.label[1:]} is {' or '.join(map(str, self.values))}"


class Group:
    """Fields that stand in one object."""

    def __init__(self, plan: Plan, name: str, nodes: list[Node], remarks: Sequence[Remark]) -> None:
        self.plan = plan
        self.name = name
        self.nodes = nodes
        self.remarks = remarks


class Entry:
    """One row of a list."""

    def __init__(self, row: Row, name: str, number: int) -> None:
        self.key = row.key
        self.name = name
        self.number = number
        self.saved = row.saved
        self.token = written([row])
        self.last = False
        self.title = ""
        self.gist = ""
        self.nodes: Sequence[Node] = ()
        self.remarks: Sequence[Remark] = ()
        self.inside: Mapping[str, int] = {}  # findings at the inputs of the row, by tone
        self.blank = 0  # of its fields that have to be filled in
        self.open = False

    @property
    def called(self) -> str:
        return self.title or f"row {self.number}"


class List:
    """A list with its rows in their present order."""

    def __init__(self, plan: Plan, name: str) -> None:
        assert plan.item is not None
        self.plan = plan
        self.item = plan.item
        self.columns = plan.item.children
        self.name = name
        self.order = ""  # of all rows, as the form sends it
        self.rest = ""  # the part of the order that belongs to rows which are not shown
        self.unshown = 0
        self.next = 0  # number for a new row
        self.next_id = ""  # id for a new row, where rows have ids
        self.entries: list[Entry] = []
        self.gone: list[Entry] = []  # saved rows that were deleted
        self.saved = False  # whether the saved document has rows
        self.remarks: Sequence[Remark] = ()
        self.missing: Remark | None = None

    @property
    def one(self) -> str:
        """What a row is called on the button that adds one."""
        label = self.item.label if self.item.kind != "group" else singular(self.plan.label)
        return (label if label[1:2].isupper() else label[:1].lower() + label[1:]) or "row"


def singular(label: str) -> str:
    """“Test case” for “Test cases”; "" if *label* does not end in a plural."""
    if label.endswith("ies"):
        return f"{label[:-3]}y"
    return label[:-1] if label.endswith("s") and not label.endswith(("ss", "us", "is")) else ""


Node = Input | Flags | Conditional | Group | List
