"""
Control charts of a council's rates and counts over years, read by every run rule.

A signal means that chance alone rarely makes such a pattern, not what lies behind it. A series that is too short for a
rule is marked so, and a run of equal years is never a signal.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import KW_ONLY
from fractions import Fraction
from typing import final

from lgsco._text import number_of
from lgsco._values import Choice, NonNegative, Text, value
from lgsco.comparison.cautions import Caution
from lgsco.model.authorities import Authority
from lgsco.model.cases import ServiceArea
from lgsco.model.measures import ProportionMeasure
from lgsco.model.reviews import AnnualReview
from lgsco.model.years import ReportingYear, SeriesBreak
from lgsco.series.changes import broken_series, gaps_and_more, refuse_breaks
from lgsco.series.histories import History
from lgsco.stats.intervals import Limit
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
    are_counts,
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


class RuleStatus(Choice):
    """The result of a rule: a signal, no signal, or why neither."""

    SIGNAL = "signal"
    NO_SIGNAL = "no_signal"
    BORDERLINE = "borderline"
    """A share lies beyond its limits, yet by exact probability it is not as rare as that."""
    TOO_SHORT = "too_short"
    """The series has fewer years, or fewer that differ, than the rule needs, so it is too short to tell."""


@final
@value
class ChartPoint:
    """
    One year of a chart: its value, and the limits within which chance alone would leave it.

    Args:
        year: the reporting year.
        value: the exact share or count; ``None`` for a missing year or a year without a rate.
        rate: the cases of a share.
        lower: the lower limit; ``None`` where there is no value, or the series is too short for limits.
        upper: the upper limit; ``None`` likewise.
    """

    year: ReportingYear
    value: Fraction | None
    _: KW_ONLY
    rate: Proportion | None = None
    lower: Limit | None = None
    upper: Limit | None = None


@final
@value
class RuleResult:
    """
    The result of one rule, and the years that it marks.

    Args:
        rule: the rule.
        answer: its result.
        years: the years that it marks.
    """

    rule: RunRule
    answer: RuleStatus
    _: KW_ONLY
    years: tuple[ReportingYear, ...] = ()

    def __str__(self) -> str:
        if self.answer is RuleStatus.TOO_SHORT:
            return f"{self.rule.label}: too short to tell, it needs {self.rule.min_points} years"
        words = self.answer.replace("_", " ")
        return f"{self.rule.label}: {words}" + (f" ({', '.join(map(str, self.years))})" if self.years else "")


@final
@value
class ControlChart:
    """
    A series of years against control limits, read by every rule. Made by ``p_chart`` or ``xmr_chart``.

    Args:
        authority: the council.
        title: what is charted.
        points: every year from the first to the last, also missing years.
        readings: the result of each rule.
        kind: the type of the chart; ``None`` where there is nothing to take limits from.
        centre: the mean, or the pooled rate; ``None`` likewise.
        sigma_z: the spread between years over what chance gives, of a chart of shares or small counts.
        service_area: the area whose cases are charted; ``None`` for all cases.
        cautions: reasons to read the chart carefully.
        baseline_until: the last year from which the centre and the limits are taken; ``None`` for all years.
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
    baseline_until: ReportingYear | None = None

    @property
    def signals(self) -> tuple[RuleResult, ...]:
        """The rules that found a signal."""
        return tuple(reading for reading in self.readings if reading.answer is RuleStatus.SIGNAL)

    def sentence(self) -> str:
        """
        Return the results of the rules, in plain words.

        Returns:
            One sentence, after one about the baseline where there is one.
        """
        years = sum(point.value is not None for point in self.points)
        until = self.baseline_until
        basis = "" if until is None else f"Limits from the years {self.points[0].year} to {until}. "
        if all(reading.answer is RuleStatus.TOO_SHORT for reading in self.readings):
            least = min(rule.min_points for rule in RunRule)
            verb = "is" if years == 1 else "are"
            return f"{basis}{number_of(years, 'year')} {verb} too few to tell: a rule needs {least}."
        results = [str(reading) for reading in self.readings if reading.answer is not RuleStatus.NO_SIGNAL]
        quiet = [reading.rule.label for reading in self.readings if reading.answer is RuleStatus.NO_SIGNAL]
        none = [f"no signal by {len(quiet)} of {len(self.readings)} rules"] if quiet else []
        return f"{basis}{number_of(years, 'year')}; {'; '.join([*results, *none])}."


