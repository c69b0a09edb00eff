"""
Rates, their intervals, and the measures that say what is counted over what.

A rate is two whole numbers; it is rounded once, at the end, half up, as the Ombudsman rounds.
Four states stay apart: not published (``None``), nothing to share (0 of 0: no rate), a true nought (0 of n), a figure.
"""

from __future__ import annotations

import datetime as dt
import enum
import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import Any, Generic, Never, TypeAlias, TypeVar, cast, final

import attrs

from lgsco._distributions import normal_quantile
from lgsco._formulas import wilson_bounds
from lgsco._values import Rule, a_confidence, a_count, a_day, a_text, instance_of, optional, value
from lgsco.authorities import Authority
from lgsco.casework import ReportingYear
from lgsco.errors import InvalidCount, InvalidField
from lgsco.sources import Basis, Source
from lgsco.tallies import AnnualReview, ComplianceTally, InvestigationTally, Overview

__all__ = [
    "KEY_STATISTICS",
    "Interval",
    "Measure",
    "Population",
    "PopulationRate",
    "Proportion",
    "compliance_rate",
    "investigation_rate",
    "late_compliance_rate",
    "satisfactory_remedy_rate",
    "upheld_per_population",
    "uphold_rate",
]


def half_up(exact: Fraction, places: int = 0) -> Decimal:
    """
    Round a number of nought or more to decimal places, halves up, by whole-number arithmetic.

    Python's ``round`` gives halves to the even neighbour, and Decimal arithmetic depends on the caller's context.

    >>> half_up(Fraction(165, 2)), half_up(Fraction(1, 3), 2)
    (Decimal('83'), Decimal('0.33'))

    Raises:
        InvalidCount: the number of places is no whole number, or negative.
    """
    if (reason := a_count.why(places)) is not None:
        raise InvalidCount("places", places, reason)
    scaled = (2 * exact.numerator * 10**places + exact.denominator) // (2 * exact.denominator)
    return Decimal((0, tuple(map(int, str(scaled))), -places))


def _why_no_limit(held: object) -> str | None:
    return None if type(held) is float and math.isfinite(held) else "must be a finite float"


@final
@value
class Interval:
    """
    Two limits for a rate, which say how they were made.

    For a proportion the limits are shares between 0 and 1, not percentages.

    >>> Proportion(19, 22).interval()
    Interval(lower=0.66665..., upper=0.95250..., confidence=0.95, method='wilson')

    Raises:
        InvalidField: a limit is not finite or the lower is above the upper, the confidence is not between 0 and 1, or
            the method is empty (InvalidFields where there are several).
    """

    lower: float = attrs.field(validator=Rule(_why_no_limit))
    upper: float = attrs.field(validator=Rule(_why_no_limit))
    confidence: float = attrs.field(kw_only=True, validator=a_confidence)
    method: str = attrs.field(kw_only=True, validator=a_text)

    def __attrs_post_init__(self) -> None:
        if self.lower > self.upper:
            raise InvalidField("lower", self.lower, f"is above the upper limit, {self.upper}")

    def __contains__(self, rate: object) -> bool:
        return isinstance(rate, float | int | Fraction) and self.lower <= rate <= self.upper

    def percents(self, places: int = 0) -> tuple[Decimal, Decimal]:
        """
        Both limits as percentages, for display only, rounded half up.

        >>> Proportion(19, 22).interval().percents(1)
        (Decimal('66.7'), Decimal('95.3'))
        """
        return half_up(100 * Fraction(self.lower), places), half_up(100 * Fraction(self.upper), places)


class IntervalMethod(enum.StrEnum):
    """Named ways to an interval for one proportion."""

    WILSON = "wilson"


