"""
Workbooks that are archives of XML (XLSX and ODS), looked through before anything else reads them.

Every part is unpacked here, no further than the bounds allow, whatever its size is said to be; and what goes on to the
library that reads workbooks is an archive made anew of what was looked at. So that library never unpacks anything, and
never sees a part that was not looked at.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.parsers import expat

from lgsco.errors import Place, Problem, UnreadableDocument
from lgsco.readers.bounds import TABLE

if TYPE_CHECKING:
    from lgsco.readers.bounds import Bounds

__all__ = ["Extent", "checked_archive", "refused"]

_TAKEN = (".xml", ".rels", "mimetype")
_LEFT = ("docProps/", "xl/theme/", "xl/drawings/", "xl/charts/", "customXml/")
"""By the names of the parts: those that say what stands in the rows are taken, and what is drawn or run is left."""
_OPEN = "content.xml"
_FIRST_BYTES = 10_000
_DECLARES = "declares a type of document, as no workbook does"
_MARK = b"PK\x03\x04"


def refused(place: str, reason: str) -> UnreadableDocument:
    """Give the refusal of a file of which no rows could be had."""
    return UnreadableDocument(TABLE, (), ("rows",), (Problem(Place(path=place), reason),))


def checked_archive(source: bytes, bounds: Bounds) -> tuple[bytes, int]:
    """
    Give the archive again, unpacked and without what holds no rows; and how many sheets it may hold.

    Raises:
        UnreadableDocument: it is damaged or beyond a bound, a part of it declares entities or a type of document, or a
            sheet reaches beyond a bound.
    """
    parts = _unpacked(source, bounds)
    sheets = 0
    for name, part in parts.items():
        # No workbook has one, and what it may declare are entities that unfold without end. The library that reads on
        # unfolds none; one that stands further down, where none may, it does not understand.
        if part.find(b"<!DOCTYPE", 0, _FIRST_BYTES) >= 0:
            raise refused(name, _DECLARES)
        if b"sheetData" in part:
            _check_sheet(name, part, bounds)
            sheets += 1
        elif name == _OPEN:
            _check(name, part, bounds, _OpenSheets)
    # A part for each sheet in the one kind of file, and one for all of them in the other.
    return _packed(parts), sheets or bounds.sheets


def _unpacked(source: bytes, bounds: Bounds) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    room = bounds.archive_bytes
    try:
        # zipfile says NotImplementedError of archives in forms that it does not read.
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
        raise refused("the whole", f"this archive is damaged: {' '.join(str(error).split())}") from None
    if len(entries) > bounds.archive_parts:
        raise refused("the whole", f"has {len(entries):,} parts, and at most {bounds.archive_parts:,} are read")
    for entry in entries:
        name = entry.filename
        if name.endswith(_TAKEN) and not name.startswith(_LEFT):
            parts[name] = _unpacked_part(source, entry, room)
            room -= len(parts[name])
            if room < 0:
                raise refused(name, f"what is unpacked so far exceeds the {bounds.archive_bytes:,} bytes that are read")
    return parts


_HEAD = struct.Struct("<4s22xHH")
_LOCKED = 1
_MOST_TIMES = 1_032
"""What is packed by this method is at most so many times as long once it is unpacked."""


def _unpacked_part(source: bytes, entry: zipfile.ZipInfo, room: int) -> bytes:
    """Unpack a part as far as there is room, and a byte beyond; whatever size it is said to have."""
    start = entry.header_offset
    head = source[start : start + _HEAD.size] if start >= 0 else b""
    if len(head) < _HEAD.size or not head.startswith(_MARK):
        raise refused(entry.filename, "does not stand where the archive says")
    if entry.flag_bits & _LOCKED:
        raise refused(entry.filename, "needs a password")
    _, name, extra = _HEAD.unpack(head)
    start += _HEAD.size + name + extra
    packed = source[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        return packed[: room + 1]
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise refused(entry.filename, "is packed in a way that no workbook is")
    try:
        if len(packed) * _MOST_TIMES <= room:
            # It cannot unfold to more than there is room for: what it is said to hold is a hint, and no more.
            return zlib.decompress(packed, -zlib.MAX_WBITS, min(entry.file_size, room) + 1)
        unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
        part = unpacking.decompress(packed, room + 1)
    except zlib.error:
        raise refused(entry.filename, "is damaged") from None
    if not unpacking.eof and len(part) <= room:
        raise refused(entry.filename, "is damaged")
    return part


def _packed(parts: dict[str, bytes]) -> bytes:
    """Write an archive of parts that are not packed."""
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, part in parts.items():
        path = name.encode(errors="replace")
        common = struct.pack("<HHHHHIIIHH", 20, 0x800, 0, 0, 33, zlib.crc32(part), len(part), len(part), len(path), 0)
        head = _MARK + common + path
        directory.append(b"PK\x01\x02\x14\0" + common + struct.pack("<HHHII", 0, 0, 0, 0, offset) + path)
        body += (head, part)
        offset += len(head) + len(part)
    entries = b"".join(directory)
    end = struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(entries), offset, 0)
    return b"".join((*body, entries, b"PK\x05\x06", end))


# --- How far a sheet reaches


class Extent:
    """The cells of one sheet that hold anything: the first and last row and column, from 0."""

    def __init__(self, place: str, bounds: Bounds, before: int = 0) -> None:
        self._place, self._bounds, self._before = place, bounds, before
        self._rows, self._columns = (0, -1), (0, -1)

    def then(self, place: str) -> Extent:
        """Begin the next sheet, the cells of which count together with those of this one."""
        return Extent(place, self._bounds, self._before + self._cells())

    def add(self, first_row: int, last_row: int, first_column: int, last_column: int) -> None:
        """Take in some cells, and refuse the sheet where it has become too large."""
        (top, bottom), (left, right) = self._rows, self._columns
        if top <= first_row and last_row <= bottom and left <= first_column and last_column <= right:
            return
        bounds = self._bounds
        if last_row >= bounds.sheet_rows:
            raise refused(self._place, f"reaches to row {last_row + 1:,}, and at most {bounds.sheet_rows:,} are read")
        if last_column >= bounds.sheet_columns:
            reason = f"reaches to column {last_column + 1:,}, and at most {bounds.sheet_columns:,} are read"
            raise refused(self._place, reason)
        if top > bottom:
            self._rows, self._columns = (first_row, last_row), (first_column, last_column)
        else:
            self._rows = min(first_row, top), max(last_row, bottom)
            self._columns = min(first_column, left), max(last_column, right)
        cells = self._before + self._cells()
        if cells > bounds.sheet_cells:
            raise refused(self._place, f"brings the cells to {cells:,}, and at most {bounds.sheet_cells:,} are read")

    def _cells(self) -> int:
        return (self._rows[1] - self._rows[0] + 1) * (self._columns[1] - self._columns[0] + 1)


# The beginning of a cell that does not say first where it stands, in one of 26 columns and 9,999 rows, or of another
# tag that may be a cell. Hardly any sheet has one; one that does is parsed.
_UNUSUAL = re.compile(rb'<c(?! r=".[0-9]{1,4}+")')
# A tag with a prefix may be a cell too. To look for two bytes, a pattern is quicker than ``find``.
_PREFIXED = re.compile(rb":c")
_ROWS, _FEW_ROWS, _FEW_COLUMNS = b"sheetData", 9_999, 26


def _check_sheet(name: str, part: bytes, bounds: Bounds) -> None:
    first, last = part.find(_ROWS), part.rfind(_ROWS)
    fits = bounds.sheet_rows >= _FEW_ROWS and bounds.sheet_columns >= _FEW_COLUMNS
    if (
        not fits
        or bounds.sheet_cells < _FEW_ROWS * _FEW_COLUMNS
        or _PREFIXED.search(part, first, last)
        or _UNUSUAL.search(part, first, last)
    ):
        _check(name, part, bounds, _OfficeSheet)


def _check(name: str, part: bytes, bounds: Bounds, reading: type[_OfficeSheet | _OpenSheets]) -> None:
    """Parse a part, to see how far its sheets reach."""
    # By UTF-8, whatever it says of itself, since that is how it is read later.
    parser = expat.ParserCreate("utf-8")
    sheet = reading(name, bounds)
    parser.StartElementHandler = sheet.start
    parser.EndElementHandler = sheet.end
    parser.StartDoctypeDeclHandler = sheet.declare
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise refused(f"{name}, line {error.lineno}", f"is no XML: {expat.ErrorString(error.code)}") from None


_PLACE = re.compile(r"(?P<column>[A-Za-z]{1,6})(?P<row>[0-9]{1,10})")


class _Sheet:
    """A reading of the rows and cells of a part."""

    def __init__(self, name: str, bounds: Bounds) -> None:
        self._name = name
        self._extent = Extent(name, bounds)

    def declare(self, *_: object) -> None:
        """Refuse what declares a type of document."""
        raise refused(self._name, _DECLARES)

    def _number(self, given: str) -> int:
        if not (given.isascii() and given.isdecimal()) or len(given) > _MOST_DIGITS:
            raise refused(self._name, f"has {given[:20]!r} where a number of rows or columns should stand")
        return int(given)


class _OfficeSheet(_Sheet):
    """A reading of a sheet as XLSX has it."""

    def __init__(self, name: str, bounds: Bounds) -> None:
        super().__init__(name, bounds)
        self._row, self._column = -1, -1
        self._is_cell = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Follow the rows and cells, and see whether anything stands within one."""
        kind = tag.rpartition(":")[2]
        if kind == "row":
            number = attributes.get("r")
            self._row = self._row + 1 if number is None else self._number(number) - 1
            self._column = -1
        elif kind == "c":
            self._begin(attributes.get("r"))
        elif self._is_cell:
            # Something stands in the cell, which else has but a style.
            self._extent.add(self._row, self._row, self._column, self._column)
            self._is_cell = False

    def end(self, _tag: str) -> None:
        """Leave the cell, or what stands in it."""
        self._is_cell = False

    def _begin(self, given: str | None) -> None:
        self._is_cell = True
        if given is None:
            self._column += 1
            self._row = max(self._row, 0)
            return
        place = _PLACE.fullmatch(given)
        if place is None:
            raise refused(self._name, f"has a cell at {given[:20]!r}, which is no place")
        self._row, self._column = int(place["row"]) - 1, -1
        for letter in place["column"].upper():
            self._column = (self._column + 1) * 26 + ord(letter) - ord("A")


