"""Times to an end, some of them not over: the product-limit estimate, its limits, its median, and what is refused."""

import pytest
from tests.support.refusals import faults, fields
from tests.support.tables import each_of

from lgsco.errors import InvalidValue
from lgsco.stats import MedianTime, TimeStep, WaitingTimes

# Weeks in remission of the 21 children given 6-MP: those that relapsed, and those still in remission when last seen.
# Freireich and others (1963), Blood 21, 699-716; Le (2003), Introductory Biostatistics, example 11.1.
SIX_MP = WaitingTimes([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])


def test_the_worked_example_of_the_textbooks():
    """Day, at risk, ended, estimate, Greenwood's standard error and log-log limits, as Stata's ``sts list`` prints."""
    printed = [
        (6, 21, 3, 0.8571, 0.0764, 0.6197, 0.9516),
        (7, 17, 1, 0.8067, 0.0869, 0.5631, 0.9228),
        (10, 15, 1, 0.7529, 0.0963, 0.5032, 0.8894),
        (13, 12, 1, 0.6902, 0.1068, 0.4316, 0.8491),
        (16, 11, 1, 0.6275, 0.1141, 0.3675, 0.8049),
        (22, 7, 1, 0.5378, 0.1282, 0.2678, 0.7468),
        (23, 6, 1, 0.4482, 0.1346, 0.1881, 0.6801),
    ]

    assert printed == [
        (
            step.day,
            step.at_risk,
            step.ended,
            *(
                pytest.approx(held, abs=5e-5)
                for held in (step.still_waiting, step.standard_error, step.interval.lower, step.interval.upper)
            ),
        )
        for step in SIX_MP.steps()
    ]
    assert MedianTime(23, lower=13) == SIX_MP.median()


