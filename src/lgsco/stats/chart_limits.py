"""
The limits of control charts of short series, about a mean or a pooled rate.

A value of a series is a number, or ``None`` for a missing year: no moving range reaches across it. All arithmetic is
exact until limits are shown, so that a series of equal values has no moving range, and no signal.

Source: W. A. Shewhart (1931), Economic Control of Quality of Manufactured Product; D. J. Wheeler (2000), Understanding
Variation; D. B. Laney (2002), Improved control charts for attributes, Quality Engineering 14, 531-537.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import KW_ONLY
from fractions import Fraction
from typing import Any, TypeAlias, TypeVar, final

from lgsco._values import Choice, PositiveCount, validate, value
from lgsco.errors import InvalidValue
from lgsco.stats.distributions import (
    chi_squared_tail,
    is_rarer,
    normal_tail,
    poisson_range,
    poisson_tails,
)
from lgsco.stats.intervals import refuse_too_many
from lgsco.stats.rates import Proportion, pooled

FEWEST_RANGES = 5
"""Limits are not taken from fewer moving ranges that differ from zero: fewer tell too little of how years vary."""
SMALL_COUNT = 10
"""Counts with a mean below this have Poisson limits: they are too skewed for limits about a mean."""
VARIATION_LEVEL = 0.05
"""Variation between years is shown where chance alone gives as much in less than this share of series."""

Value: TypeAlias = Fraction | int | float
"""A count, a share or any other number; a float is taken for the exact fraction that it stores."""


class ControlChartType(Choice):
    """The type of a control chart: what its limits are made of."""

    XMR = "xmr"
    """The moving ranges from one year to the next: for counts whose variation is not known."""
    C = "c"
    """Exact Poisson limits: for small counts."""
    C_PRIME = "c-prime"
    """The same, widened by the spread that the moving ranges show, where variation beyond chance is shown."""
    P = "p"
    """The binomial spread of a share."""
    P_PRIME = "p-prime"
    """The same times the spread that the moving ranges show, where variation beyond chance is shown."""


@final
@value
class ChartLimits:
    """
    The centre of a series, and the control limits of each value.

    A value is beyond the limits where it is more than three standard deviations from the centre; on a limit is within.
    In a chart of small counts it must also be rarer than that by exact Poisson probability, which alone decides where
    the years do not vary beyond chance.

    Args:
        kind: the type of the chart.
        values: the series, ``None`` for a missing year.
        centre: the mean, or the pooled rate.
        squared_sigmas: the square of the standard deviation of each value; ``None`` where there is no value.
        sigma_z: the spread between years over what chance gives; ``None`` where it is not known, and in a chart of
            individual values.
        ranges: the number of moving ranges used that differ from zero.
    """

    _: KW_ONLY
    kind: ControlChartType
    values: tuple[Fraction | None, ...]
    centre: Fraction
    squared_sigmas: tuple[Fraction | None, ...]
    sigma_z: float | None = None
    ranges: int = 0

    def limits_at(self, index: int) -> tuple[float, float] | None:
        """
        Return the limits of one value of the series, not yet cut to what is possible.

        Those of small counts are whole: the least and the greatest count that is not a signal.
        """
        squared = self.squared_sigmas[index]
        if squared is None:
            return None
        reach = _REACH * math.sqrt(squared)
        if self.kind in {ControlChartType.C, ControlChartType.C_PRIME}:
            mean, tail = float(self.centre), normal_tail(_REACH)
            least, greatest = poisson_range(mean, tail) if mean else (0, 0)
            if self.kind is ControlChartType.C:
                return float(least), float(greatest)
            return min(float(self.centre) - reach, float(least)), max(float(self.centre) + reach, float(greatest))
        return float(self.centre) - reach, float(self.centre) + reach

    def sides(self, centre: Fraction) -> tuple[int | None, ...]:
        """Return the side of a centre on which each value lies: above (1), below (-1) or on it (0)."""
        return tuple(None if number is None else sign(number - centre) for number in self.values)

    def beyond(self, sigmas: int = 3) -> tuple[bool, ...]:
        """Return for each value whether it is more than a number of standard deviations from the centre."""
        return tuple(
            number is not None and squared is not None and self._is_beyond(number, squared, sigmas)
            for number, squared in zip(self.values, self.squared_sigmas, strict=True)
        )

    def _is_beyond(self, number: Fraction, squared: Fraction, sigmas: int) -> bool:
        if self.kind in {ControlChartType.C, ControlChartType.C_PRIME}:
            tail = min(poisson_tails(int(number), float(self.centre)))
            if not is_rarer(tail, normal_tail(sigmas)):
                return False
        return self.kind is ControlChartType.C or (number - self.centre) ** 2 > sigmas * sigmas * squared


Range = TypeVar("Range", float, Fraction)

_REACH = 3
# Wheeler's tables for ranges of two: three standard deviations are 2.66 mean moving ranges, and a moving range beyond
# 3.267 means is left out of the mean. Laney's 1.128 is the mean range of two in standard deviations.
_THREE_SIGMA, _WIDEST_RANGE, _MEAN_RANGE = Fraction(266, 100), Fraction(3267, 1000), 1.128


def baseline_of(baseline: int | None, values: Sequence[object]) -> int:
    """
    Return the number of first years from which limits are taken.

    Raises:
        InvalidValue: the baseline is not a whole number from one.
    """
    if baseline is not None:
        validate(baseline=(baseline, PositiveCount))
    return len(values) if baseline is None else baseline


def xmr_limits(
    values: Sequence[Value | None], *, screen: bool = True, baseline: int | None = None
) -> ChartLimits | None:
    """
    Return the limits of a chart of individual values and moving ranges: the mean, and 2.66 mean moving ranges about it.

    Args:
        values: the series, ``None`` for a missing year.
        screen: leave out moving ranges beyond 3.267 means and take the mean again, once, so that an odd year does not
            widen the limits that should show it. Where that would leave fewer than five ranges that differ from zero,
            all are kept.
        baseline: the number of first years from which the centre and the limits are taken; without it all years.

    Returns:
        The limits; ``None`` where no two neighbouring years have a value.

    Raises:
        InvalidValue: a value is not a finite number, or the baseline is not a whole number from one.

    >>> limits = xmr_limits([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
    >>> float(limits.centre), [f"{limit:.2f}" for limit in limits.limits_at(0)]
    (5.5, ['2.84', '8.16'])

    Source: Wheeler (2000).
    """
    numbers = exact(values)
    first = numbers[: baseline_of(baseline, numbers)]
    known = [number for number in first if number is not None]
    ranges = _moving_ranges(first)
    if not ranges:
        return None
    used = screened(ranges) if screen else ranges
    squared = (_THREE_SIGMA * Fraction(sum(used), len(used)) / _REACH) ** 2
    return ChartLimits(
        kind=ControlChartType.XMR,
        values=numbers,
        centre=Fraction(sum(known), len(known)),
        squared_sigmas=tuple(None if number is None else squared for number in numbers),
        ranges=sum(moved > 0 for moved in used),
    )


def screened(ranges: Sequence[Range]) -> list[Range]:
    """Return the moving ranges up to 3.267 means, or all where fewer than five that differ from zero would be left."""
    widest = float(_WIDEST_RANGE) * float(sum(ranges)) / len(ranges)
    usual = [moved for moved in ranges if float(moved) <= widest]
    return usual if sum(moved > 0 for moved in usual) >= FEWEST_RANGES else list(ranges)


def are_small_counts(values: Sequence[Fraction | None]) -> bool:
    """Return whether the values are counts, whole and not negative, with a mean below ten."""
    known = [number for number in values if number is not None]
    return bool(known) and are_counts(known) and sum(known) < SMALL_COUNT * len(known)


def are_counts(values: Sequence[Fraction | None]) -> bool:
    """Return whether the values are whole and not negative."""
    return all(number is None or (number.denominator == 1 and number >= 0) for number in values)


def c_limits(values: Sequence[Value | None], *, baseline: int | None = None) -> ChartLimits | None:
    """
    Return the limits of a chart of small counts: their mean, and exact Poisson limits about it.

    A count is beyond them where the Poisson probability of as many or more (or as few or fewer) is below that of three
    standard deviations, 0.00135. Where the years vary by more than chance gives, the year furthest from the mean left
    out, it must also be more than three widened standard deviations away, as in Laney's charts.

    Args:
        values: the counts, ``None`` for a missing year.
        baseline: the number of first years from which the centre and the limits are taken; without it all years.

    Returns:
        The limits; ``None`` where no count is known.

    Raises:
        InvalidValue: a value is not a finite number, or not a count; their mean is above 1,000,000,000; or the baseline
            is not a whole number from one.

    >>> limits = c_limits([0, 2, 1, 0, 1, 3, 0, 1, 1, 9])
    >>> limits.kind, limits.centre, limits.limits_at(0), limits.beyond()[-1]
    (ControlChartType.C, Fraction(9, 5), (0.0, 7.0), True)

    Source: Shewhart (1931); Laney (2002).
    """
    numbers = exact(values)
    for index, number in enumerate(numbers):
        if not are_counts([number]):
            raise InvalidValue.at(f"values[{index}]", number, "must be a count, or None where it is missing")
    first = baseline_of(baseline, numbers)
    known = [number for number in numbers[:first] if number is not None]
    if not known:
        return None
    centre = Fraction(sum(known), len(known))
    refuse_too_many(values=math.ceil(centre))
    squared = [None if number is None else centre for number in numbers]
    sigma_z, ranges = _sigma_z(numbers[:first], squared[:first], centre)
    widened = sigma_z is not None and sigma_z > 1.0 and _count_variation(known) < VARIATION_LEVEL
    factor = Fraction(sigma_z or 0.0) ** 2 if widened else Fraction(1)
    return ChartLimits(
        kind=ControlChartType.C_PRIME if widened else ControlChartType.C,
        values=numbers,
        centre=centre,
        squared_sigmas=tuple(None if variance is None else variance * factor for variance in squared),
        sigma_z=sigma_z,
        ranges=ranges,
    )


def _count_variation(known: Sequence[Fraction]) -> float:
    """Return the p-value of the variation between counts, the count furthest from the mean left out."""
    mean = Fraction(sum(known), len(known))
    rest = sorted(known, key=lambda number: abs(number - mean))[:-1]
    total = sum(rest)
    if len(rest) < 2 or not total:  # noqa: PLR2004  # a single year does not vary
        return 1.0
    middle = Fraction(total, len(rest))
    return chi_squared_tail(float(sum((number - middle) ** 2 for number in rest) / middle), len(rest) - 1)


def exact(values: Sequence[Value | None]) -> tuple[Fraction | None, ...]:
    """
    Return the values of a series as fractions.

    Raises:
        InvalidValue: a value is not a finite number.
    """
    for index, number in enumerate(values):
        known = type(number) in (int, Fraction) or (type(number) is float and math.isfinite(number))
        if number is not None and not known:
            raise InvalidValue.at(f"values[{index}]", number, "must be a finite number, or None where it is missing")
    return tuple(None if number is None else Fraction(number) for number in values)


def _moving_ranges(values: Sequence[Range | None]) -> list[Range]:
    ranges: list[Any] = []
    for before, after in itertools.pairwise(values):
        if before is not None and after is not None:
            ranges.append(abs(after - before))
    return ranges


def p_limits(rates: Sequence[Proportion | None], *, baseline: int | None = None) -> ChartLimits | None:
    """
    Return the limits of a chart of shares: their pooled rate, and three binomial standard deviations about it.

    Where variation beyond chance is shown the limits are Laney's p', wider by ``sigma_z``, and never narrower. It is
    shown where the shares differ at the 5% level, the share furthest from the rest left out, and ``sigma_z``, from
    moving ranges screened as in a chart of individual values, is above 1: an odd year cannot hide itself.

    Args:
        rates: the cases counted, of all cases, of each year; ``None`` for a missing year. 0 of 0 is no value.
        baseline: the number of first years from which the centre and the limits are taken; without it all years.

    Returns:
        The limits; ``None`` where there are no cases.

    Raises:
        InvalidValue: a year has more than 1,000,000,000 cases, or the baseline is not a whole number from one.

    >>> limits = p_limits([Proportion(53, 61), Proportion(76, 94), Proportion(63, 76)])
    >>> limits.kind, f"{limits.sigma_z:.2f}", [f"{limit:.3f}" for limit in limits.limits_at(0)]
    (ControlChartType.P, '0.85', ['0.687', '0.975'])
    >>> counts = [46, 55, 49, 52, 80, 44, 53, 47, 56, 50]
    >>> limits = p_limits([Proportion(count, 100) for count in counts])
    >>> limits.kind, [count for count, beyond in zip(counts, limits.beyond()) if beyond]
    (ControlChartType.P, [80])

    Source: Shewhart (1931); Laney (2002).
    """
    values = tuple(None if rate is None else rate.value for rate in rates)
    refuse_too_many(rates=max((rate.denominator for rate in rates if rate is not None), default=0))
    first = baseline_of(baseline, values)
    known = [rate for rate in rates[:first] if rate is not None and rate.denominator]
    if not known:
        return None
    whole = pooled(known)
    centre = Fraction(whole.numerator, whole.denominator)
    chance = centre * (1 - centre)
    squared = [None if rate is None or not rate.denominator else chance / rate.denominator for rate in rates]
    sigma_z, ranges = _sigma_z(values[:first], squared[:first], centre)
    widened = sigma_z is not None and sigma_z > 1.0 and _rate_variation(known, centre) < VARIATION_LEVEL
    factor = Fraction(sigma_z or 0.0) ** 2 if widened else Fraction(1)
    return ChartLimits(
        kind=ControlChartType.P_PRIME if widened else ControlChartType.P,
        values=values,
        centre=centre,
        squared_sigmas=tuple(None if variance is None else variance * factor for variance in squared),
        sigma_z=sigma_z,
        ranges=ranges,
    )


def _rate_variation(known: Sequence[Proportion], centre: Fraction) -> float:
    """Return the p-value of the variation between shares, the share furthest from the pooled rate left out."""
    away = [(rate.numerator - centre * rate.denominator) ** 2 / rate.denominator for rate in known]
    odd = away.index(max(away))
    rest = [*known[:odd], *known[odd + 1 :]]
    others = pooled(rest)
    if len(rest) < 2 or others.numerator in {0, others.denominator}:  # noqa: PLR2004  # a single year does not vary
        return 1.0
    share = Fraction(others.numerator, others.denominator)
    gaps = sum((rate.numerator - share * rate.denominator) ** 2 / rate.denominator for rate in rest)
    return chi_squared_tail(float(gaps / (share * (1 - share))), len(rest) - 1)


def _sigma_z(
    values: Sequence[Fraction | None], squared: Sequence[Fraction | None], centre: Fraction
) -> tuple[float | None, int]:
    """Return the spread between years over what chance gives, and the number of ranges that differ from zero."""
    scores = [
        float(number - centre) / math.sqrt(variance) if number is not None and variance else None
        for number, variance in zip(values, squared, strict=True)
    ]
    ranges = _moving_ranges(scores)
    if not ranges:
        return None, 0
    used = screened(ranges)
    return math.fsum(used) / len(used) / _MEAN_RANGE, sum(moved > 0 for moved in used)


def sign(number: Fraction) -> int:
    """Return 1 for a number above zero, -1 for one below, and 0 for zero."""
    return (number > 0) - (number < 0)
