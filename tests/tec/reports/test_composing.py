"""What the report says, and that its numbers are those of every other place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from descriptors.catalogue import DESCRIPTORS, NAMES
from mismatch import queries
from mismatch.models import Sighting
from mismatch.readiness import readiness
from mismatch.services.choose_baseline import choose_baseline
from mismatch.services.decide_findings import Terms, decide_findings
from tec.projects.models import Project
from tec.reports import composing
from tec.reports.composing.summary import open_counts
from tec.reports.composing.support import MOST_CARDS, value_of
from tec.reports.gathering import NoCheck, subject_of
from tec.reports.options import Options
from tec.reports.paper import Card, Paper, Picture, Table, Tally, plain, texts
from tec.reports.prose import as_markdown
from tec.reports.rendering import render_report
from tests.factories import make_member, make_project, make_revision
from tests.mismatch.findings import checked, fingerprint, found
from tests.tec.reports.projects import checked_example, hostile_project

pytestmark = pytest.mark.django_db


def paper_of(project: Project, **options: Any) -> Paper:
    return composing.compose(subject_of(project, Options(**options)))


def words(paper: Paper) -> str:
    return "\n".join(texts(plain(paper)))


def cards(paper: Paper) -> list[Card]:
    return [block for section in paper.sections for block in section.blocks if isinstance(block, Card)]


def decide(project: Project, name: str, kind: str = "accept", **terms: Any) -> None:
    check = project.checks.first()
    assert check is not None
    decide_findings(
        project=project,
        check=check,
        fingerprints=[fingerprint(name)],
        terms=Terms(kind, "Known to all."),
        by=project.members.get(),
    )


def test_the_numbers_are_those_of_page_gate_and_api():
    project = checked_example()
    check = project.checks.get()
    majors = Sighting.objects.open().filter(check_run=check, severity="major")
    decide_findings(
        project=project,
        check=check,
        fingerprints=[each.finding.fingerprint for each in majors.select_related("finding")[:2]],
        terms=Terms("accept", "A pilot."),
        by=project.members.get(),
    )
    subject = subject_of(project, Options())
    counts = open_counts(subject.found)
    page = queries.counts_of([check])[check.pk][1]
    assert counts == page
    [tally] = [block for block in composing.compose(subject).sections[0].blocks if isinstance(block, Tally)]
    assert dict(tally.rows) == {
        "Contradictions": tuple(page["mismatch"].values()),
        "Missing": tuple(page["missing"].values()),
    }
    opened = Sighting.objects.open().filter(check_run=check).count()
    assert sum(sum(each.values()) for each in counts.values()) == opened
    assert sum(subject.checked().counts().values()) == opened
    assert subject.verdicts == tuple(readiness(project).verdicts)
    made = json.loads(render_report(project, format="json").content)
    assert [each["blockers"] for each in made["gates"]] == [
        [reason._asdict() for reason in verdict.blockers] for verdict in readiness(project).verdicts
    ]


def test_every_document_format_shows_the_same_findings():
    project = checked_example()
    subject = subject_of(project, Options())
    shown = [each.finding for each in subject.found if each.open and each.finding.kind == "mismatch"]
    paper = composing.compose(subject)
    assert [card.title for card in cards(paper)] == [finding.message for finding in shown]
    html = render_report(project, format="html").content.decode()
    markdown = as_markdown(paper).decode()
    assert html.count('<article class="card') == markdown.count("\n#### ") == len(shown)


def test_a_card_has_both_sides_who_owns_them_and_what_to_do():
    first = next(card for card in cards(paper_of(checked_example())) if card.code == "TEC-3A")
    ours, theirs = first.sides
    assert (ours.document, ours.owner, ours.value, ours.first) == (
        "Trained Model",
        "Model developer",
        "Integer",
        True,
    )
    assert (theirs.document, theirs.value, theirs.first) == ("Development Environment", "String", False)
    assert first.remedy.startswith("Agree on one type")
    assert any(name == "Said again by" for name, _ in first.notes)


def test_settled_findings_are_not_among_the_open_ones_but_under_decisions():
    project = make_project()
    make_revision(project, "trained_model")
    checked(project, found("a", severity="major"), found("b"))
    decide(project, "a")
    paper = paper_of(project)
    assert [card.title for card in cards(paper)] == ["Something is wrong with “b”."]
    [table] = [
        block
        for s in paper.sections
        if s.anchor == "decisions"
        for block in s.blocks
        if isinstance(block, Table)
    ]
    [row] = table.rows
    assert row[0] == "major"
    assert "Something is wrong with “a”." in row[1]
    assert row[-1] == "Known to all."
    assert "decisions" not in {section.anchor for section in paper_of(project, settled=False).sections}


def test_a_decision_that_lapsed_says_why_and_its_finding_is_open():
    project = make_project()
    make_revision(project, "trained_model")
    checked(project, found("a", 1))
    decide(project, "a")
    checked(project, found("a", 2))
    paper = paper_of(project)
    [card] = cards(paper)
    assert ("Decision", "reopened, because the values it was made about have changed") in card.notes
    assert "Open again: the values it was made about have changed." in words(paper)


def test_what_is_new_and_fixed_is_counted_against_the_baseline():
    project = make_project()
    make_revision(project, "trained_model")
    first = checked(project, found("a"), found("b"))
    checked(project, found("b"))
    checked(project, found("b"), found("c"))
    choose_baseline(project=project, check=first, by=project.members.get())
    paper = paper_of(project)
    assert "Against the baseline, check 1, 1 of the open ones are new and 1 finding is fixed." in words(paper)
    assert [(card.title[-4:-2], card.marks) for card in cards(paper)] == [("“b", ()), ("“c", ("new",))]
    assert [card.title[-4:-2] for card in cards(paper_of(project, new=True))] == ["“c"]


def test_a_selection_says_so_and_leaves_the_numbers_whole():
    project = make_project()
    make_revision(project, "trained_model")
    checked(project, found("a", severity="critical"), found("b", severity="info"))
    paper = paper_of(project, severities=("critical",))
    assert "This report is a selection: only critical." in words(paper)
    assert len(cards(paper)) == 1
    [tally] = [block for block in paper.sections[0].blocks if isinstance(block, Tally)]
    assert dict(tally.rows)["Contradictions"] == (1, 0, 0, 1)


def test_an_older_check_is_told_as_it_was():
    project = make_project()
    make_revision(project, "trained_model", {"version": "1.2", "model_name": "one"})
    checked(project, found("a"))
    make_revision(project, "trained_model", {"version": "1.2", "model_name": "two"})
    checked(project, found("b"))
    old, new = paper_of(project, check=1), paper_of(project)
    assert "“a”" in words(old)
    assert "“b”" not in words(old)
    assert {section.anchor for section in new.sections} >= {"map"}
    assert "map" not in {section.anchor for section in old.sections}
    with pytest.raises(NoCheck, match="There is no finished check 7"):
        paper_of(project, check=7)


def test_what_changed_since_is_said():
    project = checked_example()
    assert "Something has changed" not in words(paper_of(project))
    make_revision(project, "raw_data", {"version": "1.2"})
    assert "Something has changed since check 1" in words(paper_of(project))


def test_without_a_check_there_is_nothing_to_report():
    with pytest.raises(NoCheck, match="start one"):
        subject_of(make_project(), Options())


def test_the_title_page_and_the_end_name_people_versions_and_digests():
    project = checked_example()
    make_member(project, "reviewer", username="rita")
    paper = paper_of(project)
    facts = dict(paper.facts)
    assert "rita (reviewer)" in facts["People"]
    assert facts["Schemas"] == "1.2"
    end = words(paper)
    for revision in project.checks.get().revisions.all():
        assert revision.digest[:16] in end
    assert project.checks.get().rules_digest in end


def test_the_map_is_a_picture_with_all_of_it_in_words():
    paper = paper_of(checked_example())
    [picture] = [
        block for section in paper.sections for block in section.blocks if isinstance(block, Picture)
    ]
    assert picture.svg.startswith("<svg")
    assert "<a " not in picture.svg
    assert "style=" not in picture.svg
    for name in DESCRIPTORS:
        assert NAMES[name] in picture.words


def test_many_findings_are_written_out_up_to_a_limit_that_is_said():
    project = make_project()
    make_revision(project, "trained_model")
    checked(
        project, *(found(f"{number:08}", fingerprint=f"{number:032}") for number in range(MOST_CARDS + 5))
    )
    paper = paper_of(project)
    assert len(cards(paper)) == MOST_CARDS
    assert "The first 1,000 of 1,005 stand here; all of them are in the CSV and XLSX reports." in words(paper)
    assert "Minor: 1,005 findings" in [section.title for section in paper.sections]


def test_long_lists_are_cut_and_say_so():
    project = make_project()
    make_revision(project, "trained_model")
    blanks = [found(f"{number:08}", fingerprint=f"{number:032}", kind="missing") for number in range(502)]
    checked(project, *blanks)
    said = "The first 500 of 502 stand here; all of them are in the CSV and XLSX reports."
    assert said in words(paper_of(project))
    checked(project)
    assert "The first 500 of 502 stand here; all of them are in the XLSX report." in words(paper_of(project))


def test_the_number_of_queries_does_not_grow_with_the_findings(django_assert_max_num_queries):
    project = make_project()
    make_revision(project, "trained_model")
    checked(project, *(found("x", fingerprint=f"{number:032}") for number in range(200)))
    checked(project, *(found("x", fingerprint=f"{number:032}") for number in range(400)))
    with django_assert_max_num_queries(32):
        subject_of(project, Options())


def test_long_values_are_cut_and_say_how_long_they_were():
    assert value_of("x" * 10_000).endswith("… (10,000 characters)")
    assert value_of(None) == "nothing there"
    assert value_of({"a": 1}) == '{"a": 1}'


def test_html_holds_hostile_words_as_text():
    html = render_report(hostile_project(), format="html").content.decode()
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "onerror=alert(2)&gt;" in html
    assert html.count("<style>") == html.count("</style>") == 1
    assert 'src="' not in html
    assert "<link" not in html
