"""
The rows of a case system's export: from a file, rows or a data frame to headings and numbered rows.

The lines above the headings may name the day on which the list was made.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from lgsco.errors import InvalidValue, MissingExtra, Place, Problem, UnreadableDocument
from lgsco.readers.bounds import TABLE, Bounds
from lgsco.readers.case_cells import is_blank
from lgsco.readers.days import A_DAY, read_days
from lgsco.readers.scanner import folded, is_empty, one_line
from lgsco.readers.sheets import (
    Sheet,
    is_workbook,
    named,
    sheets_of_rows,
    sheets_of_text,
)
from lgsco.readers.workbooks import sheets_of_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

CaseSource: TypeAlias = bytes | str | Iterable[Mapping[str, object] | Sequence[object]] | Any
"""Where cases are read from: the bytes of a file, text, rows, or any data frame."""

_HEADER_WITHIN = 100
"""Lines among which the headings are; no export has so many titles."""


class Export(NamedTuple):
    """The headings of an export, its rows with their numbers, its sheet, and the day on which it was made."""

    headings: list[str]
    rows: Sequence[tuple[int, Sequence[object]]]
    sheet: str | None = None
    as_of: dt.date | None = None

    def cells(self, position: int) -> list[object]:
        """Return the cells of one column; a short row has none."""
        return [row[position] if position < len(row) else None for _, row in self.rows]


def export_of(
    source: CaseSource, rate: Callable[[Sequence[object]], int], enough: int | None, sheet: str | None, bounds: Bounds
) -> Export:
    """
    Return the rows of an export.

    Args:
        source: the bytes of a file, text, rows, or any data frame.
        rate: how many of its cells a row has in common with the headings that are looked for.
        enough: how many headings a sheet has that may be the one; of several such none is chosen.
        sheet: the name of the sheet.
        bounds: the most that is read.

    Raises:
        InvalidValue: rows are of two makings, or it is not a data frame.
        UnreadableDocument: a file is beyond a bound, damaged or not text, or several of its sheets fit.
        MissingExtra: it is a workbook or a data frame, and what reads these is not installed.
    """
    if isinstance(source, bytes) and is_workbook(source):
        return _of_sheet(_best(named(sheets_of_workbook(source, bounds), sheet), rate, enough), rate)
    if isinstance(source, bytes | str):
        return _of_sheet(sheets_of_text(source, bounds, lambda cells: max(map(rate, cells), default=0)), rate)
    if not isinstance(source, Sequence) and hasattr(type(source), "columns"):
        return _of_frame(source, bounds)
    if not isinstance(source, Iterable):
        raise InvalidValue.at("source", type(source).__name__, "is neither a file, rows nor a data frame")
    listed = [*source]
    of_mappings = bool(listed) and isinstance(listed[0], Mapping)
    wrong = [
        Problem(Place(row=number), f"is a {type(row).__name__}, and the first is a {type(listed[0]).__name__}")
        for number, row in enumerate(listed, 1)
        if isinstance(row, Mapping) != of_mappings
    ]
    if wrong:
        raise InvalidValue(wrong, subject="these rows hold no cases")
    if of_mappings:
        return _of_mappings(listed, bounds)
    return _of_sheet(sheets_of_rows(cast("list[Sequence[object]]", listed), bounds), rate)


def _best(sheets: Sequence[Sheet], rate: Callable[[Sequence[object]], int], enough: int | None) -> Sheet:
    ratings = [max(map(rate, sheet.rows[:_HEADER_WITHIN]), default=0) for sheet in sheets]
    most = max(ratings)
    alike = [sheet for sheet, rating in zip(sheets, ratings, strict=True) if rating == most]
    if len(alike) > 1 and most and most >= (enough or 0):
        names = tuple(f"cases on sheet {page.name!r}" for page in alike)
        raise UnreadableDocument(TABLE, names, ("which to read: name it",))
    return alike[0]


def _of_mappings(rows: Sequence[object], bounds: Bounds) -> Export:
    mappings = [row for row in rows if isinstance(row, Mapping)]
    headings = list(dict.fromkeys(heading for row in mappings for heading in row))
    cells = sheets_of_rows(([_present(row.get(heading)) for heading in headings] for row in mappings), bounds).rows
    return Export([str(heading) for heading in headings], [*enumerate(cells, 1)])


def _present(cell: object) -> object:
    return cell if isinstance(cell, str) or not is_blank(cell) else None


def _of_frame(frame: Any, bounds: Bounds) -> Export:
    try:
        nw: Any = import_module("narwhals.stable.v2")
    except ImportError as error:
        raise MissingExtra.unless_broken(
            error, "narwhals", extra="frames", package="narwhals", purpose="read cases from a data frame"
        ) from None
    try:
        narrow = nw.from_native(frame)
    except (TypeError, ValueError) as error:
        raise InvalidValue.at("source", type(frame).__name__, "is not a data frame") from error
    # One row more than the bound, so that the bound is seen to be passed; these are all the rows that are fetched.
    narrow = narrow.head(bounds.sheet_rows + 1)
    whole = narrow.collect() if isinstance(narrow, nw.LazyFrame) else narrow
    columns = [[*map(_present, whole[name].to_list())] for name in whole.columns]
    cells = sheets_of_rows(zip(*columns, strict=True), bounds).rows
    return Export([str(name) for name in whole.columns], [*enumerate(cells, 1)])


def _of_sheet(sheet: Sheet, rate: Callable[[Sequence[object]], int]) -> Export:
    lines = sheet.rows[:_HEADER_WITHIN]
    header = max(range(len(lines)), key=lambda row: rate(lines[row]), default=0)
    headings = [one_line(cell) for cell in (sheet.rows[header] if sheet.rows else ())]
    below = enumerate(sheet.rows[header + 1 :], sheet.first_row + header + 2)
    # An empty line is not a row.
    rows = [(number, row) for number, row in below if not all(map(is_empty, row))]
    return Export(headings, rows, sheet.name, _day_above(lines[:header]))


_MADE_ON = re.compile(
    r"\b(?:as (?:at|of|on)|(?:printed|exported|extracted|generated|produced|created|run|report) (?:on|at|date|for)?)\b"
)


def _day_above(lines: Sequence[Sequence[object]]) -> dt.date | None:
    """Return the one day that the lines above the headings say the list was made on."""
    days: set[dt.date] = set()
    for row in lines:
        if not _MADE_ON.search(" ".join(folded(cell) for cell in row if isinstance(cell, str))):
            continue
        cells: list[object] = [cell for cell in row if isinstance(cell, dt.date)]
        cells += [written for cell in row if isinstance(cell, str) for written in A_DAY.findall(cell)]
        days |= {day for day in read_days(cells)[0] if day is not None}
    return days.pop() if len(days) == 1 else None
