"""
Days as people write them: the usual British forms and ISO.

What may be one day or another is refused; a column is read as a whole, since a date that can only have its month first
says that the others may have it first too.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from lgsco.readers.cells import Misread, is_empty, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MONTHS", "read_days"]

MONTHS = {
    month[:length]: number
    for number, month in enumerate(
        ("january", "february", "march", "april", "may", "june",
         "july", "august", "september", "october", "november", "december"), 1)
    for length in {3, 4, len(month)}
}  # fmt: skip
"""The months by their names, whole and cut to three or four letters."""

_TIME = r"(?:[T ](?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?)?"
_ISO = re.compile(rf"(?P<year>\d{{4}})(?P<mark>[-/])(?P<month>\d\d)(?P=mark)(?P<day>\d\d){_TIME}", re.ASCII)
_NUMBERS = re.compile(
    rf"(?P<day>\d{{1,2}})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<year>\d{{4}}|\d\d){_TIME}", re.ASCII
)
_WORDS = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,? )?(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    rf"(?P<mark>[- ])(?P<month>[a-z]{{3,9}})\.?,?(?P=mark)(?P<year>\d{{4}}|\d\d){_TIME}",
    re.ASCII | re.IGNORECASE,
)
_MONTHS, _CENTURY = 12, 100
_FIRST_YEAR = 74
"""The Ombudsman's office was founded in 1974: two figures below it can only be years of this century."""
_LONGEST = 60
_FORMS = "is no day: write it like 1/4/2023, 1 April 2023 or 2023-04-01"


def read_days(cells: Sequence[object]) -> tuple[list[dt.date | None], list[Misread]]:
    """
    Read a column of days; an empty cell is no day that is known. The time of a day is passed over.

    >>> days, misread = read_days(["1/4/2023", "1 Apr 23", "2023-04-01", "", "31/2/2023"])
    >>> print(*days)
    2023-04-01 2023-04-01 2023-04-01 None None
    >>> print(*misread)
    Misread(at=4, reason="'31/2/2023' is no day of the calendar")
    >>> _, misread = read_days(["1/4/2023", "4/25/2023"])
    >>> print(*misread)
    Misread(at=1, reason="'4/25/2023' has its month first, so no day of this column can be told: write them day first")
    """
    days: list[dt.date | None] = []
    misread: list[Misread] = []
    for at, cell in enumerate(cells):
        read = _day(cell)
        days.append(None if isinstance(read, str) else read)
        if isinstance(read, str):
            misread.append(Misread(at, read))
    return days, misread


def _day(cell: object) -> dt.date | str | None:
    """Give a day, or say why it is none."""
    if is_empty(cell):
        return None
    if isinstance(cell, dt.datetime):
        return cell.date() if cell.tzinfo is None else f"{shown(cell)!r} has a time zone: give the day"
    if isinstance(cell, dt.date):
        return cell
    if not isinstance(cell, str):
        return f"{shown(cell)} is a {type(cell).__name__}, and no day"
    said = " ".join(cell.split())
    match = _ISO.fullmatch(said) or _NUMBERS.fullmatch(said) or _WORDS.fullmatch(said) if len(said) < _LONGEST else None
    return f"{shown(cell)!r} {_FORMS}" if match is None else _made(said, match)


def _made(said: str, match: re.Match[str]) -> dt.date | str:
    named = match["month"].isalpha()
    month = MONTHS.get(match["month"].lower(), 0) if named else int(match["month"])
    day, year = int(match["day"]), int(match["year"])
    if match.re is _NUMBERS and month > _MONTHS >= day:
        return f"{said!r} has its month first, so no day of this column can be told: write them day first"
    if year < _CENTURY:
        if match["mark"] == "-" and not named:
            return f"{said!r} may begin with its day or its year: write the year in full"
        if year >= _FIRST_YEAR:
            return f"{said!r} may be of {1900 + year} or of {2000 + year}: write the year in full"
        year += 2000
    try:
        return dt.date(year, month, day)
    except ValueError:
        return f"{said!r} is no day of the calendar"