@final
@value
class Proportion:
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
        InvalidCount: a count is no whole number or negative, or the numerator exceeds the denominator
            (InvalidFields where both are wrong).
    """

    numerator: int = attrs.field(validator=a_count)
    denominator: int = attrs.field(validator=a_count)

    def __attrs_post_init__(self) -> None:
        if self.numerator > self.denominator:
            raise InvalidCount("numerator", self.numerator, f"exceeds the denominator, {self.denominator}")

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
            InvalidCount: ``places`` is no whole number, or negative.
        """
        return half_up(Fraction(100 * self.numerator, self.denominator), places) if self.denominator else None

    def interval(self, confidence: float = 0.95, method: str = "wilson") -> Interval | None:
        """
        Limits for the rate that lies behind these cases; ``None`` for 0 of 0.

        The method is "wilson": the rates that a score test would not reject.

        Raises:
            InvalidField: the confidence is not a float between 0 and 1, or the method is not known.

        Source: Wilson (1927), JASA 22, 209-212; Newcombe (1998), Statistics in Medicine 17, 857-872.
        """
        if (reason := a_confidence.why(confidence)) is not None:
            raise InvalidField("confidence", confidence, reason)
        if method not in list(IntervalMethod):
            raise InvalidField("method", method, f"must be one of {', '.join(IntervalMethod)}")
        if not self.denominator:
            return None
        z = normal_quantile((1 + confidence) / 2)
        lower, upper = wilson_bounds(float(self.numerator), float(self.denominator), z)
        # At the ends the closed form is 0 or 1 but for the last bits of a float; in between it never leaves them.
        lower = 0.0 if self.numerator == 0 else max(lower, 0.0)
        upper = 1.0 if self.numerator == self.denominator else min(upper, 1.0)
        return Interval(lower, upper, confidence=confidence, method=method)

    def __str__(self) -> str:
        share = "no rate" if self.denominator == 0 else f"{self.percent()}%"
        return f"{share} ({self.numerator:,} of {self.denominator:,})"


@final
@value
class Population:
    """
    How many people lived in an area on a day, and who says so.

    The Ombudsman's rates fit the mid-year estimate of the June before the reporting year begins (2023-24: mid-2022).

    Raises:
        InvalidField: a field is of the wrong type (InvalidFields where there are several).
    """

    people: int = attrs.field(validator=a_count)
    estimated_on: dt.date = attrs.field(validator=a_day)
    source: Source | None = attrs.field(default=None, kw_only=True, validator=optional(instance_of(Source)))


@final
@value
class PopulationRate:
    """
    Events for every so many residents; not a proportion, since one resident may bring several complaints.

    >>> rate = PopulationRate(31, Population(560_000, dt.date(2021, 6, 30)))
    >>> rate.value, rate.rounded(), str(rate)
    (Fraction(155, 28), Decimal('5.5'), '5.5 per 100,000 (31 among 560,000)')

    Raises:
        InvalidField: a field is of the wrong type, or the rate is per nobody (InvalidFields where there are several).
    """

    events: int = attrs.field(validator=a_count)
    population: Population = attrs.field(validator=instance_of(Population))
    per: int = attrs.field(default=100_000, kw_only=True, validator=a_count)

    def __attrs_post_init__(self) -> None:
        if self.per == 0:
            raise InvalidCount("per", self.per, "a rate is for at least one resident")

    @property
    def value(self) -> Fraction | None:
        """The exact rate for ``per`` residents, or ``None`` where nobody lives."""
        people = self.population.people
        return Fraction(self.events * self.per, people) if people else None

    def rounded(self, places: int = 1) -> Decimal | None:
        """The rate for display only, halves rounded up; the Ombudsman prints one decimal and drops a ``.0``."""
        return None if self.value is None else half_up(self.value, places)

    def __str__(self) -> str:
        rate = self.rounded()
        share = "no rate" if rate is None else f"{str(rate).removesuffix('.0')} per {self.per:,}"
        return f"{share} ({self.events:,} among {self.population.people:,})"


TallyT = TypeVar("TallyT", contravariant=True)
RateT = TypeVar("RateT", bound=Proportion | PopulationRate, covariant=True)


class _Docstring:
    """Give a measure the docstring of the function that it was made from, and the class its own."""

    def __init__(self, of_class: str | None) -> None:
        self.of_class = of_class

    def __get__(self, measure: Any, _: object = None) -> str | None:
        return self.of_class if measure is None else measure.function.__doc__


