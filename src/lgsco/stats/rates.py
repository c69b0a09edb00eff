"""
Rates: shares of counts, and events for so many residents, exact until they are shown.

A rate is two whole numbers; it is rounded once, at the end, half up, as the Ombudsman rounds.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import KW_ONLY
from fractions import Fraction
from typing import TYPE_CHECKING, final

from lgsco._text import ShownAsTable
from lgsco._values import Count, choice_of, value
from lgsco.errors import InvalidValue
from lgsco.sources import Source
from lgsco.stats.intervals import (
    CountMethod,
    Interval,
    ProportionMethod,
    Sides,
    count_limits,
    half_up,
    proportion_limits,
    tail_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

__all__ = ["Population", "PopulationRate", "Proportion", "pooled"]


@final
@value
class Proportion(ShownAsTable):
    """
    A share of whole counts: ``numerator`` of ``denominator``, exact.

    >>> rate = Proportion(33, 40)
    >>> rate.value, rate.percent(), str(rate)
    (Fraction(33, 40), Decimal('83'), '83% (33 of 40)')
    >>> nothing = Proportion(0, 0)
    >>> nothing.value, nothing.percent(), nothing.interval(), str(nothing)
    (None, None, None, 'no rate (0 of 0)')
    >>> str(Proportion(0, 5))
    '0% (0 of 5)'

    Raises:
        InvalidValue: a count is no whole number or negative, or the numerator exceeds the denominator.
    """

    numerator: Count
    denominator: Count

    def __attrs_post_init__(self) -> None:
        if self.numerator > self.denominator:
            raise InvalidValue.at("numerator", self.numerator, f"exceeds the denominator, {self.denominator}")

    @property
    def value(self) -> Fraction | None:
        """The exact share, or ``None`` when there is nothing to share."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    def percent(self, places: int = 0) -> Decimal | None:
        """
        The share as a percentage, for display only, halves rounded up as the Ombudsman does; ``None`` for 0 of 0.

        >>> Proportion(2, 16).percent(), Proportion(2, 16).percent(1)
        (Decimal('13'), Decimal('12.5'))

        Raises:
            InvalidValue: ``places`` is no whole number, or negative.
        """
        return half_up(Fraction(100 * self.numerator, self.denominator), places) if self.denominator else None

    def interval(self, confidence: float = 0.95, method: str = "wilson") -> Interval | None:
        """
        Limits for the rate that lies behind these cases, with half of the error beyond each; ``None`` for 0 of 0.

        Methods: "wilson" (the rates that a score test would not reject), "wilson-cc" (the same, corrected for
        continuity), "clopper-pearson" (exact), "mid-p" (exact, with half the probability of the count itself),
        "jeffreys" (closed at 0 of n and n of n) and "agresti-coull".

        >>> for method in ("wilson", "clopper-pearson"):
        ...     print(*Proportion(19, 22).interval(method=method).percents(1))
        66.7 95.3
        65.1 97.1

        Raises:
            InvalidValue: the confidence is not a float between 0 and 1, or the method is not known.

        Source: Newcombe (1998), Statistics in Medicine 17, 857-872; Brown, Cai and DasGupta (2001), Statistical Science
        16, 101-133.
        """
        return self._limits(confidence, method, Sides.BOTH)

    def lower_limit(self, confidence: float = 0.95, method: str = "wilson") -> Interval | None:
        """
        A lower limit alone, with all of the error below it; the upper end is 1. ``None`` for 0 of 0.

        Raises:
            InvalidValue: as ``interval``.
        """
        return self._limits(confidence, method, Sides.LOWER)

    def upper_limit(self, confidence: float = 0.95, method: str = "wilson") -> Interval | None:
        """
        An upper limit alone, with all of the error above it; the lower end is 0. ``None`` for 0 of 0.

        Raises:
            InvalidValue: as ``interval``.
        """
        return self._limits(confidence, method, Sides.UPPER)

    def intervals(self, *confidences: float, method: str = "wilson") -> tuple[Interval, ...] | None:
        """
        Limits at several levels at once, in the order given; ``None`` for 0 of 0.

        Raises:
            InvalidValue: as ``interval``.
        """
        held = tuple(self.interval(confidence, method) for confidence in confidences)
        found = tuple(interval for interval in held if interval is not None)
        return found if self.denominator else None

    def _limits(self, confidence: float, method: str, sides: Sides) -> Interval | None:
        tail = tail_of(confidence, sides)
        chosen = choice_of("method", method, ProportionMethod)
        if not self.denominator:
            return None
        lower, upper = proportion_limits(self.numerator, self.denominator, tail, chosen)
        return Interval(
            0.0 if sides is Sides.UPPER else lower,
            1.0 if sides is Sides.LOWER else upper,
            confidence=confidence,
            method=chosen.value,
            sides=sides,
        )

    def as_table(self) -> tuple[str, list[str], list[list[str]]]:
        """Give the table by which a notebook shows the rate."""
        interval = self.interval()
        shown = "no rate" if interval is None else "{}% to {}%".format(*interval.percents())
        rate = "no rate" if self.percent() is None else f"{self.percent()}%"
        row = [rate, f"{self.numerator:,}", f"{self.denominator:,}", shown]
        return "A share of whole counts", ["Rate", "Counted", "Of", "95% interval (Wilson)"], [row]

    def __str__(self) -> str:
        share = "no rate" if self.denominator == 0 else f"{self.percent()}%"
        return f"{share} ({self.numerator:,} of {self.denominator:,})"


