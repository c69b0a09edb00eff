"""Strategies for the years of one council: histories, changes, trends, charts and early warnings."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from lgsco._values import evolve
from lgsco.model.authorities import Authority
from lgsco.model.cases import ServiceArea
from lgsco.model.measures import Measure, uphold_rate
from lgsco.model.reviews import AnnualReview
from lgsco.model.years import ReportingYear
from lgsco.series import control_charts
from lgsco.series.changes import Change, change
from lgsco.series.counts import upheld_decisions
from lgsco.series.early_warnings import EarlyWarning
from lgsco.series.early_warnings import early_warnings as early_warnings_of
from lgsco.series.histories import History, YearRate
from lgsco.series.rule_results import RuleResult
from lgsco.series.trends import Trend
from lgsco.stats.rates import Proportion
from lgsco.strategies._cases import FLAGS
from lgsco.strategies._common import CONFIDENCES, maybe
from lgsco.strategies._counts import annual_reviews, investigation_tallies
from lgsco.strategies._derived import composes, derive
from lgsco.strategies._parties import COUNCILS, YEARS, register_entries
from lgsco.strategies._rates import MEASURES, PROPORTIONS, proportions

year_rates = derive(YearRate, "The rate of one year, 0 of 0 included; with ``known=True`` there is one.")


@composes(History)
def histories(  # noqa: PLR0913  # each narrows one thing, by keyword
    draw: st.DrawFn,
    *,
    authorities: st.SearchStrategy[Authority] = COUNCILS,
    years: st.SearchStrategy[ReportingYear] = YEARS,
    known: bool = False,
    min_size: int = 0,
    max_size: int = 4,
    max_count: int = 300,
) -> History:
    """
    The reviews of one council in any years, gaps and series breaks among them.

    With ``known=True`` every review is known in full, and so is what a register knows of the council.
    Leaves out that a council's years lie between its creation and its abolition: the Ombudsman prints others too.
    """
    authority = draw(authorities)
    endings = sorted(draw(st.lists(years, min_size=min_size, max_size=max_size, unique=True)))
    return History(
        authority,
        tuple(
            draw(annual_reviews(authorities=st.just(authority), years=st.just(year), known=known, max_count=max_count))
            for year in endings
        ),
        entry=draw(maybe(register_entries(authorities=st.just(authority)), known=known)),
        service_area=draw(maybe(st.sampled_from(ServiceArea), known=known)),
    )


@composes(Change)
def changes(
    draw: st.DrawFn,
    *,
    measures: st.SearchStrategy[Measure[Any, Proportion]] = MEASURES,
    known: bool = False,
) -> Change:
    """From one year to a later one, across series breaks too; with ``known=True`` both rates are known."""
    history = draw(histories(known=known, min_size=2, max_size=2))
    earlier, later = history.years
    return change(history, draw(measures), earlier, later, confidence=draw(CONFIDENCES), across_breaks=True)


@composes(Trend)
def trends(
    draw: st.DrawFn,
    *,
    measures: st.SearchStrategy[Measure[Any, Proportion]] = MEASURES,
    years: st.SearchStrategy[ReportingYear] = YEARS,
    max_size: int = 6,
    max_count: int = 300,
) -> Trend:
    """Three years and more with cases, and some without; leaves out cautions."""
    sequence = sorted(draw(st.lists(years, min_size=3, max_size=max_size, unique=True)))
    with_cases = set(draw(st.permutations(range(len(sequence))))[:3])
    cases, any_rate = proportions(defined=True, max_count=max_count), st.none() | proportions(max_count=max_count)
    return Trend(
        draw(COUNCILS),
        draw(measures),
        points=tuple(
            YearRate(year, draw(cases if index in with_cases else any_rate)) for index, year in enumerate(sequence)
        ),
        confidence=draw(CONFIDENCES),
    )


rule_results = derive(
    RuleResult,
    "What a rule might say of any years; leaves out that it follows from a series.",
    years=st.lists(YEARS, max_size=3, unique=True).map(tuple),
)


@st.composite
def _plain_histories(draw: st.DrawFn, *, min_size: int, max_size: int) -> History:
    """Years that follow one another, some left out, of which only the investigations are known."""
    authority, first = draw(COUNCILS), draw(st.integers(1975, 2080))
    length = draw(st.integers(min_size, max_size))
    left_out = draw(st.sets(st.integers(0, max(length - 1, 0)), max_size=2)) if length > min_size + 2 else set()
    tallies = investigation_tallies(known=True, max_count=60)
    reviews = [
        AnnualReview(authority, ReportingYear(first + index), investigations=draw(tallies))
        for index in range(length)
        if index not in left_out
    ]
    return History(authority, tuple(reviews), service_area=draw(maybe(st.sampled_from(ServiceArea), known=False)))


@composes(control_charts.ControlChart)
def charts(draw: st.DrawFn, *, min_size: int = 0, max_size: int = 12) -> control_charts.ControlChart:
    """Charts of a rate or a count over some years, read by every rule as ``lgsco.series.p_chart`` reads them."""
    history = draw(_plain_histories(min_size=min_size, max_size=max_size))
    if draw(FLAGS):
        return control_charts.p_chart(history, uphold_rate, across_breaks=True)
    return control_charts.xmr_chart(history, upheld_decisions, title="Upheld decisions", across_breaks=True)


@composes(control_charts.ChartPoint)
def chart_points(draw: st.DrawFn) -> control_charts.ChartPoint:
    """One year of a chart, its limits about its value; leaves out that they follow from the other years."""
    rate = draw(st.none() | PROPORTIONS)
    point = control_charts.ChartPoint(draw(YEARS), None if rate is None else rate.value, rate=rate)
    if point.value is None or draw(FLAGS):
        return point
    lower, upper = sorted(draw(st.tuples(st.floats(0, 1), st.floats(0, 1))))
    return evolve(point, lower=lower, upper=upper)


@composes(EarlyWarning)
def early_warnings(draw: st.DrawFn, *, max_size: int = 12) -> EarlyWarning:
    """What ``lgsco.series.early_warnings`` says of one service area."""
    area, history = draw(st.sampled_from(ServiceArea)), draw(_plain_histories(min_size=0, max_size=max_size))
    (warning,) = early_warnings_of({area: history}, uphold_rate, across_breaks=draw(FLAGS))
    return warning
