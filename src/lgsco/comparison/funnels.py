"""
Funnels: the rates of a group of councils against control limits that widen where cases are few.

Source: D. J. Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in Medicine 24,
1185-1202.
"""

from __future__ import annotations

import functools
import math
from dataclasses import KW_ONLY
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, final

from lgsco._text import ShownAsTable
from lgsco._values import (
    Confidence,
    Constraint,
    PositiveCount,
    ShareLike,
    Text,
    choice_of,
    share_of,
    validate,
    value,
)
from lgsco.comparison.groups import GroupRates, OfGroup, check_one_type, group_rates
from lgsco.errors import InvalidValue
from lgsco.model.authorities import Authority, AuthorityType, authority_order, comparison_group
from lgsco.model.measures import Measure
from lgsco.model.reviews import AnnualReview
from lgsco.stats.control_limits import (
    ALARM,
    ALERT,
    LimitMethod,
    Position,
    arcsine_limits,
    beta_binomial_limits,
    exact_limits,
    exact_tails,
    is_outside,
    poisson_limits,
    position_from_limits,
    sampling_variance,
    z_of,
)
from lgsco.stats.distributions import is_rarer, normal_tail
from lgsco.stats.intervals import half_up
from lgsco.stats.overdispersion import (
    FunnelScale,
    Overdispersion,
    OverdispersionModel,
    Trimming,
    TrimmingLike,
    overdispersion,
)
from lgsco.stats.rates import PopulationRate, Proportion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lgsco.model.authorities import Register

Limits: TypeAlias = LimitMethod | Literal["score", "exact", "beta-binomial"]
Adjustment: TypeAlias = OverdispersionModel | Literal["additive", "multiplicative"]
Scale: TypeAlias = FunnelScale | Literal["linear", "arcsine"]


@final
@value
class FunnelPoint:
    """One council in a funnel; ``position`` is ``None`` where it has no cases, or where the funnel has no target."""

    authority: Authority
    rate: Proportion | PopulationRate
    _: KW_ONLY
    position: Position | None = None


def _check_target(target: object) -> str | None:
    """Return why something is not a target: a rate for so many residents may be above one."""
    return None if type(target) is Fraction and target >= 0 else "must be a Fraction of zero or more"


