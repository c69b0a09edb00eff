"""
Directly standardised rates: the rate that a standard population would have at the rates of each stratum.

Sources: Dobson, Kuulasmaa, Eberle and Scherer (1991), Statistics in Medicine 10, 457-462; PHStatsMethods, the methods
of the Office for Health Improvement and Disparities, whose conventions these are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

from lgsco._values import PositiveCount, choice_of, validate
from lgsco.errors import EmptyInput, InvalidValue
from lgsco.stats.intervals import CountMethod, CountMethodLike, Interval, Sides, count_limits, tail_of
from lgsco.stats.rates import PopulationRate

FEWEST_EVENTS = 10
"""With fewer events in all a standardised rate has no interval: it would not be reliable, as PHStatsMethods holds."""


def directly_standardised_rate(
    rates: Iterable[PopulationRate], standard: Iterable[int], *, per: int = 100_000
) -> Fraction:
    """
    Return the mean of the rates of the strata, weighted by a standard population; exact.

    Two areas whose populations differ in their make-up, such as age, are compared by the same standard.

    Args:
        rates: the events and the residents of each stratum.
        standard: the residents of each stratum in the standard population, in the same order.
        per: the number of residents for which the rate is stated.

    Returns:
        Events for ``per`` residents.

    Raises:
        EmptyInput: there are no strata.
        InvalidValue: an item is not a PopulationRate or has no residents, a standard is not a whole number from one,
            there are not as many standards as rates, or ``per`` is not a whole number from one.

    >>> import datetime as dt
    >>> from lgsco.stats import Population
    >>> day = dt.date(2021, 6, 30)
    >>> young, old = (PopulationRate(*pair) for pair in ((4, Population(2000, day)), (9, Population(1000, day))))
    >>> float(directly_standardised_rate([young, old], [5000, 3000], per=1000))
    4.625
    """
    validate(per=(per, PositiveCount))
    return sum((weight * rate.events * per for rate, weight in _weighted(rates, standard)), Fraction(0))


def dobson_interval(
    rates: Iterable[PopulationRate],
    standard: Iterable[int],
    *,
    per: int = 100_000,
    confidence: float = 0.95,
    method: CountMethodLike = "byar",
) -> Interval | None:
    """
    Return a confidence interval for a directly standardised rate, by Dobson's method.

    The limits of the number of all events are stretched about the rate by its standard deviation over that of the
    number.

    Args:
        rates: as of ``directly_standardised_rate``.
        standard: as of ``directly_standardised_rate``.
        per: the number of residents for which the rate is stated.
        confidence: the probability with which such intervals hold the rate, between 0 and 1.
        method: the limits of the number of events: "byar", "exact", or "byar-or-exact".

    Returns:
        Limits for ``per`` residents; ``None`` where there are fewer than ten events in all.

    Raises:
        EmptyInput: as ``directly_standardised_rate``.
        InvalidValue: as ``directly_standardised_rate``, the confidence is not between 0 and 1, or the method is not
            known.

    Source: Dobson and others (1991).
    """
    validate(per=(per, PositiveCount))
    tail, chosen = tail_of(confidence, Sides.BOTH), choice_of("method", method, CountMethod)
    strata = _weighted(rates, standard)
    events = sum(rate.events for rate, _ in strata)
    if events < FEWEST_EVENTS:
        return None
    value = float(sum(weight * rate.events * per for rate, weight in strata))
    variance = sum(weight * weight * rate.events for rate, weight in strata)
    stretch = per * math.sqrt(variance / events)
    lower, upper = count_limits(events, tail, chosen)
    return Interval(
        value + stretch * (lower - events),
        value + stretch * (upper - events),
        confidence=confidence,
        method=f"dobson, {chosen}",
    )


def _weighted(rates: Iterable[PopulationRate], standard: Iterable[int]) -> list[tuple[PopulationRate, Fraction]]:
    """Return the rates, each with the share of its stratum in the standard population over its own residents."""
    strata, weights = tuple(rates), tuple(standard)
    validate(rates=(strata, tuple[PopulationRate, ...]), standard=(weights, tuple[PositiveCount, ...]))
    if not strata:
        raise EmptyInput("no strata to standardise")
    if len(weights) != len(strata):
        raise InvalidValue.at("standard", weights, f"must be as many as the rates, {len(strata)}")
    if not all(rate.population.people for rate in strata):
        raise InvalidValue.at("rates", strata, "must each have residents")
    total = sum(weights)
    return [
        (rate, Fraction(weight, total * rate.population.people)) for rate, weight in zip(strata, weights, strict=True)
    ]
