"""Rows of a published table: from the cells below the headings to figures, names, codes and years."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lgsco._values import evolve
from lgsco.documents.figures import PrintedPercent
from lgsco.documents.missing import Missing
from lgsco.documents.table_fields import AREAS, TableField, TableKind
from lgsco.documents.table_rows import TableFigure, TableRow, TotalKind
from lgsco.documents.tables import PublishedTable, TableColumn, TableNote
from lgsco.errors import Place, Problem, UnreadableDocument
from lgsco.readers.cells import is_missing, read_counts, read_percents, read_rates
from lgsco.readers.column_years import ColumnYears, refusal, unclear
from lgsco.readers.columns import Column
from lgsco.readers.headings import Summary, alters, clashes, is_of_one_area, summary_of
from lgsco.readers.names import folded_name, is_council
from lgsco.readers.remarks import LONGEST_NOTE, Remarks
from lgsco.readers.row_cells import cells_of
from lgsco.readers.scanner import (
    POPULATION,
    is_empty,
    may_have_marks,
    one_line,
    plain,
    shown,
    without_marks,
    without_years,
    year_of,
    years_in,
)
from lgsco.readers.titles import stated_years
from lgsco.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lgsco.model.years import ReportingYear
    from lgsco.readers.blocks import Block
    from lgsco.readers.columns import Header
    from lgsco.readers.sheets import Sheet

_CODE = re.compile("[A-Z][0-9]{8}")
_READERS = {PrintedPercent: read_percents, Decimal: read_rates}
# "Essex County Council1": no name of a council ends with a figure.
_GLUED_MARK = re.compile(r"(?<=[a-z])(?P<mark>[0-9]{1,2})(?=$|\|)")


class Reading:
    """One reading of a table on a sheet: what it holds, and what is wrong with it."""

    def __init__(  # noqa: PLR0913  # each says something of the table
        self,
        sheet: Sheet,
        block: Block,
        header: Header,
        *,
        year: ReportingYear | None,
        council: str | None,
        above: Sequence[ReportingYear],
        is_alone: bool,
    ) -> None:
        self._sheet, self._block, self._header = sheet, block, header
        self._name = one_line(sheet.name) or None
        self._who = {column.field: column for column in header.columns if column.field.kind is None}
        self._year, self._council, self._above, self._is_alone = year, council, above, is_alone
        self._has_years_side_by_side = any(column.year is not None for column in header.figures)
        self._years_of_names: dict[int, ReportingYear] = {}
        # The years of notes above the headings.
        self._mentioned: dict[ReportingYear, str] = {}
        self._remarks = Remarks(self._name)
        self._problem, self._note = self._remarks.problem, self._remarks.note
        self.stated: tuple[ReportingYear, ...] = ()
        """The years that the titles state."""

    def table(self, url: str | None) -> PublishedTable:
        """
        Read the rows below the headings, column by column.

        Raises:
            UnreadableDocument: it has no year, or columns that cannot be told apart.
        """
        self._note_hidden()
        title = self._title()
        stated, self._mentioned = stated_years(
            self._sheet, self._block, self._header, self._above, is_alone=self._is_alone
        )
        self.stated = tuple(stated)
        by_year = self._columns_by_year(stated)
        cells, lines = cells_of(self._sheet, self._block, self._header, self._remarks)
        names = self._names(cells, lines)
        key = self._who[self._header.key]
        kinds = [
            summary_of(name) for name in (names if key.field is TableField.NAME else map(one_line, cells[key.position]))
        ]
        others = {index for index, kind in enumerate(kinds) if kind is Summary.OTHER}
        for index in sorted(others):
            self._note(lines[index], self._sheet.rows[lines[index] - self._line(0)])
        kept = [index for index in range(len(lines)) if index not in others]
        if others:
            cells = [tuple(column[index] for index in kept) for column in cells]
        lines = [lines[index] for index in kept]
        totals = {index for index, kept_index in enumerate(kept) if kinds[kept_index] is not None}
        names = [names[index] for index in kept]
        covers = [None if (kind := kinds[index]) is None else _COVERS[kind] for index in kept]
        codes = self._codes(cells, lines)
        fields = tuple(dict.fromkeys(column.field for columns in by_year.values() for column in columns))
        rows: list[TableRow] = []
        is_total: list[bool] = []
        for year, columns in by_year.items():
            years = self._years(cells, lines, year, totals)
            of_field = {column.field: self._figures(column, cells[column.position], lines) for column in columns}
            blank = (Missing.BLANK,) * len(lines)
            figures = zip(*(of_field.get(field, blank) for field in fields), strict=True)
            rows += [
                TableRow(name, year=of_row, code=code, line=line, fields=fields, figures=row, covers=kind)
                for name, of_row, code, line, row, kind in zip(names, years, codes, lines, figures, covers, strict=True)
            ]
            is_total += [index in totals for index in range(len(lines))]
        if len(by_year) > 1:
            order = sorted(range(len(rows)), key=lambda index: rows[index].line or 0)
            rows, is_total = [rows[index] for index in order], [is_total[index] for index in order]
        council_rows = [row for row, total in zip(rows, is_total, strict=True) if not total]
        self._check_columns(cells)
        self._check_duplicates(council_rows)
        first = {column.field: column for columns in reversed([*by_year.values()]) for column in columns}
        table = PublishedTable(
            tuple(council_rows),
            columns=tuple(
                TableColumn(field, heading=first[field].heading, letter=self._letter(first[field].position))
                for field in fields
            ),
            title=title,
            sheet=self._name,
            totals=tuple(row for row, total in zip(rows, is_total, strict=True) if total),
            notes=tuple(self._remarks.notes),
            unknown_columns=tuple(
                TableNote(Place(column=self._letter(index)), heading) for index, heading in self._header.unknown
            ),
            problems=tuple(sorted(self._remarks.problems, key=lambda problem: problem.place.row or 0)),
            source=Source(f"LGSCO, {title or self._name or 'published table'}", url=url),
        )
        return table if self._sheet.has_lines else _without_lines(table, self._line(self._header.first))

    # Places

    def _line(self, index: int) -> int:
        return self._sheet.line(index)

    def _letter(self, index: int) -> str | None:
        return self._sheet.letter(index)

    @property
    def _council_column(self) -> Column | None:
        return self._who.get(TableField.NAME)

    def _refuse(self, missing: str, problems: Iterable[Problem] = ()) -> UnreadableDocument:
        return refusal(self._header, missing, problems)

    # Above the rows

    def _note_hidden(self) -> None:
        for text in self._sheet.hidden:
            # With no row of its own: what is hidden is read, and explains nothing.
            self._problem(None, text)

    def _title(self) -> str | None:
        """Return the first text above the headings; each line of texts there is a note."""
        title = None
        figures = self._header.figures
        headings = [column.heading for column in figures]
        headings += [cell for index in self._block.titles for cell in self._sheet.rows[index] if isinstance(cell, str)]
        is_received = all(column.field.kind is TableKind.RECEIVED for column in figures) and not any(
            "received" in plain(heading) for heading in headings
        )
        for index in self._block.titles:
            texts = [cell for cell in self._sheet.rows[index] if not is_empty(cell)]
            if title is None and texts:
                title = without_marks(shown(texts[0], longest=LONGEST_NOTE))[0]
            self._note(self._line(index), texts)
            for text in map(one_line, texts):
                last = plain(without_years(text)).rpartition(" ")[2]
                is_share = all(map(_is_count, figures)) and last in {"percent", "percentage", "percentages"}
                changed = alters(text) and any(map(_is_count, figures))
                clash = is_received and clashes(text, TableField.HOUSING)
                is_part = is_of_one_area(text) and not any(column.field in AREAS for column in figures)
                if len(text) < _LONGEST_TITLE and (is_share or changed or clash or is_part):
                    place = Place(sheet=self._name, row=self._line(index))
                    problem = Problem(place, "is not what the headings are of", value=shown(text))
                    raise self._refuse("headings that are of the same figures as the title", [problem])
        return title

    def _columns_by_year(self, stated: Mapping[ReportingYear, str]) -> dict[ReportingYear | None, tuple[Column, ...]]:
        years = ColumnYears(
            self._header,
            self._sheet,
            self._block.titles,
            stated,
            self._mentioned,
            self._year,
            has_rows_of_years=bool(self._block.sections),
        )
        by_year = years.columns()
        if years.remark:
            self._problem(self._line(self._header.below - 1), years.remark[0], years.remark[1])
        return by_year

    # The rows

    def _names(self, cells: Sequence[Sequence[Any]], lines: Sequence[int]) -> list[str]:
        column = self._council_column
        if column is None:
            if self._council is None:
                raise self._refuse(
                    "a column of councils, or the council: give it as 'council', or --council in a command"
                )
            self._check_council(self._council)
            return [self._council] * len(lines)
        names = list(cells[column.position])
        # All at once: most names are texts, on one line and with single spaces.
        try:
            together = "|".join(("", *names, ""))
        except TypeError:
            names = list(map(str, names))
            together = "|".join(("", *names, ""))
        if not together.isprintable() or any(spaces in together for spaces in ("  ", " |", "| ")):
            names = [" ".join(name.split()) for name in names]
        if "-" in together or "/" in together or "\N{EN DASH}" in together:
            names = [self._without_year(name, line) for name, line in zip(names, lines, strict=True)]
        if may_have_marks(together) or _GLUED_MARK.search(together):
            for index, name in enumerate(names):
                names[index], mark = without_marks(_GLUED_MARK.sub(r" [\g<mark>]", name))
                self._note(lines[index], [mark], column)
                population = POPULATION.fullmatch(names[index])
                if population is not None:
                    names[index] = population["name"]
                    self._note(lines[index], [f"({population['count']})"], column)
        return names

    def _check_council(self, council: str) -> None:
        """Tell of a title that names another council than the one given."""
        own_name = folded_name(council)
        for index in self._block.titles:
            for text in map(one_line, self._sheet.rows[index]):
                for part in filter(is_council, re.split(r"[:;,]|\(|\)| [-\N{EN DASH}] ", text)):
                    known = folded_name(part)
                    if not (known.startswith(own_name) or own_name.startswith(known)):
                        self._problem(
                            self._line(index), f"is above the table, and {council} is the council given", part
                        )

    def _without_year(self, name: str, line: int) -> str:
        """Return a name without the year of its row, which goes before every other."""
        years = years_in(name)
        if len(years) != 1 or not (bare := without_years(name)):
            return name
        self._years_of_names[line] = years[0]
        return bare

    def _years(
        self, cells: Sequence[Sequence[Any]], lines: Sequence[int], year: ReportingYear | None, totals: set[int]
    ) -> list[ReportingYear | None]:
        column = self._who.get(TableField.YEAR)
        if self._years_of_names and (column is not None or self._has_years_side_by_side):
            raise self._refuse("one year for each figure: names and columns both have years")
        if year is not None or column is None:
            of_sections = self._of_sections(lines, year)
            return [self._years_of_names.get(line, of_row) for line, of_row in zip(lines, of_sections, strict=True)]
        years: list[ReportingYear | None] = []
        # Below a year, a blank may stand for it, or for another.
        instead = self._year if all(map(is_empty, cells[column.position])) else None
        for index, cell in enumerate(cells[column.position]):
            of_row = year_of(cell)
            if of_row is None and is_empty(cell) and index not in totals:
                of_row = instead
            years.append(of_row)
            # What is the total of several years has none.
            if of_row is None and index not in totals:
                self._problem(lines[index], "is not a reporting year, such as 2023-24", cell, column)
        return years

    def _of_sections(self, lines: Sequence[int], year: ReportingYear | None) -> list[ReportingYear | None]:
        """Return the year of each row, which is that of the section it is in."""
        if not self._block.sections:
            return [year] * len(lines)
        years: list[ReportingYear | None] = []
        for line in lines:
            of_row = [of_section for index, of_section in self._block.sections if self._line(index) < line]
            years.append(of_row[-1] if of_row else year)
        return years

    def _codes(self, cells: Sequence[Sequence[Any]], lines: Sequence[int]) -> list[str | None]:
        column = self._who.get(TableField.CODE)
        if column is None:
            return [None] * len(lines)
        codes: list[str | None] = []
        for line, cell in zip(lines, cells[column.position], strict=True):
            code = cell.strip() if isinstance(cell, str) else ""
            codes.append(code if _CODE.fullmatch(code) else None)
            if codes[-1] is None and not is_missing(cell):
                self._problem(line, "is not an ONS code, such as E10000034", cell, column)
        return codes

    def _figures(self, column: Column, cells: Sequence[Any], lines: Sequence[int]) -> tuple[TableFigure, ...]:
        figures, refused, marks = _READERS.get(column.field.holds, read_counts)(cells)
        for index, reason in refused:
            self._problem(lines[index], reason, cells[index], column)
        for index, mark in marks:
            self._note(lines[index], [mark], column)
        return figures

    def _check_columns(self, cells: Sequence[Sequence[Any]]) -> None:
        """Report columns that are repeated, and refuse those that are headed alike and have other figures."""
        line = self._line(self._header.below - 1)
        for column in self._header.duplicates:
            first = next(
                known for known in self._header.columns if (known.field, known.year) == (column.field, column.year)
            )
            if cells[column.position] != cells[first.position]:
                raise unclear(
                    self._header, self._sheet, "columns that can be told apart: these have one heading", [first, column]
                )
            letters = self._letter(column.position), self._letter(first.position)
            self._problem(
                line,
                f"heads column {letters[0]}, and column {letters[1]} holds the same already",
                column.heading,
                column,
            )

    def _check_duplicates(self, rows: Sequence[TableRow]) -> None:
        if len({(row.name, row.year) for row in rows}) == len(rows):
            return
        first: dict[tuple[str, ReportingYear | None], TableRow] = {}
        for row in rows:
            known = first.setdefault((row.name, row.year), row)
            if known is row:
                continue
            reason = f"is also in row {known.line}"
            repeats = [self._line(index) for index in self._block.repeats]
            is_again = any((known.line or 0) < line <= (row.line or 0) for line in repeats)
            if known.figures != row.figures and (self._header.is_own or is_again):
                problem = Problem(Place(sheet=self._name, row=row.line), reason, value=f"{row.name}, {row.year}")
                missing = "whose rows these are" if self._header.is_own else "the year of the rows"
                raise self._refuse(f"{missing} under each line of headings", [problem])
            self._problem(row.line, reason, row.name, self._who[self._header.key])


def _without_lines(table: PublishedTable, first: int) -> PublishedTable:
    """Return a table whose rows were columns, without the numbers that its rows from the headings on have not."""

    def placed(place: Place) -> Place:
        return place if place.row is None or place.row < first else Place(sheet=place.sheet, column=place.column)

    return evolve(
        table,
        rows=tuple(evolve(row, line=None) for row in table.rows),
        totals=tuple(evolve(row, line=None) for row in table.totals),
        notes=tuple(evolve(note, place=placed(note.place)) for note in table.notes),
        problems=tuple(
            Problem(placed(problem.place), problem.reason, value=problem.value) for problem in table.problems
        ),
    )


_COVERS = {Summary.TOTAL: TotalKind.ROWS, Summary.WHOLE: TotalKind.WHOLE}
_LONGEST_TITLE = 80


def _is_count(column: Column) -> bool:
    return column.field.holds is int
