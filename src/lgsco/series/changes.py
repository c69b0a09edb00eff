"""
Changes of a rate between two years, and its trend over more.

The score tests decide and exact tests check them, as everywhere; what is drawn across a series break keeps its caution.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import KW_ONLY
from fractions import Fraction
from typing import cast, final

from lgsco._text import number_of
from lgsco._values import Confidence, evolve, value
from lgsco.comparison.cautions import Caution, CautionKind, basis, reorganised, small_numbers
from lgsco.errors import CrossesSeriesBreak, InvalidValue, SeriesTooShort
from lgsco.model.authorities import Authority
from lgsco.model.measures import ProportionMeasure, ShareMeasure
from lgsco.model.reviews import AnnualReview
from lgsco.model.years import SERIES_BREAKS, ReportingYear, SeriesBreak, breaks_between
from lgsco.series.histories import History, YearRate
from lgsco.stats.heterogeneity import (
    FEWEST_FOR_A_TREND,
    exact_trend_test,
    linear_slope,
    linearity_test,
    slope_interval,
    trend_test,
)
from lgsco.stats.hypothesis_tests import Difference, TestResult, difference, fisher_test, two_proportion_test
from lgsco.stats.intervals import Interval, half_up
from lgsco.stats.rates import Proportion
from lgsco.stats.verdicts import Verdict
from lgsco.wording import histories as words

__all__ = ["Change", "Trend", "broken_series", "change", "gaps_and_more", "refuse_breaks", "trend"]


@final
@value
class Change:
    """
    The change of a rate from one year to a later year, with its tests. Made by ``change``.

    Args:
        earlier: the review of the earlier year.
        later: the review of the later year.
        measure: the measure whose rate changed.
        confidence: of the limits and, less one, of the tests.
        cautions: reasons to read the change carefully.

    Raises:
        InvalidValue: a field is of the wrong type, or the reviews are not of the same council and two years, the
            earlier first.
    """

    earlier: AnnualReview
    later: AnnualReview
    _: KW_ONLY
    measure: ShareMeasure
    confidence: Confidence = 0.95
    cautions: tuple[Caution, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.later.authority != self.earlier.authority:
            raise InvalidValue.at("later", self.later.authority.name, f"is not {self.earlier.authority}")
        if self.later.year <= self.earlier.year:
            raise InvalidValue.at("later", self.later.year, f"must be after {self.earlier.year}")

    @property
    def before(self) -> Proportion | None:
        """The rate of the earlier year; ``None`` where it is not known."""
        return self.measure(self.earlier)

    @property
    def after(self) -> Proportion | None:
        """The rate of the later year; ``None`` where it is not known."""
        return self.measure(self.later)

    @property
    def difference(self) -> Difference | None:
        """The later rate less the earlier, with Newcombe's limits; ``None`` unless both years have cases."""
        if self.before is None or self.after is None:
            return None
        return difference(self.after, self.before, confidence=self.confidence)

    @property
    def tests(self) -> tuple[TestResult, ...]:
        """The score test that decides and Fisher's exact test that checks it; none unless both years have cases."""
        if self.before is None or self.after is None or not self.measure.judged_by_chance:
            return ()
        results = (two_proportion_test(self.after, self.before), fisher_test(self.after, self.before))
        return tuple(result for result in results if result is not None)

    @property
    def verdict(self) -> Verdict:
        """The verdict: the later rate is higher or lower than chance explains, or cannot be told from the earlier."""
        before, after = self.before, self.after
        if before is None or after is None or self.difference is None:
            return Verdict.NO_RATE
        if not self.measure.judged_by_chance:
            return Verdict.NOT_JUDGED
        rejected = self._rejected(self.tests)
        if rejected == {True}:
            return Verdict.HIGHER if Fraction(*_counts(after)) > Fraction(*_counts(before)) else Verdict.LOWER
        # As far apart as this many cases can be.
        none, every = Proportion(0, after.denominator), Proportion(before.denominator, before.denominator)
        if self._rejected([two_proportion_test(none, every), fisher_test(none, every)]) != {True}:
            return Verdict.TOO_FEW
        return Verdict.NOT_DISTINGUISHABLE if rejected == {False} else Verdict.BORDERLINE

    def _rejected(self, tests: Iterable[TestResult | None]) -> set[bool]:
        return {result.p_value < 1.0 - self.confidence for result in tests if result is not None}

    def sentence(self) -> str:
        """
        Return the change in plain words: the counts of both years, the difference with its limits, and the verdict.

        Returns:
            One or two sentences.

        >>> from lgsco import AuthorityType, InvestigationTally, uphold_rate
        >>> from lgsco.series import history_of
        >>> kent = Authority("Kent County Council", AuthorityType.COUNTY_COUNCIL)
        >>> years = [(2024, 76, 18), (2025, 63, 13)]
        >>> reviews = [
        ...     AnnualReview(kent, ReportingYear(year), investigations=InvestigationTally(upheld, not_upheld))
        ...     for year, upheld, not_upheld in years
        ... ]
        >>> print(change(history_of(kent, reviews), uphold_rate, ReportingYear(2024), ReportingYear(2025)).sentence())
        From 81% (76 of 94) in 2023-24 to 83% (63 of 76) in 2024-25: 2 percentage points more (likely range ...10 to
        13).
        The change is small enough to be chance.
        """
        rates = {self.earlier.year: self.before, self.later.year: self.after}
        if self.difference is None:
            texts = (f"{year}: {self.measure.describe(rate)}" for year, rate in rates.items())
            return f"There is no change to tell ({'; '.join(texts)})."
        if self.verdict is Verdict.NOT_JUDGED:
            return f"From {self.before} in {self.earlier.year} to {self.after} in {self.later.year}."
        level = half_up(100 * Fraction(self.confidence), 1).normalize()
        return (
            f"From {self.before} in {self.earlier.year} to {self.after} in {self.later.year}:"
            f" {_in_points(self.difference.value)} ({words.likely_change(self.difference.interval.percents(), level)})."
            f" {words.CHANGED[self.verdict]}"
        )


