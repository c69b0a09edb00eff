"""
The shipped register of councils and figures that the Ombudsman published, each with its source.

They are loaded from package data at the first call, once, safely from several threads; nothing is downloaded.
The figures are far from all that was published: a council that is missing here had figures too.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
import io
import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from importlib import resources
from typing import Any, TypeVar

from lgsco._values import choice_of, validate
from lgsco.dataset import Dataset, YearLike, reporting_year
from lgsco.documents.areas import NationalFigures, RegionalFigures
from lgsco.documents.figures import (
    PrintedAverage,
    PrintedPer100k,
    PrintedPercent,
    PrintedPopulationAverage,
    PrintedReview,
    PrintedStatistic,
    PrintedTally,
)
from lgsco.documents.missing import Missing
from lgsco.model import measures
from lgsco.model.authorities import (
    Authority,
    AuthorityType,
    AuthorityTypeLike,
    Register,
    RegisterEntry,
    comparison_group,
)
from lgsco.model.counts import part_names
from lgsco.model.measures import ShareMeasure
from lgsco.model.reviews import AnnualReview
from lgsco.model.tallies import TALLY_TYPES, Overview
from lgsco.model.years import ReportingYear
from lgsco.sources import Basis, Source

__all__ = [
    "average",
    "averages",
    "dataset",
    "national",
    "population_averages",
    "printed",
    "regional",
    "register",
    "reviews",
]

Row = dict[str, str]
T = TypeVar("T")


def _once(load: Callable[[], T]) -> Callable[[], T]:
    """Return a function that loads at its first call only, also when two threads call it at the same moment."""
    lock = threading.RLock()
    results: list[T] = []

    @functools.wraps(load)
    def load_once() -> T:
        if not results:
            with lock:
                if not results:
                    results.append(load())
        return results[0]

    return load_once


@_once
def register() -> Register:
    """
    Return the register of the 365 English principal councils past and present, with dates, successors and spellings.

    Names are today's. ``start`` is ``None`` where it is not known, which means before all the figures shipped here.
    The City of London and the Isles of Scilly have no comparison group, since none is published for them.
    National parks, fire authorities, police bodies and care providers are not in it.

    Returns:
        The register, the same object at every call.

    >>> councils = register()
    >>> councils
    <Register of 365 authorities>
    >>> print(councils.find("Somerset", on=dt.date(2023, 3, 31)))
    Somerset County Council
    >>> print(councils.find("Somerset", on=dt.date(2023, 4, 1)))
    Somerset Council

    Source: mySociety, UK Local Authority Names and Codes, CC BY 4.0; codes of the Office for National Statistics, Open
    Government Licence v3.0.
    """
    rows = [*_rows("register.csv")]
    spellings: dict[str, list[str]] = {}
    for row in _rows("spellings.csv"):
        spellings.setdefault(row["code"], []).append(row["spelling"])
    by_code = {
        row["code"]: Authority(row["name"], AuthorityType(row["authority_type"]), code=row["code"]) for row in rows
    }
    return Register(
        tuple(
            RegisterEntry(
                by_code[row["code"]],
                group=AuthorityType(row["comparison_group"]) if row["comparison_group"] else None,
                start=_day(row["start"]),
                end=_day(row["end"]),
                successors=tuple(by_code[code] for code in row["successors"].split()),
                spellings=tuple(spellings.get(row["code"], ())),
                former_codes=tuple(row["former_codes"].split()),
                region=row["region"] or None,
                centre_km=(int(row["easting_km"]), int(row["northing_km"])) if row["easting_km"] else None,
            )
            for row in rows
        )
    )


def printed(year: YearLike | None = None, group: AuthorityTypeLike | None = None) -> tuple[PrintedReview, ...]:
    """
    Return the shipped figures of councils as they were printed.

    A council and year has two rows where two sources print it. Rows that contradict themselves are here as they were
    printed; ``lgsco.audit`` finds them.

    Args:
        year: the only year to return, or its name; ``None`` for all.
        group: the comparison group to return, or its name, with the councils that were in it on the last day of the
            year; ``None`` for all councils.

    Returns:
        The figures, by year and name.

    Raises:
        InvalidValue: the year or the group is refused.

    >>> from lgsco import audit
    >>> finding, _ = audit(printed(ReportingYear(2021), AuthorityType.COUNTY_COUNCIL))
    >>> print(finding.name, "|", finding.printed, "|", finding.follows)
    Nottinghamshire County Council | 54% of 29 | no whole number of 29 gives it; 15 is 52% and 16 is 55%
    """
    wanted = None if year is None else reporting_year(year)
    kind = None if group is None else choice_of("group", group, AuthorityType)
    return tuple(
        figures
        for authority, figures in _printed()
        if (wanted is None or figures.year == wanted)
        and (kind is None or comparison_group(authority, register(), figures.year.end) is kind)
    )


def reviews(year: YearLike | None = None, group: AuthorityTypeLike | None = None) -> tuple[AnnualReview, ...]:
    """
    Return the counts behind the printed figures, one review for each council and year of which any count is known.

    Counts are those that are stated, and those that exactly one whole number fits. Where two sources print one council
    and year, the Ombudsman's own comes first; the parts that it does not have are taken from the others, unless they
    disagree, and all sources are named.

    Args:
        year: the only year to return, or its name; ``None`` for all.
        group: the comparison group to return, or its name, with the councils that were in it on the last day of the
            year (so no abolished council); ``None`` for all councils.

    Returns:
        The reviews, by year and name.

    Raises:
        InvalidValue: the year or the group is refused.

    >>> kent = next(review for review in reviews(ReportingYear(2024)) if review.authority.name.startswith("Kent"))
    >>> kent.investigations
    InvestigationTally(upheld=76, not_upheld=18, satisfactory_remedies=2)
    """
    return dataset().reviews(year=year, group=group)


@_once
def dataset() -> Dataset:
    """
    Return all that ships as one dataset: the register, the figures as printed, the averages, England and its regions.

    >>> dataset()
    <Dataset of 372 printed, 65 averages, 16 national, 26 regional>

    Returns:
        The dataset, loaded once; join your own to it with ``+``.
    """
    return Dataset(register(), printed=printed(), averages=averages(), national=national(), regional=regional())


def average(review: AnnualReview, measure: ShareMeasure) -> PrintedAverage | None:
    """
    Return the printed average of the comparison group of a council, for the year of its review.

    Printed averages include the council itself.

    Args:
        review: the council and the year.
        measure: gives shares; averages of the three key statistics ship.

    Returns:
        The average; ``None`` where it is not shipped, for a body without a comparison group, and for a council that was
        abolished by the end of the year, beside whose figures the Ombudsman prints "n/a".

    Raises:
        UnknownAuthority: the council is not in the shipped register.
        InvalidValue: the review is not an AnnualReview, or the measure is not a measure of shares.
    """
    validate(review=(review, AnnualReview), measure=(measure, ShareMeasure))
    return dataset().average(review.authority, review.year, measure)


@_once
def averages() -> tuple[PrintedAverage, ...]:
    """
    Return the printed averages of comparison groups for the three key statistics.

    Returns:
        The averages, by year and group.
    """
    return tuple(
        PrintedAverage(
            AuthorityType(row["authority_type"]),
            _year(row),
            measure=_MEASURES[row["measure"]],
            percent=_percent(row["printed"]),
            source=_source(row),
        )
        for row in _rows("averages.csv")
        if row["measure"] in _MEASURES
    )


@_once
def population_averages() -> tuple[PrintedPopulationAverage, ...]:
    """
    Return the printed averages of comparison groups for upheld decisions per 100,000 residents.

    Returns:
        The averages, by year and group.
    """
    return tuple(
        PrintedPopulationAverage(
            AuthorityType(row["authority_type"]), _year(row), per_100k=Decimal(row["printed"]), source=_source(row)
        )
        for row in _rows("averages.csv")
        if row["measure"] not in _MEASURES
    )


@_once
def national() -> tuple[NationalFigures, ...]:
    """
    Return the printed figures for all of England.

    Returns:
        The figures, by year, one for each place that prints any; text such as ">99" stays text.

    >>> [(str(figures.year), figures.compliance) for figures in national() if figures.year.ending == 2023]
    [('2022-23', '>99')]
    """
    return tuple(
        NationalFigures(
            _year(row),
            upheld=_percent_or_text(row["uphold_percent"]),
            compliance=_percent_or_text(row["compliance_percent"]),
            received=_count_or_text(row["received"]),
            investigations=_count_or_text(row["investigations"]),
            source=_source(row),
        )
        for row in _rows("national.csv")
    )


@_once
def regional() -> tuple[RegionalFigures, ...]:
    """
    Return the printed figures for the regions of England, by the names that the register has for them.

    Returns:
        The figures, by year and region; the ones that are not held of a region are ``None``.

    >>> [(str(figures.year), str(figures.upheld)) for figures in regional() if figures.region == "West Midlands"]
    [('2019-20', '66%'), ('2020-21', '76%'), ('2021-22', '70%'), ('2023-24', '79%')]
    """
    return tuple(
        RegionalFigures(
            row["region"],
            _year(row),
            received=_count(row["received"]),
            received_percent=_percent(row["received_percent"]) if row["received_percent"] else None,
            received_per_100k=_decimal(row["received_per_100k"]),
            received_per_100k_average=_decimal(row["received_per_100k_average"]),
            upheld=_percent(row["uphold_percent"]) if row["uphold_percent"] else None,
            upheld_average=_percent(row["uphold_average"]) if row["uphold_average"] else None,
            upheld_count=_count(row["upheld"]),
            upheld_per_100k=_decimal(row["upheld_per_100k"]),
            upheld_per_100k_average=_decimal(row["upheld_per_100k_average"]),
            source=_source(row),
        )
        for row in _rows("regions.csv")
    )


_MEASURES = {measure.name: measure for measure in measures.KEY_STATISTICS}


@_once
def _printed() -> tuple[tuple[Authority, PrintedReview], ...]:
    tables: dict[tuple[str, str, str], dict[str, dict[str, int]]] = {}
    firsts: dict[tuple[str, str, str], Row] = {}
    for row in _rows("tables.csv"):
        key = (row["code"], row["year_ending"], row["source"])
        tables.setdefault(key, {}).setdefault(row["table"], {})[row["part"]] = int(row["count"])
        firsts.setdefault(key, row)
    rows = []
    for row in _rows("reviews.csv"):
        key = (row["code"], row["year_ending"], row["source"])
        rows.append((row, {**_statistics(row), **_tables(tables.pop(key, {}))}))
    rows += [(firsts[key], _tables(parts)) for key, parts in tables.items()]
    rows.sort(key=lambda row: (row[0]["year_ending"], row[0]["name"]))
    return tuple(
        (
            register().find(row["code"]),
            PrintedReview(row["name"], _year(row), source=_source(row), **figures),  # type: ignore[arg-type]  # fields by name
        )
        for row, figures in rows
    )


def _statistics(row: Row) -> dict[str, object]:
    """Return the figures of a row; a blank cell is a missing value and not zero."""
    statistics = {
        "upheld": PrintedStatistic(
            percent=_percent_or_not(row["uphold_percent"]),
            count=_count(row["upheld"]),
            base=_count(row["investigations"]),
            average=_percent_or_not(row["uphold_average"]),
        ),
        "compliance": PrintedStatistic(
            percent=_percent_or_not(row["compliance_percent"]),
            base=_count(row["compliance_outcomes"]),
            average=_percent_or_not(row["compliance_average"]),
        ),
        "remedies": PrintedStatistic(
            percent=_percent_or_not(row["remedy_percent"]),
            count=_count(row["satisfactory_remedies"]),
            base=_count(row["remedy_base"]),
            base_noun=row["remedy_base_noun"] or None,
            average=_percent_or_not(row["remedy_average"]),
        ),
    }
    figures: dict[str, object] = {
        name: statistic for name, statistic in statistics.items() if statistic != PrintedStatistic()
    }
    if row["upheld_per_100k"] or row["upheld_per_100k_average"]:
        figures["per_100k"] = PrintedPer100k(
            rate=_decimal(row["upheld_per_100k"]), average=_decimal(row["upheld_per_100k_average"])
        )
    if row["dealt_with"]:
        parts = {name: _count(row[name]) for name in part_names("overview")}
        figures["overview"] = PrintedTally(Overview(**parts), total=_count(row["dealt_with"]))
    return figures


def _tables(parts: dict[str, dict[str, int]]) -> dict[str, object]:
    kinds: dict[str, Any] = {**TALLY_TYPES}
    return {
        table: PrintedTally(
            kinds[table](**{part: count for part, count in counts.items() if part != "total"}),
            total=counts.get("total"),
        )
        for table, counts in parts.items()
    }


def _rows(name: str) -> Iterator[Row]:
    text = resources.files(__name__).joinpath("data", name).read_text(encoding="utf-8")
    yield from csv.DictReader(io.StringIO(text, newline=""))


def _source(row: Row) -> Source:
    return Source(row["source"], url=row.get("url") or None, basis=Basis(row["basis"]))


def _year(row: Row) -> ReportingYear:
    return ReportingYear.containing(dt.date.fromisoformat(row["year_ending"]))


def _day(cell: str) -> dt.date | None:
    return dt.date.fromisoformat(cell) if cell else None


def _count(cell: str) -> int | None:
    return int(cell) if cell else None


def _count_or_text(cell: str) -> int | str | None:
    return int(cell) if cell.isdecimal() else cell or None


def _decimal(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None


def _percent(cell: str) -> PrintedPercent:
    whole, _, decimals = cell.partition(".")
    return PrintedPercent(Decimal(cell), places=len(decimals)) if decimals else PrintedPercent(int(whole))


def _percent_or_not(cell: str) -> PrintedPercent | Missing | None:
    if cell == Missing.NOT_APPLICABLE.label:
        return Missing.NOT_APPLICABLE
    return _percent(cell) if cell else None


def _percent_or_text(cell: str) -> PrintedPercent | str | None:
    return _percent(cell) if cell.replace(".", "", 1).isdecimal() else cell or None
