"""
Confidence intervals for a proportion and for a Poisson count.

Each method is a function of the counts and of the probability left in each tail.
"""

from __future__ import annotations

import math
from dataclasses import KW_ONLY
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias, final

from lgsco._values import Choice, Confidence, Constraint, Count, Text, validate, value
from lgsco.errors import InvalidValue, Problem
from lgsco.stats.distributions import (
    beta_quantile,
    beta_tails,
    binomial_mass,
    gamma_quantile,
    normal_quantile,
    solve,
)
from lgsco.stats.formulas import halves_up, wilson_bounds

if TYPE_CHECKING:
    from collections.abc import Callable


def half_up(exact: Fraction, places: int = 0) -> Decimal:
    """
    Round a number to decimal places, halves away from zero, by whole-number arithmetic.

    Python's ``round`` gives halves to the even neighbour, and Decimal arithmetic depends on the caller's context.

    >>> half_up(Fraction(165, 2)), half_up(Fraction(1, 3), 2), half_up(Fraction(-5, 2))
    (Decimal('83'), Decimal('0.33'), Decimal('-3'))

    Raises:
        InvalidValue: the number of places is not a whole number, or is negative.
    """
    if type(places) is not int or places < 0:  # most calls need no more than that
        validate(places=(places, Count))
    scaled = halves_up(abs(exact.numerator) * 10**places, exact.denominator)
    return Decimal((int(exact < 0 < scaled), tuple(map(int, str(scaled))), -places))


MOST_CASES = 10**9
"""
The exact methods are right for this many cases, and refuse more.

Beyond, the limits of rates close to 1 run out of digits: at a thousand million cases they keep six, at 10^16 none.
"""


def refuse_too_many(**counts: int) -> None:
    """
    Refuse counts for which an exact method would run out of digits.

    Raises:
        InvalidValue: a count is above the most; lists every such count.
    """
    reason = f"is more than {MOST_CASES:,}, up to which the exact methods are right"
    problems = [Problem.at(name, count, reason) for name, count in counts.items() if count > MOST_CASES]
    if problems:
        raise InvalidValue(problems)


class Sides(Choice):
    """The tails in which an interval leaves its error: both, or all of it in a single tail."""

    BOTH = "both"
    LOWER = "lower"
    """A lower limit alone; the upper end is as high as can be."""
    UPPER = "upper"
    """An upper limit alone; the lower end is as low as can be."""


SidesLike: TypeAlias = Sides | Literal["both", "lower", "upper"]
"""The sides of an interval, or their value as text."""


def tail_of(confidence: float, sides: Sides) -> float:
    """
    Return the probability left beyond a limit.

    Raises:
        InvalidValue: the confidence is not a float between 0 and 1.
    """
    validate(confidence=(confidence, Confidence))
    return (1.0 - confidence) / (2.0 if sides is Sides.BOTH else 1.0)


def _check_limit(number: object) -> str | None:
    return None if type(number) is float and math.isfinite(number) else "must be a finite float"


Limit = Annotated[float, Constraint(_check_limit)]
"""A finite float."""


@final
@value
class Interval:
    """
    A confidence interval for a rate, with its confidence and method.

    For a proportion the limits are shares between 0 and 1, not percentages.

    Args:
        lower: the lower limit.
        upper: the upper limit.
        confidence: the probability with which such intervals hold the rate.
        method: the method that made it, such as "wilson".
        sides: both, or one limit alone.

    >>> from lgsco import Proportion
    >>> Proportion(19, 22).interval()
    Interval(lower=0.66665..., upper=0.95250..., confidence=0.95, method='wilson')

    Raises:
        InvalidValue: a limit is not finite or the lower is above the upper, the confidence is not between 0 and 1, or
            the method is empty.
    """

    lower: Limit
    upper: Limit
    _: KW_ONLY
    confidence: Confidence
    method: Text
    sides: Sides = Sides.BOTH

    def __attrs_post_init__(self) -> None:
        if self.lower > self.upper:
            raise InvalidValue.at("lower", self.lower, f"is above the upper limit, {self.upper}")

    def __contains__(self, rate: object) -> bool:
        return isinstance(rate, float | int | Fraction) and self.lower <= rate <= self.upper

    def percents(self, places: int = 0) -> tuple[Decimal, Decimal]:
        """
        Return both limits as percentages, for display only, halves rounded up.

        Args:
            places: decimal places.

        Returns:
            The lower and the upper limit.

        Raises:
            InvalidValue: ``places`` is not a whole number, or is negative.

        >>> from lgsco import Proportion
        >>> Proportion(19, 22).interval().percents(1)
        (Decimal('66.7'), Decimal('95.3'))
        """
        return half_up(100 * Fraction(self.lower), places), half_up(100 * Fraction(self.upper), places)


