"""Similar authorities: who they are, what they average, and a council set beside them."""

from __future__ import annotations

from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, Literal, TypeAlias, final

import attrs

from lgsco._values import (
    Rule,
    Slug,
    a_confidence,
    a_count_or_none,
    a_text,
    each,
    instance_of,
    one_of,
    optional,
    tuple_of,
    value,
)
from lgsco.authorities import Authority, AuthorityType
from lgsco.casework import SERIES_BREAKS, ReportingYear
from lgsco.errors import InvalidField, NotComparable, NothingToCombine
from lgsco.printed import PrintedAverage, PrintedPercent
from lgsco.rates import Interval, Measure, Proportion, ProportionMeasure, half_up
from lgsco.sources import Basis
from lgsco.tallies import AnnualReview

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from lgsco.authorities import Register

__all__ = [
    "Average",
    "AverageMethod",
    "Benchmark",
    "Caution",
    "CautionKind",
    "Comparison",
    "Part",
    "average_of",
    "compare",
    "similar_authorities",
]

FEWEST_AUTHORITIES = 5
"""With fewer rates than this there is no computed average: one council would be most of it."""
LEAST_COVERAGE = Fraction(1, 2)
"""With less of a group than this held there is no computed average: the rest may differ."""
FEWEST_CASES = 30
"""Below this many cases one case more or less moves the rate by over 3 percentage points, and a caution says so."""


def similar_authorities(
    review: AnnualReview, reviews: Iterable[AnnualReview], *, register: Register | None = None
) -> tuple[AnnualReview, ...]:
    """
    Give the reviews of the council's comparison group in its year, its own included, as the Ombudsman averages them.

    With a register the group is the one the register gives, which leaves out the bodies that stand in no group, and the
    others are those in being on the last day of the year; without one the group is the authority's type.

    Raises:
        NotComparable: the council stands in no comparison group.
        UnknownAuthority: an authority is not in the register.
    """
    group = group_of(review.authority, register)
    if group is None:
        raise NotComparable("group", "a comparison group", f"{review.authority}, which stands in none")
    similar = [
        other
        for other in reviews
        if other.year == review.year
        and other.authority != review.authority
        and group_of(other.authority, register) is group
        and (register is None or register.entry(other.authority).in_being(review.year.end))
    ]
    return tuple(sorted([review, *similar], key=lambda each: each.authority.name))


def group_of(authority: Authority, register: Register | None) -> AuthorityType | None:
    """Give the comparison group of an authority: by the register, or failing one by its type."""
    if register is not None:
        return register.entry(authority).group
    return authority.type if authority.type.is_comparison_group else None


class AverageMethod(Slug):
    """How the rates of several councils become one."""

    POOLED = "pooled"
    """All their cases taken as one body of cases; much the likelier method of the printed averages."""
    MEAN = "mean"
    """The mean of their rates, each council weighing the same, whatever its number of cases."""
    MEDIAN = "median"
    """The middle one of their rates."""


@final
@value
class Part:
    """One council's share in an average."""

    authority: Authority = attrs.field(validator=instance_of(Authority))
    rate: Proportion = attrs.field(validator=instance_of(Proportion))


