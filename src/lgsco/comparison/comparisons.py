"""
Comparisons: one council beside a benchmark, with a verdict, cautions and words.

The verdict is that of ``lgsco.stats.verdicts``; here it gets its benchmark, its cautions and its words.
Every benchmark has a ``benchmark_range``, the rates that it stands for, a ``shown_rate`` and ``words``.
"""

from __future__ import annotations

from dataclasses import KW_ONLY
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias, final

from lgsco._text import ShownAsTable, number_of
from lgsco._values import Confidence, Share, ShareLike, evolve, share_of, validate, value
from lgsco.comparison.cautions import Caution, CautionKind, basis, reorganised, series_break, small_numbers
from lgsco.comparison.groups import Average, AverageMethod, Member
from lgsco.documents.figures import PrintedAverage, PrintedPercent
from lgsco.errors import InvalidValue, NotComparable
from lgsco.model.authorities import Register, comparison_group
from lgsco.model.measures import ProportionMeasure, ShareMeasure
from lgsco.model.reviews import AnnualReview
from lgsco.stats.control_limits import Position, score_position
from lgsco.stats.differences import Difference, difference
from lgsco.stats.hypothesis_tests import TestResult, binomial_test, score_test
from lgsco.stats.intervals import Interval
from lgsco.stats.rates import Proportion
from lgsco.stats.verdicts import (
    DECIDED,
    BenchmarkRange,
    Verdict,
    consistent_counts,
    exact_verdict,
    minimum_detectable_rates,
    score_verdict,
    verdict_of,
)
from lgsco.wording import comparisons as words
from lgsco.wording.comparisons import BenchmarkWords, target_words

if TYPE_CHECKING:
    from lgsco.model.authorities import AuthorityType


@final
@value
class Target:
    """
    A share that the caller sets a council beside.

    >>> Target(Fraction(2, 3)).benchmark_range
    BenchmarkRange(low=Fraction(2, 3), high=Fraction(2, 3))
    """

    share: Share

    @property
    def benchmark_range(self) -> BenchmarkRange:
        """The target as a range of one rate."""
        return BenchmarkRange(self.share, self.share)

    @property
    def shown_rate(self) -> Fraction:
        """The exact share, as for every benchmark."""
        return self.share

    @property
    def words(self) -> BenchmarkWords:
        """The target in words, as a benchmark."""
        return target_words(self.share)


Benchmark: TypeAlias = Average | PrintedAverage | PrintedPercent | Target | None
"""What a council may be set beside: a computed or a printed average, a printed figure, a target, or nothing."""

Polarity: TypeAlias = Literal["higher is better", "higher is worse"]


