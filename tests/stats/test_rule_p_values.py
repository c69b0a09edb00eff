"""P-values of the run rules: examples worked by hand, and what no series could have given."""

import itertools
from fractions import Fraction

import pytest
from tests.support.tables import each_of

from lgsco import Proportion
from lgsco.stats.chart_limits import c_limits, xmr_limits
from lgsco.stats.rule_p_values import (
    RuleP,
    direction_p_value,
    odd_count_p_value,
    odd_rate_p_value,
    odd_value_p_value,
    side_p_value,
    two_of_three_p_value,
)

NOTHING = RuleP(1.0, 1.0)


def test_an_odd_share_by_hand():
    """1 of 1 and 0 of 3: one counted case falls in the first year in one of four ways; doubled, and two years."""
    held = odd_rate_p_value([Proportion(1, 1), None, Proportion(0, 0), Proportion(0, 3)])

    assert RuleP(1.0, 1.0) == held
    sure = odd_rate_p_value([Proportion(5, 5), Proportion(0, 5)])
    assert (4 / 252, 4 / 252) == pytest.approx((sure.p_value, sure.least))
    assert [NOTHING] * 2 == [odd_rate_p_value([]), odd_rate_p_value([Proportion(1, 2)])]


def test_an_odd_count_by_hand():
    """All of six in one of three years: 3^-6, doubled, and three years."""
    held = odd_count_p_value([Fraction(0), Fraction(6), None, Fraction(0)])

    assert (6 / 3**6, 6 / 3**6) == pytest.approx((held.p_value, held.least))
    assert NOTHING == odd_count_p_value([Fraction(3)])
    assert RuleP(4 / 2**6, 4 / 2**6) == odd_count_p_value([Fraction(0), Fraction(6)])
    assert (1.0, 1.0) == pytest.approx((odd_count_p_value([Fraction(0)] * 4).p_value, 1.0))


def test_an_odd_value_is_judged_by_the_ranges():
    """The further, the rarer; without ranges that differ nothing is told."""
    near, far = (odd_value_p_value(xmr_limits([10, 12, 9, 11, 13, 10, 12, last])) for last in (14, 40))

    assert far.p_value < near.p_value
    assert 0.0 == far.least
    assert [NOTHING] * 2 == [odd_value_p_value(limits([5, 5, 5])) for limits in (xmr_limits, c_limits)]


def test_two_of_three():
    """One where there are none, and nothing where there are no three."""
    assert 1.0 == two_of_three_p_value([False] * 5).p_value
    assert NOTHING == two_of_three_p_value([True, True])


@each_of(("longest", "tosses"), [(2, 3), (3, 6), (7, 10), (4, 4), (1, 5)])
def test_runs_on_one_side_by_counting_every_toss(longest, tosses):
    """The share of all tosses of a coin with such a run."""
    sides = [1] * longest + [0] * (tosses - longest)
    ways = [
        max(len([*run]) for _, run in itertools.groupby(coins)) for coins in itertools.product((0, 1), repeat=tosses)
    ]

    assert sum(way >= longest for way in ways) / len(ways) == side_p_value(sides).p_value


def test_runs_in_one_direction_by_counting_every_order():
    """The bound is at least the share of all orders of seven values with a run of six."""

    def longest(order):
        ways = [1 if after > before else -1 for before, after in itertools.pairwise(order)]
        return 1 + max(len([*run]) for _, run in itertools.groupby(ways))

    orders = [longest(order) >= 6 for order in itertools.permutations(range(7))]
    found = direction_p_value([Fraction(number) for number in (2, 1, 3, 4, 5, 6, 7)])

    assert sum(orders) / len(orders) <= found.p_value == pytest.approx(4 / 720)
    assert NOTHING == direction_p_value([Fraction(1)])
    assert 1.0 == direction_p_value([Fraction(1), None, Fraction(2), Fraction(2)]).p_value
    # Equal values end a run: the longest is of four among seven.
    stays = direction_p_value([Fraction(number) for number in (1, 2, 3, 3, 4, 5, 6)])
    assert (1 / 3, 2 / 5040) == pytest.approx((stays.p_value, stays.least))
