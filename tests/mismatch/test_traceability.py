"""From goal to log: the stations of a thread, and where it breaks."""

from __future__ import annotations

import copy
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mismatch.engine import check
from mismatch.findings import Place
from mismatch.lineage import lineage
from mismatch.traceability import COLUMNS, Marks, Trace, trace
from tests.examples import example
from tests.mismatch.findings import found

LOAN, SERVERS = example("consumer-loan-default"), example("server-anomaly-alerts")


def project(**fields: Any) -> dict[str, Any]:
    """One goal with one metric that is followed to the end."""
    goal = {"id": "G-01", "goal": "Less waste", "metric": "Waste", "baseline": "13 % in 2024"}
    limit = {"metric": "Recall", "operator": "less than", "threshold": 0.8, "goal_mapping": "G-01"}
    documents = {
        "system_context": {"version": "1.2", "goals": [goal]},
        "trained_model": {
            "version": "1.2",
            "algorithm_metrics": [limit],
            "evaluation_metrics": [{"metric": "Recall", "result": 0.9}],
            "test_metrics": [{"metric": "Other", "other_metric": "Sensitivity", "result": 0.88}],
            "user_system_feedback": [{"short_name": "Verdict"}],
            "log_data": [{"log": "Answers"}, {"log": "Daily recall"}],
        },
        "production_environment": {
            "version": "1.2",
            "algorithm_metrics": [{"metric": "Recall", "implementation": "Weekly job"}],
            "user_system_feedback": [{"feedback": "verdict"}],
        },
    }
    for path, value in fields.items():
        descriptor, _, field = path.partition("__")
        documents[descriptor][field] = value
    return documents


def breaks(found: Trace) -> list[tuple[str, str]]:
    return [(each.break_.column, each.break_.gap) if each.break_ else ("", "") for each in found.threads]


def test_a_thread_names_what_is_at_every_station():
    cells = trace(project()).threads[0].cells

    assert [cell.column for cell in cells] == list(COLUMNS)
    assert [cell.text for cell in cells] == [
        "G-01 Less waste",
        "Waste; 13 % in 2024",
        "Recall",
        "less than 0.8",
        "0.9",
        "0.88",
        "Weekly job",
        "Verdict",
        "Daily recall",
    ]
    assert trace(project()).traced == 1


def test_a_log_is_only_a_guess():
    assert [cell.column for cell in trace(project()).threads[0].cells if cell.guess] == ["log"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"system_context__goals": [{"id": "G-01", "goal": "Less"}]},
            ("yardstick", "no metric and no baseline"),
        ),
        (
            {"system_context__goals": [{"id": "", "goal": "Less", "metric": "a", "baseline": "b"}]},
            ("goal", "no number"),
        ),
        ({"trained_model__algorithm_metrics": []}, ("metric", "no metric measures it")),
        (
            {"trained_model__algorithm_metrics": [{"metric": "Recall", "goal_mapping": "G-01"}]},
            ("threshold", "no operator and no threshold"),
        ),
        ({"trained_model__evaluation_metrics": []}, ("evaluation", "no result of this metric")),
        ({"trained_model__test_metrics": []}, ("test", "no result of this metric")),
        ({"production_environment__algorithm_metrics": []}, ("collector", "nobody collects it")),
        (
            {"production_environment__algorithm_metrics": [{"metric": "Recall", "implementation": "TBD"}]},
            ("collector", "nobody says how"),
        ),
        ({"production_environment__user_system_feedback": []}, ("feedback", "no feedback brings them")),
        ({"trained_model__log_data": []}, ("log", "nothing is logged")),
    ],
)
def test_a_thread_breaks_where_something_is_missing(fields: dict[str, Any], expected: tuple[str, str]):
    found = trace(project(**fields))

    assert breaks(found) == [expected]
    assert found.traced == 0


def test_a_metric_in_words_of_the_domain_needs_neither_results_nor_true_answers():
    limit = {"metric": "Queue length", "operator": "greater than", "threshold": 9, "goal_mapping": "G-01"}
    collector = {"metric": "Queue length", "implementation": "Counter"}
    found = trace(
        project(
            trained_model__algorithm_metrics=[limit],
            trained_model__user_system_feedback=[],
            production_environment__algorithm_metrics=[collector],
        )
    )

    assert breaks(found) == [("", "")]


def test_an_untouched_goal_is_no_goal():
    assert trace(project(system_context__goals=[{"id": "G-01", "goal": ""}])).goals == 0


def test_findings_break_the_thread_at_the_station_they_are_about():
    documents = project(trained_model__test_metrics=[{"metric": "Recall", "result": 0.3}])
    found = trace(documents, check(documents).findings)

    assert breaks(found)[0][0] in ("threshold", "test")
    assert "X501" in {code for cell in found.threads[0].cells for code in cell.codes}


def test_what_hangs_loose_is_listed():
    documents = project()
    documents["trained_model"]["business_metrics"] = [{"metric": "Cost", "goal_mapping": "G-09"}]
    documents["production_environment"]["business_metrics"] = [{"metric": "Visitors"}]
    found = trace(documents)

    assert [cell.text for cell in found.aimless] == ["Cost"]
    assert [cell.text for cell in found.unasked] == ["Visitors"]


