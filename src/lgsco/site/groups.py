"""The page of one group and year, and the page with links to all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._text import html_text
from lgsco._values import evolve
from lgsco.documents.missing import Missing
from lgsco.model.authorities import AuthorityType
from lgsco.model.measures import KEY_STATISTICS, uphold_rate
from lgsco.reports.beside import side_by_side
from lgsco.reports.cards import newest_date
from lgsco.reports.elements import Absent, Column, ColumnKind, Report, Row, Section, Table
from lgsco.reports.group import group_report
from lgsco.reports.words import NOT_HELD, distinct, measure_notes, missing_councils
from lgsco.site.figures import group_path
from lgsco.site.pages import body_of, page, way
from lgsco.wording import site as wording
from lgsco.wording.comparisons import small
from lgsco.wording.reports import (
    GROUP_CARE,
    MADE_BY,
    MOST_NAMES,
    NOT_HELD_MEANS,
    SIDE_BY_SIDE,
    UNITS,
    councils_held,
    group_heading,
    year_scope,
)
from lgsco.wording.reports import side_by_side as side_by_side_caption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.model.years import ReportingYear
    from lgsco.site.figures import SiteFigures
    from lgsco.site.pages import PageText


def group_page(figures: SiteFigures, group: AuthorityType, year: ReportingYear, report: Report) -> PageText:
    """Return the page of a group and year of which anything is held."""
    path = group_path(group, year)
    body, pictures = body_of(report, figures.links, charts=figures.charts, files=path)
    whole = f"{body}\n{_other_years(figures, group, year, path)}"
    return page(path, report.title, whole, pictures, as_at=report.as_at)


def group_record(figures: SiteFigures, group: AuthorityType, year: ReportingYear) -> Report:
    """
    Report on a group and year.

    Where too little of it is held, the report has no totals, averages or charts, but lists what is held and missing.
    """
    reason = figures.insufficient_data(group, year)
    if reason is not None:
        return _coverage_report(figures, group, year, reason)
    report = group_report(figures.data, group, year, as_at=figures.as_at)
    too_few = [figures.too_few_rates(group, year, measure) for measure in KEY_STATISTICS]
    coverage, totals, beside, *sections = report.sections
    counts, rates = totals.tables
    rows = tuple(
        row if why is None else evolve(row, cells=(Absent(Missing.NOT_AVAILABLE, "too few held"), *row.cells[1:]))
        for row, why in zip(rates.rows, too_few, strict=True)
    )
    totals = evolve(totals, tables=(counts, evolve(rates, rows=rows)))
    # One funnel is what people read; the other statistics are among the dots. Of many councils the funnel is enough.
    funnels = [
        evolve(section, charts=section.charts[: not why and number == 0])
        for number, (section, why) in enumerate(zip(sections, too_few, strict=False))
    ]
    if len(beside.tables[0].rows) > _MANY:
        beside = evolve(beside, charts=beside.charts[: too_few[0] is not None])
    *rest, care, sure = sections[len(funnels) :]
    missing, _ = _missing(figures, group, year)
    # The report on a group names only a few missing councils.
    if len(missing) > MOST_NAMES:
        rest.append(_missing_section(missing))
    return evolve(report, sections=(coverage, totals, beside, *funnels, *rest, care, sure))


_MANY = 60


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
        sections.append(
            side_by_side(
                figures.data,
                [review.authority for review in reviews],
                year,
                heading=SIDE_BY_SIDE,
                caption=side_by_side_caption(group.label, str(year)),
                averages=averages,
            )
        )
    if missing:
        sections.append(_missing_section(missing))
    sources = distinct([*(review.source for review in reviews), *(item.source for item in averages.values())])
    return Report(
        f"{group.label}, {year}",
        scope=year_scope(small(group.label), year.start, year.end, of_group=True),
        units=UNITS,
        made_by=MADE_BY,
        sections=(*sections, Section("Read with care", items=(*GROUP_CARE[1:], NOT_HELD_MEANS))),
        notes=measure_notes() if averages else (),
        heading=group_heading(group.label, str(year)),
        sources=sources,
        as_at=figures.as_at or newest_date(sources),
    )


def _other_years(figures: SiteFigures, group: AuthorityType, year: ReportingYear, path: str) -> str:
    links = "".join(
        f'<li><a href="{way(path, group_path(group, of_year))}">{html_text(f"{group.label}, {of_year}")}</a></li>'
        for (kind, of_year), _ in figures.groups()
        if kind is group and of_year != year
    )
    return f'<section class="lgsco"><h2>The group in other years</h2>\n<ul>{links}</ul></section>' if links else ""


def groups_page(figures: SiteFigures) -> PageText:
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
        f"{kind.label}, {year}"
        for (kind, year), reviews in figures.groups()
        if reviews and figures.too_few_rates(kind, year, uphold_rate) is None
    ]
    body = (
        '<article class="lgsco"><h1>Groups and years</h1>\n'
        f"<p>{html_text(wording.GROUPS_INTRODUCTION)}</p>\n<p>{html_text(wording.groups_drawn(enough))}</p>\n"
        '<div class="lgsco-scroll"><table>'
        f"<caption>{html_text(wording.GROUPS_CAPTION)}</caption>\n"
        f'<thead><tr><th scope="col">Year</th>{header}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div></article>'
    )
    return page(path, "Groups and years", body, as_at=figures.date)


def _cell(figures: SiteFigures, group: AuthorityType, year: ReportingYear, path: str) -> str:
    reviews = figures.by_group.get((group, year))
    if reviews is None:
        return f'<td data-label="{html_text(group.label)}"><span class="lgsco-absent">none held</span></td>'
    rates = sum(uphold_rate(review) is not None for review in reviews)
    words = wording.coverage_of(len(reviews), rates, figures.size(group, year))
    about = f'<span class="lgsco-hidden">{html_text(f"{group.label}, {year}")}</span>'
    link = f'<a href="{way(path, group_path(group, year))}">{words} {about}</a>'
    return f'<td data-label="{html_text(group.label)}">{link}</td>'
