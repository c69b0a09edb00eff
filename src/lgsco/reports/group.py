"""The report on all councils, or on one group of them, in one year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from lgsco._values import evolve
from lgsco.comparison.funnels import funnel
from lgsco.comparison.groups import year_of
from lgsco.documents.missing import Missing
from lgsco.model.authorities import AuthorityType, authority_order, comparison_group
from lgsco.model.cases import ServiceArea
from lgsco.model.measures import KEY_STATISTICS, uphold_rate
from lgsco.reports.cases import cases_sections
from lgsco.reports.dots import dot_chart
from lgsco.reports.elements import (
    Absent,
    Cell,
    Column,
    ColumnKind,
    Note,
    Report,
    Row,
    Section,
    Table,
    marks_in,
)
from lgsco.reports.funnels import funnel_section
from lgsco.reports.words import NOT_HELD, distinct, has_unavailable_cells, measure_notes, missing_councils, printed_for
from lgsco.stats.rates import pooled
from lgsco.wording import reports as wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lgsco.documents.figures import PrintedAverage
    from lgsco.model.authorities import Register
    from lgsco.model.cases import Decision, Investigation
    from lgsco.model.measures import ProportionMeasure
    from lgsco.model.reviews import AnnualReview
    from lgsco.model.tallies import DecisionTally, Overview
    from lgsco.model.years import ReportingYear
    from lgsco.reports.dots import DotOrder
    from lgsco.sources import Source

POOLED_NOTE = "pooled"
AVERAGES_NOTE = "average"
RECEIVED_NOTE = "received"
Groups = dict[AuthorityType, list["AnnualReview"]]


def group_report(  # noqa: PLR0913  # each is a part of the record that the caller may hold
    reviews: Iterable[AnnualReview],
    cases: Iterable[Decision | Investigation] = (),
    *,
    averages: Iterable[PrintedAverage] = (),
    cases_from: Source | None = None,
    order: DotOrder | Literal["name", "size", "rate"] = "name",
    register: Register | None = None,
) -> Report:
    """
    Report on the councils of one year, in one comparison group or in several.

    The report has totals by group, funnels of the three statistics (of several groups that of the uphold rate alone),
    complaints by service area and sections made from cases. It states how much of each group is held; where that is too
    little it has the councils by name instead of a funnel.

    Args:
        reviews: the counts of the councils, all of one year; those of one group for a report on that group.
        cases: for uphold rates by service area, public interest reports and recommendations by kind.
        averages: printed averages, of which those of these groups and this year are used.
        cases_from: the source of the cases.
        order: the order of councils in the chart of the uphold rate, by name, number of cases or rate.
        register: gives the comparison group of each council and the size of each group; without it the group follows
            from the type, and no size is known.

    Returns:
        The report.

    >>> import lgsco
    >>> from lgsco import published
    >>> from lgsco.reports import group_report
    >>> counties = published.reviews(lgsco.ReportingYear(2025), lgsco.AuthorityType.COUNTY_COUNCIL)
    >>> report = group_report(counties, averages=published.averages(), register=published.register())
    >>> print(report.title)
    County Councils, 2024-25
    >>> print(report.sections[0].paragraphs[0])
    Held: figures of 18 of the 21 councils of the group.

    Raises:
        EmptyInput: there are no reviews.
        NotComparable: the reviews are of more than one year, or one council is duplicated.
        InvalidValue: the order is not known.
        UnknownAuthority: an authority is not in the register.
    """
    ordered = sorted(reviews, key=lambda review: authority_order(review.authority))
    year = year_of(ordered)
    groups: Groups = {group: [] for group in AuthorityType if group.is_comparison_group}
    without_group: list[AnnualReview] = []
    for review in ordered:
        group = comparison_group(review.authority, register, year.end)
        (without_group if group is None else groups[group]).append(review)
    groups = {group: members for group, members in groups.items() if members}
    only = next(iter(groups)) if len(groups) == 1 and not without_group else None
    printed = tuple(averages)
    missing = {
        group: missing_councils(group, year, {review.authority for review in members}, register)
        for group, members in groups.items()
    }
    sections = (
        _coverage(groups, missing, without_group),
        _totals(groups, year, printed),
        *_by_council(groups, year, printed, order, register),
        *_received(ordered),
        *cases_sections(tuple(cases), year, cases_from),
    )
    names_missing = len(groups) == 1 and any(names for names, _ in missing.values())
    incomplete = has_unavailable_cells(sections) or names_missing
    care = (*wording.GROUP_CARE, *((wording.NOT_HELD_MEANS,) if incomplete else ()))
    sections = (*sections, Section("Read with care", items=care))
    marks = set(marks_in(table for section in sections for table in section.tables))
    whose = "English councils" if only is None else only.label
    return Report(
        f"{'All councils held' if only is None else only.label}, {year}",
        scope=wording.year_scope(whose, year.start, year.end, of_group=True),
        units=wording.UNITS,
        made_by=wording.MADE_BY,
        sections=sections,
        notes=tuple(note for note in _NOTES if note.mark in marks),
        sources=distinct(
            [
                *(review.source for review in ordered),
                *(average.source for group in groups for average in printed_for(printed, group, year).values()),
                cases_from,
            ]
        ),
    )


_NOTES = (
    *measure_notes(),
    Note(POOLED_NOTE, wording.POOLED_NOTE),
    Note(AVERAGES_NOTE, wording.AVERAGE_NOTE),
    Note(RECEIVED_NOTE, wording.RECEIVED_NOTE),
)


def _coverage(
    groups: Groups, missing: Mapping[AuthorityType, tuple[list[str], int]], without_group: Sequence[AnnualReview]
) -> Section:
    """State how many councils of each group are held, and of a single group also which are not."""
    sentences = []
    for group, members in groups.items():
        names, size = missing[group]
        sentences.append(wording.councils_held(len(members), size or None, group.label if len(groups) > 1 else None))
        if names and len(groups) == 1:
            sentences.append(wording.councils_not_held(names, size))
    if without_group:
        sentences.append(wording.in_no_group(review.authority.name for review in without_group))
    return Section("What is held", paragraphs=tuple(sentences))


def _totals(groups: Groups, year: ReportingYear, printed: Sequence[PrintedAverage]) -> Section:
    counts = Table(
        f"Complaints received and dealt with, {year}, by group, of the councils whose counts are held",
        "Group",
        columns=(
            Column("Councils held", ColumnKind.COUNT),
            Column("Complaints received", ColumnKind.COUNT),
            Column("by so many councils", ColumnKind.COUNT),
            Column("Complaints dealt with", ColumnKind.COUNT),
            Column("of so many councils", ColumnKind.COUNT),
        ),
        rows=tuple(_counts_row(group.label, members) for group, members in groups.items())
        or (_counts_row("None", []),),
    )
    if len(groups) == 1:
        ((group, members),) = groups.items()
        averages = printed_for(printed, group, year)
        rows = [
            _rates_row(measure.title, members, measure, averages, marks=(measure.title,)) for measure in KEY_STATISTICS
        ]
        rates = [_rates_table(f"The three statistics, {group.label}, {year}", "Statistic", rows)]
    else:
        rates = []
        for measure in KEY_STATISTICS if groups else ():
            rows = [
                _rates_row(group.label, members, measure, printed_for(printed, group, year))
                for group, members in groups.items()
            ]
            rates.append(_rates_table(f"{measure.title}, {year}, by group", "Group", rows, marks=(measure.title,)))
    return Section("Totals by group", tables=(counts, *rates))


def _rates_table(caption: str, stub: str, rows: Sequence[Row], marks: tuple[str, ...] = ()) -> Table:
    columns = (
        Column("Councils held", ColumnKind.RATE, marks=(POOLED_NOTE,)),
        Column("Number of councils", ColumnKind.COUNT),
        Column("Average as printed", ColumnKind.PERCENT, marks=(AVERAGES_NOTE,)),
    )
    return Table(caption, stub, columns=columns, rows=tuple(rows), marks=marks)


def _rates_row(
    heading: str,
    reviews: Sequence[AnnualReview],
    measure: ProportionMeasure,
    averages: Mapping[ProportionMeasure, PrintedAverage],
    marks: tuple[str, ...] = (),
) -> Row:
    average = averages.get(measure)
    return Row(heading, (*_pooled(reviews, measure), _NONE if average is None else average.percent), marks=marks)


_NONE = Absent(Missing.NOT_AVAILABLE, "none held")


def _counts_row(name: str, reviews: Sequence[AnnualReview]) -> Row:
    received = [review.received.total for review in reviews if review.received is not None]
    dealt = [overview.total for overview in map(_overview, reviews) if overview is not None]
    cells: list[Cell] = [len(reviews)]
    for totals in (received, dealt):
        known = [total for total in totals if total is not None]
        cells += [sum(known) if known else NOT_HELD, len(known)]
    return Row(name, tuple(cells))


def _overview(review: AnnualReview) -> Overview | DecisionTally | None:
    return review.decided if review.overview is None else review.overview


def _pooled(reviews: Sequence[AnnualReview], measure: ProportionMeasure) -> list[Cell]:
    rates = [rate for review in reviews if (rate := measure(review)) is not None]
    if not rates:
        return [NOT_HELD, 0]
    whole = pooled(rates)
    return [Absent(Missing.NOT_APPLICABLE, measure.nothing) if whole.value is None else whole, len(rates)]


def _by_council(
    groups: Groups,
    year: ReportingYear,
    printed: Sequence[PrintedAverage],
    order: DotOrder | Literal["name", "size", "rate"],
    register: Register | None,
) -> list[Section]:
    sections = []
    # Of several groups three funnels each would be more than anybody reads.
    shown: tuple[ProportionMeasure, ...] = KEY_STATISTICS if len(groups) == 1 else KEY_STATISTICS[:1]
    for group, members in groups.items():
        averages = printed_for(printed, group, year)
        for measure in shown:
            heading = measure.title if len(groups) == 1 else f"{measure.title} of {group.label}"
            rates = [rate for review in members if (rate := measure(review)) is not None]
            if not rates:
                sections.append(Section(heading, paragraphs=(wording.NO_RATE_HELD,)))
                continue
            section = funnel_section(heading, funnel(members, measure, register=register))
            if measure is uphold_rate and any(rate.denominator for rate in rates):
                dots = dot_chart(members, measure, order=order, average=averages.get(measure))
                section = evolve(section, charts=(*section.charts, dots))
            sections.append(section)
    return sections


def _received(reviews: Sequence[AnnualReview]) -> list[Section]:
    """Add up complaints by service area, each over the councils that state it."""
    tallies = [review.received for review in reviews if review.received is not None]
    if not tallies:
        return []
    rows = []
    for area in ServiceArea:
        counts = [count for received in tallies if (count := getattr(received, area.value)) is not None]
        rows.append(Row(area.label, (sum(counts) if counts else NOT_HELD, len(counts))))
    table = Table(
        f"Complaints received by service area, {reviews[0].year}, of the councils whose counts are held",
        "Service area",
        columns=(
            Column("Complaints", ColumnKind.COUNT, marks=(RECEIVED_NOTE,)),
            Column("of so many councils", ColumnKind.COUNT),
        ),
        rows=tuple(rows),
    )
    return [Section("What complaints are about", tables=(table,))]
