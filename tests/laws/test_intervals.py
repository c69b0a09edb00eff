"""
Laws of the interval for a rate, by every method.

- It contains its estimate and stays between nought and one.
- It mirrors: the limits for the other cases are the other way round.
- It widens with confidence and narrows with evidence.
- A limit alone is the limit of the interval that leaves as much beyond it.
- Wilson's limits are the rates that the score test only just does not reject, Clopper's and Pearson's those at which so
  many cases are as rare as the tail.
- The cautious methods lie around the bold: mid-P inside exact, Wilson inside its correction for continuity.
"""

import math
from fractions import Fraction
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lgsco import Proportion, strategies
from lgsco.stats import Sides
from lgsco.stats.intervals import ProportionMethod

RATES = strategies.proportions(defined=True)
FEW_CASES = strategies.proportions(defined=True, max_count=60)
CONFIDENCES = st.floats(0.5, 0.9999)
ANY_CONFIDENCE = st.floats(0.01, 0.9999)
METHODS = st.sampled_from([method.value for method in ProportionMethod])
HAIR = 1e-9
"""What floats and a search for a root may get wrong."""


def others(rate):
    return Proportion(rate.denominator - rate.numerator, rate.denominator)


def more(rate, times):
    return Proportion(rate.numerator * times, rate.denominator * times)


def at_least(count, total, share):
    """By definition: the probability of so many or more."""
    return sum(math.comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(count, total + 1))


@given(RATES, CONFIDENCES, METHODS)
def test_an_interval_contains_its_estimate(rate, confidence, method):
    """The rate itself is inside its limits, exactly."""
    assert rate.value in rate.interval(confidence, method)


@given(RATES, ANY_CONFIDENCE)
def test_wilsons_interval_contains_its_estimate_at_any_confidence(rate, confidence):
    """However little confidence is asked for, the rate itself is inside Wilson's limits."""
    assert rate.value in rate.interval(confidence)


@given(RATES, CONFIDENCES, METHODS)
def test_an_interval_stays_between_nought_and_one(rate, confidence, method):
    """No limit is an impossible rate, and an interval always has a width."""
    interval = rate.interval(confidence, method)

    assert 0 <= interval.lower < interval.upper <= 1


@given(RATES, CONFIDENCES, METHODS)
def test_an_interval_reaches_the_end_where_the_rate_does(rate, confidence, method):
    """None of n does not exclude nought, nor n of n one."""
    interval = rate.interval(confidence, method)

    assert rate.numerator > 0 or interval.lower == 0
    assert rate.numerator < rate.denominator or interval.upper == 1


@given(RATES, ANY_CONFIDENCE)
def test_wilsons_interval_reaches_the_end_only_where_the_rate_does(rate, confidence):
    """One case of many excludes nought, and one case short of all excludes one."""
    interval = rate.interval(confidence)

    assert (rate.numerator == 0) == (interval.lower == 0)
    assert (rate.numerator == rate.denominator) == (interval.upper == 1)


@given(RATES, CONFIDENCES, METHODS)
def test_the_complement_has_the_mirrored_interval(rate, confidence, method):
    """What is said of the cases is said of the others."""
    interval, mirrored = rate.interval(confidence, method), others(rate).interval(confidence, method)

    assert (1 - mirrored.upper, 1 - mirrored.lower) == pytest.approx((interval.lower, interval.upper), abs=HAIR)


@given(RATES, CONFIDENCES, CONFIDENCES, METHODS)
def test_more_confidence_makes_a_wider_interval(rate, one, other, method):
    """The interval of the lesser confidence lies within that of the greater."""
    narrow, wide = (rate.interval(confidence, method) for confidence in sorted((one, other)))

    assert wide.lower <= narrow.lower + HAIR
    assert narrow.upper <= wide.upper + HAIR


@given(RATES, CONFIDENCES, st.integers(2, 50), METHODS)
def test_more_evidence_makes_a_narrower_interval(rate, confidence, times, method):
    """The same rate of more cases has a narrower interval."""
    narrow, wide = more(rate, times).interval(confidence, method), rate.interval(confidence, method)

    assert narrow.upper - narrow.lower < wide.upper - wide.lower


@given(RATES, ANY_CONFIDENCE, st.integers(2, 50))
def test_more_evidence_moves_both_of_wilsons_limits_closer(rate, confidence, times):
    """The interval of the same rate of more cases lies within that of fewer."""
    narrow, wide = more(rate, times).interval(confidence), rate.interval(confidence)

    assert wide.lower <= narrow.lower + HAIR
    assert narrow.upper <= wide.upper + HAIR


