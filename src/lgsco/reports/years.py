"""One council from year to year, with what makes two years no series."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from lgsco.errors import EmptyInput, NotComparable
from lgsco.model.measures import KEY_STATISTICS, ProportionMeasure, late_compliance_rate
from lgsco.model.years import ReportingYear
from lgsco.reports.elements import (
    Break,
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Point,
    Row,
    Section,
    Table,
)
from lgsco.reports.words import NOT_HELD, breaks_at, listed, rate_cell
from lgsco.series.changes import change
from lgsco.series.histories import history_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lgsco.model.reviews import AnnualReview
    from lgsco.stats.rates import Proportion

__all__ = ["years_chart", "years_section"]


_TOLD: tuple[ProportionMeasure, ...] = (*KEY_STATISTICS, late_compliance_rate)


def years_of(history: Iterable[AnnualReview]) -> dict[ReportingYear, AnnualReview]:
    """
    Give the reviews of one council by year, in order.

    Raises:
        NotComparable: they are of several councils, or one year stands twice with different figures.
    """
    held: dict[ReportingYear, AnnualReview] = {}
    first: AnnualReview | None = None
    for review in history:
        first = first or review
        if review.authority != first.authority:
            raise NotComparable("council", str(first.authority), str(review.authority))
        if held.setdefault(review.year, review) != review:
            raise NotComparable("year", f"{review.year} once", "twice, with different figures")
    return {year: held[year] for year in sorted(held)}


def years_section(review: AnnualReview, history: Iterable[AnnualReview]) -> Section:
    """Show the years of one council that are held, the review's own among them."""
    held = years_of((review, *history))
    heading = "From year to year"
    if len(held) == 1:
        return Section(heading, paragraphs=("Figures of no other year are held for this council.",))
    years = _all(held)
    measures: list[ProportionMeasure] = [
        measure for measure in _TOLD if any(measure(each) is not None for each in held.values())
    ]
    said = [
        "Years on two sides of a break are no series: what changed is said beside the year, and no line crosses it."
    ]
    if missing := [str(year) for year in years if year not in held]:
        said.append(f"Not held: {listed(missing)}.")
    drawn = any(_rates(held, measure) for measure in measures)
    return Section(
        heading,
        paragraphs=tuple(said),
        items=tuple(_changes(review, held.values())),
        charts=(years_chart(held.values(), measures, marked=review.year),) if drawn else (),
        tables=(_table(review, held, years, measures),) if measures else (),
    )


def _changes(review: AnnualReview, held: Iterable[AnnualReview]) -> Iterator[str]:
    """Say what became of each rate from the year before and to the year after, where the series does not break."""
    history = history_of(review.authority, held)
    for measure in KEY_STATISTICS:
        (stretch,) = [one for one in history.segments(measure) if review in one.reviews]
        for earlier, later in itertools.pairwise(stretch.years):
            if review.year not in {earlier, later}:
                continue
            made = change(stretch, measure, earlier, later)
            if made.difference is not None:
                yield f"{measure.title}: from{made.sentence().removeprefix('From')}"


def _all(held: Iterable[ReportingYear]) -> list[ReportingYear]:
    """Give every year from the first to the last, those that are not held included."""
    endings = [year.ending for year in held]
    return [ReportingYear(ending) for ending in range(min(endings), max(endings) + 1)]


def _rates(
    held: dict[ReportingYear, AnnualReview], measure: ProportionMeasure
) -> list[tuple[ReportingYear, Proportion]]:
    return [(year, rate) for year, one in held.items() if (rate := measure(one)) is not None and rate.denominator]


def _table(
    review: AnnualReview,
    held: dict[ReportingYear, AnnualReview],
    years: Sequence[ReportingYear],
    measures: Sequence[ProportionMeasure],
) -> Table:
    rows = []
    for year in years:
        one = held.get(year)
        cells: tuple[Cell, ...] = tuple(NOT_HELD if one is None else rate_cell(one, measure) for measure in measures)
        # A break before the first year shown parts it from nothing.
        breaks = breaks_at(year, measures) if year != years[0] else ()
        rows.append(Row(str(year), cells, breaks=breaks, marked="this year" if year == review.year else None))
    return Table(
        f"{review.authority} from year to year",
        "Year",
        columns=tuple(
            Column(measure.title, ColumnKind.RATE, marks=(measure.title,) if measure in KEY_STATISTICS else ())
            for measure in measures
        ),
        rows=tuple(rows),
    )


def years_chart(
    history: Iterable[AnnualReview],
    measures: Iterable[ProportionMeasure] = KEY_STATISTICS,
    *,
    marked: ReportingYear | None = None,
    confidence: float = 0.95,
) -> Chart:
    """
    Chart the rates of one council from year to year, a panel for each, with its intervals.

    A line joins two years that follow each other; none crosses a break in the series, which is drawn, or a year that
    is not held. With ``(compliance_rate, late_compliance_rate)`` it tells of compliance and lateness.

    >>> import lgsco
    >>> from lgsco import published
    >>> from lgsco.reports import years_chart
    >>> kent = [one for one in published.reviews() if one.authority.name == "Kent County Council"]
    >>> print(years_chart(kent, [lgsco.uphold_rate]).words)
    Uphold rate: 87% (53 of 61) in 2022-23; 81% (76 of 94) in 2023-24; 83% (63 of 76) in 2024-25.

    Raises:
        EmptyInput: no review given has such a rate.
        NotComparable: the reviews are of several councils, or one year stands twice with different figures.
        InvalidValue: the confidence is not a float between 0 and 1.
    """
    held = years_of(history)
    points, said, broken = [], [], []
    years = _all(held) if held else []
    for measure in measures:
        rates = _rates(held, measure)
        points += [
            Point(
                str(year),
                rate,
                interval=rate.interval(confidence),
                at=str(year),
                panel=measure.title,
                marked=year == marked,
            )
            for year, rate in rates
        ]
        if rates:
            broken += [
                Break(str(year), what, panel=measure.title) for year in years[1:] for what in breaks_at(year, [measure])
            ]
            said.append(f"{measure.title}: {'; '.join(f'{rate} in {year}' for year, rate in rates)}.")
    if not points:
        raise EmptyInput("no review given has such a rate")
    for at in dict.fromkeys(each.at for each in broken):
        names = [each.panel.lower() for each in broken if each.at == at and each.panel]
        said.append(f"The {listed(names)} {'breaks' if len(names) == 1 else 'break'} at the beginning of {at}.")
    authority = next(iter(held.values())).authority
    return Chart(
        ChartKind.YEARS,
        f"{authority} from year to year, with {100 * confidence:g}% intervals",
        words=" ".join(said),
        across="Reporting year",
        up="Per cent",
        points=tuple(points),
        ticks=tuple(map(str, years)),
        breaks=tuple(broken),
    )
