"""The page on all of England: what the Ombudsman printed for each year, and the averages of groups."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from lgsco._values import evolve
from lgsco.joining import precedence
from lgsco.model.authorities import AuthorityType
from lgsco.model.measures import KEY_STATISTICS
from lgsco.reports.cards import newest_date
from lgsco.reports.elements import Cell, Column, ColumnKind, Report, Row, Section, Table
from lgsco.reports.words import NOT_HELD, distinct, measure_notes
from lgsco.site.pages import body_of, page
from lgsco.wording import site as wording
from lgsco.wording.reports import ENGLAND_SCOPE, HOW_SURE, MADE_BY, UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lgsco.documents.areas import NationalFigures
    from lgsco.model.measures import ProportionMeasure
    from lgsco.model.years import ReportingYear
    from lgsco.site.figures import SiteFigures
    from lgsco.site.pages import PageText


def national_page(figures: SiteFigures) -> PageText:
    """Return the page on all of England."""
    printed = sorted(figures.data.national, key=lambda row: (row.year, precedence(row.source)))
    rows = [_of_year([*rows]) for _, rows in groupby(printed, key=lambda row: row.year)]
    averages = [average for by_measure in figures.averages.values() for average in by_measure.values()]
    england = (
        Table(
            wording.ENGLAND_BY_YEAR,
            "Year",
            columns=tuple(Column(heading, ColumnKind.TEXT) for heading in wording.ENGLAND_COLUMNS),
            rows=tuple(
                Row(
                    str(row.year),
                    (
                        *(_cell(rate, "%") for rate in (row.upheld, row.compliance)),
                        _cell(row.received),
                        _cell(row.investigations),
                    ),
                )
                for row in rows
            ),
        )
        if rows
        else None
    )
    sources = distinct([*(row.source for row in printed), *(average.source for average in averages)])
    report = Report(
        wording.ENGLAND,
        scope=ENGLAND_SCOPE,
        units=UNITS,
        made_by=MADE_BY,
        sections=(
            Section(
                wording.ENGLAND_BY_YEAR,
                paragraphs=(wording.ENGLAND_INTRODUCTION if england else wording.NO_NATIONAL_FIGURES,),
                tables=() if england is None else (england,),
            ),
            *_averages(figures),
            Section(HOW_SURE, paragraphs=(wording.ENGLAND_CARE,)),
        ),
        notes=measure_notes() if averages else (),
        as_at=figures.as_at or newest_date(sources),
        sources=sources,
    )
    body, pictures = body_of(report, {}, charts=False)
    return page("national.html", report.title, body, pictures, as_at=report.as_at)


def _of_year(rows: Sequence[NationalFigures]) -> NationalFigures:
    """Return the figures of a year as one row, each of the best source that has it."""
    names = ("upheld", "compliance", "received", "investigations")
    figures = {name: next(filter(None, (getattr(row, name) for row in rows)), None) for name in names}
    return evolve(rows[0], **figures)


def _cell(figure: object, unit: str = "") -> Cell:
    """Return what was printed: a percentage, a count, or text."""
    return (
        NOT_HELD
        if figure is None
        else f"{figure:,}"
        if type(figure) is int
        else wording.printed_text(str(figure), unit)
    )


def _averages(figures: SiteFigures) -> Iterator[Section]:
    """Return the printed averages of the groups over the years, a section for each statistic."""
    kinds = [kind for kind in AuthorityType if kind.is_comparison_group]
    for measure in KEY_STATISTICS:
        years = sorted({year for (_, year), known in figures.averages.items() if measure in known})
        if years:
            table = Table(
                wording.averages_of_groups(measure.title),
                "Year",
                columns=tuple(Column(kind.label, ColumnKind.PERCENT) for kind in kinds),
                rows=tuple(
                    Row(str(year), tuple(_average(figures, kind, year, measure) for kind in kinds)) for year in years
                ),
                marks=(measure.title,),
            )
            yield Section(wording.averages_of_groups(measure.title), tables=(table,))


def _average(figures: SiteFigures, kind: AuthorityType, year: ReportingYear, measure: ProportionMeasure) -> Cell:
    average = figures.averages.get((kind, year), {}).get(measure)
    return NOT_HELD if average is None else average.percent
