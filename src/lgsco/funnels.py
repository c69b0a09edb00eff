"""
Funnels: where the rate of a council lies between limits that widen as its cases get fewer.

A position is decided, never drawn: by the score statistic, or by the exact tail probability of the count.
Source: D. J. Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in Medicine 24,
1185-1202.
"""

from __future__ import annotations

import functools
import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any, final

import attrs

from lgsco._distributions import (
    beta_quantile,
    binomial_mass,
    binomial_tails,
    gamma_quantile,
    gamma_tails,
    normal_quantile,
)
from lgsco._values import (
    Rule,
    Slug,
    a_confidence,
    a_count_or_none,
    a_text,
    a_text_or_none,
    each,
    instance_of,
    one_of,
    optional,
    tuple_of,
    value,
)
from lgsco.authorities import Authority, AuthorityType, comparison_group
from lgsco.casework import ReportingYear
from lgsco.errors import InvalidField, NotComparable, NothingToCombine
from lgsco.inference import too_little
from lgsco.measures import Measure
from lgsco.rates import PopulationRate, Proportion
from lgsco.tallies import AnnualReview

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lgsco.authorities import Register

__all__ = [
    "Adjustment",
    "Funnel",
    "FunnelPoint",
    "LimitMethod",
    "Overdispersion",
    "Position",
    "Scale",
    "arcsine_limits",
    "exact_limits",
    "funnel",
    "funnels_by_group",
    "overdispersion",
    "position_of",
    "refuse_mixed",
    "smallest_detectable",
]

ALERT, ALARM = 0.95, 0.998
"""The two usual control limits: about two and about three standard deviations from the target."""


class Position(Slug):
    """Where a rate lies against the limits of a funnel; on a limit is within."""

    BELOW_ALARM = "below_alarm"
    BELOW_ALERT = "below_alert"
    WITHIN = "within"
    ABOVE_ALERT = "above_alert"
    ABOVE_ALARM = "above_alarm"


class LimitMethod(Slug):
    """How limits are made and positions decided."""

    SCORE = "score"
    """From the normal approximation with the target's variance; agrees with Wilson intervals and the score test."""
    EXACT = "exact"
    """From binomial (or Poisson) probabilities; agrees with the doubled exact test."""


class Adjustment(Slug):
    """How limits allow for councils that differ more than chance would have them differ."""

    ADDITIVE = "additive"
    """A variance between councils, tau squared, is added to that of each."""
    MULTIPLICATIVE = "multiplicative"
    """The variance of each is multiplied by phi."""


def _why_not_positive(held: object) -> str | None:
    return None if type(held) is float and math.isfinite(held) and held >= 0.0 else "must be a float of nought or more"


@final
@value(kw_only=True)
class Overdispersion:
    """
    How much more the councils differ than chance alone would have them differ.

    ``phi`` is the mean squared z-score, 1 where chance explains all. ``tau_squared`` is the variance between councils.
    ``units`` counts the z-scores used.

    Raises:
        InvalidField: a number is negative or not finite (InvalidFields where there are several).
    """

    phi: float = attrs.field(validator=Rule(_why_not_positive))
    tau_squared: float = attrs.field(validator=Rule(_why_not_positive))
    units: int = attrs.field(validator=instance_of(int))
    scale: str = attrs.field(validator=a_text)
    """"plain" or "arcsine": on what scale the z-scores were taken."""
    trimming: str = attrs.field(validator=a_text)
    """"winsorise" (the outermost z-scores pulled in) or "truncate" (left out), and how many on each side."""


