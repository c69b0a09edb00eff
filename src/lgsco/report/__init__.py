"""
Reports: from counts to a record of tables, charts and words, and from the record to what people read.

``council_report``, ``group_report`` and ``letter`` make the record, a ``Report``; ``to_html``, ``to_markdown`` and the
others are functions of it.
"""

from lgsco.report._cases import area_chart
from lgsco.report._councils import council_report
from lgsco.report._csv import csv_metadata, to_csv
from lgsco.report._dots import DotOrder, dot_chart
from lgsco.report._funnels import funnel_chart
from lgsco.report._groups import group_report
from lgsco.report._html import to_html
from lgsco.report._letters import letter
from lgsco.report._markdown import to_markdown
from lgsco.report._notebook import Shown, show
from lgsco.report._pictures import to_png, to_svg
from lgsco.report._site import SitePage, site_pages
from lgsco.report._vega import to_vega_lite
from lgsco.report._workbook import to_workbook
from lgsco.report._years import years_chart

__all__ = [
    "DotOrder",
    "Shown",
    "SitePage",
    "area_chart",
    "council_report",
    "csv_metadata",
    "dot_chart",
    "funnel_chart",
    "group_report",
    "letter",
    "show",
    "site_pages",
    "to_csv",
    "to_html",
    "to_markdown",
    "to_png",
    "to_svg",
    "to_vega_lite",
    "to_workbook",
    "years_chart",
]
