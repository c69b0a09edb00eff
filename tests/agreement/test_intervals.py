"""
Our intervals against those of scipy and statsmodels, at counts and confidences that Hypothesis draws.

Tolerance: 1e-12 absolute for closed forms, on limits between 0 and 1, which differ in their last bits; 1e-10 where a
quantile of the beta distribution is solved for, by us and by scipy.
Confidences are drawn up to 0.9999: nearer to 1 the others lose the last digits of a tail in ``(1 + c) / 2``, and the
quantiles themselves differ by more than that.
"""

import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint
from tests.support.tables import each_of

from lgsco import Proportion

CLOSED_FORM = 1e-12
SOLVED = 1e-10

confidences = st.sampled_from([0.8, 0.9, 0.95, 0.99, 0.998]) | st.floats(0.01, 0.9999)


@st.composite
def counts(draw, largest=10_000_000):
    """Any count of any number of cases from one to the largest, the ends as often as not."""
    total = draw(st.integers(1, 50) | st.integers(1, largest))
    return draw(st.integers(0, total) | st.sampled_from([0, total])), total


def limits(interval):
    """Give the limits of an interval of ours."""
    return interval.lower, interval.upper


@each_of(("method", "theirs"), [("wilson", "wilson"), ("wilson-cc", "wilsoncc")])
@given(drawn=counts(), confidence=confidences)
def test_wilson_is_scipys(method, theirs, drawn, confidence):
    """With and without the correction for continuity: ``binomtest(...).proportion_ci``."""
    ours = Proportion(*drawn).interval(confidence, method)
    other = scipy.stats.binomtest(*drawn).proportion_ci(confidence, method=theirs)

    assert (other.low, other.high) == pytest.approx(limits(ours), rel=0, abs=CLOSED_FORM)


@given(drawn=counts(), confidence=confidences)
def test_wilson_is_statsmodels(drawn, confidence):
    """Both limits are those of ``proportion_confint(..., method="wilson")``."""
    ours = Proportion(*drawn).interval(confidence)
    theirs = proportion_confint(*drawn, alpha=1 - confidence, method="wilson")

    assert theirs == pytest.approx(limits(ours), rel=0, abs=CLOSED_FORM)


@given(drawn=counts(), confidence=confidences)
def test_agresti_coull_is_statsmodels(drawn, confidence):
    """Both limits are those of ``proportion_confint``, which cuts them at 0 and 1 as we do, but for our closed ends."""
    count, total = drawn
    ours = Proportion(count, total).interval(confidence, "agresti-coull")
    lower, upper = proportion_confint(count, total, alpha=1 - confidence, method="agresti_coull")
    closed = (0.0 if count == 0 else lower, 1.0 if count == total else upper)

    assert closed == pytest.approx(limits(ours), rel=0, abs=CLOSED_FORM)


@given(drawn=counts(largest=20_000), confidence=confidences)
def test_clopper_pearson_is_scipys(drawn, confidence):
    """Both limits are those of ``binomtest(...).proportion_ci(method="exact")``."""
    ours = Proportion(*drawn).interval(confidence, "clopper-pearson")
    theirs = scipy.stats.binomtest(*drawn).proportion_ci(confidence, method="exact")

    assert (theirs.low, theirs.high) == pytest.approx(limits(ours), rel=0, abs=SOLVED)


@given(drawn=counts(largest=20_000), confidence=confidences)
def test_jeffreys_are_the_tails_of_scipys_beta(drawn, confidence):
    """Between the ends; at them they are closed, as Brown, Cai and DasGupta advise."""
    count, total = drawn
    ours = Proportion(count, total).interval(confidence, "jeffreys")
    tail = (1 - confidence) / 2
    posterior = scipy.stats.beta(count + 0.5, total - count + 0.5)
    theirs = (0.0 if count == 0 else posterior.ppf(tail), 1.0 if count == total else posterior.isf(tail))

    assert theirs == pytest.approx(limits(ours), rel=0, abs=SOLVED)
