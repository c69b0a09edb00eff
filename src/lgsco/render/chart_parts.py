"""What pictures of every kind share: their keys, marks, axes and lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from lgsco._text import one_line
from lgsco.render.lettering import lines_within, width_of
from lgsco.render.svg_elements import Element, circle, diamond, line, path, text
from lgsco.reports.elements import LineKind
from lgsco.wording import charts as wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.render.scales import Axis
    from lgsco.reports.elements import Chart, Line, Point

__all__ = [
    "NARROW",
    "SMALL",
    "WIDE",
    "Drawing",
    "key",
    "line_keys",
    "mark",
    "mark_keys",
    "percent_of",
    "percents",
    "range_key",
    "range_mark",
    "scale_words",
    "value_words",
    "zigzag",
]

WIDE, NARROW = 720, 280
"""The widths of a picture for pages and of one for phones, in its units, which are pixels at full size."""
SMALL = 13
_KEY_LINE, _SIGN, _APART = 22, 26, 24

Sign: TypeAlias = Callable[[float, float], list[Element]]
"""A function that draws the sign of a key about its middle."""
KeyItem: TypeAlias = tuple[str, Sign]


class Drawing(NamedTuple):
    """What is drawn of a chart, within its width and height from (0, 0)."""

    width: float
    height: float
    parts: list[Element]


LINE_STYLES = {
    LineKind.AVERAGE: "avg",
    LineKind.ENGLAND: "eng",
    LineKind.ALERT: "lim alert",
    LineKind.ALARM: "lim",
}


def percent_of(point: Point) -> float:
    """Return the rate of a point as a percentage that is not rounded."""
    return 100 * point.rate.numerator / point.rate.denominator


def percents(points: Iterable[Point], lines: Iterable[Line]) -> Iterator[float]:
    """Return every percentage that a picture of points and lines shows."""
    for point in points:
        yield percent_of(point)
        if point.interval is not None:
            yield 100 * point.interval.lower
            yield 100 * point.interval.upper
    for each_line in lines:
        for _, share in each_line.steps:
            yield 100 * share


def value_words(point: Point) -> str:
    """Return a point's name with its rate, which is shown where it is pointed at."""
    return f"{one_line(point.name)}: {point.rate}"


def mark(x: float, y: float, radius: float, point: Point, *, this: bool) -> Element:
    """Return the mark of a rate: a diamond of the council that the chart is about, a circle of another."""
    draw = diamond if this else circle
    return draw(x, y, radius, "this" if this else "other", value_words(point))


def range_mark(place: Callable[[float], float], y: float, point: Point, *, this: bool) -> list[Element]:
    """Return the bar of a likely range along a horizontal axis; nothing where there is none."""
    if point.interval is None:
        return []
    ends = place(100 * point.interval.lower), place(100 * point.interval.upper)
    return [line(ends[0], y, ends[1], y, "range" if this else "range o")]


def key(items: Sequence[KeyItem], left: float, right: float, top: float = 0) -> tuple[list[Element], float]:
    """Return the signs of a picture with their words, in as many rows as they need, and where the rows end."""
    parts: list[Element] = []
    x, y = left, top + 13
    for words, sign in items:
        lines = lines_within(words, right - left - _SIGN, SMALL)
        wide = _SIGN + max(width_of(part, SMALL) for part in lines)
        if x > left and x + wide > right:
            x, y = left, y + _KEY_LINE
        parts += sign(x + 9, y - 4)
        for index, part in enumerate(lines):
            y += 16 if index else 0
            parts.append(text(x + _SIGN, y, part, "q"))
        x += wide + _APART
    return parts, (y + 12 if items else top)


def mark_keys(points: Sequence[Point], name: str | None = None) -> list[KeyItem]:
    """Return the key of the marks that are there, with the name of the council that is marked."""
    items: list[KeyItem] = []
    if any(point.marked for point in points):
        items.append((name or wording.THIS_COUNCIL, lambda x, y: [diamond(x, y, 7, "this")]))
    if not all(point.marked for point in points):
        other = wording.ANOTHER_COUNCIL if items else wording.A_COUNCIL
        items.append((other, lambda x, y: [circle(x, y, 5.5, "other")]))
    return items


def range_key(points: Sequence[Point], *, this: bool) -> list[KeyItem]:
    """Return the key of likely ranges, where there are any."""
    style = "range" if this else "range o"
    if all(point.interval is None for point in points):
        return []
    return [(wording.LIKELY_RANGE, lambda x, y: [line(x - 9, y, x + 9, y, style)])]


def line_keys(lines: Iterable[Line], *, upright: bool = False) -> list[KeyItem]:
    """Return the key of the lines, each name once."""
    styles = {one_line(each_line.name): LINE_STYLES[each_line.kind] for each_line in lines}

    def sign(style: str) -> Sign:
        if upright:
            return lambda x, y: [line(x, y - 9, x, y + 9, style)]
        return lambda x, y: [line(x - 9, y, x + 12, y, style)]

    return [(name, sign(style)) for name, style in styles.items()]


def zigzag(place: float, start: float, end: float) -> Element:
    """Return an upright axis with the sign of a scale that does not start at zero at its lower end."""
    return path(f"M{place:g} {start:g}V{end - 20:g}l-4 3l8 5l-4 3V{end:g}", "axis")


def scale_words(axis: Axis) -> list[str]:
    """Return the note on a scale that is not from 0% to 100%; nothing on one that is."""
    return [] if axis.is_whole else [wording.scale_note(f"{axis.low:g}", f"{axis.high:g}")]


def lines_of(chart: Chart, panel: str | None) -> list[Line]:
    """Return the lines of a panel, and those of all panels."""
    return [each_line for each_line in chart.lines if each_line.panel in {None, panel}]