@final
@value
class Comparison(ShownAsTable):
    """
    One council's rate beside a benchmark, with the reasons to read it carefully.

    ``rate`` and ``interval`` follow from the review; ``rate`` is ``None`` where its counts are not known.
    A computed average is without the council itself; a printed one includes it, as all printed averages do.
    """

    review: AnnualReview
    measure: ShareMeasure
    _: KW_ONLY
    benchmark: Benchmark
    confidence: Confidence = 0.95
    cautions: tuple[Caution, ...] = ()

    @property
    def rate(self) -> Proportion | None:
        """The council's own rate."""
        return self._rate

    # Every part of a comparison asks for these.
    @cached_property
    def _rate(self) -> Proportion | None:
        return self.measure(self.review)

    @cached_property
    def _range(self) -> BenchmarkRange | None:
        return None if self.benchmark is None else self.benchmark.benchmark_range

    @cached_property
    def _verdict(self) -> Verdict:
        if self.rate is None or self.rate.value is None:
            return Verdict.NO_RATE
        if self.benchmark_range is None:
            return Verdict.NO_BENCHMARK
        return Verdict.NOT_JUDGED if self._judged is None else verdict_of(self.rate, self._judged, self.confidence)

    @property
    def interval(self) -> Interval | None:
        """Wilson limits for the council's rate; ``None`` where it has none."""
        return None if self.rate is None else self.rate.interval(self.confidence)

    @property
    def printed_average(self) -> PrintedAverage | None:
        """The benchmark where it is a printed average, else ``None``."""
        return self.benchmark if isinstance(self.benchmark, PrintedAverage) else None

    @property
    def computed_average(self) -> Average | None:
        """The benchmark where it is a computed average, else ``None``."""
        return self.benchmark if isinstance(self.benchmark, Average) else None

    @property
    def benchmark_range(self) -> BenchmarkRange | None:
        """The rate that the benchmark stands for, or the range where it was rounded; ``None`` where there is none."""
        return self._range

    @property
    def verdict(self) -> Verdict:
        """What the cases can show about the rate and the benchmark."""
        return self._verdict

    @property
    def _judged(self) -> BenchmarkRange | None:
        """The range with which chance is tested; ``None`` for compliance, of which each failure is looked at."""
        return self.benchmark_range if self.measure.judged_by_chance else None

    @property
    def _tested_rate(self) -> Fraction | None:
        """The one rate that is tested: the printed figure where it was rounded, but never exactly 0% or 100%."""
        target, shown = self._judged, None if self.benchmark is None else self.benchmark.shown_rate
        if target is None or shown is None:
            return None
        if target.low == target.high or 0 < shown < 1:
            return shown
        return target.low if shown else target.high

    @property
    def borderline_reasons(self) -> tuple[str, ...]:
        """The choices on which the verdict depends, each in words; empty where it depends on none of them."""
        return tuple(_borderline_reasons(self))

    @property
    def position(self) -> Position | None:
        """Where the rate lies against score limits about the benchmark (the printed figure where it was rounded)."""
        target = self._tested_rate
        return None if self.rate is None or target is None else score_position(self.rate, target)

    @property
    def not_carried_out(self) -> int | None:
        """
        How many agreed recommendations the council did not carry out; ``None`` where it is not held.

        Each failure is looked at, and none is explained by chance. The count is of the review, whatever the measure.
        """
        return None if self.review.compliance is None else self.review.compliance.not_complied

    @property
    def late(self) -> int | None:
        """How many the council carried out after the agreed date; they count as carried out. ``None`` if not held."""
        return None if self.review.compliance is None else self.review.compliance.late

    @property
    def tests(self) -> tuple[TestResult, ...]:
        """The p-values of the rate against the benchmark (the printed figure where rounded), each by its test."""
        target = self._tested_rate
        if self.rate is None or target is None or not 0 < target < 1:
            return ()
        results = (score_test(self.rate, target), binomial_test(self.rate, target, method="doubled"))
        return tuple(result for result in results if result is not None)

    @property
    def difference(self) -> Difference | None:
        """The rate less the pooled rate of the others, with limits; ``None`` unless they are the benchmark."""
        average = self.computed_average
        if self.rate is None or average is None or average.value is None:
            return None
        return difference(self.rate, average.pooled, confidence=self.confidence)

    @property
    def consistent_counts(self) -> range | None:
        """The counts, over as many cases, that chance alone could explain beside the benchmark."""
        if self.rate is None or not self.rate.denominator or self._judged is None:
            return None
        return consistent_counts(self.rate.denominator, self._judged, self.confidence)

    @property
    def minimum_detectable_rates(self) -> tuple[float | None, float | None] | None:
        """The nearest rates below and above that as many cases would tell from the benchmark in four years of five."""
        if self.rate is None or not self.rate.denominator or self._judged is None:
            return None
        return minimum_detectable_rates(self.rate.denominator, self._judged, self.confidence)

    @property
    def one_case_sensitivity(self) -> tuple[Sensitivity, ...]:
        """The rate and the verdict with one case the other way: one fewer counted, then one more."""
        if self.rate is None or self._judged is None:
            return ()
        target, total = self._judged, self.rate.denominator
        counts = (self.rate.numerator - 1, self.rate.numerator + 1)
        rates = [Proportion(count, total) for count in counts if 0 <= count <= total]
        return tuple(Sensitivity(rate, verdict_of(rate, target, self.confidence)) for rate in rates)

    def as_table(self) -> tuple[str, list[str], list[list[str]]]:
        """
        Return the table by which a notebook shows the comparison.

        Returns:
            The caption, the headings, and the rows.
        """
        interval = self.interval
        rows = [
            ["This council", self.measure.describe(self.rate)],
            ["Likely range", "no rate" if interval is None else words.likely_range(interval)],
            ["Compared with", "none held" if self.benchmark is None else self.benchmark.words.label],
            ["Verdict", self.verdict.replace("_", " ")],
            ["In words", self.sentence()],
            *(["Read with care", caution.words] for caution in self.cautions),
        ]
        return f"{self.measure.title}, {self.review.authority}, {self.review.year}", ["Part", "Figure"], rows

    def sentence(self, *, polarity: Polarity | None = None) -> str:
        """
        Return the comparison in plain words: the counts first, then the benchmark, then the verdict.

        Args:
            polarity: "higher is better" or "higher is worse"; without it nothing is called better or worse.

        Returns:
            The sentences, percentages rounded to whole numbers.

        >>> from lgsco import ReportingYear, compliance_rate, published
        >>> me = next(one for one in published.reviews(ReportingYear(2020)) if one.authority.name.startswith("Worces"))
        >>> print(compare(me, PrintedPercent(100), compliance_rate).sentence())
        In 2019-20 Worcestershire County Council carried out the agreed recommendations in 11 of 12 cases (92%). It did
        not in 1 case, which should be looked at. The published figure beside it is 100%.

        Raises:
            InvalidValue: the polarity is neither of the two.
        """
        if polarity not in (None, *words.POLARITIES):
            raise InvalidValue.at("polarity", polarity, f"must be {' or '.join(map(repr, words.POLARITIES))}, or None")
        return " ".join(_sentences_of(self, polarity))

    def paragraph(self, *, polarity: Polarity | None = None) -> str:
        """
        Return the sentence with how sure one can be, and every caution.

        Args:
            polarity: as for ``sentence``.

        Returns:
            The sentences.

        Raises:
            InvalidValue: as ``sentence``.
        """
        cautions = (caution.words for caution in self.cautions)
        return " ".join([self.sentence(polarity=polarity), *self.certainty(), *cautions])

    def certainty(self) -> tuple[str, ...]:
        """
        Return how sure one can be: the likely range, what chance could give, and what one case would change.

        Returns:
            The sentences; none where there is no rate.

        >>> from lgsco import published, uphold_rate
        >>> print(published.dataset().compare("Kent", "2023-24", uphold_rate).certainty()[1])
        If the council were typical (85%), chance alone could give anything from 72 to 87 upheld out of 94. It had 76.
        """
        if self.rate is None or self.interval is None:
            return ()
        return tuple(
            words.certainty_sentences(
                rate=self.rate,
                interval=self.interval,
                verdict=self.verdict,
                reasons=self.borderline_reasons,
                done=self.measure.phrase[2],
                figure="" if self.benchmark is None else self.benchmark.words.short,
                chance=self.consistent_counts,
                others=[(changed.rate, changed.verdict) for changed in self.one_case_sensitivity],
                detectable=self.minimum_detectable_rates,
            )
        )


