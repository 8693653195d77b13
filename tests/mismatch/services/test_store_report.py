"""First seen, last seen and fixed in: true in whatever order the checks of a project end."""

from __future__ import annotations

import itertools

import pytest

from mismatch.findings import Finding as Found
from mismatch.findings import Report
from mismatch.models import Check, Finding
from mismatch.services.store_report import store_report
from tec.work import lease
from tests.factories import make_project


def report(names: str) -> Report:
    """A report with one finding per letter."""
    return Report(
        [Found("r", "TEC-1", "mismatch", "fail", "minor", name, "", (), name * 32) for name in names], {}
    )


def end(check: Check, names: str) -> None:
    attempt = lease.claim(check)
    assert attempt is not None
    store_report(check=check, attempt=attempt, report=report(names))


def checks_of(project, count: int) -> list[Check]:
    return [Check.objects.create(project=project, number=number + 1) for number in range(count)]


def history(project) -> dict[str, tuple[int, int, int | None]]:
    """Letter → numbers of the checks where it was first seen, last seen, and fixed."""
    rows = Finding.objects.filter(project=project).values_list(
        "fingerprint", "first_seen__number", "last_seen__number", "fixed_in__number"
    )
    return {fingerprint[0]: tuple(numbers) for fingerprint, *numbers in rows}


@pytest.mark.django_db
def test_findings_come_stay_go_and_come_back():
    project = make_project()
    one, two, three = checks_of(project, 3)

    end(one, "ab")
    assert history(project) == {"a": (1, 1, None), "b": (1, 1, None)}

    end(two, "bc")
    assert history(project) == {"a": (1, 1, 2), "b": (1, 2, None), "c": (2, 2, None)}

    end(three, "ac")
    assert history(project) == {"a": (1, 3, None), "b": (1, 2, 3), "c": (2, 3, None)}


@pytest.mark.django_db
@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_checks_that_overtake_each_other_tell_the_same_story(order):
    project = make_project()
    checks, stories = checks_of(project, 4), ["abd", "bc", "ace", "ae"]

    for turn in order:
        end(checks[turn], stories[turn])

    assert history(project) == {
        "a": (1, 4, None),
        "b": (1, 2, 3),
        "c": (2, 3, 4),
        "d": (1, 1, 2),
        "e": (3, 4, None),
    }


@pytest.mark.django_db
def test_findings_of_another_project_are_left_alone():
    first, second = make_project(), make_project()
    end(checks_of(first, 1)[0], "a")

    end(checks_of(second, 1)[0], "b")

    assert history(first) == {"a": (1, 1, None)}
    assert history(second) == {"b": (1, 1, None)}