@final
@value
class Funnel(OfGroup, ShownAsTable):
    """
    The councils of a group against control limits about a target.

    ``target`` is the share (or the rate per population) from which all limits start, ``None`` where there is too little
    data for one; ``insufficient_data`` then gives the reason. ``target_is`` says what it is.
    ``overdispersion`` is what was estimated, ``adjustment`` what of it widened the limits, ``None`` for nothing.
    """

    group: GroupRates
    _: KW_ONLY
    target: Annotated[Fraction, Constraint(_check_target, schema={"pattern": "^[0-9]"})] | None
    target_is: Text
    limits: LimitMethod = LimitMethod.SCORE
    adjustment: OverdispersionModel | None = None
    overdispersion: Overdispersion | None = None
    scale: FunnelScale = FunnelScale.LINEAR

    @property
    def insufficient_data(self) -> str | None:
        """Why there is no target, or ``None`` where there is one."""
        return self.group.insufficient_data if self.target is None else None

    @property
    def points(self) -> tuple[FunnelPoint, ...]:
        """The members of the group with their positions, in their order."""
        return tuple(
            FunnelPoint(member.authority, member.rate, position=position)
            for member, position in zip(self.group.members, self._positions, strict=True)
        )

    @functools.cached_property
    def _positions(self) -> tuple[Position | None, ...]:
        """The position of each member; exact ones take long to compute."""
        return tuple(self.position(member.rate) for member in self.group.members)

    def as_table(self) -> tuple[str, list[str], list[list[str]]]:
        """
        Return the table by which a notebook shows the councils by name.

        Returns:
            The caption, the headings, and the rows.
        """
        group = "councils given" if self.group.type is None else self.group.type.label
        about = (
            f"no funnel: {self.insufficient_data}"
            if self.target is None
            else f"limits about {self._target_shown()}, {self.target_is}"
            + (f"; {self.spread}" if self.adjustment is not None else "")
        )
        rows = [
            [point.authority.name, str(point.rate), "-" if point.position is None else point.position.replace("_", " ")]
            for point in sorted(self.points, key=lambda point: authority_order(point.authority))
        ]
        caption = f"{self.measure.title} of {group}, {self.year}, by name; {about}"
        return caption, ["Council", "Rate", "Position"], rows or [["No council held", "-", "-"]]

    def _target_shown(self) -> str:
        """Return the target with one decimal, for a caption."""
        target, per = self.target or Fraction(0), self.group.per
        return f"{half_up(100 * target, 1)}%" if per is None else f"{half_up(target, 1)} per {per:,}"

    @property
    def spread(self) -> str:
        """How the limits allow for overdispersion, in words."""
        if self.overdispersion is None:
            return "the limits are those of chance alone"
        if self.adjustment is None:
            return (
                f"phi is {self.overdispersion.phi:.2f}, no more than chance gives; the limits are those of chance alone"
            )
        if self.adjustment is OverdispersionModel.ADDITIVE:
            between = f"{self.overdispersion.tau_squared:.4g} (tau squared)"
            return f"the limits are widened by a variance between councils of {between}"
        return f"the limits are widened by the root of phi, {self.overdispersion.phi:.2f}"

    def limits_at(self, cases: int, confidence: float = ALERT) -> tuple[float, float] | None:
        """
        Return the control limits at a number of cases, capped to what is possible; ``None`` without a target.

        Args:
            cases: the number of cases, or of residents for a rate per population.
            confidence: of the limits, between 0 and 1.

        Returns:
            The lower and the upper limit, as shares or in events for as many residents as the rates are for.

        Exact and beta-binomial limits are interpolated between counts, so that they are smooth; a count is within them
        exactly where its position is. They are capped where all cases lie within.

        Raises:
            InvalidValue: there are no cases, or the confidence is not between 0 and 1.
        """
        validate(cases=(cases, PositiveCount), confidence=(confidence, Confidence))
        if self.target is None:
            return None
        centre, per = float(self.target), self.group.per
        phi, tau_squared = self._widening()
        if per is not None and self.limits is LimitMethod.EXACT:
            low, high = poisson_limits(centre * cases / per, confidence)
            return low * per / cases, high * per / cases
        if self.limits is LimitMethod.EXACT:
            return exact_limits(cases, self.target, confidence)
        if self.limits is LimitMethod.BETA_BINOMIAL:
            return beta_binomial_limits(cases, self.target, confidence, tau_squared=tau_squared)
        if self.scale is FunnelScale.ARCSINE:
            return arcsine_limits(cases, self.target, confidence, tau_squared=tau_squared, phi=phi)
        variance = centre * (1.0 - centre) / cases if per is None else centre * per / cases
        reach = z_of(confidence) * math.sqrt(variance * phi + tau_squared)
        return max(centre - reach, 0.0), min(centre + reach, 1.0 if per is None else math.inf)

    def _widening(self) -> tuple[float, float]:
        """Return the factor on the variance of each council, and the variance between councils."""
        if self.overdispersion is None or self.adjustment is None:
            return 1.0, 0.0
        if self.adjustment is OverdispersionModel.MULTIPLICATIVE:
            return self.overdispersion.phi, 0.0
        return 1.0, self.overdispersion.tau_squared

    def _check_rate(self, rate: object) -> None:
        """Refuse what is not a rate of the kind that the funnel has."""
        validate(rate=(rate, Proportion if self.group.per is None else PopulationRate))

    def position(self, rate: Proportion | PopulationRate) -> Position | None:
        """
        Return where a rate lies against the 95% and 99.8% limits.

        Args:
            rate: of one council, by the measure of the funnel.

        Returns:
            The position; ``None`` without cases or without a target.

        By the score statistic, widened where the limits are, or by the exact tail probability of the count: under 2.5%
        is beyond the alert limit, under 0.1% beyond the alarm limit. On a limit is within.

        Raises:
            InvalidValue: it is not a rate of the funnel's kind.
        """
        self._check_rate(rate)
        if self.target is None or rate.value is None:
            return None
        return position_from_limits(rate.value > self.target, self._beyond(rate, rate.value, self.target))

    @property
    def outliers(self) -> tuple[FunnelPoint, ...]:
        """The councils outside the 95% limits, in the order of the points; a position is no rank."""
        return tuple(point for point in self.points if point.position not in {None, Position.WITHIN})

    def is_outside(self, rate: Proportion | PopulationRate, confidence: float = ALERT) -> bool | None:
        """
        Compare a rate with the limits of any level.

        Args:
            rate: of one council, by the measure of the funnel.
            confidence: of the limits, between 0 and 1.

        Returns:
            True where it is outside; ``None`` without cases or without a target.

        Raises:
            InvalidValue: it is not a rate of the funnel's kind, or the confidence is not between 0 and 1.
        """
        self._check_rate(rate)
        validate(confidence=(confidence, Confidence))
        if self.target is None or rate.value is None:
            return None
        return self._beyond(rate, rate.value, self.target)(confidence)

    def z_score(self, rate: Proportion | PopulationRate) -> float | None:
        """
        Return how many standard deviations a rate is from the target, widened where the limits are.

        Args:
            rate: of one council, by the measure of the funnel.

        Returns:
            ``None`` without cases or a target, where the target leaves no variance, and under exact and
            beta-binomial limits, which have no standard deviations.

        Raises:
            InvalidValue: it is not a rate of the funnel's kind.
        """
        self._check_rate(rate)
        if self.target is None or rate.value is None or self.limits is not LimitMethod.SCORE:
            return None
        gap, variance = self._deviation(rate, rate.value, self.target)
        return float(gap) / math.sqrt(variance) if variance else None

    def p_value(self, rate: Proportion | PopulationRate) -> float | None:
        """
        Return the two-sided p-value by which the position is decided, widened where the limits are.

        Args:
            rate: of one council, by the measure of the funnel.

        Returns:
            The p-value of the score statistic, or twice the smaller exact tail; ``None`` as for ``z_score``, but not
            under exact limits.

        Raises:
            InvalidValue: it is not a rate of the funnel's kind.
        """
        self._check_rate(rate)
        if self.target is None or rate.value is None:
            return None
        if self.limits is LimitMethod.SCORE:
            z = self.z_score(rate)
            return None if z is None else 2.0 * normal_tail(abs(z))
        among = self._widening()[1] if self.limits is LimitMethod.BETA_BINOMIAL else 0.0
        return min(2.0 * min(exact_tails(rate, self.target, among)), 1.0)

    def rows(self, *levels: float) -> tuple[dict[str, object], ...]:
        """
        Return a row for each council, in the order of the points: its counts, the target, z, p and limits.

        Args:
            levels: of the limits, each between 0 and 1; without any 0.95 and 0.998. The limits at 0.95 are the columns
                ``lower_95`` and ``upper_95``, at 0.998 ``lower_99_8`` and ``upper_99_8``.

        Returns:
            Rows of plain values. ``widened`` says what widened the limits, "additive" or "multiplicative", and is
            ``None`` where nothing did; rates and limits are shares, or events
            for as many residents as the rates are for.

        Raises:
            InvalidValue: a level is not between 0 and 1.
        """
        return tuple(self._row(point, levels or (ALERT, ALARM)) for point in self.points)

    def _row(self, point: FunnelPoint, levels: tuple[float, ...]) -> dict[str, object]:
        """Return the row of one council."""
        rate = point.rate
        count, size = (
            (rate.numerator, rate.denominator)
            if isinstance(rate, Proportion)
            else (rate.events, rate.population.people)
        )
        row: dict[str, object] = {
            "authority": point.authority.name,
            "numerator": count,
            "denominator": size,
            "target": None if self.target is None else float(self.target),
            "position": None if point.position is None else point.position.value,
            "z_score": self.z_score(rate),
            "p_value": self.p_value(rate),
            "widened": None if self.adjustment is None else self.adjustment.value,
        }
        for level in levels:
            pair = self.limits_at(size, level) if size else None
            name = f"{100 * level:.10g}".replace(".", "_")
            row[f"lower_{name}"], row[f"upper_{name}"] = (None, None) if pair is None else pair
        return row

    def _beyond(self, rate: Proportion | PopulationRate, share: Fraction, target: Fraction) -> Callable[[float], bool]:
        """Return a function that tells whether a rate is beyond the limits of a confidence."""
        if self.limits is not LimitMethod.SCORE:
            among = self._widening()[1] if self.limits is LimitMethod.BETA_BINOMIAL else 0.0
            rarest = min(exact_tails(rate, target, among))
            return lambda confidence: is_rarer(rarest, (1.0 - confidence) / 2.0)
        gap, variance = self._deviation(rate, share, target)
        if isinstance(variance, Fraction):
            exact = variance
            return lambda confidence: is_outside(share, target, exact, confidence)
        distance, spread = abs(float(gap)), math.sqrt(variance)
        return lambda confidence: distance > z_of(confidence) * spread

    def _deviation(
        self, rate: Proportion | PopulationRate, share: Fraction, target: Fraction
    ) -> tuple[Fraction | float, Fraction | float]:
        """Return how far a rate is from the target and its variance, widened where the limits are; exact if linear."""
        phi, tau_squared = self._widening()
        if self.scale is FunnelScale.ARCSINE and isinstance(rate, Proportion):
            return _angle(share) - _angle(target), phi / (4.0 * rate.denominator) + tau_squared
        variance = sampling_variance(rate, target)
        if phi != 1.0 or tau_squared:
            variance = variance * Fraction(phi) + Fraction(tau_squared)
        return share - target, variance


