"""
Laws of the verdict on a rate beside a benchmark.

- Each of the two families says what its interval says.
- The verdict is decided only where both agree over all that a rounded benchmark stands for.
- More counted never lowers a verdict; the counts that could be chance are those that are not decided.
- What is said of the cases is said of the others, mirrored; less confidence undoes no decision.
- A minimum_detectable_rates rate would be told with the probability that was asked for.
- A comparison says of the review and the benchmark what the parts say alone.
"""

import math
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lgsco import Average, Proportion, Verdict, strategies
from lgsco.stats import BenchmarkRange
from lgsco.stats.control_limits import score_position
from lgsco.stats.verdicts import (
    DECIDED,
    consistent_counts,
    exact_verdict,
    minimum_detectable_rates,
    score_verdict,
    verdict_of,
)

FEW = settings(max_examples=settings().max_examples // 2)
RATES = strategies.proportions(defined=True, max_count=200)
SHARES = st.fractions(0, 1, max_denominator=100)
TARGETS = strategies.benchmark_ranges()
CONFIDENCES = st.sampled_from([0.95, 0.998, 0.8])
FROM_LOW_TO_HIGH = [Verdict.LOWER, Verdict.BORDERLINE, Verdict.NOT_DISTINGUISHABLE]
MIRRORED = {Verdict.LOWER: Verdict.HIGHER, Verdict.HIGHER: Verdict.LOWER}
HAIR = 1e-8


def others(rate):
    return Proportion(rate.denominator - rate.numerator, rate.denominator)


@given(RATES, SHARES, CONFIDENCES)
def test_each_family_says_what_its_interval_says(rate, target, confidence):
    """A family finds a difference exactly where the target is outside its interval, and on the right side."""
    for says, method in ((score_verdict, "wilson"), (exact_verdict, "clopper-pearson")):
        interval, said = rate.interval(confidence, method), says(rate, target, confidence)
        # In a hair's breadth of a limit the interval, which is of floats, cannot tell.
        if min(abs(target - interval.lower), abs(target - interval.upper)) > HAIR:
            assert (target not in interval) == (said in DECIDED)
        if said in DECIDED:
            assert (rate.value > target) == (said is Verdict.HIGHER)


@given(RATES, CONFIDENCES)
def test_each_family_changes_its_mind_at_its_limits(rate, confidence):
    """A hair inside a limit nothing is found, a hair outside a difference is."""
    for says, method in ((score_verdict, "wilson"), (exact_verdict, "clopper-pearson")):
        interval = rate.interval(confidence, method)
        for limit, outwards in ((interval.lower, -HAIR), (interval.upper, HAIR)):
            if 0 < limit < 1:
                assert Verdict.NOT_DISTINGUISHABLE is says(rate, Fraction(limit - outwards), confidence)
                assert says(rate, Fraction(limit + outwards), confidence) in DECIDED


@given(RATES, strategies.printed_percents(), CONFIDENCES, st.fractions(0, 1))
def test_a_decided_verdict_holds_for_every_rate_that_prints_so(rate, percent, confidence, within):
    """Where a verdict beside a rounded figure is decided, it is the same beside any rate that the figure stands for."""
    verdict = verdict_of(rate, BenchmarkRange(percent.lower, percent.upper), confidence)
    exact = percent.lower + within * (percent.upper - percent.lower)

    if verdict in DECIDED and 0 < exact < 1:
        assert verdict == score_verdict(rate, exact, confidence) == exact_verdict(rate, exact, confidence)


@given(RATES, TARGETS, CONFIDENCES)
def test_what_could_be_chance_is_what_is_not_decided(rate, target, confidence):
    """The counts that could be chance lie together; those below them are lower, those above them higher."""
    chance = consistent_counts(rate.denominator, target, confidence)
    verdict = verdict_of(rate, target, confidence)

    assert (rate.numerator < chance.start) == (verdict is Verdict.LOWER)
    assert (rate.numerator >= chance.stop) == (verdict is Verdict.HIGHER)


@given(RATES, TARGETS, CONFIDENCES)
def test_cases_are_too_few_exactly_where_no_count_would_be_decided(rate, target, confidence):
    """Of too few cases every count could be chance, and only of too few."""
    chance = consistent_counts(rate.denominator, target, confidence)

    assert (chance == range(rate.denominator + 1)) == (verdict_of(rate, target, confidence) is Verdict.TOO_FEW)


@given(RATES, TARGETS, st.sampled_from([0.9503, 0.9977, 0.8009]))
def test_what_is_said_of_the_cases_is_said_of_the_others(rate, target, confidence):
    """The other cases beside the other target have the mirrored verdict."""
    # At these confidences no count lies exactly on a limit, where the last bit of a float would decide.
    verdict = verdict_of(rate, target, confidence)
    mirrored = verdict_of(others(rate), BenchmarkRange(1 - target.high, 1 - target.low), confidence)

    assert MIRRORED.get(verdict, verdict) == mirrored


@given(RATES, TARGETS, CONFIDENCES, CONFIDENCES)
def test_less_confidence_undoes_no_decision(rate, target, one, other):
    """What is decided at the greater confidence is decided alike at the lesser."""
    less, more = sorted((one, other))
    verdict = verdict_of(rate, target, more)

    assert verdict not in DECIDED or verdict == verdict_of(rate, target, less)


@given(st.integers(1, 60), strategies.printed_percents(), st.sampled_from([0.5, 0.8, 0.9]))
def test_a_detectable_rate_is_told_with_the_probability_asked_for(total, percent, power):
    """By definition: at that rate the counts that are decided on its side have that probability together."""
    target = BenchmarkRange(percent.lower, percent.upper)
    chance, (below, above) = consistent_counts(total, target), minimum_detectable_rates(total, target, power=power)

    def probability(counts, share):
        return math.fsum(math.comb(total, k) * share**k * (1 - share) ** (total - k) for k in counts)

    assert (below is None) == (chance.start == 0)
    assert (above is None) == (chance.stop == total + 1)
    assert below is None or pytest.approx(power, rel=1e-6) == probability(range(chance.start), below)
    assert above is None or pytest.approx(power, rel=1e-6) == probability(range(chance.stop, total + 1), above)


@FEW
@given(strategies.comparisons(measures=strategies.measures(key=True)))
def test_a_comparison_says_what_its_parts_say(comparison):
    """Verdict, chance and minimum_detectable_rates of a comparison are those of its rate and its benchmark."""
    rate, target = comparison.rate, comparison.benchmark_range

    if rate is None or rate.value is None:
        assert Verdict.NO_RATE is comparison.verdict
    elif target is None:
        assert Verdict.NO_BENCHMARK is comparison.verdict
    elif not comparison.measure.judged_by_chance:
        assert Verdict.NOT_JUDGED is comparison.verdict
        assert (None, None, ()) == (
            comparison.consistent_counts,
            comparison.minimum_detectable_rates,
            comparison.tests,
        )
    else:
        assert verdict_of(rate, target, comparison.confidence) is comparison.verdict
        assert consistent_counts(rate.denominator, target, comparison.confidence) == comparison.consistent_counts
        assert (
            minimum_detectable_rates(rate.denominator, target, comparison.confidence)
            == comparison.minimum_detectable_rates
        )


@FEW
@given(strategies.comparisons(measures=strategies.measures(key=True)))
def test_there_is_a_target_exactly_where_there_is_a_benchmark(comparison):
    """No benchmark, or an average of too little, is no target; any other benchmark is one, and holds its own value."""
    benchmark = comparison.benchmark
    missing = benchmark is None or (isinstance(benchmark, Average) and benchmark.value is None)

    assert missing == (comparison.benchmark_range is None)
    if not missing:
        assert comparison.benchmark_range.low <= benchmark.shown_rate <= comparison.benchmark_range.high


@FEW
@given(strategies.comparisons(measures=strategies.measures(key=True)))
def test_one_case_more_or_less_is_said_of_both_sides(comparison):
    """The other counts are those one below and one above, where there are such, each with its own verdict."""
    rate = comparison.rate
    for other in comparison.one_case_sensitivity:
        assert rate.denominator == other.rate.denominator
        assert abs(rate.numerator - other.rate.numerator) == 1
        assert verdict_of(other.rate, comparison.benchmark_range, comparison.confidence) is other.verdict

    judged = comparison.measure.judged_by_chance and comparison.benchmark_range is not None
    if rate is not None and rate.denominator and judged:
        assert (0 < rate.numerator) + (rate.numerator < rate.denominator) == len(comparison.one_case_sensitivity)


@FEW
@given(strategies.comparisons(measures=strategies.measures(key=True)))
def test_a_sentence_begins_with_the_counts(comparison):
    """Whatever is said, the counts and the benchmark's cautions are said too, and nothing is called better unasked."""
    paragraph = comparison.paragraph()

    assert paragraph.startswith(comparison.sentence())
    assert all(caution.words in paragraph for caution in comparison.cautions)
    if comparison.rate is not None and 0 < comparison.rate.numerator < comparison.rate.denominator:
        counts = (comparison.rate.numerator, comparison.rate.denominator)
        assert all(f" {count:,} " in comparison.sentence() for count in counts)
    assert {"better", "worse", "best", "worst"}.isdisjoint(comparison.sentence().lower().split())


@given(RATES, SHARES)
def test_the_position_agrees_with_the_score_test(rate, target):
    """A rate is beyond the alert limit exactly where the score test finds a difference at 95%, and so for the alarm."""
    position = score_position(rate, target)

    if 0 < target < 1:
        assert (position.value != "within") == (score_verdict(rate, target, 0.95) in DECIDED)
        assert position.value.endswith("alarm") == (score_verdict(rate, target, 0.998) in DECIDED)


@FEW
@given(strategies.comparisons(measures=strategies.measures(key=True)))
def test_a_comparison_without_its_cautions_has_the_same_verdict(comparison):
    """Cautions are for the reader: they change no figure."""
    bare = attrs.evolve(comparison, cautions=())

    assert (bare.verdict, bare.borderline_reasons, bare.position) == (
        comparison.verdict,
        comparison.borderline_reasons,
        comparison.position,
    )
