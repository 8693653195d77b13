"""Writes tables as CSV and as XLSX, so that no cell is ever a formula."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from tec.plain import visible
from tec.reports.steps import Tell, to_nobody, told_of, within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tec.reports.tables import Sheet

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
"""What a cell begins with when a spreadsheet takes it for a formula; and the quote that prevents that."""

NUMBER = re.compile(r"-?(\d+(\.\d+)?([eE][+-]?\d+)?)")
FILLED = 55
"""Per cent of the work on a workbook when all cells are filled; then it is put together."""
LONGEST_CELL = 32_767  # characters, the limit of spreadsheets
MOST_ROWS = 1_048_000
WIDTHS = {"What is wrong": 60, "What to do": 45, "What was wrong": 60, "Value": 45, "Reason": 40, "Field": 45}
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def as_csv(sheet: Sheet) -> bytes:
    """One table as RFC 4180 wants it, with the mark by which spreadsheets know that it is UTF-8."""
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\r\n")
    write.writerow(sheet.head)
    write.writerows([guarded(cell) for cell in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def guarded(cell: Any) -> Any:
    """*cell* with a quote in front if a spreadsheet would calculate it. `restored` takes that back."""
    if not isinstance(cell, str) or not cell.startswith(RISKY) or NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}"


def restored(cell: str) -> str:
    """What the cell said before it was guarded."""
    return cell.removeprefix("'")


def as_xlsx(sheets: Sequence[Sheet], tell: Tell = to_nobody) -> bytes:
    """A workbook of texts and figures; its cells are written by type, so none is a formula or a link."""
    import xlsxwriter

    file = io.BytesIO()
    options = {
        "in_memory": True,
        "constant_memory": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": "TEC report", "author": "TEC"})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets:
            filled = within(tell, 0, FILLED) if sheet is sheets[0] else to_nobody  # the long one comes first
            page = book.add_worksheet(sheet.title)
            page.freeze_panes(1, 0)
            for column, title in enumerate(sheet.head):
                page.write_string(0, column, title, head)
                page.set_column(
                    column, column, WIDTHS.get(title.rstrip(" 0123456789"), max(12, len(title) + 2))
                )
            last, rows = 0, list(sheet.rows)
            for last, row in enumerate(told_of(rows, len(rows), filled), 1):
                if last > MOST_ROWS:
                    break
                for column, cell in enumerate(row):
                    _write(page, last, column, cell, body)
            page.autofilter(0, 0, max(last, 1), len(sheet.head) - 1)
            page.repeat_rows(0)
            page.set_landscape()
            page.fit_to_pages(1, 0)
    return file.getvalue()


def _write(page: Any, row: int, column: int, cell: Any, style: Any) -> None:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) < 1e15:
        page.write_number(row, column, cell, style)
    else:
        text = ILLEGAL.sub(lambda match: visible(match[0]), str(cell))
        page.write_string(row, column, text[:LONGEST_CELL], style)