def overdispersion(
    z_scores: Sequence[float],
    variances: Sequence[float],
    *,
    trim: float = 0.1,
    trimming: str = "winsorise",
    scale: str = "plain",
) -> Overdispersion:
    """
    Estimate phi and tau squared from z-scores and the variances on whose scale they were taken.

    The outermost tenth on each side is pulled in to the tenth's edge ("winsorise") or left out ("truncate"), so that
    the few real outliers do not widen the limits that should show them. tau squared is nought where phi is no more than
    chance gives.

    Raises:
        NothingToCombine: there are fewer than two z-scores.
        InvalidField: the trim is not from 0 to below one half, or the trimming is not known.

    Source: Spiegelhalter (2005); Spiegelhalter, Sherlaw-Johnson, Bardsley and others (2012), JRSS A 175, 1-47.
    """
    if trimming not in {"winsorise", "truncate"}:
        raise InvalidField("trimming", trimming, "must be 'winsorise' or 'truncate'")
    if not (type(trim) is float and 0.0 <= trim < 0.5):  # noqa: PLR2004  # a half would leave nothing
        raise InvalidField("trim", trim, "must be a float from 0 to below 0.5")
    if len(z_scores) < 2:  # noqa: PLR2004  # one value has no spread
        raise NothingToCombine("over-dispersion needs at least two councils with cases")
    ordered = sorted(z_scores)
    low, high = _quantile(ordered, trim), _quantile(ordered, 1.0 - trim)
    kept = sorted(zip(z_scores, variances, strict=True))
    if trimming == "truncate":
        # By rank, as FunnelPlotR does; at least one is always left, since less than half goes on either side.
        dropped = math.floor(trim * len(kept))
        kept, low, high = kept[dropped : len(kept) - dropped], -math.inf, math.inf
    squares = [min(max(z, low), high) ** 2 for z, _ in kept]
    units = len(kept)
    phi = math.fsum(squares) / units
    weights = [1.0 / v for _, v in kept]
    total = math.fsum(weights)
    spare = total - math.fsum(weight * weight for weight in weights) / total
    tau_squared = max((units * phi - (units - 1)) / spare, 0.0) if spare > 0.0 else 0.0
    return Overdispersion(
        phi=phi,
        tau_squared=tau_squared,
        units=units,
        scale=scale,
        trimming=f"{trimming}, {trim:g} on each side",
    )


def _quantile(ordered: Sequence[float], share: float) -> float:
    """The quantile between order statistics; Hyndman and Fan (1996), type 7."""
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def exact_limits(total: int, target: Fraction, confidence: float) -> tuple[float, float]:
    """
    Give exact binomial limits for drawing, interpolated between counts so that they are smooth; shares from 0 to 1.

    At n of n they lie below 1, so that they must not decide a position: ``Funnel.position`` does, by the tail itself.

    Source: Spiegelhalter (2005), appendix A.1.1.
    """
    tail = (1.0 - confidence) / 2.0
    return (
        min(max(_interpolated(total, float(target), tail), 0.0), float(total)) / total,
        min(max(_interpolated(total, float(target), 1.0 - tail), 0.0), float(total)) / total,
    )


def _interpolated(total: int, rate: float, probability: float) -> float:
    """Give the count, in between whole ones, that a binomial variable is at most with this probability."""
    low, high = 0, total
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if binomial_tails(middle, total, rate)[0] >= probability else (middle + 1, high)
    mass = binomial_mass(low, total, rate)
    return low - (binomial_tails(low, total, rate)[0] - probability) / mass if mass > 0.0 else float(low)


class Scale(Slug):
    """On what scale over-dispersion is estimated and its limits are drawn."""

    PLAIN = "plain"
    ARCSINE = "arcsine"
    """The arcsine of the root of a share, on which its variance hardly depends on it."""


def arcsine_limits(
    total: int, target: Fraction, confidence: float, *, tau_squared: float = 0.0, phi: float = 1.0
) -> tuple[float, float]:
    """
    Give limits on the arcsine scale, turned back into shares; the angle is held between nought and a right angle.

    Source: Spiegelhalter (2005); Spiegelhalter and others (2012), JRSS A 175, 1-47.
    """
    middle = math.asin(math.sqrt(float(target)))
    reach = _z(confidence) * math.sqrt(phi / (4.0 * total) + tau_squared)
    return (
        math.sin(max(middle - reach, 0.0)) ** 2,
        math.sin(min(middle + reach, math.pi / 2.0)) ** 2,
    )


@functools.cache
def _z(confidence: float) -> float:
    return -normal_quantile((1.0 - confidence) / 2.0)


def _own_variance(rate: Proportion | PopulationRate, target: Fraction) -> Fraction:
    """Give the variance that chance gives a rate whose cases are so many, about the target."""
    if isinstance(rate, Proportion):
        return target * (1 - target) / rate.denominator
    return target * rate.per / rate.population.people


def _tails(rate: Proportion | PopulationRate, target: Fraction) -> tuple[float, float]:
    """Give the exact probabilities of at most and of at least so many, at the target."""
    if isinstance(rate, Proportion):
        return binomial_tails(rate.numerator, rate.denominator, float(target))
    expected = float(target * rate.population.people / rate.per)
    if expected == 0.0:
        return 1.0, float(rate.events == 0)
    return gamma_tails(expected, rate.events + 1)[1], 1.0 if rate.events == 0 else gamma_tails(expected, rate.events)[0]


