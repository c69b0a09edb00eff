"""
Published tables: spreadsheets of what the Ombudsman received and decided, a row for each council.

The headings are somewhere under titles and notes, on a line or on two. They are the line that names the most columns;
the rows below are read column by column, to the last.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from lgsco._values import choice_of
from lgsco.documents.figures import PrintedPercent
from lgsco.documents.table_fields import TableField, TableKind
from lgsco.documents.table_rows import TableFigure, TableRow
from lgsco.documents.tables import PublishedTable, TableColumn, TableNote
from lgsco.errors import NO_VALUE, InvalidValue, Place, Problem, UnreadableDocument
from lgsco.model.years import ReportingYear
from lgsco.readers.bounds import TABLE
from lgsco.readers.cells import read_counts, read_percents, read_rates, shown
from lgsco.readers.headings import fields_of, is_total, may_have_marks, without_marks
from lgsco.readers.sheets import (
    Cells,
    Sheet,
    is_empty,
    is_workbook,
    named,
    sheets_of_rows,
    sheets_of_text,
    sheets_of_workbook,
)
from lgsco.readers.texts import DEFAULT_BOUNDS
from lgsco.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lgsco.readers.bounds import Bounds

__all__ = ["read_table", "read_tables"]

_MOST_TITLES = 100
"""Lines above the headings; no sheet has so many titles."""


def read_table(  # noqa: PLR0913  # each says something of the file that the caller may know
    source: bytes | str | Iterable[Sequence[object]],
    *,
    sheet: str | None = None,
    columns: Mapping[str, TableField | str] | None = None,
    year: ReportingYear | None = None,
    url: str | None = None,
    bounds: Bounds = DEFAULT_BOUNDS,
) -> PublishedTable:
    """
    Read the one table that a spreadsheet holds: received, decided, compliance or remedies, or several of these.

    Args:
        source: comma-separated text or its bytes (UTF-8, UTF-16 or Windows-1252; with commas, semicolons or tabs), a
            workbook as XLSX, XLS or ODS (extra ``lgsco[sheets]``), or rows of cells; the bytes tell which.
        sheet: the name of the sheet, where several hold a table.
        columns: the fields of headings that are not understood, or not as they are meant.
        year: the year of the figures, where neither a column nor a title has it.
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
        UnreadableDocument: it is beyond a bound, damaged or not text; or it has no headings, no year or several
            tables. Has what was found, what was not, and what is wrong, with its place.
        InvalidValue: ``columns`` names a field that does not exist.
        MissingExtra: it is a workbook, and what reads workbooks is not installed.

    Source: headings that newspapers and councils quote from the Ombudsman's spreadsheets. No real spreadsheet was at
    hand: the layouts are assumed, and ``lgsco.readers.headings.HEADINGS`` says of each heading how well it is known.
    """
    table, *others = read_tables(source, columns=columns, year=year, url=url, bounds=bounds, sheet=sheet)
    if others:
        names = tuple(f"a table on sheet {each.sheet!r}" for each in (table, *others))
        raise UnreadableDocument(TABLE, names, ("the one to read: name its sheet",))
    return table


def read_tables(  # noqa: PLR0913  # each says something of the file that the caller may know
    source: bytes | str | Iterable[Sequence[object]],
    *,
    sheet: str | None = None,
    columns: Mapping[str, TableField | str] | None = None,
    year: ReportingYear | None = None,
    url: str | None = None,
    bounds: Bounds = DEFAULT_BOUNDS,
) -> tuple[PublishedTable, ...]:
    """
    Read every table that a spreadsheet holds, one from each sheet that has one, in the order of the sheets.

    Args:
        source: as for ``read_table``.
        sheet: the name of the one sheet to read, where not all are wanted.
        columns: as for ``read_table``.
        year: as for ``read_table``.
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
    with_headings = [(page, headings) for page in sheets if (headings := _headings(page, mapped)) is not None]
    complete = [(page, headings) for page, headings in with_headings if headings.is_complete]
    if not complete:
        raise _without_headings([headings for _, headings in with_headings])
    return tuple(_Reading(page, headings).table(year, url) for page, headings in complete)


