"""Empirical Bayes shrinkage: examples worked by hand, the edges, and what is refused."""

import datetime as dt
from fractions import Fraction

import pytest
from tests.support.refusals import fields

from lgsco import (
    AnnualReview,
    Authority,
    AuthorityType,
    InvestigationTally,
    Population,
    Register,
    ReportingYear,
    per_population_measure,
    uphold_rate,
)
from lgsco.comparison import ShrinkageMethod, shrink
from lgsco.comparison.shrinkage import beta_binomial_weights, marshall_weights
from lgsco.errors import EmptyInput, InvalidValue, NotComparable
from lgsco.model import RegisterEntry

YEAR = ReportingYear(2025)
COUNTIES = [Authority(f"County {n}", AuthorityType.COUNTY_COUNCIL) for n in range(6)]


def reviews(*counts):
    """One council's review for each pair of upheld and not upheld."""
    return [
        AnnualReview(council, YEAR, investigations=None if count is None else InvestigationTally(*count))
        for council, count in zip(COUNTIES, counts, strict=False)
    ]


def test_marshalls_weights_by_hand():
    """
    1, 2 and 9 events among 10, 10 and 20.

    Pooled 0.3; the weighted variance is (10 * 0.04 + 10 * 0.01 + 20 * 0.0225) / 40 = 0.02375, of which chance gives
    0.3 * 3 / 40 = 0.0225; what is left is 0.00125, weighed against 0.3 / 10 and 0.3 / 20.
    """
    pooled, between, weights = marshall_weights([(1, 10), (2, 10), (9, 20)])

    assert Fraction(3, 10) == pooled
    assert 0.00125 == pytest.approx(between)
    assert [0.00125 / 0.03125, 0.00125 / 0.03125, 0.00125 / 0.01625] == pytest.approx(weights)


def test_beta_binomial_weights_by_hand():
    """
    8 and 4 of 10, with two of 6: chi-squared is 10/3 on 3 degrees of freedom, so the correlation is 1/3 over its most.

    The most is N - Σn²/N - 3 = 40 - 10 - 3 = 27, so the correlation is 1/81 and the weight 10/81 over 10/81 + 80/81.
    """
    pooled, between, weights = beta_binomial_weights([(8, 10), (4, 10), (6, 10), (6, 10)])

    assert Fraction(3, 5) == pooled
    assert 0.24 / 81 == pytest.approx(between)
    assert [10 / 90] * 4 == pytest.approx(weights)


@pytest.mark.parametrize("weigh", [marshall_weights, beta_binomial_weights])
def test_where_chance_explains_all_the_group_gets_all_the_weight(weigh):
    """Equal rates have no spread, nor have none of so many, and a council without cases has no weight."""
    assert (0.0, [0.0, 0.0, 0.0]) == weigh([(5, 10), (10, 20), (0, 0)])[1:]
    assert (0.0, [0.0, 0.0]) == weigh([(0, 10), (0, 20)])[1:]


def test_councils_of_one_case_each_say_nothing_of_their_spread():
    """Two cases of one council are needed to be alike."""
    assert (0.0, [0.0] * 4) == beta_binomial_weights([(1, 1), (0, 1), (1, 1), (0, 1)])[1:]


def test_councils_that_are_all_or_nothing_keep_their_own_rate():
    """Every case of one council being alike, its own rate is all there is to know."""
    assert [1.0] * 4 == beta_binomial_weights([(9, 9), (0, 9), (9, 9), (0, 9)])[2]


def test_each_rate_moves_towards_the_group():
    """The fewer its cases the further; without cases there is no rate to move, and what is not known stays so."""
    made = shrink(reviews((8, 2), (80, 20), (4, 6), (40, 60), (6, 4), (0, 0)), uphold_rate)
    few, many, *_, none = made.points

    assert Fraction(138, 230) == made.pooled
    assert float(made.pooled) < few.estimate < many.estimate < 0.8
    assert few.weight < many.weight
    assert (None, None) == (none.estimate, none.weight)
    assert few.estimate == pytest.approx(0.6 + few.weight * 0.2)
    assert ShrinkageMethod.BETA_BINOMIAL is made.method


def test_too_few_councils_are_no_group():
    """Under five rates nothing is moved, and it says why."""
    made = shrink(reviews((8, 2), (4, 6), (4, 6), None), uphold_rate)

    assert (None, None) == (made.pooled, made.between_variance)
    assert {None} == {point.estimate for point in made.points}
    assert made.insufficient_data.startswith("only 3 rates")
    assert (COUNTIES[3],) == made.group.missing


def test_with_a_register_it_knows_how_much_of_the_group_is_held():
    """Under half of it nothing is moved."""
    others = [Authority(f"Other {n}", AuthorityType.COUNTY_COUNCIL) for n in range(6)]
    register = Register([RegisterEntry(one, group=AuthorityType.COUNTY_COUNCIL) for one in [*COUNTIES, *others]])
    made = shrink(reviews((8, 2), (4, 6), (4, 6), (1, 1), (1, 1)), uphold_rate, register=register)

    assert (AuthorityType.COUNTY_COUNCIL, 12) == (made.group.type, made.group.size)
    assert "only 5 of the group's 12 councils are held" == made.insufficient_data


def populations(people=100_000):
    return {(council, YEAR): Population(people, dt.date(2023, 6, 30)) for council in COUNTIES}


def test_rates_per_population_are_marshalls():
    """Estimates are for so many residents, as the rates are."""
    measure = per_population_measure(populations())
    made = shrink(reviews((8, 2), (80, 20), (4, 6), (40, 60), (6, 4)), measure, method="marshall")

    assert Fraction(138, 5) == made.pooled
    assert made.points[0].estimate == pytest.approx(27.6 + made.points[0].weight * (8 - 27.6))
    counts = [(count, 100_000) for count in (8, 80, 4, 40, 6)]
    assert made.between_variance == pytest.approx(marshall_weights(counts)[1] * 100_000**2)
    assert 0.0 < made.between_variance


def test_a_beta_binomial_is_for_shares():
    """A resident may bring several complaints."""
    with pytest.raises(InvalidValue) as caught:
        shrink(reviews((8, 2)), per_population_measure(populations()))

    assert ["method"] == fields(caught)


def test_what_is_no_group_in_one_year_is_refused():
    """As a funnel refuses it."""
    one = reviews((1, 1))[0]
    with pytest.raises(EmptyInput):
        shrink([], uphold_rate)
    with pytest.raises(NotComparable):
        shrink([one, one], uphold_rate)
    with pytest.raises(NotComparable):
        shrink([one, AnnualReview(Authority("Unitary", AuthorityType.UNITARY_COUNCIL), YEAR)], uphold_rate)
    with pytest.raises(InvalidValue):
        shrink([one], uphold_rate, method="james-stein")
