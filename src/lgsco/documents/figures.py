"""
What was printed, kept as printed: percentages with the rates they stand for, statistics, averages, letters.

Nothing here is corrected. Counts are taken where they are stated, and recovered where exactly one whole number fits.
"""

from __future__ import annotations

import sys
from dataclasses import KW_ONLY
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Generic, TypeAlias, TypeVar, final

from lgsco._values import Constraint, Count, Text, evolve, is_short, validate, value
from lgsco.documents.missing import Missing
from lgsco.errors import InvalidValue
from lgsco.model.authorities import AuthorityType, Register, comparison_group
from lgsco.model.measures import KEY_STATISTICS, ProportionMeasure, ShareMeasure
from lgsco.model.reviews import AnnualReview, contradictions
from lgsco.model.tallies import ComplianceTally, DecisionTally, InvestigationTally, Overview, ReceivedTally, Tally
from lgsco.model.years import ReportingYear
from lgsco.sources import Source
from lgsco.stats.verdicts import BenchmarkRange
from lgsco.wording.comparisons import BenchmarkWords, printed_average_words, printed_percent_words

if TYPE_CHECKING:
    from lgsco.model.authorities import Authority

_MOST_PLACES = 12
"""More decimals than anybody prints."""


def _check_places(places: object) -> str | None:
    fits = type(places) is int and 0 <= places <= _MOST_PLACES
    return None if fits else f"must be a whole number from 0 to {_MOST_PLACES}"


def _check_printed_number(number: object) -> str | None:
    if type(number) is int or (type(number) is Decimal and is_short(number) and not number.is_signed()):
        return None
    return "must be an int or a short Decimal from 0 to 100, as printed; a float is not what was printed"