def _counts(rate: Proportion) -> tuple[int, int]:
    return rate.numerator, rate.denominator


def _in_points(gap: Fraction) -> str:
    points = half_up(abs(100 * gap))
    if not points:
        return "less than half a percentage point apart" if gap else "no difference"
    return f"{number_of(int(points), 'percentage point')} {'more' if gap > 0 else 'less'}"


def change(  # noqa: PLR0913  # a history, a measure, two years, and two choices
    history: History,
    measure: ProportionMeasure,
    earlier: ReportingYear,
    later: ReportingYear,
    *,
    confidence: float = 0.95,
    across_breaks: bool = False,
) -> Change:
    """
    Compare the rate of one year with that of a later year.

    Args:
        history: the council's years.
        measure: a measure whose rates are proportions.
        earlier: the earlier year.
        later: the later year.
        confidence: of the limits and, less one, of the tests; between 0 and 1.
        across_breaks: compare across a series break, with a caution.

    Returns:
        The change.

    Raises:
        CrossesSeriesBreak: a series break lies between the years, and ``across_breaks`` is not given.
        InvalidValue: a year has no review, the later is not after the earlier, the measure's rates are not proportions,
            or the confidence is not between 0 and 1.
    """
    before, after = history.on(earlier), history.on(later)
    result = Change(before, after, measure=measure, confidence=confidence)
    breaks = breaks_between(earlier, later, measure.name)
    refuse_breaks(f"the change from {earlier} to {later}", breaks, across_breaks=across_breaks)
    pair = evolve(history, reviews=(before, after))
    return evolve(result, cautions=(*broken_series(breaks), *with_care(pair, measure), *_each_year(pair, measure)))


def refuse_breaks(what: str, breaks: tuple[SeriesBreak, ...], *, across_breaks: bool) -> None:
    """
    Refuse to draw across series breaks unless the caller asks for it.

    Raises:
        CrossesSeriesBreak: there are breaks, and ``across_breaks`` is false.
    """
    if breaks and not across_breaks:
        raise CrossesSeriesBreak(what, tuple(f"{broken.year}: {broken.what}" for broken in breaks))


def broken_series(breaks: tuple[SeriesBreak, ...]) -> list[Caution]:
    """Return a caution for each series break across which something is drawn."""
    return [
        Caution(CautionKind.SERIES_BREAK, f"This is drawn across a series break, {broken.year}: {broken.what}.")
        for broken in breaks
    ]


