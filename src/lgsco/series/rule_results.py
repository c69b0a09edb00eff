"""The results of the run rules on the years of a chart."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import KW_ONLY
from fractions import Fraction
from typing import final

from lgsco._values import Choice, value
from lgsco.model.years import ReportingYear
from lgsco.stats.chart_limits import (
    ChartLimits,
    ControlChartType,
)
from lgsco.stats.rates import Proportion, pooled
from lgsco.stats.run_rules import (
    RunRule,
    is_rare,
    seven_in_one_direction,
    seven_on_one_side,
    sides_of_counts,
    sides_of_rates,
    two_of_three,
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
class RuleResult:
    """
    The result of one rule, and the years that it marks.

    Args:
        rule: the rule.
        status: its result.
        years: the years that it marks.
    """

    rule: RunRule
    status: RuleStatus
    _: KW_ONLY
    years: tuple[ReportingYear, ...] = ()

    def __str__(self) -> str:
        if self.status is RuleStatus.TOO_SHORT:
            return f"{self.rule.label}: too short to tell, it needs {self.rule.min_points} years"
        words = self.status.replace("_", " ")
        return f"{self.rule.label}: {words}" + (f" ({', '.join(map(str, self.years))})" if self.years else "")


def result_of(
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
    sides = sides_in(limits, rates, limits.centre if fixed else usual_centre(limits, rates))
    if rule is RunRule.TWO_OF_THREE:
        marks = two_of_three(_also_rare(limits.beyond(2), limits, rates, 2), sides)
    else:
        marks = _whole_runs(seven_on_one_side(sides))
    return _rule_result(rule, _without_equal_years(marks, limits.values), years)


def _rule_result(rule: RunRule, marks: Sequence[bool], years: Sequence[ReportingYear]) -> RuleResult:
    status = RuleStatus.SIGNAL if any(marks) else RuleStatus.NO_SIGNAL
    return RuleResult(rule, status, years=tuple(itertools.compress(years, marks)))


def _also_rare(
    beyond: Sequence[bool], limits: ChartLimits, rates: Sequence[Proportion | None], sigmas: int
) -> tuple[bool, ...]:
    """Return which shares beyond their limits the exact probability finds as rare; of counts all of them."""
    if not rates:
        return tuple(beyond)
    pairs = zip(beyond, rates, strict=True)
    return tuple(out and rate is not None and is_rare(rate, limits.centre, sigmas) for out, rate in pairs)


def usual_centre(limits: ChartLimits, rates: Sequence[Proportion | None]) -> Fraction:
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


def sides_in(limits: ChartLimits, rates: Sequence[Proportion | None], centre: Fraction) -> tuple[int | None, ...]:
    """Return the side of a centre on which each year lies, by what chance gives there for a chart of its kind."""
    if rates:
        return sides_of_rates(rates, centre)
    if limits.kind is ControlChartType.XMR:
        return limits.sides(centre)
    return sides_of_counts(limits.values, centre)


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
