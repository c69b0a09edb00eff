"""
Empirical Bayes shrinkage: each council's rate moved towards its group's, the further the fewer its cases.

The rate of a council with few cases is mostly chance, and the spread of the group says how much of it is.
A shrunk rate is an estimate for weighing one council against others, never a published figure.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Sequence
from dataclasses import KW_ONLY
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, final

from lgsco._values import Choice, NonNegative, Probability, choice_of, value
from lgsco.comparison.groups import GroupRates, OfGroup, check_one_type, group_rates
from lgsco.errors import InvalidValue
from lgsco.model.authorities import Authority
from lgsco.model.measures import Measure
from lgsco.model.reviews import AnnualReview
from lgsco.stats.heterogeneity import homogeneity_test
from lgsco.stats.rates import PopulationRate, Proportion, pooled

if TYPE_CHECKING:
    from lgsco.model.authorities import Register


class ShrinkageMethod(Choice):
    """How the variance between councils is separated from that of chance."""

    BETA_BINOMIAL = "beta-binomial"
    """For shares: the councils' own rates are a beta variable, their counts binomial about them."""
    MARSHALL = "marshall"
    """For rare events among many: chance is taken to be Poisson. For a share near 1 it shrinks too far."""


@final
@value
class ShrunkRate:
    """
    One council's rate, and the estimate that it is moved to.

    ``weight`` is that of the council's own rate, from 0 to 1; the rest is that of the group's.
    Both are ``None`` for a council without cases, and where there is too little data of a group.
    """

    authority: Authority
    rate: Proportion | PopulationRate
    _: KW_ONLY
    estimate: NonNegative | None = None
    weight: Probability | None = None


@final
@value
class Shrinkage(OfGroup):
    """
    The rates of a group of councils, each moved towards the group's.

    There are no estimates of fewer than five rates or of less than half a group: ``insufficient_data`` then gives the
    reason.

    Raises:
        InvalidValue: a field is of the wrong type, or the method is for shares and the rates are per population.
    """

    group: GroupRates
    _: KW_ONLY
    method: ShrinkageMethod = ShrinkageMethod.BETA_BINOMIAL

    def __attrs_post_init__(self) -> None:
        if self.method is ShrinkageMethod.BETA_BINOMIAL and self.group.per is not None:
            reason = "is for shares of cases; for rates per population use 'marshall'"
            raise InvalidValue.at("method", self.method, reason)

    @property
    def pooled(self) -> Fraction | None:
        """The group's rate, towards which the councils' are moved; ``None`` where there is too little data."""
        return None if self._weights is None else self._weights[0] * (self.group.per or 1)

    @property
    def between_variance(self) -> float | None:
        """
        The estimated variance between the councils' underlying rates; ``None`` where there is too little data.

        Where it is zero, chance explains all differences, and every council is moved to the group's rate.
        """
        return None if self._weights is None else self._weights[1] * (self.group.per or 1) ** 2

    @property
    def points(self) -> tuple[ShrunkRate, ...]:
        """The members of the group with their estimates, in their order."""
        members, centre = self.group.members, self.pooled
        if self._weights is None or centre is None:
            return tuple(ShrunkRate(member.authority, member.rate) for member in members)
        return tuple(
            ShrunkRate(member.authority, member.rate)
            if member.rate.value is None
            else ShrunkRate(
                member.authority, member.rate, estimate=_between(member.rate.value, centre, weight), weight=weight
            )
            for member, weight in zip(members, self._weights[2], strict=True)
        )

    @functools.cached_property
    def _weights(self) -> Weights | None:
        """The pooled rate, the variance and the weights, by the method; ``None`` where there is too little data."""
        if self.insufficient_data is not None:
            return None
        weigh = marshall_weights if self.method is ShrinkageMethod.MARSHALL else beta_binomial_weights
        return weigh([_counts(member.rate) for member in self.group.members])


