"""
One council over years: histories, changes, control charts and early warnings.

Start with ``history_of``, a council's reviews in order:

>>> from lgsco import published, uphold_rate
>>> from lgsco.series import history_of
>>> register = published.register()
>>> kent = register.find("Kent")
>>> reviews = [review for review in published.reviews() if review.authority == kent]
>>> history = history_of(kent, reviews, register=register)
>>> [str(year) for year in history.years][-2:]
['2023-24', '2024-25']

**Histories** (``series.histories``): ``History`` of one council; ``segments`` cuts it where the series breaks. Years of
a council never join those of the councils that it came from or became part of. ``histories_by_area`` makes one for
each service area.

**Changes** (``series.changes``, ``series.trends``): ``change`` between two years and ``trend`` over more, each with its
test and limits. A change across a series break is refused unless it is asked for.

**Control charts** (``series.control_charts``): ``p_chart`` of a rate, ``xmr_chart`` of counts, and what the rules find.

**Early warnings** (``series.early_warnings``): what stands out among service areas, with allowance for their number.
"""

from lgsco.series.changes import Change, change
from lgsco.series.control_charts import ChartPoint, ControlChart, p_chart, xmr_chart
from lgsco.series.counts import complaints_decided, complaints_received, received_in, upheld_decisions
from lgsco.series.early_warnings import EarlyWarning, early_warnings
from lgsco.series.histories import History, YearRate, histories_by_area, histories_of, history_of
from lgsco.series.rule_results import RuleResult, RuleStatus
from lgsco.series.trends import Trend, trend

__all__ = [
    "Change",
    "ChartPoint",
    "ControlChart",
    "EarlyWarning",
    "History",
    "RuleResult",
    "RuleStatus",
    "Trend",
    "YearRate",
    "change",
    "complaints_decided",
    "complaints_received",
    "early_warnings",
    "histories_by_area",
    "histories_of",
    "history_of",
    "p_chart",
    "received_in",
    "trend",
    "upheld_decisions",
    "xmr_chart",
]
