"""
Laws of the years of one council.

- The order in which reviews are given changes nothing; years held and years missing make up the whole span.
- The segments, one after another, are the history; no break lies within one, and one lies between any two.
- Relabelling all years by a constant leaves a trend, and so does stretching them but for the slope; in the other
  direction it is turned. What is counted and what is not have opposite trends. Equal rates have none.
- Homogeneity parts into trend and departure.
- A change turned round changes its sign and keeps its verdict, mirrored.
- A run of equal years is never a signal; a chart of the others is the chart mirrored; moving and stretching a series
  of counts that are not small moves and stretches its limits and leaves its signals.
- What is drawn across a break says so, once for each break.
"""

import itertools
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.support.values import KENT

from lgsco import (
    AnnualReview,
    InvestigationTally,
    Proportion,
    ReceivedTally,
    ReportingYear,
    Verdict,
    strategies,
    tally_investigations,
    uphold_rate,
)
from lgsco.comparison import CautionKind
from lgsco.model import sum_tallies
from lgsco.series import (
    Change,
    History,
    RuleStatus,
    change,
    complaints_received,
    histories_by_area,
    history_of,
    p_chart,
    trend,
    xmr_chart,
)
from lgsco.stats import homogeneity_test, trend_test
from lgsco.stats.chart_limits import p_limits, xmr_limits
from lgsco.stats.heterogeneity import linear_slope, linearity_test
from lgsco.stats.run_rules import seven_in_one_direction, seven_on_one_side

RATES = strategies.proportions(defined=True, max_count=200)
SERIES = st.lists(RATES, min_size=3, max_size=8)
SCORES = st.lists(st.integers(-50, 50), min_size=8, max_size=8, unique=True)
# Of no known counts: what is looked at are the years.
ENDINGS = st.lists(st.integers(2010, 2030), max_size=8, unique=True)
HISTORIES = ENDINGS.map(lambda endings: history_of(KENT, [AnnualReview(KENT, ReportingYear(one)) for one in endings]))
LONG = st.lists(st.integers(0, 60), min_size=8, max_size=14)
DECISIONS = strategies.decision_lists(strategies.decisions(authorities=st.just(KENT), known=True), max_size=6)
MIRRORED = {Verdict.HIGHER: Verdict.LOWER, Verdict.LOWER: Verdict.HIGHER}


def others(rate):
    return None if rate is None else Proportion(rate.denominator - rate.numerator, rate.denominator)


def shares(rates, first=1990):
    """The rates, a year each, as a history."""
    reviews = [
        AnnualReview(
            KENT,
            ReportingYear(first + at),
            investigations=InvestigationTally(rate.numerator, rate.denominator - rate.numerator),
        )
        for at, rate in enumerate(rates)
    ]
    return History(KENT, reviews)


def counts(numbers, first=1990):
    """The counts, a year each, as a history."""
    return History(
        KENT,
        [
            AnnualReview(KENT, ReportingYear(first + at), received=ReceivedTally(total=number))
            for at, number in enumerate(numbers)
        ],
    )


def answers(chart):
    return [(result.rule, result.status, result.years) for result in chart.results]


@given(HISTORIES, st.randoms(use_true_random=False))
def test_the_order_of_reviews_changes_nothing(history, shuffler):
    """They are put in the order of their years."""
    shuffled = [*history]
    shuffler.shuffle(shuffled)

    assert history == history_of(history.authority, shuffled)


@given(HISTORIES)
def test_years_held_and_missing_make_up_the_span(history):
    """Each once, from the first to the last."""
    if history.years:
        whole = range(history.years[0].ending, history.years[-1].ending + 1)

        assert [*whole] == sorted(year.ending for year in (*history.years, *history.gaps))


@given(HISTORIES)
def test_stretches_are_the_history_parted_at_its_breaks(history):
    """Within none of them is a break, and between any two that follow one another there is one."""
    stretches = history.segments()

    assert history.reviews == tuple(review for stretch in stretches for review in stretch)
    assert all(stretch.breaks == () for stretch in stretches)
    for before, after in itertools.pairwise(stretches):
        assert any(before.years[-1] < broken.year <= after.years[0] for broken in history.breaks)


