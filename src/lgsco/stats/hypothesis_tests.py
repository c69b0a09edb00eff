"""
Tests and differences for shares of cases, and what a number of cases could have shown.

Every result says its test, its sides and its hypothesis. Two families appear, and which one decides is settled in
``lgsco.compare``: the score test, which agrees with Wilson limits, and the exact tests, which are the check.
"""

from __future__ import annotations

import math
from dataclasses import KW_ONLY
from fractions import Fraction
from typing import final

from lgsco._values import (
    Choice,
    Count,
    NonNegative,
    Probability,
    ShareLike,
    Text,
    choice_of,
    share_of,
    value,
)
from lgsco.errors import InvalidValue
from lgsco.stats.distributions import (
    binomial_mass,
    binomial_tails,
    hypergeometric_mass,
    hypergeometric_tails,
    normal_quantile,
    normal_tail,
    smaller_binomial_tail,
)
from lgsco.stats.formulas import score_terms
from lgsco.stats.intervals import Interval, refuse_too_many
from lgsco.stats.rates import Proportion

__all__ = [
    "Alternative",
    "BinomialMethod",
    "Difference",
    "DifferenceMethod",
    "TestResult",
    "binomial_test",
    "difference",
    "fisher_test",
    "score_squared",
    "score_test",
    "two_proportion_test",
]


class Alternative(Choice):
    """On which side of the hypothesis a test looks for the truth."""

    TWO_SIDED = "two-sided"
    GREATER = "greater"
    """One-sided: the rate is greater (of two, the first)."""
    LESS = "less"
    """One-sided: the rate is less (of two, the first)."""

    @property
    def sides(self) -> str:
        """Say the sides of a test in words."""
        return self.value if self is Alternative.TWO_SIDED else f"one-sided, {self}"


@final
@value
class TestResult:
    """
    A p-value that says what it is of.

    ``statistic`` and ``degrees_of_freedom`` are those of a chi-squared test, and ``None`` for any other.

    Raises:
        InvalidValue: the p-value is no float from 0 to 1, the statistic is negative or not finite, or a text is empty.
    """

    __test__ = False  # not a test class, whatever a test runner makes of the name

    _: KW_ONLY
    p_value: Probability
    test: Text
    hypothesis: Text
    sides: Text = "two-sided"
    statistic: NonNegative | None = None
    degrees_of_freedom: Count | None = None


class BinomialMethod(Choice):
    """What a two-sided exact binomial p-value counts as at least as extreme."""

    MINIMUM_LIKELIHOOD = "minimum-likelihood"
    """Every count that is no likelier than the one observed."""
    DOUBLED = "doubled"
    """Twice the smaller tail."""
    MID_P = "mid-p"
    """Twice the smaller tail, with half the probability of the count itself."""


def _against(target: Fraction) -> str:
    return f"the rate behind the cases is {float(target):.4g}"


def score_squared(rate: Proportion, target: Fraction) -> Fraction | None:
    """
    Give the squared distance of a share from a target in standard deviations of the target, exact.

    A difference of two nearly equal floats would lose digits. ``None`` where it is endless: cases against a target of 0
    or 1 from which they differ at all. Needs cases.
    """
    squared, variance = score_terms(rate.numerator, rate.denominator, target.numerator, target.denominator)
    if squared == 0:
        return Fraction(0)
    return Fraction(squared, variance) if variance else None


def _p_value_of(squared: Fraction | None, alternative: Alternative, *, above: bool) -> float:
    """Give the p-value of a squared score, endless where ``None``, that lies above or below its hypothesis."""
    tail = 0.0 if squared is None else normal_tail(math.sqrt(squared))
    if alternative is Alternative.TWO_SIDED:
        return min(2.0 * tail, 1.0)
    return tail if above is (alternative is Alternative.GREATER) else 1.0 - tail


