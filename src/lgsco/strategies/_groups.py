"""Strategies for what is said of many councils at once."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from lgsco._values import evolve
from lgsco.comparison.groups import insufficient_data
from lgsco.comparison.shrinkage import Shrinkage, ShrinkageMethod, ShrunkRate
from lgsco.comparison.standardisation import AreaRates, StandardisedRatio
from lgsco.model.cases import ServiceArea
from lgsco.model.measures import Measure
from lgsco.model.years import ReportingYear
from lgsco.stats.rates import Proportion
from lgsco.strategies._common import MAX_COUNT, maybe
from lgsco.strategies._derived import derive, draws
from lgsco.strategies._parties import COUNCILS, GROUPS, YEARS, councils
from lgsco.strategies._rates import MEASURES, PROPORTIONS, proportions

__all__ = ["area_rates", "shrinkages", "shrunk_rates", "standardised_ratios"]

_UNITS = st.floats(0, 1)


shrunk_rates = derive(
    ShrunkRate,
    "Councils moved towards a group, alone; leaves out that the estimate follows from it, and rates per population.",
    authority=COUNCILS,
    rate=PROPORTIONS,
    estimate=_UNITS,
)


@draws(Shrinkage)
@st.composite
def shrinkages(
    draw: st.DrawFn,
    *,
    measures: st.SearchStrategy[Measure[Any, Proportion]] = MEASURES,
    years: st.SearchStrategy[ReportingYear] = YEARS,
    known: bool = False,
    max_size: int = 8,
) -> Shrinkage:
    """
    Councils of one group, each moved towards it by some weight, or too few of them to be.

    With ``known=True`` there are five councils and more with cases, and the size of the group is known.
    Leaves out that the weights follow from the cases, and rates per population: for true ones
    call ``lgsco.comparison.shrink``.
    """
    group = draw(GROUPS)
    bodies = draw(councils(min_size=5 if known else 0, max_size=max(max_size, 5), types=st.just(group)))
    rates = [draw(proportions(defined=known)) for _ in bodies]
    size = draw(maybe(st.integers(len(bodies), 2 * len(bodies)), known=known))
    words = insufficient_data(sum(rate.denominator > 0 for rate in rates), len(rates), size)
    points = [ShrunkRate(body, rate) for body, rate in zip(bodies, rates, strict=True)]
    shrinkage = Shrinkage(
        draw(measures),
        draw(years),
        points=tuple(points),
        method=draw(st.sampled_from(ShrinkageMethod)),
        pooled=None,
        between_variance=None,
        group=group,
        group_size=size,
        insufficient_data=words,
    )
    if words is not None:
        return shrinkage
    pooled = Fraction(sum(rate.numerator for rate in rates), sum(rate.denominator for rate in rates))
    moved = [evolve(point, estimate=draw(_UNITS), weight=draw(_UNITS)) for point in points]
    return evolve(shrinkage, points=tuple(moved), pooled=pooled, between_variance=draw(_UNITS))


@draws(AreaRates)
@st.composite
def area_rates(
    draw: st.DrawFn, *, areas: st.SearchStrategy[ServiceArea] | None = None, max_count: int = MAX_COUNT
) -> AreaRates:
    """One service area with the council's cases and those of its group, the council's own among them."""
    area = draw(st.sampled_from(ServiceArea) if areas is None else areas)
    own, others = draw(proportions(max_count=max_count)), draw(proportions(max_count=max_count))
    group = Proportion(own.numerator + others.numerator, own.denominator + others.denominator)
    return AreaRates(area, own=own, group=group)


@draws(StandardisedRatio)
@st.composite
def standardised_ratios(draw: st.DrawFn, *, max_count: int = MAX_COUNT) -> StandardisedRatio:
    """Any service areas of a council beside its group's."""
    areas = draw(st.lists(st.sampled_from(ServiceArea), min_size=1, max_size=4, unique=True))
    rates = tuple(draw(area_rates(areas=st.just(area), max_count=max_count)) for area in areas)
    if draw(st.booleans()):
        return StandardisedRatio(rates)
    only_cases = tuple(AreaRates(rate.service_area, group=rate.group, cases=rate.total) for rate in rates)
    return StandardisedRatio(only_cases, total_observed=draw(st.integers(0, sum(rate.total for rate in rates))))
