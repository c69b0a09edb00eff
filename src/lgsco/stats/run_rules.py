"""
Control charts of short series: limits about a centre, and the run rules that some ten points can bear.

A value of a series is a number, or ``None`` for a year that is not held: no moving range and no run reaches across it.
All arithmetic is exact until limits are shown, so that a series of equal values has no moving range, and no signal.

Source: W. A. Shewhart (1931), Economic Control of Quality of Manufactured Product; D. J. Wheeler (2000), Understanding
Variation; D. B. Laney (2002), Improved control charts for attributes, Quality Engineering 14, 531-537.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY
from fractions import Fraction
from typing import TypeAlias, final

from lgsco._values import Choice, value
from lgsco.errors import InvalidValue
from lgsco.stats.distributions import is_rarer, normal_tail, smaller_binomial_tail
from lgsco.stats.rates import Proportion

__all__ = [
    "ChartLimits",
    "ControlChartType",
    "RunRule",
    "Value",
    "exact",
    "is_rare",
    "p_limits",
    "seven_in_one_direction",
    "seven_on_one_side",
    "two_of_three",
    "xmr_limits",
]

Value: TypeAlias = Fraction | int | float
"""A count, a share or any other number; a float is taken for the very fraction that it holds."""


class ControlChartType(Choice):
    """What the limits of a chart are made of."""

    XMR = "xmr"
    """The moving ranges from one year to the next: for counts, of which nobody knows how they vary."""
    P = "p"
    """The binomial spread of a share of so many cases."""
    P_PRIME = "p-prime"
    """The same times the spread that the moving ranges show, where the years differ by more than chance gives."""


class RunRule(Choice):
    """A pattern in the years that chance rarely gives, with how many years it needs at the least."""

    OUTSIDE_LIMITS = "beyond_limits"
    TWO_OF_THREE = "two_of_three"
    SHIFT = "seven_on_one_side"
    TREND = "seven_in_one_direction"

    @property
    def min_points(self) -> int:
        """
        The fewest years with a value at which the rule says anything; with fewer it is too short to tell.

        In a series of fewer than eight, one year in its middle cannot lie beyond the limits that its own moving ranges
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


@final
@value
class ChartLimits:
    """
    The centre of a series, and how far from it each value may lie by chance.

    ``squared_sigmas`` are the squares of one standard deviation, one for each value, ``None`` where there is none.
    A value is beyond the limits where it is more than three of them from the centre; on a limit is within.
    ``sigma_z`` is the spread between years of a p-chart over what chance gives, ``None`` where it cannot be told.
    """

    _: KW_ONLY
    kind: ControlChartType
    values: tuple[Fraction | None, ...]
    centre: Fraction
    squared_sigmas: tuple[Fraction | None, ...]
    sigma_z: float | None = None

    def at(self, place: int) -> tuple[float, float] | None:
        """Give the limits at one place of the series, as they come: not yet held within what is possible."""
        squared = self.squared_sigmas[place]
        if squared is None:
            return None
        reach = _REACH * math.sqrt(squared)
        return float(self.centre) - reach, float(self.centre) + reach

    def sides(self, centre: Fraction) -> tuple[int | None, ...]:
        """Say for each value whether it is above a centre (1), below (-1) or on it (0)."""
        return tuple(None if held is None else _sign(held - centre) for held in self.values)

    def beyond(self, sigmas: int = 3) -> tuple[bool, ...]:
        """Say for each value whether it is more than so many standard deviations from the centre."""
        return tuple(
            held is not None and squared is not None and (held - self.centre) ** 2 > sigmas * sigmas * squared
            for held, squared in zip(self.values, self.squared_sigmas, strict=True)
        )


_REACH = 3
# What Wheeler's tables give for ranges of two: three standard deviations are 2.66 mean moving ranges, and a moving
# range beyond 3.267 means is left out of the mean. Laney's 1.128 is the mean range of two in standard deviations.
_THREE_SIGMA, _WIDEST_RANGE, _MEAN_RANGE = Fraction(266, 100), Fraction(3267, 1000), 1.128


def xmr_limits(values: Sequence[Value | None], *, screen: bool = True) -> ChartLimits | None:
    """
    Give the limits of a chart of individual values and moving ranges: the mean, and 2.66 mean moving ranges about it.

    With ``screen`` moving ranges beyond 3.267 means are left out and the mean is taken again, once, so that one odd
    year does not widen the limits that should show it. ``None`` where no two neighbours are held.

    >>> limits = xmr_limits([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
    >>> float(limits.centre), [round(limit, 2) for limit in limits.at(0)]
    (5.5, [2.84, 8.16])

    Raises:
        InvalidValue: a value is no finite number.

    Source: Wheeler (2000).
    """
    held = exact(values)
    known = [number for number in held if number is not None]
    ranges = _moving_ranges(held)
    if not ranges:
        return None
    mean_range = Fraction(sum(ranges), len(ranges))
    if screen:
        usual = [moved for moved in ranges if moved <= _WIDEST_RANGE * mean_range]
        mean_range = Fraction(sum(usual), len(usual))
    squared = (_THREE_SIGMA * mean_range / _REACH) ** 2
    return ChartLimits(
        kind=ControlChartType.XMR,
        values=held,
        centre=Fraction(sum(known), len(known)),
        squared_sigmas=tuple(None if number is None else squared for number in held),
    )