def _sentences_of(comparison: Comparison, polarity: Polarity | None) -> list[str]:
    """Return the sentences on the rate, the benchmark and the verdict."""
    rate, measure = comparison.rate, comparison.measure
    council, year = str(comparison.review.authority), str(comparison.review.year)
    if rate is None:
        return [words.no_rate_sentence(measure.title, council, year, measure.describe(None))]
    if rate.value is None:
        return [words.no_cases_sentence(measure.name, council, year, measure.nothing)]
    sentences = words.rate_sentences(
        name=measure.name,
        counted=measure.counted_of(rate),
        council=council,
        year=year,
        rate=rate,
        not_carried_out=comparison.not_carried_out,
        late=comparison.late,
    )
    if comparison.benchmark is None or comparison.benchmark_range is None:
        average = comparison.computed_average
        return [*sentences, words.no_benchmark_sentence(None if average is None else average.insufficient_data)]
    sentences.append(comparison.benchmark.words.sentence)
    if comparison.verdict is Verdict.NOT_JUDGED:
        return sentences
    return [*sentences, words.verdict_sentence(comparison.verdict, rate.denominator, polarity)]


@final
@value
class Sensitivity:
    """A rate that there might have been, and the verdict that it would have had."""

    rate: Proportion
    verdict: Verdict


def _borderline_reasons(comparison: Comparison) -> list[str]:
    """Return on what the verdict depends: the test, the rounding of the benchmark, or the way of averaging."""
    rate, target, confidence = comparison.rate, comparison.benchmark_range, comparison.confidence
    if rate is None or not rate.denominator or target is None:
        return []
    if comparison.verdict in {Verdict.TOO_FEW, Verdict.NOT_JUDGED}:
        return []
    reasons = []
    deciding = {score_verdict(rate, end, confidence) for end in target.ends}
    checking = {exact_verdict(rate, end, confidence) for end in target.ends}
    if len(deciding) == 1 and deciding != checking:
        reasons.append(words.differing_tests(score_decides=deciding <= DECIDED))
    if len(deciding) > 1 or len(checking) > 1:
        reasons.append(words.rounding_decides(target.low, target.high))
    for name, average in _other_averages(comparison):
        verdict = verdict_of(rate, BenchmarkRange(average, average), confidence)
        if verdict is not comparison.verdict:
            reasons.append(words.other_average(name, average, verdict))
    return reasons


