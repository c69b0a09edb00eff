"""A cell as words for a reader, and as plain columns for a machine: the same figures."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

import attrs

from lgsco._values import evolve
from lgsco.documents.figures import PrintedPercent
from lgsco.documents.missing import Missing
from lgsco.reports.elements import Absent, Amount, ColumnKind, Day, PartialRate
from lgsco.stats.intervals import Interval
from lgsco.stats.rates import Proportion
from lgsco.wording.comparisons import likely_range
from lgsco.wording.phrases import number_and_total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from lgsco.reports.elements import Cell, Table

LOW = "[low]"
BREAK = "[b]"
LEGEND = {
    Missing.NOT_APPLICABLE.sign: "not applicable: there can be no figure, such as a rate of no cases",
    Missing.NOT_AVAILABLE.sign: "not available: there may be a figure, but it is not held",
    Missing.WITHHELD.sign: "confidential: a small number, or one that would tell a small number",
    LOW: "a rate that is not zero, but rounds to zero",
    BREAK: "a break in the series: this year does not continue the year before",
}

Plain: TypeAlias = str | int | Decimal | dt.date


def is_low(rate: Proportion) -> bool:
    """Return whether a rate above zero would be shown as zero."""
    return rate.numerator > 0 and rate.percent() == 0


def has_low_rate(table: Table) -> bool:
    """Return whether any rate of a table is above zero and would be shown as zero."""
    return any(isinstance(cell, Proportion) and is_low(cell) for row in table.rows for cell in row.cells)


def words_of(cell: Cell) -> str:
    """
    Return what a cell has in words.

    >>> from lgsco import Proportion
    >>> words_of(Proportion(76, 94)), words_of(Proportion(1, 400)), words_of(1234)
    ('81% (76 of 94)', '0% [low] (1 of 400)', '1,234')
    >>> words_of(Proportion(76, 94).interval()), words_of(Amount(Decimal("4200.00")))
    ('72% to 88%', '4,200.00')
    """
    if isinstance(cell, Proportion):
        return " ".join(rate_parts(cell))
    if isinstance(cell, Interval):
        return likely_range(cell)
    if isinstance(cell, Amount):
        return f"{cell.number:,f}"
    return f"{cell:,}" if type(cell) is int else str(cell)


def rate_parts(rate: Proportion) -> tuple[str, str]:
    """Return a rate in words in two parts: the share, and in brackets the counts."""
    share = f"0% {LOW}" if is_low(rate) else "no rate" if rate.value is None else f"{rate.percent()}%"
    return share, f"({number_and_total(rate.numerator, rate.denominator)})"


@attrs.frozen
class PlainColumn:
    """A column of plain values: its heading, its unit where it has one, and whether its values are numbers."""

    heading: str
    unit: str | None
    cells: tuple[Plain, ...]
    marks: tuple[str, ...] = ()
    numbers: bool = False


_PER_CENT = "%"


def plain_columns(table: Table, notes: Mapping[str, int]) -> list[PlainColumn]:
    """
    Lay a table out with one figure a column, as spreadsheets and other machines want it.

    A rate becomes its percentage, the number counted and the number it is of; limits become two percentages. A missing
    figure becomes its sign. No two headings differ by capitals alone.
    """
    columns = [PlainColumn(table.stub, None, tuple(row.heading for row in table.rows))]
    for index, column in enumerate(table.columns):
        cells = [row.cells[index] for row in table.rows]
        for suffix, unit, numbers in _PARTS[column.kind]:
            heading = f"{column.heading}{suffix}"
            values = tuple(_part(cell, suffix) for cell in cells)
            columns.append(PlainColumn(heading, unit, values, column.marks, numbers=numbers))
    if any(row.breaks for row in table.rows):
        breaks = tuple(f"{BREAK} {'; '.join(row.breaks)}" if row.breaks else NONE for row in table.rows)
        columns.append(PlainColumn("Series break", None, breaks))
    if any(row.marks for row in table.rows):
        references = tuple(" ".join(f"[note {notes[mark]}]" for mark in row.marks) or NONE for row in table.rows)
        columns.append(PlainColumn("Notes", None, references))
    return _with_distinct_headings(columns)


NONE = "none"


def _with_distinct_headings(columns: list[PlainColumn]) -> list[PlainColumn]:
    """Number headings that would otherwise be duplicated."""
    headings = distinct_names([column.heading for column in columns], key=str.casefold)
    return [evolve(column, heading=heading) for column, heading in zip(columns, headings, strict=True)]


def distinct_names(names: Iterable[str], *, key: Callable[[str], str] = str) -> list[str]:
    """
    Number names that an earlier name equals, by their keys.

    >>> distinct_names(["Rate", "rate", "Rate"], key=str.casefold)
    ['Rate', 'rate (2)', 'Rate (3)']
    """
    distinct: dict[str, str] = {}
    for name in names:
        numbered, number = name, 2
        while key(numbered) in distinct:
            numbered, number = f"{name} ({number})", number + 1
        distinct[key(numbered)] = numbered
    return list(distinct.values())


_COUNTED, _OF = ": number counted", ": out of how many"
_LOWER, _UPPER = ": lower limit", ": upper limit"
_PARTS: dict[ColumnKind, tuple[tuple[str, str | None, bool], ...]] = {
    ColumnKind.TEXT: (("", None, False),),
    ColumnKind.COUNT: (("", "number", True),),
    ColumnKind.RATE: (("", _PER_CENT, True), (_COUNTED, "number", True), (_OF, "number", True)),
    ColumnKind.LIMITS: ((_LOWER, _PER_CENT, True), (_UPPER, _PER_CENT, True)),
    ColumnKind.PERCENT: (("", _PER_CENT, True),),
    ColumnKind.AMOUNT: (("", "number", True),),
    ColumnKind.DATE: (("", "date", False),),
}


def _part(cell: Cell, suffix: str) -> Plain:
    if isinstance(cell, Absent):
        return cell.missing.sign
    if isinstance(cell, Proportion):
        percent = cell.percent()
        if suffix == "":
            return Missing.NOT_APPLICABLE.sign if percent is None else LOW if is_low(cell) else percent
        return cell.numerator if suffix == _COUNTED else cell.denominator
    if isinstance(cell, PartialRate):
        known = {"": cell.percent and Decimal(cell.percent.value), _COUNTED: cell.numerator, _OF: cell.denominator}
        part = known[suffix]
        return Missing.NOT_AVAILABLE.sign if part is None else part
    if isinstance(cell, Interval):
        return cell.percents()[suffix == _UPPER]
    if isinstance(cell, PrintedPercent):
        return Decimal(cell.value)
    if isinstance(cell, Day):
        return cell.date
    return cell.number if isinstance(cell, Amount) else cell