@final
@value
class Average:
    """
    An average computed from counts that are held, which says from whose and how much of the group that is.

    ``parts`` are the councils whose rate is known, those with 0 of 0 included; ``not_published`` those asked for whose
    counts are not known. ``group_size`` is how many councils the group has, where a register said so.
    There is no average of fewer than five rates or of less than half a group: ``too_little`` then says why.

    Raises:
        InvalidField: a field is of the wrong type (InvalidFields where there are several).
    """

    measure: ProportionMeasure = attrs.field(validator=instance_of(Measure))
    year: ReportingYear = attrs.field(validator=instance_of(ReportingYear))
    parts: tuple[Part, ...] = attrs.field(kw_only=True, converter=tuple_of[Part, ...], validator=each(Part))
    method: AverageMethod = attrs.field(
        default=AverageMethod.POOLED, kw_only=True, validator=instance_of(AverageMethod)
    )
    group: AuthorityType | None = attrs.field(
        default=None, kw_only=True, validator=optional(instance_of(AuthorityType))
    )
    group_size: int | None = attrs.field(default=None, kw_only=True, validator=a_count_or_none)
    not_published: tuple[Authority, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple_of[Authority, ...], validator=each(Authority)
    )

    @property
    def rates(self) -> tuple[Fraction, ...]:
        """The rates that there are; a council with 0 of 0 has none."""
        return tuple(part.rate.value for part in self.parts if part.rate.value is not None)

    @property
    def pooled(self) -> Proportion:
        """All cases of the parts as one share, however few they are; not the average where ``too_little`` speaks."""
        return Proportion(
            sum(part.rate.numerator for part in self.parts), sum(part.rate.denominator for part in self.parts)
        )

    @property
    def coverage(self) -> Proportion | None:
        """How many councils of the group are held; ``None`` where its size is not known."""
        if self.group_size is None or len(self.parts) > self.group_size:
            return None
        return Proportion(len(self.parts), self.group_size)

    @property
    def too_little(self) -> str | None:
        """Why there is no average, or ``None`` where there is one."""
        if len(self.rates) < FEWEST_AUTHORITIES:
            return f"only {len(self.rates)} rates are held; there is no average of fewer than {FEWEST_AUTHORITIES}"
        held = self.coverage and self.coverage.value
        if self.coverage is not None and held is not None and held < LEAST_COVERAGE:
            return f"only {self.coverage.numerator} of the group's {self.coverage.denominator} councils are held"
        return None

    @property
    def value(self) -> Fraction | None:
        """The exact average by its method, or ``None`` where too little is held."""
        if self.too_little is not None:
            return None
        if self.method is AverageMethod.POOLED:
            return self.pooled.value
        if self.method is AverageMethod.MEAN:
            return Fraction(sum(self.rates), len(self.rates))
        return Fraction(median(self.rates))

    def percent(self, places: int = 0) -> Decimal | None:
        """The average as a percentage, for display only, rounded half up; ``None`` where there is none."""
        return None if self.value is None else half_up(100 * self.value, places)

    def without(self, review: AnnualReview) -> Average:
        """Give the same average of the others; where the council is not in it, the average itself."""
        others = tuple(part for part in self.parts if part.authority != review.authority)
        unknown = tuple(authority for authority in self.not_published if authority != review.authority)
        if (others, unknown) == (self.parts, self.not_published):
            return self
        size = None if self.group_size is None else self.group_size - 1
        return attrs.evolve(self, parts=others, not_published=unknown, group_size=size)


def average_of(
    reviews: Iterable[AnnualReview],
    measure: ProportionMeasure,
    *,
    method: Literal["pooled", "mean", "median"] = "pooled",
    register: Register | None = None,
) -> Average:
    """
    Average a measure over the councils given: a group with ``similar_authorities``, or any set that the caller names.

    With a register the average also knows how much of its group is held, where all councils are of one group.

    >>> from lgsco import AuthorityType, InvestigationTally, ReportingYear, uphold_rate
    >>> def made_up(name, upheld, not_upheld):
    ...     council = Authority(name, AuthorityType.COUNTY_COUNCIL)
    ...     return AnnualReview(council, ReportingYear(2025), investigations=InvestigationTally(upheld, not_upheld))
    >>> average = average_of([made_up(f"County {n}", n, 5) for n in range(1, 6)], uphold_rate)
    >>> average.pooled, average.percent()
    (Proportion(numerator=15, denominator=40), Decimal('38'))

    Raises:
        NothingToCombine: there are no reviews.
        NotComparable: the reviews are of more than one year, or one council stands in them twice.
        InvalidField: the method is not known.
        UnknownAuthority: an authority is not in the register.

    Source: the method of the printed averages is not published; see the page "What the figures mean".
    """
    given = tuple(reviews)
    if method not in list(AverageMethod):
        raise InvalidField("method", method, f"must be one of {', '.join(AverageMethod)}")
    if not given:
        raise NothingToCombine("no reviews to average")
    for review in given:
        if review.year != given[0].year:
            raise NotComparable("year", str(given[0].year), str(review.year))
    authorities = [review.authority for review in given]
    if len(set(authorities)) < len(authorities):
        twice = next(authority for authority in authorities if authorities.count(authority) > 1)
        raise NotComparable("council", "each council once", f"{twice} twice")
    groups = {group_of(authority, register) for authority in authorities}
    group = groups.pop() if len(groups) == 1 else None
    rates = [(review.authority, measure(review)) for review in given]
    return Average(
        measure,
        given[0].year,
        parts=tuple(Part(authority, rate) for authority, rate in rates if rate is not None),
        method=AverageMethod(method),
        group=group,
        group_size=None if register is None or group is None else len(register.in_group(group, given[0].year.end)),
        not_published=tuple(authority for authority, rate in rates if rate is None),
    )


