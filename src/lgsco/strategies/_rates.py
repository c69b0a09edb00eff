"""Strategies for rates, intervals and measures."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from lgsco.model.measures import (
    KEY_STATISTICS,
    Measure,
    compliance_rate,
    investigation_rate,
    late_compliance_rate,
    satisfactory_remedy_rate,
    uphold_rate,
)
from lgsco.stats.intervals import Interval, ProportionMethod, Sides
from lgsco.stats.rates import Population, PopulationRate, Proportion
from lgsco.strategies._common import CONFIDENCES, DAYS, MAX_COUNT
from lgsco.strategies._counts import ONE_IN_FIVE, counts_up_to
from lgsco.strategies._derived import composes, draws
from lgsco.strategies._parties import SOURCES


@composes(Proportion)
def proportions(draw: st.DrawFn, *, defined: bool = False, max_count: int = MAX_COUNT) -> Proportion:
    """Shares of whole counts, none and all of them often; with ``defined=True`` never 0 of 0."""
    denominator = draw(st.integers(1 if defined else 0, max_count))
    # All of them would hardly ever be drawn by chance.
    numerator = denominator if draw(ONE_IN_FIVE) else draw(st.integers(0, denominator))
    return Proportion(numerator, denominator)


PROPORTIONS = proportions()


@composes(Interval)
def intervals(draw: st.DrawFn) -> Interval:
    """Limits between zero and one, at any usual confidence; leaves out the limits of rates per population."""
    sides = draw(st.sampled_from(Sides))
    lower, upper = sorted(draw(st.tuples(st.floats(0, 1), st.floats(0, 1))))
    return Interval(
        0.0 if sides is Sides.UPPER else lower,
        1.0 if sides is Sides.LOWER else upper,
        confidence=draw(CONFIDENCES),
        method=draw(st.sampled_from(ProportionMethod)).value,
        sides=sides,
    )


@draws(Population)
def populations(*, min_people: int = 0, max_people: int = 60_000_000) -> st.SearchStrategy[Population]:
    """How many people lived somewhere on a day, nobody included; with ``min_people=1`` somebody always."""
    return st.builds(Population, st.integers(min_people, max_people), DAYS, source=st.none() | SOURCES)


@draws(PopulationRate)
def population_rates(*, defined: bool = False, max_count: int = MAX_COUNT) -> st.SearchStrategy[PopulationRate]:
    """Events per number of residents; with ``defined=True`` somebody lives there."""
    return st.builds(
        PopulationRate,
        counts_up_to(max_count),
        populations(min_people=1 if defined else 0),
        per=st.sampled_from((100_000, 1_000, 1)) | st.integers(1, 1_000_000),
    )


_NAMED_MEASURES: tuple[Measure[Any, Proportion], ...] = (
    uphold_rate,
    compliance_rate,
    satisfactory_remedy_rate,
    late_compliance_rate,
    investigation_rate,
)


@draws(Measure)
def measures(*, key: bool = False) -> st.SearchStrategy[Measure[Any, Proportion]]:
    """
    The measures that lgsco names; with ``key=True`` only the three key statistics.

    Leaves out those that ``per_population_measure`` makes, which rest on populations of the caller's.
    """
    return st.sampled_from(KEY_STATISTICS if key else _NAMED_MEASURES)


MEASURES = measures()
