"""Groups of councils: similar authorities, their rates and their average."""

from __future__ import annotations

from dataclasses import KW_ONLY
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal, final

from lgsco._values import Choice, Constraint, Count, Text, choice_of, evolve, refusal_of, validate, value
from lgsco.errors import EmptyInput, InvalidValue, NotComparable
from lgsco.model.authorities import Authority, AuthorityType, Register, authority_order, comparison_group
from lgsco.model.measures import Measure, ProportionMeasure, ShareMeasure
from lgsco.model.reviews import AnnualReview
from lgsco.model.years import ReportingYear
from lgsco.stats.intervals import half_up
from lgsco.stats.rates import Population, PopulationRate, Proportion, pooled
from lgsco.stats.verdicts import BenchmarkRange
from lgsco.wording.comparisons import BenchmarkWords, average_words, selection_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal


def similar_authorities(
    review: AnnualReview, reviews: Iterable[AnnualReview], *, register: Register | None = None
) -> tuple[AnnualReview, ...]:
    """
    Return the reviews of the council's comparison group in its year, its own included, as the Ombudsman averages them.

    Args:
        review: of the council whose group is wanted.
        reviews: of any councils and years.
        register: gives the group on the last day of the year, which leaves out abolished councils and bodies in no
            group; without one the group is the authority's type.

    Returns:
        The reviews of the group in that year, by type and name of the council.

    Raises:
        NotComparable: the council is in no comparison group.
        UnknownAuthority: an authority is not in the register.
        InvalidValue: an argument is of the wrong type.
    """
    reviews = tuple(reviews)
    validate(
        review=(review, AnnualReview),
        reviews=(reviews, tuple[AnnualReview, ...]),
        register=(register, Register | None),
    )
    group = comparison_group(review.authority, register, review.year.end)
    if group is None:
        raise NotComparable("group", "a comparison group", f"{review.authority}, which is in none")
    similar = [
        other
        for other in reviews
        if other.year == review.year
        and other.authority != review.authority
        and comparison_group(other.authority, register, review.year.end) is group
    ]
    return tuple(sorted([review, *similar], key=lambda each: authority_order(each.authority)))


@final
@value
class Member:
    """One council of a group and its rate."""

    authority: Authority
    rate: Proportion | PopulationRate


