"""Trends: whether a rate rises or falls over the years of a council."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import KW_ONLY
from fractions import Fraction
from typing import cast, final

from lgsco._values import Confidence, evolve, validate, value
from lgsco.comparison.cautions import Caution
from lgsco.errors import InvalidValue, SeriesTooShort
from lgsco.model.authorities import Authority
from lgsco.model.measures import ProportionMeasure, ShareMeasure
from lgsco.series.changes import broken_series, gaps_and_more, refuse_breaks
from lgsco.series.histories import History, YearRate
from lgsco.stats.heterogeneity import (
    FEWEST_FOR_A_TREND,
    exact_trend_test,
    linear_slope,
    linearity_test,
    slope_interval,
    trend_test,
)
from lgsco.stats.hypothesis_tests import TestResult
from lgsco.stats.intervals import Interval
from lgsco.stats.rates import Proportion
from lgsco.stats.verdicts import Verdict
from lgsco.wording import histories as words


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
        rates = [f"{self.measure.describe(point.rate)} in {point.year}" for point in self.points]
        judged = self.verdict is not Verdict.NOT_JUDGED
        strays = judged and self.departure.p_value < 1.0 - self.confidence
        return words.trend_line(rates, self.per_year, self.verdict, strays=strays)


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
        InvalidValue: the first argument is not a History, the measure's rates are not proportions, or the confidence is
            not between 0 and 1.

    >>> from lgsco import AnnualReview, AuthorityType, InvestigationTally, ReportingYear, uphold_rate
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
    validate(history=(history, History))
    result = Trend(history.authority, measure, points=history.rates(measure), confidence=confidence)
    breaks = history.breaks_of(measure)
    refuse_breaks(f"the trend from {history.years[0]} to {history.years[-1]}", breaks, across_breaks=across_breaks)
    return evolve(result, cautions=(*broken_series(breaks), *gaps_and_more(history, measure)))
