"""The difference of two shares, and its confidence interval."""

from __future__ import annotations

import math
from dataclasses import KW_ONLY
from fractions import Fraction
from typing import Literal, final

from lgsco._values import Choice, choice_of, validate, value
from lgsco.errors import InvalidValue
from lgsco.stats.distributions import normal_quantile
from lgsco.stats.intervals import Interval
from lgsco.stats.rates import Proportion


class DifferenceMethod(Choice):
    """The methods for a confidence interval of the difference of two proportions."""

    NEWCOMBE = "newcombe"
    MIETTINEN_NURMINEN = "miettinen-nurminen"


@final
@value
class Difference:
    """
    The first share less the second, exact, with limits between -1 and 1.

    >>> apart = difference(Proportion(19, 22), Proportion(400, 600))
    >>> apart.value, apart.interval.percents(1)
    (Fraction(13, 66), (Decimal('-0.3'), Decimal('29.4')))

    Args:
        first: a share.
        second: the share that is subtracted from it.
        interval: the limits of the difference.

    Raises:
        InvalidValue: a field is of the wrong type, or a share has no cases.
    """

    first: Proportion
    second: Proportion
    _: KW_ONLY
    interval: Interval

    def __attrs_post_init__(self) -> None:
        for name, share in (("first", self.first), ("second", self.second)):
            if share.denominator == 0:
                raise InvalidValue.at(name, share, "has no cases, so no rate to subtract")

    @property
    def value(self) -> Fraction:
        """The exact difference of the two shares."""
        return Fraction(self.first.numerator, self.first.denominator) - Fraction(
            self.second.numerator, self.second.denominator
        )


def difference(
    first: Proportion,
    second: Proportion,
    *,
    confidence: float = 0.95,
    method: DifferenceMethod | Literal["newcombe", "miettinen-nurminen"] = "newcombe",
) -> Difference | None:
    """
    Return the difference of two shares with its confidence interval.

    Args:
        first: a share.
        second: the share that is subtracted from it.
        confidence: the probability with which such intervals hold the difference, between 0 and 1.
        method: "newcombe" (the square-and-add of two Wilson intervals), or "miettinen-nurminen" (the differences that
            a score test with their n / (n - 1) would not reject).

    Returns:
        The difference; ``None`` where either share has no cases.

    Raises:
        InvalidValue: a share is not a Proportion, the confidence is not between 0 and 1, or the method is not known.

    Source: Newcombe (1998), Statistics in Medicine 17, 873-890, method 10; Miettinen and Nurminen (1985), Statistics in
    Medicine 4, 213-226.
    """
    validate(first=(first, Proportion), second=(second, Proportion))
    chosen = choice_of("method", method, DifferenceMethod)
    limits, subtracted = first.interval(confidence), second.interval(confidence)
    if limits is None or subtracted is None or first.value is None or second.value is None:
        return None
    if chosen is DifferenceMethod.NEWCOMBE:
        p, q = float(first.value), float(second.value)
        lower = (p - q) - math.hypot(p - limits.lower, subtracted.upper - q)
        upper = (p - q) + math.hypot(limits.upper - p, q - subtracted.lower)
    else:
        z = -normal_quantile((1.0 - confidence) / 2.0)
        lower, upper = -_furthest(second, first, z), _furthest(first, second, z)
    interval = Interval(max(lower, -1.0), min(upper, 1.0), confidence=confidence, method=chosen.value)
    return Difference(first, second, interval=interval)


def _furthest(first: Proportion, second: Proportion, z: float) -> float:
    """Return the greatest difference that the score test of Miettinen and Nurminen would not reject."""
    observed = first.numerator / first.denominator - second.numerator / second.denominator
    low, high = observed, 1.0
    # By halving: the score rises with the difference, but its slope has no closed form worth the lines.
    while low < (middle := 0.5 * (low + high)) < high:
        variance = _variance_at(first, second, middle)
        rejected = variance <= 0.0 or middle - observed > z * math.sqrt(variance)
        low, high = (low, middle) if rejected else (middle, high)
    return high


def _variance_at(first: Proportion, second: Proportion, gap: float) -> float:
    """Return the variance of the difference under the rates that differ by the gap and fit the cases best."""
    n, m, x, y = first.denominator, second.denominator, first.numerator, second.numerator
    # The second rate is the middle root of this cubic, over its leading coefficient; appendix I of the paper.
    total = n + m
    b = ((n + 2 * m) * gap - total - x - y) / total
    c = ((m * gap - total - 2 * y) * gap + x + y) / total
    d = y * gap * (1.0 - gap) / total
    turned = (b / 3.0) ** 3 - b * c / 6.0 + d / 2.0
    size = math.copysign(math.sqrt(max((b / 3.0) ** 2 - c / 3.0, 0.0)), turned)
    cosine = turned / size**3 if size else 0.0
    angle = (math.pi + math.acos(min(max(cosine, -1.0), 1.0))) / 3.0
    second_rate = min(max(2.0 * size * math.cos(angle) - b / 3.0, 0.0, -gap), 1.0, 1.0 - gap)
    first_rate = min(max(second_rate + gap, 0.0), 1.0)
    return (first_rate * (1.0 - first_rate) / n + second_rate * (1.0 - second_rate) / m) * total / (total - 1)
