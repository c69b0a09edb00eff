"""An argument of the wrong type is refused by its name, and never answered with nothing or with another question."""

import datetime as dt
from fractions import Fraction

import pytest
from tests.support.refusals import fields

from lgsco import InvalidValue, InvestigationTally, Proportion, audit, compare, evolve, funnel, published, uphold_rate
from lgsco.comparison import funnels_by_group, group_rates, similar_authorities, standardise
from lgsco.model import per_population_measure, review_of, reviews_of, sum_tallies
from lgsco.series import change, complaints_received, early_warnings, history_of, p_chart, trend, xmr_chart
from lgsco.stats import (
    BenchmarkRange,
    Population,
    PopulationRate,
    binomial_test,
    difference,
    fisher_test,
    pooled,
    score_test,
    two_proportion_test,
    verdict_of,
)

DATA = published.dataset()
REGISTER = published.register()
KENT = REGISTER.find("Kent")
REVIEW = DATA.review(KENT, "2023-24")
HISTORY = DATA.history(KENT)
YEAR = REVIEW.year
FUNNEL = DATA.funnel("county_council", YEAR, uphold_rate)
ENTRY = REGISTER.entry(KENT)
PRINTED = DATA.printed[0]
HALF, RATE = Fraction(1, 2), Proportion(1, 2)
LAST_DAY = "2024-03-31"
DAY = dt.date(2020, 1, 1)
TALLY = InvestigationTally(1, 1)
PEOPLE = PopulationRate(1, Population(10, DAY))

REFUSALS = (
    # A Fraction has a numerator and a denominator, but they are not cases.
    (lambda: score_test(HALF, 0.5), ["rate"]),
    (lambda: binomial_test(HALF, 0.5), ["rate"]),
    (lambda: two_proportion_test(HALF, 1), ["first", "second"]),
    (lambda: fisher_test(RATE, HALF), ["second"]),
    (lambda: difference(HALF, RATE), ["first"]),
    (lambda: pooled([RATE, HALF]), ["parts"]),
    (lambda: pooled("half"), ["parts"]),
    (lambda: verdict_of(HALF, HALF), ["rate", "target"]),
    (lambda: verdict_of(RATE, BenchmarkRange(HALF, HALF), 95), ["confidence"]),
    (lambda: uphold_rate.counted_of(HALF), ["rate"]),
    (lambda: uphold_rate.describe(0.5), ["rate"]),
    (lambda: uphold_rate.part("Kent"), ["review"]),
    (lambda: FUNNEL.position(HALF), ["rate"]),
    (lambda: FUNNEL.is_outside(PEOPLE), ["rate"]),
    (lambda: FUNNEL.z_score(None), ["rate"]),
    (lambda: evolve(FUNNEL, target=None).p_value("half"), ["rate"]),
    # A day as text, which no authority without dates would be compared with.
    (lambda: ENTRY.exists_on(LAST_DAY), ["on"]),
    (lambda: REGISTER.find("Kent", LAST_DAY), ["on"]),
    (lambda: REGISTER.find("Kent", dt.datetime(2024, 3, 31, tzinfo=dt.UTC)), ["on"]),
    (lambda: REGISTER.find(None), ["name_or_code"]),
    (lambda: REGISTER.find_in_print("Kent", None), ["on"]),
    (lambda: REGISTER.in_group("county_council", LAST_DAY), ["on"]),
    (lambda: REGISTER.in_region("South East", None), ["on"]),
    (lambda: PRINTED.statistic(KENT), ["measure"]),
    (lambda: PRINTED.review("register"), ["register"]),
    (lambda: review_of("Kent", "2023-24", [], source="letter"), ["authority", "year", "source"]),
    (lambda: review_of(KENT, YEAR, ["19001234"]), ["decisions"]),
    (lambda: reviews_of(None, ["19001234"]), ["compliance"]),
    (lambda: reviews_of([], source="letter"), ["source"]),
    (lambda: sum_tallies("xyz"), ["tallies"]),
    (lambda: audit("a letter"), ["printed"]),
    (lambda: audit([], register="register"), ["register"]),
    (lambda: compare("Kent", 0.5, "uphold_rate", register="register"), ["review", "measure", "register"]),
    (lambda: similar_authorities("Kent", [None], register="register"), ["review", "reviews", "register"]),
    (lambda: group_rates([REVIEW], "uphold_rate", register="register"), ["measure", "register"]),
    (lambda: funnel(["Kent"], uphold_rate), ["reviews"]),
    (lambda: funnels_by_group(["Kent"], uphold_rate), ["reviews"]),
    (lambda: per_population_measure([((KENT, YEAR), Population(n, DAY)) for n in (1, 2)]), ["populations"]),
    (lambda: DATA.funnel("county_council", YEAR, per_population_measure({})), ["measure"]),
    (lambda: history_of(KENT, [], register="register"), ["register"]),
    (lambda: complaints_received("Kent"), ["review"]),
    (lambda: change("Kent", uphold_rate, YEAR, YEAR + 1), ["history"]),
    (lambda: trend("Kent", uphold_rate), ["history"]),
    (lambda: p_chart("Kent", uphold_rate), ["history"]),
    (lambda: p_chart(HISTORY, uphold_rate, across_breaks="no"), ["across_breaks"]),
    (lambda: xmr_chart("Kent", complaints_received, title="Received"), ["history"]),
    # A service area that nobody knows, whose cases would be in no rate.
    (lambda: standardise({"roads": TALLY}, {"housing": TALLY, None: TALLY}), ["own.roads", "group.None"]),
    (lambda: early_warnings([], uphold_rate), ["histories"]),
    (lambda: early_warnings({"roads": HISTORY}, uphold_rate), ["histories"]),
)


def test_an_argument_of_the_wrong_type_is_refused_by_its_name():
    """All that are wrong at once."""
    for number, (call, names) in enumerate(REFUSALS):
        with pytest.raises(InvalidValue) as caught:
            call()
        assert (number, names) == (number, fields(caught))
