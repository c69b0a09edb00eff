"""Homogeneity and trend: examples worked by hand, the edges, and what is refused."""

import itertools
import math
from fractions import Fraction
from statistics import NormalDist, fmean, variance

import pytest
from tests.support.refusals import fields
from tests.support.tables import each_of

from lgsco import Proportion
from lgsco.errors import InvalidValue, SeriesTooShort
from lgsco.stats import difference, heterogeneity, homogeneity_test, trend_test
from lgsco.stats.heterogeneity import exact_trend_test, linear_slope, linearity_test, slope_interval

HALVES = [Proportion(10, 20), Proportion(5, 10)]


def test_homogeneity_of_two_by_hand():
    """8 of 10 and 4 of 10: pooled 0.6, so (0.2² + 0.2²) * 10 / 0.24 = 10/3, on one degree of freedom."""
    result = homogeneity_test([Proportion(8, 10), Proportion(4, 10)])

    assert (10 / 3, 1) == (pytest.approx(result.statistic), result.degrees_of_freedom)
    assert 0.0679 == round(result.p_value, 4)
    assert "any difference" == result.sides


def test_equal_rates_are_homogeneous():
    """The statistic is nought and the p-value 1, also where all or none are counted."""
    for rates in (HALVES, [Proportion(3, 3), Proportion(9, 9)], [Proportion(0, 3), Proportion(0, 9)]):
        assert (0.0, 1.0) == (homogeneity_test(rates).statistic, homogeneity_test(rates).p_value)


def test_shares_of_nothing_say_nothing():
    """They are not counted among the degrees of freedom; fewer than two others are no group."""
    assert 1 == homogeneity_test([*HALVES, Proportion(0, 0)]).degrees_of_freedom
    assert [None, None, None] == [
        homogeneity_test([]),
        homogeneity_test([Proportion(1, 2), Proportion(0, 0)]),
        homogeneity_test([Proportion(0, 0)], target=Fraction(1, 2)),
    ]


def test_a_given_rate_takes_no_degree_of_freedom():
    """10 of 20 and 5 of 10 against 0.4: 0.1² * 30 / 0.24 = 1.25, on two."""
    result = homogeneity_test(HALVES, target=Fraction(2, 5))

    assert (1.25, 2) == (pytest.approx(result.statistic), result.degrees_of_freedom)
    assert "all rates are 0.4" == result.hypothesis


@each_of("target", [Fraction(0), Fraction(1)])
def test_a_rate_of_nought_or_one_leaves_no_room(target):
    """Any case the other way is impossible; none is no distance."""
    against = homogeneity_test(HALVES, target=target)
    alike = homogeneity_test([Proportion(int(target) * 5, 5)], target=target)

    assert (None, 0.0) == (against.statistic, against.p_value)
    assert (0.0, 1.0) == (alike.statistic, alike.p_value)


def test_a_target_is_an_exact_share():
    """In whatever form; what is no share is refused."""
    assert homogeneity_test(HALVES, target="50%") == homogeneity_test(HALVES, target=Fraction(1, 2))
    for target in (1.5, Fraction(3, 2), 1):
        with pytest.raises(InvalidValue) as caught:
            homogeneity_test(HALVES, target=target)

        assert ["target"] == fields(caught)


RISING = [Proportion(2, 10), Proportion(4, 10), Proportion(6, 10)]


def test_a_straight_line_has_its_slope_and_no_departure():
    """20%, 40% and 60% rise by exactly a fifth for each step, and do not stray from it."""
    assert Fraction(1, 5) == linear_slope(RISING)
    assert Fraction(1, 10) == linear_slope(RISING, [2020, 2022, 2024])
    assert 0.0 == pytest.approx(linearity_test(RISING).statistic, abs=1e-12)
    assert (1, 1) == (trend_test(RISING).degrees_of_freedom, linearity_test(RISING).degrees_of_freedom)


def test_the_trend_statistic_by_hand():
    """For 20%, 40%, 60% of 10: N (NΣxs - XΣns)² / (X (N-X) (NΣns² - (Σns)²)) = 30 * 120² / (12 * 18 * 600)."""
    assert 30 * 120**2 / (12 * 18 * 600) == pytest.approx(trend_test(RISING).statistic)


def test_where_all_or_none_are_counted_nothing_rises():
    """A run of 100% has no trend, whatever the numbers of cases."""
    perfect = [Proportion(n, n) for n in (3, 8, 5)]

    assert (0.0, 1.0) == (trend_test(perfect).statistic, trend_test(perfect).p_value)
    assert (Fraction(0), 1.0) == (linear_slope(perfect), linearity_test(perfect).p_value)


def test_years_of_one_score_have_no_trend():
    """There is no order to rise along."""
    tests = (trend_test, linear_slope, linearity_test, exact_trend_test, slope_interval)
    assert [None] * 5 == [test(RISING, [2020] * 3) for test in tests]


