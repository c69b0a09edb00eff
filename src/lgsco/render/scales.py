"""Axes that use the space: from which percentage to which, in what steps, and where on the picture a value is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_STEPS = (2, 5, 10, 20)
_MOST_STEPS = 5
_NEAR_WHOLE = 80
_NEAR_ZERO = 10


class Axis(NamedTuple):
    """An axis from one value to another in steps, between two places on the picture."""

    low: float
    high: float
    step: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Return where a value is."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self) -> Iterator[tuple[float, float]]:
        """Return the values of the steps, and where they are."""
        for index in range(int((self.high - self.low) / self.step + _SLACK) + 1):
            value = self.low + index * self.step
            yield value, self.place(value)

    def between(self, start: float, end: float) -> Axis:
        """Return the same axis between two other places."""
        return self._replace(start=start, end=end)

    @property
    def is_whole(self) -> bool:
        """Whether it is from 0% to 100%."""
        return (self.low, self.high) == (0, _WHOLE)


_WHOLE = 100
_SLACK = 1e-9


def scale_of(percents: Iterable[float], *, whole: bool = False) -> Axis:
    """
    Return an axis for percentages: from 0% to 100%, or a part of that where the values need much less.

    >>> [(axis.low, axis.high, axis.step) for axis in map(scale_of, ([62, 97.5], [3, 98], [1, 17], [50, 50]))]
    [(60, 100, 10), (0, 100, 20), (0, 20, 5), (40, 60, 5)]
    """
    values = [*percents]
    lowest, highest = min(values), max(values)
    if whole or highest - lowest >= _NEAR_WHOLE:
        return _WHOLE_AXIS
    if highest - lowest < _NEAR_ZERO:  # few values that are alike are not spread over the whole picture
        lowest, highest = max(lowest - _NEAR_ZERO / 2, 0), min(highest + _NEAR_ZERO / 2, _WHOLE)
    # No value is on the lower edge, unless it is 0%, or on the upper one, unless it is 100%.
    lowest, highest = max(lowest - 1, 0), min(highest + 1, _WHOLE)
    for step in _STEPS:
        low, high = math.floor(lowest / step) * step, math.ceil(highest / step) * step
        low = 0 if low <= _NEAR_ZERO else low
        if high - low <= _MOST_STEPS * step:
            return Axis(low, high, step, 0, 1)
    return _WHOLE_AXIS


_WHOLE_AXIS = Axis(0, _WHOLE, 20, 0, 1)


def nice_step(most: int, ticks: int) -> int:
    """
    Return a round step by which an axis from zero to a number has at most so many ticks.

    >>> nice_step(193, 10), nice_step(7, 10), nice_step(1234, 5)
    (20, 1, 500)
    """
    scale = 1
    while True:
        for finer in (1, 2, 5):
            if most <= ticks * scale * finer:
                return scale * finer
        scale *= 10
