"""A report as text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._text import bullets, one_line
from lgsco.errors import InvalidValue
from lgsco.reports.cells import LEGEND, LOW, has_low_rate, rate_parts, words_of
from lgsco.reports.elements import ColumnKind
from lgsco.reports.words import figure_items, notes_by_mark, numbered
from lgsco.stats.rates import Proportion
from lgsco.wording.phrases import citation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lgsco.reports.elements import Cell, Column, Report, Section, Table

_NARROWEST = 40
_JOIN = "\N{NO-BREAK SPACE}"
"""Between what stands on one line: a percentage and its counts."""


def to_text(report: Report, *, width: int = 80) -> str:
    """
    Return a report as plain text, with numbers aligned to the right and tables that fit the width.

    A chart is left out where its section has a table, and is given in words where it has none.

    Args:
        report: the report.
        width: the most characters in a line, 40 or more; only a single word may be longer.

    Returns:
        The lines; no character of them commands a terminal.

    >>> from lgsco.reports.elements import Report, Section
    >>> care = Section("Care", paragraphs=("Few cases.",))
    >>> print(to_text(Report("Kent", scope="2023-24", units="Complaints", made_by="By lgsco", sections=(care,))))
    Kent
    ====
    <BLANKLINE>
    Care
    ----
    <BLANKLINE>
    Few cases.
    <BLANKLINE>
    2023-24 Complaints By lgsco
    <BLANKLINE>

    Raises:
        InvalidValue: the width is not a whole number of 40 or more.
    """
    if type(width) is not int or width < _NARROWEST:
        raise InvalidValue.at("width", width, f"must be a whole number of {_NARROWEST} or more")
    notes = notes_by_mark(report)
    blocks = [_heading(report.title, "=")]
    for section in report.sections:
        blocks += _section(section, notes, width)
    if report.notes:
        items = [f"[{number}] {one_line(note.words)}" for number, note in numbered(report)]
        blocks += [_heading("Notes", "-"), *(_filled(item, width) for item in items)]
    if report.sources:
        sources = [
            one_line(f"{citation(source)}{f': {source.url}' if source.url else ''}") for source in report.sources
        ]
        blocks += [_heading("Sources", "-"), bullets(sources, width)]
    blocks.append(_filled(f"{report.scope} {report.units} {report.made_by}", width))
    return "\n\n".join(blocks) + "\n"


def _heading(words: str, rule: str) -> str:
    line = one_line(words)
    return f"{line}\n{rule * len(line)}"


def _lines(text: str, width: int) -> list[str]:
    from textwrap import wrap  # noqa: PLC0415  # takes long to load

    return wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _filled(text: str, width: int) -> str:
    return "\n".join(_lines(one_line(text), width))


def _section(section: Section, notes: Mapping[str, int], width: int) -> list[str]:
    blocks = [_heading(section.heading, "-"), *(_filled(words, width) for words in section.paragraphs)]
    links = (f"{link.words}: {link.url}" for link in section.links)
    if items := [one_line(item) for item in (*figure_items(section), *section.items, *links)]:
        blocks.append(bullets(items, width))
    if not section.tables:
        blocks += [_filled(f"{chart.title}: {chart.words}", width) for chart in section.charts]
    for table in section.tables:
        if len(section.tables) > 1:
            blocks.append(_filled(_marked(table.caption, table.marks, notes), width))
        blocks.append(_table(table, notes, width))
        if has_low_rate(table):
            blocks.append(_filled(f"{LOW}: {LEGEND[LOW]}", width))
    return blocks


def _marked(text: str, marks: Sequence[str], notes: Mapping[str, int]) -> str:
    return " ".join([one_line(text), *(f"[{notes[mark]}]" for mark in marks)])


def _table(table: Table, notes: Mapping[str, int], width: int) -> str:
    header = [table.stub, *(_marked(column.heading, column.marks, notes) for column in table.columns)]
    stubs = [_marked(row.heading, row.marks, notes) + (f" ({row.marked})" if row.marked else "") for row in table.rows]
    columns = [
        stubs,
        *(_column(column, [row.cells[index] for row in table.rows]) for index, column in enumerate(table.columns)),
    ]
    left = [True, *(column.kind is ColumnKind.TEXT for column in table.columns)]
    widths = _widths([[heading, *cells] for heading, cells in zip(header, columns, strict=True)], width)
    lines = [*_row(header, widths, left), "  ".join("-" * size for size in widths)]
    for index, row in enumerate(table.rows):
        for change in row.breaks:
            lines += ["=" * (sum(widths) + 2 * len(widths) - 2), *_lines(one_line(change), width)]
        lines += _row([cells[index] for cells in columns], widths, left)
    return "\n".join(lines)


def _column(column: Column, cells: Sequence[Cell]) -> list[str]:
    """Return the cells of a column as text; percentages stand below one another, and so do counts."""
    if column.kind is not ColumnKind.RATE:
        joined = column.kind is not ColumnKind.TEXT
        return [
            words_of(cell).replace(" ", _JOIN) if joined and len(words_of(cell)) < _SHORT else words_of(cell)
            for cell in cells
        ]
    parts = [rate_parts(cell) for cell in cells if isinstance(cell, Proportion)]
    longest = max((len(counts) for _, counts in parts), default=0)
    return [
        f"{share} {counts.rjust(longest)}".replace(" ", _JOIN)
        if isinstance(cell, Proportion) and (share := rate_parts(cell)[0]) and (counts := rate_parts(cell)[1])
        else words_of(cell)
        for cell in cells
    ]


_SHORT = 16


def _widths(columns: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return the width of each column: as wide as it asks for, the widest narrowed until all fit."""
    widths = [max(map(len, cells)) for cells in columns]
    least = [max(len(word) for cell in cells for word in cell.split(" ")) for cells in columns]
    while sum(widths) + 2 * (len(widths) - 1) > width:
        wide = [index for index, size in enumerate(widths) if size > least[index]]
        if not wide:
            break
        widths[max(wide, key=lambda index: widths[index])] -= 1
    return widths


def _row(cells: Sequence[str], widths: Sequence[int], left: Sequence[bool]) -> list[str]:
    """Return the lines of a row; a cell that is too wide goes over several."""
    wrapped = [_lines(cell, size) or [""] for cell, size in zip(cells, widths, strict=True)]
    lines = []
    for number in range(max(map(len, wrapped))):
        parts = [cell[number] if number < len(cell) else "" for cell in wrapped]
        aligned = [
            part.ljust(size) if is_left else part.rjust(size)
            for part, size, is_left in zip(parts, widths, left, strict=True)
        ]
        lines.append("  ".join(aligned).rstrip().replace(_JOIN, " "))
    return lines
