"""Rules of one's own: silent and firing by operator, refused with their line, and never more than data."""

from __future__ import annotations

import copy
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from descriptors.catalogue import DESCRIPTORS
from mismatch.engine import check
from mismatch.own.files import OwnRuleProblem, case_results, check_definition, read_rules_file
from mismatch.own.operators import OPERATORS
from mismatch.own.rules import compiled
from mismatch.profiles.profile import Deviation, Profile
from tests.effort import calls
from tests.mismatch.test_any_document import ANYTHING, relaxed

RULE: dict[str, Any] = {
    "code": "U1",
    "title": "A goal is measured by another metric than the model reports.",
    "why": "Nobody can say whether the goal is met.",
    "severity": "major",
    "left": "system_context:/goals/*/metric",
    "right": "trained_model:/business_metrics/*/metric",
    "join": {"left": "id", "right": "goal_mapping"},
    "operator": "equal",
    "message": "{name} is measured by {left}, but the model reports {right}.",
    "remedy": "Agree on {left} or {right}.",
    "tests": [
        {"name": "another metric", "fires": 1, "documents": {
            "system_context": {"goals": [{"id": "G-1", "metric": "recall"}]},
            "trained_model": {"business_metrics": [{"metric": "accuracy", "goal_mapping": "G-1"}]}}},
        {"name": "the same metric", "fires": 0, "documents": {
            "system_context": {"goals": [{"id": "G-1", "metric": "recall"}]},
            "trained_model": {"business_metrics": [{"metric": " recall", "goal_mapping": "G-1"}]}}},
    ],
}  # fmt: skip


def rule(**over: Any) -> dict[str, Any]:
    return {**copy.deepcopy(RULE), **over}


def plain_rule(operator: str, right: Any = "trained_model:/model_name", **over: Any) -> dict[str, Any]:
    """One value against another, or against *over*'s own value."""
    made = rule(left="system_context:/task", operator=operator, **over)
    del made["join"], made["right"]
    return made if "value" in made or "values" in made else {**made, "right": right}


def outcome(definition: dict[str, Any], left: Any, right: Any = None) -> str:
    documents = {
        "system_context": {"version": "1.2", "task": left},
        "trained_model": {"version": "1.2", "model_name": right},
    }
    return check(documents, ["U1"], profile=Profile(own=[compiled(definition)])).outcomes["U1"]


def test_the_example_is_sound_and_its_cases_come_out():
    assert check_definition(RULE, ()) == []
    assert [(case.passed, case.found) for case in case_results(RULE)] == [
        (True, ["“G-1” is measured by “recall”, but the model reports “accuracy”."]),
        (True, []),
    ]


@pytest.mark.parametrize(
    ("operator", "over", "left", "right", "expected"),
    [
        ("equal", {}, "a", " a ", "pass"),
        ("equal", {}, "1.0", 1, "pass"),
        ("equal", {}, "é", "e\u0301", "pass"),
        ("equal", {}, "a", "b", "fail"),
        ("equal", {}, "", "b", "cannot-tell"),
        ("equal", {"value": "a"}, "b", None, "fail"),
        ("not-equal", {}, "a", "b", "pass"),
        ("not-equal", {}, "a", "a", "fail"),
        ("at-most", {}, 5, "5", "pass"),
        ("at-most", {}, 6, 5, "fail"),
        ("at-most", {"value": 5}, "many", None, "cannot-tell"),
        ("at-least", {"value": 5}, 5, None, "pass"),
        ("at-least", {"value": 5}, 4.9, None, "fail"),
        ("within", {"tolerance": 0.1}, 1, 1.1, "pass"),
        ("within", {"tolerance": 0.1}, 1, 1.2, "fail"),
        ("within", {"tolerance": 0.1, "relative": True}, 91, 100, "pass"),
        ("within", {"tolerance": 0.1, "relative": True}, 89, 100, "fail"),
        ("subset", {}, ["a"], ["b", "a"], "pass"),
        ("subset", {}, ["a", "c"], ["b", "a"], "fail"),
        ("same-type-family", {}, "Int32", "integer", "pass"),
        ("same-type-family", {}, "Int32", "varchar(3)", "fail"),
        ("same-type-family", {}, "Int32", "prose about it", "cannot-tell"),
        ("same-unit", {}, "ms", "milliseconds", "pass"),
        ("same-unit", {}, "ms", "s", "fail"),
        ("present-if-present", {}, "a", "b", "pass"),
        ("present-if-present", {}, "", "", "pass"),
        ("present-if-present", {}, "a", " ", "fail"),
        ("one-of", {"values": ["a", 1]}, "1", None, "pass"),
        ("one-of", {"values": ["a", 1]}, "2", None, "fail"),
    ],
)  # fmt: skip
def test_an_operator(operator, over, left, right, expected):
    assert outcome(plain_rule(operator, **over), left, right) == expected


