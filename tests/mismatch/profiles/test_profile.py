"""Profiles: what they change, what they leave alone, and how well they say what is wrong with them."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from descriptors.catalogue import DESCRIPTORS
from mismatch.engine import RULES, check, required_codes
from mismatch.findings import SEVERITIES, Report
from mismatch.profiles.profile import Deviation, Profile, combined, read_rules, subjects
from tests.examples import example
from tests.mismatch.test_any_document import ANYTHING, BASES, SPOTS, relaxed

SUBJECTS = subjects()
TRIAGE = example("emergency-triage")


def profile(**rules: dict[str, Any]) -> Profile:
    """The profile that wants *rules*, by code with _ for -, otherwise."""
    tables = {code.replace("_", "-"): {"reason": "Agreed.", **table} for code, table in rules.items()}
    deviations, faults = read_rules(tables, SUBJECTS)
    assert faults == []
    return Profile(deviations)


def faults(**rules: Any) -> list[str]:
    tables = {code.replace("_", "-"): table for code, table in rules.items()}
    return [f"{fault.what}. {fault.remedy}" for fault in read_rules(tables, SUBJECTS)[1]]


def by_rule(report: Report, slug: str) -> list[Any]:
    return [found for found in report.findings if found.rule == slug]


def test_without_a_profile_a_report_has_none():
    assert check(TRIAGE).profile is None
    assert check(TRIAGE, profile=Profile()).profile is None
    assert Profile().digest == ""


def test_a_profile_can_be_about_everything_that_a_check_can_report():
    assert {each.code for each in SUBJECTS.values()} == {rule.code for rule in RULES} | set(required_codes())


def test_what_is_switched_off_is_not_reported_and_has_no_outcome():
    there = check(TRIAGE)
    wanted = profile(TEC_1={"enabled": False}, SC_04={"enabled": False})
    report = check(TRIAGE, profile=wanted)

    assert there.outcomes["TEC-1"]
    assert "TEC-1" not in report.outcomes
    assert report.profile is wanted
    assert not by_rule(report, "goal-without-metric")


def test_an_absence_can_be_switched_off_and_its_fields_stay_unreported():
    report = check({}, profile=profile(SC_00={"enabled": False}))

    assert [found.code for found in report.findings] == [
        f"{code}-00" for code in ("RD", "DP", "TD", "TM", "DE", "PE", "PD")
    ]


def test_a_required_field_can_be_regraded():
    documents = {"system_context": {"version": "1.2"}}
    usual = {found.code: found.severity for found in check(documents).findings}
    graded = {
        found.code: found.severity
        for found in check(documents, profile=profile(SC_01={"severity": "critical"})).findings
    }

    assert (usual["SC-01"], graded["SC-01"]) == ("minor", "critical")
    assert usual | {"SC-01": ""} == graded | {"SC-01": ""}


def outputs(here: str, there: str) -> dict[str, Any]:
    """A model whose one output has a type *here*, and one *there* where it goes."""
    return {
        "trained_model": {
            "version": "1.2",
            "output_spec": [
                {
                    "item_name": "level",
                    "item_type": here,
                    "component_mapping": {"component": "board", "data_item": "in"},
                }
            ],
        },
        "development_environment": {
            "version": "1.2",
            "downstream_components": [
                {"component_name": "board", "input_spec": [{"item_name": "in", "item_type": there}]}
            ],
        },
    }


@pytest.mark.parametrize(
    ("types", "wanted", "severity"),
    [
        (("Integer", "String"), "", "critical"),
        (("Integer", "String"), "info", "info"),
        (("Integer", "String"), "major", "major"),
        (("Text", "String"), "", "minor"),
        (("Text", "String"), "major", "minor"),  # the rule itself grades it milder than usual
        (("Text", "String"), "info", "info"),
    ],
)  # fmt: skip
def test_a_severity_is_the_most_that_a_finding_gets_and_milder_ones_stay_milder(types, wanted, severity):
    chosen = profile(TEC_3A={"severity": wanted}) if wanted else None

    found = by_rule(check(outputs(*types), profile=chosen), "output-type-mismatch")

    assert [each.severity for each in found] == [severity]


def test_what_cannot_be_told_stays_for_information():
    documents = {"system_context": TRIAGE["system_context"]}

    found = by_rule(check(documents, profile=profile(TEC_1={"severity": "critical"})), "goal-without-metric")

    assert [(each.outcome, each.severity) for each in found] == [("cannot-tell", "info")]


def test_a_tolerance_is_what_the_profile_says():
    shares = {
        "training_data": {
            "version": "1.2",
            "distribution": [{"label": "a", "percentage": 60}, {"label": "b", "percentage": 37}],
        }
    }

    assert by_rule(check(shares), "shares-not-100")
    assert not by_rule(check(shares, profile=profile(X305={"params": {"points": 5}})), "shares-not-100")
    assert by_rule(check(shares, profile=profile(X305={"params": {"points": 1}})), "shares-not-100")


def test_the_original_rules_go_by_the_tolerances_of_those_they_follow():
    documents = copy.deepcopy(example("diecast-surface-inspection"))
    usual = by_rule(check(documents), "distribution-mismatch")
    wide = {"minor_difference": 1, "major_difference": 1, "minor_psi": 10, "major_psi": 10}

    found = by_rule(check(documents, profile=profile(X308={"params": wide})), "distribution-mismatch")

    assert {each.severity for each in usual} == {"major", "minor"}
    assert {each.severity for each in found} == {"info"}


def test_a_project_answers_for_a_whole_rule_in_place_of_the_organisation():
    theirs = profile(TEC_1={"enabled": False}, TEC_2={"severity": "info"}).deviations
    ours = profile(TEC_2={"enabled": False}).deviations

    found = {each.code: (each.enabled, each.severity, each.origin) for each in combined(theirs, ours)}

    assert found == {"TEC-1": (False, "", "organisation"), "TEC-2": (False, "", "project")}


def test_the_digest_is_that_of_the_content_whatever_its_order():
    one = profile(TEC_1={"enabled": False}, TEC_2={"severity": "info"})
    other = profile(TEC_2={"severity": "info"}, TEC_1={"enabled": False})

    assert one.digest == other.digest
    assert one.digest != profile(TEC_1={"enabled": False}).digest
    assert len(one.digest) == 64


def test_it_names_the_critical_rules_that_are_off():
    wanted = profile(TEC_3A={"enabled": False}, TEC_1={"enabled": False}, TEC_12={"severity": "info"})

    assert [each.code for each in wanted.critical_off] == ["TEC-3A"]


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"TEC_99": {"reason": "x"}}, "there is no rule “TEC-99”. Did you mean “tec-9”?"),
        ({"TEC_1": {"enabled": False}}, "TEC-1 has no reason. Say in “reason” why"),
        ({"TEC_1": {"enabled": False, "reason": "  "}}, "TEC-1 has no reason"),
        ({"TEC_1": {"enabled": "no", "reason": "x"}}, "“enabled” has to be true or false"),
        ({"TEC_1": {"severity": "bad", "reason": "x"}}, "“bad” is no severity. Known: critical, major, minor, info."),
        ({"TEC_1": {"level": "bad", "reason": "x"}}, "“level” is no key of a rule"),
        ({"TEC_1": "off"}, "TEC-1 has to be a table"),
        ({"TEC_1": {"params": {"a": 1}, "reason": "x"}}, "TEC-1 has no parameters"),
        ({"X305": {"params": {"a": 1}, "reason": "x"}}, "X305 has no parameter “a”. Known: points, points_per_label."),
        ({"X305": {"params": {"points": -1}, "reason": "x"}}, "“points” has to be a number from 0 to 50. It is 0.5 unless it is set"),
        ({"X305": {"params": {"points": True}, "reason": "x"}}, "“points” has to be a number"),
        ({"X305": {"params": {"points": float("nan")}, "reason": "x"}}, "“points” has to be a number"),
        ({"X311": {"params": {"few": 1.5}, "reason": "x"}}, "“few” has to be a whole number from 1 to 1,000,000"),
        ({"X508": {"params": {"convention": "x"}, "reason": "x"}}, "“convention” has to be alarm or target"),
        ({"TEC_16": {"params": {"minor_psi": 1}, "reason": "x"}}, "TEC-16 goes by the parameters of X308"),
        ({"X308": {"reason": "x"}, "label_shift": {"reason": "x"}}, "X308 is named twice"),
        ({"TEC_1": {"reason": "x" * 1001}}, "1,001 characters, and 1,000 is the limit"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_what_to_do(rules, words):
    assert words in " ".join(faults(**rules))


REPORTS = {name: check(example(name)) for name in ("emergency-triage", "diecast-surface-inspection")}


@pytest.mark.parametrize("name", REPORTS)
def test_switching_a_rule_off_removes_its_findings_and_no_others(name):
    documents, before = example(name), REPORTS[name]
    for slug in {found.rule for found in before.findings}:
        after = check(documents, profile=Profile([Deviation(slug, slug, "minor", enabled=False)]))

        assert_only_gone(before, after, {slug})


def assert_only_gone(before: Report, after: Report, slugs: set[str]) -> None:
    """*after* is *before* without the findings of *slugs*, and without links to them."""
    left = [found for found in before.findings if found.rule not in slugs]
    there = {found.fingerprint for found in left}
    assert list(after.findings) == [
        found._replace(explains=tuple(each for each in found.explains if each in there)) for found in left
    ]


def deviation(slug: str) -> st.SearchStrategy[Deviation]:
    subject = SUBJECTS[slug]
    params = st.fixed_dictionaries(
        {},
        optional={
            name: st.sampled_from(each.choices)
            if each.choices
            else st.integers(int(each.least), int(each.most))
            if isinstance(each.default, int)
            else st.floats(each.least, each.most)
            for name, each in subject.settings.items()
        },
    )
    return st.builds(
        Deviation,
        st.just(slug),
        st.just(subject.code),
        st.just(subject.severity),
        st.booleans(),
        st.sampled_from(("", *SEVERITIES)),
        params,
        st.just("Agreed."),
    )


deviations = st.lists(st.sampled_from(sorted(SUBJECTS)), max_size=12, unique=True).flatmap(
    lambda slugs: st.tuples(*map(deviation, slugs))
)


@relaxed(150)
@given(deviations, st.data())
def test_any_profile_over_any_document_ends_with_a_report(wanted, data):
    number = data.draw(st.integers(0, len(BASES) - 1))
    documents = copy.deepcopy(BASES[number])
    for *way, last in data.draw(st.lists(st.sampled_from(SPOTS[number]), max_size=4)):
        holder: Any = documents
        for key in way:
            try:
                holder = holder[key]
            except (KeyError, IndexError, TypeError):
                break
        if isinstance(holder, dict) or (isinstance(holder, list) and last in range(len(holder))):
            holder[last] = data.draw(ANYTHING)

    report = check(documents, profile=Profile(wanted))

    off = {each.rule for each in wanted if not each.enabled}
    prints = {found.fingerprint for found in report.findings}
    assert not off & {found.rule for found in report.findings}
    assert all(set(found.explains) <= prints for found in report.findings)
    assert {found.severity for found in report.findings} <= set(SEVERITIES)


@relaxed(100)
@given(st.dictionaries(st.sampled_from(DESCRIPTORS), ANYTHING, max_size=8), deviations)
def test_a_profile_that_changes_nothing_changes_no_finding(documents, wanted):
    documents = {**BASES[0], **documents}
    idle = [
        each._replace(
            enabled=True,
            severity="",
            params={name: SUBJECTS[each.rule].settings[name].default for name in each.params},
        )
        for each in wanted
    ]

    before, after = check(documents), check(documents, profile=Profile(idle))

    assert str(after.findings) == str(before.findings)
    assert after.outcomes == before.outcomes


@relaxed(100)
@given(deviations)
def test_switching_any_rules_off_removes_exactly_what_they_find(wanted):
    off = [each._replace(enabled=False, severity="", params={}) for each in wanted]

    after = check(TRIAGE, profile=Profile(off))

    assert_only_gone(REPORTS["emergency-triage"], after, {each.rule for each in off})
