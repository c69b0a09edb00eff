"""
Control limits about a target, and the position of a rate against them.

A position is decided by the score statistic, or by the exact tail probability of the count; limits are drawn where
positions agree, so that no count within lies outside of a line, nor the reverse.
Source: D. J. Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in Medicine 24,
1185-1202.
"""

from __future__ import annotations

import functools
import math
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from lgsco._values import Choice, Confidence, NonNegative, PositiveCount, Share, validate
from lgsco.stats.beta_binomial import beta_binomial_mass, beta_binomial_tails
from lgsco.stats.distributions import (
    beta_quantile,
    binomial_mass,
    binomial_tails,
    is_rarer,
    normal_quantile,
    poisson_mass,
    poisson_range,
    poisson_tails,
)
from lgsco.stats.intervals import refuse_too_many
from lgsco.stats.rates import PopulationRate, Proportion

if TYPE_CHECKING:
    from collections.abc import Callable

ALERT, ALARM = 0.95, 0.998
"""The two usual control limits: about two and about three standard deviations from the target."""


class Position(Choice):
    """The position of a rate against the limits of a funnel; on a limit is within."""

    BELOW_ALARM = "below_alarm"
    BELOW_ALERT = "below_alert"
    WITHIN = "within"
    ABOVE_ALERT = "above_alert"
    ABOVE_ALARM = "above_alarm"


class LimitMethod(Choice):
    """The method that makes limits and decides positions."""

    SCORE = "score"
    """From the normal approximation with the target's variance; agrees with Wilson intervals and the score test."""
    EXACT = "exact"
    """From binomial (or Poisson) probabilities; agrees with the doubled exact test."""
    BETA_BINOMIAL = "beta-binomial"
    """From beta-binomial probabilities: the rates behind the councils vary about the target by tau squared."""


def exact_limits(total: int, target: Fraction, confidence: float) -> tuple[float, float]:
    """
    Return exact binomial limits, interpolated between counts so that they are smooth.

    A count is within them exactly where it is no rarer than the tail. The upper limit is that of the cases not counted:
    one less the lower limit of one less the target.

    Args:
        total: the cases.
        target: the rate about which the limits lie, a share.
        confidence: the probability of a rate within the limits, between 0 and 1.

    Returns:
        The lower and the upper limit, shares from 0 to 1.

    Raises:
        InvalidValue: there are no cases or more than 1,000,000,000, the target is not a Fraction from 0 to 1, or the
            confidence is not between 0 and 1.

    >>> [f"{limit:.4f}" for limit in exact_limits(20, Fraction(1, 2), 0.95)]
    ['0.2558', '0.7442']

    Source: Spiegelhalter (2005), appendix A.1.1, for the lower limit; his upper one lies a case lower.
    """
    validate(total=(total, PositiveCount), target=(target, Share), confidence=(confidence, Confidence))
    refuse_too_many(total=total)
    rate = float(target)
    return _interpolated_limits(
        total, confidence, lambda count: (binomial_mass(count, total, rate), binomial_tails(count, total, rate))
    )


def beta_binomial_limits(total: int, target: Fraction, confidence: float, *, tau_squared: float) -> tuple[float, float]:
    """
    Return beta-binomial limits, interpolated between counts as exact limits are.

    The rates behind the councils are a beta variable with the target for its mean and tau squared for its variance.
    Without such a spread the limits are the exact ones.

    Args:
        total: the cases.
        target: the rate about which the limits lie, a share.
        confidence: the probability of a rate within the limits, between 0 and 1.
        tau_squared: the variance of the rates behind the councils.

    Returns:
        The lower and the upper limit, shares from 0 to 1.

    Raises:
        InvalidValue: as ``exact_limits``; or tau squared is negative or not finite.

    >>> low, high = beta_binomial_limits(100, Fraction(22, 100), 0.95, tau_squared=0.01)
    >>> print(f"{low:.1%} to {high:.1%}")
    4.4% to 46.7%

    Source: Spiegelhalter (2005), section 4.2, with the beta-binomial in the place of the normal.
    """
    validate(total=(total, PositiveCount), target=(target, Share), confidence=(confidence, Confidence))
    validate(tau_squared=(tau_squared, NonNegative))
    refuse_too_many(total=total)
    shape = _beta_of(target, tau_squared)
    if shape is None:
        return exact_limits(total, target, confidence)
    tail, (a, b) = (1.0 - confidence) / 2.0, shape
    low, mirrored = _spread_limit(total, a, b, tail), _spread_limit(total, b, a, tail)
    return min(max(low, 0.0), float(total)) / total, min(max(total - mirrored, 0.0), float(total)) / total