def position_of(rate: Proportion, target: Fraction) -> Position | None:
    """
    Give where a share lies against the 95% and 99.8% score limits of a target; ``None`` without cases.

    >>> position_of(Proportion(19, 22), Fraction(66, 100))
    Position.ABOVE_ALERT
    """
    if rate.value is None:
        return None
    share, variance = rate.value, target * (1 - target) / rate.denominator
    return _placed(share > target, lambda confidence: _is_further(share, target, variance, confidence))


def _is_further(share: Fraction, target: Fraction, variance: Fraction, confidence: float) -> bool:
    """Whether a rate is further from a target than its limit; exact where floats would leave it open."""
    z = _z(confidence)
    squared, limit = (float(share) - float(target)) ** 2, z * z * float(variance)
    if abs(squared - limit) > 1e-9 * limit:
        return squared > limit
    return (share - target) ** 2 > Fraction(z) ** 2 * variance


def _placed(above: bool, is_beyond: Callable[[float], bool]) -> Position:  # noqa: FBT001  # a side, not a switch
    if is_beyond(ALARM):
        return Position.ABOVE_ALARM if above else Position.BELOW_ALARM
    if is_beyond(ALERT):
        return Position.ABOVE_ALERT if above else Position.BELOW_ALERT
    return Position.WITHIN


def smallest_detectable(
    total: int, target: Fraction, *, confidence: float = ALARM, power: float = 0.8
) -> Fraction | None:
    """
    Give the smallest rate above a target that so many cases would show above the exact limit, with this probability.

    ``None`` where even all of the cases would not lie above it.

    >>> round(float(smallest_detectable(24, Fraction(66, 100), confidence=0.95)), 2)
    0.87

    Raises:
        InvalidField: the confidence or the power is not between 0 and 1.
    """
    for name, held in (("confidence", confidence), ("power", power)):
        if (reason := a_confidence.why(held)) is not None:
            raise InvalidField(name, held, reason)
    needed = math.floor(exact_limits(total, target, confidence)[1] * total) + 1
    # All of the cases lie above an interpolated limit by drawing alone, unless they are as rare as the limit says.
    if needed > total or (needed == total and float(target) ** total >= (1.0 - confidence) / 2.0):
        return None
    return Fraction(beta_quantile(power, needed, total - needed + 1))


@final
@value
class FunnelPoint:
    """
    One council in a funnel; ``position`` is ``None`` where it has no cases, or where the funnel has no target.

    Raises:
        InvalidField: a field is of the wrong type (InvalidFields where there are several).
    """

    authority: Authority = attrs.field(validator=instance_of(Authority))
    rate: Proportion | PopulationRate = attrs.field(validator=one_of(Proportion, PopulationRate))
    position: Position | None = attrs.field(default=None, kw_only=True, validator=optional(instance_of(Position)))


def _why_no_target(held: object) -> str | None:
    return None if type(held) is Fraction and held >= 0 else "must be a Fraction of nought or more"


