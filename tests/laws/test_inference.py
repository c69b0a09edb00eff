"""
Laws of tests and differences.

- Test and interval agree: a target is rejected exactly where it lies outside. So for the score test and Wilson's
  interval, and for the doubled exact test and that of Clopper and Pearson.
- What is said of the cases is said of the others, mirrored.
- The mid-P value is never above the doubled, and exact p-values are sums of probabilities by their definitions.
- Two rates in the other order have the same p-values, and a difference of the other sign.
- The two sides of a test hold every count between them, and an exact one the count itself twice; the two-sided p-value
  is twice the smaller (but for minimum likelihood, which is never below the smaller).
- A difference lies within its limits, those between -1 and 1, and they widen with confidence.
"""

import functools
import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lgsco import Proportion, strategies
from lgsco.stats.differences import DifferenceMethod, difference
from lgsco.stats.hypothesis_tests import (
    BinomialMethod,
    binomial_test,
    fisher_test,
    score_test,
    two_proportion_test,
)

RATES = strategies.proportions(defined=True, max_count=500)
FEW_CASES = strategies.proportions(defined=True, max_count=30)
TARGETS = st.fractions(0, 1, max_denominator=200)
CONFIDENCES = st.sampled_from([0.95, 0.998, 0.8]) | st.floats(0.5, 0.999)
METHODS = st.sampled_from([method.value for method in BinomialMethod])
DIFFERENCES = st.sampled_from([method.value for method in DifferenceMethod])
HAIR = 1e-9


def others(rate):
    return Proportion(rate.denominator - rate.numerator, rate.denominator)


def masses(total, share):
    """By definition: the probability of each count, exact."""
    return [math.comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(total + 1)]


@given(RATES, TARGETS, CONFIDENCES)
def test_the_score_test_rejects_what_wilsons_interval_excludes(rate, target, confidence):
    """A target is outside the Wilson interval exactly where the score test rejects it."""
    p_value, error = score_test(rate, target).p_value, 1 - confidence

    assert abs(p_value - error) < HAIR or (p_value < error) == (target not in rate.interval(confidence))


@given(RATES, TARGETS, CONFIDENCES)
def test_the_doubled_test_rejects_what_clopper_and_pearson_exclude(rate, target, confidence):
    """A target is outside the exact interval exactly where the doubled exact test rejects it."""
    p_value, error = binomial_test(rate, target, method="doubled").p_value, 1 - confidence
    interval = rate.interval(confidence, "clopper-pearson")

    assert abs(p_value - error) < HAIR or (p_value < error) == (target not in interval)


@given(RATES, CONFIDENCES)
def test_at_a_limit_the_p_value_is_the_error(rate, confidence):
    """At the limits of its interval a test rejects with just the error that the confidence leaves."""
    doubled = functools.partial(binomial_test, method="doubled")
    for test, method in ((score_test, "wilson"), (doubled, "clopper-pearson")):
        interval = rate.interval(confidence, method)
        for limit in {interval.lower, interval.upper} - {0.0, 1.0}:
            assert pytest.approx(1 - confidence, rel=1e-6) == test(rate, Fraction(limit)).p_value


@given(RATES, TARGETS, METHODS)
def test_what_is_said_of_the_cases_is_said_of_the_others(rate, target, method):
    """The other cases against the other target have the same p-values."""
    for test in (score_test, lambda share, null: binomial_test(share, null, method=method)):
        assert pytest.approx(test(rate, target).p_value, rel=1e-6, abs=HAIR) == test(others(rate), 1 - target).p_value


@given(FEW_CASES, TARGETS)
def test_exact_p_values_are_sums_of_probabilities(rate, target):
    """By definition: twice the smaller tail, the same less the count itself, and every count that is no likelier."""
    probabilities, count = masses(rate.denominator, target), rate.numerator
    tail = min(sum(probabilities[: count + 1]), sum(probabilities[count:]))
    defined = {
        "doubled": min(2 * tail, 1),
        "mid-p": min(2 * tail - probabilities[count], 1),
        "minimum-likelihood": sum(mass for mass in probabilities if mass <= probabilities[count]),
    }

    for method, p_value in defined.items():
        assert pytest.approx(float(p_value), rel=1e-6, abs=1e-12) == binomial_test(rate, target, method=method).p_value


@given(RATES, TARGETS)
def test_the_mid_p_value_is_never_above_the_doubled(rate, target):
    """Leaving out half of the count itself makes a test bolder."""
    assert (
        binomial_test(rate, target, method="mid-p").p_value
        <= binomial_test(rate, target, method="doubled").p_value + HAIR
    )


@given(RATES)
def test_a_rate_is_never_rejected_as_itself(rate):
    """Against the very rate of the cases nothing is found."""
    assert score_test(rate, rate.value).p_value == 1
    assert binomial_test(rate, rate.value).p_value == 1


