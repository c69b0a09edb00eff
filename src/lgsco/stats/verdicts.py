"""
The verdict: what a sample of this size can show about a rate and a benchmark.

One family of methods decides: the score test, which agrees with Wilson intervals and with score limits.
The doubled exact test, which agrees with Clopper-Pearson intervals, checks it. Where the two differ, or where the
verdict changes within the range that a rounded benchmark stands for, it is borderline.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from fractions import Fraction
from typing import final

from lgsco._values import Choice, Confidence, PositiveCount, Share, validate, value
from lgsco.errors import InvalidValue
from lgsco.stats.distributions import beta_quantile, is_rarer, normal_quantile, smaller_binomial_tail
from lgsco.stats.hypothesis_tests import score_squared
from lgsco.stats.intervals import Sides, refuse_too_many, tail_of
from lgsco.stats.rates import Proportion


class Verdict(Choice):
    """What a sample of this size can show about a rate and a benchmark."""

    HIGHER = "higher"
    LOWER = "lower"
    NOT_DISTINGUISHABLE = "not_distinguishable"
    """Chance alone could explain the difference."""
    BORDERLINE = "borderline"
    """The methods disagree on that, or it depends on how the benchmark was rounded."""
    TOO_FEW = "too_few"
    """With this few cases no count could have been told from the benchmark."""
    NOT_JUDGED = "not_judged"
    """Not compared with chance: each failure is looked at by itself."""
    NO_RATE = "no_rate"
    NO_BENCHMARK = "no_benchmark"


DECIDED = frozenset({Verdict.HIGHER, Verdict.LOWER})

# A printed 0% or 100% stands for a range whose end is a rate at which one case the other way would be impossible.
_NEAREST = Fraction(1, 10**9)


@final
@value
class BenchmarkRange:
    """
    A benchmark: a single rate, or the range of rates that a rounded figure stands for.

    Args:
        low: the lowest rate, a share from 0 to 1.
        high: the highest rate; the same as ``low`` for a single rate.

    Raises:
        InvalidValue: an end is not a Fraction from 0 to 1, or the low end is above the high end.
    """

    low: Share
    high: Share

    def __attrs_post_init__(self) -> None:
        if self.low > self.high:
            raise InvalidValue.at("low", self.low, f"is above the high end, {self.high}")

    @property
    def ends(self) -> tuple[Fraction, ...]:
        """The rates to try: the single rate, or both ends of a range, never exactly 0 or 1."""
        if self.low == self.high:
            return (self.low,)
        return max(self.low, _NEAREST), min(self.high, 1 - _NEAREST)


def score_verdict(rate: Proportion, target: Fraction, confidence: float = 0.95) -> Verdict:
    """Return the verdict of the score test, which the Wilson interval shares; needs cases."""
    squared = score_squared(rate, target)
    z = -normal_quantile(tail_of(confidence, Sides.BOTH))
    return _side(rate, target) if squared is None or squared > Fraction(z) ** 2 else Verdict.NOT_DISTINGUISHABLE


def exact_verdict(rate: Proportion, target: Fraction, confidence: float = 0.95) -> Verdict:
    """
    Return the verdict of the doubled exact test, which the Clopper-Pearson interval shares; needs cases.

    Raises:
        InvalidValue: there are more than 1,000,000,000 cases.
    """
    refuse_too_many(denominator=rate.denominator)
    tail = smaller_binomial_tail(rate.numerator, rate.denominator, float(target))
    return _side(rate, target) if is_rarer(tail, tail_of(confidence, Sides.BOTH)) else Verdict.NOT_DISTINGUISHABLE


def _side(rate: Proportion, target: Fraction) -> Verdict:
    above = rate.numerator * target.denominator > target.numerator * rate.denominator
    return Verdict.HIGHER if above else Verdict.LOWER


def verdict_of(rate: Proportion, target: BenchmarkRange, confidence: float = 0.95) -> Verdict:
    """
    Return the verdict on a share and a benchmark.

    Args:
        rate: the cases counted, of all cases.
        target: the benchmark.
        confidence: one less the level of the tests, between 0 and 1.

    Returns:
        Higher or lower where both tests agree over the whole range of the benchmark; not distinguishable where neither
        finds a difference anywhere in it; otherwise borderline. Too few where no count of as many cases would be told
        from the benchmark; no rate for 0 of 0.

    Raises:
        InvalidValue: an argument is of the wrong type, the confidence is not between 0 and 1, or there are more than
            1,000,000,000 cases.

    >>> verdict_of(Proportion(19, 22), BenchmarkRange(Fraction(66, 100), Fraction(66, 100)))
    Verdict.BORDERLINE
    >>> hundred = BenchmarkRange(Fraction(995, 1000), Fraction(1))
    >>> [verdict_of(Proportion(count, 12), hundred).value for count in (12, 11, 10)]
    ['not_distinguishable', 'borderline', 'lower']
    >>> verdict_of(Proportion(1, 1), BenchmarkRange(Fraction(66, 100), Fraction(66, 100)))
    Verdict.TOO_FEW
    """
    validate(rate=(rate, Proportion), target=(target, BenchmarkRange), confidence=(confidence, Confidence))
    if rate.denominator == 0:
        return Verdict.NO_RATE
    verdict = _joint_verdict(rate, target, confidence)
    if verdict in DECIDED:
        return verdict
    return verdict if _can_decide(rate.denominator, target, confidence) else Verdict.TOO_FEW


@functools.lru_cache(maxsize=4096)
def _can_decide(total: int, target: BenchmarkRange, confidence: float) -> bool:
    extremes = (Proportion(0, total), Proportion(total, total))
    return any(_joint_verdict(extreme, target, confidence) in DECIDED for extreme in extremes)


def _joint_verdict(rate: Proportion, target: BenchmarkRange, confidence: float) -> Verdict:
    """Return the verdict on which both tests agree at every end of the benchmark; borderline where they do not."""
    verdicts = {test(rate, end, confidence) for end in target.ends for test in (score_verdict, exact_verdict)}
    return verdicts.pop() if len(verdicts) == 1 else Verdict.BORDERLINE


def consistent_counts(total: int, target: BenchmarkRange, confidence: float = 0.95) -> range:
    """
    Return every count of ``total`` cases whose verdict is neither higher nor lower.

    Args:
        total: the cases.
        target: the benchmark.
        confidence: one less the level of the tests, between 0 and 1.

    Returns:
        The counts, from the least to the most.

    Raises:
        InvalidValue: the confidence is not between 0 and 1, or there are more than 1,000,000,000 cases.

    >>> consistent_counts(12, BenchmarkRange(Fraction(995, 1000), Fraction(1)))
    range(11, 13)
    """
    return _consistent_counts(total, target, confidence)


@functools.lru_cache(maxsize=4096)
def _consistent_counts(total: int, target: BenchmarkRange, confidence: float) -> range:
    # Verdicts run from lower to higher as the count grows, so both edges are found by halving.
    def verdict(count: int) -> Verdict:
        return _joint_verdict(Proportion(count, total), target, confidence)

    first = _first(total, lambda count: verdict(count) is not Verdict.LOWER)
    return range(first, _first(total, lambda count: verdict(count) is Verdict.HIGHER))


def _first(total: int, holds: Callable[[int], bool]) -> int:
    """Return the least count up to the total from which on a condition holds; one more than the total where none."""
    low, high = 0, total + 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def minimum_detectable_rates(
    total: int, target: BenchmarkRange, confidence: float = 0.95, power: float = 0.8
) -> tuple[float | None, float | None]:
    """
    Return the nearest rates below and above a target that a sample of this size would detect.

    Args:
        total: the cases, at least one.
        target: the benchmark.
        confidence: one less the level of the tests, between 0 and 1.
        power: the probability with which the difference is found, between 0 and 1.

    Returns:
        The rate below and the rate above, as shares; ``None`` on a side on which no rate would be detected.

    Raises:
        InvalidValue: there are no cases or more than 1,000,000,000, or the confidence or the power is not between 0 and
            1.

    >>> [f"{rate:.2f}" for rate in minimum_detectable_rates(22, BenchmarkRange(Fraction(66, 100), Fraction(66, 100)))]
    ['0.35', '0.93']
    """
    validate(total=(total, PositiveCount), confidence=(confidence, Confidence), power=(power, Confidence))
    chance = consistent_counts(total, target, confidence)
    most_below, least_above = chance.start - 1, chance.stop
    below = beta_quantile(power, most_below + 1, total - most_below, upper=True) if most_below >= 0 else None
    above = beta_quantile(power, least_above, total - least_above + 1) if least_above <= total else None
    return below, above
