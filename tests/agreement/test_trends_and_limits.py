"""
Trends, control limits, p-values of run rules and limits per population agree with scipy, numpy and enumeration.

Probabilities to 1e-9 of their value, where nothing else is said.
"""

import datetime as dt
import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest
from tests.support.tables import each_of

from lgsco import Population, PopulationRate, Proportion
from lgsco.stats import (
    difference,
    directly_standardised_rate,
    dobson_interval,
    score_test,
    two_proportion_test,
)
from lgsco.stats.chart_limits import c_limits, p_limits
from lgsco.stats.control_limits import arcsine_limits, beta_binomial_limits, exact_limits, exact_tails, poisson_limits
from lgsco.stats.distributions import hypergeometric_tails, poisson_range, student_tail
from lgsco.stats.heterogeneity import exact_trend_test, linear_slope, linearity_test, slope_interval
from lgsco.stats.rule_p_values import odd_count_p_value, odd_rate_p_value, side_p_value

CONFIDENCES = st.sampled_from([0.8, 0.95, 0.998])
TARGETS = st.integers(1, 99).map(lambda percent: Fraction(percent, 100))


def shares(most, years):
    """Shares of that many years, all with cases."""
    share = st.integers(1, most).flatmap(lambda n: st.integers(0, n).map(lambda k: Proportion(k, n)))
    return st.lists(share, min_size=years, max_size=years)


@given(shares(4, 4), st.lists(st.integers(0, 9), min_size=4, max_size=4, unique=True))
def test_the_exact_trend_is_the_enumeration_of_all_splits(rates, scores):
    """Every way of choosing which cases count, each as likely; trends as far from none as the observed one."""
    own = [score for rate, score in zip(rates, scores, strict=True) for _ in range(rate.denominator)]
    counted = sum(rate.numerator for rate in rates)
    assume(math.comb(len(own), counted) <= 20_000)
    middle = Fraction(counted * sum(own), len(own))
    observed = abs(sum(rate.numerator * score for rate, score in zip(rates, scores, strict=True)) - middle)
    sums = [abs(sum(chosen) - middle) for chosen in itertools.combinations(own, counted)]

    expected = sum(far >= observed for far in sums) / len(sums)
    assert expected == pytest.approx(exact_trend_test(rates, scores).p_value, rel=1e-9)


def test_the_exact_trend_is_scipys_permutation_test():
    """All permutations of eight cases in three years; scipy tells the two sides apart by the sum of scores."""
    rates, scores = [Proportion(0, 2), Proportion(2, 3), Proportion(3, 3)], [1, 2, 4]
    own = np.repeat(scores, [2, 3, 3])
    counted = np.array([0, 0, 1, 1, 0, 1, 1, 1])
    made = stats.permutation_test(
        (counted,),
        lambda permuted: abs(permuted @ own - 5 * own.mean()),
        permutation_type="pairings",
        alternative="greater",
        vectorized=False,
        n_resamples=math.inf,
    )

    assert made.pvalue == pytest.approx(exact_trend_test(rates, scores).p_value, rel=1e-9)


@given(shares(300, 5))
def test_the_slope_is_weighted_least_squares(rates):
    """Of numpy, and the departure from it is what is left of the chi-squared statistic."""
    scores, cases = np.arange(1, 6), np.array([rate.denominator for rate in rates])
    values = np.array([rate.numerator / rate.denominator for rate in rates])
    expected = sm.WLS(values, sm.add_constant(scores), weights=cases).fit()
    pooled = (values * cases).sum() / cases.sum()
    assume(0 < pooled < 1)

    assert expected.params[1] == pytest.approx(float(linear_slope(rates)), abs=1e-9)
    left = (expected.resid**2 * cases).sum() / (pooled * (1 - pooled))
    assert left == pytest.approx(linearity_test(rates).statistic, abs=1e-6)


