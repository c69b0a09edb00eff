"""Tables of one council, with its years down or across in place of a column of councils."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco.readers.blocks import blocks_of
from lgsco.readers.headings import fields_of
from lgsco.readers.scanner import is_empty, one_line, year_of
from lgsco.readers.sheets import Sheet

if TYPE_CHECKING:
    from lgsco.readers.blocks import Block
    from lgsco.readers.columns import Mapped


def own_sheet(sheet: Sheet, mapped: Mapped) -> tuple[Sheet, list[Block]]:
    """Return the blocks of a sheet that is of one council, with its years down; one with years across is turned."""
    blocks = blocks_of(sheet, mapped, own=True)
    if blocks:
        return sheet, blocks
    turned = _turned(sheet)
    return (sheet, []) if turned is None else (turned, blocks_of(turned, mapped, own=True))


def _turned(sheet: Sheet) -> Sheet | None:
    """Return a sheet whose years go across with its years down, each row a year; ``None`` for any other."""
    for index, row in enumerate(sheet.rows):
        filled = [position for position, cell in enumerate(row) if not is_empty(cell)]
        years = [position for position in filled if year_of(row[position]) is not None]
        others = [position for position in filled if position not in years]
        if not years or len(others) > 1 or (others and others[0] > years[0]):
            continue
        below = [line for line in sheet.rows[index + 1 :] if not all(map(is_empty, line))]
        label = others[0] if others else years[0] - 1
        if label < 0 or not any(label < len(line) and fields_of(one_line(line[label])) for line in below):
            continue
        width = max(map(len, below))
        below = [[*line, *[""] * (width - len(line))] for line in below]
        turned = [
            ["Year", *(line[label] for line in below)],
            *([row[position], *(line[position] if position < width else "" for line in below)] for position in years),
        ]
        return Sheet(sheet.name, [*sheet.rows[:index], *turned], sheet.first_row, 0, (), sheet.hidden)
    return None
