"""Rates from year to year with their likely ranges, a small chart for each series."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from lgsco._text import one_line
from lgsco.render.chart_parts import (
    LINE_STYLES,
    NARROW,
    SMALL,
    Drawing,
    key,
    line_keys,
    lines_of,
    mark,
    percent_of,
    percents,
    range_key,
    zigzag,
)
from lgsco.render.label_placement import meets, overlap
from lgsco.render.lettering import LINE, lines_within, shortened, width_of
from lgsco.render.scales import Axis, scale_of
from lgsco.render.svg_elements import Element, diamond, line, polyline, text
from lgsco.wording import charts as wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.render.label_placement import Box, Place
    from lgsco.reports.elements import Chart, Point

_MOST_COLUMNS = 3
_APART, _LEFT = 20, 47
_PLOT, _OVER, _UNDER = 140, 30, 34
_TICK = 58
"""The width of the name of a year with a margin."""
_FEWEST_CASES = 3
"""A rate of fewer cases says nothing of its neighbours: no line joins it to them."""


def draw_years(chart: Chart, width: float, *, whole_scale: bool = False) -> Drawing:
    """Return a small chart for each series; no line crosses a series break or a missing year."""
    panels = list(dict.fromkeys(point.panel for point in chart.points))
    columns = _columns(len(panels), len(chart.ticks), width)
    wide = (width - _APART * (columns - 1)) / columns
    titles = {panel: lines_within(panel, wide, bold=True, most=4) if panel else [] for panel in panels}
    high = max(map(len, titles.values())) * LINE + _OVER + _PLOT + _UNDER
    keys = [
        (wording.THIS_COUNCIL, lambda x, y: [diamond(x, y, 7, "this")]),
        *range_key(chart.points, this=True),
        *line_keys(chart.lines),
        *([(wording.SERIES_BREAK, _break_sign)] if chart.breaks else []),
    ]
    parts, top = key(keys, 0, width)
    scales = []
    for index, panel in enumerate(panels):
        row, column = divmod(index, columns)
        drawn = _Panel(chart, panel, titles[panel], column * (wide + _APART), top + row * high, wide, high)
        scales.append(drawn.scale(whole=whole_scale))
        parts += drawn.parts(scales[-1])
    bottom = top + (len(panels) + columns - 1) // columns * high
    if not all(scale.is_whole for scale in scales):
        note = (
            wording.OWN_SCALES if len(panels) > 1 else wording.scale_note(f"{scales[0].low:g}", f"{scales[0].high:g}")
        )
        for words in lines_within(note, width, SMALL):
            parts.append(text(0, bottom + 4, words, "q"))
            bottom += LINE
    return Drawing(width, bottom, parts)


def _columns(panels: int, ticks: int, width: float) -> int:
    """Return as many columns as leave room for the name of each year."""
    if width <= NARROW:
        return 1
    for columns in range(min(panels, _MOST_COLUMNS), 1, -1):
        if (width - _APART * (columns - 1)) / columns - _LEFT >= ticks * _TICK:
            return columns
    return 1


def _break_sign(x: float, y: float) -> list[Element]:
    return [line(x - 2, y - 9, x - 2, y + 9, "break"), line(x + 2, y - 9, x + 2, y + 9, "break")]


class _Panel(NamedTuple):
    """A series of a chart, and where it is drawn."""

    chart: Chart
    panel: str | None
    title: list[str]
    x: float
    y: float
    width: float
    height: float

    def points(self) -> list[Point]:
        """Return the points of the series, by their years."""
        order = {tick: index for index, tick in enumerate(self.chart.ticks)}
        points = (point for point in self.chart.points if point.panel == self.panel)
        return sorted(points, key=lambda point: order[point.at or ""])

    def scale(self, *, whole: bool) -> Axis:
        return scale_of(percents(self.points(), lines_of(self.chart, self.panel)), whole=whole)

    def parts(self, scale: Axis) -> list[Element]:
        chart, points = self.chart, self.points()
        bottom = self.y + self.height - _UNDER
        top, left, right = bottom - _PLOT, self.x + _LEFT, self.x + self.width
        up = scale.between(bottom, top)
        step = (right - left) / len(chart.ticks)
        middles = {tick: left + (index + 0.5) * step for index, tick in enumerate(chart.ticks)}
        marked = {point.at for point in points if point.marked}
        parts = [text(self.x, self.y + 14 + index * LINE, words, "b") for index, words in enumerate(self.title)]
        for value, y in up.ticks():
            parts += [line(left, y, right, y, "grid"), text(left - 8, y + 5, f"{value:g}%", "q", anchor="end")]
        parts.append(zigzag(left, top, bottom) if scale.low else line(left, top, left, bottom, "axis"))
        parts += self._ticks(middles, bottom + 18, step, marked)
        for index, tick in enumerate(chart.ticks):
            if any(item.at == tick and item.panel in {None, self.panel} for item in chart.breaks):
                x = left + index * step
                parts += [line(x - 2, top, x - 2, bottom, "break"), line(x + 2, top, x + 2, bottom, "break")]
        levels = []
        for each_line in lines_of(chart, self.panel):
            for place, share in each_line.steps:
                x, y = left + (place + 0.5) * step, up.place(100 * share)
                levels.append((x - step / 2 + 5, y - 2, x + step / 2 - 5, y + 2))
                parts.append(line(levels[-1][0], y, levels[-1][2], y, LINE_STYLES[each_line.kind]))
        for point in points:
            if point.interval is not None:
                x = middles[point.at or ""]
                ends = up.place(100 * point.interval.lower), up.place(100 * point.interval.upper)
                parts.append(line(x, ends[0], x, ends[1], "range"))
        places = {point: (middles[point.at or ""], up.place(percent_of(point))) for point in points}
        trend = [[places[point] for point in run] for run in self._runs(points)]
        parts += [polyline(run, "trend") for run in trend]
        parts += [mark(*places[point], 8 if point.marked else 6, point, this=True) for point in points]
        return [*parts, *_values(points, middles, right, up, levels, trend)]

    def _ticks(self, middles: dict[str, float], y: float, step: float, marked: set[str | None]) -> list[Element]:
        """Return the names of the years, each or, where they do not fit, every second or third, the last one too."""
        names = [*middles]
        # A marked name is bold; its neighbours are not.
        usual = max(width_of(one_line(name), SMALL) for name in names)
        widest = max(width_of(one_line(name), SMALL, bold=name in marked) for name in names)
        wide = (usual + widest) / 2 + 1
        # The last name is moved to the left where it would reach beyond the picture.
        moved = max((width_of(one_line(names[-1]), SMALL, bold=names[-1] in marked) - step) / 2, 0)
        every = next((every for every in range(1, len(names)) if wide + moved <= step * every), len(names))
        parts = []
        for index, name in enumerate(names):
            if (len(names) - 1 - index) % every == 0:
                own = width_of(one_line(name), SMALL, bold=name in marked)
                x = min(middles[name], self.x + self.width - own / 2)
                words = shortened(name, max(widest, step), SMALL)
                parts.append(text(x, y, words, "q b" if name in marked else "q", anchor="middle"))
        return parts

    def _runs(self, points: Sequence[Point]) -> list[list[Point]]:
        """Return the points that a line joins: neighbouring years of enough cases with no break between them."""
        broken = {item.at for item in self.chart.breaks if item.panel in {None, self.panel}}
        order = {tick: index for index, tick in enumerate(self.chart.ticks)}
        runs: list[list[Point]] = [[]]
        for before, point in itertools.pairwise([None, *points]):
            joined = (
                before is not None
                and point is not None
                and order[point.at or ""] - order[before.at or ""] == 1
                and point.at not in broken
                and min(point.rate.denominator, before.rate.denominator) >= _FEWEST_CASES
            )
            if not joined:
                runs.append([])
            if point is not None:
                runs[-1].append(point)
        return [run for run in runs if len(run) > 1]


def _values(  # noqa: PLR0913, PLR0917  # what a figure must not be over
    points: Sequence[Point],
    middles: dict[str, float],
    right: float,
    up: Axis,
    levels: list[Box],
    trend: list[list[Place]],
) -> list[Element]:
    """Return the percentages of the points above or below their ranges, none over another or over an average."""
    joints = [pair for run in trend for pair in itertools.pairwise(run)]
    taken: list[Box] = []
    parts = []
    ordered = [point for marked in (True, False) for point in reversed(points) if point.marked is marked]
    for point in ordered:
        words = f"{point.rate.percent()}%"
        reach = width_of(words, SMALL, bold=True) / 2
        x = min(middles[point.at or ""], right - reach)
        own = up.place(percent_of(point))
        ends = [own - 8, own + 8]
        if point.interval is not None:
            ends = [
                min(ends[0], up.place(100 * point.interval.upper)),
                max(ends[1], up.place(100 * point.interval.lower)),
            ]
        free: list[tuple[bool, int, float, Box]] = []
        for base in (ends[0] - 5, ends[1] + 15, ends[0] - 14):
            box = (x - reach, base - 11, x + reach, base + 2)
            if up.end - _OVER / 2 <= base <= up.start and not any(overlap(box, each) for each in (*taken, *levels)):
                free.append((any(meets(*joint, box) for joint in joints), len(free), base, box))
        if free:
            # Over the line that joins the points only where there is no other place.
            *_, base, box = min(free)
            taken.append(box)
            parts.append(text(x, base, words, "q b halo" if point.marked else "q halo", anchor="middle"))
    return parts
