"""
The sheets of a file: from bytes to rows of cells, whether it is comma-separated text or a workbook.

The library that reads workbooks is loaded when the first one comes. What a workbook says of its size is looked at
before, and what came of it after; what it takes in between is bounded in the worker alone (``Bounds.isolate``).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import struct
import zipfile
from decimal import Decimal
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from lgsco.errors import MissingExtra, Place, Problem, UnreadableDocument
from lgsco.readers.bounds import TABLE
from lgsco.readers.worker import in_worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lgsco.readers.bounds import Bounds

__all__ = [
    "Cells",
    "Sheet",
    "is_workbook",
    "named",
    "refused",
    "sheets_of_rows",
    "sheets_of_text",
    "sheets_of_workbook",
]

Cells = list[list[Any]]

_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Sheet(NamedTuple):
    """The rows of one sheet, and the row and column of their first cell in it, from 0."""

    name: str | None
    rows: Cells
    first_row: int = 0
    first_column: int = 0


def named(sheets: Sequence[Sheet], name: str | None) -> list[Sheet]:
    """
    Return the sheet of a name, or every sheet where no name is asked for.

    Raises:
        UnreadableDocument: no sheet has this name.
    """
    chosen = [sheet for sheet in sheets if name in (None, sheet.name)]
    if not chosen:
        raise UnreadableDocument(TABLE, tuple(f"sheet {sheet.name!r}" for sheet in sheets), (f"sheet {name!r}",))
    return chosen


def refused(place: str, reason: str) -> UnreadableDocument:
    """Return the refusal of a file of which no rows could be had."""
    return UnreadableDocument(TABLE, (), ("rows",), (Problem(Place(path=place), reason),))


def is_empty(cell: object) -> bool:
    """Whether a cell has no contents."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def is_workbook(source: bytes) -> bool:
    """Whether bytes are a workbook, by the mark with which they begin."""
    return source.startswith((_ZIP, _COMPOUND))


def sheets_of_rows(rows: Iterable[Sequence[object]], bounds: Bounds) -> Sheet:
    """Take rows as they are given."""
    taken: Cells = []
    for row in rows:
        if isinstance(row, str | bytes) or not hasattr(row, "__iter__"):
            raise refused(f"row {len(taken) + 1}", "a row is a list of cells")
        cells = list(row)
        taken.append(cells if _PLAIN.issuperset(map(type, cells)) else [_plain(cell) for cell in cells])
        _within(len(taken), len(taken[-1]), bounds)
    return Sheet(None, taken)


_PLAIN = {str, int, float, bool, dt.date, dt.datetime, type(None)}


def _plain(cell: object) -> object:
    # A Decimal that is not a number may have no hash.
    return cell if type(cell) in _PLAIN or (type(cell) is Decimal and cell.is_finite()) else str(cell)


def _within(rows: int, columns: int, bounds: Bounds) -> None:
    if rows > bounds.sheet_rows:
        raise refused(f"row {rows:,}", f"at most {bounds.sheet_rows:,} rows are read")
    if columns > bounds.sheet_columns:
        raise refused(f"row {rows:,}", f"has {columns:,} columns, and at most {bounds.sheet_columns:,} are read")


def sheets_of_text(source: str | bytes, bounds: Bounds, score: Callable[[Cells], int]) -> Sheet:
    """
    Take rows from text whose cells are parted by commas, semicolons or tabs; ``score`` tells which.

    Raises:
        UnreadableDocument: it is beyond a bound, or not text in UTF-8, UTF-16 or Windows-1252.
    """
    if len(source) > bounds.text_bytes:
        unit = "characters" if isinstance(source, str) else "bytes"
        raise refused("the whole", f"has {len(source):,} {unit}, and at most {bounds.text_bytes:,} are read")
    text = source if isinstance(source, str) else _decoded(source)
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    delimiter = max(_DELIMITERS, key=lambda mark: score(_cells(text, mark, bounds, strict=False)))
    return Sheet(None, _cells(text, delimiter, bounds, strict=True))


_DELIMITERS = (",", ";", "\t")
_HEAD = 100


