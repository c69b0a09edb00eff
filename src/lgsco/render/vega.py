"""Charts as Vega-Lite: plain dictionaries that notebooks and other programs draw."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeAlias

from lgsco._text import one_line
from lgsco.render.lettering import lines_within
from lgsco.render.scales import nice_step
from lgsco.reports.cells import distinct_names
from lgsco.reports.elements import ChartKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lgsco.reports.elements import Break, Chart, Point

Spec: TypeAlias = dict[str, Any]

# The palette of the Government Analysis Function, whose colours differ in grey and for the colour-blind.
BLUE, PINK = "#12436d", "#801650"
TEXT, QUIET, GRID, PAPER = "#0b0c0c", "#484c50", "#d9dadb", "#ffffff"
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
    Return a chart as a Vega-Lite specification (version 5), a plain dictionary that JSON can represent.

    It has the data, the title and, as ``description``, the content in words. Rates are on an axis from 0% to 100%. A
    marked point has another shape and its name beside it, not another colour alone.

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
    spec = _SPECS[chart.kind](chart)
    return {
        "$schema": _SCHEMA,
        "description": one_line(chart.words),
        "config": _CONFIG,
        "usermeta": {"title": one_line(chart.title)},
        **spec,
    }


def _row(point: Point) -> Spec:
    """Return a point as a row of data, with percentages unrounded, for drawing, and as they are shown."""
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
    step = nice_step(most, _TICKS)
    across = _quantity(
        "cases",
        title=one_line(chart.across),
        scale={"nice": False, "domain": [0, math.ceil(most / step) * step]},
        axis={"grid": False},
    )
    up = {**_UP, "title": one_line(chart.up or "Per cent")}
    names = list(dict.fromkeys(one_line(line.name) for line in chart.lines))
    limits = [
        {"name": one_line(line.name), "line": index, "cases": cases, "percent": 100 * share}
        for index, line in enumerate(chart.lines)
        for cases, share in line.steps
    ]
    dashes = {"field": "name", "scale": {"domain": names, "range": _DASHES[: len(names)]}, "title": None}
    layers: list[Spec] = [
        {
            "data": {"name": "limits"},
            "mark": {"type": "line", "color": QUIET, "strokeWidth": 1.5},
            "encoding": {"x": across, "y": up, "detail": {"field": "line"}, "strokeDash": dashes},
        },
        _marks(False, across, up, size=60),
        _marks(True, across, up, size=260),
        _NAMED,
    ]
    data = {"limits": limits, "points": [_row(point) for point in chart.points]}
    return {"width": _WIDTH, "height": _HEIGHT, "datasets": data, "layer": layers}


_NAMED: Spec = {
    "data": {"name": "points"},
    "transform": [{"filter": "datum.marked"}],
    "mark": {"type": "text", "align": "left", "dx": 12, "fontWeight": "bold"},
    "encoding": {"x": _quantity("cases"), "y": _quantity("percent"), "text": {"field": "name"}},
}
_TOOLTIP = [{"field": "name", "title": "Name"}, {"field": "shown", "title": "Rate"}]


def shortened(name: str, longest: int = _LONGEST_NAME) -> str:
    """Return a name that fits beside a point; the full name is in the table."""
    line = one_line(name)
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


# --- Dots


def _dots(chart: Chart) -> Spec:
    # Two labels that are alike would be drawn in one row.
    names = distinct_names(shortened(point.name) for point in chart.points)
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
        _marks(False, across, down, size=70),
        _marks(True, across, down, size=220),
        {
            "data": {"name": "points"},
            "mark": {"type": "text", "align": "left", "baseline": "middle"},
            "encoding": {"x": {"value": 430}, "y": down, "text": {"field": "shown"}},
        },
    ]
    data = {"points": points, "lines": lines}
    height = {"step": 40 if len(names) <= 5 else 24}  # noqa: PLR2004  # a few rows are drawn further apart
    spec: Spec = {"width": 420, "height": height, "datasets": data, "layer": layers}
    if lines:
        kinds = ", ".join(dict.fromkeys(one_line(line.name) for line in chart.lines))
        sign = "Upright stroke" if any(line.panel for line in chart.lines) else "Broken line"
        spec["title"] = {"text": f"{sign}: {shortened(kinds)}", "fontWeight": "normal", "fontSize": 13, "offset": 8}
    return spec


def _marks(marked: bool, across: Spec, vertical: Spec, *, size: int) -> Spec:  # noqa: FBT001  # one of two looks
    shape = (
        {"shape": "diamond", "size": size, "fill": PINK, "stroke": PAPER, "strokeWidth": 1}
        if marked
        else {"shape": "circle", "size": size, "fill": PAPER, "stroke": BLUE, "strokeWidth": 2}
    )
    return {
        "data": {"name": "points"},
        "transform": [{"filter": "datum.marked" if marked else "!datum.marked"}],
        "mark": {"type": "point", "filled": True, "opacity": 1, **shape},
        "encoding": {"x": across, "y": vertical, "tooltip": _TOOLTIP},
    }


# --- Years

_FEW_TICKS, _MANY_TICKS = 4, 8
_APART, _ROWS_APART = 50, 114
_TICK = 70
"""The width of the name of a year with a margin, in pixels."""


def _years(chart: Chart) -> Spec:
    ticks = [one_line(tick) for tick in chart.ticks]
    panels = list(dict.fromkeys(point.panel for point in chart.points))
    # As many columns as leave room for a figure above each year.
    columns = min(len(panels), 3 if len(ticks) <= _FEW_TICKS else 2 if len(ticks) <= _MANY_TICKS else 1)
    wide = (_WIDTH - _APART * (columns - 1)) // columns
    highest = max(len(_in_lines(panel or "", wide)) for panel in panels)
    return {
        "columns": columns,
        "spacing": {"row": _ROWS_APART + _TITLE_LINE * max(highest - 1, 0), "column": _APART},
        "bounds": "flush",
        "concat": [_panel(chart, panel, ticks, wide, first=index % columns == 0) for index, panel in enumerate(panels)],
    }


def _panel(chart: Chart, panel: str | None, ticks: Sequence[str], wide: int, *, first: bool) -> Spec:
    points = [point for point in chart.points if point.panel == panel]
    breaks = [item for item in chart.breaks if item.panel in {None, panel}]
    parted = [{"at": one_line(item.at), "words": one_line(item.words)} for item in breaks]
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
        {
            "data": {"values": _levels(chart, panel)},
            "mark": {"type": "tick", "thickness": 3},
            "encoding": {
                "x": across,
                "y": up,
                "color": {**_COLOURS, "title": None},
            },
        },
        _year_marks(False, across, up),
        _year_marks(True, across, up),
        {
            "mark": {"type": "text", "align": "center", "baseline": "bottom", "dy": -4, "fontSize": 12},
            "encoding": {"x": across, "y": _quantity("top", scale=_PER_CENTS), "text": {"field": "whole"}},
        },
    ]
    spec: Spec = {"width": wide, "height": 180, "data": {"values": rows}, "layer": layers}
    if panel is not None:
        # A title of Vega's own would be put the higher, the higher the figures reach.
        layers += [
            {
                "data": {"values": [{"panel": words}]},
                "mark": {"type": "text", "align": "left", "baseline": "bottom", "fontSize": 14, "fontWeight": "bold"},
                "encoding": {"x": {"value": 0}, "y": {"value": -30 - _TITLE_LINE * above}, "text": {"field": "panel"}},
            }
            for above, words in enumerate(reversed(_in_lines(panel, wide)))
        ]
    return spec


_TITLE_LINE, _TITLE_LINES = 17, 4


def _in_lines(name: str, wide: int) -> list[str]:
    """Break a name into lines of a width; of a long one the rest is only in the table."""
    return lines_within(name, wide, bold=True, most=_TITLE_LINES)


_COLOURS: Spec = {"field": "name", "type": "nominal", "scale": {"range": [PINK, TEXT]}}


def _levels(chart: Chart, panel: str | None) -> list[Spec]:
    """Return the averages and limits of a panel by year."""
    return [
        {"name": one_line(line.name), "at": one_line(chart.ticks[int(tick)]), "percent": 100 * share}
        for line in chart.lines
        if line.panel in {None, panel}
        for tick, share in line.steps
    ]


def _year_marks(marked: bool, across: Spec, up: Spec) -> Spec:  # noqa: FBT001  # one of two looks
    spec = _marks(marked, across, up, size=220 if marked else 70)
    del spec["data"]
    return spec


def _runs(points: Sequence[Point], chart: Chart, breaks: Sequence[Break]) -> list[Spec]:
    """Return points as rows; a line joins those of one run, neighbouring years with no break between them."""
    broken = {item.at for item in breaks}
    order = {tick: index for index, tick in enumerate(chart.ticks)}
    ordered = sorted(points, key=lambda point: order[point.at or ""])
    run = 0
    rows = []
    for before, point in zip([None, *ordered[:-1]], ordered, strict=True):
        if before is not None and (order[point.at or ""] - order[before.at or ""] > 1 or point.at in broken):
            run += 1
        rows.append({**_row(point), "run": run, "whole": f"{point.rate.percent()}%", "top": _top(point)})
    return rows


def _top(point: Point) -> float:
    """Return the percentage above which the figure of a point is written, above its interval and its mark."""
    return max(_per_cent(point) + 5, 0 if point.interval is None else 100 * point.interval.upper)


_SPECS: dict[ChartKind, Callable[[Chart], Spec]] = {
    ChartKind.FUNNEL: _funnel,
    ChartKind.DOTS: _dots,
    ChartKind.YEARS: _years,
}
