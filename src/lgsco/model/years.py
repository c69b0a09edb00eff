"""Reporting years, and the series breaks between them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import KW_ONLY
from typing import Annotated, Literal, Self, TypeAlias, final, get_args

from lgsco._values import Constraint, Day, Text, validate, value
from lgsco.errors import InvalidValue

_FIRST_YEAR = 1975
"""The Ombudsman's office was founded by the Local Government Act 1974, so no reporting year ends sooner."""


def _check_ending(ending: object) -> str | None:
    if type(ending) is int and _FIRST_YEAR <= ending <= dt.MAXYEAR:
        return None
    return f"must be the year in which the reporting year ends, a whole number from {_FIRST_YEAR} to {dt.MAXYEAR}"


@final
@value(order=True)
class ReportingYear:
    """
    The twelve months to 31 March that one set of figures covers, named by the year in which they end.

    >>> year = ReportingYear(2020)
    >>> print(year, year.start, year.end)
    2019-20 2019-04-01 2020-03-31
    >>> dt.date(2019, 3, 31) in year
    False
    >>> ReportingYear(2019) < year
    True
    >>> print(year + 1)
    2020-21

    Raises:
        InvalidValue: the year is not a whole number from 1975.
    """

    ending: Annotated[int, Constraint(_check_ending)]

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Read a year written as "2019-20", "2019/20", "2019-2020" or "2020", the year ending in March 2020.

        Args:
            text: the year as people write it.

        Returns:
            The reporting year.

        >>> ReportingYear.parse("2019/20") == ReportingYear.parse("2020") == ReportingYear(2020)
        True

        Raises:
            InvalidValue: the text is of none of these forms, or its two years do not follow each other.
        """
        match = _YEAR.fullmatch(text.strip()) if type(text) is str else None
        if match is None:
            raise InvalidValue.at("year", text, "must be written like '2019-20', '2019/20' or '2020'")
        first, second = match["first"], match["second"]
        if second is None:
            return cls(int(first))
        ending = int(first) + 1
        if second not in {f"{ending:04}", f"{ending % 100:02}"}:
            raise InvalidValue.at("year", text, f"must end in {ending}, the year after {first}")
        return cls(ending)

    @classmethod
    def containing(cls, day: dt.date) -> Self:
        """
        Return the reporting year in which a day falls.

        Args:
            day: a date, without a time.

        Returns:
            The year that begins on the 1 April on or before the day.

        Raises:
            InvalidValue: the day is not a ``datetime.date``, or falls in a year before 1975.

        >>> ReportingYear.containing(dt.date(2020, 4, 1))
        ReportingYear(ending=2021)
        """
        validate(day=(day, Day))
        return cls(day.year + ((day.month, day.day) >= (4, 1)))

    @property
    def start(self) -> dt.date:
        """The first day, 1 April."""
        return dt.date(self.ending - 1, 4, 1)

    @property
    def end(self) -> dt.date:
        """The last day, 31 March."""
        return dt.date(self.ending, 3, 31)

    def __add__(self, years: int) -> Self:
        if type(years) is not int:
            return NotImplemented
        return type(self)(self.ending + years)

    def __contains__(self, day: object) -> bool:
        return type(day) is dt.date and self.start <= day <= self.end

    def __str__(self) -> str:
        return f"{self.ending - 1}-{self.ending % 100:02}"


_YEAR = re.compile(r"(?P<first>\d{4})(?:\s?[-/\N{EN DASH}]\s?(?P<second>\d{4}|\d{2}))?", re.ASCII)


@final
@value
class SeriesBreak:
    """
    A change after which some figures of a year no longer continue those of the year before.

    ``breaks`` names the measures and counts that are not compared across it, ``cautions`` those that are compared with
    care. What is in neither goes on as before.

    >>> broken = SERIES_BREAKS[-1]
    >>> broken.affects("uphold_rate"), broken.affects("compliance_rate")
    (True, False)
    """

    year: ReportingYear
    """The first year after the break."""
    what: Text
    _: KW_ONLY
    breaks: tuple[Text, ...] = ()
    cautions: tuple[Text, ...] = ()

    def affects(self, measure: str | None) -> bool:
        """
        Return True where a measure or a count is not compared across the change.

        Args:
            measure: its name, such as "uphold_rate"; ``None`` for any.

        Returns:
            False for what is compared, with or without care.

        Raises:
            InvalidValue: the name is not text.
        """
        validate(measure=(measure, str | None))
        return bool(self.breaks) if measure is None else measure in self.breaks


SeriesName: TypeAlias = Literal[
    "complaints_received",
    "complaints_decided",
    "upheld_decisions",
    "uphold_rate",
    "satisfactory_remedy_rate",
    "compliance_rate",
    "late_compliance_rate",
    "investigation_rate",
    "per_population_measure",
]
"""The counts and measures of which series breaks are stated."""
SERIES_NAMES: tuple[SeriesName, ...] = get_args(SeriesName)
_COUNTS, _RATES = SERIES_NAMES[:3], SERIES_NAMES[3:8]

SERIES_BREAKS = (
    SeriesBreak(
        ReportingYear(2015),
        "upheld and not upheld replace the older findings",
        breaks=("uphold_rate", "satisfactory_remedy_rate", "per_population_measure", "upheld_decisions"),
    ),
    SeriesBreak(
        ReportingYear(2021),
        "no new complaints were taken from April to June 2020, so counts are smaller",
        breaks=(*_COUNTS, "per_population_measure"),
        cautions=_RATES,
    ),
    SeriesBreak(
        ReportingYear(2023),
        "fewer borderline cases are investigated, so uphold rates rise everywhere",
        breaks=(
            "uphold_rate",
            "satisfactory_remedy_rate",
            "investigation_rate",
            "per_population_measure",
            "upheld_decisions",
        ),
    ),
)
"""
The breaks in what the Ombudsman publishes, in order, each with the measures that it breaks.

Figures that are new, and new names for old ones, break nothing: the three key statistics of 2018-19, figures per
100,000 residents and *investigations* for *detailed investigations* of 2023-24, the groups of decisions of 2024-25.
Source: the Ombudsman's annual reviews and their notes.
"""


def breaks_between(first: ReportingYear, last: ReportingYear, measure: str | None = None) -> tuple[SeriesBreak, ...]:
    """Return the breaks of a measure after the first year, up to the last and with it; of any, without a measure."""
    return tuple(broken for broken in SERIES_BREAKS if first < broken.year <= last and broken.affects(measure))
