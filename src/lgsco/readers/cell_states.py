"""
What a workbook says of its cells beyond their values: errors, formulas without a value, what is merged or hidden.

The library that reads workbooks says of none of these. A file comes here after what it says of its size was looked at.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LONGEST_FORMULA, _MOST_HIDDEN = 80, 20_000


class Fault(str):
    """The text of a cell that has no value: the name of an error, or a formula that nobody calculated."""

    __slots__ = ()


class CellStates(NamedTuple):
    """The states of the cells of one sheet, whose rows and columns are counted from 0."""

    texts: Mapping[tuple[int, int], Fault] = {}
    """The names of errors, and formulas that have no value."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """The first and last row, and the first and last column, of cells that are merged."""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def _formula(text: str) -> Fault:
    text = " ".join(text.removeprefix("of:").removeprefix("=").split())[:_LONGEST_FORMULA]
    return Fault(f"={text or '...'}")


# --- XLSX and ODS

_OFFICE_SIGNS = (b"<f", b":f", b't="e"', b"t='e'", b'hidden="1', b"hidden='1", b'hidden="t', b"hidden='t")
_OPEN_SIGNS = (b":formula", b"error", b"-spanned", b":visibility")
"""What is in the part of a sheet of which there is anything to tell: to look for it costs a tenth of reading it."""


def states_of_archive(archive: zipfile.ZipFile) -> dict[str, CellStates]:
    """
    Return the states of each sheet of a workbook in an archive, by its name; none where it tells of none.

    Raises:
        ValueError: its parts are not those of a workbook whose cells can be looked through.
    """
    states: dict[str, CellStates] = {}
    names = set(archive.namelist())
    if "content.xml" in names:
        reading = _OpenSheets()
        part = archive.read("content.xml")
        if any(sign in part for sign in _OPEN_SIGNS):
            _parse(part, reading)
        return reading.states
    for name, path in _sheets_of(archive, names):
        part = archive.read(path)
        if any(sign in part for sign in _OFFICE_SIGNS):
            sheet = _OfficeSheet()
            _parse(part, sheet)
            states[name] = sheet.states
    return states


class _Reading:
    """A reading of a part of XML."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""

    def end(self, tag: str) -> None:
        """End an element."""

    def text(self, text: str) -> None:
        """Take what is within an element."""