def pooled(parts: Iterable[Proportion]) -> Proportion:
    """
    Pool proportions: the sum of numerators over the sum of denominators.

    Not the mean of the rates: a council with two cases does not weigh as much as one with two hundred.

    Args:
        parts: proportions of separate cases; 0 of 0 adds nothing.

    Returns:
        The proportion of all the cases together; 0 of 0 where there are no parts.

    >>> pooled([Proportion(1, 2), Proportion(0, 2), Proportion(0, 0)])
    Proportion(numerator=1, denominator=4)
    """
    parts = tuple(parts)
    return Proportion(sum(part.numerator for part in parts), sum(part.denominator for part in parts))


@final
@value
class Population:
    """
    How many people lived in an area on a day, and who says so.

    The Ombudsman's rates fit the mid-year estimate of the June before the reporting year begins (2023-24: mid-2022).
    """

    people: Count
    estimated_on: dt.date
    _: KW_ONLY
    source: Source | None = None


@final
@value
class PopulationRate(ShownAsTable):
    """
    Events for every so many residents; not a proportion, since one resident may bring several complaints.

    >>> rate = PopulationRate(31, Population(560_000, dt.date(2021, 6, 30)))
    >>> rate.value, rate.rounded(), str(rate)
    (Fraction(155, 28), Decimal('5.5'), '5.5 per 100,000 (31 among 560,000)')

    Raises:
        InvalidValue: a field is of the wrong type, or the rate is per nobody.
    """

    events: Count
    population: Population
    _: KW_ONLY
    per: Count = 100000

    def __attrs_post_init__(self) -> None:
        if self.per == 0:
            raise InvalidValue.at("per", self.per, "must be at least one resident")

    @property
    def value(self) -> Fraction | None:
        """The exact rate for ``per`` residents, or ``None`` where nobody lives."""
        people = self.population.people
        return Fraction(self.events * self.per, people) if people else None

    def rounded(self, places: int = 1) -> Decimal | None:
        """The rate for display only, halves rounded up; the Ombudsman prints one decimal and drops a ``.0``."""
        return None if self.value is None else half_up(self.value, places)

    def interval(self, confidence: float = 0.95, method: str = "byar") -> Interval | None:
        """
        Limits for the rate that lies behind these events, for ``per`` residents; ``None`` where nobody lives.

        Methods: "byar", an approximation that is good from a few events on, and "exact", after Garwood.
        The events are taken to be Poisson; one controversy that brings many complaints breaks that.

        >>> rate = PopulationRate(31, Population(560_000, dt.date(2021, 6, 30)))
        >>> [round(limit, 2) for limit in (rate.interval().lower, rate.interval().upper)]
        [3.76, 7.86]

        Raises:
            InvalidValue: the confidence is not a float between 0 and 1, or the method is not known.

        Source: Breslow and Day (1987), Statistical Methods in Cancer Research II; Garwood (1936), Biometrika 28,
        437-442.
        """
        tail = tail_of(confidence, Sides.BOTH)
        chosen = choice_of("method", method, CountMethod)
        if not self.population.people:
            return None
        scale = self.per / self.population.people
        lower, upper = count_limits(self.events, tail, chosen)
        return Interval(lower * scale, upper * scale, confidence=confidence, method=chosen.value)

    def as_table(self) -> tuple[str, list[str], list[list[str]]]:
        """Give the table by which a notebook shows the rate."""
        interval, rate = self.interval(), self.rounded()
        limits = None if interval is None else [half_up(Fraction(end), 1) for end in (interval.lower, interval.upper)]
        shown = "no rate" if limits is None else f"{limits[0]} to {limits[1]}"
        row = ["no rate" if rate is None else f"{rate}", f"{self.events:,}", f"{self.population.people:,}", shown]
        header = [f"Rate per {self.per:,}", "Events", "People", "95% interval (Byar)"]
        return "Events for the size of the population", header, [row]

    def __str__(self) -> str:
        rate = self.rounded()
        share = "no rate" if rate is None else f"{str(rate).removesuffix('.0')} per {self.per:,}"
        return f"{share} ({self.events:,} among {self.population.people:,})"
