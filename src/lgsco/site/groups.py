"""The page of one group and year, and the page that leads to all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._text import html_text
from lgsco._values import evolve
from lgsco.documents.missing import Missing
from lgsco.model.authorities import AuthorityType
from lgsco.model.measures import KEY_STATISTICS
from lgsco.reports.elements import (
    Absent,
    Column,
    ColumnKind,
    Note,
    Report,
    Row,
    Section,
    Table,
)
from lgsco.reports.group import CARE, group_report
from lgsco.reports.words import MADE_BY, NOT_HELD_MEANS, UNITS, distinct, listed, period, printed_for, rate_cell
from lgsco.site.held import group_path
from lgsco.site.pages import body_of, page, way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.model.reviews import AnnualReview
    from lgsco.model.years import ReportingYear
    from lgsco.site.held import Held
    from lgsco.site.pages import SitePage

__all__ = ["group_page", "group_record", "groups_page"]


def group_page(held: Held, group: AuthorityType, year: ReportingYear) -> SitePage:
    """Give the page of a group and year of which anything is held."""
    path = group_path(group, year)
    report = group_record(held, group, year)
    body, pictures = body_of(report, path, held.links, charts=held.charts)
    return page(path, report.title, f"{body}\n{_other_years(held, group, year, path)}", pictures)


def group_record(held: Held, group: AuthorityType, year: ReportingYear) -> Report:
    """
    Report on a group and year.

    Where too little of it is held there are no totals, averages or pictures, but what is held and what is missing.
    """
    reviews = held.by_group[group, year]
    why = held.insufficient_data(group, year)
    if why is not None:
        return _what_is_held(held, group, year, why)
    report = group_report(reviews, averages=held.averages, register=held.register)
    too_few = [held.too_few_rates(group, year, measure) for measure in KEY_STATISTICS]
    what, totals, *others = report.sections
    counts, rates = totals.tables
    rows = tuple(
        row if few is None else evolve(row, cells=(Absent(Missing.NOT_AVAILABLE, "too few held"), *row.cells[1:]))
        for row, few in zip(rates.rows, too_few, strict=True)
    )
    totals = evolve(totals, tables=(counts, evolve(rates, rows=rows)))
    # A picture of dots compares as a funnel does, so it needs as many councils.
    funnels = [evolve(one, charts=()) if few else one for one, few in zip(others, too_few, strict=False)]
    *rest, care = others[len(funnels) :]
    missing = _missing(held, group, year)
    # Of many a report says only how many they are.
    if missing and not any(missing[0] in words for words in what.paragraphs):
        rest.append(_named(missing))
    return evolve(report, sections=(what, totals, *funnels, *rest, care))


def _missing(held: Held, group: AuthorityType, year: ReportingYear) -> list[str]:
    known = {review.authority for review in held.by_group[group, year]}
    return sorted(one.name for one in held.register.in_group(group, year.end) if one not in known)


def _named(missing: Sequence[str]) -> Section:
    return Section("Councils not held", paragraphs=(f"{listed(missing)}.",))


def _what_is_held(held: Held, group: AuthorityType, year: ReportingYear, why: str) -> Report:
    reviews = held.by_group[group, year]
    size = held.size(group, year)
    missing = _missing(held, group, year)
    said = [
        f"Held: figures of {len(reviews)} of the {size} councils of the group.",
        f"That is too little to draw the group or to compute an average of it: {why}.",
    ]
    sections = [Section("What is held", paragraphs=tuple(said))]
    averages = printed_for(held.averages, group, year)
    if averages:
        sections.append(
            Section(
                "Averages as printed",
                tables=(
                    Table(
                        f"Averages that the Ombudsman prints for {group.label}, {year}",
                        "Statistic",
                        columns=(Column("Average as printed", ColumnKind.PERCENT),),
                        rows=tuple(
                            Row(
                                measure.title,
                                (
                                    averages[measure].percent
                                    if measure in averages
                                    else Absent(Missing.NOT_AVAILABLE, "none held"),
                                ),
                                marks=(measure.title,),
                            )
                            for measure in KEY_STATISTICS
                        ),
                    ),
                ),
            )
        )
    if reviews:
        sections.append(Section("Councils held", tables=(_by_name(reviews, group, year),)))
    if missing:
        sections.append(_named(missing))
    return Report(
        f"{group.label}, {year}",
        scope=f"Complaints about {group.label} that the Local Government and Social Care Ombudsman decided, and the"
        f" recommendations whose outcome it recorded, from {period(year)}, of those councils whose figures are held.",
        units=UNITS,
        made_by=MADE_BY,
        sections=(*sections, Section("Read with care", items=(*CARE[1:], NOT_HELD_MEANS))),
        notes=tuple(Note(one.title, f"Counts {one.counted}, of {one.over}.") for one in KEY_STATISTICS)
        if averages or reviews
        else (),
        sources=distinct([*(one.source for one in reviews), *(one.source for one in averages.values())]),
    )


def _by_name(reviews: Sequence[AnnualReview], group: AuthorityType, year: ReportingYear) -> Table:
    return Table(
        f"The three statistics of those {group.label} that are held, {year}, by name",
        "Council",
        columns=tuple(Column(one.title, ColumnKind.RATE, marks=(one.title,)) for one in KEY_STATISTICS),
        rows=tuple(
            Row(review.authority.name, tuple(rate_cell(review, measure) for measure in KEY_STATISTICS))
            for review in reviews
        ),
    )


def _other_years(held: Held, group: AuthorityType, year: ReportingYear, path: str) -> str:
    others = [one for (kind, one), _ in held.groups() if kind is group and one != year]
    links = "".join(
        f'<li><a href="{way(path, group_path(group, other))}">{html_text(f"{group.label}, {other}")}</a></li>'
        for other in others
    )
    return f'<section class="lgsco"><h2>The group in other years</h2>\n<ul>{links}</ul></section>' if others else ""


def groups_page(held: Held) -> SitePage:
    """Give the page that leads to each group and year, and says how much of it is held."""
    path = "groups.html"
    kinds = [kind for kind in AuthorityType if kind.is_comparison_group]
    years = sorted({year for _, year in held.by_group}, reverse=True)
    header = "".join(f'<th scope="col">{html_text(kind.label)}</th>' for kind in kinds)
    rows = "\n".join(
        f'<tr><th scope="row">{year}</th>{"".join(f"<td>{_cell(held, kind, year, path)}</td>" for kind in kinds)}</tr>'
        for year in years
    )
    enough = [
        f"{kind.label}, {year}" for (kind, year), _ in held.groups() if held.insufficient_data(kind, year) is None
    ]
    drawn = f"Enough is held of {listed(enough)}." if enough else "Of no group is enough held."
    body = (
        '<article class="lgsco"><h1>Groups and years</h1>\n'
        "<p>The Ombudsman compares a council with those of its group: county councils, district councils, metropolitan"
        " boroughs, unitary councils and London boroughs. The City of London and the Isles of Scilly stand in none,"
        " since none is published for them.</p>\n"
        "<p>Where figures of fewer than five councils are held, or of less than half of a group, its page says what is"
        f" held and what is missing, and draws nothing. {html_text(drawn)}</p>\n"
        '<div class="lgsco-scroll" role="region" aria-labelledby="held" tabindex="0"><table>'
        '<caption id="held">How many councils of each group are held</caption>\n'
        f'<thead><tr><th scope="col">Year</th>{header}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div></article>'
    )
    return page(path, "Groups and years", body)


def _cell(held: Held, group: AuthorityType, year: ReportingYear, path: str) -> str:
    reviews = held.by_group.get((group, year))
    if reviews is None:
        return '<span class="lgsco-absent">none held</span>'
    words = f"{len(reviews)} of {held.size(group, year)}"
    about = f'<span class="lgsco-hidden">{html_text(f"{group.label}, {year}")}</span>'
    return f'<a href="{way(path, group_path(group, year))}">{words} {about}</a>'