def score_test(rate: Proportion, target: ShareLike, *, alternative: str = "two-sided") -> TestResult | None:
    """
    Test a share against a rate that is given, by the normal approximation with the variance of that rate.

    Two-sided unless the alternative is "greater" or "less". Rejects at 5% exactly when the target is outside the 95%
    Wilson interval (one-sided, outside the one-sided limit).
    ``None`` where there are no cases. At a target of 0 or 1 any case the other way gives a p-value of 0.

    >>> round(score_test(Proportion(19, 22), Fraction(66, 100)).p_value, 3)
    0.044

    Raises:
        InvalidValue: the target is no share from 0 to 1, or the alternative is not known.

    Source: Wilson (1927), JASA 22, 209-212.
    """
    target = share_of("target", target)
    side = choice_of("alternative", alternative, Alternative)
    if rate.denominator == 0:
        return None
    above = rate.numerator * target.denominator > target.numerator * rate.denominator
    p_value = _p_value_of(score_squared(rate, target), side, above=above)
    return TestResult(p_value=p_value, test="score", hypothesis=_against(target), sides=side.sides)


def binomial_test(
    rate: Proportion, target: ShareLike, *, method: str = "minimum-likelihood", alternative: str = "two-sided"
) -> TestResult | None:
    """
    Test a share against a rate that is given, by exact binomial probabilities.

    Two-sided, in one of three ways that give different p-values: "minimum-likelihood", "doubled" or "mid-p".
    The doubled test rejects at 5% exactly when the target is outside the 95% Clopper-Pearson interval.
    With the alternative "greater" or "less" it is the one tail, which the first two methods share.
    ``None`` where there are no cases.

    >>> rate, target = Proportion(520, 1000), Fraction(1, 2)
    >>> [round(binomial_test(rate, target, method=method).p_value, 4) for method in BinomialMethod]
    [0.2174, 0.2174, 0.2061]

    Raises:
        InvalidValue: the target is no share from 0 to 1, the method or the alternative is not known, or there are
            more than 1,000,000,000 cases.

    Source: Clopper and Pearson (1934); Lancaster (1961); Hirji (2006), Exact Analysis of Discrete Data.
    """
    target = share_of("target", target)
    chosen = choice_of("method", method, BinomialMethod)
    side = choice_of("alternative", alternative, Alternative)
    if rate.denominator == 0:
        return None
    refuse_too_many(rate=rate.denominator)
    count, total, share = rate.numerator, rate.denominator, float(target)
    if side is not Alternative.TWO_SIDED:
        p_value = binomial_tails(count, total, share)[side is Alternative.GREATER]
        if chosen is BinomialMethod.MID_P:
            p_value -= 0.5 * binomial_mass(count, total, share)
    elif chosen is BinomialMethod.MINIMUM_LIKELIHOOD:
        p_value = _minimum_likelihood(count, total, share)
    elif chosen is BinomialMethod.DOUBLED:
        p_value = 2.0 * smaller_binomial_tail(count, total, share)
    else:
        p_value = 2.0 * smaller_binomial_tail(count, total, share) - binomial_mass(count, total, share)
    # One tail is the same by either of the methods that count the whole of the observed count.
    name = "exact binomial" if side is not Alternative.TWO_SIDED and chosen is not BinomialMethod.MID_P else None
    return TestResult(
        p_value=min(max(p_value, 0.0), 1.0),
        test=name or f"exact binomial, {chosen}",
        hypothesis=_against(target),
        sides=side.sides,
    )


# Probabilities that differ by less than this are alike: the two sides of a symmetric case differ in their last bits.
_ALIKE = 1.0 + 1e-7


def _minimum_likelihood(count: int, total: int, share: float) -> float:
    mode = min(math.floor((total + 1) * share), total)
    if count == mode:
        return 1.0
    limit = binomial_mass(count, total, share) * _ALIKE
    # Probabilities fall away from the mode, so the first count beyond it that is no likelier is found by halving.
    if count < mode:
        low, high = mode, total + 1
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if binomial_mass(middle, total, share) <= limit else (middle + 1, high)
        other = 0.0 if low > total else binomial_tails(low, total, share)[1]
        return binomial_tails(count, total, share)[0] + other
    low, high = -1, mode
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if binomial_mass(middle, total, share) <= limit else (low, middle - 1)
    other = 0.0 if low < 0 else binomial_tails(low, total, share)[0]
    return binomial_tails(count, total, share)[1] + other


_NO_DIFFERENCE = "the rates behind the two sets of cases are equal"


