"""The page of one council: its newest year with a statistic in full, then the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._text import html_text
from lgsco._values import evolve
from lgsco.model.authorities import comparison_group
from lgsco.reports.cards import newest_date
from lgsco.reports.cases import public_reports
from lgsco.reports.council import council_report
from lgsco.reports.counts import counts_sections
from lgsco.reports.elements import Report, Section
from lgsco.reports.headlines import Link
from lgsco.reports.statistics import StatisticsOfYear, care_section, findings_sections
from lgsco.reports.words import distinct
from lgsco.site.figures import group_path
from lgsco.site.pages import body_of, page, way
from lgsco.wording import site as wording
from lgsco.wording.phrases import date, listed
from lgsco.wording.reports import CARE, HOW_SURE, IMPROVEMENTS, NEXT, SIMILAR, STATISTICS, YEARS, page_heading, scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.model.authorities import Authority
    from lgsco.model.reviews import AnnualReview
    from lgsco.model.years import ReportingYear
    from lgsco.site.figures import SiteFigures
    from lgsco.site.pages import SitePage


def council_page(figures: SiteFigures, authority: Authority) -> SitePage:
    """Return the page of a council of which figures are held."""
    path = figures.paths[authority]
    report = council_record(figures, authority)
    years = figures.years_of[authority]
    titles = [f"{STATISTICS}, {year}" for year in years]
    menu = {section.heading: section.heading for section in report.sections if section.heading in {*titles, *_LISTED}}
    body, pictures = body_of(report, path, figures.links, charts=figures.charts, contents=menu)
    return page(path, report.title, f"{body}\n{_related(figures, authority, path)}", pictures)


_LISTED = (SIMILAR, YEARS, HOW_SURE, NEXT)


def council_record(figures: SiteFigures, authority: Authority) -> Report:
    """
    Report on all figures of a council.

    The newest year with any statistic comes first, with similar councils and the series of years; the others follow.
    """
    data, years = figures.data, figures.years_of[authority]
    known = {
        year: StatisticsOfYear(data, authority, year, figures.as_printed.get((authority, year), ()), against=None)
        for year in years
    }
    first = max((year for year in years if known[year].any_known), default=years[-1])
    newest = council_report(data, authority, first, cases_from=figures.cases_from, suppression=figures.suppression)
    *sections, care, sure, following = [
        _similar(figures, authority, section, first)
        if section.heading == SIMILAR
        else section
        if section.heading in {YEARS, CARE, HOW_SURE, IMPROVEMENTS, NEXT}
        else _with_year(section, first)
        for section in newest.sections
    ]
    cautions = set(care.items)
    for year in (year for year in reversed(years) if year != first):
        of_year = known[year]
        section = of_year.section(chart=False, explained=False)
        if of_year.any_known:
            # Cautions of the first year are not repeated. The chart of the years shows these rates.
            care_of_year = care_section(of_year.comparisons, incomplete=True)
            items = tuple(item for item in care_of_year.items if item not in cautions)
            # The sentences are those of the first year; of the others the table says as much.
            sections.append(evolve(_with_year(section, year), paragraphs=(), items=items))
        else:
            words = (wording.no_statistic_held(str(year)),)
            sections.append(_with_year(Section(section.heading, paragraphs=words), year))
        counts = [*counts_sections(_beyond_rates(of_year)), *findings_sections(of_year.printed)]
        sections += [_with_year(section, year) for section in counts]
    sections += _public_reports(figures, authority)
    sources = [source for year in reversed(years) for source in known[year].sources()]
    everything = distinct([*newest.sources, *sources])
    return Report(
        authority.name,
        scope=scope(str(authority), wording.council_years(years_held(years))),
        units=newest.units,
        made_by=newest.made_by,
        sections=(*sections, care, sure, following),
        notes=newest.notes,
        sources=everything,
        heading=page_heading(authority.name),
        as_at=newest_date(everything),
    )


def years_held(years: Sequence[ReportingYear]) -> str:
    """Return some years as a list in words."""
    return listed(map(str, years))


def _beyond_rates(statistics: StatisticsOfYear) -> AnnualReview:
    """Return the counts of a year without those of compliance where the rate has all of them."""
    review = statistics.review
    compliance = review.compliance
    return review if compliance is None or compliance.late is not None else evolve(review, compliance=None)


_MOST_ROWS = 40


def _similar(figures: SiteFigures, authority: Authority, section: Section, year: ReportingYear) -> Section:
    """Return the section on similar councils without what the page of the group has, and with a link to it."""
    group = comparison_group(authority, figures.register, year.end)
    links: tuple[Link, ...] = ()
    if group is not None and (group, year) in figures.by_group:
        end = way(figures.paths[authority], group_path(group, year))
        links = (Link(wording.on_group_page(group.label, str(year)), end),)
    tables = tuple(table for table in section.tables if len(table.rows) <= _MOST_ROWS)
    return evolve(section, links=links, charts=(), tables=tables)


def _with_year(section: Section, year: ReportingYear) -> Section:
    return evolve(section, heading=f"{section.heading}, {year}")


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
