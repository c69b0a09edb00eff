"""
The years of columns that stand side by side: each column has one, or the table is refused, and the columns are named.

Whatever year the caller gives, no figure is taken for that of another year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco.documents.table_fields import TableField
from lgsco.errors import Place, Problem, UnreadableDocument
from lgsco.model.years import ReportingYear
from lgsco.readers.bounds import TABLE
from lgsco.readers.scanner import one_line, without_years, years_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lgsco.readers.columns import Column, Header
    from lgsco.readers.sheets import Sheet


def refusal(header: Header, missing: str, problems: Iterable[Problem] = ()) -> UnreadableDocument:
    """Return the refusal of a table whose headings are understood, with what it lacks."""
    columns = tuple(f"column {column.heading!r}" for column in header.columns)
    return UnreadableDocument(TABLE, columns, (missing,), tuple(problems))


def unclear(header: Header, sheet: Sheet, missing: str, columns: Iterable[Column]) -> UnreadableDocument:
    """Return the refusal of a table because of some of its columns, each with its place."""
    line = sheet.line(header.below - 1)
    problems = [
        Problem(
            Place(sheet=one_line(sheet.name) or None, row=line, column=sheet.letter(column.position)),
            "is not clear",
            value=column.heading,
        )
        for column in columns
    ]
    return refusal(header, missing, problems)


class ColumnYears:
    """The years of the columns of a table, as its headings, its titles and the caller have them."""

    def __init__(  # noqa: PLR0913, PLR0917  # each says something of the years
        self,
        header: Header,
        sheet: Sheet,
        titles: range,
        stated: Mapping[ReportingYear, str],
        mentioned: Mapping[ReportingYear, str],
        year: ReportingYear | None,
        *,
        has_rows_of_years: bool,
    ) -> None:
        self._header, self._sheet, self._titles = header, sheet, titles
        self._stated, self._mentioned, self._year = stated, mentioned, year
        self._rows_have_years = has_rows_of_years or self._has_year_column
        self.remark: tuple[str, str] | None = None
        """Why the year given is not that of the table, and the year that is."""

    @property
    def _has_year_column(self) -> bool:
        return any(column.field is TableField.YEAR for column in self._header.columns)

    def columns(self) -> dict[ReportingYear | None, tuple[Column, ...]]:
        """
        Return the columns of figures of each year; ``None`` for those whose rows say the year.

        Raises:
            UnreadableDocument: a column has no year, or may have another than its own.
        """
        figures = self._header.figures
        with_years = [column for column in figures if column.year is not None]
        without = [column for column in figures if column.year is None]
        if not with_years:
            return {None if self._has_year_column else self._the_year(): figures}
        if self._rows_have_years:
            raise self._unclear("one year for each figure: rows and columns both have years", with_years)
        if without and any(column.shared for column in with_years):
            raise self._unclear("the year of each column: some have one above them, and these have none", without)
        by_year: dict[ReportingYear | None, list[Column]] = {}
        for column in figures:
            of_year = by_year.setdefault(self._year_of(column), [])
            if any(known.field is column.field for known in of_year):
                raise self._unclear("columns that can be told apart", [column, *of_year])
            of_year.append(column)
        fields = {frozenset(column.field for column in columns) for columns in by_year.values()}
        if len(fields) > 1 and any(column.shared for column in with_years) and not self._sheet.merged:
            raise self._unclear("the same columns for each year: it is not clear where a year ends", with_years)
        return {year: tuple(by_year[year]) for year in sorted(filter(None, by_year))}

    def _year_of(self, column: Column) -> ReportingYear:
        if column.year is None:
            return self._the_year()
        if isinstance(column.year, ReportingYear):
            return column.year
        if len(self._stated) != 1:
            raise self._unclear("the year of a column that says no more than this year or last year", [column])
        return ReportingYear(next(iter(self._stated)).ending + column.year)

    def _unclear(self, missing: str, columns: Sequence[Column]) -> UnreadableDocument:
        return unclear(self._header, self._sheet, missing, columns)

    def _the_year(self) -> ReportingYear:
        """Return the year that is stated, or else the one given."""
        if len(self._stated) == 1:
            (year,) = self._stated
            if self._year not in (None, year):
                self.remark = f"is the year that is stated and read, and {self._year} the one given", str(year)
            return year
        if self._year is not None and (not self._stated or self._year in self._stated) and not self._are_above_columns:
            if self._mentioned and not self._stated and self._year not in self._mentioned:
                years = ", ".join(map(str, self._mentioned))
                self.remark = f"is mentioned above the headings, and {self._year} is the year given and read", years
            return self._year
        clashes = tuple(
            Problem(Place(path=place), f"speaks of {year}") for year, place in (self._stated or self._mentioned).items()
        )
        missing = "one year: give it as 'year'" if self._stated else "the year: give it as 'year'"
        raise refusal(self._header, missing, clashes)

    @property
    def _are_above_columns(self) -> bool:
        """Whether several years are in one title, or in cells of their own, as they are above columns."""
        cells = [cell for index in self._titles for cell in self._sheet.rows[index] if cell]
        if any(len(years_in(cell)) > 1 for cell in cells):
            return True
        return len(self._stated) > 1 and any(
            sum(bool(years_in(cell)) and not without_years(one_line(cell)) for cell in self._sheet.rows[index] if cell)
            > 1
            for index in self._titles
        )