def _angle(share: Fraction) -> float:
    """Return the arcsine of the root of a share, of which the variance depends on the cases alone."""
    return math.asin(math.sqrt(share))


def funnel(  # noqa: PLR0913  # each is a choice that the reader of a funnel must know of
    reviews: Iterable[AnnualReview],
    measure: Measure[Any, Any],
    *,
    target: ShareLike | None = None,
    limits: Limits = "score",
    overdispersion: Adjustment | None = None,
    scale: Scale = "linear",
    trimming: TrimmingLike = "winsorise",
    register: Register | None = None,
) -> Funnel:
    """
    Set the councils of a group, in one year, against control limits about a target.

    Args:
        reviews: one for each council of one group.
        measure: gives a share, or a rate per population.
        target: a share from 0 to 1, or a Fraction for a rate per population; without one it is the pooled rate of the
            councils.
        limits: "score", "exact", which allow for no overdispersion, or "beta-binomial", exact ones that allow for the
            additive.
        overdispersion: "additive" or "multiplicative" widens score limits where the councils differ by more than chance
            gives; ``None`` leaves them.
        scale: "linear", or "arcsine" for shares.
        trimming: "winsorise" or "truncate" the outermost z-scores, from which the overdispersion is estimated.
        register: gives the size of the group.

    Returns:
        The funnel. Without a target of the caller's there are no positions for fewer than five rates, or less than half
        of a group (with a register), and it has the reason. Councils without cases are points without a position.

    >>> from lgsco import AuthorityType, ReportingYear, published, uphold_rate
    >>> group = published.reviews(ReportingYear(2025), AuthorityType.COUNTY_COUNCIL)
    >>> counties = funnel(group, uphold_rate, register=published.register())
    >>> print(counties.target, counties.group.coverage)
    782/883 71% (15 of 21)
    >>> for point in counties.outliers:
    ...     print(point.authority, point.rate, point.position)
    East Sussex County Council 75% (21 of 28) below_alert
    Essex County Council 95% (183 of 193) above_alert

    Raises:
        EmptyInput: there are no reviews.
        NotComparable: they are of more than one year or, by their types, of more than one group, or a council is
            duplicated.
        InvalidValue: the target, or one of the named choices, is not allowed.
    """
    reviews = tuple(reviews)
    method, adjustment, drawn = _chosen(limits, overdispersion, scale)
    trimmed = choice_of("trimming", trimming, Trimming)
    group = group_rates(reviews, measure, register=register)
    check_one_type(reviews)
    if group.per is not None:
        if drawn is FunnelScale.ARCSINE:
            raise InvalidValue.at("scale", scale, "is for shares; rates per population are drawn on the plain scale")
        if method is LimitMethod.BETA_BINOMIAL:
            raise InvalidValue.at("limits", limits, "are for shares; for rates per population use 'score' or 'exact'")
    pooled = None if group.insufficient_data else group.pooled.value
    centre = pooled if target is None else _target_of(target, group)
    rates = [member.rate for member in group.members if member.rate.value is not None]
    estimated = None
    if (
        adjustment is not None
        and centre is not None
        and len(rates) > 1
        and sampling_variance(rates[0], centre) > _NO_VARIANCE
    ):
        estimated = _estimated(rates, centre, drawn, trimmed)
        needed = estimated.tau_squared > 0.0 if adjustment is OverdispersionModel.ADDITIVE else estimated.phi > 1.0
        adjustment = adjustment if needed else None
    return Funnel(
        group,
        target=centre,
        target_is="share that was asked for" if target is not None else f"average of the {len(rates)} councils shown",
        limits=method,
        adjustment=adjustment if estimated is not None else None,
        overdispersion=estimated,
        scale=drawn,
    )