@given(SERIES, SCORES, st.integers(-3_000, 3_000), st.integers(1, 9))
def test_relabelling_years_leaves_a_trend(rates, scores, moved, times):
    """By a constant wholly; by a factor but for the slope, which is so much the less; turned round it is turned."""
    own = scores[: len(rates)]
    plain, line = trend_test(rates, own), linear_slope(rates, own)

    assert plain == trend_test(rates, [score + moved for score in own])
    assert line == linear_slope(rates, [score + moved for score in own])
    assert pytest.approx(plain.statistic) == trend_test(rates, [score * times for score in own]).statistic
    assert line == times * linear_slope(rates, [score * times for score in own])
    assert plain == trend_test(rates, [-score for score in own])
    assert -line == linear_slope(rates, [-score for score in own])


@given(SERIES, SCORES)
def test_what_is_not_counted_has_the_opposite_trend(rates, scores):
    """The same test, and the slope the other way."""
    own, mirrored = scores[: len(rates)], [others(rate) for rate in rates]

    assert pytest.approx(trend_test(rates, own).statistic) == trend_test(mirrored, own).statistic
    assert -linear_slope(rates, own) == linear_slope(mirrored, own)


@given(SERIES, SCORES)
def test_homogeneity_parts_into_trend_and_departure(rates, scores):
    """The two statistics, and their degrees of freedom, add up."""
    own = scores[: len(rates)]
    line, rest, whole = trend_test(rates, own), linearity_test(rates, own), homogeneity_test(rates)

    assert pytest.approx(whole.statistic, rel=1e-9, abs=1e-9) == line.statistic + rest.statistic
    assert whole.degrees_of_freedom == line.degrees_of_freedom + rest.degrees_of_freedom


@given(RATES, st.lists(st.integers(1, 20), min_size=3, max_size=8), SCORES)
def test_equal_rates_have_no_trend(rate, times, scores):
    """However many cases each year has."""
    same = [Proportion(rate.numerator * n, rate.denominator * n) for n in times]

    assert (0, 0.0, 1.0) == (
        linear_slope(same, scores[: len(same)]),
        trend_test(same, scores[: len(same)]).statistic,
        trend_test(same, scores[: len(same)]).p_value,
    )


@given(SERIES, st.integers(-900, 900))
def test_a_trend_of_other_years_is_the_same_trend(rates, moved):
    """Relabelling the years of a history by a constant leaves its test, its slope and its verdict."""
    one = trend(shares(rates, first=2_900), uphold_rate, across_breaks=True)
    other = trend(shares(rates, first=2_900 + moved), uphold_rate, across_breaks=True)

    assert (one.test, one.per_year, one.verdict) == (other.test, other.per_year, other.verdict)


@given(RATES, RATES)
def test_a_change_turned_round_is_the_same_change(one, other):
    """Its difference has the other sign, and its verdict is mirrored."""
    there = change(shares([one, other]), uphold_rate, ReportingYear(1990), ReportingYear(1991))
    back = change(shares([other, one]), uphold_rate, ReportingYear(1990), ReportingYear(1991))

    assert there.difference.value == -back.difference.value
    assert there.verdict is MIRRORED.get(back.verdict, back.verdict)


@given(RATES, st.integers(1, 9))
def test_equal_rates_are_no_change(rate, times):
    """Whatever the numbers of cases."""
    more = Proportion(rate.numerator * times, rate.denominator * times)
    made = change(shares([rate, more]), uphold_rate, ReportingYear(1990), ReportingYear(1991))

    assert 0 == made.difference.value
    assert made.verdict in {Verdict.NOT_DISTINGUISHABLE, Verdict.TOO_FEW}


@given(RATES, st.integers(8, 14))
def test_a_run_of_equal_years_is_never_a_signal(rate, years):
    """Neither as shares nor as counts, by no rule."""
    for chart in (
        p_chart(shares([rate] * years), uphold_rate),
        xmr_chart(counts([rate.numerator] * years), complaints_received, title="Received"),
    ):
        assert {RuleStatus.NO_SIGNAL} == {result.status for result in chart.results}


