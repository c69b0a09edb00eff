"""The section of a report on a council's years: rates by year, changes, and series breaks."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from lgsco.documents.figures import PrintedPercent
from lgsco.errors import EmptyInput, NotComparable
from lgsco.model.measures import (
    KEY_STATISTICS,
    ProportionMeasure,
    compliance_rate,
    late_compliance_rate,
    uphold_rate,
)
from lgsco.reports.charts import breaks_at, yearly_chart, years_between
from lgsco.reports.elements import Break, Cell, Column, ColumnKind, Line, LineKind, Row, Section, Table
from lgsco.reports.words import NOT_HELD, rate_cell, statistic_cell, years_of_council
from lgsco.series.changes import change
from lgsco.wording import charts as chart_wording
from lgsco.wording import reports as wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lgsco.dataset import Dataset
    from lgsco.documents.areas import NationalFigures
    from lgsco.documents.figures import PrintedAverage
    from lgsco.model.authorities import Authority
    from lgsco.model.reviews import AnnualReview
    from lgsco.model.years import ReportingYear
    from lgsco.reports.elements import Chart
    from lgsco.series.histories import History
    from lgsco.stats.rates import Proportion

_SHOWN: tuple[ProportionMeasure, ...] = (*KEY_STATISTICS, late_compliance_rate)


def years_of(history: Iterable[AnnualReview]) -> dict[ReportingYear, AnnualReview]:
    """
    Return the reviews of one council by year, in order.

    Raises:
        NotComparable: they are of several councils, or one year is duplicated with different figures.
    """
    reviews: dict[ReportingYear, AnnualReview] = {}
    first: AnnualReview | None = None
    for review in history:
        first = first or review
        if review.authority != first.authority:
            raise NotComparable("council", str(first.authority), str(review.authority))
        if reviews.setdefault(review.year, review) != review:
            raise NotComparable("year", f"{review.year} once", "twice, with different figures")
    return {year: reviews[year] for year in sorted(reviews)}


def years_section(data: Dataset, council: Authority, year: ReportingYear) -> Section:
    """Return the years of one council of which anything is held, the report's own among them."""
    known = years_of_council(data, council)
    years = sorted({year, *known})
    if len(years) == 1:
        return Section(wording.YEARS, paragraphs=(wording.NO_OTHER_YEAR,))
    reviews = {each: data.review(council, each) for each in years}
    cells = {measure: {each: _cell(data, reviews[each], measure) for each in years} for measure in _SHOWN}
    shown = {measure: column for measure, column in cells.items() if any(cell != NOT_HELD for cell in column.values())}
    missing = [each for each in years_between(years) if each not in known]
    tables = (years_table(council, shown, year),) if shown else ()
    breaks = [wording.BREAKS_PART_YEARS] if any(row.breaks for table in tables for row in table.rows) else []
    return Section(
        wording.YEARS,
        paragraphs=(*breaks, *([wording.years_not_held(missing)] if missing else [])),
        items=tuple(_changes(data.history(council), year)),
        charts=(
            years_chart(reviews.values(), list(shown), marked=year, averages=data.averages, national=data.national),
        )
        if any(_rates(reviews, measure) for measure in shown)
        else (),
        tables=tables,
    )


def _cell(data: Dataset, review: AnnualReview, measure: ProportionMeasure) -> Cell:
    if measure in KEY_STATISTICS:
        return statistic_cell(data, review.authority, review.year, measure)
    return rate_cell(measure(review), measure)


def _changes(history: History, year: ReportingYear) -> Iterator[str]:
    """State how each rate changed from the year before and to the year after, where the series does not break."""
    for measure in KEY_STATISTICS:
        for segment in history.segments(measure):
            for earlier, later in itertools.pairwise(segment.years):
                if year not in {earlier, later}:
                    continue
                changed = change(segment, measure, earlier, later)
                if changed.difference is not None:
                    yield changed.sentence()


def _rates(
    reviews: Mapping[ReportingYear, AnnualReview], measure: ProportionMeasure
) -> dict[ReportingYear, Proportion]:
    rates = ((year, measure(review)) for year, review in reviews.items())
    return {year: rate for year, rate in rates if rate is not None and rate.denominator}


