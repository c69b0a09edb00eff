"""Tests and differences, by hand where a hand can do it."""

import math
import time
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.support.refusals import faults, fields
from tests.support.tables import each_of

from lgsco import Proportion
from lgsco.comparison.groups import insufficient_data
from lgsco.errors import InvalidValue
from lgsco.stats import TestResult, binomial_test, difference, fisher_test, score_test, two_proportion_test
from lgsco.stats.differences import Difference
from lgsco.stats.hypothesis_tests import Alternative, score_squared

HALF = Fraction(1, 2)
NOTHING = Proportion(0, 0)


@each_of(
    ("count", "method", "p_value"),
    [
        (0, "minimum-likelihood", 2 / 16),
        (1, "minimum-likelihood", 10 / 16),
        (2, "minimum-likelihood", 1.0),
        (4, "minimum-likelihood", 2 / 16),
        (0, "doubled", 2 / 16),
        (1, "doubled", 10 / 16),
        (2, "doubled", 1.0),
        (0, "mid-p", 1 / 16),
        (1, "mid-p", 6 / 16),
        (2, "mid-p", 1.0),
    ],
)
def test_four_tosses_of_a_coin(count, method, p_value):
    """Sixteenths, as they can be counted on paper."""
    result = binomial_test(Proportion(count, 4), HALF, method=method)

    assert p_value == pytest.approx(result.p_value, rel=1e-12)
    assert ("two-sided", f"exact binomial, {method}") == (result.sides, result.test)


@each_of(("count", "other_tail"), [(9, 0.0), (0, 0.0)])
def test_a_tail_without_its_like_on_the_other_side(count, other_tail):
    """Where no count beyond the mode is as rare, only the own tail counts."""
    rate = Fraction(1, 10) if count else Fraction(9, 10)
    own = float(rate**9 if count else (1 - rate) ** 9)

    assert own + other_tail == pytest.approx(binomial_test(Proportion(count, 9), rate).p_value, rel=1e-9)


def test_worcestershire_against_the_printed_66_per_cent():
    """The score test and its check on the figures of the letter: 0.044 and 0.061."""
    rate, target = Proportion(19, 22), Fraction(66, 100)

    assert 0.044 == round(score_test(rate, target).p_value, 3)
    assert 0.061 == round(binomial_test(rate, target, method="doubled").p_value, 3)


def test_a_target_of_nought_or_one():
    """One case the other way is impossible, none is certain."""
    assert (1.0, 0.0) == (
        score_test(Proportion(0, 5), Fraction(0)).p_value,
        score_test(Proportion(1, 5), Fraction(0)).p_value,
    )
    assert score_squared(Proportion(4, 5), Fraction(1)) is None
    assert (1.0, 0.0) == (
        binomial_test(Proportion(5, 5), Fraction(1)).p_value,
        binomial_test(Proportion(4, 5), Fraction(1), method="doubled").p_value,
    )


def test_no_cases_have_no_test():
    """Nothing over nothing is compared with nothing."""
    assert [None] * 6 == [
        score_test(NOTHING, HALF),
        binomial_test(NOTHING, HALF),
        two_proportion_test(NOTHING, Proportion(1, 2)),
        two_proportion_test(Proportion(1, 2), NOTHING),
        fisher_test(NOTHING, Proportion(1, 2)),
        difference(Proportion(1, 2), NOTHING),
    ]


def test_a_target_may_have_any_form():
    """A float stands for its shortest decimal form."""
    for test in (score_test, binomial_test):
        assert 1 == len({test(Proportion(19, 22), target) for target in (Fraction(66, 100), 0.66, "0.66", "66%")})


@each_of("target", [1.5, Fraction(3, 2), Fraction(-1, 2), 1, True, None, math.nan, "66", "x", Decimal(2)])
def test_a_target_is_a_share_from_nought_to_one(target):
    """A whole number might be a percentage."""
    for test in (score_test, binomial_test):
        with pytest.raises(InvalidValue) as caught:
            test(Proportion(1, 2), target)

        assert [("target", repr(target))] == [(name, repr(given)) for name, given in faults(caught)]