def _other_averages(comparison: Comparison) -> list[tuple[str, Fraction]]:
    """Return the averages that might have been the benchmark: by other methods, and with the council itself."""
    average, rate = comparison.computed_average, comparison.rate
    if average is None or average.value is None or rate is None:
        return []
    names = {
        AverageMethod.POOLED: "the pooled rate",
        AverageMethod.MEAN: "the mean of the rates",
        AverageMethod.MEDIAN: "the median of the rates",
    }
    values = [(names[method], evolve(average, method=method).value) for method in names if method is not average.method]
    group, council = average.group, comparison.review.authority
    if council in group.excluding:
        whole = evolve(group, members=(*group.members, Member(council, rate)), size=None, excluding=())
        values.append(("the average with the council itself", evolve(average, group=whole).value))
    return [(name, share) for name, share in values if share is not None]


def compare(
    review: AnnualReview,
    benchmark: Benchmark | ShareLike,
    measure: ProportionMeasure,
    *,
    confidence: float = 0.95,
    register: Register | None = None,
) -> Comparison:
    """
    Compare a council's rate with a benchmark.

    Args:
        review: the council's counts in one year.
        benchmark: a computed ``Average``, from which the council itself is taken out; a ``PrintedAverage``; a
            ``PrintedPercent``; a target, which is a share from 0 to 1 (a Fraction, a Decimal, a float by its shortest
            decimal form, or text such as "66%"); or ``None``.
        measure: gives a share of the council's cases.
        confidence: of the interval and the verdict, between 0 and 1.
        register: has the council's group on the last day of the year; with it the comparison also cautions about a
            council that was created or abolished.

    Returns:
        The comparison; its verdict is ``NO_RATE`` where the council's counts are not known.

    >>> from lgsco import ReportingYear, published, uphold_rate
    >>> register = published.register()
    >>> [me] = [
    ...     review
    ...     for review in published.reviews(year=ReportingYear(2020))
    ...     if review.authority.name == "Worcestershire County Council"
    ... ]
    >>> result = compare(me, published.average(me, uphold_rate), uphold_rate, register=register)
    >>> print(result.rate, "against", result.benchmark.percent)
    86% (19 of 22) against 66%
    >>> print(*result.cautions)
    22 cases are few: one case more or less would move the rate by about 5 percentage points.

    Raises:
        NotComparable: the benchmark is of another year, another group or another measure.
        InvalidValue: the confidence is not a float between 0 and 1, the benchmark is none of these, the measure gives
            no shares, or another argument is of the wrong type.
        UnknownAuthority: the authority is not in the register.
    """
    validate(review=(review, AnnualReview), measure=(measure, ShareMeasure), register=(register, Register | None))
    if benchmark is not None and not isinstance(benchmark, Average | PrintedAverage | PrintedPercent | Target):
        benchmark = Target(share_of("benchmark", benchmark))
    if isinstance(benchmark, PrintedAverage):
        _check_comparable(review, benchmark, benchmark.group, measure, register)
    if isinstance(benchmark, Average):
        _check_comparable(review, benchmark, benchmark.group.type, measure, register)
        benchmark = benchmark.without(review, register=register)
    return Comparison(
        review,
        measure,
        benchmark=benchmark,
        confidence=confidence,
        cautions=(
            *small_numbers(measure(review)),
            *series_break(review.year, measure.name),
            *_partial_coverage(benchmark),
            *reorganised(review, None if register is None else register.entry(review.authority)),
            *basis(review),
        ),
    )


def _check_comparable(
    review: AnnualReview,
    benchmark: Average | PrintedAverage,
    group: AuthorityType | None,
    measure: ProportionMeasure,
    register: Register | None,
) -> None:
    """Refuse an average of another year, group or measure."""
    if benchmark.year != review.year:
        raise NotComparable("year", str(review.year), str(benchmark.year))
    own = comparison_group(review.authority, register, review.year.end)
    if group is not None and group is not own:
        label = "no group" if own is None else own.label
        raise NotComparable("group", f"{review.authority} ({label})", group.label)
    if benchmark.measure != measure:
        raise NotComparable("measure", measure.name, benchmark.measure.name)


def _partial_coverage(benchmark: Benchmark) -> list[Caution]:
    """Caution about a computed average that leaves out councils of the group."""
    if not isinstance(benchmark, Average) or benchmark.value is None:
        return []
    coverage, missing = benchmark.group.coverage, benchmark.group.missing
    if coverage is not None and coverage.numerator < coverage.denominator:
        councils = benchmark.group.selection or "other councils of the group"
        members = f"{coverage.numerator} of the {coverage.denominator} {councils}"
        sentence = f"The computed average rests on {members}."
    elif missing:
        councils = number_of(len(missing), "council")
        sentence = f"The computed average leaves out {councils} whose figures are not known."
    else:
        return []
    return [Caution(CautionKind.PARTIAL_COVERAGE, sentence)]