def years_table(
    council: Authority,
    cells: Mapping[ProportionMeasure, Mapping[ReportingYear, Cell]],
    marked: ReportingYear | None = None,
    more: Mapping[str, Mapping[ReportingYear, Cell]] | None = None,
) -> Table:
    """Return the rates of a council by year, and more columns of counts, with every year between the first and last."""
    counts = more or {}
    columns = {**{measure.title: column for measure, column in cells.items()}, **counts}
    years = years_between(itertools.chain.from_iterable(columns.values()))
    rows = []
    for year in years:
        # A break before the first year shown parts it from nothing.
        breaks = breaks_at(year, list(cells)) if year != years[0] else ()
        shown = tuple(column.get(year, NOT_HELD) for column in columns.values())
        rows.append(Row(str(year), shown, breaks=breaks, marked="this year" if year == marked else None))
    return Table(
        f"{council}, year by year",
        "Year",
        columns=tuple(Column(title, ColumnKind.COUNT if title in counts else ColumnKind.RATE) for title in columns),
        rows=tuple(rows),
    )


def years_chart(  # noqa: PLR0913  # what is drawn, and beside what
    history: Iterable[AnnualReview],
    measures: Iterable[ProportionMeasure] = KEY_STATISTICS,
    *,
    marked: ReportingYear | None = None,
    averages: Iterable[PrintedAverage] = (),
    national: Iterable[NationalFigures] = (),
    confidence: float = 0.95,
) -> Chart:
    """
    Return a chart of one council's rates from year to year, with intervals and a panel for each rate.

    A line joins two years that follow each other; none crosses a break in the series, which is drawn, or a year that
    is not held. With ``(compliance_rate, late_compliance_rate)`` it shows compliance and lateness.

    Args:
        history: the reviews of one council, in any order.
        measures: the rates to show.
        marked: the year to mark.
        averages: printed averages, of which those of the council's group are drawn beside its rates.
        national: figures of all of England, drawn likewise.
        confidence: of the intervals, between 0 and 1.

    Returns:
        The chart, with a point for each year and rate with cases.

    >>> import lgsco
    >>> from lgsco import published
    >>> from lgsco.reports import years_chart
    >>> kent = [review for review in published.reviews() if review.authority.name == "Kent County Council"]
    >>> print(years_chart(kent, [lgsco.uphold_rate]).words)
    Uphold rate: 87% (53 of 61) in 2022-23; 81% (76 of 94) in 2023-24; 83% (63 of 76) in 2024-25.

    Raises:
        EmptyInput: no review has such a rate.
        NotComparable: the reviews are of several councils, or one year is duplicated with different figures.
        InvalidValue: the confidence is not a float between 0 and 1.
    """
    reviews = years_of(history)
    rates = {measure: _rates(reviews, measure) for measure in measures}
    panels = {measure.title: by_year for measure, by_year in rates.items() if by_year}
    if not panels:
        raise EmptyInput("no review has such a rate")
    authority = next(iter(reviews.values())).authority
    years = years_between(reviews)
    breaks = [
        Break(str(year), what, panel=measure.title)
        for measure, by_year in rates.items()
        if by_year
        for year in years[1:]
        for what in breaks_at(year, [measure])
    ]
    beside = {
        (average.measure, average.year): average.percent for average in averages if average.group is authority.type
    }
    england = {(measure, row.year): percent for row in national for measure, percent in _national(row)}
    lines = [
        Line(name, steps, kind=kind, panel=measure.title)
        for name, kind, percents in (
            (wording.AVERAGE_LINE, LineKind.AVERAGE, beside),
            (chart_wording.ENGLAND, LineKind.ENGLAND, england),
        )
        for measure in rates
        if measure.title in panels and (steps := _steps(measure, years, percents))
    ]
    return yearly_chart(
        f"{authority}, year by year",
        panels,
        years,
        confidence,
        marked=() if marked is None else (marked,),
        breaks=breaks,
        lines=lines,
    )


def _national(row: NationalFigures) -> Iterator[tuple[ProportionMeasure, PrintedPercent]]:
    """Return the percentages of all of England; text such as ">99" is not drawn."""
    for measure, percent in ((uphold_rate, row.upheld), (compliance_rate, row.compliance)):
        if isinstance(percent, PrintedPercent):
            yield measure, percent


def _steps(
    measure: ProportionMeasure,
    years: Sequence[ReportingYear],
    percents: Mapping[tuple[ProportionMeasure, ReportingYear], PrintedPercent],
) -> tuple[tuple[float, float], ...]:
    return tuple(
        (float(index), float(percents[measure, year].shown_rate))
        for index, year in enumerate(years)
        if (measure, year) in percents
    )
