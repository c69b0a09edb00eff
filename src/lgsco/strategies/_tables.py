"""Strategies for tables of many councils as published."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from lgsco.documents.figures import PrintedPercent
from lgsco.documents.matching import Matched
from lgsco.documents.missing import Missing
from lgsco.documents.table_fields import TableField
from lgsco.documents.table_rows import LineNumber, TableFigure, TableRow, WrongTotal
from lgsco.documents.tables import ColumnLetter, PublishedTable, TableColumn, TableNote
from lgsco.model.years import ReportingYear
from lgsco.strategies._cases import decisions
from lgsco.strategies._common import MAX_COUNT, NAMES, PLACES, PROBLEMS, maybe
from lgsco.strategies._counts import annual_reviews
from lgsco.strategies._derived import OF_ANNOTATION, composes, derive, draws
from lgsco.strategies._parties import SOURCES, YEARS
from lgsco.strategies._printed import printed_percents

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
    return by_class[field.holds] | by_class[field.holds] | st.sampled_from(Missing)


table_columns = derive(TableColumn, "Columns of any field, with any heading.", field=_FIELDS)


@composes(TableRow)
def table_rows(
    draw: st.DrawFn,
    *,
    names: st.SearchStrategy[str] = NAMES,
    years: st.SearchStrategy[ReportingYear] = YEARS,
    fields: tuple[TableField, ...] | None = None,
) -> TableRow:
    """Rows with the fields that are given, or with up to five of any kind; leaves out that they add up."""
    of = tuple(draw(st.lists(_FIELDS, max_size=5, unique=True))) if fields is None else fields
    return TableRow(
        draw(names),
        year=draw(maybe(years, known=False)),
        code=draw(maybe(_CODES, known=False)),
        line=draw(maybe(_LINES, known=False)),
        fields=of,
        figures=tuple(draw(_figures(field, MAX_COUNT)) for field in of),
    )


table_notes = derive(TableNote, "Notes beside figures, in any words.", place=PLACES)


wrong_totals = derive(
    WrongTotal, "Totals of any field; leaves out that what is added differs from what is stated.", field=_COUNTED
)


@composes(PublishedTable)
def published_tables(
    draw: st.DrawFn,
    *,
    names: st.SearchStrategy[str] = NAMES,
    years: st.SearchStrategy[ReportingYear] = YEARS,
    max_size: int = 4,
) -> PublishedTable:
    """
    Tables of up to four rows, with columns of any kind, and with notes, totals and problems.

    Leaves out that anything adds up, and that the problems speak of this table.
    """
    fields = tuple(draw(st.lists(_FIELDS, max_size=6, unique=True)))
    rows = draw(st.lists(table_rows(names=names, years=years, fields=fields), max_size=max_size))
    return PublishedTable(
        tuple(rows),
        columns=tuple(draw(table_columns(fields=st.just(field))) for field in fields),
        title=draw(maybe(NAMES, known=False)),
        sheet=draw(maybe(NAMES, known=False)),
        totals=tuple(draw(st.lists(table_rows(), max_size=1))),
        notes=tuple(draw(st.lists(table_notes(), max_size=2))),
        unknown_columns=tuple(draw(st.lists(table_notes(), max_size=1))),
        problems=tuple(draw(st.lists(PROBLEMS, max_size=2))),
        source=draw(maybe(SOURCES, known=False)),
    )


@draws(Matched)
def matches() -> st.SearchStrategy[Matched[Any]]:
    """Reviews or decisions, each of another council or case, and what could not be matched."""
    items = st.lists(annual_reviews(), max_size=3, unique_by=lambda review: (review.authority, review.year)) | st.lists(
        decisions(), max_size=4, unique_by=lambda case: (case.reference, case.authority)
    )
    return st.builds(Matched, items.map(tuple), unmatched=st.lists(PROBLEMS, max_size=2).map(tuple))