def _mapped(columns: Mapping[str, TableField | str]) -> dict[str, TableField]:
    return {
        _folded(heading): choice_of(f"columns[{heading!r}]", field, TableField) for heading, field in columns.items()
    }


def _folded(heading: str) -> str:
    return " ".join(heading.split()).casefold()


def _sheets(
    source: bytes | str | Iterable[Sequence[object]], mapped: Mapping[str, TableField], bounds: Bounds
) -> list[Sheet]:
    if isinstance(source, bytes) and is_workbook(source):
        return sheets_of_workbook(source, bounds)
    if isinstance(source, bytes | str):

        def score(rows: Cells) -> int:
            headings = _headings(Sheet(None, rows), mapped)
            return 0 if headings is None else len(headings.columns)

        return [sheets_of_text(source, bounds, score)]
    return [sheets_of_rows(source, bounds)]


# --- The headings


class _Column(NamedTuple):
    """A column that is understood: its position in the rows, what it holds, and its heading as printed."""

    position: int
    field: TableField
    heading: str


class _Headings(NamedTuple):
    """The line or lines of headings: where they begin, where the rows below begin, and the columns."""

    first: int
    below: int
    columns: tuple[_Column, ...]
    unknown: tuple[tuple[int, str], ...]
    duplicates: tuple[_Column, ...]

    @property
    def is_complete(self) -> bool:
        """Whether a column names the councils, and another holds figures."""
        fields = {column.field for column in self.columns}
        return TableField.NAME in fields and any(field.kind is not None for field in fields)


def _headings(sheet: Sheet, mapped: Mapping[str, TableField]) -> _Headings | None:
    """
    Find the line that names the most columns; of a line and a pair of lines that name as many, the line.

    They are above the first line of figures that follows a line of headings.
    """
    best: _Headings | None = None
    for row, line in enumerate(sheet.rows[:_MOST_TITLES]):
        if _has_number(line):
            if best is not None and best.is_complete:
                break
            continue
        for height in (1, 2):
            headings = _headings_in(sheet.rows, row, height, mapped)
            if headings is not None and (best is None or _worth(headings) > _worth(best)):
                best = headings
    return best


def _worth(headings: _Headings) -> tuple[bool, int, int]:
    return headings.is_complete, len(headings.columns), headings.first - headings.below


def _headings_in(rows: Cells, row: int, height: int, mapped: Mapping[str, TableField]) -> _Headings | None:
    lines = rows[row : row + height]
    # A line of titles has one cell, and a line of figures has numbers.
    if len(lines) < height or not any(map(_has_several, lines)):
        return None
    if height > 1 and (all(map(is_empty, lines[0])) or any(map(_has_number, lines[1:]))):
        return None
    candidates = _candidates(lines)
    understood: list[tuple[int, TableField | None, str]] = []
    unknown = []
    for column, several in enumerate(candidates):
        heading = next(((text, field) for text in several for field in _fields(text, mapped)), None)
        if heading is not None:
            understood.append((column, heading[1], heading[0]))
        elif several:
            unknown.append((column, several[0]))
    return _resolved(row, row + height, understood, unknown) if understood else None


def _fields(text: str, mapped: Mapping[str, TableField]) -> tuple[TableField | None, ...]:
    field = mapped.get(_folded(text)) if mapped else None
    return fields_of(text) if field is None else (field,)


def _has_number(line: Sequence[object]) -> bool:
    return any(
        not is_empty(cell) and (not isinstance(cell, str) or _A_NUMBER.fullmatch(cell) is not None) for cell in line
    )


def _has_several(line: Sequence[object]) -> bool:
    return sum(not is_empty(cell) for cell in line) > 1


_A_NUMBER = re.compile(r"\s*[0-9][0-9., \N{NO-BREAK SPACE}]*+%?\s*")


