"""Charts and early warnings: what is a signal, what is none, and what is too short to tell."""

import math
from fractions import Fraction

import attrs
import pytest
from tests.support.refusals import fields
from tests.support.tables import each_of
from tests.support.values import KENT

from lgsco import (
    AnnualReview,
    DecisionTally,
    InvestigationTally,
    Overview,
    Proportion,
    ReceivedTally,
    ReportingYear,
    ServiceArea,
    per_population_measure,
    uphold_rate,
)
from lgsco.comparison import CautionKind
from lgsco.errors import CrossesSeriesBreak, InvalidValue
from lgsco.series import (
    RuleStatus,
    complaints_decided,
    complaints_received,
    early_warnings,
    history_of,
    p_chart,
    received_in,
    upheld_decisions,
    xmr_chart,
)
from lgsco.stats import ControlChartType, RunRule

SIGNAL, NONE = RuleStatus.SIGNAL, RuleStatus.NO_SIGNAL


def shares(*pairs, first=2000):
    """A history of upheld of investigated, a year each; None is a year that is not held."""
    return history_of(
        KENT,
        [
            AnnualReview(KENT, ReportingYear(first + at), investigations=InvestigationTally(pair[0], pair[1] - pair[0]))
            for at, pair in enumerate(pairs)
            if pair is not None
        ],
    )


def counts(*received, first=2000):
    """A history of complaints received, a year each; None is a year that is not held."""
    return history_of(
        KENT,
        [
            AnnualReview(KENT, ReportingYear(first + at), received=ReceivedTally(total=count))
            for at, count in enumerate(received)
            if count is not None
        ],
    )


def received_chart(*received, first=2000):
    return xmr_chart(counts(*received, first=first), complaints_received, title="Complaints received")


def answers(chart):
    return [result.status for result in chart.results]


def years_of(chart, rule):
    (result,) = [one for one in chart.results if one.rule is rule]
    return [year.ending - 2000 for year in result.years]


def test_every_rule_reads_every_chart():
    """Each by name, in its own order."""
    assert [*RunRule] == [result.rule for result in received_chart(1, 2, 3).results]


def test_a_rule_says_what_it_needs():
    """Where the series is too short for it."""
    assert "a year beyond the limits: too short to tell, it needs 8 years" == str(received_chart(1, 2).results[0])


@each_of("years", range(8))
def test_fewer_years_than_a_rule_needs_are_too_short_to_tell(years):
    """Then there are no limits either, only the years themselves."""
    chart = received_chart(*range(years))

    assert [RuleStatus.TOO_SHORT] * (3 if years == 7 else 4) == [
        answer for answer in answers(chart) if answer is RuleStatus.TOO_SHORT
    ]
    assert {None} >= {point.lower for point in chart.points}
    assert years == len(chart.points)
    assert years == 7 or "too few to tell, because a rule needs 7" in chart.sentence()


@each_of("chart", [p_chart(shares(*[(9, 9)] * 10), uphold_rate), received_chart(*[20] * 10)])
def test_a_run_of_equal_years_is_never_a_signal(chart):
    """100%, 100%, 100% and so on, or 20 complaints every year."""
    assert [NONE] * 4 == answers(chart)
    assert () == chart.signals


def test_a_run_of_equal_years_on_one_side_is_no_signal_either():
    """Eight perfect years above the mean that two poor ones make."""
    chart = p_chart(shares((18, 20), *[(20, 20)] * 8, (17, 20)), uphold_rate)

    assert all(point.value > chart.centre for point in chart.points[1:9])
    assert () == chart.signals
    varied = p_chart(shares((90, 100), *[(98, 100), (99, 100)] * 4, (90, 100)), uphold_rate)
    assert [RunRule.SHIFT] == [result.rule for result in varied.signals]


def test_one_odd_year_is_beyond_the_limits():
    """And does not put all the others on one side of the mean."""
    chart = received_chart(20, 24, 21, 19, 25, 22, 20, 60, 23, 21)

    assert [SIGNAL, NONE, NONE, NONE] == answers(chart)
    assert [7] == years_of(chart, RunRule.OUTSIDE_LIMITS)
    assert "10 years; a year beyond the limits: signal (2006-07); no signal by 3 of 4 rules." == chart.sentence()


