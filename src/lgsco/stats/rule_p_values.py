"""
P-values of the run rules, so that signals of charts can be adjusted for multiple testing.

Each is a bound: under no effect it is at or below any level at most as often as the level states. Those of single years
are exact conditional tests of a year against all other years, times the number of years; those of runs are
probabilities of the longest run. Each comes with the least p-value that as many years and cases could have given: where
that is not small the test could not have found anything.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from fractions import Fraction
from typing import final

import attrs

from lgsco.stats.chart_limits import ChartLimits
from lgsco.stats.distributions import (
    binomial_tails,
    hypergeometric_tails,
    student_tail,
)
from lgsco.stats.intervals import refuse_too_many
from lgsco.stats.rates import Proportion, pooled


@final
@attrs.frozen
class RuleP:
    """The p-value of a rule in a series, and the least p-value that the series could have given."""

    p_value: float
    least: float


_NOTHING = RuleP(1.0, 1.0)

_DEGREES_PER_RANGE = 0.62
"""The degrees of freedom that a moving range adds to a standard deviation; Wetherill and Brown (1991)."""


def odd_rate_p_value(rates: Sequence[Proportion | None]) -> RuleP:
    """
    Return the p-value of the share furthest from the rest: Fisher's exact test of each year, times the years.

    The p-value of a year is twice that of its smaller tail.

    Raises:
        InvalidValue: there are more than 1,000,000,000 cases in all.

    >>> counts = [46, 55, 49, 52, 80, 44, 53, 47, 56, 50]
    >>> f"{odd_rate_p_value([Proportion(count, 100) for count in counts]).p_value:.1e}"
    '9.0e-08'
    """
    known = [rate for rate in rates if rate is not None and rate.denominator]
    if len(known) < 2:  # noqa: PLR2004  # a single year has no others
        return _NOTHING
    whole = pooled(known)
    counted, cases = whole.numerator, whole.denominator
    refuse_too_many(cases=cases)
    margins = [(rate.denominator, cases - rate.denominator) for rate in known]
    least = min(
        min(hypergeometric_tails(count, counted, own, rest))
        for own, rest in margins
        for count in (max(0, counted - rest), min(counted, own))
    )
    rarest = min(
        min(hypergeometric_tails(rate.numerator, counted, own, rest))
        for rate, (own, rest) in zip(known, margins, strict=True)
    )
    return RuleP(min(2.0 * len(known) * rarest, 1.0), min(2.0 * len(known) * least, 1.0))


def odd_count_p_value(values: Sequence[Fraction | None]) -> RuleP:
    """
    Return the p-value of the count furthest from the rest, given their sum: binomial in each year, times the years.

    The p-value of a year is twice that of its smaller tail.

    >>> f"{odd_count_p_value([Fraction(count) for count in (0, 2, 1, 0, 1, 3, 0, 1, 1, 9)]).p_value:.4f}"
    '0.0004'
    """
    known = [int(number) for number in values if number is not None]
    years, total = len(known), sum(known)
    if years < 2:  # noqa: PLR2004  # a single year has no others
        return _NOTHING
    rarest = min(min(binomial_tails(count, total, 1.0 / years)) for count in known)
    # The rarest that could be: all of them in one year.
    return RuleP(min(2.0 * years * rarest, 1.0), min(2.0 * math.exp(-(total - 1) * math.log(years)), 1.0))


def odd_value_p_value(limits: ChartLimits) -> RuleP:
    """
    Return the p-value of the value furthest from the centre, its spread estimated from moving ranges, times the years.

    By Student's distribution, each range worth 0.62 degrees of freedom. No p-value is too small for a value to give.
    """
    scores = [
        abs(float(number - limits.centre)) / math.sqrt(squared)
        for number, squared in zip(limits.values, limits.squared_sigmas, strict=True)
        if number is not None and squared
    ]
    if not scores or not limits.ranges:
        return _NOTHING
    years = len(scores)
    # A value has a share in the mean, so that its distance from it varies less.
    furthest = max(scores) / math.sqrt(1.0 - 1.0 / years)
    return RuleP(min(2.0 * years * student_tail(furthest, _DEGREES_PER_RANGE * limits.ranges), 1.0), 0.0)


def two_of_three_p_value(marked: Sequence[bool]) -> RuleP:
    """
    Return the probability that two of three neighbours are near a limit, in any of the years; 1 where none are marked.

    >>> two_of_three_p_value([False] * 5 + [True] * 3 + [False] * 2)
    RuleP(p_value=0.012..., least=0.012...)
    """
    near, side = 0.0227501319481792, 0.5
    windows = len(marked) - 2
    rarest = 2.0 * windows * (3.0 * near * near * (side - near) + near**3)
    if windows < 1:
        return _NOTHING
    return RuleP(rarest if any(marked) else 1.0, rarest)


def side_p_value(sides: Sequence[int | None]) -> RuleP:
    """
    Return the probability of a run this long on one side among as many years, both sides being equally likely.

    >>> side_p_value([1, 1, 1, 1, 1, 1, 1, -1, -1, 1])
    RuleP(p_value=0.0390625, least=0.001953125)
    """
    years = sum(side is not None for side in sides)
    longest = max((len([*run]) for side, run in itertools.groupby(sides) if side), default=0)
    return RuleP(_run_of_heads_or_tails(longest, years), min(2.0 * 0.5**years, 1.0))


def _run_of_heads_or_tails(longest: int, tosses: int) -> float:
    """Return the probability of a run of this length or longer, heads or tails, exact but for rounding."""
    if longest < 2:  # noqa: PLR2004  # every toss is a run of length one
        return 1.0
    # A run of equal tosses is a run, shorter by one, of tosses that equal the toss before.
    without = [1] + [0] * (longest - 2)
    for _ in range(tosses - 1):
        without = [sum(without), *without[:-1]]
    return float(1 - Fraction(sum(without), 2 ** (tosses - 1)))


def direction_p_value(values: Sequence[Fraction | None]) -> RuleP:
    """
    Return the probability of a run this long in one direction among as many years in any order; a bound.

    >>> f"{direction_p_value([Fraction(number) for number in (3, 1, 2, 4, 5, 6, 7, 9, 8)]).p_value:.4f}"
    '0.0012'
    """
    years = sum(number is not None for number in values)
    if years < 2:  # noqa: PLR2004  # a single year has no direction
        return _NOTHING
    longest = current = 1
    last = 0
    for before, after in itertools.pairwise(values):
        way = 0 if before is None or after is None else (after > before) - (after < before)
        current = 1 if way == 0 else current + 1 if way == last else 2
        last, longest = way, max(longest, current)
    return RuleP(min(2.0 * (years - longest + 1) / math.factorial(longest), 1.0), 2.0 / math.factorial(years))