def _candidates(lines: Cells) -> list[list[str]]:
    """Return the candidates for the heading of each column, the likeliest first: of two lines, both or either."""
    width = max(map(len, lines))
    texts = [
        [" ".join(line[column].split()) if column < len(line) and line[column] else "" for column in range(width)]
        for line in lines
    ]
    if len(texts) == 1:
        return [[text] if text else [] for text in texts[0]]
    candidates, group = [], ""
    for upper, lower in zip(*texts, strict=True):
        # A heading over several columns is in the first of them.
        group = upper or group
        if not lower:
            candidates.append([upper] if upper else [])
        else:
            candidates.append(
                [*([f"{upper} {lower}"] if upper else []), lower, *([f"{group} {lower}"] if group else [])]
            )
    return candidates


_TOTALS = {
    TableKind.RECEIVED: TableField.RECEIVED,
    TableKind.DECIDED: TableField.DECIDED,
    TableKind.OVERVIEW: TableField.DEALT_WITH,
    TableKind.COMPLIANCE: TableField.COMPLIANCE_OUTCOMES,
}


def _resolved(
    first: int, below: int, understood: list[tuple[int, TableField | None, str]], unknown: list[tuple[int, str]]
) -> _Headings:
    """Resolve each total: it is that of the nearest figures before it, or else after it."""
    columns: dict[TableField, _Column] = {}
    duplicates: list[_Column] = []
    kinds = [field.kind for _, field, _ in understood if field is not None and field.kind is not None]
    near = next(iter(kinds), TableKind.REMEDIES)
    for index, field, heading in understood:
        near = near if field is None else field.kind or near
        meant = _TOTALS.get(near) if field is None else field
        if meant is None:
            unknown.append((index, heading))
        elif meant in columns:
            duplicates.append(_Column(index, meant, heading))
        else:
            columns[meant] = _Column(index, meant, heading)
    return _Headings(first, below, tuple(columns.values()), tuple(sorted(unknown)), tuple(duplicates))


def _without_headings(nearest: Sequence[_Headings]) -> UnreadableDocument:
    """Return what the sheet that comes nearest to a table has and lacks."""
    columns = max((headings.columns for headings in nearest), key=len, default=())
    fields = {column.field for column in columns}
    missing = [
        *(["a column of councils"] if TableField.NAME not in fields else []),
        *(["a column of figures"] if all(field.kind is None for field in fields) else []),
    ]
    return UnreadableDocument(TABLE, tuple(f"column {column.heading!r}" for column in columns), tuple(missing))


# --- The rows below them