class ProportionMethod(Choice):
    """The methods for a confidence interval of one proportion."""

    WILSON = "wilson"
    WILSON_CC = "wilson-cc"
    CLOPPER_PEARSON = "clopper-pearson"
    JEFFREYS = "jeffreys"
    AGRESTI_COULL = "agresti-coull"
    MID_P = "mid-p"


ProportionMethodLike: TypeAlias = (
    ProportionMethod | Literal["wilson", "wilson-cc", "clopper-pearson", "jeffreys", "agresti-coull", "mid-p"]
)


class CountMethod(Choice):
    """The methods for a confidence interval of a Poisson count."""

    BYAR = "byar"
    """Byar's approximation."""
    EXACT = "exact"
    """Garwood's limits."""
    BYAR_OR_EXACT = "byar-or-exact"
    """Exact below 10 events and Byar's from there, as PHStatsMethods has it."""


CountMethodLike: TypeAlias = CountMethod | Literal["byar", "exact", "byar-or-exact"]


EXACT_BELOW = 10
"""PHStatsMethods takes exact limits for fewer events than this: Byar's approximation is poor there."""


def proportion_limits(count: int, total: int, tail: float, method: ProportionMethod) -> tuple[float, float]:
    """
    Return the limits that leave a probability beyond each; shares from 0 to 1.

    Args:
        count: the cases counted.
        total: all cases, at least one.
        tail: the probability left beyond each limit.
        method: the method.

    Raises:
        InvalidValue: the method is exact, and there are more than 1,000,000,000 cases.
    """
    if method in _EXACT_METHODS:
        refuse_too_many(total=total)
    lower, upper = _PROPORTION_LIMITS[method](count, total, tail)
    # At the ends a closed form is 0 or 1 but for the last bits of a float; in between it may pass them.
    return (
        0.0 if count == 0 else min(max(lower, 0.0), 1.0),
        1.0 if count == total else min(max(upper, 0.0), 1.0),
    )


def count_limits(events: int, tail: float, method: CountMethod) -> tuple[float, float]:
    """
    Return the limits of a Poisson mean that leave a probability beyond each.

    Args:
        events: the events counted.
        tail: the probability left beyond each limit.
        method: the method.

    Raises:
        InvalidValue: the method is exact, and there are more than 1,000,000,000 events.
    """
    if method is CountMethod.EXACT or (method is CountMethod.BYAR_OR_EXACT and events < EXACT_BELOW):
        refuse_too_many(events=events)
        # Garwood (1936), Biometrika 28, 437-442.
        return (0.0 if events == 0 else gamma_quantile(tail, events)), gamma_quantile(tail, events + 1, upper=True)
    # Byar's approximation: Breslow and Day (1987), Statistical Methods in Cancer Research II, formula 2.13.
    z = -normal_quantile(tail)

    def limit(around: int, sign: float) -> float:
        root = 1.0 - 1.0 / (9.0 * around) + sign * z / (3.0 * math.sqrt(around))
        return around * max(root, 0.0) ** 3

    return (0.0 if events == 0 else limit(events, -1.0)), limit(events + 1, 1.0)


def _wilson(count: int, total: int, tail: float) -> tuple[float, float]:
    return wilson_bounds(float(count), float(total), -normal_quantile(tail))


