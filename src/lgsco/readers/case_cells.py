"""
Cells of a council's own case list: from the words of an export to what a field holds.

What is read is what ``lgsco.convert.rows_of`` would write: members of lists, yes or no, and sums of pounds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from lgsco.documents.missing import Missing
from lgsco.errors import InvalidValue, Place, Problem
from lgsco.readers.case_words import CHOICES, FLAGS, meaning_of
from lgsco.readers.cells import INSTEAD
from lgsco.readers.scanner import REFERENCE, folded, normal, one_line, shown

_BLANKS = {*INSTEAD[Missing.BLANK], *INSTEAD[Missing.DASH], *INSTEAD[Missing.NOT_APPLICABLE]}
_NUMBER = r"(?P<pounds>\d{1,3}(?:,\d{3}){1,3}|\d{1,12})(?P<pence>\.\d\d?)?"
_SIGN = "\N{POUND SIGN}"
_POUNDS = re.compile(rf"(?:{_SIGN} ?|gbp ?)?{_NUMBER}", re.ASCII)
_IN_TEXT = re.compile(rf"{_SIGN} ?{_NUMBER}(?![\d,.]*\d)(?P<more>(?:k|m|bn)\b| million| thousand)?", re.ASCII)
# What is paid more than once, or up to a sum, comes to no one sum.
_NOT_ONE_SUM = re.compile(
    r"\b(?:up to|at least|per|each|every|a (?:day|week|month|term|year)|weekly|monthly|between|from|minimum|maximum)\b"
)


def is_blank(cell: object) -> bool:
    """Whether a cell says nothing: it is empty, a dash, "n/a", or what a data frame has for a missing value."""
    if isinstance(cell, str):
        return folded(cell) in _BLANKS
    return cell is None or type(cell).__name__ in {"NAType", "NaTType"} or (isinstance(cell, float) and cell != cell)  # noqa: PLR0124  # NaN


def _refused(cell: object, reason: str) -> InvalidValue:
    return InvalidValue([Problem(Place(), reason, value=shown(cell))])


def _text(cell: object) -> str:
    if not isinstance(cell, str):
        raise _refused(cell, f"is a {type(cell).__name__}, not text")
    return cell.strip()


def _reference(cell: object) -> str:
    """Read a reference as it is printed; a spreadsheet may hold it as a number."""
    match = _printed_reference(cell)
    # Any other text is refused by the case itself.
    return _text(cell) if match is None else normal(match["reference"])


def _printed_reference(cell: object) -> re.Match[str] | None:
    if type(cell) is float and cell.is_integer():
        cell = int(cell)
    return REFERENCE.fullmatch(one_line(cell))


def is_reference(cell: object) -> bool:
    """Whether a cell has the form of one of the Ombudsman's references."""
    return _printed_reference(cell) is not None


def _pounds(cell: object) -> Decimal:
    if type(cell) is int or type(cell) is Decimal:
        return Decimal(cell)
    if type(cell) is float:
        return Decimal(repr(cell))  # as a spreadsheet shows it
    match = _POUNDS.fullmatch(folded(cell)) if isinstance(cell, str) else None
    if match is None:
        raise _refused(cell, "is not a sum of pounds")
    return _sum_of(match)


def _sum_of(match: re.Match[str]) -> Decimal:
    return Decimal(match["pounds"].replace(",", "") + (match["pence"] or ""))


def sums_in(text: str) -> tuple[bool, Decimal | None]:
    """
    Return whether a text speaks of a sum of pounds, and the sum where it is one sum.

    >>> sums_in("Apology and \N{POUND SIGN}1,250.50 for distress")
    (True, Decimal('1250.50'))
    >>> sums_in("\N{POUND SIGN}250 and \N{POUND SIGN}100"), sums_in("up to \N{POUND SIGN}250"), sums_in("Apologise")
    ((True, None), (True, None), (False, None))
    """
    sums = [*_IN_TEXT.finditer(text)]
    if not sums:
        return _SIGN in text, None
    one_sum = len(sums) == 1 and sums[0]["more"] is None and _NOT_ONE_SUM.search(text.casefold()) is None
    return True, _sum_of(sums[0]) if one_sum else None


def _choice_of(field: str) -> Callable[[object], object]:
    """Make a reader of what a field with a list holds, by any of the words that are understood."""
    flags = {"yes": True, "no": False}

    def read(cell: object) -> object:
        if type(cell) is bool or (field in FLAGS and type(cell) in {int, float} and cell in flags.values()):
            cell = "yes" if cell else "no"
        meaning = meaning_of(field, cell) if isinstance(cell, str) else None
        if meaning is None:
            raise _refused(cell, f"is none of: {', '.join(CHOICES[field])}")
        return flags.get(meaning, meaning)

    return read


READ: dict[str, Callable[[object], object]] = {
    "reference": _reference,
    "authority": _text,
    "code": _text,
    "recommendation_text": _text,
    "recommendation_payment": _pounds,
    **{field: _choice_of(field) for field in CHOICES},
}
"""How a cell of each field is read; the other fields are dates."""


def reads(field: str, cell: object) -> bool:
    """Whether a cell can be read as this field, which is not a date."""
    try:
        READ[field](cell)
    except InvalidValue:
        return False
    return True
