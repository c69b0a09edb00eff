"""
The sheets of a workbook (XLSX, XLS or ODS): from bytes to rows of cells.

The library that reads workbooks is loaded when the first one comes. What a workbook says of its size is looked at
before, and what came of it after; what it takes in between is bounded in the worker alone (``Bounds.isolate``).
The library gives nothing for errors, and nothing for formulas without a value: both are put back here.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections import defaultdict
from importlib import import_module
from typing import TYPE_CHECKING, Any

from lgsco.errors import MissingExtra
from lgsco.readers.cell_states import CellStates, states_of_archive, states_of_records
from lgsco.readers.compounds import records_of
from lgsco.readers.scanner import one_line
from lgsco.readers.sheets import Area, Cells, Sheet, check_size, letters_of, refused
from lgsco.readers.worker import in_worker

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lgsco.readers.bounds import Bounds

_PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# zipfile says RuntimeError of archives that are locked or in forms that it does not read.
_DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError, struct.error)


def sheets_of_workbook(source: bytes, bounds: Bounds) -> list[Sheet]:
    """
    Take the rows of every sheet of a workbook, those too that it does not show.

    An error is the text of its name, such as ``#REF!``, and a formula that has no value is its own text, such as
    ``=A1+A2``: no reader takes either for an empty cell, and ``fault_of`` in ``readers.cells`` says what it is.

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
    except ImportError as error:
        raise MissingExtra.unless_broken(
            error, "python_calamine", extra="sheets", package="python-calamine", purpose="read a spreadsheet"
        ) from None
    archive = _archive(source, bounds) if source.startswith(b"PK") else None
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(source))
        return _sheets(workbook, calamine, source if archive is None else archive, bounds)
    except calamine.PasswordError:
        raise refused("the whole", "this workbook needs a password") from None
    except calamine.CalamineError as error:
        raise refused("the whole", f"this workbook cannot be read: {one_line(error)}") from None
    except BaseException as error:
        # What the library did not foresee raises an error that is not an Exception, and of a class without a name.
        if type(error).__name__ != "PanicException":
            raise
        raise refused("the whole", "this workbook is damaged, in a way that nobody foresaw") from None


def _archive(source: bytes, bounds: Bounds) -> zipfile.ZipFile:
    """Open an archive; refuse one that says itself that it is beyond a bound."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(source))
        parts = archive.infolist()
    except _DAMAGE as error:
        raise refused("the whole", f"this archive is damaged: {one_line(error)}") from None
    if len(parts) > bounds.archive_parts:
        raise refused("the whole", f"has {len(parts):,} parts, and at most {bounds.archive_parts:,} are read")
    size = sum(part.file_size for part in parts)
    if size > bounds.archive_bytes:
        raise refused("the whole", f"unpacks to {size:,} bytes, and at most {bounds.archive_bytes:,} are read")
    if not _PACKED.issuperset(part.compress_type for part in parts):
        raise refused("the whole", "is packed in a way that no workbook is")
    return archive


def _states(source: bytes | zipfile.ZipFile) -> dict[str, CellStates]:
    """Return the states of each sheet of a workbook, by its name."""
    if isinstance(source, bytes):
        return states_of_records(records_of(source))
    try:
        return states_of_archive(source)
    except _DAMAGE as error:
        reason = f"this workbook is damaged, so that its cells cannot be looked through: {one_line(error)}"
        raise refused("the whole", reason) from None


def _sheets(workbook: Any, calamine: Any, source: bytes | zipfile.ZipFile, bounds: Bounds) -> list[Sheet]:
    # Charts have sheets of their own, without cells.
    listed = [sheet for sheet in workbook.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
    names = [sheet.name for sheet in listed]
    if len(names) > bounds.sheets:
        raise refused("the whole", f"has {len(names):,} sheets, and at most {bounds.sheets:,} are read")
    if twice := next((name for index, name in enumerate(names) if name in names[:index]), None):
        raise refused("the whole", f"has two sheets with the name {twice!r}, of which only one could be read")
    states = _states(source)
    sheets, cells, room = [], 0, bounds.text_bytes
    for metadata in listed:
        name, state = metadata.name, states.get(metadata.name, CellStates())
        sheet = workbook.get_sheet_by_name(name)
        top, bottom, left, right = area = _area(sheet, state)
        cells += (bottom - top + 1) * (right - left + 1)
        if cells > bounds.sheet_cells:
            raise refused(
                f"sheet {name!r}", f"brings the cells to {cells:,}, and at most {bounds.sheet_cells:,} are read"
            )
        check_size(bottom + 1, right + 1, bounds)
        rows = sheet.to_python()
        if state.texts:
            rows = _with_texts(rows, sheet.start or (top, left), area, state.texts)
        room -= sum(len(cell) for row in rows for cell in row if isinstance(cell, str))
        if room < 0:
            reason = f"the text of the cells so far exceeds the {bounds.text_bytes:,} characters that are read"
            raise refused(f"sheet {name!r}", reason)
        merged = {*state.merged, *((first, last, one, end) for (first, one), (last, end) in _merged(sheet))}
        is_hidden = metadata.visible != calamine.SheetVisibleEnum.Visible
        sheets.append(
            Sheet(
                name,
                rows,
                top,
                left,
                tuple(
                    (first - top, last - top, one - left, end - left)
                    for first, last, one, end in sorted(merged)
                    if first >= top and one >= left
                ),
                tuple(_hidden(state, is_sheet=is_hidden)),
            )
        )
    return sheets


def _merged(sheet: Any) -> Iterable[tuple[tuple[int, int], tuple[int, int]]]:
    return sheet.merged_cell_ranges or ()


def _area(sheet: Any, state: CellStates) -> Area:
    """Return the first and last row, and the first and last column, of all that is on a sheet."""
    top, left = sheet.start or (0, 0)
    bottom, right = top + sheet.height - 1, left + sheet.width - 1
    if not state.texts:
        return top, bottom, left, right
    rows, columns = zip(*state.texts, strict=True)
    if sheet.start is None:
        return min(rows), max(rows), min(columns), max(columns)
    return min(top, *rows), max(bottom, *rows), min(left, *columns), max(right, *columns)


def _with_texts(rows: Cells, start: tuple[int, int], area: Area, texts: Mapping[tuple[int, int], str]) -> Cells:
    """Put texts at their places, in the rectangle of all that is on a sheet."""
    top, bottom, left, right = area
    width = right - left + 1
    by_row: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for (row, column), text in texts.items():
        by_row[row].append((column, text))
    grown: Cells = []
    for row in range(top, bottom + 1):
        known = rows[row - start[0]] if 0 <= row - start[0] < len(rows) else []
        cells = [*[""] * (start[1] - left), *known]
        cells += [""] * (width - len(cells))
        for column, text in by_row.get(row, ()):
            if cells[column - left] == "":
                cells[column - left] = text
        grown.append(cells)
    return grown


def _hidden(state: CellStates, *, is_sheet: bool) -> Iterable[str]:
    if is_sheet:
        yield "this sheet is hidden in the workbook: it was read"
    if state.hidden_rows:
        numbers = _ranges([row + 1 for row in sorted(state.hidden_rows)])
        yield f"has rows hidden in the workbook, {numbers}: they were read"
    if state.hidden_columns:
        letters = ", ".join(letters_of(column) for column in sorted(state.hidden_columns))
        yield f"has columns hidden in the workbook, {letters}: they were read"


def _ranges(numbers: list[int]) -> str:
    """Return numbers in order as ranges: 3 to 5, 9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
