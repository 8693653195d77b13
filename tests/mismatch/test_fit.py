"""Fit and coverage: what they are, and that the one is never shown without the other."""

from __future__ import annotations

import json

import pytest

from mismatch.engine import RULES, check
from mismatch.findings import Finding, Place, Report
from mismatch.fit import CATEGORIES, WEIGHTS, Fit, Score, category, fit, pairs_of
from tests.examples import example

LOAN = example("consumer-loan-default")
TRIAGE = example("emergency-triage")


def fit_of(documents: dict[str, object]) -> Fit:
    return fit(check(documents), documents)


def found(code: str, severity: str, *pointers: str) -> Finding:
    rule = next(rule for rule in RULES if rule.code == code)
    places = tuple(Place(rule.reads[0], pointer) for pointer in pointers)
    key = f"{code} {pointers}"
    return Finding(rule.slug, code, "mismatch", "fail", severity, "", "", places, key)


def test_an_empty_project_has_no_fit_and_a_coverage_of_nothing():
    result = fit_of({})

    assert result.whole.fit is None
    assert result.whole.coverage == 0


def test_a_clean_project_fits_all_through_as_far_as_it_can_be_judged():
    whole = fit_of(LOAN).whole

    assert whole.fit == 100
    assert 80 <= whole.coverage <= 100


def test_a_project_with_many_mismatches_fits_worse():
    whole = fit_of(TRIAGE).whole

    assert whole.fit is not None
    assert whole.fit < 85
    assert whole.failed > 5


def test_a_document_that_is_taken_away_costs_coverage_not_fit():
    fewer = {name: body for name, body in LOAN.items() if name != "production_environment"}

    assert fit_of(fewer).whole.coverage < fit_of(LOAN).whole.coverage
    assert fit_of(fewer).whole.fit == 100


def test_a_critical_finding_leaves_a_rule_nothing():
    report = Report([found("TEC-3A", "critical", "/output_spec/0/item_type")], {"TEC-3A": "fail"})

    assert fit(report, LOAN).whole == Score(0, 10, 10, 1, 1)


def test_a_finding_costs_the_share_of_the_rows_it_is_about():
    documents = {"system_context": {"goals": [{}, {}, {}, {}]}}
    report = Report([found("TEC-1", "major", "/goals/1")], {"TEC-1": "fail"})

    assert fit(report, documents).whole.earned == pytest.approx(5 * 3 / 4)


def test_a_finding_of_lower_severity_costs_less_and_one_worth_knowing_nothing():
    documents = {"system_context": {"goals": [{}]}}

    minor = fit(Report([found("TEC-1", "minor", "/goals/0")], {"TEC-1": "fail"}), documents).whole
    info = fit(Report([found("TEC-1", "info", "/goals/0")], {"TEC-1": "fail"}), documents).whole

    assert minor.earned == pytest.approx(3)
    assert (info.earned, info.failed) == (5, 0)


def test_what_explains_another_finding_does_not_cost_twice():
    first = found("TEC-1", "major", "/goals/0")
    second = found("X510", "minor", "/goals/0")._replace(explains=(first.fingerprint,))
    outcomes = {"TEC-1": "fail", "X510": "fail"}

    assert fit(Report([first, second], outcomes), LOAN).whole.failed == 1


def test_what_cannot_be_told_counts_as_applicable_only():
    assert fit(Report([], {"TEC-1": "cannot-tell"}), {}).whole == Score(0, 0, 5, 0, 0)


def test_what_does_not_apply_counts_nowhere():
    assert fit(Report([], {"TEC-1": "not-applicable"}), {}).whole == Score()


def test_every_rule_has_a_category_and_those_of_both_packs_one_of_their_own():
    assert {category(rule) for rule in RULES} <= set(CATEGORIES)
    assert all(category(rule) != "own" for rule in RULES if rule.pack in ("tec", "x"))


def test_the_whole_is_the_sum_of_the_categories():
    result = fit_of(TRIAGE)
    total = Score()
    for score in result.categories.values():
        total = total.plus(score)

    assert total == pytest.approx(result.whole)


def test_a_rule_on_two_documents_counts_in_their_pair_and_a_rule_on_one_in_itself():
    outcomes = {rule.code: "pass" for rule in RULES}
    pairs = fit(Report([], outcomes), LOAN).pairs

    assert pairs["system_context", "trained_model"].fit == 100
    assert pairs["trained_model", "trained_model"].rules > 3
    assert all(len(rule.reads) > 3 or pairs_of(rule) for rule in RULES)
    assert set(pairs) == {pair for rule in RULES if rule.severity in WEIGHTS for pair in pairs_of(rule)}


def test_a_hundred_per_cent_means_all_of_it():
    assert Score(999.9, 1000, 1000).fit == 99
    assert Score(1000, 1000, 1000.1).coverage == 99


def test_what_is_kept_of_it_is_read_back_to_the_last_digit():
    score = fit_of(TRIAGE)
    kept = json.loads(json.dumps(score.to_keep()))

    assert Fit.kept(kept) == score
    assert [*Fit.kept(kept).pairs] == [*score.pairs]


def test_reports_get_plain_figures():
    data = fit_of(LOAN).as_json()

    assert data["fit"] == 100
    assert isinstance(data["coverage"], int)
    assert data["pairs"][0]["descriptors"][0] == "system_context"
    assert set(data["categories"]) <= set(CATEGORIES)