def test_a_shift_is_seen_by_the_side_of_the_mean():
    """Seven years a little below it, then three far above: all seven are named."""
    chart = received_chart(10, 12, 11, 13, 10, 12, 11, 19, 21, 20)

    assert [0, 1, 2, 3, 4, 5, 6] == years_of(chart, RunRule.SHIFT)


def test_a_steady_rise_is_seen():
    """From the first of seven years that rise to the last."""
    chart = received_chart(20, 30, 29, 31, 32, 34, 35, 37, 39, 38)

    assert [2, 3, 4, 5, 6, 7, 8] == years_of(chart, RunRule.TREND)


def test_two_of_three_near_one_limit_are_seen():
    """All three years of the window are named."""
    chart = received_chart(10, 12, 10, 12, 10, 12, 10, 16, 16, 12, 10, 12, 10)

    assert SIGNAL is answers(chart)[1]
    assert [7, 8, 9] == years_of(chart, RunRule.TWO_OF_THREE)


def test_years_that_are_not_held_break_runs():
    """They stand in the chart, without a value, and it says so."""
    chart = received_chart(1, 2, 3, 4, None, 5, 6, 7, 8, 9)

    assert (ReportingYear(2004), None, None) == (
        chart.points[4].year,
        chart.points[4].value,
        chart.points[4].lower,
    )
    assert [] == years_of(chart, RunRule.TREND)
    assert [CautionKind.GAP] == [caution.kind for caution in chart.cautions]


def test_where_no_two_years_are_neighbours_nothing_is_told():
    """There are no moving ranges, whatever the number of years."""
    chart = received_chart(*[count for year in range(9) for count in (year + 10, None)], first=1990)

    assert (None, None, {RuleStatus.TOO_SHORT}) == (chart.kind, chart.centre, set(answers(chart)))


def test_limits_are_held_within_what_can_be():
    """No share is above 1 and no count below nought; what may be negative may be."""
    shown = p_chart(shares(*[(9, 10), (10, 10)] * 4), uphold_rate)
    low = received_chart(0, 3, 0, 3, 0, 3, 0, 3)
    below = xmr_chart(counts(*range(8)), lambda review: review.year.ending - 2004, title="Around nought")

    assert {1.0} == {point.upper for point in shown.points}
    assert {0.0} == {point.lower for point in low.points}
    assert all(point.lower < -1 for point in below.points)


def test_a_share_beyond_its_limits_of_few_cases_may_be_borderline():
    """8 of 12 where 93% is usual: beyond three standard deviations, but some 5 in a thousand by chance."""
    chart = p_chart(shares(*[(19, 20)] * 5, (8, 12), *[(19, 20)] * 5), uphold_rate)

    assert (ControlChartType.P, [RuleStatus.BORDERLINE, NONE, NONE, NONE]) == (chart.kind, answers(chart))
    assert [5] == years_of(chart, RunRule.OUTSIDE_LIMITS)
    assert () == chart.signals
    assert "a year beyond the limits: borderline (2004-05)" in chart.sentence()


def test_shares_that_chance_alone_explains_have_plain_limits():
    """Those that it does not have wider ones, and say by how much."""
    plain = p_chart(shares(*[(80, 100), (81, 100)] * 5), uphold_rate)
    wide = p_chart(shares(*[(60, 100), (90, 100)] * 5), uphold_rate)

    assert (ControlChartType.P, ControlChartType.P_PRIME) == (plain.kind, wide.kind)
    assert plain.sigma_z < 1 < wide.sigma_z
    assert () == wide.signals
    assert (Fraction(3, 4), Proportion(60, 100)) == (wide.centre, wide.points[0].rate)


def test_a_share_far_off_is_a_signal_where_both_ways_agree():
    """By its limits and by its exact probability."""
    chart = p_chart(shares(*[(80, 100), (79, 100)] * 4, (80, 100), (55, 100)), uphold_rate)

    assert [9] == years_of(chart, RunRule.OUTSIDE_LIMITS)


def test_shares_of_nothing_are_no_values():
    """A chart without any says that it is too short."""
    chart = p_chart(shares(*[(0, 0)] * 9), uphold_rate)

    assert (None, {RuleStatus.TOO_SHORT}) == (chart.kind, set(answers(chart)))
    assert "0 years are too few to tell, because a rule needs 7." == chart.sentence()
    assert "1 year is too few to tell, because a rule needs 7." == received_chart(3).sentence()


