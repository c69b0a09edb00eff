"""
What so many cases can say of a rate beside a benchmark.

One family of methods decides: the score test, which agrees with Wilson intervals and with score limits.
The doubled exact test, which agrees with Clopper-Pearson intervals, is its check. Where the two differ, or where the
answer changes within the range that a rounded benchmark stands for, the verdict is borderline.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import final

from lgsco._values import Choice, Confidence, PositiveCount, Share, validate, value
from lgsco.errors import InvalidValue
from lgsco.stats.distributions import beta_quantile, is_rarer, normal_quantile, smaller_binomial_tail
from lgsco.stats.hypothesis_tests import score_squared
from lgsco.stats.intervals import Sides, tail_of
from lgsco.stats.rates import Proportion

__all__ = [
    "BenchmarkRange",
    "Verdict",
    "consistent_counts",
    "exact_verdict",
    "minimum_detectable_rates",
    "score_verdict",
    "verdict_of",
]


class Verdict(Choice):
    """What so many cases can say of a rate beside a benchmark."""

    HIGHER = "higher"
    LOWER = "lower"
    NOT_DISTINGUISHABLE = "not_distinguishable"
    """Chance alone could explain the difference."""
    BORDERLINE = "borderline"
    """Whether it could depends on the method, or on how the benchmark was rounded."""
    TOO_FEW = "too_few"
    """No count of so few cases could have been told from the benchmark."""
    NOT_JUDGED = "not_judged"
    """Not set against chance: each failure is looked at by itself."""
    NO_RATE = "no_rate"
    NO_BENCHMARK = "no_benchmark"


DECIDED = frozenset({Verdict.HIGHER, Verdict.LOWER})

# A printed 0% or 100% stands for a range whose end is a rate at which one case the other way would be impossible.
_NEAREST = Fraction(1, 10**9)


@final
@value
class BenchmarkRange:
    """
    What a rate is set beside: one rate, or the range of rates that a rounded figure stands for.

    Raises:
        InvalidValue: an end is no Fraction from 0 to 1, or the low one is above the high one (InvalidValue where
            both are wrong).
    """

    low: Share
    high: Share

    def __attrs_post_init__(self) -> None:
        if self.low > self.high:
            raise InvalidValue.at("low", self.low, f"is above the high end, {self.high}")

    @property
    def ends(self) -> tuple[Fraction, ...]:
        """The rates to try: the one rate, or both ends of a range, never exactly 0 or 1."""
        if self.low == self.high:
            return (self.low,)
        return max(self.low, _NEAREST), min(self.high, 1 - _NEAREST)


def score_verdict(rate: Proportion, target: Fraction, confidence: float = 0.95) -> Verdict:
    """Give what the score test says, which is what the Wilson interval says; needs cases."""
    squared = score_squared(rate, target)
    z = -normal_quantile(tail_of(confidence, Sides.BOTH))
    return _side(rate, target) if squared is None or squared > Fraction(z) ** 2 else Verdict.NOT_DISTINGUISHABLE


def exact_verdict(rate: Proportion, target: Fraction, confidence: float = 0.95) -> Verdict:
    """Give what the doubled exact test says, which is what the Clopper-Pearson interval says; needs cases."""
    tail = smaller_binomial_tail(rate.numerator, rate.denominator, float(target))
    return _side(rate, target) if is_rarer(tail, tail_of(confidence, Sides.BOTH)) else Verdict.NOT_DISTINGUISHABLE


def _side(rate: Proportion, target: Fraction) -> Verdict:
    above = rate.numerator * target.denominator > target.numerator * rate.denominator
    return Verdict.HIGHER if above else Verdict.LOWER


def verdict_of(rate: Proportion, target: BenchmarkRange, confidence: float = 0.95) -> Verdict:
    """
    Give the verdict on a share beside a target.

    >>> verdict_of(Proportion(19, 22), BenchmarkRange(Fraction(66, 100), Fraction(66, 100)))
    Verdict.BORDERLINE
    >>> hundred = BenchmarkRange(Fraction(995, 1000), Fraction(1))
    >>> [verdict_of(Proportion(count, 12), hundred).value for count in (12, 11, 10)]
    ['not_distinguishable', 'borderline', 'lower']
    >>> verdict_of(Proportion(1, 1), BenchmarkRange(Fraction(66, 100), Fraction(66, 100)))
    Verdict.TOO_FEW
    """
    if rate.denominator == 0:
        return Verdict.NO_RATE
    said = _all_say(rate, target, confidence)
    if said in DECIDED:
        return said
    extremes = (Proportion(0, rate.denominator), Proportion(rate.denominator, rate.denominator))
    if not any(_all_say(extreme, target, confidence) in DECIDED for extreme in extremes):
        return Verdict.TOO_FEW
    return said


def _all_say(rate: Proportion, target: BenchmarkRange, confidence: float) -> Verdict:
    said = {says(rate, end, confidence) for end in target.ends for says in (score_verdict, exact_verdict)}
    return said.pop() if len(said) == 1 else Verdict.BORDERLINE


def consistent_counts(total: int, target: BenchmarkRange, confidence: float = 0.95) -> range:
    """
    Give the counts of so many cases whose verdict is neither higher nor lower.

    >>> consistent_counts(12, BenchmarkRange(Fraction(995, 1000), Fraction(1)))
    range(11, 13)
    """
    # Verdicts run from lower to higher as the count grows, so both edges are found by halving.
    first = _first(total, lambda count: _all_say(Proportion(count, total), target, confidence) is not Verdict.LOWER)
    beyond = _first(total, lambda count: _all_say(Proportion(count, total), target, confidence) is Verdict.HIGHER)
    return range(first, beyond)


def _first(total: int, holds: Callable[[int], bool]) -> int:
    low, high = 0, total + 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def minimum_detectable_rates(
    total: int, target: BenchmarkRange, confidence: float = 0.95, power: float = 0.8
) -> tuple[float | None, float | None]:
    """
    Give the nearest rates below and above a target that so many cases would tell from it, with this probability.

    ``None`` on a side on which no rate would be.

    >>> [round(rate, 2) for rate in minimum_detectable_rates(22, BenchmarkRange(Fraction(66, 100), Fraction(66, 100)))]
    [0.35, 0.93]

    Raises:
        InvalidValue: there are no cases, or the confidence or the power is not between 0 and 1 (InvalidValue where
            several are wrong).
    """
    validate(total=(total, PositiveCount), confidence=(confidence, Confidence), power=(power, Confidence))
    chance = consistent_counts(total, target, confidence)
    most_below, least_above = chance.start - 1, chance.stop
    below = beta_quantile(power, most_below + 1, total - most_below, upper=True) if most_below >= 0 else None
    above = beta_quantile(power, least_above, total - least_above + 1) if least_above <= total else None
    return below, above
