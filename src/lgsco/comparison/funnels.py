"""
Funnels: where the rate of each council of a group lies between limits that widen as its cases get fewer.

Source: D. J. Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in Medicine 24,
1185-1202.
"""

from __future__ import annotations

import math
from dataclasses import KW_ONLY
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, final

from lgsco._text import ShownAsTable
from lgsco._values import (
    Confidence,
    Constraint,
    Count,
    PositiveCount,
    ShareLike,
    Text,
    choice_of,
    evolve,
    share_of,
    validate,
    value,
)
from lgsco.comparison.groups import insufficient_data
from lgsco.errors import EmptyInput, InvalidValue, NotComparable
from lgsco.model.authorities import Authority, AuthorityType, authority_order, comparison_group
from lgsco.model.measures import Measure
from lgsco.model.reviews import AnnualReview
from lgsco.model.years import ReportingYear
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
from lgsco.stats.overdispersion import FunnelScale, Overdispersion, OverdispersionModel, Trimming, overdispersion
from lgsco.stats.rates import PopulationRate, Proportion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lgsco.model.authorities import Register

__all__ = ["Funnel", "FunnelPoint", "funnel", "funnels_by_group", "refuse_mixed"]


@final
@value
class FunnelPoint:
    """One council in a funnel; ``position`` is ``None`` where it has no cases, or where the funnel has no target."""

    authority: Authority
    rate: Proportion | PopulationRate
    _: KW_ONLY
    position: Position | None = None


def _why_no_target(held: object) -> str | None:
    return None if type(held) is Fraction and held >= 0 else "must be a Fraction of nought or more"


