"""Control limits and run rules: examples worked by hand, the edges, and what is refused."""

import math
from fractions import Fraction

import pytest
from tests.support.refusals import fields
from tests.support.tables import each_of

from lgsco import Proportion
from lgsco.errors import InvalidValue
from lgsco.stats import ControlChartType, RunRule
from lgsco.stats.chart_limits import (
    ChartLimits,
    _count_variation,
    _rate_variation,
    c_limits,
    p_limits,
    screened,
    xmr_limits,
)
from lgsco.stats.distributions import poisson_tails
from lgsco.stats.run_rules import is_rare, seven_in_one_direction, seven_on_one_side, sides_of_counts, two_of_three


def test_individual_values_and_moving_ranges_by_hand():
    """10, 12 and 11: mean 11, mean moving range 1.5, so 11 ± 2.66 * 1.5."""
    limits = xmr_limits([10, 12, 11])

    assert (ControlChartType.XMR, Fraction(11)) == (limits.kind, limits.centre)
    assert (11 - 3.99, 11 + 3.99) == pytest.approx(limits.limits_at(1))
    assert limits.sigma_z is None


def test_one_odd_year_does_not_widen_the_limits_that_should_show_it():
    """Of ranges 1, 1, 1, 1, 1, 1, 30, 30 the last two are over 3.267 means, and are left out when asked."""
    values = [10, 11, 10, 11, 10, 11, 10, 40, 10]

    assert 2.66 == pytest.approx(xmr_limits(values).limits_at(0)[1] - float(xmr_limits(values).centre))
    wide = xmr_limits(values, screen=False)
    assert 2.66 * 66 / 8 == pytest.approx(wide.limits_at(0)[1] - float(wide.centre))


def test_variation_beyond_chance_is_tested_without_the_oddest_year():
    """Without 2: 18/33 on two degrees; without 40: 7.2 on one; without 10 of 10: 4.8 on two."""
    assert math.exp(-9 / 33) == pytest.approx(_count_variation([Fraction(number) for number in (30, 2, 36, 33)]))
    assert math.erfc(math.sqrt(3.6)) == pytest.approx(_count_variation([Fraction(4), Fraction(40), Fraction(16)]))
    assert [1.0, 1.0] == [_count_variation([*map(Fraction, counts)]) for counts in ((3, 9), (0, 0, 5))]
    shares = [Proportion(2, 20), Proportion(8, 20), Proportion(5, 20), Proportion(10, 10)]
    assert math.exp(-2.4) == pytest.approx(_rate_variation(shares, Fraction(25, 70)))


def test_years_that_vary_beyond_chance_widen_the_limits():
    """By as much as sigma z says, of counts and of shares."""
    counts = [10, 40, 12, 38, 15, 45, 11, 42]
    wide, shares = c_limits(counts), p_limits([Proportion(count, 60) for count in counts])

    assert (ControlChartType.C_PRIME, ControlChartType.P_PRIME) == (wide.kind, shares.kind)
    assert wide.sigma_z**2 * 213 / 8 == pytest.approx(float(wide.squared_sigmas[0]))
    assert wide.limits_at(0)[1] == pytest.approx(213 / 8 + 3 * wide.sigma_z * math.sqrt(213 / 8))
    share = 213 / 480
    assert shares.sigma_z**2 * share * (1 - share) / 60 == pytest.approx(float(shares.squared_sigmas[0]))


def test_odd_ranges_are_left_out_where_five_are_left():
    """With five others they are, with four they are not; the widest that stays is 3.267 means."""
    assert [1] * 5 == screened([1] * 5 + [40])
    assert [1] * 4 + [0, 40] == screened([1] * 4 + [0, 40])
    assert 3_267 in screened([748] * 8 + [749, 3_267])
    assert 3_268 not in screened([748] * 8 + [749, 3_268])


def test_no_moving_range_reaches_across_a_gap():
    """Of 10, 12, none and 20 only the first two are neighbours; without neighbours there are no limits."""
    limits = xmr_limits([10, 12, None, 20])

    assert (Fraction(14), None) == (limits.centre, limits.limits_at(2))
    assert 2.66 * 2 == pytest.approx(limits.limits_at(0)[1] - 14)
    assert [None, None, None] == [xmr_limits([]), xmr_limits([1]), xmr_limits([1, None, 2])]


@each_of("odd", [math.nan, math.inf, "1", True])
def test_a_series_holds_finite_numbers(odd):
    """Its place is named."""
    with pytest.raises(InvalidValue) as caught:
        xmr_limits([1, odd])

    assert ["values[1]"] == fields(caught)


def test_shares_have_limits_by_their_cases():
    """Half of 100 and half of 25: 0.5 ± 3 * 0.05 and ± 3 * 0.1."""
    limits = p_limits([Proportion(50, 100), Proportion(0, 0), None, Proportion(12, 25), Proportion(13, 25)])

    assert (ControlChartType.P, Fraction(1, 2)) == (limits.kind, limits.centre)
    assert (0.35, 0.65) == pytest.approx(limits.limits_at(0))
    assert (0.2, 0.8) == pytest.approx(limits.limits_at(4))
    assert [None, None] == [limits.limits_at(1), limits.limits_at(2)]
    assert (0, None, None, -1, 1) == limits.sides(limits.centre)