def test_a_result_is_no_class_of_tests():
    """Whatever a test runner makes of its name."""
    assert TestResult.__test__ is False


def test_methods_have_names():
    """Another name is refused, with the names there are."""
    with pytest.raises(InvalidValue) as caught:
        binomial_test(Proportion(1, 2), HALF, method="exact")
    with pytest.raises(InvalidValue) as other:
        difference(Proportion(1, 2), Proportion(1, 2), method="wald")

    assert [("method", "exact")] == faults(caught)
    assert "newcombe" in other.value.problems[0].reason


def test_two_equal_shares_do_not_differ():
    """Also at nought and at one, where the pooled variance is nought."""
    for share in (Proportion(0, 3), Proportion(3, 3), Proportion(1, 3)):
        assert 1.0 == two_proportion_test(share, share).p_value == pytest.approx(fisher_test(share, share).p_value)


def test_newcombe_s_own_example():
    """56 of 70 against 48 of 80; Newcombe (1998), table II, method 10: 0.0524 to 0.3339."""
    apart = difference(Proportion(56, 70), Proportion(48, 80))

    assert (0.0524, 0.3339) == (round(apart.interval.lower, 4), round(apart.interval.upper, 4))
    assert Fraction(1, 5) == apart.value


def test_a_difference_needs_cases_on_both_sides():
    """A difference that was put together by hand is held to it as well."""
    apart = difference(Proportion(1, 2), Proportion(1, 3))
    with pytest.raises(InvalidValue) as caught:
        Difference(Proportion(1, 2), NOTHING, interval=apart.interval)

    assert ["second"] == fields(caught)


def test_a_difference_at_the_limits_of_the_score_test():
    """At each limit, under the likeliest rates that differ by it, the difference is 1.96 deviations away."""
    first, second = Proportion(56, 70), Proportion(48, 80)
    for one, other in ((first, second), (second, first), (Proportion(3, 40), Proportion(1, 90))):
        interval = difference(one, other, method="miettinen-nurminen").interval
        for limit in (interval.lower, interval.upper):
            low, high = max(0.0, -limit), min(1.0, 1.0 - limit)
            for _ in range(100):
                rate = (low + high) / 2
                slope = (one.numerator - one.denominator * (rate + limit)) / ((rate + limit) * (1 - rate - limit))
                slope += (other.numerator - other.denominator * rate) / (rate * (1 - rate))
                low, high = (rate, high) if slope > 0 else (low, rate)
            total = one.denominator + other.denominator
            variance = (rate + limit) * (1 - rate - limit) / one.denominator + rate * (1 - rate) / other.denominator
            away = (float(one.value - other.value) - limit) / math.sqrt(variance * total / (total - 1))
            assert 1.959964 == pytest.approx(abs(away), abs=1e-5)


def test_the_ends_of_a_difference():
    """Everything against nothing cannot differ by more than one."""
    all_none = difference(Proportion(5, 5), Proportion(0, 5), method="miettinen-nurminen")

    assert 1.0 == pytest.approx(all_none.interval.upper)
    assert -1.0 < all_none.interval.lower < 1.0


def test_what_is_too_little():
    """Fewer than five rates, or less than half of a group; without a group only the number counts."""
    assert insufficient_data(1, 1, None).startswith("only 1 rate is")
    assert insufficient_data(4, 4, None).startswith("only 4 rates are")
    assert insufficient_data(5, 5, None) is None
    assert insufficient_data(5, 5, 11) == "only 5 of the group's 11 councils are held"
    assert insufficient_data(6, 6, 12) is None


