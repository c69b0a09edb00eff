"""A report, a table or a chart as a notebook shows it."""

from __future__ import annotations

from typing import Any, final

from lgsco._text import html_table, one_line, text_table
from lgsco._values import value
from lgsco.errors import MissingExtra
from lgsco.render.html import slug, to_html
from lgsco.render.markdown import to_markdown
from lgsco.render.pictures import to_svg
from lgsco.render.vega import to_vega_lite
from lgsco.reports.cells import words_of
from lgsco.reports.elements import Chart, Report, Table

__all__ = ["Shown", "show"]


@final
@value
class Shown:
    """
    A report, a table or a chart that shows itself in a notebook, as ``show`` makes it.

    Raises:
        InvalidValue: it is neither a Report nor a Table nor a Chart.
    """

    held: Report | Table | Chart

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:  # noqa: ARG002  # IPython chooses by them itself
        if isinstance(self.held, Chart):
            return _chart(self.held)
        return _table(self.held) if isinstance(self.held, Table) else _report(self.held)


def _chart(chart: Chart) -> dict[str, Any]:
    """Give a chart as Vega-Lite, which a notebook draws, and as a picture for what only shows pictures."""
    shown = {
        "text/plain": f"{one_line(chart.title)}\n\n{one_line(chart.words)}",
        "application/vnd.vegalite.v5+json": to_vega_lite(chart),
    }
    try:
        return {**shown, "image/svg+xml": to_svg(chart, name=slug(chart.title))}
    except MissingExtra:
        return shown


def _table(table: Table) -> dict[str, str]:
    header = [table.stub, *(column.heading for column in table.columns)]
    rows = [
        [
            f"{row.heading} ({row.marked})" if row.marked else row.heading,
            *map(words_of, row.cells),
            *(["; ".join(row.breaks)] if any(other.breaks for other in table.rows) else []),
        ]
        for row in table.rows
    ]
    if any(row.breaks for row in table.rows):
        header.append("Series break")
    caption = one_line(table.caption)
    lines = [[one_line(cell) for cell in row] for row in rows]
    return {
        "text/plain": f"{caption}\n\n{text_table([one_line(name) for name in header], lines)}",
        "text/html": html_table(caption, header, rows),
    }


def _report(report: Report) -> dict[str, str]:
    text = to_markdown(report)
    try:
        page = to_html(report, fragment=True, level=2)
    except MissingExtra:
        page = to_html(report, fragment=True, level=2, charts=False)
    return {"text/plain": text, "text/html": page, "text/markdown": text}


def show(held: Report | Table | Chart) -> Shown:
    """
    Show a report, a table or a chart in a notebook, at the end of a cell.

    A report is shown as its page, a table with its caption, a chart as Vega-Lite and, with the extra
    ``lgsco[charts]``, as a picture. Rates, comparisons, funnels and reviews need no such help: they show themselves.

    >>> import lgsco
    >>> from lgsco import published, render, reports
    >>> kent = [one for one in published.reviews() if one.authority.name == "Kent County Council"]
    >>> shown = render.show(reports.years_chart(kent, [lgsco.uphold_rate]))

    Raises:
        InvalidValue: it is neither a Report nor a Table nor a Chart.
    """
    return Shown(held)
