"""Charts of rates from year to year, with intervals and series breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco.model.years import SERIES_BREAKS, ReportingYear
from lgsco.reports.elements import Break, Chart, ChartKind, Point
from lgsco.wording import reports as wording
from lgsco.wording.phrases import with_intervals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lgsco.stats.rates import Proportion


def breaks_at(year: ReportingYear) -> tuple[str, ...]:
    """Return what changed at the beginning of a year."""
    return tuple(series_break.what for series_break in SERIES_BREAKS if series_break.year == year)


def years_between(years: Iterable[ReportingYear]) -> list[ReportingYear]:
    """Return every year from the first to the last, those that are not held included."""
    endings = [year.ending for year in years]
    return [ReportingYear(ending) for ending in range(min(endings), max(endings) + 1)]


def yearly_chart(  # noqa: PLR0913  # the parts of a chart
    title: str,
    panels: Mapping[str, Mapping[ReportingYear, Proportion]],
    years: Sequence[ReportingYear],
    confidence: float,
    *,
    marked: ReportingYear | None = None,
    name_breaks: bool = False,
) -> Chart:
    """Return a chart with a panel for each series of rates, and a break before each year that begins a new series."""
    breaks = tuple(Break(str(year), what) for year in years[1:] for what in breaks_at(year))
    sentences = [
        wording.rates_by_year(panel, {str(year): rate for year, rate in rates.items()})
        for panel, rates in panels.items()
    ]
    if breaks and name_breaks:
        sentences.append(wording.series_breaks(series_break.at for series_break in breaks))
    return Chart(
        ChartKind.YEARS,
        with_intervals(title, confidence),
        words=" ".join(sentences),
        across="Reporting year",
        up="Per cent",
        points=tuple(
            Point(
                str(year),
                rate,
                interval=rate.interval(confidence),
                at=str(year),
                panel=panel,
                marked=year == marked,
            )
            for panel, rates in panels.items()
            for year, rate in rates.items()
        ),
        ticks=tuple(map(str, years)),
        breaks=breaks,
    )