def _cells(text: str, delimiter: str, bounds: Bounds, *, strict: bool) -> Cells:
    rows: Cells = []
    try:
        # Rows are counted as they come, whatever ends a line.
        for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), None if strict else _HEAD):
            rows.append(row if strict else row[: bounds.sheet_columns])
            if strict:
                _within(len(rows), len(row), bounds)
    except csv.Error as error:
        if strict:
            raise refused(f"row {len(rows) + 1:,}", f"this is not comma-separated text: {error}") from None
    return rows


def _decoded(source: bytes) -> str:
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in source[:200]:
        encoding = "utf-16-le" if source[1:2] == b"\0" else "utf-16-be"
    else:
        try:
            return source.decode("utf-8-sig")
        except UnicodeDecodeError:
            encoding = "cp1252"
    try:
        return source.decode(encoding)
    except UnicodeDecodeError as error:
        raise refused(f"byte {error.start}", "this is not text in UTF-8, UTF-16 or Windows-1252") from None


def sheets_of_workbook(source: bytes, bounds: Bounds) -> list[Sheet]:
    """
    Take the rows of every sheet of a workbook.

    Raises:
        UnreadableDocument: it is beyond a bound, damaged, or needs a password.
        MissingExtra: the extra ``lgsco[sheets]`` is not installed.
    """
    if len(source) > bounds.archive_bytes:
        raise refused("the whole", f"has {len(source):,} bytes, and at most {bounds.archive_bytes:,} are read")
    if bounds.isolate:
        return in_worker(sheets_of_workbook, source, bounds, refuse=lambda reason: refused("the whole", reason))
    try:
        calamine: Any = import_module("python_calamine")
    except ModuleNotFoundError:
        raise MissingExtra("sheets", "python-calamine", "read a spreadsheet") from None
    if source.startswith(_ZIP):
        _check_archive(source, bounds)
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(source))
        return _sheets(workbook, calamine.SheetTypeEnum.WorkSheet, bounds)
    except calamine.PasswordError:
        raise refused("the whole", "this workbook needs a password") from None
    except calamine.CalamineError as error:
        raise refused("the whole", f"this workbook cannot be read: {' '.join(str(error).split())}") from None
    except BaseException as error:
        # What the library did not foresee raises an error that is not an Exception, and of a class without a name.
        if type(error).__name__ != "PanicException":
            raise
        raise refused("the whole", "this workbook is damaged, in a way that nobody foresaw") from None


def _check_archive(source: bytes, bounds: Bounds) -> None:
    """Refuse an archive that says itself that it is beyond a bound."""
    try:
        # zipfile says NotImplementedError of archives in forms that it does not read.
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
        raise refused("the whole", f"this archive is damaged: {' '.join(str(error).split())}") from None
    if len(parts) > bounds.archive_parts:
        raise refused("the whole", f"has {len(parts):,} parts, and at most {bounds.archive_parts:,} are read")
    size = sum(part.file_size for part in parts)
    if size > bounds.archive_bytes:
        raise refused("the whole", f"unpacks to {size:,} bytes, and at most {bounds.archive_bytes:,} are read")


def _sheets(workbook: Any, plain: object, bounds: Bounds) -> list[Sheet]:
    # Charts have sheets of their own, without cells.
    names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == plain]
    if len(names) > bounds.sheets:
        raise refused("the whole", f"has {len(names):,} sheets, and at most {bounds.sheets:,} are read")
    if twice := next((name for index, name in enumerate(names) if name in names[:index]), None):
        raise refused("the whole", f"has two sheets with the name {twice!r}, of which only one could be read")
    sheets, cells, room = [], 0, bounds.text_bytes
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        cells += sheet.height * sheet.width
        if cells > bounds.sheet_cells:
            raise refused(
                f"sheet {name!r}", f"brings the cells to {cells:,}, and at most {bounds.sheet_cells:,} are read"
            )
        first_row, first_column = sheet.start or (0, 0)
        _within(first_row + sheet.height, first_column + sheet.width, bounds)
        rows = sheet.to_python()
        room -= sum(len(cell) for row in rows for cell in row if type(cell) is str)
        if room < 0:
            reason = f"the text of the cells so far exceeds the {bounds.text_bytes:,} characters that are read"
            raise refused(f"sheet {name!r}", reason)
        sheets.append(Sheet(name, rows, first_row, first_column))
    return sheets
