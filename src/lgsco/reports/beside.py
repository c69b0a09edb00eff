"""Councils that the reader chose, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from lgsco._values import evolve
from lgsco.model.measures import KEY_STATISTICS
from lgsco.reports.dots import dot_chart
from lgsco.reports.elements import Column, ColumnKind, Row, Section, Table
from lgsco.reports.words import NOT_HELD, statistic_cell
from lgsco.wording import reports as wording
from lgsco.wording.phrases import with_article, with_intervals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lgsco.comparison.groups import GroupRates
    from lgsco.dataset import Dataset
    from lgsco.documents.figures import PrintedAverage
    from lgsco.model.authorities import Authority
    from lgsco.model.measures import ProportionMeasure
    from lgsco.model.years import ReportingYear
    from lgsco.reports.dots import DotOrder
    from lgsco.reports.elements import Cell

_FEWEST = 2
"""One rate by itself is set beside nothing."""


def beside_section(data: Dataset, council: Authority, year: ReportingYear, selection: GroupRates) -> Section:
    """Return the three statistics of a council and of those chosen, by name, with a chart where two have a rate."""
    others = {*(member.authority for member in selection.members), *selection.missing}
    councils = sorted({council, *others}, key=lambda each: each.name)
    known = [each for each in councils if each == council or set(_cells(data, each, year)) != {NOT_HELD}]
    missing = [each.name for each in councils if each not in known]
    sentences = (wording.councils_not_held(missing, len(others), whose=""),) if missing else ()
    heading = wording.beside(selection.selection or "other councils")
    whose = f"{with_article(council.name)} and the {selection.selection or 'other councils'}"
    caption = f"{heading}: {council}, {year}"
    section = side_by_side(data, known, year, heading=heading, caption=caption, whose=whose, marked=council)
    return evolve(section, paragraphs=(*sentences, *section.paragraphs))


def side_by_side(  # noqa: PLR0913  # whose figures, under what names, in what order, and beside what
    data: Dataset,
    councils: Sequence[Authority],
    year: ReportingYear,
    *,
    heading: str,
    caption: str,
    whose: str | None = None,
    marked: Authority | None = None,
    order: DotOrder | Literal["name", "size", "rate"] = "name",
    averages: Mapping[ProportionMeasure, PrintedAverage] | None = None,
) -> Section:
    """Return the three statistics of some councils in one table, and a chart of each that two of ``whose`` have."""
    charts = []
    for measure in KEY_STATISTICS:
        rates = [(review, measure(review)) for review in (data.review(each, year) for each in councils)]
        reviews = [review for review, rate in rates if rate is not None and rate.denominator]
        if len(reviews) >= _FEWEST:
            average = (averages or {}).get(measure)
            chart = dot_chart(reviews, measure, order=order, average=average, marked=marked)
            title = chart.title if whose is None else with_intervals(f"{measure.title} of {whose}, {year}")
            charts.append(evolve(chart, title=title))
    table = Table(
        caption,
        "Council",
        columns=tuple(Column(measure.title, ColumnKind.RATE) for measure in KEY_STATISTICS),
        rows=tuple(
            Row(each.name, _cells(data, each, year), marked="this council" if each == marked else None)
            for each in councils
        ),
    )
    return Section(heading, paragraphs=(wording.ALPHABETICAL,), charts=tuple(charts), tables=(table,))


def _cells(data: Dataset, council: Authority, year: ReportingYear) -> tuple[Cell, ...]:
    return tuple(statistic_cell(data, council, year, measure) for measure in KEY_STATISTICS)
