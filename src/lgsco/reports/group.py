"""The annual review: what is held of all councils, or of one group, in a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._text import number_of
from lgsco._values import evolve
from lgsco.comparison.funnels import funnel
from lgsco.comparison.groups import year_of
from lgsco.model.authorities import AuthorityType, authority_order, comparison_group
from lgsco.model.cases import ServiceArea
from lgsco.model.measures import KEY_STATISTICS, uphold_rate
from lgsco.reports.cases import cases_sections
from lgsco.reports.dots import dot_chart
from lgsco.reports.elements import (
    Absence,
    Absent,
    Cell,
    Column,
    ColumnKind,
    Note,
    Report,
    Row,
    Section,
    Table,
)
from lgsco.reports.funnels import funnel_section
from lgsco.reports.words import (
    MADE_BY,
    NOT_HELD,
    NOT_HELD_MEANS,
    UNITS,
    distinct,
    listed,
    marks_of,
    not_held,
    period,
    printed_for,
    says_not_held,
)
from lgsco.stats.rates import pooled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lgsco.documents.figures import PrintedAverage
    from lgsco.model.authorities import Register
    from lgsco.model.cases import Decision, Investigation
    from lgsco.model.measures import ProportionMeasure
    from lgsco.model.reviews import AnnualReview
    from lgsco.model.tallies import DecisionTally, Overview
    from lgsco.model.years import ReportingYear
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
    order: str = "name",
    register: Register | None = None,
) -> Report:
    """
    Report on all councils of one year that are held, or on one group of them: give the reviews of that group alone.

    Totals by group, funnels of the three statistics (of several groups that of the uphold rate alone), complaints by
    service area and, from ``cases``, uphold rates by service area, public interest reports and recommendations by kind.
    It says how much of each group is held, and where that is too little shows the councils by name instead of a funnel.
    Councils stand by name; ``order`` "size" or "rate" orders them in the picture of the uphold rate.

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
        NotComparable: the reviews are of more than one year, or one council stands in them twice.
        InvalidValue: the order is not known.
        UnknownAuthority: an authority is not in the register.
    """
    given = sorted(reviews, key=lambda review: authority_order(review.authority))
    year = year_of(given)
    groups: Groups = {kind: [] for kind in AuthorityType if kind.is_comparison_group}
    apart: list[AnnualReview] = []
    for review in given:
        group = comparison_group(review.authority, register, year.end)
        (apart if group is None else groups[group]).append(review)
    groups = {kind: held for kind, held in groups.items() if held}
    only = next(iter(groups)) if len(groups) == 1 and not apart else None
    printed = tuple(averages)
    sections = (
        _held(groups, apart, year, register),
        _totals(groups, year, printed),
        *_by_council(groups, year, printed, order, register),
        *_received(given),
        *cases_sections(tuple(cases), year, cases_from),
    )
    lacking = (NOT_HELD_MEANS,) if says_not_held(sections) else ()
    sections = (*sections, Section("Read with care", items=(*CARE, *lacking)))
    title = "All councils held" if only is None else only.label
    return Report(
        f"{title}, {year}",
        scope=f"Complaints about {'English councils' if only is None else only.label} that the Local Government and"
        f" Social Care Ombudsman decided, and the recommendations whose outcome it recorded, from {period(year)}, of"
        " those councils whose figures are held.",
        units=UNITS,
        made_by=MADE_BY,
        sections=sections,
        notes=tuple(note for note in _NOTES if note.mark in marks_of(sections)),
        sources=distinct(
            [
                *(review.source for review in given),
                *(each.source for kind in groups for each in printed_for(printed, kind, year).values()),
                cases_from,
            ]
        ),
    )


CARE = (
    "Totals and rates are of the councils held, not of all councils: those not held may differ.",
    "Councils stand by name. A position is no rank, and bare numbers do not prove a council good or bad.",
)
_NOTES = (
    *(Note(measure.title, f"Counts {measure.counted}, of {measure.over}.") for measure in KEY_STATISTICS),
    Note(POOLED_NOTE, "The cases of the councils held taken as one body of cases; their number is in brackets."),
    Note(AVERAGES_NOTE, "As the Ombudsman prints it for the group."),
    Note(RECEIVED_NOTE, "Of the councils whose complaints received are held by service area."),
)


def _held(groups: Groups, apart: Sequence[AnnualReview], year: ReportingYear, register: Register | None) -> Section:
    said = []
    for kind, held in groups.items():
        whose = "of the group" if len(groups) == 1 else f"of the {kind.label}"
        if register is None:
            said.append(f"Held: figures of {number_of(len(held), 'council')} {whose}.")
            continue
        all_of_it = register.in_group(kind, year.end)
        known = {review.authority for review in held}
        missing = [authority.name for authority in all_of_it if authority not in known]
        said.append(f"Held: figures of {len(held)} of the {len(all_of_it)} councils {whose}.")
        if missing and len(groups) == 1:
            said.append(not_held(missing, len(all_of_it)))
    if apart:
        names = listed(review.authority.name for review in apart)
        said.append(f"In no comparison group on the last day of the year: {names}.")
    return Section("What is held", paragraphs=tuple(said))


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
        rows=tuple(_counts_row(kind.label, held) for kind, held in groups.items()) or (_counts_row("None", []),),
    )
    if len(groups) == 1:
        ((kind, held),) = groups.items()
        averages = printed_for(printed, kind, year)
        rows = [
            _rates_row(measure.title, held, measure, averages, marks=(measure.title,)) for measure in KEY_STATISTICS
        ]
        rates = [_rates_table(f"The three statistics, {kind.label}, {year}", "Statistic", rows)]
    else:
        rates = []
        for measure in KEY_STATISTICS if groups else ():
            rows = [
                _rates_row(kind.label, held, measure, printed_for(printed, kind, year)) for kind, held in groups.items()
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
    held: Sequence[AnnualReview],
    measure: ProportionMeasure,
    averages: Mapping[ProportionMeasure, PrintedAverage],
    marks: tuple[str, ...] = (),
) -> Row:
    average = averages.get(measure)
    return Row(heading, (*_pooled(held, measure), _NONE if average is None else average.percent), marks=marks)


_NONE = Absent(Absence.NOT_AVAILABLE, "none held")


def _counts_row(name: str, held: Sequence[AnnualReview]) -> Row:
    received = [review.received.total for review in held if review.received is not None]
    dealt = [overview.total for overview in (_overview(review) for review in held) if overview is not None]
    cells: list[Cell] = [len(held)]
    for totals in (received, dealt):
        known = [total for total in totals if total is not None]
        cells += [sum(known) if known else NOT_HELD, len(known)]
    return Row(name, tuple(cells))


def _overview(review: AnnualReview) -> Overview | DecisionTally | None:
    return review.decided if review.overview is None else review.overview


def _pooled(held: Sequence[AnnualReview], measure: ProportionMeasure) -> list[Cell]:
    rates = [rate for review in held if (rate := measure(review)) is not None]
    if not rates:
        return [NOT_HELD, 0]
    whole = pooled(rates)
    return [Absent(Absence.NOT_APPLICABLE, measure.nothing) if whole.value is None else whole, len(rates)]


def _by_council(
    groups: Groups, year: ReportingYear, printed: Sequence[PrintedAverage], order: str, register: Register | None
) -> list[Section]:
    sections = []
    # Of several groups three funnels each would be more than anybody reads.
    shown: tuple[ProportionMeasure, ...] = KEY_STATISTICS if len(groups) == 1 else KEY_STATISTICS[:1]
    for kind, held in groups.items():
        averages = printed_for(printed, kind, year)
        of = "" if len(groups) == 1 else f" of {kind.label}"
        for measure in shown:
            known = [review for review in held if measure(review) is not None]
            if not known:
                sections.append(Section(f"{measure.title}{of}", paragraphs=("No council's rate is held.",)))
                continue
            section = funnel_section(f"{measure.title}{of}", funnel(held, measure, register=register))
            if measure is uphold_rate and any(rate.denominator for review in known if (rate := measure(review))):
                dots = dot_chart(held, measure, order=order, average=averages.get(measure))
                section = evolve(section, charts=(*section.charts, dots))
            sections.append(section)
    return sections


def _received(given: Sequence[AnnualReview]) -> list[Section]:
    """Add up complaints by service area; an area that any of these councils leaves out is not known in the sum."""
    held = [review.received for review in given if review.received is not None]
    if not held:
        return []
    rows = []
    for area in ServiceArea:
        counts = [count for received in held if (count := getattr(received, area.value)) is not None]
        rows.append(Row(area.label, (sum(counts) if counts else NOT_HELD, len(counts))))
    table = Table(
        f"Complaints received by service area, {given[0].year}, of the councils whose counts are held",
        "Service area",
        columns=(
            Column("Complaints", ColumnKind.COUNT, marks=(RECEIVED_NOTE,)),
            Column("of so many councils", ColumnKind.COUNT),
        ),
        rows=tuple(rows),
    )
    return [Section("What complaints are about", tables=(table,))]
