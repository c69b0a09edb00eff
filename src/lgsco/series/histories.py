"""
The years of one council: what is held, what is missing, and what breaks the series.

Nothing is drawn across a series break unless the caller says so, and then the caution stays. A council's figures never
join those of the councils that it came from, or that it became.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import KW_ONLY
from typing import TYPE_CHECKING, Any, final

from lgsco._values import evolve, validate, value
from lgsco.errors import EmptyInput, InvalidValue, Place, Problem
from lgsco.model.authorities import Authority, RegisterEntry, authority_order
from lgsco.model.cases import Decision, Investigation, ServiceArea
from lgsco.model.counting import review_of, reviews_of
from lgsco.model.measures import Measure, ProportionMeasure, ShareMeasure
from lgsco.model.reviews import AnnualReview
from lgsco.model.years import ReportingYear, SeriesBreak, breaks_between
from lgsco.stats.rates import Proportion

if TYPE_CHECKING:
    from lgsco.model.authorities import Register

__all__ = [
    "History",
    "YearRate",
    "histories_by_area",
    "histories_of",
    "history_of",
]


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
    The reviews of one council, by year, and what the register knows of it.

    With ``service_area`` they count the cases of that area only. Make one with ``history_of``.

    Raises:
        InvalidValue: a field is of the wrong type, or the entry is of another council.
        InvalidValue: lists every review of another council, of a year that stands twice, or out of order.
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
            raise InvalidValue(problems, subject=f"these reviews are no series of {self.authority}")

    def __iter__(self) -> Iterator[AnnualReview]:
        return iter(self.reviews)

    def __len__(self) -> int:
        return len(self.reviews)

    @property
    def years(self) -> tuple[ReportingYear, ...]:
        """The years that are held."""
        return tuple(review.year for review in self.reviews)

    @property
    def gaps(self) -> tuple[ReportingYear, ...]:
        """The years between the first and the last that are not held."""
        if not self.reviews:
            return ()
        first, last = self.years[0].ending, self.years[-1].ending
        held = set(self.years)
        return tuple(year for year in map(ReportingYear, range(first, last)) if year not in held)

    @property
    def breaks(self) -> tuple[SeriesBreak, ...]:
        """The series breaks between the first year and the last, whatever they break."""
        return self.breaks_of(None)

    def breaks_of(self, measure: Measure[Any, Any] | str | None) -> tuple[SeriesBreak, ...]:
        """Return the breaks of a measure, or of a count by its name, between the first year and the last."""
        return breaks_between(self.years[0], self.years[-1], _name_of(measure)) if self.reviews else ()

    def segments(self, measure: Measure[Any, Any] | str | None = None) -> tuple[History, ...]:
        """
        Return the stretches of years over which a measure does not break, each a history of its own.

        A count goes by its name, such as "complaints_received". Without a measure any break parts the years.

        >>> from lgsco import published
        >>> register = published.register()
        >>> kent = register.find("Kent County Council")
        >>> held = [review for review in published.reviews() if review.authority == kent]
        >>> for stretch in history_of(kent, held, register=register).segments("uphold_rate"):
        ...     print(*stretch.years)
        2022-23 2023-24 2024-25
        """
        stretches: list[list[AnnualReview]] = []
        for review in self.reviews:
            if not stretches or breaks_between(stretches[-1][-1].year, review.year, _name_of(measure)):
                stretches.append([])
            stretches[-1].append(review)
        return tuple(evolve(self, reviews=tuple(stretch)) for stretch in stretches)

    def rates(self, measure: ProportionMeasure) -> tuple[YearRate, ...]:
        """
        Give the rate of each year that is held.

        Raises:
            InvalidValue: the measure gives no shares.
        """
        validate(measure=(measure, ShareMeasure))
        return tuple(YearRate(review.year, measure(review)) for review in self.reviews)

    def on(self, year: ReportingYear) -> AnnualReview:
        """
        Give the review of one year.

        Raises:
            InvalidValue: the year is not held.
        """
        for review in self.reviews:
            if review.year == year:
                return review
        held = ", ".join(map(str, self.years)) or "none"
        raise InvalidValue.at("year", year, f"is not held of {self.authority}; held: {held}")


def _name_of(measure: Measure[Any, Any] | str | None) -> str | None:
    return measure.name if isinstance(measure, Measure) else measure


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
    Put the reviews of one council in the order of their years.

    With a register the history knows when the council was created or abolished, and from and into what.

    Raises:
        InvalidValue: something among them is no review.
        InvalidValue: lists every review of another council, those before and after it included, and every year that
            stands twice.
        UnknownAuthority: the council is not in the register.
    """
    given = tuple(reviews)
    validate(reviews=(given, tuple[AnnualReview, ...]))
    given = tuple(sorted(given, key=lambda review: review.year))
    entry = None if register is None else register.entry(authority)
    return History(authority, given, entry=entry, service_area=service_area)


def histories_of(reviews: Iterable[AnnualReview], *, register: Register | None = None) -> tuple[History, ...]:
    """
    Give a history for each council of which reviews are given, by name.

    Raises:
        InvalidValue: something among them is no review.
        InvalidValue: lists every council and year that stands twice.
        UnknownAuthority: a council is not in the register.
    """
    reviews = tuple(reviews)
    validate(reviews=(reviews, tuple[AnnualReview, ...]))
    held: dict[Authority, list[AnnualReview]] = {}
    for review in reviews:
        held.setdefault(review.authority, []).append(review)
    problems = [
        Problem(Place(path=f"{authority.name}, {review.year}"), "is duplicated")
        for authority, own in held.items()
        for at, review in enumerate(own)
        if review.year in {other.year for other in own[:at]}
    ]
    if problems:
        raise InvalidValue(problems, subject="these reviews are no series")
    by_name = sorted(held, key=authority_order)
    return tuple(history_of(authority, held[authority], register=register) for authority in by_name)


def histories_by_area(
    decisions: Iterable[Decision | Investigation], *, register: Register | None = None
) -> dict[ServiceArea, History]:
    """
    Count the decided cases of one council by service area and year: a history for each area that has any.

    Each has a review for every year in which the council had any case at all, so that a year without cases of an area
    stands there as none, which is not the same as a year that is not held.

    Raises:
        EmptyInput: there are no cases.
        InvalidValue: lists every case of another council than the first, or whose service area is not known.
        InvalidValue: lists every case that stands twice.
        UnknownAuthority: the council is not in the register.
    """
    given = [*decisions]
    if not given:
        raise EmptyInput("no cases to count by service area")
    plain = [case.decision for case in given]
    authority = plain[0].authority
    problems = []
    for case in plain:
        year = str(ReportingYear.containing(case.decided_on))
        if case.authority != authority:
            problems.append(
                Problem(Place(path=f"{case.authority.name}, {year}"), f"{case.reference} is no case of {authority}")
            )
        if case.service_area is None:
            reason = f"the service area of {case.reference} is not known"
            problems.append(Problem(Place(path=f"{case.authority.name}, {year}"), reason))
    if problems:
        raise InvalidValue(problems, subject=f"these cases cannot be counted by service area for {authority}")
    years = [review.year for review in reviews_of(given)]
    held = {area: [case for case in plain if case.service_area is area] for area in ServiceArea}
    return {
        area: history_of(
            authority,
            [review_of(authority, year, [case for case in own if case.decided_on in year]) for year in years],
            register=register,
            service_area=area,
        )
        for area, own in held.items()
        if own
    }