@each_of(
    ("alternative", "method", "p_value"),
    [
        ("greater", "minimum-likelihood", 5 / 16),
        ("greater", "doubled", 5 / 16),
        ("greater", "mid-p", 3 / 16),
        ("less", "minimum-likelihood", 15 / 16),
        ("less", "mid-p", 13 / 16),
    ],
)
def test_one_side_of_a_coin(alternative, method, p_value):
    """Three or more of four, and three or fewer; the name says that it is one tail."""
    result = binomial_test(Proportion(3, 4), HALF, method=method, alternative=alternative)

    assert p_value == pytest.approx(result.p_value, rel=1e-12)
    assert f"one-sided, {alternative}" == result.sides
    assert ("exact binomial, mid-p" if method == "mid-p" else "exact binomial") == result.test


@each_of(
    "tested",
    [
        lambda side: score_test(Proportion(19, 22), Fraction(66, 100), alternative=side),
        lambda side: two_proportion_test(Proportion(19, 22), Proportion(400, 600), alternative=side),
    ],
)
def test_a_score_test_halves_on_the_side_where_the_cases_lie(tested):
    """The tail beyond, all but the tail on the other side, and twice the smaller of them."""
    two, greater, less = (tested(side).p_value for side in Alternative)

    assert two == pytest.approx(2 * greater)
    assert 1.0 == pytest.approx(greater + less)


def test_a_share_below_its_target_is_not_above_it():
    """4 of 20 against a half is z of -2.68."""
    two, greater, less = (score_test(Proportion(4, 20), HALF, alternative=side).p_value for side in Alternative)

    tail = math.erfc(6 / math.sqrt(5) / math.sqrt(2)) / 2
    assert (2 * tail, 1 - tail, tail) == pytest.approx((two, greater, less))


def test_a_score_test_of_what_lies_on_its_target():
    """There is no side then: half of all that might be is on either."""
    assert [1.0, 0.5, 0.5] == [score_test(Proportion(1, 2), HALF, alternative=side).p_value for side in Alternative]


def test_one_tail_of_the_tea():
    """The lady tasting tea: three of four cups rightly named is 17 of 70 on the one side, 69 of 70 on the other."""
    three, one = Proportion(3, 4), Proportion(1, 4)
    both, greater, less = (fisher_test(three, one, alternative=side) for side in Alternative)

    assert [34 / 70, 17 / 70, 69 / 70] == [pytest.approx(each.p_value) for each in (both, greater, less)]
    assert "Fisher's exact" == greater.test


def test_an_unknown_side_is_refused_by_every_test():
    """Also where there are no cases to test."""
    for tested in (
        lambda: score_test(NOTHING, HALF, alternative="up"),
        lambda: binomial_test(NOTHING, HALF, alternative="up"),
        lambda: two_proportion_test(NOTHING, NOTHING, alternative="up"),
        lambda: fisher_test(NOTHING, NOTHING, alternative="up"),
    ):
        with pytest.raises(InvalidValue) as caught:
            tested()
        assert [("alternative", "up")] == faults(caught)


def test_exact_methods_refuse_what_they_are_not_right_for():
    """Beyond a thousand million cases rates close to 1 run out of digits; the score test and Wilson's limits go on."""
    few, many = Proportion(1, 2), Proportion(10**9, 10**9 + 1)
    exact = [
        lambda: binomial_test(many, Fraction(1, 2)),
        lambda: fisher_test(many, few),
        lambda: fisher_test(few, many),
        *(lambda method=method: many.interval(method=method) for method in ("clopper-pearson", "jeffreys", "mid-p")),
    ]
    for method in exact:
        with pytest.raises(InvalidValue):
            method()
    assert many.interval() is not None
    assert score_test(many, Fraction(1, 2)) is not None


@each_of("cases", [10**5, 23 * 10**6])
def test_fisher_of_very_many_cases_is_quick(cases):
    """And near the score test, from which it differs by less the more cases there are."""
    one, other = Proportion(cases // 2, cases), Proportion(cases // 2 + round(0.75 * cases**0.5), cases)
    started = time.perf_counter()
    found = fisher_test(one, other).p_value

    assert time.perf_counter() - started < 0.5
    assert two_proportion_test(one, other).p_value == pytest.approx(found, rel=0.02)
