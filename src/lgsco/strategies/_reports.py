"""Strategies for reports, their tables and their charts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from lgsco.reports import elements, headlines
from lgsco.strategies._common import NAMES, TEXTS
from lgsco.strategies._counts import counts_up_to
from lgsco.strategies._derived import composes, derive, draws
from lgsco.strategies._parties import SOURCES
from lgsco.strategies._printed import printed_percents
from lgsco.strategies._rates import PROPORTIONS, intervals, proportions

if TYPE_CHECKING:
    from collections.abc import Sequence


absents = derive(elements.Absent, "Missing values with their reasons.")


amounts = derive(
    elements.Amount,
    "Decimal numbers as they are printed, with at most two places; leaves out negative ones.",
    number=st.decimals(0, 100_000, places=1) | st.decimals(0, 100_000, places=2),
)


partial_rates = derive(elements.PartialRate, "What is known of a rate without its two counts.")


_COLUMN_KINDS = st.sampled_from(elements.ColumnKind)


report_columns = derive(
    elements.Column, "Headings of columns; leaves out marks of notes, for which there must be notes.", marks=st.just(())
)


_OF_COLUMN: dict[elements.ColumnKind, st.SearchStrategy[elements.Cell]] = {
    elements.ColumnKind.TEXT: NAMES,
    elements.ColumnKind.COUNT: counts_up_to(1_000_000),
    elements.ColumnKind.RATE: PROPORTIONS | partial_rates(),
    elements.ColumnKind.LIMITS: intervals(),
    elements.ColumnKind.PERCENT: printed_percents(),
    elements.ColumnKind.AMOUNT: amounts(),
    elements.ColumnKind.DATE: st.builds(elements.Day, st.dates(dt.date(1974, 4, 1), dt.date(2099, 12, 31))),
}


@composes(elements.Row)
def report_rows(draw: st.DrawFn, *, kinds: Sequence[elements.ColumnKind] | None = None) -> elements.Row:
    """Rows with a cell for each of the kinds, or for up to three of any; leaves out marks of notes."""
    cell_kinds = draw(st.lists(_COLUMN_KINDS, max_size=3)) if kinds is None else kinds
    return elements.Row(
        draw(NAMES),
        tuple(draw(_OF_COLUMN[kind] | absents()) for kind in cell_kinds),
        breaks=tuple(draw(st.lists(TEXTS, max_size=1))),
        marked=draw(st.none() | TEXTS),
    )


@composes(elements.Table)
def report_tables(draw: st.DrawFn, *, marks: Sequence[str] = (), max_size: int = 4) -> elements.Table:
    """Tables of up to four columns and rows; with ``marks`` some of them are at its caption, a column or a row."""
    stub, *headings = draw(st.lists(NAMES, min_size=2, max_size=5, unique=True))
    columns = [elements.Column(heading, draw(_COLUMN_KINDS), marks=_some(draw, marks)) for heading in headings]
    plain_rows = [
        draw(report_rows(kinds=[column.kind for column in columns])) for _ in range(draw(st.integers(1, max_size)))
    ]
    rows = [
        elements.Row(row.heading, row.cells, marks=_some(draw, marks), breaks=row.breaks, marked=row.marked)
        for row in plain_rows
    ]
    return elements.Table(draw(NAMES), stub, columns=tuple(columns), rows=tuple(rows), marks=_some(draw, marks))


def _some(draw: st.DrawFn, marks: Sequence[str]) -> tuple[str, ...]:
    return tuple(draw(st.lists(st.sampled_from(marks), max_size=1))) if marks else ()


_SHARES = st.floats(0, 1)
_CASES = st.integers(1, 5_000).map(float)


@draws(elements.Point)
def report_points(
    *, ats: st.SearchStrategy[str] | None = None, panels: st.SearchStrategy[str] | None = None
) -> st.SearchStrategy[elements.Point]:
    """Rates of some cases, with and without an interval; at a year and in a panel where these are given."""
    return st.builds(
        lambda name, rate, confidence, at, panel, marked, named: elements.Point(
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
    elements.Line,
    "Lines of one step or of several, from few cases to many.",
    steps=st.lists(st.tuples(_CASES, _SHARES), min_size=1, max_size=4).map(lambda steps: tuple(sorted(steps))),
    panel=st.none(),
)


report_breaks = derive(elements.Break, "Changes before a year.", at=NAMES, panel=st.none() | NAMES)


_CHART_KINDS = st.sampled_from(elements.ChartKind)


@composes(elements.Chart)
def report_charts(draw: st.DrawFn, *, kinds: st.SearchStrategy[elements.ChartKind] = _CHART_KINDS) -> elements.Chart:
    """Charts of up to six points; those of years with up to four years, in one panel or two."""
    kind = draw(kinds)
    ticks: list[str] = []
    points = report_points()
    breaks: tuple[elements.Break, ...] = ()
    if kind is elements.ChartKind.YEARS:
        ticks = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
        years = st.sampled_from(ticks)
        points = report_points(ats=years, panels=st.sampled_from(("Uphold rate", "<Compliance>")))
        breaks = tuple(draw(st.lists(report_breaks(ats=years), max_size=2)))
    return elements.Chart(
        kind,
        draw(NAMES),
        words=draw(TEXTS),
        across=draw(NAMES),
        up=draw(st.none() | NAMES),
        points=tuple(draw(st.lists(points, min_size=1, max_size=6))),
        lines=() if kind is elements.ChartKind.YEARS else tuple(draw(st.lists(report_lines(), max_size=2))),
        ticks=tuple(ticks),
        breaks=breaks,
    )


report_notes = derive(elements.Note, "Notes under any mark.", mark=NAMES)


def _tuples(of: st.SearchStrategy[Any], *, max_size: int) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=max_size).map(tuple)


_FIGURES = st.builds(headlines.Figure, NAMES, NAMES, counts=st.none() | TEXTS, meaning=st.none() | TEXTS)
_ADDRESSES = st.sampled_from(("https://www.lgo.org.uk/decisions", "javascript:alert(1)"))


@draws(elements.Section)
def report_sections(*, marks: Sequence[str] = (), charts: bool = True) -> st.SearchStrategy[elements.Section]:
    """Parts of a report with up to two of each thing; without charts where ``charts=False``."""
    return st.builds(
        elements.Section,
        NAMES,
        figures=_tuples(_FIGURES, max_size=2),
        links=_tuples(st.builds(headlines.Link, TEXTS, _ADDRESSES), max_size=1),
        paragraphs=_tuples(TEXTS, max_size=2),
        items=_tuples(TEXTS, max_size=2),
        charts=_tuples(report_charts(), max_size=1) if charts else st.just(()),
        tables=_tuples(report_tables(marks=marks), max_size=2),
    )


@composes(elements.Report)
def reports(draw: st.DrawFn, *, charts: bool = True) -> elements.Report:
    """Reports of up to three parts, with notes to which tables refer; without charts where ``charts=False``."""
    notes = draw(st.lists(report_notes(), max_size=3, unique_by=lambda note: note.mark))
    sections = report_sections(marks=[note.mark for note in notes], charts=charts)
    return elements.Report(
        draw(NAMES),
        scope=draw(TEXTS),
        units=draw(TEXTS),
        made_by=draw(TEXTS),
        sections=tuple(draw(st.lists(sections, max_size=3))),
        notes=tuple(notes),
        sources=tuple(draw(st.lists(SOURCES, max_size=2))),
    )