@final
@value
class GroupRates:
    """
    The councils of a group, or a set that the caller chose, with their rates by one measure in one year.

    ``members`` are the councils whose rate is known, those with 0 of 0 included; ``missing`` those asked for whose
    counts are not known; ``excluding`` those that were taken out.
    ``type`` is the comparison group, ``None`` where the councils are not all of one; ``size`` how many councils it has
    (without those taken out), where a register is given.
    ``selection`` names a set that the caller chose, such as "chosen councils"; its size is the number chosen, and its
    average needs neither five rates nor half of them.

    Raises:
        InvalidValue: a field is of the wrong type, or the rates are not all shares or all for one number of residents.
    """

    measure: Measure[Any, Any]
    year: ReportingYear
    _: KW_ONLY
    members: tuple[Member, ...]
    type: AuthorityType | None = None
    size: Count | None = None
    selection: Text | None = None
    missing: tuple[Authority, ...] = ()
    excluding: tuple[Authority, ...] = ()

    def __attrs_post_init__(self) -> None:
        if len({_per(member.rate) for member in self.members}) > 1:
            raise InvalidValue.at("members", self.members, "must have rates of one kind")

    @property
    def per(self) -> int | None:
        """The number of residents for which the rates are; ``None`` where they are shares."""
        return _per(self.members[0].rate) if self.members else None

    @property
    def shares(self) -> tuple[Proportion, ...]:
        """The rates of all members, of a measure that gives shares."""
        return tuple(member.rate for member in self.members if isinstance(member.rate, Proportion))

    @property
    def values(self) -> tuple[Fraction, ...]:
        """The exact rates of the members that have cases; a council with 0 of 0 has none."""
        return tuple(member.rate.value for member in self.members if member.rate.value is not None)

    @property
    def pooled(self) -> Proportion | PopulationRate:
        """
        All cases of the members as one rate, however few.

        Of rates per population it is all events for all residents, who are counted as on the latest day of estimate.
        """
        rates = [member.rate for member in self.members if isinstance(member.rate, PopulationRate)]
        if not rates:
            return pooled(self.shares)
        residents = Population(
            sum(rate.population.people for rate in rates), max(rate.population.estimated_on for rate in rates)
        )
        return PopulationRate(sum(rate.events for rate in rates), residents, per=rates[0].per)

    @property
    def coverage(self) -> Proportion | None:
        """How many councils of the group are members; ``None`` where its size is not known."""
        if self.size is None or len(self.members) > self.size:
            return None
        return Proportion(len(self.members), self.size)

    @property
    def insufficient_data(self) -> str | None:
        """Why there is no average: fewer than five rates, or less than half a group; ``None`` where there is one."""
        rates = sum(_has_cases(member.rate) for member in self.members)
        if self.selection is not None:
            return None if rates else f"no rate of the {self.selection} is held"
        return insufficient_data(rates, len(self.members), self.size)

    def without(self, council: Authority, *, register: Register | None = None) -> GroupRates:
        """
        Return the rates of the other councils.

        Args:
            council: is taken out, whether or not it is a member.
            register: has the council's group on the last day of the year; without one it is its type.

        Returns:
            The others; the size of the group is without the council too, where it is of that group.

        Raises:
            UnknownAuthority: the authority is not in the register.
        """
        if council in self.excluding:
            return self
        members = tuple(member for member in self.members if member.authority != council)
        missing = tuple(authority for authority in self.missing if authority != council)
        size, is_here = self.size, (members, missing) != (self.members, self.missing)
        of_group = size is not None and comparison_group(council, register, self.year.end) is self.type
        if not is_here and (self.selection is not None or not of_group):
            return self
        size = size - 1 if size else size
        return evolve(self, members=members, missing=missing, size=size, excluding=(*self.excluding, council))


def _per(rate: Proportion | PopulationRate) -> int | None:
    """Return the number of residents for which a rate is; ``None`` for a share."""
    return rate.per if isinstance(rate, PopulationRate) else None


def _has_cases(rate: Proportion | PopulationRate) -> bool:
    """Return True where a rate has a value, without working it out: that takes long for each of many councils."""
    return bool(rate.denominator if isinstance(rate, Proportion) else rate.population.people)


def year_of(reviews: Sequence[AnnualReview]) -> ReportingYear:
    """
    Return the one year of the reviews.

    Raises:
        EmptyInput: there are no reviews.
        NotComparable: they are of more than one year, or a council is duplicated.
        InvalidValue: an item is not a review.
    """
    validate(reviews=(reviews, tuple[AnnualReview, ...]))
    if not reviews:
        raise EmptyInput("no reviews")
    year = reviews[0].year
    seen: set[Authority] = set()
    for review in reviews:
        if review.year != year:
            raise NotComparable("year", str(year), str(review.year))
        if review.authority in seen:
            raise NotComparable("council", "each council once", f"{review.authority} twice")
        seen.add(review.authority)
    return year


def check_one_type(reviews: Sequence[AnnualReview]) -> None:
    """
    Refuse councils of more than one type.

    Raises:
        NotComparable: the types differ.
    """
    for review in reviews:
        if review.authority.type is not reviews[0].authority.type:
            raise NotComparable("group", reviews[0].authority.type.label, review.authority.type.label)


