"""The page of one council: its newest year with a statistic in full, then the others."""

from __future__ import annotations

from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING

from lgsco._text import html_text
from lgsco._values import evolve
from lgsco.comparison.cautions import FEWEST_CASES, CautionKind
from lgsco.model.authorities import comparison_group
from lgsco.reports.cards import newest_date
from lgsco.reports.cases import public_reports
from lgsco.reports.council import report_with, without_similar
from lgsco.reports.counts import counts_sections
from lgsco.reports.elements import Report, Section
from lgsco.reports.funnels import funnel_section
from lgsco.reports.headlines import Link
from lgsco.reports.statistics import StatisticsOfYear, findings_sections
from lgsco.reports.words import cautions, distinct
from lgsco.site.figures import group_path
from lgsco.site.pages import body_of, page, way
from lgsco.wording import site as wording
from lgsco.wording.comparisons import small
from lgsco.wording.phrases import date, listed, sentence_after_colon
from lgsco.wording.reports import (
    CARE,
    FOR_POPULATION,
    HOW_SURE,
    IMPROVEMENTS,
    NEXT,
    SIMILAR,
    STATISTICS,
    YEARS,
    known_of,
    page_heading,
    scope,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lgsco.model.authorities import Authority
    from lgsco.model.reviews import AnnualReview
    from lgsco.model.years import ReportingYear
    from lgsco.site.figures import SiteFigures
    from lgsco.site.pages import PageText


def council_page(figures: SiteFigures, authority: Authority) -> PageText:
    """Return the page of a council of which figures are held."""
    path = figures.paths[authority]
    report = council_record(figures, authority)
    titles = [f"{STATISTICS}, {year}" for year in figures.years_of[authority]]
    menu = {section.heading: section.heading for section in report.sections if section.heading in {*titles, *_LISTED}}
    body, pictures = body_of(report, figures.links, charts=figures.charts, contents=menu)
    return page(path, report.title, f"{body}\n{_related(figures, authority, path)}", pictures, as_at=report.as_at)


_OF_NO_YEAR = frozenset({SIMILAR, YEARS, CARE, HOW_SURE, IMPROVEMENTS, NEXT})
_LISTED = (SIMILAR, YEARS, wording.OTHER_YEARS, HOW_SURE, NEXT)


def council_record(figures: SiteFigures, authority: Authority) -> Report:
    """
    Report on all figures of a council.

    The newest year with any statistic comes first, with similar councils and the series of years; the others follow.
    """
    years = figures.years_of[authority]
    first = figures.first_year(authority)
    newest = report_with(
        figures.data,
        authority,
        first,
        cases_from=figures.cases_from,
        suppression=figures.suppression,
        as_at=figures.as_at,
        similar=partial(_similar, figures),
    )
    *sections, care, sure, following = [
        section if section.heading in _OF_NO_YEAR else _with_year(section, first) for section in newest.sections
    ]
    others = [_statistics(figures, authority, year) for year in reversed(years) if year != first]
    if others:
        sections.append(_other_years(others))
    for of_year in others:
        counts = [*counts_sections(_beyond_rates(of_year)), *findings_sections(of_year.printed)]
        sections += [_with_year(section, of_year.year) for section in counts]
    sections += _public_reports(figures, authority)
    sources = distinct([*newest.sources, *(source for of_year in others for source in of_year.sources())])
    return Report(
        authority.name,
        scope=scope(str(authority), wording.council_years(years_held(years))),
        units=newest.units,
        made_by=newest.made_by,
        sections=(*sections, care, sure, following),
        notes=newest.notes,
        sources=sources,
        heading=page_heading(authority.name),
        as_at=figures.as_at or newest_date(sources),
    )


def _statistics(figures: SiteFigures, authority: Authority, year: ReportingYear) -> StatisticsOfYear:
    return StatisticsOfYear(figures.data, authority, year, figures.as_printed.get((authority, year), ()), against=None)


def _other_years(others: Sequence[StatisticsOfYear]) -> Section:
    """Return the three statistics of the other years in one table, the newest first."""
    known = [of_year for of_year in others if of_year.any_known]
    missing = [str(of_year.year) for of_year in others if not of_year.any_known]
    tables = []
    of_kinds = zip_longest(*(of_year.tables() for of_year in known))
    for subject, of_kind in zip((STATISTICS, FOR_POPULATION), of_kinds, strict=False):
        parts = [(of_year.year, table) for of_year, table in zip(known, of_kind, strict=True) if table is not None]
        table = parts[0][1]
        rows = [evolve(row, heading=f"{year}: {small(row.heading)}") for year, table in parts for row in table.rows]
        tables.append(
            evolve(table, caption=wording.other_years(subject), stub=wording.YEAR_AND_STATISTIC, rows=tuple(rows))
        )
    return Section(
        wording.OTHER_YEARS,
        paragraphs=(wording.no_statistic_held(missing),) if missing else (),
        items=tuple(_cautions(known)),
        tables=tuple(tables),
    )


def _cautions(others: Sequence[StatisticsOfYear]) -> Iterator[str]:
    """Return the cautions on the other years, each once, with the years that it concerns."""
    few, years_of = [], dict[str, dict[str, None]]()
    for of_year in others:
        year = str(of_year.year)
        titles = [
            small(comparison.measure.title)
            for comparison in of_year.comparisons
            for caution in comparison.cautions
            if caution.kind is CautionKind.SMALL_NUMBERS
        ]
        few += [f"{listed(titles)} in {year}"] if titles else []
        for words in cautions(of_year.comparisons, leave_out=CautionKind.SMALL_NUMBERS):
            years_of.setdefault(words, {})[year] = None
    if few:
        yield wording.few_cases(few, FEWEST_CASES)
    yield from (sentence_after_colon(listed(years), words) for words, years in years_of.items())


def years_held(years: Sequence[ReportingYear]) -> str:
    """Return some years as a list in words."""
    return listed(map(str, years))


def _beyond_rates(statistics: StatisticsOfYear) -> AnnualReview:
    """Return the counts of a year without those of compliance where the rate has all of them."""
    review = statistics.review
    compliance = review.compliance
    return review if compliance is None or compliance.late is not None else evolve(review, compliance=None)


_MOST_ROWS = 40


def _similar(figures: SiteFigures, authority: Authority, year: ReportingYear) -> Section:
    """Return the section on similar councils without what the page of the group has, and with a link to it."""
    group = comparison_group(authority, figures.register, year.end)
    section = without_similar(authority, group, year)
    if group is None or (group, year) not in figures.by_group:
        return section
    if figures.by_group[group, year]:
        funnel = figures.funnel(group, year)
        section = funnel_section(SIMILAR, funnel, marked=authority, register=figures.register, most=_MOST_ROWS)
    end = way(figures.paths[authority], group_path(group, year))
    return evolve(section, links=(Link(wording.on_group_page(group.label, str(year)), end),))


def _with_year(section: Section, year: ReportingYear) -> Section:
    heading = section.heading
    return section if heading == known_of(str(year)) else evolve(section, heading=f"{heading}, {year}")


def _public_reports(figures: SiteFigures, authority: Authority) -> list[Section]:
    """Return the public interest reports among the cases, of any year."""
    cases = [case for case in figures.data.cases if case.decision.authority == authority]
    if cases:
        return public_reports(cases)
    return [Section("Public interest reports", paragraphs=(wording.NO_REPORTS_HELD,))]


def kind_of(authority: Authority) -> str:
    """
    Return the type of a council in words.

    >>> from lgsco import Authority, AuthorityType
    >>> kind_of(Authority("City of London Corporation", AuthorityType.CITY_CORPORATION))
    'city corporation'
    """
    return authority.type.value.replace("_", " ")


def _related(figures: SiteFigures, authority: Authority, path: str) -> str:
    entry = figures.register.entry(authority)
    facts = [kind_of(authority).capitalize()]
    if entry.region is not None:
        facts.append(entry.region)
    if authority.code is not None:
        facts.append(f"ONS code {authority.code}")
    items = [html_text("; ".join(facts))]
    if entry.start is not None:
        items.append(wording.in_being_from(date(entry.start)))
    if entry.end is not None:
        items.append(wording.abolished_on(date(entry.end)))
    for words, councils in (("After it", entry.successors), ("Before it", entry.predecessors)):
        if councils:
            items.append(f"{words}: {listed(_linked(figures, council, path) for council in councils)}")
    for year in reversed(figures.years_of[authority]):
        group = comparison_group(authority, figures.register, year.end)
        if group is not None and (group, year) in figures.by_group:
            end = way(path, group_path(group, year))
            items.append(f'<a href="{end}">{html_text(f"{group.label}, {year}")}</a>')
    listing = "".join(f"<li>{item}</li>" for item in items)
    return f'<section class="lgsco"><h2>The council and its group</h2>\n<ul>{listing}</ul></section>'


def _linked(figures: SiteFigures, authority: Authority, path: str) -> str:
    name = html_text(authority.name)
    end = figures.paths.get(authority)
    return name if end is None else f'<a href="{html_text(way(path, end))}">{name}</a>'
