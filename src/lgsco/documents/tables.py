"""
Tables of many councils as published: received, decided, compliance and remedies, a row for each council.

A cell that holds no figure says why, so that a blank, a dash, "n/a" and what was withheld are never mistaken for one
another, and none of them for zero.
"""

from __future__ import annotations

from dataclasses import KW_ONLY
from typing import TYPE_CHECKING, Annotated, final

from lgsco._values import Text, evolve, matching, value
from lgsco.documents.figures import PrintedReview
from lgsco.documents.matching import Matched
from lgsco.documents.table_fields import SUMS, WHOLE, TableField, TableKind
from lgsco.documents.table_rows import TableFigure, TableRow, WrongTotal, wrong_totals
from lgsco.errors import AuthorityLookupError, InvalidValue, Place, Problem
from lgsco.model.reviews import AnnualReview
from lgsco.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lgsco.model.authorities import Authority, Register
    from lgsco.model.years import ReportingYear

ColumnLetter = Annotated[str, matching("[A-Z]{1,3}", "must be the letters of a column, such as 'C'")]


@final
@value
class TableColumn:
    """A column of a published table: what it holds, its heading as printed, and its letter in the sheet."""

    field: TableField
    _: KW_ONLY
    heading: Text | None = None
    letter: ColumnLetter | None = None


@final
@value
class TableNote:
    """What a sheet says beside its figures, and where: a title, a note, a mark on a figure, an unknown heading."""

    place: Place
    text: Text

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


