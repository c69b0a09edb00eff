"""
One council beside a benchmark: the figures, what chance alone could explain, and what makes for care.

The verdict is that of ``lgsco.stats.verdicts``; here it gets its benchmark, its cautions and its words.
"""

from __future__ import annotations

from dataclasses import KW_ONLY
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, TypeAlias, final

from lgsco._text import ShownAsTable
from lgsco._values import Confidence, Constraint, evolve, refusal_of, share_of, validate, value
from lgsco.comparison.cautions import Caution, CautionKind, basis, reorganised, series_break, small_numbers
from lgsco.comparison.groups import Average, AverageMethod, Member
from lgsco.documents.figures import PrintedAverage, PrintedPercent
from lgsco.errors import InvalidValue, NotComparable
from lgsco.model.authorities import comparison_group
from lgsco.model.measures import ProportionMeasure, ShareMeasure
from lgsco.model.reviews import AnnualReview
from lgsco.sources import Basis
from lgsco.stats.control_limits import Position, score_position
from lgsco.stats.hypothesis_tests import Difference, TestResult, binomial_test, difference, score_test
from lgsco.stats.intervals import Interval, half_up
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

if TYPE_CHECKING:
    from lgsco.model.authorities import Register

__all__ = ["Benchmark", "Comparison", "Sensitivity", "compare"]

Benchmark: TypeAlias = Average | PrintedAverage | PrintedPercent | Fraction | None
"""What a council may be set beside: a computed or a printed average, a printed figure, a target, or nothing."""


def _why_no_benchmark(held: object) -> str | None:
    if type(held) is Fraction:
        return None if 0 <= held <= 1 else "must be a share from 0 to 1"
    return refusal_of(held, Average | PrintedAverage | PrintedPercent | None)


