"""
Laws of times to an end.

- Without censoring the estimate is the share of the cases that take longer, exactly.
- The estimate falls from step to step, stays in [0, 1] and within its limits, and reaches nought only when the last
  of all ended.
- Waiting longer without an end never lowers the estimate: to count the waiting as ended would be too short.
- Times add up whatever their order, and none of them is the identity.
- Counting every day twice, or in hours, leaves the estimate.
- Limits widen with the confidence; the median lies between its limits and on a day on which something ended.
"""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lgsco import strategies
from lgsco.stats import WaitingTimes

DAYS = st.lists(st.integers(0, 30) | st.integers(0, 1_500), max_size=15)
SOME_DAYS = st.lists(st.integers(0, 30) | st.integers(0, 1_500), min_size=1, max_size=15)
TIMES = st.builds(WaitingTimes, DAYS, DAYS)
CONFIDENCES = st.floats(0.5, 0.999)


@given(SOME_DAYS)
def test_without_censoring_the_estimate_is_the_empirical_share(days):
    """On each day what is left is the share of the cases that took longer than it."""
    assert [(day, float(Fraction(sum(other > day for other in days), len(days)))) for day in sorted(set(days))] == [
        (step.day, step.still_waiting) for step in WaitingTimes(days, []).steps()
    ]


@given(TIMES, CONFIDENCES)
def test_the_estimate_falls_and_stays_within_its_limits(times, confidence):
    """Each step is lower than the one before it, and within limits that are themselves shares."""
    steps = times.steps(confidence)
    shares = [1.0, *(step.still_waiting for step in steps)]

    assert sorted(set(shares), reverse=True) == shares
    for step in steps:
        if step.interval is not None:
            assert 0 <= step.interval.lower <= step.still_waiting <= step.interval.upper <= 1


@given(TIMES)
def test_nothing_is_left_only_when_the_last_of_all_ended(times):
    """What waits as long as the longest of all keeps the estimate above nought; and then there are limits."""
    if times.ended:
        last = times.steps()[-1]

        assert (
            (last.still_waiting == 0) == (last.interval is None) == (max(times.ended) > max(times.waiting, default=-1))
        )


@given(SOME_DAYS, SOME_DAYS, st.data())
def test_waiting_longer_never_lowers_the_estimate(ended, waiting, data):
    """If one that still waits has waited longer, no share of those that wait is estimated lower on any day."""
    at = data.draw(st.integers(0, len(waiting) - 1))
    longer = [*waiting]
    longer[at] += data.draw(st.integers(1, 100))
    fewer = WaitingTimes(ended, waiting).steps()
    more = WaitingTimes(ended, longer).steps()

    assert [step.day for step in fewer] == [step.day for step in more]
    assert all(one.still_waiting <= other.still_waiting for one, other in zip(fewer, more, strict=True))


@given(SOME_DAYS, SOME_DAYS)
def test_what_waits_is_not_counted_as_ended(ended, waiting):
    """Taken as ended, what waits would give a lower share on every day."""
    honest = {step.day: step.still_waiting for step in WaitingTimes(ended, waiting).steps()}
    hasty = {step.day: step.still_waiting for step in WaitingTimes([*ended, *waiting], []).steps()}

    assert all(hasty[day] <= share for day, share in honest.items())


@given(st.data(), DAYS, DAYS)
def test_the_order_of_times_does_not_matter(data, ended, waiting):
    """Times in another order are the same times."""
    assert WaitingTimes(ended, waiting) == WaitingTimes(
        data.draw(st.permutations(ended)), data.draw(st.permutations(waiting))
    )


@given(strategies.waiting_times(), strategies.waiting_times(), strategies.waiting_times())
def test_times_are_a_commutative_monoid(one, other, third):
    """Addition is associative and commutative, and no times are its identity."""
    assert one + other == other + one
    assert (one + other) + third == one + (other + third)
    assert one == one + WaitingTimes.zero()
    assert one.total + other.total == (one + other).total


@given(TIMES, st.integers(2, 30))
def test_the_unit_of_time_does_not_matter(times, unit):
    """In smaller units the estimate is the same, on days so many times as far."""
    smaller = WaitingTimes([unit * day for day in times.ended], [unit * day for day in times.waiting])

    assert [(unit * step.day, step.still_waiting, step.interval) for step in times.steps()] == [
        (step.day, step.still_waiting, step.interval) for step in smaller.steps()
    ]


@given(TIMES, st.integers(2, 5))
def test_more_of_the_same_leaves_the_estimate_and_narrows_its_limits(times, copies):
    """So many copies of each case give the same estimate, and limits no wider."""
    many = times
    for _ in range(copies - 1):
        many = many + times

    for one, other in zip(times.steps(), many.steps(), strict=True):
        assert one.still_waiting == other.still_waiting
        if one.interval is not None:
            assert one.interval.lower <= other.interval.lower + 1e-12
            assert other.interval.upper <= one.interval.upper + 1e-12


@given(TIMES, CONFIDENCES, CONFIDENCES)
def test_limits_widen_with_the_confidence(times, one, other):
    """More confidence, no nearer limits, of the shares and of the median."""
    low, high = sorted((one, other))

    for narrow, wide in zip(times.steps(low), times.steps(high), strict=True):
        if narrow.interval is not None:
            assert wide.interval.lower <= narrow.interval.lower
            assert narrow.interval.upper <= wide.interval.upper
    narrow, wide = times.median(low), times.median(high)
    assert narrow.days == wide.days
    assert reached(wide.lower) <= reached(narrow.lower) <= reached(narrow.days)
    assert reached(narrow.days) <= reached(narrow.upper) <= reached(wide.upper)


def reached(days):
    """Give a number of days; what is not reached lies beyond all others."""
    return float("inf") if days is None else days


@given(TIMES)
def test_a_median_is_a_day_on_which_something_ended(times):
    """So are its limits; and at most half are estimated to wait longer than it."""
    median = times.median()
    left = {step.day: step.still_waiting for step in times.steps()}

    assert {median.days, median.lower, median.upper} - {None} <= set(left)
    assert median.days is None or left[median.days] <= 0.5
    assert (median.days is None) == all(share > 0.5 for share in left.values())
