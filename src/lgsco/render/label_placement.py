"""
Places for the labels of points: beside their own point, or joined to it by a line, and never over one another.

A label for which there is no such place is left out: its name is in the table.
"""

from __future__ import annotations

import functools
import math
from typing import NamedTuple, TypeAlias

Place: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom."""


class Spot(NamedTuple):
    """A point as it is drawn."""

    x: float
    y: float
    radius: float


class Label(NamedTuple):
    """A label's box, and the end of its line where it is joined to its point by one."""

    box: Box
    tip: Place | None


class _Candidate(NamedTuple):
    cost: float
    box: Box
    tip: Place | None


@functools.lru_cache(maxsize=256)
def place_labels(
    spots: tuple[Spot, ...],
    labels: tuple[tuple[int, float], ...],
    frame: Box,
    height: float,
    curves: tuple[Place, ...] = (),
) -> dict[int, Label]:
    """
    Return a place for each label that has one, by the number of its point.

    Args:
        spots: all points, also those without a label.
        labels: the number of a point and the width of its label, the most important first.
        frame: the box that labels stay within.
        height: of a label.
        curves: places on lines of the chart that labels avoid if they can.
    """
    candidates = {index: _candidates(spots, index, wide, height, frame, curves) for index, wide in labels}
    placed: dict[int, _Candidate] = {}
    # In the second and third round each label may take a better place that the others have left free.
    for _ in range(3):
        for index, _wide in labels:
            rest = [(spots[other], label) for other, label in placed.items() if other != index]
            for candidate in candidates[index]:
                if not any(_conflict(spots[index], candidate, spot, label) for spot, label in rest):
                    placed[index] = candidate
                    break
    return {index: Label(label.box, label.tip) for index, label in placed.items()}


_DISTANCES = (3, 12, 22, 34, 48, 64, 90, 130, 180, 240)
_JOINED = 12
"""From this distance on a label is joined to its point by a line."""
_FAR = 64
_REACH = 260
_BESIDE = 0.6
"""How far to the side a direction is in which a label begins or ends at its point."""
_MOST_CANDIDATES = 24
_WIDEST = 14
"""More than the radius of any mark."""
_INSET = 0.08
_CLEAR = 1.6
"""By how much nearer to its own point than to any other a label without a line is."""


def _around() -> list[tuple[float, float, float, float]]:
    """Return distance, direction and shift of the places about a point, the best first by their cost."""
    places = []
    for distance in _DISTANCES:
        for angle in range(0, 360, 30 if distance < _FAR else 10):
            across, down = math.cos(math.radians(angle)), math.sin(math.radians(angle))
            shifts = (0.0,) if abs(down) < _BESIDE else (-0.4, 0.0, 0.4)
            places += [(distance + 6 * abs(down) + 8 * abs(shift), distance, across, down, shift) for shift in shifts]
    return [place[1:] for place in sorted(places)]


_AROUND = _around()


def _candidates(  # noqa: PLR0913, PLR0917  # what a place depends on
    spots: tuple[Spot, ...], index: int, wide: float, height: float, frame: Box, curves: tuple[Place, ...]
) -> list[_Candidate]:
    """Return the places of a label that are right whatever the other labels do, the best first."""
    x, y, radius = spots[index]
    reach = wide + _REACH
    # The nearest first: they are most often in the way.
    others = sorted(
        (
            spot
            for other, spot in enumerate(spots)
            if other != index and abs(spot.x - x) < reach and abs(spot.y - y) < _REACH
        ),
        key=lambda spot: (spot.x - x) ** 2 + (spot.y - y) ** 2,
    )
    near = [place for place in curves if abs(place[0] - x) < reach and abs(place[1] - y) < _REACH]
    candidates = []
    for distance, across, down, shift in _AROUND:
        side = 0 if abs(across) <= _BESIDE else math.copysign(wide / 2, across)
        middle_x = x + across * (distance + radius) + (side or shift * wide)
        middle_y = y + down * (distance + radius + height / 2)
        box = (middle_x - wide / 2, middle_y - height / 2, middle_x + wide / 2, middle_y + height / 2)
        if box[0] < frame[0] or box[1] < frame[1] or box[2] > frame[2] or box[3] > frame[3]:
            continue
        own = _gap(box, x, y)
        # Some way from the ends of the box: the letters may be less wide than it is.
        inset = 0 if side else wide * _INSET
        nearest = (min(max(x, box[0] + inset), box[2] - inset), min(max(y, box[1]), box[3]))
        tip = nearest if distance >= _JOINED else None
        if own < radius + 1 or not _is_clear(others, box, x, y, own, tip):
            continue
        crossed = sum(box[0] < a < box[2] and box[1] < b < box[3] for a, b in near)
        candidates.append(_Candidate(distance + 6 * abs(down) + 8 * abs(shift) + min(3 * crossed, 12), box, tip))
        if len(candidates) == _MOST_CANDIDATES:
            break
    return sorted(candidates)


