"""
Hypothesis tests of one rate and of two, and differences of rates with their confidence intervals.

Every result names its test, its sides and its hypothesis. There are two families: the score tests, which agree with
Wilson intervals and decide in ``lgsco.compare``, and the exact tests, which check them.
"""

from __future__ import annotations

import math
from dataclasses import KW_ONLY
from fractions import Fraction
from typing import Literal, TypeAlias, final

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


class Alternative(Choice):
    """The side of the hypothesis on which a test looks for the truth."""

    TWO_SIDED = "two-sided"
    GREATER = "greater"
    """One-sided: the rate is greater (of two, the first)."""
    LESS = "less"
    """One-sided: the rate is less (of two, the first)."""

    @property
    def sides(self) -> str:
        """The sides of a test in words."""
        return self.value if self is Alternative.TWO_SIDED else f"one-sided, {self}"


AlternativeLike: TypeAlias = Alternative | Literal["two-sided", "greater", "less"]


@final
@value
class TestResult:
    """
    A p-value with its test and its hypothesis.

    Args:
        p_value: the probability, under the hypothesis, of a result as extreme or more so.
        test: the name of the test.
        hypothesis: what is tested, in words.
        sides: "two-sided", or the one side.
        statistic: the chi-squared statistic; ``None`` for any other test.
        degrees_of_freedom: those of the chi-squared statistic; ``None`` for any other test.

    Raises:
        InvalidValue: the p-value is not a float from 0 to 1, the statistic is negative or not finite, or a text is
            empty.
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
    """The counts that a two-sided exact binomial p-value takes as at least as extreme."""

    MINIMUM_LIKELIHOOD = "minimum-likelihood"
    """Every count that is no likelier than the count observed."""
    DOUBLED = "doubled"
    """Twice the smaller tail."""
    MID_P = "mid-p"
    """Twice the smaller tail, with half the probability of the count itself."""


BinomialMethodLike: TypeAlias = BinomialMethod | Literal["minimum-likelihood", "doubled", "mid-p"]


def _against(target: Fraction) -> str:
    return f"the rate behind the cases is {float(target):.4g}"


def score_squared(rate: Proportion, target: Fraction) -> Fraction | None:
    """
    Return the squared distance of a share from a target in standard deviations of the target, exact.

    A difference of two nearly equal floats would lose digits. ``None`` where it is infinite: cases against a target of
    0 or 1 from which they differ at all. Needs cases.
    """
    squared, variance = score_terms(rate.numerator, rate.denominator, target.numerator, target.denominator)
    if squared == 0:
        return Fraction(0)
    return Fraction(squared, variance) if variance else None


def _p_value_of(squared: Fraction | None, alternative: Alternative, *, above: bool) -> float:
    """Return the p-value of a squared score, infinite where ``None``, that lies above or below its hypothesis."""
    tail = 0.0 if squared is None else normal_tail(math.sqrt(squared))
    if alternative is Alternative.TWO_SIDED:
        return min(2.0 * tail, 1.0)
    return tail if above is (alternative is Alternative.GREATER) else 1.0 - tail


def score_test(rate: Proportion, target: ShareLike, *, alternative: AlternativeLike = "two-sided") -> TestResult | None:
    """
    Test a share against a given rate, by the normal approximation with the variance of that rate.

    Rejects at 5% exactly when the target is outside the 95% Wilson interval (one-sided, outside the one-sided limit).
    At a target of 0 or 1 any case the other way gives a p-value of 0.

    Args:
        rate: the cases counted, of all cases.
        target: the rate under the hypothesis, a share from 0 to 1.
        alternative: "two-sided", or "greater" or "less" for one side.

    Returns:
        The test result; ``None`` for a rate of 0 of 0.

    Raises:
        InvalidValue: the target is not a share from 0 to 1, or the alternative is not known.

    >>> round(score_test(Proportion(19, 22), Fraction(66, 100)).p_value, 3)
    0.044

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
    rate: Proportion,
    target: ShareLike,
    *,
    method: BinomialMethodLike = "minimum-likelihood",
    alternative: AlternativeLike = "two-sided",
) -> TestResult | None:
    """
    Test a share against a given rate, by exact binomial probabilities.

    The doubled test rejects at 5% exactly when the target is outside the 95% Clopper-Pearson interval.

    Args:
        rate: the cases counted, of all cases.
        target: the rate under the hypothesis, a share from 0 to 1.
        method: the two-sided p-value: "minimum-likelihood", "doubled" or "mid-p", which differ. Of a single tail the
            first two are the same.
        alternative: "two-sided", or "greater" or "less" for a single tail.

    Returns:
        The test result; ``None`` for a rate of 0 of 0.

    Raises:
        InvalidValue: the target is not a share from 0 to 1, the method or the alternative is not known, or there are
            more than 1,000,000,000 cases.

    >>> rate, target = Proportion(520, 1000), Fraction(1, 2)
    >>> [round(binomial_test(rate, target, method=method).p_value, 4) for method in BinomialMethod]
    [0.2174, 0.2174, 0.2061]

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
        far_tail = 0.0 if low > total else binomial_tails(low, total, share)[1]
        return binomial_tails(count, total, share)[0] + far_tail
    low, high = -1, mode
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if binomial_mass(middle, total, share) <= limit else (low, middle - 1)
    far_tail = 0.0 if low < 0 else binomial_tails(low, total, share)[0]
    return binomial_tails(count, total, share)[1] + far_tail


_NO_DIFFERENCE = "the rates behind the two sets of cases are equal"


def two_proportion_test(
    first: Proportion, second: Proportion, *, alternative: AlternativeLike = "two-sided"
) -> TestResult | None:
    """
    Test whether two shares differ, by the score test with pooled variance (the uncorrected chi-squared test).

    Args:
        first: a share.
        second: the share with which it is compared.
        alternative: "two-sided", or that the first is "greater" or "less".

    Returns:
        The test result; ``None`` where either share has no cases.

    Raises:
        InvalidValue: the alternative is not known.

    >>> round(two_proportion_test(Proportion(7, 34), Proportion(1, 34)).p_value, 6)
    0.023926

    Source: K. Pearson (1900); Newcombe (1998), Statistics in Medicine 17, 873-890.
    """
    side = choice_of("alternative", alternative, Alternative)
    if first.value is None or second.value is None:
        return None
    pooled = Fraction(first.numerator + second.numerator, first.denominator + second.denominator)
    squared = Fraction(0)
    if first.value != second.value:
        variance = pooled * (1 - pooled) * (Fraction(1, first.denominator) + Fraction(1, second.denominator))
        squared = (first.value - second.value) ** 2 / variance
    p_value = _p_value_of(squared, side, above=first.value > second.value)
    return TestResult(p_value=p_value, test="score, pooled variance", hypothesis=_NO_DIFFERENCE, sides=side.sides)


def fisher_test(
    first: Proportion, second: Proportion, *, alternative: AlternativeLike = "two-sided"
) -> TestResult | None:
    """
    Test whether two shares differ, by Fisher's exact test.

    Args:
        first: a share.
        second: the share with which it is compared.
        alternative: "two-sided" (every table with these margins that is no likelier counts), or that the first is
            "greater" or "less" (a single tail).

    Returns:
        The test result; ``None`` where either share has no cases.

    Raises:
        InvalidValue: the alternative is not known, or there are more than 1,000,000,000 cases on either side.

    >>> round(fisher_test(Proportion(3, 19), Proportion(9, 100)).p_value, 6)
    0.404438

    Source: R. A. Fisher (1935), JRSS 98, 39-82.
    """
    side = choice_of("alternative", alternative, Alternative)
    if first.denominator == 0 or second.denominator == 0:
        return None
    refuse_too_many(first=first.denominator, second=second.denominator)
    drawn = first.numerator + second.numerator
    margins = drawn, first.denominator, second.denominator
    if side is Alternative.TWO_SIDED:
        p_value, test = _minimum_likelihood_of_tables(first.numerator, *margins), "Fisher's exact, minimum-likelihood"
    else:
        tails = hypergeometric_tails(first.numerator, *margins)
        p_value, test = tails[side is Alternative.GREATER], "Fisher's exact"
    return TestResult(p_value=min(p_value, 1.0), test=test, hypothesis=_NO_DIFFERENCE, sides=side.sides)


def _minimum_likelihood_of_tables(count: int, drawn: int, marked: int, unmarked: int) -> float:
    """Return the probability of all tables of these margins that are no likelier than the observed."""
    least, most = max(0, drawn - unmarked), min(drawn, marked)
    mode = min(max((drawn + 1) * (marked + 1) // (marked + unmarked + 2), least), most)
    limit = hypergeometric_mass(count, drawn, marked, unmarked) * _ALIKE
    if hypergeometric_mass(mode, drawn, marked, unmarked) <= limit:
        return 1.0
    # Probabilities fall away from the mode, so the first table beyond it that is no likelier is found by halving.
    if count < mode:
        low, high = mode, most + 1
        while low < high:
            middle = (low + high) // 2
            is_rare = hypergeometric_mass(middle, drawn, marked, unmarked) <= limit
            low, high = (low, middle) if is_rare else (middle + 1, high)
        far_tail = 0.0 if low > most else hypergeometric_tails(low, drawn, marked, unmarked)[1]
        return hypergeometric_tails(count, drawn, marked, unmarked)[0] + far_tail
    low, high = least - 1, mode
    while low < high:
        middle = (low + high + 1) // 2
        is_rare = hypergeometric_mass(middle, drawn, marked, unmarked) <= limit
        low, high = (middle, high) if is_rare else (low, middle - 1)
    far_tail = 0.0 if low < least else hypergeometric_tails(low, drawn, marked, unmarked)[0]
    return hypergeometric_tails(count, drawn, marked, unmarked)[1] + far_tail


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
        InvalidValue: the confidence is not between 0 and 1, or the method is not known.

    Source: Newcombe (1998), Statistics in Medicine 17, 873-890, method 10; Miettinen and Nurminen (1985), Statistics in
    Medicine 4, 213-226.
    """
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
