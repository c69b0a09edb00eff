"""
Changes of a rate between two years, and its trend over more.

The score tests decide and exact tests check them, as everywhere; what is drawn across a series break keeps its caution.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import KW_ONLY
from fractions import Fraction
from typing import final

from lgsco._values import Confidence, evolve, validate, value
from lgsco.comparison.cautions import Caution, CautionKind, basis, reorganised, small_numbers
from lgsco.errors import CrossesSeriesBreak, InvalidValue
from lgsco.model.measures import ProportionMeasure, ShareMeasure
from lgsco.model.reviews import AnnualReview
from lgsco.model.years import SERIES_BREAKS, ReportingYear, SeriesBreak, breaks_between
from lgsco.series.histories import History
from lgsco.stats.differences import Difference, difference
from lgsco.stats.hypothesis_tests import TestResult, fisher_test, two_proportion_test
from lgsco.stats.intervals import half_up
from lgsco.stats.rates import Proportion
from lgsco.stats.verdicts import Verdict
from lgsco.wording import histories as words


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

        >>> from lgsco import Authority, AuthorityType, InvestigationTally, uphold_rate
        >>> from lgsco.series import history_of
        >>> kent = Authority("Kent County Council", AuthorityType.COUNTY_COUNCIL)
        >>> years = [(2024, 76, 18), (2025, 63, 13)]
        >>> reviews = [
        ...     AnnualReview(kent, ReportingYear(year), investigations=InvestigationTally(upheld, not_upheld))
        ...     for year, upheld, not_upheld in years
        ... ]
        >>> print(change(history_of(kent, reviews), uphold_rate, ReportingYear(2024), ReportingYear(2025)).sentence())
        The uphold rate rose by 2 percentage points, from 81% (76 of 94) in 2023-24 to 83% (63 of 76) in 2024-25
        (likely range: 10 lower to 13 higher). The change is small enough to be chance.
        """
        rates = {self.earlier.year: self.before, self.later.year: self.after}
        if self.difference is None:
            return words.no_change(f"{year}: {self.measure.describe(rate)}" for year, rate in rates.items())
        before, after = (f"{rate} in {year}" for year, rate in rates.items())
        limits = None
        if self.verdict is not Verdict.NOT_JUDGED:
            level = half_up(100 * Fraction(self.confidence), 1)
            limits = words.likely_change(self.difference.interval.percents(), level)
        changed = words.change_sentence(self.measure.title, (before, after), self.difference.value, limits)
        return changed if limits is None else f"{changed} {words.CHANGED[self.verdict]}"


def _counts(rate: Proportion) -> tuple[int, int]:
    return rate.numerator, rate.denominator


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
            the confidence is not between 0 and 1, or the first argument is not a History.
    """
    validate(history=(history, History))
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
        InvalidValue: ``across_breaks`` is neither True nor False.
    """
    validate(across_breaks=(across_breaks, bool))
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