@given(shares(300, 3), CONFIDENCES)
def test_limits_of_the_slope_are_squared_and_added(rates, confidence):
    """Zou, Huang and Zhang's formula, written out in numpy on the Wilson limits of statsmodels."""
    cases = np.array([rate.denominator for rate in rates])
    values = np.array([rate.numerator / rate.denominator for rate in rates])
    scores = np.arange(1, 4)
    centred = cases * (scores - (cases * scores).sum() / cases.sum())
    weights = centred / (centred * scores).sum()
    lower, upper = np.array(
        [sm.stats.proportion_confint(r.numerator, r.denominator, alpha=1 - confidence, method="wilson") for r in rates]
    ).T
    slope = (weights * values).sum()
    below = np.where(weights > 0, weights * (values - lower), weights * (values - upper))
    above = np.where(weights > 0, weights * (upper - values), weights * (lower - values))
    made = slope_interval(rates, confidence=confidence)

    assert slope - math.hypot(*below) == pytest.approx(made.lower, abs=1e-9)
    assert slope + math.hypot(*above) == pytest.approx(made.upper, abs=1e-9)


def interpolated(frozen, total, tail):
    """The lower limit of Spiegelhalter's appendix, from a distribution of scipy's, by looking at every count."""
    count = next(k for k in range(total + 1) if frozen.cdf(k) >= tail * (1 - 1e-9))
    return max(count - max(frozen.cdf(count) - tail, 0.0) / frozen.pmf(count), 0.0)


@given(st.integers(1, 200), TARGETS, CONFIDENCES)
def test_exact_limits(total, target, confidence):
    """From scipy's binomial; the upper limit mirrors the lower one of the other cases."""
    tail, rate = (1 - confidence) / 2, float(target)
    low, high = exact_limits(total, target, confidence)

    assert interpolated(stats.binom(total, rate), total, tail) == pytest.approx(low * total, rel=1e-6, abs=1e-6)
    mirrored = interpolated(stats.binom(total, float(1 - target)), total, tail)
    assert total - mirrored == pytest.approx(high * total, rel=1e-6, abs=1e-6)


@given(st.integers(1, 200), TARGETS, CONFIDENCES, st.floats(0.02, 0.9))
def test_beta_binomial_limits(total, target, confidence, spread):
    """The same from scipy's beta-binomial, from rates that hardly vary to rates that are all or nothing."""
    tail, rate = (1 - confidence) / 2, float(target)
    tau_squared = rate * (1 - rate) * spread**2
    size = rate * (1 - rate) / tau_squared - 1
    a, b = rate * size, (1 - rate) * size
    low, high = beta_binomial_limits(total, target, confidence, tau_squared=tau_squared)

    assert interpolated(stats.betabinom(total, a, b), total, tail) == pytest.approx(low * total, rel=1e-6, abs=1e-6)
    mirrored = interpolated(stats.betabinom(total, b, a), total, tail)
    assert total - mirrored == pytest.approx(high * total, rel=1e-6, abs=1e-6)


@each_of("tau_squared", [1e-6, 1e-4, 0.01])
def test_beta_binomial_limits_of_a_million_cases(tau_squared):
    """Beside scipy's quantiles, at most one case off: the whole counts between which ours is interpolated."""
    size = 0.66 * 0.34 / tau_squared - 1
    low, high = beta_binomial_limits(1_000_000, Fraction(66, 100), 0.95, tau_squared=tau_squared)
    frozen = stats.norm if tau_squared < 1e-5 else stats.beta(0.66 * size, 0.34 * size)
    sigma = math.sqrt(0.66 * 0.34 / 1e6 + tau_squared)
    expected = (
        (0.66 - 1.96 * sigma, 0.66 + 1.96 * sigma) if tau_squared < 1e-5 else (frozen.ppf(0.025), frozen.ppf(0.975))
    )

    assert expected == pytest.approx((low, high), abs=2e-4)


