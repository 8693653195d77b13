"""Filters of the templates that write reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django import template

from mismatch.findings import SEVERITIES

if TYPE_CHECKING:
    from tec.reports.paper import Column

register = template.Library()


@register.filter
def looked_at(row: Sequence[str], columns: Sequence[Column]) -> Iterator[tuple[str, str]]:
    """Each cell of *row* after the look of its column."""
    return zip((column.look for column in columns), row, strict=True)


@register.filter
def by_severity(numbers: Sequence[int]) -> Iterator[tuple[str, int]]:
    return zip(SEVERITIES, numbers, strict=True)
