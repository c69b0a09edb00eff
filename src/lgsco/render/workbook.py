"""
A report as a workbook (XLSX) that follows the accessibility checklist of the Government Analysis Function.

It has a cover, a list of contents, a sheet for each table with one figure in a cell, and a sheet of notes. No cell is
blank, merged or hidden, and none is a formula.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import textwrap
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeGuard

from lgsco._text import one_line
from lgsco.errors import MissingExtra
from lgsco.reports.cells import LEGEND, plain_columns
from lgsco.reports.elements import marks_in
from lgsco.reports.words import figure_items, is_web_address, notes_by_mark, numbered
from lgsco.wording.phrases import citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lgsco.reports.cells import Plain, PlainColumn
    from lgsco.reports.elements import Report, Table

_LONGEST = 32_000
"""A cell of a workbook can have at most 32,767 characters."""
_LONGEST_HEADING = 200
_LONGEST_LINK = 255
# A workbook has a date of creation; this one never changes, so that the same report gives the same workbook.
_CREATED_ON = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # a workbook's date has no zone


def to_workbook(report: Report) -> bytes:
    """
    Return a report as an XLSX workbook: a cover, the contents, a sheet for each table, and the notes.

    A rate has three columns: its percentage, the number counted and the number it is of. A missing figure is written as
    its sign, which is explained above the table. Charts are left out; their figures are in tables.

    Raises:
        MissingExtra: the extra ``lgsco[workbook]`` is not installed.
    """
    gptables, frame = _library()
    notes = notes_by_mark(report)
    sheets = {}
    if report.notes:
        numbers, notes_in_order = zip(*numbered(report), strict=True)
        rows = {"Note number": numbers, "Note text": [_text(note.words) for note in notes_in_order]}
        sheets["Notes"] = gptables.GPTable(frame(rows), "notes_table", "Notes", instructions=_INSTRUCTIONS)
    for number, table in enumerate(report.tables, 1):
        sheets[f"Table_{number}"] = gptables.GPTable(**_table(report, table, number, notes, frame))
    stream = io.BytesIO()
    # No text is read as a formula, a number or an address.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = gptables.GPWorkbook(stream, options)
    book.set_properties({"title": _text(report.title), "comments": _text(report.made_by), "created": _CREATED_ON})
    text = _cover(report, gptables)
    cover = book.add_worksheet("Cover")
    cover.write_cover(text)
    _set_up(cover)
    lines = _lines_of(text)
    _heighten(cover, 0, [[words] for words in lines], [text.width])
    look = book.add_format({"font_size": 12, "font_color": "#0563c1", "underline": 1, "text_wrap": True})
    for words, url in _linked(report).items():
        if _is_link(words, url):
            cover.write_url(lines.index(_text(words)), 0, url, look, _text(words))
    if sheets:
        sheets = {"Contents": book.make_table_of_contents(sheets), **sheets}
    for name, table in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.write_gptable(table, True)  # gptables' way
        _set_up(sheet)
        _fit(sheet, [[*table.table.columns], *table.table.values.tolist()])
    book.close()
    return stream.getvalue()


def _lines_of(cover: Any) -> list[str]:
    """Return the rows of a cover in gptables' order, with the headings that gptables adds."""
    more = ["About these data", *cover.about] if cover.about else []
    return [cover.title, "Introductory information", *cover.intro, *more]