def test_nothing_is_charted_across_a_break_unasked():
    """Asked, the cautions stay."""
    broken = shares(*[(80, 100)] * 10, first=2017)
    with pytest.raises(CrossesSeriesBreak):
        p_chart(broken, uphold_rate)
    with pytest.raises(CrossesSeriesBreak):
        xmr_chart(broken, upheld_decisions, title="Upheld decisions")

    for chart in (
        p_chart(broken, uphold_rate, across_breaks=True),
        xmr_chart(broken, upheld_decisions, title="Upheld decisions", across_breaks=True),
    ):
        assert [CautionKind.SERIES_BREAK] * 2 == [caution.kind for caution in chart.cautions][:2]


def test_what_cannot_be_charted_is_refused():
    """A rate per population has no binomial limits, and a count is a number."""
    with pytest.raises(InvalidValue) as caught:
        p_chart(shares((1, 2)), per_population_measure({}))
    assert ["measure"] == fields(caught)
    with pytest.raises(InvalidValue):
        xmr_chart(shares((1, 2)), lambda _: math.nan, title="No number")
    with pytest.raises(InvalidValue) as caught:
        xmr_chart(shares((1, 2)), upheld_decisions, title="")
    assert ["title"] == fields(caught)


def test_counts_of_a_review():
    """None where they are not known, from whichever part knows them."""
    bare = AnnualReview(KENT, ReportingYear(2020))
    overview = AnnualReview(KENT, ReportingYear(2020), overview=Overview(not_for_us=1, total=3))
    decided = AnnualReview(KENT, ReportingYear(2020), decided=DecisionTally(upheld=2, total=4))
    received = AnnualReview(KENT, ReportingYear(2020), received=ReceivedTally(housing=5))

    assert [None, 3, 4] == [complaints_decided(one) for one in (bare, overview, decided)]
    assert [None, None] == [complaints_received(one) for one in (bare, received)]
    assert [None, 5, None] == [
        received_in(area)(one)
        for one, area in ((bare, ServiceArea.HOUSING), (received, ServiceArea.HOUSING), (received, ServiceArea.OTHER))
    ]
    assert [None, 2] == [upheld_decisions(one) for one in (bare, decided)]
    assert 8 == upheld_decisions(shares((8, 10)).reviews[0])


def test_one_case_in_eight_years_is_no_signal():
    """Nor in any: of small counts the limits are those of chance."""
    chart = received_chart(0, 0, 0, 0, 0, 0, 0, 1)

    assert (ControlChartType.C, [NONE] * 4) == (chart.kind, answers(chart))
    assert (0.0, 2.0) == (chart.points[0].lower, chart.points[0].upper)
    assert [9] == years_of(received_chart(0, 2, 1, 0, 1, 3, 0, 1, 1, 9), RunRule.OUTSIDE_LIMITS)


def test_limits_need_five_ranges_that_differ():
    """Rules that need no limits still speak, and equal values never signal."""
    chart = received_chart(20, 20, 20, 20, 20, 20, 20, 90, 20, 20)
    short = RuleStatus.TOO_SHORT

    assert [short, short, NONE, NONE] == answers(chart)
    assert {None} == {point.upper for point in chart.points}


def test_an_odd_year_does_not_hide_itself():
    """80 of 100 among years of about 50: its own ranges must not widen the limits that should show it."""
    chart = p_chart(shares(*[(count, 100) for count in (46, 55, 49, 52, 80, 44, 53, 47, 56, 50)]), uphold_rate)

    assert (ControlChartType.P, [4]) == (chart.kind, years_of(chart, RunRule.OUTSIDE_LIMITS))


def test_small_counts_that_vary_beyond_chance_have_wider_limits():
    """A council whose complaints come in bursts, some years none and some years twelve."""
    chart = received_chart(0, 12, 1, 11, 0, 10, 2, 12, 0, 11)

    assert (ControlChartType.C_PRIME, ()) == (chart.kind, chart.signals)
    assert chart.points[0].upper > 12


def test_a_count_in_the_middle_ends_a_run():
    """Seven years of one complaint or fewer where the mean is 1.3: one is what chance gives, so on neither side."""
    chart = received_chart(1, 0, 1, 0, 1, 1, 0, 3, 3, 3)

    assert [] == years_of(chart, RunRule.SHIFT)


