"""Rows of published tables: the figures of one council, and totals that are not what their parts add up to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, TypeAlias, final

from lgsco._values import LARGEST_COUNT, Constraint, Count, Text, is_short, value
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

__all__ = ["LineNumber", "TableFigure", "TableRow", "WrongTotal", "wrong_totals"]

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


@final
@value
class TableRow:
    """
    One row of a published table: whose figures they are, and the figures, field by field.

    ``line`` is the number of the row in its sheet.

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
    the total.

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

    def __str__(self) -> str:
        place = "" if self.line is None else f"row {self.line}, "
        parts = "the rows above it come" if self.down else "its parts come"
        least = "at least " if self.at_least else ""
        return (
            f"{place}{self.name}: {self.field.replace('_', ' ')} is {self.stated}, and {parts} to {least}{self.added}"
        )


def wrong_totals(rows: Sequence[TableRow], totals: Sequence[TableRow]) -> tuple[WrongTotal, ...]:
    """Add up again every total across the rows and down the columns, and return those that are wrong."""
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


class _Sums:
    """Running sums: how many rows were added, and of each column the sum and the number of known counts."""

    def __init__(self) -> None:
        self.rows = 0
        self.added: dict[TableField, int] = {}
        self.known: dict[TableField, int] = {}

    def add(self, row: TableRow) -> None:
        self.rows += 1
        for field, figure in zip(row.fields, row.figures, strict=True):
            if type(figure) is int:
                self.added[field] = self.added.get(field, 0) + figure
                self.known[field] = self.known.get(field, 0) + 1

    def wrong(self, total: TableRow, field: TableField, stated: int) -> WrongTotal | None:
        """Return what is wrong with a total of these rows; ``None`` where it may be right."""
        added, complete = self.added.get(field, 0), self.known.get(field, 0) == self.rows
        if added == stated or (added < stated and not complete):
            return None
        return WrongTotal(
            field=field,
            stated=stated,
            added=added,
            name=total.name,
            line=total.line,
            year=total.year,
            down=True,
            at_least=not complete,
        )


def _wrong_down(rows: Sequence[TableRow], totals: Sequence[TableRow]) -> Iterator[WrongTotal]:
    above, of_year = _Sums(), {row.year: _Sums() for row in rows}
    waiting = sorted(rows, key=_line, reverse=True)
    for total in totals:
        since = _Sums()
        while waiting and (total.line is None or _line(waiting[-1]) < total.line):
            row = waiting.pop()
            for sums in (above, since, of_year[row.year]):
                sums.add(row)
        own = above if total.year is None else of_year.get(total.year, above)
        for field in total.fields:
            if (stated := total.count(field)) is not None:
                wrong = [sums.wrong(total, field, stated) for sums in (own, above, since)]
                if None not in wrong:
                    yield min(filter(None, wrong), key=lambda one: abs(one.added - one.stated))


def _line(row: TableRow) -> int:
    return row.line or 0
