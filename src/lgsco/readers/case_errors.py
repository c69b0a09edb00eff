"""
Cells of a workbook that hold no value: errors such as #REF!, and formulas that were never calculated.

The library that reads workbooks gives both as empty cells, which would make a case undecided without a word. A workbook
comes here after it was checked, so that its parts are within their bounds and declare no entities.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.etree import ElementTree as ET

from lgsco.readers.archives import checked_archive, refused
from lgsco.readers.compounds import sheet_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lgsco.readers.bounds import Bounds
    from lgsco.readers.sheets import Sheet

__all__ = ["BrokenCell", "error_in", "mark_broken"]


class BrokenCell(NamedTuple):
    """A cell without a value, and the reason why it has none, as the rest of a sentence."""

    reason: str


_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)|#{3,}|Err:\d{3}", re.IGNORECASE)
_NO_RESULT: Final = "is a formula that was never calculated: open the file in a spreadsheet and save it"
_CODES = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BOOL_OR_ERROR, _FORMULA = 0x205, 0x06


def error_in(cell: object) -> str | None:
    """Return why a cell cannot be read, if it is what a spreadsheet has where a formula fails."""
    if isinstance(cell, BrokenCell):
        return cell.reason
    if isinstance(cell, str) and _ERROR.fullmatch(cell.strip()):
        return _failed(cell.strip())
    return None


def _failed(shown: str) -> str:
    return f"is an error of the spreadsheet, {shown}"


def mark_broken(source: bytes, sheet: Sheet, bounds: Bounds) -> None:
    """Put a ``BrokenCell`` into the rows of a sheet for each of its cells that holds no value."""
    try:
        broken = _broken(source, sheet.name or "", bounds)
    except (ET.ParseError, zipfile.BadZipFile, ValueError, LookupError, struct.error):
        raise refused("the whole", "this workbook is damaged: its cells cannot be looked through") from None
    for row, column, reason in broken:
        below, right = row - sheet.first_row, column - sheet.first_column
        if 0 <= below < bounds.sheet_rows and 0 <= right < bounds.sheet_columns:
            sheet.rows.extend([] for _ in range(below + 1 - len(sheet.rows)))
            cells = sheet.rows[below]
            cells.extend([None] * (right + 1 - len(cells)))
            cells[right] = BrokenCell(reason)


def _broken(source: bytes, name: str, bounds: Bounds) -> list[tuple[int, int, str]]:
    """Return the row and the column, from 0, of each cell of a sheet that holds no value, with the reason."""
    if not source.startswith(b"PK"):
        return [*_in_records(source, name)]
    with zipfile.ZipFile(io.BytesIO(checked_archive(source, bounds)[0])) as archive:
        # Some programs write a part in other letters than its link.
        parts = {part.casefold(): part for part in archive.namelist()}
        if "content.xml" in parts:
            return [*_in_open_sheet(archive.read("content.xml"), name)]
        if "xl/workbook.bin" in parts:
            raise refused("the whole", "this is a binary workbook, whose errors cannot be seen: save it as XLSX")
        relations = _parsed(archive.read(parts["xl/_rels/workbook.xml.rels"]))
        links = {link.get("Id"): link.get("Target", "") for link in relations}
        for element in _parsed(archive.read(parts["xl/workbook.xml"])).iter():
            if _local(element.tag) == "sheet" and element.get("name") == name:
                key = next((own for attribute, own in element.items() if _local(attribute) == "id"), None)
                target = links.get(key, "")
                part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
                return [*_in_office_sheet(archive.read(parts[part.casefold()]))]
    return []


def _parsed(part: bytes) -> ET.Element:
    return ET.fromstring(part)  # noqa: S314  # see the module's first lines


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _in_office_sheet(part: bytes) -> Iterator[tuple[int, int, str]]:
    row = column = -1
    for event, element in ET.iterparse(io.BytesIO(part), ("start", "end")):  # noqa: S314  # the same
        tag = _local(element.tag)
        if tag == "row" and event == "start":
            row, column = int(element.get("r", row + 2)) - 1, -1
        elif tag == "row":
            element.clear()
        elif tag == "c" and event == "end":
            place = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", element.get("r", ""))
            column = column + 1 if place is None else _column_of(place[1])
            inner = {_local(child.tag): child.text or "" for child in element}
            if element.get("t") == "e":
                yield row, column, _failed(inner.get("v") or "#")
            elif "f" in inner and not inner.get("v") and element.get("t") != "str":
                yield row, column, _NO_RESULT


def _column_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _in_open_sheet(part: bytes, name: str) -> Iterator[tuple[int, int, str]]:
    row = column = 0
    current: str | None = None
    for event, element in ET.iterparse(io.BytesIO(part), ("start", "end")):  # noqa: S314  # the same
        tag = _local(element.tag)
        own = {_local(attribute): given for attribute, given in element.items()}
        if tag == "table" and event == "start":
            row, current = 0, own.get("name")
        elif tag == "table-row" and event == "start":
            column = 0
        elif tag == "table-row":
            row += int(own.get("number-rows-repeated", 1))
            element.clear()
        elif tag in {"table-cell", "covered-table-cell"} and event == "end":
            text = "".join(element.itertext()).strip()
            if current == name and (reason := _open_reason(own, text)) is not None:
                yield row, column, reason
            column += int(own.get("number-columns-repeated", 1))


def _open_reason(own: dict[str, str], text: str) -> str | None:
    if own.get("value-type") == "error" or ("formula" in own and _ERROR.fullmatch(text)):
        return _failed(text or "#")
    return _NO_RESULT if "formula" in own and "value-type" not in own else None


def _in_records(source: bytes, name: str) -> Iterator[tuple[int, int, str]]:
    for sheet, kind, content in sheet_records(source):
        if sheet != name:
            continue
        if kind == _BOOL_OR_ERROR and len(content) >= 8 and content[7]:  # noqa: PLR2004  # place, style, code, kind
            code = content[6]
        elif kind == _FORMULA and len(content) >= 14 and content[12:14] == b"\xff\xff" and content[6] == 2:  # noqa: PLR2004  # an error's
            code = content[8]
        else:
            continue
        row, column = int.from_bytes(content[:2], "little"), int.from_bytes(content[2:4], "little")
        yield row, column, _failed(_CODES.get(code, "#"))
