"""Similar authorities: who they are, and what they average."""

from __future__ import annotations

from dataclasses import KW_ONLY
from fractions import Fraction
from typing import TYPE_CHECKING, final

from lgsco._values import Choice, Count, choice_of, evolve, validate, value
from lgsco.errors import EmptyInput, NotComparable
from lgsco.model.authorities import Authority, AuthorityType, authority_order, comparison_group
from lgsco.model.measures import ProportionMeasure, ShareMeasure
from lgsco.model.reviews import AnnualReview
from lgsco.model.years import ReportingYear
from lgsco.stats.intervals import half_up
from lgsco.stats.rates import Proportion

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from lgsco.model.authorities import Register

__all__ = ["Average", "AverageMethod", "Member", "average_of", "similar_authorities"]


def similar_authorities(
    review: AnnualReview, reviews: Iterable[AnnualReview], *, register: Register | None = None
) -> tuple[AnnualReview, ...]:
    """
    Give the reviews of the council's comparison group in its year, its own included, as the Ombudsman averages them.

    With a register the group is the one that the register gives on the last day of the year, which leaves out abolished
    councils and bodies that stand in no group; without one it is the authority's type.

    Raises:
        NotComparable: the council stands in no comparison group.
        UnknownAuthority: an authority is not in the register.
    """
    group = comparison_group(review.authority, register, review.year.end)
    if group is None:
        raise NotComparable("group", "a comparison group", f"{review.authority}, which stands in none")
    similar = [
        other
        for other in reviews
        if other.year == review.year
        and other.authority != review.authority
        and comparison_group(other.authority, register, review.year.end) is group
    ]
    return tuple(sorted([review, *similar], key=lambda each: authority_order(each.authority)))


class AverageMethod(Choice):
    """How the rates of several councils become one."""

    POOLED = "pooled"
    """All their cases taken as one body of cases; much the likelier method of the printed averages."""
    MEAN = "mean"
    """The mean of their rates, each council weighing the same, whatever its number of cases."""
    MEDIAN = "median"
    """The middle one of their rates."""


@final
@value
class Member:
    """One council's share in an average."""

    authority: Authority
    rate: Proportion


@final
@value
class Average:
    """
    An average computed from counts that are held, which says from whose and how much of the group that is.

    ``parts`` are the councils whose rate is known, those with 0 of 0 included; ``missing`` those asked for whose
    counts are not known; ``excluding`` those that were taken out. ``group_size`` is how many councils the group has
    (without those), where a register said so.
    There is no average of fewer than five rates or of less than half a group: ``insufficient_data`` then says why.
    """

    measure: ShareMeasure
    year: ReportingYear
    _: KW_ONLY
    parts: tuple[Member, ...]
    method: AverageMethod = AverageMethod.POOLED
    group: AuthorityType | None = None
    group_size: Count | None = None
    missing: tuple[Authority, ...] = ()
    excluding: tuple[Authority, ...] = ()

    @property
    def rates(self) -> tuple[Fraction, ...]:
        """The rates that there are; a council with 0 of 0 has none."""
        return tuple(part.rate.value for part in self.parts if part.rate.value is not None)

    @property
    def pooled(self) -> Proportion:
        """All cases of the parts as one share, however few; no average where ``insufficient_data`` is not None."""
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
    def insufficient_data(self) -> str | None:
        """Why there is no average, or ``None`` where there is one."""
        return insufficient_data(len(self.rates), len(self.parts), self.group_size)

    @property
    def value(self) -> Fraction | None:
        """The exact average by its method, or ``None`` where too little is held."""
        if self.insufficient_data is not None:
            return None
        if self.method is AverageMethod.POOLED:
            return self.pooled.value
        if self.method is AverageMethod.MEAN:
            return Fraction(sum(self.rates), len(self.rates))
        ordered = sorted(self.rates)
        return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2

    def percent(self, places: int = 0) -> Decimal | None:
        """The average as a percentage, for display only, rounded half up; ``None`` where there is none."""
        return None if self.value is None else half_up(100 * self.value, places)

    def without(self, review: AnnualReview, *, register: Register | None = None) -> Average:
        """
        Give the same average of the others.

        The group is then counted without the council too, where it is of that group: as the register has it on the last
        day of the year, or without one by its type.

        Raises:
            UnknownAuthority: the authority is not in the register.
        """
        council = review.authority
        if council in self.excluding:
            return self
        others = tuple(part for part in self.parts if part.authority != council)
        unknown = tuple(authority for authority in self.missing if authority != council)
        size = self.group_size
        of_group = size is not None and comparison_group(council, register, self.year.end) is self.group
        if not of_group and (others, unknown) == (self.parts, self.missing):
            return self
        size = size - 1 if size else size
        return evolve(self, parts=others, missing=unknown, group_size=size, excluding=(*self.excluding, council))