@final
@value
class PrintedPercent:
    """
    A percentage as printed, which stands for every rate that rounds to it, half up.

    >>> ninety_two = PrintedPercent(92)
    >>> ninety_two.numerators(12), ninety_two.numerators(400)
    (range(11, 12), range(366, 370))
    >>> PrintedPercent(Decimal("99.4"), places=1).lower
    Fraction(1987, 2000)
    >>> Fraction(185, 200) in ninety_two, Fraction(183, 200) in ninety_two
    (False, True)

    Raises:
        InvalidValue: the value is not an int or a Decimal, not between 0 and 100, or has more decimals than ``places``.
    """

    value: Annotated[int | Decimal, Constraint(_check_printed_number, schema={"minimum": 0, "maximum": 100})]
    _: KW_ONLY
    places: Annotated[int, Constraint(_check_places, schema={"minimum": 0, "maximum": _MOST_PLACES})] = 0

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.value <= 100:  # noqa: PLR2004  # per cent
            raise InvalidValue.at("value", self.value, "must be from 0 to 100")
        if Fraction(self.value) * 10**self.places % 1:
            raise InvalidValue.at("value", self.value, f"has more than {self.places} decimals")

    @property
    def lower(self) -> Fraction:
        """The least rate that prints so; it does print so."""
        return max(Fraction(self.value) / 100 - self._half, Fraction(0))

    @property
    def upper(self) -> Fraction:
        """The end of the range: rates below it print so, and at 100% the rate 1 itself."""
        return min(Fraction(self.value) / 100 + self._half, Fraction(1))

    @property
    def _half(self) -> Fraction:
        return Fraction(1, 200 * 10**self.places)

    @property
    def benchmark_range(self) -> BenchmarkRange:
        """The rates that print so, as a benchmark for others."""
        return BenchmarkRange(self.lower, self.upper)

    @property
    def shown_rate(self) -> Fraction:
        """The printed figure as a share from 0 to 1."""
        return Fraction(self.value) / 100

    @property
    def words(self) -> BenchmarkWords:
        """The printed figure in words, as a benchmark."""
        return printed_percent_words(self)

    def __contains__(self, rate: object) -> bool:
        if not isinstance(rate, Fraction | int) or not 0 <= rate <= 1:
            return False
        return -self._half <= rate - Fraction(self.value) / 100 < self._half

    def numerators(self, denominator: int) -> range:
        """
        Return every numerator that, over a denominator, rounds to this percentage.

        Args:
            denominator: the number of cases.

        Returns:
            The numerators; an empty range where no whole number fits.

        >>> PrintedPercent(54).numerators(29)
        range(0, 0)
        """
        scale, middle = self._whole()
        first = max(_ceil_div((middle - 1) * denominator, scale), 0)
        beyond = min(_ceil_div((middle + 1) * denominator, scale), denominator + 1)
        return range(first, beyond) if denominator and first < beyond else range(0)

    def denominators(self, numerator: int) -> range:
        """
        Return every denominator of which a numerator rounds to this percentage.

        Args:
            numerator: the number of cases that are counted.

        Returns:
            The denominators; an empty range where no whole number fits. Where every number from some number on fits,
            the range ends at ``sys.maxsize``.

        >>> PrintedPercent(67).denominators(2), PrintedPercent(60).denominators(21)
        (range(3, 4), range(35, 36))
        """
        scale, middle = self._whole()
        first = max((numerator * scale) // (middle + 1) + 1, numerator, 1)
        beyond = sys.maxsize if middle == 0 else (numerator * scale) // (middle - 1) + 1
        return range(first, beyond) if first < beyond else range(0)

    def _whole(self) -> tuple[int, int]:
        """Return the scale in half-units, and the printed value on it."""
        scale = 200 * 10**self.places
        return scale, int(Fraction(self.value) / 100 * scale)

    def __str__(self) -> str:
        return f"{self.value}%"


def _ceil_div(dividend: int, divisor: int) -> int:
    return -(-dividend // divisor)


PrintedOrNot: TypeAlias = PrintedPercent | Missing | None


@final
@value
class PrintedStatistic:
    """
    One of the three statistics as printed, any of it missing.

    ``count`` is the printed numerator, ``base`` the stated number that the statistic is said to rest on and
    ``base_noun`` what that number is called; the base is kept as stated, even where it is the wrong one.
    ``average`` is that of similar authorities.
    "No recommendations were due" is a base of 0.
    """

    _: KW_ONLY
    percent: PrintedOrNot = None
    count: Count | None = None
    base: Count | None = None
    base_noun: Text | None = None
    average: PrintedOrNot = None

    def counts(self, base: int | None) -> tuple[int | None, int | None]:
        """
        Return numerator and denominator, stated or recovered where exactly one whole number fits.

        Args:
            base: the denominator, if known; the stated one may be the wrong one.

        Returns:
            The two counts, each ``None`` where it is neither stated nor recovered.
        """
        count = self.count
        if isinstance(self.percent, PrintedPercent):
            if count is None and base is not None:
                count = _only(self.percent.numerators(base))
            elif base is None and count is not None:
                base = _only(self.percent.denominators(count))
        # Nothing over nothing is printed in words, without a count.
        return (0, 0) if base == 0 and count is None else (count, base)


def _only(fits: range) -> int | None:
    return fits[0] if len(fits) == 1 else None


def check_decimal(number: object) -> str | None:
    """Return why a number is not a Decimal of zero or more; ``None`` where it is one."""
    fits = type(number) is Decimal and is_short(number) and not number.is_signed()
    return None if fits else "must be a Decimal of few digits, zero or more"


def _check_rate(rate: object) -> str | None:
    return None if type(rate) is Missing else check_decimal(rate)


PrintedRate = Annotated[Decimal | Missing, Constraint(_check_rate)]


@final
@value
class PrintedPer100k:
    """
    Upheld decisions per 100,000 residents as printed, of the council and of similar authorities.

    The population it rests on is not printed.

    Raises:
        InvalidValue: a field is not a Decimal of zero or more.
    """

    _: KW_ONLY
    rate: PrintedRate | None = None
    average: PrintedRate | None = None


COUNTED = TypeVar("COUNTED", Overview, DecisionTally, ReceivedTally, ComplianceTally)


@final
@value
class PrintedTally(Generic[COUNTED]):
    """
    A table of counts as printed, with the total printed beside them, which need not be their sum.

    Raises:
        InvalidValue: the counts are not a tally, or the total is not a count.
    """

    counts: COUNTED
    _: KW_ONLY
    total: Count | None = None

    @property
    def adds_up(self) -> bool | None:
        """True where the parts make the printed total; ``None`` where a part or the total is missing."""
        if self.total is None or self.counts.total is None:
            return None
        return self.total == self.counts.total

    @property
    def is_contradictory(self) -> bool:
        """True where the printed total cannot be that of the parts."""
        return self._whole() is None

    def tally(self) -> COUNTED:
        """
        Return the counts behind what is printed.

        Returns:
            The counts with the printed total where both can be true, and without it where they cannot.
        """
        whole = self._whole()
        return self.counts if whole is None else whole

    def _whole(self) -> COUNTED | None:
        if self.adds_up is False:
            return None
        try:
            return self.counts if self.total is None else evolve(self.counts, total=self.total)
        except InvalidValue:
            return None


def _tally_of(kind: type[Tally]) -> Constraint:
    def check(tally: object) -> str | None:
        fits = type(tally) is PrintedTally and type(tally.counts) is kind
        return None if fits else f"must be a PrintedTally of a {kind.__name__}"

    return Constraint(check)


@final
@value
class PrintedReview:
    """One council and year as printed in one place, any of it missing; the name is as printed too."""

    name: Text
    year: ReportingYear
    _: KW_ONLY
    upheld: PrintedStatistic | None = None
    compliance: PrintedStatistic | None = None
    remedies: PrintedStatistic | None = None
    per_100k: PrintedPer100k | None = None
    overview: Annotated[PrintedTally[Overview], _tally_of(Overview)] | None = None
    decided: Annotated[PrintedTally[DecisionTally], _tally_of(DecisionTally)] | None = None
    received: Annotated[PrintedTally[ReceivedTally], _tally_of(ReceivedTally)] | None = None
    compliance_outcomes: Annotated[PrintedTally[ComplianceTally], _tally_of(ComplianceTally)] | None = None
    source: Source | None = None

    def statistic(self, measure: ProportionMeasure) -> PrintedStatistic | None:
        """
        Return what is printed for one of the three key statistics.

        Args:
            measure: one of ``KEY_STATISTICS``.

        Returns:
            The statistic as printed; ``None`` where it is not, and for any other measure.

        Raises:
            InvalidValue: the argument is not a measure of shares.
        """
        validate(measure=(measure, ShareMeasure))
        by_name = {
            "uphold_rate": self.upheld,
            "compliance_rate": self.compliance,
            "satisfactory_remedy_rate": self.remedies,
        }
        return by_name.get(measure.name)

    def authority(self, register: Register) -> Authority:
        """
        Find the authority by the printed name, on the last day of the year.

        Args:
            register: the councils that there are.

        Returns:
            The authority, as ``Register.find_in_print`` finds it.

        Raises:
            AuthorityLookupError: the name is unknown, ambiguous, or of a body that did not exist then.
            InvalidValue: the argument is not a register.
        """
        validate(register=(register, Register))
        return register.find_in_print(self.name, self.year.end)

    def review(self, register: Register) -> AnnualReview:
        """
        Return the counts behind what is printed: those stated, and those that exactly one whole number fits.

        The satisfactory remedies are taken over the upheld decisions, whatever base is stated for them.

        Args:
            register: the councils that there are.

        Returns:
            The counts. A part that cannot be known is ``None``; so are counts that cannot both be true, such as 10
            upheld of 9, and an overview or table that disagrees with the statistics (``lgsco.audit`` reports both).

        Raises:
            AuthorityLookupError, InvalidValue: as ``authority``.
        """
        investigations = self._investigations()
        overview = None if self.overview is None else self.overview.tally()
        decided = None if self.decided is None else self.decided.tally()
        if contradictions(investigations, overview, None):
            overview = None
        if contradictions(investigations, overview, decided):
            decided = None
        return AnnualReview(
            self.authority(register),
            self.year,
            investigations=investigations,
            compliance=self._compliance(),
            overview=overview,
            decided=decided,
            received=None if self.received is None else self.received.tally(),
            source=self.source,
        )

    def averages(self, register: Register) -> tuple[PrintedAverage, ...]:
        """
        Return the averages of similar authorities that are printed beside the council's own figures.

        Args:
            register: has the council by its printed name, and its group on the last day of the year.

        Returns:
            An average for each of the three key statistics that has one; none for a body in no comparison group.

        >>> from lgsco import published, uphold_rate
        >>> upheld = PrintedStatistic(percent=PrintedPercent(86), average=PrintedPercent(66))
        >>> letter = PrintedReview("Worcestershire County Council", ReportingYear(2020), upheld=upheld)
        >>> [average] = letter.averages(published.register())
        >>> average.measure == uphold_rate, str(average.percent), average.group
        (True, '66%', AuthorityType.COUNTY_COUNCIL)

        Raises:
            AuthorityLookupError, InvalidValue: as ``authority``.
        """
        group = comparison_group(self.authority(register), register, self.year.end)
        if group is None:
            return ()
        printed = [(measure, self.statistic(measure) or PrintedStatistic()) for measure in KEY_STATISTICS]
        return tuple(
            PrintedAverage(group, self.year, measure=measure, percent=statistic.average, source=self.source)
            for measure, statistic in printed
            if isinstance(statistic.average, PrintedPercent)
        )

    def _investigations(self) -> InvestigationTally | None:
        printed, remedied = self.upheld or PrintedStatistic(), self.remedies or PrintedStatistic()
        base = printed.base
        if base is None and self.overview is not None:
            base = self.overview.counts.investigated
        upheld, investigated = printed.counts(base)
        if upheld is None and remedied.base_noun == "upheld decisions":
            upheld = remedied.base
        if upheld is not None and investigated is not None and upheld > investigated:
            return None
        remedies, _ = remedied.counts(upheld)
        within = investigated if upheld is None else upheld
        if remedies is not None and within is not None and remedies > within:
            remedies = None
        if upheld is None and investigated is None and remedies is None:
            return None
        return InvestigationTally(upheld, None, total=investigated, satisfactory_remedies=remedies)

    def _compliance(self) -> ComplianceTally | None:
        if self.compliance_outcomes is not None and not self.compliance_outcomes.is_contradictory:
            return self.compliance_outcomes.tally()
        printed = self.compliance or PrintedStatistic()
        complied, outcomes = printed.counts(printed.base)
        if (complied is None and outcomes is None) or (
            complied is not None and outcomes is not None and complied > outcomes
        ):
            return None
        return ComplianceTally(complied, None, total=outcomes)


@final
@value
class PrintedAverage:
    """
    The average of a comparison group in a year as printed, for one of the measures.

    Raises:
        InvalidValue: a field is of the wrong type, or the group is not one of the five.
    """

    group: AuthorityType
    year: ReportingYear
    _: KW_ONLY
    measure: ProportionMeasure
    percent: PrintedPercent
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        if not self.group.is_comparison_group:
            raise InvalidValue.at("group", self.group, "is none of the five comparison groups")

    @property
    def benchmark_range(self) -> BenchmarkRange:
        """The rates that the printed average stands for."""
        return self.percent.benchmark_range

    @property
    def shown_rate(self) -> Fraction:
        """The printed average as a share from 0 to 1."""
        return self.percent.shown_rate

    @property
    def words(self) -> BenchmarkWords:
        """The average in words, as a benchmark."""
        return printed_average_words(self.percent, self.group.label)


@final
@value
class PrintedPopulationAverage:
    """A group's average of upheld decisions per 100,000 residents as printed."""

    group: AuthorityType
    year: ReportingYear
    _: KW_ONLY
    per_100k: Annotated[Decimal, Constraint(check_decimal)]
    source: Source | None = None
