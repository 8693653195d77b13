"""Dates and their order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mismatch.engine import check
from tests.mismatch.rules.tables import FIRING, SILENT, firing, line, messages, silent

Documents = dict[str, Any]


def raw(collected: Any = "", timeframe: Any = "", **fields: Any) -> Documents:
    metadata = {"collection_date": collected, "timeframe": timeframe}
    return {"raw_data": {"version": "1.2", "metadata": metadata} | fields}


def trained(on: Any, **fields: Any) -> Documents:
    return {"trained_model": {"version": "1.2", "training_date": on} | fields}


def milestones(**dates: Any) -> Documents:
    found = [{"milestone": name.replace("_", " "), "milestone_date": day} for name, day in dates.items()]
    return {"development_environment": {"version": "1.2", "milestones": found}}


COLLECTED, TIMEFRAME = "raw_data/metadata/collection_date", "raw_data/metadata/timeframe"
TRAINED, MILESTONE = "trained_model/training_date", "development_environment/milestones/0/milestone_date"

test_dates = silent(
    "date-invalid",
    {
        "none given": ("cannot-tell", raw() | trained("")),
        "real": ("pass", raw("2025-01-08") | trained("2025-02-03") | milestones(Pilot="2030-03-10")),
        "a leap day": ("pass", trained("2024-02-29")),
        "spaces around it": ("pass", trained(" 2025-02-03 ")),
        "with a time": ("pass", trained("2025-02-03T08:00:00+01:00")),
    },
)

test_no_dates = firing(
    "date-invalid",
    {
        "no day of the calendar": ([f"minor {TRAINED}"], trained("2025-02-30")),
        "another order": ([f"info {COLLECTED}"], raw("02.04.2025")),
        "day or month": ([f"minor {COLLECTED}"], raw("02/04/2025")),
        "a month in words": ([f"info {TRAINED}"], trained("2. April 2025")),
        "two orders in one list": (
            ["minor development_environment/milestones/1/milestone_date"],
            milestones(Pilot="2025-03-10", Release="16.06.2025"),
        ),
        "a month in words among others": (
            ["info development_environment/milestones/1/milestone_date"],
            milestones(Pilot="2025-03-10", Release="16 June 2025"),
        ),
        "a quarter as the date of a plan": ([f"info {MILESTONE}"], milestones(Pilot="Q4 2025")),
        "a quarter as the day of the training": ([f"minor {TRAINED}"], trained("Q4 2025")),
        "a month only": ([f"minor {TRAINED}"], trained("2025-04")),
        "a number": ([f"minor {TRAINED}"], trained(202504)),
        "to be defined": ([f"minor {MILESTONE}"], milestones(Pilot="TBD")),
        "a typing error": ([f"minor {TRAINED}"], trained("0225-04-02")),
    },
)

test_collected_before = silent(
    "collected-after-training",
    {
        "no collection date": ("cannot-tell", raw() | trained("2025-04-02")),
        "no training date": ("cannot-tell", raw("2025-04-02") | trained("soon")),
        "before": ("pass", raw("2025-02-14") | trained("2025-04-02")),
        "before, in other words": ("pass", raw("14 February 2025") | trained("02.04.2025")),
        "day and month exchanged or not": ("cannot-tell", raw("02/04/2025") | trained("2025-03-01")),
        "the same day": ("pass", raw("2025-04-02") | trained("2025-04-02")),
        "a timeframe before": ("pass", raw("", "2020 to 2024") | trained("2025-04-02")),
        "a year that may end later": ("pass", raw("2025-01-02", "2020 to 2025") | trained("2025-04-02")),
        "other data": (
            "cannot-tell",
            raw("2025-06-01", dataset_identifier="RAW-2")
            | trained("2025-04-02")
            | {"training_data": {"version": "1.2", "raw_data_identifier": "RAW-1"}},
        ),
    },
)

test_collected_after = firing(
    "collected-after-training",
    {
        "after": ([f"major {COLLECTED} {TRAINED}"], raw("2025-06-01") | trained("2025-04-02")),
        "linked": (
            [f"major {COLLECTED} {TRAINED}"],
            raw("2025-06-01", dataset_identifier="RAW 1")
            | trained("2025-04-02")
            | {"training_data": {"version": "1.2", "raw_data_identifier": "raw-1"}},
        ),
        "in local dates": ([f"major {COLLECTED} {TRAINED}"], raw("15.07.2024") | trained("6 July 2024")),
        "going on": (
            [f"minor {COLLECTED} {TRAINED}"],
            raw("2025-06-01", "since 2022-01-01") | trained("2025-04-02"),
        ),
        "reaching far beyond": (
            [f"major {TIMEFRAME} {TRAINED}"],
            raw("2025-01-01", "2022-01-01 to 2025-12-31") | trained("2025-04-02"),
        ),
        "reaching a little beyond": (
            [f"minor {TIMEFRAME} {TRAINED}"],
            raw("", "2022-01-01 to 2025-04-10") | trained("2025-04-02"),
        ),
    },
)

test_delivered_after = silent(
    "trained-after-delivery",
    {
        "no milestones": ("cannot-tell", trained("2025-04-02") | milestones()),
        "no training date": ("cannot-tell", trained("") | milestones(Release="2025-03-01")),
        "a release to come": ("pass", trained("2025-04-02") | milestones(Release_25="2025-06-16")),
        "the same day": ("pass", trained("2025-04-02") | milestones(Release_25="2025-04-02")),
        "another kind of milestone": (
            "pass",
            trained("2025-04-02") | milestones(Pilot_in_ten_shops="2025-03-01"),
        ),
    },
)

test_delivered_before = firing(
    "trained-after-delivery",
    {
        "with one to come": (
            [f"info {MILESTONE} {TRAINED}"],
            trained("2025-04-02") | milestones(Release_1="2025-03-01", Release_2="2025-06-01"),
        ),
        "with none left": (
            [f"minor {MILESTONE} {TRAINED}"],
            trained("2025-04-02") | milestones(Integration_on_the_shadow_cell="2025-03-01"),
        ),
        "handed over": (
            [f"minor {MILESTONE} {TRAINED}"],
            trained("2025-04-02")
            | {
                "development_environment": {
                    "version": "1.2",
                    "milestones": [{"milestone": "Hand-over to operations", "milestone_date": "2025-03-01"}],
                }
            },
        ),
    },
)

test_possible_timeframe = silent(
    "timeframe-impossible",
    {
        "none": ("not-applicable", raw("2025-01-08")),
        "prose": ("cannot-tell", raw("2025-01-08", "three winters")),
        "before the collection": ("pass", raw("2025-01-08", "2022-01-01 to 2024-12-31")),
        "up to the collection": ("pass", raw("2025-08-29", "2024-09-02 to 2025-08-29")),
        "a month that is not over": ("pass", raw("2024-12-10", "2022-01 to 2024-12")),
        "going on": ("pass", raw("2025-01-08", "2022-01 to today")),
        "with a remark": (
            "pass",
            raw("2025-02-14", "2020-01-01 to 2024-01-31 (applications), performance until 2025-01-31"),
        ),
    },
)

test_impossible_timeframe = firing(
    "timeframe-impossible",
    {
        "turned round": ([f"minor {TIMEFRAME}"], raw("2025-01-08", "2024-12-31 to 2022-01-01")),
        "collected before": (
            [f"minor {TIMEFRAME} {COLLECTED}"],
            raw("2021-01-08", "2022-01-01 to 2024-12-31"),
        ),
        "collected within": (
            [f"minor {TIMEFRAME} {COLLECTED}"],
            raw("2023-01-08", "2022-01-01 to 2024-12-31"),
        ),
        "collected from its beginning": (
            [f"info {TIMEFRAME} {COLLECTED}"],
            raw("2022-01-08", "2022-01-01 to 2024-12-31"),
        ),
        "a year that was not over": (
            [f"info {TIMEFRAME} {COLLECTED}"],
            raw("2024-09-08", "2022 to 2024"),
        ),
    },
)

TODAY = date(2025, 11, 21)
NOT_YET = {
    "trained": ([f"minor {TRAINED}"], trained("2025-12-01")),
    "collected": ([f"minor {COLLECTED}"], raw("2099-01-01") | trained("2025-04-02")),
}
PAST = {
    "no dates": ("cannot-tell", raw() | trained("next year")),
    "today": ("pass", trained("2025-11-21")),
    "tomorrow, elsewhere": ("pass", trained("2025-11-22")),
    "a milestone to come": ("pass", trained("2025-04-02") | milestones(Release="2030-01-01")),
}
FIRING["date-in-future"], SILENT["date-in-future"] = list(NOT_YET), list(PAST)


@pytest.mark.parametrize(("expected", "documents"), NOT_YET.values(), ids=NOT_YET)
def test_what_is_still_to_come_cannot_have_happened(expected, documents):
    report = check(documents, rules=["X804"], today=TODAY)

    assert [line(finding) for finding in report.findings] == expected


@pytest.mark.parametrize(("outcome", "documents"), PAST.values(), ids=PAST)
def test_what_lies_in_the_past_is_fine(outcome, documents):
    report = check(documents, rules=["X804"], today=TODAY)

    assert (list(report.findings), report.outcomes["X804"]) == ([], outcome)


def test_without_a_date_of_today_nothing_lies_in_the_future():
    assert check(trained("2099-12-01"), rules=["X804"]).outcomes == {"X804": "not-applicable"}


def test_the_message_names_both_dates():
    assert messages("collected-after-training", raw("2025-06-01") | trained("2025-04-02")) == [
        "The data were collected on 2025-06-01, after the model was trained on 2025-04-02."
    ]
