"""The sections of a report made from cases: rates by service area, public interest reports, recommendations."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import TYPE_CHECKING

from lgsco._values import choice_of
from lgsco.documents.missing import Missing
from lgsco.errors import EmptyInput
from lgsco.model.authorities import authority_order
from lgsco.model.cases import Decision, Investigation, RecommendationKind, ServiceArea
from lgsco.model.counting import tally_investigations
from lgsco.model.measures import uphold_rate
from lgsco.model.years import ReportingYear
from lgsco.reports.charts import breaks_at, yearly_chart, years_between
from lgsco.reports.elements import (
    Absent,
    Amount,
    Break,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Day,
    Point,
    Row,
    Section,
    Table,
)
from lgsco.reports.words import NOT_HELD
from lgsco.sources import Basis, Source
from lgsco.stats.intervals import half_up
from lgsco.stats.suppression import SuppressionPolicy, SuppressionPolicyLike, suppress
from lgsco.wording import reports as wording
from lgsco.wording.casework import small_counts
from lgsco.wording.charts import CASES_COUNTED
from lgsco.wording.phrases import with_intervals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lgsco.casework.counting import CaseworkTally
    from lgsco.documents.improvements import ServiceImprovement
    from lgsco.reports.elements import Cell
    from lgsco.stats.rates import Proportion

Case = Decision | Investigation
LIST_OF_CASES = Source(wording.LIST_OF_CASES, basis=Basis.OWN_CASES)
WITHHELD = Absent(Missing.WITHHELD, Missing.WITHHELD.sign)


def cases_sections(  # noqa: PLR0913  # whose cases, and what else the page shows of them
    cases: Sequence[Case],
    year: ReportingYear,
    source: Source | None,
    *,
    suppression: SuppressionPolicyLike = "off",
    casework: CaseworkTally | None = None,
    listed: bool = True,
) -> list[Section]:
    """
    Return sections on the cases of one year, and on service areas in all years of which there are cases.

    Args:
        cases: of any years.
        year: the year of which the public interest reports and the recommendations are listed.
        source: where the cases come from.
        suppression: which small counts are not shown, nor what would tell them. Public interest reports are published
            and always listed.
        casework: the casework of which the same report has tables. Under a suppression it leaves out recommendations by
            kind, which those tables have too: numbers that both show could tell each other.
        listed: list the public interest reports of the year.
    """
    policy = choice_of("suppression", suppression, SuppressionPolicy)
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
                paragraphs=(
                    wording.FROM_DECISIONS if from_decisions else wording.FROM_CASES,
                    *suppression_note(policy),
                ),
                charts=(area_chart(known, suppression=policy),) if shown_rates(known, policy) else (),
                tables=(_areas(known, policy),),
            )
        )
    twice = policy is not SuppressionPolicy.OFF and casework is not None
    return [
        *sections,
        *(public_reports(of_year) if listed else ()),
        *([] if twice else _recommendations(of_year, policy)),
    ]


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


def withheld_rates(
    rates: Mapping[ServiceArea | None, Mapping[ReportingYear, Proportion]], policy: SuppressionPolicy
) -> set[tuple[ServiceArea | None, ReportingYear]]:
    """Return the areas and years whose rate is not shown: the counts of a year are protected with its sums."""
    withheld = set()
    for year in sorted({year for by_year in rates.values() for year in by_year}):
        of_year = {area: by_year[year] for area, by_year in rates.items() if year in by_year}
        table = [[rate.numerator, rate.denominator - rate.numerator, rate.denominator] for rate in of_year.values()]
        shown = suppress([*table, [sum(column) for column in zip(*table, strict=True)]], policy=policy)
        withheld |= {(area, year) for area, counts in zip(of_year, shown, strict=False) if None in counts}
    return withheld


def shown_rates(
    cases: Iterable[Case], policy: SuppressionPolicy
) -> dict[ServiceArea | None, dict[ReportingYear, Proportion]]:
    """Return the uphold rates that a policy shows; areas of which it shows none are left out."""
    rates = uphold_rates(cases)
    withheld = withheld_rates(rates, policy)
    shown = {
        area: {year: rate for year, rate in by_year.items() if (area, year) not in withheld}
        for area, by_year in rates.items()
    }
    return {area: by_year for area, by_year in shown.items() if by_year}


def suppression_note(policy: SuppressionPolicy) -> tuple[str, ...]:
    """Return what the sign of a count that is not shown means, where a policy keeps any back."""
    return () if policy is SuppressionPolicy.OFF else (small_counts(policy.least_shown - 1),)


def area_chart(
    cases: Iterable[Decision | Investigation],
    *,
    confidence: float = 0.95,
    suppression: SuppressionPolicyLike = "off",
) -> Chart:
    """
    Return a chart of the uphold rate of each service area: of one year one below another, of several a panel for each.

    Args:
        cases: from which the rates are made; those without a service area have a panel of their own, the last.
        confidence: of the intervals, between 0 and 1.
        suppression: "off", "below-five" or "below-ten": rates made of small counts, or that would tell one, are left
            out.

    Returns:
        The chart, with a point for each area and year with investigations.

    Raises:
        EmptyInput: no case ended upheld or not upheld, or no rate is shown.
        InvalidValue: the confidence is not a float between 0 and 1, or the suppression is not known.
    """
    rates = shown_rates(cases, choice_of("suppression", suppression, SuppressionPolicy))
    if not rates:
        raise EmptyInput("no case ended upheld or not upheld, or no rate is shown")
    panels = {_label(area): by_year for area, by_year in rates.items()}
    years = _years_of(rates)
    if len(years) == 1:
        of_year = [
            (name, rate, rate.interval(confidence)) for name, by_year in panels.items() for rate in by_year.values()
        ]
        return Chart(
            ChartKind.DOTS,
            with_intervals(f"Uphold rate by service area, {years[0]}", confidence),
            words=" ".join(wording.rate_point(*point) for point in of_year),
            across="Per cent",
            points=tuple(Point(name, rate, interval=interval, marked=True) for name, rate, interval in of_year),
            source=CASES_COUNTED,
        )
    breaks = [Break(str(year), what) for year in years[1:] for what in breaks_at(year, [uphold_rate])]
    return yearly_chart("Uphold rate by service area", panels, years, confidence, breaks=breaks, source=CASES_COUNTED)


def _label(area: ServiceArea | None) -> str:
    return "Not known" if area is None else area.label


def _years_of(rates: Mapping[ServiceArea | None, Iterable[ReportingYear]]) -> list[ReportingYear]:
    return years_between(itertools.chain.from_iterable(rates.values()))


def _areas(cases: Sequence[Case], policy: SuppressionPolicy) -> Table:
    rates = uphold_rates(cases)
    withheld = withheld_rates(rates, policy)
    years = _years_of(rates)
    none = Absent(Missing.NOT_AVAILABLE, "no cases held")
    return Table(
        "Uphold rate by service area, counted from cases",
        "Service area",
        columns=tuple(Column(str(year), ColumnKind.RATE) for year in years),
        rows=tuple(
            Row(
                _label(area),
                tuple(WITHHELD if (area, year) in withheld else by_year.get(year, none) for year in years),
            )
            for area, by_year in rates.items()
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
                Day(decision.decided_on),
                NOT_HELD if decision.service_area is None else decision.service_area.label,
            ),
        )
        for decision in reports
    )
    columns = (
        Column("Body", ColumnKind.TEXT),
        Column("Decided on", ColumnKind.DATE),
        Column("Service area", ColumnKind.TEXT),
    )
    return [Section(heading, tables=(Table(heading, "Case", columns=columns, rows=rows),))]


def improvements_sections(improvements: Iterable[ServiceImprovement]) -> list[Section]:
    """Return a section of the service improvements that a council agreed to; none where none is held."""
    rows = tuple(
        Row(
            improvement.reference or wording.CASE_NOT_NAMED,
            (NOT_HELD if improvement.category is None else improvement.category, improvement.agreed),
        )
        for improvement in improvements
    )
    if not rows:
        return []
    columns = (Column("Category", ColumnKind.TEXT), Column("What was agreed", ColumnKind.TEXT))
    table = Table(wording.IMPROVEMENTS, "Case", columns=columns, rows=rows)
    return [Section(wording.IMPROVEMENTS, paragraphs=(wording.IMPROVEMENTS_OF_ANY_YEAR,), tables=(table,))]


KINDS: dict[RecommendationKind | None, str] = {
    RecommendationKind.APOLOGY: "Apology",
    RecommendationKind.PAYMENT: "Payment",
    RecommendationKind.REMINDER_OR_TRAINING: "Reminder or training for staff",
    RecommendationKind.POLICY_REVIEW: "Review of a policy or procedure",
    RecommendationKind.SERVICE_IMPROVEMENT: "Service improvement for others",
    RecommendationKind.OTHER: "Other",
    None: "Kind not known",
}


def _recommendations(cases: Sequence[Case], policy: SuppressionPolicy) -> list[Section]:
    recommendations = [
        recommendation for case in cases if isinstance(case, Investigation) for recommendation in case.recommendations
    ]
    if not recommendations:
        return []
    by_kind = {kind: [item for item in recommendations if item.kind is kind] for kind in KINDS}
    sums = {kind: [item.payment for item in items if item.payment is not None] for kind, items in by_kind.items()}
    shown = suppress([[*map(len, by_kind.values()), len(recommendations)]], policy=policy)[0]
    # Few payments are told by their sum, and the sums of some kinds tell that of the last.
    few = any(0 < len(payments) < policy.least_shown for payments in sums.values())
    none = Absent(Missing.NOT_APPLICABLE, "none")
    rows = []
    for (kind, payments), count in zip(sums.items(), shown, strict=False):
        paid: Cell = Absent(Missing.NOT_AVAILABLE, "not known") if by_kind[kind] else none
        if payments:
            paid = WITHHELD if few else Amount(half_up(sum(map(Fraction, payments), Fraction()), 2))
        if by_kind[kind] or kind is not None:
            rows.append(Row(KINDS[kind], (WITHHELD if count is None else count, paid)))
    table = Table(
        "Recommendations by kind",
        "Kind",
        columns=(Column("Number", ColumnKind.COUNT), Column("Payments (pounds)", ColumnKind.AMOUNT)),
        rows=tuple(rows),
    )
    return [Section("Recommendations", paragraphs=suppression_note(policy), tables=(table,))]