def average_of(
    reviews: Iterable[AnnualReview],
    measure: ProportionMeasure,
    *,
    method: str = "pooled",
    register: Register | None = None,
) -> Average:
    """
    Average a measure over the councils given: a group with ``similar_authorities``, or any set that the caller names.

    With a register the average also knows how much of its group is held, where all councils stand in one group on the
    last day of the year (an abolished one stands in none).

    >>> from lgsco import AuthorityType, InvestigationTally, ReportingYear, uphold_rate
    >>> def made_up(name, upheld, not_upheld):
    ...     council = Authority(name, AuthorityType.COUNTY_COUNCIL)
    ...     return AnnualReview(council, ReportingYear(2025), investigations=InvestigationTally(upheld, not_upheld))
    >>> average = average_of([made_up(f"County {n}", n, 5) for n in range(1, 6)], uphold_rate)
    >>> average.pooled, average.percent()
    (Proportion(numerator=15, denominator=40), Decimal('38'))

    Raises:
        EmptyInput: there are no reviews.
        NotComparable: the reviews are of more than one year, or one council stands in them twice.
        InvalidValue: the method is not known, or the measure gives no shares.
        UnknownAuthority: an authority is not in the register.

    Source: the method of the printed averages is not published; see the page "What the figures mean".
    """
    given = tuple(reviews)
    chosen = choice_of("method", method, AverageMethod)
    validate(measure=(measure, ShareMeasure))
    if not given:
        raise EmptyInput("no reviews to average")
    for review in given:
        if review.year != given[0].year:
            raise NotComparable("year", str(given[0].year), str(review.year))
    authorities = [review.authority for review in given]
    if len(set(authorities)) < len(authorities):
        twice = next(authority for authority in authorities if authorities.count(authority) > 1)
        raise NotComparable("council", "each council once", f"{twice} twice")
    groups = {comparison_group(authority, register, given[0].year.end) for authority in authorities}
    group = groups.pop() if len(groups) == 1 else None
    rates = [(review.authority, measure(review)) for review in given]
    return Average(
        measure,
        given[0].year,
        parts=tuple(Member(authority, rate) for authority, rate in rates if rate is not None),
        method=chosen,
        group=group,
        group_size=None if register is None or group is None else len(register.in_group(group, given[0].year.end)),
        missing=tuple(authority for authority, rate in rates if rate is None),
    )


FEWEST_AUTHORITIES = 5
"""With fewer rates than this there is no computed average and no funnel: one council would be most of it."""


LEAST_COVERAGE = Fraction(1, 2)
"""With less of a group than this held there is neither: the rest may differ."""


def insufficient_data(rates: int, held: int, group_size: int | None) -> str | None:
    """Say why so many rates, from so many councils held of a group, bear no average; ``None`` where they do."""
    if rates < FEWEST_AUTHORITIES:
        held_rates = "1 rate is" if rates == 1 else f"{rates} rates are"
        return f"only {held_rates} held; there is no average of fewer than {FEWEST_AUTHORITIES}"
    if group_size and Fraction(held, group_size) < LEAST_COVERAGE:
        return f"only {held} of the group's {group_size} councils are held"
    return None
