"""
Our product-limit estimate against that of statsmodels, at times that Hypothesis draws.

Tolerance: 1e-9 of the value; statsmodels multiplies in logarithms.
Its median is the first day with *less* than a half left, as in SAS, ours the first with no more than a half; the two
are compared where no estimate is exactly a half.
"""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from lgsco.stats import WaitingTimes

SOME_DAYS = st.lists(st.integers(0, 12) | st.integers(0, 2_000), min_size=1, max_size=40)
MORE_DAYS = st.lists(st.integers(0, 12) | st.integers(0, 2_000), max_size=40)


def theirs(ended, waiting):
    return SurvfuncRight([*ended, *waiting], [1] * len(ended) + [0] * len(waiting))


@given(SOME_DAYS, MORE_DAYS)
def test_the_estimate_is_statsmodels(ended, waiting):
    """On each day: who was at risk, how many ended, what is left, and Greenwood's standard error."""
    steps, other = WaitingTimes(ended, waiting).steps(), theirs(ended, waiting)

    assert [*other.surv_times] == [step.day for step in steps]
    assert [*other.n_risk] == [step.at_risk for step in steps]
    assert [*other.n_events] == [step.ended for step in steps]
    assert [*other.surv_prob] == pytest.approx([step.still_waiting for step in steps], rel=1e-9, abs=1e-12)
    errors = zip(other.surv_prob_se, steps, strict=True)
    assert [se for se, step in errors if step.still_waiting] == pytest.approx(
        [step.standard_error for step in steps if step.still_waiting], rel=1e-9
    )


@given(SOME_DAYS, MORE_DAYS, st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_the_median_is_statsmodels(ended, waiting, confidence):
    """The median and its limits, by inverting the same test; the log-log scale is its ``cloglog``."""
    # With one that waits longest of all, something is always left, and so every limit can be computed.
    waiting = [*waiting, max(ended) + 1]
    times, other = WaitingTimes(ended, waiting), theirs(ended, waiting)
    assume(0.5 not in {step.still_waiting for step in times.steps()})
    ours, median = times.median(confidence), other.quantile(0.5)
    lower, upper = other.quantile_ci(0.5, alpha=1 - confidence, method="cloglog")

    assert (None if math.isnan(median) else median) == ours.days
    # It gives no limits where the first day is beyond the upper one, or the last before the lower one.
    if not math.isnan(lower):
        assert (lower, None if math.isinf(upper) else upper) == (ours.lower, ours.upper)
