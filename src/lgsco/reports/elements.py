"""
Reports as data: sections, tables and charts with their words, before they become a page, a workbook or a picture.

A table holds figures as the core computed them, never as text, so that every form of a report shows the same numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import KW_ONLY
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, TypeAlias, final

from lgsco._values import Choice, Constraint, Text, refusal_of, value
from lgsco.documents.figures import PrintedPercent
from lgsco.documents.missing import Missing
from lgsco.errors import InvalidValue
from lgsco.sources import Source
from lgsco.stats.intervals import Interval
from lgsco.stats.rates import Proportion

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Absent",
    "Amount",
    "Break",
    "Cell",
    "Chart",
    "ChartKind",
    "Column",
    "ColumnKind",
    "Line",
    "Note",
    "Point",
    "Report",
    "Row",
    "Section",
    "Table",
]


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


def _why_no_amount(held: object) -> str | None:
    return None if type(held) is Decimal and held.is_finite() else "must be a finite Decimal"


@final
@value
class Amount:
    """
    A decimal number as it was printed, such as 4.8 upheld decisions per 100,000 residents.

    Raises:
        InvalidValue: the number is no finite Decimal.
    """

    number: Annotated[Decimal, Constraint(_why_no_amount)]

    def __str__(self) -> str:
        return f"{self.number:f}"


Cell: TypeAlias = str | int | Proportion | Interval | PrintedPercent | Amount | Absent
"""What a cell of a table can hold: text, a count, a rate, its limits, a printed percentage, a number, or nothing."""


class ColumnKind(Choice):
    """What the cells of a column hold, where they hold a figure."""

    TEXT = "text"
    COUNT = "count"
    RATE = "rate"
    LIMITS = "limits"
    PERCENT = "percent"
    AMOUNT = "amount"


_HELD: dict[ColumnKind, type] = {
    ColumnKind.TEXT: str,
    ColumnKind.COUNT: int,
    ColumnKind.RATE: Proportion,
    ColumnKind.LIMITS: Interval,
    ColumnKind.PERCENT: PrintedPercent,
    ColumnKind.AMOUNT: Amount,
}


@final
@value
class Column:
    """
    The heading of a column, what its cells hold, and the marks of the notes on it.

    Raises:
        InvalidValue: a field is of the wrong type or empty.
    """

    heading: Text
    kind: ColumnKind
    _: KW_ONLY
    marks: tuple[str, ...] = ()


def _why_no_cells(held: object) -> str | None:
    if type(held) is not tuple:
        return "must be a tuple of cells"
    for at, cell in enumerate(held):
        if type(cell) not in {*_HELD.values(), Absent}:
            kinds = ", ".join(kind.__name__ for kind in _HELD.values())
            return f"has {cell!r} at [{at}], which must be one of {kinds}, Absent"
        if type(cell) is str and (reason := refusal_of(cell, Text)) is not None:
            return f"has {cell!r} at [{at}], which {reason}"
        if type(cell) is int and cell < 0:
            return f"has {cell!r} at [{at}], which is negative"
    return None


@final
@value
class Row:
    """
    A row: its heading and a cell for each column.

    ``breaks`` says what changed since the row before, where the two are no series; ``marked`` says of the row that the
    report is about what it is, such as "this council".

    Raises:
        InvalidValue: a field is of the wrong type, or a cell holds what no cell can.
    """

    heading: Text
    cells: Annotated[tuple[Cell, ...], Constraint(_why_no_cells)]
    _: KW_ONLY
    marks: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    marked: Text | None = None


@final
@value
class Table:
    """
    A table: its caption, what its rows are, its columns and rows.

    >>> rates = Column("This council", ColumnKind.RATE)
    >>> Table("The statistics", "Statistic", columns=(rates,), rows=(Row("Uphold rate", (7,)),))
    Traceback (most recent call last):
    ...
    lgsco.errors.InvalidValue: rows: 7 must be a Proportion or Absent, under 'This council' in 'Uphold rate'

    Raises:
        InvalidValue: a field is of the wrong type; a row has too few or too many cells, or one that does not suit its
            column; two
            headings are alike, or there are no columns or no rows.
    """

    caption: Text
    stub: Text
    """What the headings of the rows are, such as "Statistic"."""
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
            raise InvalidValue.at("columns", headings, "must have each heading once")
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                wanted = f"must be {len(self.columns)} cells in the row {row.heading!r}, one for each column"
                raise InvalidValue.at("rows", row.cells, wanted)
            for column, cell in zip(self.columns, row.cells, strict=True):
                if type(cell) not in {_HELD[column.kind], Absent}:
                    kind = _HELD[column.kind].__name__
                    raise InvalidValue.at(
                        "rows", cell, f"must be a {kind} or Absent, under {column.heading!r} in {row.heading!r}"
                    )


class ChartKind(Choice):
    """What is drawn against what."""

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

    ``at`` is the year and ``panel`` the series in a chart of years. ``marked`` is the one that the report is about;
    ``named`` are those beside which the name is to stand, where there is room.

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
            raise InvalidValue.at("rate", self.rate, "is a rate of no cases, which has no place in a chart")


def _why_no_steps(held: object) -> str | None:
    if type(held) is not tuple or not held:
        return "must be a tuple of (cases, share), at least one"
    for at, step in enumerate(held):
        if not (
            type(step) is tuple
            and len(step) == 2  # noqa: PLR2004  # a pair
            and all(type(number) is float and math.isfinite(number) for number in step)
        ):
            return f"item {at} is {step!r}: must be a pair of finite floats"
    return None


@final
@value
class Line:
    """A line in a chart: the limits of a funnel, (cases, share), or a benchmark, one step (0, share)."""

    name: Text
    steps: Annotated[tuple[tuple[float, float], ...], Constraint(_why_no_steps)]
    _: KW_ONLY
    panel: Text | None = None


@final
@value
class Break:
    """
    A change before a year, across which no line is drawn.

    Raises:
        InvalidValue: a field is of the wrong type or empty.
    """

    at: Text
    words: Text


@final
@value
class Chart:
    """
    A chart as data, with the sentence that says what it shows and the table that holds its figures.

    ``words`` are made from the numbers, for whoever cannot see the picture.
    ``ticks`` are the years of a chart of years in their order, those without a figure included.

    Raises:
        InvalidValue: a field is of the wrong type, there is no point, or a point or a break of a chart of years is at
            no tick.
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

    def __attrs_post_init__(self) -> None:
        if not self.points:
            raise InvalidValue.at("points", self.points, "must have at least one point")
        for name, held in (("points", self.points), ("breaks", self.breaks)):
            for one in held:
                if (self.kind is ChartKind.YEARS or name == "breaks") and one.at not in self.ticks:
                    raise InvalidValue.at(
                        name, one, f"is at none of the ticks, {', '.join(self.ticks) or 'of which there are none'}"
                    )


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
    One part of a report under its heading: paragraphs, a list, charts and tables, in this order, where there are any.

    Raises:
        InvalidValue: a field is of the wrong type or empty.
    """

    heading: Text
    _: KW_ONLY
    paragraphs: tuple[Text, ...] = ()
    items: tuple[Text, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()


@final
@value
class Report:
    """
    A report before it takes a form: what it is about, in what units, from what sources, its sections and its notes.

    Renderers in ``lgsco.render`` make a page, a text, a workbook or pictures of it.

    Raises:
        InvalidValue: a field is of the wrong type or empty, a mark stands for two notes, or a table bears a mark of no
            note.
    """

    title: Text
    _: KW_ONLY
    scope: Text
    """Whose figures these are, and of what time."""
    units: Text
    made_by: Text
    """Who made it, so that nobody takes it for the Ombudsman's own."""
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

    def __attrs_post_init__(self) -> None:
        known = [note.mark for note in self.notes]
        if len(set(known)) < len(known):
            raise InvalidValue.at("notes", known, "must have each mark once")
        for mark in _marks(self.tables):
            if mark not in known:
                raise InvalidValue.at("notes", mark, "is the mark of a table, but of no note")


def _marks(tables: Iterable[Table]) -> Iterator[str]:
    for table in tables:
        yield from table.marks
        for column in table.columns:
            yield from column.marks
        for row in table.rows:
            yield from row.marks
