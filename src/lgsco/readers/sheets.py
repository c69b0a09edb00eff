"""The sheets of a text: from bytes, text or HTML to rows of cells."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from lgsco.errors import Place, Problem, UnreadableDocument
from lgsco.readers.bounds import TABLE
from lgsco.readers.markup import is_markup, rows_of_markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lgsco.readers.bounds import Bounds

Cells = list[list[Any]]
Area = tuple[int, int, int, int]
"""The first and last row, and the first and last column, of cells merged into one: positions in the rows, from 0."""

_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Sheet(NamedTuple):
    """
    The rows of one sheet, and the row and column of their first cell in it, from 0.

    ``hidden`` are remarks on what a spreadsheet does not show.
    """

    name: str | None
    rows: Cells
    first_row: int = 0
    first_column: int = 0
    merged: tuple[Area, ...] = ()
    hidden: tuple[str, ...] = ()
    tables: tuple[int, ...] = ()
    """The rows before which a table begins or ends, where the file says so."""

    has_lines: bool = True
    has_letters: bool = True
    """Whether rows and columns have their places in the file; those of another layout have not."""

    def line(self, index: int) -> int:
        """Return the number in the file of a row, which is a position in the rows."""
        return self.first_row + index + 1

    def letter(self, position: int) -> str | None:
        """Return the letters in the file of a column, which is a position in the rows; ``None`` where it has none."""
        return letters_of(self.first_column + position) if self.has_letters else None


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


def letters_of(column: int) -> str:
    """
    Return the letters of a column, counted from 0.

    >>> letters_of(0), letters_of(25), letters_of(26), letters_of(701), letters_of(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    letters = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        letters = chr(ord("A") + letter) + letters
        column -= 1
    return letters


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
        for index, cell in enumerate(taken[-1]):
            if type(cell) is int and cell.bit_length() > _LONGEST_NUMBER:
                # Python refuses to write it out, and no cell of a file can have it.
                taken[-1][index] = f"a number of {cell.bit_length():,} bits"
        check_size(len(taken), len(taken[-1]), bounds)
    return Sheet(None, taken)


_LONGEST_NUMBER = 1_000
"""Whole numbers of more bits are taken as text that says so."""
_PLAIN = {str, int, float, bool, dt.date, dt.datetime, type(None)}


def _plain(cell: object) -> object:
    # A Decimal that is not a number may have no hash.
    return cell if type(cell) in _PLAIN or (type(cell) is Decimal and cell.is_finite()) else str(cell)


def check_size(rows: int, columns: int, bounds: Bounds) -> None:
    """
    Refuse a sheet of more rows or columns than are read.

    Raises:
        UnreadableDocument: it is beyond a bound.
    """
    if rows > bounds.sheet_rows:
        raise refused(f"row {rows:,}", f"at most {bounds.sheet_rows:,} rows are read")
    if columns > bounds.sheet_columns:
        raise refused(f"row {rows:,}", f"has {columns:,} columns, and at most {bounds.sheet_columns:,} are read")


def sheets_of_text(source: str | bytes, bounds: Bounds, score: Callable[[Cells], int]) -> Sheet:
    """
    Take rows from a page of HTML, or from text whose cells are parted by commas, semicolons, tabs or pipes.

    Args:
        source: the text. A line of a Markdown table is a row; so is each line of text beside a table.
        bounds: the most that is read.
        score: how many headings some rows have, which tells what parts the cells.

    Raises:
        UnreadableDocument: it is beyond a bound, or not text in UTF-8, UTF-16 or Windows-1252.
    """
    if len(source) > bounds.text_bytes:
        unit = "characters" if isinstance(source, str) else "bytes"
        raise refused("the whole", f"has {len(source):,} {unit}, and at most {bounds.text_bytes:,} are read")
    text = source if isinstance(source, str) else _decoded(source)
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    if is_markup(text) and _HTML_TABLE.search(text):
        rows, merged = rows_of_markup(text, bounds, TABLE)
        check_size(len(rows), max(map(len, rows), default=0), bounds)
        # Lines of text are never empty.
        ends = tuple(index for index, row in enumerate(rows) if not row)
        return Sheet(None, rows, merged=merged, tables=ends)
    # What Excel writes above comma-separated text, of what parts its cells.
    text = _SEPARATOR.sub("", text, count=1)
    delimiter = max(_DELIMITERS, key=lambda mark: score(_head(text, mark, bounds)))
    if delimiter != _PIPE:
        return Sheet(None, _cells(text, delimiter, bounds))
    rows = []
    is_open = _is_open(text)
    for line in io.StringIO(text):
        rows.append(_piped(line, is_open=is_open))
        check_size(len(rows), len(rows[-1]), bounds)
    return Sheet(None, rows)


_HTML_TABLE = re.compile("<table[ >/]", re.IGNORECASE)
_PIPE = "|"
_DELIMITERS = (",", ";", "\t", _PIPE)
_HEAD, _HEAD_LENGTH = 100, 1_000_000


def _head(text: str, delimiter: str, bounds: Bounds) -> Cells:
    lines = io.StringIO(text[:_HEAD_LENGTH], newline="")
    rows: Cells = []
    if delimiter == _PIPE:
        is_open = _is_open(text)
        return [_piped(line, is_open=is_open)[: bounds.sheet_columns] for line in itertools.islice(lines, _HEAD)]
    try:
        for row in itertools.islice(csv.reader(lines, delimiter=delimiter), _HEAD):
            rows.append(row[: bounds.sheet_columns])
    except csv.Error:
        pass
    return rows


def _cells(text: str, delimiter: str, bounds: Bounds) -> Cells:
    rows: Cells = []
    try:
        # Rows are counted as they come, whatever ends a line.
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            check_size(len(rows), len(row), bounds)
    except csv.Error as error:
        raise refused(f"row {len(rows) + 1:,}", f"this is not comma-separated text: {error}") from None
    return rows


_SEPARATOR = re.compile(r"\Asep=[^\r\n]?(?=[\r\n])", re.IGNORECASE)
_RULE = re.compile(r"[|+:\-= \t]+")
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_OPEN_LINE = re.compile(r"^[ \t]*[^|\s+][^|\n]*\|", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,2000}\)")
_EMPHASIS = re.compile(r"(?P<sign>[*_`]{1,3})(?P<text>[^*_`]+)(?P=sign)")


def _is_open(text: str) -> bool:
    """Whether the lines of a Markdown table do not all begin with a pipe, so that one that does has a blank cell."""
    return _OPEN_LINE.search(text) is not None


def _piped(line: str, *, is_open: bool) -> list[str]:
    """Return the cells of a line of a Markdown table; none of a line that rules cells off."""
    line = line.strip()
    if not line or (("-" in line or "=" in line) and _RULE.fullmatch(line)):
        return []
    cells = _UNESCAPED_PIPE.split(line.strip("#").strip() if line.startswith("#") else line)
    if len(cells) > 1:
        cells = cells[not cells[0].strip() and not is_open : len(cells) - (not cells[-1].strip())]
    return [_unadorned(cell.replace("\\|", _PIPE)) for cell in cells]


def _unadorned(cell: str) -> str:
    """Return a cell of Markdown without its links and its emphasis."""
    cell = cell.strip()
    if "](" in cell:
        cell = _LINK.sub(r"\1", cell)
    emphasis = _EMPHASIS.fullmatch(cell)
    return cell.replace("**", "").strip() if emphasis is None else emphasis["text"].strip()


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
