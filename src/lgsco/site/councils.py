"""The page of one council: its latest year in full, then the years before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._text import html_text
from lgsco._values import evolve
from lgsco.model.authorities import comparison_group
from lgsco.model.measures import KEY_STATISTICS
from lgsco.reports.cases import public_reports
from lgsco.reports.council import STATISTICS, council_report
from lgsco.reports.elements import Report, Section
from lgsco.reports.words import distinct
from lgsco.site.figures import group_path
from lgsco.site.pages import body_of, page, way
from lgsco.wording import site as wording
from lgsco.wording.phrases import date, listed
from lgsco.wording.reports import scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.model.authorities import Authority
    from lgsco.model.reviews import AnnualReview
    from lgsco.site.figures import SiteFigures
    from lgsco.site.pages import SitePage

__all__ = ["council_page", "council_record", "kind_of", "years_held"]


def council_page(figures: SiteFigures, authority: Authority) -> SitePage:
    """Return the page of a council of which figures are held."""
    path = figures.paths[authority]
    report = council_record(figures, authority)
    reviews = figures.by_council[authority]
    years = {f"{STATISTICS}, {review.year}": str(review.year) for review in reviews} if len(reviews) > 1 else {}
    body, pictures = body_of(report, path, figures.links, charts=figures.charts, contents=years)
    return page(path, report.title, f"{body}\n{_related(figures, authority, path)}", pictures)


def council_record(figures: SiteFigures, authority: Authority) -> Report:
    """
    Report on all figures of a council.

    The latest year comes first, with similar authorities and the series of years; the years before follow.
    """
    *before, last = figures.by_council[authority]
    newest = _of_year(figures, last, peers=figures.by_year[last.year], history=before)
    statistics, care, similar, years, *counts = newest.sections
    sections = [_with_year(statistics, last), care, similar, years, *(_with_year(section, last) for section in counts)]
    cautions = set(care.items)
    reports = [newest]
    for review in reversed(before):
        report = _of_year(figures, review)
        reports.append(report)
        statistics, care, _, _, *counts = report.sections
        if all(measure(review) is None for measure in KEY_STATISTICS):
            words = (wording.no_statistic_held(str(review.year)),)
            sections.append(_with_year(Section(statistics.heading, paragraphs=words), review))
        else:
            # Cautions of the latest year are not repeated. The chart of the years shows these rates.
            items = tuple(item for item in care.items if item not in cautions)
            sections.append(evolve(_with_year(statistics, review), items=items, charts=()))
        sections += [_with_year(section, review) for section in counts]
    sections += _public_reports(figures, authority)
    notes = {note.mark: note for report in reversed(reports) for note in report.notes}
    return Report(
        authority.name,
        scope=scope(str(authority), wording.council_years(years_held(figures.by_council[authority]))),
        units=newest.units,
        made_by=newest.made_by,
        sections=tuple(sections),
        notes=tuple(notes[mark] for mark in dict.fromkeys(note.mark for report in reports for note in report.notes)),
        sources=distinct(
            [
                *(source for report in reports for source in report.sources),
                figures.cases_from if authority in figures.cases_of else None,
            ]
        ),
    )


def years_held(reviews: Sequence[AnnualReview]) -> str:
    """Return the years of some reviews as a list in words."""
    return listed(str(review.year) for review in reviews)


def _of_year(
    figures: SiteFigures,
    review: AnnualReview,
    *,
    peers: Sequence[AnnualReview] = (),
    history: Sequence[AnnualReview] = (),
) -> Report:
    return council_report(
        review,
        peers,
        history,
        averages=figures.averages,
        printed=figures.as_printed.get((review.authority, review.year), ()),
        register=figures.register,
    )


def _with_year(section: Section, review: AnnualReview) -> Section:
    return evolve(section, heading=f"{section.heading}, {review.year}")


def _public_reports(figures: SiteFigures, authority: Authority) -> list[Section]:
    """Return the public interest reports among the cases, of any year."""
    cases = figures.cases_of.get(authority, [])
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
    for review in reversed(figures.by_council[authority]):
        group = comparison_group(authority, figures.register, review.year.end)
        if group is not None:
            end = way(path, group_path(group, review.year))
            items.append(f'<a href="{end}">{html_text(f"{group.label}, {review.year}")}</a>')
    listing = "".join(f"<li>{item}</li>" for item in items)
    return f'<section class="lgsco"><h2>The council and its group</h2>\n<ul>{listing}</ul></section>'


def _linked(figures: SiteFigures, authority: Authority, path: str) -> str:
    name = html_text(authority.name)
    end = figures.paths.get(authority)
    return name if end is None else f'<a href="{html_text(way(path, end))}">{name}</a>'