def test_breaks_of_a_count_are_its_own():
    """The pause of 2020 breaks what was received, in a service area too; it does not break what it does not touch."""
    history = counts(*[20] * 4, first=2019)
    for count in (complaints_received, received_in(ServiceArea.HOUSING)):
        with pytest.raises(CrossesSeriesBreak):
            xmr_chart(history, count, title="Received")


HOUSING, OTHER, TAX = ServiceArea.HOUSING, ServiceArea.OTHER, ServiceArea.BENEFITS_AND_TAX


def test_every_area_is_looked_at_and_p_values_allow_for_it():
    """In the Ombudsman's order; of two p-values the smaller is doubled."""
    held = {OTHER: shares((10, 40), (30, 40)), HOUSING: shares((20, 40), (21, 40)), TAX: shares((1, 2))}
    tax, housing, other = early_warnings(held, uphold_rate)

    assert [TAX, HOUSING, OTHER] == [one.service_area for one in (tax, housing, other)]
    assert [False, False, True] == [one.warns for one in (tax, housing, other)]
    assert (None, None) == (tax.change, tax.adjusted_p)
    assert 2 * other.change.tests[1].p_value == pytest.approx(other.adjusted_p)
    assert housing.change.tests[1].p_value == housing.adjusted_p
    assert (True, ()) == (tax.too_few, tax.tests)


def test_charts_and_changes_are_one_family():
    """Where ten years are held every rule that could tell something is counted, with the last change."""
    years = [(20, 25), (21, 25), (19, 25), (22, 25), (20, 25), (18, 25), (21, 25), (20, 25), (22, 25), (14, 25)]
    (made,) = early_warnings({HOUSING: shares(*years)}, uphold_rate)

    assert "the last change" == made.tests[0].test
    assert len(made.tests) == len(made.adjusted_p_values) > 5
    assert not made.warns
    with pytest.raises(InvalidValue):
        attrs.evolve(made, adjusted_p_values=())


def test_an_area_warns_in_words():
    """The change, what allowing for all areas leaves of it, and both charts."""
    (other,) = early_warnings({OTHER: shares((10, 40), (30, 40))}, uphold_rate)
    (quiet,) = early_warnings({OTHER: shares((10, 40), (11, 40))}, uphold_rate)
    (alone,) = early_warnings({OTHER: shares((10, 40))}, uphold_rate)
    (unknown,) = early_warnings({OTHER: shares((0, 0), (1, 2))}, uphold_rate)

    allowing = "Allowing for all checks of all service areas, chance alone"
    assert f"{allowing} would not explain this: the last change." in other.sentence()
    assert f"{allowing} could explain what is seen. Rates: 2 years are too few" in quiet.sentence()
    assert alone.sentence().startswith("Other: No change can be reported: fewer than two years")
    assert "There are too few cases and years for an early warning." in unknown.sentence()
    assert [False, False, True, True] == [one.too_few for one in (other, quiet, alone, unknown)]


def test_a_chart_may_warn_where_the_last_change_does_not():
    """A year long beyond its limits still stands in the chart."""
    history = shares(*[(20, 25), (21, 25)] * 3, (90, 100), (20, 25), (21, 25), (20, 25))
    (made,) = early_warnings({HOUSING: history}, uphold_rate)

    assert made.adjusted_p_values[0] > 0.05
    assert made.warns
    assert made.counts.signals
    assert ("counts, a year beyond the limits",) == made.reasons


def test_years_before_a_break_are_left_out_unless_asked_for():
    """The latest footing is what warns; across breaks the caution stays."""
    history = shares((10, 40), (30, 40), first=2022)
    (latest,) = early_warnings({HOUSING: history}, uphold_rate)
    (across,) = early_warnings({HOUSING: history}, uphold_rate, across_breaks=True)

    assert (None, [2023]) == (latest.change, [point.year.ending for point in latest.rates.points])
    assert CautionKind.SERIES_BREAK in {caution.kind for caution in across.change.cautions}
    assert () == early_warnings({}, uphold_rate)
    (nothing,) = early_warnings({HOUSING: history_of(KENT, [])}, uphold_rate)
    assert (None, ()) == (nothing.change, nothing.rates.points)


def test_a_level_and_a_measure_of_shares_are_needed():
    """Both are named when wrong."""
    with pytest.raises(InvalidValue) as caught:
        early_warnings({}, uphold_rate, level=5)

    assert ["level"] == fields(caught)


LEVEL = [(50 + step, 100) for step in (2, -3, 1, 4, -2, 0, 3, -4)]


