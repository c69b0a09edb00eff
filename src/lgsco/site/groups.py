"""The page of one group and year, and the page with links to all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._text import html_text
from lgsco._values import evolve
from lgsco.documents.missing import Missing
from lgsco.model.authorities import AuthorityType
from lgsco.model.measures import KEY_STATISTICS
from lgsco.reports.elements import Absent, Column, ColumnKind, Report, Row, Section, Table
from lgsco.reports.group import group_report
from lgsco.reports.words import NOT_HELD, distinct, measure_notes, missing_councils, rate_cell
from lgsco.site.figures import group_path
from lgsco.site.pages import body_of, page, way
from lgsco.wording import site as wording
from lgsco.wording.reports import GROUP_CARE, MADE_BY, MOST_NAMES, NOT_HELD_MEANS, UNITS, councils_held, year_scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.model.reviews import AnnualReview
    from lgsco.model.years import ReportingYear
    from lgsco.site.figures import SiteFigures
    from lgsco.site.pages import SitePage

__all__ = ["group_page", "group_record", "groups_page"]


def group_page(figures: SiteFigures, group: AuthorityType, year: ReportingYear) -> SitePage:
    """Return the page of a group and year of which anything is held."""
    path = group_path(group, year)
    report = group_record(figures, group, year)
    body, pictures = body_of(report, path, figures.links, charts=figures.charts)
    return page(path, report.title, f"{body}\n{_other_years(figures, group, year, path)}", pictures)


def group_record(figures: SiteFigures, group: AuthorityType, year: ReportingYear) -> Report:
    """
    Report on a group and year.

    Where too little of it is held, the report has no totals, averages or charts, but lists what is held and missing.
    """
    reason = figures.insufficient_data(group, year)
    if reason is not None:
        return _coverage_report(figures, group, year, reason)
    report = group_report(figures.data, group, year)
    too_few = [figures.too_few_rates(group, year, measure) for measure in KEY_STATISTICS]
    coverage, totals, *sections = report.sections
    counts, rates = totals.tables
    rows = tuple(
        row if why is None else evolve(row, cells=(Absent(Missing.NOT_AVAILABLE, "too few held"), *row.cells[1:]))
        for row, why in zip(rates.rows, too_few, strict=True)
    )
    totals = evolve(totals, tables=(counts, evolve(rates, rows=rows)))
    # A chart of dots compares as a funnel does, so it needs as many councils.
    funnels = [evolve(section, charts=()) if why else section for section, why in zip(sections, too_few, strict=False)]
    *rest, care, sure = sections[len(funnels) :]
    missing, _ = _missing(figures, group, year)
    # The report on a group names only a few missing councils.
    if len(missing) > MOST_NAMES:
        rest.append(_missing_section(missing))
    return evolve(report, sections=(coverage, totals, *funnels, *rest, care, sure))


def _missing(figures: SiteFigures, group: AuthorityType, year: ReportingYear) -> tuple[list[str], int]:
    known = {review.authority for review in figures.by_group[group, year]}
    return missing_councils(group, year, known, figures.register)


def _missing_section(missing: Sequence[str]) -> Section:
    return Section("Councils without figures", paragraphs=(wording.names(missing),))


def _coverage_report(figures: SiteFigures, group: AuthorityType, year: ReportingYear, reason: str) -> Report:
    reviews = figures.by_group[group, year]
    missing, size = _missing(figures, group, year)
    coverage = (councils_held(len(reviews), size), wording.too_little_of_group(reason))
    sections = [Section("What we have figures for", paragraphs=coverage)]
    averages = figures.averages[group, year]
    if averages:
        sections.append(
            Section(
                "Averages",
                tables=(
                    Table(
                        f"Averages that the Ombudsman prints for {group.label}, {year}",
                        "Statistic",
                        columns=(Column("Average (Ombudsman's figure)", ColumnKind.PERCENT),),
                        rows=tuple(
                            Row(
                                measure.title,
                                (averages[measure].percent if measure in averages else NOT_HELD,),
                                marks=(measure.title,),
                            )
                            for measure in KEY_STATISTICS
                        ),
                    ),
                ),
            )
        )
    if reviews:
        sections.append(Section("Councils with figures", tables=(_by_name(reviews, group, year),)))
    if missing:
        sections.append(_missing_section(missing))
    return Report(
        f"{group.label}, {year}",
        scope=year_scope(group.label, year.start, year.end, of_group=True),
        units=UNITS,
        made_by=MADE_BY,
        sections=(*sections, Section("Read with care", items=(*GROUP_CARE[1:], NOT_HELD_MEANS))),
        notes=measure_notes() if averages or reviews else (),
        sources=distinct([*(review.source for review in reviews), *(item.source for item in averages.values())]),
    )


def _by_name(reviews: Sequence[AnnualReview], group: AuthorityType, year: ReportingYear) -> Table:
    return Table(
        f"The three statistics of {group.label}, {year}",
        "Council",
        columns=tuple(Column(measure.title, ColumnKind.RATE, marks=(measure.title,)) for measure in KEY_STATISTICS),
        rows=tuple(
            Row(review.authority.name, tuple(rate_cell(measure(review), measure) for measure in KEY_STATISTICS))
            for review in reviews
        ),
    )


def _other_years(figures: SiteFigures, group: AuthorityType, year: ReportingYear, path: str) -> str:
    links = "".join(
        f'<li><a href="{way(path, group_path(group, of_year))}">{html_text(f"{group.label}, {of_year}")}</a></li>'
        for (kind, of_year), _ in figures.groups()
        if kind is group and of_year != year
    )
    return f'<section class="lgsco"><h2>The group in other years</h2>\n<ul>{links}</ul></section>' if links else ""


def groups_page(figures: SiteFigures) -> SitePage:
    """Return the page with links to each group and year, and how much of it is held."""
    path = "groups.html"
    kinds = [kind for kind in AuthorityType if kind.is_comparison_group]
    years = sorted({year for _, year in figures.by_group}, reverse=True)
    header = "".join(f'<th scope="col">{html_text(kind.label)}</th>' for kind in kinds)
    rows = "\n".join(
        f'<tr><th scope="row">{year}</th>{"".join(_cell(figures, kind, year, path) for kind in kinds)}</tr>'
        for year in years
    )
    enough = [
        f"{kind.label}, {year}" for (kind, year), _ in figures.groups() if figures.insufficient_data(kind, year) is None
    ]
    body = (
        '<article class="lgsco"><h1>Groups and years</h1>\n'
        f"<p>{html_text(wording.GROUPS_INTRODUCTION)}</p>\n<p>{html_text(wording.groups_drawn(enough))}</p>\n"
        '<div class="lgsco-scroll" role="region" aria-labelledby="held" tabindex="0"><table>'
        '<caption id="held">How many councils of each group are held</caption>\n'
        f'<thead><tr><th scope="col">Year</th>{header}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div></article>'
    )
    return page(path, "Groups and years", body)


def _cell(figures: SiteFigures, group: AuthorityType, year: ReportingYear, path: str) -> str:
    reviews = figures.by_group.get((group, year))
    if reviews is None:
        return '<td><span class="lgsco-absent">none held</span></td>'
    words = f"{len(reviews)} of {figures.size(group, year)}"
    about = f'<span class="lgsco-hidden">{html_text(f"{group.label}, {year}")}</span>'
    return f'<td><a href="{way(path, group_path(group, year))}">{words} {about}</a></td>'
