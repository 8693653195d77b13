"""The options of a report, from an address, a form and a stored row."""

from __future__ import annotations

from itertools import combinations

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mismatch.findings import SEVERITIES
from tec.reports.options import BadOption, Options

SUBSETS = [chosen for size in range(1, 5) for chosen in combinations(SEVERITIES, size)]
options = st.builds(
    Options, st.none() | st.integers(1, 10**8), st.sampled_from(SUBSETS), st.booleans(), st.booleans()
)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=50)
@given(options)
def test_options_survive_a_row_and_an_address(wanted: Options) -> None:
    assert Options.read(wanted.as_dict()) == wanted
    assert Options.read(QueryDict(wanted.query)) == wanted


def test_nothing_said_is_everything() -> None:
    assert Options.read({}) == Options() == Options(None, SEVERITIES, True, False)
    assert Options().words == ""


@pytest.mark.parametrize(
    "query",
    ["check=0x", "check=-1", "check=９", "check=" + "1" * 20, "severity=bad", "settled=perhaps", "new=2"],
)
def test_what_cannot_be_is_refused_by_name(query: str) -> None:
    with pytest.raises(BadOption, match="“"):
        Options.read(QueryDict(query))


def test_severities_may_be_listed_or_repeated() -> None:
    assert Options.read(QueryDict("severity=major,critical")).severities == ("critical", "major")
    assert Options.read(QueryDict("severity=info&severity=minor")).severities == ("minor", "info")


def test_a_selection_is_told_in_words() -> None:
    assert Options(1, ("critical",), False, True).words == (
        "only critical, without what decisions settle, only what is new or worse"
    )