def _is_clear(others: list[Spot], box: Box, x: float, y: float, own: float, tip: Place | None) -> bool:  # noqa: PLR0913, PLR0917  # a place
    """Return whether a label covers no other point, and cannot be taken for another point's."""
    apart = _CLEAR * own + _WIDEST
    left, right = min(x, box[0]) - apart, max(x, box[2]) + apart
    top, bottom = min(y, box[1]) - apart, max(y, box[3]) + apart
    for other_x, other_y, radius in others:
        if not (left < other_x < right and top < other_y < bottom):
            continue
        gap = _gap(box, other_x, other_y)
        if gap < radius + 2:
            return False
        if tip is None:
            if gap < _CLEAR * own + 2:
                return False
        elif _distance(other_x, other_y, (x, y), tip) < radius + 2:
            return False
    return True


def _conflict(spot: Spot, label: _Candidate, other_spot: Spot, other: _Candidate) -> bool:
    """Return whether two labels overlap, or the line of one meets the other label or its line."""
    if overlap(label.box, other.box, 2):
        return True
    start, other_start = (spot.x, spot.y), (other_spot.x, other_spot.y)
    if label.tip is not None and meets(start, label.tip, other.box):
        return True
    if other.tip is not None and meets(other_start, other.tip, label.box):
        return True
    return label.tip is not None and other.tip is not None and _cross(start, label.tip, other_start, other.tip)


def overlap(first: Box, second: Box, apart: float = 0) -> bool:
    """Return whether two boxes overlap, or are less than a distance apart."""
    return (
        first[0] < second[2] + apart
        and second[0] < first[2] + apart
        and first[1] < second[3] + apart
        and second[1] < first[3] + apart
    )


def _gap(box: Box, x: float, y: float) -> float:
    return math.hypot(max(box[0] - x, 0, x - box[2]), max(box[1] - y, 0, y - box[3]))


def _distance(x: float, y: float, start: Place, end: Place) -> float:
    """Return the distance of a place from a line between two others."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = across * across + down * down
    part = 0 if length == 0 else min(max(((x - start[0]) * across + (y - start[1]) * down) / length, 0), 1)
    return math.hypot(x - start[0] - part * across, y - start[1] - part * down)


def _cross(start: Place, end: Place, other_start: Place, other_end: Place) -> bool:
    def side(first: Place, second: Place, third: Place) -> float:
        return (second[0] - first[0]) * (third[1] - first[1]) - (second[1] - first[1]) * (third[0] - first[0])

    return (
        side(start, end, other_start) * side(start, end, other_end) < 0
        and side(other_start, other_end, start) * side(other_start, other_end, end) < 0
    )


def meets(start: Place, end: Place, box: Box) -> bool:
    """Return whether a line meets a box: it ends within it, or crosses one of its diagonals."""
    if max(start[0], end[0]) < box[0] or min(start[0], end[0]) > box[2]:
        return False
    if max(start[1], end[1]) < box[1] or min(start[1], end[1]) > box[3]:
        return False
    inside = any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in (start, end))
    return (
        inside
        or _cross(start, end, (box[0], box[1]), (box[2], box[3]))
        or _cross(start, end, (box[0], box[3]), (box[2], box[1]))
    )
