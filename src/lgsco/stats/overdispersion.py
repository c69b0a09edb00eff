"""
Overdispersion: how much more the councils of a group differ than chance alone would make them.

Source: D. J. Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in Medicine 24,
1185-1202.
"""

from __future__ import annotations

import math
from dataclasses import KW_ONLY
from typing import TYPE_CHECKING, Literal, TypeAlias, final

from lgsco._values import Choice, Count, NonNegative, Text, choice_of, value
from lgsco.errors import EmptyInput, InvalidValue

if TYPE_CHECKING:
    from collections.abc import Sequence


class OverdispersionModel(Choice):
    """The model by which limits allow for councils that differ by more than chance."""

    ADDITIVE = "additive"
    """A variance between councils, tau squared, is added to that of each council."""
    MULTIPLICATIVE = "multiplicative"
    """The variance of each council is multiplied by phi."""


class FunnelScale(Choice):
    """The scale on which overdispersion is estimated and its limits are drawn."""

    LINEAR = "linear"
    ARCSINE = "arcsine"
    """The arcsine of the root of a share, on which its variance hardly depends on it."""


class Trimming(Choice):
    """The treatment of the outermost z-scores, so that a few real outliers do not widen the limits."""

    WINSORISE = "winsorise"
    """They are pulled in to the edge of the rest."""
    TRUNCATE = "truncate"
    """They are left out."""


TrimmingLike: TypeAlias = Trimming | Literal["winsorise", "truncate"]


@final
@value
class Overdispersion:
    """
    Overdispersion: how much more the councils differ than chance alone would make them.

    Args:
        phi: the mean squared z-score, 1 where chance explains all.
        tau_squared: the variance between councils.
        units: the number of z-scores used.
        scale: "linear" or "arcsine", the scale on which the z-scores were taken.
        trimming: "winsorise" (the outermost z-scores pulled in) or "truncate" (left out), and the share on each side.

    Raises:
        InvalidValue: a number is negative or not finite.
    """

    _: KW_ONLY
    phi: NonNegative
    tau_squared: NonNegative
    units: Count
    scale: Text
    trimming: Text


def overdispersion(
    z_scores: Sequence[float],
    variances: Sequence[float],
    *,
    trim: float = 0.1,
    trimming: TrimmingLike = "winsorise",
    scale: FunnelScale | Literal["linear", "arcsine"] = "linear",
) -> Overdispersion:
    """
    Estimate phi and tau squared from z-scores and the variances on whose scale they were taken.

    The outermost z-scores are trimmed, so that a few real outliers do not widen the limits that should show them.
    tau squared is zero where phi is no more than chance gives.

    Args:
        z_scores: of each council with cases.
        variances: the sampling variance of each of them, in the same order.
        trim: the share on each side that is trimmed, from 0 to below one half.
        trimming: "winsorise" (they are pulled in to the edge of the rest) or "truncate" (they are left out).
        scale: the scale on which the z-scores were taken, which the result names.

    Returns:
        The estimates.

    Raises:
        EmptyInput: there are fewer than two z-scores.
        InvalidValue: the trim is not from 0 to below one half, or the trimming or the scale is not known.

    Source: Spiegelhalter (2005); Spiegelhalter, Sherlaw-Johnson, Bardsley and others (2012), JRSS A 175, 1-47.
    """
    chosen = choice_of("trimming", trimming, Trimming)
    if not (type(trim) is float and 0.0 <= trim < 0.5):  # noqa: PLR2004  # a half would leave nothing
        raise InvalidValue.at("trim", trim, "must be a float from 0 to below 0.5")
    on_scale = choice_of("scale", scale, FunnelScale)
    if len(z_scores) < 2:  # noqa: PLR2004  # one value has no spread
        raise EmptyInput("overdispersion needs at least two councils with cases")
    ordered = sorted(z_scores)
    low, high = _quantile(ordered, trim), _quantile(ordered, 1.0 - trim)
    kept = sorted(zip(z_scores, variances, strict=True))
    if chosen is Trimming.TRUNCATE:
        # By rank, ties by variance; at least one is always left, since less than half goes on either side.
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
        scale=on_scale.value,
        trimming=f"{chosen}, {trim:g} on each side",
    )


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Return the quantile between order statistics; Hyndman and Fan (1996), type 7."""
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
