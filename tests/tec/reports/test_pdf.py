"""The PDF, read back: what is in it, that nothing in it is an instruction, and how long it takes."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from time import perf_counter

import pytest
from pypdf import PdfReader

from tec.reports import composing, dossier, pdf
from tec.reports.gathering import subject_of
from tec.reports.options import Options
from tec.reports.paper import Facts, Paper, Section, Words
from tests.tec.reports.projects import HOSTILE, checked_example, hostile_project

MADE = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def paper(*texts: str) -> Paper:
    blocks = tuple(Words(text) for text in texts)
    return Paper("Report", "Project", "", (("A", "b"),), (Section("One", blocks, "one"),), "foot")


def read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def text_of(data: bytes) -> str:
    """All words on one line, without the places where long words may break."""
    text = "\n".join(page.extract_text() for page in read(data).pages)
    return " ".join(text.replace("\u200b", "").split())


@pytest.fixture
def standards(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The standards of every PDF that was compiled."""
    tried: list[list[str]] = []
    compile = pdf._compiled

    def noting(data, made, standards):
        tried.append(list(standards))
        return compile(data, made, standards)

    monkeypatch.setattr(pdf, "_compiled", noting)
    return tried


@pytest.mark.django_db
def test_the_report_has_everything_and_meets_its_standards(standards):
    project = checked_example(name="Triage level proposal")
    composed = composing.compose(subject_of(project, Options()))
    data = pdf.as_pdf(composed, MADE)
    text = text_of(data)

    assert standards == [["ua-1", "a-2a"]]
    for section in composed.sections:
        assert " ".join(section.title.split()) in text
    assert "Contents" in text
    assert "page 4 of" in text
    assert "The model delivers “level” as “Integer”" in text
    assert "changes first" in text
    reader = read(data)
    assert reader.metadata
    assert reader.metadata.title == "What does not fit: Triage level proposal"
    root = reader.trailer["/Root"]
    assert "/StructTreeRoot" in root
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert len(reader.outline) > 5


@pytest.mark.django_db
def test_fifteen_pages_take_a_few_seconds(standards):
    project = checked_example()
    began = perf_counter()
    data = pdf.as_pdf(dossier.compose(dossier.dossier_of(project)))
    assert perf_counter() - began < 10  # it takes one; this machine may be busy
    assert len(read(data).pages) >= 15
    assert standards == [["ua-1", "a-2a"]]


@pytest.mark.django_db
def test_whatever_people_wrote_comes_out_as_text(standards):
    project = hostile_project()
    for composed in (
        composing.compose(subject_of(project, Options())),
        dossier.compose(dossier.dossier_of(project)),
    ):
        text = text_of(pdf.as_pdf(composed))
        assert HOSTILE["panic"] in text
        assert "<script>alert(1)</script>" in text
        assert "root:x:" not in text
        assert "WWWWWWWWWW" in text
    assert all(standards)  # never made without them


@pytest.mark.parametrize("name", HOSTILE)
def test_every_hostile_text_survives_in_every_place(name, standards):
    word = HOSTILE[name]
    sheet = Paper(
        word, word, word, ((word, word),), (Section(word, (Facts(((word, word),)),), "a", 1, word),), word
    )
    assert len(read(pdf.as_pdf(sheet)).pages) >= 3
    assert standards == [["ua-1", "a-2a"]]


def test_a_character_without_a_glyph_is_named():
    uncovered = "\U00012000"  # cuneiform, unless somebody installs it
    if uncovered in pdf.coverage():
        uncovered = "\U000f0000"  # private use
    text = text_of(pdf.as_pdf(paper(f"before {uncovered} after", "Ελληνικά Кириллица Łódź ≠ ≤ → ◆ ✓ €")))
    assert f"before [U+{ord(uncovered):04X}] after" in text
    assert "Ελληνικά Кириллица Łódź ≠ ≤ → ◆ ✓ €" in text


def test_long_words_stay_on_the_page():
    from typing import Any

    reader = read(pdf.as_pdf(paper("W" * 3_000, "/a/very/long/pointer" * 60)))
    widths: list[float] = []

    def visit(text: str, _: Any, matrix: Any, *rest: Any) -> None:
        widths.append(matrix[4])

    for page in reader.pages:
        page.extract_text(visitor_text=visit)
        assert max(widths) < float(page.mediabox.width) - 40


def test_the_same_paper_gives_the_same_bytes():
    assert pdf.as_pdf(paper("a"), MADE) == pdf.as_pdf(paper("a"), MADE)


def test_a_paper_that_does_not_meet_the_standards_is_made_without_them(monkeypatch, caplog):
    import typst

    tried = []
    compile = pdf._compiled

    def picky(data, made, standards):
        tried.append(standards)
        if standards:
            raise typst.TypstError("no")
        return compile(data, made, standards)

    monkeypatch.setattr(pdf, "_compiled", picky)
    assert pdf.as_pdf(paper("a")).startswith(b"%PDF-")
    assert tried == [pdf.STANDARDS, []]
    assert "without them" in caplog.text


def test_words_break_where_they_may():
    broken = pdf.printable("a/" * 30 + "W" * 60)
    assert broken.replace("\u200b", "") == "a/" * 30 + "W" * 60
    assert max(len(part) for part in re.split("\u200b", broken)) <= 24