@final
@value
class Comparison(ShownAsTable):
    """
    One council's rate beside a benchmark, with what makes for care in reading it.

    ``rate`` and ``interval`` follow from the review; ``rate`` is ``None`` where it is not published.
    A computed average is without the council itself; a printed one includes it, as all printed averages do.
    """

    review: AnnualReview
    measure: ShareMeasure
    _: KW_ONLY
    benchmark: Annotated[Average | PrintedAverage | PrintedPercent | Fraction | None, Constraint(_why_no_benchmark)]
    confidence: Confidence = 0.95
    cautions: tuple[Caution, ...] = ()

    @property
    def rate(self) -> Proportion | None:
        """The council's own rate."""
        return self.measure(self.review)

    @property
    def interval(self) -> Interval | None:
        """Wilson limits for the council's rate; ``None`` where it has none."""
        return None if self.rate is None else self.rate.interval(self.confidence)

    @property
    def target(self) -> BenchmarkRange | None:
        """The rate that the benchmark stands for, or the range where it was rounded; ``None`` where there is none."""
        return _target_of(self.benchmark)

    @property
    def verdict(self) -> Verdict:
        """What these cases can say of the rate beside the benchmark."""
        if self.rate is None or self.rate.value is None:
            return Verdict.NO_RATE
        if self.target is None:
            return Verdict.NO_BENCHMARK
        return Verdict.NOT_JUDGED if self._judged is None else verdict_of(self.rate, self.target, self.confidence)

    @property
    def _judged(self) -> BenchmarkRange | None:
        """The target against which chance is asked; ``None`` for compliance, which is told by its failures."""
        return self.target if self.measure.judged_by_chance else None

    @property
    def borderline_reasons(self) -> tuple[str, ...]:
        """On what the verdict depends, each in words; empty where it depends on nothing of this kind."""
        return tuple(_dependences(self))

    @property
    def position(self) -> Position | None:
        """Where the rate lies against score limits about the benchmark (the printed figure where it was rounded)."""
        if self.rate is None or self._judged is None:
            return None
        return score_position(self.rate, _middle(self.benchmark, self._judged))

    @property
    def not_carried_out(self) -> int | None:
        """
        How many agreed recommendations the council did not carry out; ``None`` where it is not held.

        Compliance is told by its failures, and each is looked at: chance is no excuse. It is of the review, whatever
        the measure that is compared.
        """
        return None if self.review.compliance is None else self.review.compliance.not_complied

    @property
    def late(self) -> int | None:
        """How many the council carried out after the agreed date; they count as carried out. ``None`` if not held."""
        return None if self.review.compliance is None else self.review.compliance.late

    @property
    def tests(self) -> tuple[TestResult, ...]:
        """The p-values of the rate against the benchmark (the printed figure where rounded), each by its test."""
        if self.rate is None or self._judged is None:
            return ()
        middle = _middle(self.benchmark, self._judged)
        if not 0 < middle < 1:
            return ()
        held = (score_test(self.rate, middle), binomial_test(self.rate, middle, method="doubled"))
        return tuple(result for result in held if result is not None)

    @property
    def difference(self) -> Difference | None:
        """The rate less the pooled rate of the others, with limits; ``None`` unless they are the benchmark."""
        if self.rate is None or not isinstance(self.benchmark, Average) or self.benchmark.value is None:
            return None
        return difference(self.rate, self.benchmark.pooled, confidence=self.confidence)

    @property
    def consistent_counts(self) -> range | None:
        """The counts of so many cases that chance alone could explain beside the benchmark."""
        if self.rate is None or not self.rate.denominator or self._judged is None:
            return None
        return consistent_counts(self.rate.denominator, self._judged, self.confidence)

    @property
    def minimum_detectable_rates(self) -> tuple[float | None, float | None] | None:
        """The nearest rates below and above that so many cases would tell from the benchmark in four years of five."""
        if self.rate is None or not self.rate.denominator or self._judged is None:
            return None
        return minimum_detectable_rates(self.rate.denominator, self._judged, self.confidence)

    @property
    def one_case_sensitivity(self) -> tuple[Sensitivity, ...]:
        """What one case the other way would make of the rate and the verdict: one fewer counted, then one more."""
        if self.rate is None or self._judged is None:
            return ()
        target = self._judged
        counts = (self.rate.numerator - 1, self.rate.numerator + 1)
        others = [Proportion(count, self.rate.denominator) for count in counts if 0 <= count <= self.rate.denominator]
        return tuple(Sensitivity(other, verdict_of(other, target, self.confidence)) for other in others)

    def as_table(self) -> tuple[str, list[str], list[list[str]]]:
        """Give the table by which a notebook shows the comparison, with its words and its cautions."""
        interval = self.interval
        rows = [
            ["This council", self.measure.describe(self.rate)],
            ["Interval", "no rate" if interval is None else "{}% to {}%".format(*interval.percents())],
            ["Benchmark", _shown(self.benchmark)],
            ["Verdict", self.verdict.replace("_", " ")],
            ["In words", self.sentence()],
            *(["Read with care", caution.words] for caution in self.cautions),
        ]
        return f"{self.measure.title}, {self.review.authority}, {self.review.year}", ["Part", "Figure"], rows

    def sentence(self, *, polarity: str | None = None) -> str:
        """
        Say the comparison in plain words: the counts first, then the benchmark, then what chance could explain.

        ``polarity`` is "higher is better" or "higher is worse"; without it nothing is called better or worse.

        >>> from lgsco import ReportingYear, compliance_rate, published
        >>> me = next(one for one in published.reviews(ReportingYear(2020)) if one.authority.name.startswith("Worces"))
        >>> print(compare(me, PrintedPercent(100), compliance_rate).sentence())
        The council carried out 11 of 12 agreed recommendations. 1 was not carried out and should be looked at. ...

        Raises:
            InvalidValue: the polarity is none of the two.
        """
        if polarity not in {None, *words.POLARITIES}:
            raise InvalidValue.at("polarity", polarity, f"must be {' or '.join(map(repr, words.POLARITIES))}, or None")
        return " ".join(_sentences_of(self, polarity))

    def paragraph(self, *, polarity: str | None = None) -> str:
        """
        Say the comparison with what one case would change, what so many cases can show, and every caution.

        Raises:
            InvalidValue: as ``sentence``.
        """
        return " ".join(
            [self.sentence(polarity=polarity), *_more_of(self), *(caution.words for caution in self.cautions)]
        )


def _shown(benchmark: Benchmark) -> str:
    """Give a benchmark as a figure; its words are the sentence's."""
    if isinstance(benchmark, PrintedAverage):
        return f"{benchmark.percent} (average as printed)"
    if isinstance(benchmark, Average):
        percent = benchmark.percent()
        return (
            "none" if percent is None else f"{percent}% ({benchmark.method} average of {len(benchmark.parts)} others)"
        )
    if isinstance(benchmark, Fraction):
        return f"{half_up(100 * benchmark, 1)}% (target)"
    return "none held" if benchmark is None else f"{benchmark} (as printed)"


