"""
Days as people write them: the usual British forms and ISO.

What may be one day or another is refused; a column is read as a whole, since a date that can only have its month first
says that the others may have it first too.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTHS = {month[:length]: number for number, month in enumerate(MONTH_NAMES, 1) for length in {3, 4, len(month)}}
"""The months by their names, whole and cut to three or four letters."""

DATE = r"(?P<day>\d{1,2})[ /.-](?P<month>[a-z]{3,9}|\d{1,2})[ /.-](?P<year>\d{4})"
"""A day within a line, as decisions print it, in any case."""
A_DAY = re.compile(r"\d{1,4}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2,4}", re.ASCII)
"""What may be a day within a line: ``read_days`` tells whether it is."""
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
_MONTHS = 12
_FIRST_YEAR = 74
"""The Ombudsman's office was founded in 1974: two figures below it can only be years of this century."""
_YEARS = range(1900, 2200)
_LONGEST = 60
_DIGITS_OF_DAYS = 5
_A_NUMBER = "is a number, as spreadsheets keep dates: format the column as dates there, and save the file again"
_FORMS = "is not a date: write it like 1/4/2023, 1 April 2023 or 2023-04-01"


def read_days(cells: Sequence[object]) -> tuple[list[dt.date | None], list[tuple[int, str]]]:
    """
    Read a column of dates; an empty cell is a date that is not known. The time of a date is passed over.

    >>> days, refused = read_days(["1/4/2023", "1 Apr 23", "2023-04-01", "", "31/2/2023"])
    >>> print(*days)
    2023-04-01 2023-04-01 2023-04-01 None None
    >>> refused
    [(4, 'is not a date of the calendar')]
    >>> read_days(["1/4/2023", "4/25/2023"])[1]
    [(1, 'has its month first, so no date of this column is certain: write them day first')]
    """
    days = [date_in(cell) for cell in cells]
    refused = [(index, day) for index, day in enumerate(days) if isinstance(day, str)]
    return [None if isinstance(day, str) else day for day in days], refused


def date_in(cell: object) -> dt.date | str | None:
    """Return the date in a cell, or the reason why there is none; ``None`` where the cell is empty."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, dt.datetime):
        return cell.date() if cell.tzinfo is None else "has a time zone: give the date alone"
    if isinstance(cell, dt.date):
        return cell
    if not isinstance(cell, str):
        return _A_NUMBER if isinstance(cell, int | float) else f"is a {type(cell).__name__}, not a date"
    text = " ".join(cell.split())
    if text.isdecimal() and len(text) == _DIGITS_OF_DAYS:
        return _A_NUMBER
    if len(text) >= _LONGEST:
        return _FORMS
    match = _ISO.fullmatch(text) or _NUMBERS.fullmatch(text) or _WORDS.fullmatch(text)
    return _FORMS if match is None else _date_of(match)


def _date_of(match: re.Match[str]) -> dt.date | str:
    by_name = match["month"].isalpha()
    month = MONTHS.get(match["month"].lower(), 0) if by_name else int(match["month"])
    day, year = int(match["day"]), int(match["year"])
    if match.re is _NUMBERS and month > _MONTHS >= day:
        return "has its month first, so no date of this column is certain: write them day first"
    if len(match["year"]) == 2:  # noqa: PLR2004  # "23"
        if match["mark"] == "-" and not by_name:
            return "may begin with its day or its year: write the year in full"
        if year >= _FIRST_YEAR:
            return f"may be of {1900 + year} or of {2000 + year}: write the year in full"
        year += 2000
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return "is not a date of the calendar"
    return date if year in _YEARS else f"is of the year {year}: write a year from {_YEARS[0]} to {_YEARS[-1]}"


def printed_date(day: str, month: str, year: str) -> dt.date | None:
    """
    Return the date of a day, a month by its name or number, and a year; ``None`` where it cannot be of the Ombudsman.

    >>> printed_date("24", "Jul", "2025"), printed_date("31", "02", "2025")
    (datetime.date(2025, 7, 24), None)
    """
    number = MONTHS.get(month.lower(), 0) if month.isalpha() else int(month)
    try:
        date = dt.date(int(year), number, int(day))
    except ValueError:
        return None
    return date if date.year in _YEARS else None
