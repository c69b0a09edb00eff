"""The page on methods: how figures are made, their limits, and their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco.comparison.groups import FEWEST_AUTHORITIES
from lgsco.model.measures import KEY_STATISTICS
from lgsco.model.years import SERIES_BREAKS
from lgsco.reports.elements import Column, ColumnKind, Report, Row, Section, Table
from lgsco.site.pages import body_of, page
from lgsco.wording import site as wording
from lgsco.wording.reports import HOW_SURE, MADE_BY, SIMILAR, UNITS

if TYPE_CHECKING:
    from lgsco.site.figures import SiteFigures
    from lgsco.site.pages import PageText


def methods_page(figures: SiteFigures) -> PageText:
    """Return the page on methods, with the definitions of the measures and of the series breaks."""
    body, pictures = body_of(_methods(), {}, charts=False)
    return page("methods.html", "Methods", body, pictures, as_at=figures.date)


def _methods() -> Report:
    statistics = Table(
        "What each statistic counts",
        "Statistic",
        columns=tuple(Column(name, ColumnKind.TEXT) for name in ("Counted", "Out of", "Nothing to count")),
        rows=tuple(Row(measure.title, (measure.counted, measure.over, measure.nothing)) for measure in KEY_STATISTICS),
    )
    breaks = Table(
        "Breaks in the series",
        "From",
        columns=(Column("What changed", ColumnKind.TEXT),),
        rows=tuple(
            Row(str(series_break.year), (series_break.what,)) for series_break in SERIES_BREAKS if series_break.breaks
        ),
    )
    return Report(
        "Methods",
        scope="Every page of this site.",
        units=UNITS,
        made_by=MADE_BY,
        sections=(
            Section("Five things that are never the same", items=wording.STATES),
            Section("The three statistics", paragraphs=wording.RATES, tables=(statistics,)),
            Section(HOW_SURE, paragraphs=wording.CHANCE),
            Section(SIMILAR, paragraphs=wording.similar_authorities(FEWEST_AUTHORITIES)),
            Section("From year to year", paragraphs=wording.YEARS, tables=(breaks,)),
            Section("What the figures do not say", items=wording.LIMITS),
            Section("Whose figures these are", paragraphs=wording.OWNERS),
        ),
    )