@given(RATES, CONFIDENCES, METHODS)
def test_a_limit_alone_leaves_all_of_the_error_beyond_it(rate, confidence, method):
    """A limit at 95% is that of the interval at 90%; the other end is as far as can be."""
    interval = rate.interval(2 * confidence - 1, method) if confidence > 0.5 else None
    lower, upper = (rate.interval(confidence, method, sides=side) for side in ("lower", "upper"))

    assert (1.0, 0.0) == (lower.upper, upper.lower)
    assert (Sides.LOWER, Sides.UPPER) == (lower.sides, upper.sides)
    if interval is not None:
        assert (interval.lower, interval.upper) == pytest.approx((lower.lower, upper.upper), abs=HAIR)


@given(RATES, ANY_CONFIDENCE)
def test_at_its_limits_the_score_test_is_undecided(rate, confidence):
    """A limit is the rate from which these cases lie just z standard errors away, that rate's own standard errors."""
    interval = rate.interval(confidence)
    z = NormalDist().inv_cdf((1 + confidence) / 2)

    for limit in {interval.lower, interval.upper} - {0.0, 1.0}:
        error = math.sqrt(limit * (1 - limit) / rate.denominator)

        assert pytest.approx(z, rel=1e-6) == abs(float(rate.value) - limit) / error


@given(FEW_CASES, CONFIDENCES)
def test_at_exact_limits_the_count_is_as_rare_as_the_tail(rate, confidence):
    """At Clopper's and Pearson's lower limit so many or more have the probability of the tail, by definition."""
    interval, tail = rate.interval(confidence, "clopper-pearson"), (1 - confidence) / 2
    count, total = rate.numerator, rate.denominator

    assert count == 0 or pytest.approx(tail, rel=1e-6) == at_least(count, total, interval.lower)
    assert count == total or pytest.approx(tail, rel=1e-6) == at_least(total - count, total, 1 - interval.upper)


@given(FEW_CASES, CONFIDENCES)
def test_at_mid_p_limits_half_of_the_count_itself_is_left_out(rate, confidence):
    """At the lower mid-P limit the probability of more, and half that of as many, is that of the tail."""
    interval, tail = rate.interval(confidence, "mid-p"), (1 - confidence) / 2
    count, total = rate.numerator, rate.denominator

    def beyond(number, share):
        return (at_least(number, total, share) + at_least(number + 1, total, share)) / 2

    assert count == 0 or pytest.approx(tail, rel=1e-6) == beyond(count, interval.lower)
    assert count == total or pytest.approx(tail, rel=1e-6) == beyond(total - count, 1 - interval.upper)


@given(RATES, CONFIDENCES, st.sampled_from([("mid-p", "clopper-pearson"), ("wilson", "wilson-cc")]))
def test_the_cautious_method_contains_the_bold(rate, confidence, methods):
    """Half a case more of doubt widens an interval on both sides."""
    bold, cautious = (rate.interval(confidence, method) for method in methods)

    assert cautious.lower <= bold.lower + HAIR
    assert bold.upper <= cautious.upper + HAIR


@given(RATES, CONFIDENCES, METHODS)
def test_an_interval_says_how_it_was_made(rate, confidence, method):
    """Confidence, method and sides are kept with the limits."""
    interval = rate.interval(confidence, method)

    assert (confidence, method, Sides.BOTH) == (interval.confidence, interval.method, interval.sides)


@given(strategies.population_rates(defined=True), CONFIDENCES, st.sampled_from(["byar", "exact"]))
def test_an_interval_of_a_population_rate_contains_it(rate, confidence, method):
    """The rate is inside its limits, none of which is below nought, and no events do not exclude nought."""
    interval = rate.interval(confidence, method)

    assert 0 <= interval.lower <= float(rate.value) * (1 + HAIR)
    assert float(rate.value) < interval.upper
    assert (rate.events == 0) <= (interval.lower == 0)


@given(strategies.population_rates(defined=True), CONFIDENCES, st.integers(2, 20), st.sampled_from(["byar", "exact"]))
def test_an_interval_of_a_population_rate_goes_with_its_unit(rate, confidence, times, method):
    """For so many times as many residents the limits are so many times as high."""
    one = rate.interval(confidence, method)
    other = type(rate)(rate.events, rate.population, per=times * rate.per).interval(confidence, method)

    assert (times * one.lower, times * one.upper) == pytest.approx((other.lower, other.upper), rel=HAIR)


@given(strategies.intervals() | strategies.differences().map(lambda apart: apart.interval), st.integers(0, 4))
def test_printed_limits_are_within_half_a_unit(interval, places):
    """Limits as percentages are rounded, and in order."""
    lower, upper = map(Fraction, interval.percents(places))
    half = Fraction(1, 2 * 10**places)

    assert lower <= upper
    assert abs(lower - 100 * Fraction(interval.lower)) <= half
    assert abs(upper - 100 * Fraction(interval.upper)) <= half
