"""What counts once: findings that explain others, and those they explain."""

from __future__ import annotations

from mismatch.findings import Finding, Place, Report, counted, together


def finding(name: str, severity: str, *explains: str) -> Finding:
    """A finding whose fingerprint is its name."""
    place = Place("trained_model", "/name", name, "Name")
    return Finding(name, name, "mismatch", "fail", severity, "Wrong.", "Mend it.", (place,), name, explains)


def names(findings: list[Finding]) -> str:
    return " ".join(each.rule for each in findings)


def shown(findings: list[Finding]) -> str:
    """Each finding that is shown, with those it is shown together with."""
    return ", ".join(
        each.rule + "".join(f"={other.rule}" for other in others) for each, others in together(findings)
    )


A, B, C = finding("A", "major"), finding("B", "minor"), finding("C", "critical")


def test_findings_that_explain_nothing_all_count():
    assert counted([A, B]) == [A, B]
    assert shown([A, B]) == "A, B"


def test_what_explains_something_as_bad_or_worse_does_not_count():
    assert names(list(counted([A, finding("X", "minor", "A")]))) == "A"
    assert names(list(counted([A, finding("X", "major", "A")]))) == "A"


def test_what_is_worse_than_all_it_explains_counts_in_their_place():
    found = [finding("X", "critical", "A", "B"), A, B]

    assert names(list(counted(found))) == "X"
    assert shown(found) == "X=A=B"


def test_what_is_worse_than_some_it_explains_does_not_count():
    found = [C, finding("X", "major", "B", "C"), B]

    assert names(list(counted(found))) == "C B"
    assert shown(found) == "C=X, B"


def test_one_thing_that_three_findings_speak_of_counts_once():
    found = [finding("X", "critical", "B"), B, finding("Y", "info", "X", "B")]

    assert names(list(counted(found))) == "X"
    assert shown(found) == "X=B=Y"


def test_what_explains_something_that_does_not_count_itself_stands_with_it():
    found = [finding("X", "critical", "A"), A, finding("Y", "minor", "A")]

    assert shown(found) == "X=A=Y"


def test_of_two_that_explain_one_another_one_counts():
    found = [finding("X", "minor", "Y"), finding("Y", "minor", "X")]

    assert names(list(counted(found))) == "Y"
    assert shown(found) == "Y=X"


def test_counts_are_those_of_the_findings_that_count():
    report = Report([finding("X", "critical", "A"), A, B], {})

    assert report.counts() == {"critical": 1, "major": 0, "minor": 1, "info": 0}


def test_links_are_written_only_where_there_are_any():
    assert finding("X", "info", "A").as_json()["explains"] == ["A"]
    assert "explains" not in A.as_json()
