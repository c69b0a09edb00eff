"""
Over-dispersion: how much more the councils of a group differ than chance alone would have them differ.

Source: D. J. Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in Medicine 24,
1185-1202.
"""

from __future__ import annotations

import math
from dataclasses import KW_ONLY
from typing import TYPE_CHECKING, final

from lgsco._values import Choice, Count, NonNegative, Text, choice_of, value
from lgsco.errors import EmptyInput, InvalidValue

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FunnelScale", "Overdispersion", "OverdispersionModel", "Trimming", "overdispersion"]


class OverdispersionModel(Choice):
    """How limits allow for councils that differ more than chance would have them differ."""

    ADDITIVE = "additive"
    """A variance between councils, tau squared, is added to that of each."""
    MULTIPLICATIVE = "multiplicative"
    """The variance of each is multiplied by phi."""


class FunnelScale(Choice):
    """On what scale over-dispersion is estimated and its limits are drawn."""

    LINEAR = "linear"
    ARCSINE = "arcsine"
    """The arcsine of the root of a share, on which its variance hardly depends on it."""


class Trimming(Choice):
    """What is done with the outermost z-scores, so that the few real outliers do not widen the limits."""

    WINSORISE = "winsorise"
    """They are pulled in to the edge of the rest."""
    TRUNCATE = "truncate"
    """They are left out."""


@final
@value
class Overdispersion:
    """
    How much more the councils differ than chance alone would have them differ.

    ``phi`` is the mean squared z-score, 1 where chance explains all. ``tau_squared`` is the variance between councils.
    ``units`` counts the z-scores used.

    Raises:
        InvalidValue: a number is negative or not finite.
    """

    _: KW_ONLY
    phi: NonNegative
    tau_squared: NonNegative
    units: Count
    scale: Text
    """"linear" or "arcsine": on what scale the z-scores were taken."""
    trimming: Text
    """"winsorise" (the outermost z-scores pulled in) or "truncate" (left out), and how many on each side."""


def overdispersion(
    z_scores: Sequence[float],
    variances: Sequence[float],
    *,
    trim: float = 0.1,
    trimming: str = "winsorise",
    scale: str = "linear",
) -> Overdispersion:
    """
    Estimate phi and tau squared from z-scores and the variances on whose scale they were taken.

    The outermost tenth on each side is pulled in to the tenth's edge ("winsorise") or left out ("truncate"), so that
    the few real outliers do not widen the limits that should show them. tau squared is nought where phi is no more than
    chance gives.

    Raises:
        EmptyInput: there are fewer than two z-scores.
        InvalidValue: the trim is not from 0 to below one half, or the trimming is not known.

    Source: Spiegelhalter (2005); Spiegelhalter, Sherlaw-Johnson, Bardsley and others (2012), JRSS A 175, 1-47.
    """
    chosen = choice_of("trimming", trimming, Trimming)
    if not (type(trim) is float and 0.0 <= trim < 0.5):  # noqa: PLR2004  # a half would leave nothing
        raise InvalidValue.at("trim", trim, "must be a float from 0 to below 0.5")
    if len(z_scores) < 2:  # noqa: PLR2004  # one value has no spread
        raise EmptyInput("over-dispersion needs at least two councils with cases")
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
        scale=scale,
        trimming=f"{chosen}, {trim:g} on each side",
    )


def _quantile(ordered: Sequence[float], share: float) -> float:
    """The quantile between order statistics; Hyndman and Fan (1996), type 7."""
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
