"""Charts as Vega-Lite: plain dictionaries that notebooks and other programs draw."""

from __future__ import annotations

import itertools
import textwrap
from typing import TYPE_CHECKING, Any, TypeAlias

from lgsco._text import one_line
from lgsco.reports.elements import ChartKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lgsco.reports.elements import Break, Chart, Point

__all__ = ["PALETTE", "to_vega_lite"]

Spec: TypeAlias = dict[str, Any]

# The palette of the Government Analysis Function, which is told apart in grey and by the colour-blind.
BLUE, TURQUOISE, PINK, ORANGE = "#12436d", "#28a197", "#801650", "#f46a25"
TEXT, QUIET, GRID, PAPER = "#0b0c0c", "#484c50", "#d9dadb", "#ffffff"
PALETTE = {
    BLUE: "--chart-1", TURQUOISE: "--chart-2", PINK: "--chart-3", ORANGE: "--chart-4",
    TEXT: "--text", QUIET: "--quiet", GRID: "--chart-grid", PAPER: "--paper",
}  # fmt: skip
"""The colours of all charts, and what pages call them, so that they can be changed with the scheme."""

_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_FONT = "Arial, Helvetica, sans-serif"
_WIDTH = 560
_LONGEST_NAME = 44
_CONFIG: Spec = {
    "font": _FONT,
    "background": PAPER,
    "view": {"stroke": None},
    "axis": {
        "labelColor": TEXT, "titleColor": TEXT, "labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal",
        "gridColor": GRID, "domainColor": QUIET, "tickColor": QUIET, "labelLimit": 300, "titlePadding": 8,
    },
    "legend": {"labelColor": TEXT, "labelFontSize": 13, "symbolSize": 90, "orient": "bottom", "labelLimit": 300},
    "text": {"color": TEXT, "fontSize": 12},
    "title": {"color": TEXT, "fontSize": 14, "anchor": "start", "fontWeight": "bold", "offset": 14},
}  # fmt: skip
_PER_CENTS: Spec = {"domain": [0, 100], "nice": False}


def to_vega_lite(chart: Chart) -> dict[str, Any]:
    """
    Give a chart as a Vega-Lite specification (version 5), a plain dictionary that JSON can hold.

    It carries its data, its title and, as ``description``, the sentence that says what it shows. Rates are on an axis
    from 0 to 100 per cent. What is marked has another shape and its name beside it, not colour alone.

    >>> from lgsco import Proportion
    >>> from lgsco.reports.elements import ChartKind, Point, Chart
    >>> rate = Proportion(19, 22)
    >>> point = Point("Uphold rate", rate, interval=rate.interval())
    >>> kind = ChartKind.DOTS
    >>> chart = Chart(kind, "One rate", words="Uphold rate: 86%", across="Per cent", points=[point])
    >>> spec = to_vega_lite(chart)
    >>> spec["description"], spec["datasets"]["points"][0]["shown"]
    ('Uphold rate: 86%', '86% (19 of 22)')
    """
    drawn = _DRAWN[chart.kind](chart)
    return {
        "$schema": _SCHEMA,
        "description": one_line(chart.words),
        "config": _CONFIG,
        "usermeta": {"title": one_line(chart.title)},
        **drawn,
    }


def _row(point: Point) -> Spec:
    """Give a point as a row of data; per cents with all their digits, for drawing, and as they are shown."""
    interval = point.interval
    return {
        "name": one_line(point.name),
        "cases": point.rate.denominator,
        "counted": point.rate.numerator,
        "percent": _per_cent(point),
        "lower": None if interval is None else 100 * interval.lower,
        "upper": None if interval is None else 100 * interval.upper,
        "shown": str(point.rate),
        "at": None if point.at is None else one_line(point.at),
        "marked": point.marked,
    }


def _per_cent(point: Point) -> float:
    return 100 * point.rate.numerator / point.rate.denominator


def _quantity(field: str, **more: Any) -> Spec:
    return {"field": field, "type": "quantitative", **more}


