"""
Reports as data, and the functions that make them.

A report is a frozen record of tables, charts and words; ``lgsco.render`` turns it into a page, a text, a workbook or
pictures. Start with ``council_report``:

>>> from lgsco import published, reports
>>> report = reports.council_report(published.dataset(), "Kent", "2023-24")
>>> report.title
'Kent County Council, 2023-24'

**The record** (``reports.elements``): ``Report`` of ``Section``s, each with ``Figure``s, paragraphs, ``Link``s,
``Chart``s and ``Table``s of ``Column``s and ``Row``s; a cell is a count, a rate, a percentage, a text, or ``Absent``
with the reason.

**Reports** (``reports.council``, ``reports.comparisons``, ``reports.histories``, ``reports.group``,
``reports.letter``): of one council and year in full or in short, of its years, of a group or all councils of a year,
and in the words of the Ombudsman's letter. All are functions of a ``Dataset``.

**Charts** (``reports.dots``, ``reports.funnels``, ``reports.years``, ``reports.control``, ``reports.cases``):
``dot_chart``, ``funnel_chart``, ``years_chart``, ``control_chart`` and ``area_chart``, each with words that say what it
shows.

``reports.words``, ``reports.statistics`` and ``reports.cells`` have what reports and their renderers share.
"""

from lgsco.reports.cases import area_chart
from lgsco.reports.comparisons import comparison_report, review_report
from lgsco.reports.control import control_chart
from lgsco.reports.council import council_report
from lgsco.reports.dots import DotOrder, dot_chart
from lgsco.reports.elements import (
    Absent,
    Amount,
    Break,
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Day,
    Line,
    LineKind,
    Note,
    PartialRate,
    Point,
    Report,
    Row,
    Section,
    Table,
)
from lgsco.reports.funnels import funnel_chart, funnel_report
from lgsco.reports.group import group_report
from lgsco.reports.headlines import Figure, Link
from lgsco.reports.histories import history_report
from lgsco.reports.letter import letter_report
from lgsco.reports.years import years_chart

__all__ = [
    "Absent",
    "Amount",
    "Break",
    "Cell",
    "Chart",
    "ChartKind",
    "Column",
    "ColumnKind",
    "Day",
    "DotOrder",
    "Figure",
    "Line",
    "LineKind",
    "Link",
    "Note",
    "PartialRate",
    "Point",
    "Report",
    "Row",
    "Section",
    "Table",
    "area_chart",
    "comparison_report",
    "control_chart",
    "council_report",
    "dot_chart",
    "funnel_chart",
    "funnel_report",
    "group_report",
    "history_report",
    "letter_report",
    "review_report",
    "years_chart",
]
