"""
Control limits about a target, and where a rate lies against them.

A position is decided, never drawn: by the score statistic, or by the exact tail probability of the count.
Source: D. J. Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in Medicine 24,
1185-1202.
"""

from __future__ import annotations

import functools
import math
from fractions import Fraction
from typing import TYPE_CHECKING

from lgsco._values import Choice, Confidence, NonNegative, PositiveCount, Share, validate
from lgsco.stats.distributions import (
    beta_binomial_mass,
    beta_binomial_tails,
    beta_quantile,
    binomial_mass,
    binomial_tails,
    gamma_tails,
    normal_quantile,
)
from lgsco.stats.rates import PopulationRate, Proportion

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "ALARM",
    "ALERT",
    "LimitMethod",
    "Position",
    "arcsine_limits",
    "beta_binomial_limits",
    "exact_limits",
    "exact_tails",
    "is_outside",
    "position_from_limits",
    "sampling_variance",
    "score_position",
    "smallest_detectable",
    "z_of",
]

ALERT, ALARM = 0.95, 0.998
"""The two usual control limits: about two and about three standard deviations from the target."""


class Position(Choice):
    """Where a rate lies against the limits of a funnel; on a limit is within."""

    BELOW_ALARM = "below_alarm"
    BELOW_ALERT = "below_alert"
    WITHIN = "within"
    ABOVE_ALERT = "above_alert"
    ABOVE_ALARM = "above_alarm"


class LimitMethod(Choice):
    """How limits are made and positions decided."""

    SCORE = "score"
    """From the normal approximation with the target's variance; agrees with Wilson intervals and the score test."""
    EXACT = "exact"
    """From binomial (or Poisson) probabilities; agrees with the doubled exact test."""
    BETA_BINOMIAL = "beta-binomial"
    """The same, the rates behind the councils being themselves spread about the target by tau squared."""


def exact_limits(total: int, target: Fraction, confidence: float) -> tuple[float, float]:
    """
    Give exact binomial limits for drawing, interpolated between counts so that they are smooth; shares from 0 to 1.

    At n of n they lie below 1, so that they must not decide a position: ``Funnel.position`` does, by the tail itself.

    Raises:
        InvalidValue: there are no cases, the target is no Fraction from 0 to 1, or the confidence is not between 0 and
            1.

    Source: Spiegelhalter (2005), appendix A.1.1.
    """
    validate(total=(total, PositiveCount), target=(target, Share), confidence=(confidence, Confidence))
    rate = float(target)
    return _interpolated_limits(
        total, confidence, lambda count: (binomial_mass(count, total, rate), binomial_tails(count, total, rate)[0])
    )


def beta_binomial_limits(total: int, target: Fraction, confidence: float, *, tau_squared: float) -> tuple[float, float]:
    """
    Give beta-binomial limits for drawing, interpolated between counts as exact ones are; shares from 0 to 1.

    The rates behind the councils are a beta variable with the target for its mean and tau squared for its variance.
    Without such a spread the limits are the exact ones.

    >>> low, high = beta_binomial_limits(100, Fraction(22, 100), 0.95, tau_squared=0.01)
    >>> print(f"{low:.1%} to {high:.1%}")
    4.4% to 45.7%

    Raises:
        InvalidValue: as ``exact_limits``, or tau squared is negative or not finite.

    Source: Spiegelhalter (2005), section 4.2, with the beta-binomial in the place of the normal.
    """
    validate(total=(total, PositiveCount), target=(target, Share), confidence=(confidence, Confidence))
    validate(tau_squared=(tau_squared, NonNegative))
    shape = _beta_of(target, tau_squared)
    if shape is None:
        return exact_limits(total, target, confidence)
    a, b = shape
    return _interpolated_limits(
        total,
        confidence,
        lambda count: (beta_binomial_mass(count, total, a, b), beta_binomial_tails(count, total, a, b)[0]),
    )


def _beta_of(target: Fraction, tau_squared: float) -> tuple[float, float] | None:
    """Give the parameters of the beta variable with this mean and variance; ``None`` where it does not vary."""
    rate = float(target)
    most = rate * (1.0 - rate)
    # So little a spread would not show among any number of cases, and about 0 or 1 there is no room for any.
    if tau_squared <= most * _NO_SPREAD or most < _NO_ROOM:
        return None
    # No variance of a share is above that of all or nothing.
    size = max(most / tau_squared - 1.0, _ALL_OR_NOTHING)
    return rate * size, (1.0 - rate) * size


_NO_SPREAD, _NO_ROOM, _ALL_OR_NOTHING = 1e-15, 1e-200, 1e-9


def _interpolated_limits(
    total: int, confidence: float, chance: Callable[[int], tuple[float, float]]
) -> tuple[float, float]:
    """Give both limits as shares; ``chance`` gives the probabilities of a count and of at most as many."""
    tail = (1.0 - confidence) / 2.0
    low, high = (_interpolated(total, chance, probability) for probability in (tail, 1.0 - tail))
    return min(max(low, 0.0), float(total)) / total, min(max(high, 0.0), float(total)) / total


