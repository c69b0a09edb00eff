"""What so many cases can say."""

from fractions import Fraction

import pytest
from tests.support.tables import each_of

from lgsco import Proportion, Verdict
from lgsco.errors import InvalidValue
from lgsco.stats import BenchmarkRange, verdict_of
from lgsco.stats.verdicts import consistent_counts, exact_verdict, minimum_detectable_rates, score_verdict

SIXTY_SIX = BenchmarkRange(Fraction(66, 100), Fraction(66, 100))
PRINTED_66 = BenchmarkRange(Fraction(655, 1000), Fraction(665, 1000))
PRINTED_100 = BenchmarkRange(Fraction(995, 1000), Fraction(1))
PRINTED_9 = BenchmarkRange(Fraction(85, 1000), Fraction(95, 1000))


@each_of(
    ("count", "total", "target", "verdict"),
    [
        (19, 22, PRINTED_66, Verdict.BORDERLINE),
        (20, 22, PRINTED_66, Verdict.HIGHER),
        (15, 22, PRINTED_66, Verdict.NOT_DISTINGUISHABLE),
        (9, 22, PRINTED_66, Verdict.LOWER),
        (12, 12, PRINTED_100, Verdict.NOT_DISTINGUISHABLE),
        (11, 12, PRINTED_100, Verdict.BORDERLINE),
        (10, 12, PRINTED_100, Verdict.LOWER),
        (3, 19, PRINTED_9, Verdict.NOT_DISTINGUISHABLE),
        (0, 0, PRINTED_66, Verdict.NO_RATE),
        (1, 1, SIXTY_SIX, Verdict.TOO_FEW),
        (0, 2, SIXTY_SIX, Verdict.TOO_FEW),
    ],
)
def test_verdicts_of_real_figures(count, total, target, verdict):
    """Worcestershire's three statistics of 2019-20, and what stands next to them."""
    assert verdict == verdict_of(Proportion(count, total), target)


def test_the_two_families_differ_on_worcestershire():
    """The score test tells 19 of 22 from 66%, its exact check does not."""
    rate, target = Proportion(19, 22), Fraction(66, 100)

    assert (Verdict.HIGHER, Verdict.NOT_DISTINGUISHABLE) == (score_verdict(rate, target), exact_verdict(rate, target))


def test_one_failure_in_twelve_may_be_chance_and_two_are_not():
    """Against a printed 100%."""
    assert range(11, 13) == consistent_counts(12, PRINTED_100)


def test_the_nearest_rates_that_would_be_told_apart():
    """On a side on which there is none, none is given."""
    below, above = minimum_detectable_rates(22, SIXTY_SIX)

    assert (0.35, 0.93) == (round(below, 2), round(above, 2))
    assert minimum_detectable_rates(12, PRINTED_100)[1] is None
    assert (None, None) == minimum_detectable_rates(1, SIXTY_SIX)


def test_a_target_is_made_of_shares():
    """Each end is a fraction from 0 to 1."""
    with pytest.raises(InvalidValue) as caught:
        BenchmarkRange(Fraction(1, 2), Fraction(3, 2))
    with pytest.raises(InvalidValue) as turned:
        BenchmarkRange(Fraction(3, 4), Fraction(1, 4))
    with pytest.raises(InvalidValue):
        BenchmarkRange(0.5, 1)

    assert all(0 < end < 1 for end in BenchmarkRange(Fraction(0), Fraction(1)).ends)
    assert ("high", "low") == (caught.value.problems[0].place.path, turned.value.problems[0].place.path)


def test_a_count_on_the_limit_is_not_beyond_it():
    """One case where 1 in 40 is the rate is as rare as the limit, 2.5%, and no rarer."""
    fortieth = Fraction(1, 40)

    assert Verdict.NOT_DISTINGUISHABLE is exact_verdict(Proportion(1, 1), fortieth)
    assert Verdict.HIGHER is exact_verdict(Proportion(1, 1), fortieth - Fraction(1, 10**6))


def test_what_is_detectable_needs_cases_and_a_power():
    """All that is wrong at once."""
    with pytest.raises(InvalidValue) as caught:
        minimum_detectable_rates(0, SIXTY_SIX, 0.95, 1.0)

    assert ["total", "power"] == [each.place.path for each in caught.value.problems]