def _spread_limit(total: int, a: float, b: float, tail: float) -> float:
    """Return the count, in between whole ones, below which there are fewer with this probability."""
    # One sum somewhat below the limit, and from there a step a count: a sum for each step of a search would take long.
    rate = beta_quantile(tail, a, b)
    count = max(math.floor(total * rate + (normal_quantile(tail) - 1.0) * math.sqrt(total * rate * (1.0 - rate))), 0)
    mass, (at_most, _) = beta_binomial_mass(count, total, a, b), beta_binomial_tails(count, total, a, b)
    while count > 0 and not is_rarer(at_most - mass, tail):
        at_most -= mass
        count -= 1
        mass *= (count + 1) / (total - count) * ((total - count - 1 + b) / (count + a))
    while is_rarer(at_most, tail):
        mass *= (total - count) / (count + 1) * ((count + a) / (total - count - 1 + b))
        count += 1
        at_most += mass
    return count - max(at_most - tail, 0.0) / mass if mass > 0.0 else float(count)


def _beta_of(target: Fraction, tau_squared: float) -> tuple[float, float] | None:
    """Return the parameters of the beta variable with this mean and variance; ``None`` where it does not vary."""
    rate = float(target)
    most = rate * (1.0 - rate)
    # So small a spread would not show among any number of cases, and about 0 or 1 there is no room for any.
    if tau_squared <= most * _NO_SPREAD or most < _NO_ROOM:
        return None
    # No variance of a share is above that of all or nothing.
    size = max(most / tau_squared - 1.0, _ALL_OR_NOTHING)
    return rate * size, (1.0 - rate) * size


_NO_SPREAD, _NO_ROOM, _ALL_OR_NOTHING = 1e-15, 1e-200, 1e-9


Chance: TypeAlias = "Callable[[int], tuple[float, tuple[float, float]]]"
"""A function that returns the probability of a count, and those of at most and of at least as many."""


def _interpolated_limits(total: int, confidence: float, chance: Chance) -> tuple[float, float]:
    """Return both limits as shares."""
    tail = (1.0 - confidence) / 2.0

    def mirror(count: int) -> tuple[float, tuple[float, float]]:
        mass, (at_most, at_least) = chance(total - count)
        return mass, (at_least, at_most)

    low, mirrored = _interpolated(total, chance, tail), _interpolated(total, mirror, tail)
    return min(max(low, 0.0), float(total)) / total, min(max(total - mirrored, 0.0), float(total)) / total


def _interpolated(most: int, chance: Chance, tail: float) -> float:
    """Return the count, in between whole ones, below which there are fewer with this probability."""
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if is_rarer(chance(middle)[1][0], tail) else (low, middle)
    mass, (at_most, _) = chance(low)
    return low - max(at_most - tail, 0.0) / mass if mass > 0.0 else float(low)


def poisson_limits(expected: float, confidence: float) -> tuple[float, float]:
    """
    Return exact Poisson limits of a count, interpolated between counts as binomial limits are.

    Args:
        expected: the events expected, about which the limits lie.
        confidence: the probability of a count within the limits, between 0 and 1.

    Returns:
        The lower and the upper limit, in events.

    Raises:
        InvalidValue: the expected number is negative, not finite or above 1,000,000,000, or the confidence is not
            between 0 and 1.

    >>> [f"{limit:.2f}" for limit in poisson_limits(10.0, 0.95)]
    ['3.78', '17.16']
    """
    validate(expected=(expected, NonNegative), confidence=(confidence, Confidence))
    if expected == 0.0:
        return 0.0, 0.0
    refuse_too_many(expected=math.ceil(expected))
    tail = (1.0 - confidence) / 2.0
    least, greatest = poisson_range(expected, tail)
    at_most, at_least = poisson_tails(least, expected)[0], poisson_tails(greatest, expected)[1]
    low = least - max(at_most - tail, 0.0) / poisson_mass(least, expected)
    return max(low, 0.0), greatest + max(at_least - tail, 0.0) / poisson_mass(greatest, expected)


