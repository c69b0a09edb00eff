"""Probabilities at their edges; agreement with other libraries stands in ``tests/agreement``."""

import math
from decimal import Decimal, localcontext

import pytest
from tests.support.tables import each_of

from lgsco.stats.beta_binomial import _GREGORY, beta_binomial_mass, beta_binomial_tails
from lgsco.stats.distributions import (
    beta_tails,
    binomial_mass,
    binomial_tails,
    chi_squared_tail,
    gamma_tails,
    hypergeometric_mass,
    poisson_mass,
    poisson_tails,
    smaller_binomial_tail,
    solve,
)


@each_of(
    ("count", "total", "rate", "mass"),
    [(0, 5, 0.0, 1.0), (1, 5, 0.0, 0.0), (5, 5, 1.0, 1.0), (4, 5, 1.0, 0.0), (0, 2, 0.5, 0.25), (2, 2, 0.25, 0.0625)],
)
def test_a_binomial_probability_at_the_edges(count, total, rate, mass):
    """A rate of 0 or 1 leaves one count possible; none and all are powers."""
    assert mass == pytest.approx(binomial_mass(count, total, rate), rel=1e-15)


def test_none_and_all_keep_their_digits():
    """One failure in a thousand million cases is nearly certain not to come."""
    assert math.exp(10 * math.log1p(-1e-12)) == binomial_mass(0, 10, 1e-12)
    # A rate that a float cannot tell from one, with what is left of it.
    assert 1e-40 == pytest.approx(binomial_mass(0, 2, 1.0, 1e-20), rel=1e-12)


def test_the_tails_at_both_ends_of_the_scale():
    """Below nought there is nothing, above one everything."""
    assert (0.0, 1.0) == beta_tails(0.0, 2.0, 3.0)
    assert (1.0, 0.0) == beta_tails(1.0, 2.0, 3.0)
    assert (0.0, 1.0) == gamma_tails(0.0, 2.0)


def test_the_tails_of_a_coin():
    """Both tails hold the count itself."""
    at_most, at_least = binomial_tails(1, 3, 0.5)

    assert (0.5, 0.875) == (pytest.approx(at_most), pytest.approx(at_least))
    assert 1.0 == binomial_tails(3, 3, 0.5)[0] == binomial_tails(0, 3, 0.5)[1]


@each_of("total", [1, 2, 7, 30])
@each_of("rate", [0.03, 0.5, 0.66, 0.97])
def test_the_smaller_tail_is_the_smaller_tail(total, rate):
    """Found by working out one of them where that is enough."""
    for count in range(total + 1):
        assert min(binomial_tails(count, total, rate)) == smaller_binomial_tail(count, total, rate)


def test_drawing_without_putting_back():
    """Two aces from a pack in two draws; drawing nothing, or everything, leaves one count possible."""
    assert 4 / 52 * 3 / 51 == pytest.approx(hypergeometric_mass(2, 2, 4, 48), rel=1e-14)
    assert (1.0, 0.0) == (hypergeometric_mass(0, 0, 4, 48), hypergeometric_mass(1, 0, 4, 48))
    assert (1.0, 0.0) == (hypergeometric_mass(4, 52, 4, 48), hypergeometric_mass(3, 52, 4, 48))


def test_a_root_is_found_from_a_bad_start_and_without_a_slope():
    """Falling or rising, from outside the bracket, and where Newton's step is of no use."""
    assert 0.25 == pytest.approx(solve(lambda x: (x - 0.25, 1.0), 0.0, 1.0, 7.0, rising=True))
    assert 0.25 == pytest.approx(solve(lambda x: (0.25 - x, -1.0), 0.0, 1.0, 0.9, rising=False))
    assert 0.25 == pytest.approx(solve(lambda x: (x - 0.25, 0.0), 0.0, 1.0, 0.5, rising=True))


