"""One council from year to year, with what makes two years no series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco.casework import SERIES_BREAKS, ReportingYear
from lgsco.documents import (
    Cell,
    ChartBreak,
    ChartKind,
    ChartPoint,
    ColumnKind,
    ReportChart,
    ReportColumn,
    ReportRow,
    ReportSection,
    ReportTable,
)
from lgsco.measures import KEY_STATISTICS, late_compliance_rate
from lgsco.report._words import NOT_HELD, listed, rate_cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lgsco.measures import ProportionMeasure
    from lgsco.tallies import AnnualReview


def years_section(review: AnnualReview, history: Sequence[AnnualReview]) -> list[ReportSection]:
    """Show the years of one council that are held, in order; ``history`` is in order and holds the review."""
    held = {each.year: each for each in history}
    others = [str(year) for year in held if year != review.year]
    heading = "From year to year"
    if not others:
        return [ReportSection(heading, paragraphs=("Figures of no other year are held for this council.",))]
    years = [ReportingYear(ending) for ending in range(min(held).ending, max(held).ending + 1)]
    measures = [
        measure
        for measure in (*KEY_STATISTICS, late_compliance_rate)
        if any(measure(each) is not None for each in history)
    ]
    missing = [str(year) for year in years if year not in held]
    said = ["Years on two sides of a break are no series: what changed is said beside the year, and no line crosses it."]
    if missing:
        said.append(f"Not held: {listed(missing)}.")
    return [
        ReportSection(
            heading,
            paragraphs=tuple(said),
            charts=_chart(review, held, years, measures),
            tables=(_table(review, held, years, measures),) if measures else (),
        )
    ]


def breaks_at(year: ReportingYear) -> tuple[str, ...]:
    """Say what changed at the beginning of a year."""
    return tuple(each.what for each in SERIES_BREAKS if each.year == year)


def _table(
    review: AnnualReview,
    held: Mapping[ReportingYear, AnnualReview],
    years: Sequence[ReportingYear],
    measures: Sequence[ProportionMeasure],
) -> ReportTable:
    rows = []
    for year in years:
        one = held.get(year)
        cells: tuple[Cell, ...] = tuple(NOT_HELD if one is None else rate_cell(one, measure) for measure in measures)
        # A break before the first year shown parts it from nothing.
        breaks = breaks_at(year) if year != years[0] else ()
        rows.append(ReportRow(str(year), cells, breaks=breaks, marked="this year" if year == review.year else None))
    return ReportTable(
        f"{review.authority} from year to year",
        "Year",
        columns=tuple(ReportColumn(measure.title, ColumnKind.RATE, marks=_marks(measure)) for measure in measures),
        rows=tuple(rows),
    )


def _marks(measure: ProportionMeasure) -> tuple[str, ...]:
    return (measure.title,) if measure in KEY_STATISTICS else ()


def _chart(
    review: AnnualReview,
    held: Mapping[ReportingYear, AnnualReview],
    years: Sequence[ReportingYear],
    measures: Sequence[ProportionMeasure],
) -> tuple[ReportChart, ...]:
    points, said = [], []
    for measure in measures:
        rates = [(year, rate) for year in years if year in held and (rate := measure(held[year])) and rate.value is not None]
        points += [
            ChartPoint(
                str(year), rate, interval=rate.interval(), at=str(year), panel=measure.title, marked=year == review.year
            )
            for year, rate in rates
        ]
        if rates:
            said.append(f"{measure.title}: {'; '.join(f'{rate} in {year}' for year, rate in rates)}.")
    if not points:
        return ()
    broken = [ChartBreak(str(year), what) for year in years[1:] for what in breaks_at(year)]
    if broken:
        said.append(f"The series breaks at the beginning of {listed(dict.fromkeys(each.at for each in broken))}.")
    return (
        ReportChart(
            ChartKind.YEARS,
            f"{review.authority} from year to year, with 95% intervals",
            words=" ".join(said),
            across="Reporting year",
            up="Per cent",
            points=tuple(points),
            ticks=tuple(map(str, years)),
            breaks=tuple(broken),
        ),
    )