def group_rates(
    reviews: Iterable[AnnualReview],
    measure: Measure[Any, Any],
    *,
    register: Register | None = None,
    selection: str | None = None,
) -> GroupRates:
    """
    Return the rates of a group of councils in one year.

    Args:
        reviews: one for each council: a group with ``similar_authorities``, or any set that the caller names.
        measure: gives a share, or a rate per population.
        register: gives the size of the group, where all councils are in one group on the last day of the year (an
            abolished one is in none).
        selection: the name of a set that the caller chose, such as "chosen councils": it is no group, and of each
            council in it there is a review, if an empty one.

    Returns:
        The rates, with the councils whose counts are not known, and how much of the group that is.

    >>> from lgsco import published, uphold_rate
    >>> reviews = published.reviews(ReportingYear(2025), AuthorityType.COUNTY_COUNCIL)
    >>> counties = group_rates(reviews, uphold_rate, register=published.register())
    >>> print(counties.pooled, "|", counties.coverage)
    89% (782 of 883) | 71% (15 of 21)

    Raises:
        EmptyInput: there are no reviews.
        NotComparable: the reviews are of more than one year, or a council is duplicated.
        UnknownAuthority: an authority is not in the register.
        InvalidValue: an argument is of the wrong type.
    """
    reviews = tuple(reviews)
    validate(measure=(measure, Measure), register=(register, Register | None))
    year = year_of(reviews)
    types = {comparison_group(review.authority, register, year.end) for review in reviews}
    group = types.pop() if len(types) == 1 else None
    rates = [(review.authority, measure(review)) for review in reviews]
    return GroupRates(
        measure,
        year,
        members=tuple(Member(authority, rate) for authority, rate in rates if rate is not None),
        type=group if selection is None else None,
        size=len(reviews) if selection else _size(group, year, register),
        selection=selection,
        missing=tuple(authority for authority, rate in rates if rate is None),
    )


def _size(group: AuthorityType | None, year: ReportingYear, register: Register | None) -> int | None:
    return None if register is None or group is None else len(register.in_group(group, year.end))


class AverageMethod(Choice):
    """How the rates of several councils become one."""

    POOLED = "pooled"
    """All their cases taken as one body of cases; much the likelier method of the printed averages."""
    MEAN = "mean"
    """The mean of their rates, each council weighing the same, whatever its number of cases."""
    MEDIAN = "median"
    """The middle one of their rates."""


def _check_shares(group: object) -> str | None:
    """Return why something is not the rates of a group by a measure that gives shares."""
    if type(group) is not GroupRates:
        return "must be a GroupRates"
    reason = refusal_of(group.measure, ShareMeasure)
    return reason if reason is not None or len(group.shares) == len(group.members) else "must have shares for rates"


class OfGroup:
    """What the results have in common that rest on the rates of a group."""

    __slots__ = ()
    group: GroupRates

    @property
    def measure(self) -> Measure[Any, Any]:
        """The measure of the rates."""
        return self.group.measure

    @property
    def year(self) -> ReportingYear:
        """The year of the rates."""
        return self.group.year

    @property
    def insufficient_data(self) -> str | None:
        """Why there is no result: fewer than five rates, or less than half a group; ``None`` where there is one."""
        return self.group.insufficient_data


