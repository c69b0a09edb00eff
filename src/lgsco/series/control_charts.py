"""
What a council's years may signal: control charts of its rates and counts, read by every run rule.

A signal says that a pattern is rarely met by chance alone, not what lies behind it. A series that is too short for a
rule says so, and a run of equal years is never a signal.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import KW_ONLY
from fractions import Fraction
from typing import Annotated, final

from lgsco._text import number_of
from lgsco._values import Choice, Constraint, NonNegative, Text, value
from lgsco.comparison.cautions import Caution
from lgsco.model.authorities import Authority
from lgsco.model.cases import ServiceArea
from lgsco.model.measures import ProportionMeasure
from lgsco.model.reviews import AnnualReview
from lgsco.model.years import ReportingYear, SeriesBreak
from lgsco.series.changes import broken_series, gaps_and_more, refuse_breaks
from lgsco.series.histories import History
from lgsco.stats.rates import Proportion, pooled
from lgsco.stats.rule_p_values import (
    RuleP,
    direction_p_value,
    odd_count_p_value,
    odd_rate_p_value,
    odd_value_p_value,
    side_p_value,
    two_of_three_p_value,
)
from lgsco.stats.run_rules import (
    FEWEST_RANGES,
    ChartLimits,
    ControlChartType,
    RunRule,
    Value,
    are_small_counts,
    c_limits,
    exact,
    is_rare,
    p_limits,
    seven_in_one_direction,
    seven_on_one_side,
    sides_of_counts,
    sides_of_rates,
    two_of_three,
    xmr_limits,
)

__all__ = [
    "ChartPoint",
    "ControlChart",
    "RuleResult",
    "RuleStatus",
    "complaints_decided",
    "complaints_received",
    "p_chart",
    "received_in",
    "rule_p_values",
    "upheld_decisions",
    "xmr_chart",
]


class RuleStatus(Choice):
    """What a rule says of a series."""

    SIGNAL = "signal"
    NO_SIGNAL = "no_signal"
    BORDERLINE = "borderline"
    """A share lies beyond its limits, yet so many of so few cases are not as rare as that by exact probability."""
    TOO_SHORT = "too_short"
    """The series has fewer years, or fewer that differ, than the rule needs, so it is too short to tell."""


def _why_no_limit(held: object) -> str | None:
    return None if type(held) is float and math.isfinite(held) else "must be a finite float"


@final
@value
class ChartPoint:
    """
    One year of a chart: its value, and the limits within which chance alone would leave it.

    ``value`` is the exact share or count, ``None`` for a year that is not held or has no rate; then there are no limits
    either, nor where the series is too short to have any. ``rate`` holds the cases of a share.
    """

    year: ReportingYear
    value: Fraction | None
    _: KW_ONLY
    rate: Proportion | None = None
    lower: Annotated[float, Constraint(_why_no_limit)] | None = None
    upper: Annotated[float, Constraint(_why_no_limit)] | None = None


@final
@value
class RuleResult:
    """What one rule says of a series, and of which years."""

    rule: RunRule
    answer: RuleStatus
    _: KW_ONLY
    years: tuple[ReportingYear, ...] = ()

    def __str__(self) -> str:
        if self.answer is RuleStatus.TOO_SHORT:
            return f"{self.rule.label}: too short to tell, it needs {self.rule.min_points} years"
        said = self.answer.replace("_", " ")
        return f"{self.rule.label}: {said}" + (f" ({', '.join(map(str, self.years))})" if self.years else "")


@final
@value
class ControlChart:
    """
    A series of years against control limits, read by every rule.

    ``points`` hold every year from the first to the last, those that are not held too. ``kind`` and ``centre`` are
    ``None`` where there is nothing to take limits from. ``sigma_z`` is the spread between years of a chart of shares
    over what chance gives. Make one with ``p_chart`` or ``xmr_chart``.
    """

    authority: Authority
    title: Text
    _: KW_ONLY
    points: tuple[ChartPoint, ...]
    readings: tuple[RuleResult, ...]
    kind: ControlChartType | None = None
    centre: Fraction | None = None
    sigma_z: NonNegative | None = None
    service_area: ServiceArea | None = None
    cautions: tuple[Caution, ...] = ()

    @property
    def signals(self) -> tuple[RuleResult, ...]:
        """The rules that found a signal."""
        return tuple(reading for reading in self.readings if reading.answer is RuleStatus.SIGNAL)

    def sentence(self) -> str:
        """Say what the rules found, in plain words."""
        held = sum(point.value is not None for point in self.points)
        if all(reading.answer is RuleStatus.TOO_SHORT for reading in self.readings):
            least = min(rule.min_points for rule in RunRule)
            return f"{number_of(held, 'year')} {'is' if held == 1 else 'are'} too few to tell: a rule needs {least}."
        told = [str(reading) for reading in self.readings if reading.answer is not RuleStatus.NO_SIGNAL]
        quiet = [reading.rule.label for reading in self.readings if reading.answer is RuleStatus.NO_SIGNAL]
        none = [f"no signal by {len(quiet)} of {len(self.readings)} rules"] if quiet else []
        return f"{number_of(held, 'year')}; {'; '.join([*told, *none])}."


def p_chart(history: History, measure: ProportionMeasure, *, across_breaks: bool = False) -> ControlChart:
    """
    ControlChart the shares of a history: limits of three standard deviations about their pooled rate.

    The deviations are binomial, and wider (Laney's p') where variation beyond chance is shown, one odd year left out.
    A year beyond its limits is a signal where the exact probability agrees, and borderline where it does not.
    Where nothing changes, at most 3% of series of ten years have a signal by any rule (see *Methods*).

    >>> from lgsco import AuthorityType, ComplianceTally, compliance_rate
    >>> me = Authority("Kent County Council", AuthorityType.COUNTY_COUNCIL)
    >>> held = [AnnualReview(me, ReportingYear(year), compliance=ComplianceTally(20, 0)) for year in range(2000, 2010)]
    >>> made = p_chart(History(me, held), compliance_rate)
    >>> made.kind, made.signals, made.sentence()
    (ControlChartType.P, (), '10 years; no signal by 4 of 4 rules.')

    Raises:
        CrossesSeriesBreak: a series break lies between the years, and ``across_breaks`` is not given.
        InvalidValue: the measure gives no shares.

    Source: Shewhart (1931); Laney (2002), Quality Engineering 14, 531-537.
    """
    refuse_breaks(f"the chart of {measure.title.lower()}", history.breaks_of(measure), across_breaks=across_breaks)
    by_year = {point.year: point.rate for point in history.rates(measure)}
    rates = [by_year.get(year) for year in _every_year(history)]
    values = [None if rate is None else rate.value for rate in rates]
    breaks = history.breaks_of(measure)
    return _chart(history, measure.title, values, p_limits(rates), breaks=breaks, rates=rates, measure=measure)


Counting = Callable[[AnnualReview], Value | None]
"""What gives the count, or any other number, of a review; ``None`` where it is not known."""


def xmr_chart(history: History, count: Counting, *, title: str, across_breaks: bool = False) -> ControlChart:
    """
    ControlChart a count of a history: its mean, and limits of 2.66 mean moving ranges about it (XmR).

    For counts nobody knows how they vary by chance: one controversy may bring many complaints. Counts with a mean
    below ten have exact Poisson limits instead (a c-chart), and wider ones where variation beyond chance is shown.
    ``kind`` says which. Fewer than five moving ranges that differ from zero make no XmR limits: then the rules that
    need limits are too short to tell, unless all values are equal.
    ``count`` is ``complaints_received``, ``received_in`` a service area, ``upheld_decisions``, or any function of a
    review, which then any series break breaks.
    Where nothing changes, about 6% of series of ten years have a signal by any rule, and at most 3% of small counts;
    10% where small counts vary by more than Poisson (see *Methods*).

    >>> from lgsco import AuthorityType, ReceivedTally
    >>> me = Authority("Kent County Council", AuthorityType.COUNTY_COUNCIL)
    >>> counts = [20, 24, 21, 19, 25, 22, 20, 60, 23, 21]
    >>> held = [
    ...     AnnualReview(me, ReportingYear(2000 + at), received=ReceivedTally(total=count))
    ...     for at, count in enumerate(counts)
    ... ]
    >>> made = xmr_chart(History(me, held), complaints_received, title="Complaints received")
    >>> print(*made.signals)
    a year beyond the limits: signal (2006-07)

    Raises:
        CrossesSeriesBreak: a series break lies between the years, and ``across_breaks`` is not given.
        InvalidValue: the title is empty, or the function gives anything but a finite number or ``None``.

    Source: Wheeler (2000), Understanding Variation; Shewhart (1931), Economic Control of Quality.
    """
    breaks = history.breaks_of(_count_named(count))
    refuse_breaks(f"the chart of {title!r}", breaks, across_breaks=across_breaks)
    by_year = {review.year: count(review) for review in history}
    values = exact([by_year.get(year) for year in _every_year(history)])
    limits = c_limits(values) if are_small_counts(values) else xmr_limits(values)
    return _chart(history, title, values, limits, breaks=breaks)


def _every_year(history: History) -> list[ReportingYear]:
    if not history.reviews:
        return []
    return [ReportingYear(ending) for ending in range(history.years[0].ending, history.years[-1].ending + 1)]


def _chart(  # noqa: PLR0913  # what a chart is made of
    history: History,
    title: str,
    values: Sequence[Fraction | None],
    limits: ChartLimits | None,
    *,
    breaks: tuple[SeriesBreak, ...],
    rates: Sequence[Proportion | None] = (),
    measure: ProportionMeasure | None = None,
) -> ControlChart:
    years = _every_year(history)
    held = sum(number is not None for number in values)
    return ControlChart(
        history.authority,
        title,
        points=tuple(_points(years, values, limits if _bears_limits(limits) else None, rates)),
        readings=tuple(
            RuleResult(rule, RuleStatus.TOO_SHORT)
            if limits is None or held < rule.min_points or (rule in _BY_LIMITS and not _bears_limits(limits))
            else _reading(rule, limits, years, rates)
            for rule in RunRule
        ),
        kind=None if limits is None else limits.kind,
        centre=None if limits is None else limits.centre,
        sigma_z=None if limits is None else limits.sigma_z,
        service_area=history.service_area,
        cautions=(*broken_series(breaks), *gaps_and_more(history, measure)),
    )


_BY_LIMITS = frozenset({RunRule.OUTSIDE_LIMITS, RunRule.TWO_OF_THREE})


def _bears_limits(limits: ChartLimits | None) -> bool:
    """Whether there are enough years, and enough that differ, to draw limits; where all are equal nothing differs."""
    if limits is None:
        return False
    known = [number for number in limits.values if number is not None]
    if len(known) < RunRule.OUTSIDE_LIMITS.min_points:
        return False
    return limits.kind is not ControlChartType.XMR or limits.ranges >= FEWEST_RANGES or len(set(known)) == 1


def _points(
    years: Sequence[ReportingYear],
    values: Sequence[Fraction | None],
    limits: ChartLimits | None,
    rates: Sequence[Proportion | None],
) -> Iterator[ChartPoint]:
    # No share is above 1, and where nothing is below nought no limit is.
    highest = 1.0 if rates else math.inf
    lowest = 0.0 if all(number is None or number >= 0 for number in values) else -math.inf
    for at, (year, number) in enumerate(zip(years, values, strict=True)):
        pair = None if limits is None else limits.at(at)
        yield ChartPoint(
            year,
            number,
            rate=rates[at] if rates else None,
            lower=None if pair is None else max(pair[0], lowest),
            upper=None if pair is None else min(pair[1], highest),
        )


def _reading(
    rule: RunRule, limits: ChartLimits, years: Sequence[ReportingYear], rates: Sequence[Proportion | None]
) -> RuleResult:
    if rule is RunRule.OUTSIDE_LIMITS:
        beyond = limits.beyond()
        rare = _also_rare(beyond, limits, rates, 3)
        if any(rare) or not any(beyond):
            return _told(rule, rare, years)
        return RuleResult(rule, RuleStatus.BORDERLINE, years=tuple(itertools.compress(years, beyond)))
    if rule is RunRule.TWO_OF_THREE:
        found = two_of_three(_also_rare(limits.beyond(2), limits, rates, 2), _sides(limits, rates))
    elif rule is RunRule.SHIFT:
        found = _whole_runs(seven_on_one_side(_sides(limits, rates)))
    else:
        found = _whole_runs([bool(way) for way in seven_in_one_direction(limits.values)])
    return _told(rule, _without_equal_years(found, limits.values), years)


def _told(rule: RunRule, found: Sequence[bool], years: Sequence[ReportingYear]) -> RuleResult:
    answer = RuleStatus.SIGNAL if any(found) else RuleStatus.NO_SIGNAL
    return RuleResult(rule, answer, years=tuple(itertools.compress(years, found)))


def _also_rare(
    beyond: Sequence[bool], limits: ChartLimits, rates: Sequence[Proportion | None], sigmas: int
) -> tuple[bool, ...]:
    """Keep of the shares beyond their limits those that the exact probability finds as rare; counts as they are."""
    if not rates:
        return tuple(beyond)
    pairs = zip(beyond, rates, strict=True)
    return tuple(out and rate is not None and is_rare(rate, limits.centre, sigmas) for out, rate in pairs)


def _sides(limits: ChartLimits, rates: Sequence[Proportion | None]) -> tuple[int | None, ...]:
    """
    Say on which side of the centre each year lies; where one year alone is beyond its limits, the centre of the others.

    One odd year would draw the mean towards itself, and leave all the others on one side of it.
    """
    centre = limits.centre
    if sum(limits.beyond()) == 1:
        within = [not out and number is not None for out, number in zip(limits.beyond(), limits.values, strict=True)]
        if rates:
            usual = pooled(rate for rate in itertools.compress(rates, within) if rate is not None)
            centre = Fraction(usual.numerator, usual.denominator)
        else:
            kept = [number for number in itertools.compress(limits.values, within) if number is not None]
            centre = Fraction(sum(kept), len(kept))
    if rates:
        return sides_of_rates(rates, centre)
    if limits.kind is ControlChartType.XMR:
        return limits.sides(centre)
    return sides_of_counts(limits.values, centre)


def rule_p_values(chart: ControlChart) -> dict[RunRule, RuleP]:
    """Return the p-value under no effect of each rule that has enough years; 1 where it does not signal."""
    rates = (
        [point.rate for point in chart.points] if chart.kind in {ControlChartType.P, ControlChartType.P_PRIME} else []
    )
    values = [point.value for point in chart.points]
    limits = p_limits(rates) if rates else c_limits(values) if are_small_counts(values) else xmr_limits(values)
    if limits is None:
        return {}
    found: dict[RunRule, RuleP] = {}
    for reading in chart.readings:
        if reading.answer is RuleStatus.TOO_SHORT:
            continue
        if reading.rule is RunRule.OUTSIDE_LIMITS:
            held = _odd_year(limits, rates, values)
        elif reading.rule is RunRule.TWO_OF_THREE:
            held = two_of_three_p_value([point.year in reading.years for point in chart.points])
        elif reading.rule is RunRule.SHIFT:
            held = side_p_value(_sides(limits, rates))
        else:
            held = direction_p_value(values)
        signals = reading.answer is RuleStatus.SIGNAL
        found[reading.rule] = held if signals else RuleP(1.0, held.least)
    return found


def _odd_year(limits: ChartLimits, rates: Sequence[Proportion | None], values: Sequence[Fraction | None]) -> RuleP:
    if limits.kind is ControlChartType.P:
        return odd_rate_p_value(rates)
    return odd_count_p_value(values) if limits.kind is ControlChartType.C else odd_value_p_value(limits)


def _whole_runs(ends: Sequence[bool]) -> tuple[bool, ...]:
    """Give the seven years of each run by the place at which it ends."""
    return tuple(any(ends[at : at + 7]) for at in range(len(ends)))


def _without_equal_years(found: Sequence[bool], values: Sequence[Fraction | None]) -> tuple[bool, ...]:
    """Leave out runs in which every year is the same: a run of 100% is no signal."""
    kept: list[bool] = []
    for is_found, run in itertools.groupby(zip(found, values, strict=True), key=lambda pair: pair[0]):
        members = [number for _, number in run]
        kept += [is_found and len(set(members)) > 1] * len(members)
    return tuple(kept)


def complaints_received(review: AnnualReview) -> int | None:
    """Count the complaints received in a year, from all service areas."""
    return None if review.received is None else review.received.total


def received_in(area: ServiceArea) -> Counting:
    """
    Make what counts the complaints received in a year about one service area.

    >>> from lgsco import AuthorityType, ReceivedTally
    >>> me = Authority("Kent County Council", AuthorityType.COUNTY_COUNCIL)
    >>> review = AnnualReview(me, ReportingYear(2020), received=ReceivedTally(housing=3))
    >>> received_in(ServiceArea.HOUSING)(review), received_in(ServiceArea.OTHER)(review)
    (3, None)
    """
    return _ReceivedIn(area)


@final
@value
class _ReceivedIn:
    """What ``received_in`` makes."""

    area: ServiceArea

    def __call__(self, review: AnnualReview) -> int | None:
        return None if review.received is None else review.received.known().get(self.area)


def complaints_decided(review: AnnualReview) -> int | None:
    """Count the complaints decided in a year, by all outcomes."""
    if review.decided is not None and review.decided.total is not None:
        return review.decided.total
    return None if review.overview is None else review.overview.total


def upheld_decisions(review: AnnualReview) -> int | None:
    """Count the complaints upheld in a year."""
    if review.investigations is not None and review.investigations.upheld is not None:
        return review.investigations.upheld
    return None if review.decided is None else review.decided.upheld


def _count_named(count: Counting) -> str | None:
    """Return the name by which series breaks know a count; ``None`` for a function that they do not know."""
    if isinstance(count, _ReceivedIn):
        return complaints_received.__name__
    known = (complaints_received, complaints_decided, upheld_decisions)
    return next((one.__name__ for one in known if one is count), None)
