"""The content of a picture in a few words, for whoever cannot see it; the whole is in the table."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from lgsco._text import one_line
from lgsco.render.lettering import shortened
from lgsco.reports.elements import ChartKind, LineKind
from lgsco.stats.intervals import half_up
from lgsco.wording import charts as wording
from lgsco.wording.reports import rates_by_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lgsco.reports.elements import Chart, Point

LONGEST = 600
"""The most characters of the words: whoever hears them cannot skip."""
_NAME = 500
"""The width to which a name is shortened, some seventy letters."""


def alternative(chart: Chart) -> str:
    """
    Return what a chart shows in at most 600 characters: whole sentences, the last of which points to the table.

    The title is not among them: it is read out before them.
    """
    rest = LONGEST - len(wording.IN_TABLE)
    chosen: list[str] = []
    for sentence in _sentences(chart):
        if len(sentence) + 1 > rest:
            break
        chosen.append(sentence)
        rest -= len(sentence) + 1
    return " ".join([*chosen, wording.IN_TABLE])


def _sentences(chart: Chart) -> Iterator[str]:
    first = wording.funnel_alt if chart.kind is ChartKind.FUNNEL else wording.rates_alt
    yield first(len(chart.points))
    yield from dict.fromkeys(
        wording.line_alt(shortened(each_line.name, _NAME))
        for each_line in chart.lines
        if each_line.kind in {LineKind.AVERAGE, LineKind.ENGLAND} and each_line.panel is None
    )
    if chart.kind is ChartKind.YEARS:
        yield from _by_year(chart)
        return
    averages = {each_line.panel: each_line.steps[0][1] for each_line in chart.lines if each_line.panel is not None}
    points = sorted(chart.points, key=lambda point: (not point.marked, not point.named))
    if chart.kind is ChartKind.FUNNEL:
        points = [point for point in points if point.marked or point.named]
    for point in points:
        average = averages.get(point.name)
        yield wording.point_alt(
            shortened(point.name, _NAME), point.rate, None if average is None else _percent(average)
        )


def _percent(share: float) -> object:
    """Return a share in whole per cents, half up; it is a decimal number that has become a float."""
    return half_up(100 * Fraction(str(share)))


_LAST_YEARS = 2


def _by_year(chart: Chart) -> Sequence[str]:
    """Return the rates of each series by year: of all years or, where that is too long, of the last ones."""
    order = {tick: index for index, tick in enumerate(chart.ticks)}
    series: dict[str, list[Point]] = {}
    for point in sorted(chart.points, key=lambda point: order[point.at or ""]):
        series.setdefault(point.panel or "", []).append(point)
    for last in (len(order), _LAST_YEARS):
        sentences = [
            rates_by_year(
                shortened(panel or chart.title, _NAME),
                {one_line(point.at or ""): point.rate for point in points[-last:]},
            )
            for panel, points in series.items()
        ]
        if sum(map(len, sentences)) < LONGEST / 2:
            break
    return sentences
