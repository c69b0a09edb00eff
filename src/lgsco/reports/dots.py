"""Councils with their rates and intervals, one below another."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from lgsco._values import Choice, choice_of
from lgsco.errors import EmptyInput, NotComparable
from lgsco.model.authorities import authority_order
from lgsco.reports.elements import Chart, ChartKind, Line, Point
from lgsco.wording import reports as wording
from lgsco.wording.phrases import with_intervals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lgsco.documents.figures import PrintedAverage
    from lgsco.model.authorities import Authority
    from lgsco.model.measures import ProportionMeasure
    from lgsco.model.reviews import AnnualReview
    from lgsco.stats.rates import Proportion


class DotOrder(Choice):
    """The order of councils in a chart; by rate only where the caller asks for it, because a position is not a rank."""

    NAME = "name"
    SIZE = "size"
    """Councils with most cases first."""
    RATE = "rate"


def dot_chart(  # noqa: PLR0913  # what is drawn, in what order, and beside what
    reviews: Iterable[AnnualReview],
    measure: ProportionMeasure,
    *,
    order: DotOrder | Literal["name", "size", "rate"] = "name",
    average: PrintedAverage | None = None,
    marked: Authority | None = None,
    confidence: float = 0.95,
) -> Chart:
    """
    Return a chart of one rate of several councils in one year, with intervals.

    Args:
        reviews: the councils' reviews, all of one year; those without the rate are named in the chart's words.
        measure: the rate to show.
        order: the order of the councils, by name, by number of cases (most first), or by rate (lowest first).
        average: the printed average of the same measure and year, drawn as a line.
        marked: the council to mark.
        confidence: of the intervals, between 0 and 1.

    Returns:
        The chart, with a point for each council that has cases.

    >>> import lgsco
    >>> from lgsco import published
    >>> from lgsco.reports import dot_chart
    >>> reviews = published.reviews(lgsco.ReportingYear(2020), lgsco.AuthorityType.COUNTY_COUNCIL)
    >>> print(dot_chart(reviews, lgsco.compliance_rate).words)
    Compliance rate, 2019-20, by name. Worcestershire County Council: 92% (11 of 12), likely range 65% to 99%. We do not
    have this rate for Cambridgeshire County Council, North Yorkshire County Council and Oxfordshire County Council.

    Raises:
        EmptyInput: no review has a rate.
        NotComparable: the reviews are of more than one year, or the average is of another year or measure.
        InvalidValue: the order is not known, or the confidence is not a float between 0 and 1.
    """
    chosen = choice_of("order", order, DotOrder)
    ordered = sorted(reviews, key=lambda review: authority_order(review.authority))
    for review in ordered:
        if review.year != ordered[0].year:
            raise NotComparable("year", str(ordered[0].year), str(review.year))
    rates = [(review, rate) for review in ordered if (rate := measure(review)) is not None and rate.denominator]
    if not rates:
        raise EmptyInput(f"no review given has a {measure.title.lower()}")
    year = ordered[0].year
    if average is not None and (average.year, average.measure) != (year, measure):
        raise NotComparable("average", f"{measure.title}, {year}", f"{average.measure.title}, {average.year}")
    rates.sort(key=lambda item: _sort_key(item[1], chosen))
    points = [
        Point(review.authority.name, rate, interval=rate.interval(confidence), marked=review.authority == marked)
        for review, rate in rates
    ]
    sentences = [
        wording.order_of_councils(measure.title, str(year), chosen.value),
        *(wording.rate_point(point.name, point.rate, point.interval) for point in points),
    ]
    lines = []
    if average is not None:
        lines.append(
            Line(f"{wording.AVERAGE_LINE}, {average.percent}", ((0.0, float(Fraction(average.percent.value) / 100)),))
        )
        sentences.append(wording.printed_average(average.percent))
    shown = {review for review, _ in rates}
    if without := [review.authority.name for review in ordered if review not in shown]:
        sentences.append(wording.without_rate(without))
    return Chart(
        ChartKind.DOTS,
        with_intervals(f"{measure.title}, {year}", confidence),
        words=" ".join(sentences),
        across="Per cent",
        points=tuple(points),
        lines=tuple(lines),
    )


def _sort_key(rate: Proportion, order: DotOrder) -> tuple[int | Fraction, ...]:
    if order is DotOrder.SIZE:
        return (-rate.denominator,)
    return (Fraction(rate.numerator, rate.denominator),) if order is DotOrder.RATE else ()
