"""Two sets of findings: every finding is in exactly one list."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mismatch.comparison import changed_fields, compare
from mismatch.decisions.subject import values_digest
from tests.effort import calls

FOUND = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 3))


@settings(max_examples=100, deadline=None)
@given(FOUND, FOUND)
def test_every_finding_is_new_fixed_changed_or_the_same(then, now):
    found = compare(
        {name: (name, value) for name, value in then.items()},
        {name: (name, value) for name, value in now.items()},
        lambda each: each[1],
        lambda each: -each[1],
    )

    assert {name for name, _ in found.new} == now.keys() - then.keys()
    assert {name for name, _ in found.fixed} == then.keys() - now.keys()
    assert {old[0] for old, _ in found.worse} == {n for n in then if n in now and then[n] < now[n]}
    assert {old[0] for old, _ in found.changed} == {n for n in then if n in now and then[n] > now[n]}
    assert {old[0] for old, _ in found.same} == {n for n in then if n in now and then[n] == now[n]}


def place(pointer: str, value: object) -> dict[str, object]:
    return {"descriptor": "raw_data", "pointer": pointer, "value": value, "label": ""}


def test_rows_that_move_are_about_the_same_values():
    assert values_digest([place("/schema/0/field_name", "a"), place("/schema/1/field_name", "b")]) == (
        values_digest([place("/schema/4/field_name", "b"), place("/schema/0/field_name", "a")])
    )


def test_other_values_other_fields_and_other_numbers_of_them_are_not():
    one = [place("/schema/0/field_name", "a")]
    others = [
        [place("/schema/0/field_name", "b")],
        [place("/schema/0/field_type", "a")],
        one * 2,
        [],
        [place("/schema/0/field_name", None)],
    ]

    assert len({values_digest(each) for each in [one, *others]}) == 6


def test_thousands_of_rows_alike_are_paired_in_one_go():
    def blanks(size: int) -> list[dict[str, object]]:
        return [place(f"/schema/{row}/field_name", row % 2) for row in range(size)]

    def effort(size: int) -> int:
        return calls(lambda: changed_fields(blanks(size), blanks(size)))

    assert effort(2_000) < 3 * effort(1_000)


def test_rows_alike_are_paired_by_their_number():
    then = [place("/schema/0/field_name", "a"), place("/schema/1/field_name", "b")]
    now = [place("/schema/0/field_name", "a"), place("/schema/1/field_name", "c")]

    assert changed_fields(then, now) == [(then[1], now[1])]
