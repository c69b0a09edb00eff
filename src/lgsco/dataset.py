"""
All that is known of councils, from whatever source, in one value, and every question one can ask of it.

A ``Dataset`` is built of what was printed, of counts, averages, national figures and a council's own cases. Two are
joined with ``+``. Where sources disagree the better one stands and the other is kept as a finding.

>>> from lgsco import published, uphold_rate
>>> data = published.dataset()
>>> print(data.statistic("Kent", "2023-24", uphold_rate))
81% (76 of 94)
>>> comparison = data.compare("Kent", "2023-24", uphold_rate)
>>> print(comparison.rate, "against", comparison.benchmark.percent)
81% (76 of 94) against 85%
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY
from fractions import Fraction
from functools import cached_property
from typing import Any, Final, Literal, Never, TypeAlias, TypeVar, final

from lgsco._values import Choice, Confidence, Count, ShareLike, choice_of, evolve, refusal_of, share_of, value
from lgsco.comparison.comparisons import Comparison, compare
from lgsco.comparison.funnels import Funnel, funnel
from lgsco.comparison.groups import average_of
from lgsco.documents.areas import NationalFigures, RegionalFigures
from lgsco.documents.audits import audit
from lgsco.documents.figures import PrintedAverage, PrintedPercent, PrintedReview
from lgsco.documents.findings import Finding
from lgsco.errors import InvalidValue
from lgsco.model.authorities import Authority, AuthorityType, Register, authority_order, comparison_group
from lgsco.model.cases import ComplianceOutcome, Decision, Enquiry, Investigation
from lgsco.model.counting import reviews_of
from lgsco.model.measures import Measure, ShareMeasure, per_population_measure
from lgsco.model.reviews import AnnualReview, AuthorityPopulation, contradictions
from lgsco.model.years import ReportingYear
from lgsco.series.histories import History, history_of
from lgsco.sources import Basis, Source
from lgsco.stats.rates import PopulationRate, Proportion
from lgsco.wording import figures as words

__all__ = ["Against", "CouncilLike", "Dataset", "FigureState", "Statistic", "YearLike"]

CouncilLike: TypeAlias = Authority | str
"""A council as people have it: an Authority, its name in any spelling, or its ONS code."""
YearLike: TypeAlias = ReportingYear | str
"""A reporting year, or its name, such as "2023-24"."""
Against: TypeAlias = Literal["printed", "others"] | ShareLike
"""What a council is compared with: the printed average, the other councils of its group, or a share from 0 to 1."""

_Item = TypeVar("_Item")
_Key: TypeAlias = tuple[Authority, ReportingYear]


class FigureState(Choice):
    """What is known of a statistic; the states never blur."""

    RATE = "rate"
    """A numerator above zero and its denominator."""
    ZERO = "zero"
    """0 of n: a real zero."""
    NONE_DUE = "none_due"
    """0 of 0: there were no cases, so there is no rate."""
    PERCENT_ONLY = "percent_only"
    """A percentage was published; the counts behind it are not held."""
    PART_HELD = "part_held"
    """One of the two counts is held."""
    NOT_APPLICABLE = "not_applicable"
    """The document says "n/a"."""
    NOT_HELD = "not_held"
    """Nothing is held; the Ombudsman may have published it."""


@final
@value
class Statistic:
    """
    One statistic of a council and year, with what is known of it and what is not.

    A percentage that was published without counts is kept as such: nothing is computed from it.

    >>> from lgsco import published, uphold_rate
    >>> print(published.dataset().statistic("Bournemouth, Christchurch and Poole", "2020-21", uphold_rate))
    69% (counts not held)

    Raises:
        InvalidValue: a field is of the wrong type, the numerator exceeds the denominator, or the state is not that of
            the counts and the percentage.
    """

    measure: ShareMeasure
    state: FigureState
    _: KW_ONLY
    numerator: Count | None = None
    denominator: Count | None = None
    printed: PrintedPercent | None = None
    average: PrintedAverage | None = None
    sources: tuple[Source, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.numerator is not None and self.denominator is not None:
            Proportion(self.numerator, self.denominator)
        state = state_of(self.numerator, self.denominator, has_percent=self.printed is not None)
        allowed = {state, FigureState.NOT_APPLICABLE} if state is FigureState.NOT_HELD else {state}
        if self.state not in allowed:
            raise InvalidValue.at("state", self.state, f"must be {state.value!r}, by the counts and the percentage")

    @property
    def rate(self) -> Proportion | None:
        """The rate, where both counts are held; its value is ``None`` for 0 of 0."""
        if self.numerator is None or self.denominator is None:
            return None
        return Proportion(self.numerator, self.denominator)

    def __str__(self) -> str:
        case, cases, done = self.measure.phrase
        if self.state is FigureState.PERCENT_ONLY:
            return words.percent_without_counts(self.printed)
        if self.state is FigureState.PART_HELD:
            return words.part_of_counts(self.numerator, self.denominator, case, cases, done)
        if self.state is FigureState.NONE_DUE:
            return self.measure.nothing
        return {FigureState.NOT_APPLICABLE: words.NOT_APPLICABLE, FigureState.NOT_HELD: words.NOT_HELD}.get(
            self.state, str(self.rate)
        )


_NUMERATORS: Final = {
    "uphold_rate": ("investigations", "upheld", "total"),
    "compliance_rate": ("compliance", "complied", "total"),
    "satisfactory_remedy_rate": ("investigations", "satisfactory_remedies", "upheld"),
}
"""Of each key statistic: the part of a review, its numerator and its denominator there."""
_PARTS: Final = ("investigations", "compliance", "overview", "decided", "received")
_PUBLISHED: Final = (Basis.PUBLISHED, Basis.SECOND_HAND)
_LAST: Final = dt.date.max.toordinal()


@final
@value
class Dataset:
    """
    All that is known, from whatever source; every question is a function of it.

    ``printed`` are rows as they were printed, ``counts`` are counts from elsewhere. Own cases and published decisions
    never stand in for a published figure unless that is asked for.

    Joining keeps everything: ``d + d == d``, and the order does not matter.

    Raises:
        InvalidValue: a field is of the wrong type; or when joined, the registers have the same council differently.
    """

    register: Register
    _: KW_ONLY
    printed: tuple[PrintedReview, ...] = ()
    counts: tuple[AnnualReview, ...] = ()
    averages: tuple[PrintedAverage, ...] = ()
    national: tuple[NationalFigures, ...] = ()
    regional: tuple[RegionalFigures, ...] = ()
    populations: tuple[AuthorityPopulation, ...] = ()
    cases: tuple[Decision | Investigation, ...] = ()
    compliance: tuple[ComplianceOutcome, ...] = ()
    enquiries: tuple[Enquiry, ...] = ()

    def __attrs_post_init__(self) -> None:
        # In one order, each once, so that joining in any order gives the same value.
        for name, key in _ORDER.items():
            object.__setattr__(self, name, _in_order(getattr(self, name), key))

    def __add__(self, other: object) -> Dataset:
        if not isinstance(other, Dataset):
            return NotImplemented
        joined = {name: (*getattr(self, name), *getattr(other, name)) for name in _ORDER}
        return Dataset(_joined_registers(self.register, other.register), **joined)

    def __repr__(self) -> str:
        sizes = ", ".join(f"{len(getattr(self, name)):,} {name}" for name in _ORDER if getattr(self, name))
        return f"<Dataset of {sizes or 'nothing'}>"

    # --- What there is

    @property
    def years(self) -> tuple[ReportingYear, ...]:
        """The years of which any figure of a council is held, in order."""
        return tuple(sorted({year for _, year in self._rows}))

    @property
    def authorities(self) -> tuple[Authority, ...]:
        """The councils of which any figure is held, in the order of the register."""
        known = {authority for authority, _ in self._rows}
        return tuple(authority for authority in self.register if authority in known)

    def reviews(
        self, *, year: YearLike | None = None, group: AuthorityType | str | None = None
    ) -> tuple[AnnualReview, ...]:
        """
        Return the counts of every council and year of which any count is held.

        Args:
            year: a ReportingYear or its name; every year where left out.
            group: a comparison group or its name; councils that stood in it on the last day of the year.

        Returns:
            One review for each council and year, in the order of years and names.

        Raises:
            InvalidValue: the year or the group is refused.
        """
        wanted = None if year is None else reporting_year(year)
        kind = None if group is None else choice_of("group", group, AuthorityType)
        return tuple(
            review
            for review in self._published.values()
            if (wanted is None or review.year == wanted)
            and (kind is None or comparison_group(review.authority, self.register, review.year.end) is kind)
        )

    def coverage(self, group: AuthorityType | str, year: YearLike) -> Proportion:
        """
        Return how many councils of a group have any count held in a year.

        Args:
            group: a comparison group or its name.
            year: a ReportingYear or its name.

        Returns:
            Councils held over councils of the group on the last day of the year.

        Raises:
            InvalidValue: the year or the group is refused.

        >>> from lgsco import published
        >>> print(published.dataset().coverage("county_council", "2024-25"))
        86% (18 of 21)
        """
        day = reporting_year(year).end
        members = self.register.in_group(choice_of("group", group, AuthorityType), day)
        return Proportion(len(self.reviews(year=year, group=group)), len(members))

    # --- Questions

    def review(self, council: CouncilLike, year: YearLike, *, basis: Basis | str | None = None) -> AnnualReview:
        """
        Return the counts that are held of a council and year; a part that is not held is ``None``.

        Args:
            council: an Authority, its name or its ONS code.
            year: a ReportingYear or its name.
            basis: which record to count from; where left out published figures, the Ombudsman's own before second-hand.

        Returns:
            The review; all its parts are ``None`` where nothing is held.

        Raises:
            AuthorityLookupError: no council has this name in this year.
            InvalidValue: an argument is refused.

        >>> from lgsco import published
        >>> published.dataset().review("Kent", "2023-24").investigations
        InvestigationTally(upheld=76, not_upheld=18, satisfactory_remedies=2)
        """
        key = self._key(council, year)
        if basis is None:
            return self._published.get(key) or AnnualReview(*key)
        wanted = choice_of("basis", basis, Basis)
        by_key = {(review.authority, review.year): review for review in self._counted(wanted)}
        return by_key.get(key) or AnnualReview(*key)

    def statistic(self, council: CouncilLike, year: YearLike, measure: ShareMeasure) -> Statistic:
        """
        Return what is known of one of the three key statistics of a council and year.

        Args:
            council: an Authority, its name or its ONS code.
            year: a ReportingYear or its name.
            measure: one of ``KEY_STATISTICS``.

        Returns:
            The statistic. Its state is a rate, a real zero, none due, a percentage without counts, one of two counts,
            not applicable, or not held.

        Raises:
            AuthorityLookupError: no council has this name in this year.
            InvalidValue: an argument is refused.

        >>> from lgsco import compliance_rate, published
        >>> print(published.dataset().statistic("Kent", "2023-24", compliance_rate))
        98% (62 of 63)
        """
        if (reason := refusal_of(measure, ShareMeasure)) is not None or measure.name not in _NUMERATORS:
            raise InvalidValue.at("measure", measure, reason or "must be one of the three key statistics")
        key = self._key(council, year)
        part, numerator, denominator = _NUMERATORS[measure.name]
        review = self._published.get(key) or AnnualReview(*key)
        tally = getattr(review, part)
        counts = (None, None) if tally is None else (getattr(tally, numerator), getattr(tally, denominator))
        printed = [
            (row.source, statistic.percent)
            for row in self._rows.get(key, ())
            if isinstance(row, PrintedReview)
            and (statistic := row.statistic(measure)) is not None
            and statistic.percent is not None
        ]
        percents = [(source, percent) for source, percent in printed if isinstance(percent, PrintedPercent)]
        state = state_of(*counts, has_percent=bool(percents))
        known = [review.source] if tally is not None else [source for source, _ in percents[:1]]
        return Statistic(
            measure,
            FigureState.NOT_APPLICABLE if state is FigureState.NOT_HELD and printed else state,
            numerator=counts[0],
            denominator=counts[1],
            printed=percents[0][1] if percents else None,
            average=self.average(council, year, measure),
            sources=tuple(source for source in known if source is not None),
        )

    def average(self, council: CouncilLike, year: YearLike, measure: ShareMeasure) -> PrintedAverage | None:
        """
        Return the printed average of the council's group and year, which includes the council itself.

        Args:
            council: an Authority, its name or its ONS code.
            year: a ReportingYear or its name.
            measure: a measure that gives shares.

        Returns:
            The average, from a row of averages or from beside the council's own figures; ``None`` where none is held.

        Raises:
            AuthorityLookupError: no council has this name in this year.
            InvalidValue: an argument is refused.
        """
        authority, in_year = self._key(council, year)
        group = comparison_group(authority, self.register, in_year.end)
        if group is None:
            return None
        known = [one for one in self.averages if (one.group, one.year, one.measure) == (group, in_year, measure)]
        if known:
            return min(known, key=lambda average: _precedence(average.source))
        for row in self._rows.get((authority, in_year), ()):
            statistic = row.statistic(measure) if isinstance(row, PrintedReview) else None
            if statistic is not None and isinstance(statistic.average, PrintedPercent):
                return PrintedAverage(group, in_year, measure=measure, percent=statistic.average, source=row.source)
        return None

    def compare(
        self,
        council: CouncilLike,
        year: YearLike,
        measure: ShareMeasure,
        *,
        against: Against = "printed",
        confidence: Confidence = 0.95,
    ) -> Comparison:
        """
        Compare a council's rate with similar authorities, or with a target.

        Args:
            council: an Authority, its name or its ONS code.
            year: a ReportingYear or its name.
            measure: a measure that gives shares.
            against: "printed", the Ombudsman's average (includes the council); "others", the pooled rate of the other
                councils of the group that are held; or a share from 0 to 1.
            confidence: of the interval and the verdict, between 0 and 1.

        Returns:
            The comparison; its verdict is NO_RATE where the council's rate is not held, NO_BENCHMARK where the average
            is not.

        Raises:
            AuthorityLookupError: no council has this name in this year.
            InvalidValue: an argument is refused.

        >>> from lgsco import published, uphold_rate
        >>> others = published.dataset().compare("Kent", "2024-25", uphold_rate, against="others").benchmark
        >>> print(others.pooled)
        89% (719 of 807)
        """
        key = self._key(council, year)
        review = self._published.get(key) or AnnualReview(*key)
        benchmark: Any
        if against == "printed":
            benchmark = self.average(review.authority, review.year, measure)
        elif against == "others":
            group = comparison_group(review.authority, self.register, review.year.end)
            similar = () if group is None else self.reviews(year=review.year, group=group)
            benchmark = average_of(similar, measure, register=self.register) if similar else None
        else:
            benchmark = self._share(against)
        return compare(review, benchmark, measure, confidence=confidence, register=self.register)

    def funnel(self, group: AuthorityType | str, year: YearLike, measure: ShareMeasure) -> Funnel:
        """
        Return the funnel of a group in a year: each council against control limits that widen where cases are few.

        Args:
            group: a comparison group or its name.
            year: a ReportingYear or its name.
            measure: a measure that gives shares.

        Returns:
            The funnel, about the pooled rate of the councils held; it says where there are too few to draw it.

        Raises:
            EmptyInput: nothing is held of the group in the year.
            InvalidValue: an argument is refused.
        """
        return funnel(self.reviews(year=year, group=group), measure, register=self.register)

    def per_population_measure(self, *, per: int = 100_000) -> Measure[Never, PopulationRate]:
        """
        Return the measure of upheld decisions per number of residents, by the populations that are held.

        Args:
            per: the number of residents for which the rate is stated.

        Returns:
            The measure; of two populations of a council and year it takes that of the better source.

        Raises:
            InvalidValue: ``per`` is not a whole number from one.
        """
        ordered = sorted(self.populations, key=lambda row: _precedence(row.population.source), reverse=True)
        people = {(row.authority, row.year): row.population for row in ordered}
        return per_population_measure(people, per=per)

    def history(self, council: CouncilLike) -> History:
        """
        Return the years of a council, in order.

        Args:
            council: an Authority, its name or its ONS code.

        Returns:
            The history of the years of which any count is held; it is empty where none is.

        Raises:
            AuthorityLookupError: no council has this name.
        """
        authority = self._council(council, None)
        own = [review for review in self._published.values() if review.authority == authority]
        return history_of(authority, own, register=self.register)

    def findings(self) -> tuple[Finding, ...]:
        """
        Return every contradiction: within what one source prints, and between sources.

        Returns:
            The findings of ``audit`` over all that was printed and all averages.
        """
        return tuple(audit([*self.printed, *self.averages], register=self.register))

    # --- How it is found

    @cached_property
    def _rows(self) -> dict[_Key, tuple[PrintedReview | AnnualReview, ...]]:
        """What is published of each council and year, the better source first."""
        rows: dict[_Key, list[PrintedReview | AnnualReview]] = {}
        for printed in self.printed:
            rows.setdefault((printed.authority(self.register), printed.year), []).append(printed)
        for review in self.counts:
            if review.source is None or review.source.basis in _PUBLISHED:
                rows.setdefault((review.authority, review.year), []).append(review)
        keys = sorted(rows, key=lambda key: (key[1], authority_order(key[0])))
        return {key: tuple(sorted(rows[key], key=lambda row: _precedence(row.source))) for key in keys}

    @cached_property
    def _published(self) -> dict[_Key, AnnualReview]:
        joined = {key: _joined(key, [self._counts_of(row) for row in rows]) for key, rows in self._rows.items()}
        return {key: review for key, review in joined.items() if any(getattr(review, part) for part in _PARTS)}

    def _counts_of(self, row: PrintedReview | AnnualReview) -> AnnualReview:
        return row.review(self.register) if isinstance(row, PrintedReview) else row

    def _counted(self, basis: Basis) -> tuple[AnnualReview, ...]:
        """Return the counts of one basis alone; cases given with the dataset are a council's own."""
        counts = [review for review in self.counts if review.source is not None and review.source.basis is basis]
        if basis is Basis.OWN_CASES and (self.cases or self.compliance):
            source = Source("Own cases", basis=Basis.OWN_CASES)
            counts += reviews_of(self.cases or None, self.compliance or None, source=source)
        if basis in _PUBLISHED:
            counts += [
                printed.review(self.register)
                for printed in self.printed
                if (Basis.PUBLISHED if printed.source is None else printed.source.basis) is basis
            ]
        keys = dict.fromkeys((review.authority, review.year) for review in counts)
        return tuple(
            _joined(key, [review for review in counts if (review.authority, review.year) == key]) for key in keys
        )

    def _key(self, council: CouncilLike, year: YearLike) -> _Key:
        in_year = reporting_year(year)
        return self._council(council, in_year), in_year

    def _council(self, council: CouncilLike, year: ReportingYear | None) -> Authority:
        if isinstance(council, Authority):
            return self.register.entry(council).authority
        if not isinstance(council, str):
            raise InvalidValue.at("council", council, "must be an Authority, a name or an ONS code")
        return self.register.find(council) if year is None else self.register.find_in_print(council, year.end)

    @staticmethod
    def _share(against: object) -> Fraction:
        if isinstance(against, str):
            raise InvalidValue.at("against", against, "must be 'printed', 'others' or a share from 0 to 1")
        return share_of("against", against)


