"""
Exact tests and limits agree with scipy, over counts that Hypothesis draws and up to 25 million cases.

Probabilities to 1e-9 of their value; limits to 1e-12 absolute and 1e-9 relative.
"""

import math
import warnings
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from tests.support.tables import each_of

from lgsco import Proportion
from lgsco.stats import binomial_test, fisher_test
from lgsco.stats.distributions import beta_quantile
from lgsco.stats.intervals import CountMethod, count_limits

TARGETS = st.integers(1, 99).map(lambda percent: Fraction(percent, 100))
LARGE = [(7, 25_000_000), (10_000_000, 25_000_000), (24_999_990, 25_000_000), (400, 1_000), (1, 1_000_000)]


@st.composite
def shares(draw, most=400):
    """Any share with cases."""
    total = draw(st.integers(1, most))
    return Proportion(draw(st.integers(0, total)), total)


@given(shares(), TARGETS)
def test_minimum_likelihood(rate, target):
    """The two-sided p-value of scipy's binomtest; below 1e-250 scipy's own tails lose digits, see the next test."""
    expected = stats.binomtest(rate.numerator, rate.denominator, float(target)).pvalue

    assert expected == pytest.approx(binomial_test(rate, target).p_value, rel=1e-9, abs=1e-250)


@each_of(
    ("count", "total", "target"), [(157, 174, Fraction(1, 100)), (241, 256, Fraction(1, 20)), (0, 400, Fraction(4, 5))]
)
def test_what_hardly_ever_happens_keeps_its_digits(count, total, target):
    """Some 1e-290, where scipy is off in the ninth digit: against the sum of exact fractions."""
    counts = range(count, total + 1) if count else range(1)
    exact = sum(math.comb(total, k) * target**k * (1 - target) ** (total - k) for k in counts)

    assert float(exact) == pytest.approx(binomial_test(Proportion(count, total), target).p_value, rel=1e-12, abs=0)


@given(shares(), TARGETS)
def test_doubled_and_mid_p(rate, target):
    """Twice the smaller tail, and the same with half the probability of the count."""
    held = stats.binom(rate.denominator, float(target))
    smaller = min(held.cdf(rate.numerator), held.sf(rate.numerator - 1))
    mid = min(1.0, 2 * smaller - held.pmf(rate.numerator))

    assert min(1.0, 2 * smaller) == pytest.approx(binomial_test(rate, target, method="doubled").p_value, rel=1e-9)
    assert mid == pytest.approx(binomial_test(rate, target, method="mid-p").p_value, rel=1e-8, abs=1e-14)


@given(shares(most=80), shares(most=80))
def test_fisher(one, other):
    """The two-sided p-value of scipy's fisher_exact."""
    table = [[share.numerator, share.denominator - share.numerator] for share in (one, other)]

    assert stats.fisher_exact(table)[1] == pytest.approx(fisher_test(one, other).p_value, rel=1e-6)


@each_of(("count", "total"), LARGE)
@each_of("confidence", [0.95, 0.998])
def test_exact_limits_of_many_cases(count, total, confidence):
    """Beta quantiles, on both sides and near both ends."""
    tail = (1 - confidence) / 2
    expected = stats.beta.ppf(tail, count, total - count + 1), stats.beta.isf(tail, count + 1, total - count)
    found = Proportion(count, total).interval(confidence, "clopper-pearson")

    assert expected == (
        pytest.approx(found.lower, rel=1e-9, abs=1e-12),
        pytest.approx(found.upper, rel=1e-9, abs=1e-12),
    )


@given(st.integers(1, 100_000), st.sampled_from([0.025, 0.001]))
def test_exact_limits_of_a_count(events, tail):
    """Garwood's, as gamma quantiles."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        expected = stats.gamma.ppf(tail, events), stats.gamma.isf(tail, events + 1)

    assert expected == tuple(pytest.approx(limit, rel=1e-9) for limit in count_limits(events, tail, CountMethod.EXACT))


@given(shares(), st.integers(1, 52))
def test_exact_limits_at_confidences_close_to_one(rate, halvings):
    """One less a power of a half, which floats hold exactly, so that both start from the same tail."""
    confidence = 1.0 - 0.5**halvings
    tail, (count, total) = 0.5 ** (halvings + 1), (rate.numerator, rate.denominator)
    lower = stats.beta.ppf(tail, count, total - count + 1) if count else 0.0
    upper = stats.beta.isf(tail, count + 1, total - count) if count < total else 1.0
    found = rate.interval(confidence, "clopper-pearson")

    assert (lower, upper) == (
        pytest.approx(found.lower, rel=1e-9, abs=1e-12),
        pytest.approx(found.upper, rel=1e-9, abs=1e-12),
    )


@given(shares(), st.sampled_from([0.5, 0.8, 0.95, 0.998]))
def test_mid_p_limits(rate, confidence):
    """The rates at which scipy's probabilities beyond the count, and half of its own, come to the tail."""
    found, tail = rate.interval(confidence, "mid-p"), (1 - confidence) / 2

    def beyond(share, count):
        return stats.binom.sf(count, rate.denominator, share) + stats.binom.pmf(count, rate.denominator, share) / 2

    if rate.numerator:
        assert tail == pytest.approx(beyond(found.lower, rate.numerator), rel=1e-7)
    if rate.numerator < rate.denominator:
        assert 1 - tail == pytest.approx(beyond(found.upper, rate.numerator), rel=1e-7)


@given(shares(), TARGETS, st.sampled_from(["greater", "less"]))
def test_one_sided(rate, target, side):
    """The one-sided p-value of scipy's binomtest."""
    expected = stats.binomtest(rate.numerator, rate.denominator, float(target), alternative=side).pvalue

    assert expected == pytest.approx(binomial_test(rate, target, alternative=side).p_value, rel=1e-9, abs=1e-250)


@given(shares(most=80), shares(most=80), st.sampled_from(["greater", "less"]))
def test_one_sided_fisher(one, other, side):
    """The one-sided p-value of scipy's fisher_exact."""
    table = [[share.numerator, share.denominator - share.numerator] for share in (one, other)]
    expected = stats.fisher_exact(table, alternative=side)[1]

    assert expected == pytest.approx(fisher_test(one, other, alternative=side).p_value, rel=1e-6)


def test_a_quantile_whose_steps_pass_where_there_is_nothing_left():
    """On the way the tail is too small for a float; the search goes on from there."""
    expected = stats.beta.ppf(0.001, 12_500_000.5, 0.5)

    assert expected == pytest.approx(beta_quantile(0.001, 12_500_000.5, 0.5), rel=1e-12)
