"""The sections of a report made from cases: rates by service area, public interest reports, recommendations."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import TYPE_CHECKING

from lgsco.documents.missing import Missing
from lgsco.errors import EmptyInput
from lgsco.model.authorities import authority_order
from lgsco.model.cases import Decision, Investigation, RecommendationKind, ServiceArea
from lgsco.model.counting import tally_investigations
from lgsco.model.measures import uphold_rate
from lgsco.model.years import ReportingYear
from lgsco.reports.charts import breaks_at, yearly_chart, years_between
from lgsco.reports.elements import Absent, Amount, Break, Cell, Column, ColumnKind, Row, Section, Table
from lgsco.reports.words import NOT_HELD
from lgsco.sources import Basis
from lgsco.stats.intervals import half_up
from lgsco.wording import reports as wording
from lgsco.wording.charts import CASES_COUNTED
from lgsco.wording.phrases import date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lgsco.reports.elements import Chart
    from lgsco.sources import Source
    from lgsco.stats.rates import Proportion

__all__ = ["area_chart", "cases_sections", "public_reports"]

Case = Decision | Investigation


def cases_sections(cases: Sequence[Case], year: ReportingYear, source: Source | None) -> list[Section]:
    """Return sections on the cases of one year, and on service areas in all years of which there are cases."""
    of_year = [case for case in cases if case.decision.decided_on in year]
    if not of_year:
        return []
    from_decisions = source is not None and source.basis is Basis.PUBLISHED_DECISIONS
    known = [case for case in cases if uphold_rates([case])]
    sections = []
    if known:
        sections.append(
            Section(
                "Uphold rate by service area",
                paragraphs=(wording.FROM_DECISIONS if from_decisions else wording.FROM_CASES,),
                charts=(area_chart(known),),
                tables=(_areas(known),),
            )
        )
    return [*sections, *public_reports(of_year), *_recommendations(of_year)]


def uphold_rates(cases: Iterable[Case]) -> dict[ServiceArea | None, dict[ReportingYear, Proportion]]:
    """Return the uphold rate of each service area and year in which a case of the area ended upheld or not upheld."""
    groups: dict[tuple[ServiceArea | None, ReportingYear], list[Case]] = {}
    for case in cases:
        decision = case.decision
        groups.setdefault((decision.service_area, ReportingYear.containing(decision.decided_on)), []).append(case)
    order = [*ServiceArea, None]
    rates: dict[ServiceArea | None, dict[ReportingYear, Proportion]] = {}
    for (area, year), group in sorted(groups.items(), key=lambda item: (order.index(item[0][0]), item[0][1])):
        rate = uphold_rate(tally_investigations(group))
        if rate is not None and rate.denominator:
            rates.setdefault(area, {})[year] = rate
    return rates


def area_chart(cases: Iterable[Decision | Investigation], *, confidence: float = 0.95) -> Chart:
    """
    Return a chart of the uphold rate of each service area from year to year, with a panel for each area.

    Args:
        cases: from which the rates are made; those without a service area have a panel of their own, the last.
        confidence: of the intervals, between 0 and 1.

    Returns:
        The chart, with a point for each area and year with investigations.

    Raises:
        EmptyInput: no case ended upheld or not upheld.
        InvalidValue: the confidence is not a float between 0 and 1.
    """
    rates = uphold_rates(cases)
    if not rates:
        raise EmptyInput("no case ended upheld or not upheld")
    panels = {_label(area): by_year for area, by_year in rates.items()}
    years = _years_of(rates)
    breaks = [Break(str(year), what) for year in years[1:] for what in breaks_at(year, [uphold_rate])]
    return yearly_chart("Uphold rate by service area", panels, years, confidence, breaks=breaks, source=CASES_COUNTED)


def _label(area: ServiceArea | None) -> str:
    return "Not known" if area is None else area.label


def _years_of(rates: Mapping[ServiceArea | None, Iterable[ReportingYear]]) -> list[ReportingYear]:
    return years_between(itertools.chain.from_iterable(rates.values()))


def _areas(cases: Sequence[Case]) -> Table:
    rates = uphold_rates(cases)
    years = _years_of(rates)
    none = Absent(Missing.NOT_AVAILABLE, "no cases held")
    return Table(
        "Uphold rate by service area, from the cases given",
        "Service area",
        columns=tuple(Column(str(year), ColumnKind.RATE) for year in years),
        rows=tuple(
            Row(_label(area), tuple(by_year.get(year, none) for year in years)) for area, by_year in rates.items()
        ),
    )


def public_reports(cases: Sequence[Case]) -> list[Section]:
    """Return the public interest reports among cases, or state that none is known."""
    reports = sorted(
        (decision for decision in (case.decision for case in cases) if decision.public_report),
        key=lambda decision: (
            decision.decided_on,
            decision.reference,
            authority_order(decision.authority),
            decision.service_area or "",
        ),
    )
    heading = "Public interest reports"
    if not reports:
        words = wording.no_public_reports(sum(case.decision.public_report is None for case in cases))
        return [Section(heading, paragraphs=(words,))]
    rows = tuple(
        Row(
            decision.reference,
            (
                decision.authority.name,
                date(decision.decided_on),
                NOT_HELD if decision.service_area is None else decision.service_area.label,
            ),
        )
        for decision in reports
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
    recommendations = [
        recommendation for case in cases if isinstance(case, Investigation) for recommendation in case.recommendations
    ]
    if not recommendations:
        return []
    rows = []
    for kind, label in KINDS.items():
        of_kind = [recommendation for recommendation in recommendations if recommendation.kind is kind]
        sums = [recommendation.payment for recommendation in of_kind if recommendation.payment is not None]
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
