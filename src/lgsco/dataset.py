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
from collections.abc import Iterable
from dataclasses import KW_ONLY
from functools import cached_property
from typing import Literal, Never, TypeAlias, final

from lgsco._values import Choice, Confidence, Count, ShareLike, choice_of, share_of, validate, value
from lgsco.comparison.comparisons import Benchmark, Comparison, compare
from lgsco.comparison.funnels import Funnel, funnel
from lgsco.comparison.groups import Average, average_of
from lgsco.documents.areas import NationalFigures, RegionalFigures
from lgsco.documents.audits import audit
from lgsco.documents.figures import PrintedAverage, PrintedPercent, PrintedReview
from lgsco.documents.findings import Finding
from lgsco.documents.improvements import ServiceImprovement
from lgsco.errors import InvalidValue
from lgsco.joining import (
    ORDER,
    PUBLISHED,
    CouncilYear,
    counts_of_measure,
    in_order,
    is_published,
    is_same,
    join_registers,
    join_reviews,
    precedence,
    printed_counts,
    reviews_by_group,
    rows_by_key,
)
from lgsco.model.authorities import Authority, AuthorityType, AuthorityTypeLike, Register, comparison_group
from lgsco.model.cases import ComplianceOutcome, Decision, Enquiry, Investigation
from lgsco.model.counting import reviews_of
from lgsco.model.measures import Measure, ShareMeasure, per_population_measure
from lgsco.model.reviews import AnnualReview, AuthorityPopulation
from lgsco.model.tallies import TALLY_TYPES
from lgsco.model.years import ReportingYear
from lgsco.series.histories import History, history_of
from lgsco.sources import Basis, BasisLike, Source
from lgsco.stats.rates import PopulationRate, Proportion
from lgsco.wording import figures as words

__all__ = ["Against", "CouncilLike", "Coverage", "Dataset", "FigureState", "Peers", "Statistic", "YearLike"]

CouncilLike: TypeAlias = Authority | str
"""A council as people have it: an Authority, its name in any spelling, or its ONS code."""
YearLike: TypeAlias = ReportingYear | str
"""A reporting year, or its name, such as "2023-24"."""
Peers: TypeAlias = (
    Literal["printed", "others", "region"] | list[CouncilLike] | list[str] | list[Authority] | tuple[CouncilLike, ...]
)
"""
Councils to compare with: the printed average of the group, its other councils, those of the region, or chosen ones.
"""
Against: TypeAlias = Peers | ShareLike
"""What a council is compared with: other councils, or a share from 0 to 1."""


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


@final
@value
class Coverage:
    """How many councils of a group have any count held in a year, of those that stood in it on the last day."""

    group: AuthorityType
    year: ReportingYear
    _: KW_ONLY
    councils: Proportion


