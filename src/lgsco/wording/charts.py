"""The words in pictures: their keys, the notes on their scales, and their content for whoever cannot see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._text import number_of

if TYPE_CHECKING:
    from lgsco.stats.rates import Proportion

OMBUDSMAN_FIGURES = "Figures: Local Government and Social Care Ombudsman."
CASES_COUNTED = "Figures: counted from single cases."

# --- Keys

THIS_COUNCIL = "this council"
ANOTHER_COUNCIL = "another council"
A_COUNCIL = "a council"
LIKELY_RANGE = "likely range"
SAME_FIGURES = "number of councils with the same figures"
SERIES_BREAK = "the way of counting changed"


ENGLAND = "England"
ALERT_LIMITS = "95% limits: chance alone leaves 19 of 20 councils inside"
ALARM_LIMITS = "99.8% limits: 998 of 1,000 inside"


CONTROL_LIMITS = "limits of three standard deviations"


def average_of_years(share: object) -> str:
    """Name the centre of a control chart."""
    return f"average of the years, {share}%"


def control_title(title: str, council: str, first: str, last: str) -> str:
    """Name a control chart."""
    return f"{title} of {council}, {first} to {last}, with control limits"


# --- Scales


def scale_note(low: object, high: object) -> str:
    """State that an axis is not from 0% to 100%."""
    return f"The scale is from {low}% to {high}%, not from 0% to 100%."


OWN_SCALES = "Each chart has its own scale. A zigzag marks a scale that does not start at 0%."


def same_figures(name: str, more: int) -> str:
    """
    Label a point of several councils.

    >>> same_figures("Devon", 2)
    'Devon and 2 others'
    """
    return f"{name} and {number_of(more, 'other')}"


# --- For whoever cannot see the picture

IN_TABLE = "The figures are in the table."


def funnel_alt(points: int) -> str:
    """State what a funnel shows."""
    return f"Funnel chart: the rates of {number_of(points, 'council')} by their number of cases."


def rates_alt(points: int) -> str:
    """State what a chart of rates shows."""
    return f"Chart: {number_of(points, 'rate')}."


def line_alt(name: str) -> str:
    """State what a line is."""
    return f"Line: {name}."


def point_alt(name: str, rate: Proportion, average: object = None) -> str:
    """State one rate of a picture, and the average beside it."""
    beside = "" if average is None else f", average {average}%"
    return f"{name}: {rate}{beside}."
