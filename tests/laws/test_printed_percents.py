"""
Laws of percentages as printed.

- A percentage holds exactly the rates that print so, and every rate prints in exactly one way.
- Every printed figure maps back to counts that contain the true ones, and to no others.
- The limits of its range and what is in it agree; the ranges of two neighbours meet.
"""

import sys
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lgsco import PrintedPercent, Proportion, strategies

RATES = strategies.proportions(defined=True)
PERCENTS = strategies.printed_percents()
PLACES = st.integers(0, 3)
POSITIVE = st.integers(1, 100).map(PrintedPercent) | st.integers(1, 1_000).map(
    lambda tenths: printed(Proportion(tenths, 1_000), 1)
)
SHARES = st.fractions(0, 1) | strategies.proportions(defined=True).map(lambda rate: rate.value)


def printed(rate, places):
    return PrintedPercent(rate.percent(places), places=places)


@given(RATES, PLACES)
def test_a_rate_is_in_what_is_printed_of_it(rate, places):
    """Printing loses no more than the range that it stands for."""
    assert rate.value in printed(rate, places)


@given(RATES, PERCENTS)
def test_a_percentage_holds_the_rates_that_print_so(rate, percent):
    """A rate is in a percentage exactly where it prints so."""
    assert (rate.percent(percent.places) == percent.value) == (rate.value in percent)


@given(RATES, PLACES)
def test_the_true_numerator_is_among_those_that_fit(rate, places):
    """The counts that a percentage and a base allow contain the true one."""
    assert rate.numerator in printed(rate, places).numerators(rate.denominator)


@given(RATES, PLACES)
def test_the_true_denominator_is_among_those_that_fit(rate, places):
    """The bases that a percentage and a count allow contain the true one."""
    assert rate.denominator in printed(rate, places).denominators(rate.numerator)


@given(PERCENTS, st.integers(0, 80))
def test_the_numerators_are_all_that_print_so(percent, denominator):
    """By trial of every count: those that print so, and no others."""
    tried = [
        count
        for count in range(denominator + 1)
        if Proportion(count, denominator).percent(percent.places) == percent.value
    ]

    assert tried == [*percent.numerators(denominator)]


@given(PERCENTS, st.integers(0, 30))
def test_the_denominators_are_all_that_print_so(percent, numerator):
    """By trial of every base up to a hundred: those that print so, and no others."""
    bases = range(numerator, 101)
    tried = [base for base in bases if Proportion(numerator, base).percent(percent.places) == percent.value]

    assert tried == [base for base in bases if base in percent.denominators(numerator)]


@given(POSITIVE, st.integers(1, 10_000))
def test_the_denominators_end_where_they_must(percent, numerator):
    """The first and the last base that fit print so, the one before and the one after do not, however large."""
    bases = percent.denominators(numerator)
    beside = {bases.start - 1: False, bases.stop: False} | ({bases[0]: True, bases[-1]: True} if bases else {})

    assert beside == {
        base: base >= numerator and Proportion(numerator, base).percent(percent.places) == percent.value
        for base in beside
    }


@given(st.integers(0, 10_000))
def test_any_number_from_some_on_makes_nought_per_cent(numerator):
    """Nought per cent says of a base only how large it is at least."""
    bases = PrintedPercent(0).denominators(numerator)

    assert (200 * numerator + 1, sys.maxsize) == (bases.start, bases.stop)


@given(PERCENTS, SHARES)
def test_the_limits_say_what_is_in_it(percent, share):
    """The range is half open, but for the rate 1 at its end."""
    assert (percent.lower <= share < percent.upper or share == percent.upper == 1) == (share in percent)


@given(PERCENTS)
def test_the_least_rate_prints_so(percent):
    """The lower limit is in the range, and the upper only at 100%."""
    assert percent.lower in percent
    assert (percent.value == 100) == (percent.upper in percent)


@given(st.integers(0, 3).flatmap(lambda places: st.tuples(st.just(places), st.integers(0, 100 * 10**places - 1))))
def test_the_ranges_of_neighbours_meet(drawn):
    """Where the range of one percentage ends that of the next begins: no rate prints twice, or not at all."""
    places, units = drawn
    one, following = (printed(Proportion(count, 100 * 10**places), places) for count in (units, units + 1))

    assert one.upper == following.lower


@given(PERCENTS)
def test_a_percentage_is_at_the_middle_of_its_range(percent):
    """Its own value prints so, and lies half a unit from the limits unless they are nought or one."""
    value = Fraction(percent.value) / 100
    half = Fraction(1, 200 * 10**percent.places)

    assert value in percent
    assert (max(value - half, 0), min(value + half, 1)) == (percent.lower, percent.upper)


@given(PERCENTS)
def test_of_no_cases_there_is_no_count(percent):
    """No percentage is printed of nothing."""
    assert not percent.numerators(0)
