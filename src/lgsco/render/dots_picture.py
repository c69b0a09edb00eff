"""Rates with their likely ranges, one below another."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    percents,
    range_key,
    range_mark,
    scale_words,
)
from lgsco.render.lettering import LINE, lines_within, shortened, width_of
from lgsco.render.scales import Axis, scale_of
from lgsco.render.svg_elements import Anchor, Element, line, path, text

if TYPE_CHECKING:
    from lgsco.reports.elements import Chart, Line, Point

_FEW = 5
_NAMES, _GAP = 250, 18
_LINES_OF_NAME = 2


def draw_dots(chart: Chart, width: float, *, whole_scale: bool = False) -> Drawing:
    """Return the rates of a chart in rows, their names beside them or, in a narrow picture, above."""
    narrow = width <= NARROW
    few = len(chart.points) <= _FEW
    scale = scale_of(percents(chart.points, chart.lines), whole=whole_scale)
    values = {point: str(point.rate) for point in chart.points}
    if narrow:
        left, right = 8.0, width - 8
    else:
        named = min(max(width_of(name, bold=point.marked) for point in chart.points for name in (point.name,)), _NAMES)
        left, right = named + _GAP, width - max(map(width_of, values.values())) - _GAP
    axis = scale.between(left, right)
    keys = [
        *mark_keys(chart.points),
        *range_key(chart.points, this=any(point.marked for point in chart.points)),
        *line_keys(chart.lines, upright=True),
    ]
    parts, top = key(keys, 0 if narrow else left, width)
    step = (62 if narrow else 44) if few else (48 if narrow else 26)
    beside = not narrow or all(
        width_of(point.name, bold=True) + width_of(values[point]) < width for point in chart.points
    )
    if not beside:  # then the rate is on a line of its own
        step += LINE
    if not narrow and any(len(_name_lines(point)) > 1 for point in chart.points):
        step = max(step, 2 * LINE + 4)
    bottom = top + step * len(chart.points) + 4
    parts += _axis(axis, top, bottom, narrow=narrow)
    for each_line in chart.lines:
        if each_line.panel is None and not narrow:
            x = axis.place(100 * each_line.steps[0][1])
            parts.append(line(x, top, x, bottom, LINE_STYLES[each_line.kind]))
    for index, point in enumerate(chart.points):
        y = top + step * index + (step - 16 if narrow else step / 2)
        lines = [each for each in chart.lines if each.panel == point.name or (narrow and each.panel is None)]
        parts += _row(point, axis, y, lines)
        if narrow:
            parts += _words_above(point, values[point], width, y - 18, beside=beside)
        else:
            parts += _words_beside(point, values[point], width, y)
    end = bottom + 22
    for words in scale_words(axis):
        for part in lines_within(words, width, SMALL):
            end += LINE
            parts.append(text(0 if narrow else left, end, part, "q"))
    return Drawing(width, end + 6, parts)


def _name_lines(point: Point) -> list[str]:
    return lines_within(point.name, _NAMES, bold=point.marked, most=_LINES_OF_NAME)


def _row(point: Point, axis: Axis, y: float, lines: list[Line]) -> list[Element]:
    parts = [*range_mark(axis.place, y, point, this=point.marked)]
    for each_line in lines:
        x = axis.place(100 * each_line.steps[0][1])
        parts.append(line(x, y - 13, x, y + 13, LINE_STYLES[each_line.kind]))
    return [*parts, mark(axis.place(percent_of(point)), y, 7 if point.marked else 5.5, point, this=point.marked)]


def _words_beside(point: Point, value: str, width: float, y: float) -> list[Element]:
    names = _name_lines(point)
    first = y + 5 - (len(names) - 1) * LINE / 2
    style = "b" if point.marked else ""
    parts = [text(0, first + index * LINE, name, style) for index, name in enumerate(names)]
    return [*parts, text(width, y + 5, value, anchor="end")]


def _words_above(point: Point, value: str, width: float, y: float, *, beside: bool) -> list[Element]:
    style = "b halo" if point.marked else "halo"
    name = shortened(point.name, width, bold=point.marked)
    if beside:
        return [text(0, y, name, style), text(width, y, value, "halo", anchor="end")]
    return [text(0, y - LINE, name, style), text(0, y, value, "q halo")]


def _axis(axis: Axis, top: float, bottom: float, *, narrow: bool) -> list[Element]:
    """Return the grid and its percentages; a zigzag at the left is the sign of a scale that does not start at 0%."""
    parts = []
    ticks = [*axis.ticks()]
    for index, (value, x) in enumerate(ticks):
        anchor: Anchor = "middle"
        if narrow and index in {0, len(ticks) - 1}:
            anchor = "end" if index else "start"
            x += 8 if index else -8  # noqa: PLW2901  # the words end where the picture ends
        parts += [line(axis.place(value), top, axis.place(value), bottom, "grid")]
        parts.append(text(x, bottom + 18, f"{value:g}%", "q", anchor=anchor))
    if axis.low:
        start = f"M{axis.start:g} {bottom:g}h8l3 -4l5 8l3 -4H{axis.end:g}"
        parts.append(path(start, "axis"))
    return parts