@given(st.floats(0.01, 500.0), CONFIDENCES)
def test_poisson_limits(expected, confidence):
    """From scipy's Poisson distribution, counted up from zero."""
    tail, frozen = (1 - confidence) / 2, stats.poisson(expected)
    low, high = poisson_limits(expected, confidence)
    greatest = math.floor(expected)
    while frozen.sf(greatest) >= tail * (1 - 1e-9):
        greatest += 1
    reach = max(frozen.sf(greatest - 1) - tail, 0.0) / frozen.pmf(greatest)

    assert interpolated(frozen, 2000, tail) == pytest.approx(low, rel=1e-6, abs=1e-6)
    assert greatest + reach == pytest.approx(high, rel=1e-6)
    assert (math.ceil(low - 1e-9), greatest) == (poisson_range(expected, tail)[0], poisson_range(expected, tail)[1])


def test_arcsine_limits():
    """By the formula, in numpy."""
    middle, reach = np.arcsin(np.sqrt(0.66)), 1.959963984540054 / (2 * np.sqrt(50))

    assert tuple(np.sin([middle - reach, middle + reach]) ** 2) == pytest.approx(
        arcsine_limits(50, Fraction(66, 100), 0.95), rel=1e-12
    )


@given(shares(200, 2))
def test_two_proportions(rates):
    """The uncorrected chi-squared test of scipy's contingency tables."""
    table = [[rate.numerator, rate.denominator - rate.numerator] for rate in rates]
    assume(all(sum(column) for column in zip(*table, strict=True)))
    expected = stats.chi2_contingency(table, correction=False).pvalue

    assert expected == pytest.approx(two_proportion_test(*rates).p_value, rel=1e-9)


@given(shares(200, 2), CONFIDENCES)
def test_limits_of_a_difference(rates, confidence):
    """Newcombe's from Wilson limits, as statsmodels has them: of the first less the second."""
    later, earlier = rates
    pairs = [count for rate in rates for count in (rate.numerator, rate.denominator)]
    theirs = confint_proportions_2indep(*pairs, method="newcomb", compare="diff", alpha=1 - confidence)
    ours = difference(later, earlier, confidence=confidence).interval

    assert theirs == pytest.approx((ours.lower, ours.upper), rel=1e-9, abs=1e-12)


@given(shares(200, 1), TARGETS)
def test_the_score_test_of_one_rate(rates, target):
    """Statsmodels' z-test with the variance at the target."""
    [rate] = rates
    _, p_value = proportions_ztest(rate.numerator, rate.denominator, float(target), prop_var=float(target))
    ours = score_test(rate, target).p_value

    assert p_value == pytest.approx(ours, rel=1e-9, abs=1e-12)


@given(shares(100, 4))
def test_an_odd_rate(rates):
    """Scipy's hypergeometric tails of each year against all others, doubled and times the years."""
    counted, cases = (sum(getattr(rate, part) for rate in rates) for part in ("numerator", "denominator"))
    tails = [
        (held.cdf(rate.numerator), held.sf(rate.numerator - 1))
        for rate in rates
        for held in [stats.hypergeom(cases, counted, rate.denominator)]
    ]
    rarest = min(min(pair) for pair in tails)

    assert min(8 * rarest, 1.0) == pytest.approx(odd_rate_p_value(rates).p_value, rel=1e-8)
    rate = rates[0]
    margins = counted, rate.denominator, cases - rate.denominator
    assert tails[0] == pytest.approx(hypergeometric_tails(rate.numerator, *margins), rel=1e-8, abs=1e-12)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=12))
def test_an_odd_count(counts):
    """Scipy's binomial tails of each year given the sum, doubled and times the years."""
    held = stats.binom(sum(counts), 1 / len(counts))
    rarest = min(min(held.cdf(count), held.sf(count - 1)) for count in counts)

    found = odd_count_p_value([Fraction(count) for count in counts]).p_value
    assert min(2 * len(counts) * rarest, 1.0) == pytest.approx(found, rel=1e-8)


