"""
Published tables: spreadsheets of what the Ombudsman received and decided, a row for each council.

The headings stand somewhere under titles and notes, on a line or on two. They are the line that names the most columns;
what stands below is read column by column, until nothing more does.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from lgsco._values import choice_of, evolve
from lgsco.documents.figures import PrintedPercent
from lgsco.documents.tables import (
    PublishedTable,
    TableColumn,
    TableField,
    TableKind,
    TableNote,
    TableProblem,
    TableRow,
)
from lgsco.errors import InvalidValue, Place, Problem, UnreadableDocument
from lgsco.model.years import ReportingYear
from lgsco.readers.bounds import TABLE
from lgsco.readers.cells import is_empty, read_counts, read_percents, read_rates, shown
from lgsco.readers.headings import fields_of, is_total, may_have_marks, without_marks
from lgsco.readers.sheets import Cells, Sheet, is_workbook, sheets_of_rows, sheets_of_text, sheets_of_workbook
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

    Takes comma-separated text or its bytes (UTF-8, UTF-16 or Windows-1252; parted by commas, semicolons or tabs), a
    workbook as XLSX, XLS or ODS (extra ``lgsco[sheets]``), or rows of cells; the bytes tell which.
    ``sheet`` names the sheet, where several hold a table.
    ``columns`` says what headings stand for that are not understood, or not as they are meant.
    ``year`` is the year of the figures, where neither a column nor a title says it.

    >>> table = read_table('''Complaints received 2023-24
    ...
    ... Authority Name,Housing,Highways & Transport,Total
    ... Barsetshire County Council,-,"1,204","1,204"
    ... Barchester City Council,3,n/a [note 1],four
    ... ''')
    >>> [(row.name, row.count(TableField.HOUSING), row.figure(TableField.RECEIVED)) for row in table]
    [('Barsetshire County Council', None, 1204), ('Barchester City Council', 3, Missing.UNREADABLE)]
    >>> print(*table.problems)
    row 5, column D (Total): 'four' is no whole number

    Raises:
        UnreadableDocument: it is beyond a bound, damaged or no text; or it has no headings, no year or several tables.
            Says what was found, what was not, and what is wrong, with its place.
        InvalidValue: ``columns`` names a field that there is not.
        MissingExtra: it is a workbook, and what reads workbooks is not installed.

    Source: headings that newspapers and councils quote from the Ombudsman's spreadsheets. No real spreadsheet was at
    hand: the layouts are assumed, and ``lgsco.readers.headings.HEADINGS`` says of each heading how well it is known.
    """
    first, *others = read_tables(source, columns=columns, year=year, url=url, bounds=bounds, sheet=sheet)
    if others:
        found = tuple(f"a table on sheet {table.sheet!r}" for table in (first, *others))
        raise UnreadableDocument(TABLE, found, ("the one to read: name its sheet",))
    return first


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

    A sheet without headings, such as a cover or notes, is passed over. All else is as in ``read_table``.

    Raises:
        UnreadableDocument: as ``read_table``, but that there may be several tables; there is at least one.
        InvalidValue, MissingExtra: as ``read_table``.
    """
    mapped = _mapped(columns or {})
    sheets = _sheets(source, mapped, bounds)
    if sheet is not None:
        chosen = [one for one in sheets if one.name == sheet]
        if not chosen:
            raise UnreadableDocument(TABLE, tuple(f"sheet {one.name!r}" for one in sheets), (f"sheet {sheet!r}",))
        sheets = chosen
    found = [(one, headings) for one in sheets if (headings := _headings(one, mapped)) is not None]
    whole = [(one, headings) for one, headings in found if headings.is_whole]
    if not whole:
        raise _without_headings([headings for _, headings in found])
    return tuple(_Reading(one, headings).table(year, url) for one, headings in whole)


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
    """A column that is understood: where it stands in the rows, what it holds, and its heading as printed."""

    at: int
    field: TableField
    heading: str


class _Headings(NamedTuple):
    """The line or lines of headings: where they begin, where the rows below begin, and the columns."""

    first: int
    below: int
    columns: tuple[_Column, ...]
    unknown: tuple[tuple[int, str], ...]
    repeated: tuple[_Column, ...]

    @property
    def is_whole(self) -> bool:
        """Whether a column names the councils, and another holds figures."""
        fields = {column.field for column in self.columns}
        return TableField.NAME in fields and any(field.kind is not None for field in fields)


def _headings(sheet: Sheet, mapped: Mapping[str, TableField]) -> _Headings | None:
    """
    Find the line that names the most columns; of a line and a pair of lines that name as many, the line.

    They stand above the first line of figures that follows a line of headings.
    """
    best: _Headings | None = None
    for at, line in enumerate(sheet.rows[:_MOST_TITLES]):
        if _has_number(line):
            if best is not None and best.is_whole:
                break
            continue
        for height in (1, 2):
            found = _headings_at(sheet.rows, at, height, mapped)
            if found is not None and (best is None or _worth(found) > _worth(best)):
                best = found
    return best


def _worth(headings: _Headings) -> tuple[bool, int, int]:
    return headings.is_whole, len(headings.columns), headings.first - headings.below


def _headings_at(rows: Cells, at: int, height: int, mapped: Mapping[str, TableField]) -> _Headings | None:
    lines = rows[at : at + height]
    # A line of titles has one cell, and a line of figures has numbers.
    if len(lines) < height or not any(map(_has_several, lines)):
        return None
    if height > 1 and (all(map(is_empty, lines[0])) or any(map(_has_number, lines[1:]))):
        return None
    candidates = _candidates(lines)
    understood: list[tuple[int, TableField | None, str]] = []
    unknown = []
    for column, several in enumerate(candidates):
        found = next(((text, field) for text in several for field in _fields(text, mapped)), None)
        if found is not None:
            understood.append((column, found[1], found[0]))
        elif several:
            unknown.append((column, several[0]))
    return _resolved(at, at + height, understood, unknown) if understood else None


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
    """Give what may be the heading of each column, the likeliest first: of two lines, both together or either."""
    width = max(map(len, lines))
    texts = [
        [" ".join(line[at].split()) if at < len(line) and line[at] else "" for at in range(width)] for line in lines
    ]
    if len(texts) == 1:
        return [[text] if text else [] for text in texts[0]]
    found, group = [], ""
    for upper, lower in zip(*texts, strict=True):
        # A heading over several columns stands in the first of them.
        group = upper or group
        if not lower:
            found.append([upper] if upper else [])
        else:
            found.append([*([f"{upper} {lower}"] if upper else []), lower, *([f"{group} {lower}"] if group else [])])
    return found


_TOTALS = {
    TableKind.RECEIVED: TableField.RECEIVED,
    TableKind.DECIDED: TableField.DECIDED,
    TableKind.OVERVIEW: TableField.DEALT_WITH,
    TableKind.COMPLIANCE: TableField.COMPLIANCE_OUTCOMES,
}


def _resolved(
    first: int, below: int, understood: list[tuple[int, TableField | None, str]], unknown: list[tuple[int, str]]
) -> _Headings:
    """Say of each total whose it is: that of the nearest figures before it, or else after it."""
    columns: dict[TableField, _Column] = {}
    repeated: list[_Column] = []
    kinds = [field.kind for _, field, _ in understood if field is not None and field.kind is not None]
    near = next(iter(kinds), TableKind.REMEDIES)
    for at, field, heading in understood:
        near = near if field is None else field.kind or near
        meant = _TOTALS.get(near) if field is None else field
        if meant is None:
            unknown.append((at, heading))
        elif meant in columns:
            repeated.append(_Column(at, meant, heading))
        else:
            columns[meant] = _Column(at, meant, heading)
    return _Headings(first, below, tuple(columns.values()), tuple(sorted(unknown)), tuple(repeated))


def _without_headings(nearest: Sequence[_Headings]) -> UnreadableDocument:
    """Say of the sheet that comes nearest to a table what it has and what it lacks."""
    columns = max((headings.columns for headings in nearest), key=len, default=())
    fields = {column.field for column in columns}
    missing = [
        *(["a column of councils"] if TableField.NAME not in fields else []),
        *(["a column of figures"] if all(field.kind is None for field in fields) else []),
    ]
    return UnreadableDocument(TABLE, tuple(f"column {column.heading!r}" for column in columns), tuple(missing))


# --- What stands below them


class _Reading:
    """One reading of a sheet: what stands in it, and what was wrong with it."""

    def __init__(self, sheet: Sheet, headings: _Headings) -> None:
        self._sheet = sheet
        self._name = " ".join((sheet.name or "").split()) or None
        self._headings = headings
        self._at = {column.field: column for column in headings.columns}
        self.notes: list[TableNote] = []
        self.problems: list[TableProblem] = []

    def table(self, year: ReportingYear | None, url: str | None) -> PublishedTable:
        """Read the rows below the headings, column by column."""
        title = self._titles()
        stated = self._stated_years()
        if year is None and TableField.YEAR not in self._at:
            year = self._the_year(stated)
        cells, lines = self._rows()
        names = self._names(cells, lines)
        sums = _totals(names)
        years = self._years(cells, lines, year, set(sums))
        codes = self._codes(cells, lines)
        figured = [column for column in self._headings.columns if column.field.kind is not None]
        columns = [self._figures(column, cells[column.at], lines) for column in figured]
        self._other_columns(year, stated)
        fields = tuple(column.field for column in columns)
        totals = [
            TableRow(
                names[at],
                year=years[at],
                line=lines[at],
                fields=fields,
                figures=tuple(column.figures[at] for column in columns),
            )
            for at in sums
        ]
        if sums:
            kept = sorted(set(range(len(names))).difference(sums))
            names, years, lines = _at(kept, names), _at(kept, years), _at(kept, lines)
            codes = _at(kept, codes) if codes else codes
            columns = [evolve(column, figures=tuple(_at(kept, column.figures))) for column in columns]
        self._repeats(names, years, lines)
        return PublishedTable(
            tuple(names),
            tuple(columns),
            years=tuple(years),
            codes=tuple(codes),
            lines=tuple(lines),
            title=title,
            sheet=self._name,
            totals=tuple(totals),
            notes=tuple(self.notes),
            unknown_columns=tuple(
                TableNote(f"column {self._letter(at)}", heading) for at, heading in self._headings.unknown
            ),
            problems=tuple(sorted(self.problems, key=lambda problem: problem.line)),
            source=Source(f"LGSCO, {title or self._name or 'published table'}", url=url),
        )

    def _line(self, at: int) -> int:
        return self._sheet.first_row + at + 1

    def _letter(self, at: int) -> str:
        return letters_of(self._sheet.first_column + at)

    def _problem(self, line: int, cell: object, reason: str, column: _Column | None = None) -> None:
        self.problems.append(
            TableProblem(
                line=line,
                text=shown(cell),
                reason=reason,
                column=None if column is None else self._letter(column.at),
                heading=None if column is None else column.heading,
                sheet=self._name,
            )
        )

    def _note(self, line: int, texts: Iterable[object], column: _Column | None = None) -> None:
        place = f"row {line}" if column is None else f"row {line}, column {self._letter(column.at)}"
        text = " ".join(shown(cell, longest=_LONGEST_NOTE) for cell in texts if not is_empty(cell))
        if text:
            self.notes.append(TableNote(place, text))

    # Above the headings

    def _titles(self) -> str | None:
        title = None
        for at in range(self._headings.first):
            row = self._sheet.rows[at]
            texts = [cell for cell in row if not is_empty(cell)]
            if title is None and texts:
                title = without_marks(shown(texts[0], longest=_LONGEST_NOTE))[0]
            self._note(self._line(at), texts)
        return title

    def _stated_years(self) -> dict[ReportingYear, str]:
        """Give each year that stands above or in the headings, or else in the name of the sheet, with its place."""
        found: dict[ReportingYear, str] = {}
        for at, row in enumerate(self._sheet.rows[: self._headings.below]):
            for cell in row:
                # Most headings hold no figure at all.
                for year in years_in(cell) if cell else ():
                    found.setdefault(year, f"row {self._line(at)}")
        if not found and self._name:
            found = dict.fromkeys(years_in(self._name), f"the name of sheet {self._name!r}")
        return found

    def _the_year(self, stated: Mapping[ReportingYear, str]) -> ReportingYear:
        if len(stated) == 1:
            return next(iter(stated))
        columns = tuple(f"column {column.heading!r}" for column in self._headings.columns)
        clashes = tuple(Problem(Place(path=place), f"speaks of {year}") for year, place in stated.items())
        raise UnreadableDocument(
            TABLE, columns, ("one year: give it as 'year'" if stated else "the year: give it as 'year'",), clashes
        )

    # Below them

    def _rows(self) -> tuple[list[tuple[Any, ...]], list[int]]:
        """Give the columns of the rows that hold figures, and the numbers of these; the other rows are notes."""
        below = self._sheet.rows[self._headings.below :]
        width = max(max(map(len, below), default=0), *(column.at + 1 for column in self._headings.columns))
        if not {width}.issuperset(map(len, below)):
            below = [[*row, *[""] * (width - len(row))] for row in below]
        cells = list(zip(*below, strict=True)) or [()] * width
        name_at = self._at[TableField.NAME].at
        held = [column.at for column in self._headings.columns if column.field is not TableField.NAME]
        figures = [column.at for column in self._headings.columns if column.field.kind is not None]
        first = self._line(self._headings.below)
        dropped = set()
        for at in _unusual(cells[name_at], cells[figures[0]]):
            # Looked at closely: a note, a blank row, or a row that lacks something.
            row, named = below[at], not is_empty(below[at][name_at])
            if all(is_empty(row[of]) for of in (held if named else figures)):
                self._note(first + at, row)
                dropped.add(at)
            elif not named:
                self._problem(first + at, "", "has figures and no name", self._at[TableField.NAME])
                dropped.add(at)
        lines = range(first, first + len(below))
        if not dropped:
            return cells, list(lines)
        kept = [at for at in range(len(below)) if at not in dropped]
        return [tuple(_at(kept, column)) for column in cells], _at(kept, lines)

    def _names(self, cells: Sequence[Sequence[Any]], lines: Sequence[int]) -> list[str]:
        column = self._at[TableField.NAME]
        held = cells[column.at]
        # All at once: most names are texts, on one line and with single spaces.
        try:
            names = list(held)
            together = "|".join(("", *names, ""))
        except TypeError:
            names = list(map(str, held))
            together = "|".join(("", *names, ""))
        if not together.isprintable() or any(spaces in together for spaces in ("  ", " |", "| ")):
            names = [" ".join(name.split()) for name in names]
        if may_have_marks(together):
            for at, name in enumerate(names):
                names[at], mark = without_marks(name)
                self._note(lines[at], [mark], column)
        return names

    def _years(
        self, cells: Sequence[Sequence[Any]], lines: Sequence[int], year: ReportingYear | None, sums: set[int]
    ) -> list[ReportingYear | None]:
        column = self._at.get(TableField.YEAR)
        if year is not None or column is None:
            return [year] * len(lines)
        years: list[ReportingYear | None] = []
        for at, cell in enumerate(cells[column.at]):
            stated = _year_of(cell)
            # What is the total of several years has none.
            if stated is None and not (at in sums and is_empty(cell)):
                self._problem(lines[at], cell, "is no reporting year, such as 2023-24", column)
            years.append(stated)
        return years

    def _codes(self, cells: Sequence[Sequence[Any]], lines: Sequence[int]) -> list[str | None]:
        column = self._at.get(TableField.CODE)
        if column is None:
            return []
        codes: list[str | None] = []
        for line, cell in zip(lines, cells[column.at], strict=True):
            code = cell.strip() if isinstance(cell, str) else cell
            if isinstance(code, str) and _CODE.fullmatch(code):
                codes.append(code)
            else:
                if not is_empty(cell):
                    self._problem(line, cell, "is no ONS code, such as E10000034", column)
                codes.append(None)
        return codes

    def _figures(self, column: _Column, cells: Sequence[Any], lines: Sequence[int]) -> TableColumn:
        figures, misread, marks = _READERS.get(column.field.holds, read_counts)(cells)
        for at, reason in misread:
            self._problem(lines[at], cells[at], reason, column)
        for at, mark in marks:
            self._note(lines[at], [mark], column)
        return TableColumn(column.field, figures, heading=column.heading, letter=self._letter(column.at))

    def _other_columns(self, year: ReportingYear | None, stated: Mapping[ReportingYear, str]) -> None:
        """Tell of headings that stand twice, and of titles that speak of another year than the caller."""
        line = self._line(self._headings.below - 1)
        for column in self._headings.repeated:
            first = self._at[column.field]
            self._problem(line, column.heading, f"heads what column {self._letter(first.at)} holds already", column)
        if year is not None and stated and year not in stated:
            self._problem(line, ", ".join(map(str, stated)), f"is the year that is stated, and {year} the one given")

    def _repeats(self, names: Sequence[str], years: Sequence[ReportingYear | None], lines: Sequence[int]) -> None:
        if len(set(names)) == len(names):
            return
        first: dict[tuple[str, ReportingYear | None], int] = {}
        for name, year, line in zip(names, years, lines, strict=True):
            if (known := first.setdefault((name, year), line)) != line:
                self._problem(line, name, f"stands in row {known} already", self._at[TableField.NAME])


_NOTHING = ("", None)
Item = TypeVar("Item")


def _at(places: Sequence[int], items: Sequence[Item]) -> list[Item]:
    return [items[at] for at in places]


_LONGEST_NOTE = 2_000
_CODE = re.compile("[A-Z][0-9]{8}")
_READERS = {PrintedPercent: read_percents, Decimal: read_rates}
_TOTAL_WORDS = ("total", "\nall", "\nengland", "\nnational", "\nsum")
_TOTAL_WORD = re.compile("total|^(?:all|england|national|sum)")


def _unusual(names: Sequence[object], figures: Sequence[object]) -> list[int]:
    """Give the rows without a name or without the first of the figures; most have both."""
    if "" not in names and {str}.issuperset(map(type, names)) and {int, float}.issuperset(map(type, figures)):
        return []
    return [
        at
        for at, (name, figure) in enumerate(zip(names, figures, strict=True))
        if not (name and type(name) is str and figure not in _NOTHING)
    ]


def _totals(names: Sequence[str]) -> list[int]:
    """Give the rows that add others up, by their names."""
    together = "\n".join(["", *names]).casefold()
    # All at once: in many tables no name holds such a word.
    if not any(word in together for word in _TOTAL_WORDS):
        return []
    return [at for at, name in enumerate(together.split("\n")[1:]) if _TOTAL_WORD.search(name) and is_total(name)]


def letters_of(column: int) -> str:
    """
    Give the letters of a column, counted from 0.

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
    Give the reporting years that a text speaks of.

    >>> [str(year) for year in years_in("Decided 2022/23 and in the year ending 31 March 2024, published July 2024")]
    ['2022-23', '2023-24']
    """
    if not isinstance(cell, str) or _DIGITS.search(cell, 0, _LONGEST_NOTE) is None:
        return []
    text = " ".join(cell[:_LONGEST_NOTE].translate(_DASHES).casefold().split())
    found = []
    for match in _A_YEAR.finditer(text):
        if match["pair"]:
            said = match["pair"].replace(" ", "").replace("to", "-")
        elif match["ending"]:
            said = match["ending"]
        else:
            said = f"{match['start']}-{match['end']}"
        try:
            found.append(ReportingYear.parse(said))
        except InvalidValue:
            continue
    return list(dict.fromkeys(found))


def _year_of(cell: object) -> ReportingYear | None:
    """Give the year of a row: as a year is written, as the number of the year in which it ends, or by a day of it."""
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
        # The day stands first: 31/03/2024. No month is the 31st, so a date written the other way round is refused.
        return ReportingYear.containing(dt.date(int(day["year"]), int(day["month"]), int(day["day"])))
    except ValueError:
        return None


_A_DAY = re.compile(r"(?P<day>[0-9]{1,2})[/.](?P<month>[0-9]{1,2})[/.](?P<year>[0-9]{4})(?: 00:00(?::00)?)?", re.ASCII)
_PLAIN_YEAR = 4
