"""Rates against the number of cases, with limits that widen where cases are few."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, NamedTuple

from lgsco._text import one_line
from lgsco.render.chart_parts import (
    LINE_STYLES,
    NARROW,
    SMALL,
    Drawing,
    key,
    line_keys,
    mark,
    mark_keys,
    percent_of,
    scale_words,
    value_words,
    zigzag,
)
from lgsco.render.label_placement import Spot, place_labels
from lgsco.render.lettering import LINE, SIZE, lines_within, short_names, shortened, width_of
from lgsco.render.scales import Axis, nice_step, scale_of
from lgsco.render.svg_elements import Element, circle, diamond, line, polyline, text
from lgsco.reports.elements import LineKind
from lgsco.wording import charts as wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lgsco.reports.elements import Chart, Line, Point

_HEIGHT, _NARROW_HEIGHT = 400, 320
_LABEL_ALL, _CROWD = 24, 60
"""Up to so many points each has a label; of more than so many each is drawn smaller."""
_MOST_LABELS, _NARROW_LABELS = 30, 10
_LONGEST_LABEL, _LONGEST_PART = 240, 0.55
"""The greatest width of a label, and of what part of the picture."""
_BEYOND = 1.03
"""How far the axis of cases goes beyond the most cases."""


class _Place(NamedTuple):
    """The points with the same counts, where they are drawn."""

    spot: Spot
    points: list[Point]

    @property
    def first(self) -> Point:
        return self.points[0]


def draw_funnel(chart: Chart, width: float, *, whole_scale: bool = False) -> Drawing:
    """Return the rates of a chart against their cases, with labels for all or, where they are many, the outer ones."""
    narrow = width <= NARROW
    averages = [each_line for each_line in chart.lines if each_line.kind in {LineKind.AVERAGE, LineKind.ENGLAND}]
    shown = [*map(percent_of, chart.points), *(100 * share for each in averages for _, share in each.steps)]
    scale = scale_of(shown, whole=whole_scale)
    most = max(point.rate.denominator for point in chart.points)
    step = nice_step(most, 5 if narrow else 10)
    groups = _groups(chart)
    keys = [
        *mark_keys(chart.points, _marked_name(chart)),
        *([(wording.SAME_FIGURES, _number_sign)] if any(len(group) > 1 for group in groups) else []),
        *line_keys(chart.lines),
    ]
    parts, top = key(keys, 0, width)
    for words in _axis_words(chart, scale, width):
        top += LINE
        parts.append(text(0, top, words, "" if words == chart.up else "q"))
    top += 16
    left, right, bottom = 50.0, width - 14.0, top + (_NARROW_HEIGHT if narrow else _HEIGHT)
    across, up = Axis(0, most * _BEYOND, step, left, right), scale.between(bottom, top)
    parts += _axes(chart, across, up)
    curves: list[tuple[float, float]] = []
    for each_line in chart.lines:
        for run in _level(each_line, up, left, right) if each_line in averages else _inside(each_line, across, up):
            parts.append(polyline(run, LINE_STYLES[each_line.kind]))
            curves += _filled(run)
    size = 4 if len(chart.points) > _CROWD else 5.5
    places = [_Place(_spot(group, across, up, size), group) for group in groups]
    parts += _labels(chart, places, (left + 2, top - 10, width, bottom - 2), tuple(curves), narrow=narrow)
    parts += [part for place in places if not _marked(place.points) for part in _marks(place, places)]
    parts += [part for place in places if _marked(place.points) for part in _marks(place, places)]
    return Drawing(width, bottom + 44, parts)


def _marked_name(chart: Chart) -> str | None:
    """Return the name of the council that is marked, which its label may have no place for."""
    names = short_names(tuple(point.name for point in chart.points))
    return next((shortened(names[point.name], _LONGEST_LABEL) for point in chart.points if point.marked), None)


def _number_sign(x: float, y: float) -> list[Element]:
    return [circle(x, y, 8, "other"), text(x, y + 3.9, "2", "num", anchor="middle")]


def _axis_words(chart: Chart, scale: Axis, width: float) -> list[str]:
    up = [one_line(chart.up)] if chart.up else []
    return [*up, *(part for words in scale_words(scale) for part in lines_within(words, width, SMALL))]


def _axes(chart: Chart, across: Axis, up: Axis) -> list[Element]:
    left, right, bottom, top = across.start, across.end, up.start, up.end
    parts = []
    for value, y in up.ticks():
        parts += [line(left, y, right, y, "grid"), text(left - 8, y + 5, f"{value:g}%", "q", anchor="end")]
    for value, x in across.ticks():
        parts += [line(x, bottom, x, bottom + 5, "axis"), text(x, bottom + 20, f"{value:,g}", "q", anchor="middle")]
    middle = (left + right) / 2
    words = shortened(chart.across, right, SIZE)
    parts += [line(left, bottom, right, bottom, "axis"), text(middle, bottom + 38, words, anchor="middle")]
    parts.append(zigzag(left, top, bottom) if up.low else line(left, top, left, bottom, "axis"))
    return parts


def _level(each_line: Line, up: Axis, left: float, right: float) -> Iterator[list[tuple[float, float]]]:
    """Return an average as a line across the whole picture."""
    y = up.place(100 * each_line.steps[0][1])
    yield [(left, y), (right, y)]


def _inside(each_line: Line, across: Axis, up: Axis) -> Iterator[list[tuple[float, float]]]:
    """Return the parts of a limit that are within the scale, cut where they leave it, without those at its edge."""
    run: list[tuple[float, float]] = []
    steps = [(cases, 100 * share) for cases, share in each_line.steps]
    for before, step in zip([None, *steps[:-1]], steps, strict=True):
        inside = up.low < step[1] < up.high
        if before is not None and inside != (up.low < before[1] < up.high):
            edge = up.high if max(step[1], before[1]) >= up.high else up.low
            part = (edge - before[1]) / (step[1] - before[1])
            run.append((across.place(before[0] + part * (step[0] - before[0])), up.place(edge)))
        if inside:
            run.append((across.place(step[0]), up.place(step[1])))
        elif run:
            yield run
            run = []
    if run:
        yield run


_FINE = 6


def _filled(run: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Return places on a line so close that no label lies between them."""
    for (x, y), (next_x, next_y) in itertools.pairwise(run):
        count = int(math.dist((x, y), (next_x, next_y)) / _FINE) + 1
        for part in range(count):
            yield x + (next_x - x) * part / count, y + (next_y - y) * part / count