def test_where_years_differ_by_more_than_chance_the_limits_widen():
    """Scores of 4, -4 and 4 have moving ranges of 8, so sigma z is 8 / 1.128; Laney's limits are wider by that."""
    limits = p_limits([Proportion(70, 100), Proportion(30, 100), Proportion(50, 100), Proportion(50, 100)])
    sigma_z = (8 + 4 + 0) / 3 / 1.128

    assert ControlChartType.P_PRIME is limits.kind
    assert sigma_z == pytest.approx(limits.sigma_z)
    assert 0.5 + 3 * 0.05 * sigma_z == pytest.approx(limits.limits_at(0)[1])


def test_shares_without_cases_have_no_limits():
    """And where all are counted there is no spread at all."""
    assert [None, None] == [p_limits([]), p_limits([Proportion(0, 0), None])]
    perfect = p_limits([Proportion(3, 3), Proportion(9, 9)])
    assert ((1.0, 1.0), None, (False, False)) == (perfect.limits_at(0), perfect.sigma_z, perfect.beyond())


def test_on_a_limit_is_within():
    """Beyond is more than so many standard deviations, exactly."""
    limits = ChartLimits(
        kind=ControlChartType.XMR,
        values=(Fraction(3), Fraction(-3), Fraction(7, 2), None),
        centre=Fraction(0),
        squared_sigmas=(Fraction(1), Fraction(1), Fraction(1), None),
    )

    assert (None, 0) == (limits.sigma_z, limits.ranges)
    assert (False, False, True, False) == limits.beyond()
    assert (True, True, True, False) == limits.beyond(2)


def test_few_cases_are_rare_only_by_their_exact_probability():
    """9 of 12 at 97% is 4 in a thousand: beyond three standard deviations of the normal, but not as rare."""
    assert 9 / 12 < 0.97 - 3 * math.sqrt(0.97 * 0.03 / 12)
    assert [False, True] == [is_rare(Proportion(count, 12), Fraction(97, 100)) for count in (9, 8)]
    assert is_rare(Proportion(9, 12), Fraction(97, 100), 2)


def test_seven_on_one_side():
    """A value on the centre, or none, ends the run."""
    assert [7, 8] == [at + 1 for at, flag in enumerate(seven_on_one_side([1] * 8)) if flag]
    for stop in (0, None, -1):
        assert not any(seven_on_one_side([1, 1, 1, stop, 1, 1, 1, 1, 1, 1]))


def test_seven_in_one_direction():
    """An equal value, or none, ends the run."""
    assert (0, 0, 0, 0, 0, 0, -1) == seven_in_one_direction([7, 6, 5, 4, 3, 2, 1])
    assert not any(seven_in_one_direction([1, 2, 3, None, 4, 5, 6, 7]))
    assert not any(seven_in_one_direction([1, 2, 3, 3, 4, 5, 6]))
    with pytest.raises(InvalidValue):
        seven_in_one_direction([math.nan])


def test_two_of_three_need_one_side():
    """Three in a row on one side, two of them near its limit."""
    assert (True, True, True) == two_of_three([True, False, True], [-1, -1, -1])
    assert (False, False, False) == two_of_three([True, False, True], [1, 0, 1])
    assert (False, False) == two_of_three([True, True], [1, 1])


def test_each_rule_says_what_it_needs():
    """In words, and in years."""
    assert {
        RunRule.OUTSIDE_LIMITS: 8,
        RunRule.TWO_OF_THREE: 8,
        RunRule.SHIFT: 8,
        RunRule.TREND: 7,
    } == {rule: rule.min_points for rule in RunRule}
    assert len({rule.label for rule in RunRule}) == len(RunRule)


@each_of("years", range(3, 14))
def test_a_year_in_the_middle_can_only_lie_beyond_its_own_limits_from_eight_on(years):
    """However far it strays: that is why the rule needs eight."""
    middle = [0] * years
    middle[years // 2] = 10**9

    assert any(xmr_limits(middle).beyond()) is (years >= RunRule.OUTSIDE_LIMITS.min_points)


def test_screening_leaves_ranges_that_differ():
    """Of seven ranges one differs from zero: it is kept, or there would be no spread at all."""
    limits = xmr_limits([0, 0, 0, 0, 0, 0, 0, 1])

    assert 1 == limits.ranges
    assert 0.38 == pytest.approx(limits.limits_at(0)[1] - 0.125)


def test_small_counts_have_poisson_limits():
    """A mean of 2: eight and more have a probability of 0.0011, seven and more of 0.0045."""
    limits = c_limits([2] * 9 + [None])

    assert (ControlChartType.C, Fraction(2), (0.0, 7.0), None) == (
        limits.kind,
        limits.centre,
        limits.limits_at(0),
        limits.limits_at(9),
    )
    assert c_limits([None]) is None
    assert ((0.0, 0.0), (1.0, 1.0)) == (c_limits([0, 0]).limits_at(0), poisson_tails(0, 0.0))
    for odd in (-1, Fraction(1, 2)):
        with pytest.raises(InvalidValue):
            c_limits([1, odd])


def test_limits_of_small_counts_have_a_lower_one_too():
    """A mean of nine: no case or one has a probability of 0.0012."""
    assert 2.0 == c_limits([9] * 8).limits_at(0)[0]
    assert c_limits([9] * 8 + [1]).limits_at(0)[0] == 1.0


def test_one_share_or_count_alone_does_not_vary():
    """There is nothing that it could differ from."""
    assert ControlChartType.P is p_limits([Proportion(1, 10), Proportion(9, 10)]).kind
    assert ControlChartType.C is c_limits([0, 30]).kind


def test_a_count_as_likely_as_not_has_a_side():
    """Where ln 2 are expected none is half of all, and so is one or more, but for the last digit of a float."""
    assert (-1, 1) == sides_of_counts([Fraction(0), Fraction(1)], Fraction(math.log(2)))