@final
@value
class Funnel(ShownAsTable):
    """
    The councils of a group against limits about a target.

    ``target`` is the share (or the rate for so many residents) from which all limits start, ``None`` where too little
    is held to have one; ``insufficient_data`` then says why. ``target_is`` says what it is.
    ``overdispersion`` is what was estimated, ``adjustment`` what of it widened the limits, ``None`` for nothing.
    """

    measure: Measure[Any, Any]
    year: ReportingYear
    _: KW_ONLY
    points: tuple[FunnelPoint, ...]
    target: Annotated[Fraction, Constraint(_why_no_target)] | None
    target_is: Text
    limits: LimitMethod = LimitMethod.SCORE
    adjustment: OverdispersionModel | None = None
    overdispersion: Overdispersion | None = None
    scale: FunnelScale = FunnelScale.LINEAR
    group: AuthorityType | None = None
    group_size: Count | None = None
    missing: tuple[Authority, ...] = ()
    insufficient_data: Text | None = None

    def as_table(self) -> tuple[str, list[str], list[list[str]]]:
        """Give the table by which a notebook shows the councils by name, each with its rate and its position."""
        group = "councils given" if self.group is None else self.group.label
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
        target, per = self.target or Fraction(0), self._per()
        return f"{half_up(100 * target, 1)}%" if per is None else f"{half_up(target, 1)} per {per:,}"

    def _per(self) -> int | None:
        """Give for how many residents the rates are; ``None`` where they are shares."""
        return next((point.rate.per for point in self.points if isinstance(point.rate, PopulationRate)), None)

    @property
    def coverage(self) -> Proportion | None:
        """How many councils of the group are held; ``None`` where its size is not known."""
        if self.group_size is None or len(self.points) > self.group_size:
            return None
        return Proportion(len(self.points), self.group_size)

    @property
    def spread(self) -> str:
        """Whether the limits allow for over-dispersion, and why, in words."""
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
        Give the limits for so many cases (or residents), capped to what is possible; ``None`` without a target.

        Exact and beta-binomial limits are interpolated between counts, so that they are smooth; a count is within them
        exactly where its position is. They are capped where all cases lie within.

        Raises:
            InvalidValue: there are no cases, or the confidence is not between 0 and 1.
        """
        validate(cases=(cases, PositiveCount), confidence=(confidence, Confidence))
        if self.target is None:
            return None
        per = self._per()
        if per is not None:
            return self._population_limits(cases, confidence, per)
        if self.limits is LimitMethod.EXACT:
            return exact_limits(cases, self.target, confidence)
        phi, tau_squared = self._widening()
        if self.limits is LimitMethod.BETA_BINOMIAL:
            return beta_binomial_limits(cases, self.target, confidence, tau_squared=tau_squared)
        if self.scale is FunnelScale.ARCSINE:
            return arcsine_limits(cases, self.target, confidence, tau_squared=tau_squared, phi=phi)
        middle = float(self.target)
        reach = z_of(confidence) * math.sqrt(middle * (1.0 - middle) / cases * phi + tau_squared)
        return max(middle - reach, 0.0), min(middle + reach, 1.0)

    def _population_limits(self, people: int, confidence: float, per: int) -> tuple[float, float]:
        middle = float(self.target or 0)
        if self.limits is LimitMethod.EXACT:
            low, high = poisson_limits(middle * people / per, confidence)
            return low * per / people, high * per / people
        phi, tau_squared = self._widening()
        reach = z_of(confidence) * math.sqrt(middle * per / people * phi + tau_squared)
        return max(middle - reach, 0.0), middle + reach

    def _widening(self) -> tuple[float, float]:
        """Give the factor on the variance of each council, and the variance between councils."""
        if self.overdispersion is None or self.adjustment is None:
            return 1.0, 0.0
        if self.adjustment is OverdispersionModel.MULTIPLICATIVE:
            return self.overdispersion.phi, 0.0
        return 1.0, self.overdispersion.tau_squared

    def position(self, rate: Proportion | PopulationRate) -> Position | None:
        """
        Give where a rate lies against the 95% and 99.8% limits; ``None`` without cases or without a target.

        By the score statistic, widened where the limits are, or by the exact tail probability of the count: under 2.5%
        is beyond the alert limit, under 0.1% beyond the alarm limit. On a limit is within.
        """
        if self.target is None or rate.value is None:
            return None
        return position_from_limits(rate.value > self.target, self._beyond(rate, rate.value, self.target))

    @property
    def outliers(self) -> tuple[FunnelPoint, ...]:
        """The councils outside the 95% limits, in the order of the points; a position is no rank."""
        return tuple(point for point in self.points if point.position not in {None, Position.WITHIN})

    def is_outside(self, rate: Proportion | PopulationRate, confidence: float = ALERT) -> bool | None:
        """
        Whether a rate is outside the limits of any level; ``None`` without cases or without a target.

        Raises:
            InvalidValue: the confidence is not between 0 and 1.
        """
        validate(confidence=(confidence, Confidence))
        if self.target is None or rate.value is None:
            return None
        return self._beyond(rate, rate.value, self.target)(confidence)

    def z_score(self, rate: Proportion | PopulationRate) -> float | None:
        """
        Return how many standard deviations a rate is from the target, widened where the limits are.

        ``None`` without cases or a target, where the target leaves no variance, and under exact and beta-binomial
        limits, which have no standard deviations.
        """
        if self.target is None or rate.value is None or self.limits is not LimitMethod.SCORE:
            return None
        phi, tau_squared = self._widening()
        if self.scale is FunnelScale.ARCSINE and isinstance(rate, Proportion):
            gap = math.asin(math.sqrt(rate.value)) - math.asin(math.sqrt(self.target))
            return gap / math.sqrt(phi / (4.0 * rate.denominator) + tau_squared)
        variance = float(sampling_variance(rate, self.target)) * phi + tau_squared
        return float(rate.value - self.target) / math.sqrt(variance) if variance else None

    def p_value(self, rate: Proportion | PopulationRate) -> float | None:
        """
        Return the two-sided p-value by which the position is decided, widened where the limits are.

        Of the score statistic, or twice the smaller exact tail. ``None`` as ``z_score``, but for exact limits.
        """
        if self.target is None or rate.value is None:
            return None
        if self.limits is LimitMethod.SCORE:
            z = self.z_score(rate)
            return None if z is None else min(2.0 * normal_tail(abs(z)), 1.0)
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
            ``None`` where nothing did; rates and limits are shares, or events for so many residents.

        Raises:
            InvalidValue: a level is not between 0 and 1.
        """
        return tuple(self._row(point, levels or (ALERT, ALARM)) for point in self.points)

    def _row(self, point: FunnelPoint, levels: tuple[float, ...]) -> dict[str, object]:
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
        """Give what tells whether a rate is beyond the limits of a confidence."""
        phi, tau_squared = self._widening()
        if self.limits is not LimitMethod.SCORE:
            among = tau_squared if self.limits is LimitMethod.BETA_BINOMIAL else 0.0
            rarest = min(exact_tails(rate, target, among))
            return lambda confidence: is_rarer(rarest, (1.0 - confidence) / 2.0)
        if self.scale is FunnelScale.ARCSINE and isinstance(rate, Proportion):
            gap = abs(math.asin(math.sqrt(share)) - math.asin(math.sqrt(target)))
            spread = math.sqrt(phi / (4.0 * rate.denominator) + tau_squared)
            return lambda confidence: gap > z_of(confidence) * spread
        variance = sampling_variance(rate, target)
        if phi != 1.0 or tau_squared:
            variance = variance * Fraction(phi) + Fraction(tau_squared)
        return lambda confidence: is_outside(share, target, variance, confidence)