def p_chart(
    history: History,
    measure: ProportionMeasure,
    *,
    across_breaks: bool = False,
    baseline_until: ReportingYear | None = None,
) -> ControlChart:
    """
    Return a control chart of the rates of a history, with limits of three standard deviations about their pooled rate.

    The deviations are binomial, and wider (Laney's p') where variation beyond chance is shown, an odd year left out.
    A year beyond its limits is a signal where the exact probability agrees, and borderline where it does not.
    Where nothing changes, at most 3% of series of ten years have a signal by any rule, and up to 10% of twelve years
    with a baseline of eight (see *Methods*).
    To rebase a chart after a known change, chart each of ``History.segments(measure, rebased_from=...)``.

    Args:
        history: the council's years.
        measure: a measure whose rates are proportions.
        across_breaks: chart across series breaks, with a caution.
        baseline_until: the last year from which the centre and the limits are taken, at least eight years with a rate;
            without it all years.

    Returns:
        The chart.

    Raises:
        CrossesSeriesBreak: a series break lies between the years, and ``across_breaks`` is not given.
        InvalidValue: the measure's rates are not proportions, a year has more than 1,000,000,000 cases, or the history
            has no review of the last year of the baseline.

    >>> from lgsco import AuthorityType, ComplianceTally, compliance_rate
    >>> me = Authority("Kent County Council", AuthorityType.COUNTY_COUNCIL)
    >>> tally = ComplianceTally(20, 0)
    >>> reviews = [AnnualReview(me, ReportingYear(year), compliance=tally) for year in range(2000, 2010)]
    >>> chart = p_chart(History(me, reviews), compliance_rate)
    >>> chart.kind, chart.signals, chart.sentence()
    (ControlChartType.P, (), '10 years; no signal by 4 of 4 rules.')

    Source: Shewhart (1931); Laney (2002), Quality Engineering 14, 531-537.
    """
    breaks = history.breaks_of(measure)
    refuse_breaks(f"the chart of {measure.title.lower()}", breaks, across_breaks=across_breaks)
    by_year = {point.year: point.rate for point in history.rates(measure)}
    rates = [by_year.get(year) for year in _every_year(history)]
    values = [None if rate is None else rate.value for rate in rates]
    limits = p_limits(rates, baseline=_baseline(history, baseline_until))
    return _chart(
        history,
        measure.title,
        values,
        limits,
        breaks=breaks,
        rates=rates,
        measure=measure,
        baseline_until=baseline_until,
    )


Counting = Callable[[AnnualReview], Value | None]
"""A function that returns a count, or any other number, of a review; ``None`` where it is not known."""


def xmr_chart(
    history: History,
    count: Counting,
    *,
    title: str,
    across_breaks: bool = False,
    baseline_until: ReportingYear | None = None,
) -> ControlChart:
    """
    Return a control chart of a count of a history, with limits of 2.66 mean moving ranges about its mean (XmR).

    How counts vary by chance is not known: one controversy may bring many complaints. Counts with a mean below ten have
    exact Poisson limits instead (a c-chart), and wider ones where variation beyond chance is shown; ``kind`` names the
    type. Fewer than five moving ranges that differ from zero make no XmR limits: then the rules that need limits are
    too short to tell, unless all values are equal.
    Where nothing changes, about 6% of series of ten years have a signal by any rule, and at most 3% of small counts;
    10% where small counts vary by more than Poisson (see *Methods*).
    To rebase a chart after a known change, chart each of ``History.segments(name, rebased_from=...)``.

    Args:
        history: the council's years.
        count: ``complaints_received``, ``received_in`` a service area, ``complaints_decided``, ``upheld_decisions``, or
            any function of a review; of that any series break is a break.
        title: the title of the chart.
        across_breaks: chart across series breaks, with a caution.
        baseline_until: the last year from which the centre and the limits are taken, at least eight years with a count;
            without it all years.

    Returns:
        The chart.

    Raises:
        CrossesSeriesBreak: a series break lies between the years, and ``across_breaks`` is not given.
        InvalidValue: the title is empty, the function returns anything but a finite number or ``None``, or the history
            has no review of the last year of the baseline.

    >>> from lgsco import AuthorityType, ReceivedTally
    >>> me = Authority("Kent County Council", AuthorityType.COUNTY_COUNCIL)
    >>> counts = [20, 24, 21, 19, 25, 22, 20, 60, 23, 21]
    >>> reviews = [
    ...     AnnualReview(me, ReportingYear(year), received=ReceivedTally(total=count))
    ...     for year, count in enumerate(counts, 2000)
    ... ]
    >>> chart = xmr_chart(History(me, reviews), complaints_received, title="Complaints received")
    >>> print(*chart.signals)
    a year beyond the limits: signal (2006-07)

    Source: Wheeler (2000), Understanding Variation; Shewhart (1931), Economic Control of Quality.
    """
    breaks = history.breaks_of(_count_named(count))
    refuse_breaks(f"the chart of {title!r}", breaks, across_breaks=across_breaks)
    by_year = {review.year: count(review) for review in history}
    values = exact([by_year.get(year) for year in _every_year(history)])
    baseline = _baseline(history, baseline_until)
    small = are_small_counts(values[:baseline]) and are_counts(values)
    limits = c_limits(values, baseline=baseline) if small else xmr_limits(values, baseline=baseline)
    return _chart(history, title, values, limits, breaks=breaks, baseline_until=baseline_until)