def shrink(
    reviews: Iterable[AnnualReview],
    measure: Measure[Any, Any],
    *,
    method: ShrinkageMethod | Literal["beta-binomial", "marshall"] = "beta-binomial",
    register: Register | None = None,
) -> Shrinkage:
    """
    Move the rates of the councils of a group, in one year, towards the group's pooled rate.

    Each keeps the weight that its number of cases has against the variance of the group: with few cases little, with
    many nearly all.

    Args:
        reviews: one for each council of one group.
        measure: gives a share, or a rate per population.
        method: "beta-binomial", for shares of cases, or "marshall", for rare events among many.
        register: gives the size of the group.

    Returns:
        The rates with their estimates, of which there are none for fewer than five rates, or less than half of a group
        (with a register).

    >>> from lgsco import AuthorityType, ReportingYear, published, uphold_rate
    >>> group = published.reviews(ReportingYear(2025), AuthorityType.COUNTY_COUNCIL)
    >>> shrunk = shrink(group, uphold_rate, register=published.register())
    >>> for point in shrunk.points[:3]:
    ...     print(f"{point.authority}: {point.rate}, moved to {point.estimate:.1%} with weight {point.weight:.2f}")
    Cambridgeshire County Council: 78% (18 of 23), moved to 84.4% with weight 0.40
    Derbyshire County Council: 93% (55 of 59), moved to 91.5% with weight 0.63
    Devon County Council: 85% (69 of 81), moved to 86.2% with weight 0.70

    Raises:
        EmptyInput: there are no reviews.
        NotComparable: they are of more than one year or, by their types, of more than one group, or a council is
            duplicated.
        InvalidValue: the method is not known, or is "beta-binomial" for a measure that gives no shares.

    Source: Marshall (1991), Applied Statistics 40, 283-294; Kleinman (1973), JASA 68, 46-54.
    """
    reviews = tuple(reviews)
    chosen = choice_of("method", method, ShrinkageMethod)
    group = group_rates(reviews, measure, register=register)
    check_one_type(reviews)
    return Shrinkage(group, method=chosen)


def _counts(rate: Proportion | PopulationRate) -> tuple[int, int]:
    """Return the events, and the cases or the residents that they are among."""
    if isinstance(rate, Proportion):
        return rate.numerator, rate.denominator
    return rate.events, rate.population.people


def _between(own: Fraction, centre: Fraction, weight: float) -> float:
    """Return the weighted mean of the council's own rate and the group's."""
    moved = float(centre) + weight * float(own - centre)
    # Never outside by the last bit of a float.
    return min(max(moved, float(min(own, centre))), float(max(own, centre)))


Weights = tuple[Fraction, float, list[float]]
"""The pooled rate, the variance between, and the weight of each council's own rate."""


def marshall_weights(counts: Sequence[tuple[int, int]]) -> Weights:
    """
    Weigh rates of rare events by the method of moments, chance being Poisson.

    The variance between is the weighted variance of the rates less what chance gives it, and never below zero.

    Args:
        counts: of each council, the events and the people (or cases) among whom they were; needs a total above zero.
    """
    total = sum(size for _, size in counts)
    centre = Fraction(sum(events for events, _ in counts), total)
    sized = [(events, size) for events, size in counts if size]
    spread = math.fsum(float(size * (Fraction(events, size) - centre) ** 2) for events, size in sized) / total
    between_variance = max(spread - float(centre) * len(sized) / total, 0.0)
    # A group without events has neither spread nor chance: nothing is weighed.
    chance = [float(centre) / size if size else 0.0 for _, size in counts]
    known = between_variance > 0
    weights = [
        between_variance / (between_variance + own) if size and known else 0.0
        for (_, size), own in zip(counts, chance, strict=True)
    ]
    return centre, between_variance, weights


def beta_binomial_weights(counts: Sequence[tuple[int, int]]) -> Weights:
    """
    Weigh shares by the method of moments, the rates being a beta variable.

    The correlation between two cases of one council is what the chi-squared statistic of homogeneity exceeds its
    degrees of freedom by, over the most that it could.

    Args:
        counts: of each council, those counted and all cases; needs a total above zero.
    """
    rates = [Proportion(count, cases) for count, cases in counts if cases]
    whole, councils = pooled(rates), len(rates)
    total = whole.denominator
    centre = Fraction(whole.numerator, total)
    test = homogeneity_test(rates)
    excess = 0.0 if test is None or test.statistic is None else test.statistic - (councils - 1)
    most = total - sum(rate.denominator**2 for rate in rates) / total - (councils - 1)
    correlation = min(max(excess / most, 0.0), 1.0) if most > 0.0 else 0.0
    weights = [cases * correlation / (cases * correlation + 1.0 - correlation) if cases else 0.0 for _, cases in counts]
    return centre, correlation * float(centre * (1 - centre)), weights
