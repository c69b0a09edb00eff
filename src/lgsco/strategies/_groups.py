"""Strategies for what is said of many councils at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from lgsco.comparison.shrinkage import Shrinkage, ShrinkageMethod, ShrunkRate
from lgsco.comparison.standardisation import AreaRates, StandardisedRatio
from lgsco.model.authorities import Authority
from lgsco.model.cases import ServiceArea
from lgsco.model.measures import Measure
from lgsco.model.years import ReportingYear
from lgsco.stats.rates import Proportion, pooled
from lgsco.strategies._common import MAX_COUNT, maybe
from lgsco.strategies._comparisons import group_rates
from lgsco.strategies._parties import COUNCILS, YEARS
from lgsco.strategies._rates import MEASURES, PROPORTIONS, proportions

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["OF_TYPE", "area_rates", "shrinkages", "shrunk_rates", "standardised_ratios"]

_UNITS = st.floats(0, 1)


def shrunk_rates(
    *,
    authorities: st.SearchStrategy[Authority] = COUNCILS,
    rates: st.SearchStrategy[Proportion] = PROPORTIONS,
) -> st.SearchStrategy[ShrunkRate]:
    """Councils moved towards a group, alone; leaves out that the estimate follows from it, and rates per population."""
    return st.builds(
        ShrunkRate, authorities, rates, estimate=maybe(_UNITS, known=False), weight=maybe(_UNITS, known=False)
    )


def shrinkages(
    *,
    measures: st.SearchStrategy[Measure[Any, Proportion]] = MEASURES,
    years: st.SearchStrategy[ReportingYear] = YEARS,
    known: bool = False,
    max_size: int = 8,
) -> st.SearchStrategy[Shrinkage]:
    """
    Councils of one group, each moved towards it, or too few of them to be.

    With ``known=True`` there are five councils and more with cases, and the size of the group is known.
    Leaves out what ``group_rates`` leaves out.
    """
    groups = group_rates(
        measures=measures,
        years=years,
        known=known,
        defined=known,
        min_size=5 if known else 0,
        max_size=max(max_size, 5),
    )
    return st.builds(Shrinkage, groups, method=st.sampled_from(ShrinkageMethod))


@st.composite
def area_rates(
    draw: st.DrawFn, *, areas: st.SearchStrategy[ServiceArea] | None = None, max_count: int = MAX_COUNT
) -> AreaRates:
    """One service area with the council's cases and those of its group, the council's own among them."""
    area = draw(st.sampled_from(ServiceArea) if areas is None else areas)
    own, others = draw(proportions(max_count=max_count)), draw(proportions(max_count=max_count))
    return AreaRates(area, own=own, group=pooled([own, others]))


@st.composite
def standardised_ratios(draw: st.DrawFn, *, max_count: int = MAX_COUNT) -> StandardisedRatio:
    """Any service areas of a council beside its group's."""
    areas = draw(st.lists(st.sampled_from(ServiceArea), min_size=1, max_size=4, unique=True))
    rates = [draw(area_rates(areas=st.just(area), max_count=max_count)) for area in areas]
    if draw(st.booleans()):
        return StandardisedRatio(tuple(rates))
    only_cases = tuple(AreaRates(rate.service_area, group=rate.group, cases=rate.total) for rate in rates)
    return StandardisedRatio(only_cases, total_observed=draw(st.integers(0, sum(rate.total for rate in rates))))


OF_TYPE: dict[type, Callable[[], st.SearchStrategy[Any]]] = {
    AreaRates: area_rates,
    Shrinkage: shrinkages,
    ShrunkRate: shrunk_rates,
    StandardisedRatio: standardised_ratios,
}