class CautionKind(Slug):
    """Why a comparison must be read with care."""

    SMALL_NUMBERS = "small_numbers"
    SERIES_BREAK = "series_break"
    PARTIAL_COVERAGE = "partial_coverage"
    REORGANISED = "reorganised"
    BASIS = "basis"


@final
@value
class Caution:
    """One reason for care, in words for whoever reads the figures."""

    kind: CautionKind = attrs.field(validator=instance_of(CautionKind))
    words: str = attrs.field(validator=a_text)

    def __str__(self) -> str:
        return self.words


Benchmark: TypeAlias = Average | PrintedAverage | PrintedPercent | Fraction | None
"""What a council may be set beside: a computed or a printed average, a printed figure, a target, or nothing."""


def _why_no_benchmark(held: object) -> str | None:
    if type(held) is Fraction:
        return None if 0 <= held <= 1 else "a target is a share from 0 to 1"
    return _a_benchmark.why(held)


_a_benchmark = optional(one_of(Average, PrintedAverage, PrintedPercent))


@final
@value
class Comparison:
    """
    One council's rate beside a benchmark, with what makes for care in reading it.

    ``rate`` and ``interval`` follow from the review; ``rate`` is ``None`` where it is not published.
    A computed average is without the council itself; a printed one includes it, as all printed averages do.

    Raises:
        InvalidField: a field is of the wrong type (InvalidFields where there are several).
    """

    review: AnnualReview = attrs.field(validator=instance_of(AnnualReview))
    measure: ProportionMeasure = attrs.field(validator=instance_of(Measure))
    benchmark: Average | PrintedAverage | PrintedPercent | Fraction | None = attrs.field(
        kw_only=True, validator=Rule(_why_no_benchmark)
    )
    confidence: float = attrs.field(default=0.95, kw_only=True, validator=a_confidence)
    cautions: tuple[Caution, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple_of[Caution, ...], validator=each(Caution)
    )

    @property
    def rate(self) -> Proportion | None:
        """The council's own rate."""
        return self.measure(self.review)

    @property
    def interval(self) -> Interval | None:
        """Wilson limits for the council's rate; ``None`` where it has none."""
        return None if self.rate is None else self.rate.interval(self.confidence)