@final
@value
class Dataset:
    """
    All that is known, from whatever source; every question is a function of it.

    ``printed`` are rows as they were printed, ``counts`` are counts from elsewhere. Own cases and published decisions
    never stand in for a published figure unless that is asked for. ``improvements`` are what councils agreed to change,
    each with its council.

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
    improvements: tuple[ServiceImprovement, ...] = ()

    def __attrs_post_init__(self) -> None:
        if any(improvement.authority is None for improvement in self.improvements):
            raise InvalidValue.at("improvements", None, "must each say which authority agreed to it")
        # In one order, each once, so that joining in any order gives the same value.
        for name, key in ORDER.items():
            object.__setattr__(self, name, in_order(getattr(self, name), key))

    def __add__(self, other: object) -> Dataset:
        if not isinstance(other, Dataset):
            return NotImplemented
        joined = {name: (*getattr(self, name), *getattr(other, name)) for name in ORDER}
        return Dataset(join_registers(self.register, other.register), **joined)

    def __repr__(self) -> str:
        sizes = ", ".join(f"{len(getattr(self, name)):,} {name}" for name in ORDER if getattr(self, name))
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
        self,
        *,
        year: YearLike | None = None,
        group: AuthorityTypeLike | None = None,
        region: str | None = None,
    ) -> tuple[AnnualReview, ...]:
        """
        Return the counts of every council and year of which any count is held.

        Args:
            year: a ReportingYear or its name; every year where left out.
            group: a comparison group or its name; councils that stood in it on the last day of the year.
            region: a region as the register names it; councils that existed in it on the last day of the year.

        Returns:
            One review for each council and year, in the order of years and names.

        Raises:
            InvalidValue: the year, the group or the region is refused.
        """
        wanted = None if year is None else reporting_year(year)
        kind = None if group is None else choice_of("group", group, AuthorityType)
        if wanted is not None and kind is not None:
            reviews = self._by_group.get((kind, wanted), ())
        else:
            reviews = tuple(
                review
                for review in self._published.values()
                if (wanted is None or review.year == wanted)
                and (kind is None or comparison_group(review.authority, self.register, review.year.end) is kind)
            )
        if region is None:
            return reviews
        days = {known.end for known in (self.years if wanted is None else (wanted,))} or {dt.date.max}
        members = {day: {*self.register.in_region(region, day)} for day in days}
        return tuple(review for review in reviews if review.authority in members[review.year.end])

    def coverage(self, group: AuthorityTypeLike, year: YearLike) -> Proportion:
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

    def coverages(self) -> tuple[Coverage, ...]:
        """
        Return how many councils are held of each group and year of which any is.

        Returns:
            One for each, in the order of years and of groups; ``lgsco.convert.rows_of`` lays them out.

        >>> from lgsco import published
        >>> last = published.dataset().coverages()[-1]
        >>> print(last.group.label, last.year, last.councils)
        London Boroughs 2024-25 69% (22 of 32)
        """
        return tuple(
            Coverage(group, year, councils=self.coverage(group, year))
            for year in self.years
            for group in AuthorityType
            if (group, year) in self._by_group
        )

    # --- Questions

    def review(self, council: CouncilLike, year: YearLike, *, basis: BasisLike | None = None) -> AnnualReview:
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
        return self._counted(wanted).get(key) or AnnualReview(*key)

    def statistic(self, council: CouncilLike, year: YearLike, measure: ShareMeasure) -> Statistic:
        """
        Return what is known of a statistic of a council and year.

        Args:
            council: an Authority, its name or its ONS code.
            year: a ReportingYear or its name.
            measure: a measure that gives shares; percentages are printed of ``KEY_STATISTICS`` alone.

        Returns:
            The statistic. Its state is a rate, a real zero, none due, a percentage without counts, one of two counts,
            not applicable, or not held. Its sources are all that say the same, the better one first.

        Raises:
            AuthorityLookupError: no council has this name in this year.
            InvalidValue: an argument is refused.

        >>> from lgsco import compliance_rate, published
        >>> print(published.dataset().statistic("Kent", "2023-24", compliance_rate))
        98% (62 of 63)
        """
        validate(measure=(measure, ShareMeasure))
        key = self._key(council, year)
        rows = self._rows.get(key, ())
        counts = counts_of_measure(self._published.get(key) or AnnualReview(*key), measure)
        printed = [
            (row.source, statistic.percent)
            for row in rows
            if isinstance(row, PrintedReview)
            and (statistic := row.statistic(measure)) is not None
            and statistic.percent is not None
        ]
        percents = [(source, percent) for source, percent in printed if isinstance(percent, PrintedPercent)]
        state = state_of(*counts, has_percent=bool(percents))
        if state is FigureState.PERCENT_ONLY:
            sources = [source for source, percent in percents if percent == percents[0][1]]
        else:
            sources = [row.source for row in rows if is_same(counts_of_measure(self._review_of(row), measure), counts)]
        return Statistic(
            measure,
            FigureState.NOT_APPLICABLE if state is FigureState.NOT_HELD and printed else state,
            numerator=counts[0],
            denominator=counts[1],
            printed=percents[0][1] if percents else None,
            average=self.average(council, year, measure),
            sources=tuple(dict.fromkeys(source for source in sources if source is not None)),
        )

    def average(self, council: CouncilLike, year: YearLike, measure: ShareMeasure) -> PrintedAverage | None:
        """
        Return the printed average of the council's group and year, which includes the council itself.

        Args:
            council: an Authority, its name or its ONS code.
            year: a ReportingYear or its name.
            measure: a measure that gives shares.

        Returns:
            The average of the best source, a row of averages before what a letter or a page prints beside a council's
            figures; ``None`` where none is held.

        Raises:
            AuthorityLookupError: no council has this name in this year.
            InvalidValue: an argument is refused.
        """
        validate(measure=(measure, ShareMeasure))
        authority, in_year = self._key(council, year)
        group = comparison_group(authority, self.register, in_year.end)
        return None if group is None else self._averages.get((group, in_year, measure))

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
                councils of the group that are held; "region", that of the other councils of its region, of every type;
                a list or tuple of councils; or a share from 0 to 1.
            confidence: of the interval and the verdict, between 0 and 1.

        Returns:
            The comparison; its verdict is NO_RATE where the council's rate is not held, NO_BENCHMARK where the average
            is not.

        Raises:
            AuthorityLookupError: no council has this name in this year.
            InvalidValue: an argument is refused.

        >>> from lgsco import published, uphold_rate
        >>> data = published.dataset()
        >>> print(data.compare("Kent", "2024-25", uphold_rate, against="others").benchmark.pooled)
        89% (719 of 807)
        >>> chosen = ["Essex", "Surrey", "Hampshire"]
        >>> print(data.compare("Kent", "2024-25", uphold_rate, against=chosen).benchmark.words.sentence)
        The chosen councils (we have figures for 2 of 3), together: 92% (213 of 231).
        """
        validate(measure=(measure, ShareMeasure))
        key = self._key(council, year)
        review = self._published.get(key) or AnnualReview(*key)
        return compare(
            review,
            self._benchmark(review, measure, against),
            measure,
            confidence=confidence,
            register=self.register,
        )

    def _benchmark(self, review: AnnualReview, measure: ShareMeasure, against: Against) -> Benchmark | ShareLike:
        """Return what a council is compared with, of which it is itself a part or not."""
        council, year = review.authority, review.year
        if isinstance(against, list | tuple):
            chosen = [self._council(name, year, f"against[{index}]") for index, name in enumerate(against)]
            return self._selection(review, chosen, measure, against, "chosen councils")
        if not isinstance(against, str):
            return share_of("against", against)
        if against == "printed":
            return self.average(council, year, measure)
        if against == "others":
            group = comparison_group(council, self.register, year.end)
            return None if group is None else self._group_average(group, year, measure)
        if against != "region":
            choices = "must be 'printed', 'others', 'region', a list of councils or a share from 0 to 1"
            raise InvalidValue.at("against", against, choices)
        region = self.register.entry(council).region
        if region is None:
            raise InvalidValue.at("against", against, f"the register has no region for {council}")
        councils = self.register.in_region(region, year.end)
        return self._selection(review, councils, measure, against, f"councils of the region {region}")

    def _selection(
        self, review: AnnualReview, councils: Iterable[Authority], measure: ShareMeasure, against: Against, name: str
    ) -> Average:
        """Return the average of councils that the caller chose, of whatever group, without the one compared."""
        others = [council for council in dict.fromkeys(councils) if council != review.authority]
        if not others:
            raise InvalidValue.at("against", against, f"has no council besides {review.authority}")
        keys = [(council, review.year) for council in others]
        reviews = [self._published.get(key) or AnnualReview(*key) for key in keys]
        return average_of(reviews, measure, register=self.register, selection=name)

    def _group_average(self, group: AuthorityType, year: ReportingYear, measure: ShareMeasure) -> Average | None:
        key = (group, year, measure)
        if key not in self._group_averages:
            reviews = self._by_group.get((group, year), ())
            average = average_of(reviews, measure, register=self.register) if reviews else None
            self._group_averages[key] = average
        return self._group_averages[key]

    def funnel(self, group: AuthorityTypeLike, year: YearLike, measure: ShareMeasure) -> Funnel:
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
        validate(measure=(measure, ShareMeasure))
        kind = choice_of("group", group, AuthorityType)
        return funnel(self.reviews(year=year, group=kind), measure, register=self.register)

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
        ordered = sorted(self.populations, key=lambda row: precedence(row.population.source), reverse=True)
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
        own = [self._published[key] for key in self._keys.get(authority, ()) if key in self._published]
        return history_of(authority, own, register=self.register)

    def years_of(self, council: CouncilLike) -> tuple[ReportingYear, ...]:
        """
        Return the years of which anything is published of a council, in order; a percentage alone is something.

        Args:
            council: an Authority, its name or its ONS code.

        Returns:
            The years; none where nothing is held.

        >>> from lgsco import published
        >>> print(*published.dataset().years_of("Kent"))
        2022-23 2023-24 2024-25

        Raises:
            AuthorityLookupError: no council has this name.
        """
        authority = self._council(council, None)
        return tuple(year for _, year in self._keys.get(authority, ()))

    def printed_of(self, council: CouncilLike, year: YearLike) -> tuple[PrintedReview, ...]:
        """
        Return what is printed of a council and year, the better source first.

        Args:
            council: an Authority, its name or its ONS code.
            year: a ReportingYear or its name.

        Returns:
            The rows as printed, one for each source; none where nothing is held.

        >>> from lgsco import published
        >>> [print(row.upheld.percent, row.upheld.base) for row in published.dataset().printed_of("Kent", "2023-24")]
        81% 94
        [None]

        Raises:
            AuthorityLookupError: no council has this name in this year.
            InvalidValue: the year is refused.
        """
        rows = self._rows.get(self._key(council, year), ())
        return tuple(row for row in rows if isinstance(row, PrintedReview))

    def findings(self) -> tuple[Finding, ...]:
        """
        Return every contradiction: within what one source prints, and between sources.

        Returns:
            The findings of ``audit`` over all that was printed, all published counts and all averages.
        """
        counts = [printed_counts(review) for review in self.counts if is_published(review.source)]
        return tuple(audit([*self.printed, *counts, *self.averages], register=self.register))

    # --- How it is found

    @cached_property
    def _rows(self) -> dict[CouncilYear, list[PrintedReview | AnnualReview]]:
        """What is published of each council and year, the better source first."""
        printed = [((row.authority(self.register), row.year), row) for row in self.printed]
        counts = [((row.authority, row.year), row) for row in self.counts if is_published(row.source)]
        return rows_by_key([*printed, *counts])

    @cached_property
    def _keys(self) -> dict[Authority, list[CouncilYear]]:
        """The years of which anything is published of each council, in order."""
        keys: dict[Authority, list[CouncilYear]] = {}
        for key in sorted(self._rows, key=lambda key: key[1]):
            keys.setdefault(key[0], []).append(key)
        return keys

    @cached_property
    def _published(self) -> dict[CouncilYear, AnnualReview]:
        joined = {key: join_reviews(key, map(self._review_of, rows)) for key, rows in self._rows.items()}
        return {key: review for key, review in joined.items() if any(getattr(review, part) for part in TALLY_TYPES)}

    def _review_of(self, row: PrintedReview | AnnualReview) -> AnnualReview:
        return row.review(self.register) if isinstance(row, PrintedReview) else row

    @cached_property
    def _by_group(self) -> dict[tuple[AuthorityType, ReportingYear], tuple[AnnualReview, ...]]:
        return reviews_by_group(self._published.values(), self.register)

    @cached_property
    def _averages(self) -> dict[tuple[AuthorityType, ReportingYear, ShareMeasure], PrintedAverage]:
        """The printed average of each group, year and measure; of equal sources a row of averages comes first."""
        beside = [average for row in self.printed for average in row.averages(self.register)]
        ordered = sorted([*beside, *self.averages], key=lambda average: precedence(average.source), reverse=True)
        return {(average.group, average.year, average.measure): average for average in ordered}

    @cached_property
    def _group_averages(self) -> dict[tuple[AuthorityType, ReportingYear, ShareMeasure], Average | None]:
        """The computed averages that were asked for so far; every council of a group asks for the same one."""
        return {}

    def _counted(self, basis: Basis) -> dict[CouncilYear, AnnualReview]:
        """Return the counts of one basis alone; cases given with the dataset are a council's own."""
        counts = [review for review in self.counts if review.source is not None and review.source.basis is basis]
        if basis is Basis.OWN_CASES and (self.cases or self.compliance):
            source = Source("Own cases", basis=Basis.OWN_CASES)
            counts += reviews_of(self.cases or None, self.compliance or None, source=source)
        if basis in PUBLISHED:
            counts += [
                printed.review(self.register)
                for printed in self.printed
                if (Basis.PUBLISHED if printed.source is None else printed.source.basis) is basis
            ]
        rows = rows_by_key(((review.authority, review.year), review) for review in counts)
        return {key: join_reviews(key, reviews) for key, reviews in rows.items()}

    def _key(self, council: CouncilLike, year: YearLike) -> CouncilYear:
        in_year = reporting_year(year)
        return self._council(council, in_year), in_year

    def _council(self, council: CouncilLike, year: ReportingYear | None, argument: str = "council") -> Authority:
        if isinstance(council, Authority):
            return self.register.entry(council).authority
        if not isinstance(council, str):
            raise InvalidValue.at(argument, council, "must be an Authority, a name or an ONS code")
        return self.register.find(council) if year is None else self.register.find_in_print(council, year.end)


def reporting_year(year: YearLike) -> ReportingYear:
    """Return a year that is given by itself or by its name."""
    if isinstance(year, ReportingYear):
        return year
    if not isinstance(year, str):
        raise InvalidValue.at("year", year, "must be a ReportingYear, or its name such as '2023-24'")
    return ReportingYear.parse(year)


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