def _parse(part: bytes, reading: _Reading) -> None:
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: reading.start(tag.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda tag: reading.end(tag.rpartition(":")[2])
    parser.CharacterDataHandler = reading.text
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise ValueError(f"a part of it is no XML, {error}") from None


class _Elements(_Reading):
    """The attributes of the elements of one tag."""

    def __init__(self, tag: str) -> None:
        self._tag = tag
        self.attributes: list[dict[str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Keep the attributes, without the prefixes of their names."""
        if tag == self._tag:
            self.attributes.append({name.rpartition(":")[2]: value for name, value in attributes.items()})


def _sheets_of(archive: zipfile.ZipFile, names: set[str]) -> Iterable[tuple[str, str]]:
    """Return the name of each sheet and the path of its part."""
    # Some programs write a part in other letters than its link.
    parts = {name.casefold(): name for name in names}
    if "xl/workbook.bin" in parts:
        raise ValueError("it is a binary workbook: save it as XLSX")
    book, relations = parts.get("xl/workbook.xml"), parts.get("xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        raise ValueError("it has no list of its sheets")
    sheets, links = _Elements("sheet"), _Elements("Relationship")
    _parse(archive.read(book), sheets)
    _parse(archive.read(relations), links)
    targets = {link.get("Id"): link.get("Target", "") for link in links.attributes}
    for sheet in sheets.attributes:
        target = targets.get(sheet.get("id"), "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if path.casefold() not in parts:
            raise ValueError(f"its sheet {sheet.get('name', '')!r} is missing")
        yield sheet.get("name", ""), parts[path.casefold()]


_PLACE = re.compile(r"(?P<column>[A-Za-z]{1,3})(?P<row>[0-9]{1,7})")


class _OfficeSheet(_Reading):
    """A reading of a sheet as XLSX has it."""

    def __init__(self) -> None:
        self._texts: dict[tuple[int, int], Fault] = {}
        self._rows: set[int] = set()
        self._columns: set[int] = set()
        self._row, self._column, self._type = -1, -1, ""
        self._value, self._formula_text, self._within = "", "", ""
        self._has_formula = False

    @property
    def states(self) -> CellStates:
        """The states of all cells read."""
        return CellStates(self._texts, (), frozenset(self._rows), frozenset(self._columns))

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Follow rows and cells."""
        if tag == "row":
            number = attributes.get("r", "")
            self._row = int(number) - 1 if number.isdecimal() else self._row + 1
            self._column = -1
            if attributes.get("hidden") in _TRUE:
                self._rows.add(self._row)
        elif tag == "col" and attributes.get("hidden") in _TRUE:
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdecimal() and last.isdecimal():
                # Columns without end are those beyond the table.
                self._columns.update(range(int(first) - 1, min(int(last), int(first) + _MOST_COLUMNS)))
        elif tag == "c":
            self._column += 1
            place = _PLACE.fullmatch(attributes.get("r", ""))
            if place is not None:
                self._row, self._column = int(place["row"]) - 1, _number_of(place["column"])
            self._type = attributes.get("t", "")
            self._value, self._formula_text, self._has_formula = "", "", False
        elif tag in {"v", "f", "is"}:
            self._within = tag
            self._has_formula |= tag == "f"

    def text(self, text: str) -> None:
        """Take the value and the formula of a cell."""
        if self._within == "f":
            self._formula_text += text
        elif self._within:
            self._value += text

    def end(self, tag: str) -> None:
        """Keep the state of a cell that has no value."""
        if tag in {"v", "f", "is"}:
            self._within = ""
        elif tag == "c":
            if self._type == "e":
                self._texts[self._row, self._column] = Fault(self._value.strip() or "#ERROR!")
            elif self._has_formula and not self._value and self._type != "str":
                self._texts[self._row, self._column] = _formula(self._formula_text)


_TRUE = frozenset({"1", "true"})
_MOST_COLUMNS = 500


def _number_of(letters: str) -> int:
    number = -1
    for letter in letters.upper():
        number = (number + 1) * 26 + ord(letter) - ord("A")
    return number


_VALUES = frozenset({"office:value", "office:string-value", "office:date-value", "office:boolean-value",
                     "office:time-value", "office:value-type"})  # fmt: skip
_CELLS = frozenset({"table-cell", "covered-table-cell"})


class _OpenSheets(_Reading):
    """A reading of all sheets as ODS has them, where rows and cells stand for many alike."""

    def __init__(self) -> None:
        self.states: dict[str, CellStates] = {}
        self._row, self._rows, self._column, self._columns = 0, 0, 0, 0
        self._cell: dict[str, str] | None = None
        self._text = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Follow sheets, rows and cells."""
        if tag == "table":
            self._texts: dict[tuple[int, int], Fault] = {}
            self._merged: list[tuple[int, int, int, int]] = []
            self._hidden_rows: set[int] = set()
            self._hidden_columns: set[int] = set()
            self._name = attributes.get("table:name", "")
            self._row, self._rows, self._column = 0, 0, 0
        elif tag == "table-column":
            count = _count(attributes.get("table:number-columns-repeated"))
            if attributes.get("table:visibility", "visible") != "visible":
                self._hidden_columns.update(range(self._column, self._column + min(count, _MOST_COLUMNS)))
            self._column += count
        elif tag == "table-row":
            self._row += self._rows
            self._rows = _count(attributes.get("table:number-rows-repeated"))
            self._column, self._columns = 0, 0
            if attributes.get("table:visibility", "visible") != "visible":
                self._hidden_rows.update(range(self._row, self._row + min(self._rows, _MOST_HIDDEN)))
        elif tag in _CELLS and self._cell is None:
            self._column += self._columns
            self._columns = _count(attributes.get("table:number-columns-repeated"))
            self._cell, self._text = attributes, ""

    def text(self, text: str) -> None:
        """Take what a cell shows."""
        if self._cell is not None:
            self._text += text

    def end(self, tag: str) -> None:
        """Keep the state of a cell, or of a sheet."""
        if tag in _CELLS and self._cell is not None:
            self._keep(self._cell, self._text.strip())
            self._cell = None
        elif tag == "table":
            self.states[self._name] = CellStates(
                self._texts, tuple(self._merged), frozenset(self._hidden_rows), frozenset(self._hidden_columns)
            )

    def _keep(self, cell: Mapping[str, str], text: str) -> None:
        down, across = (_count(cell.get(f"table:number-{kind}-spanned")) for kind in ("rows", "columns"))
        if down > 1 or across > 1:
            self._merged.append((self._row, self._row + down - 1, self._column, self._column + across - 1))
        if "error" in (cell.get("calcext:value-type"), cell.get("office:value-type")):
            state = Fault(text if text.startswith(("#", "Err:")) else "#ERROR!")
        elif "table:formula" in cell and _VALUES.isdisjoint(cell) and not text:
            state = _formula(cell["table:formula"])
        else:
            return
        for row in range(self._row, self._row + min(self._rows, _MOST_HIDDEN)):
            for column in range(self._column, self._column + min(self._columns, _MOST_COLUMNS)):
                self._texts[row, column] = state


def _count(number: str | None) -> int:
    return int(number) if number is not None and number.isdecimal() else 1


# --- XLS

_BOUND_SHEET, _END, _FORMULA, _ERROR_CELL, _ROW, _COLUMNS = 0x85, 0x0A, 0x06, 0x205, 0x208, 0x7D
_CALCULATED = 0x1C1
"""RecalcId, which names what calculated the workbook last."""
_ERROR_NAMES = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_SHEET_TYPE, _NO_NUMBER, _OF_ERROR, _OF_NOTHING = 0, 0xFFFF, 2, 3
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 1
_VALUES_OF_ROW = frozenset({0xBD, 0xD6, 0xFD, 0x203, 0x204, 0x27E})


def states_of_records(stream: bytes) -> dict[str, CellStates]:
    """Return the states of each sheet of a workbook from before 2007, by its name."""
    places = []
    is_calculated = False
    for kind, content in _records(stream, 0):
        # What calculates a workbook says so; libraries that only write one do not.
        is_calculated |= kind == _CALCULATED
        if kind == _BOUND_SHEET and len(content) > 8 and content[5] == _SHEET_TYPE:  # noqa: PLR2004  # place, kind, name
            width, encoding = (2, "utf-16-le") if content[7] & 1 else (1, "latin-1")
            name = content[8 : 8 + content[6] * width].decode(encoding, errors="replace")
            places.append((struct.unpack_from("<I", content)[0], name))
    return {name: _states_at(stream, place, is_calculated=is_calculated) for place, name in places}


def _states_at(stream: bytes, place: int, *, is_calculated: bool) -> CellStates:
    """Return the states of the sheet whose records begin at a place."""
    texts: dict[tuple[int, int], Fault] = {}
    empty: dict[tuple[int, int], Fault] = {}
    filled: set[int] = set()
    rows: set[int] = set()
    columns: set[int] = set()
    for kind, content in _records(stream, place):
        if kind == _ERROR_CELL and len(content) >= 8 and content[7]:  # noqa: PLR2004  # place, style, error
            texts[struct.unpack_from("<HH", content)] = Fault(_ERROR_NAMES.get(content[6], "#ERROR!"))
        elif kind == _FORMULA and len(content) >= 16:  # noqa: PLR2004  # place, style, result, options
            row, column, result, no_number = struct.unpack_from("<HH2xB5xH", content)
            if no_number == _NO_NUMBER and result == _OF_ERROR:
                texts[row, column] = Fault(_ERROR_NAMES.get(content[8], "#ERROR!"))
            elif no_number == _NO_NUMBER and result == _OF_NOTHING:
                # In the cell, nothing tells a formula that was never calculated from one that gives an empty text.
                empty[row, column] = _formula("")
            else:
                filled.add(row)
        elif kind in _VALUES_OF_ROW and len(content) > 2:  # noqa: PLR2004  # the row
            filled.add(struct.unpack_from("<H", content)[0])
        elif kind == _ROW and len(content) >= 14 and content[12] & _HIDDEN_ROW:  # noqa: PLR2004  # up to the options
            rows.add(struct.unpack_from("<H", content)[0])
        elif kind == _COLUMNS and len(content) >= 10 and content[8] & _HIDDEN_COLUMN:  # noqa: PLR2004  # the same
            first, last = struct.unpack_from("<HH", content)
            columns.update(range(first, min(last + 1, first + _MOST_COLUMNS)))
    # Rows of nothing but such formulas wait for data.
    texts.update((cell, text) for cell, text in empty.items() if cell[0] in filled and not is_calculated)
    return CellStates(texts, (), frozenset(rows), frozenset(columns))


def _records(stream: bytes, at: int) -> Iterable[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        if kind == _END:
            return
        at += 4 + length
