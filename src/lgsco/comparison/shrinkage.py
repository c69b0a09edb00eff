"""
Empirical Bayes shrinkage: each council's rate moved towards its group's, the further the fewer its cases.

The rate of a council with few cases is mostly chance, and the spread of the group says how much of it is.
A shrunk rate is an estimate for weighing one council against others, never a published figure.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import KW_ONLY
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, final

from lgsco._values import Choice, Constraint, Count, NonNegative, Probability, Text, choice_of, evolve, value
from lgsco.comparison.funnels import refuse_mixed
from lgsco.comparison.groups import insufficient_data
from lgsco.errors import InvalidValue
from lgsco.model.authorities import Authority, AuthorityType, comparison_group
from lgsco.model.measures import Measure
from lgsco.model.reviews import AnnualReview
from lgsco.model.years import ReportingYear
from lgsco.stats.heterogeneity import homogeneity_test
from lgsco.stats.rates import PopulationRate, Proportion

if TYPE_CHECKING:
    from lgsco.model.authorities import Register

__all__ = ["Shrinkage", "ShrinkageMethod", "ShrunkRate", "beta_binomial_weights", "marshall_weights", "shrink"]


class ShrinkageMethod(Choice):
    """How the spread between councils is told from that of chance."""

    BETA_BINOMIAL = "beta-binomial"
    """For shares: the councils' own rates are a beta variable, their counts binomial about them."""
    MARSHALL = "marshall"
    """For rare events among many: chance alone is taken to be Poisson. For a share near 1 it shrinks too far."""


@final
@value
class ShrunkRate:
    """
    One council's rate, and where it is moved to.

    ``weight`` is what the council's own rate was given, from 0 to 1; the rest went to the group's.
    Both are ``None`` for a council without cases, which has no rate to move, and where there is too little of a group.
    """

    authority: Authority
    rate: Proportion | PopulationRate
    _: KW_ONLY
    estimate: NonNegative | None = None
    weight: Probability | None = None


def _why_no_rate(held: object) -> str | None:
    return None if type(held) is Fraction and held >= 0 else "must be a Fraction of nought or more"


@final
@value
class Shrinkage:
    """
    The councils of a group with their rates moved towards the group's.

    ``pooled`` is the group's rate (for so many residents, where the measure is), ``None`` where too little is held to
    have one; ``insufficient_data`` then says why. ``between`` is the variance between the councils' own rates that was
    estimated; where it is nought, chance explains all and every council is moved to the group's rate.
    """

    measure: Measure[Any, Any]
    year: ReportingYear
    _: KW_ONLY
    points: tuple[ShrunkRate, ...]
    method: ShrinkageMethod
    pooled: Annotated[Fraction, Constraint(_why_no_rate)] | None
    between_variance: NonNegative | None
    group: AuthorityType | None = None
    group_size: Count | None = None
    missing: tuple[Authority, ...] = ()
    insufficient_data: Text | None = None


def shrink(
    reviews: Iterable[AnnualReview],
    measure: Measure[Any, Any],
    *,
    method: str = "beta-binomial",
    register: Register | None = None,
) -> Shrinkage:
    """
    Move the rates of the councils of a group, in one year, towards the group's pooled rate.

    Each keeps the weight that its number of cases has against the spread of the group: with few cases little, with many
    nearly all. Like a funnel there is none of fewer than five rates, nor of less than half of a group (with a
    register).

    >>> from lgsco import published, uphold_rate
    >>> group = published.reviews(ReportingYear(2025), AuthorityType.COUNTY_COUNCIL)
    >>> shrunk = shrink(group, uphold_rate, register=published.register())
    >>> for point in shrunk.points[:3]:
    ...     print(f"{point.authority}: {point.rate}, moved to {point.estimate:.1%} with weight {point.weight:.2f}")
    Cambridgeshire County Council: 78% (18 of 23), moved to 84.4% with weight 0.40
    Derbyshire County Council: 93% (55 of 59), moved to 91.5% with weight 0.63
    Devon County Council: 85% (69 of 81), moved to 86.2% with weight 0.70

    Raises:
        EmptyInput: there are no reviews.
        NotComparable: they are of more than one year or, by their types, of more than one group, or one stands twice.
        InvalidValue: the method is not known, or is "beta-binomial" for a measure that is no share.

    Source: Marshall (1991), Applied Statistics 40, 283-294; Kleinman (1973), JASA 68, 46-54.
    """
    given = tuple(reviews)
    chosen = choice_of("method", method, ShrinkageMethod)
    refuse_mixed(given)
    rates = [(review.authority, measure(review)) for review in given]
    points = [(authority, rate) for authority, rate in rates if rate is not None]
    if chosen is ShrinkageMethod.BETA_BINOMIAL and any(isinstance(rate, PopulationRate) for _, rate in points):
        raise InvalidValue.at("method", method, "is for shares of cases; for rates per population use 'marshall'")
    groups = {comparison_group(review.authority, register, review.year.end) for review in given}
    group = groups.pop() if len(groups) == 1 else None
    size = None if register is None or group is None else len(register.in_group(group, given[0].year.end))
    words = insufficient_data(sum(rate.value is not None for _, rate in points), len(points), size)
    made = Shrinkage(
        measure,
        given[0].year,
        points=tuple(ShrunkRate(authority, rate) for authority, rate in points),
        method=chosen,
        pooled=None,
        between_variance=None,
        group=group,
        group_size=size,
        missing=tuple(authority for authority, rate in rates if rate is None),
        insufficient_data=words,
    )
    return made if words else _moved(made)


