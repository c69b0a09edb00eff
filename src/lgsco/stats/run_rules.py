"""
Run rules that suit series of about ten points, and the sides of a centre on which points lie.

A value of a series is a number, or ``None`` for a missing year: no run reaches across it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from fractions import Fraction

from lgsco._values import Choice
from lgsco.stats.chart_limits import Value, exact
from lgsco.stats.distributions import (
    binomial_tails,
    is_rarer,
    normal_tail,
    poisson_tails,
    smaller_binomial_tail,
)
from lgsco.stats.rates import Proportion


class RunRule(Choice):
    """A pattern in the years that chance rarely gives, with the fewest years that it needs."""

    OUTSIDE_LIMITS = "beyond_limits"
    """Marks each year outside the limits; a year on a limit is within."""
    TWO_OF_THREE = "two_of_three"
    """Marks all three years, also a year that is not near the limit; a year on the centre is on neither side."""
    SHIFT = "seven_on_one_side"
    """
    Marks every year of the run. A year on the centre ends it.

    A share or a small count is on the centre where it is the median of what chance gives there: only then is either
    side as rare as the toss of a coin.
    """
    TREND = "seven_in_one_direction"
    """Marks every year of the run, the first too. A year equal to the one before it ends the run."""

    @property
    def min_points(self) -> int:
        """
        The fewest years with a value that the rule needs; with fewer it is too short to tell.

        In a series of fewer than eight, a year in the middle cannot lie beyond the limits that its own moving ranges
        make, however far it strays; and seven years cannot all lie on one side of their own mean.

        >>> [rule.min_points for rule in RunRule]
        [8, 8, 8, 7]
        """
        return 7 if self is RunRule.TREND else 8

    @property
    def label(self) -> str:
        """
        The rule in words.

        >>> RunRule.TWO_OF_THREE.label
        'two of three years near one limit'
        """
        return _LABELS[self]


_LABELS = {
    RunRule.OUTSIDE_LIMITS: "a year beyond the limits",
    RunRule.TWO_OF_THREE: "two of three years near one limit",
    RunRule.SHIFT: "seven years on one side of the mean",
    RunRule.TREND: "seven years rising, or seven falling",
}


def sides_of_rates(rates: Sequence[Proportion | None], centre: Fraction) -> tuple[int | None, ...]:
    """
    Return the side of the median that chance gives at a centre on which each share lies: above (1), below (-1), on (0).

    Neither side has a probability above a half, which for few cases a side of the mean may have.

    >>> sides_of_rates([Proportion(20, 20), Proportion(19, 20), Proportion(18, 20)], Fraction(975, 1000))
    (0, -1, -1)
    """
    return tuple(
        None
        if rate is None or not rate.denominator
        else _side_of(*binomial_tails(rate.numerator, rate.denominator, float(centre)))
        for rate in rates
    )


def sides_of_counts(values: Sequence[Fraction | None], centre: Fraction) -> tuple[int | None, ...]:
    """
    Return the side of the Poisson median at a mean on which each count lies: above (1), below (-1), or on it (0).

    >>> sides_of_counts([Fraction(0), Fraction(1), Fraction(2)], Fraction(13, 10))
    (-1, 0, 1)
    """
    return tuple(None if number is None else _side_of(*poisson_tails(int(number), float(centre))) for number in values)


_HALF = 0.5 + 1e-9


def _side_of(at_most: float, at_least: float) -> int:
    """Return the side of the median on which a count lies: as many or more (or fewer) are no likelier than not."""
    return int(at_least <= _HALF) - int(at_most <= _HALF and at_least > _HALF)


def is_rare(rate: Proportion, centre: Fraction, sigmas: int = 3) -> bool:
    """Return whether the count or more (or fewer) are as rare as a number of standard deviations; exact, binomial."""
    return is_rarer(smaller_binomial_tail(rate.numerator, rate.denominator, float(centre)), normal_tail(sigmas))


def seven_on_one_side(sides: Sequence[int | None]) -> tuple[bool, ...]:
    """
    Return for each value whether it is the seventh or later of a run on one side of the centre.

    ``sides`` hold 1 above, -1 below, 0 on it and ``None`` for a missing year; the last two end a run.

    >>> seven_on_one_side([1, 1, 1, 1, 1, 1, 1, -1])
    (False, False, False, False, False, False, True, False)
    """
    return _ends_a_run(sides, lambda window: window[0] != 0 and len(set(window)) == 1)


def seven_in_one_direction(values: Sequence[Value | None]) -> tuple[int, ...]:
    """
    Return for each value whether it is the seventh or later that rises (1) or falls (-1); 0 where it is neither.

    A value equal to the value before it ends the run.

    Raises:
        InvalidValue: a value is not a finite number.

    >>> seven_in_one_direction([1, 2, 3, 4, 5, 6, 7, 7])
    (0, 0, 0, 0, 0, 0, 1, 0)
    """
    numbers = exact(values)
    rising = _ends_a_run(numbers, lambda window: all(a < b for a, b in itertools.pairwise(window)))
    falling = _ends_a_run(numbers, lambda window: all(a > b for a, b in itertools.pairwise(window)))
    return tuple(up - down for up, down in zip(rising, falling, strict=True))


def two_of_three(near: Sequence[bool], sides: Sequence[int | None]) -> tuple[bool, ...]:
    """
    Return for each value whether it is among three in a row, all on one side, of which two or more lie near a limit.

    Near is more than two standard deviations from the centre.

    >>> two_of_three([False, True, False, True, False], [1, 1, 1, 1, 1])
    (False, True, True, True, False)
    """
    marks = [False] * len(near)
    for start in range(len(near) - 2):
        window = slice(start, start + 3)
        if set(sides[window]) in ({1}, {-1}) and sum(near[window]) > 1:
            marks[window] = [True] * 3
    return tuple(marks)


_RUN = 7


def _ends_a_run(values: Sequence[Value | None], is_run: Callable[[list[Value]], bool]) -> tuple[bool, ...]:
    windows = [
        [number for number in values[max(index - _RUN + 1, 0) : index + 1] if number is not None]
        for index in range(len(values))
    ]
    return tuple(len(window) == _RUN and is_run(window) for window in windows)
