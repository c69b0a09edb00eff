"""
The sheets of a workbook (XLSX, XLS or ODS): from bytes to rows of cells.

The library that reads workbooks is loaded when the first one comes. What is too large is refused before it sees it.
It gives nothing for errors, and nothing for formulas without a value: both are put back here.
"""

from __future__ import annotations

import io
from collections import defaultdict
from importlib import import_module
from typing import TYPE_CHECKING, Any

from lgsco.errors import MissingExtra
from lgsco.readers.archives import checked_archive
from lgsco.readers.cell_states import CellStates, states_of_archive, states_of_records
from lgsco.readers.compounds import checked_compound, records_of
from lgsco.readers.sheets import Cells, Sheet, check_size, letters_of, refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lgsco.readers.bounds import Bounds

__all__ = ["sheets_of_workbook"]


def sheets_of_workbook(source: bytes, bounds: Bounds) -> list[Sheet]:
    """
    Take the rows of every sheet of a workbook, those too that it does not show.

    An error is the text of its name, such as ``#REF!``, and a formula that has no value is its own text, such as
    ``=A1+A2``: no reader takes either for an empty cell, and ``fault_of`` in ``readers.cells`` says what it is.

    Raises:
        UnreadableDocument: it is beyond a bound, damaged, or needs a password.
        MissingExtra: the extra ``lgsco[sheets]`` is not installed.
    """
    try:
        calamine: Any = import_module("python_calamine")
    except ModuleNotFoundError:
        raise MissingExtra("sheets", "python-calamine", "read a spreadsheet") from None
    if len(source) > bounds.archive_bytes:
        raise refused("the whole", f"has {len(source):,} bytes, and at most {bounds.archive_bytes:,} are read")
    is_archive = source.startswith(b"PK")
    if is_archive:
        checked, most = checked_archive(source, bounds)
        states = states_of_archive(checked)
    else:
        checked, most = checked_compound(source, bounds), bounds.sheets
        states = states_of_records(records_of(checked))
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(checked))
        return _sheets(workbook, calamine, most, states, bounds)
    except calamine.CalamineError as error:
        raise refused("the whole", f"this workbook cannot be read: {' '.join(str(error).split())}") from None
    except BaseException as error:
        # What the library did not foresee raises an error that is not an Exception, and of a class without a name.
        if type(error).__name__ != "PanicException":
            raise
        raise refused("the whole", "this workbook is damaged, in a way that nobody foresaw") from None


def _sheets(workbook: Any, calamine: Any, most: int, states: Mapping[str, CellStates], bounds: Bounds) -> list[Sheet]:
    # Charts have sheets of their own, without cells.
    listed = [sheet for sheet in workbook.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
    if len(listed) > bounds.sheets:
        raise refused("the whole", f"has {len(listed):,} sheets, and at most {bounds.sheets:,} are read")
    if len(listed) > most:
        raise refused("the whole", "this workbook is damaged: two of its sheets are one")
    sheets, cells = [], 0
    for metadata in listed:
        name, state = metadata.name, states.get(metadata.name, CellStates())
        sheet = workbook.get_sheet_by_name(name)
        cells += sheet.height * sheet.width
        if cells > bounds.sheet_cells:
            raise refused(
                f"sheet {name!r}", f"brings the cells to {cells:,}, and at most {bounds.sheet_cells:,} are read"
            )
        first_row, first_column = sheet.start or (0, 0)
        check_size(first_row + sheet.height, first_column + sheet.width, bounds)
        rows = sheet.to_python()
        if state.texts:
            rows, first_row, first_column = _with_texts(rows, first_row, first_column, state.texts)
            check_size(first_row + len(rows), first_column + max(map(len, rows)), bounds)
        merged = {*state.merged, *((top, bottom, left, right) for (top, left), (bottom, right) in _merged(sheet))}
        is_hidden = metadata.visible != calamine.SheetVisibleEnum.Visible
        sheets.append(
            Sheet(
                name,
                rows,
                first_row,
                first_column,
                tuple(
                    (top - first_row, bottom - first_row, left - first_column, right - first_column)
                    for top, bottom, left, right in sorted(merged)
                    if top >= first_row and left >= first_column
                ),
                tuple(_hidden(state, is_sheet=is_hidden)),
            )
        )
    return sheets


def _merged(sheet: Any) -> Iterable[tuple[tuple[int, int], tuple[int, int]]]:
    return sheet.merged_cell_ranges or ()


def _with_texts(
    rows: Cells, first_row: int, first_column: int, texts: Mapping[tuple[int, int], str]
) -> tuple[Cells, int, int]:
    """Put texts at their places, in a rectangle that may have to grow for them."""
    if not rows or not rows[0]:
        first_row, first_column = min(row for row, _ in texts), min(column for _, column in texts)
    top, left = min(first_row, *(row for row, _ in texts)), min(first_column, *(column for _, column in texts))
    bottom = max(first_row + len(rows) - 1, *(row for row, _ in texts))
    width = max(first_column + max(map(len, rows), default=0) - 1, *(column for _, column in texts)) - left + 1
    by_row: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for (row, column), text in texts.items():
        by_row[row].append((column, text))
    grown: Cells = []
    for row in range(top, bottom + 1):
        known = rows[row - first_row] if 0 <= row - first_row < len(rows) else []
        cells = [*[""] * (first_column - left), *known]
        cells += [""] * (width - len(cells))
        for column, text in by_row.get(row, ()):
            if cells[column - left] == "":
                cells[column - left] = text
        grown.append(cells)
    return grown, top, left


def _hidden(state: CellStates, *, is_sheet: bool) -> Iterable[tuple[int, str]]:
    if is_sheet:
        yield 1, "This sheet is hidden in the workbook. It was read."
    if state.hidden_rows:
        numbers = _ranges([row + 1 for row in sorted(state.hidden_rows)])
        yield min(state.hidden_rows) + 1, f"Rows hidden in the workbook: {numbers}. They were read."
    if state.hidden_columns:
        letters = ", ".join(letters_of(column) for column in sorted(state.hidden_columns))
        yield 1, f"Columns hidden in the workbook: {letters}. They were read."


def _ranges(numbers: list[int]) -> str:
    """Return numbers in order as ranges: 3 to 5, 9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
