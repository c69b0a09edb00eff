"""Figures that were printed for all of England, and for its regions."""

from __future__ import annotations

from dataclasses import KW_ONLY
from decimal import Decimal
from typing import Annotated, final

from lgsco._values import Constraint, Count, Text, value
from lgsco.documents.figures import PrintedPercent, check_decimal
from lgsco.model.years import ReportingYear
from lgsco.sources import Source

_Per100k = Annotated[Decimal, Constraint(check_decimal)]


@final
@value
class NationalFigures:
    """One year's figures for all of England as printed. Text such as ">99" stays text."""

    year: ReportingYear
    _: KW_ONLY
    upheld: PrintedPercent | Text | None = None
    compliance: PrintedPercent | Text | None = None
    received: Count | Text | None = None
    investigations: Count | Text | None = None
    source: Source | None = None


@final
@value
class RegionalFigures:
    """
    One year's figures for a region of England as printed in one place, any of them missing.

    ``received`` complaints are ``received_percent`` of all that the Ombudsman received. ``upheld`` is the uphold rate
    and ``upheld_count`` the number of upheld decisions. Each average is that of all regions.

    >>> from lgsco import PrintedPercent, ReportingYear
    >>> north_west = RegionalFigures("North West", ReportingYear(2018), upheld=PrintedPercent(60))
    >>> print(north_west.region, north_west.upheld)
    North West 60%

    Raises:
        InvalidValue: a field is of the wrong type; rates per 100,000 residents are Decimals of zero or more.
    """

    region: Text
    year: ReportingYear
    _: KW_ONLY
    received: Count | None = None
    received_percent: PrintedPercent | None = None
    received_per_100k: _Per100k | None = None
    received_per_100k_average: _Per100k | None = None
    upheld: PrintedPercent | None = None
    upheld_average: PrintedPercent | None = None
    upheld_count: Count | None = None
    upheld_per_100k: _Per100k | None = None
    upheld_per_100k_average: _Per100k | None = None
    source: Source | None = None
