"""
Measures: each quantity under one name, with what is counted over what.

Four states stay apart: not held (``None``), nothing to share (0 of 0: no rate), zero (0 of n), a figure.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY
from types import FunctionType
from typing import Annotated, Any, Generic, Never, TypeAlias, TypeVar, cast, final, get_args, get_type_hints

import attrs

from lgsco._values import Constraint, PositiveCount, Text, fields_of, validate, value
from lgsco.errors import InvalidValue
from lgsco.model.authorities import Authority
from lgsco.model.reviews import AnnualReview
from lgsco.model.tallies import ComplianceTally, InvestigationTally, Overview
from lgsco.model.years import ReportingYear
from lgsco.sources import Source
from lgsco.stats.rates import Population, PopulationRate, Proportion

TallyT = TypeVar("TallyT", contravariant=True)
RateT = TypeVar("RateT", bound=Proportion | PopulationRate, covariant=True)


def proportion(numerator: int | None, denominator: int | None) -> Proportion | None:
    """Return a share of counts; ``None`` where either is not held."""
    return None if numerator is None or denominator is None else Proportion(numerator, denominator)


class _Docstring:
    """The docstring of a measure is that of its function; the class has its own."""

    def __init__(self, of_class: str | None) -> None:
        self.of_class = of_class

    def __get__(self, instance: Any, _: object = None) -> str | None:
        return self.of_class if instance is None else instance.function.__doc__


@final
@value
class Measure(Generic[TallyT, RateT]):
    """
    One quantity under one name: what is counted, over what, by whose definition, and the function that computes it.

    Made by the decorator ``measure``. Call it with an AnnualReview, or with the tally that it rests on.
    It returns ``None`` where its counts are not held; a rate of 0 of 0 is a Proportion without a value.

    >>> uphold_rate.counted, uphold_rate.over
    ('upheld decisions', 'investigations (upheld and not upheld)')
    >>> print(uphold_rate(InvestigationTally(19, 3)))
    86% (19 of 22)
    >>> uphold_rate.describe(uphold_rate(InvestigationTally(0, 0)))
    'no complaints were investigated'

    Raises:
        InvalidValue: a text is empty, or the annotations of the function name no tally; or when called, the argument is
            neither a review nor the tally that the measure rests on.
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
    """Computes the rate; its annotations say from which tally, or from which review, and which class of rate."""
    phrase: tuple[str, str, str] = attrs.field(default=("case", "cases", "counted"), repr=False)
    """One case, several cases, and the verb for those counted, for sentences."""
    judged_by_chance: bool = attrs.field(default=True, repr=False)
    """True where a verdict sets it against chance; not for compliance, of which each failure is looked at."""
    rests_on: type = attrs.field(init=False, repr=False, eq=False)
    """The class that the function takes: a tally, or AnnualReview."""
    gives: type = attrs.field(init=False, repr=False, eq=False)
    """The class of its rates: Proportion, or PopulationRate."""

    def __attrs_post_init__(self) -> None:
        function: Any = self.function if isinstance(self.function, FunctionType) else type(self.function).__call__
        hints = get_type_hints(function)
        returned = hints.pop("return", None)
        taken = next(iter(hints.values()), None)
        if taken is not AnnualReview and taken not in _field_of_tally():
            raise InvalidValue.at(
                "function", self.function, "its annotations must name AnnualReview or the tally of one"
            )
        object.__setattr__(self, "rests_on", taken)
        object.__setattr__(self, "gives", next(iter(get_args(returned)), returned))

    def __call__(self, counts: AnnualReview | TallyT) -> RateT | None:
        """
        Return the rate of a review, or of the tally that the measure rests on.

        Args:
            counts: one council's year, or its tally.

        Returns:
            The rate; ``None`` where its counts are not held.

        Raises:
            InvalidValue: the argument is neither.
        """
        tally = self.part(counts) if isinstance(counts, AnnualReview) else counts
        if tally is None:
            return None
        # Another tally may have fields of the same names, and would give a rate over another denominator.
        if type(tally) is not self.rests_on:
            raise InvalidValue.at("counts", counts, f"must be an AnnualReview or the {self.rests_on.__name__} of one")
        return cast("RateT | None", self.function(tally))

    def part(self, review: AnnualReview) -> Any:
        """
        Return what the measure rests on, of a review.

        Args:
            review: one council's year.

        Returns:
            The tally, or the review itself; ``None`` where it is not held.

        Raises:
            InvalidValue: the argument is not a review.
        """
        validate(review=(review, AnnualReview))
        if self.rests_on is AnnualReview:
            return review
        field = _field_of_tally()[self.rests_on]
        tally = getattr(review, field)
        # Where only the six outcomes are held, investigations and the overview follow from them.
        return getattr(review.decided, field, None) if tally is None else tally

    def describe(self, rate: Proportion | PopulationRate | None) -> str:
        """
        Return a rate in words and figures, the four states kept apart.

        >>> [compliance_rate.describe(rate) for rate in (None, Proportion(0, 0), Proportion(0, 3), Proportion(3, 3))]
        ['not held', 'no recommendations were due', '0% (0 of 3)', '100% (3 of 3)']

        Args:
            rate: a rate of this measure; ``None`` where it is not held.

        Returns:
            The words.

        Raises:
            InvalidValue: it is not a rate.
        """
        validate(rate=(rate, Proportion | PopulationRate | None))
        if rate is None:
            return "not held"
        return self.nothing if rate.value is None else str(rate)

    def counted_of(self, rate: Proportion) -> str:
        """
        Return the counts of a rate in words, right for none, one and all.

        >>> for count, total in ((19, 22), (1, 22), (0, 22), (22, 22), (1, 1)):
        ...     print(uphold_rate.counted_of(Proportion(count, total)))
        19 of 22 investigations were upheld
        1 of 22 investigations was upheld
        None of 22 investigations was upheld
        All 22 investigations were upheld
        The only investigation was upheld

        Args:
            rate: a rate of this measure.

        Returns:
            The words.

        Raises:
            InvalidValue: it is not a Proportion.
        """
        validate(rate=(rate, Proportion))
        case, cases, counted = self.phrase
        count, total = rate.numerator, rate.denominator
        if total == 1:
            return f"The only {case} was {'' if count else 'not '}{counted}"
        if count == total:
            return f"All {total:,} {cases} were {counted}"
        if count == 0:
            return f"None of {total:,} {cases} was {counted}"
        return f"{count:,} of {total:,} {cases} {'was' if count == 1 else 'were'} {counted}"

    def __repr__(self) -> str:
        return f"<Measure {self.name}>"

    def _repr_pretty_(self, printer: Any, _: object) -> None:
        printer.text(self.name)

    def __reduce__(self) -> str | tuple[Any, ...]:
        # A measure of this module pickles as its name, and is the same one afterwards; any other by its parts.
        name: str = self.name
        if globals().get(name) is self:
            return name
        parts = {field.name: getattr(self, field.name) for field in fields_of(Measure) if field.init}
        return functools.partial(Measure, **parts), ()