def reporting_year(year: YearLike) -> ReportingYear:
    """Return a year that is given by itself or by its name."""
    if isinstance(year, ReportingYear):
        return year
    if not isinstance(year, str):
        raise InvalidValue.at("year", year, "must be a ReportingYear, or its name such as '2023-24'")
    return ReportingYear.parse(year)


def _precedence(source: Source | None) -> tuple[object, ...]:
    """Order sources: the Ombudsman's own before second-hand, the newer first (undated last), by title and address."""
    if source is None:
        return (len(_PUBLISHED), 0, "", "")
    rank = _PUBLISHED.index(source.basis) if source.basis in _PUBLISHED else len(_PUBLISHED)
    newest_first = _LAST - source.published_on.toordinal() if source.published_on else _LAST
    return (rank, newest_first, source.title, source.url or "")


def _joined(key: _Key, reviews: Iterable[AnnualReview]) -> AnnualReview:
    """Take each part from the first source that gives it, unless it contradicts what a better one gives."""
    joined = AnnualReview(*key)
    titles: list[Source] = []
    for review in reviews:
        parts = {name: getattr(review, name) for name in _PARTS if getattr(joined, name) is None}
        wanted = {name: tally for name, tally in parts.items() if tally is not None}
        whole = {name: wanted.get(name, getattr(joined, name)) for name in _PARTS}
        if wanted and not contradictions(whole["investigations"], whole["overview"], whole["decided"]):
            joined = evolve(joined, **wanted)
            titles += [] if review.source is None else [review.source]
    if len(titles) <= 1:
        return evolve(joined, source=titles[0] if titles else None)
    # As weak as its weakest part: what is in part second-hand is second-hand.
    basis = max(titles, key=_precedence).basis
    return evolve(joined, source=Source(" and ".join(dict.fromkeys(source.title for source in titles)), basis=basis))


