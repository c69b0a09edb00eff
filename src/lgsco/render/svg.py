"""Charts as pictures: SVG with its title, its key, its source and its style inside, or the two forms for a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._text import html_text
from lgsco.render.alternatives import alternative
from lgsco.render.chart_parts import NARROW, SMALL, WIDE, Drawing
from lgsco.render.chart_style import CHART_CLASS, chart_style
from lgsco.render.dots_picture import draw_dots
from lgsco.render.funnel_picture import draw_funnel
from lgsco.render.lettering import LINE, lines_within
from lgsco.render.svg_elements import markup, number, rect, short_markup, text
from lgsco.render.years_picture import draw_years
from lgsco.reports.elements import ChartKind
from lgsco.wording.reports import MADE_BY

if TYPE_CHECKING:
    from lgsco.reports.elements import Chart

_DRAW = {ChartKind.DOTS: draw_dots, ChartKind.FUNNEL: draw_funnel, ChartKind.YEARS: draw_years}
_MARGIN = 16
_TITLE, _TITLE_LINE, _TITLE_LINES = 19, 24, 5


def to_svg(chart: Chart, *, name: str = "chart", narrow: bool = False, whole_scale: bool = False) -> str:
    """
    Return a chart as an SVG picture that stands alone: its title, key, source and style are in it.

    It loads nothing and has no script. It changes to light letters on a dark screen, and prints on white.

    Args:
        chart: the chart.
        name: the beginning of the ids within the picture, so that several can be on one page.
        narrow: draw it for a phone, 312 units wide instead of 752.
        whole_scale: let every axis of percentages be from 0% to 100%.

    >>> from lgsco import Proportion
    >>> from lgsco.reports import Chart, ChartKind, Point
    >>> point = Point("Uphold rate", Proportion(19, 22), marked=True)
    >>> chart = Chart(ChartKind.DOTS, "One rate", words="86%", across="Per cent", points=(point,))
    >>> to_svg(chart)[:39]
    '<svg xmlns="http://www.w3.org/2000/svg"'
    """
    return picture(chart, name, chart_style(), narrow=narrow, whole_scale=whole_scale)


def picture(  # noqa: PLR0913  # what it has beside the chart
    chart: Chart, name: str, style: str, *, narrow: bool = False, whole_scale: bool = False, short: bool = False
) -> str:
    """Return a chart as a picture that stands alone, with a style sheet; ``short`` has the same look in fewer signs."""
    drawing = _DRAW[chart.kind](chart, NARROW if narrow else WIDE, whole_scale=whole_scale)
    name = html_text(name)
    titles = lines_within(chart.title, drawing.width, _TITLE, bold=True, most=_TITLE_LINES)
    sources = lines_within(f"{chart.source} {MADE_BY}", drawing.width, SMALL)
    top = _MARGIN + len(titles) * _TITLE_LINE + 8
    height = top + drawing.height + len(sources) * LINE + _MARGIN + 8
    width = drawing.width + 2 * _MARGIN
    head = (
        f'<title id="{name}-title">{html_text(chart.title)}</title>'
        f'<desc id="{name}-words">{html_text(alternative(chart))}</desc><style>{style}</style>'
    )
    words = [
        rect(-_MARGIN, -top, width, height, "bg"),
        *(text(0, _TITLE_LINE * (1 + index) - 4 - top + _MARGIN, part, "t") for index, part in enumerate(titles)),
        *(text(0, drawing.height + 8 + LINE * (1 + index), part, "q") for index, part in enumerate(sources)),
    ]
    box = f"{-_MARGIN} {number(-top)} {number(width)} {number(height)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{number(width)}" height="{number(height)}"'
        f' class="{CHART_CLASS}" role="img" aria-labelledby="{name}-title {name}-words">'
        f"{head}{markup(words)}{short_markup(drawing.parts, names=True) if short else markup(drawing.parts)}</svg>"
    )


def page_svg(chart: Chart, *, whole_scale: bool = False) -> str:
    """
    Return a chart as a picture for a page that shows its title and its source and has ``chart_style``.

    It has two SVG elements, one wide and one for phones, of which the style sheet shows one. They are announced once,
    by the words of the chart. The names of the marks that can be pointed at are in the wide one alone.

    Args:
        chart: the chart.
        whole_scale: let every axis of percentages be from 0% to 100%.
    """
    draw = _DRAW[chart.kind]
    wide, narrow = (draw(chart, width, whole_scale=whole_scale) for width in (WIDE, NARROW))
    # Where each row has its name and its rate beside it, a mark needs no name of its own.
    forms = _part(wide, "lgsco-wide", names=chart.kind is not ChartKind.DOTS) + _part(narrow, "lgsco-narrow")
    return f'<div role="img" aria-label="{html_text(alternative(chart))}">{forms}</div>'


def _part(drawing: Drawing, form: str, *, names: bool = False) -> str:
    width, height = number(drawing.width), number(drawing.height)
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" class="{CHART_CLASS} {form}">'
        f"{short_markup(drawing.parts, names=names)}</svg>"
    )
