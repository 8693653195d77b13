"""What follows from the findings: fit and coverage, the thread from goals to logs, the way of the data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from descriptors.catalogue import NAMES
from mismatch.findings import Report
from mismatch.fit import CATEGORIES, Score, fit
from mismatch.lineage import Way, lineage
from mismatch.traceability import Thread, trace
from tec.reports.composing.support import MOST_LINES, cut
from tec.reports.paper import NUMBER, STRONG, Block, Bullets, Column, Facts, Section, Table

if TYPE_CHECKING:
    from tec.reports.gathering import Subject


PAGE = "the page Traceability"


def fit_section(subject: Subject) -> Iterator[Section]:
    score = fit(_whole(subject), subject.documents)
    whole = score.whole
    facts = Facts(
        (
            ("Fit", f"{'none yet' if whole.fit is None else f'{whole.fit} of 100'} of what could be judged"),
            ("Coverage", f"{whole.coverage} % of what applies could be judged"),
            ("Rules", f"{whole.rules} judged, {whole.failed} of them object"),
        )
    )
    figures = [
        Column("Fit", NUMBER, 2),
        Column("Coverage", NUMBER, 2),
        Column("Rules", NUMBER, 2),
        Column("Object", NUMBER, 2),
    ]
    kinds = tuple((CATEGORIES[name], *_figures(each)) for name, each in score.categories.items())
    pairs = tuple((_pair(*pair), *_figures(each)) for pair, each in score.pairs.items())
    blocks = (
        facts,
        Table((Column("Kind of rule", STRONG, 6), *figures), kinds, "Fit by kind of rule"),
        Table((Column("Descriptors", STRONG, 6), *figures), pairs, "Fit by pair of descriptors"),
    )
    lede = "Both figures belong together: a high fit with a low coverage says little. They open no gate."
    yield Section("Fit and coverage", blocks, "fit", lede=lede)


def _whole(subject: Subject) -> Report:
    return Report([each.finding for each in subject.found], subject.check.outcomes)


def _pair(first: str, second: str) -> str:
    return NAMES[first] if first == second else f"{NAMES[first]} × {NAMES[second]}"


def _figures(score: Score) -> tuple[str, ...]:
    known = "–" if score.fit is None else str(score.fit)
    return known, f"{score.coverage} %", str(score.rules), str(score.failed)


def traceability(subject: Subject) -> Iterator[Section]:
    findings = [each.finding for each in subject.found]
    traced, ways = trace(subject.documents, findings), lineage(subject.documents, findings)
    blocks: list[Block] = []
    if traced.threads:
        blocks += cut(traced.threads, all_in=PAGE)
        columns = (
            Column("Goal", STRONG, 3),
            Column("Goal’s metric", share=3),
            Column("Metric of the model", share=3),
            Column("Threshold", share=2),
            Column("Evaluation and test", share=3),
            Column("Collector and log", share=3),
            Column("Breaks at", share=3),
        )
        blocks.append(
            Table(columns, tuple(map(_thread, traced.threads[:MOST_LINES])), "From each goal to its log")
        )
    lines = [("minor", "", f"“{each.text}” is measured, but serves no goal.") for each in traced.aimless]
    lines += [
        ("minor", "", f"“{each.text}” is collected, but nobody asked for it.") for each in traced.unasked
    ]
    if lines:
        blocks += cut(lines, all_in=PAGE)
        blocks.append(Bullets(tuple(lines[:MOST_LINES])))
    tables = (
        (
            "Fields: raw, training and production data",
            ways.fields,
            ("Raw Data", "Training Data", "Production Data"),
        ),
        ("Items: upstream component to pipeline", ways.inputs, ("Upstream component", "Data Pipeline")),
        ("Items: model to downstream component", ways.outputs, ("Trained Model", "Downstream component")),
    )
    for title, rows, heads in tables:
        if rows:
            blocks += [*cut(rows, all_in=PAGE), _ways(title, rows, heads)]
    if blocks:
        lede = "Where a thread from a goal to what watches it breaks, and how data runs from part to part."
        yield Section("Traceability and lineage", tuple(blocks), "traceability", lede=lede)


def _thread(thread: Thread) -> tuple[str, ...]:
    cells = {cell.column: cell for cell in thread.cells}

    def said(*columns: str) -> str:
        texts = [cells[name].text for name in columns if name in cells and cells[name].text]
        return " · ".join(dict.fromkeys(texts)) or "–"

    broken = thread.break_
    at = (broken.gap or ", ".join(broken.codes) or broken.column) if broken else "nowhere"
    return (
        said("goal"),
        said("yardstick"),
        said("metric"),
        said("threshold"),
        said("evaluation", "test"),
        said("collector", "log"),
        at,
    )


def _ways(title: str, ways: Sequence[Way], heads: Sequence[str]) -> Table:
    rows = []
    for way in ways[:MOST_LINES]:
        cells = []
        for stop in way.stops:
            name = f"{stop.part_of} › {stop.name}" if stop.part_of else stop.name
            kind = f" ({stop.type})" if stop.type else ""
            codes = f" [{', '.join(stop.codes)}]" if stop.codes else ""
            cells.append(f"{name}{kind}{codes}" if stop.name else "–")
        rows.append(tuple(cells))
    return Table(tuple(Column(head, share=1) for head in heads), tuple(rows), title)
