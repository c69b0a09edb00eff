"""One council over years: histories, changes, control charts and early warnings."""

from lgsco.series.changes import Change, Trend, change, trend
from lgsco.series.control_charts import (
    ChartPoint,
    ControlChart,
    RuleResult,
    RuleStatus,
    complaints_decided,
    complaints_received,
    p_chart,
    received_in,
    upheld_decisions,
    xmr_chart,
)
from lgsco.series.early_warnings import EarlyWarning, early_warnings
from lgsco.series.histories import History, YearRate, histories_by_area, histories_of, history_of

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
