"""The counts of a year that are charted: functions of a review."""

from __future__ import annotations

from collections.abc import Callable
from typing import final

from lgsco._values import validate, value
from lgsco.model.cases import ServiceArea
from lgsco.model.reviews import AnnualReview
from lgsco.model.years import SERIES_NAMES, SeriesName
from lgsco.stats.chart_limits import (
    Value,
)

Counting = Callable[[AnnualReview], Value | None]
"""A function that returns a count, or any other number, of a review; ``None`` where it is not known."""


def complaints_received(review: AnnualReview) -> int | None:
    """
    Return the complaints received in a year, in all service areas.

    Args:
        review: the council's year.

    Returns:
        The count; ``None`` where it is not known.

    Raises:
        InvalidValue: the argument is not a review.
    """
    validate(review=(review, AnnualReview))
    return None if review.received is None else review.received.total


def received_in(area: ServiceArea) -> Counting:
    """
    Return a function that counts the complaints received in a year about one service area.

    Args:
        area: the service area.

    Returns:
        A function of a review, for ``xmr_chart``; it returns ``None`` where the count is not known.

    >>> from lgsco import Authority, AuthorityType, ReceivedTally, ReportingYear
    >>> me = Authority("Kent County Council", AuthorityType.COUNTY_COUNCIL)
    >>> review = AnnualReview(me, ReportingYear(2020), received=ReceivedTally(housing=3))
    >>> received_in(ServiceArea.HOUSING)(review), received_in(ServiceArea.OTHER)(review)
    (3, None)
    """
    return _ReceivedIn(area)


@final
@value
class _ReceivedIn:
    """The function that ``received_in`` returns."""

    area: ServiceArea

    def __call__(self, review: AnnualReview) -> int | None:
        return None if review.received is None else review.received.known().get(self.area)


def complaints_decided(review: AnnualReview) -> int | None:
    """
    Return the complaints decided in a year, with any outcome.

    Args:
        review: the council's year.

    Returns:
        The count; ``None`` where it is not known.

    Raises:
        InvalidValue: the argument is not a review.
    """
    validate(review=(review, AnnualReview))
    if review.decided is not None and review.decided.total is not None:
        return review.decided.total
    return None if review.overview is None else review.overview.total


def upheld_decisions(review: AnnualReview) -> int | None:
    """
    Return the complaints upheld in a year.

    Args:
        review: the council's year.

    Returns:
        The count; ``None`` where it is not known.

    Raises:
        InvalidValue: the argument is not a review.
    """
    validate(review=(review, AnnualReview))
    if review.investigations is not None and review.investigations.upheld is not None:
        return review.investigations.upheld
    return None if review.decided is None else review.decided.upheld


def name_of_count(count: Counting) -> SeriesName | None:
    """Return the name by which series breaks know a count; ``None`` for a function that they do not know."""
    if isinstance(count, _ReceivedIn):
        return "complaints_received"
    return next((name for name in SERIES_NAMES if globals().get(name) is count), None)