class _Reading:
    """One reading of a sheet: what it holds, and what is wrong with it."""

    def __init__(self, sheet: Sheet, headings: _Headings) -> None:
        self._sheet = sheet
        self._name = " ".join((sheet.name or "").split()) or None
        self._headings = headings
        self._columns = {column.field: column for column in headings.columns}
        self._notes: list[TableNote] = []
        self._problems: list[Problem] = []

    def table(self, year: ReportingYear | None, url: str | None) -> PublishedTable:
        """Read the rows below the headings, column by column."""
        title = self._title()
        stated = self._stated_years()
        if year is None and TableField.YEAR not in self._columns:
            year = self._the_year(stated)
        cells, lines = self._cells()
        names = self._names(cells, lines)
        totals = _totals(names)
        years = self._years(cells, lines, year, totals)
        codes = self._codes(cells, lines)
        columns = [column for column in self._headings.columns if column.field.kind is not None]
        fields = tuple(column.field for column in columns)
        figures = zip(*(self._figures(column, cells[column.position], lines) for column in columns), strict=True)
        self._check_columns(year, stated)
        rows = [
            TableRow(name, year=of_year, code=code, line=line, fields=fields, figures=row)
            for name, of_year, code, line, row in zip(names, years, codes, lines, figures, strict=True)
        ]
        council_rows = [row for index, row in enumerate(rows) if index not in totals] if totals else rows
        self._check_duplicates(council_rows)
        return PublishedTable(
            tuple(council_rows),
            columns=tuple(
                TableColumn(column.field, heading=column.heading, letter=self._letter(column.position))
                for column in columns
            ),
            title=title,
            sheet=self._name,
            totals=tuple(rows[index] for index in sorted(totals)),
            notes=tuple(self._notes),
            unknown_columns=tuple(
                TableNote(Place(column=self._letter(index)), heading) for index, heading in self._headings.unknown
            ),
            problems=tuple(sorted(self._problems, key=lambda problem: problem.place.row or 0)),
            source=Source(f"LGSCO, {title or self._name or 'published table'}", url=url),
        )

    def _line(self, index: int) -> int:
        return self._sheet.first_row + index + 1

    def _letter(self, index: int) -> str:
        return letters_of(self._sheet.first_column + index)

    def _problem(self, line: int, reason: str, value: object = NO_VALUE, column: _Column | None = None) -> None:
        place = Place(sheet=self._name, row=line, column=None if column is None else column.heading)
        self._problems.append(Problem(place, reason, value=value if value is NO_VALUE else shown(value)))

    def _note(self, line: int, texts: Iterable[object], column: _Column | None = None) -> None:
        text = " ".join(shown(cell, longest=_LONGEST_NOTE) for cell in texts if not is_empty(cell))
        if text:
            self._notes.append(TableNote(Place(row=line, column=None if column is None else column.heading), text))

    # Above the headings

    def _title(self) -> str | None:
        """Return the first text above the headings; each line of texts there is a note."""
        title = None
        for index in range(self._headings.first):
            row = self._sheet.rows[index]
            texts = [cell for cell in row if not is_empty(cell)]
            if title is None and texts:
                title = without_marks(shown(texts[0], longest=_LONGEST_NOTE))[0]
            self._note(self._line(index), texts)
        return title

    def _stated_years(self) -> dict[ReportingYear, str]:
        """Return each year above or in the headings, or else in the name of the sheet, with its place."""
        years: dict[ReportingYear, str] = {}
        for index, row in enumerate(self._sheet.rows[: self._headings.below]):
            for cell in row:
                # Most headings hold no figure at all.
                for year in years_in(cell) if cell else ():
                    years.setdefault(year, f"row {self._line(index)}")
        if not years and self._name:
            years = dict.fromkeys(years_in(self._name), f"the name of sheet {self._name!r}")
        return years

    def _the_year(self, stated: Mapping[ReportingYear, str]) -> ReportingYear:
        if len(stated) == 1:
            return next(iter(stated))
        columns = tuple(f"column {column.heading!r}" for column in self._headings.columns)
        clashes = tuple(Problem(Place(path=place), f"speaks of {year}") for year, place in stated.items())
        raise UnreadableDocument(
            TABLE, columns, ("one year: give it as 'year'" if stated else "the year: give it as 'year'",), clashes
        )

    # Below them

    def _cells(self) -> tuple[list[tuple[Any, ...]], list[int]]:
        """Return the columns of the rows that hold figures, and the numbers of these rows; other rows are notes."""
        below = self._sheet.rows[self._headings.below :]
        width = max(max(map(len, below), default=0), *(column.position + 1 for column in self._headings.columns))
        if not {width}.issuperset(map(len, below)):
            below = [[*row, *[""] * (width - len(row))] for row in below]
        cells = list(zip(*below, strict=True)) or [()] * width
        name_column = self._columns[TableField.NAME]
        understood = [column.position for column in self._headings.columns if column is not name_column]
        figures = [column.position for column in self._headings.columns if column.field.kind is not None]
        first = self._line(self._headings.below)
        dropped = set()
        for index in _unusual(cells[name_column.position], cells[figures[0]]):
            # A note, a blank row, or a row that lacks something.
            row, is_named = below[index], not is_empty(below[index][name_column.position])
            if all(is_empty(row[column]) for column in (understood if is_named else figures)):
                self._note(first + index, row)
                dropped.add(index)
            elif not is_named:
                self._problem(first + index, "has figures and no name", column=name_column)
                dropped.add(index)
        lines = range(first, first + len(below))
        if not dropped:
            return cells, list(lines)
        kept = [index for index in range(len(below)) if index not in dropped]
        return [tuple(column[index] for index in kept) for column in cells], [lines[index] for index in kept]

    def _names(self, cells: Sequence[Sequence[Any]], lines: Sequence[int]) -> list[str]:
        column = self._columns[TableField.NAME]
        names = list(cells[column.position])
        # All at once: most names are texts, on one line and with single spaces.
        try:
            together = "|".join(("", *names, ""))
        except TypeError:
            names = list(map(str, names))
            together = "|".join(("", *names, ""))
        if not together.isprintable() or any(spaces in together for spaces in ("  ", " |", "| ")):
            names = [" ".join(name.split()) for name in names]
        if may_have_marks(together):
            for index, name in enumerate(names):
                names[index], mark = without_marks(name)
                self._note(lines[index], [mark], column)
        return names

    def _years(
        self, cells: Sequence[Sequence[Any]], lines: Sequence[int], year: ReportingYear | None, totals: set[int]
    ) -> list[ReportingYear | None]:
        column = self._columns.get(TableField.YEAR)
        if year is not None or column is None:
            return [year] * len(lines)
        years: list[ReportingYear | None] = []
        for index, cell in enumerate(cells[column.position]):
            years.append(_year_of(cell))
            # What is the total of several years has none.
            if years[-1] is None and not (index in totals and is_empty(cell)):
                self._problem(lines[index], "is not a reporting year, such as 2023-24", cell, column)
        return years

    def _codes(self, cells: Sequence[Sequence[Any]], lines: Sequence[int]) -> list[str | None]:
        column = self._columns.get(TableField.CODE)
        if column is None:
            return [None] * len(lines)
        codes: list[str | None] = []
        for line, cell in zip(lines, cells[column.position], strict=True):
            code = cell.strip() if isinstance(cell, str) else ""
            codes.append(code if _CODE.fullmatch(code) else None)
            if codes[-1] is None and not is_empty(cell):
                self._problem(line, "is not an ONS code, such as E10000034", cell, column)
        return codes

    def _figures(self, column: _Column, cells: Sequence[Any], lines: Sequence[int]) -> tuple[TableFigure, ...]:
        figures, refused, marks = _READERS.get(column.field.holds, read_counts)(cells)
        for index, reason in refused:
            self._problem(lines[index], reason, cells[index], column)
        for index, mark in marks:
            self._note(lines[index], [mark], column)
        return figures

    def _check_columns(self, year: ReportingYear | None, stated: Mapping[ReportingYear, str]) -> None:
        """Report duplicated headings, and titles that speak of another year than the caller's."""
        line = self._line(self._headings.below - 1)
        for column in self._headings.duplicates:
            first = self._letter(self._columns[column.field].position)
            reason = f"heads column {self._letter(column.position)}, and column {first} holds the same already"
            self._problem(line, reason, column.heading, column)
        if year is not None and stated and year not in stated:
            self._problem(line, f"is the year that is stated, and {year} the one given", ", ".join(map(str, stated)))

    def _check_duplicates(self, rows: Sequence[TableRow]) -> None:
        if len({row.name for row in rows}) == len(rows):
            return
        first: dict[tuple[str, ReportingYear | None], int | None] = {}
        for row in rows:
            if (line := first.setdefault((row.name, row.year), row.line)) != row.line:
                self._problem(row.line or 0, f"is also in row {line}", row.name, self._columns[TableField.NAME])