Measure.__doc__ = _Docstring(Measure.__doc__)  # type: ignore[assignment]  # read through the descriptor

ProportionMeasure: TypeAlias = Measure[Never, Proportion]
"""A measure that gives a Proportion, whichever tally it rests on."""


@functools.cache
def _field_of_tally() -> dict[Any, str]:
    """Return the field of a review that has a tally of each class."""
    hints = get_type_hints(AnnualReview)
    tallies = {"investigations", "compliance", "overview", "decided", "received"}
    return {get_args(hint)[0]: name for name, hint in hints.items() if name in tallies}


def measure(  # noqa: PLR0913  # each is one text of the measure, by keyword
    *,
    title: str,
    counted: str,
    over: str,
    nothing: str,
    source: Source,
    phrase: tuple[str, str, str] = ("case", "cases", "counted"),
    judged_by_chance: bool = True,
) -> Callable[[Callable[[TallyT], RateT | None]], Measure[TallyT, RateT]]:
    """
    Make a function the measure of its name; its annotations say what it rests on and which class of rate it returns.

    >>> @measure(
    ...     title="Share not upheld",
    ...     counted="decisions not upheld",
    ...     over="investigations (upheld and not upheld)",
    ...     nothing="no complaints were investigated",
    ...     source=Source("our own definition"),
    ... )
    ... def share_not_upheld(investigations: InvestigationTally) -> Proportion | None:
    ...     return proportion(investigations.not_upheld, investigations.total)
    >>> print(share_not_upheld(InvestigationTally(19, 3)))
    14% (3 of 22)

    Args:
        title: the heading of a column or a chart.
        counted: what the numerator counts, in the plural.
        over: what the denominator counts, in the plural.
        nothing: what 0 of 0 means.
        source: whose definition it is.
        phrase: one case, several cases, and the verb for those counted, for sentences.
        judged_by_chance: True where a verdict sets the rate against chance.

    Returns:
        A decorator of a function from one tally of a review, or from an AnnualReview, to a rate or ``None``.

    Raises:
        InvalidValue: a text is empty, or the annotations of the function name no tally.
    """
    texts: dict[str, Any] = {"title": title, "counted": counted, "over": over, "nothing": nothing, "phrase": phrase}

    def decorate(function: Callable[[TallyT], RateT | None]) -> Measure[TallyT, RateT]:
        name = function.__name__
        # The module has the measure under the function's name; so the function pickles as a part of the measure.
        function.__qualname__ = f"{function.__qualname__}.function"
        return Measure(name=name, source=source, function=function, judged_by_chance=judged_by_chance, **texts)

    return decorate