def arcsine_limits(
    total: int, target: Fraction, confidence: float, *, tau_squared: float = 0.0, phi: float = 1.0
) -> tuple[float, float]:
    """
    Return limits on the arcsine scale, turned back into shares.

    Args:
        total: the cases.
        target: the rate about which the limits lie, a share.
        confidence: the probability of a rate within the limits, between 0 and 1.
        tau_squared: the variance between councils on the arcsine scale, which is added.
        phi: the factor by which the sampling variance is multiplied.

    Returns:
        The lower and the upper limit, shares from 0 to 1.

    Raises:
        InvalidValue: there are no cases, the target is not a Fraction from 0 to 1, the confidence is not between 0 and
            1, or the spread is negative or not finite.

    Source: Spiegelhalter (2005); Spiegelhalter and others (2012), JRSS A 175, 1-47.
    """
    validate(total=(total, PositiveCount), target=(target, Share), confidence=(confidence, Confidence))
    validate(tau_squared=(tau_squared, NonNegative), phi=(phi, NonNegative))
    middle = math.asin(math.sqrt(float(target)))
    reach = z_of(confidence) * math.sqrt(phi / (4.0 * total) + tau_squared)
    # The angle is kept between zero and a right angle.
    return (
        math.sin(max(middle - reach, 0.0)) ** 2,
        math.sin(min(middle + reach, math.pi / 2.0)) ** 2,
    )


@functools.cache
def z_of(confidence: float) -> float:
    """Return the number of standard deviations between a two-sided limit and its middle."""
    return -normal_quantile((1.0 - confidence) / 2.0)


def score_position(rate: Proportion, target: Fraction) -> Position | None:
    """
    Return the position of a share against the 95% and 99.8% score limits of a target; ``None`` without cases.

    >>> score_position(Proportion(19, 22), Fraction(66, 100))
    Position.ABOVE_ALERT
    """
    if rate.value is None:
        return None
    share, variance = rate.value, sampling_variance(rate, target)
    return position_from_limits(share > target, lambda confidence: is_outside(share, target, variance, confidence))


def is_outside(share: Fraction, target: Fraction, variance: Fraction, confidence: float) -> bool:
    """Return whether a rate is further from a target than its limit; exact where floats would leave it open."""
    z = z_of(confidence)
    squared, limit = (float(share) - float(target)) ** 2, z * z * float(variance)
    if abs(squared - limit) > 1e-9 * limit:
        return squared > limit
    return (share - target) ** 2 > Fraction(z) ** 2 * variance


def position_from_limits(above: bool, is_beyond: Callable[[float], bool]) -> Position:  # noqa: FBT001  # a side, not a switch
    """Return the position of a rate on one side of its target, by whether it is beyond the limits of a confidence."""
    if is_beyond(ALARM):
        return Position.ABOVE_ALARM if above else Position.BELOW_ALARM
    if is_beyond(ALERT):
        return Position.ABOVE_ALERT if above else Position.BELOW_ALERT
    return Position.WITHIN


def sampling_variance(rate: Proportion | PopulationRate, target: Fraction) -> Fraction:
    """Return the sampling variance of a rate about the target, with its number of cases."""
    if isinstance(rate, Proportion):
        over, under = target.numerator, target.denominator
        return Fraction(over * (under - over), under * under * rate.denominator)
    return target * rate.per / rate.population.people


def exact_tails(rate: Proportion | PopulationRate, target: Fraction, tau_squared: float = 0.0) -> tuple[float, float]:
    """
    Return the exact probabilities of at most and of at least the count, at the target or spread about it.

    Raises:
        InvalidValue: there are more cases or events than the exact methods are right for.
    """
    if isinstance(rate, Proportion):
        refuse_too_many(denominator=rate.denominator)
        if (shape := _beta_of(target, tau_squared)) is not None:
            return beta_binomial_tails(rate.numerator, rate.denominator, *shape)
        return binomial_tails(rate.numerator, rate.denominator, float(target))
    expected = target * rate.population.people / rate.per
    refuse_too_many(events=rate.events, expected=math.ceil(expected))
    return poisson_tails(rate.events, float(expected))