def funnel(  # noqa: PLR0913  # each is a choice that the reader of a funnel must know of
    reviews: Iterable[AnnualReview],
    measure: Measure[Any, Any],
    *,
    target: ShareLike | None = None,
    limits: str = "score",
    overdispersion: str | None = None,
    scale: str = "linear",
    trimming: str = "winsorise",
    register: Register | None = None,
) -> Funnel:
    """
    Set the councils of a group, in one year, against limits about a target.

    The target is the pooled rate of the councils given, or one that the caller gives.
    Without one there is no funnel of fewer than five rates, nor of less than half of a group (with a register): its
    points are then without positions, and it says why. Councils with no cases are points without a position.
    With ``overdispersion`` "additive" or "multiplicative" the limits widen where the councils differ by more than
    chance gives; "exact" limits allow for none, and "beta-binomial" limits are exact ones that allow for the additive.

    >>> from lgsco import published, uphold_rate
    >>> group = published.reviews(ReportingYear(2025), AuthorityType.COUNTY_COUNCIL)
    >>> counties = funnel(group, uphold_rate, register=published.register())
    >>> print(counties.target, counties.coverage)
    782/883 71% (15 of 21)
    >>> for point in counties.points:
    ...     if point.position is not Position.WITHIN:
    ...         print(point.authority, point.rate, point.position)
    East Sussex County Council 75% (21 of 28) below_alert
    Essex County Council 95% (183 of 193) above_alert

    Raises:
        EmptyInput: there are no reviews.
        NotComparable: they are of more than one year or, by their types, of more than one group, or one stands twice.
        InvalidValue: the target, or one of the named choices, is not allowed.
    """
    given = tuple(reviews)
    method, adjustment, drawn = _chosen(limits, overdispersion, scale)
    trimmed = choice_of("trimming", trimming, Trimming)
    refuse_mixed(given)
    rates = [(review.authority, measure(review)) for review in given]
    points = [(authority, rate) for authority, rate in rates if rate is not None]
    if any(isinstance(rate, PopulationRate) for _, rate in points):
        if drawn is FunnelScale.ARCSINE:
            raise InvalidValue.at("scale", scale, "is for shares; rates per population are drawn on the plain scale")
        if method is LimitMethod.BETA_BINOMIAL:
            raise InvalidValue.at("limits", limits, "are for shares; for rates per population use 'score' or 'exact'")
    shares = [rate for _, rate in points if rate.value is not None]
    groups = {comparison_group(review.authority, register, review.year.end) for review in given}
    group = groups.pop() if len(groups) == 1 else None
    size = None if register is None or group is None else len(register.in_group(group, given[0].year.end))
    words = None
    if target is None:
        words = insufficient_data(len(shares), len(points), size)
        middle = None if words else _pooled([rate for _, rate in points])
    else:
        middle = _checked_target(target, shares)
    estimated = None
    if adjustment is not None and middle is not None and len(shares) > 1 and sampling_variance(shares[0], middle) > 0:
        estimated = _estimated(shares, middle, drawn, trimmed)
        needed = estimated.tau_squared > 0.0 if adjustment is OverdispersionModel.ADDITIVE else estimated.phi > 1.0
        adjustment = adjustment if needed else None
    bare = Funnel(
        measure,
        given[0].year,
        points=tuple(FunnelPoint(authority, rate) for authority, rate in points),
        target=middle,
        target_is="given by the caller" if target is not None else "the pooled rate of the councils held",
        limits=method,
        adjustment=adjustment if estimated is not None else None,
        overdispersion=estimated,
        scale=drawn,
        group=group,
        group_size=size,
        missing=tuple(authority for authority, rate in rates if rate is None),
        insufficient_data=words,
    )
    return evolve(bare, points=tuple(evolve(point, position=bare.position(point.rate)) for point in bare.points))


