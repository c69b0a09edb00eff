"""A report, a table or a chart as a notebook shows it."""

from __future__ import annotations

from typing import Any, final

from lgsco._text import html_table, one_line, text_table
from lgsco._values import value
from lgsco.render.html import slug, to_html
from lgsco.render.markdown import to_markdown
from lgsco.render.svg import to_svg
from lgsco.reports.cells import words_of
from lgsco.reports.elements import Chart, Report, Table

__all__ = ["Shown", "show"]


@final
@value
class Shown:
    """
    A report, a table or a chart that shows itself in a notebook, as ``show`` makes it.

    Raises:
        InvalidValue: the content is not a Report, a Table or a Chart.
    """

    content: Report | Table | Chart

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:  # noqa: ARG002  # IPython chooses by them itself
        if isinstance(self.content, Chart):
            return _chart(self.content)
        return _table(self.content) if isinstance(self.content, Table) else _report(self.content)


def _chart(chart: Chart) -> dict[str, Any]:
    """Return a chart as a picture, and its content in words."""
    return {
        "text/plain": f"{one_line(chart.title)}\n\n{one_line(chart.words)}",
        "image/svg+xml": to_svg(chart, name=slug(chart.title)),
    }


def _table(table: Table) -> dict[str, str]:
    breaks = ["Series break"] if any(row.breaks for row in table.rows) else []
    header = [table.stub, *(column.heading for column in table.columns), *breaks]
    rows = [
        [
            f"{row.heading} ({row.marked})" if row.marked else row.heading,
            *map(words_of, row.cells),
            *("; ".join(row.breaks) for _ in breaks),
        ]
        for row in table.rows
    ]
    caption = one_line(table.caption)
    lines = [[one_line(cell) for cell in row] for row in rows]
    return {
        "text/plain": f"{caption}\n\n{text_table([one_line(name) for name in header], lines)}",
        "text/html": html_table(caption, header, rows),
    }


def _report(report: Report) -> dict[str, str]:
    text = to_markdown(report)
    return {"text/plain": text, "text/html": to_html(report, fragment=True, level=2), "text/markdown": text}


def show(content: Report | Table | Chart) -> Shown:
    """
    Show a report, a table or a chart in a notebook, at the end of a cell.

    A report is shown as its page, a table with its caption, a chart as a picture.
    Rates, comparisons, funnels and reviews show themselves without this function.

    Args:
        content: the report, the table or the chart.

    Returns:
        A value whose notebook form is the content.

    >>> import lgsco
    >>> from lgsco import published, render, reports
    >>> kent = [review for review in published.reviews() if review.authority.name == "Kent County Council"]
    >>> shown = render.show(reports.years_chart(kent, [lgsco.uphold_rate]))

    Raises:
        InvalidValue: the content is not a Report, a Table or a Chart.
    """
    return Shown(content)
