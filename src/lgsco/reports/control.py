"""Control charts of rates as charts that can be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco.errors import EmptyInput
from lgsco.reports.charts import yearly_chart
from lgsco.reports.elements import Line, LineKind
from lgsco.stats.intervals import half_up
from lgsco.wording import charts as wording
from lgsco.wording.charts import OMBUDSMAN_FIGURES

if TYPE_CHECKING:
    from lgsco.reports.elements import Chart
    from lgsco.series.control_charts import ControlChart


def control_chart(chart: ControlChart, *, source: str = OMBUDSMAN_FIGURES) -> Chart:
    """
    Return a control chart of rates as a chart, with its average, its limits, and the years of its signals marked.

    Args:
        chart: of rates, as ``p_chart`` makes it.
        source: the line in the picture that says whose figures these are; say so of your own.

    Returns:
        The chart, with a point for each year with cases.

    >>> import lgsco
    >>> from lgsco.reports import control_chart
    >>> from lgsco.series import History, p_chart
    >>> kent = lgsco.Authority("Kent County Council", lgsco.AuthorityType.COUNTY_COUNCIL)
    >>> reviews = [
    ...     lgsco.AnnualReview(kent, lgsco.ReportingYear(year), compliance=lgsco.ComplianceTally(18 + year % 3, 1))
    ...     for year in range(2011, 2023)
    ... ]
    >>> print(control_chart(p_chart(History(kent, reviews), lgsco.compliance_rate)).lines[0].name)
    average of the years, 95.0%

    Raises:
        EmptyInput: no year has a rate, or the chart is of counts.
    """
    rates = {point.year: point.rate for point in chart.points if point.rate is not None and point.rate.denominator}
    if not rates:
        raise EmptyInput(f"the control chart of {chart.title.lower()} has no rates")
    lines = []
    if chart.centre is not None:
        steps = tuple((float(index), float(chart.centre)) for index in range(len(chart.points)))
        lines.append(Line(wording.average_of_years(half_up(100 * chart.centre, 1)), steps))
    for part in ("lower", "upper"):
        limits = [(index, getattr(point, part)) for index, point in enumerate(chart.points)]
        steps = tuple((float(index), float(limit)) for index, limit in limits if limit is not None)
        if steps:
            lines.append(Line(wording.CONTROL_LIMITS, steps, kind=LineKind.ALARM))
    marked = {year for signal in chart.signals for year in signal.years}
    years = [point.year for point in chart.points]
    title = wording.control_title(chart.title, str(chart.authority), str(years[0]), str(years[-1]))
    return yearly_chart(
        title, {chart.title: rates}, years, None, marked=marked, lines=lines, more=[chart.sentence()], source=source
    )
