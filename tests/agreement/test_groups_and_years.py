"""
Adjusted p-values, homogeneity, trend, beta-binomial and chi-squared probabilities agree with scipy and statsmodels.

Marshall's shrinkage agrees with its formula written out in numpy, and the beta-binomial finds a spread that was put in.
"""

import itertools
import math
import random
from fractions import Fraction

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.contingency_tables import Table
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportions_chisquare
from tests.support.tables import each_of

from lgsco import Proportion
from lgsco.comparison.shrinkage import beta_binomial_weights, marshall_weights
from lgsco.stats import adjust_p_values, homogeneity_test, significant_after_adjustment, trend_test
from lgsco.stats.beta_binomial import beta_binomial_mass, beta_binomial_tails
from lgsco.stats.control_limits import beta_binomial_limits
from lgsco.stats.distributions import chi_squared_tail

DRAWN = random.Random(2025)
P_VALUES = [[DRAWN.random() ** DRAWN.choice((1, 3, 9)) for _ in range(size)] for size in (1, 2, 5, 20, 300)]
NAMES = {"benjamini-hochberg": "fdr_bh", "holm": "holm", "bonferroni": "bonferroni"}


def some_rates(councils, most=300):
    """Made-up shares of made-up councils."""
    totals = [DRAWN.randint(1, most) for _ in range(councils)]
    return [Proportion(DRAWN.randint(0, total), total) for total in totals]


GROUPS = [some_rates(councils) for councils in (2, 3, 5, 21, 150)]


@each_of("p_values", P_VALUES)
@each_of("method", NAMES)
def test_adjusted_p_values(p_values, method):
    """Both the values and the findings; scipy knows the first of them too."""
    rejected, adjusted, *_ = multipletests(p_values, alpha=0.05, method=NAMES[method])

    assert list(adjusted) == pytest.approx(adjust_p_values(p_values, method=method), rel=1e-12)
    assert list(rejected) == list(significant_after_adjustment(p_values, method=method))
    if method == "benjamini-hochberg":
        assert list(stats.false_discovery_control(p_values)) == pytest.approx(adjust_p_values(p_values), rel=1e-12)


@each_of("rates", GROUPS)
def test_homogeneity(rates):
    """The chi-squared test of scipy's contingency tables, uncorrected."""
    table = [[rate.numerator for rate in rates], [rate.denominator - rate.numerator for rate in rates]]
    theirs = stats.chi2_contingency(table, correction=False)
    ours = homogeneity_test(rates)

    assert (theirs.statistic, theirs.pvalue) == pytest.approx((ours.statistic, ours.p_value), rel=1e-9)
    assert theirs.dof == ours.degrees_of_freedom


@each_of("rates", GROUPS)
@each_of("target", [Fraction(1, 2), Fraction(9, 10)])
def test_homogeneity_about_a_rate_that_is_given(rates, target):
    """As statsmodels has it; with the rate given no degree of freedom is spent."""
    statistic, _, _ = proportions_chisquare(
        [rate.numerator for rate in rates], [rate.denominator for rate in rates], value=float(target)
    )
    ours = homogeneity_test(rates, target=target)

    assert statistic == pytest.approx(ours.statistic, rel=1e-9)
    assert stats.chi2.sf(statistic, len(rates)) == pytest.approx(ours.p_value, rel=1e-8)


@each_of("rates", [rates for rates in GROUPS if 2 < len(rates) < 100])
def test_trend(rates):
    """Statsmodels' linear-by-linear test of the same table, but for its n - 1 where Cochran and Armitage have n."""
    scores = sorted(DRAWN.sample(range(1990, 2090), len(rates)))
    table = np.array([[rate.numerator for rate in rates], [rate.denominator - rate.numerator for rate in rates]])
    theirs = Table(table, shift_zeros=False).test_ordinal_association(col_scores=np.array(scores, dtype=float))
    cases = sum(rate.denominator for rate in rates)

    assert theirs.zscore**2 * cases / (cases - 1) == pytest.approx(trend_test(rates, scores).statistic, rel=1e-8)


def test_chi_squared_tails():
    """From far below the mean to far above it."""
    for degrees, times in itertools.product((1, 2, 3, 20, 340), (0.01, 0.5, 1, 2, 5)):
        assert stats.chi2.sf(degrees * times, degrees) == pytest.approx(
            chi_squared_tail(degrees * times, degrees), rel=1e-11
        )


@each_of(("a", "b"), [(0.01, 0.02), (0.5, 3), (1, 1), (12.5, 4), (900, 100), (1e6, 1e5)])
@each_of("total", [1, 7, 40, 300])
def test_beta_binomial_probabilities(a, b, total):
    """Each count's, and both tails, the smaller to its own last digits."""
    theirs = stats.betabinom(total, a, b)
    for count in {0, 1, total // 3, total // 2, total - 1, total}:
        at_most, at_least = beta_binomial_tails(count, total, a, b)

        assert theirs.pmf(count) == pytest.approx(beta_binomial_mass(count, total, a, b), rel=1e-8, abs=1e-300)
        assert theirs.cdf(count) == pytest.approx(at_most, rel=1e-7, abs=1e-10)
        assert theirs.sf(count - 1) == pytest.approx(at_least, rel=1e-7, abs=1e-10)


@each_of("total", [5, 60, 300])
def test_a_beta_binomial_limit_lies_beside_the_quantile(total):
    """Interpolated, so within one case outside of scipy's whole count."""
    target, tau_squared = Fraction(4, 5), 0.003
    size = 0.16 / tau_squared - 1
    theirs = stats.betabinom(total, 0.8 * size, 0.2 * size)
    limits = beta_binomial_limits(total, target, 0.95, tau_squared=tau_squared)

    assert 0 <= theirs.ppf(0.025) - total * limits[0] <= 1
    assert 0 <= total * limits[1] - theirs.ppf(0.975) <= 1


def test_marshalls_shrinkage():
    """Made-up events among made-up people; the estimates by Marshall's (1991) formulas, written out in numpy."""
    events = np.array([9, 39, 11, 9, 15, 8, 26, 7, 6])
    people = np.array([28_324, 231_337, 83_190, 51_710, 109_120, 67_270, 171_443, 65_697, 40_123])
    rates, pooled = events / people, events.sum() / people.sum()
    spread = (people * (rates - pooled) ** 2).sum() / people.sum()
    between = max(spread - pooled / people.mean(), 0)
    estimates = pooled + between * (rates - pooled) / (between + pooled / people)
    ours = marshall_weights([(int(event), int(size)) for event, size in zip(events, people, strict=True)])

    assert (pooled, between) == pytest.approx((float(ours[0]), ours[1]), rel=1e-9)
    assert list(estimates) == pytest.approx([pooled + w * (r - pooled) for w, r in zip(ours[2], rates, strict=True)])


def test_beta_binomial_weights_find_the_spread_that_was_put_in():
    """Of 2,000 made-up councils about 80% with a standard deviation of 8 points, to within half a point."""
    draw = np.random.default_rng(7)
    size = 0.16 / 0.08**2 - 1
    totals = draw.integers(5, 150, 2_000)
    counts = draw.binomial(totals, draw.beta(0.8 * size, 0.2 * size, 2_000))
    pooled, between, weights = beta_binomial_weights(
        [(int(count), int(total)) for count, total in zip(counts, totals, strict=True)]
    )

    assert 0.8 == pytest.approx(float(pooled), abs=0.01)
    assert 0.08 == pytest.approx(math.sqrt(between), abs=0.005)
    assert [total / (total + size) for total in totals] == pytest.approx(weights, abs=0.05)