_NO_VARIANCE = 1e-100
"""So near to 0 or 1 that z-scores would be beyond what a float can hold when squared."""


def funnels_by_group(
    reviews: Iterable[AnnualReview], measure: Measure[Any, Any], *, register: Register | None = None
) -> dict[AuthorityType, Funnel]:
    """
    Return a funnel for each comparison group among the reviews, in the Ombudsman's order of groups.

    Args:
        reviews: of councils of any groups, in one year.
        measure: as for ``funnel``.
        register: gives the group of each council; without one it is its type.

    Returns:
        The funnel of each group that has a review; councils in no group are in none.

    Raises:
        NotComparable, InvalidValue: as ``funnel``.
    """
    reviews = tuple(reviews)
    validate(reviews=(reviews, tuple[AnnualReview, ...]))
    groups = {
        kind: [review for review in reviews if comparison_group(review.authority, register, review.year.end) is kind]
        for kind in AuthorityType
        if kind.is_comparison_group
    }
    return {kind: funnel(group, measure, register=register) for kind, group in groups.items() if group}


def _chosen(
    limits: Limits, overdispersion: Adjustment | None, scale: Scale
) -> tuple[LimitMethod, OverdispersionModel | None, FunnelScale]:
    """Return the choices as members of their enumerations; refuse those that do not go together."""
    method = choice_of("limits", limits, LimitMethod)
    adjustment = None if overdispersion is None else choice_of("overdispersion", overdispersion, OverdispersionModel)
    drawn = choice_of("scale", scale, FunnelScale)
    if method is LimitMethod.EXACT and (adjustment is not None or drawn is not FunnelScale.LINEAR):
        raise InvalidValue.at("limits", limits, "allow for no overdispersion and no other scale; use 'score'")
    if method is LimitMethod.BETA_BINOMIAL:
        if adjustment is OverdispersionModel.MULTIPLICATIVE or drawn is not FunnelScale.LINEAR:
            raise InvalidValue.at("limits", limits, "allow for additive overdispersion on the plain scale alone")
        # A spread between councils is what they are made of.
        adjustment = OverdispersionModel.ADDITIVE
    return method, adjustment, drawn


def _target_of(target: object, group: GroupRates) -> Fraction:
    """Return the target of the caller's as an exact rate of the kind that the group has."""
    if group.per is None:
        return share_of("target", target)
    if type(target) is not Fraction or target < 0:
        raise InvalidValue.at("target", target, "must be a Fraction of zero or more")
    return target


def _estimated(
    rates: Sequence[Proportion | PopulationRate], target: Fraction, scale: FunnelScale, trimming: Trimming
) -> Overdispersion:
    """Return the overdispersion of the rates about the target."""
    if scale is FunnelScale.ARCSINE:
        shares = [rate for rate in rates if isinstance(rate, Proportion)]
        variances = [1.0 / (4.0 * rate.denominator) for rate in shares]
        gaps = [_angle(Fraction(rate.numerator, rate.denominator)) - _angle(target) for rate in shares]
    else:
        variances = [float(sampling_variance(rate, target)) for rate in rates]
        gaps = [float(rate.value - target) for rate in rates if rate.value is not None]
    z_scores = [gap / math.sqrt(variance) for gap, variance in zip(gaps, variances, strict=True)]
    return overdispersion(z_scores, variances, trimming=trimming, scale=scale.value)
