"""
The cells of a table's rows, column by column.

What is merged, or left blank below a name or a year, is filled. What is not the row of a council is told.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from lgsco.documents.table_fields import TableField
from lgsco.readers.cells import fault_of
from lgsco.readers.headings import summary_of
from lgsco.readers.scanner import is_empty, is_number, one_line, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.readers.blocks import Block
    from lgsco.readers.columns import Header
    from lgsco.readers.remarks import Remarks
    from lgsco.readers.sheets import Sheet

Columns = list[tuple[Any, ...]]


def cells_of(sheet: Sheet, block: Block, header: Header, remarks: Remarks) -> tuple[Columns, list[int]]:
    """Return the columns of the rows that hold figures, and the numbers of these rows; other rows are told."""
    for index in block.notes:
        remarks.note(sheet.line(index), sheet.rows[index])
    for unread in block.unread:
        first, last = sheet.line(unread.first), sheet.line(unread.last)
        which = ": it is" if first == last else f", nor are the rows below it to row {last}: they are"
        remarks.problem(first, f"is not read{which} {unread.reason}")
    rows = [sheet.rows[index] for index in block.rows]
    lines = [sheet.line(index) for index in block.rows]
    width = max(max(map(len, rows), default=0), *(each.position + 1 for each in (*header.columns, *header.duplicates)))
    dropped = _drop_shifted(sheet, header, rows, lines, remarks)
    if not {width}.issuperset(map(len, rows)):
        rows = [[*row, *[""] * (width - len(row))] for row in rows]
    rows = _filled_down(_unmerged(sheet, block, header, rows), lines, header, remarks)
    cells = list(zip(*rows, strict=True)) or [()] * width
    dropped |= _drop_others(cells, rows, lines, header, remarks)
    _check_unheaded(sheet, block, header, cells, remarks)
    if not dropped:
        return cells, lines
    kept = [index for index in range(len(rows)) if index not in dropped]
    return [tuple(column[index] for index in kept) for column in cells], [lines[index] for index in kept]


def _drop_others(
    cells: Columns, rows: Sequence[Sequence[Any]], lines: Sequence[int], header: Header, remarks: Remarks
) -> set[int]:
    """Return the rows that are notes, or that lack a name; each is told."""
    dropped = set()
    key = next(column for column in header.columns if column.field is header.key)
    figures = [column.position for column in header.figures]
    for index in _unusual(cells[key.position], cells[figures[0]]):
        # A note, or a row that lacks something.
        row, name = rows[index], rows[index][key.position]
        if all(is_empty(row[position]) for position in figures):
            numbers = any(is_number(cell) for position, cell in enumerate(row) if position != key.position)
            if numbers and not is_empty(name):
                continue
            remarks.note(lines[index], row)
        elif is_empty(name):
            remarks.problem(lines[index], f"has figures and no {_KEY_WORDS[header.key]}", column=key)
        elif (fault := fault_of(name)) is not None:
            remarks.problem(lines[index], fault, name, key)
        elif header.key is not TableField.NAME:
            continue
        elif (text := one_line(name)).isdecimal():
            remarks.problem(lines[index], "is not the name of a council", text, key)
        elif _NOTE.match(text):
            remarks.note(lines[index], row)
        else:
            continue
        dropped.add(index)
    return dropped


_KEY_WORDS = {TableField.NAME: "name", TableField.YEAR: "year"}
_NOTHING = ("", None)
_NOTE = re.compile(
    r"(?:notes?|sources?)\b ?[:0-9]|\N{COPYRIGHT SIGN}|[0-9]{1,3}(?:[.)] |$)|page [0-9]"
    r"|(?:report )?(?:printed|published|produced|extracted|run|updated|generated|last updated) (?:on|at|by)\b",
    re.IGNORECASE,
)


def _unusual(names: Sequence[object], figures: Sequence[object]) -> list[int]:
    """Return the rows without a name, with one that may be a note, or without the first of the figures."""
    are_usual = "" not in names and {str}.issuperset(map(type, names)) and {int, float}.issuperset(map(type, figures))
    if are_usual and _MAY_BE_NOTE.search("|".join(("", *map(str, names)))) is None:
        return []
    return [
        index
        for index, (name, figure) in enumerate(zip(names, figures, strict=True))
        if not (name and type(name) is str and figure not in _NOTHING)
        or _NOTE.match(name) is not None
        or fault_of(name) is not None
    ]


# The beginnings of notes and of errors, to look for in all names at once.
_MAY_BE_NOTE = re.compile(
    r"\|(?:[#0-9\N{COPYRIGHT SIGN}]|err:|note|source|page|report|print|publish|produc|extract|run|updat|generat|last)",
    re.IGNORECASE,
)


def _drop_shifted(
    sheet: Sheet, header: Header, rows: Sequence[Sequence[object]], lines: Sequence[int], remarks: Remarks
) -> set[int]:
    """Return the rows that go on beyond the headings with figures: a comma within a number has shifted them."""
    end = max(len(sheet.rows[line]) for line in range(header.first, header.below))
    shifted = {
        index for index, row in enumerate(rows) if len(row) > end and any(map(is_number, filter(None, row[end:])))
    }
    for index in sorted(shifted):
        remarks.problem(
            lines[index], "is not read: it has more figures than there are headings, so some may be shifted"
        )
    return shifted


_SHIFTED = "is not read: it has more figures than there are headings, so that they may be under wrong ones"


def _check_unheaded(sheet: Sheet, block: Block, header: Header, cells: Columns, remarks: Remarks) -> None:
    """Report the columns of figures without a heading, and those whose heading is not understood."""
    headed = {column.position for column in (*header.columns, *header.duplicates)}
    headed |= {position for position, _ in header.unknown}
    for beside in block.headers:
        if beside is not header:
            headed |= {column.position for column in beside.columns} | {index for index, _ in beside.unknown}
    for position, column in enumerate(cells):
        if position not in headed and any(map(is_number, column)):
            letter = sheet.letter(position)
            reason = f"{'a column' if letter is None else f'column {letter}'} has figures and no heading"
            remarks.problem(sheet.line(header.below - 1), reason)
    for position, heading in header.unknown:
        remarks.problem(None, "is a heading that is not understood", heading, sheet.letter(position))


# --- What is merged, or written once for several rows


def _unmerged(sheet: Sheet, block: Block, header: Header, rows: list[list[Any]]) -> list[list[Any]]:
    """Fill what is merged down rows, where it says whose the rows are; a figure merged so is that of no row."""
    places = {index: number for number, index in enumerate(block.rows)}
    who = {column.position for column in header.columns if column.field.kind is None}
    figures = {column.position for column in header.figures}
    key = next(column.position for column in header.columns if column.field is header.key)
    for top, bottom, left, right in sheet.merged:
        of_area = [places[index] for index in range(top, bottom + 1) if index in places]
        if bottom == top and of_area and left < key <= right and left not in figures:
            # "Total" over the columns of codes and of names.
            row = rows[of_area[0]] = [*rows[of_area[0]]]
            row[key], row[left] = row[left], ""
        if bottom == top or not of_area or not 0 <= top < len(sheet.rows) or left >= len(sheet.rows[top]):
            continue
        content = sheet.rows[top][left]
        for number in of_area:
            rows[number] = [*rows[number]]
            for position in range(left, min(right + 1, len(rows[number]))):
                if position in who and position == left:
                    rows[number][position] = content
                elif position in figures:
                    rows[number][position] = f"{shown(content)} (merged with other rows)"
    return rows


def _filled_down(rows: list[list[Any]], lines: Sequence[int], header: Header, remarks: Remarks) -> list[list[Any]]:
    """Fill names and years that are written once for the rows below them, where every row then has its own of both."""
    who = {column.field: column for column in header.columns if column.field.kind is None}
    pair = who.get(TableField.NAME), who.get(TableField.YEAR)
    for outer, inner in (pair, pair[::-1]):
        if outer is None or inner is None or not rows or any(is_empty(row[inner.position]) for row in rows):
            continue
        labels = [one_line(row[outer.position]) for row in rows]
        own = [one_line(row[inner.position]) for row in rows]
        # A total without a year is that of a year where each year has one, and else of all of them.
        times = Counter(own)
        groups = sum(map(bool, labels))
        overall = {
            name for name in own if inner.field is TableField.NAME and summary_of(name) and times[name] != groups
        }
        blank = [index for index, label in enumerate(labels) if not label and own[index] not in overall]
        if not blank or blank[0] == 0 or len({*filter(None, labels)}) < groups:
            continue
        written = [row[outer.position] for row in rows]
        for index in blank:
            written[index], labels[index] = written[index - 1], labels[index - 1]
        if len({*zip(labels, own, strict=True)}) < len(rows):
            continue
        first = lines[blank[0]]
        remarks.note(first, [f"Blank cells below {shown(outer.heading)!r} were read as what is above them."])
        rows = [[*row] for row in rows]
        for row, cell in zip(rows, written, strict=True):
            row[outer.position] = cell
    return rows
