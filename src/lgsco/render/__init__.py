"""Renderers of reports: text, Markdown, HTML, pictures, workbooks, CSV and notebooks."""

from lgsco.render.chart_style import chart_style
from lgsco.render.csv import csv_metadata, to_csv
from lgsco.render.html import to_html
from lgsco.render.markdown import to_markdown
from lgsco.render.notebook import table_of
from lgsco.render.png import to_png
from lgsco.render.svg import page_svg, to_svg
from lgsco.render.text import to_text
from lgsco.render.vega import to_vega_lite
from lgsco.render.workbook import to_workbook

__all__ = [
    "chart_style",
    "csv_metadata",
    "page_svg",
    "table_of",
    "to_csv",
    "to_html",
    "to_markdown",
    "to_png",
    "to_svg",
    "to_text",
    "to_vega_lite",
    "to_workbook",
]