def _baseline(history: History, until: ReportingYear | None) -> int | None:
    """Return the number of first years, missing ones included, up to the last year of the baseline."""
    return None if until is None else history.on(until).year.ending - history.years[0].ending + 1


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
    baseline_until: ReportingYear | None = None,
) -> ControlChart:
    years = _every_year(history)
    baseline = _baseline(history, baseline_until)
    known = sum(number is not None for number in values)
    bears_limits = limits is not None and _bears_limits(limits, baseline)
    return ControlChart(
        history.authority,
        title,
        points=tuple(_points(years, values, limits if bears_limits else None, rates)),
        readings=tuple(
            RuleResult(rule, RuleStatus.TOO_SHORT)
            if limits is None
            or known < rule.min_points
            or (not bears_limits and (rule in _BY_LIMITS or (baseline is not None and rule is RunRule.SHIFT)))
            else _reading(rule, limits, years, rates, fixed=baseline is not None)
            for rule in RunRule
        ),
        kind=None if limits is None else limits.kind,
        centre=None if limits is None else limits.centre,
        sigma_z=None if limits is None else limits.sigma_z,
        service_area=history.service_area,
        cautions=(*broken_series(breaks), *gaps_and_more(history, measure)),
        baseline_until=baseline_until,
    )


_BY_LIMITS = frozenset({RunRule.OUTSIDE_LIMITS, RunRule.TWO_OF_THREE})


def _bears_limits(limits: ChartLimits, baseline: int | None) -> bool:
    """Return whether there are enough years, and enough that differ, for limits; equal years need none that differ."""
    known = [number for number in limits.values if number is not None]
    if sum(number is not None for number in limits.values[:baseline]) < RunRule.OUTSIDE_LIMITS.min_points:
        return False
    if len(set(known)) == 1:
        return True
    if limits.kind is ControlChartType.XMR:
        return limits.ranges >= FEWEST_RANGES
    # A baseline of nothing, or of 100%, would make a signal of the first case the other way.
    return any(limits.squared_sigmas)


def _points(
    years: Sequence[ReportingYear],
    values: Sequence[Fraction | None],
    limits: ChartLimits | None,
    rates: Sequence[Proportion | None],
) -> Iterator[ChartPoint]:
    # No share is above 1, and where no value is below zero no limit is.
    highest = 1.0 if rates else math.inf
    lowest = 0.0 if all(number is None or number >= 0 for number in values) else -math.inf
    for index, (year, number) in enumerate(zip(years, values, strict=True)):
        pair = None if limits is None else limits.limits_at(index)
        yield ChartPoint(
            year,
            number,
            rate=rates[index] if rates else None,
            lower=None if pair is None else max(pair[0], lowest),
            upper=None if pair is None else min(pair[1], highest),
        )


def _reading(
    rule: RunRule,
    limits: ChartLimits,
    years: Sequence[ReportingYear],
    rates: Sequence[Proportion | None],
    *,
    fixed: bool,
) -> RuleResult:
    """Return the result of a rule; a fixed centre stays where it is, whatever lies beyond the limits."""
    if rule is RunRule.OUTSIDE_LIMITS:
        beyond = limits.beyond()
        rare = _also_rare(beyond, limits, rates, 3)
        if any(rare) or not any(beyond):
            return _rule_result(rule, rare, years)
        return RuleResult(rule, RuleStatus.BORDERLINE, years=tuple(itertools.compress(years, beyond)))
    if rule is RunRule.TREND:
        marks = _whole_runs([bool(way) for way in seven_in_one_direction(limits.values)])
        return _rule_result(rule, _without_equal_years(marks, limits.values), years)
    sides = _sides_of(limits, rates, limits.centre if fixed else _usual_centre(limits, rates))
    if rule is RunRule.TWO_OF_THREE:
        marks = two_of_three(_also_rare(limits.beyond(2), limits, rates, 2), sides)
    else:
        marks = _whole_runs(seven_on_one_side(sides))
    return _rule_result(rule, _without_equal_years(marks, limits.values), years)


def _rule_result(rule: RunRule, marks: Sequence[bool], years: Sequence[ReportingYear]) -> RuleResult:
    answer = RuleStatus.SIGNAL if any(marks) else RuleStatus.NO_SIGNAL
    return RuleResult(rule, answer, years=tuple(itertools.compress(years, marks)))


