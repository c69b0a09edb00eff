"""Strategies for tables of many councils as published."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from lgsco.documents.figures import PrintedPercent
from lgsco.documents.tables import (
    ColumnLetter,
    LineNumber,
    MatchedReviews,
    NoFigure,
    PublishedTable,
    TableColumn,
    TableField,
    TableFigure,
    TableNote,
    TableProblem,
    TableRow,
    UnmatchedRow,
    WrongTotal,
)
from lgsco.model.years import ReportingYear
from lgsco.strategies._common import MAX_COUNT, NAMES, TEXTS, maybe
from lgsco.strategies._counts import annual_reviews
from lgsco.strategies._derived import OF_ANNOTATION, derive, draws
from lgsco.strategies._parties import SOURCES, YEARS
from lgsco.strategies._printed import printed_percents

__all__ = [
    "matched_reviews",
    "published_tables",
    "table_columns",
    "table_notes",
    "table_problems",
    "table_rows",
    "unmatched_rows",
    "wrong_totals",
]

_FIELDS = st.sampled_from([field for field in TableField if field.kind is not None])
_COUNTED = st.sampled_from([field for field in TableField if field.holds is int])
_COLUMNS = st.sampled_from(("A", "C", "Z", "AB"))
_LINES = st.integers(1, 400)
OF_ANNOTATION.update({LineNumber: _LINES, ColumnLetter: _COLUMNS})
_CODES = st.sampled_from(("E10000016", "E07000999", "W06000001"))


def _figures(field: TableField, max_count: int) -> st.SearchStrategy[TableFigure]:
    by_class: dict[type, st.SearchStrategy[Any]] = {
        int: st.integers(0, max_count),
        PrintedPercent: printed_percents(),
        Decimal: st.integers(0, 500).map(lambda tenths: Decimal(tenths) / 10),
    }
    return by_class[field.holds] | by_class[field.holds] | st.sampled_from(NoFigure)


@draws(TableColumn)
@st.composite
def table_columns(
    draw: st.DrawFn,
    *,
    fields: st.SearchStrategy[TableField] = _FIELDS,
    rows: int | None = None,
    max_count: int = MAX_COUNT,
) -> TableColumn:
    """Columns of any figures of their field, of a number of rows or of up to four; leaves out that they add up."""
    field = draw(fields)
    most = 4 if rows is None else rows
    figures = draw(st.lists(_figures(field, max_count), min_size=rows or 0, max_size=most))
    return TableColumn(field, tuple(figures), heading=draw(maybe(NAMES, known=False)), letter=draw(_COLUMNS))


@draws(TableRow)
@st.composite
def table_rows(
    draw: st.DrawFn, *, names: st.SearchStrategy[str] = NAMES, years: st.SearchStrategy[ReportingYear] = YEARS
) -> TableRow:
    """Rows with up to five columns of any kind; leaves out that they add up."""
    fields = draw(st.lists(_FIELDS, max_size=5, unique=True))
    return TableRow(
        draw(names),
        year=draw(maybe(years, known=False)),
        code=draw(maybe(_CODES, known=False)),
        line=draw(maybe(_LINES, known=False)),
        fields=tuple(fields),
        figures=tuple(draw(_figures(field, MAX_COUNT)) for field in fields),
    )


table_notes = derive(TableNote, "Notes beside figures, in any words.", place=_LINES.map("row {}".format))


table_problems = derive(
    TableProblem, "What may be wrong with a cell or a row, in any words.", text=TEXTS | st.just(""), sheet=NAMES
)


wrong_totals = derive(
    WrongTotal, "Totals of any field; leaves out that what is added differs from what is stated.", field=_COUNTED
)


@draws(PublishedTable)
@st.composite
def published_tables(
    draw: st.DrawFn,
    *,
    names: st.SearchStrategy[str] = NAMES,
    years: st.SearchStrategy[ReportingYear] = YEARS,
    max_size: int = 4,
) -> PublishedTable:
    """
    Tables of up to four councils, with columns of any kind, and with notes, totals and problems.

    Leaves out that anything adds up, and that the problems speak of this table.
    """
    councils = tuple(draw(st.lists(names, max_size=max_size)))
    rows = len(councils)
    fields = draw(st.lists(_FIELDS, max_size=6, unique=True))
    lines = range(5, 5 + rows)
    return PublishedTable(
        councils,
        tuple(draw(table_columns(fields=st.just(field), rows=rows)) for field in fields),
        years=tuple(draw(st.lists(maybe(years, known=False), min_size=rows, max_size=rows))),
        codes=tuple(draw(st.lists(maybe(_CODES, known=False), min_size=rows, max_size=rows) | st.just([]))),
        lines=draw(st.sampled_from((tuple(lines), ()))),
        title=draw(maybe(NAMES, known=False)),
        sheet=draw(maybe(NAMES, known=False)),
        totals=tuple(draw(st.lists(table_rows(), max_size=1))),
        notes=tuple(draw(st.lists(table_notes(), max_size=2))),
        unknown_columns=tuple(draw(st.lists(table_notes(), max_size=1))),
        problems=tuple(draw(st.lists(table_problems(), max_size=2))),
        source=draw(maybe(SOURCES, known=False)),
    )


unmatched_rows = derive(UnmatchedRow, "Rows of which no review could be made, for any reason.")


matched_reviews = derive(
    MatchedReviews,
    "Reviews that a table comes to, and rows of which none could be made; leaves out two of one council and year.",
    reviews=st.lists(annual_reviews(), max_size=3, unique_by=lambda review: (review.authority, review.year)).map(tuple),
)
