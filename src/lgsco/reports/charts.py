"""Charts of rates from year to year, with intervals and series breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco.model.years import SERIES_BREAKS, ReportingYear
from lgsco.reports.elements import Break, Chart, ChartKind, Point
from lgsco.wording import reports as wording
from lgsco.wording.charts import OMBUDSMAN_FIGURES
from lgsco.wording.phrases import with_intervals

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from lgsco.model.measures import ProportionMeasure
    from lgsco.reports.elements import Line
    from lgsco.stats.rates import Proportion


def breaks_at(year: ReportingYear, measures: Sequence[ProportionMeasure]) -> tuple[str, ...]:
    """Return what changed at the beginning of a year, with the measures that it breaks where it is not all of them."""
    sentences = []
    for series_break in SERIES_BREAKS:
        broken = [measure.title.lower() for measure in measures if series_break.affects(measure.name)]
        if series_break.year == year and broken:
            sentences.append(wording.change_of_series(series_break.what, broken if len(broken) < len(measures) else ()))
    return tuple(sentences)


def years_between(years: Iterable[ReportingYear]) -> list[ReportingYear]:
    """Return every year from the first to the last, those that are not held included."""
    endings = [year.ending for year in years]
    return [ReportingYear(ending) for ending in range(min(endings), max(endings) + 1)]


def yearly_chart(  # noqa: PLR0913  # the parts of a chart
    title: str,
    panels: Mapping[str, Mapping[ReportingYear, Proportion]],
    years: Sequence[ReportingYear],
    confidence: float | None,
    *,
    marked: Container[ReportingYear] = (),
    breaks: Sequence[Break] = (),
    lines: Sequence[Line] = (),
    more: Sequence[str] = (),
    source: str = OMBUDSMAN_FIGURES,
) -> Chart:
    """Return a chart with a panel for each series of rates, with intervals or without; no line crosses a break."""
    sentences = [
        wording.rates_by_year(panel, {str(year): rate for year, rate in rates.items()})
        for panel, rates in panels.items()
    ]
    for year in dict.fromkeys(item.at for item in breaks):
        names = [item.panel.lower() for item in breaks if item.at == year and item.panel]
        if names:
            sentences.append(wording.series_breaks(names, year))
    sentences += more
    return Chart(
        ChartKind.YEARS,
        title if confidence is None else with_intervals(title, confidence),
        words=" ".join(sentences),
        across="Reporting year",
        up="Per cent",
        points=tuple(
            Point(
                str(year),
                rate,
                interval=None if confidence is None else rate.interval(confidence),
                at=str(year),
                panel=panel,
                marked=year in marked,
            )
            for panel, rates in panels.items()
            for year, rate in rates.items()
        ),
        ticks=tuple(map(str, years)),
        breaks=tuple(breaks),
        lines=tuple(lines),
        source=source,
    )