@each_of("years", [8, 10, 12])
def test_a_run_on_one_side_is_the_enumeration_of_all_tosses(years):
    """The share of all series whose longest run is as long."""
    longest = [
        max(len([*run]) for _, run in itertools.groupby(tosses)) for tosses in itertools.product((1, -1), repeat=years)
    ]

    for length in range(2, years + 1):
        sides = [1] * length + [-1 if step % 2 == 0 else 1 for step in range(years - length)]
        expected = sum(run >= length for run in longest) / len(longest)
        assert expected == pytest.approx(side_p_value(sides).p_value, rel=1e-12)


@given(st.floats(0.0, 50.0), st.floats(0.3, 40.0))
def test_student_tails(t, degrees):
    """Of any degrees of freedom."""
    assert stats.t.sf(t, degrees) == pytest.approx(student_tail(t, degrees), rel=1e-8)


@given(shares(200, 6), st.lists(st.integers(0, 9), min_size=6, max_size=6))
def test_limits_of_charts_by_their_formulas(rates, counts):
    """Binomial deviations about the pooled rate; Poisson probabilities below 0.00135 on either side of the mean."""
    pooled = sum(rate.numerator for rate in rates) / sum(rate.denominator for rate in rates)
    limits = p_limits(rates)
    widening = limits.sigma_z if limits.kind == "p-prime" else 1.0
    reach = 3 * widening * math.sqrt(pooled * (1 - pooled) / rates[2].denominator)
    assert (pooled - reach, pooled + reach) == pytest.approx(limits.limits_at(2), abs=1e-9)
    small = c_limits(counts)
    if small.kind == "c" and any(counts):
        frozen, tail = stats.poisson(sum(counts) / 6), stats.norm.sf(3)
        least, greatest = small.limits_at(0)
        assert frozen.cdf(least) >= tail > frozen.cdf(least - 1)
        assert frozen.sf(greatest - 1) >= tail > frozen.sf(greatest)


@given(st.integers(0, 10_000), CONFIDENCES)
def test_one_sided_limits_of_a_rate_per_population(events, confidence):
    """Garwood's, by scipy's gamma quantiles, with all of the error on one side."""
    rate = PopulationRate(events, Population(1_000_000, dt.date(2021, 6, 30)), per=1_000_000)
    lower = stats.gamma.ppf(1 - confidence, events) if events else 0.0

    assert lower == pytest.approx(rate.interval(confidence, "exact", sides="lower").lower, rel=1e-9)
    assert stats.gamma.isf(1 - confidence, events + 1) == pytest.approx(
        rate.interval(confidence, "exact", sides="upper").upper, rel=1e-9
    )
    assert stats.poisson(50.0).cdf(events) == pytest.approx(exact_tails(rate, Fraction(50))[0], rel=1e-8, abs=1e-300)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(500, 90_000), st.integers(1, 900)), min_size=1, max_size=6))
def test_directly_standardised_rates(strata):
    """By the formulas, in numpy, with Garwood's limits of the sum; PHStatsMethods is in the reference cases."""
    events, people, standard = map(np.array, zip(*strata, strict=True))
    rates = [
        PopulationRate(int(x), Population(int(n), dt.date(2021, 6, 30))) for x, n in zip(events, people, strict=True)
    ]
    weights = standard / standard.sum()
    value, variance, total = (
        1e5 * (weights * events / people).sum(),
        (weights**2 * events / people**2).sum(),
        events.sum(),
    )
    made = dobson_interval(rates, standard.tolist(), method="exact")

    assert value == pytest.approx(float(directly_standardised_rate(rates, standard.tolist())), rel=1e-12)
    assert (made is None) is bool(total < 10)
    if made is not None:
        scale = 1e5 * math.sqrt(variance / total)
        assert value + scale * (stats.gamma.ppf(0.025, total) - total) == pytest.approx(made.lower, rel=1e-8, abs=1e-8)
        assert value + scale * (stats.gamma.isf(0.025, total + 1) - total) == pytest.approx(made.upper, rel=1e-8)
