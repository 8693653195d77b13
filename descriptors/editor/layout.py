"""Lays out a form: every input, group and list with its text, its marks and what is offered there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from descriptors.editor import nodes
from descriptors.editor import rows as order
from descriptors.editor.choices import Choices, nearest
from descriptors.editor.conditions import inside, is_shown
from descriptors.editor.gist import row_gist, title_of
from descriptors.editor.numbering import ids_of, next_id, numbered_list
from descriptors.editor.plan import Plan, every
from descriptors.editor.posted import is_dormant
from descriptors.editor.values import ABSENT, kind_of, mistyped, shown
from tec.pointers import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from descriptors.editor.conditions import Scopes
    from descriptors.editor.nodes import Entry, Input, Node
    from descriptors.editor.plan import Condition, FormPlan
    from descriptors.editor.posted import Reading
    from descriptors.editor.rows import Row

SHORT = 48  # characters that an input of one line still shows
FLAGS = 3  # switches in a row that are drawn together
MOST_ROWS = 1_000  # of one list that a page shows; the others stay as they are
MOST_INPUTS = 15_000  # of one page in rows; settings allow a form to send a third more
MOST_GONE = 50  # deleted rows that can be put back one by one
MOST_NEAREST = 50  # looking for a similar name is slow


class Part(NamedTuple):
    """Where the walk stands: the rows around it as they were and as they are, and their names."""

    before: Scopes
    after: Scopes
    names: Mapping[str, str]

    def inside(self, path: str, was: Any, now: Any, name: str) -> Part:
        before, after = inside(self.before, path, was), inside(self.after, path, now)
        return Part(before, after, {**self.names, path: name})


class Layout:
    """Builds the nodes of one form in one walk over plan, saved document and document as it is now."""

    def __init__(
        self,
        plan: FormPlan,
        saved: dict[str, Any] | None,
        state: Mapping[str, str],
        reading: Reading | None,
        choices: Choices,
        marks: nodes.Marks = nodes.Marks(),  # noqa: B008 - immutable
        referred: Sequence[str] = (),
    ) -> None:
        self.plan = plan
        self.saved: Any = ABSENT if saved is None else saved
        self.state = state
        self.document: Any = reading.document if reading else ABSENT
        self.rows = reading.rows if reading else {}
        self.changed = frozenset(reading.changed) if reading else frozenset()
        self.switched = reading.switched if reading else {}
        self.choices = choices
        self.marks = marks
        self.referred = referred
        self.inside = inside_rows(marks)
        self.room = MOST_INPUTS
        self.unsaved = False  # inside of a row that the saved document does not have
        self.searched = 0
        self.blank = False

    def section(self, plans: Iterable[Plan]) -> list[Node]:
        """The nodes of a section."""
        whole = Part({"": self.saved}, {"": self.document}, {"": ""})
        was = self.saved if isinstance(self.saved, dict) else {}
        return self.members(plans, was, self.document, "", whole)

    def unknown(self) -> list[Input]:
        """The keys at the top that the schema does not know."""
        was = self.saved if isinstance(self.saved, dict) else {}
        return list(self.strays(self.plan.root, was, ""))

    def blank_list(self, plan: Plan) -> nodes.List:
        """The list of *plan* with the row that a script adds; {0}, {1} … stand for the numbers of rows."""
        assert plan.item is not None
        parts = plan.item.path.split("[]")
        paths = ["[]".join(parts[: number + 1]) + "[]" for number in range(len(parts) - 1)]
        names = {"": ""} | {path: placeholder(path) for path in paths}
        made = nodes.List(plan, placeholder(plan.item.path).rpartition("/")[0])
        entry = nodes.Entry(order.Row(0, None), placeholder(plan.item.path), 0)
        entry.open = self.blank = True
        entry.nodes = self.cells(plan, ABSENT, ABSENT, entry.name, Part({}, {}, names))
        made.entries.append(entry)
        return made

    def members(
        self, plans: Iterable[Plan], was: Mapping[str, Any], now: Any, name: str, part: Part
    ) -> list[Node]:
        """The nodes of the members of an object that was *was* and is *now*."""
        row = now if isinstance(now, dict) else {}
        found: list[Node] = []
        for plan in plans:
            at = f"{name}/{escape(plan.key)}"
            node = self.node(plan, was.get(plan.key, ABSENT), row.get(plan.key, ABSENT), at, part, row)
            if plan.when is None:
                found.append(node)
            else:
                self.conditional(found, plan.when, part).nodes.append(node)
        for node in found:
            if isinstance(node, nodes.Conditional):
                node.nodes = with_flags(node.nodes)
        return with_flags(found)

    def conditional(self, found: list[Node], when: Condition, part: Part) -> nodes.Conditional:
        """The last of *found* if it hangs on the same condition, else a new one behind it."""
        controller = "/".join([part.names[when.scope], *map(escape, when.keys)])
        last = found[-1] if found else None
        if isinstance(last, nodes.Conditional) and (last.controller, last.values) == (
            controller,
            when.values,
        ):
            return last
        hidden = not is_shown(Plan("", "", "", "", when=when), part.after)
        made = nodes.Conditional(controller, self.label_of(when), when.values, hidden=hidden)
        found.append(made)
        return made

    def label_of(self, when: Condition) -> str:
        """What the field is called that *when* looks at."""
        plan = self.plan.root
        for step in f"{when.scope}.{'.'.join(when.keys)}".lstrip(".").split("."):
            plan = plan.by_key[step.removesuffix("[]")]
            if step.endswith("[]") and plan.item is not None:
                plan = plan.item
        return plan.label

    def node(self, plan: Plan, was: Any, now: Any, name: str, part: Part, row: Mapping[str, Any]) -> Node:
        kind = kind_of(plan, was)
        if kind == "group":
            saved = was if isinstance(was, dict) else {}
            inner: list[Node] = self.members(plan.children, saved, now, name, part)
            inner += self.strays(plan, saved, name)
            return nodes.Group(plan, name, inner, self.marks.remarks.get(name, ()))
        if kind == "list":
            return self.list_of(plan, was, now, name, part)
        return self.input(plan, kind, was, name, part, row)

    def strays(self, plan: Plan, members: Mapping[str, Any], name: str) -> Iterator[Input]:
        for key, value in members.items():
            if key not in plan.by_key:
                stray = Plan("json", key, "", key, help="Not part of the schema; kept as it is.")
                yield self.input(stray, "json", value, f"{name}/{escape(key)}", Part({}, {}, {}), {})

    def input(self, plan: Plan, kind: str, was: Any, name: str, part: Part, row: Mapping[str, Any]) -> Input:
        text = self.state.get(name)
        if name in self.switched:
            text = shown(plan, self.switched[name])
        if text is None:
            text = shown(plan, was, dormant=is_dormant(plan, was, part.before))
        offered = plan.link or plan.vocabulary
        if kind == "text" and ("\n" in text or (len(text) > SHORT and not offered)):
            kind = "area"
        made = nodes.Input(plan, name, kind, text)
        made.changed = name in self.changed
        made.saved = was is not ABSENT and not self.unsaved
        if (was is not ABSENT and not isinstance(was, str)) or (was and plan.kind in {"integer", "number"}):
            made.note = mistyped(plan, was)
        self.mark(made)
        if offered:
            self.offer(made, name, row)
        elif plan.source:
            value = self.choices.source_value(plan)
            made.offered = value if value != text else ""
        return made

    def mark(self, made: Input) -> None:
        marks, name = self.marks, made.name
        made.fault = marks.faults.get(name, "")
        made.problem = marks.problems.get(name, "")
        made.remarks = marks.remarks.get(name, ())
        made.missing = marks.missing.get(name)

    def offer(self, made: Input, name: str, row: Mapping[str, Any]) -> None:
        """What can be chosen; a value that is not among it is called stray, the most similar one offered."""
        plan = made.plan
        made.offer = offer = self.choices.offer(plan, row)
        if plan.within:
            made.within = f"{name.rpartition('/')[0]}/{escape(plan.within)}"
        if plan.link and not offer.values and not self.blank:
            made.sourceless = not plan.within and offer.source != self.plan.descriptor
        if plan.link and offer.values and made.text.strip() and made.text not in offer.known:
            made.stray = True
            self.searched += 1
            if self.searched <= MOST_NEAREST:
                made.offered = nearest(made.text, offer.values)

    def list_of(self, plan: Plan, was: Any, now: Any, name: str, part: Part) -> nodes.List:
        saved = was if isinstance(was, list) else []
        given = self.state.get(name)
        wanted = order.untouched(len(saved), plan.least) if given is None else order.parsed(given, len(saved))
        made = nodes.List(plan, name)
        made.order = order.written(wanted)
        made.saved = bool(saved) and not self.unsaved
        most = self.most_rows(plan, len(wanted))
        made.rest = order.written(wanted[most:])
        made.unshown = len(wanted) - most
        made.next = order.next_key(wanted, len(saved))
        made.remarks = self.marks.remarks.get(name, ())
        made.missing = self.marks.missing.get(name)
        if id_key := numbered_list(self.plan.descriptor, plan.path):
            ids = ids_of(self.document, plan.path, id_key) + ids_of(self.saved, plan.path, id_key)
            made.next_id = next_id(self.plan.descriptor, plan.path, [*ids, *self.referred])
        rows = now if isinstance(now, list) else []
        present = {row.key: value for row, value in zip(self.rows.get(name, ()), rows, strict=False)}
        for number, row in enumerate(wanted[:most], 1):
            made.entries.append(self.entry(plan, row, saved, present, f"{name}/{row.key}", number, part))
        if made.entries:
            made.entries[-1].last = not made.rest
        made.gone = list(self.gone(plan, saved, wanted, name))
        return made

    def most_rows(self, plan: Plan, wanted: int) -> int:
        """How many rows of the list of *plan* there is room for."""
        # A box to tick sends two values, and the number of a row may send one.
        width = 1 + sum(2 if each.kind == "flag" else 1 for each in every(plan) if each.scalar)
        shown = min(wanted, MOST_ROWS, max(1, self.room // width))
        self.room -= shown * width
        return shown

    def entry(
        self,
        plan: Plan,
        row: Row,
        saved: list[Any],
        present: Mapping[int, Any],
        name: str,
        number: int,
        part: Part,
    ) -> Entry:
        assert plan.item is not None
        was = self.start_of(plan, row, saved)
        now = present.get(row.key, ABSENT)
        made = nodes.Entry(row, name, number)
        made.title = title_of(plan.item, now)
        made.remarks = self.marks.remarks.get(name, ())
        if plan.layout == "cards":
            made.gist = row_gist(plan.item, now)
            made.inside, made.blank = self.inside.get(name, ({}, 0))
            made.open = not row.saved
        outside, self.unsaved = self.unsaved, self.unsaved or not row.saved
        made.nodes = self.cells(plan, was, now, name, part.inside(plan.item.path, was, now, name))
        self.unsaved = outside
        return made

    def start_of(self, plan: Plan, row: Row, saved: list[Any]) -> Any:
        """What a row is before anything is typed into it; a copy has no number yet."""
        if row.origin is None:
            return ABSENT
        was = saved[row.origin]
        id_key = numbered_list(self.plan.descriptor, plan.path)
        if row.saved or not id_key or not isinstance(was, dict):
            return was
        return {key: value for key, value in was.items() if key != id_key}

    def cells(self, plan: Plan, was: Any, now: Any, name: str, part: Part) -> list[Node]:
        """The nodes of one row."""
        item = plan.item
        assert item is not None
        if item.kind != "group" or kind_of(item, was) == "json":
            made = self.input(item, kind_of(item, was), was, name, part, {})
            made.help_id = ""
            return [made]
        saved = was if isinstance(was, dict) else {}
        if plan.layout == "cards":
            found = self.members(item.children, saved, now, name, part)
            return [*found, *self.strays(item, saved, name)]
        row = now if isinstance(now, dict) else {}
        return [self.cell(child, saved, row, name, part) for child in item.children]

    def cell(
        self, plan: Plan, saved: Mapping[str, Any], row: Mapping[str, Any], name: str, part: Part
    ) -> Input:
        was = saved.get(plan.key, ABSENT)
        made = self.input(plan, kind_of(plan, was), was, f"{name}/{escape(plan.key)}", part, row)
        if made.kind == "text" and not (plan.link or plan.vocabulary):
            made.kind = "area"  # a cell grows with its text
        if plan.help:
            made.help_id = f"{name.rpartition('/')[0]}-p-{plan.key}"
        if plan.when is not None:
            made.controller = "/".join([part.names[plan.when.scope], *map(escape, plan.when.keys)])
            made.hidden = not is_shown(plan, part.after)
        return made

    def gone(self, plan: Plan, saved: list[Any], wanted: Sequence[Row], name: str) -> Iterator[Entry]:
        """The saved rows that are not wanted any more."""
        kept = {row.key for row in wanted}
        lost = [index for index in range(len(saved)) if index not in kept]
        for index in lost[:MOST_GONE]:
            entry = nodes.Entry(order.Row(index, index), f"{name}/{index}", index + 1)
            assert plan.item is not None
            entry.title = title_of(plan.item, saved[index])
            yield entry


def inside_rows(marks: nodes.Marks) -> dict[str, tuple[dict[str, int], int]]:
    """What is said below each row or group: findings by tone, and how many fields are blank."""
    found: dict[str, tuple[dict[str, dict[str, None]], list[str]]] = {}
    for name, remarks in marks.remarks.items():
        for outer in outer_names(name):
            tones, _ = found.setdefault(outer, ({}, []))
            for remark in remarks:
                tones.setdefault(remark.tone, {})[remark.fingerprint] = None
    for name in marks.missing:
        for outer in outer_names(name):
            found.setdefault(outer, ({}, []))[1].append(name)
    return {
        name: ({tone: len(prints) for tone, prints in tones.items()}, len(blank))
        for name, (tones, blank) in found.items()
    }


def outer_names(name: str) -> Iterator[str]:
    """The names of everything that *name* lies in."""
    while name := name.rpartition("/")[0]:
        yield name


def placeholder(path: str) -> str:
    """The name of a row by its path, with {0}, {1} … for the numbers: "/goals/{0}" for "goals[]"."""
    name = "/" + path.replace(".", "/")
    for number in range(path.count("[]")):
        name = name.replace("[]", f"/{{{number}}}", 1)
    return name


def with_flags(found: list[Node]) -> list[Node]:
    """*found* with neighbouring switches drawn together."""
    result: list[Node] = []
    run: list[Input] = []
    for node in [*found, None]:
        if isinstance(node, nodes.Input) and node.kind == "flag":
            run.append(node)
            continue
        result += [nodes.Flags(run)] if len(run) >= FLAGS else run
        run = []
        if node is not None:
            result.append(node)
    return result