def _sentences_of(comparison: Comparison, polarity: str | None) -> list[str]:
    rate, interval, measure = comparison.rate, comparison.interval, comparison.measure
    where = f"{comparison.review.authority}, {comparison.review.year}"
    if rate is None:
        basis = Basis.PUBLISHED if comparison.review.source is None else comparison.review.source.basis
        return [words.no_rate_sentence(measure.title, where, measure.describe(None, basis))]
    if rate.value is None or interval is None:
        return [words.no_cases_sentence(where, measure.nothing)]
    counted = words.rate_words(measure.counted_of(rate), rate, interval)
    if comparison.target is None:
        reason = comparison.benchmark.insufficient_data if isinstance(comparison.benchmark, Average) else None
        return [f"{counted}.", words.no_benchmark_sentence(reason)]
    if comparison.verdict is Verdict.NOT_JUDGED:
        failed = words.failure_sentence(comparison.not_carried_out, comparison.late, rate.denominator)
        return [failed, f"{measure.describe(rate)}, against {_name_of(comparison.benchmark)}."]
    verdict = words.verdict_sentence(comparison.verdict, rate.denominator, comparison.borderline_reasons, polarity)
    return [f"{counted}, against {_name_of(comparison.benchmark)}.", verdict]


def _more_of(comparison: Comparison) -> list[str]:
    chance, rate = comparison.consistent_counts, comparison.rate
    if chance is None or rate is None or comparison.verdict is Verdict.TOO_FEW:
        return []
    return words.chance_sentences(
        phrase=comparison.measure.phrase,
        rate=rate,
        verdict=comparison.verdict,
        figure=_short_name_of(comparison.benchmark),
        chance=chance,
        others=[(other.rate, other.verdict) for other in comparison.one_case_sensitivity],
        detectable=comparison.minimum_detectable_rates,
    )


def _name_of(benchmark: Benchmark) -> str:
    """Name a benchmark in a sentence that sets a rate beside it."""
    if isinstance(benchmark, PrintedAverage):
        return words.printed_average(benchmark.percent)
    if isinstance(benchmark, PrintedPercent):
        return words.printed_figure(benchmark)
    if isinstance(benchmark, Average):
        return words.average_of_others(benchmark.method, benchmark.percent(), benchmark.pooled, len(benchmark.parts))
    return words.target_share(Fraction(benchmark or 0))


def _short_name_of(benchmark: Benchmark) -> str:
    """Name a benchmark that has been named in full before."""
    if isinstance(benchmark, PrintedAverage | PrintedPercent):
        return f"a printed {benchmark.percent if isinstance(benchmark, PrintedAverage) else benchmark}"
    return f"{benchmark.percent()}%" if isinstance(benchmark, Average) else _name_of(benchmark)


@final
@value
class Sensitivity:
    """A count that there might have been, and the verdict that it would have had."""

    rate: Proportion
    verdict: Verdict


def _target_of(benchmark: Benchmark) -> BenchmarkRange | None:
    if isinstance(benchmark, PrintedAverage):
        benchmark = benchmark.percent
    if isinstance(benchmark, PrintedPercent):
        return BenchmarkRange(benchmark.lower, benchmark.upper)
    share = benchmark.value if isinstance(benchmark, Average) else benchmark
    return None if share is None else BenchmarkRange(share, share)


def _middle(benchmark: Benchmark, target: BenchmarkRange) -> Fraction:
    """Give the one rate that is shown for a benchmark: the printed figure where it was rounded."""
    if isinstance(benchmark, PrintedAverage):
        benchmark = benchmark.percent
    if not isinstance(benchmark, PrintedPercent):
        return target.low
    # A printed 0% or 100% is never taken as exactly that.
    if benchmark.value in {0, 100}:
        return target.low if benchmark.value else target.high
    return Fraction(benchmark.value) / 100