@final
@value(kw_only=True)
class Measure(Generic[TallyT, RateT]):
    """
    One quantity under one name: what is counted, over what, by whose definition, and the function that computes it.

    Call it with an AnnualReview, or with just the tally that it rests on.
    It gives ``None`` where its counts are not known; a rate of 0 of 0 is a Proportion without a value.

    >>> uphold_rate.counted, uphold_rate.over
    ('upheld decisions', 'investigations (upheld and not upheld)')
    >>> print(uphold_rate(InvestigationTally(19, 3)))
    86% (19 of 22)
    >>> uphold_rate.describe(uphold_rate(InvestigationTally(0, 0)))
    'no complaints were investigated'

    Raises:
        InvalidField: a text is empty.
    """

    name: str = attrs.field(validator=a_text)
    title: str = attrs.field(validator=a_text)
    counted: str = attrs.field(validator=a_text)
    over: str = attrs.field(validator=a_text)
    nothing: str = attrs.field(validator=a_text)
    """What 0 of 0 means, in words."""
    source: Source = attrs.field(validator=instance_of(Source))
    function: Callable[[Any], Any] = attrs.field(repr=False)
    part: Callable[[AnnualReview], Any] = attrs.field(repr=False)
    """What of a review the function is computed from."""

    def __call__(self, counts: AnnualReview | TallyT) -> RateT | None:
        """Give the rate of a review or of its tally; ``None`` where its counts are not known."""
        if not isinstance(counts, AnnualReview):
            return cast("RateT | None", self.function(counts))
        tally = self.part(counts)
        return None if tally is None else cast("RateT | None", self.function(tally))

    def describe(self, rate: Proportion | PopulationRate | None, basis: Basis = Basis.PUBLISHED) -> str:
        """
        Say a rate in words and figures, the four states kept apart.

        >>> [compliance_rate.describe(rate) for rate in (None, Proportion(0, 0), Proportion(0, 3), Proportion(3, 3))]
        ['not published', 'no recommendations were due', '0% (0 of 3)', '100% (3 of 3)']
        """
        if rate is None:
            return "not published" if basis is Basis.PUBLISHED else "not known"
        return self.nothing if rate.value is None else str(rate)

    def __repr__(self) -> str:
        return f"<Measure {self.name}>"

    def __reduce__(self) -> str | tuple[Any, ...]:
        # A measure that a module holds under its name pickles as that name, any other by its parts.
        name: str = self.name
        if globals().get(name) is self:
            return name
        parts: dict[str, Any] = attrs.asdict(self, recurse=False)
        return _remade, tuple(parts.items())


def _remade(*parts: tuple[str, Any]) -> Measure[Any, Any]:
    return Measure(**dict(parts))


Measure.__doc__ = _Docstring(Measure.__doc__)  # type: ignore[assignment]  # read through the descriptor

ProportionMeasure: TypeAlias = Measure[Never, Proportion]
"""A measure that gives a Proportion, whichever tally it rests on."""

_INTERPRETING = Source(
    "LGSCO, Interpreting local authority statistics",
    url="https://www.lgo.org.uk/information-centre/reports/annual-review-reports/interpreting-local-authority-statistics",
)
_LETTER = Source("LGSCO, annual review letters since 2019")


def _uphold_rate(investigations: InvestigationTally) -> Proportion | None:
    """
    Share of investigated complaints in which fault was found.

    Numerator: upheld decisions, early settlements included.  Denominator: upheld and not upheld.
    Cases closed, referred back or given advice are in neither.
    No rate when nothing was investigated; ``None`` where either count is not known.

    >>> uphold_rate(InvestigationTally(upheld=33, not_upheld=7)).percent()
    Decimal('83')
    >>> uphold_rate(InvestigationTally(upheld=0, not_upheld=5)).percent()
    Decimal('0')
    >>> uphold_rate(InvestigationTally.zero()).value is None
    True

    Source: LGSCO, "Interpreting local authority statistics".
    """
    return _share(investigations.upheld, investigations.total)