def _set_up(sheet: Any) -> None:
    """Set a sheet to be printed on A4 in landscape, as wide as the paper, with page numbers."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&CPage &P of &N")


_A4 = 9
"""The number of this size of paper in workbooks."""


def _fit(sheet: Any, rows: Sequence[Sequence[object]]) -> None:
    """Make columns as wide as their longest line, up to where text is broken, and rows as high."""
    (table,) = sheet.tables
    first = int(re.sub(r"\D", "", table["range"].partition(":")[0])) - 1
    widths = []
    for index, column in enumerate(zip(*rows, strict=True)):
        longest = max(len(line) for cell in column for line in _shown(cell).split("\n"))
        widest = _WIDEST_OF_NUMBERS if any(isinstance(cell, int | float) for cell in column) else _WIDEST
        widths.append(min(max(longest + 3, _NARROWEST), widest))
        sheet.set_column(index, index, widths[-1])
    # The headings are repeated on each page.
    sheet.repeat_rows(first)
    _heighten(sheet, first, rows, widths)


_NARROWEST, _WIDEST_OF_NUMBERS, _WIDEST = 10, 18, 60
_LINE = 16.5


def _heighten(sheet: Any, first: int, rows: Sequence[Sequence[object]], widths: Sequence[float]) -> None:
    """Make rows as high as their text is, which not every program does by itself."""
    for index, row in enumerate(rows, first):
        lines = max(
            sum(len(textwrap.wrap(line, int(width))) or 1 for line in _shown(cell).split("\n"))
            for cell, width in zip(row, widths, strict=True)
        )
        if lines > 1:
            sheet.set_row(index, _LINE * min(lines, _MOST_LINES))


def _shown(cell: object) -> str:
    """Return the text of a cell; gptables writes a link as a dictionary of its text and its address."""
    return next(iter(cell)) if isinstance(cell, dict) else str(cell)


_MOST_LINES = 24
"""No row can be higher than 409 points."""


def _library() -> tuple[Any, Any]:
    try:
        import gptables  # noqa: PLC0415  # an extra, and slow to load
        from pandas import DataFrame  # noqa: PLC0415  # the same; gptables takes its tables so
    except ImportError as error:
        raise MissingExtra.unless_broken(
            error, "gptables", extra="workbook", package="gptables", purpose="write workbooks"
        ) from None
    return gptables, DataFrame


def _linked(report: Report) -> dict[str, str | None]:
    """Return what the cover has of sources and of pages elsewhere, with their addresses."""
    lines = [(f"Source: {citation(source)}", source.url) for source in report.sources]
    lines += [(link.words, link.url) for section in report.sections for link in section.links]
    linked: dict[str, str | None] = {}
    for words, url in lines:
        is_clear = url is None or (_is_link(words, url) and words not in linked)
        linked[words if is_clear else f"{words}, {url}"] = url
    return linked


def _is_link(words: str, url: str | None) -> TypeGuard[str]:
    return url is not None and url.startswith("https://") and is_web_address(url) and len(words) <= _LONGEST_LINK


def _cover(report: Report, gptables: Any) -> Any:
    sentences = [
        f"{section.heading}{'' if section.heading.endswith('?') else ':'} {words}"
        for section in report.sections
        for words in (*figure_items(section), *section.paragraphs, *section.items)
    ]
    return gptables.Cover(
        title=_text(report.title),
        intro=[_text(words) for words in (report.made_by, f"Scope: {report.scope}", f"Units: {report.units}")],
        about=[_text(words) for words in (*sentences, report.citation, *_linked(report))],
    )


def _table(report: Report, table: Table, number: int, notes: dict[str, int], frame: Any) -> dict[str, Any]:
    columns = plain_columns(table, notes)
    headings = _headings(columns, notes)
    used = [
        f"{sign} means {words}"
        for sign, words in LEGEND.items()
        if any(isinstance(cell, str) and cell.startswith(sign) for column in columns[1:] for cell in column.cells)
    ]
    marks = _marked(table.marks, notes)
    return {
        "table": frame(
            {
                heading: [_workbook_cell(cell) for cell in column.cells]
                for heading, column in zip(headings, columns, strict=True)
            },
            dtype=object,
        ),
        "table_name": f"table_{number}",
        "title": " ".join([f"Table {number}: {_text(table.caption)}", *marks]),
        "source": _text(f"Source: {'; '.join(map(citation, report.sources))}") if report.sources else None,
        "instructions": _INSTRUCTIONS + (_NOTED if any(marks_in([table])) else ""),
        "legend": [_text(words) for words in used],
        "index_columns": {2: 0},
        "additional_formatting": [
            {
                "column": {
                    "columns": [index],
                    "format": {
                        "num_format": _format(column),
                        "align": "right" if column.numbers else "left",
                        "indent": 1,
                    },
                    "include_names": True,
                }
            }
            for index, column in enumerate(columns)
            if index
        ],
    }


def _format(column: PlainColumn) -> str:
    """Return the format of a column; of numbers with as many places as its numbers have."""
    if not column.numbers:
        return "d mmmm yyyy" if column.unit == "date" else "General"
    exponents = (cell.normalize().as_tuple().exponent for cell in column.cells if isinstance(cell, Decimal))
    places = max((-exponent for exponent in exponents if type(exponent) is int), default=0)
    whole = "0" if column.unit == "%" else "#,##0"
    return f"{whole}.{'0' * places}" if places > 0 else whole


_INSTRUCTIONS = "This worksheet contains one table."
_NOTED = " Some cells refer to notes, which can be found on the notes worksheet."


def _headings(columns: Iterable[PlainColumn], notes: dict[str, int]) -> list[str]:
    return [
        "\n".join(
            [
                _text(column.heading)[:_LONGEST_HEADING],
                *([f"({column.unit})"] if column.unit not in {None, "date", column.heading.casefold()} else []),
                *_marked(column.marks, notes),
            ]
        )
        for column in columns
    ]


def _marked(marks: Iterable[str], notes: dict[str, int]) -> list[str]:
    return [f"[note {notes[mark]}]" for mark in marks]


def _workbook_cell(cell: Plain) -> str | int | float | dt.date:
    if isinstance(cell, str):
        return _text(cell)
    if isinstance(cell, dt.date):
        return cell
    # A workbook has floats only; a whole number stays one.
    return int(cell) if not isinstance(cell, Decimal) or cell == int(cell) else float(cell)


def _text(words: str) -> str:
    """
    Write a text so that gptables reads no part of it as a link or a note, and refuses none of it.

    >>> _text("[a](https://b.example)"), _text("$$note$$"), _text("???")
    ('[a] (https://b.example)', '$ $note$ $', '??? (as written)')
    """
    line = one_line(words).replace("](", "] (")
    line = re.sub(r"\$(?=\$)", "$ ", line)
    # It refuses a cell without a Latin letter or a digit.
    line = line if re.search("[a-zA-Z0-9]", line) else f"{line} (as written)"
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