def test_steps_that_lead_nowhere_give_way_to_halving():
    """A slope a million times too steep would let Newton creep for ever."""
    assert 0.25 == pytest.approx(solve(lambda x: (x - 0.25, 1e6), 0.0, 1.0, 0.9, rising=True), rel=1e-12)


def test_a_beta_binomial_by_hand():
    """Under a uniform rate every count of 3 is as likely as any other; with one case it is the mean alone."""
    assert [0.25] * 4 == pytest.approx([beta_binomial_mass(count, 3, 1.0, 1.0) for count in range(4)])
    assert (0.25, 1.0) == pytest.approx(beta_binomial_tails(0, 3, 1.0, 1.0))
    assert (0.75, 0.5) == pytest.approx(beta_binomial_tails(2, 3, 1.0, 1.0))
    assert (0.4, 1.0) == pytest.approx(beta_binomial_tails(0, 1, 3.0, 2.0))
    assert (1.0, 1.0) == beta_binomial_tails(0, 0, 3.0, 2.0)


def added_up(count, total, a, b):
    """The beta-binomial probability of at most a count, by adding each to 40 digits."""
    with localcontext(prec=40):
        a, b, term = Decimal(a), Decimal(b), Decimal(1)
        for case in range(total):
            term *= (b + case) / (a + b + case)
        tail = term
        for case in range(count):
            term *= Decimal(total - case) / (case + 1) * (case + a) / (total - case - 1 + b)
            tail += term
    return float(tail)


def test_long_sums_of_beta_binomials_are_integrated():
    """About a smooth middle, a peak, a skew, and both ends where the rates are nearly all or nothing."""
    for count, total, a, b in (
        (18_000, 30_000, 14.0, 10.0),
        (3_000, 30_000, 1.5, 9.0),
        (12_000, 30_000, 0.7, 1.2),
        (11_500, 30_000, 140.0, 220.0),
        (29_000, 30_000, 0.5, 0.01),
        (29_999, 30_000, 0.09, 0.008),
        (500, 30_000, 2.2, 80.0),
        (7_199, 14_400, 1e7, 1e7),
        (14_990, 30_000, 500.0, 500.0),
    ):
        assert added_up(count, total, a, b) == pytest.approx(beta_binomial_tails(count, total, a, b)[0], rel=2e-12)
    for total, count in ((10**6, 5), (10**6, 999_990), (10**9, 4 * 10**8)):
        shares = (count + 1) / (total + 1), (total - count + 1) / (total + 1)
        assert shares == pytest.approx(beta_binomial_tails(count, total, 1.0, 1.0), rel=1e-12)
    assert (1.0, 0.0) == beta_binomial_tails(280_000, 670_000, 2_773.0, 5_220_596.0)


def test_the_ends_of_a_sum_that_is_integrated():
    """With what is added at both ends the integral is the sum of any polynomial of the fifth degree."""
    for degree in range(6):
        powers = [number**degree for number in range(21)]
        ends = math.fsum(weight * (powers[n] + powers[-1 - n]) for n, weight in enumerate(_GREGORY))
        assert sum(powers) == pytest.approx(20 ** (degree + 1) / (degree + 1) + ends, rel=1e-13)


def test_a_chi_squared_of_two_degrees_is_an_exponential():
    """With twice the mean, and nothing is above nought less than everything."""
    assert math.exp(-1.5) == pytest.approx(chi_squared_tail(3.0, 2))
    assert 1.0 == chi_squared_tail(0.0, 1)


def test_the_tails_of_events():
    """None is at least none for certain; where none is expected there is none."""
    assert (math.exp(-2.0), 1.0) == pytest.approx(poisson_tails(0, 2.0), rel=1e-14)
    assert [math.exp(-2.0), math.exp(-2.0) * 8 / 6] == pytest.approx([poisson_mass(0, 2.0), poisson_mass(3, 2.0)])
    assert [(1.0, 1.0), (1.0, 0.0)] == [poisson_tails(count, 0.0) for count in (0, 3)]