_UP: Spec = _quantity("percent", scale=_PER_CENTS, axis={"labelExpr": "datum.value + '%'"})


# --- Funnels

_HEIGHT = 360
_TICKS = 10
_DASHES = [[1, 0], [7, 4], [2, 3]]


def _funnel(chart: Chart) -> Spec:
    most = max(point.rate.denominator for point in chart.points)
    across = _quantity(
        "cases",
        title=one_line(chart.across),
        scale={"nice": False, "domain": [0, _nice_end(most)]},
        axis={"grid": False},
    )
    up = {**_UP, "title": one_line(chart.up or "Per cent")}
    names = list(dict.fromkeys(one_line(line.name) for line in chart.lines))
    limits = [
        {"name": one_line(line.name), "line": at, "cases": cases, "percent": 100 * share}
        for at, line in enumerate(chart.lines)
        for cases, share in line.steps
    ]
    dashes = {"field": "name", "scale": {"domain": names, "range": _DASHES[: len(names)]}, "title": None}
    layers: list[Spec] = [
        {
            "data": {"name": "limits"},
            "mark": {"type": "line", "color": QUIET, "strokeWidth": 1.5},
            "encoding": {"x": across, "y": up, "detail": {"field": "line"}, "strokeDash": dashes},
        },
        {
            "data": {"name": "points"},
            "transform": [{"filter": "!datum.marked"}],
            "mark": {
                "type": "point",
                "shape": "circle",
                "size": 60,
                "filled": True,
                "fill": PAPER,
                "stroke": BLUE,
                "strokeWidth": 2,
                "opacity": 1,
            },
            "encoding": {"x": across, "y": up},
        },
        {
            "data": {"name": "points"},
            "transform": [{"filter": "datum.marked"}],
            "mark": {
                "type": "point",
                "shape": "diamond",
                "size": 260,
                "filled": True,
                "fill": PINK,
                "stroke": PAPER,
                "strokeWidth": 1,
                "opacity": 1,
            },
            "encoding": {"x": across, "y": up},
        },
        *_labels(chart, _nice_end(most)),
    ]
    data = {"limits": limits, "points": [_row(point) for point in chart.points]}
    return {"width": _WIDTH, "height": _HEIGHT, "datasets": data, "layer": layers}