def exact(values: Sequence[Value | None]) -> tuple[Fraction | None, ...]:
    """
    Give the values of a series as fractions.

    Raises:
        InvalidValue: a value is no finite number.
    """
    for at, number in enumerate(values):
        known = type(number) in (int, Fraction) or (type(number) is float and math.isfinite(number))
        if number is not None and not known:
            raise InvalidValue.at(f"values[{at}]", number, "must be a finite number, or None where it is not held")
    return tuple(None if number is None else Fraction(number) for number in values)


def _moving_ranges(held: Sequence[Fraction | None]) -> list[Fraction]:
    pairs = itertools.pairwise(held)
    return [abs(after - before) for before, after in pairs if before is not None and after is not None]


def p_limits(rates: Sequence[Proportion | None]) -> ChartLimits | None:
    """
    Give the limits of a chart of shares: their pooled rate, and three binomial standard deviations about it.

    Where the moving ranges show that the years differ by more than chance gives (``sigma_z`` above 1) the limits are
    Laney's p', wider by that much; they are never made narrower. A share of 0 of 0 is no value.
    ``None`` where there are no cases.

    >>> limits = p_limits([Proportion(53, 61), Proportion(76, 94), Proportion(63, 76)])
    >>> limits.kind, f"{limits.sigma_z:.2f}", [round(limit, 3) for limit in limits.at(0)]
    (ControlChartType.P, '0.85', [0.687, 0.975])

    Source: Shewhart (1931); Laney (2002).
    """
    held = tuple(None if rate is None else rate.value for rate in rates)
    known = [rate for rate in rates if rate is not None and rate.denominator]
    if not known:
        return None
    centre = Fraction(sum(rate.numerator for rate in known), sum(rate.denominator for rate in known))
    chance = centre * (1 - centre)
    squared = [None if rate is None or not rate.denominator else chance / rate.denominator for rate in rates]
    sigma_z = _sigma_z(held, squared, centre)
    widened = sigma_z is not None and sigma_z > 1.0
    factor = Fraction(sigma_z or 0.0) ** 2 if widened else Fraction(1)
    return ChartLimits(
        kind=ControlChartType.P_PRIME if widened else ControlChartType.P,
        values=held,
        centre=centre,
        squared_sigmas=tuple(None if one is None else one * factor for one in squared),
        sigma_z=sigma_z,
    )


def _sigma_z(held: Sequence[Fraction | None], squared: Sequence[Fraction | None], centre: Fraction) -> float | None:
    scores = [
        float(number - centre) / math.sqrt(variance) if number is not None and variance else None
        for number, variance in zip(held, squared, strict=True)
    ]
    ranges = [
        abs(after - before) for before, after in itertools.pairwise(scores) if before is not None and after is not None
    ]
    return math.fsum(ranges) / len(ranges) / _MEAN_RANGE if ranges else None


def is_rare(rate: Proportion, centre: Fraction, sigmas: int = 3) -> bool:
    """Whether so many or more (or fewer) are as rare at a rate as so many standard deviations are; exact, binomial."""
    return is_rarer(smaller_binomial_tail(rate.numerator, rate.denominator, float(centre)), normal_tail(sigmas))


def seven_on_one_side(sides: Sequence[int | None]) -> tuple[bool, ...]:
    """
    Say for each value whether it is the seventh or later of a run on one side of the centre.

    ``sides`` hold 1 above, -1 below, 0 on it and ``None`` for what is not held; the last two end a run.

    >>> seven_on_one_side([1, 1, 1, 1, 1, 1, 1, -1])
    (False, False, False, False, False, False, True, False)
    """
    return _ends_a_run(sides, lambda window: window[0] != 0 and len(set(window)) == 1)


def seven_in_one_direction(values: Sequence[Value | None]) -> tuple[int, ...]:
    """
    Say for each value whether it is the seventh or later that rises (1) or falls (-1); 0 where it is neither.

    A value equal to the one before it ends the run.

    >>> seven_in_one_direction([1, 2, 3, 4, 5, 6, 7, 7])
    (0, 0, 0, 0, 0, 0, 1, 0)

    Raises:
        InvalidValue: a value is no finite number.
    """
    held = exact(values)
    rising = _ends_a_run(held, lambda window: all(a < b for a, b in itertools.pairwise(window)))
    falling = _ends_a_run(held, lambda window: all(a > b for a, b in itertools.pairwise(window)))
    return tuple(up - down for up, down in zip(rising, falling, strict=True))


def two_of_three(near: Sequence[bool], sides: Sequence[int | None]) -> tuple[bool, ...]:
    """
    Say for each value whether it is one of three in a row, all on one side, of which two or more lie near a limit.

    Near is more than two standard deviations from the centre.

    >>> two_of_three([False, True, False, True, False], [1, 1, 1, 1, 1])
    (False, True, True, True, False)
    """
    found = [False] * len(near)
    for start in range(len(near) - 2):
        window = slice(start, start + 3)
        if set(sides[window]) in ({1}, {-1}) and sum(near[window]) > 1:
            found[window] = [True] * 3
    return tuple(found)


_RUN = 7


def _ends_a_run(held: Sequence[Value | None], holds: Callable[[list[Value]], bool]) -> tuple[bool, ...]:
    found = []
    for at in range(len(held)):
        window = [number for number in held[max(at - _RUN + 1, 0) : at + 1] if number is not None]
        found.append(len(window) == _RUN and holds(window))
    return tuple(found)


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)