def two_proportion_test(one: Proportion, other: Proportion, *, alternative: str = "two-sided") -> TestResult | None:
    """
    Test whether two shares differ, by the score test with pooled variance (the uncorrected chi-squared test).

    Two-sided unless the alternative is "greater" or "less", of the first. ``None`` where either has no cases.

    >>> round(two_proportion_test(Proportion(7, 34), Proportion(1, 34)).p_value, 6)
    0.023926

    Raises:
        InvalidValue: the alternative is not known.

    Source: K. Pearson (1900); Newcombe (1998), Statistics in Medicine 17, 873-890.
    """
    side = choice_of("alternative", alternative, Alternative)
    if one.value is None or other.value is None:
        return None
    pooled = Fraction(one.numerator + other.numerator, one.denominator + other.denominator)
    squared = Fraction(0)
    if one.value != other.value:
        variance = pooled * (1 - pooled) * (Fraction(1, one.denominator) + Fraction(1, other.denominator))
        squared = (one.value - other.value) ** 2 / variance
    p_value = _p_value_of(squared, side, above=one.value > other.value)
    return TestResult(p_value=p_value, test="score, pooled variance", hypothesis=_NO_DIFFERENCE, sides=side.sides)


def fisher_test(one: Proportion, other: Proportion, *, alternative: str = "two-sided") -> TestResult | None:
    """
    Test whether two shares differ, by Fisher's exact test.

    Two-sided: every table with these margins that is no likelier counts. With the alternative "greater" or "less" it is
    the one tail, of the first. ``None`` where either has no cases.

    >>> round(fisher_test(Proportion(3, 19), Proportion(9, 100)).p_value, 6)
    0.404438

    Raises:
        InvalidValue: the alternative is not known, or there are more than 1,000,000,000 cases on either side.

    Source: R. A. Fisher (1935), JRSS 98, 39-82.
    """
    side = choice_of("alternative", alternative, Alternative)
    if one.denominator == 0 or other.denominator == 0:
        return None
    refuse_too_many(one=one.denominator, other=other.denominator)
    drawn = one.numerator + other.numerator
    margins = drawn, one.denominator, other.denominator
    if side is Alternative.TWO_SIDED:
        p_value, test = _minimum_likelihood_of_tables(one.numerator, *margins), "Fisher's exact, minimum-likelihood"
    else:
        tails = hypergeometric_tails(one.numerator, *margins)
        p_value, test = tails[side is Alternative.GREATER], "Fisher's exact"
    return TestResult(p_value=min(p_value, 1.0), test=test, hypothesis=_NO_DIFFERENCE, sides=side.sides)


