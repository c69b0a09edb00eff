"""
Hypothesis tests of one rate and of two.

Every result names its test, its sides and its hypothesis. There are two families: the score tests, which agree with
Wilson intervals and decide in ``lgsco.compare``, and the exact tests, which check them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
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
    validate,
    value,
)
from lgsco.stats.distributions import (
    binomial_mass,
    binomial_tails,
    hypergeometric_mass,
    hypergeometric_tails,
    normal_tail,
    smaller_binomial_tail,
)
from lgsco.stats.formulas import score_terms
from lgsco.stats.intervals import refuse_too_many
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
        InvalidValue: the rate is not a Proportion, the target is not a share from 0 to 1, or the alternative is not
            known.

    >>> f"{score_test(Proportion(19, 22), Fraction(66, 100)).p_value:.3f}"
    '0.044'

    Source: Wilson (1927), JASA 22, 209-212.
    """
    # A Fraction has a numerator too, but does not know its cases.
    validate(rate=(rate, Proportion))
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
        InvalidValue: the rate is not a Proportion, the target is not a share from 0 to 1, the method or the alternative
            is not known, or there are more than 1,000,000,000 cases.

    >>> rate, target = Proportion(520, 1000), Fraction(1, 2)
    >>> [f"{binomial_test(rate, target, method=method).p_value:.4f}" for method in BinomialMethod]
    ['0.2174', '0.2174', '0.2061']

    Source: Clopper and Pearson (1934); Lancaster (1961); Hirji (2006), Exact Analysis of Discrete Data.
    """
    # A Fraction has a numerator too, but does not know its cases.
    validate(rate=(rate, Proportion))
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
    return _no_likelier(
        count,
        (0, total),
        min(math.floor((total + 1) * share), total),
        lambda number: binomial_mass(number, total, share),
        lambda number: binomial_tails(number, total, share),
    )


def _no_likelier(
    count: int,
    ends: tuple[int, int],
    mode: int,
    mass: Callable[[int], float],
    tails: Callable[[int], tuple[float, float]],
) -> float:
    """Return the probability of all counts that are no likelier than the observed, of those that fall from a mode."""
    least, most = ends
    limit = mass(count) * _ALIKE
    if mass(mode) <= limit:
        return 1.0
    if count > mode:
        turn = least + most
        return _no_likelier(
            turn - count,
            ends,
            turn - mode,
            lambda n: mass(turn - n),
            lambda n: (tails(turn - n)[1], tails(turn - n)[0]),
        )
    # Probabilities fall away from the mode, so the first count beyond it that is no likelier is found by halving.
    low, high = mode, most + 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if mass(middle) <= limit else (middle + 1, high)
    return tails(count)[0] + (0.0 if low > most else tails(low)[1])


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
        InvalidValue: an argument is not a Proportion, or the alternative is not known.

    >>> f"{two_proportion_test(Proportion(7, 34), Proportion(1, 34)).p_value:.6f}"
    '0.023926'

    Source: K. Pearson (1900); Newcombe (1998), Statistics in Medicine 17, 873-890.
    """
    validate(first=(first, Proportion), second=(second, Proportion))
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
        InvalidValue: an argument is not a Proportion, the alternative is not known, or there are more than
            1,000,000,000 cases on either side.

    >>> f"{fisher_test(Proportion(3, 19), Proportion(9, 100)).p_value:.6f}"
    '0.404438'

    Source: R. A. Fisher (1935), JRSS 98, 39-82.
    """
    validate(first=(first, Proportion), second=(second, Proportion))
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
    return _no_likelier(
        count,
        (least, most),
        mode,
        lambda number: hypergeometric_mass(number, drawn, marked, unmarked),
        lambda number: hypergeometric_tails(number, drawn, marked, unmarked),
    )