_INTERPRETING = Source(
    "LGSCO, Interpreting local authority statistics",
    url="https://www.lgo.org.uk/information-centre/reports/annual-review-reports/interpreting-local-authority-statistics",
)
_LETTER = Source("LGSCO, annual review letters since 2019")


@measure(
    title="Uphold rate",
    counted="upheld decisions",
    over="investigations (upheld and not upheld)",
    nothing="no complaints were investigated",
    source=_INTERPRETING,
    phrase=("investigation", "investigations", "upheld"),
)
def uphold_rate(investigations: InvestigationTally) -> Proportion | None:
    """
    Share of investigated complaints in which fault was found.

    Numerator: upheld decisions, early settlements included.  Denominator: upheld and not upheld.
    Cases closed, referred back or given advice are in neither.
    No rate when nothing was investigated; ``None`` where either count is not held.

    >>> uphold_rate(InvestigationTally(upheld=33, not_upheld=7)).percent()
    Decimal('83')
    >>> uphold_rate(InvestigationTally(upheld=0, not_upheld=5)).percent()
    Decimal('0')
    >>> uphold_rate(InvestigationTally.zero()).value is None
    True

    Source: LGSCO, "Interpreting local authority statistics".
    """
    return proportion(investigations.upheld, investigations.total)


@measure(
    title="Compliance rate",
    counted="compliance outcomes with which the Ombudsman is satisfied, late ones included",
    over="compliance outcomes recorded in the year",
    nothing="no recommendations were due",
    source=_LETTER,
    phrase=("compliance outcome", "compliance outcomes", "satisfactory"),
    judged_by_chance=False,
)
def compliance_rate(compliance: ComplianceTally) -> Proportion | None:
    """
    Share of compliance outcomes in which the Ombudsman is satisfied that its recommendations were carried out.

    Numerator: complied, late ones included.  Denominator: compliance outcomes recorded in the year.
    Not that year's upheld cases, which the denominator can exceed.
    No rate when no recommendations were due; ``None`` where either count is not held.

    >>> compliance_rate(ComplianceTally(complied=11, not_complied=1)).percent()
    Decimal('92')
    >>> compliance_rate(ComplianceTally(complied=0, not_complied=2)).percent()
    Decimal('0')
    >>> compliance_rate(ComplianceTally.zero()).value is None
    True

    Source: LGSCO, annual review letters since 2019.
    """
    return proportion(compliance.complied, compliance.total)


@measure(
    title="Satisfactory remedy rate",
    counted="upheld decisions that the council had already put right",
    over="upheld decisions",
    nothing="no complaints were upheld",
    source=_LETTER,
    phrase=("upheld complaint", "upheld complaints", "already put right by the council"),
)
def satisfactory_remedy_rate(investigations: InvestigationTally) -> Proportion | None:
    """
    Share of upheld complaints that the council had already put right before they reached the Ombudsman.

    Numerator: satisfactory remedy decisions.  Denominator: upheld decisions, whatever base the letter states.
    No rate when nothing was upheld; ``None`` where either count is not held.

    >>> satisfactory_remedy_rate(InvestigationTally(19, 3, satisfactory_remedies=3)).percent()
    Decimal('16')
    >>> satisfactory_remedy_rate(InvestigationTally(19, 3, satisfactory_remedies=0)).percent()
    Decimal('0')
    >>> satisfactory_remedy_rate(InvestigationTally(0, 3, satisfactory_remedies=0)).value is None
    True

    Source: derived from published figures; 3 of 19 upheld gives the 16% of Worcestershire's letter of 2020, where 3 of
    the 22 detailed investigations that it states would be 14%.
    """
    return proportion(investigations.satisfactory_remedies, investigations.upheld)


@measure(
    title="Late compliance rate",
    counted="compliance outcomes carried out after the agreed date",
    over="compliance outcomes carried out, late or on time",
    nothing="no recommendations were carried out",
    source=_LETTER,
    phrase=("compliance outcome carried out", "compliance outcomes carried out", "late"),
    judged_by_chance=False,
)
def late_compliance_rate(compliance: ComplianceTally) -> Proportion | None:
    """
    Share of the recommendations carried out that were carried out after the agreed date.

    Numerator: late.  Denominator: complied, late and on time; what was never carried out is in neither.
    No rate when nothing was carried out; ``None`` where either count is not held.

    >>> late_compliance_rate(ComplianceTally(11, 1, late=3)).percent()
    Decimal('27')
    >>> late_compliance_rate(ComplianceTally(11, 1, late=0)).percent()
    Decimal('0')
    >>> late_compliance_rate(ComplianceTally(0, 1, late=0)).value is None
    True

    Source: LGSCO, annual review letters since 2019, which count late compliance within compliance.
    """
    return proportion(compliance.late, compliance.complied)


