"""
What was printed, kept as printed: percentages with the rates they stand for, statistics, averages, letters.

Nothing here is mended. Counts are taken where they are stated, and recovered where exactly one whole number fits.
"""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import KW_ONLY
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Generic, TypeAlias, TypeVar, final

from lgsco._values import Choice, Constraint, Count, Text, value
from lgsco.errors import InvalidValue
from lgsco.model.authorities import AuthorityType, comparison_group
from lgsco.model.measures import KEY_STATISTICS, ProportionMeasure
from lgsco.model.reviews import AnnualReview, contradictions
from lgsco.model.tallies import ComplianceTally, DecisionTally, InvestigationTally, Overview, ReceivedTally, Tally
from lgsco.model.years import ReportingYear
from lgsco.sources import Source
from lgsco.stats.verdicts import BenchmarkRange
from lgsco.wording.comparisons import BenchmarkWords, printed_average_words, printed_percent_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lgsco.model.authorities import Authority, Register

__all__ = [
    "AnnualLetter",
    "NationalFigures",
    "NotApplicable",
    "Paragraph",
    "ParagraphTopic",
    "PerformancePage",
    "PrintedAverage",
    "PrintedPer100k",
    "PrintedPercent",
    "PrintedPopulationAverage",
    "PrintedReview",
    "PrintedStatistic",
    "PrintedTally",
]


class NotApplicable(Choice):
    """What stands in print where a figure would, as against a figure that is missing (``None``)."""

    NOT_APPLICABLE = "n/a"


_MOST_PLACES = 12
"""More decimals than anybody prints."""


def _why_no_places(given: object) -> str | None:
    fits = type(given) is int and 0 <= given <= _MOST_PLACES
    return None if fits else f"must be a whole number from 0 to {_MOST_PLACES}"


def _why_no_printed_number(held: object) -> str | None:
    if type(held) is int or (type(held) is Decimal and held.is_finite()):
        return None
    return "must be an int or a Decimal, as printed; a float is not what was printed"


@final
@value
class PrintedPercent:
    """
    A percentage as printed, which stands for every rate that rounds to it, halves up.

    >>> ninety_two = PrintedPercent(92)
    >>> ninety_two.numerators(12), ninety_two.numerators(400)
    (range(11, 12), range(366, 370))
    >>> PrintedPercent(Decimal("99.4"), places=1).lower
    Fraction(1987, 2000)
    >>> Fraction(185, 200) in ninety_two, Fraction(183, 200) in ninety_two
    (False, True)

    Raises:
        InvalidValue: the value is no int or Decimal, not between 0 and 100, or has more decimals than ``places``.
    """

    value: Annotated[int | Decimal, Constraint(_why_no_printed_number)]
    _: KW_ONLY
    places: Annotated[int, Constraint(_why_no_places)] = 0

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
        Give the counts of so many cases that print so; an empty range where no whole number does.

        >>> PrintedPercent(54).numerators(29)
        range(0, 0)
        """
        scale, middle = self._whole()
        first = max(_ceil_div((middle - 1) * denominator, scale), 0)
        beyond = min(_ceil_div((middle + 1) * denominator, scale), denominator + 1)
        return range(first, beyond) if denominator and first < beyond else range(0)

    def denominators(self, numerator: int) -> range:
        """
        Give the numbers of cases of which so many print so; an empty range where no whole number does.

        Where any number from some number on would do, the range ends at ``sys.maxsize``.

        >>> PrintedPercent(67).denominators(2), PrintedPercent(60).denominators(21)
        (range(3, 4), range(35, 36))
        """
        scale, middle = self._whole()
        first = max((numerator * scale) // (middle + 1) + 1, numerator, 1)
        beyond = sys.maxsize if middle == 0 else (numerator * scale) // (middle - 1) + 1
        return range(first, beyond) if first < beyond else range(0)

    def _whole(self) -> tuple[int, int]:
        """Give the scale in half-units, and the printed value on it."""
        scale = 200 * 10**self.places
        return scale, int(Fraction(self.value) / 100 * scale)

    def __str__(self) -> str:
        return f"{self.value}%"


def _ceil_div(one: int, other: int) -> int:
    return -(-one // other)


PrintedOrNot: TypeAlias = PrintedPercent | NotApplicable | None


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
        Give numerator and denominator, stated or recovered where exactly one whole number fits; else ``None``.

        The denominator is given by the caller, since the stated one may be the wrong one.
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


def _why_no_decimal(held: object) -> str | None:
    return (
        None
        if type(held) is Decimal and held.is_finite() and not held.is_signed()
        else "must be a Decimal, zero or more"
    )


def _why_no_rate(held: object) -> str | None:
    return None if type(held) is NotApplicable else _why_no_decimal(held)


PrintedRate = Annotated[Decimal | NotApplicable, Constraint(_why_no_rate)]


@final
@value
class PrintedPer100k:
    """
    Upheld decisions per 100,000 residents as printed, of the council and of similar authorities.

    The population it rests on is not printed.

    Raises:
        InvalidValue: a field is no Decimal of nought or more.
    """

    _: KW_ONLY
    rate: PrintedRate | None = None
    average: PrintedRate | None = None


COUNTED = TypeVar("COUNTED", Overview, DecisionTally, ReceivedTally)


@final
@value
class PrintedTally(Generic[COUNTED]):
    """
    A table of counts as printed, with the total printed beside them, which need not be their sum.

    Raises:
        InvalidValue: the counts are no tally, or the total no count.
    """

    counts: COUNTED
    _: KW_ONLY
    total: Count | None = None

    @property
    def adds_up(self) -> bool | None:
        """Whether the parts make the printed total; ``None`` where a part or the total is missing."""
        if self.total is None or self.counts.total is None:
            return None
        return self.total == self.counts.total

    def tally(self) -> COUNTED:
        """Give the counts with the printed total where the two can both be true, without it where they cannot."""
        parts = self.counts.known()
        if self.total is None or self.adds_up is not None or sum(parts.values()) > self.total:
            return self.counts
        return type(self.counts)(**parts, total=self.total)


def _table_of(kind: type[Tally]) -> Constraint:
    def check(given: object) -> str | None:
        fits = type(given) is PrintedTally and type(given.counts) is kind
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
    overview: Annotated[PrintedTally[Overview], _table_of(Overview)] | None = None
    decided: Annotated[PrintedTally[DecisionTally], _table_of(DecisionTally)] | None = None
    received: Annotated[PrintedTally[ReceivedTally], _table_of(ReceivedTally)] | None = None
    source: Source | None = None

    def statistic(self, measure: ProportionMeasure) -> PrintedStatistic | None:
        """Give what is printed for one of the three key statistics, by its measure."""
        by_name = {
            "uphold_rate": self.upheld,
            "compliance_rate": self.compliance,
            "satisfactory_remedy_rate": self.remedies,
        }
        return by_name.get(measure.name)

    def authority(self, register: Register) -> Authority:
        """
        Find the authority by the printed name, as Register.find_in_print does for the last day of the year.

        Raises:
            UnknownAuthority, AmbiguousAuthority, AuthorityNotCurrent: as Register.find_in_print.
        """
        return register.find_in_print(self.name, self.year.end)

    def review(self, register: Register) -> AnnualReview:
        """
        Give the counts behind what is printed: those stated, and those that exactly one whole number fits.

        The satisfactory remedies are taken over the upheld decisions, whatever base is stated for them.
        A part that cannot be known is ``None``; so are counts that cannot both be true, such as 10 upheld of 9, and an
        overview or table that disagrees with the statistics (``lgsco.audit`` reports both).

        Raises:
            UnknownAuthority, AmbiguousAuthority, AuthorityNotCurrent: as ``authority``.
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
            UnknownAuthority, AmbiguousAuthority, AuthorityNotCurrent: as ``authority``.
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
        InvalidValue: a field is of the wrong type, or the group is none of the five.
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
        return printed_average_words(self.percent)


