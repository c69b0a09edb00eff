"""
Tests of several shares: for differences among them, from a given rate, or along an order such as years.

Chi-squared tests of counts, each statistic a sum of whole-number quotients. Shares of 0 of 0 tell nothing and are in
none of them: the degrees of freedom count only shares with cases.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

from lgsco._values import ShareLike, share_of
from lgsco.errors import InvalidValue, Problem, SeriesTooShort
from lgsco.stats.distributions import binomial_mass, chi_squared_tail, normal_tail
from lgsco.stats.hypothesis_tests import TestResult
from lgsco.stats.intervals import Interval, ProportionMethod, Sides, proportion_limits, tail_of
from lgsco.stats.rates import Proportion, pooled

FEWEST_FOR_A_TREND = 3
"""Through two points there is always a line."""


def homogeneity_test(rates: Iterable[Proportion], *, target: ShareLike | None = None) -> TestResult | None:
    """
    Test whether the councils of a group differ by more than chance, among themselves or from a target.

    The chi-squared approximation is good where most councils have five cases and more on either side.

    Args:
        rates: the cases counted, of all cases, of each council.
        target: a share from 0 to 1 that all rates are tested against; without it their pooled rate.

    Returns:
        The test result; ``None`` where fewer than two shares have cases (fewer than one, with a target).

    Raises:
        InvalidValue: a rate is not a Proportion, or the target is not a share from 0 to 1.

    >>> smokers = [Proportion(83, 86), Proportion(90, 93), Proportion(129, 136), Proportion(70, 82)]
    >>> result = homogeneity_test(smokers)
    >>> f"{result.statistic:.2f}", result.degrees_of_freedom, f"{result.p_value:.4f}"
    ('12.60', 3, '0.0056')

    Source: Fleiss (1981), Statistical Methods for Rates and Proportions, section 9.1.
    """
    shares = [rate for rate in _proportions(rates) if rate.denominator]
    if target is None:
        if len(shares) < 2:  # noqa: PLR2004  # a single share differs from nothing
            return None
        whole = pooled(shares)
        centre = Fraction(whole.numerator, whole.denominator)
        return _chi_squared_result(
            _squared_distance(shares, centre), len(shares) - 1, "chi-squared, homogeneity", "the rates are all equal"
        )
    target = share_of("target", target)
    if not shares:
        return None
    return _chi_squared_result(
        _squared_distance(shares, target),
        len(shares),
        "chi-squared, given rate",
        f"all rates are {float(target):.4g}",
    )


def _proportions(rates: Iterable[object]) -> list[Proportion]:
    """Refuse all but proportions: a Fraction has a numerator too, but no longer knows its cases."""
    shares = [*rates]
    problems = [
        Problem.at(f"rates[{index}]", rate, "must be a Proportion, which knows its cases")
        for index, rate in enumerate(shares)
        if not isinstance(rate, Proportion)
    ]
    if problems:
        raise InvalidValue(problems)
    return [rate for rate in shares if isinstance(rate, Proportion)]


def _squared_distance(rates: Sequence[Proportion], target: Fraction) -> float | None:
    """Return the sum of squared z-scores; ``None`` where infinite: cases the other way from a target of 0 or 1."""
    over, under = target.numerator, target.denominator
    gaps = [(rate.numerator * under - rate.denominator * over, rate.denominator) for rate in rates]
    if over in {0, under}:
        return None if any(gap for gap, _ in gaps) else 0.0
    return math.fsum(gap * gap / (cases * over * (under - over)) for gap, cases in gaps)


def _chi_squared_result(statistic: float | None, degrees: int, test: str, hypothesis: str) -> TestResult:
    return TestResult(
        p_value=0.0 if statistic is None else chi_squared_tail(statistic, degrees),
        test=test,
        hypothesis=hypothesis,
        sides="any difference",
        statistic=statistic,
        degrees_of_freedom=degrees,
    )


def trend_test(rates: Sequence[Proportion], scores: Sequence[int] | None = None) -> TestResult | None:
    """
    Test whether shares rise or fall along an order, by the Cochran-Armitage test for a linear trend; two-sided.

    Args:
        rates: the cases counted, of all cases, in order.
        scores: whole numbers that place the shares, such as years, not necessarily evenly spaced; without them 1, 2, 3
            and so on. Adding a number to all scores, or multiplying them, changes nothing.

    Returns:
        The test result; ``None`` where the shares with cases all have one score.

    Raises:
        SeriesTooShort: there are fewer than three shares with cases.
        InvalidValue: a rate is not a Proportion, there are not as many scores as rates, or a score is not a whole
            number.

    >>> smokers = [Proportion(83, 86), Proportion(90, 93), Proportion(129, 136), Proportion(70, 82)]
    >>> result = trend_test(smokers)
    >>> f"{result.statistic:.4f}", f"{result.p_value:.6f}"
    ('8.2249', '0.004132')

    Source: Cochran (1954), Biometrics 10, 417-451; Armitage (1955), Biometrics 11, 375-386.
    """
    spread = _spread(_scored_shares(rates, scores))
    if spread is None:
        return None
    counted, cases, covariance, variance = spread
    rest = cases - counted
    # No cases on one side: there is nothing that could rise or fall.
    statistic = cases * covariance * covariance / (counted * rest * variance) if counted and rest else 0.0
    return TestResult(
        p_value=chi_squared_tail(statistic, 1),
        test="Cochran-Armitage",
        hypothesis="the rate neither rises nor falls along the order",
        statistic=statistic,
        degrees_of_freedom=1,
    )


_MOST_STEPS = 800_000
"""This many steps of the exact trend test take some tenths of a second at the most."""


def exact_trend_test(rates: Sequence[Proportion], scores: Sequence[int] | None = None) -> TestResult | None:
    """
    Test whether shares rise or fall along an order, by the exact permutation test of the Cochran-Armitage statistic.

    The p-value is the probability of a trend as steep or steeper, up or down, where the counted cases are spread over
    all cases at random. Where the cases are too many for that it is the normal approximation with the permutation
    variance, corrected for continuity; ``test`` says which. Two-sided.

    Args:
        rates: as of ``trend_test``.
        scores: as of ``trend_test``.

    Returns:
        The test result; ``None`` where the shares with cases all have one score.

    Raises:
        SeriesTooShort: as ``trend_test``.
        InvalidValue: as ``trend_test``.

    >>> exact_trend_test([Proportion(0, 2), Proportion(1, 2), Proportion(2, 2)]).p_value
    0.2...

    Source: Agresti, Mehta and Patel (1990), JASA 85, 453-458.
    """
    shares = _scored_shares(rates, scores)
    spread = _spread(shares)
    if spread is None:
        return None
    counted, cases, covariance, _ = spread
    p_value = 1.0
    name = "Cochran-Armitage, exact conditional"
    if 0 < counted < cases and covariance:
        steps = _steps(shares, min(counted, cases - counted))
        if steps > _MOST_STEPS:
            name = "Cochran-Armitage, corrected for continuity"
            p_value = _approximate_p_value(shares, spread)
        else:
            p_value = _permutation_p_value(shares, counted, cases, covariance)
    return TestResult(p_value=p_value, test=name, hypothesis="the rate neither rises nor falls along the order")


def _steps(shares: list[tuple[Proportion, int]], fewer: int) -> int:
    """Return the most steps that the exact distribution takes: its states in each year, times the counts."""
    lowest = min(score for _, score in shares)
    cases, weighted, steps = 0, 0, 0
    for rate, score in shares[:-1]:
        states = (min(cases, fewer) + 1) * (min(weighted, fewer * max(score - lowest for _, score in shares)) + 1)
        steps += min(states, _MOST_STEPS) * (min(rate.denominator, fewer) + 1)
        cases += rate.denominator
        weighted += rate.denominator * (score - lowest)
    return steps


def _permutation_p_value(shares: list[tuple[Proportion, int]], counted: int, cases: int, covariance: int) -> float:
    """Return the probability of a covariance as far from zero where the counted cases are spread at random."""
    fewer = min(counted, cases - counted)
    share = fewer / cases
    lowest = min(score for _, score in shares)
    states: dict[tuple[int, int], float] = {(0, 0): 1.0}
    left = cases
    for rate, score in shares:
        left -= rate.denominator
        own = [binomial_mass(count, rate.denominator, share) for count in range(min(rate.denominator, fewer) + 1)]
        following: dict[tuple[int, int], float] = {}
        for (total, weight), chance in states.items():
            for count in range(max(0, fewer - left - total), min(fewer - total, len(own) - 1) + 1):
                state = total + count, weight + count * (score - lowest)
                following[state] = following.get(state, 0.0) + chance * own[count]
        states = following
    middle = fewer * sum(rate.denominator * (score - lowest) for rate, score in shares)
    # The covariance of what is not counted is the same, the other way.
    beyond = [chance for (_, weight), chance in states.items() if abs(cases * weight - middle) >= abs(covariance)]
    return math.fsum(beyond) / math.fsum(states.values())


def _approximate_p_value(shares: list[tuple[Proportion, int]], spread: tuple[int, int, int, int]) -> float:
    """Return the normal approximation of the same, half a step of the statistic nearer to zero."""
    counted, cases, covariance, variance = spread
    lowest = min(score for _, score in shares)
    step = math.gcd(*(score - lowest for _, score in shares))
    nearer = max(abs(Fraction(covariance)) - Fraction(cases * step, 2), Fraction(0))
    squared = nearer * nearer / Fraction(counted * (cases - counted) * variance, cases - 1)
    return min(2.0 * normal_tail(math.sqrt(squared)), 1.0)


def slope_interval(
    rates: Sequence[Proportion], scores: Sequence[int] | None = None, *, confidence: float = 0.95
) -> Interval | None:
    """
    Return a confidence interval for the slope, from the Wilson limits of each share, squared and added.

    With two shares they would be Newcombe's limits for a difference.

    Args:
        rates: as of ``trend_test``.
        scores: as of ``trend_test``.
        confidence: the probability with which such intervals hold the slope, between 0 and 1.

    Returns:
        Limits of the change of the share for a step of one score; ``None`` where the shares with cases all have one
        score.

    Raises:
        SeriesTooShort: as ``trend_test``.
        InvalidValue: as ``trend_test``, or the confidence is not between 0 and 1.

    >>> limits = slope_interval([Proportion(10, 100), Proportion(20, 100), Proportion(30, 100)])
    >>> print(f"{limits.lower:.3f} to {limits.upper:.3f}")
    0.045 to 0.153

    Source: Zou, Huang and Zhang (2009), Computational Statistics and Data Analysis 53, 1080-1085.
    """
    tail = tail_of(confidence, Sides.BOTH)
    shares = _scored_shares(rates, scores)
    spread = _spread(shares)
    if spread is None:
        return None
    cases, variance = spread[1], spread[3]
    weighted = sum(rate.denominator * score for rate, score in shares)
    slope = float(Fraction(spread[2], variance))
    below: list[float] = []
    above: list[float] = []
    for rate, score in shares:
        weight = float(Fraction(rate.denominator * (cases * score - weighted), variance))
        share = rate.numerator / rate.denominator
        lower, upper = proportion_limits(rate.numerator, rate.denominator, tail, ProportionMethod.WILSON)
        down, up = weight * (share - lower), weight * (upper - share)
        below.append(down if weight > 0.0 else up)
        above.append(up if weight > 0.0 else down)
    return Interval(
        slope - math.hypot(*below),
        slope + math.hypot(*above),
        confidence=confidence,
        method="wilson, squared and added",
    )


def linearity_test(rates: Sequence[Proportion], scores: Sequence[int] | None = None) -> TestResult | None:
    """
    Test whether shares stray from a straight line along an order: the homogeneity statistic less that of the trend.

    Args:
        rates: as of ``trend_test``.
        scores: as of ``trend_test``.

    Returns:
        The test result; ``None`` where the shares with cases all have one score.

    Raises:
        SeriesTooShort: as ``trend_test``.
        InvalidValue: as ``trend_test``.

    Source: Fleiss (1981), section 9.3.
    """
    line, shares = trend_test(rates, scores), _scored_shares(rates, scores)
    total = homogeneity_test(rate for rate, _ in shares)
    if line is None or total is None or total.statistic is None or line.statistic is None:
        return None
    departure = max(total.statistic - line.statistic, 0.0)
    return _chi_squared_result(
        departure, len(shares) - 2, "chi-squared, departure from trend", "the rates lie on a straight line"
    )


def linear_slope(rates: Sequence[Proportion], scores: Sequence[int] | None = None) -> Fraction | None:
    """
    Return the slope of the weighted least-squares line through the shares, which ``trend_test`` tests; exact.

    Args:
        rates: as of ``trend_test``.
        scores: as of ``trend_test``.

    Returns:
        The change of the share for a step of one score; ``None`` where the shares with cases all have one score.

    Raises:
        SeriesTooShort: as ``trend_test``.
        InvalidValue: as ``trend_test``.

    >>> linear_slope([Proportion(1, 10), Proportion(2, 10), Proportion(3, 10)])
    Fraction(1, 10)
    """
    spread = _spread(_scored_shares(rates, scores))
    return None if spread is None else Fraction(spread[2], spread[3])


def _scored_shares(rates: Sequence[Proportion], scores: Sequence[int] | None) -> list[tuple[Proportion, int]]:
    """Return the shares that have cases, each with its score."""
    rates = _proportions(rates)
    places = range(1, len(rates) + 1) if scores is None else scores
    if len(places) != len(rates):
        raise InvalidValue.at("scores", scores, f"must be as many as the shares, {len(rates)}")
    for score in places:
        if type(score) is not int:
            raise InvalidValue.at("scores", score, "must be whole numbers, such as years")
    shares = [(rate, score) for rate, score in zip(rates, places, strict=True) if rate.denominator]
    if len(shares) < FEWEST_FOR_A_TREND:
        raise SeriesTooShort("a trend", FEWEST_FOR_A_TREND, len(shares))
    return shares


def _spread(shares: list[tuple[Proportion, int]]) -> tuple[int, int, int, int] | None:
    """Return the cases counted, all cases, and their scaled covariance and variance with the scores, all whole."""
    cases = sum(rate.denominator for rate, _ in shares)
    counted = sum(rate.numerator for rate, _ in shares)
    weighted = sum(rate.denominator * score for rate, score in shares)
    variance = cases * sum(rate.denominator * score * score for rate, score in shares) - weighted * weighted
    covariance = cases * sum(rate.numerator * score for rate, score in shares) - counted * weighted
    return (counted, cases, covariance, variance) if variance else None
