"""
Histories: the years of one council, the years that are missing, and the series breaks.

Nothing is drawn across a series break unless the caller asks for it, and then the caution stays. A council's figures
never join those of the councils that it came from, or that it became.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import KW_ONLY
from typing import Any, final

from lgsco._values import evolve, validate, value
from lgsco.errors import EmptyInput, InvalidValue, Place, Problem
from lgsco.model.authorities import Authority, Register, RegisterEntry, authority_order
from lgsco.model.cases import Decision, Investigation, ServiceArea
from lgsco.model.counting import review_of, reviews_of
from lgsco.model.measures import Measure, ProportionMeasure, ShareMeasure
from lgsco.model.reviews import AnnualReview
from lgsco.model.years import SERIES_NAMES, ReportingYear, SeriesBreak, SeriesName, breaks_between
from lgsco.stats.rates import Proportion


@final
@value
class YearRate:
    """The rate of one year; ``None`` where it is not known."""

    year: ReportingYear
    rate: Proportion | None


@final
@value
class History:
    """
    The reviews of one council, by year, and its entry in the register. Made by ``history_of``.

    Args:
        authority: the council.
        reviews: its reviews, in the order of their years.
        entry: its entry in the register, which has its predecessors and successors.
        service_area: the area whose cases the reviews count; ``None`` where they count all cases.

    Raises:
        InvalidValue: a field is of the wrong type, the entry is of another council, or a review is of another council,
            of a year that is duplicated, or out of order; lists every such review.
    """

    authority: Authority
    reviews: tuple[AnnualReview, ...]
    _: KW_ONLY
    entry: RegisterEntry | None = None
    service_area: ServiceArea | None = None

    def __attrs_post_init__(self) -> None:
        if self.entry is not None and self.entry.authority != self.authority:
            raise InvalidValue.at("entry", self.entry.authority.name, f"is not the entry of {self.authority}")
        if problems := _misplaced(self.authority, self.reviews, self.entry):
            raise InvalidValue(problems, subject=f"these reviews are not a series of {self.authority}")

    def __iter__(self) -> Iterator[AnnualReview]:
        return iter(self.reviews)

    def __len__(self) -> int:
        return len(self.reviews)

    @property
    def years(self) -> tuple[ReportingYear, ...]:
        """The years that have a review."""
        return tuple(review.year for review in self.reviews)

    @property
    def gaps(self) -> tuple[ReportingYear, ...]:
        """The years between the first and the last that have no review."""
        if not self.reviews:
            return ()
        first, last = self.years[0].ending, self.years[-1].ending
        years = set(self.years)
        return tuple(year for year in map(ReportingYear, range(first, last)) if year not in years)

    @property
    def breaks(self) -> tuple[SeriesBreak, ...]:
        """The series breaks between the first year and the last, of any measure."""
        return self.breaks_of(None)

    def breaks_of(self, measure: Measure[Any, Any] | SeriesName | None) -> tuple[SeriesBreak, ...]:
        """
        Return the series breaks of a measure between the first year and the last.

        Args:
            measure: a measure, or a count by its name, such as "complaints_received"; ``None`` for any break.

        Returns:
            The breaks, in order.

        Raises:
            InvalidValue: it is neither a measure nor a name that breaks are stated of.
        """
        return breaks_between(self.years[0], self.years[-1], _name_of(measure)) if self.reviews else ()

    def segments(
        self, measure: Measure[Any, Any] | SeriesName | None = None, *, rebased_from: Iterable[ReportingYear] = ()
    ) -> tuple[History, ...]:
        """
        Return the stretches of years over which a measure does not break, each a history of its own.

        Args:
            measure: a measure, or a count by its name, such as "complaints_received"; without it any break divides the
                years.
            rebased_from: years that begin a new stretch although the series does not break there, for control charts
                whose limits start afresh after a known change.

        Returns:
            The stretches, in order.

        Raises:
            InvalidValue: as ``breaks_of``, or a year to rebase from is not a reporting year.

        >>> from lgsco import published
        >>> register = published.register()
        >>> kent = register.find("Kent County Council")
        >>> reviews = [review for review in published.reviews() if review.authority == kent]
        >>> for stretch in history_of(kent, reviews, register=register).segments("uphold_rate"):
        ...     print(*stretch.years)
        2022-23 2023-24 2024-25
        """
        afresh = tuple(rebased_from)
        validate(rebased_from=(afresh, tuple[ReportingYear, ...]))
        stretches: list[list[AnnualReview]] = []
        for review in self.reviews:
            last = stretches[-1][-1].year if stretches else None
            if (
                last is None
                or any(last < year <= review.year for year in afresh)
                or breaks_between(last, review.year, _name_of(measure))
            ):
                stretches.append([])
            stretches[-1].append(review)
        return tuple(evolve(self, reviews=tuple(stretch)) for stretch in stretches)

    def rates(self, measure: ProportionMeasure) -> tuple[YearRate, ...]:
        """
        Return the rate of each year that has a review.

        Args:
            measure: a measure whose rates are proportions.

        Returns:
            A rate for each year, in order; ``None`` where its counts are not known.

        Raises:
            InvalidValue: the measure's rates are not proportions.
        """
        validate(measure=(measure, ShareMeasure))
        return tuple(YearRate(review.year, measure(review)) for review in self.reviews)

    def on(self, year: ReportingYear) -> AnnualReview:
        """
        Return the review of one year.

        Args:
            year: the reporting year.

        Returns:
            The review.

        Raises:
            InvalidValue: the year has no review; names those that have.
        """
        for review in self.reviews:
            if review.year == year:
                return review
        years = ", ".join(map(str, self.years)) or "none"
        raise InvalidValue.at("year", year, f"is not held of {self.authority}; held: {years}")


def _name_of(measure: Measure[Any, Any] | SeriesName | None) -> str | None:
    if isinstance(measure, Measure):
        return measure.name
    if measure is not None and measure not in SERIES_NAMES:
        raise InvalidValue.at("measure", measure, f"must be a Measure, None, or one of {', '.join(SERIES_NAMES)}")
    return measure


def _misplaced(authority: Authority, reviews: tuple[AnnualReview, ...], entry: RegisterEntry | None) -> list[Problem]:
    problems, seen = [], set()
    last: ReportingYear | None = None
    kin = {} if entry is None else _kin(entry)
    for review in reviews:
        name, year = review.authority.name, str(review.year)
        if review.authority != authority:
            reason = kin.get(review.authority, f"is not a review of {authority}")
            problems.append(Problem(Place(path=f"{name}, {year}"), reason))
            continue
        if review.year in seen:
            problems.append(Problem(Place(path=f"{name}, {year}"), "is duplicated"))
        elif last is not None and review.year < last:
            problems.append(Problem(Place(path=f"{name}, {year}"), f"comes after {last}"))
        seen.add(review.year)
        last = review.year
    return problems


def _kin(entry: RegisterEntry) -> dict[Authority, str]:
    joined = "and their figures are not one series"
    return {
        **dict.fromkeys(entry.predecessors, f"is one of the councils before {entry.authority}, {joined}"),
        **dict.fromkeys(entry.successors, f"is one of the councils after {entry.authority}, {joined}"),
    }


def history_of(
    authority: Authority,
    reviews: Iterable[AnnualReview],
    *,
    register: Register | None = None,
    service_area: ServiceArea | None = None,
) -> History:
    """
    Return the history of one council: its reviews in the order of their years.

    Args:
        authority: the council.
        reviews: its reviews, in any order.
        register: with it the history knows when the council was created or abolished, and from and into what.
        service_area: the area whose cases the reviews count; without it all cases.

    Returns:
        The history.

    Raises:
        InvalidValue: the register is not one, an item is not a review, a review is of another council (a predecessor or
            a successor included), or a year is duplicated; lists every such review.
        UnknownAuthority: the council is not in the register.
    """
    by_year = tuple(reviews)
    validate(reviews=(by_year, tuple[AnnualReview, ...]), register=(register, Register | None))
    by_year = tuple(sorted(by_year, key=lambda review: review.year))
    entry = None if register is None else register.entry(authority)
    return History(authority, by_year, entry=entry, service_area=service_area)


def histories_of(reviews: Iterable[AnnualReview], *, register: Register | None = None) -> tuple[History, ...]:
    """
    Return a history for each council that has a review.

    Args:
        reviews: reviews of any councils, in any order.
        register: as of ``history_of``.

    Returns:
        The histories, by the names of the councils.

    Raises:
        InvalidValue: an item is not a review, or a council and year is duplicated; lists each of them.
        UnknownAuthority: a council is not in the register.
    """
    reviews = tuple(reviews)
    validate(reviews=(reviews, tuple[AnnualReview, ...]), register=(register, Register | None))
    by_council: dict[Authority, list[AnnualReview]] = {}
    for review in reviews:
        by_council.setdefault(review.authority, []).append(review)
    problems = [
        Problem(Place(path=f"{authority.name}, {review.year}"), "is duplicated")
        for authority, own in by_council.items()
        for index, review in enumerate(own)
        if review.year in {before.year for before in own[:index]}
    ]
    if problems:
        raise InvalidValue(problems, subject="these reviews are not a series")
    by_name = sorted(by_council, key=authority_order)
    return tuple(history_of(authority, by_council[authority], register=register) for authority in by_name)


def histories_by_area(
    decisions: Iterable[Decision | Investigation], *, register: Register | None = None
) -> dict[ServiceArea, History]:
    """
    Count the decided cases of one council by service area and year.

    A history has a review for every year in which the council had any case at all, so that a year without cases of an
    area counts as zero, which is not the same as a missing year.

    Args:
        decisions: the cases, all of one council.
        register: as of ``history_of``.

    Returns:
        A history for each service area that has a case, in the Ombudsman's order.

    Raises:
        EmptyInput: there are no cases.
        InvalidValue: a case is of another council than the first, its service area is not known, or it is duplicated;
            lists every such case.
        UnknownAuthority: the council is not in the register.
    """
    cases = [*decisions]
    if not cases:
        raise EmptyInput("no cases to count by service area")
    plain = [case.decision for case in cases]
    authority = plain[0].authority
    problems = []
    for case in plain:
        year = str(ReportingYear.containing(case.decided_on))
        if case.authority != authority:
            problems.append(
                Problem(Place(path=f"{case.authority.name}, {year}"), f"{case.reference} is not a case of {authority}")
            )
        if case.service_area is None:
            reason = f"the service area of {case.reference} is not known"
            problems.append(Problem(Place(path=f"{case.authority.name}, {year}"), reason))
    if problems:
        raise InvalidValue(problems, subject=f"these cases cannot be counted by service area for {authority}")
    years = [review.year for review in reviews_of(cases)]
    by_area = {area: [case for case in plain if case.service_area is area] for area in ServiceArea}
    return {
        area: history_of(
            authority,
            [review_of(authority, year, [case for case in own if case.decided_on in year]) for year in years],
            register=register,
            service_area=area,
        )
        for area, own in by_area.items()
        if own
    }