@final
@value
class PublishedTable:
    """
    A table of many councils as published: its rows as printed, and what in it could not be understood.

    ``rows`` are those of the councils, in the order of the sheet; ``totals`` are the rows that add others up. A table
    can be counted and looped over like its rows. Years side by side are rows of one table, and the heading and the
    letter of a column are then those of the first year.
    ``columns`` go with the figures of each row.
    ``notes`` are titles, notes and marks on figures; ``unknown_columns`` the headings that were not understood.
    ``problems`` list every column, row and cell that was not understood: the figure of such a cell is
    ``Missing.UNREADABLE``, and the rest is kept.

    >>> from lgsco.documents import Missing
    >>> fields = [TableField.UPHELD, TableField.NOT_UPHELD]
    >>> table = PublishedTable(
    ...     [
    ...         TableRow("Kent County Council", fields=fields, figures=[76, 18]),
    ...         TableRow("Devon County Council", fields=fields, figures=[33, Missing.DASH]),
    ...     ],
    ...     columns=[TableColumn(TableField.UPHELD), TableColumn(TableField.NOT_UPHELD)],
    ... )
    >>> [(row.name, row.count(TableField.NOT_UPHELD)) for row in table]
    [('Kent County Council', 18), ('Devon County Council', None)]
    >>> table.kinds, len(table.missing_columns)
    ((TableKind.DECIDED,), 5)

    Raises:
        InvalidValue: a field is of the wrong type, a column is duplicated, or a row has other fields than the columns.
    """

    rows: tuple[TableRow, ...]
    _: KW_ONLY
    columns: tuple[TableColumn, ...]
    title: Text | None = None
    sheet: Text | None = None
    totals: tuple[TableRow, ...] = ()
    notes: tuple[TableNote, ...] = ()
    unknown_columns: tuple[TableNote, ...] = ()
    problems: tuple[Problem, ...] = ()
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        fields = self.fields
        problems = []
        if len(set(fields)) != len(fields):
            problems.append(Problem.at("columns", fields, "must have each field once"))
        if any(row.fields != fields for row in self.rows):
            problems.append(Problem.at("rows", fields, "must have the fields of the columns, in their order"))
        if problems:
            raise InvalidValue(problems)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[TableRow]:
        return iter(self.rows)

    @property
    def fields(self) -> tuple[TableField, ...]:
        """What the columns hold, in their order."""
        return tuple(column.field for column in self.columns)

    @property
    def kinds(self) -> tuple[TableKind, ...]:
        """What the table is about, by its columns."""
        kinds = {field.kind for field in self.fields}
        return tuple(kind for kind in TableKind if kind in kinds)

    @property
    def missing_columns(self) -> tuple[TableField, ...]:
        """What a complete table of these kinds has, and this one has no column for, nor columns that add up to it."""
        fields = set(self.fields)
        fields |= {total for total, parts in SUMS if fields.issuperset(parts)}
        return tuple(field for kind in self.kinds for field in WHOLE[kind] if field not in fields)

    @property
    def wrong_totals(self) -> tuple[WrongTotal, ...]:
        """
        The totals that are wrong, when added up again across each row and down each column.

        A row of totals is compared with all rows, those above it, those below it, and those to the next such row; where
        it states a year, with the rows of that year. None is certain across what was not understood.
        """
        read = {row.line for row in (*self.rows, *self.totals)}
        is_whole = all(problem.place.row is None or problem.place.row in read for problem in self.problems)
        unread = {problem.place.row for problem in self.problems if problem.place.row is not None}
        return tuple(
            wrong
            if (is_whole if wrong.down else not self.unknown_columns and wrong.line not in unread)
            else evolve(wrong, is_certain=False)
            for wrong in wrong_totals(self.rows, self.totals)
        )

    def figures(self, field: TableField) -> tuple[TableFigure, ...]:
        """
        Return a column, from top to bottom and without the totals.

        Args:
            field: what the column holds.

        Returns:
            One figure for each row; nothing where the table has no such column.
        """
        if field not in self.fields:
            return ()
        index = self.fields.index(field)
        return tuple(row.figures[index] for row in self.rows)

    def printed(self) -> tuple[PrintedReview, ...]:
        """
        Return the figures of each council and year as printed, so that they can be audited.

        Returns:
            One value for each row but those whose year could not be read; the problems of the table name these.
        """
        return tuple(review for row in self.rows if (review := row.printed(self.source)) is not None)

    def reviews(self, register: Register) -> Matched[AnnualReview]:
        """
        Match each row with a council as it was on the last day of the year.

        By its code where one is printed, else by its name.

        Args:
            register: the councils that there are.

        Returns:
            The counts of each row that was matched, and a problem for each other row, such as a name that the register
            does not know, with the nearest that it does; a code and a name of two councils; a second row of one council
            and year.
        """
        printed, unmatched = self.matched_rows(register)
        return Matched(tuple(row.review(register) for row in printed), unmatched=unmatched)

    def matched_rows(self, register: Register) -> tuple[tuple[PrintedReview, ...], tuple[Problem, ...]]:
        """
        Return the figures of each row as printed, by a name or a code that the register knows, and what is left.

        Args:
            register: the councils that there are.

        Returns:
            The figures of the rows that are matched, and a problem for each other row, as for ``reviews``.
        """
        rows: dict[tuple[Authority, ReportingYear], PrintedReview] = {}
        unmatched: list[Problem] = []
        for row in self.rows:
            match = _match(row, register, self.source)
            if isinstance(match, str):
                reason = match
            elif rows.setdefault((match[0], match[1].year), match[1]) is match[1]:
                continue
            else:
                reason = f"is a second row of {match[0]} for {match[1].year}"
            unmatched.append(Problem(Place(sheet=self.sheet, row=row.line), reason, value=row.name))
        return tuple(rows.values()), tuple(unmatched)


def _match(row: TableRow, register: Register, source: Source | None) -> tuple[Authority, PrintedReview] | str:
    """Return the council of a row and its figures, or the reason why no council is matched."""
    printed = row.printed(source)
    if printed is None:
        return "has no known year"
    authorities: dict[str, Authority] = {}
    reason = ""
    for name in (row.code, row.name):
        try:
            if name is not None:
                authorities[name] = register.find_in_print(name, printed.year.end)
        except AuthorityLookupError as error:
            reason = f"cannot be matched: {error}"
    if not authorities:
        return reason
    first, last = (list(authorities.values())[index] for index in (0, -1))
    if first != last:
        return f"has the code of {first}, and the name of {last}"
    name = list(authorities)[-1]
    return last, printed if name == printed.name else evolve(printed, name=name)