_NOTHING = ("", None)
_LONGEST_NOTE = 2_000
_CODE = re.compile("[A-Z][0-9]{8}")
_READERS = {PrintedPercent: read_percents, Decimal: read_rates}
_TOTAL_WORDS = ("total", "\nall", "\nengland", "\nnational", "\nsum")
_TOTAL_WORD = re.compile("total|^(?:all|england|national|sum)")


def _unusual(names: Sequence[object], figures: Sequence[object]) -> list[int]:
    """Return the rows without a name or without the first of the figures; most have both."""
    if "" not in names and {str}.issuperset(map(type, names)) and {int, float}.issuperset(map(type, figures)):
        return []
    return [
        index
        for index, (name, figure) in enumerate(zip(names, figures, strict=True))
        if not (name and type(name) is str and figure not in _NOTHING)
    ]


def _totals(names: Sequence[str]) -> set[int]:
    """Return the rows that add others up, by their names."""
    together = "\n".join(["", *names]).casefold()
    # All at once: in many tables no name holds such a word.
    if not any(word in together for word in _TOTAL_WORDS):
        return set()
    return {index for index, name in enumerate(together.split("\n")[1:]) if _TOTAL_WORD.search(name) and is_total(name)}


def letters_of(column: int) -> str:
    """
    Return the letters of a column, counted from 0.

    >>> letters_of(0), letters_of(25), letters_of(26), letters_of(701), letters_of(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    letters = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        letters = chr(ord("A") + letter) + letters
        column -= 1
    return letters


_A_YEAR = re.compile(
    r"(?:1(?:st)? april (?P<start>[0-9]{4}) ?(?:to|-) ?31(?:st)? march (?P<end>[0-9]{4}))"
    r"|(?:year|12 months) (?:ending|ended|to) (?:31(?:st)? march )?(?P<ending>[0-9]{4})(?![0-9])"
    r"|(?<![0-9])(?P<pair>(?:19|20)[0-9]{2} ?(?:[-/]|to) ?(?:20[0-9]{2}|[0-9]{2}))(?![0-9/-])"
)
_DIGITS = re.compile("[0-9]{4}")
_DASHES = str.maketrans(dict.fromkeys("\N{EN DASH}\N{EM DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}", "-"))


def years_in(cell: object) -> list[ReportingYear]:
    """
    Return the reporting years that a text mentions.

    >>> [str(year) for year in years_in("Decided 2022/23 and in the year ending 31 March 2024, published July 2024")]
    ['2022-23', '2023-24']
    """
    if not isinstance(cell, str) or _DIGITS.search(cell, 0, _LONGEST_NOTE) is None:
        return []
    text = " ".join(cell[:_LONGEST_NOTE].translate(_DASHES).casefold().split())
    years = []
    for match in _A_YEAR.finditer(text):
        if match["pair"]:
            year = match["pair"].replace(" ", "").replace("to", "-")
        elif match["ending"]:
            year = match["ending"]
        else:
            year = f"{match['start']}-{match['end']}"
        try:
            years.append(ReportingYear.parse(year))
        except InvalidValue:
            continue
    return list(dict.fromkeys(years))


def _year_of(cell: object) -> ReportingYear | None:
    """Return the year of a row, from its name, the number of the year in which it ends, or a date in it."""
    try:
        if isinstance(cell, dt.date):
            return ReportingYear.containing(dt.date(cell.year, cell.month, cell.day))
        if isinstance(cell, str):
            return _year_in(cell.strip())
        if type(cell) is int or (type(cell) is float and cell.is_integer()):
            return ReportingYear(int(cell))
    except InvalidValue:
        return None
    return None


def _year_in(text: str) -> ReportingYear | None:
    if len(text) == _PLAIN_YEAR:
        return ReportingYear.parse(text)
    if (day := _A_DAY.fullmatch(text)) is None:
        return next(iter(years_in(text)), None)
    try:
        # The day is first: 31/03/2024. No month is the 31st, so a date written the other way round is refused.
        return ReportingYear.containing(dt.date(int(day["year"]), int(day["month"]), int(day["day"])))
    except ValueError:
        return None


_A_DAY = re.compile(r"(?P<day>[0-9]{1,2})[/.](?P<month>[0-9]{1,2})[/.](?P<year>[0-9]{4})(?: 00:00(?::00)?)?", re.ASCII)
_PLAIN_YEAR = 4
