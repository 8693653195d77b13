"""CSV and XLSX: what was written is read back the same, and nothing in it is ever a formula."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tec.reports.dossier import dossier_of
from tec.reports.gathering import subject_of
from tec.reports.options import Options
from tec.reports.rendering import render_report
from tec.reports.spreadsheets import as_csv, as_xlsx, guarded, restored
from tec.reports.tables import Sheet, sheets_of_check, sheets_of_dossier
from tests.tec.reports.projects import HOSTILE, checked_example, hostile_project

FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'quoted", '=cmd|"/c calc"!A0']
cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


def rows_of(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=50)
@given(st.lists(st.tuples(cells, cells), max_size=5))
def test_csv_round_trips(rows):
    _, *back = rows_of(as_csv(Sheet("x", ("a", "b"), rows)))
    assert [tuple(map(restored, row)) for row in back] == rows


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_calculate_is_guarded_and_comes_back(text):
    assert guarded(text) == f"'{text}"
    assert restored(guarded(text)) == text
    assert guarded(f"x{text}") == f"x{text}"


@pytest.mark.parametrize("figure", [-5, 2.5, "-5", "-2.5e-3", 7])
def test_figures_stay_figures(figure):
    assert guarded(figure) == figure


def test_no_cell_of_a_workbook_is_a_formula_or_a_link():
    texts = [*FORMULAS, *HOSTILE.values(), "http://evil.example", "{=1+1}", "=" * 40_000]
    data = as_xlsx([Sheet("Values", ("Text", "Figure"), [(text, 1.5) for text in texts])])
    page = openpyxl.load_workbook(io.BytesIO(data))["Values"]
    for row, text in zip(page.iter_rows(min_row=2), texts, strict=True):
        assert row[0].data_type == "s"
        assert row[0].hyperlink is None
        assert row[1].value == 1.5
        if len(text) < 32_767 and "\x07" not in text and "\r" not in text:
            assert row[0].value == text


@pytest.mark.django_db
def test_the_findings_of_a_check_are_all_in_the_table():
    project = checked_example()
    subject = subject_of(project, Options())
    head, *rows = rows_of(render_report(project, format="csv").content)
    assert len(rows) == len(subject.found)
    by_name = {head_: [restored(row[at]) for row in rows] for at, head_ in enumerate(head)}
    assert by_name["Fingerprint"] == [each.finding.fingerprint for each in subject.found]
    assert by_name["What is wrong"] == [each.finding.message for each in subject.found]
    assert by_name["State"].count("Open") == sum(each.standing == "open" for each in subject.found)


@pytest.mark.django_db
def test_every_sheet_opens_whatever_people_wrote():
    project = hostile_project()
    for sheets in (sheets_of_check(subject_of(project, Options())), sheets_of_dossier(dossier_of(project))):
        sheets = [sheet._replace(rows=list(sheet.rows)) for sheet in sheets]
        book = openpyxl.load_workbook(io.BytesIO(as_xlsx(sheets)))
        assert book.sheetnames == [sheet.title for sheet in sheets]
        assert [page.max_row - 1 for page in book] == [len(sheet.rows) for sheet in sheets]
        assert not any(cell.data_type == "f" for page in book for row in page.iter_rows() for cell in row)
