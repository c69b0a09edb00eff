"""
Cells of a published table: from what stands in one to a figure, or to what stands there instead of a figure.

A column is read as a whole: most hold whole numbers and nothing else, and whether 1 is 1% or 100% is for the column to
say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from lgsco.printed import PrintedPercent
from lgsco.readers.headings import without_marks
from lgsco.tables import NoFigure, TableFigure

__all__ = ["INSTEAD", "Misread", "is_empty", "read_counts", "read_percents", "read_rates", "shown"]

INSTEAD = {
    NoFigure.BLANK: ("",),
    NoFigure.DASH: ("-", "--", "\N{EN DASH}", "\N{EM DASH}", "\N{MINUS SIGN}"),
    NoFigure.NOT_APPLICABLE: ("n/a", "na", "n.a.", "n.a", "not applicable", "[z]", "z", "#n/a"),
    NoFigure.NOT_AVAILABLE: (
        "..", "...", "\N{HORIZONTAL ELLIPSIS}", ":", "[x]", "x", "[w]", "not available", "no data",
    ),
    NoFigure.WITHHELD: (
        "*", "**", "[c]", "c", "<5", "< 5", "fewer than 5", "less than 5", "suppressed", "withheld", "confidential",
    ),
}  # fmt: skip
"""What stands in cells that hold no figure, in small letters; the signs in brackets are the Analysis Function's."""

_INSTEAD = {words: state for state, several in INSTEAD.items() for words in several}
_NUMBER = re.compile(r"(?P<whole>[0-9]{1,3}(?:[, ][0-9]{3}){1,2}|[0-9]{1,9})(?P<part>\.[0-9]{1,40})?(?P<percent> ?%)?")
_LIMIT = 10**9
_MOST_PLACES, _WHOLE_PERCENT = 12, 100
# Figures are rounded by a context of our own: the caller's may keep three digits.
_CONTEXT = Context(prec=60)
_LONGEST_SHOWN = 80


class Misread(NamedTuple):
    """A cell that is no figure: where it stands in its column, and why."""

    at: int
    reason: str


Read = tuple[tuple[TableFigure, ...], list[Misread], list[tuple[int, str]]]
"""The figures of a column, what could not be read, and the marks that stood at figures."""


def is_empty(cell: object) -> bool:
    """Whether nothing stands in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def shown(cell: object, longest: int = _LONGEST_SHOWN) -> str:
    """Give what stands in a cell as text on one line, no longer than anybody would read."""
    text = " ".join((cell if isinstance(cell, str) else str(cell)).split())
    return text if len(text) <= longest else f"{text[:longest].rstrip()}\N{HORIZONTAL ELLIPSIS}"


def read_counts(cells: Sequence[object]) -> Read:
    """Read a column of whole numbers."""
    if set(map(type, cells)) <= {int, float}:
        try:
            whole = tuple(map(int, cells))  # type: ignore[arg-type]  # ints and floats, as seen above
        except (ValueError, OverflowError):
            return _read_each(cells, _count)
        if whole == tuple(cells) and (not whole or (min(whole) >= 0 and max(whole) < _LIMIT)):
            return whole, [], []
    return _read_each(cells, _count)


def read_rates(cells: Sequence[object]) -> Read:
    """Read a column of rates per 100,000, a stray sign of per cent after which is passed over."""
    return _read_each(cells, _rate)


def read_percents(cells: Sequence[object]) -> Read:
    """
    Read a column of percentages, written as such or as shares of 1.

    A spreadsheet holds 86% as 0.86: where a column has such shares and no number above 1, each is a share of 1.
    Where it has no number but 0 and 1, nobody can tell whether 1 is 1% or 100%, and it is refused.
    """
    numbers = [number for cell in cells if (number := _unsigned(cell)) is not None]
    above = any(number > 1 for number in numbers)
    shares = not above and any(0 < number < 1 for number in numbers)

    def percent(cell: object) -> TableFigure | str:
        number, signed = _number(cell)
        if number is None:
            return "is no percentage"
        if not signed and number == 1 and not above and not shares:
            return "may be 1% or 100%"
        if shares and not signed:
            number = _CONTEXT.multiply(number, Decimal(100))
        return _printed(number)

    return _read_each(cells, percent)


def _read_each(cells: Sequence[object], read: Callable[[object], TableFigure | str]) -> Read:
    figures: list[TableFigure] = []
    misread: list[Misread] = []
    marks: list[tuple[int, str]] = []
    known: dict[tuple[type, object], TableFigure] = {}
    for at, cell in enumerate(cells):
        # By type as well: True is 1 to a dictionary.
        key = (type(cell), cell if isinstance(cell, str | int | float | Decimal) else None)
        if (figure := known.get(key)) is None:
            bare, mark = without_marks(cell) if isinstance(cell, str) else (cell, "")
            made = _instead(bare) or read(bare)
            if isinstance(made, str) and not isinstance(made, NoFigure):
                misread.append(Misread(at, made))
                made = NoFigure.UNREADABLE
            elif mark:
                marks.append((at, mark))
            elif key[1] is not None:
                known[key] = made
            figure = made
        figures.append(figure)
    return tuple(figures), misread, marks


def _instead(cell: object) -> NoFigure | None:
    if cell is None:
        return NoFigure.BLANK
    return _INSTEAD.get(cell.casefold()) if isinstance(cell, str) else None


def _count(cell: object) -> TableFigure | str:
    number, signed = _number(cell)
    if number is None or signed or number != int(number):
        return "is no whole number"
    return int(number)


def _rate(cell: object) -> TableFigure | str:
    number, _ = _number(cell)
    return "is no rate" if number is None else _plain(number)


def _printed(number: Decimal) -> TableFigure | str:
    """Give a percentage as it stands: of a share that was worked out, the first twelve decimals."""
    if number > _WHOLE_PERCENT:
        return "is more than 100%"
    exact = _plain(number)
    places = -int(exact.as_tuple().exponent)
    if places > _MOST_PLACES:
        exact, places = exact.quantize(Decimal(1).scaleb(-_MOST_PLACES), ROUND_HALF_UP, _CONTEXT), _MOST_PLACES
    return PrintedPercent(exact, places=places) if places > 0 else PrintedPercent(int(exact))


def _plain(number: Decimal) -> Decimal:
    """Give a number without noughts that say nothing, and without an exponent."""
    whole = number.to_integral_value(context=_CONTEXT)
    return whole.quantize(Decimal(1), context=_CONTEXT) if number == whole else number.normalize(_CONTEXT)


def _unsigned(cell: object) -> Decimal | None:
    number, signed = _number(without_marks(cell)[0] if isinstance(cell, str) else cell)
    return None if signed else number


def _number(cell: object) -> tuple[Decimal | None, bool]:
    """Give the number that stands in a cell, nought or more, and whether a sign of per cent stands after it."""
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
    return (number, False) if 0 <= number < _LIMIT else (None, False)