def _minimum_likelihood_of_tables(count: int, drawn: int, marked: int, unmarked: int) -> float:
    """Add up the probabilities of all tables of these margins that are no likelier than one."""
    first, last = max(0, drawn - unmarked), min(drawn, marked)
    mode = min(max((drawn + 1) * (marked + 1) // (marked + unmarked + 2), first), last)
    limit = hypergeometric_mass(count, drawn, marked, unmarked) * _ALIKE
    if hypergeometric_mass(mode, drawn, marked, unmarked) <= limit:
        return 1.0
    # Probabilities fall away from the mode, so the first table beyond it that is no likelier is found by halving.
    if count < mode:
        low, high = mode, last + 1
        while low < high:
            middle = (low + high) // 2
            is_rare = hypergeometric_mass(middle, drawn, marked, unmarked) <= limit
            low, high = (low, middle) if is_rare else (middle + 1, high)
        other = 0.0 if low > last else hypergeometric_tails(low, drawn, marked, unmarked)[1]
        return hypergeometric_tails(count, drawn, marked, unmarked)[0] + other
    low, high = first - 1, mode
    while low < high:
        middle = (low + high + 1) // 2
        is_rare = hypergeometric_mass(middle, drawn, marked, unmarked) <= limit
        low, high = (middle, high) if is_rare else (low, middle - 1)
    other = 0.0 if low < first else hypergeometric_tails(low, drawn, marked, unmarked)[0]
    return hypergeometric_tails(count, drawn, marked, unmarked)[1] + other


class DifferenceMethod(Choice):
    """The named ways to limits for the difference of two proportions."""

    NEWCOMBE = "newcombe"
    MIETTINEN_NURMINEN = "miettinen-nurminen"


@final
@value
class Difference:
    """
    One share less another, exact, with limits between -1 and 1.

    >>> apart = difference(Proportion(19, 22), Proportion(400, 600))
    >>> apart.value, apart.interval.percents(1)
    (Fraction(13, 66), (Decimal('-0.3'), Decimal('29.4')))

    Raises:
        InvalidValue: a field is of the wrong type, or a share has no cases.
    """

    one: Proportion
    other: Proportion
    _: KW_ONLY
    interval: Interval

    def __attrs_post_init__(self) -> None:
        for name, share in (("one", self.one), ("other", self.other)):
            if share.denominator == 0:
                raise InvalidValue.at(name, share, "has no cases, so no rate to subtract")

    @property
    def value(self) -> Fraction:
        """The exact difference of the two shares."""
        return Fraction(self.one.numerator, self.one.denominator) - Fraction(
            self.other.numerator, self.other.denominator
        )


def difference(
    one: Proportion, other: Proportion, *, confidence: float = 0.95, method: str = "newcombe"
) -> Difference | None:
    """
    Give the difference of two shares with its limits; ``None`` where either has no cases.

    The method is "newcombe", the square-and-add of two Wilson intervals, or "miettinen-nurminen", the differences that
    a score test with their n / (n - 1) would not reject.

    Raises:
        InvalidValue: the confidence is not between 0 and 1, or the method is not known.

    Source: Newcombe (1998), Statistics in Medicine 17, 873-890, method 10; Miettinen and Nurminen (1985), Statistics in
    Medicine 4, 213-226.
    """
    chosen = choice_of("method", method, DifferenceMethod)
    mine, theirs = one.interval(confidence), other.interval(confidence)
    if mine is None or theirs is None or one.value is None or other.value is None:
        return None
    if chosen is DifferenceMethod.NEWCOMBE:
        p, q = float(one.value), float(other.value)
        lower = (p - q) - math.hypot(p - mine.lower, theirs.upper - q)
        upper = (p - q) + math.hypot(mine.upper - p, q - theirs.lower)
    else:
        z = -normal_quantile((1.0 - confidence) / 2.0)
        lower, upper = -_furthest(other, one, z), _furthest(one, other, z)
    interval = Interval(max(lower, -1.0), min(upper, 1.0), confidence=confidence, method=chosen.value)
    return Difference(one, other, interval=interval)


def _furthest(one: Proportion, other: Proportion, z: float) -> float:
    """Give the greatest difference that the score test of Miettinen and Nurminen would not reject."""
    observed = one.numerator / one.denominator - other.numerator / other.denominator
    low, high = observed, 1.0
    # By halving: the score rises with the difference, but its slope has no closed form worth the lines.
    while low < (middle := 0.5 * (low + high)) < high:
        variance = _variance_at(one, other, middle)
        rejected = variance <= 0.0 or middle - observed > z * math.sqrt(variance)
        low, high = (low, middle) if rejected else (middle, high)
    return high


def _variance_at(one: Proportion, other: Proportion, apart: float) -> float:
    """Give the variance of the difference under the rates that are this far apart and fit the cases best."""
    n, m, x, y = one.denominator, other.denominator, one.numerator, other.numerator
    # The second rate is the middle root of this cubic, over its leading coefficient; appendix I of the paper.
    total = n + m
    b = ((n + 2 * m) * apart - total - x - y) / total
    c = ((m * apart - total - 2 * y) * apart + x + y) / total
    d = y * apart * (1.0 - apart) / total
    turned = (b / 3.0) ** 3 - b * c / 6.0 + d / 2.0
    size = math.copysign(math.sqrt(max((b / 3.0) ** 2 - c / 3.0, 0.0)), turned)
    cosine = turned / size**3 if size else 0.0
    angle = (math.pi + math.acos(min(max(cosine, -1.0), 1.0))) / 3.0
    theirs = min(max(2.0 * size * math.cos(angle) - b / 3.0, 0.0, -apart), 1.0, 1.0 - apart)
    mine = min(max(theirs + apart, 0.0), 1.0)
    return (mine * (1.0 - mine) / n + theirs * (1.0 - theirs) / m) * total / (total - 1)
