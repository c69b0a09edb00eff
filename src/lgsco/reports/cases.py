"""What only cases can tell: rates by service area, public interest reports, recommendations."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from lgsco._text import long_date, number_of
from lgsco.documents.missing import Missing
from lgsco.errors import EmptyInput
from lgsco.model.authorities import authority_order
from lgsco.model.cases import Decision, Investigation, RecommendationKind, ServiceArea
from lgsco.model.counting import tally_investigations
from lgsco.model.measures import uphold_rate
from lgsco.model.years import ReportingYear
from lgsco.reports.elements import (
    Absent,
    Amount,
    Break,
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Point,
    Row,
    Section,
    Table,
)
from lgsco.reports.words import NOT_HELD, breaks_at
from lgsco.sources import Basis
from lgsco.stats.intervals import half_up
from lgsco.stats.rates import Proportion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lgsco.sources import Source

__all__ = ["area_chart", "cases_sections", "public_reports"]

Case = Decision | Investigation


def decision_of(case: Case) -> Decision:
    return case if isinstance(case, Decision) else case.decision


def cases_sections(cases: Sequence[Case], year: ReportingYear, source: Source | None) -> list[Section]:
    """Show what cases tell of one year, and of service areas in all years of which there are any."""
    of_year = [case for case in cases if decision_of(case).decided_on in year]
    if not of_year:
        return []
    made_from = "These rates are made from the cases given; they are not the council's published rates."
    if source is not None and source.basis is Basis.PUBLISHED_DECISIONS:
        made_from = (
            "These rates are made from published decisions, which leave some decisions out; they are not the published"
            " rates."
        )
    known = [case for case in cases if uphold_rates([case])]
    sections = []
    if known:
        sections.append(
            Section(
                "Uphold rate by service area",
                paragraphs=(made_from,),
                charts=(area_chart(known),),
                tables=(_areas(known),),
            )
        )
    return [*sections, *public_reports(of_year), *_recommendations(of_year)]


def uphold_rates(cases: Iterable[Case]) -> dict[tuple[ServiceArea, ReportingYear], Proportion]:
    """Give the uphold rate of each service area and year in which a case with an area ended upheld or not upheld."""
    groups: dict[tuple[ServiceArea, ReportingYear], list[Case]] = {}
    for case in cases:
        decision = decision_of(case)
        if decision.service_area is not None:
            groups.setdefault((decision.service_area, ReportingYear.containing(decision.decided_on)), []).append(case)
    rates = {key: uphold_rate(tally_investigations(group)) for key, group in groups.items()}
    return {key: rate for key, rate in rates.items() if rate is not None and rate.denominator}


def area_chart(cases: Iterable[Decision | Investigation], *, confidence: float = 0.95) -> Chart:
    """
    Chart the uphold rate of each service area from year to year, a small panel for each.

    The rates are made from the cases given, of which those without a service area are in none.

    Raises:
        EmptyInput: no case given has a service area and ended upheld or not upheld.
        InvalidValue: the confidence is not a float between 0 and 1.
    """
    rates = uphold_rates(cases)
    if not rates:
        raise EmptyInput("no case given has a service area and ended upheld or not upheld")
    years = _years(rates)
    points = [
        Point(
            str(year),
            rates[area, year],
            interval=rates[area, year].interval(confidence),
            at=str(year),
            panel=area.label,
        )
        for area in ServiceArea
        for year in years
        if (area, year) in rates
    ]
    said = [
        f"{area.label}: {'; '.join(f'{rates[area, year]} in {year}' for year in years if (area, year) in rates)}."
        for area in ServiceArea
        if any(key[0] is area for key in rates)
    ]
    return Chart(
        ChartKind.YEARS,
        f"Uphold rate by service area, with {100 * confidence:g}% intervals",
        words=" ".join(said),
        across="Reporting year",
        up="Per cent",
        points=tuple(points),
        ticks=tuple(map(str, years)),
        breaks=tuple(Break(str(year), words) for year in years[1:] for words in breaks_at(year)),
    )


def _years(rates: Iterable[tuple[ServiceArea, ReportingYear]]) -> list[ReportingYear]:
    endings = [year.ending for _, year in rates]
    return [ReportingYear(ending) for ending in range(min(endings), max(endings) + 1)]


def _areas(cases: Sequence[Case]) -> Table:
    rates = uphold_rates(cases)
    years = _years(rates)
    none = Absent(Missing.NOT_AVAILABLE, "no cases held")
    return Table(
        "Uphold rate by service area, from the cases given",
        "Service area",
        columns=tuple(Column(str(year), ColumnKind.RATE) for year in years),
        rows=tuple(
            Row(area.label, tuple(rates.get((area, year), none) for year in years))
            for area in ServiceArea
            if any(key[0] is area for key in rates)
        ),
    )


def public_reports(cases: Sequence[Case]) -> list[Section]:
    """List the public interest reports among cases, or say that none is known."""
    held = sorted(
        (decision for decision in map(decision_of, cases) if decision.public_report),
        key=lambda decision: (
            decision.decided_on,
            decision.reference,
            authority_order(decision.authority),
            decision.service_area or "",
        ),
    )
    heading = "Public interest reports"
    if not held:
        unknown = sum(decision_of(case).public_report is None for case in cases)
        words = "There is none among the cases given."
        if unknown:
            words = f"None is known; of {number_of(unknown, 'case')} it is not known whether there was one."
        return [Section(heading, paragraphs=(words,))]
    rows = tuple(
        Row(
            decision.reference,
            (
                decision.authority.name,
                long_date(decision.decided_on.year, decision.decided_on.month, decision.decided_on.day),
                NOT_HELD if decision.service_area is None else decision.service_area.label,
            ),
        )
        for decision in held
    )
    columns = tuple(Column(name, ColumnKind.TEXT) for name in ("Body", "Decided on", "Service area"))
    return [Section(heading, tables=(Table(heading, "Case", columns=columns, rows=rows),))]


KINDS = {
    RecommendationKind.APOLOGY: "Apology",
    RecommendationKind.PAYMENT: "Payment",
    RecommendationKind.REMINDER_OR_TRAINING: "Reminder or training for staff",
    RecommendationKind.POLICY_REVIEW: "Review of a policy or procedure",
    RecommendationKind.SERVICE_IMPROVEMENT: "Service improvement for others",
    RecommendationKind.OTHER: "Other",
}


def _recommendations(cases: Sequence[Case]) -> list[Section]:
    made = [one for case in cases if isinstance(case, Investigation) for one in case.recommendations]
    if not made:
        return []
    rows = []
    for kind, label in KINDS.items():
        of_kind = [one for one in made if one.kind is kind]
        sums = [one.payment for one in of_kind if one.payment is not None]
        paid: Cell = (
            Amount(half_up(sum(map(Fraction, sums), Fraction()), 2)) if sums else Absent(Missing.NOT_APPLICABLE, "none")
        )
        rows.append(Row(label, (len(of_kind), paid)))
    table = Table(
        "Recommendations by kind",
        "Kind",
        columns=(Column("Number", ColumnKind.COUNT), Column("Payments (pounds)", ColumnKind.AMOUNT)),
        rows=tuple(rows),
    )
    return [Section("Recommendations", tables=(table,))]
