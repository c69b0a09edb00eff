"""Councils with their rates and intervals, one below another."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from lgsco._values import Choice, choice_of
from lgsco.errors import EmptyInput, NotComparable
from lgsco.model.authorities import authority_order
from lgsco.reports.cells import words_of
from lgsco.reports.elements import Chart, ChartKind, Line, Point
from lgsco.reports.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lgsco.documents.figures import PrintedAverage
    from lgsco.model.authorities import Authority
    from lgsco.model.measures import ProportionMeasure
    from lgsco.model.reviews import AnnualReview
    from lgsco.stats.intervals import Interval
    from lgsco.stats.rates import Proportion

__all__ = ["DotOrder", "dot_chart"]


class DotOrder(Choice):
    """In what order councils stand below one another; by rate only where somebody asks for it, for it is no rank."""

    NAME = "name"
    SIZE = "size"
    """Those with most cases first."""
    RATE = "rate"


def dot_chart(  # noqa: PLR0913  # what is drawn, in what order, and beside what
    reviews: Iterable[AnnualReview],
    measure: ProportionMeasure,
    *,
    order: str = "name",
    average: PrintedAverage | None = None,
    marked: Authority | None = None,
    confidence: float = 0.95,
) -> Chart:
    """
    Chart one rate of several councils in one year with their intervals, by name unless asked otherwise.

    >>> import lgsco
    >>> from lgsco import published
    >>> from lgsco.reports import dot_chart
    >>> reviews = published.reviews(lgsco.ReportingYear(2020), lgsco.AuthorityType.COUNTY_COUNCIL)
    >>> print(dot_chart(reviews, lgsco.compliance_rate).words)
    Compliance rate, 2019-20, by name. Worcestershire County Council: 92% (11 of 12), interval 65% to 99%. Without this
    rate: Cambridgeshire County Council and Oxfordshire County Council.

    Raises:
        EmptyInput: of no review is there a rate.
        NotComparable: the reviews are of more than one year, or the average is of another year or measure.
        InvalidValue: the order is not known, or the confidence is not a float between 0 and 1.
    """
    chosen = choice_of("order", order, DotOrder)
    given = sorted(reviews, key=lambda review: authority_order(review.authority))
    for review in given:
        if review.year != given[0].year:
            raise NotComparable("year", str(given[0].year), str(review.year))
    held = [(review, rate) for review in given if (rate := measure(review)) is not None and rate.denominator]
    if not held:
        raise EmptyInput(f"no review given has a {measure.title.lower()}")
    year = given[0].year
    if average is not None and (average.year, average.measure) != (year, measure):
        found = f"{average.measure.title}, {average.year}"
        raise NotComparable("average", f"{measure.title}, {year}", found)
    held.sort(key=lambda one: _place(one[1], chosen))
    points = [
        Point(review.authority.name, rate, interval=rate.interval(confidence), marked=review.authority == marked)
        for review, rate in held
    ]
    said = [
        f"{measure.title}, {year}, by {chosen.value}.",
        *(f"{said_of_point(point.name, point.rate, point.interval)}." for point in points),
    ]
    lines = []
    if average is not None:
        lines.append(
            Line(f"average as printed, {average.percent}", ((0.0, float(Fraction(average.percent.value) / 100)),))
        )
        said.append(f"Average as printed: {average.percent}.")
    if without := [
        review.authority.name for review in given if (rate := measure(review)) is None or not rate.denominator
    ]:
        said.append(f"Without this rate: {listed(without)}.")
    return Chart(
        ChartKind.DOTS,
        f"{measure.title}, {year}, with {100 * confidence:g}% intervals",
        words=" ".join(said),
        across="Per cent",
        points=tuple(points),
        lines=tuple(lines),
    )


def _place(rate: Proportion, order: DotOrder) -> tuple[int | Fraction, ...]:
    if order is DotOrder.SIZE:
        return (-rate.denominator,)
    return (Fraction(rate.numerator, rate.denominator),) if order is DotOrder.RATE else ()


def said_of_point(name: str, rate: Proportion, interval: Interval | None) -> str:
    """Say one rate, and its interval where it has one."""
    return f"{name}: {rate}" + ("" if interval is None else f", interval {words_of(interval)}")
