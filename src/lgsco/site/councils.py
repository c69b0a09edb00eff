"""The page of one council: its last year held in full, and the others after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._text import html_text, long_date
from lgsco._values import evolve
from lgsco.model.authorities import comparison_group
from lgsco.model.measures import KEY_STATISTICS
from lgsco.reports.cases import public_reports
from lgsco.reports.council import STATISTICS, council_report
from lgsco.reports.elements import Report, Section
from lgsco.reports.words import distinct, listed
from lgsco.site.held import group_path
from lgsco.site.pages import body_of, page, way

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from lgsco.model.authorities import Authority
    from lgsco.model.reviews import AnnualReview
    from lgsco.site.held import Held
    from lgsco.site.pages import SitePage

__all__ = ["council_page", "council_record", "kind_of", "years_held"]


def council_page(held: Held, authority: Authority) -> SitePage:
    """Give the page of a council of which figures are held."""
    path = held.paths[authority]
    report = council_record(held, authority)
    reviews = held.by_council[authority]
    years = {f"{STATISTICS}, {review.year}": str(review.year) for review in reviews} if len(reviews) > 1 else {}
    body, pictures = body_of(report, path, held.links, charts=held.charts, contents=years)
    return page(path, report.title, f"{body}\n{_related(held, authority, path)}", pictures)


def council_record(held: Held, authority: Authority) -> Report:
    """
    Report on all that is held of a council.

    The last year stands first, with similar authorities and the years; what is held of each year before comes after it.
    """
    *before, last = held.by_council[authority]
    newest = _of_year(held, last, peers=held.by_year[last.year], history=before)
    statistics, care, similar, years, *counts = newest.sections
    sections = [_with_year(statistics, last), care, similar, years, *(_with_year(one, last) for one in counts)]
    said = set(care.items)
    reports = [newest]
    for review in reversed(before):
        report = _of_year(held, review)
        reports.append(report)
        statistics, care, _, _, *counts = report.sections
        if all(measure(review) is None for measure in KEY_STATISTICS):
            words = (f"None of the three statistics is held for {review.year}.",)
            sections.append(_with_year(Section(statistics.heading, paragraphs=words), review))
        else:
            # What is the same every year has been said. The chart of the years shows these rates.
            items = tuple(item for item in care.items if item not in said)
            sections.append(evolve(_with_year(statistics, review), items=items, charts=()))
        sections += [_with_year(one, review) for one in counts]
    sections += _public_reports(held, authority)
    notes = {note.mark: note for report in reversed(reports) for note in report.notes}
    return Report(
        authority.name,
        scope=f"Complaints about {authority} that the Local Government and Social Care Ombudsman decided, and the"
        f" recommendations whose outcome it recorded, in the years held: {years_held(held.by_council[authority])}.",
        units=newest.units,
        made_by=newest.made_by,
        sections=tuple(sections),
        notes=tuple(notes[mark] for mark in dict.fromkeys(note.mark for report in reports for note in report.notes)),
        sources=distinct(
            [
                *(source for report in reports for source in report.sources),
                held.cases_from if authority in held.cases_of else None,
            ]
        ),
    )


def years_held(reviews: Sequence[AnnualReview]) -> str:
    """Name the years of which figures are held."""
    return listed(str(review.year) for review in reviews)


def _of_year(
    held: Held, review: AnnualReview, *, peers: Sequence[AnnualReview] = (), history: Sequence[AnnualReview] = ()
) -> Report:
    return council_report(
        review,
        peers,
        history,
        averages=held.averages,
        printed=held.as_printed.get((review.authority, review.year), ()),
        register=held.register,
    )


def _with_year(section: Section, review: AnnualReview) -> Section:
    return evolve(section, heading=f"{section.heading}, {review.year}")


def _public_reports(held: Held, authority: Authority) -> list[Section]:
    """List the public interest reports that are held, of any year."""
    cases = held.cases_of.get(authority, [])
    if cases:
        return public_reports(cases)
    words = "None is held here, which does not say that there was none: the Ombudsman lists them on the council's page."
    return [Section("Public interest reports", paragraphs=(words,))]


def kind_of(authority: Authority) -> str:
    """
    Say what kind of council it is.

    >>> from lgsco import Authority, AuthorityType
    >>> kind_of(Authority("City of London Corporation", AuthorityType.CITY_CORPORATION))
    'city corporation'
    """
    return authority.type.value.replace("_", " ")


def _related(held: Held, authority: Authority, path: str) -> str:
    entry = held.register.entry(authority)
    facts = [kind_of(authority).capitalize()]
    if entry.region is not None:
        facts.append(entry.region)
    if authority.code is not None:
        facts.append(f"ONS code {authority.code}")
    items = [html_text("; ".join(facts))]
    if entry.start is not None:
        items.append(f"In being from {_day(entry.start)}")
    if entry.end is not None:
        items.append(f"Abolished on {_day(entry.end)}")
    for words, others in (("After it", entry.successors), ("Before it", entry.predecessors)):
        if others:
            items.append(f"{words}: {listed(_linked(held, other, path) for other in others)}")
    for review in reversed(held.by_council[authority]):
        group = comparison_group(authority, held.register, review.year.end)
        if group is not None:
            end = way(path, group_path(group, review.year))
            items.append(f'<a href="{end}">{html_text(f"{group.label}, {review.year}")}</a>')
    listing = "".join(f"<li>{item}</li>" for item in items)
    return f'<section class="lgsco"><h2>The council and its group</h2>\n<ul>{listing}</ul></section>'


def _day(day: dt.date) -> str:
    return long_date(day.year, day.month, day.day)


def _linked(held: Held, authority: Authority, path: str) -> str:
    name = html_text(authority.name)
    end = held.paths.get(authority)
    return name if end is None else f'<a href="{html_text(way(path, end))}">{name}</a>'
