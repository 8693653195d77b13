"""The JUnit report, read back with a library that build servers' tools use."""

from __future__ import annotations

import pytest
from junitparser import Failure, JUnitXml, Skipped, TestCase, TestSuite

from mismatch.reports import Settlement
from tests.mismatch.reports.checked import HOSTILE, OUTPUT, finding, rendered


def suites(text: str) -> list[TestSuite]:
    """The suites; their counts have to be right."""
    read = JUnitXml.fromstring(text.encode())
    found = list(read)
    for suite in found:
        said = (suite.tests, suite.failures, suite.skipped, suite.errors)
        suite.update_statistics()
        assert said == (suite.tests, suite.failures, suite.skipped, suite.errors)
    assert read.tests == sum(suite.tests for suite in found)
    assert read.failures == sum(suite.failures for suite in found)
    return found


def cases(text: str) -> dict[str, TestCase]:
    return {f"{case.classname} {case.name}": case for suite in suites(text) for case in suite}


def test_what_fails_the_build_is_a_failure_and_the_rest_is_said_but_passes() -> None:
    found = cases(rendered("junit", finding("a", "major"), finding("b", "minor", code="TEC-3B")))
    failed = found["trained_model.output_spec.1.item_type TEC-3A output-type-mismatch"]
    [failure] = failed.result
    assert isinstance(failure, Failure)
    assert failure.type == "major"
    assert failure.message == "The output “risk” is an Integer, but the input it feeds takes Text."
    assert failure.text == (
        "Severity: major\n"
        "a/model.json:7:7: Trained Model › Output specification 2 › Item type: “Integer”\n"
        "a/env.json:4:7: Development Environment › Inputs 1 › Item type: “Text”\n"
        "What to do: Agree on one type."
    )
    passed = found["trained_model.output_spec.1.item_type TEC-3B output-type-mismatch"]
    assert passed.is_passed
    assert "Severity: minor" in str(passed.system_out)


@pytest.mark.parametrize(("fail_on", "failing"), [("critical", 1), ("minor", 3), ("info", 4), ("never", 0)])
def test_what_fails_is_chosen(fail_on: str, failing: int) -> None:
    severities = ("critical", "major", "minor", "info")
    found = [finding(str(number), each) for number, each in enumerate(severities)]
    assert sum(suite.failures for suite in suites(rendered("junit", *found, fail_on=fail_on))) == failing


def test_rules_that_found_nothing_are_cases_too_and_those_that_cannot_tell_are_skipped() -> None:
    found = cases(rendered("junit"))
    assert found["rules TEC-2"].is_passed
    assert found["rules TEC-3A"].is_passed
    [skipped] = found["rules TEC-1"].result
    assert isinstance(skipped, Skipped)


def test_the_same_rule_at_the_same_place_is_another_case() -> None:
    found = cases(rendered("junit", finding("a"), finding("b")))
    assert len(found) == 4
    assert any(name.endswith("#2") for name in found)


def test_settled_and_known_findings_do_not_fail() -> None:
    decided = {"a" * 32: Settlement("dismissed", "it is a test", "Ana")}
    text = rendered("junit", finding("a"), finding("b"), finding("c"), decided=decided, known={"b" * 32})
    assert [case.is_passed for case in suites(text)[0]] == [True, True, False]
    assert "Decision: not a problem by Ana: it is a test." in text
    assert "Known since the baseline." in text


def test_any_text_is_sound_xml() -> None:
    place = OUTPUT._replace(value=HOSTILE, pointer=f"/{HOSTILE}", label=HOSTILE)
    text = rendered("junit", finding(message=HOSTILE, remedy=HOSTILE, places=(place,)))
    [failure] = suites(text)[0].__iter__().__next__().result
    assert r"<script>alert(1)</script> & {0}" in failure.message
    assert r"\x1b[31m\x00\u202eltr" in failure.message


def test_nothing_at_all_is_still_a_report() -> None:
    assert len(suites(rendered("junit", outcomes={"TEC-1": "not-applicable"}))) == 1