def test_an_average_of_the_finished_would_have_been_shorter():
    """The median of the nine that ended is 10 weeks; with the twelve that had not, it is 23."""
    assert 10 == SIX_MP.ended[len(SIX_MP.ended) // 2]
    assert 23 == SIX_MP.median().days


def test_without_waiting_the_estimate_is_the_share_itself():
    """Four of four ended: three quarters, a half and a quarter are left after the first three days, then none."""
    steps = WaitingTimes([40, 10, 20, 30], []).steps()

    assert [(10, 0.75), (20, 0.5), (30, 0.25), (40, 0.0)] == [(step.day, step.still_waiting) for step in steps]
    assert (None, None) == (steps[-1].standard_error, steps[-1].interval)


def test_the_median_is_the_first_day_with_no_more_than_a_half_left():
    """Of four, half are gone on the second day: exactly a half counts."""
    assert 20 == WaitingTimes([10, 20, 30, 40], []).median().days
    assert 20 == WaitingTimes([10, 20, 30], []).median().days


def test_what_was_last_seen_waiting_on_a_day_was_at_risk_on_it():
    """One ended on day 10 and one was still waiting on it: one of two ended."""
    (step,) = WaitingTimes([10], [10]).steps()

    assert (2, 1, 0.5) == (step.at_risk, step.ended, step.still_waiting)


def test_what_ends_on_the_day_it_begins_is_a_time_of_nought():
    """Nought days are a time like any other."""
    (step,) = WaitingTimes([0], [5]).steps()

    assert (0, 0.5) == (step.day, step.still_waiting)


def test_a_median_that_is_not_reached_is_none():
    """One of three ended: most are still waiting, so nobody can say when half will have ended."""
    assert MedianTime(None, lower=10) == WaitingTimes([10], [20, 30]).median()
    assert MedianTime(None) == WaitingTimes([], [20, 30]).median() == WaitingTimes.zero().median()


def test_where_nothing_is_left_a_lower_limit_is_reached():
    """One of one ended: with nothing left waiting there is no upper limit to compute."""
    assert MedianTime(10, lower=10) == WaitingTimes([10], []).median()


def test_a_median_with_both_limits():
    """
    Twenty that ended a day apart: the tenth day, between the fifth and the fifteenth.

    After day 5, 15 of 20 are left, sigma is sqrt(5/300) / -log(0.75) = 0.449, and the lower limit is 0.75 to the power
    exp(1.96 x 0.449), 0.4999; after day 14 the upper limit is 0.501, after day 15 0.449.
    """
    assert MedianTime(10, lower=5, upper=15) == WaitingTimes(range_of(20), []).median()


def range_of(last):
    return [*range(1, last + 1)]


def test_limits_widen_with_the_confidence():
    """The median stays; at 99% its limits are no nearer than at 80%."""
    narrow, wide = WaitingTimes(range_of(20), []).median(0.8), WaitingTimes(range_of(20), []).median(0.99)

    assert narrow.days == wide.days
    assert (wide.lower, wide.upper) == (3, 16)
    assert (narrow.lower, narrow.upper) == (7, 13)


def test_no_times_have_no_steps():
    """Nothing is nothing, not nought."""
    assert () == WaitingTimes.zero().steps()
    assert 0 == WaitingTimes.zero().total


def test_times_add_up():
    """In whatever order they are given they are the same times."""
    assert WaitingTimes([1, 2], [3]) == WaitingTimes([2], []) + WaitingTimes([1], [3])
    assert 3 == WaitingTimes([2, 1], [3]).total
    with pytest.raises(TypeError):
        WaitingTimes.zero() + 1


@each_of(
    ("median", "words"),
    [
        (MedianTime(23, lower=13, upper=40), "23 days (95% interval from 13 days to 40 days)"),
        (MedianTime(1, lower=1), "1 day (95% interval from 1 day, upper limit not reached)"),
        (MedianTime(None, lower=13), "not reached (95% interval from 13 days, upper limit not reached)"),
        (MedianTime(None), "not reached, and neither are its limits"),
        (MedianTime(9, lower=7, upper=9, confidence=0.998), "9 days (99.8% interval from 7 days to 9 days)"),
    ],
)
def test_a_median_in_words(median, words):
    """What is not reached is said to be so."""
    assert words == str(median)


@each_of("days", [[-1], [1.0], [True], ["3"], [None], "12", 3, None])
def test_times_are_whole_days(days):
    """Anything else is refused, with its field; both fields at once where both are wrong."""
    with pytest.raises(InvalidValue) as caught:
        WaitingTimes([1], days)

    assert ["waiting"] == fields(caught)
    with pytest.raises(InvalidValue) as both:
        WaitingTimes(days, days)

    assert ["ended", "waiting"] == [problem.place.path for problem in both.value.problems]


@each_of("confidence", [0.0, 1.0, 95, float("nan"), None])
def test_a_confidence_is_between_nought_and_one(confidence):
    """The steps and the median refuse any other."""
    for asked in (SIX_MP.steps, SIX_MP.median):
        with pytest.raises(InvalidValue) as caught:
            asked(confidence)

        assert ["confidence"] == fields(caught)


def test_a_step_is_of_what_was_at_risk():
    """No more can end than were at risk, and shares are shares."""
    with pytest.raises(InvalidValue) as caught:
        TimeStep(1, 2, ended=3, still_waiting=0.0)

    assert [("ended", 3)] == faults(caught)
    with pytest.raises(InvalidValue) as several:
        TimeStep(1, 2, ended=1, still_waiting=float("nan"), standard_error=-0.1, interval=0.5)

    assert ["still_waiting", "standard_error", "interval"] == [problem.place.path for problem in several.value.problems]


@each_of("limits", [{"lower": 24}, {"lower": 1, "upper": 22}, {"upper": 30}])
def test_a_median_lies_between_its_limits(limits):
    """What is not reached lies beyond all that is: a median without a lower limit is none."""
    with pytest.raises(InvalidValue):
        MedianTime(23, **limits)