def compare(
    review: AnnualReview,
    benchmark: Benchmark,
    measure: ProportionMeasure,
    *,
    confidence: float = 0.95,
    register: Register | None = None,
) -> Comparison:
    """
    Set a council's rate beside a benchmark.

    An Average is compared without the council itself. With a register the comparison also cautions about a council
    that was created or abolished.

    >>> from lgsco import published, uphold_rate
    >>> register = published.register()
    >>> [me] = [
    ...     review
    ...     for review in published.reviews(year=ReportingYear(2020))
    ...     if review.authority.name == "Worcestershire County Council"
    ... ]
    >>> result = compare(me, published.average(me, uphold_rate), uphold_rate, register=register)
    >>> print(result.rate, "against", result.benchmark.percent)
    86% (19 of 22) against 66%
    >>> print(*result.cautions)
    22 cases are few: one case more or less would move the rate by about 5 percentage points.

    Raises:
        NotComparable: the benchmark is of another year, another group or another measure.
        InvalidField: the confidence is not a float between 0 and 1, or the benchmark is nothing of this kind.
        UnknownAuthority: the authority is not in the register.
    """
    if isinstance(benchmark, Average | PrintedAverage):
        _refuse_other(review, benchmark, measure, register)
    if isinstance(benchmark, Average):
        benchmark = benchmark.without(review)
    return Comparison(
        review,
        measure,
        benchmark=benchmark,
        confidence=confidence,
        cautions=(
            *_small_numbers(measure(review)),
            *_series_break(review.year),
            *_partial_coverage(benchmark),
            *_reorganised(review, register),
            *_basis(review),
        ),
    )


def _refuse_other(
    review: AnnualReview, benchmark: Average | PrintedAverage, measure: ProportionMeasure, register: Register | None
) -> None:
    if benchmark.year != review.year:
        raise NotComparable("year", str(review.year), str(benchmark.year))
    group = group_of(review.authority, register)
    if benchmark.group is not None and benchmark.group is not group:
        own = "no group" if group is None else group.label
        raise NotComparable("group", f"{review.authority} ({own})", benchmark.group.label)
    if benchmark.measure != measure:
        raise NotComparable("measure", measure.name, benchmark.measure.name)


def _small_numbers(rate: Proportion | None) -> list[Caution]:
    if rate is None or not 0 < rate.denominator < FEWEST_CASES:
        return []
    points = half_up(Fraction(100, rate.denominator))
    if rate.denominator == 1:
        words = "There is only 1 case, so the rate can only be 0% or 100%."
    else:
        words = (
            f"{rate.denominator} cases are few: one case more or less would move the rate by about"
            f" {points} percentage points."
        )
    return [Caution(CautionKind.SMALL_NUMBERS, words)]


def _series_break(year: ReportingYear) -> list[Caution]:
    return [
        Caution(CautionKind.SERIES_BREAK, f"Do not compare with years before {broken.year}: {broken.what}.")
        for broken in SERIES_BREAKS
        if broken.year == year
    ]


def _partial_coverage(benchmark: Benchmark) -> list[Caution]:
    if not isinstance(benchmark, Average):
        return []
    coverage = benchmark.coverage
    if coverage is not None and coverage.numerator < coverage.denominator:
        held = f"{coverage.numerator} of the {coverage.denominator} other councils of the group"
        words = f"The computed average rests on {held}."
    elif benchmark.not_published:
        words = (
            f"The computed average leaves out {_councils(len(benchmark.not_published))} whose figures are not known."
        )
    else:
        return []
    return [Caution(CautionKind.PARTIAL_COVERAGE, words)]


def _councils(number: int) -> str:
    return f"{number} council{'' if number == 1 else 's'}"


def _reorganised(review: AnnualReview, register: Register | None) -> list[Caution]:
    if register is None:
        return []
    entry, year = register.entry(review.authority), review.year
    said = []
    if entry.start is not None and entry.start in year:
        before = f"; before it stood {_names(entry.predecessors)}" if entry.predecessors else ""
        said.append(f"{review.authority} was created on {entry.start}{before}.")
    if entry.end is not None and entry.end <= year.end:
        after = f"; it was succeeded by {_names(entry.successors)}" if entry.successors else ""
        said.append(f"{review.authority} was abolished on {entry.end}{after}.")
    return [Caution(CautionKind.REORGANISED, words) for words in said]


def _names(authorities: Iterable[Authority]) -> str:
    return ", ".join(authority.name for authority in authorities)


def _basis(review: AnnualReview) -> list[Caution]:
    if review.source is None or review.source.basis is not Basis.PUBLISHED_DECISIONS:
        return []
    words = "The rate is made from published decisions, which leave some out: it is not the council's published rate."
    return [Caution(CautionKind.BASIS, words)]
