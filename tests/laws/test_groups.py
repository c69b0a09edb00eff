"""
Laws of many councils at once.

- Adjusting never lowers a p-value, keeps their order, and findings are those at or below the level. Bonferroni never
  finds more than Holm, nor Holm more than Benjamini and Hochberg. The order in which tests are given changes nothing.
- Of homogeneity: renaming councils, and the others in place of those counted, change
  nothing; for two it is the score test of two proportions. More of the same cases tell more.
- A rate that is given spends no degree of freedom.
- A shrunk rate lies between the council's and the group's, and is nearer its own the more cases it has. Where chance
  explains all, it is the group's.
- Standardised by one service area a rate is the plain one. A council that is its own group has a ratio of 1.
- Counting by service area adds up to counting all, and splitting the cases changes nothing.
"""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lgsco import InvestigationTally, Proportion, ServiceArea, strategies, tally_investigations
from lgsco.comparison import AreaRates, StandardisedRatio, shrink, standardise, tally_by_area
from lgsco.comparison.shrinkage import beta_binomial_weights, marshall_weights
from lgsco.model import sum_tallies
from lgsco.stats import (
    MultipleTestingMethod,
    adjust_p_values,
    homogeneity_test,
    significant_after_adjustment,
    two_proportion_test,
)

P_VALUES = st.lists(st.floats(0, 1), max_size=30)
METHODS = st.sampled_from([method.value for method in MultipleTestingMethod])
RATES = strategies.proportions(defined=True, max_count=300)
GROUPS = st.lists(RATES, min_size=2, max_size=12)
COUNTS = st.lists(strategies.proportions(max_count=200), min_size=1, max_size=10).map(
    lambda rates: [(rate.numerator, rate.denominator) for rate in rates]
)
WEIGH = st.sampled_from([marshall_weights, beta_binomial_weights])
KNOWN = strategies.investigation_tallies(known=True, max_count=200)
AREAS = st.sampled_from(ServiceArea)
DECISIONS = strategies.decision_lists(strategies.decisions(known=True), max_size=6)
FEW = settings(max_examples=settings().max_examples // 3)


@given(P_VALUES, METHODS)
def test_adjusting_never_lowers_a_p_value(p_values, method):
    """And never leaves the probabilities."""
    adjusted = adjust_p_values(p_values, method=method)

    assert all(p_value <= one <= 1 for p_value, one in zip(p_values, adjusted, strict=True))


@given(P_VALUES, METHODS)
def test_adjusting_keeps_the_order(p_values, method):
    """Of two p-values the smaller is never adjusted to more than the other, and equal ones are adjusted alike."""
    ranked = sorted(zip(p_values, adjust_p_values(p_values, method=method), strict=True))

    assert sorted(adjusted for _, adjusted in ranked) == [adjusted for _, adjusted in ranked]
    assert len(dict(ranked)) == len(set(ranked))


@given(P_VALUES, METHODS, st.randoms(use_true_random=False))
def test_the_order_of_tests_changes_nothing(p_values, method, shuffler):
    """Each p-value is adjusted to the same, wherever it stands."""
    places = [*range(len(p_values))]
    shuffler.shuffle(places)
    adjusted = adjust_p_values(p_values, method=method)

    assert adjust_p_values([p_values[at] for at in places], method=method) == tuple(adjusted[at] for at in places)


@given(P_VALUES, st.floats(0.001, 0.5))
def test_stricter_methods_find_no_more(p_values, level):
    """What Bonferroni finds Holm finds, and what Holm finds Benjamini and Hochberg find."""
    strict, middle, wide = (
        significant_after_adjustment(p_values, level=level, method=method)
        for method in ("bonferroni", "holm", "benjamini-hochberg")
    )

    assert all(a <= b <= c for a, b, c in zip(strict, middle, wide, strict=True))


@given(P_VALUES, st.floats(0.001, 0.5))
def test_benjamini_and_hochberg_reject_by_their_own_words(p_values, level):
    """By definition: all up to the greatest whose p-value is at most its rank's share of the level."""
    rising = sorted(p_values)
    last = max((at for at, p in enumerate(rising, 1) if Fraction(p) * len(rising) <= at * Fraction(level)), default=0)
    found = significant_after_adjustment(p_values, level=level)
    nearly = any(abs(p * len(rising) - at * level) < 1e-12 for at, p in enumerate(rising, 1))

    assert nearly or sum(found) == last


@given(GROUPS, st.randoms(use_true_random=False))
def test_homogeneity_asks_nobodys_name(rates, shuffler):
    """Another order, councils without cases, or the other cases in place of those counted change nothing."""
    shuffled = [*rates, Proportion(0, 0)]
    shuffler.shuffle(shuffled)
    others = [Proportion(rate.denominator - rate.numerator, rate.denominator) for rate in rates]
    statistic = homogeneity_test(rates).statistic

    assert pytest.approx(statistic, rel=1e-9, abs=1e-9) == homogeneity_test(shuffled).statistic
    assert pytest.approx(statistic, rel=1e-9, abs=1e-9) == homogeneity_test(others).statistic


@given(RATES, RATES)
def test_homogeneity_of_two_is_the_score_test_of_two(one, other):
    """The same p-value by either way."""
    p_value = two_proportion_test(one, other).p_value

    assert pytest.approx(p_value, rel=1e-7, abs=1e-12) == homogeneity_test([one, other]).p_value


@given(GROUPS, st.integers(2, 9))
def test_more_of_the_same_cases_tell_more(rates, times):
    """So many times the cases make so many times the statistic."""
    more = [Proportion(rate.numerator * times, rate.denominator * times) for rate in rates]

    assert (
        pytest.approx(times * homogeneity_test(rates).statistic, rel=1e-9, abs=1e-9) == homogeneity_test(more).statistic
    )


@given(GROUPS)
def test_a_pooled_rate_that_is_given_spends_no_degree_of_freedom(rates):
    """The distance from it is that of homogeneity_test, on one degree of freedom more."""
    pooled = Fraction(sum(rate.numerator for rate in rates), sum(rate.denominator for rate in rates))
    about, among = homogeneity_test(rates, target=pooled), homogeneity_test(rates)

    assert pytest.approx(among.statistic, rel=1e-9, abs=1e-9) == about.statistic
    assert about.degrees_of_freedom == among.degrees_of_freedom + 1


@FEW
@given(
    strategies.review_groups(min_size=5, max_size=9, max_count=200),
    strategies.measures(),
    st.sampled_from(["beta-binomial", "marshall"]),
)
def test_a_shrunk_rate_lies_between_the_council_and_its_group(reviews, measure, method):
    """Whatever the measure and the method, and the weight is a share."""
    made = shrink(reviews, measure, method=method)

    for point in made.points:
        if point.estimate is not None:
            low, high = sorted((float(point.rate.value), float(made.pooled)))
            assert low <= point.estimate <= high
            assert 0 <= point.weight <= 1


@given(COUNTS, WEIGH)
def test_more_cases_weigh_more(counts, weigh):
    """Of two councils that with more cases keeps no less of its own rate; one without cases keeps none."""
    if any(cases for _, cases in counts):
        weights = sorted(zip((cases for _, cases in counts), weigh(counts)[2], strict=True))

        assert sorted(weight for _, weight in weights) == pytest.approx([weight for _, weight in weights], abs=1e-12)
        assert {0.0} >= {weight for cases, weight in weights if cases == 0}


@given(COUNTS, WEIGH)
def test_the_pooled_rate_is_that_of_all_cases(counts, weigh):
    """And the variance between is never below nought."""
    if total_cases := sum(cases for _, cases in counts):
        pooled, between, _ = weigh(counts)

        assert Fraction(sum(events for events, _ in counts), total_cases) == pooled
        assert between >= 0


@given(RATES, st.integers(2, 8), WEIGH)
def test_where_chance_explains_all_the_group_is_all(rate, councils, weigh):
    """Councils of one and the same rate are moved to it whole."""
    assert [0.0] * councils == weigh([(rate.numerator, rate.denominator)] * councils)[2]


@given(AREAS, strategies.area_rates())
def test_standardised_by_one_service_area_is_plain(area, rates):
    """The ratio is that of the two rates, and the standardised rate the council's own."""
    beside = StandardisedRatio((AreaRates(area, own=rates.own, group=rates.group),))

    if beside.ratio is not None:
        assert rates.own.value == beside.rate
        assert rates.own.value / rates.group.value == beside.ratio


@given(st.dictionaries(AREAS, KNOWN, min_size=1, max_size=5))
def test_a_council_that_is_its_own_group_has_a_ratio_of_one(tallies):
    """What is expected is what was observed."""
    beside = standardise(tallies, tallies)

    assert beside.observed == beside.expected
    assert beside.ratio in {None, 1}


@given(st.dictionaries(AREAS, KNOWN, min_size=1, max_size=4), st.dictionaries(AREAS, KNOWN, max_size=4))
def test_expected_adds_up_over_the_areas(own, others):
    """And lies between none and all of the council's cases."""
    group = {
        area: own.get(area, InvestigationTally.zero()) + others.get(area, InvestigationTally.zero())
        for area in ServiceArea
    }
    beside = standardise(own, group)
    parts = [standardise({area: tally}, group).expected for area, tally in own.items()]

    assert sum(parts) == beside.expected
    assert 0 <= beside.expected <= beside.own.denominator


@given(strategies.standardised_ratios(max_count=300), st.sampled_from(["byar", "exact"]))
def test_a_ratio_lies_within_its_limits(beside, method):
    """However it is computed, and none upheld has a lower limit of nought."""
    interval = beside.interval(method=method)
    if interval is None:
        assert beside.expected == 0
    else:
        assert interval.lower - 1e-9 <= beside.ratio <= interval.upper + 1e-9
        assert (interval.lower == 0) is (beside.observed == 0)


@given(DECISIONS, st.integers(0, 8))
def test_counting_by_service_area_adds_up(decisions, cut):
    """The areas together are the whole, and two parts of a list add up area by area."""
    whole = tally_by_area(decisions)
    parts = [tally_by_area(part) for part in (decisions[:cut], decisions[cut:])]
    zero = InvestigationTally.zero()

    assert tally_investigations(decisions) == sum_tallies([zero, *whole.values()])
    assert whole == {
        area: parts[0].get(area, zero) + parts[1].get(area, zero)
        for area in ServiceArea
        if area in {*parts[0], *parts[1]}
    }
