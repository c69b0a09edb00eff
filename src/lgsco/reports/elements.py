"""
Reports as data: sections, tables and charts with their words, before they become a page, a workbook or a picture.

A table holds figures as the core computed them, never as text, so that every form of a report shows the same numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias, final

import attrs

from lgsco._values import Rule, Slug, a_text, a_text_or_none, each, instance_of, optional, tuple_of, value
from lgsco.documents.figures import PrintedPercent
from lgsco.errors import InvalidField
from lgsco.sources import Source
from lgsco.stats.intervals import Interval
from lgsco.stats.rates import Proportion

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Absence",
    "Absent",
    "Amount",
    "Cell",
    "ColumnKind",
    "Report",
    "ReportBreak",
    "ReportChart",
    "ReportChartKind",
    "ReportColumn",
    "ReportLine",
    "ReportNote",
    "ReportPoint",
    "ReportRow",
    "ReportSection",
    "ReportTable",
]


class Absence(Slug):
    """Why a cell holds no figure; a workbook writes the shorthand, a page the words."""

    NOT_APPLICABLE = "not_applicable"
    """There can be no figure, as for the rate of no cases: [z]."""
    NOT_AVAILABLE = "not_available"
    """There may be a figure, but it is not held: [x]."""

    @property
    def shorthand(self) -> str:
        """
        The sign that the Government Analysis Function gives it in spreadsheets.

        >>> Absence.NOT_APPLICABLE.shorthand, Absence.NOT_AVAILABLE.shorthand
        ('[z]', '[x]')
        """
        return "[z]" if self is Absence.NOT_APPLICABLE else "[x]"


@final
@value
class Absent:
    """
    What stands in a cell that has no figure: why, and in words.

    >>> print(Absent(Absence.NOT_APPLICABLE, "no recommendations were due"))
    no recommendations were due

    Raises:
        InvalidField: a field is of the wrong type or empty (InvalidFields where both are).
    """

    why: Absence = attrs.field(validator=instance_of(Absence))
    words: str = attrs.field(validator=a_text)

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
        InvalidField: the number is no finite Decimal.
    """

    number: Decimal = attrs.field(validator=Rule(_why_no_amount))

    def __str__(self) -> str:
        return f"{self.number:f}"


Cell: TypeAlias = str | int | Proportion | Interval | PrintedPercent | Amount | Absent
"""What a cell of a table can hold: text, a count, a rate, its limits, a printed percentage, a number, or nothing."""


class ColumnKind(Slug):
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
class ReportColumn:
    """
    The heading of a column, what its cells hold, and the marks of the notes on it.

    Raises:
        InvalidField: a field is of the wrong type or empty (InvalidFields where there are several).
    """

    heading: str = attrs.field(validator=a_text)
    kind: ColumnKind = attrs.field(validator=instance_of(ColumnKind))
    marks: tuple[str, ...] = attrs.field(default=(), kw_only=True, converter=tuple_of[str, ...], validator=each(str))


def _why_no_cells(held: object) -> str | None:
    if type(held) is not tuple:
        return "must be a tuple of cells"
    for at, cell in enumerate(held):
        if type(cell) not in {*_HELD.values(), Absent}:
            return (
                f"item {at} is {cell!r}: must be one of {', '.join(kind.__name__ for kind in _HELD.values())}, Absent"
            )
        if type(cell) is str and a_text.why(cell) is not None:
            return f"item {at} is {cell!r}: {a_text.why(cell)}"
        if type(cell) is int and cell < 0:
            return f"item {at} is {cell!r}: a count cannot be negative"
    return None


@final
@value
class ReportRow:
    """
    A row: its heading and a cell for each column.

    ``breaks`` says what changed since the row before, where the two are no series; ``marked`` says of the row that the
    report is about what it is, such as "this council".

    Raises:
        InvalidField: a field is of the wrong type, or a cell holds what no cell can (InvalidFields where there are
            several).
    """

    heading: str = attrs.field(validator=a_text)
    cells: tuple[Cell, ...] = attrs.field(converter=tuple_of[Cell, ...], validator=Rule(_why_no_cells))
    marks: tuple[str, ...] = attrs.field(default=(), kw_only=True, converter=tuple_of[str, ...], validator=each(str))
    breaks: tuple[str, ...] = attrs.field(default=(), kw_only=True, converter=tuple_of[str, ...], validator=each(str))
    marked: str | None = attrs.field(default=None, kw_only=True, validator=a_text_or_none)


