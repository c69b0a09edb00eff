"""
Kaplan-Meier estimates of waiting times with censoring.

A case still open counts as waiting for as long as it has waited. An average over the finished cases alone would leave
out just those that take longest.

Sources: E. L. Kaplan and P. Meier (1958), JASA 53, 457-481; M. Greenwood (1926), for the variance; J. D. Kalbfleisch
and R. L. Prentice (1980), The statistical analysis of failure time data, for limits on the log-log scale;
R. Brookmeyer and J. Crowley (1982), Biometrics 38, 29-41, for those of the median.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import KW_ONLY
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Self, final

from lgsco._text import number_of
from lgsco._values import Confidence, Constraint, Count, NonNegative, Probability, refusal_of, value
from lgsco.errors import InvalidValue
from lgsco.stats.distributions import normal_quantile
from lgsco.stats.intervals import Interval, Sides, tail_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_METHOD = "log-log"
_HALF = Fraction(1, 2)


def _check_days(days: object) -> str | None:
    if type(days) is not tuple:
        return "must be a tuple of whole days"
    if {*map(type, days)} <= {int} and min(days, default=0) >= 0:
        return None
    reasons = ((day, refusal_of(day, Count)) for day in days)
    return next((f"has {day!r}, which is not a number of days: {reason}" for day, reason in reasons if reason), None)


@final
@value
class TimeStep:
    """
    One day on which some cases ended, and the share estimated to wait longer.

    Args:
        day: days from the beginning.
        at_risk: the cases that had neither ended nor been lost from sight before that day.
        ended: those of them that ended on it.
        still_waiting: the share of all cases estimated to wait longer.
        standard_error: Greenwood's, of that share; ``None`` where nothing is left waiting, since it cannot be computed.
        interval: the limits of that share; ``None`` likewise.

    Raises:
        InvalidValue: a count is not a whole number, more ended than were at risk, or a share is not from 0 to 1.
    """

    day: Count
    at_risk: Count
    _: KW_ONLY
    ended: Count
    still_waiting: Probability
    standard_error: NonNegative | None = None
    interval: Interval | None = None

    def __attrs_post_init__(self) -> None:
        if self.ended > self.at_risk:
            raise InvalidValue.at("ended", self.ended, f"exceeds at_risk, of which it is part: {self.at_risk}")


@final
@value
class MedianTime:
    """
    The median waiting time: the day by which half is estimated to have ended, with its limits.

    Args:
        days: the median; ``None`` where the estimate does not reach a half.
        lower: the lower limit; ``None`` where it is not reached.
        upper: the upper limit; ``None`` where it is not reached.
        confidence: the probability with which such limits hold the median.

    Raises:
        InvalidValue: a number of days is not a whole number, or the limits are out of order.

    >>> print(WaitingTimes([10, 20, 30, 40, 50], [60]).median())
    30 days (95% interval from 10 days, upper limit not reached)
    """

    days: Count | None
    _: KW_ONLY
    lower: Count | None = None
    upper: Count | None = None
    confidence: Confidence = 0.95

    def __attrs_post_init__(self) -> None:
        # What is not reached lies beyond everything that is.
        reached = [math.inf if days is None else days for days in (self.lower, self.days, self.upper)]
        if sorted(reached) != reached:
            raise InvalidValue.at("days", self.days, f"is not between its limits, {self.lower} and {self.upper}")

    def __str__(self) -> str:
        if self.lower is None:
            return "not reached, and neither are its limits"
        days = "not reached" if self.days is None else number_of(self.days, "day")
        upper = ", upper limit not reached" if self.upper is None else f" to {number_of(self.upper, 'day')}"
        return f"{days} ({100 * self.confidence:g}% interval from {number_of(self.lower, 'day')}{upper})"


@final
@value
class WaitingTimes:
    """
    Waiting times: days from a beginning to an end for what has ended, and days so far for what still waits.

    The days are kept in order. Times add up: those of two lists of cases are those of the lists joined.

    Args:
        ended: the days that each ended case took.
        waiting: the days that each open case has waited so far.

    Raises:
        InvalidValue: a number of days is not a whole number from zero.

    >>> times = WaitingTimes([30, 10], [45])
    >>> times + WaitingTimes([20], [])
    WaitingTimes(ended=(10, 20, 30), waiting=(45,))
    >>> [(step.day, step.still_waiting) for step in times.steps()]
    [(10, 0.666...), (30, 0.333...)]
    """

    ended: Annotated[tuple[int, ...], Constraint(_check_days)]
    waiting: Annotated[tuple[int, ...], Constraint(_check_days)]

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "ended", tuple(sorted(self.ended)))
        object.__setattr__(self, "waiting", tuple(sorted(self.waiting)))

    @classmethod
    def zero(cls) -> Self:
        """
        Return no times at all; adding it changes nothing.

        Returns:
            The neutral element of ``+``.
        """
        return cls((), ())

    @property
    def total(self) -> int:
        """The number of cases, ended and waiting."""
        return len(self.ended) + len(self.waiting)

    def __add__(self, other: object) -> WaitingTimes:
        if not isinstance(other, WaitingTimes):
            return NotImplemented
        return WaitingTimes(self.ended + other.ended, self.waiting + other.waiting)

    def steps(self, confidence: float = 0.95) -> tuple[TimeStep, ...]:
        """
        Estimate the share that waits longer than each day on which a case ended (Kaplan-Meier).

        What still waits is at risk up to and including the last day on which it was seen to wait.
        The limits are on the log-log scale, by Greenwood's variance, and so stay between 0 and 1.
        With nothing waiting, the estimate is the share of the cases themselves.

        Args:
            confidence: the probability with which the limits of a day hold the share, between 0 and 1.

        Returns:
            A step for each day on which a case ended, in order.

        Raises:
            InvalidValue: the confidence is not a float between 0 and 1.
        """
        z = -normal_quantile(tail_of(confidence, Sides.BOTH))
        return tuple(
            TimeStep(
                day,
                at_risk,
                ended=ended,
                still_waiting=float(share),
                standard_error=None if hazard_variance is None else float(share) * math.sqrt(hazard_variance),
                interval=_interval(share, hazard_variance, z, confidence),
            )
            for day, at_risk, ended, share, hazard_variance in self._product_limit()
        )

    def median(self, confidence: float = 0.95) -> MedianTime:
        """
        Estimate the day by which half has ended: the first on which no more than half is estimated to wait longer.

        A limit is the first day on which a limit of that share is no more than a half.

        Args:
            confidence: the probability with which such limits hold the median, between 0 and 1.

        Returns:
            The median and its limits, in days.

        >>> WaitingTimes([10], [20, 30]).median().days is None
        True

        Raises:
            InvalidValue: the confidence is not a float between 0 and 1.
        """
        z = -normal_quantile(tail_of(confidence, Sides.BOTH))
        median = lower = upper = None
        for day, _, _, share, hazard_variance in self._product_limit():
            interval = _interval(share, hazard_variance, z, confidence)
            if lower is None and (interval is None or interval.lower <= _HALF):
                lower = day
            if median is None and share <= _HALF:
                median = day
            if upper is None and interval is not None and interval.upper <= _HALF:
                upper = day
        return MedianTime(median, lower=lower, upper=upper, confidence=confidence)

    def _product_limit(self) -> Iterator[tuple[int, int, int, Fraction, float | None]]:
        """Yield for each day on which a case ended: the day, at risk, ended, the share left, and Greenwood's sum."""
        ended, waiting = Counter(self.ended), Counter(self.waiting)
        at_risk = self.total
        # Exact, so that a share of exactly a half is one.
        share = Fraction(1)
        hazard_variance = 0.0
        for day in sorted({*ended, *waiting}):
            if count := ended[day]:
                share *= Fraction(at_risk - count, at_risk)
                if share:
                    hazard_variance += count / (at_risk * (at_risk - count))
                yield day, at_risk, count, share, hazard_variance if share else None
            at_risk -= count + waiting[day]


def _interval(share: Fraction, hazard_variance: float | None, z: float, confidence: float) -> Interval | None:
    """Return limits for a share on the log-log scale; ``None`` where nothing is left waiting."""
    if hazard_variance is None:
        return None
    left = float(share)
    widening = math.exp(z * math.sqrt(hazard_variance) / -math.log(left))
    return Interval(left**widening, left ** (1.0 / widening), confidence=confidence, method=_METHOD)
