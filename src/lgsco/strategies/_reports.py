"""Strategies for reports, their tables and their charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from lgsco.documents.missing import Missing
from lgsco.reports.elements import (
    Absent,
    Amount,
    Break,
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Line,
    Note,
    Point,
    Report,
    Row,
    Section,
    Table,
)
from lgsco.strategies._common import NAMES, TEXTS
from lgsco.strategies._counts import counts_up_to
from lgsco.strategies._parties import SOURCES
from lgsco.strategies._printed import printed_percents
from lgsco.strategies._rates import PROPORTIONS, intervals, proportions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = [
    "OF_TYPE",
    "absents",
    "amounts",
    "report_breaks",
    "report_charts",
    "report_columns",
    "report_lines",
    "report_notes",
    "report_points",
    "report_rows",
    "report_sections",
    "report_tables",
    "reports",
]


def absents() -> st.SearchStrategy[Absent]:
    """What stands in place of a figure."""
    return st.builds(Absent, st.sampled_from(Missing), TEXTS)


def amounts() -> st.SearchStrategy[Amount]:
    """Decimal numbers as they are printed, with at most two places; leaves out negative ones."""
    return st.builds(Amount, st.decimals(0, 100_000, places=1) | st.decimals(0, 100_000, places=2))


_COLUMN_KINDS = st.sampled_from(ColumnKind)


def report_columns(*, kinds: st.SearchStrategy[ColumnKind] = _COLUMN_KINDS) -> st.SearchStrategy[Column]:
    """Headings of columns; leaves out marks of notes, for which there must be notes."""
    return st.builds(Column, NAMES, kinds)


_OF_COLUMN: dict[ColumnKind, st.SearchStrategy[Cell]] = {
    ColumnKind.TEXT: NAMES,
    ColumnKind.COUNT: counts_up_to(1_000_000),
    ColumnKind.RATE: PROPORTIONS,
    ColumnKind.LIMITS: intervals(),
    ColumnKind.PERCENT: printed_percents(),
    ColumnKind.AMOUNT: amounts(),
}


@st.composite
def report_rows(draw: st.DrawFn, *, kinds: Sequence[ColumnKind] | None = None) -> Row:
    """Rows with a cell for each of the kinds, or for up to three of any; leaves out marks of notes."""
    wanted = draw(st.lists(_COLUMN_KINDS, max_size=3)) if kinds is None else kinds
    return Row(
        draw(NAMES),
        tuple(draw(_OF_COLUMN[kind] | absents()) for kind in wanted),
        breaks=tuple(draw(st.lists(TEXTS, max_size=1))),
        marked=draw(st.none() | TEXTS),
    )


@st.composite
def report_tables(draw: st.DrawFn, *, marks: Sequence[str] = (), max_size: int = 4) -> Table:
    """Tables of up to four columns and rows; with ``marks`` some of them stand at its caption, a column or a row."""
    stub, *headings = draw(st.lists(NAMES, min_size=2, max_size=5, unique=True))
    columns = [Column(heading, draw(_COLUMN_KINDS), marks=_some(draw, marks)) for heading in headings]
    drawn = [
        draw(report_rows(kinds=[column.kind for column in columns])) for _ in range(draw(st.integers(1, max_size)))
    ]
    rows = [
        Row(row.heading, row.cells, marks=_some(draw, marks), breaks=row.breaks, marked=row.marked) for row in drawn
    ]
    return Table(draw(NAMES), stub, columns=tuple(columns), rows=tuple(rows), marks=_some(draw, marks))


def _some(draw: st.DrawFn, marks: Sequence[str]) -> tuple[str, ...]:
    return tuple(draw(st.lists(st.sampled_from(marks), max_size=1))) if marks else ()


_SHARES = st.floats(0, 1)
_CASES = st.integers(1, 5_000).map(float)


def report_points(
    *, ats: st.SearchStrategy[str] | None = None, panels: st.SearchStrategy[str] | None = None
) -> st.SearchStrategy[Point]:
    """Rates of some cases, with and without an interval; at a year and in a panel where these are given."""
    return st.builds(
        lambda name, rate, confidence, at, panel, marked, named: Point(
            name,
            rate,
            interval=None if confidence is None else rate.interval(confidence),
            at=at,
            panel=panel,
            marked=marked,
            named=named,
        ),
        NAMES,
        proportions(defined=True),
        st.none() | st.sampled_from((0.95, 0.998)),
        st.none() if ats is None else ats,
        st.none() if panels is None else panels,
        st.booleans(),
        st.booleans(),
    )


def report_lines() -> st.SearchStrategy[Line]:
    """Lines of one step or of several, from few cases to many."""
    steps = st.lists(st.tuples(_CASES, _SHARES), min_size=1, max_size=4).map(lambda held: tuple(sorted(held)))
    return st.builds(Line, NAMES, steps)


def report_breaks(*, ats: st.SearchStrategy[str] = NAMES) -> st.SearchStrategy[Break]:
    """Changes before a year."""
    return st.builds(Break, ats, TEXTS)


_CHART_KINDS = st.sampled_from(ChartKind)


@st.composite
def report_charts(draw: st.DrawFn, *, kinds: st.SearchStrategy[ChartKind] = _CHART_KINDS) -> Chart:
    """Charts of up to six points; those of years with up to four years, in one panel or two."""
    kind = draw(kinds)
    ticks: list[str] = []
    points = report_points()
    breaks: tuple[Break, ...] = ()
    if kind is ChartKind.YEARS:
        ticks = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
        at = st.sampled_from(ticks)
        points = report_points(ats=at, panels=st.sampled_from(("Uphold rate", "<Compliance>")))
        breaks = tuple(draw(st.lists(report_breaks(ats=at), max_size=2)))
    return Chart(
        kind,
        draw(NAMES),
        words=draw(TEXTS),
        across=draw(NAMES),
        up=draw(st.none() | NAMES),
        points=tuple(draw(st.lists(points, min_size=1, max_size=6))),
        lines=() if kind is ChartKind.YEARS else tuple(draw(st.lists(report_lines(), max_size=2))),
        ticks=tuple(ticks),
        breaks=breaks,
    )


def report_notes() -> st.SearchStrategy[Note]:
    """Notes under any mark."""
    return st.builds(Note, NAMES, TEXTS)


def _tuples(of: st.SearchStrategy[Any], *, max_size: int) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=max_size).map(tuple)


def report_sections(*, marks: Sequence[str] = (), charts: bool = True) -> st.SearchStrategy[Section]:
    """Parts of a report with up to two of each thing; without charts where ``charts=False``."""
    return st.builds(
        Section,
        NAMES,
        paragraphs=_tuples(TEXTS, max_size=2),
        items=_tuples(TEXTS, max_size=2),
        charts=_tuples(report_charts(), max_size=1) if charts else st.just(()),
        tables=_tuples(report_tables(marks=marks), max_size=2),
    )


@st.composite
def reports(draw: st.DrawFn, *, charts: bool = True) -> Report:
    """Reports of up to three parts, with notes to which tables refer; without charts where ``charts=False``."""
    notes = draw(st.lists(report_notes(), max_size=3, unique_by=lambda note: note.mark))
    sections = report_sections(marks=[note.mark for note in notes], charts=charts)
    return Report(
        draw(NAMES),
        scope=draw(TEXTS),
        units=draw(TEXTS),
        made_by=draw(TEXTS),
        sections=tuple(draw(st.lists(sections, max_size=3))),
        notes=tuple(notes),
        sources=tuple(draw(st.lists(SOURCES, max_size=2))),
    )


OF_TYPE: dict[type, Callable[[], st.SearchStrategy[Any]]] = {
    Absent: absents,
    Amount: amounts,
    Break: report_breaks,
    Line: report_lines,
    Point: report_points,
    Report: reports,
    Chart: report_charts,
    Column: report_columns,
    Note: report_notes,
    Row: report_rows,
    Section: report_sections,
    Table: report_tables,
}
