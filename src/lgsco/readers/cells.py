"""
Cells of a published table: from the contents of a cell to a figure, or to why there is none.

A column is read as a whole: most hold whole numbers and nothing else, and whether 1 is 1% or 100% is for the column to
say.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple, TypeAlias

from lgsco.documents.figures import PrintedPercent
from lgsco.documents.missing import Missing
from lgsco.documents.table_rows import TableFigure
from lgsco.readers.headings import without_marks

__all__ = ["INSTEAD", "Remark", "read_counts", "read_percents", "read_rates", "shown"]

_WORDS = {
    Missing.BLANK: (),
    Missing.DASH: ("--", "\N{EN DASH}", "\N{EM DASH}", "\N{MINUS SIGN}"),
    Missing.NOT_APPLICABLE: ("na", "n.a.", "n.a", "not applicable", "#n/a"),
    Missing.NOT_AVAILABLE: ("..", "...", "\N{HORIZONTAL ELLIPSIS}", ":", "[w]", "no data"),
    Missing.WITHHELD: ("*", "**", "<5", "< 5", "fewer than 5", "less than 5", "suppressed", "confidential"),
}
INSTEAD = {
    missing: tuple(dict.fromkeys((missing.sign, missing.sign.strip("[]"), *words, *([missing.label] if words else []))))
    for missing, words in _WORDS.items()
}
"""What is in cells without a figure, in small letters: the sign, with and without its brackets, and words."""

_MISSING = {words: missing for missing, several in INSTEAD.items() for words in several}
_NUMBER = re.compile(r"(?P<whole>[0-9]{1,3}(?:[, ][0-9]{3}){1,2}|[0-9]{1,9})(?P<part>\.[0-9]{1,40})?(?P<percent> ?%)?")
_LIMIT = 10**9
_MOST_PLACES, _LEAST, _WHOLE_PERCENT = 12, Decimal("1e-12"), 100
# Figures are rounded by a context of our own: the caller's may keep three digits.
_CONTEXT = Context(prec=60)
_LONGEST_SHOWN = 80


Remark: TypeAlias = tuple[int, str]
"""The index of a cell in its column, and a remark on it."""
Read: TypeAlias = tuple[tuple[TableFigure, ...], list[Remark], list[Remark]]
"""The figures of a column, the reasons why cells are refused, and the marks of notes at figures."""


def shown(cell: object, longest: int = _LONGEST_SHOWN) -> str:
    """Return the contents of a cell as text on one line, cut to a readable length."""
    text = " ".join((cell if isinstance(cell, str) else str(cell)).split())
    return text if len(text) <= longest else f"{text[:longest].rstrip()}\N{HORIZONTAL ELLIPSIS}"


def read_counts(cells: Sequence[object]) -> Read:
    """Read a column of whole numbers."""
    whole = _whole(cells)
    return _read_each(cells, _count) if whole is None else (whole, [], [])


def read_rates(cells: Sequence[object]) -> Read:
    """Read a column of rates per 100,000, a stray sign of per cent after which is passed over."""
    return _read_each(cells, _rate)


def read_percents(cells: Sequence[object]) -> Read:
    """
    Read a column of percentages, written as such or as shares of 1.

    A spreadsheet holds 86% as 0.86: where a column has such shares and no number above 1, each is a share of 1.
    Where it has no number but 0 and 1, nobody can tell whether 1 is 1% or 100%, and it is refused.
    """
    if set(map(type, cells)) <= {int, float} and max(cells, default=0) > 1:  # type: ignore[type-var, operator]  # ints and floats
        try:
            return tuple(map(_whole_percents().__getitem__, cells)), [], []  # type: ignore[arg-type]  # the same
        except KeyError:
            pass
    numbers = [number for _, cell in _different(cells) if (number := _unsigned(cell)) is not None]
    above = any(number > 1 for number in numbers)
    shares = not above and any(0 < number < 1 for number in numbers)

    def percent(cell: object) -> TableFigure | str:
        number, signed = _number(cell)
        if number is None:
            return "is not a percentage"
        if not signed and number == 1 and not above and not shares:
            return "may be 1% or 100%"
        if shares and not signed:
            number = _CONTEXT.multiply(number, Decimal(100))
        return _printed(number)

    return _read_each(cells, percent)


class _WholeNumbers(dict[float, int]):
    """The whole number that a float is: the small ones as they are looked up, the others as they are met."""

    def __missing__(self, number: float) -> int:
        whole = int(number)
        if whole != number or not 0 <= whole < _LIMIT:
            raise ValueError(number)
        return whole


@functools.cache
def _whole_numbers() -> _WholeNumbers:
    # To look a number up takes a third of the time that it takes to make it and to see that it is the same.
    return _WholeNumbers({float(number): number for number in range(1_000)})


def _whole(cells: Sequence[object]) -> tuple[int, ...] | None:
    """Return the counts of a column that holds nothing else; ``None`` for any other."""
    if not set(map(type, cells)) <= {int, float}:
        return None
    try:
        return tuple(map(_whole_numbers().__getitem__, cells))  # type: ignore[arg-type]  # ints and floats, as seen above
    except (ValueError, OverflowError):
        return None


@functools.cache
def _whole_percents() -> dict[float, PrintedPercent]:
    return {float(percent): PrintedPercent(percent) for percent in range(101)}


class _Cell(NamedTuple):
    """What a cell was read as: a figure, why it is none, and the mark of a note that stood at it."""

    figure: TableFigure
    reason: str = ""
    mark: str = ""


def _read_each(cells: Sequence[object], read: Callable[[object], TableFigure | str]) -> Read:
    """Read a column cell by cell, each that differs from the others once."""
    known = {key: _read_cell(key[1], read) for key in _different(cells)}
    figures = tuple([known[key].figure for key in zip(map(type, cells), cells, strict=True)])
    if not any(cell.reason or cell.mark for cell in known.values()):
        return figures, [], []
    as_read = [known[type(cell), cell] for cell in cells]
    refused = [(index, cell.reason) for index, cell in enumerate(as_read) if cell.reason]
    return figures, refused, [(index, cell.mark) for index, cell in enumerate(as_read) if cell.mark]


def _different(cells: Sequence[object]) -> set[tuple[type, object]]:
    # By type as well: True is 1 to a set.
    return set(zip(map(type, cells), cells, strict=True))


def _read_cell(cell: object, read: Callable[[object], TableFigure | str]) -> _Cell:
    bare, mark = without_marks(cell) if isinstance(cell, str) else (cell, "")
    missing = _missing(bare)
    figure = read(bare) if missing is None else missing
    if isinstance(figure, Missing) or not isinstance(figure, str):
        return _Cell(figure, mark=mark)
    return _Cell(Missing.UNREADABLE, figure)


def _missing(cell: object) -> Missing | None:
    if cell is None:
        return Missing.BLANK
    return _MISSING.get(cell.casefold()) if isinstance(cell, str) else None


def _count(cell: object) -> TableFigure | str:
    number, signed = _number(cell)
    if number is None or signed or number != int(number):
        return "is not a whole number"
    return int(number)


def _rate(cell: object) -> TableFigure | str:
    number, _ = _number(cell)
    return "is not a rate" if number is None else _plain(number)


def _printed(number: Decimal) -> TableFigure | str:
    """Return a percentage as it is: of a computed share, the first twelve decimals."""
    if number > _WHOLE_PERCENT:
        return "is more than 100%"
    exact = _plain(number)
    places = -int(exact.as_tuple().exponent)
    if places > _MOST_PLACES:
        exact, places = exact.quantize(_LEAST, ROUND_HALF_UP, _CONTEXT), _MOST_PLACES
    return PrintedPercent(exact, places=places) if places > 0 else _whole_percents()[int(exact)]


def _plain(number: Decimal) -> Decimal:
    """Return a number without trailing zeros, and without an exponent."""
    whole = number.to_integral_value(context=_CONTEXT)
    return whole.quantize(Decimal(1), context=_CONTEXT) if number == whole else number.normalize(_CONTEXT)


def _unsigned(cell: object) -> Decimal | None:
    number, signed = _number(without_marks(cell)[0] if isinstance(cell, str) else cell)
    return None if signed else number


def _number(cell: object) -> tuple[Decimal | None, bool]:
    """Return the number in a cell, zero or more, and whether a sign of per cent follows it."""
    if isinstance(cell, str):
        match = _NUMBER.fullmatch(cell)
        if match is None:
            return None, False
        figures = match["whole"].replace(",", "").replace(" ", "")
        return Decimal(figures + (match["part"] or "")), match["percent"] is not None
    if type(cell) is int or type(cell) is Decimal:
        number = Decimal(cell)
    elif type(cell) is float:
        # As a spreadsheet shows it: the shortest number that is this float.
        number = Decimal(repr(cell))
    else:
        return None, False
    return (number, False) if number.is_finite() and 0 <= number < _LIMIT else (None, False)
