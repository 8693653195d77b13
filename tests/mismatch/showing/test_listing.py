"""Findings sorted into groups and pages; the numbers always agree."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mismatch.lifecycle import NEW, REOPENED, SEEN
from mismatch.showing.filters import Filters
from mismatch.showing.listing import PER_PAGE, Entry, listing

ONE = ("trained_model", "development_environment")
TWO = ("training_data", "production_data")


def entry(pk: int = 1, **over: object) -> Entry:
    fields = {
        "pk": pk,
        "rule": "output-type-mismatch",
        "code": "TEC-3A",
        "kind": "mismatch",
        "outcome": "fail",
        "severity": "major",
        "concerns": ONE,
        "owner": "Model developer",
        **over,
    }
    return Entry(**fields)  # type: ignore[arg-type]


def numbers(found: object) -> list[list[int]]:
    return [[each.pk for each in some] for _, some in found.here]  # type: ignore[attr-defined]


def test_nothing_is_one_empty_page():
    found = listing([], Filters())

    assert (found.page, found.pages, found.shown, found.total) == (1, 1, 0, 0)
    assert found.here == found.groups == found.waiting == []


def test_the_group_with_the_worst_findings_stands_first():
    entries = [
        entry(1, concerns=TWO, severity="minor"),
        entry(2, concerns=TWO, severity="minor"),
        entry(3, concerns=ONE, severity="critical"),
    ]

    found = listing(entries, Filters())

    assert [group.key for group in found.groups] == [ONE, TWO]
    assert numbers(found) == [[3], [1, 2]]


def test_findings_are_grouped_by_rule_or_owner():
    entries = [entry(1), entry(2, rule="x", code="X101"), entry(3, owner="Operations")]

    assert [g.key for g in listing(entries, Filters(group="rule")).groups] == [
        ("output-type-mismatch", "TEC-3A"),
        ("x", "X101"),
    ]
    assert [g.key for g in listing(entries, Filters(group="owner")).groups] == [
        ("Model developer",),
        ("Operations",),
    ]


def test_missing_fields_are_grouped_by_their_document():
    entries = [
        entry(1, kind="missing", concerns=("raw_data",)),
        entry(2, kind="missing", concerns=("trained_model",)),
    ]

    assert [g.key for g in listing(entries, Filters(kind="missing")).groups] == [
        ("raw_data",),
        ("trained_model",),
    ]


def test_what_cannot_tell_is_not_counted():
    entries = [entry(1), entry(2, outcome="cannot-tell", severity="info")]

    found = listing(entries, Filters())

    assert (found.shown, found.total) == (1, 1)
    assert found.severities["info"] == 0
    assert [each.pk for each in found.waiting] == [2]


def test_one_may_look_at_what_cannot_tell_alone():
    entries = [entry(1), entry(2, outcome="cannot-tell", severity="info")]

    found = listing(entries, Filters(kind="cannot-tell"))

    assert found.here == []
    assert len(found.waiting) == 1


def test_numbers_of_severities_do_not_depend_on_the_chosen_ones():
    entries = [
        entry(1, severity="critical"),
        entry(2, severity="major"),
        entry(3, severity="major", age=NEW),
    ]

    found = listing(entries, Filters(severities=("critical",)))

    assert found.severities == {"critical": 1, "major": 2, "minor": 0, "info": 0}
    assert found.new == {"critical": 0, "major": 1, "minor": 0, "info": 0}
    assert (found.shown, found.total) == (1, 3)


def test_filters_narrow_together():
    entries = [
        entry(1, text="heart rate", age=NEW),
        entry(2, text="heart rate"),
        entry(3, text="heart", concerns=TWO, age=NEW),
    ]

    def shown(**over: object) -> list[list[int]]:
        return numbers(listing(entries, Filters(**over)))  # type: ignore[arg-type]

    assert shown(text="Rate heart") == [[1, 2]]
    assert shown(text="heart", state="new", descriptors=("training_data",)) == [[3]]
    assert shown(descriptors=("training_data", "trained_model")) == []
    assert shown(state="open") == [[2]]
    assert shown(rules=("output-type-mismatch",)) == [[1, 2], [3]]


def test_a_page_beyond_the_last_is_the_last():
    found = listing([entry(number) for number in range(PER_PAGE + 1)], Filters(page=99))

    assert (found.page, found.pages) == (2, 2)
    assert numbers(found) == [[PER_PAGE]]


def test_a_group_says_on_which_page_it_begins():
    entries = [entry(number, severity="critical") for number in range(PER_PAGE + 5)] + [
        entry(1000, concerns=TWO)
    ]

    groups = listing(entries, Filters()).groups

    assert [(group.size, group.page) for group in groups] == [(PER_PAGE + 5, 1), (1, 2)]


ENTRIES = st.lists(
    st.builds(
        entry,
        pk=st.integers(),
        severity=st.sampled_from(["critical", "major", "minor", "info"]),
        outcome=st.sampled_from(["fail", "fail", "fail", "cannot-tell"]),
        concerns=st.sampled_from([ONE, TWO]),
        owner=st.sampled_from(["Operations", "Model developer"]),
        age=st.sampled_from(sorted({NEW, SEEN, REOPENED})),
    ),
    max_size=170,
)


@settings(max_examples=60, deadline=None)
@given(
    ENTRIES,
    st.sampled_from(["pair", "rule", "owner"]),
    st.sampled_from([(), ("critical",), ("major", "info")]),
)
def test_the_pages_together_show_every_finding_once(entries, group, severities):
    first = listing(entries, Filters(group=group, severities=severities))
    pages = [
        listing(entries, Filters(group=group, severities=severities, page=number + 1))
        for number in range(first.pages)
    ]

    shown = [each for page in pages for _, some in page.here for each in some]
    wanted = [each for each in entries if not each.waits and (not severities or each.severity in severities)]
    assert sorted(shown) == sorted(wanted)
    assert first.shown == len(wanted) == sum(each.size for each in first.groups)
    assert sum(first.severities.values()) == first.total
    assert all(sum(len(some) for _, some in page.here) <= PER_PAGE for page in pages)
