"""
What claims an error rate keeps it, where nothing is to be found.

Small counts are added up exactly; the rest is drawn with a seed, so that the result is the same each time. The whole
table, with more draws, is in *Methods*; ``benchmarks/error_rates.py`` makes it.
"""

import itertools
from fractions import Fraction

import numpy as np
from tests.support.tables import each_of

from lgsco import (
    AnnualReview,
    Authority,
    AuthorityType,
    InvestigationTally,
    Proportion,
    ReportingYear,
    ServiceArea,
    uphold_rate,
)
from lgsco.comparison import funnel
from lgsco.series import History, early_warnings, p_chart, trend, upheld_decisions, xmr_chart
from lgsco.series.changes import Change
from lgsco.stats import BenchmarkRange, Verdict, verdict_of
from lgsco.stats.control_limits import exact_tails
from lgsco.stats.distributions import binomial_mass, is_rarer

ME = Authority("Barset County Council", AuthorityType.COUNTY_COUNCIL)
DECIDED = {Verdict.HIGHER, Verdict.LOWER}
TARGETS = [Fraction(per_cent, 100) for per_cent in range(5, 100, 5)]


def history(pairs):
    """Years of upheld among investigated, one after the other."""
    return History(
        ME,
        tuple(
            AnnualReview(ME, ReportingYear(2001 + index), investigations=InvestigationTally(int(k), int(n) - int(k)))
            for index, (k, n) in enumerate(pairs)
        ),
    )


def outcomes(cases, rate, years):
    """Every outcome of so many years, with its probability."""
    for counts in itertools.product(range(cases + 1), repeat=years):
        chance = 1.0
        for count in counts:
            chance *= binomial_mass(count, cases, rate)
        yield [(count, cases) for count in counts], chance


@each_of("cases", [1, 5, 12, 40])
def test_verdicts_and_exact_positions_are_wrong_in_five_of_a_hundred_at_most(cases):
    """At every target, added up over all counts."""
    for target in TARGETS:
        rates = [Proportion(count, cases) for count in range(cases + 1)]
        chances = [binomial_mass(rate.numerator, cases, float(target)) for rate in rates]
        decided = [verdict_of(rate, BenchmarkRange(target, target)) in DECIDED for rate in rates]
        outside = [is_rarer(min(exact_tails(rate, target)), 0.025) for rate in rates]

        assert sum(itertools.compress(chances, decided)) <= 0.05
        assert sum(itertools.compress(chances, outside)) <= 0.05


@each_of("how", [{"overdispersion": "additive"}, {"limits": "beta-binomial"}])
def test_widened_limits_are_crossed_by_one_in_ten_at_most(how):
    """Of 40 groups of 20 councils whose rates vary about 70% by 8 points and no further."""
    draw = np.random.default_rng(6)
    outside = 0
    for _ in range(40):
        upheld = draw.binomial(40, draw.beta(0.7 * 31.8, 0.3 * 31.8, 20))
        councils = [
            AnnualReview(
                Authority(f"County {index}", AuthorityType.COUNTY_COUNCIL),
                ReportingYear(2024),
                investigations=InvestigationTally(int(count), 40 - int(count)),
            )
            for index, count in enumerate(upheld)
        ]
        outside += len(funnel(councils, uphold_rate, **how).outliers)

    assert outside <= 80


@each_of("rate", [0.5, 0.8])
def test_changes_are_wrong_in_five_of_a_hundred_at_most(rate):
    """Over all outcomes of two years of ten cases."""
    false = sum(
        chance
        for pairs, chance in outcomes(10, rate, 2)
        if Change(*history(pairs).reviews, measure=uphold_rate).verdict in DECIDED
    )
    assert false <= 0.05


@each_of(("cases", "rate"), [(2, 0.5), (5, 0.5), (5, 0.8)])
def test_trends_are_wrong_in_five_of_a_hundred_at_most(cases, rate):
    """Over all outcomes of three years."""
    false = sum(
        chance for pairs, chance in outcomes(cases, rate, 3) if trend(history(pairs), uphold_rate).verdict in DECIDED
    )
    assert false <= 0.05


@each_of("mean", [0.05, 0.5, 2, 8])
def test_charts_of_small_counts_rarely_signal(mean):
    """Of 200 series of ten years at most 3% have any signal."""
    draw = np.random.default_rng(1)
    found = [
        xmr_chart(
            history([(count, count) for count in draw.poisson(mean, 10)]),
            upheld_decisions,
            title="Upheld",
            across_breaks=True,
        ).signals
        for _ in range(200)
    ]
    assert sum(map(bool, found)) <= 6


def test_charts_of_larger_counts_signal_as_often_as_is_said():
    """Of 300 series of ten years about 6%."""
    draw = np.random.default_rng(2)
    found = [
        xmr_chart(
            history([(count, count) for count in draw.poisson(30, 10)]),
            upheld_decisions,
            title="Upheld",
            across_breaks=True,
        ).signals
        for _ in range(300)
    ]
    assert 6 <= sum(map(bool, found)) <= 30


@each_of(("cases", "rate"), [(5, 0.9), (40, 0.5), (400, 0.8)])
def test_charts_of_shares_rarely_signal(cases, rate):
    """Of 200 series of ten years at most 3%."""
    draw = np.random.default_rng(3)
    found = [
        p_chart(history([(count, cases) for count in draw.binomial(cases, rate, 10)]), uphold_rate, across_breaks=True)
        for _ in range(200)
    ]
    assert sum(bool(chart.signals) for chart in found) <= 6


@each_of(("years", "councils"), [(2, 200), (10, 50)])
def test_early_warnings_are_rare_without_an_effect(years, councils):
    """Of councils without any change at most 5% get a warning of any kind, at 1 to 30 cases a year in nine areas."""
    draw = np.random.default_rng(4)

    def council():
        made = {}
        for area in ServiceArea:
            totals = draw.poisson(draw.uniform(1, 30), years)
            made[area] = history([(draw.binomial(total, 0.7), total) for total in totals])
        return made

    warned = [
        any(one.warns for one in early_warnings(council(), uphold_rate, across_breaks=True)) for _ in range(councils)
    ]
    assert sum(warned) <= 0.05 * councils
