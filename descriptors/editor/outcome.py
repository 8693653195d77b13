"""What saving a form would do: what it changes, what goes, which names others should follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from descriptors.editor.hidden import Leftover, leftovers, without
from descriptors.editor.renames import Rename, carried, merged_renames, renames

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from descriptors.editor.page import Open


class Outcome(NamedTuple):
    """What has to be named, and perhaps decided, before a form is saved."""

    leftovers: list[Leftover]  # values of fields the form does not show any more
    renamed: list[Rename]  # names that other places refer to, with their new form
    gone: list[Rename]  # names that other places refer to and that are no more

    @property
    def open(self) -> bool:
        """Whether there is anything to decide."""
        return bool(self.leftovers or self.renamed or self.gone)


def outcome_of(form: Open, documents: Mapping[str, Any]) -> Outcome:
    """What saving *form* brings about among *documents*."""
    renamed, gone = renames(form.plan.descriptor, form.saved, form.reading, documents)
    return Outcome(leftovers(form.plan, form.saved, form.reading), renamed, gone)


def body_of(form: Open, outcome: Outcome, keep: Collection[str] = ()) -> dict[str, Any]:
    """The document to save: without the leftovers, but for those whose pointers are in *keep*."""
    going = [left for left in outcome.leftovers if left.pointer not in keep]
    return without(form.reading.document, going) if going else form.reading.document


def chosen(
    form: Open, body: dict[str, Any], names: Collection[str], documents: Mapping[str, Any]
) -> Sequence[Rename]:
    """The renames among *names*, as they look with *documents*; *body* is the form's own."""
    renamed, _ = renames(form.plan.descriptor, form.saved, form.reading._replace(document=body), documents)
    return [rename for rename in renamed if rename.name in names]


def chosen_of_merged(
    form: Open, merged: Any, names: Collection[str], documents: Mapping[str, Any]
) -> Sequence[Rename]:
    """The renames among *names* that are left once *form* and somebody else's edit are put together."""
    found = merged_renames(form.plan.descriptor, form.saved, form.reading, merged, documents)
    return [rename for rename in found if rename.name in names]


def documents_after(
    form: Open, outcome: Outcome, documents: Mapping[str, Any], writable: Collection[str]
) -> dict[str, Any]:
    """All documents as they will be if all is saved as offered; new names reach what is *writable*."""
    after = {**documents, form.plan.descriptor: body_of(form, outcome)}
    followers = carried(after, outcome.renamed)
    return {**after, **{name: body for name, body in followers.items() if name in writable}}
