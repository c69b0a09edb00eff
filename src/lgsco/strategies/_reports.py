"""Strategies for reports, their tables and their charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

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
    PartialRate,
    Point,
    Report,
    Row,
    Section,
    Table,
)
from lgsco.strategies._common import NAMES, TEXTS
from lgsco.strategies._counts import counts_up_to
from lgsco.strategies._derived import derive, draws
from lgsco.strategies._parties import SOURCES
from lgsco.strategies._printed import printed_percents
from lgsco.strategies._rates import PROPORTIONS, intervals, proportions

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "absents",
    "amounts",
    "partial_rates",
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


absents = derive(Absent, "Missing values with their reasons.")


amounts = derive(
    Amount,
    "Decimal numbers as they are printed, with at most two places; leaves out negative ones.",
    number=st.decimals(0, 100_000, places=1) | st.decimals(0, 100_000, places=2),
)


partial_rates = derive(PartialRate, "What is known of a rate without its two counts.")


_COLUMN_KINDS = st.sampled_from(ColumnKind)


report_columns = derive(
    Column, "Headings of columns; leaves out marks of notes, for which there must be notes.", marks=st.just(())
)


_OF_COLUMN: dict[ColumnKind, st.SearchStrategy[Cell]] = {
    ColumnKind.TEXT: NAMES,
    ColumnKind.COUNT: counts_up_to(1_000_000),
    ColumnKind.RATE: PROPORTIONS | partial_rates(),
    ColumnKind.LIMITS: intervals(),
    ColumnKind.PERCENT: printed_percents(),
    ColumnKind.AMOUNT: amounts(),
}


@draws(Row)
@st.composite
def report_rows(draw: st.DrawFn, *, kinds: Sequence[ColumnKind] | None = None) -> Row:
    """Rows with a cell for each of the kinds, or for up to three of any; leaves out marks of notes."""
    cell_kinds = draw(st.lists(_COLUMN_KINDS, max_size=3)) if kinds is None else kinds
    return Row(
        draw(NAMES),
        tuple(draw(_OF_COLUMN[kind] | absents()) for kind in cell_kinds),
        breaks=tuple(draw(st.lists(TEXTS, max_size=1))),
        marked=draw(st.none() | TEXTS),
    )


@draws(Table)
@st.composite
def report_tables(draw: st.DrawFn, *, marks: Sequence[str] = (), max_size: int = 4) -> Table:
    """Tables of up to four columns and rows; with ``marks`` some of them are at its caption, a column or a row."""
    stub, *headings = draw(st.lists(NAMES, min_size=2, max_size=5, unique=True))
    columns = [Column(heading, draw(_COLUMN_KINDS), marks=_some(draw, marks)) for heading in headings]
    plain_rows = [
        draw(report_rows(kinds=[column.kind for column in columns])) for _ in range(draw(st.integers(1, max_size)))
    ]
    rows = [
        Row(row.heading, row.cells, marks=_some(draw, marks), breaks=row.breaks, marked=row.marked)
        for row in plain_rows
    ]
    return Table(draw(NAMES), stub, columns=tuple(columns), rows=tuple(rows), marks=_some(draw, marks))


def _some(draw: st.DrawFn, marks: Sequence[str]) -> tuple[str, ...]:
    return tuple(draw(st.lists(st.sampled_from(marks), max_size=1))) if marks else ()


_SHARES = st.floats(0, 1)
_CASES = st.integers(1, 5_000).map(float)


@draws(Point)
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


report_lines = derive(
    Line,
    "Lines of one step or of several, from few cases to many.",
    steps=st.lists(st.tuples(_CASES, _SHARES), min_size=1, max_size=4).map(lambda steps: tuple(sorted(steps))),
    panel=st.none(),
)


report_breaks = derive(Break, "Changes before a year.", at=NAMES, panel=st.none() | NAMES)


_CHART_KINDS = st.sampled_from(ChartKind)


@draws(Chart)
@st.composite
def report_charts(draw: st.DrawFn, *, kinds: st.SearchStrategy[ChartKind] = _CHART_KINDS) -> Chart:
    """Charts of up to six points; those of years with up to four years, in one panel or two."""
    kind = draw(kinds)
    ticks: list[str] = []
    points = report_points()
    breaks: tuple[Break, ...] = ()
    if kind is ChartKind.YEARS:
        ticks = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
        years = st.sampled_from(ticks)
        points = report_points(ats=years, panels=st.sampled_from(("Uphold rate", "<Compliance>")))
        breaks = tuple(draw(st.lists(report_breaks(ats=years), max_size=2)))
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


report_notes = derive(Note, "Notes under any mark.", mark=NAMES)


def _tuples(of: st.SearchStrategy[Any], *, max_size: int) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=max_size).map(tuple)


@draws(Section)
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


@draws(Report)
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