def with_care(history: History, measure: ProportionMeasure | None) -> list[Caution]:
    """Return a caution for each change across which a measure is compared with care."""
    if measure is None or not history.reviews:
        return []
    first, last = history.years[0], history.years[-1]
    return [
        Caution(CautionKind.SERIES_BREAK, f"From {changed.year} compare with care: {changed.what}.")
        for changed in SERIES_BREAKS
        if first < changed.year <= last and measure.name in changed.cautions
    ]


def gaps_and_more(history: History, measure: ProportionMeasure | None = None) -> list[Caution]:
    """Return the cautions about these years besides series breaks, without duplicates."""
    words = f"Not held: {', '.join(map(str, history.gaps))}."
    gaps = [Caution(CautionKind.GAP, words)] if history.gaps else []
    return [*with_care(history, measure), *gaps, *_each_year(history, measure)]


def _each_year(history: History, measure: ProportionMeasure | None) -> list[Caution]:
    cautions = [
        caution
        for review in history
        for caution in (
            *(() if measure is None else _few(review, measure)),
            *reorganised(review, history.entry),
            *basis(review),
        )
    ]
    return [*dict.fromkeys(cautions)]


def _few(review: AnnualReview, measure: ProportionMeasure) -> list[Caution]:
    return [Caution(caution.kind, f"{review.year}: {caution.words}") for caution in small_numbers(measure(review))]


@final
@value
class Trend:
    """
    The trend of a rate over the years, with its tests. Made by ``trend``.

    Args:
        authority: the council.
        measure: the measure whose rate it is.
        points: all years, also those without a rate, which are in no test.
        confidence: of the limits and, less one, of the tests.
        cautions: reasons to read the trend carefully.

    Raises:
        InvalidValue: a field is of the wrong type, or the years do not rise.
        SeriesTooShort: fewer than three years have cases.
    """

    authority: Authority
    measure: ShareMeasure
    _: KW_ONLY
    points: tuple[YearRate, ...]
    confidence: Confidence = 0.95
    cautions: tuple[Caution, ...] = ()

    def __attrs_post_init__(self) -> None:
        for before, after in itertools.pairwise(self.points):
            if after.year <= before.year:
                raise InvalidValue.at("points", after.year, f"must be after {before.year}")
        if len(self._defined) < FEWEST_FOR_A_TREND:
            raise SeriesTooShort("a trend", FEWEST_FOR_A_TREND, len(self._defined))

    @property
    def _defined(self) -> list[tuple[Proportion, int]]:
        return [
            (point.rate, point.year.ending)
            for point in self.points
            if point.rate is not None and point.rate.denominator
        ]

    @property
    def test(self) -> TestResult:
        """The Cochran-Armitage test, the years spaced as they are."""
        # Years that differ have a spread, so that there is a test.
        return cast("TestResult", trend_test(*self._pairs()))

    @property
    def tests(self) -> tuple[TestResult, ...]:
        """The Cochran-Armitage test that decides, and the exact conditional test that checks it."""
        return self._tests_of(self._pairs()[0])

    def _tests_of(self, rates: list[Proportion]) -> tuple[TestResult, ...]:
        years = self._pairs()[1]
        results = (trend_test(rates, years), exact_trend_test(rates, years))
        return tuple(result for result in results if result is not None)

    @property
    def departure(self) -> TestResult:
        """The test of whether the years stray from a straight line by more than chance gives."""
        return cast("TestResult", linearity_test(*self._pairs()))

    @property
    def per_year(self) -> Fraction:
        """The change of the rate in a year along the straight line that fits the cases best, exact."""
        return linear_slope(*self._pairs()) or Fraction(0)

    @property
    def per_year_interval(self) -> Interval:
        """Limits of the change in a year, from the Wilson limits of each year, squared and added."""
        return cast("Interval", slope_interval(*self._pairs(), confidence=self.confidence))

    def _pairs(self) -> tuple[list[Proportion], list[int]]:
        return [rate for rate, _ in self._defined], [year for _, year in self._defined]

    @property
    def verdict(self) -> Verdict:
        """
        The verdict: the rate rises (higher) or falls (lower) by more than chance alone would explain, or does not.

        Both tests must find it; where a single test does it is borderline. It is too few where both would not find it
        even if none of the cases counted before some year and all of them from then on, or the reverse.
        """
        if not self.measure.judged_by_chance:
            return Verdict.NOT_JUDGED
        rejected = self._rejected(self.tests)
        if rejected == {True}:
            return Verdict.HIGHER if self.per_year > 0 else Verdict.LOWER
        rates = self._pairs()[0]
        if not any(self._rejected(self._tests_of(steepest)) == {True} for steepest in _steepest(rates)):
            return Verdict.TOO_FEW
        return Verdict.NOT_DISTINGUISHABLE if rejected == {False} else Verdict.BORDERLINE

    def _rejected(self, tests: Iterable[TestResult]) -> set[bool]:
        return {result.p_value < 1.0 - self.confidence for result in tests}

    def sentence(self) -> str:
        """
        Return the trend in plain words: the counts of every year, the change in a year, and the verdict.

        Returns:
            Some sentences.
        """
        years = ", ".join(f"{self.measure.describe(point.rate)} in {point.year}" for point in self.points)
        slope = "The line through them neither rises nor falls"
        if self.per_year:
            points, way = half_up(abs(100 * self.per_year), 1), "rises" if self.per_year > 0 else "falls"
            slope = f"The line through them {way} by {points} percentage points a year"
        if self.verdict is Verdict.NOT_JUDGED:
            return f"{years}. {slope}."
        judged = words.TREND[self.verdict]
        stray = ""
        if self.departure.p_value < 1.0 - self.confidence:
            stray = f" {words.STRAY}"
        return f"{years}. {slope}, {judged}.{stray}"


