"""Rows of published tables: the figures of one council, and totals that are not what their parts add up to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Annotated, TypeAlias, final

from lgsco._values import LARGEST_COUNT, Choice, Constraint, Count, Text, is_short, value
from lgsco.documents.figures import PrintedPer100k, PrintedPercent, PrintedReview, PrintedStatistic, PrintedTally
from lgsco.documents.missing import Missing
from lgsco.documents.table_fields import AREAS, GROUPS, OUTCOMES, SUMS, WHO, TableField
from lgsco.errors import InvalidValue
from lgsco.model.authorities import OnsCode
from lgsco.model.tallies import ComplianceTally, DecisionTally, Overview, ReceivedTally
from lgsco.model.years import ReportingYear
from lgsco.sources import Source

if TYPE_CHECKING:
    from lgsco.documents.figures import COUNTED

TableFigure: TypeAlias = int | Decimal | PrintedPercent | Missing
"""What a cell holds: a count, a rate per 100,000, a percentage, or why there is no figure."""

LineNumber = Annotated[
    int, Constraint(lambda line: None if type(line) is int and line > 0 else "must be a row number from 1")
]

_F = TableField


@lru_cache(maxsize=64)
def _classes_of(fields: tuple[TableField, ...]) -> tuple[type, ...]:
    """Return the class of each figure; every row of a table has the same fields, so they are checked once."""
    if len(set(fields)) != len(fields):
        raise InvalidValue.at("fields", fields, "must have each field once")
    if set(WHO).intersection(fields):
        raise InvalidValue.at("fields", fields, f"must not have {', '.join(WHO)}, which are the row's own")
    return tuple(field.holds for field in fields)


def _check_figure(field: TableField, figure: object) -> str | None:
    """Return why a figure does not fit its field."""
    if type(figure) is Missing:
        return None
    if type(figure) is not field.holds:
        return f"must be {field.holds.__name__} or Missing, for {field}"
    if isinstance(figure, Decimal) and not (is_short(figure) and not figure.is_signed()):
        return f"must be a rate of few digits, zero or more, for {field}"
    fits = not isinstance(figure, int) or 0 <= figure <= LARGEST_COUNT
    return None if fits else f"must be from 0 to {LARGEST_COUNT:,}, for {field}"


class TotalKind(Choice):
    """What a row of totals adds up."""

    ROWS = "rows"
    """The rows beside it."""
    WHOLE = "whole"
    """A region, a group or the country, of which not all rows need be there."""


@final
@value
class TableRow:
    """
    One row of a published table: whose figures they are, and the figures, field by field.

    ``line`` is the number of the row in its sheet. ``covers`` says of a row of totals what it adds up.

    >>> fields = [TableField.UPHELD, TableField.HOUSING]
    >>> row = TableRow("Barsetshire Council", fields=fields, figures=[3, Missing.DASH])
    >>> row.count(TableField.UPHELD), row.count(TableField.HOUSING), row.figure(TableField.HOUSING)
    (3, None, Missing.DASH)

    Raises:
        InvalidValue: a field is of the wrong type, a figure is not what its field holds, or there is not one figure
            for each field.
    """

    name: Text
    _: KW_ONLY
    year: ReportingYear | None = None
    code: OnsCode | None = None
    line: LineNumber | None = None
    fields: tuple[TableField, ...] = ()
    figures: Annotated[
        tuple[TableFigure, ...],
        Constraint(lambda figures: None if type(figures) is tuple else "must be a tuple of figures"),
    ] = ()
    covers: TotalKind | None = None

    def __attrs_post_init__(self) -> None:
        classes = _classes_of(self.fields)
        if len(self.figures) != len(self.fields):
            raise InvalidValue.at("figures", self.figures, "must be one for each field")
        for field, kind, figure in zip(self.fields, classes, self.figures, strict=True):
            # Most figures are counts and percentages: these pass without a call.
            if type(figure) is kind and (kind is PrintedPercent or (type(figure) is int and figure >= 0)):
                continue
            if (reason := _check_figure(field, figure)) is not None:
                raise InvalidValue.at("figures", figure, reason)

    def figure(self, field: TableField) -> TableFigure | None:
        """
        Return what a column holds in this row.

        Args:
            field: what the column holds.

        Returns:
            The figure or why there is none; ``None`` where the table has no such column.
        """
        return self.figures[self.fields.index(field)] if field in self.fields else None

    def count(self, field: TableField) -> int | None:
        """
        Return a count.

        Args:
            field: what the column holds.

        Returns:
            The number of cases; ``None`` where the cell holds no count, or the table has no such column.
        """
        figure = self.figure(field)
        return figure if type(figure) is int else None

    def printed(self, source: Source | None = None) -> PrintedReview | None:
        """
        Return the row as the figures of one council and year.

        Args:
            source: where they are printed.

        Returns:
            The figures as printed; ``None`` where the year of the row is not known.
        """
        if self.year is None:
            return None
        received = ReceivedTally(**{area.value: self.count(area) for area in AREAS})
        decided = DecisionTally(**{outcome.value: self.count(outcome) for outcome in OUTCOMES})
        overview = Overview(**{group.value: self.count(group) for group in GROUPS})
        outcomes = self.count(_F.COMPLIANCE_OUTCOMES)
        return PrintedReview(
            self.name,
            self.year,
            upheld=self._statistic(_F.UPHOLD_RATE, self.count(_F.UPHELD), self._investigated(), _F.UPHOLD_AVERAGE),
            compliance=self._statistic(_F.COMPLIANCE_RATE, self._complied(), outcomes, _F.COMPLIANCE_AVERAGE),
            remedies=self._statistic(_F.REMEDY_RATE, self.count(_F.SATISFACTORY_REMEDIES), None, _F.REMEDY_AVERAGE),
            per_100k=self._per_100k(),
            overview=self._tally(overview, _F.DEALT_WITH),
            decided=self._tally(decided, _F.DECIDED),
            received=self._tally(received, _F.RECEIVED),
            compliance_outcomes=self._compliance_outcomes(),
            source=source,
        )

    def _investigated(self) -> int | None:
        if (investigated := self.count(_F.INVESTIGATED)) is not None:
            return investigated
        upheld, not_upheld = self.count(_F.UPHELD), self.count(_F.NOT_UPHELD)
        return None if upheld is None or not_upheld is None else upheld + not_upheld

    def _complied(self) -> int | None:
        if (complied := self.count(_F.COMPLIED)) is not None:
            return complied
        on_time, late = self.count(_F.COMPLIED_ON_TIME), self.count(_F.COMPLIED_LATE)
        return None if on_time is None or late is None else on_time + late

    def _statistic(
        self, rate: TableField, count: int | None, base: int | None, average: TableField
    ) -> PrintedStatistic | None:
        statistic = PrintedStatistic(
            percent=self._percent(rate), count=count, base=base, average=self._percent(average)
        )
        return None if statistic == _NO_STATISTIC else statistic

    def _percent(self, field: TableField) -> PrintedPercent | Missing | None:
        figure = self.figure(field)
        return figure if isinstance(figure, PrintedPercent) or figure is Missing.NOT_APPLICABLE else None

    def _per_100k(self) -> PrintedPer100k | None:
        rate, average = self._rate(_F.UPHELD_PER_100K), self._rate(_F.UPHELD_PER_100K_AVERAGE)
        return None if rate is None and average is None else PrintedPer100k(rate=rate, average=average)

    def _rate(self, field: TableField) -> Decimal | Missing | None:
        figure = self.figure(field)
        return figure if isinstance(figure, Decimal) or figure is Missing.NOT_APPLICABLE else None

    def _tally(self, counts: COUNTED, field: TableField) -> PrintedTally[COUNTED] | None:
        total = self.count(field)
        return PrintedTally(counts, total=total) if counts.known() or total is not None else None

    def _compliance_outcomes(self) -> PrintedTally[ComplianceTally] | None:
        """The outcomes with those that were late; ``None`` where there are none, or more were late than complied."""
        late, total = self.count(_F.COMPLIED_LATE), self.count(_F.COMPLIANCE_OUTCOMES)
        complied, not_complied = self._complied(), self.count(_F.NOT_COMPLIED)
        if all(count is None for count in (complied, not_complied, late, total)):
            return None
        try:
            return PrintedTally(ComplianceTally(complied, not_complied, late=late), total=total)
        except InvalidValue:
            return None


_NO_STATISTIC = PrintedStatistic()


@final
@value
class WrongTotal:
    """
    A printed total that is not what its parts add up to.

    ``down`` tells the total of a column, in a row such as "All councils", from that of a row.
    ``added`` is what its parts add up to; with ``at_least`` not every part is known, and those that are known exceed
    the total. Where ``is_certain`` is false, it may be the total of more than is understood here.

    >>> print(WrongTotal(field=TableField.RECEIVED, stated=10, added=11, name="Barsetshire Council", line=7))
    row 7, Barsetshire Council: received is 10, and its parts come to 11
    """

    _: KW_ONLY
    field: TableField
    stated: Count
    added: Count
    name: Text
    line: LineNumber | None = None
    year: ReportingYear | None = None
    down: bool = False
    at_least: bool = False
    is_certain: bool = True

    def __str__(self) -> str:
        place = "" if self.line is None else f"row {self.line}, "
        parts = "the rows it covers come" if self.down else "its parts come"
        least = "at least " if self.at_least else ""
        return (
            f"{place}{self.name}: {self.field.replace('_', ' ')} is {self.stated}, and {parts} to {least}{self.added}"
        )


def wrong_totals(rows: Sequence[TableRow], totals: Sequence[TableRow]) -> tuple[WrongTotal, ...]:
    """
    Add up again every total across the rows and down the columns, and return those that are wrong.

    Args:
        rows: the rows of councils.
        totals: the rows that add them up.

    Returns:
        The wrong totals, those of a row before those of a column.
    """
    across = (wrong for row in (*rows, *totals) for wrong in _wrong_across(row))
    return (*across, *_wrong_down(rows, totals))


def _wrong_across(row: TableRow) -> Iterator[WrongTotal]:
    for field, parts in SUMS:
        stated = row.count(field)
        if stated is None:
            continue
        known = [count for part in parts if (count := row.count(part)) is not None]
        added, complete = sum(known), len(known) == len(parts)
        if added > stated or (complete and added != stated):
            yield WrongTotal(
                field=field,
                stated=stated,
                added=added,
                name=row.name,
                line=row.line,
                year=row.year,
                at_least=not complete,
            )


def _wrong_down(rows: Sequence[TableRow], totals: Sequence[TableRow]) -> Iterator[WrongTotal]:
    """
    Add up what each row of totals may cover: all rows, those above or below it, or those to the next such row.

    A row that is larger in every column than all it may cover is that of a larger whole, and checks nothing.
    """
    ordered = sorted(rows, key=_line)
    lines = sorted({_line(total) for total in totals})
    of_years: dict[ReportingYear | None, _Sums] = {None: _Sums(ordered)}
    for total in totals:
        if total.year not in of_years:
            of_years[total.year] = _Sums([row for row in ordered if row.year == total.year])
        part = of_years[total.year]
        covered = part.covered(total, lines)
        stated = [(field, count) for field in total.fields if (count := total.count(field)) is not None]
        sums = [[part.sum_of(field, *span) for span in covered] for field, _ in stated]
        wrong = [
            (field, count, of_field)
            for (field, count), of_field in zip(stated, sums, strict=True)
            if not any(added == count or (added < count and not complete) for added, complete, _ in of_field)
        ]
        is_sum = total.covers is not TotalKind.WHOLE
        # One row that is like a larger whole in some column is like it by chance.
        least = 1 if is_sum else 2
        right = sum(
            any(added == count and complete and size >= least for added, complete, size in of_field)
            for (_, count), of_field in zip(stated, sums, strict=True)
        )
        compared = sum(any(complete for _, complete, _ in of_field) for of_field in sums)
        is_larger = all(count > added for _, count, of_field in wrong for added, _, _ in of_field)
        if not wrong or (is_larger and not right and not (is_sum and compared == 1)):
            continue
        if not is_sum and 2 * right < compared:
            # A group or a region may have rows that are not beside one another, or not here.
            continue
        certain = is_sum and not (is_larger and not right)
        for field, count, of_field in wrong:
            distances = [abs(part[0] - count) for part in of_field]
            added, complete, _ = of_field[distances.index(min(distances))]
            yield WrongTotal(
                field=field, stated=count, added=added, name=total.name, line=total.line, year=total.year, down=True,
                at_least=not complete, is_certain=certain,
            )  # fmt: skip


class _Sums:
    """Rows in the order of the sheet, whose columns can be added up from any row to any other at once."""

    def __init__(self, rows: Sequence[TableRow]) -> None:
        self._places = [_line(row) for row in rows]
        self._rows = rows
        self._columns: dict[TableField, tuple[list[int], list[int]]] = {}

    def covered(self, total: TableRow, totals: Sequence[int]) -> list[tuple[int, int]]:
        """Return the first row and the one after the last of each set of rows that a row of totals may add up."""
        line, last = _line(total), len(self._places)
        if total.line is None:
            return [(0, last)] if last else []
        index, above = bisect_left(totals, line), bisect_left(self._places, line)
        since = bisect_left(self._places, totals[index - 1]) if index else 0
        until = bisect_left(self._places, totals[index + 1]) if index + 1 < len(totals) else last
        spans = [(0, last), (0, above), (above, last), (since, above), (above, until)]
        return [(first, end) for first, end in spans if first < end]

    def sum_of(self, field: TableField, first: int, end: int) -> tuple[int, bool, int]:
        """Return the sum of a column, whether every cell of it is known, and the number of rows."""
        if field not in self._columns:
            counts = [row.count(field) for row in self._rows]
            self._columns[field] = (
                [*accumulate((count or 0 for count in counts), initial=0)],
                [*accumulate((count is not None for count in counts), initial=0)],
            )
        added, known = self._columns[field]
        return added[end] - added[first], known[end] - known[first] == end - first, end - first


def _line(row: TableRow) -> int:
    return row.line or 0
