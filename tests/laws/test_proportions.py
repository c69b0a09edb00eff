"""
Laws of rates.

- A rate and its complement make one.
- A percentage is the exact share rounded once, halves up: within half a unit, by whole numbers.
- More of the same cases never lower a percentage.
- A measure is one count over another, each by its name, and not known where either is not.
- A measure of a review is the measure of the tally that it rests on, and says nothing where that is not known.
- The rate of a sum is the rate of the pooled cases.
- Pooling in parts, in any order, is pooling all; nothing pooled is 0 of 0.
"""

import math
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from tests.support.tables import each_of

from lgsco import (
    Proportion,
    compliance_rate,
    investigation_rate,
    late_compliance_rate,
    pooled,
    satisfactory_remedy_rate,
    strategies,
    uphold_rate,
)

RATES = strategies.proportions(defined=True)
PLACES = st.integers(0, 6)
OVER = {
    uphold_rate: ("investigations", strategies.investigation_tallies, "upheld", "total"),
    compliance_rate: ("compliance", strategies.compliance_tallies, "complied", "total"),
    satisfactory_remedy_rate: ("investigations", strategies.investigation_tallies, "satisfactory_remedies", "upheld"),
    late_compliance_rate: ("compliance", strategies.compliance_tallies, "late", "complied"),
    investigation_rate: ("overview", strategies.overviews, "investigated", "total"),
}


@given(RATES)
def test_a_rate_and_its_complement_make_one(rate):
    """The share of the cases and the share of the others are the whole."""
    others = Proportion(rate.denominator - rate.numerator, rate.denominator)

    assert rate.value + others.value == 1


@given(RATES, PLACES)
def test_a_percentage_is_rounded_half_up(rate, places):
    """The percentage is the whole number of units that lies at most half a unit above, never half a unit below."""
    units = math.floor(rate.value * 100 * 10**places + Fraction(1, 2))

    assert Fraction(units, 10**places) == Fraction(rate.percent(places))


@given(RATES, PLACES)
def test_a_percentage_is_within_half_a_unit_of_the_rate(rate, places):
    """Rounding moves a rate by half a unit at most."""
    assert abs(Fraction(rate.percent(places)) - 100 * rate.value) <= Fraction(1, 2 * 10**places)


@given(RATES, PLACES)
def test_a_percentage_shows_as_many_places_as_were_asked_for(rate, places):
    """Trailing noughts are kept: 50.0 is more exact than 50."""
    assert -places == rate.percent(places).as_tuple().exponent


@given(st.integers(1, 5_000), st.data(), PLACES)
def test_one_case_more_never_lowers_a_percentage(denominator, data, places):
    """Percentages of one denominator are ordered as their numerators."""
    fewer = data.draw(st.integers(0, denominator - 1))

    assert Proportion(fewer, denominator).percent(places) <= Proportion(fewer + 1, denominator).percent(places)


@given(strategies.proportions())
def test_only_nothing_of_nothing_has_no_rate(rate):
    """A rate is missing exactly where there is nothing to share; nought of something is a rate."""
    assert (rate.denominator == 0) == (rate.value is None) == (rate.percent() is None) == (rate.interval() is None)


@given(strategies.population_rates(defined=True))
def test_a_rate_for_all_residents_is_all_events(rate):
    """A rate per population times the population gives the events back."""
    assert rate.events == rate.value * rate.population.people / rate.per


@given(strategies.population_rates(defined=True), PLACES)
def test_a_rounded_population_rate_is_within_half_a_unit(rate, places):
    """Rounding moves a rate by half a unit at most, and a half always up."""
    moved = Fraction(rate.rounded(places)) - rate.value

    assert -Fraction(1, 2 * 10**places) < moved <= Fraction(1, 2 * 10**places)


@each_of("measure", OVER)
@given(review=strategies.annual_reviews())
def test_a_measure_of_a_review_is_that_of_its_tally(measure, review):
    """A measure looks only at its own part of a review, or where that is missing at what follows from the decisions."""
    part = OVER[measure][0]
    held = getattr(review, part)
    if held is None and review.decided is not None:
        held = getattr(review.decided, part, None)

    assert (None if held is None else measure(held)) == measure(review)


@each_of("measure", OVER)
@given(data=st.data())
def test_a_measure_is_its_count_over_its_whole(measure, data):
    """A rate is known where its two counts are, and is the one over the other."""
    _, tallies, numerator, denominator = OVER[measure]
    tally = data.draw(tallies())
    counts = getattr(tally, numerator), getattr(tally, denominator)

    assert (None if None in counts else Proportion(*counts)) == measure(tally)


@each_of("measure", OVER)
@given(data=st.data())
def test_the_rate_of_a_sum_pools_the_cases(measure, data):
    """Adding tallies adds numerators and denominators; where one is not known, neither is the sum."""
    tallies = OVER[measure][1]()
    one, other = data.draw(tallies), data.draw(tallies)
    rates = measure(one), measure(other)

    assert measure(one + other) == (None if None in rates else pooled(rates))


@given(st.lists(strategies.proportions(), max_size=6), st.integers(0, 6))
def test_pooling_in_parts_is_pooling_all(rates, cut):
    """Whatever the parts and their order; the parts lie about the whole."""
    whole = pooled(iter(rates))

    assert pooled([pooled(rates[cut:]), pooled(rates[:cut])]) == whole
    assert whole.denominator == sum(rate.denominator for rate in rates)
    if values := [rate.value for rate in rates if rate.denominator]:
        assert min(values) <= whole.value <= max(values)


def test_nothing_pooled_is_nothing_over_nothing():
    """There is a proportion of no cases, and it has no value."""
    assert Proportion(0, 0) == pooled([])