@measure(
    title="Investigation rate",
    counted="complaints investigated",
    over="complaints dealt with",
    nothing="no complaints were dealt with",
    source=Source("LGSCO, Your council's performance", url="https://www.lgo.org.uk/your-councils-performance"),
    phrase=("complaint dealt with", "complaints dealt with", "investigated"),
)
def investigation_rate(overview: Overview) -> Proportion | None:
    """
    Share of the complaints dealt with that were investigated.

    Numerator: investigated (upheld and not upheld).  Denominator: dealt with, that is all complaints decided.
    No rate when nothing was dealt with; ``None`` where either count is not held.

    >>> print(investigation_rate(Overview(not_for_us=29, assessed_and_closed=27, investigated=23)))
    29% (23 of 79)
    >>> investigation_rate(Overview.zero()).value is None
    True

    Source: LGSCO, "Your council's performance", pages from 2024-25.
    """
    return proportion(overview.investigated, overview.total)


def _check_share_measure(candidate: object) -> str | None:
    if not isinstance(candidate, Measure):
        return "must be a Measure"
    return None if candidate.gives is Proportion else "gives a rate per population, not a share; a funnel can show it"


ShareMeasure: TypeAlias = Annotated[ProportionMeasure, Constraint(_check_share_measure)]
"""A measure that gives shares, for an annotation."""

KEY_STATISTICS: tuple[ProportionMeasure, ...] = (uphold_rate, compliance_rate, satisfactory_remedy_rate)
"""The three statistics of every annual review letter since 2019, in the letter's order."""


@final
@value
class _UpheldAmong:
    """The function of the measure that ``per_population_measure`` returns."""

    populations: tuple[tuple[Authority, ReportingYear, Population], ...]
    per: int

    def __call__(self, review: AnnualReview) -> PopulationRate | None:
        upheld = None if review.investigations is None else review.investigations.upheld
        population = self._by_key.get((review.authority, review.year))
        return None if upheld is None or population is None else PopulationRate(upheld, population, per=self.per)

    @functools.cached_property
    def _by_key(self) -> dict[tuple[Authority, ReportingYear], Population]:
        return {(authority, year): population for authority, year, population in self.populations}


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
    Return the measure of upheld decisions per number of residents.

    Numerator: upheld decisions.  Denominator: the population that the caller gives for that authority and year.
    ``None`` where the upheld count is not held or no population is given; no rate where nobody lives.

    >>> import datetime as dt
    >>> from lgsco import AuthorityType
    >>> me = Authority("Buckinghamshire Council", AuthorityType.UNITARY_COUNCIL)
    >>> year = ReportingYear(2023)
    >>> per_100k = per_population_measure({(me, year): Population(560_000, dt.date(2021, 6, 30))})
    >>> print(per_100k(AnnualReview(me, year, investigations=InvestigationTally(31, 8))))
    5.5 per 100,000 (31 among 560,000)

    Args:
        populations: the residents of each authority in each year, as a mapping or as pairs; each says on which day it
            was estimated and by whom. The Ombudsman uses that of the June before the year begins. None ship with lgsco.
        per: the number of residents for which the rate is stated.

    Raises:
        InvalidValue: ``per`` is not a whole number from one, the populations are nothing of the kind, or two of one
            authority and year differ.

    Source: LGSCO, "Your council's performance", pages from 2023-24.
    """
    validate(per=(per, PositiveCount))
    given: Iterable[Any] = populations.items() if isinstance(populations, Mapping) else populations
    pairs: list[Any] = [*given]
    if not all(map(_is_population_of_year, pairs)):
        reason = "must be a mapping, or pairs, of an authority and a year to a Population"
        raise InvalidValue.at("populations", populations, reason)
    if len(dict(pairs)) < len({*pairs}):
        raise InvalidValue.at("populations", populations, "must have one population of each authority and year")
    return Measure(
        name="per_population_measure",
        title=f"Upheld decisions per {per:,} residents",
        counted="upheld decisions",
        over=f"residents, in units of {per:,}",
        nothing="nobody lives here",
        source=Source("LGSCO, Your council's performance", url="https://www.lgo.org.uk/your-councils-performance"),
        function=_UpheldAmong(tuple((authority, year, people) for (authority, year), people in pairs), per),
    )
