"""`tec-ignore.yaml`: what can be written, and how exactly a broken file is complained of."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from descriptors.reading import ReadProblem
from mismatch.ignoring.file import MAX_BYTES, NAME, as_file, entries_from
from mismatch.ignoring.matching import Decision, Entry, Pattern
from mismatch.reports import Settlement
from tec.cli.checking import IGNORE_FILE
from tests.workers import ROOT


def test_an_entry_says_all_it_can_say() -> None:
    text = """
version: 1
ignore:
  - rule: TEC-3A
    places:
      - trained_model/output_spec/*/item_type
      - /inputs/**/a~1b
      - raw_data
    reason: >
      The vendor
      agreed.
    accepted_by: Ana
    expires: 2027-01-31
  - {rule: TEC-8, reason: It is no framework., decision: dismiss, expires: never}
"""
    first, second = entries_from("x", text.encode())
    assert first == Entry(
        "TEC-3A",
        "The vendor agreed.",
        (
            Pattern("trained_model", ("output_spec", "*", "item_type")),
            Pattern("", ("inputs", "**", "a/b")),
            Pattern("raw_data", ()),
        ),
        "Ana",
        date(2027, 1, 31),
        file="x",
        line=4,
    )
    assert second == Entry("TEC-8", "It is no framework.", standing="dismissed", file="x", line=14)


@pytest.mark.parametrize("text", ["", "# nothing\n", "ignore:\n", "ignore: []", "[]"])
def test_a_file_without_entries_decides_nothing(text: str) -> None:
    assert entries_from("x", text.encode()) == []


def test_a_bare_list_and_other_names_of_keys_are_understood() -> None:
    text = "- rule: A\n  pointers: raw_data/items\n  statement: Because.\n  until: '2027-01-31'\n"
    assert entries_from("x", text.encode()) == [
        Entry("A", "Because.", (Pattern("raw_data", ("items",)),), until=date(2027, 1, 31), file="x")
    ]


ROW = "ignore:\n  - rule: TEC-3A\n    reason: Known.\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("just words", "line 1: there is no list of entries. Write “ignore:”"),
        ("ignored: []", "line 1: “ignored” is no key here. Did you mean “ignore”?"),
        ("version: 1", "the key “ignore” is missing"),
        ("version: 2\nignore: []", "line 1: this version of the file is not known"),
        ("ignore:\n  - TEC-3A", "line 2: an entry is no group of keys"),
        ("ignore:\n  - reason: a", "line 2: the entry has no rule"),
        ("ignore:\n  - rule: a\n    reason: ' '", "line 2: the entry has no reason"),
        ("ignore:\n  - rule: 3\n    reason: a", "line 2: “rule” is a number. Put it in quotes"),
        ("ignore:\n  - rule: [a]\n    reason: a", "line 2: “rule” is no text"),
        (ROW + "    reasons: b", "line 4: “reasons” is no key here. Did you mean “reason”?"),
        (ROW + "    statement: b", "line 4: “statement” and “reason” say the same thing"),
        (ROW + "    expires: tomorrow", "line 4: “tomorrow” is not a day. Write it as 2027-12-31"),
        (ROW + "    expires: 2027-02-30", "line 4: “2027-02-30” is not a day"),
        (ROW + "    until: 20270131", "line 4: “until” is a number"),
        (ROW + "    decision: accepted", "line 4: “accepted” is no decision. Write accept"),
        (ROW + "    places: []", "line 4: “places” is an empty list"),
        (ROW + "    places: {a: b}", "line 4: “places” is no list"),
        (ROW + "    places:\n      - raw_data\n      - rawdata/x", "line 6: “rawdata” is no descriptor. Did you mean “raw_data”?"),
        (ROW + "    places: [1]", "line 4: a place is no text"),
        (ROW + "    reason: again", "line 4, column 5, at /ignore/0/reason: the key “reason” occurs twice"),
        ("a: &a [x, x]\nb: [*a, *a]", "anchors (&) and aliases (*) are not taken"),
        ("ignore: !!python/object/apply:os.system [ls]", "tags"),
        ("ignore:\n\t- rule: a", "line 2"),
        ("[" * 50 + "]" * 50, "it is nested more than"),
        ("#" * (MAX_BYTES + 1), "is the limit"),
        (
            "ignore:\n" + ROW.partition("\n")[2] * 2001,
            "there are 2,001 entries without a fingerprint, and 2,000 is the limit",
        ),
        ("ignore:\n" + "- a\n" * 20_001, "there are 20,001 entries, and 20,000 is the limit"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_line_and_remedy(text: str, words: str) -> None:
    with pytest.raises(ReadProblem) as problem:
        entries_from("my.yaml", text.encode())
    assert str(problem.value).startswith("my.yaml")
    assert words in str(problem.value)


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z", "Cn", "Co"]), min_size=1, max_size=20)


@given(
    st.builds(
        Decision,
        TEXT,
        st.lists(st.sampled_from(["raw_data/items/*/name", "trained_model"]), max_size=2).map(tuple),
        st.builds(
            Settlement,
            st.sampled_from(["accepted", "dismissed"]),
            TEXT,
            TEXT,
            st.just("") | st.dates().map(str),
            st.just(""),
        ),
        st.just("0" * 32) | st.just("1e5"),
        st.just("f" * 32),
    )
)
def test_what_is_written_is_read_back(decision: Decision) -> None:
    (entry,) = entries_from("x", as_file([decision]))
    assert (entry.rule, entry.settlement) == (decision.rule, decision.settlement)
    assert (entry.fingerprint, entry.values) == (decision.fingerprint, decision.values)
    assert len(entry.patterns) == len(decision.places)


def test_the_command_line_looks_for_the_file_of_this_name() -> None:
    assert IGNORE_FILE == NAME


def test_the_example_of_the_documentation_is_one() -> None:
    text = (ROOT / "docs/cli.md").read_text("utf-8")
    (example,) = re.findall(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    first, second = entries_from("x", example.encode())
    assert (first.rule, first.accepted_by, first.until) == ("TEC-3A", "Ana", date(2027, 3, 31))
    assert (second.rule, second.standing) == ("TEC-8", "dismissed")
