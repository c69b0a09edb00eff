"""
Control charts of a council's rates and counts over years, read by every run rule.

A signal means that chance alone rarely makes such a pattern, not what lies behind it. A series that is too short for a
rule is marked so, and a run of equal years is never a signal.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY
from fractions import Fraction
from typing import final

from lgsco._text import number_of
from lgsco._values import NonNegative, Text, validate, value
from lgsco.comparison.cautions import Caution
from lgsco.model.authorities import Authority
from lgsco.model.cases import ServiceArea
from lgsco.model.measures import ProportionMeasure, ShareMeasure
from lgsco.model.years import ReportingYear, SeriesBreak
from lgsco.series.changes import broken_series, gaps_and_more, refuse_breaks
from lgsco.series.counts import Counting, name_of_count
from lgsco.series.histories import History
from lgsco.series.rule_results import RuleResult, RuleStatus, result_of
from lgsco.stats.chart_limits import (
    FEWEST_RANGES,
    ChartLimits,
    ControlChartType,
    are_counts,
    are_small_counts,
    c_limits,
    exact,
    p_limits,
    xmr_limits,
)
from lgsco.stats.intervals import Limit
from lgsco.stats.rates import Proportion
from lgsco.stats.run_rules import (
    RunRule,
)


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
class ControlChart:
    """
    A series of years against control limits, read by every rule. Made by ``p_chart`` or ``xmr_chart``.

    Args:
        authority: the council.
        title: what is charted.
        points: every year from the first to the last, also missing years.
        results: the result of each rule.
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
    results: tuple[RuleResult, ...]
    kind: ControlChartType | None = None
    centre: Fraction | None = None
    sigma_z: NonNegative | None = None
    service_area: ServiceArea | None = None
    cautions: tuple[Caution, ...] = ()
    baseline_until: ReportingYear | None = None

    @property
    def signals(self) -> tuple[RuleResult, ...]:
        """The rules that found a signal."""
        return tuple(result for result in self.results if result.status is RuleStatus.SIGNAL)

    def sentence(self) -> str:
        """
        Return the results of the rules, in plain words.

        Returns:
            One sentence, after one about the baseline where there is one.
        """
        years = sum(point.value is not None for point in self.points)
        until = self.baseline_until
        basis = "" if until is None else f"Limits from the years {self.points[0].year} to {until}. "
        if all(result.status is RuleStatus.TOO_SHORT for result in self.results):
            least = min(rule.min_points for rule in RunRule)
            verb = "is" if years == 1 else "are"
            return f"{basis}{number_of(years, 'year')} {verb} too few to tell, because a rule needs {least}."
        results = [str(result) for result in self.results if result.status is not RuleStatus.NO_SIGNAL]
        quiet = [result.rule.label for result in self.results if result.status is RuleStatus.NO_SIGNAL]
        none = [f"no signal by {len(quiet)} of {len(self.results)} rules"] if quiet else []
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
        InvalidValue: the first argument is not a History, the measure's rates are not proportions, a year has more than
            1,000,000,000 cases, or the history has no review of the last year of the baseline.

    >>> from lgsco import AnnualReview, AuthorityType, ComplianceTally, compliance_rate
    >>> me = Authority("Kent County Council", AuthorityType.COUNTY_COUNCIL)
    >>> tally = ComplianceTally(20, 0)
    >>> reviews = [AnnualReview(me, ReportingYear(year), compliance=tally) for year in range(2000, 2010)]
    >>> chart = p_chart(History(me, reviews), compliance_rate)
    >>> chart.kind, chart.signals, chart.sentence()
    (ControlChartType.P, (), '10 years; no signal by 4 of 4 rules.')

    Source: Shewhart (1931); Laney (2002), Quality Engineering 14, 531-537.
    """
    validate(history=(history, History), measure=(measure, ShareMeasure))
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
        InvalidValue: the first argument is not a History, the title is empty, the function returns anything but a
            finite number or ``None``, or the history has no review of the last year of the baseline.

    >>> from lgsco import AnnualReview, AuthorityType, ReceivedTally
    >>> from lgsco.series import complaints_received
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
    validate(history=(history, History))
    breaks = history.breaks_of(name_of_count(count))
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
        results=tuple(
            RuleResult(rule, RuleStatus.TOO_SHORT)
            if limits is None
            or known < rule.min_points
            or (not bears_limits and (rule in _BY_LIMITS or (baseline is not None and rule is RunRule.SHIFT)))
            else result_of(rule, limits, years, rates, fixed=baseline is not None)
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