def test_a_baseline_makes_limits_that_later_years_do_not_move():
    """Eight years at a half; four at three quarters widen nothing, and all four are beyond."""
    later = [(75, 100), (76, 100), (75, 100), (77, 100)]
    whole = p_chart(shares(*LEVEL, first=1990), uphold_rate)
    chart = p_chart(shares(*LEVEL, *later, first=1990), uphold_rate, baseline_until=ReportingYear(1997))

    assert (whole.centre, whole.points[0].lower, whole.points[0].upper) == (
        chart.centre,
        chart.points[-1].lower,
        chart.points[-1].upper,
    )
    assert [RunRule.OUTSIDE_LIMITS, RunRule.TWO_OF_THREE] == [result.rule for result in chart.signals]
    assert tuple(map(ReportingYear, range(1998, 2002))) == chart.signals[0].years
    assert ReportingYear(1997) == chart.baseline_until
    assert "Limits from the years 1989-90 to 1996-97." in chart.sentence()


@each_of("received", [[20, 24, 21, 19, 25, 22, 20, 23], [2, 4, 1, 3, 2, 5, 0, 3]])
def test_a_baseline_of_counts(received):
    """Of many and of few: the limits are those of the first eight years alone."""
    title = "Complaints received"
    whole = xmr_chart(counts(*received), complaints_received, title=title)
    chart = xmr_chart(
        counts(*received, 40, None, 41), complaints_received, title=title, baseline_until=ReportingYear(2007)
    )

    assert (whole.kind, whole.centre) == (chart.kind, chart.centre)
    assert (whole.points[0].lower, whole.points[0].upper) == (chart.points[8].lower, chart.points[8].upper)
    assert [SIGNAL] == [one.status for one in chart.results if one.rule is RunRule.OUTSIDE_LIMITS]


def test_a_fixed_centre_stays_where_it_is():
    """Seven years above the baseline are a shift, also where a single year is beyond the limits."""
    later = [(75, 100), *[(56, 100)] * 6, (57, 100)]
    chart = p_chart(shares(*LEVEL, *later, first=1990), uphold_rate, baseline_until=ReportingYear(1997))

    assert RunRule.SHIFT in [result.rule for result in chart.signals]


def test_a_baseline_of_fewer_than_eight_years_is_too_short():
    """Then only rising or falling years need no limits; and a year without a review ends no baseline."""
    chart = p_chart(shares(*LEVEL, *LEVEL, first=1990), uphold_rate, baseline_until=ReportingYear(1996))

    assert {RunRule.TREND} == {one.rule for one in chart.results if one.status is not RuleStatus.TOO_SHORT}
    assert all(point.lower is None for point in chart.points)
    flat = xmr_chart(counts(*[20] * 8, 30), complaints_received, title="All", baseline_until=ReportingYear(2007))
    assert RuleStatus.TOO_SHORT is flat.results[0].status
    with pytest.raises(InvalidValue) as caught:
        p_chart(shares(*LEVEL, first=1990), uphold_rate, baseline_until=ReportingYear(2002))
    assert ["year"] == fields(caught)


def test_a_series_is_rebased_by_charting_its_stretches():
    """A year from which counting starts afresh divides the years as a series break does; a missing year too."""
    history = shares(*LEVEL, None, *LEVEL, first=1990)
    first, second = history.segments(uphold_rate, rebased_from=[ReportingYear(1998)])

    assert (1990, 1997, 1999, 2006) == tuple(
        year.ending for part in (first, second) for year in (part.years[0], part.years[-1])
    )
    assert (history,) == history.segments(uphold_rate, rebased_from=[ReportingYear(1990), ReportingYear(2030)])
    with pytest.raises(InvalidValue) as caught:
        history.segments(uphold_rate, rebased_from=[1998])
    assert ["rebased_from"] == fields(caught)


def test_a_baseline_of_nothing_or_of_every_case_makes_no_limits():
    """A single case the other way would be a signal, however few the cases of the baseline."""
    perfect = p_chart(shares(*[(5, 5)] * 8, (4, 5), first=1990), uphold_rate, baseline_until=ReportingYear(1997))
    none = xmr_chart(counts(*[0] * 8, 1), complaints_received, title="All", baseline_until=ReportingYear(2007))

    assert [RuleStatus.TOO_SHORT] * 2 == [chart.results[0].status for chart in (perfect, none)]