@each_of("test", [trend_test, linear_slope, linearity_test])
def test_a_trend_needs_three_with_cases(test):
    """Through two there is always a line; a year without cases is none of them."""
    with pytest.raises(SeriesTooShort) as caught:
        test([Proportion(1, 2), Proportion(0, 0), Proportion(2, 3)])

    assert ("a trend", 3, 2) == (caught.value.what, caught.value.least, caught.value.years)


@each_of("scores", [[1, 2], [1, 2, 3.0], [1, 2, True], ["1", 2, 3]])
def test_scores_are_as_many_whole_numbers(scores):
    """One for each share."""
    with pytest.raises(InvalidValue) as caught:
        trend_test(RISING, scores)

    assert ["scores"] == fields(caught)


def test_a_rate_without_its_cases_is_refused():
    """A Fraction of a half may be 1 of 2 or 50 of 100; all that are no proportions are named at once."""
    with pytest.raises(InvalidValue) as caught:
        homogeneity_test([Fraction(1, 2), Proportion(1, 2), 1])
    assert ["rates[0]", "rates[2]"] == [problem.place.path for problem in caught.value.problems]
    with pytest.raises(InvalidValue) as caught:
        trend_test([Proportion(1, 2), Proportion(1, 2), Fraction(1, 2)])
    assert ["rates[2]"] == fields(caught)


def permutations(rates, scores):
    """The probability of a trend as steep, by every way to spread the counted cases over all cases."""
    cases = [score for rate, score in zip(rates, scores, strict=True) for _ in range(rate.denominator)]
    counted = sum(rate.numerator for rate in rates)
    middle = Fraction(counted * sum(cases), len(cases))
    seen = abs(sum(rate.numerator * score for rate, score in zip(rates, scores, strict=True)) - middle)
    ways = [abs(sum(chosen) - middle) >= seen for chosen in itertools.combinations(cases, counted)]
    return sum(ways) / len(ways)


@each_of(
    ("pairs", "scores"),
    [
        (((0, 2), (1, 2), (2, 2)), (1, 2, 3)),
        (((1, 5), (2, 4), (3, 5)), (2015, 2017, 2018)),
        (((5, 5), (4, 6), (1, 3), (2, 4)), (1, 2, 3, 4)),
        (((3, 4), (4, 5), (4, 4)), (3, 1, 2)),
    ],
)
def test_the_exact_trend_counts_every_permutation(pairs, scores):
    """One by one."""
    rates = [Proportion(*pair) for pair in pairs]
    result = exact_trend_test(rates, scores)

    assert permutations(rates, scores) == pytest.approx(result.p_value, rel=1e-12)
    assert "Cochran-Armitage, exact conditional" == result.test


def test_many_cases_are_corrected_for_continuity():
    """Where counting would take too long; close to the exact p-value, and said by name."""
    few = [Proportion(15, 20), Proportion(14, 20), Proportion(12, 20), Proportion(10, 20), Proportion(9, 20)]
    many = [Proportion(20 * rate.numerator, 20 * rate.denominator) for rate in few]

    assert "Cochran-Armitage, corrected for continuity" == exact_trend_test(many).test
    assert trend_test(many).p_value < exact_trend_test(many).p_value < 1e-9
    assert 1.0 == exact_trend_test([Proportion(500, 1000)] * 5).p_value
    # With scores two apart, half a step is one; the variance is that of cases drawn without putting back.
    rates, scores = [Proportion(count, 900) for count in (400, 390, 370)], [1, 3, 5]
    of_cases = [score for rate, score in zip(rates, scores, strict=True) for _ in range(rate.denominator)]
    counted, total = sum(rate.numerator for rate in rates), len(of_cases)
    gap = abs(sum(r.numerator * score for r, score in zip(rates, scores, strict=True)) - counted * fmean(of_cases)) - 1
    spread = math.sqrt(counted * (total - counted) / total * variance(of_cases))
    expected = 2 * NormalDist().cdf(-gap / spread)
    assert expected == pytest.approx(exact_trend_test(rates, scores).p_value, rel=1e-9)


def test_the_exact_trend_is_left_where_it_takes_too_many_steps(monkeypatch):
    """
    Two of six counted, with scores of 2, 3 and 5: 1 state times 3 counts, then 3 totals in 1 weight times 3 counts.

    With 3, 2 and 5 the second year begins with 3 weights: 3 and 27.
    """
    rates = [Proportion(0, 2), Proportion(0, 2), Proportion(2, 2)]
    for scores, steps in (([2, 3, 5], 12), ([3, 2, 5], 30)):
        for most, name in ((steps, "exact conditional"), (steps - 1, "corrected for continuity")):
            monkeypatch.setattr(heterogeneity, "_MOST_STEPS", most)
            assert f"Cochran-Armitage, {name}" == exact_trend_test(rates, scores).test


def test_limits_of_a_slope_of_two_groups_are_those_of_a_difference():
    """With a third group without weight: its score is the mean of the others."""
    one, other = Proportion(48, 80), Proportion(56, 80)
    limits = slope_interval([one, Proportion(1, 2), other], [0, 1, 2])
    apart = difference(other, one).interval

    assert (apart.lower / 2, apart.upper / 2) == pytest.approx((limits.lower, limits.upper), abs=1e-12)
