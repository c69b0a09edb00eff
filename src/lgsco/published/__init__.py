"""
The shipped register of councils and the real published figures, each with its source.

Loaded from package data when first asked for, once, safely from several threads; nothing is downloaded.
The figures are those that are held, far from all that was published: a council that is missing had figures too.
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
from typing import TYPE_CHECKING, TypeVar

from lgsco._values import evolve
from lgsco.documents.figures import (
    NationalFigures,
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
from lgsco.model.authorities import Authority, AuthorityType, Register, RegisterEntry, comparison_group
from lgsco.model.reviews import AnnualReview, contradictions
from lgsco.model.tallies import DecisionTally, Overview, ReceivedTally
from lgsco.model.years import ReportingYear
from lgsco.sources import Source

if TYPE_CHECKING:
    from lgsco.model.measures import ProportionMeasure

__all__ = ["average", "averages", "national", "population_averages", "printed", "register", "reviews"]

Row = dict[str, str]
T = TypeVar("T")


def _once(load: Callable[[], T]) -> Callable[[], T]:
    """Load at the first call, also when two threads make it at the same moment."""
    lock = threading.RLock()
    held: list[T] = []

    @functools.wraps(load)
    def loaded() -> T:
        if not held:
            with lock:
                if not held:
                    held.append(load())
        return held[0]

    return loaded


@_once
def register() -> Register:
    """
    Give the English principal councils past and present: 365, with their dates, successors and spellings.

    Names are today's. ``start`` is ``None`` where it is not known, which means before all the figures held here.
    The City of London and the Isles of Scilly stand in no comparison group, since none is published for them.
    There are no national parks, fire authorities, police bodies or care providers in it.

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
    by_code = {row["code"]: Authority(row["name"], AuthorityType(row["type"]), code=row["code"]) for row in rows}
    return Register(
        tuple(
            RegisterEntry(
                by_code[row["code"]],
                group=AuthorityType(row["group"]) if row["group"] else None,
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


def printed(year: ReportingYear | None = None, group: AuthorityType | None = None) -> tuple[PrintedReview, ...]:
    """
    Give every row of council figures that is held, as printed, by year and name.

    With a group, those of councils that stood in it on the last day of the year.
    One council and year stands twice where two sources print it. Rows that contradict themselves are here as they were
    printed; ``lgsco.audit`` finds them.

    >>> from lgsco import audit
    >>> [finding] = audit(printed(ReportingYear(2021), AuthorityType.COUNTY_COUNCIL))
    >>> print(finding.name, "|", finding.printed, "|", finding.follows)
    Nottinghamshire County Council | 54% of 29 | no whole number of 29 gives it; 15 is 52% and 16 is 55%
    """
    return tuple(
        figures
        for authority, figures in _printed()
        if (year is None or figures.year == year) and (group is None or _stands_in(group, authority, figures.year))
    )


def reviews(year: ReportingYear | None = None, group: AuthorityType | None = None) -> tuple[AnnualReview, ...]:
    """
    Give the counts behind the rows held, one review for each council and year of which any count is known.

    With a group, those of councils that stood in it on the last day of the year, so none of an abolished council.
    Counts that are stated, and those that exactly one whole number fits. Where two sources print one council and year,
    the parts that the first does not give are taken from the others, unless the two disagree, and all sources are
    named.

    >>> kent = next(review for review in reviews(ReportingYear(2024)) if review.authority.name.startswith("Kent"))
    >>> kent.investigations
    InvestigationTally(upheld=76, not_upheld=18, satisfactory_remedies=2)
    """
    return tuple(
        review
        for review in _reviews()
        if (year is None or review.year == year) and (group is None or _stands_in(group, review.authority, review.year))
    )


def _stands_in(group: AuthorityType, authority: Authority, year: ReportingYear) -> bool:
    return comparison_group(authority, register(), year.end) is group


def average(review: AnnualReview, measure: ProportionMeasure) -> PrintedAverage | None:
    """
    Give the printed average of the council's comparison group and year; ``None`` where none is held.

    There is none for a body that stands in no group, nor for a council that was abolished by the end of the year,
    beside whose figures the Ombudsman prints "n/a". Printed averages include the council itself.

    Raises:
        UnknownAuthority: the council is not in the shipped register.
    """
    wanted = (comparison_group(review.authority, register(), review.year.end), review.year, measure)
    return next((held for held in averages() if (held.group, held.year, held.measure) == wanted), None)


@_once
def averages() -> tuple[PrintedAverage, ...]:
    """Give every printed group average of the three key statistics that is held, by year and group."""
    return tuple(
        PrintedAverage(
            AuthorityType(row["group"]),
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
    """Give every printed group average of upheld decisions per 100,000 residents that is held, by year and group."""
    return tuple(
        PrintedPopulationAverage(
            AuthorityType(row["group"]), _year(row), per_100k=Decimal(row["printed"]), source=_source(row)
        )
        for row in _rows("averages.csv")
        if row["measure"] not in _MEASURES
    )


@_once
def national() -> tuple[NationalFigures, ...]:
    """
    Give the printed figures for all of England, by year; text such as ">99" stays text.

    >>> [(str(figures.year), figures.compliance) for figures in national()][8]
    ('2022-23', '>99')
    """
    return tuple(
        NationalFigures(
            _year(row),
            upheld=_percent_or_text(row["uphold_percent"]),
            compliance=_percent_or_text(row["compliance_percent"]),
            received=_count_or_text(row["received"]),
            investigations=_count_or_text(row["investigations"]),
            source=Source(row["source"]),
        )
        for row in _rows("national.csv")
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
    found = []
    for row in _rows("reviews.csv"):
        key = (row["code"], row["year_ending"], row["source"])
        found.append((row, {**_statistics(row), **_tables(tables.pop(key, {}))}))
    found += [(firsts[key], _tables(parts)) for key, parts in tables.items()]
    found.sort(key=lambda one: (one[0]["year_ending"], one[0]["name"]))
    return tuple(
        (
            register().find(row["code"]),
            PrintedReview(row["name"], _year(row), source=_source(row), **figures),  # type: ignore[arg-type]  # fields by name
        )
        for row, figures in found
    )


@_once
def _reviews() -> tuple[AnnualReview, ...]:
    held: dict[tuple[Authority, ReportingYear], AnnualReview] = {}
    for authority, figures in _printed():
        review = evolve(figures.review(register()), authority=authority)
        key = (authority, figures.year)
        held[key] = _joined(held[key], review) if key in held else review
    parts = ("investigations", "compliance", "overview", "decided", "received")
    return tuple(review for review in held.values() if any(getattr(review, part) is not None for part in parts))


def _joined(first: AnnualReview, other: AnnualReview) -> AnnualReview:
    """Take from another source the parts that the first does not give, where the two do not disagree."""
    parts = ("investigations", "compliance", "overview", "decided", "received")
    wanted = {part: getattr(other, part) for part in parts if getattr(first, part) is None}
    joined = {part: wanted.get(part) or getattr(first, part) for part in parts}
    if all(count is None for count in wanted.values()) or contradictions(
        joined["investigations"], joined["overview"], joined["decided"]
    ):
        return first
    titles = [source.title for source in (first.source, other.source) if source is not None]
    return evolve(first, source=Source(" and ".join(titles)), **wanted)


def _statistics(row: Row) -> dict[str, object]:
    """Give the figures of a row that are not blank; blank is not known, which is not nought."""
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
    figures: dict[str, object] = {name: held for name, held in statistics.items() if held != PrintedStatistic()}
    if row["upheld_per_100k"] or row["upheld_per_100k_average"]:
        figures["per_100k"] = PrintedPer100k(
            rate=_decimal(row["upheld_per_100k"]), average=_decimal(row["upheld_per_100k_average"])
        )
    if row["dealt_with"]:
        parts = {part: _count(row[part]) for part in ("not_for_us", "assessed_and_closed", "investigated")}
        figures["overview"] = PrintedTally(Overview(**parts), total=_count(row["dealt_with"]))
    return figures


def _tables(parts: dict[str, dict[str, int]]) -> dict[str, object]:
    kinds = {"decided": DecisionTally, "received": ReceivedTally}
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
    return Source(row["source"], url=row["url"] or None)


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
