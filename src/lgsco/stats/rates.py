"""
Rates: shares of counts, and events per population, exact until they are shown.

A rate is two whole numbers; it is rounded once, at the end, half up, as the Ombudsman rounds.
"""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import KW_ONLY
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, final

from lgsco._text import ShownAsTable
from lgsco._values import Count, choice_of, validate, value
from lgsco.errors import InvalidValue
from lgsco.sources import Source
from lgsco.stats.formulas import halves_up
from lgsco.stats.intervals import (
    CountMethod,
    CountMethodLike,
    Interval,
    ProportionMethod,
    ProportionMethodLike,
    Sides,
    SidesLike,
    count_limits,
    half_up,
    proportion_limits,
    tail_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


@final
@value
class Proportion(ShownAsTable):
    """
    A share of whole counts: ``numerator`` of ``denominator``, exact.

    Args:
        numerator: the cases counted.
        denominator: the cases of which they are a part.

    Raises:
        InvalidValue: a count is not a whole number or is negative, or the numerator exceeds the denominator.

    >>> rate = Proportion(33, 40)
    >>> rate.value, rate.percent(), str(rate)
    (Fraction(33, 40), Decimal('83'), '83% (33 of 40)')
    >>> nothing = Proportion(0, 0)
    >>> nothing.value, nothing.percent(), nothing.interval(), str(nothing)
    (None, None, None, 'no rate (0 of 0)')
    >>> str(Proportion(0, 5))
    '0% (0 of 5)'
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
        Return the share as a percentage, for display only; halves are rounded up, as the Ombudsman rounds.

        Args:
            places: decimal places.

        Returns:
            The percentage, from 0 to 100; ``None`` for 0 of 0.

        Raises:
            InvalidValue: ``places`` is not a whole number, or is negative.

        >>> Proportion(2, 16).percent(), Proportion(2, 16).percent(1)
        (Decimal('13'), Decimal('12.5'))
        """
        if not self.denominator:
            return None
        if type(places) is int and not places:  # what nearly every page and table asks for
            return Decimal(halves_up(100 * self.numerator, self.denominator))
        return half_up(Fraction(100 * self.numerator, self.denominator), places)

    def interval(
        self, confidence: float = 0.95, method: ProportionMethodLike = "wilson", *, sides: SidesLike = "both"
    ) -> Interval | None:
        """
        Return a confidence interval for the rate that lies behind these cases.

        Args:
            confidence: the probability with which such intervals hold the rate, between 0 and 1.
            method: "wilson" (the rates that a score test would not reject), "wilson-cc" (the same, corrected for
                continuity), "clopper-pearson" (exact), "mid-p" (exact, with half the probability of the count itself),
                "jeffreys" (closed at 0 of n and n of n) or "agresti-coull".
            sides: "both", with half of the error beyond each end; or "lower" or "upper", a limit alone with all of the
                error beyond it, where the other end is 1 or 0.

        Returns:
            Limits as shares from 0 to 1; ``None`` for 0 of 0.

        Raises:
            InvalidValue: the confidence is not a float between 0 and 1, the method or the side is not known, or the
                method is exact and there are more than 1,000,000,000 cases.

        >>> for method in ("wilson", "clopper-pearson"):
        ...     print(*Proportion(19, 22).interval(method=method).percents(1))
        66.7 95.3
        65.1 97.1

        Source: Newcombe (1998), Statistics in Medicine 17, 857-872; Brown, Cai and DasGupta (2001), Statistical Science
        16, 101-133.
        """
        side = choice_of("sides", sides, Sides)
        tail = tail_of(confidence, side)
        chosen = choice_of("method", method, ProportionMethod)
        if not self.denominator:
            return None
        # At a confidence of next to nothing they meet, to the last bit.
        lower, upper = sorted(proportion_limits(self.numerator, self.denominator, tail, chosen))
        return Interval(
            0.0 if side is Sides.UPPER else lower,
            1.0 if side is Sides.LOWER else upper,
            confidence=confidence,
            method=chosen.value,
            sides=side,
        )

    def as_table(self) -> tuple[str, list[str], list[list[str]]]:
        """
        Return the table by which a notebook shows the rate.

        Returns:
            The caption, the headings, and the rows.
        """
        interval = self.interval()
        limits = "no rate" if interval is None else "{}% to {}%".format(*interval.percents())
        rate = "no rate" if self.percent() is None else f"{self.percent()}%"
        row = [rate, f"{self.numerator:,}", f"{self.denominator:,}", limits]
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

    Raises:
        InvalidValue: a part is not a Proportion.
    """
    parts = tuple(parts)
    validate(parts=(parts, tuple[Proportion, ...]))
    return Proportion(sum(part.numerator for part in parts), sum(part.denominator for part in parts))


@final
@value
class Population:
    """
    The number of people in an area on a date, with its source.

    The Ombudsman's rates fit the mid-year estimate of the June before the reporting year begins (2023-24: mid-2022).

    Args:
        people: the residents.
        estimated_on: the date to which the estimate applies.
        source: who published it, if known.
    """

    people: Count
    estimated_on: dt.date
    _: KW_ONLY
    source: Source | None = None


@final
@value
class PopulationRate(ShownAsTable):
    """
    Events per population, by default per 100,000 residents. One resident may bring several: this is not a proportion.

    Args:
        events: the events counted, such as complaints upheld.
        population: the residents among whom they were counted.
        per: the number of residents for which the rate is stated.

    Raises:
        InvalidValue: a field is of the wrong type, or ``per`` is zero.

    >>> rate = PopulationRate(31, Population(560_000, dt.date(2021, 6, 30)))
    >>> rate.value, rate.rounded(), str(rate)
    (Fraction(155, 28), Decimal('5.5'), '5.5 per 100,000 (31 among 560,000)')
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
        """The exact rate for ``per`` residents; ``None`` for a population of zero."""
        people = self.population.people
        return Fraction(self.events * self.per, people) if people else None

    def rounded(self, places: int = 1) -> Decimal | None:
        """
        Return the rate for display only, halves rounded up; the Ombudsman prints one decimal and drops a ``.0``.

        Args:
            places: decimal places.

        Returns:
            Events for ``per`` residents; ``None`` for a population of zero.

        Raises:
            InvalidValue: ``places`` is not a whole number, or is negative.
        """
        return None if self.value is None else half_up(self.value, places)

    def interval(
        self, confidence: float = 0.95, method: CountMethodLike = "byar", *, sides: SidesLike = "both"
    ) -> Interval | None:
        """
        Return a confidence interval for the rate that lies behind these events.

        The events are taken to be Poisson; one controversy that brings many complaints breaks that.

        Args:
            confidence: the probability with which such intervals hold the rate, between 0 and 1.
            method: "byar" (an approximation), "exact" (after Garwood), or "byar-or-exact" (exact below 10 events and
                Byar's from there, as PHStatsMethods has it).
            sides: as of a proportion; the other end of a lower limit is the largest float, that of an upper one 0.

        Returns:
            Limits for ``per`` residents; ``None`` for a population of zero.

        Raises:
            InvalidValue: the confidence is not a float between 0 and 1, the method or the side is not known, or the
                method is exact and there are more than 1,000,000,000 events.

        >>> rate = PopulationRate(31, Population(560_000, dt.date(2021, 6, 30)))
        >>> [f"{limit:.2f}" for limit in (rate.interval().lower, rate.interval().upper)]
        ['3.76', '7.86']
        >>> f'{rate.interval(sides="lower").lower:.2f}', f'{rate.interval(sides="upper").upper:.2f}'
        ('4.01', '7.47')

        Source: Breslow and Day (1987), Statistical Methods in Cancer Research II; Garwood (1936), Biometrika 28,
        437-442.
        """
        side = choice_of("sides", sides, Sides)
        tail = tail_of(confidence, side)
        chosen = choice_of("method", method, CountMethod)
        if not self.population.people:
            return None
        scale = self.per / self.population.people
        lower, upper = sorted(count_limits(self.events, tail, chosen))
        return Interval(
            0.0 if side is Sides.UPPER else lower * scale,
            sys.float_info.max if side is Sides.LOWER else upper * scale,
            confidence=confidence,
            method=chosen.value,
            sides=side,
        )

    def as_table(self) -> tuple[str, list[str], list[list[str]]]:
        """
        Return the table by which a notebook shows the rate.

        Returns:
            The caption, the headings, and the rows.
        """
        interval, rate = self.interval(), self.rounded()
        ends = None if interval is None else [half_up(Fraction(end), 1) for end in (interval.lower, interval.upper)]
        limits = "no rate" if ends is None else f"{ends[0]} to {ends[1]}"
        row = ["no rate" if rate is None else f"{rate}", f"{self.events:,}", f"{self.population.people:,}", limits]
        header = [f"Rate per {self.per:,}", "Events", "People", "95% interval (Byar)"]
        return "Events for the size of the population", header, [row]

    def __str__(self) -> str:
        rate = self.rounded()
        share = "no rate" if rate is None else f"{str(rate).removesuffix('.0')} per {self.per:,}"
        return f"{share} ({self.events:,} among {self.population.people:,})"