def test_every_operator_is_tried_above():
    tried = {
        "equal",
        "not-equal",
        "at-most",
        "at-least",
        "within",
        "subset",
        "same-type-family",
        "same-unit",
        "present-if-present",
        "one-of",
    }

    assert set(OPERATORS) == tried


def test_it_cannot_tell_without_a_document():
    report = check({"system_context": {"goals": []}}, ["u1"], profile=Profile(own=[compiled(RULE)]))

    assert report.outcomes == {"U1": "cannot-tell"}


def test_a_finding_is_like_any_other():
    documents = RULE["tests"][0]["documents"]
    [found] = check(documents, ["U1"], profile=Profile(own=[compiled(RULE)])).findings

    assert (found.rule, found.code, found.kind, found.severity) == ("u1", "U1", "mismatch", "major")
    assert found.remedy == "Agree on “recall” or “accuracy”."
    assert [(each.descriptor, each.pointer, each.value) for each in found.places] == [
        ("system_context", "/goals/0/metric", "recall"),
        ("trained_model", "/business_metrics/0/metric", "accuracy"),
    ]


def test_a_profile_may_switch_it_off_or_regrade_it():
    documents, own = RULE["tests"][0]["documents"], [compiled(RULE)]
    off = Profile([Deviation("u1", "U1", "major", False)], own=own)
    mild = Profile([Deviation("u1", "U1", "major", True, "info")], own=own)

    assert not [each for each in check(documents, profile=off).findings if each.code == "U1"]
    assert [each.severity for each in check(documents, profile=mild).findings if each.code == "U1"] == [
        "info"
    ]


def test_the_order_of_rows_does_not_matter():
    def names(goals):
        documents = {
            "system_context": {"goals": goals},
            "trained_model": {
                "business_metrics": [{"metric": "x", "goal_mapping": f"G-{n}"} for n in range(3)]
            },
        }
        found = check(documents, ["U1"], profile=Profile(own=[compiled(RULE)])).findings
        return sorted(each.fingerprint for each in found)

    goals = [{"id": f"G-{n}", "metric": "recall"} for n in range(3)]
    assert names(goals) == names(goals[::-1])
    assert len(set(names(goals))) == 3


def test_names_may_be_joined_however_they_are_spelled():
    documents = {
        "system_context": {"goals": [{"id": "g_1", "metric": "recall"}]},
        "trained_model": {"business_metrics": [{"metric": "x", "goal_mapping": "G-1"}]},
    }
    loose = rule(join={"left": "id", "right": "goal_mapping", "match": "name"})

    assert check(documents, ["U1"], profile=Profile(own=[compiled(RULE)])).outcomes["U1"] == "not-applicable"
    assert check(documents, ["U1"], profile=Profile(own=[compiled(loose)])).outcomes["U1"] == "fail"


def test_ten_thousand_rows_are_joined_in_no_time():
    goals = [{"id": f"G-{n}", "metric": "a"} for n in range(10_000)]
    metrics = [{"metric": "b", "goal_mapping": f"G-{n}"} for n in range(10_000)]
    documents = {"system_context": {"goals": goals}, "trained_model": {"business_metrics": metrics}}
    before = time.process_time()

    report = check(documents, ["U1"], profile=Profile(own=[compiled(RULE)]))

    assert len(report.findings) == 500  # the most that one rule of one's own reports
    assert time.process_time() - before < 3


@pytest.mark.parametrize(
    ("operator", "against"),
    [
        ("subset", {"right": "production_data:/schema/*/field_name"}),
        ("not-equal", {"right": "production_data:/schema/*/field_name"}),
        ("one-of", {"values": [f"f{number}" for number in range(1000)]}),
    ],
)
def test_a_list_is_compared_with_another_in_linear_time(operator, against):
    definition = plain_rule(operator, **against) | {"left": "training_data:/schema/*/field_name"}

    def effort(rows: int) -> int:
        schema = [{"field_name": f"f{number}"} for number in range(rows)]
        bodies = {"training_data": {"schema": schema}, "production_data": {"schema": schema}}
        return calls(lambda: list(compiled(definition).apply(bodies, None)))

    assert effort(1000) < 3 * effort(500)


