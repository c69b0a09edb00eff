"""What exact methods refuse, where floats would run out of digits or the work would have no bound."""

import datetime as dt
from fractions import Fraction

import pytest
from tests.support.refusals import fields
from tests.support.tables import each_of

from lgsco import Population, PopulationRate, Proportion
from lgsco.errors import InvalidValue
from lgsco.stats import BenchmarkRange, binomial_test, fisher_test, verdict_of
from lgsco.stats.chart_limits import c_limits, p_limits
from lgsco.stats.control_limits import beta_binomial_limits, exact_limits, exact_tails, poisson_limits
from lgsco.stats.intervals import MOST_CASES
from lgsco.stats.rule_p_values import odd_rate_p_value
from lgsco.stats.verdicts import consistent_counts, minimum_detectable_rates

TWO_THIRDS = Fraction(2, 3)
BENCHMARK = BenchmarkRange(Fraction(655, 1000), Fraction(665, 1000))
MANY = MOST_CASES + 1
VAST = Proportion(MANY // 2, MANY)
EVENTS = PopulationRate(MANY, Population(60_000_000, dt.date(2021, 6, 30)))

REFUSED = {
    "verdict_of": lambda: verdict_of(VAST, BENCHMARK),
    "consistent_counts": lambda: consistent_counts(MANY, BENCHMARK),
    "minimum_detectable_rates": lambda: minimum_detectable_rates(MANY, BENCHMARK),
    "binomial_test": lambda: binomial_test(VAST, TWO_THIRDS),
    "fisher_test": lambda: fisher_test(VAST, VAST),
    "clopper-pearson": lambda: VAST.interval(method="clopper-pearson"),
    "exact events": lambda: EVENTS.interval(method="exact"),
    "exact_limits": lambda: exact_limits(MANY, TWO_THIRDS, 0.95),
    "poisson_limits": lambda: poisson_limits(float(MANY), 0.95),
    "exact_tails": lambda: exact_tails(VAST, TWO_THIRDS),
    "exact_tails of events": lambda: exact_tails(EVENTS, Fraction(5)),
    "exact_tails, spread": lambda: exact_tails(VAST, TWO_THIRDS, 0.01),
    "beta_binomial_limits": lambda: beta_binomial_limits(MANY, TWO_THIRDS, 0.95, tau_squared=0.01),
    "p_limits": lambda: p_limits([VAST, None, VAST]),
    "c_limits": lambda: c_limits([MANY, MANY]),
    "odd_rate_p_value": lambda: odd_rate_p_value([VAST, VAST]),
}


def test_more_cases_than_a_method_is_right_for_are_refused():
    """Each by the name of the argument, with the most that is allowed."""
    for name, refused in REFUSED.items():
        with pytest.raises(InvalidValue) as caught:
            refused()

        assert fields(caught), name
        assert all("is more than 1,000,000,000" in problem.reason for problem in caught.value.problems), name


def test_closed_forms_take_any_count():
    """Wilson's limits and Byar's are right at any count; and the exact switch is for few."""
    assert VAST.interval() is not None
    assert EVENTS.interval(method="byar-or-exact") == EVENTS.interval(method="byar-or-exact")


@each_of("confidence", [0.95, 0.998, 0.999998])
@each_of("target", [Fraction(999, 1_000), Fraction(99, 100), Fraction(1, 1_000)])
def test_beta_binomial_limits_of_hardly_any_spread_are_exact_ones(target, confidence):
    """However skew the tail, in which the sum is to be taken further back than it begins."""
    spread = beta_binomial_limits(1_000, target, confidence, tau_squared=1e-13)

    assert pytest.approx(exact_limits(1_000, target, confidence), abs=1e-5) == spread
