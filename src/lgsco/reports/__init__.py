"""Reports as data, and the functions that make them."""

from lgsco.reports.cases import area_chart
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
    Line,
    Note,
    Point,
    Report,
    Row,
    Section,
    Table,
)
from lgsco.reports.funnels import funnel_chart
from lgsco.reports.group import group_report
from lgsco.reports.letter import letter
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
    "DotOrder",
    "Line",
    "Note",
    "Point",
    "Report",
    "Row",
    "Section",
    "Table",
    "area_chart",
    "council_report",
    "dot_chart",
    "funnel_chart",
    "group_report",
    "letter",
    "years_chart",
]