PLACES = st.tuples(
    st.sampled_from(["trained_model", "raw_data"]),
    st.sampled_from(["", "/a", "/a/0", "/a/0/b", "/a/0/c", "/a/1/b", "/a/10/b", "/ab", "/d~1e/2"]),
)


@given(data=st.lists(st.tuples(st.sampled_from("XYZ"), st.lists(PLACES, max_size=3)), max_size=12))
def test_a_place_is_marked_by_what_was_found_there_and_below_it_in_the_order_of_the_report(data: Any):
    findings = [
        found(str(number), code=code, places=tuple(Place(*each) for each in places))
        for number, (code, places) in enumerate(data)
    ]
    marks = Marks(findings)
    spots = dict.fromkeys(spot for _, places in data for spot in places)
    told = {spot: dict.fromkeys(code for code, places in data if spot in places) for spot in spots}

    for asked in (["/a"], ["/a/0"], ["/a/1/b"], ["/a/0/b", "/a/0/c"], [""], ["/d~1e", "/a"], ["/x"]):
        expected = dict.fromkeys(
            code
            for (name, at), codes in told.items()
            if name == "trained_model" and any(f"{at}/".startswith(f"{each}/") for each in asked)
            for code in codes
        )
        assert marks.at("trained_model", *asked) == tuple(expected)


def test_what_it_takes_grows_in_step_with_documents_and_findings():
    few, many = (min(seconds(size) for _ in range(2)) for size in (200, 2_000))

    assert many < 40 * few  # ten times as many rows and findings; each row beside each finding would be 100


def seconds(size: int) -> float:
    """How long it takes to follow that many goals and fields with a finding about each."""
    numbers = range(size)
    documents = {
        "system_context": {"goals": [{"id": f"G-{n}", "goal": "Less"} for n in numbers]},
        "trained_model": {
            "algorithm_metrics": [{"metric": f"Rate of {n}", "goal_mapping": f"G-{n}"} for n in numbers],
            "test_metrics": [{"metric": f"Rate of {n}", "result": 1} for n in numbers],
            "log_data": [{"log": f"Log of {n}th thing"} for n in numbers],
        },
        "production_environment": {"algorithm_metrics": [{"metric": f"Rate of {n}"} for n in numbers]},
        "raw_data": {"schema": [{"field_name": f"field {n}"} for n in numbers]},
    }
    findings = [
        found(
            str(n),
            places=(Place("raw_data", f"/schema/{n}/type"), Place("trained_model", f"/test_metrics/{n}")),
        )
        for n in numbers
    ]
    start = process_time()
    trace(documents, findings)
    lineage(documents, findings)
    return process_time() - start


def test_one_metric_of_several_goals_of_one_number_is_followed_for_each():
    twice = [
        {"id": "G-01", "goal": f"Less {what}", "metric": "m", "baseline": "1"} for what in ("waste", "heat")
    ]
    found = trace(project(system_context__goals=twice))

    assert [each.cells[0].text for each in found.threads] == ["G-01 Less waste", "G-01 Less heat"]
    assert found.threads[0].cells[2:] == found.threads[1].cells[2:]


def test_a_clean_project_is_traced_all_through():
    found = trace(LOAN, check(LOAN).findings)

    assert (found.traced, found.goals) == (3, 3)


def test_a_field_is_followed_from_raw_data_to_production():
    ways = {way.stops[1].name: way for way in lineage(LOAN).fields}

    assert [stop.name for stop in ways["amount"].stops] == ["loan_amount", "amount", "loan_amount"]
    assert ways["default_12m"].label
    assert ways["amount"].stops[0].spot == ("raw_data", "/schema/4")


def test_what_is_mapped_nowhere_has_nothing_on_the_other_side():
    found = lineage(SERVERS, check(SERVERS).findings)

    assert [[stop.name for stop in way.stops] for way in found.inputs if not way.stops[0].name] == [
        ["", "kernel_log_line"]
    ]
    assert [way.stops[1].name for way in found.outputs if not way.stops[0].name] == ["dedup_key", "team"]
    severity = next(way for way in found.outputs if way.stops[0].name == "severity")
    assert severity.stops[1].part_of == "Paging Service"
    assert "TEC-4A" in severity.stops[0].codes


def test_reports_get_plain_values():
    data = trace(LOAN).as_json()

    assert data["threads"][0]["cells"]["goal"]["descriptor"] == "system_context"
    assert data["threads"][0]["breaks_at"] is None
    assert len(lineage(LOAN).as_json()["inputs"]) == 8


BROKEN = st.sampled_from([None, "", 0, [], {}, [None], "text", [{"goal": 1}], {"a": [1]}])


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_document_however_broken_makes_it_raise(data: st.DataObject):
    documents = copy.deepcopy(SERVERS)
    for name, body in documents.items():
        for field in data.draw(st.lists(st.sampled_from(sorted(body)), max_size=3)):
            body[field] = data.draw(BROKEN)
        if data.draw(st.booleans()) and name == "system_context":
            documents[name] = data.draw(BROKEN)
    findings = check(documents).findings

    assert trace(documents, findings).goals >= 0
    assert lineage(documents, findings).as_json()