@final
@value
class Funnel:
    """
    The councils of a group against limits about a target.

    ``target`` is the share (or the rate for so many residents) from which all limits start, ``None`` where too little
    is held to have one; ``too_little`` then says why. ``target_is`` says what it is.
    ``overdispersion`` is what was estimated, ``adjustment`` what of it widened the limits, ``None`` for nothing.

    Raises:
        InvalidField: a field is of the wrong type (InvalidFields where there are several).
    """

    measure: Measure[Any, Any] = attrs.field(validator=instance_of(Measure))
    year: ReportingYear = attrs.field(validator=instance_of(ReportingYear))
    points: tuple[FunnelPoint, ...] = attrs.field(
        kw_only=True, converter=tuple_of[FunnelPoint, ...], validator=each(FunnelPoint)
    )
    target: Fraction | None = attrs.field(kw_only=True, validator=optional(Rule(_why_no_target)))
    target_is: str = attrs.field(kw_only=True, validator=a_text)
    limits: LimitMethod = attrs.field(default=LimitMethod.SCORE, kw_only=True, validator=instance_of(LimitMethod))
    adjustment: Adjustment | None = attrs.field(default=None, kw_only=True, validator=optional(instance_of(Adjustment)))
    overdispersion: Overdispersion | None = attrs.field(
        default=None, kw_only=True, validator=optional(instance_of(Overdispersion))
    )
    scale: Scale = attrs.field(default=Scale.PLAIN, kw_only=True, validator=instance_of(Scale))
    group: AuthorityType | None = attrs.field(
        default=None, kw_only=True, validator=optional(instance_of(AuthorityType))
    )
    group_size: int | None = attrs.field(default=None, kw_only=True, validator=a_count_or_none)
    not_published: tuple[Authority, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple_of[Authority, ...], validator=each(Authority)
    )
    too_little: str | None = attrs.field(default=None, kw_only=True, validator=a_text_or_none)

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
            return "no over-dispersion was asked about; the limits are those of chance alone"
        if self.adjustment is None:
            return (
                f"phi is {self.overdispersion.phi:.2f}, no more than chance gives; the limits are those of chance alone"
            )
        if self.adjustment is Adjustment.ADDITIVE:
            return f"widened by a variance between councils of {self.overdispersion.tau_squared:.4g} (tau squared)"
        return f"widened by the root of phi, {self.overdispersion.phi:.2f}"

    def limits_at(self, cases: int, confidence: float = ALERT) -> tuple[float, float] | None:
        """
        Give the limits for so many cases (or residents), capped to what is possible; ``None`` without a target.

        With exact limits these are interpolated, for drawing; positions do not rest on them.

        Raises:
            InvalidField: there are no cases, or the confidence is not between 0 and 1.
        """
        if type(cases) is not int or cases < 1:
            raise InvalidField("cases", cases, "limits need at least one case")
        if (reason := a_confidence.why(confidence)) is not None:
            raise InvalidField("confidence", confidence, reason)
        if self.target is None:
            return None
        per = next((point.rate.per for point in self.points if isinstance(point.rate, PopulationRate)), None)
        if per is not None:
            return self._population_limits(cases, confidence, per)
        if self.limits is LimitMethod.EXACT:
            return exact_limits(cases, self.target, confidence)
        phi, tau_squared = self._widening()
        if self.scale is Scale.ARCSINE:
            return arcsine_limits(cases, self.target, confidence, tau_squared=tau_squared, phi=phi)
        middle = float(self.target)
        reach = _z(confidence) * math.sqrt(middle * (1.0 - middle) / cases * phi + tau_squared)
        return max(middle - reach, 0.0), min(middle + reach, 1.0)

    def _population_limits(self, people: int, confidence: float, per: int) -> tuple[float, float]:
        middle = float(self.target or 0)
        if self.limits is LimitMethod.EXACT:
            expected, tail = middle * people / per, (1.0 - confidence) / 2.0
            low = gamma_quantile(tail, expected) if expected else 0.0
            return low * per / people, gamma_quantile(tail, expected + 1.0, upper=True) * per / people
        phi, tau_squared = self._widening()
        reach = _z(confidence) * math.sqrt(middle * per / people * phi + tau_squared)
        return max(middle - reach, 0.0), middle + reach

    def _widening(self) -> tuple[float, float]:
        """Give the factor on the variance of each council, and the variance between councils."""
        if self.overdispersion is None or self.adjustment is None:
            return 1.0, 0.0
        if self.adjustment is Adjustment.MULTIPLICATIVE:
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
        share, target = rate.value, self.target
        return _placed(share > target, lambda confidence: self._is_beyond(rate, share, target, confidence))

    def _is_beyond(
        self, rate: Proportion | PopulationRate, share: Fraction, target: Fraction, confidence: float
    ) -> bool:
        if self.limits is LimitMethod.EXACT:
            return min(_tails(rate, target)) < (1.0 - confidence) / 2.0
        phi, tau_squared = self._widening()
        z = _z(confidence)
        if self.scale is Scale.ARCSINE and isinstance(rate, Proportion):
            gap = math.asin(math.sqrt(share)) - math.asin(math.sqrt(target))
            return abs(gap) > z * math.sqrt(phi / (4.0 * rate.denominator) + tau_squared)
        variance = _own_variance(rate, target)
        if phi != 1.0 or tau_squared:
            variance = variance * Fraction(phi) + Fraction(tau_squared)
        return _is_further(share, target, variance, confidence)