def _steepest(rates: list[Proportion]) -> Iterator[list[Proportion]]:
    """Yield the steepest rises that as many cases can make: none before some year, and all from then on."""
    none = [Proportion(0, rate.denominator) for rate in rates]
    every = [Proportion(rate.denominator, rate.denominator) for rate in rates]
    for first in range(1, len(rates)):
        yield [*none[:first], *every[first:]]


def trend(
    history: History,
    measure: ProportionMeasure,
    *,
    confidence: float = 0.95,
    across_breaks: bool = False,
) -> Trend:
    """
    Test whether a rate rises or falls over the years of a history, which need not be consecutive.

    The Cochran-Armitage test decides and its exact conditional form checks it. Where nothing changes the verdict is
    "higher" or "lower" in at most one series of twenty; in about one of twenty where the cases are too many for the
    exact form and an approximation stands in for it (see *Methods*).

    Args:
        history: the council's years.
        measure: a measure whose rates are proportions.
        confidence: of the limits and, less one, of the tests; between 0 and 1.
        across_breaks: draw the trend across series breaks, with a caution.

    Returns:
        The trend.

    Raises:
        SeriesTooShort: fewer than three years have cases.
        CrossesSeriesBreak: a series break lies between them, and ``across_breaks`` is not given.
        InvalidValue: the measure's rates are not proportions, or the confidence is not between 0 and 1.

    >>> from lgsco import AuthorityType, InvestigationTally, uphold_rate
    >>> from lgsco.series import history_of
    >>> kent = Authority("Kent County Council", AuthorityType.COUNTY_COUNCIL)
    >>> reviews = [
    ...     AnnualReview(kent, ReportingYear(year), investigations=InvestigationTally(upheld, 10))
    ...     for year, upheld in ((2024, 76), (2025, 63), (2027, 40))
    ... ]
    >>> falling = trend(history_of(kent, reviews), uphold_rate)
    >>> f"{float(falling.per_year):.4f}", f"{falling.test.p_value:.3f}", falling.verdict.value
    ('-0.0280', '0.177', 'not_distinguishable')
    """
    result = Trend(history.authority, measure, points=history.rates(measure), confidence=confidence)
    breaks = history.breaks_of(measure)
    refuse_breaks(f"the trend from {history.years[0]} to {history.years[-1]}", breaks, across_breaks=across_breaks)
    return evolve(result, cautions=(*broken_series(breaks), *gaps_and_more(history, measure)))
