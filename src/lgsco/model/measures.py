"""
Measures: each quantity under one name, with what is counted over what.

Four states stay apart: not published (``None``), nothing to share (0 of 0: no rate), a true nought (0 of n), a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY
from typing import Annotated, Any, Generic, Never, TypeAlias, TypeVar, cast, final

import attrs

from lgsco._values import Constraint, PositiveCount, Text, fields_of, validate, value
from lgsco.errors import InvalidValue
from lgsco.model.authorities import Authority
from lgsco.model.reviews import AnnualReview
from lgsco.model.tallies import ComplianceTally, InvestigationTally, Overview
from lgsco.model.years import ReportingYear
from lgsco.sources import Basis, Source
from lgsco.stats.rates import Population, PopulationRate, Proportion

__all__ = [
    "KEY_STATISTICS",
    "Measure",
    "ProportionMeasure",
    "ShareMeasure",
    "compliance_rate",
    "investigation_rate",
    "late_compliance_rate",
    "per_population_measure",
    "satisfactory_remedy_rate",
    "uphold_rate",
]

TallyT = TypeVar("TallyT", contravariant=True)
RateT = TypeVar("RateT", bound=Proportion | PopulationRate, covariant=True)


class _Docstring:
    """Give a measure the docstring of the function that it was made from, and the class its own."""

    def __init__(self, of_class: str | None) -> None:
        self.of_class = of_class

    def __get__(self, measure: Any, _: object = None) -> str | None:
        return self.of_class if measure is None else measure.function.__doc__


@final
@value
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
        InvalidValue: a text is empty; or when called, what it is given is neither a review nor the tally it rests on.
    """

    _: KW_ONLY
    name: Text
    title: Text
    counted: Text
    over: Text
    nothing: Text
    """What 0 of 0 means, in words."""
    source: Source
    function: Callable[[Any], Any] = attrs.field(repr=False)
    rests_on: type = attrs.field(repr=False)
    """The class of what the function is computed from."""
    part: Callable[[AnnualReview], Any] = attrs.field(repr=False)
    """What of a review the function is computed from."""
    gives: type = attrs.field(default=Proportion, repr=False)
    """The class of its rates: Proportion, or PopulationRate."""

    judged_by_chance: bool = attrs.field(default=True, repr=False)
    """Whether a verdict sets it against chance; not compliance, of which each failure is looked at."""
    phrase: tuple[str, str, str] = attrs.field(default=("case", "cases", "counted"), repr=False)
    """One case, several cases, and what was done with those counted, for sentences."""

    def __call__(self, counts: AnnualReview | TallyT) -> RateT | None:
        """Give the rate of a review or of its tally; ``None`` where its counts are not known."""
        tally = self.part(counts) if isinstance(counts, AnnualReview) else counts
        if tally is None:
            return None
        # Another tally may have fields of the same names, and would give a rate over another denominator.
        if type(tally) is not self.rests_on:
            raise InvalidValue.at("counts", counts, f"must be an AnnualReview or the {self.rests_on.__name__} of one")
        return cast("RateT | None", self.function(tally))

    def describe(self, rate: Proportion | PopulationRate | None, basis: Basis = Basis.PUBLISHED) -> str:
        """
        Say a rate in words and figures, the four states kept apart.

        >>> [compliance_rate.describe(rate) for rate in (None, Proportion(0, 0), Proportion(0, 3), Proportion(3, 3))]
        ['not published', 'no recommendations were due', '0% (0 of 3)', '100% (3 of 3)']
        """
        if rate is None:
            return "not published" if basis is Basis.PUBLISHED else "not known"
        return self.nothing if rate.value is None else str(rate)

    def counted_of(self, rate: Proportion) -> str:
        """
        Say the counts of a rate in words, right for none, one and all.

        >>> for count, total in ((19, 22), (1, 22), (0, 22), (22, 22), (1, 1)):
        ...     print(uphold_rate.counted_of(Proportion(count, total)))
        19 of 22 investigations were upheld
        1 of 22 investigations was upheld
        None of 22 investigations was upheld
        All 22 investigations were upheld
        The only investigation was upheld
        """
        one, several, done = self.phrase
        count, total = rate.numerator, rate.denominator
        if total == 1:
            return f"The only {one} was {'' if count else 'not '}{done}"
        if count == total:
            return f"All {total:,} {several} were {done}"
        if count == 0:
            return f"None of {total:,} {several} was {done}"
        return f"{count:,} of {total:,} {several} {'was' if count == 1 else 'were'} {done}"

    def __repr__(self) -> str:
        return f"<Measure {self.name}>"

    def __reduce__(self) -> str | tuple[Any, ...]:
        # A measure that a module holds under its name pickles as that name, any other by its parts.
        name: str = self.name
        if globals().get(name) is self:
            return name
        return _remade, tuple((field.name, getattr(self, field.name)) for field in fields_of(Measure))


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


def _investigations_of(review: AnnualReview) -> InvestigationTally | None:
    if review.investigations is not None or review.decided is None:
        return review.investigations
    return review.decided.investigations


def _compliance_of(review: AnnualReview) -> ComplianceTally | None:
    return review.compliance