def state_of(numerator: int | None, denominator: int | None, *, has_percent: bool) -> FigureState:
    """Return the state of a figure by its counts, and by whether its percentage is held."""
    if numerator is not None and denominator is not None:
        if denominator == 0:
            return FigureState.NONE_DUE
        return FigureState.RATE if numerator else FigureState.ZERO
    if has_percent:
        return FigureState.PERCENT_ONLY
    if numerator is not None or denominator is not None:
        return FigureState.PART_HELD
    return FigureState.NOT_HELD


def _joined_registers(first: Register, other: Register) -> Register:
    if first == other:
        return first
    known = {entry.authority: entry for entry in first.entries}
    clashes = [entry for entry in other.entries if known.get(entry.authority, entry) != entry]
    if clashes:
        names = ", ".join(entry.authority.name for entry in clashes)
        raise InvalidValue.at("register", names, "must be the same in both registers")
    extra = [entry for entry in other.entries if entry.authority not in known]
    return Register(tuple(sorted((*first.entries, *extra), key=repr))) if extra else first


def _in_order(items: tuple[_Item, ...], key: Callable[[Any], tuple[Any, ...]]) -> tuple[_Item, ...]:
    """Put values in a total order, each once; those with one key are told apart by all that they are."""
    ordered: dict[tuple[Any, ...], list[_Item]] = {}
    for item in dict.fromkeys(items):
        ordered.setdefault(key(item), []).append(item)
    return tuple(
        item
        for place in sorted(ordered)
        for item in (sorted(ordered[place], key=repr) if len(ordered[place]) > 1 else ordered[place])
    )


def _source_key(source: Source | None) -> tuple[str, ...]:
    return ("", "") if source is None else (source.title, source.url or "")


_ORDER: Final[dict[str, Callable[[Any], tuple[Any, ...]]]] = {
    "printed": lambda row: (row.year.ending, row.name, *_source_key(row.source)),
    "counts": lambda review: (review.year.ending, *authority_order(review.authority), *_source_key(review.source)),
    "averages": lambda row: (row.year.ending, row.group, row.measure.name, *_source_key(row.source)),
    "national": lambda row: (row.year.ending, *_source_key(row.source)),
    "regional": lambda row: (row.year.ending, row.region, *_source_key(row.source)),
    "populations": lambda row: (row.year.ending, *authority_order(row.authority), row.population.estimated_on),
    "cases": lambda case: (case.decision.reference if isinstance(case, Investigation) else case.reference,),
    "compliance": lambda outcome: (outcome.reference, *authority_order(outcome.authority)),
    "enquiries": lambda enquiry: (enquiry.sent_on.toordinal(), enquiry.due_on.toordinal()),
}
"""The tuples of a dataset, each with the key by which it is put in order."""