@final
@value
class PrintedPopulationAverage:
    """A group's average of upheld decisions per 100,000 residents as printed."""

    group: AuthorityType
    year: ReportingYear
    _: KW_ONLY
    per_100k: Annotated[Decimal, Constraint(_why_no_decimal)]
    source: Source | None = None


@final
@value
class NationalFigures:
    """One year's figures for all of England as printed. Text such as ">99" stays text."""

    year: ReportingYear
    _: KW_ONLY
    upheld: PrintedPercent | str | None = None
    compliance: PrintedPercent | str | None = None
    received: int | str | None = None
    investigations: int | str | None = None
    source: Source | None = None


class ParagraphTopic(Choice):
    """What a paragraph of a letter is about."""

    PUBLIC_REPORT = "public_report"
    COMPLIANCE = "compliance"
    LATE_COMPLIANCE = "late_compliance"
    LIAISON = "liaison"


@final
@value
class Paragraph:
    """One paragraph of a letter: the line on which it begins (from 1), and what it is about where that is known."""

    text: Text
    line: Annotated[
        int, Constraint(lambda given: None if type(given) is int and given > 0 else "must be a line number from 1")
    ]
    _: KW_ONLY
    topics: tuple[ParagraphTopic, ...] = ()


@final
@value
class AnnualLetter:
    """
    An annual review letter as read: its figures, whom it addresses, its date and its paragraphs.

    ``addressed_to`` is the office, such as "Head of Paid Service", never a person.
    ``not_found`` names what such a letter prints and this one did not, or not in words that we know.
    """

    figures: PrintedReview
    _: KW_ONLY
    addressed_to: Text | None = None
    dated: dt.date | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    not_found: tuple[str, ...] = ()


@final
@value
class PerformancePage:
    """
    A council's page on the Ombudsman's site as read: the figures of each year on it, and what else it says.

    It can be counted and looped over like its reviews, so that ``lgsco.audit`` takes it as it is.
    ``public_reports`` are the public interest reports that it lists.
    ``predecessors`` and ``successors`` are the councils that it names as such, as printed.
    ``not_found`` names what such a page prints and this one did not, or not in words that we know.
    """

    name: Text
    reviews: tuple[PrintedReview, ...]
    _: KW_ONLY
    public_reports: tuple[Paragraph, ...] = ()
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    not_found: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.reviews)

    def __iter__(self) -> Iterator[PrintedReview]:
        return iter(self.reviews)

    def __getitem__(self, at: int) -> PrintedReview:
        return self.reviews[at]