def _interpolated(total: int, chance: Callable[[int], tuple[float, float]], probability: float) -> float:
    """Give the count, in between whole ones, that there are at most with this probability."""
    low, high = 0, total
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if chance(middle)[1] >= probability else (middle + 1, high)
    mass, at_most = chance(low)
    return low - (at_most - probability) / mass if mass > 0.0 else float(low)


def arcsine_limits(
    total: int, target: Fraction, confidence: float, *, tau_squared: float = 0.0, phi: float = 1.0
) -> tuple[float, float]:
    """
    Give limits on the arcsine scale, turned back into shares; the angle is held between nought and a right angle.

    Raises:
        InvalidValue: as ``exact_limits``, or the spread is negative or not finite.

    Source: Spiegelhalter (2005); Spiegelhalter and others (2012), JRSS A 175, 1-47.
    """
    validate(total=(total, PositiveCount), target=(target, Share), confidence=(confidence, Confidence))
    validate(tau_squared=(tau_squared, NonNegative), phi=(phi, NonNegative))
    middle = math.asin(math.sqrt(float(target)))
    reach = z_of(confidence) * math.sqrt(phi / (4.0 * total) + tau_squared)
    return (
        math.sin(max(middle - reach, 0.0)) ** 2,
        math.sin(min(middle + reach, math.pi / 2.0)) ** 2,
    )


@functools.cache
def z_of(confidence: float) -> float:
    """Give how many standard deviations a two-sided limit is from its middle."""
    return -normal_quantile((1.0 - confidence) / 2.0)


def score_position(rate: Proportion, target: Fraction) -> Position | None:
    """
    Give where a share lies against the 95% and 99.8% score limits of a target; ``None`` without cases.

    >>> score_position(Proportion(19, 22), Fraction(66, 100))
    Position.ABOVE_ALERT
    """
    if rate.value is None:
        return None
    share, variance = rate.value, sampling_variance(rate, target)
    return position_from_limits(share > target, lambda confidence: is_outside(share, target, variance, confidence))


def is_outside(share: Fraction, target: Fraction, variance: Fraction, confidence: float) -> bool:
    """Whether a rate is further from a target than its limit; exact where floats would leave it open."""
    z = z_of(confidence)
    squared, limit = (float(share) - float(target)) ** 2, z * z * float(variance)
    if abs(squared - limit) > 1e-9 * limit:
        return squared > limit
    return (share - target) ** 2 > Fraction(z) ** 2 * variance


def position_from_limits(above: bool, is_beyond: Callable[[float], bool]) -> Position:  # noqa: FBT001  # a side, not a switch
    """Give the position of a rate on one side of its target, by whether it is beyond the limits of a confidence."""
    if is_beyond(ALARM):
        return Position.ABOVE_ALARM if above else Position.BELOW_ALARM
    if is_beyond(ALERT):
        return Position.ABOVE_ALERT if above else Position.BELOW_ALERT
    return Position.WITHIN


def smallest_detectable(
    total: int, target: Fraction, *, confidence: float = ALARM, power: float = 0.8
) -> Fraction | None:
    """
    Give the smallest rate above a target that so many cases would show above the exact limit, with this probability.

    ``None`` where even all of the cases would not lie above it.

    >>> round(float(smallest_detectable(24, Fraction(66, 100), confidence=0.95)), 2)
    0.87

    Raises:
        InvalidValue: there are no cases, the target is no Fraction from 0 to 1, or the confidence or the power is not
            between 0 and 1.
    """
    validate(
        total=(total, PositiveCount),
        target=(target, Share),
        confidence=(confidence, Confidence),
        power=(power, Confidence),
    )
    needed = math.floor(exact_limits(total, target, confidence)[1] * total) + 1
    # All of the cases lie above an interpolated limit by drawing alone, unless they are as rare as the limit says.
    if needed > total or (needed == total and float(target) ** total >= (1.0 - confidence) / 2.0):
        return None
    return Fraction(beta_quantile(power, needed, total - needed + 1))


def sampling_variance(rate: Proportion | PopulationRate, target: Fraction) -> Fraction:
    """Give the variance that chance gives a rate whose cases are so many, about the target."""
    if isinstance(rate, Proportion):
        over, under = target.numerator, target.denominator
        return Fraction(over * (under - over), under * under * rate.denominator)
    return target * rate.per / rate.population.people


def exact_tails(rate: Proportion | PopulationRate, target: Fraction, tau_squared: float = 0.0) -> tuple[float, float]:
    """Give the exact probabilities of at most and of at least so many, at the target or spread about it."""
    if isinstance(rate, Proportion):
        if (shape := _beta_of(target, tau_squared)) is not None:
            return beta_binomial_tails(rate.numerator, rate.denominator, *shape)
        return binomial_tails(rate.numerator, rate.denominator, float(target))
    expected = float(target * rate.population.people / rate.per)
    if expected == 0.0:
        return 1.0, float(rate.events == 0)
    return gamma_tails(expected, rate.events + 1)[1], 1.0 if rate.events == 0 else gamma_tails(expected, rate.events)[0]