def _groups(chart: Chart) -> list[list[Point]]:
    """Return the points with the same counts together, the largest groups first, the marked point first in its own."""
    groups: dict[tuple[int, int], list[Point]] = {}
    for point in sorted(chart.points, key=lambda point: not point.marked):
        groups.setdefault((point.rate.numerator, point.rate.denominator), []).append(point)
    return sorted(groups.values(), key=lambda group: (-len(group), group[0].rate.denominator, group[0].rate.numerator))


def _marked(points: Sequence[Point]) -> bool:
    return any(point.marked for point in points)


def _spot(group: Sequence[Point], across: Axis, up: Axis, size: float) -> Spot:
    # A council has the same place and size whether it is marked or not, so that its label is placed once.
    radius = size if len(group) == 1 else min(size + 1.5 + math.sqrt(len(group)), 11)
    return Spot(across.place(group[0].rate.denominator), up.place(percent_of(group[0])), radius)


def _marks(place: _Place, places: Sequence[_Place]) -> list[Element]:
    x, y, radius = place.spot
    if len(place.points) == 1:
        return [mark(x, y, max(radius, 7) if place.first.marked else radius, place.first, this=place.first.marked)]
    names = "; ".join(map(value_words, place.points[:8]))
    if place.first.marked:
        return [diamond(x, y, 8, "this", names)]
    parts = [circle(x, y, radius, "other", names)]
    # A number that another circle would cover is left out; the size of the circle says as much.
    near = (spot for spot, _ in places if abs(spot.x - x) < _WIDEST and spot is not place.spot)
    if all(math.dist((x, y), spot[:2]) > spot.radius + _NUMBER for spot in near):
        parts.append(text(x, y + 3.9, str(len(place.points)), "num", anchor="middle"))
    return parts


_NUMBER, _WIDEST = 6, 18
"""How far from its middle a number reaches, and how far apart a number and another mark that covers it are at most."""


def _labels(
    chart: Chart, places: Sequence[_Place], frame: tuple[float, float, float, float],
    curves: tuple[tuple[float, float], ...], *, narrow: bool,
) -> list[Element]:  # fmt: skip
    """Return the labels that have a place, and their lines."""
    names = short_names(tuple(point.name for point in chart.points))
    every = not narrow and len(places) <= _LABEL_ALL
    longest = min(_LONGEST_LABEL, _LONGEST_PART * frame[2])
    outer = range(len(places)) if every else _outer(chart, places, _NARROW_LABELS if narrow else _MOST_LABELS)
    words = {index: _label_words(places[index].points, names, longest) for index in outer}
    spots = tuple(place.spot for place in places)
    widths = [(index, width_of(label, bold=True) + 4) for index, label in words.items()]
    marked = {index for index in words if _marked(places[index].points)}
    placed = place_labels(spots, tuple(widths), frame, SIZE + 2, curves)
    if not marked <= placed.keys():
        first = sorted(widths, key=lambda item: item[0] not in marked)
        placed = place_labels(spots, tuple(first), frame, SIZE + 2, curves)
    parts = [line(*spots[index][:2], *label.tip, "leader") for index, label in placed.items() if label.tip is not None]
    for index, (box, _) in placed.items():
        x, width = spots[index].x, box[2] - box[0]
        style = "halo b" if index in marked else "halo"
        y = box[3] - 4
        if box[0] > x:
            parts.append(text(box[0] + 2, y, words[index], style))
        elif box[2] < x:
            parts.append(text(box[2] - 2, y, words[index], style, anchor="end"))
        else:
            parts.append(text(box[0] + width / 2, y, words[index], style, anchor="middle"))
    return parts


def _outer(chart: Chart, places: Sequence[_Place], most: int) -> list[int]:
    """Return the places that get a label where not all do: the marked one, and of the named ones the furthest out."""
    average = next((share for each in chart.lines if each.kind is LineKind.AVERAGE for _, share in each.steps), 0.5)

    def nearness(index: int) -> tuple[bool, float]:
        rate = places[index].first.rate
        distance = abs(rate.numerator / rate.denominator - average)
        return not _marked(places[index].points), -distance * math.sqrt(rate.denominator)

    named = [index for index, place in enumerate(places) if any(point.named or point.marked for point in place.points)]
    return sorted(sorted(named, key=nearness)[:most])


def _label_words(points: Sequence[Point], names: dict[str, str], longest: float) -> str:
    name = shortened(names[points[0].name], longest, bold=True)
    return name if len(points) == 1 or points[0].marked else wording.same_figures(name, len(points) - 1)