def _dependences(comparison: Comparison) -> list[str]:
    rate, target, confidence = comparison.rate, comparison.target, comparison.confidence
    if rate is None or not rate.denominator or target is None:
        return []
    if comparison.verdict in {Verdict.TOO_FEW, Verdict.NOT_JUDGED}:
        return []
    found = []
    deciding = {score_verdict(rate, end, confidence) for end in target.ends}
    checking = {exact_verdict(rate, end, confidence) for end in target.ends}
    if len(deciding) == 1 and deciding != checking:
        found.append(_differing(deciding))
    if len(deciding) > 1 or len(checking) > 1:
        ends = " to ".join(f"{half_up(100 * end, 2).normalize():f}%" for end in (target.low, target.high))
        found.append(f"the answer changes within the rates that the rounded benchmark stands for ({ends})")
    for name, other in _other_choices(comparison):
        elsewhere = verdict_of(rate, BenchmarkRange(other, other), confidence)
        if elsewhere is not comparison.verdict:
            found.append(f"by {name}, {half_up(100 * other)}%, it would be {words.VERDICT_WORDS[elsewhere]}")
    return found


def _differing(deciding: set[Verdict]) -> str:
    if deciding <= DECIDED:
        return "one test (the score test) tells the two apart, its check (the exact test) does not"
    return "one test (the score test) does not tell the two apart, its check (the exact test) does"


def _other_choices(comparison: Comparison) -> list[tuple[str, Fraction]]:
    """Give the other averages that might have been the benchmark: other methods, and with the council itself."""
    average, rate = comparison.benchmark, comparison.rate
    if not isinstance(average, Average) or average.value is None or rate is None:
        return []
    names = {
        AverageMethod.POOLED: "the pooled rate",
        AverageMethod.MEAN: "the mean of the rates",
        AverageMethod.MEDIAN: "the median of the rates",
    }
    others = [(names[method], evolve(average, method=method).value) for method in names if method is not average.method]
    council = comparison.review.authority
    if council in average.excluding:
        whole = evolve(average, parts=(*average.parts, Member(council, rate)), group_size=None, excluding=())
        others.append(("the average with the council itself", whole.value))
    return [(name, other) for name, other in others if other is not None]


def compare(
    review: AnnualReview,
    benchmark: Benchmark | Decimal | float | str,
    measure: ProportionMeasure,
    *,
    confidence: float = 0.95,
    register: Register | None = None,
) -> Comparison:
    """
    Set a council's rate beside a benchmark.

    A target is a share from 0 to 1: a Fraction, a Decimal, a float by its shortest decimal form, or text ("66%").

    An Average is compared without the council itself. With a register the comparison also cautions about a council
    that was created or abolished.

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
        InvalidValue: the confidence is not a float between 0 and 1, the benchmark is nothing of this kind, or the
            measure gives no shares.
        UnknownAuthority: the authority is not in the register.
    """
    validate(measure=(measure, ShareMeasure))
    if isinstance(benchmark, Decimal | float | str):
        benchmark = share_of("benchmark", benchmark)
    if isinstance(benchmark, Average | PrintedAverage):
        _refuse_other(review, benchmark, measure, register)
    if isinstance(benchmark, Average):
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


def _refuse_other(
    review: AnnualReview, benchmark: Average | PrintedAverage, measure: ProportionMeasure, register: Register | None
) -> None:
    if benchmark.year != review.year:
        raise NotComparable("year", str(review.year), str(benchmark.year))
    group = comparison_group(review.authority, register, review.year.end)
    if benchmark.group is not None and benchmark.group is not group:
        own = "no group" if group is None else group.label
        raise NotComparable("group", f"{review.authority} ({own})", benchmark.group.label)
    if benchmark.measure != measure:
        raise NotComparable("measure", measure.name, benchmark.measure.name)


def _partial_coverage(benchmark: Benchmark) -> list[Caution]:
    if not isinstance(benchmark, Average) or benchmark.value is None:
        return []
    coverage = benchmark.coverage
    if coverage is not None and coverage.numerator < coverage.denominator:
        held = f"{coverage.numerator} of the {coverage.denominator} other councils of the group"
        words = f"The computed average rests on {held}."
    elif benchmark.missing:
        words = f"The computed average leaves out {_councils(len(benchmark.missing))} whose figures are not known."
    else:
        return []
    return [Caution(CautionKind.PARTIAL_COVERAGE, words)]


def _councils(number: int) -> str:
    return f"{number} council{'' if number == 1 else 's'}"