def _wilson_cc(count: int, total: int, tail: float) -> tuple[float, float]:
    """Wilson's limits corrected for continuity. Newcombe (1998), Statistics in Medicine 17, 857-872, method 4."""
    z, n, rate = -normal_quantile(tail), float(total), count / total
    weight, twice = z * z, 2.0 * count
    down = z * math.sqrt(max(weight - 2.0 - 1.0 / n + 4.0 * rate * (n - count + 1.0), 0.0))
    up = z * math.sqrt(max(weight + 2.0 - 1.0 / n + 4.0 * rate * (n - count - 1.0), 0.0))
    scale = 2.0 * (n + weight)
    return (twice + weight - 1.0 - down) / scale, (twice + weight + 1.0 + up) / scale


def _clopper_pearson(count: int, total: int, tail: float) -> tuple[float, float]:
    """Return the rates at which the count or more, or the count or fewer, are as rare as the tail; 1934."""
    lower = 0.0 if count == 0 else beta_quantile(tail, count, total - count + 1)
    upper = 1.0 if count == total else beta_quantile(tail, count + 1, total - count, upper=True)
    return lower, upper


def _jeffreys(count: int, total: int, tail: float) -> tuple[float, float]:
    """
    Equal tails of the posterior under Jeffreys' prior, closed at 0 of n and n of n.

    Brown, Cai and DasGupta (2001), Statistical Science 16, 101-133.
    """
    a, b = count + 0.5, total - count + 0.5
    lower = 0.0 if count == 0 else beta_quantile(tail, a, b)
    upper = 1.0 if count == total else beta_quantile(tail, a, b, upper=True)
    return lower, upper


def _agresti_coull(count: int, total: int, tail: float) -> tuple[float, float]:
    """Wald's limits about Wilson's middle. Agresti and Coull (1998), The American Statistician 52, 119-126."""
    z = -normal_quantile(tail)
    weighted = total + z * z
    middle = (count + z * z / 2.0) / weighted
    reach = z * math.sqrt(middle * (1.0 - middle) / weighted)
    return middle - reach, middle + reach


def _mid_p(count: int, total: int, tail: float) -> tuple[float, float]:
    """Exact limits with half the probability of the count itself. Lancaster (1961), JASA 56, 223-234."""
    lower, upper = _clopper_pearson(count, total, tail)
    # The mid-P limits lie inside the exact ones, close by.
    low = 0.0 if count == 0 else solve(_mid_p_error(count, total, tail, above=True), 0.0, 1.0, lower, rising=True)
    high = (
        1.0 if count == total else solve(_mid_p_error(count, total, tail, above=False), 0.0, 1.0, upper, rising=False)
    )
    return low, high


def _mid_p_error(count: int, total: int, tail: float, *, above: bool) -> Callable[[float], tuple[float, float]]:
    """Return how far the mid-P tail, above or below, is from the one wanted at a rate, and how fast it moves."""

    def error(rate: float) -> tuple[float, float]:
        rest = 1.0 - rate
        mass = binomial_mass(count, total, rate, rest)
        slope_of_mass = mass * (count / rate - (total - count) / rest)
        if above:
            whole_tail, slope = beta_tails(rate, count, total - count + 1, rest)[0], mass * count / rate
        else:
            whole_tail = beta_tails(rate, count + 1, total - count, rest)[1]
            slope = -mass * (total - count) / rest
        mid_p, slope = whole_tail - mass / 2.0, slope - slope_of_mass / 2.0
        return (math.log(mid_p / tail), slope / mid_p) if mid_p > 0.0 else (-math.inf, 0.0)

    return error


_EXACT_METHODS = frozenset({ProportionMethod.CLOPPER_PEARSON, ProportionMethod.JEFFREYS, ProportionMethod.MID_P})

_PROPORTION_LIMITS: dict[ProportionMethod, Callable[[int, int, float], tuple[float, float]]] = {
    ProportionMethod.WILSON: _wilson,
    ProportionMethod.WILSON_CC: _wilson_cc,
    ProportionMethod.CLOPPER_PEARSON: _clopper_pearson,
    ProportionMethod.JEFFREYS: _jeffreys,
    ProportionMethod.AGRESTI_COULL: _agresti_coull,
    ProportionMethod.MID_P: _mid_p,
}