def _moved(made: Shrinkage) -> Shrinkage:
    counts = [_counts(point.rate) for point in made.points]
    per = next((point.rate.per for point in made.points if isinstance(point.rate, PopulationRate)), 1)
    weigh = marshall_weights if made.method is ShrinkageMethod.MARSHALL else beta_binomial_weights
    pooled, between, weights = weigh(counts)
    points = [
        evolve(point, estimate=_between(point.rate.value, pooled * per, weight), weight=weight)
        if point.rate.value is not None
        else point
        for point, weight in zip(made.points, weights, strict=True)
    ]
    return evolve(made, points=tuple(points), pooled=pooled * per, between_variance=between * per * per)


def _counts(rate: Proportion | PopulationRate) -> tuple[int, int]:
    if isinstance(rate, Proportion):
        return rate.numerator, rate.denominator
    return rate.events, rate.population.people


def _between(own: Fraction, pooled: Fraction, weight: float) -> float:
    moved = float(pooled) + weight * float(own - pooled)
    # Never outside by the last bit of a float.
    return min(max(moved, float(min(own, pooled))), float(max(own, pooled)))


Weights = tuple[Fraction, float, list[float]]
"""The pooled rate, the variance between, and the weight of each council's own rate."""


def marshall_weights(counts: Sequence[tuple[int, int]]) -> Weights:
    """
    Weigh events among so many by the method of moments, chance being Poisson; needs a total above nought.

    The variance between is the weighted variance of the rates less what chance gives it, and never below nought.
    """
    total = sum(size for _, size in counts)
    pooled = Fraction(sum(events for events, _ in counts), total)
    held = [(events, size) for events, size in counts if size]
    spread = math.fsum(float(size * (Fraction(events, size) - pooled) ** 2) for events, size in held) / total
    between_variance = max(spread - float(pooled) * len(held) / total, 0.0)
    # A group without events has neither spread nor chance: nothing is weighed.
    chance = [float(pooled) / size if size else 0.0 for _, size in counts]
    known = between_variance > 0
    weights = [
        between_variance / (between_variance + own) if size and known else 0.0
        for (_, size), own in zip(counts, chance, strict=True)
    ]
    return pooled, between_variance, weights


def beta_binomial_weights(counts: Sequence[tuple[int, int]]) -> Weights:
    """
    Weigh shares by the method of moments, the rates being a beta variable; needs a total above nought.

    The correlation between two cases of one council is what the chi-squared statistic of homogeneity exceeds its
    degrees of freedom by, over the most that it could.
    """
    held = [Proportion(count, cases) for count, cases in counts if cases]
    total, councils = sum(rate.denominator for rate in held), len(held)
    pooled = Fraction(sum(rate.numerator for rate in held), total)
    test = homogeneity_test(held)
    excess = 0.0 if test is None or test.statistic is None else test.statistic - (councils - 1)
    most = total - sum(rate.denominator**2 for rate in held) / total - (councils - 1)
    correlation = min(max(excess / most, 0.0), 1.0) if most > 0.0 else 0.0
    weights = [cases * correlation / (cases * correlation + 1.0 - correlation) if cases else 0.0 for _, cases in counts]
    return pooled, correlation * float(pooled * (1 - pooled)), weights