def _compliance_rate(compliance: ComplianceTally) -> Proportion | None:
    """
    Share of compliance outcomes in which the Ombudsman is satisfied that its recommendations were carried out.

    Numerator: complied, late ones included.  Denominator: compliance outcomes recorded in the year.
    Not that year's upheld cases, which the denominator can exceed.
    No rate when no recommendations were due; ``None`` where either count is not known.

    >>> compliance_rate(ComplianceTally(complied=11, not_complied=1)).percent()
    Decimal('92')
    >>> compliance_rate(ComplianceTally(complied=0, not_complied=2)).percent()
    Decimal('0')
    >>> compliance_rate(ComplianceTally.zero()).value is None
    True

    Source: LGSCO, annual review letters since 2019.
    """
    return _share(compliance.complied, compliance.total)


def _satisfactory_remedy_rate(investigations: InvestigationTally) -> Proportion | None:
    """
    Share of upheld complaints that the council had already put right before they reached the Ombudsman.

    Numerator: satisfactory remedy decisions.  Denominator: upheld decisions, whatever base the letter states.
    No rate when nothing was upheld; ``None`` where either count is not known.

    >>> satisfactory_remedy_rate(InvestigationTally(19, 3, satisfactory_remedies=3)).percent()
    Decimal('16')
    >>> satisfactory_remedy_rate(InvestigationTally(19, 3, satisfactory_remedies=0)).percent()
    Decimal('0')
    >>> satisfactory_remedy_rate(InvestigationTally(0, 3, satisfactory_remedies=0)).value is None
    True

    Source: derived from published figures; 3 of 19 upheld gives the 16% of Worcestershire's letter of 2020, where 3 of
    the 22 detailed investigations that it states would be 14%.
    """
    return _share(investigations.satisfactory_remedies, investigations.upheld)


def _late_compliance_rate(compliance: ComplianceTally) -> Proportion | None:
    """
    Share of the recommendations carried out that were carried out after the agreed date.

    Numerator: late.  Denominator: complied, late and on time; what was never carried out is in neither.
    No rate when nothing was carried out; ``None`` where either count is not known.

    >>> late_compliance_rate(ComplianceTally(11, 1, late=3)).percent()
    Decimal('27')
    >>> late_compliance_rate(ComplianceTally(11, 1, late=0)).percent()
    Decimal('0')
    >>> late_compliance_rate(ComplianceTally(0, 1, late=0)).value is None
    True

    Source: LGSCO, annual review letters since 2019, which count late compliance within compliance.
    """
    return _share(compliance.late, compliance.complied)


def _investigation_rate(overview: Overview) -> Proportion | None:
    """
    Share of the complaints dealt with that were investigated.

    Numerator: investigated (upheld and not upheld).  Denominator: dealt with, that is all complaints decided.
    No rate when nothing was dealt with; ``None`` where either count is not known.

    >>> print(investigation_rate(Overview(not_for_us=29, assessed_and_closed=27, investigated=23)))
    29% (23 of 79)
    >>> investigation_rate(Overview.zero()).value is None
    True

    Source: LGSCO, "Your council's performance", pages from 2024-25.
    """
    return _share(overview.investigated, overview.total)


def _share(numerator: int | None, denominator: int | None) -> Proportion | None:
    return None if numerator is None or denominator is None else Proportion(numerator, denominator)


def _overview_of(review: AnnualReview) -> Overview | None:
    if review.overview is not None or review.decided is None:
        return review.overview
    return review.decided.overview


_investigations_of = attrgetter("investigations")
_compliance_of = attrgetter("compliance")