@final
@value
class ReportTable:
    """
    A table: its caption, what its rows are, its columns and rows.

    >>> rates = ReportColumn("This council", ColumnKind.RATE)
    >>> ReportTable("The statistics", "Statistic", columns=(rates,), rows=(ReportRow("Uphold rate", (7,)),))
    Traceback (most recent call last):
    ...
    lgsco.errors.InvalidField: rows = 7: 'Uphold rate', 'This council': must be a Proportion or Absent

    Raises:
        InvalidField: a field is of the wrong type; a row has too few or too many cells, or one that does not suit its
            column; two
            headings are alike, or there are no columns or no rows (InvalidFields where there are several).
    """

    caption: str = attrs.field(validator=a_text)
    stub: str = attrs.field(validator=a_text)
    """What the headings of the rows are, such as "Statistic"."""
    columns: tuple[ReportColumn, ...] = attrs.field(
        kw_only=True, converter=tuple_of[ReportColumn, ...], validator=each(ReportColumn)
    )
    rows: tuple[ReportRow, ...] = attrs.field(
        kw_only=True, converter=tuple_of[ReportRow, ...], validator=each(ReportRow)
    )
    marks: tuple[str, ...] = attrs.field(default=(), kw_only=True, converter=tuple_of[str, ...], validator=each(str))

    def __attrs_post_init__(self) -> None:
        if not self.columns:
            raise InvalidField("columns", self.columns, "a table has at least one column")
        if not self.rows:
            raise InvalidField("rows", self.rows, "a table has at least one row")
        headings = [self.stub, *(column.heading for column in self.columns)]
        if len(set(headings)) < len(headings):
            raise InvalidField("columns", headings, "each heading stands once")
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                wanted = f"{row.heading!r} has {len(row.cells)} cells for {len(self.columns)} columns"
                raise InvalidField("rows", row.cells, wanted)
            for column, cell in zip(self.columns, row.cells, strict=True):
                if type(cell) not in {_HELD[column.kind], Absent}:
                    kind = _HELD[column.kind].__name__
                    raise InvalidField("rows", cell, f"{row.heading!r}, {column.heading!r}: must be a {kind} or Absent")


class ReportChartKind(Slug):
    """What is drawn against what."""

    FUNNEL = "funnel"
    """Rates against the number of cases, with limits that widen as cases get fewer."""
    DOTS = "dots"
    """Rates with their intervals, one below another."""
    YEARS = "years"
    """Rates with their intervals from year to year, a panel for each series."""


@final
@value
class ReportPoint:
    """
    One rate in a chart.

    ``at`` is the year and ``panel`` the series in a chart of years. ``marked`` is the one that the report is about;
    ``named`` are those beside which the name is to stand, where there is room.

    Raises:
        InvalidField: a field is of the wrong type, or the rate is of no cases (InvalidFields where there are several).
    """

    name: str = attrs.field(validator=a_text)
    rate: Proportion = attrs.field(validator=instance_of(Proportion))
    interval: Interval | None = attrs.field(default=None, kw_only=True, validator=optional(instance_of(Interval)))
    at: str | None = attrs.field(default=None, kw_only=True, validator=a_text_or_none)
    panel: str | None = attrs.field(default=None, kw_only=True, validator=a_text_or_none)
    marked: bool = attrs.field(default=False, kw_only=True, validator=instance_of(bool))
    named: bool = attrs.field(default=False, kw_only=True, validator=instance_of(bool))

    def __attrs_post_init__(self) -> None:
        if not self.rate.denominator:
            raise InvalidField("rate", self.rate, "a rate of no cases has no place in a chart")


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
class ReportLine:
    """
    A line in a chart: the limits of a funnel, (cases, share), or a benchmark, one step (0, share).

    Raises:
        InvalidField: a field is of the wrong type (InvalidFields where there are several).
    """

    name: str = attrs.field(validator=a_text)
    steps: tuple[tuple[float, float], ...] = attrs.field(
        converter=tuple_of[tuple[float, float], ...], validator=Rule(_why_no_steps)
    )
    panel: str | None = attrs.field(default=None, kw_only=True, validator=a_text_or_none)


@final
@value
class ReportBreak:
    """
    A change before a year, across which no line is drawn: in one panel of a chart, or without ``panel`` in all.

    Raises:
        InvalidField: a field is of the wrong type or empty (InvalidFields where there are several).
    """

    at: str = attrs.field(validator=a_text)
    words: str = attrs.field(validator=a_text)
    panel: str | None = attrs.field(default=None, kw_only=True, validator=a_text_or_none)