def funnels_by_group(
    reviews: Iterable[AnnualReview], measure: Measure[Any, Any], *, register: Register | None = None
) -> dict[AuthorityType, Funnel]:
    """
    Give a funnel for each comparison group of which reviews are given, in the Ombudsman's order of groups.

    With a register a council belongs to the group that the register gives, without one to that of its type.

    Raises:
        EmptyInput, NotComparable: as ``funnel``.
    """
    given = tuple(reviews)
    groups = {
        kind: [review for review in given if comparison_group(review.authority, register, review.year.end) is kind]
        for kind in AuthorityType
        if kind.is_comparison_group
    }
    return {kind: funnel(group, measure, register=register) for kind, group in groups.items() if group}


def _chosen(
    limits: str, overdispersion: str | None, scale: str
) -> tuple[LimitMethod, OverdispersionModel | None, FunnelScale]:
    for name, held, kind in (
        ("limits", limits, LimitMethod),
        ("overdispersion", overdispersion, OverdispersionModel),
        ("scale", scale, FunnelScale),
    ):
        if held not in list(kind) and not (name == "overdispersion" and held is None):
            raise InvalidValue.at(name, held, f"must be one of {', '.join(kind)}")
    if limits == LimitMethod.EXACT and (overdispersion is not None or scale != FunnelScale.LINEAR):
        raise InvalidValue.at("limits", limits, "allow for no over-dispersion and no other scale; use 'score'")
    if limits == LimitMethod.BETA_BINOMIAL:
        if overdispersion == OverdispersionModel.MULTIPLICATIVE or scale != FunnelScale.LINEAR:
            raise InvalidValue.at("limits", limits, "allow for additive over-dispersion on the plain scale alone")
        # A spread between councils is what they are made of.
        overdispersion = OverdispersionModel.ADDITIVE
    return (
        LimitMethod(limits),
        None if overdispersion is None else OverdispersionModel(overdispersion),
        FunnelScale(scale),
    )


def refuse_mixed(given: Sequence[AnnualReview]) -> None:
    """
    Refuse reviews that are not of one year and one group, each council once.

    Raises:
        EmptyInput, NotComparable: as ``funnel``.
    """
    if not given:
        raise EmptyInput("no reviews to set in a funnel")
    seen: set[Authority] = set()
    for review in given:
        if review.year != given[0].year:
            raise NotComparable("year", str(given[0].year), str(review.year))
        if review.authority.type is not given[0].authority.type:
            raise NotComparable("group", given[0].authority.type.label, review.authority.type.label)
        if review.authority in seen:
            raise NotComparable("council", "each council once", f"{review.authority} twice")
        seen.add(review.authority)


def _pooled(rates: Sequence[Proportion | PopulationRate]) -> Fraction:
    events = sum(rate.numerator if isinstance(rate, Proportion) else rate.events * rate.per for rate in rates)
    return Fraction(
        events, sum(rate.denominator if isinstance(rate, Proportion) else rate.population.people for rate in rates)
    )


def _checked_target(target: object, rates: Sequence[Proportion | PopulationRate]) -> Fraction:
    if not any(isinstance(rate, PopulationRate) for rate in rates):
        return share_of("target", target)
    # A rate for so many residents may be above one.
    if type(target) is not Fraction or target < 0:
        raise InvalidValue.at("target", target, "must be a Fraction of zero or more")
    return target


def _estimated(
    rates: Sequence[Proportion | PopulationRate], target: Fraction, scale: FunnelScale, trimming: Trimming
) -> Overdispersion:
    if scale is FunnelScale.ARCSINE:
        shares = [rate for rate in rates if isinstance(rate, Proportion)]
        middle = math.asin(math.sqrt(target))
        variances = [1.0 / (4.0 * rate.denominator) for rate in shares]
        gaps = [math.asin(math.sqrt(rate.numerator / rate.denominator)) - middle for rate in shares]
    else:
        variances = [float(sampling_variance(rate, target)) for rate in rates]
        gaps = [float(rate.value - target) for rate in rates if rate.value is not None]
    z_scores = [gap / math.sqrt(variance) if variance else 0.0 for gap, variance in zip(gaps, variances, strict=True)]
    return overdispersion(z_scores, variances, trimming=trimming, scale=scale.value)