uphold_rate: Measure[InvestigationTally, Proportion] = Measure(
    name="uphold_rate",
    title="Uphold rate",
    counted="upheld decisions",
    over="investigations (upheld and not upheld)",
    nothing="no complaints were investigated",
    source=_INTERPRETING,
    function=_uphold_rate,
    part=_investigations_of,
)
compliance_rate: Measure[ComplianceTally, Proportion] = Measure(
    name="compliance_rate",
    title="Compliance rate",
    counted="compliance outcomes with which the Ombudsman is satisfied, late ones included",
    over="compliance outcomes recorded in the year",
    nothing="no recommendations were due",
    source=_LETTER,
    function=_compliance_rate,
    part=_compliance_of,
)
satisfactory_remedy_rate: Measure[InvestigationTally, Proportion] = Measure(
    name="satisfactory_remedy_rate",
    title="Satisfactory remedy rate",
    counted="upheld decisions that the council had already put right",
    over="upheld decisions",
    nothing="no complaints were upheld",
    source=_LETTER,
    function=_satisfactory_remedy_rate,
    part=_investigations_of,
)
late_compliance_rate: Measure[ComplianceTally, Proportion] = Measure(
    name="late_compliance_rate",
    title="Late compliance rate",
    counted="compliance outcomes carried out after the agreed date",
    over="compliance outcomes carried out, late or on time",
    nothing="no recommendations were carried out",
    source=_LETTER,
    function=_late_compliance_rate,
    part=_compliance_of,
)
investigation_rate: Measure[Overview, Proportion] = Measure(
    name="investigation_rate",
    title="Investigation rate",
    counted="complaints investigated",
    over="complaints dealt with",
    nothing="no complaints were dealt with",
    source=Source("LGSCO, Your council's performance", url="https://www.lgo.org.uk/your-councils-performance"),
    function=_investigation_rate,
    part=_overview_of,
)

KEY_STATISTICS: tuple[ProportionMeasure, ...] = (uphold_rate, compliance_rate, satisfactory_remedy_rate)
"""The three statistics of every annual review letter since 2019, in the letter's order."""


@final
@value
class _UpheldAmong:
    """The function of the measure that upheld_per_population makes."""

    populations: tuple[tuple[Authority, ReportingYear, Population], ...] = attrs.field()
    per: int = attrs.field()

    def __call__(self, review: AnnualReview) -> PopulationRate | None:
        upheld = None if review.investigations is None else review.investigations.upheld
        for authority, year, population in self.populations:
            if (authority, year) == (review.authority, review.year) and upheld is not None:
                return PopulationRate(upheld, population, per=self.per)
        return None


def _whole(review: AnnualReview) -> AnnualReview:
    return review


def upheld_per_population(
    populations: Mapping[tuple[Authority, ReportingYear], Population], *, per: int = 100_000
) -> Measure[Never, PopulationRate]:
    """
    Make the measure of upheld decisions for every so many residents.

    Numerator: upheld decisions.  Denominator: the population that the caller gives for that authority and year.
    ``None`` where the upheld count is not known or no population is given; no rate where nobody lives.

    >>> from lgsco.authorities import AuthorityType
    >>> me = Authority("Buckinghamshire Council", AuthorityType.UNITARY_COUNCIL)
    >>> year = ReportingYear(2023)
    >>> per_100k = upheld_per_population({(me, year): Population(560_000, dt.date(2021, 6, 30))})
    >>> print(per_100k(AnnualReview(me, year, investigations=InvestigationTally(31, 8))))
    5.5 per 100,000 (31 among 560,000)

    Raises:
        InvalidCount: ``per`` is no whole number above nought.

    Source: LGSCO, "Your council's performance", pages from 2023-24; no populations are shipped with lgsco.
    """
    if (reason := a_count.why(per)) is not None or per == 0:
        raise InvalidCount("per", per, reason or "a rate is for at least one resident")
    return Measure(
        name="upheld_per_population",
        title=f"Upheld decisions per {per:,} residents",
        counted="upheld decisions",
        over=f"residents, in units of {per:,}",
        nothing="nobody lives here",
        source=Source("LGSCO, Your council's performance", url="https://www.lgo.org.uk/your-councils-performance"),
        function=_UpheldAmong(
            tuple((authority, year, people) for (authority, year), people in populations.items()), per
        ),
        part=_whole,
    )
