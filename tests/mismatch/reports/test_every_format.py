"""What holds for every format: it takes any check, and says nothing twice or differently."""

from __future__ import annotations

from datetime import date

import pytest

from descriptors.reading import read_path
from mismatch.engine import check
from mismatch.findings import SEVERITIES
from mismatch.reports import Checked, Settlement, View, format_named, format_names
from tests.examples import FOLDER
from tests.mismatch.reports.checked import ABSENT, checked, finding


@pytest.mark.parametrize("name", format_names())
def test_any_check_can_be_written(name: str) -> None:
    render = format_named(name).render
    bare = finding(places=(), remedy="", message="")
    lone = finding("b", places=(ABSENT._replace(label=""),))
    assert render(Checked(check({}), {}), View())
    assert render(checked(bare, lone), View())
    assert render(checked(bare, lone, sources={}, origins={}, project={}), View())
    for example in FOLDER.iterdir():
        if example.is_dir():
            bundle = read_path(str(example))
            report = check(bundle.documents, today=date(2025, 6, 30))
            done = Checked(report, bundle.documents, bundle.project, bundle.origins, bundle.sources)
            first = render(done, View())
            assert first == render(done, View())
            for found in report.findings:
                assert name == "github" or found.code in first


def test_what_is_open_is_what_no_decision_settles() -> None:
    done = checked(
        *(finding(str(number), each) for number, each in enumerate(SEVERITIES)),
        finding("p", "major"),
        finding("w", "info", outcome="cannot-tell"),
        finding("e", "minor", explains=("0" * 32,)),
        decided={
            "1" * 32: Settlement("accepted"),
            "2" * 32: Settlement("dismissed"),
            "p" * 32: Settlement("planned"),
        },
    )
    assert [done.standing(each) for each in done.report.findings] == [
        *("open", "accepted", "dismissed", "open", "planned", "waiting", "repeated")
    ]
    assert done.counts() == {"critical": 1, "major": 1, "minor": 0, "info": 1}
    assert [done.fails(each) for each in done.report.findings].count(True) == 2