def _also_rare(
    beyond: Sequence[bool], limits: ChartLimits, rates: Sequence[Proportion | None], sigmas: int
) -> tuple[bool, ...]:
    """Return which shares beyond their limits the exact probability finds as rare; of counts all of them."""
    if not rates:
        return tuple(beyond)
    pairs = zip(beyond, rates, strict=True)
    return tuple(out and rate is not None and is_rare(rate, limits.centre, sigmas) for out, rate in pairs)


def _usual_centre(limits: ChartLimits, rates: Sequence[Proportion | None]) -> Fraction:
    """
    Return the centre; where a single year is beyond its limits, that of the other years.

    An odd year would draw the mean towards itself, and leave all other years on one side of it.
    """
    if sum(limits.beyond()) != 1:
        return limits.centre
    within = [not out and number is not None for out, number in zip(limits.beyond(), limits.values, strict=True)]
    if rates:
        usual = pooled(rate for rate in itertools.compress(rates, within) if rate is not None)
        return Fraction(usual.numerator, usual.denominator)
    kept = [number for number in itertools.compress(limits.values, within) if number is not None]
    return Fraction(sum(kept), len(kept))


def _sides_of(limits: ChartLimits, rates: Sequence[Proportion | None], centre: Fraction) -> tuple[int | None, ...]:
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
    by_rule: dict[RunRule, RuleP] = {}
    for reading in chart.readings:
        if reading.answer is RuleStatus.TOO_SHORT:
            continue
        if reading.rule is RunRule.OUTSIDE_LIMITS:
            p_value = _odd_year(limits, rates, values)
        elif reading.rule is RunRule.TWO_OF_THREE:
            p_value = two_of_three_p_value([point.year in reading.years for point in chart.points])
        elif reading.rule is RunRule.SHIFT:
            p_value = side_p_value(_sides_of(limits, rates, _usual_centre(limits, rates)))
        else:
            p_value = direction_p_value(values)
        signals = reading.answer is RuleStatus.SIGNAL
        by_rule[reading.rule] = p_value if signals else RuleP(1.0, p_value.least)
    return by_rule


def _odd_year(limits: ChartLimits, rates: Sequence[Proportion | None], values: Sequence[Fraction | None]) -> RuleP:
    if limits.kind is ControlChartType.P:
        return odd_rate_p_value(rates)
    return odd_count_p_value(values) if limits.kind is ControlChartType.C else odd_value_p_value(limits)


def _whole_runs(ends: Sequence[bool]) -> tuple[bool, ...]:
    """Return all seven years of each run, of which the last is given."""
    return tuple(any(ends[index : index + 7]) for index in range(len(ends)))


def _without_equal_years(marks: Sequence[bool], values: Sequence[Fraction | None]) -> tuple[bool, ...]:
    """Return the marks without runs in which every year is the same: a run of 100% is not a signal."""
    kept: list[bool] = []
    for is_marked, run in itertools.groupby(zip(marks, values, strict=True), key=lambda pair: pair[0]):
        members = [number for _, number in run]
        kept += [is_marked and len(set(members)) > 1] * len(members)
    return tuple(kept)


def complaints_received(review: AnnualReview) -> int | None:
    """
    Return the complaints received in a year, in all service areas.

    Args:
        review: the council's year.

    Returns:
        The count; ``None`` where it is not known.
    """
    return None if review.received is None else review.received.total


def received_in(area: ServiceArea) -> Counting:
    """
    Return a function that counts the complaints received in a year about one service area.

    Args:
        area: the service area.

    Returns:
        A function of a review, for ``xmr_chart``; it returns ``None`` where the count is not known.

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
    """The function that ``received_in`` returns."""

    area: ServiceArea

    def __call__(self, review: AnnualReview) -> int | None:
        return None if review.received is None else review.received.known().get(self.area)


def complaints_decided(review: AnnualReview) -> int | None:
    """
    Return the complaints decided in a year, with any outcome.

    Args:
        review: the council's year.

    Returns:
        The count; ``None`` where it is not known.
    """
    if review.decided is not None and review.decided.total is not None:
        return review.decided.total
    return None if review.overview is None else review.overview.total


def upheld_decisions(review: AnnualReview) -> int | None:
    """
    Return the complaints upheld in a year.

    Args:
        review: the council's year.

    Returns:
        The count; ``None`` where it is not known.
    """
    if review.investigations is not None and review.investigations.upheld is not None:
        return review.investigations.upheld
    return None if review.decided is None else review.decided.upheld


def _count_named(count: Counting) -> str | None:
    """Return the name by which series breaks know a count; ``None`` for a function that they do not know."""
    if isinstance(count, _ReceivedIn):
        return complaints_received.__name__
    known = (complaints_received, complaints_decided, upheld_decisions)
    return next((function.__name__ for function in known if function is count), None)
