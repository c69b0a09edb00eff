"""Strategies for the rates of groups of councils and what is computed from them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from lgsco.comparison.groups import Average, AverageMethod, GroupRates, Member
from lgsco.comparison.shrinkage import Shrinkage, ShrinkageMethod, ShrunkRate
from lgsco.comparison.standardisation import AreaRates, StandardisedRatio
from lgsco.model.authorities import AuthorityType
from lgsco.model.cases import ServiceArea
from lgsco.model.measures import Measure
from lgsco.model.years import ReportingYear
from lgsco.stats.rates import Proportion, pooled
from lgsco.strategies._cases import FLAGS
from lgsco.strategies._common import MAX_COUNT, maybe
from lgsco.strategies._derived import derive, draws
from lgsco.strategies._parties import COUNCILS, GROUPS, YEARS, councils
from lgsco.strategies._rates import MEASURES, PROPORTIONS, proportions

__all__ = [
    "area_rates",
    "averages",
    "group_rates",
    "members",
    "shrinkages",
    "shrunk_rates",
    "standardised_ratios",
]

_UNITS = st.floats(0, 1)


shrunk_rates = derive(
    ShrunkRate,
    "Councils moved towards a group, alone; leaves out that the estimate follows from it, and rates per population.",
    authority=COUNCILS,
    rate=PROPORTIONS,
    estimate=_UNITS,
)


members = derive(
    Member,
    "One council of a group and its rate, 0 of 0 included; leaves out rates per population.",
    authority=COUNCILS,
    rate=PROPORTIONS,
)


@draws(GroupRates)
@st.composite
def group_rates(  # noqa: PLR0913  # each narrows one thing, by keyword
    draw: st.DrawFn,
    *,
    measures: st.SearchStrategy[Measure[Any, Proportion]] = MEASURES,
    years: st.SearchStrategy[ReportingYear] = YEARS,
    groups: st.SearchStrategy[AuthorityType] = GROUPS,
    known: bool = False,
    defined: bool = False,
    min_size: int = 0,
    max_size: int = 8,
    max_count: int = MAX_COUNT,
) -> GroupRates:
    """
    The rates of the councils of one group, often too few for an average.

    With ``known=True`` the counts of every council are known, and the group's size, of which they are half at least;
    with ``defined=True`` every rate has cases.
    Leaves out a council twice, a group with fewer councils than have figures, rates per population, and sets that the
    caller chose.
    """
    group = draw(groups)
    bodies = draw(councils(min_size=min_size, max_size=max_size, types=st.just(group)))
    reviewed = draw(st.integers(min_size, len(bodies))) if not known and len(bodies) > min_size else len(bodies)
    most = 2 * len(bodies) if known else 2 * len(bodies) + 1
    size = draw(maybe(st.integers(len(bodies), most), known=known))
    rates = proportions(defined=defined, max_count=max_count)
    return GroupRates(
        draw(measures),
        draw(years),
        members=tuple(Member(body, draw(rates)) for body in bodies[:reviewed]),
        type=group if size is not None or draw(FLAGS) else None,
        size=size,
        missing=tuple(bodies[reviewed:]),
    )


@draws(Average)
def averages(
    *,
    rates: st.SearchStrategy[GroupRates] | None = None,
    methods: st.SearchStrategy[AverageMethod] | None = None,
) -> st.SearchStrategy[Average]:
    """Averages by any method over the rates of one group, often of too little data to be one; see ``group_rates``."""
    return st.builds(
        Average,
        group_rates() if rates is None else rates,
        method=st.sampled_from(AverageMethod) if methods is None else methods,
    )


@draws(Shrinkage)
def shrinkages(*, rates: st.SearchStrategy[GroupRates] | None = None) -> st.SearchStrategy[Shrinkage]:
    """Councils of one group, each moved towards it, or too few of them to be; see ``group_rates``."""
    return st.builds(Shrinkage, group_rates() if rates is None else rates, method=st.sampled_from(ShrinkageMethod))


@draws(AreaRates)
@st.composite
def area_rates(
    draw: st.DrawFn, *, areas: st.SearchStrategy[ServiceArea] | None = None, max_count: int = MAX_COUNT
) -> AreaRates:
    """One service area with the council's cases and those of its group, the council's own among them."""
    area = draw(st.sampled_from(ServiceArea) if areas is None else areas)
    own, others = draw(proportions(max_count=max_count)), draw(proportions(max_count=max_count))
    return AreaRates(area, own=own, group=pooled([own, others]))


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