@given(st.lists(RATES, min_size=8, max_size=12))
def test_a_chart_of_the_others_is_the_chart_mirrored(rates):
    """The same signals in the same years."""
    centre = p_limits(rates).centre
    # So near to nought or one the two binomial tails differ in their last bits.
    assume(0 < centre < 1)
    chart = p_chart(shares(rates), uphold_rate)
    mirrored = p_chart(shares([others(rate) for rate in rates]), uphold_rate)

    assert pytest.approx(chart.sigma_z) == mirrored.sigma_z
    assert chart.centre == 1 - mirrored.centre
    if abs(chart.sigma_z - 1) > 1e-9:
        assert answers(chart)[2:] == answers(mirrored)[2:]


@given(LONG, st.integers(1, 9), st.integers(0, 1_000))
def test_moving_and_stretching_counts_leaves_their_signals(numbers, times, moved):
    """The limits move and stretch with them, but for small counts, which have those of chance."""
    numbers = [number + 10 for number in numbers]
    plain, other = xmr_limits(numbers), xmr_limits([times * number + moved for number in numbers])

    assert other.centre == times * plain.centre + moved
    assert [times * times * one for one in plain.squared_sigmas] == [*other.squared_sigmas]
    assert answers(xmr_chart(counts(numbers), complaints_received, title="Received")) == answers(
        xmr_chart(counts([times * number + moved for number in numbers]), complaints_received, title="Received")
    )


@given(LONG)
def test_screening_never_widens_limits(numbers):
    """What is left out of the moving ranges is above their mean."""
    assert xmr_limits(numbers).squared_sigmas[0] <= xmr_limits(numbers, screen=False).squared_sigmas[0]


@given(st.lists(RATES, min_size=8, max_size=12))
def test_years_that_differ_by_more_than_chance_never_narrow_the_limits(rates):
    """Laney's limits are the binomial ones or wider."""
    limits = p_limits(rates)
    chance = limits.centre * (1 - limits.centre)

    assert all(squared >= chance / rate.denominator for squared, rate in zip(limits.squared_sigmas, rates, strict=True))


@given(st.lists(st.sampled_from([-1, 0, 1, None]), max_size=20))
def test_a_run_on_one_side_is_seven_in_a_row(sides):
    """By definition."""
    flags = seven_on_one_side(sides)

    assert len(sides) == len(flags)
    assert all(flag is (at >= 6 and set(sides[at - 6 : at + 1]) in ({1}, {-1})) for at, flag in enumerate(flags))


@given(st.lists(st.integers(0, 5), max_size=20))
def test_a_series_turned_upside_down_turns_its_runs(values):
    """What rises falls."""
    assert seven_in_one_direction(values) == tuple(-way for way in seven_in_one_direction([-one for one in values]))


@given(HISTORIES.filter(lambda history: len(history) > 1))
def test_what_is_drawn_across_a_break_says_so(history):
    """Once for each break between the years."""
    made = change(history, uphold_rate, history.years[0], history.years[-1], across_breaks=True)
    said = [caution for caution in made.cautions if caution.kind is CautionKind.SERIES_BREAK]

    assert len(history.breaks) == len(said)
    assert type(made) is Change


@given(DECISIONS)
def test_the_areas_together_are_the_council(decisions):
    """Year by year, and every area has every year."""
    if decisions:
        made = histories_by_area(decisions)
        years = {history.years for history in made.values()}

        assert 1 == len(years)
        assert tally_investigations(decisions) == sum_tallies(
            review.investigations for history in made.values() for review in history
        )


@given(st.fractions(0, 1, max_denominator=10**9))
def test_a_slope_is_exact(share):
    """Three years that rise by the same share lie on its line."""
    n = 4 * share.denominator
    rates = [Proportion(k * share.numerator, n) for k in (1, 2, 3)] if 3 * share.numerator <= n else []
    if rates:
        assert Fraction(share.numerator, n) == linear_slope(rates)
