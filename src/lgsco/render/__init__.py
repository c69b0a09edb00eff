"""Renderers of reports: text, Markdown, HTML, pictures, workbooks, CSV and notebooks."""

from lgsco.render.csv import csv_metadata, to_csv
from lgsco.render.html import to_html
from lgsco.render.markdown import to_markdown
from lgsco.render.notebook import Shown, show
from lgsco.render.pictures import to_png, to_svg
from lgsco.render.text import to_text
from lgsco.render.vega import to_vega_lite
from lgsco.render.workbook import to_workbook

__all__ = [
    "Shown",
    "csv_metadata",
    "show",
    "to_csv",
    "to_html",
    "to_markdown",
    "to_png",
    "to_svg",
    "to_text",
    "to_vega_lite",
    "to_workbook",
]