uphold_rate: Measure[InvestigationTally, Proportion] = Measure(
    name="uphold_rate",
    title="Uphold rate",
    counted="upheld decisions",
    over="investigations (upheld and not upheld)",
    nothing="no complaints were investigated",
    source=_INTERPRETING,
    function=_uphold_rate,
    rests_on=InvestigationTally,
    part=_investigations_of,
    phrase=("investigation", "investigations", "upheld"),
)
compliance_rate: Measure[ComplianceTally, Proportion] = Measure(
    name="compliance_rate",
    title="Compliance rate",
    counted="compliance outcomes with which the Ombudsman is satisfied, late ones included",
    over="compliance outcomes recorded in the year",
    nothing="no recommendations were due",
    source=_LETTER,
    function=_compliance_rate,
    rests_on=ComplianceTally,
    part=_compliance_of,
    phrase=("compliance outcome", "compliance outcomes", "satisfactory"),
    judged_by_chance=False,
)
satisfactory_remedy_rate: Measure[InvestigationTally, Proportion] = Measure(
    name="satisfactory_remedy_rate",
    title="Satisfactory remedy rate",
    counted="upheld decisions that the council had already put right",
    over="upheld decisions",
    nothing="no complaints were upheld",
    source=_LETTER,
    function=_satisfactory_remedy_rate,
    rests_on=InvestigationTally,
    part=_investigations_of,
    phrase=("upheld complaint", "upheld complaints", "already put right by the council"),
)
late_compliance_rate: Measure[ComplianceTally, Proportion] = Measure(
    name="late_compliance_rate",
    title="Late compliance rate",
    counted="compliance outcomes carried out after the agreed date",
    over="compliance outcomes carried out, late or on time",
    nothing="no recommendations were carried out",
    source=_LETTER,
    function=_late_compliance_rate,
    rests_on=ComplianceTally,
    part=_compliance_of,
    phrase=("compliance outcome carried out", "compliance outcomes carried out", "late"),
    judged_by_chance=False,
)
investigation_rate: Measure[Overview, Proportion] = Measure(
    name="investigation_rate",
    title="Investigation rate",
    counted="complaints investigated",
    over="complaints dealt with",
    nothing="no complaints were dealt with",
    source=Source("LGSCO, Your council's performance", url="https://www.lgo.org.uk/your-councils-performance"),
    function=_investigation_rate,
    rests_on=Overview,
    part=_overview_of,
    phrase=("complaint dealt with", "complaints dealt with", "investigated"),
)


def _why_no_share(held: object) -> str | None:
    if not isinstance(held, Measure):
        return "must be a Measure"
    return None if held.gives is Proportion else "gives a rate per population, not a share; a funnel can show it"


ShareMeasure: TypeAlias = Annotated[ProportionMeasure, Constraint(_why_no_share)]
"""A measure that gives shares, for an annotation."""

KEY_STATISTICS: tuple[ProportionMeasure, ...] = (uphold_rate, compliance_rate, satisfactory_remedy_rate)
"""The three statistics of every annual review letter since 2019, in the letter's order."""


@final
@value
class _UpheldAmong:
    """The function of the measure that per_population_measure makes."""

    populations: tuple[tuple[Authority, ReportingYear, Population], ...]
    per: int

    def __call__(self, review: AnnualReview) -> PopulationRate | None:
        upheld = None if review.investigations is None else review.investigations.upheld
        for authority, year, population in self.populations:
            if (authority, year) == (review.authority, review.year) and upheld is not None:
                return PopulationRate(upheld, population, per=self.per)
        return None


def _whole(review: AnnualReview) -> AnnualReview:
    return review


def _is_population_of_year(pair: object) -> bool:
    if not (isinstance(pair, tuple) and len(pair) == 2 and isinstance(pair[0], tuple)):  # noqa: PLR2004  # a pair
        return False
    key, people = pair
    return [*map(type, key)] == [Authority, ReportingYear] and type(people) is Population


def per_population_measure(
    populations: Mapping[tuple[Authority, ReportingYear], Population]
    | Iterable[tuple[tuple[Authority, ReportingYear], Population]],
    *,
    per: int = 100_000,
) -> Measure[Never, PopulationRate]:
    """
    Make the measure of upheld decisions for every so many residents.

    ``populations`` is a mapping of authority and year to the population then, or the same as pairs. Each population
    says on which day it was estimated and by whom; the Ombudsman uses that of the June before the year begins.

    Numerator: upheld decisions.  Denominator: the population that the caller gives for that authority and year.
    ``None`` where the upheld count is not known or no population is given; no rate where nobody lives.

    >>> import datetime as dt
    >>> from lgsco import AuthorityType
    >>> me = Authority("Buckinghamshire Council", AuthorityType.UNITARY_COUNCIL)
    >>> year = ReportingYear(2023)
    >>> per_100k = per_population_measure({(me, year): Population(560_000, dt.date(2021, 6, 30))})
    >>> print(per_100k(AnnualReview(me, year, investigations=InvestigationTally(31, 8))))
    5.5 per 100,000 (31 among 560,000)

    Raises:
        InvalidValue: ``per`` is no whole number above zero, or the populations are nothing of the kind.

    Source: LGSCO, "Your council's performance", pages from 2023-24; no populations are shipped with lgsco.
    """
    validate(per=(per, PositiveCount))
    pairs = [*(populations.items() if isinstance(populations, Mapping) else populations)]
    if not all(_is_population_of_year(pair) for pair in pairs):
        reason = "must be a mapping, or pairs, of an authority and a year to a Population"
        raise InvalidValue.at("populations", populations, reason)
    return Measure(
        name="per_population_measure",
        title=f"Upheld decisions per {per:,} residents",
        counted="upheld decisions",
        over=f"residents, in units of {per:,}",
        nothing="nobody lives here",
        source=Source("LGSCO, Your council's performance", url="https://www.lgo.org.uk/your-councils-performance"),
        function=_UpheldAmong(tuple((authority, year, people) for (authority, year), people in pairs), per),
        rests_on=AnnualReview,
        part=_whole,
        gives=PopulationRate,
    )
