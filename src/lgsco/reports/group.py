"""The report on all councils, or on one group of them, in one year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from lgsco._values import choice_of, evolve
from lgsco.comparison.funnels import funnel
from lgsco.dataset import reporting_year
from lgsco.documents.missing import Missing
from lgsco.errors import EmptyInput
from lgsco.model.authorities import AuthorityType, AuthorityTypeLike, comparison_group
from lgsco.model.cases import ServiceArea
from lgsco.model.measures import KEY_STATISTICS
from lgsco.reports.beside import side_by_side
from lgsco.reports.cards import newest_date
from lgsco.reports.cases import LIST_OF_CASES, cases_sections
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
from lgsco.reports.words import (
    NOT_HELD,
    averages_of,
    distinct,
    has_unavailable_cells,
    measure_notes,
    missing_councils,
)
from lgsco.stats.rates import pooled
from lgsco.wording import reports as wording
from lgsco.wording.comparisons import small
from lgsco.wording.phrases import with_intervals

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from lgsco.dataset import Dataset, YearLike
    from lgsco.documents.figures import PrintedAverage
    from lgsco.model.authorities import Register
    from lgsco.model.measures import ProportionMeasure
    from lgsco.model.reviews import AnnualReview
    from lgsco.model.tallies import DecisionTally, Overview
    from lgsco.model.years import ReportingYear
    from lgsco.reports.dots import DotOrder
    from lgsco.sources import Source
    from lgsco.stats.suppression import SuppressionPolicyLike

POOLED_NOTE = "pooled"
AVERAGES_NOTE = "average"
RECEIVED_NOTE = "received"
Groups: TypeAlias = "dict[AuthorityType, list[AnnualReview]]"
Averages: TypeAlias = "Mapping[AuthorityType, Mapping[ProportionMeasure, PrintedAverage]]"


def group_report(  # noqa: PLR0913  # each is a choice of the reader of a report
    data: Dataset,
    group: AuthorityTypeLike | None,
    year: YearLike,
    *,
    order: DotOrder | Literal["name", "size", "rate"] = "name",
    cases_from: Source | None = None,
    suppression: SuppressionPolicyLike = "off",
    as_at: dt.date | None = None,
) -> Report:
    """
    Report on the councils of one year, in one comparison group or in all.

    The report has totals by group, funnels of the three statistics (of all groups that of the uphold rate alone),
    complaints by service area and sections made from cases. It states for how much of each group there are figures;
    where that is too little it has the councils by name instead of a funnel.

    Args:
        data: all that is known; of its cases those of the councils and the year are used.
        group: a comparison group or its name; ``None`` for all councils.
        year: a ReportingYear or its name.
        order: the order of councils in the charts of rates, by name, number of cases or rate.
        cases_from: the source of the cases.
        suppression: as of ``council_report``.
        as_at: the same.

    Returns:
        The report.

    >>> from lgsco import published
    >>> from lgsco.reports import group_report
    >>> report = group_report(published.dataset(), "county_council", "2024-25")
    >>> print(report.title)
    County Councils, 2024-25
    >>> print(report.sections[0].paragraphs[0])
    We have figures for 18 of the 21 councils of the group.

    Raises:
        EmptyInput: there are no counts of any of these councils in the year.
        InvalidValue: the group, the year, the order, the suppression or the date is refused.
    """
    in_year = reporting_year(year)
    only = None if group is None else choice_of("group", group, AuthorityType)
    reviews = data.reviews(year=in_year, group=only)
    if not reviews:
        raise EmptyInput(f"there are no figures of these councils for {in_year}")
    groups: Groups = {kind: [] for kind in AuthorityType if kind.is_comparison_group}
    without_group: list[AnnualReview] = []
    for review in reviews:
        kind = comparison_group(review.authority, data.register, in_year.end)
        (without_group if kind is None else groups[kind]).append(review)
    groups = {kind: members for kind, members in groups.items() if members}
    averages = {kind: averages_of(data, kind, in_year) for kind in groups}
    missing = {
        kind: missing_councils(kind, in_year, {review.authority for review in members}, data.register)
        for kind, members in groups.items()
    }
    councils = {review.authority for review in reviews}
    if only is not None:
        councils |= set(data.register.in_group(only, in_year.end))
    cases = tuple(case for case in data.cases if only is None or case.decision.authority in councils)
    from_cases = cases_sections(cases, in_year, cases_from, suppression=suppression)
    sections = (
        _coverage(groups, missing, without_group),
        _totals(groups, in_year, averages),
        *_beside(data, groups, in_year, averages, order),
        *_by_council(groups, averages, order, data.register),
        *_received(reviews),
        *from_cases,
    )
    names_missing = len(groups) == 1 and any(names for names, _ in missing.values())
    incomplete = has_unavailable_cells(sections) or names_missing
    care = (*wording.GROUP_CARE, *((wording.NOT_HELD_MEANS,) if incomplete else ()))
    sections = (
        *sections,
        Section(wording.CARE, items=care),
        Section(wording.HOW_SURE, paragraphs=(wording.CHANCE, wording.RANGE_NOTE)),
    )
    sources = distinct(
        [
            *(review.source for review in reviews),
            *(average.source for of_group in averages.values() for average in of_group.values()),
            (cases_from or LIST_OF_CASES) if from_cases else None,
        ]
    )
    marks = set(marks_in(table for section in sections for table in section.tables))
    return Report(
        f"{'All councils we have figures for' if only is None else only.label}, {in_year}",
        scope=wording.year_scope(
            "English councils" if only is None else small(only.label), in_year.start, in_year.end, of_group=True
        ),
        units=wording.UNITS,
        made_by=wording.MADE_BY,
        sections=sections,
        notes=tuple(note for note in _NOTES if note.mark in marks),
        sources=sources,
        heading=None if only is None else wording.group_heading(only.label, str(in_year)),
        as_at=as_at or newest_date(sources),
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
    return Section("What we have figures for", paragraphs=tuple(sentences))


def _totals(groups: Groups, year: ReportingYear, averages: Averages) -> Section:
    counts = Table(
        f"Complaints received and dealt with, {year}, by group, of the councils whose counts are known",
        "Group",
        columns=(
            Column("Councils with figures", ColumnKind.COUNT),
            Column("Complaints received", ColumnKind.COUNT),
            Column("Councils that state complaints received", ColumnKind.COUNT),
            Column("Complaints dealt with", ColumnKind.COUNT),
            Column("Councils that state complaints dealt with", ColumnKind.COUNT),
        ),
        rows=tuple(_counts_row(group.label, members) for group, members in groups.items())
        or (_counts_row("None", []),),
    )
    if len(groups) == 1:
        ((group, members),) = groups.items()
        rows = [
            _rates_row(measure.title, members, measure, averages[group], marks=(measure.title,))
            for measure in KEY_STATISTICS
        ]
        rates = [_rates_table(f"The three statistics, {group.label}, {year}", "Statistic", rows)]
    else:
        rates = []
        for measure in KEY_STATISTICS if groups else ():
            rows = [_rates_row(group.label, members, measure, averages[group]) for group, members in groups.items()]
            rates.append(_rates_table(f"{measure.title}, {year}, by group", "Group", rows, marks=(measure.title,)))
    return Section("Totals by group", tables=(counts, *rates))


def _rates_table(caption: str, stub: str, rows: Sequence[Row], marks: tuple[str, ...] = ()) -> Table:
    columns = (
        Column("Councils with figures", ColumnKind.RATE, marks=(POOLED_NOTE,)),
        Column("Number of councils", ColumnKind.COUNT),
        Column("Average (Ombudsman's figure)", ColumnKind.PERCENT, marks=(AVERAGES_NOTE,)),
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
    return Row(heading, (*_pooled(reviews, measure), NOT_HELD if average is None else average.percent), marks=marks)


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
    averages: Averages,
    order: DotOrder | Literal["name", "size", "rate"],
    register: Register,
) -> list[Section]:
    sections = []
    # Of several groups three funnels each would be more than anybody reads.
    shown: tuple[ProportionMeasure, ...] = KEY_STATISTICS if len(groups) == 1 else KEY_STATISTICS[:1]
    for group, members in groups.items():
        for measure in shown:
            whose = f"{measure.title} of {small(group.label)}"
            heading = measure.title if len(groups) == 1 else whose
            rates = [rate for review in members if (rate := measure(review)) is not None]
            if not rates:
                sections.append(Section(heading, paragraphs=(wording.NO_RATE_HELD,)))
                continue
            drawn = funnel(members, measure, register=register)
            # Of one group the first section names the councils without figures.
            section = funnel_section(heading, drawn, register=register, names_missing=len(groups) > 1)
            if len(groups) > 1 and any(rate.denominator for rate in rates):
                dots = dot_chart(members, measure, order=order, average=averages[group].get(measure))
                titled = evolve(dots, title=with_intervals(f"{whose}, {members[0].year}"))
                section = evolve(section, charts=(*section.charts, titled))
            sections.append(section)
    return sections


def _beside(
    data: Dataset,
    groups: Groups,
    year: ReportingYear,
    averages: Averages,
    order: DotOrder | Literal["name", "size", "rate"],
) -> list[Section]:
    """Return the councils of a single group side by side."""
    if len(groups) != 1:
        return []
    ((group, members),) = groups.items()
    return [
        side_by_side(
            data,
            [review.authority for review in members],
            year,
            heading=wording.SIDE_BY_SIDE,
            whose=small(group.label),
            caption=wording.side_by_side(group.label, str(year)),
            order=order,
            averages=averages[group],
        )
    ]


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
        f"Complaints received by service area, {reviews[0].year}, of the councils whose counts are known",
        "Service area",
        columns=(
            Column("Complaints", ColumnKind.COUNT, marks=(RECEIVED_NOTE,)),
            Column("Councils that state them", ColumnKind.COUNT),
        ),
        rows=tuple(rows),
    )
    return [Section("What complaints are about", tables=(table,))]
