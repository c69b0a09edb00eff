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
from lgsco.readers.cell_states import Fault
from lgsco.readers.scanner import number_in, without_marks

_WORDS = {
    Missing.BLANK: (),
    Missing.DASH: ("--", "\N{EN DASH}", "\N{EM DASH}", "\N{MINUS SIGN}"),
    Missing.NOT_APPLICABLE: ("na", "n.a.", "n.a", "not applicable"),
    Missing.NOT_AVAILABLE: ("..", "...", "\N{HORIZONTAL ELLIPSIS}", ":", "[w]", "no data"),
    Missing.WITHHELD: ("*", "**", "<5", "< 5", "fewer than 5", "less than 5", "suppressed", "confidential"),
}
INSTEAD = {
    missing: tuple(dict.fromkeys((missing.sign, missing.sign.strip("[]"), *words, *([missing.label] if words else []))))
    for missing, words in _WORDS.items()
}
"""What is in cells without a figure, in small letters: the sign, with and without its brackets, and words."""

_MISSING = {words: missing for missing, several in INSTEAD.items() for words in several}
_LIMIT = 10**9
_MOST_PLACES, _LEAST, _WHOLE_PERCENT = 12, Decimal("1e-12"), 100
# Figures are rounded by a context of our own: the caller's may keep three digits.
_CONTEXT = Context(prec=60)


Remark: TypeAlias = tuple[int, str]
"""The index of a cell in its column, and a remark on it."""
Read: TypeAlias = tuple[tuple[TableFigure, ...], list[Remark], list[Remark]]
"""The figures of a column, the reasons why cells are refused, and the marks of notes at figures."""


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
    Where it has no such share, nobody can tell whether 1 is 1% or 100%, and it is refused; where it has shares beside
    percentages, nobody can tell the scale of any.
    """
    if set(map(type, cells)) <= {int, float} and max(cells, default=0) > 1 and 1 not in cells:  # type: ignore[type-var, operator]  # ints and floats
        try:
            return tuple(map(_whole_percents().__getitem__, cells)), [], []  # type: ignore[arg-type]  # the same
        except KeyError:
            pass
    numbers = [number for _, cell in _different(cells) if (number := _unsigned(cell)) is not None]
    above = [number for number in numbers if number > 1]
    fractions = [number for number in numbers if 0 < number < 1]
    signed = any(number_in(without_marks(cell)[0])[1] for _, cell in _different(cells) if isinstance(cell, str))
    # Beside 98% or 98, nobody can tell whether 0.98 is less than 1%, or 98% on another scale.
    mixed = bool(fractions) and (bool(above) or signed)
    shares = bool(fractions) and not mixed

    def percent(cell: object) -> TableFigure | str:
        number, has_sign = number_in(cell)
        if number is None:
            return "is not a percentage"
        if not has_sign and number:
            if mixed:
                return "is on a scale that cannot be told: the column has shares of 1 beside percentages"
            if number == 1 and not shares:
                return "may be 1% or 100%"
            if shares:
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
    bare, mark = without_marks(cell) if type(cell) is str else (cell, "")
    missing = _missing(bare)
    figure = missing if missing is not None else fault_of(bare) or read(bare)
    if isinstance(figure, Missing) or not isinstance(figure, str):
        return _Cell(figure, mark=mark)
    return _Cell(Missing.UNREADABLE, figure)


def fault_of(cell: object) -> str | None:
    """
    Return why a cell of any reader holds no value: an error of the spreadsheet, or a formula that nobody calculated.

    Workbooks give both as a ``Fault``, which is the name of the error or the text of the formula.

    >>> fault_of("#REF!"), fault_of(Fault("=A1+A2")), fault_of("Upheld")
    ('is an error of the spreadsheet', 'is a formula without a value: save the file in a spreadsheet program', None)
    """
    if type(cell) is Fault:
        is_formula = cell.startswith("=")
        return "is a formula without a value: save the file in a spreadsheet program" if is_formula else _AN_ERROR
    if not isinstance(cell, str) or not (text := cell.strip()).startswith(("#", "Err:")):
        return None
    is_error = text.upper() in _ERRORS or _CALC_ERROR.fullmatch(text)
    return _AN_ERROR if is_error else None


_AN_ERROR = "is an error of the spreadsheet"


_ERRORS = frozenset(
    {
        "#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#GETTING_DATA", "#SPILL!", "#CALC!",
        "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#ERROR!", "#####",
    }
)  # fmt: skip
_CALC_ERROR = re.compile(r"Err:[0-9]{3}|#{3,}")


def is_missing(cell: object) -> bool:
    """Whether a cell is empty, or says that there is no figure."""
    if isinstance(cell, str):
        cell = without_marks(cell)[0]
    return _missing(cell) is not None


def _missing(cell: object) -> Missing | None:
    if cell is None:
        return Missing.BLANK
    return _MISSING.get(cell.casefold()) if isinstance(cell, str) else None


def _count(cell: object) -> TableFigure | str:
    number, signed = number_in(cell)
    if number is None or signed or number != int(number):
        return "is not a whole number"
    return int(number)


def _rate(cell: object) -> TableFigure | str:
    number, _ = number_in(cell)
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
    number, signed = number_in(without_marks(cell)[0] if isinstance(cell, str) else cell)
    return None if signed else number
