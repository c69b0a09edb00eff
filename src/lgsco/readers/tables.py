"""
Published tables: spreadsheets of what the Ombudsman received and decided, a row for each council.

A sheet is cut into blocks (``blocks``), the headings of each say what its columns hold (``columns``), and the rows are
read column by column, to the last. What may be read in two ways is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._values import choice_of
from lgsco.documents.missing import Missing
from lgsco.documents.table_fields import TableField
from lgsco.errors import Place, Problem, UnreadableDocument
from lgsco.readers.blocks import nearest_columns, score_of
from lgsco.readers.bounds import TABLE
from lgsco.readers.layouts import has_measures_down, laid_out
from lgsco.readers.rows import Reading
from lgsco.readers.scanner import folded, is_number, one_line, shown
from lgsco.readers.sheets import Cells, Sheet, is_workbook, named, sheets_of_rows, sheets_of_text
from lgsco.readers.texts import DEFAULT_BOUNDS
from lgsco.readers.workbooks import sheets_of_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lgsco.documents.tables import PublishedTable
    from lgsco.model.years import ReportingYear
    from lgsco.readers.bounds import Bounds


def read_table(  # noqa: PLR0913  # each says something of the file that the caller may know
    source: bytes | str | Iterable[Sequence[object]],
    *,
    sheet: str | None = None,
    columns: Mapping[str, TableField | str] | None = None,
    year: ReportingYear | None = None,
    council: str | None = None,
    url: str | None = None,
    bounds: Bounds = DEFAULT_BOUNDS,
) -> PublishedTable:
    """
    Read the one table that a spreadsheet holds: received, decided, compliance or remedies, or several of these.

    Args:
        source: comma-separated text or its bytes (UTF-8, UTF-16 or Windows-1252; with commas, semicolons, tabs or
            pipes), a table in Markdown or HTML, a workbook as XLSX, XLS or ODS (extra ``lgsco[sheets]``), or rows of
            cells; the bytes tell which.
        sheet: the name of the sheet, where several hold a table.
        columns: the fields of headings that are not understood, or not as they are meant.
        year: the year of the figures, where neither a column nor a title has it; a title that has another is told.
        council: the council of a table of its own, which has years down or across and no column of councils.
        url: where the file was found.
        bounds: the most that is read.

    Returns:
        The figures as printed, a row for each council, and what could not be understood.

    >>> table = read_table('''Complaints received 2023-24
    ...
    ... Authority Name,Housing,Highways & Transport,Total
    ... Barsetshire County Council,-,"1,204","1,204"
    ... Barchester City Council,3,n/a [note 1],four
    ... ''')
    >>> [(row.name, row.count(TableField.HOUSING), row.figure(TableField.RECEIVED)) for row in table]
    [('Barsetshire County Council', None, 1204), ('Barchester City Council', 3, Missing.UNREADABLE)]
    >>> print(*table.problems)
    row 5, Total: 'four' is not a whole number

    Raises:
        UnreadableDocument: it is beyond a bound, damaged or not text; or it has no headings, no year, several
            tables, or columns of several years that cannot be told apart. Has what was found, what was not, and what
            is wrong, with its place.
        InvalidValue: ``columns`` names a field that does not exist.
        MissingExtra: it is a workbook, and what reads workbooks is not installed.

    Source: headings that newspapers and councils quote from the Ombudsman's spreadsheets. No real spreadsheet was at
    hand: the layouts are assumed, and ``lgsco.readers.headings.HEADINGS`` says of each heading how well it is known.
    """
    table, *others = read_tables(
        source, sheet=sheet, columns=columns, year=year, council=council, url=url, bounds=bounds
    )
    if others:
        names = tuple(_name_of(each) for each in (table, *others))
        raise UnreadableDocument(TABLE, names, ("the one to read: name its sheet, or read them all",))
    return table


def read_tables(  # noqa: PLR0913  # each says something of the file that the caller may know
    source: bytes | str | Iterable[Sequence[object]],
    *,
    sheet: str | None = None,
    columns: Mapping[str, TableField | str] | None = None,
    year: ReportingYear | None = None,
    council: str | None = None,
    url: str | None = None,
    bounds: Bounds = DEFAULT_BOUNDS,
) -> tuple[PublishedTable, ...]:
    """
    Read every table that a spreadsheet holds, in the order of the sheets and of the tables on each.

    Args:
        source: as for ``read_table``.
        sheet: the name of the one sheet to read, where not all are wanted.
        columns: as for ``read_table``.
        year: as for ``read_table``.
        council: as for ``read_table``.
        url: as for ``read_table``.
        bounds: as for ``read_table``.

    Returns:
        The tables; a sheet without headings, such as a cover or notes, is passed over.

    Raises:
        UnreadableDocument: as ``read_table``, but that there may be several tables; there is at least one.
        InvalidValue, MissingExtra: as ``read_table``.
    """
    mapped = _mapped(columns or {})
    sheets = _sheets(source, mapped, bounds)
    if sheet is not None:
        sheets = named(sheets, sheet)
    tables: list[PublishedTable] = []
    for page in sheets:
        page, blocks = laid_out(page, mapped)  # noqa: PLW2901  # the same sheet, in the usual layout
        known: list[ReportingYear] = []
        for block in blocks:
            for header in block.headers:
                is_alone = len(blocks) == 1
                reading = Reading(page, block, header, year=year, council=council, above=known, is_alone=is_alone)
                tables.append(reading.table(url))
                known += reading.stated
    if not tables:
        raise _without_headings(sheets, mapped)
    if len(tables) > 1:
        _check_years(tables)
    return tuple(tables)


def _name_of(table: PublishedTable) -> str:
    place = "a table" if table.sheet is None else f"a table on sheet {table.sheet!r}"
    return place if table.title is None else f"{place}, {table.title!r}"


def _mapped(columns: Mapping[str, TableField | str]) -> dict[str, TableField]:
    return {
        folded(heading): choice_of(f"columns[{heading!r}]", field, TableField) for heading, field in columns.items()
    }


def _sheets(
    source: bytes | str | Iterable[Sequence[object]], mapped: Mapping[str, TableField], bounds: Bounds
) -> list[Sheet]:
    if isinstance(source, bytes) and is_workbook(source):
        return sheets_of_workbook(source, bounds)
    if isinstance(source, bytes | str):

        def score(rows: Cells) -> int:
            return score_of(rows, Sheet(None, rows), mapped)

        return [sheets_of_text(source, bounds, score)]
    return [sheets_of_rows(source, bounds)]


def _without_headings(sheets: Sequence[Sheet], mapped: Mapping[str, TableField]) -> UnreadableDocument:
    """Return what the sheet that comes nearest to a table has and lacks, and what to do."""
    nearest = [(sheet, *nearest_columns(sheet, mapped)) for sheet in sheets]
    sheet, line, columns = max(nearest, key=lambda each: _understood(each[2]), default=(Sheet(None, []), 0, {}))
    fields = {field for _, field in columns.values() if not isinstance(field, bool)}
    missing = [
        *(["a column of councils"] if TableField.NAME not in fields else []),
        *(["a column of figures"] if not any(field is None or field.kind is not None for field in fields) else []),
    ]
    if any(has_measures_down(page) for page in sheets):
        missing.append(
            "a row for each council: measures go down this table, so turn it, or head each column with the full name of"
            " a council, such as 'Kent County Council', or with a year"
        )
    place = one_line(sheet.name) or None
    problems = [
        Problem(Place(sheet=place, row=sheet.line(line), column=sheet.letter(position)), _NO_HEADING, value=shown(text))
        for position, (text, field) in columns.items()
        if field is False and _understood(columns) and not is_number(text)
    ]
    known = tuple(f"column {text!r}" for text, field in columns.values() if field is not False)
    return UnreadableDocument(TABLE, known, tuple(missing), tuple(problems))


_NO_HEADING = "is not a heading that is understood: say what it holds by 'columns'"


def _understood(columns: Mapping[int, tuple[str, object]]) -> int:
    return sum(field is not False for _, field in columns.values())


def _check_years(tables: Sequence[PublishedTable]) -> None:
    """Refuse tables that have other figures of the same councils and year: the year of one of them is not known."""
    known: dict[tuple[object, ...], tuple[PublishedTable, object]] = {}
    for table in tables:
        for row in table:
            for field, figure in zip(row.fields, row.figures, strict=True):
                key = (row.name, row.year, field)
                first, same = known.setdefault(key, (table, figure))
                if (
                    first is not table
                    and same != figure
                    and not isinstance(figure, Missing)
                    and not isinstance(same, Missing)
                ):
                    reason = f"two tables have {field.replace('_', ' ')} of {row.name} for {row.year}, and it differs"
                    problem = Problem(Place(sheet=table.sheet, row=row.line), reason)
                    raise UnreadableDocument(
                        TABLE, tuple(map(_name_of, (first, table))), ("the year or the subject of each",), (problem,)
                    )
