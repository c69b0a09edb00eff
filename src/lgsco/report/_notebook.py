"""A report or a chart as a notebook shows it."""

from __future__ import annotations

from typing import Any, final

import attrs

from lgsco._values import one_of, value
from lgsco.documents import Report, ReportChart
from lgsco.report._html import to_html
from lgsco.report._markdown import to_markdown
from lgsco.report._vega import to_vega_lite

__all__ = ["Shown", "show"]


@final
@value
class Shown:
    """
    A report or a chart that shows itself in a notebook, as ``show`` makes it.

    Raises:
        InvalidField: it is neither a Report nor a ReportChart.
    """

    held: Report | ReportChart = attrs.field(validator=one_of(Report, ReportChart))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:  # noqa: ARG002  # IPython chooses by them itself
        if isinstance(self.held, ReportChart):
            spec = to_vega_lite(self.held)
            return {"text/plain": f"{self.held.title}\n\n{self.held.words}", "application/vnd.vegalite.v5+json": spec}
        text = to_markdown(self.held)
        return {"text/plain": text, "text/html": to_html(self.held, fragment=True, level=2), "text/markdown": text}


def show(held: Report | ReportChart) -> Shown:
    """
    Show a report or a chart in a notebook, at the end of a cell: a report as its page, a chart as Vega-Lite.

    Rates, comparisons, funnels and reviews need no such help: they show themselves as tables.

    >>> import lgsco
    >>> from lgsco import published, report
    >>> kent = [one for one in published.reviews() if one.authority.name == "Kent County Council"]
    >>> shown = report.show(report.years_chart(kent, [lgsco.uphold_rate]))

    Raises:
        InvalidField: it is neither a Report nor a ReportChart.
    """
    return Shown(held)