@given(RATES, TARGETS, TARGETS)
def test_a_target_further_away_is_rejected_sooner(rate, one, other):
    """On one side of the rate the score test's p-value falls as the target moves away."""
    near, far = sorted((one, other), key=lambda target: abs(target - rate.value))

    if (near - rate.value) * (far - rate.value) > 0:
        assert score_test(rate, far).p_value <= score_test(rate, near).p_value + HAIR


@given(RATES, RATES)
def test_two_rates_in_the_other_order_have_the_same_p_values(one, other):
    """Which of two councils is named first changes no test."""
    for test in (two_proportion_test, fisher_test):
        assert pytest.approx(test(one, other).p_value, rel=1e-6, abs=1e-12) == test(other, one).p_value


@given(FEW_CASES, FEW_CASES)
def test_fishers_p_value_is_the_sum_of_all_tables_that_are_no_likelier(one, other):
    """By definition, over the tables with the same margins."""
    drawn = one.numerator + other.numerator

    def ways(count):
        return math.comb(one.denominator, count) * math.comb(other.denominator, drawn - count)

    tables = [ways(count) for count in range(drawn + 1)]
    p_value = Fraction(sum(table for table in tables if table <= ways(one.numerator)), sum(tables))

    assert pytest.approx(float(p_value), rel=1e-6) == fisher_test(one, other).p_value


@given(RATES, st.integers(1, 20))
def test_equal_rates_do_not_differ(rate, times):
    """The same rate of more cases is the same rate: no test finds a difference, and the difference is nought."""
    more = Proportion(rate.numerator * times, rate.denominator * times)

    assert two_proportion_test(rate, more).p_value == 1
    assert difference(rate, more).value == 0


@given(RATES, RATES, CONFIDENCES, DIFFERENCES)
def test_a_difference_changes_sign_when_the_two_swap(one, other, confidence, method):
    """The limits change sides and sign with the difference."""
    there = difference(one, other, confidence=confidence, method=method)
    back = difference(other, one, confidence=confidence, method=method)

    assert there.value == -back.value
    assert (there.interval.lower, there.interval.upper) == pytest.approx(
        (-back.interval.upper, -back.interval.lower), abs=HAIR
    )


@given(RATES, RATES, CONFIDENCES, DIFFERENCES)
def test_a_difference_lies_within_its_limits(one, other, confidence, method):
    """No limit is an impossible difference, and the difference itself is between them."""
    apart = difference(one, other, confidence=confidence, method=method)

    assert -1 <= apart.interval.lower <= apart.interval.upper <= 1
    assert apart.interval.lower - HAIR <= apart.value <= apart.interval.upper + HAIR


@given(RATES, RATES, CONFIDENCES, CONFIDENCES, DIFFERENCES)
def test_more_confidence_makes_wider_limits_of_a_difference(one, other, less, more, method):
    """The limits of the lesser confidence lie within those of the greater."""
    less, more = sorted((less, more))
    narrow = difference(one, other, confidence=less, method=method).interval
    wide = difference(one, other, confidence=more, method=method).interval

    assert wide.lower <= narrow.lower + HAIR
    assert narrow.upper <= wide.upper + HAIR


@given(RATES, RATES, CONFIDENCES, DIFFERENCES)
def test_the_others_differ_the_other_way(one, other, confidence, method):
    """The shares of what was not counted differ by as much, the other way round."""
    apart = difference(one, other, confidence=confidence, method=method).interval
    mirrored = difference(others(one), others(other), confidence=confidence, method=method).interval

    assert (apart.lower, apart.upper) == pytest.approx((-mirrored.upper, -mirrored.lower), abs=1e-7)


@given(RATES, TARGETS)
def test_the_sides_of_an_exact_test_share_the_count_itself(rate, target):
    """At least so many and at most so many come to one and the probability of so many."""
    greater, less = (binomial_test(rate, target, alternative=side).p_value for side in ("greater", "less"))
    own = math.comb(rate.denominator, rate.numerator) * target**rate.numerator
    own *= (1 - target) ** (rate.denominator - rate.numerator)

    assert math.isclose(greater + less, 1 + float(own), rel_tol=1e-9)


@given(RATES, TARGETS, METHODS)
def test_a_two_sided_test_is_made_of_its_sides(rate, target, method):
    """Twice the smaller side, or by minimum likelihood at least the smaller."""
    two, greater, less = (
        binomial_test(rate, target, method=method, alternative=side).p_value
        for side in ("two-sided", "greater", "less")
    )

    if method == BinomialMethod.MINIMUM_LIKELIHOOD:
        assert two >= min(greater, less) - HAIR
    else:
        assert math.isclose(two, min(1.0, 2 * min(greater, less)), rel_tol=1e-9, abs_tol=1e-12)


@given(RATES, RATES)
def test_the_sides_of_a_test_of_two_rates_change_places_with_the_rates(one, other):
    """What is greater one way is less the other way, by the score test and by Fisher's."""
    for test in (two_proportion_test, fisher_test):
        assert math.isclose(
            test(one, other, alternative="greater").p_value,
            test(other, one, alternative="less").p_value,
            rel_tol=1e-6,
            abs_tol=1e-12,
        )