_MOST_DIGITS = 10
_FILLED = frozenset({"office:value-type", "table:formula", "office:value", "office:string-value", "calcext:value-type"})


class _OpenSheets(_Sheet):
    """A reading of all sheets as ODS has them, where rows and cells stand for many alike."""

    def __init__(self, name: str, bounds: Bounds) -> None:
        super().__init__(name, bounds)
        self._row, self._rows = 0, 1
        self._column, self._columns = 0, 1
        self._in_cell, self._is_filled = 0, False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Follow the rows and cells, and see whether one holds anything."""
        if tag == "table:table":
            self._extent = self._extent.then(self._name)
            self._row, self._rows = 0, 0
        elif tag == "table:table-row":
            self._row += self._rows
            self._rows = self._repeats(attributes.get("table:number-rows-repeated"))
            self._column, self._columns = 0, 0
        elif tag in _CELLS:
            self._column += self._columns
            self._columns = self._repeats(attributes.get("table:number-columns-repeated"))
            self._in_cell += 1
            self._is_filled = False
            if not _FILLED.isdisjoint(attributes):
                self._fill()
        elif self._in_cell and not self._is_filled:
            self._fill()

    def end(self, tag: str) -> None:
        """Leave a cell."""
        if tag in _CELLS:
            self._in_cell -= 1

    def _fill(self) -> None:
        self._is_filled = True
        self._extent.add(self._row, self._row + self._rows - 1, self._column, self._column + self._columns - 1)

    def _repeats(self, given: str | None) -> int:
        return 1 if given is None else self._number(given)


_CELLS = ("table:table-cell", "table:covered-table-cell")