@final
@value
class Average(OfGroup):
    """
    An average computed from the counts of a group, which knows from whose and how much of the group that is.

    There is no average of fewer than five rates or of less than half a group: ``insufficient_data`` then gives the
    reason.

    Raises:
        InvalidValue: a field is of the wrong type, or the measure of the group gives no shares.
    """

    group: Annotated[GroupRates, Constraint(_check_shares)]
    _: KW_ONLY
    method: AverageMethod = AverageMethod.POOLED

    @property
    def pooled(self) -> Proportion:
        """All cases of the group as one share, however few; no average where ``insufficient_data`` is not None."""
        return pooled(self.group.shares)

    @property
    def value(self) -> Fraction | None:
        """The exact average by its method, or ``None`` where there is too little data."""
        return self._value

    @cached_property
    def _value(self) -> Fraction | None:
        # Every part of a comparison asks for it, and of a large group it takes long.
        if self.insufficient_data is not None:
            return None
        if self.method is AverageMethod.POOLED:
            return self.pooled.value
        if self.method is AverageMethod.MEAN:
            return Fraction(sum(self.group.values), len(self.group.values))
        rates = sorted(self.group.values)
        return (rates[(len(rates) - 1) // 2] + rates[len(rates) // 2]) / 2

    def percent(self, places: int = 0) -> Decimal | None:
        """
        Return the average as a percentage, for display only, rounded half up.

        Args:
            places: decimals, from 0.

        Returns:
            The percentage; ``None`` where there is no average.

        Raises:
            InvalidValue: ``places`` is not a whole number, or is negative.
        """
        return None if self.value is None else half_up(100 * self.value, places)

    @property
    def benchmark_range(self) -> BenchmarkRange | None:
        """The average as a range of one rate; ``None`` where there is too little data."""
        return None if self.value is None else BenchmarkRange(self.value, self.value)

    @property
    def shown_rate(self) -> Fraction | None:
        """The exact average, as for every benchmark."""
        return self.value

    @property
    def words(self) -> BenchmarkWords:
        """The average in words, as a benchmark."""
        group = self.group
        if group.selection is not None:
            councils = Proportion(len(group.members), len(group.members) + len(group.missing))
            return selection_words(self.method, self.percent(), self.pooled, group.selection, councils)
        return average_words(self.method, self.percent(), self.pooled, len(group.members))

    def without(self, review: AnnualReview, *, register: Register | None = None) -> Average:
        """
        Return the same average of the other councils.

        Args:
            review: of the council that is taken out.
            register: as for ``GroupRates.without``.

        Returns:
            The average of the others, by the same method.

        Raises:
            UnknownAuthority: the authority is not in the register.
        """
        return evolve(self, group=self.group.without(review.authority, register=register))


def average_of(
    reviews: Iterable[AnnualReview],
    measure: ProportionMeasure,
    *,
    method: AverageMethod | Literal["pooled", "mean", "median"] = "pooled",
    register: Register | None = None,
    selection: str | None = None,
) -> Average:
    """
    Average a measure over a group of councils.

    Args:
        reviews: one for each council: a group with ``similar_authorities``, or any set that the caller names.
        measure: gives a share of cases.
        method: "pooled", "mean" or "median".
        register: as for ``group_rates``.
        selection: as for ``group_rates``.

    Returns:
        The average; its value is ``None`` for fewer than five rates, or less than half a group, unless the caller chose
        the councils.

    >>> from lgsco import AuthorityType, InvestigationTally, ReportingYear, uphold_rate
    >>> def made_up(name, upheld, not_upheld):
    ...     council = Authority(name, AuthorityType.COUNTY_COUNCIL)
    ...     return AnnualReview(council, ReportingYear(2025), investigations=InvestigationTally(upheld, not_upheld))
    >>> average = average_of([made_up(f"County {n}", n, 5) for n in range(1, 6)], uphold_rate)
    >>> average.pooled, average.percent()
    (Proportion(numerator=15, denominator=40), Decimal('38'))

    Raises:
        EmptyInput: there are no reviews.
        NotComparable: the reviews are of more than one year, or a council is duplicated.
        InvalidValue: the method is not known, or the measure gives no shares.
        UnknownAuthority: an authority is not in the register.

    Source: the Ombudsman does not say how it works out the printed averages; see the page "What the figures mean".
    """
    chosen = choice_of("method", method, AverageMethod)
    validate(measure=(measure, ShareMeasure))
    return Average(group_rates(reviews, measure, register=register, selection=selection), method=chosen)


FEWEST_AUTHORITIES = 5
"""With fewer rates than this there is no computed average and no funnel: one council would be most of it."""


LEAST_COVERAGE = Fraction(1, 2)
"""With the figures of less than this share of a group there is neither: the rest may differ."""


def insufficient_data(rates: int, councils: int, group_size: int | None) -> str | None:
    """
    Return why an average would rest on too little data; ``None`` where it would not.

    Args:
        rates: how many councils have a rate, those with 0 of 0 left out.
        councils: how many councils have known counts.
        group_size: how many councils the group has, where that is known.
    """
    if rates < FEWEST_AUTHORITIES:
        rates_held = "1 rate is" if rates == 1 else f"{rates} rates are"
        return f"only {rates_held} held; there is no average of fewer than {FEWEST_AUTHORITIES}"
    if group_size and Fraction(councils, group_size) < LEAST_COVERAGE:
        return f"only {councils} of the group's {group_size} councils are held"
    return None
