"""Councils that the reader chose, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco.model.measures import KEY_STATISTICS
from lgsco.reports.dots import dot_chart
from lgsco.reports.elements import Column, ColumnKind, Row, Section, Table
from lgsco.reports.words import NOT_HELD, statistic_cell
from lgsco.wording import reports as wording

if TYPE_CHECKING:
    from lgsco.comparison.groups import GroupRates
    from lgsco.dataset import Dataset
    from lgsco.model.authorities import Authority
    from lgsco.model.years import ReportingYear

_FEWEST = 2
"""One rate by itself is set beside nothing."""


def beside_section(data: Dataset, council: Authority, year: ReportingYear, selection: GroupRates) -> Section:
    """Return the three statistics of a council and of those chosen, by name, with a chart where two have a rate."""
    others = {*(member.authority for member in selection.members), *selection.missing}
    cells = {
        each: tuple(statistic_cell(data, each, year, measure) for measure in KEY_STATISTICS)
        for each in sorted({council, *others}, key=lambda each: each.name)
    }
    known = [each for each in cells if each == council or set(cells[each]) != {NOT_HELD}]
    heading = wording.beside(selection.selection or "other councils")
    table = Table(
        f"{heading}: {council}, {year}",
        "Council",
        columns=tuple(Column(measure.title, ColumnKind.RATE) for measure in KEY_STATISTICS),
        rows=tuple(Row(each.name, cells[each], marked="this council" if each == council else None) for each in known),
    )
    charts = []
    for measure in KEY_STATISTICS:
        rates = [(review, measure(review)) for review in (data.review(each, year) for each in known)]
        reviews = [review for review, rate in rates if rate is not None and rate.denominator]
        if len(reviews) >= _FEWEST:
            charts.append(dot_chart(reviews, measure, marked=council))
    missing = [each.name for each in cells if each not in known]
    sentences = (wording.councils_not_held(missing, len(others), whose=""),) if missing else ()
    return Section(heading, paragraphs=(*sentences, wording.ALPHABETICAL), charts=tuple(charts), tables=(table,))
