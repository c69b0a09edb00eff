"""Strategies for tables of many councils as published."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from lgsco.documents.figures import PrintedPercent
from lgsco.documents.missing import Missing
from lgsco.documents.tables import (
    MatchedReviews,
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
from lgsco.strategies._parties import SOURCES, YEARS
from lgsco.strategies._printed import printed_percents

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "OF_TYPE",
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
_CODES = st.sampled_from(("E10000016", "E07000999", "W06000001"))


def _figures(field: TableField, max_count: int) -> st.SearchStrategy[TableFigure]:
    told: dict[type, st.SearchStrategy[Any]] = {
        int: st.integers(0, max_count),
        PrintedPercent: printed_percents(),
        Decimal: st.integers(0, 500).map(lambda tenths: Decimal(tenths) / 10),
    }
    return told[field.holds] | told[field.holds] | st.sampled_from(Missing)


@st.composite
def table_columns(
    draw: st.DrawFn,
    *,
    fields: st.SearchStrategy[TableField] = _FIELDS,
    rows: int | None = None,
    max_count: int = MAX_COUNT,
) -> TableColumn:
    """Columns of any figures that their field holds, of so many rows or of up to four; leaves out that they add up."""
    field = draw(fields)
    most = 4 if rows is None else rows
    figures = draw(st.lists(_figures(field, max_count), min_size=rows or 0, max_size=most))
    return TableColumn(field, tuple(figures), heading=draw(maybe(NAMES, known=False)), letter=draw(_COLUMNS))


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


def table_notes() -> st.SearchStrategy[TableNote]:
    """What may stand beside figures, in any words."""
    return st.builds(TableNote, _LINES.map("row {}".format), TEXTS)


def table_problems() -> st.SearchStrategy[TableProblem]:
    """What may be wrong with a cell or a row, in any words."""
    return st.builds(
        TableProblem,
        line=_LINES,
        text=TEXTS | st.just(""),
        reason=TEXTS,
        column=maybe(_COLUMNS, known=False),
        heading=maybe(NAMES, known=False),
        sheet=maybe(NAMES, known=False),
    )


def wrong_totals() -> st.SearchStrategy[WrongTotal]:
    """Totals of any field; leaves out that what is added differs from what is stated."""
    counts = st.integers(0, MAX_COUNT)
    return st.builds(
        WrongTotal,
        field=_COUNTED,
        stated=counts,
        added=counts,
        name=NAMES,
        line=maybe(_LINES, known=False),
        year=maybe(YEARS, known=False),
        down=st.booleans(),
        at_least=st.booleans(),
    )


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
    held = tuple(draw(st.lists(names, max_size=max_size)))
    rows = len(held)
    fields = draw(st.lists(_FIELDS, max_size=6, unique=True))
    lines = range(5, 5 + rows)
    return PublishedTable(
        held,
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


def unmatched_rows() -> st.SearchStrategy[UnmatchedRow]:
    """Rows of which no review could be made, for any reason."""
    return st.builds(UnmatchedRow, table_rows(), TEXTS)


def matched_reviews() -> st.SearchStrategy[MatchedReviews]:
    """Reviews that a table comes to, and rows of which none could be made; leaves out two of one council and year."""
    return st.builds(
        MatchedReviews,
        st.lists(annual_reviews(), max_size=3, unique_by=lambda review: (review.authority, review.year)).map(tuple),
        unmatched=st.lists(unmatched_rows(), max_size=2).map(tuple),
    )


OF_TYPE: dict[type, Callable[[], st.SearchStrategy[Any]]] = {
    MatchedReviews: matched_reviews,
    PublishedTable: published_tables,
    TableColumn: table_columns,
    TableNote: table_notes,
    TableProblem: table_problems,
    TableRow: table_rows,
    UnmatchedRow: unmatched_rows,
    WrongTotal: wrong_totals,
}