def funnel(  # noqa: PLR0913  # each is a choice that the reader of a funnel must know of
    reviews: Iterable[AnnualReview],
    measure: Measure[Any, Any],
    *,
    target: Fraction | None = None,
    limits: str = "score",
    overdispersion: str | None = None,
    scale: str = "plain",
    trimming: str = "winsorise",
    register: Register | None = None,
) -> Funnel:
    """
    Set the councils of a group, in one year, against limits about a target.

    The target is the pooled rate of the councils given, or one that the caller gives.
    Without one there is no funnel of fewer than five rates, nor of less than half of a group (with a register): its
    points are then without positions, and it says why. Councils with no cases are points without a position.
    With ``overdispersion`` "additive" or "multiplicative" the limits widen where the councils differ by more than
    chance gives; "exact" limits allow for none.

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
        NothingToCombine: there are no reviews.
        NotComparable: they are of more than one year or, by their types, of more than one group, or one stands twice.
        InvalidField: the target, or one of the named choices, is not allowed.
    """
    given = tuple(reviews)
    method, adjustment, drawn = _chosen(limits, overdispersion, scale)
    refuse_mixed(given)
    rates = [(review.authority, measure(review)) for review in given]
    points = [(authority, rate) for authority, rate in rates if rate is not None]
    shares = [rate for _, rate in points if rate.value is not None]
    groups = {comparison_group(review.authority, register, review.year.end) for review in given}
    group = groups.pop() if len(groups) == 1 else None
    size = None if register is None or group is None else len(register.in_group(group, given[0].year.end))
    words = None
    if target is None:
        words = too_little(len(shares), len(points), size)
        middle = None if words else _pooled([rate for _, rate in points])
    else:
        middle = _checked_target(target, shares)
    estimated = None
    if adjustment is not None and middle is not None and len(shares) > 1 and _own_variance(shares[0], middle) > 0:
        estimated = _estimated(shares, middle, drawn, trimming)
        needed = estimated.tau_squared > 0.0 if adjustment is Adjustment.ADDITIVE else estimated.phi > 1.0
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
        not_published=tuple(authority for authority, rate in rates if rate is None),
        too_little=words,
    )
    return attrs.evolve(
        bare, points=tuple(attrs.evolve(point, position=bare.position(point.rate)) for point in bare.points)
    )


def funnels_by_group(
    reviews: Iterable[AnnualReview], measure: Measure[Any, Any], *, register: Register | None = None
) -> dict[AuthorityType, Funnel]:
    """
    Give a funnel for each comparison group of which reviews are given, in the Ombudsman's order of groups.

    With a register a council belongs to the group that the register gives, without one to that of its type.

    Raises:
        NothingToCombine, NotComparable: as ``funnel``.
    """
    given = tuple(reviews)
    groups = {
        kind: [review for review in given if comparison_group(review.authority, register, review.year.end) is kind]
        for kind in AuthorityType
        if kind.is_comparison_group
    }
    return {kind: funnel(group, measure, register=register) for kind, group in groups.items() if group}


def _chosen(limits: str, overdispersion: str | None, scale: str) -> tuple[LimitMethod, Adjustment | None, Scale]:
    for name, held, kind in (
        ("limits", limits, LimitMethod),
        ("overdispersion", overdispersion, Adjustment),
        ("scale", scale, Scale),
    ):
        if held not in list(kind) and not (name == "overdispersion" and held is None):
            raise InvalidField(name, held, f"must be one of {', '.join(kind)}")
    if limits == LimitMethod.EXACT and (overdispersion is not None or scale != Scale.PLAIN):
        raise InvalidField("limits", limits, "allow for no over-dispersion and no other scale; use 'score'")
    return LimitMethod(limits), None if overdispersion is None else Adjustment(overdispersion), Scale(scale)


def refuse_mixed(given: Sequence[AnnualReview]) -> None:
    """
    Refuse reviews that are not of one year and one group, each council once.

    Raises:
        NothingToCombine, NotComparable: as ``funnel``.
    """
    if not given:
        raise NothingToCombine("no reviews to set in a funnel")
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
    if type(target) is not Fraction or target < 0:
        raise InvalidField("target", target, "must be a Fraction of nought or more")
    if target > 1 and any(isinstance(rate, Proportion) for rate in rates):
        raise InvalidField("target", target, "must be a share from 0 to 1")
    return target


def _estimated(
    rates: Sequence[Proportion | PopulationRate], target: Fraction, scale: Scale, trimming: str
) -> Overdispersion:
    if scale is Scale.ARCSINE:
        shares = [rate for rate in rates if isinstance(rate, Proportion)]
        middle = math.asin(math.sqrt(target))
        variances = [1.0 / (4.0 * rate.denominator) for rate in shares]
        gaps = [math.asin(math.sqrt(rate.numerator / rate.denominator)) - middle for rate in shares]
    else:
        variances = [float(_own_variance(rate, target)) for rate in rates]
        gaps = [float(rate.value - target) for rate in rates if rate.value is not None]
    z_scores = [gap / math.sqrt(variance) if variance else 0.0 for gap, variance in zip(gaps, variances, strict=True)]
    return overdispersion(z_scores, variances, trimming=trimming, scale=scale.value)
