"""
Reports as data: sections, tables and charts, before they are rendered as a page, a workbook or a picture.

A table has figures as the core computed them, never as text, so that every form of a report shows the same numbers.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import KW_ONLY
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, TypeAlias, final

from lgsco._values import Choice, Constraint, Count, ShowsItself, Text, is_short, refusal_of, value
from lgsco.documents.figures import PrintedPercent
from lgsco.documents.missing import Missing
from lgsco.errors import InvalidValue
from lgsco.reports.headlines import Figure, Link
from lgsco.sources import Source
from lgsco.stats.intervals import Interval
from lgsco.stats.rates import Proportion
from lgsco.wording.charts import OMBUDSMAN_FIGURES
from lgsco.wording.phrases import date
from lgsco.wording.reports import how_to_cite

if TYPE_CHECKING:
    from collections.abc import Iterable


@final
@value
class Absent:
    """
    What stands in a cell that has no figure: why, and in words.

    >>> print(Absent(Missing.NOT_APPLICABLE, "no recommendations were due"))
    no recommendations were due

    Raises:
        InvalidValue: a field is of the wrong type or empty.
    """

    missing: Missing
    words: Text

    def __str__(self) -> str:
        return self.words


def _check_amount(amount: object) -> str | None:
    return None if type(amount) is Decimal and is_short(amount) else "must be a Decimal of few digits"


@final
@value
class Amount:
    """
    A decimal number as it was printed, such as 4.8 upheld decisions per 100,000 residents.

    Raises:
        InvalidValue: the number is not a Decimal of few digits.
    """

    number: Annotated[Decimal, Constraint(_check_amount)]

    def __str__(self) -> str:
        return f"{self.number:f}"


@final
@value
class Day:
    """
    A date in a table.

    >>> print(Day(dt.date(2024, 3, 5)))
    5 March 2024

    Raises:
        InvalidValue: the date is not a date.
    """

    date: dt.date

    def __str__(self) -> str:
        return date(self.date)


@final
@value
class PartialRate:
    """
    What is known of a rate whose two counts are not both held: a published percentage, or one of the counts.

    Raises:
        InvalidValue: a field is of the wrong type, or the words are empty.
    """

    words: Text
    _: KW_ONLY
    percent: PrintedPercent | None = None
    numerator: Count | None = None
    denominator: Count | None = None

    def __str__(self) -> str:
        return self.words


Cell: TypeAlias = str | int | Proportion | PartialRate | Interval | PrintedPercent | Amount | Day | Absent
"""The content of a cell: text, a count, a rate or a part of one, limits, a percentage, a number, a date, or nothing."""


class ColumnKind(Choice):
    """The type of the figures in a column."""

    TEXT = "text"
    COUNT = "count"
    RATE = "rate"
    LIMITS = "limits"
    PERCENT = "percent"
    AMOUNT = "amount"
    DATE = "date"


_CELL_TYPES: dict[ColumnKind, tuple[type, ...]] = {
    ColumnKind.TEXT: (str, Absent),
    ColumnKind.COUNT: (int, Absent),
    ColumnKind.RATE: (Proportion, PartialRate, Absent),
    ColumnKind.LIMITS: (Interval, Absent),
    ColumnKind.PERCENT: (PrintedPercent, Absent),
    ColumnKind.AMOUNT: (Amount, Absent),
    ColumnKind.DATE: (Day, Absent),
}
_TYPES = tuple(dict.fromkeys(kind for kinds in _CELL_TYPES.values() for kind in kinds))


def _names(kinds: Iterable[type]) -> str:
    return " or ".join(kind.__name__ for kind in kinds)


@final
@value
class Column:
    """
    A column: its heading, the type of its cells, and the marks of the notes on it.

    Raises:
        InvalidValue: a field is of the wrong type or empty.
    """

    heading: Text
    kind: ColumnKind
    _: KW_ONLY
    marks: tuple[str, ...] = ()


def _check_cells(cells: object) -> str | None:
    if type(cells) is not tuple:
        return "must be a tuple of cells"
    for index, cell in enumerate(cells):
        if type(cell) not in _TYPES:
            return f"has {cell!r} at [{index}], which must be {_names(_TYPES)}"
        if type(cell) is str and (reason := refusal_of(cell, Text)) is not None:
            return f"has {cell!r} at [{index}], which {reason}"
        if type(cell) is int and cell < 0:
            return f"has {cell!r} at [{index}], which is negative"
    return None


@final
@value
class Row:
    """
    A row: its heading and a cell for each column.

    ``breaks`` are the series breaks since the row before; ``marked`` is a label of the row that the report is about,
    such as "this council"; ``whole`` is true of a row that is the whole of others.

    Raises:
        InvalidValue: a field is of the wrong type, or a cell is of none of the types of cells.
    """

    heading: Text
    cells: Annotated[tuple[Cell, ...], Constraint(_check_cells)]
    _: KW_ONLY
    marks: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    marked: Text | None = None
    whole: bool = False


@final
@value
class Table(ShowsItself):
    """
    A table: its caption, the heading of its first column, its columns and its rows.

    >>> rates = Column("Kent", ColumnKind.RATE)
    >>> Table("The statistics", "Statistic", columns=(rates,), rows=(Row("Uphold rate", (7,)),))
    Traceback (most recent call last):
    ...
    lgsco.errors.InvalidValue: rows: 7 must be Proportion or PartialRate or Absent, under 'Kent' in 'Uphold rate'

    Raises:
        InvalidValue: a field is of the wrong type; a row has too few or too many cells, or one of another type than its
            column; a heading is duplicated; or there are no columns or no rows.
    """

    caption: Text
    stub: Text
    """The heading of the first column, which has the headings of the rows, such as "Statistic"."""
    _: KW_ONLY
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    marks: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        if not self.columns:
            raise InvalidValue.at("columns", self.columns, "must have at least one column")
        if not self.rows:
            raise InvalidValue.at("rows", self.rows, "must have at least one row")
        headings = [self.stub, *(column.heading for column in self.columns)]
        if len(set(headings)) < len(headings):
            raise InvalidValue.at("columns", headings, "has a duplicated heading")
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                reason = f"must be {len(self.columns)} cells in the row {row.heading!r}, one for each column"
                raise InvalidValue.at("rows", row.cells, reason)
            for column, cell in zip(self.columns, row.cells, strict=True):
                if type(cell) not in _CELL_TYPES[column.kind]:
                    kinds = _names(_CELL_TYPES[column.kind])
                    raise InvalidValue.at("rows", cell, f"must be {kinds}, under {column.heading!r} in {row.heading!r}")


class ChartKind(Choice):
    """The type of a chart."""

    FUNNEL = "funnel"
    """Rates against the number of cases, with limits that widen as cases get fewer."""
    DOTS = "dots"
    """Rates with their intervals, one below another."""
    YEARS = "years"
    """Rates with their intervals from year to year, a panel for each series."""


@final
@value
class Point:
    """
    One rate in a chart.

    ``at`` is the year and ``panel`` the series in a chart of years. ``marked`` is true of the point that the report is
    about; ``named`` of those that get a label with their name, where there is room.

    Raises:
        InvalidValue: a field is of the wrong type, or the rate is of no cases.
    """

    name: Text
    rate: Proportion
    _: KW_ONLY
    interval: Interval | None = None
    at: Text | None = None
    panel: Text | None = None
    marked: bool = False
    named: bool = False

    def __attrs_post_init__(self) -> None:
        if not self.rate.denominator:
            raise InvalidValue.at("rate", self.rate, "is a rate of no cases, which a chart cannot show")


def _check_steps(steps: object) -> str | None:
    if type(steps) is not tuple or not steps:
        return "must be a tuple of (cases, share), at least one"
    for index, step in enumerate(steps):
        if not (
            type(step) is tuple
            and len(step) == 2  # noqa: PLR2004  # a pair
            and all(type(number) is float and math.isfinite(number) for number in step)
        ):
            return f"item {index} is {step!r}: must be a pair of finite floats"
    return None


class LineKind(Choice):
    """What a line in a chart is."""

    AVERAGE = "average"
    ENGLAND = "england"
    ALERT = "alert"
    """A limit within which chance alone would leave 95% of the points."""
    ALARM = "alarm"
    """An outer limit: of 99.8% in a funnel, of three standard deviations in a control chart."""


@final
@value
class Line:
    """
    A line in a chart: a limit or a benchmark.

    ``steps`` are pairs (cases, share) in a funnel, one pair (0, share) in a chart of rates one below another, and a
    pair (position of the tick from 0, share) for each year in a chart of years.

    Raises:
        InvalidValue: a field is of the wrong type, or a step is not a pair of finite floats.
    """

    name: Text
    steps: Annotated[tuple[tuple[float, float], ...], Constraint(_check_steps)]
    _: KW_ONLY
    kind: LineKind = LineKind.AVERAGE
    panel: Text | None = None


@final
@value
class Break:
    """
    A series break before a year, across which no line is drawn: in one panel of a chart, or without ``panel`` in all.

    Raises:
        InvalidValue: a field is of the wrong type or empty.
    """

    at: Text
    words: Text
    _: KW_ONLY
    panel: Text | None = None


@final
@value
class Chart(ShowsItself):
    """
    A chart as data: its points, lines and axes, and its content in words.

    ``words`` are made from the figures, for readers who cannot see the chart.
    ``ticks`` are the years of a chart of years in their order, those without a figure included. ``source`` is the
    sentence on where the figures come from.

    Raises:
        InvalidValue: a field is of the wrong type, there is no point, or a point, a break or a step of a line of a
            chart of years is not at a tick.
    """

    kind: ChartKind
    title: Text
    _: KW_ONLY
    words: Text
    across: Text
    """The title of the horizontal axis."""
    up: Text | None = None
    """The title of the vertical axis, where it needs one."""
    points: tuple[Point, ...]
    lines: tuple[Line, ...] = ()
    ticks: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    source: Text = OMBUDSMAN_FIGURES

    def __attrs_post_init__(self) -> None:
        if not self.points:
            raise InvalidValue.at("points", self.points, "must have at least one point")
        for name, items in (("points", self.points), ("breaks", self.breaks)):
            for item in items:
                if (self.kind is ChartKind.YEARS or name == "breaks") and item.at not in self.ticks:
                    ticks = ", ".join(self.ticks) or "of which there are none"
                    raise InvalidValue.at(name, item, f"is not at one of the ticks, {ticks}")
        if self.kind is ChartKind.YEARS:
            places = {float(index) for index in range(len(self.ticks))}
            for line in self.lines:
                if any(place not in places for place, _ in line.steps):
                    raise InvalidValue.at("lines", line, "has a step that is not at the position of a tick")


@final
@value
class Note:
    """
    A note, and the mark by which tables refer to it.

    Raises:
        InvalidValue: a field is of the wrong type or empty.
    """

    mark: Text
    words: Text


@final
@value
class Section:
    """
    A section of a report: its heading, then large figures, paragraphs, a list, links, charts and tables, in this order.

    Raises:
        InvalidValue: a field is of the wrong type or empty.
    """

    heading: Text
    _: KW_ONLY
    figures: tuple[Figure, ...] = ()
    paragraphs: tuple[Text, ...] = ()
    items: tuple[Text, ...] = ()
    links: tuple[Link, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()


@final
@value
class Report(ShowsItself):
    """
    A report as data: its scope, units, sections, notes and sources.

    Renderers in ``lgsco.render`` make a page, a text, a workbook or pictures of it.

    Raises:
        InvalidValue: a field is of the wrong type or empty, a mark is duplicated, or a table has a mark of no note.
    """

    title: Text
    _: KW_ONLY
    scope: Text
    """The councils and the time that the figures are about."""
    units: Text
    made_by: Text
    """The maker of the report, so that nobody takes it for the Ombudsman's own."""
    heading: Text | None = None
    """What a page is, for its first heading, where the title alone does not say it."""
    as_at: dt.date | None = None
    """The date of the figures."""
    sections: tuple[Section, ...]
    notes: tuple[Note, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table, in order."""
        return tuple(table for section in self.sections for table in section.tables)

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Every chart, in order."""
        return tuple(chart for section in self.sections for chart in section.charts)

    @property
    def citation(self) -> str:
        """How to cite the report."""
        return how_to_cite(self.heading or self.title, self.as_at)

    def __attrs_post_init__(self) -> None:
        marks = [note.mark for note in self.notes]
        if len(set(marks)) < len(marks):
            raise InvalidValue.at("notes", marks, "has a duplicated mark")
        for mark in marks_in(self.tables):
            if mark not in marks:
                raise InvalidValue.at("notes", mark, "is the mark of a table, but of no note")


def marks_in(tables: Iterable[Table]) -> Iterator[str]:
    """Return the marks in tables, in the order in which a reader meets them."""
    for table in tables:
        yield from table.marks
        for column in table.columns:
            yield from column.marks
        for row in table.rows:
            yield from row.marks