def _nice_end(most: int) -> float:
    """Give where an axis from nought ends, at a round number, so that it has at most ten ticks."""
    least = 10.0 ** (len(str(most)) - 2)
    step = next(least * finer for finer in (1, 2, 5, 10) if most <= _TICKS * least * finer)
    return -(-most // step) * step


_SIGN, _LINE = 6.6, 15
"""About how wide a letter and how high a line of the labels is, in pixels."""
Box: TypeAlias = tuple[float, float, float, float]
Place: TypeAlias = tuple[str, float, float]
"""How a label is aligned, and how far to the right of and below its point it begins."""


def _labels(chart: Chart, end: float) -> list[Spec]:
    """
    Put the names of the marked and of the named points where there is room for them, the marked ones first.

    Where there is none, the name is left out: it stands in the table.
    """

    def place(cases: float, per_cent: float) -> tuple[float, float]:
        return _WIDTH * cases / end, _HEIGHT * (1 - per_cent / 100)

    points = [(point, *place(point.rate.denominator, _per_cent(point))) for point in chart.points]
    taken: list[Box] = [(x - 6, y - 6, x + 6, y + 6) for _, x, y in points]
    steps = [place(cases, 100 * share) for line in chart.lines for cases, share in _filled(line.steps)]
    wanted = [one for one in points if one[0].marked or one[0].named]
    layers = []
    for point, x, y in sorted(wanted, key=lambda one: not one[0].marked):
        words = shortened(point.name)
        choices = [
            (any(_within(box, step) for step in steps) + abs(way[2]) / 20, at, way, box)
            for at, (way, box) in enumerate(_places(x, y, _SIGN * len(words), 12 if point.marked else 8))
            if box[0] >= 0 and box[2] <= _WIDTH + 12 and box[3] <= _HEIGHT
            if not any(_meet(box, other) for other in taken)
        ]
        if choices:
            _, _, way, box = min(choices)
            taken.append(box)
            layers += _label(point, words, way)
    return layers


def _places(x: float, y: float, wide: float, gap: float) -> list[tuple[Place, Box]]:
    """Give the places for a label beside a point, the best first, each with the room it takes."""
    found: list[tuple[Place, Box]] = []
    for dy in (0, 1, -1, 2, -2):
        shift = dy * (_LINE + 1) if dy else 0
        middle = y + shift
        found += [
            (("left", gap, shift), (x + gap, middle - _LINE / 2, x + gap + wide, middle + _LINE / 2)),
            (("right", -gap, shift), (x - gap - wide, middle - _LINE / 2, x - gap, middle + _LINE / 2)),
        ]
        if dy:
            found.append((("center", 0, shift), (x - wide / 2, middle - _LINE / 2, x + wide / 2, middle + _LINE / 2)))
    return found


def _label(point: Point, words: str, way: Place) -> list[Spec]:
    align, dx, dy = way
    layer = {
        "data": {"values": [{"cases": point.rate.denominator, "percent": _per_cent(point), "name": words}]},
        "encoding": {"x": _quantity("cases"), "y": _quantity("percent"), "text": {"field": "name"}},
    }
    mark = {
        "type": "text", "align": align, "baseline": "middle", "dx": dx, "dy": dy,
        "fontWeight": "bold" if point.marked else "normal",
    }  # fmt: skip
    # A ground behind the letters, where a line runs through them.
    ground = {**mark, "stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round"}
    return [{**layer, "mark": ground}, {**layer, "mark": mark}]


def _filled(steps: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Give the steps of a line, and enough between them that no label slips through."""
    yield steps[0]
    for (x, y), (next_x, next_y) in itertools.pairwise(steps):
        for part in range(1, _FINER + 1):
            yield x + (next_x - x) * part / _FINER, y + (next_y - y) * part / _FINER


_FINER = 8


def _within(box: Box, step: tuple[float, float]) -> bool:
    return box[0] <= step[0] <= box[2] and box[1] <= step[1] <= box[3]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def shortened(name: str, longest: int = _LONGEST_NAME) -> str:
    """Give a name that fits beside a point; the whole of it stands in the table."""
    line = one_line(name)
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


# --- Dots


def _dots(chart: Chart) -> Spec:
    names = _told_apart([point.name for point in chart.points])
    order = {"domain": names}
    down = {
        "field": "label", "type": "nominal", "scale": order, "title": None,
        "axis": {"ticks": False, "domain": False, "labelPadding": 8},
    }  # fmt: skip
    across = _quantity(
        "percent", scale=_PER_CENTS, title=one_line(chart.across), axis={"labelExpr": "datum.value + '%'"}
    )
    labels = {point.name: label for point, label in zip(chart.points, names, strict=True)}
    points = [{**_row(point), "label": label} for point, label in zip(chart.points, names, strict=True)]
    lines = [
        {
            "name": one_line(line.name),
            "percent": 100 * share,
            "label": None if line.panel is None else labels.get(line.panel),
        }
        for line in chart.lines
        for _, share in line.steps[:1]
    ]
    layers: list[Spec] = [
        {
            "data": {"name": "lines"},
            "transform": [{"filter": "datum.label === null"}],
            "mark": {"type": "rule", "color": QUIET, "strokeDash": [7, 4], "strokeWidth": 1.5},
            "encoding": {"x": across},
        },
        {
            "data": {"name": "points"},
            "mark": {"type": "rule", "color": BLUE, "strokeWidth": 2.5},
            "encoding": {"x": _quantity("lower", scale=_PER_CENTS), "x2": {"field": "upper"}, "y": down},
        },
        {
            "data": {"name": "lines"},
            "transform": [{"filter": "datum.label !== null"}],
            "mark": {"type": "tick", "color": TEXT, "thickness": 3, "size": 26},
            "encoding": {"x": across, "y": down},
        },
        _marks(False, across, down),
        _marks(True, across, down),
        {
            "data": {"name": "points"},
            "mark": {"type": "text", "align": "left", "baseline": "middle"},
            "encoding": {"x": {"value": 430}, "y": down, "text": {"field": "shown"}},
        },
    ]
    data = {"points": points, "lines": lines}
    height = {"step": 40 if len(names) <= 5 else 24}  # noqa: PLR2004  # a few rows may stand apart
    drawn: Spec = {"width": 420, "height": height, "datasets": data, "layer": layers}
    if lines:
        kinds = ", ".join(dict.fromkeys(one_line(line.name) for line in chart.lines))
        sign = "Upright stroke" if any(line.panel for line in chart.lines) else "Broken line"
        drawn["title"] = {"text": f"{sign}: {shortened(kinds)}", "fontWeight": "normal", "fontSize": 13, "offset": 8}
    return drawn


def _told_apart(names: Sequence[str]) -> list[str]:
    """Give a label for each name, no two alike, since two alike would be drawn in one row."""
    labels: list[str] = []
    for name in names:
        label, number = shortened(name), 2
        while label in labels:
            label, number = f"{shortened(name)} ({number})", number + 1
        labels.append(label)
    return labels


def _marks(marked: bool, across: Spec, down: Spec) -> Spec:  # noqa: FBT001  # which of two
    shape = (
        {"shape": "diamond", "size": 220, "fill": PINK, "stroke": PAPER, "strokeWidth": 1}
        if marked
        else {"shape": "circle", "size": 70, "fill": PAPER, "stroke": BLUE, "strokeWidth": 2}
    )
    return {
        "data": {"name": "points"},
        "transform": [{"filter": "datum.marked" if marked else "!datum.marked"}],
        "mark": {"type": "point", "filled": True, "opacity": 1, **shape},
        "encoding": {"x": across, "y": down},
    }


# --- Years

_FEW_TICKS, _MANY_TICKS = 4, 8
_APART, _ROWS_APART = 50, 114
_TICK = 70
"""How wide the name of a year is with some room about it, in pixels."""


def _years(chart: Chart) -> Spec:
    ticks = [one_line(tick) for tick in chart.ticks]
    panels = list(dict.fromkeys(point.panel for point in chart.points))
    # As many beside one another as leave room for a figure above each year.
    columns = min(len(panels), 3 if len(ticks) <= _FEW_TICKS else 2 if len(ticks) <= _MANY_TICKS else 1)
    wide = (_WIDTH - _APART * (columns - 1)) // columns
    highest = max(len(_in_lines(panel or "", wide // _TITLE_SIGN)) for panel in panels)
    return {
        "columns": columns,
        "spacing": {"row": _ROWS_APART + _TITLE_LINE * max(highest - 1, 0), "column": _APART},
        "bounds": "flush",
        "concat": [_panel(chart, panel, ticks, wide, first=at % columns == 0) for at, panel in enumerate(panels)],
    }


def _panel(chart: Chart, panel: str | None, ticks: Sequence[str], wide: int, *, first: bool) -> Spec:
    points = [point for point in chart.points if point.panel == panel]
    breaks = [each for each in chart.breaks if each.panel in {None, panel}]
    parted = [{"at": one_line(each.at), "words": one_line(each.words)} for each in breaks]
    rows = _runs(points, chart, breaks)
    scale = {"domain": list(ticks), "paddingInner": 0, "paddingOuter": 0}
    across = {
        "field": "at", "type": "ordinal", "scale": scale, "title": None, "bandPosition": 0.5,
        "axis": {"grid": False, "labelAngle": 0 if _TICK * len(ticks) <= wide else -45},
    }  # fmt: skip
    up = {**_UP, "title": one_line(chart.up or "Per cent") if first else None}
    up["axis"] = {**_UP["axis"], "tickCount": 5}
    layers: list[Spec] = [
        {
            "data": {"values": parted},
            "mark": {"type": "rule", "color": QUIET, "strokeDash": [2, 3], "strokeWidth": 2},
            "encoding": {"x": {**across, "bandPosition": 0}},
        },
        {
            "data": {"values": parted},
            "mark": {
                "type": "text",
                "text": "break",
                "angle": 270,
                "align": "left",
                "baseline": "bottom",
                "dx": 4,
                "dy": -3,
                "color": QUIET,
                "fontSize": 11,
            },
            "encoding": {"x": {**across, "bandPosition": 0}, "y": {"value": 180}},
        },
        {
            "mark": {"type": "rule", "color": BLUE, "strokeWidth": 2},
            "encoding": {"x": across, "y": _quantity("lower", scale=_PER_CENTS), "y2": {"field": "upper"}},
        },
        {
            "mark": {"type": "line", "color": BLUE, "strokeWidth": 2},
            "encoding": {"x": across, "y": up, "detail": {"field": "run"}},
        },
        _year_marks(False, across, up),
        _year_marks(True, across, up),
        {
            "mark": {"type": "text", "align": "center", "baseline": "bottom", "dy": -4, "fontSize": 12},
            "encoding": {"x": across, "y": _quantity("top", scale=_PER_CENTS), "text": {"field": "whole"}},
        },
    ]
    drawn: Spec = {"width": wide, "height": 180, "data": {"values": rows}, "layer": layers}
    if panel is not None:
        # A title of Vega's own would stand the higher, the higher the figures reach.
        layers += [
            {
                "data": {"values": [{"panel": words}]},
                "mark": {"type": "text", "align": "left", "baseline": "bottom", "fontSize": 14, "fontWeight": "bold"},
                "encoding": {"x": {"value": 0}, "y": {"value": -30 - _TITLE_LINE * above}, "text": {"field": "panel"}},
            }
            for above, words in enumerate(reversed(_in_lines(panel, wide // _TITLE_SIGN)))
        ]
    return drawn


_TITLE_LINE, _TITLE_SIGN, _TITLE_LINES = 17, 7, 4


def _in_lines(name: str, wide: int) -> list[str]:
    """Break a name into lines of so many letters; of one that fills too many the rest is left to the table."""
    return textwrap.wrap(one_line(name), wide, max_lines=_TITLE_LINES, placeholder="\N{HORIZONTAL ELLIPSIS}")


def _year_marks(marked: bool, across: Spec, up: Spec) -> Spec:  # noqa: FBT001  # which of two
    spec = _marks(marked, across, up)
    del spec["data"]
    return spec


def _runs(points: Sequence[Point], chart: Chart, breaks: Sequence[Break]) -> list[Spec]:
    """Give points as rows, those that a line may join in one run: neighbouring years with no break between them."""
    broken = {each.at for each in breaks}
    order = {tick: at for at, tick in enumerate(chart.ticks)}
    ordered = sorted(points, key=lambda point: order[point.at or ""])
    run = 0
    rows = []
    for before, point in zip([None, *ordered[:-1]], ordered, strict=True):
        if before is not None and (order[point.at or ""] - order[before.at or ""] > 1 or point.at in broken):
            run += 1
        rows.append({**_row(point), "run": run, "whole": f"{point.rate.percent()}%", "top": _top(point)})
    return rows


def _top(point: Point) -> float:
    """Give the per cent above which the figure of a point is written: free of its interval and its mark."""
    return max(_per_cent(point) + 5, 0 if point.interval is None else 100 * point.interval.upper)


_DRAWN: dict[ChartKind, Callable[[Chart], Spec]] = {
    ChartKind.FUNNEL: _funnel,
    ChartKind.DOTS: _dots,
    ChartKind.YEARS: _years,
}