def test_what_people_wrote_is_text_in_a_message():
    documents = copy.deepcopy(RULE["tests"][0]["documents"])
    documents["system_context"]["goals"][0]["metric"] = "{right} {0} %s {name.__class__}" + "x" * 9000
    [found] = check(documents, ["U1"], profile=Profile(own=[compiled(RULE)])).findings

    assert "{right} {0} %s {name.__class__}" in found.message
    assert len(found.message) < 600


YAML = """\
rules:
  - code: U7
    title: A task has no name.
    why: Nobody knows what it is about.
    severity: minor
    left: system_context:/task
    operator: one-of
    values: [Classification, Regression]
    message: "{left} is no task that we have."
    remedy: Choose one.
    tests:
      - name: a known one
        fires: 0
        documents: {system_context: {task: Regression}}
      - name: an unknown one
        fires: 1
        documents: {system_context: {task: Alchemy}}
"""


def test_a_file_is_read_and_its_cases_are_tried():
    [found] = read_rules_file(YAML.encode())

    assert (found.code, found.slug, found.reads, found.pack) == ("U7", "u7", ("system_context",), "own")
    assert found.example == "It fires: an unknown one. It is silent: a known one."


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("rules:", "rule:", "line 1: it has to hold “rules:”"),
        ("code: U7", "code: X7", "line 2: “code” has to be U and a number"),
        ("    title: A task has no name.\n", "", "line 2: the rule lacks title"),
        ("severity: minor", "severity: bad", "line 5: “bad” is no severity"),
        ("severity: minor", "severe: minor", "line 5: “severe” is no key of a rule"),
        ("system_context:/task", "context:/task", "line 6: “left” names “context”, which is no descriptor"),
        ("system_context:/task", "system_context:/tasc", "line 6: “left” names a field that system_context does not have (did you mean “task”?)"),
        ("system_context:/task", "task", "line 6: “left” has to name a place"),
        ("operator: one-of", "operator: matches", "line 7: “matches” is no operator"),
        ("operator: one-of", "operator: equal", "line 7: equal compares “left” with right or value"),
        ("values: [Classification, Regression]", "values: Regression", "line 8: “values” has to be a list"),
        ("fires: 1", "fires: 2", "line 15: the case “an unknown one” expects 2 findings, but there are 1"),
        ("fires: 1", "fires: yes", "line 16: “fires” is how many findings"),
        ("task: Alchemy", "task: Regression", "line 15: the case “an unknown one” expects 1 findings, but there are 0"),
        ("        fires: 0", "        fires: 1", "line 11: a firing and a silent case are needed"),
        ("title: A task", "title: &a A task", "line 3, column 12, at /rules/0/title: anchors"),
        ("title: A task has no name.", f"title: {'x' * 201}", "line 3: “title” has 201 characters"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(old, new, words):
    assert old in YAML
    with pytest.raises((OwnRuleProblem, ValueError)) as caught:
        read_rules_file(YAML.replace(old, new).encode(), name="tec-rules.yaml")

    assert words in str(caught.value)
    assert str(caught.value).startswith("tec-rules.yaml: ")


def test_the_example_in_the_documentation_works():
    text = (Path(__file__).resolve().parents[3] / "docs" / "own-rules.md").read_text("utf-8")
    example = text.partition("```yaml\n")[2].partition("```")[0]

    assert len(read_rules_file(example.encode())) == 2


@relaxed(150)
@given(
    st.dictionaries(st.sampled_from(DESCRIPTORS), ANYTHING, max_size=8),
    st.sampled_from(sorted(OPERATORS)),
)
def test_no_document_makes_a_rule_of_ones_own_raise(documents, operator):
    extra = {"one-of": {"values": ["a"]}, "within": {"tolerance": 1}}.get(operator, {})
    joined = {
        key: value
        for key, value in rule(operator=operator, **extra).items()
        if "values" not in extra or key not in ("right", "join")
    }

    for made in (joined, plain_rule(operator, **extra)):
        report = check(documents, ["U1"], profile=Profile(own=[compiled(made)]))
        assert len(report.findings) <= 500


@relaxed(100)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.just(RULE),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from([*RULE, "value", "values", "tolerance", "x"]), inner, max_size=9
            )
        ),
        max_leaves=9,
    )
)
def test_any_definition_is_sound_or_refused(definition):
    assert isinstance(check_definition(definition, ()), list)
    assert isinstance(
        check_definition({**RULE, **definition} if isinstance(definition, dict) else definition, ()), list
    )
