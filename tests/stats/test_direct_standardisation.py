"""Directly standardised rates by hand, and what is refused."""

import datetime as dt
from fractions import Fraction

import pytest
from tests.support.refusals import fields
from tests.support.tables import each_of

from lgsco import Population, PopulationRate
from lgsco.errors import EmptyInput, InvalidValue
from lgsco.stats import directly_standardised_rate, dobson_interval


def rate(events, people):
    """Events among so many people."""
    return PopulationRate(events, Population(people, dt.date(2021, 6, 30)))


YOUNG, OLD = rate(4, 2000), rate(9, 1000)


def test_a_standard_population_weights_the_strata():
    """2 and 9 for each thousand, weighted 5 to 3; the area's own weights give its crude rate."""
    assert Fraction(37, 8) == directly_standardised_rate([YOUNG, OLD], [5000, 3000], per=1000)
    assert Fraction(13, 3) == directly_standardised_rate([YOUNG, OLD], [2000, 1000], per=1000)


def test_a_single_stratum_has_the_limits_of_its_count():
    """Whatever its weight."""
    made, own = dobson_interval([OLD, YOUNG], [1000, 2000], method="exact"), rate(13, 3000).interval(method="exact")

    assert (own.lower, own.upper) == pytest.approx((made.lower, made.upper), rel=1e-12)
    assert "dobson, exact" == made.method


def test_fewer_than_ten_events_have_no_interval():
    """They would not bear one."""
    assert dobson_interval([OLD], [1]) is None
    assert dobson_interval([rate(10, 1000)], [1]) is not None


@each_of(
    ("rates", "standard", "field"),
    [
        ([1], [1], "rates"),
        ([YOUNG], [0], "standard"),
        ([YOUNG], [1, 2], "standard"),
        ([rate(1, 0)], [1], "rates"),
    ],
)
def test_strata_that_cannot_be_weighted_are_refused(rates, standard, field):
    """Each by its argument."""
    with pytest.raises(InvalidValue) as caught:
        directly_standardised_rate(rates, standard)

    assert [field] == fields(caught)


def test_no_strata():
    """There is nothing to standardise."""
    with pytest.raises(EmptyInput):
        directly_standardised_rate([], [])
    with pytest.raises(InvalidValue) as caught:
        directly_standardised_rate([YOUNG], [1], per=0)
    assert ["per"] == fields(caught)