@final
@value
class ReportChart:
    """
    A chart as data, with the sentence that says what it shows and the table that holds its figures.

    ``words`` are made from the numbers, for whoever cannot see the picture.
    ``ticks`` are the years of a chart of years in their order, those without a figure included.

    Raises:
        InvalidField: a field is of the wrong type, there is no point, or a point or a break of a chart of years is at
            no tick (InvalidFields where there are several).
    """

    kind: ReportChartKind = attrs.field(validator=instance_of(ReportChartKind))
    title: str = attrs.field(validator=a_text)
    words: str = attrs.field(kw_only=True, validator=a_text)
    across: str = attrs.field(kw_only=True, validator=a_text)
    """The title of the horizontal axis."""
    up: str | None = attrs.field(default=None, kw_only=True, validator=a_text_or_none)
    """The title of the vertical axis, where it needs one."""
    points: tuple[ReportPoint, ...] = attrs.field(
        kw_only=True, converter=tuple_of[ReportPoint, ...], validator=each(ReportPoint)
    )
    lines: tuple[ReportLine, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple_of[ReportLine, ...], validator=each(ReportLine)
    )
    ticks: tuple[str, ...] = attrs.field(default=(), kw_only=True, converter=tuple_of[str, ...], validator=each(str))
    breaks: tuple[ReportBreak, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple_of[ReportBreak, ...], validator=each(ReportBreak)
    )

    def __attrs_post_init__(self) -> None:
        if not self.points:
            raise InvalidField("points", self.points, "a chart has at least one point")
        for name, held in (("points", self.points), ("breaks", self.breaks)):
            for one in held:
                if (self.kind is ReportChartKind.YEARS or name == "breaks") and one.at not in self.ticks:
                    raise InvalidField(
                        name, one, f"is at none of the ticks, {', '.join(self.ticks) or 'of which there are none'}"
                    )


@final
@value
class ReportNote:
    """
    A note, and the mark by which tables refer to it.

    Raises:
        InvalidField: a field is of the wrong type or empty (InvalidFields where both are).
    """

    mark: str = attrs.field(validator=a_text)
    words: str = attrs.field(validator=a_text)


def _texts(held: object) -> str | None:
    reason = each(str).why(held)
    if reason is not None or not isinstance(held, tuple):
        return reason
    return next((f"item {at}: {why}" for at, text in enumerate(held) if (why := a_text.why(text)) is not None), None)


@final
@value
class ReportSection:
    """
    One part of a report under its heading: paragraphs, a list, charts and tables, in this order, where there are any.

    Raises:
        InvalidField: a field is of the wrong type or empty (InvalidFields where there are several).
    """

    heading: str = attrs.field(validator=a_text)
    paragraphs: tuple[str, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple_of[str, ...], validator=Rule(_texts)
    )
    items: tuple[str, ...] = attrs.field(default=(), kw_only=True, converter=tuple_of[str, ...], validator=Rule(_texts))
    charts: tuple[ReportChart, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple_of[ReportChart, ...], validator=each(ReportChart)
    )
    tables: tuple[ReportTable, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple_of[ReportTable, ...], validator=each(ReportTable)
    )


@final
@value
class Report:
    """
    A report before it takes a form: what it is about, in what units, from what sources, its sections and its notes.

    Renderers in ``lgsco.render`` make a page, a text, a workbook or pictures of it.

    Raises:
        InvalidField: a field is of the wrong type or empty, a mark stands for two notes, or a table bears a mark of no
            note (InvalidFields where there are several).
    """

    title: str = attrs.field(validator=a_text)
    scope: str = attrs.field(kw_only=True, validator=a_text)
    """Whose figures these are, and of what time."""
    units: str = attrs.field(kw_only=True, validator=a_text)
    made_by: str = attrs.field(kw_only=True, validator=a_text)
    """Who made it, so that nobody takes it for the Ombudsman's own."""
    sections: tuple[ReportSection, ...] = attrs.field(
        kw_only=True, converter=tuple_of[ReportSection, ...], validator=each(ReportSection)
    )
    notes: tuple[ReportNote, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple_of[ReportNote, ...], validator=each(ReportNote)
    )
    sources: tuple[Source, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple_of[Source, ...], validator=each(Source)
    )

    @property
    def tables(self) -> tuple[ReportTable, ...]:
        """Every table, in order."""
        return tuple(table for section in self.sections for table in section.tables)

    @property
    def charts(self) -> tuple[ReportChart, ...]:
        """Every chart, in order."""
        return tuple(chart for section in self.sections for chart in section.charts)

    def __attrs_post_init__(self) -> None:
        known = [note.mark for note in self.notes]
        if len(set(known)) < len(known):
            raise InvalidField("notes", known, "each mark stands for one note")
        for mark in _marks(self.tables):
            if mark not in known:
                raise InvalidField("notes", mark, "a table bears this mark, but there is no such note")


def _marks(tables: Iterable[ReportTable]) -> Iterator[str]:
    for table in tables:
        yield from table.marks
        for column in table.columns:
            yield from column.marks
        for row in table.rows:
            yield from row.marks
