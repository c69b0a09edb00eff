"""The titles of a published table: which year they state, and which words above the headings are only notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lgsco.readers.headings import is_neutral, is_note
from lgsco.readers.scanner import one_line, without_marks, without_years, year_of, years_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.model.years import ReportingYear
    from lgsco.readers.blocks import Block
    from lgsco.readers.columns import Header
    from lgsco.readers.sheets import Sheet

# "(provisional)"; a remark with a figure may be of another year.
_REMARK = re.compile(r"\([^()0-9]{1,60}\)|\[[^\[\]0-9]{1,60}\]")


def stated_years(
    sheet: Sheet, block: Block, header: Header, above: Sequence[ReportingYear], *, is_alone: bool
) -> tuple[dict[ReportingYear, str], dict[ReportingYear, str]]:
    """
    Return the years that the titles of a table state, and those that other words above it mention, with their places.

    Args:
        sheet: the sheet; its name states the year where no title does, or another one where the table is alone on it.
        block: the table, with its titles.
        header: the headings of the table.
        above: the years of the tables above it, where neither states one.
        is_alone: whether it is the only table on its sheet.
    """
    name = one_line(sheet.name)
    of_name = years_in(name) or [year for year in (year_of(name),) if year is not None and not name.isdecimal()]
    mentioned: dict[ReportingYear, str] = {}
    titled: dict[ReportingYear, str] = {}
    first = True
    for index in (*block.titles, *range(header.first, header.below)):
        in_headings = index not in block.titles
        for position, cell in enumerate(sheet.rows[index]):
            # Most headings hold no figure at all.
            if not cell or (in_headings and not _is_beside(header, position)):
                continue
            text, _ = without_marks(one_line(cell))
            is_title = is_neutral(_REMARK.sub(" ", without_years(text))) or (first and not is_note(text))
            first = first and is_note(text)
            for year in years_in(cell):
                (titled if is_title else mentioned).setdefault(year, f"row {sheet.first_row + index + 1}")
    if not titled or (is_alone and not titled.keys() & {*of_name}):
        titled |= dict.fromkeys(of_name, f"the name of sheet {name!r}")
    if not titled and not mentioned and len(set(above)) == 1:
        titled = {above[0]: "a table above"}
    return titled, mentioned


def _is_beside(header: Header, position: int) -> bool:
    """Whether what is in a line of headings is beside the columns of figures."""
    figures = [column.position for column in header.figures]
    return position < min(figures) and all(
        position != column.position for column in header.columns if column.field.kind is None
    )
