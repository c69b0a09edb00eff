"""Changes and trends: examples worked by hand, series breaks, words, and what is refused."""

import datetime as dt
from fractions import Fraction

import pytest
from tests.support.refusals import faults, fields
from tests.support.tables import each_of
from tests.support.values import KENT

from lgsco import (
    AnnualReview,
    Authority,
    AuthorityType,
    Basis,
    ComplianceTally,
    InvestigationTally,
    Proportion,
    ReportingYear,
    Source,
    Verdict,
    compliance_rate,
    per_population_measure,
    uphold_rate,
)
from lgsco.comparison import CautionKind
from lgsco.errors import CrossesSeriesBreak, InvalidValue, SeriesTooShort
from lgsco.model import RegisterEntry
from lgsco.series import Change, History, Trend, YearRate, change, history_of, trend

OTHER = Authority("Other County Council", AuthorityType.COUNTY_COUNCIL)


def review(ending, counts=(1, 1), authority=KENT, source=None):
    tally = None if counts is None else InvestigationTally(*counts)
    return AnnualReview(authority, ReportingYear(ending), investigations=tally, source=source)


def kent(**counts):
    """A history by the years in which they end: ``y2009=(upheld, not upheld)``."""
    return history_of(KENT, [review(int(year[1:]), held) for year, held in counts.items()])


def changed(before, after, **options):
    history = kent(y2009=before, y2010=after)
    return change(history, uphold_rate, *history.years, **options)


def test_a_change_is_the_later_less_the_earlier():
    """With Newcombe's limits: 56 of 70 and 48 of 80 differ by 20 points, 5.2 to 33.4 (Newcombe 1998, table II)."""
    made = changed((48, 32), (56, 14))

    assert Fraction(1, 5) == made.difference.value
    assert (Proportion(48, 80), Proportion(56, 70)) == (made.before, made.after)
    assert ["5.2", "33.4"] == [str(limit) for limit in made.difference.interval.percents(1)]


@each_of(
    ("before", "after", "verdict"),
    [
        ((10, 90), (40, 60), Verdict.HIGHER),
        ((40, 60), (10, 90), Verdict.LOWER),
        ((40, 60), (41, 59), Verdict.NOT_DISTINGUISHABLE),
        ((1, 33), (7, 27), Verdict.BORDERLINE),
        ((0, 2), (2, 0), Verdict.TOO_FEW),
        ((0, 0), (2, 0), Verdict.NO_RATE),
        ((1, 1), None, Verdict.NO_RATE),
        (None, (1, 1), Verdict.NO_RATE),
        ((5, 0), (9, 0), Verdict.NOT_DISTINGUISHABLE),
    ],
)
def test_what_the_cases_can_say(before, after, verdict):
    """The score test decides and Fisher's exact test checks it: 7 of 34 and 1 of 34 have p-values 0.024 and 0.054."""
    assert verdict is changed(before, after).verdict


def test_each_verdict_has_its_words():
    """The counts first, the limits, then what chance could explain."""
    assert changed((10, 90), (40, 60)).sentence() == (
        "The uphold rate rose by 30 percentage points, from 10% (10 of 100) in 2008-09 to 40% (40 of 100) in 2009-10"
        " (likely range: 18 to 41 higher). This is a greater rise than we would expect from chance alone."
    )
    assert "fell by 50 percentage points," in changed((9, 1), (4, 6)).sentence()
    assert "rose by 1 percentage point," in changed((40, 60), (41, 59)).sentence()
    assert "did not change: it was 50% (1 of 2)" in changed((1, 1), (2, 2)).sentence()
    assert "changed by less than half a percentage point," in changed((400, 600), (401, 599)).sentence()
    assert changed((1, 33), (7, 27)).sentence().endswith("too close to call whether this is a real change.")
    assert changed((0, 2), (2, 0)).sentence().endswith("There are too few cases to tell.")
    assert "(likely range at 99.8% confidence" in changed((10, 90), (40, 60), confidence=0.998).sentence()


def test_where_a_year_has_no_rate_both_are_told():
    """Not published, none, and a rate stay apart."""
    made = changed(None, (0, 0))

    assert (None, ()) == (made.difference, made.tests)
    assert (
        "We cannot work out a change (2008-09: not held; 2009-10: no complaints were investigated)." == made.sentence()
    )


def test_a_break_between_the_years_stops_a_change():
    """Unless the caller says so, and then the caution stays."""
    history = kent(y2022=(40, 20), y2023=(50, 10), y2024=(60, 10))
    first, _, last = history.years
    with pytest.raises(CrossesSeriesBreak) as caught:
        change(history, uphold_rate, first, last)

    assert [words.partition(":")[0] for words in caught.value.breaks] == ["2022-23"]
    assert "across_breaks=True" in str(caught.value)
    made = change(history, uphold_rate, first, last, across_breaks=True)
    assert [CautionKind.SERIES_BREAK] == [caution.kind for caution in made.cautions]


def test_a_change_cautions_about_few_cases_reorganisation_and_basis():
    """Each once, with its year where it is of one."""
    source = Source("A listing", basis=Basis.PUBLISHED_DECISIONS)
    entry = RegisterEntry(KENT, start=dt.date(2009, 4, 1), end=dt.date(2011, 4, 1))
    history = History(KENT, [review(2010, (3, 3), source=source), review(2011, (40, 40), source=source)], entry=entry)
    made = change(history, uphold_rate, *history.years)

    assert [
        CautionKind.SMALL_NUMBERS,
        CautionKind.REORGANISED,
        CautionKind.BASIS,
    ] == [caution.kind for caution in made.cautions]
    assert made.cautions[0].words.startswith("2009-10: 6 cases are few")


def test_a_change_is_of_two_years_of_one_council():
    """The earlier first, both held, by a measure of shares."""
    history = kent(y2009=(1, 1), y2010=(1, 1))
    first, last = history.years
    for given, field in (
        ((uphold_rate, last, first), "later"),
        ((uphold_rate, first, first), "later"),
        ((uphold_rate, first, ReportingYear(2011)), "year"),
        ((per_population_measure({}), first, last), "measure"),
    ):
        with pytest.raises(InvalidValue) as caught:
            change(history, *given)

        assert [field] == fields(caught)
    with pytest.raises(InvalidValue) as caught:
        Change(review(2009), review(2010, authority=OTHER), measure=uphold_rate)
    assert ["later"] == fields(caught)
    with pytest.raises(InvalidValue) as caught:
        change(history, uphold_rate, first, last, confidence=95)
    assert ["confidence"] == fields(caught)


def test_a_trend_spaces_years_as_they_are():
    """20% in the first year, 40% two years on, 60% four: a tenth a year."""
    made = trend(kent(y2009=(2, 8), y2011=(4, 6), y2013=(6, 4)), uphold_rate)

    assert Fraction(1, 10) == made.per_year
    assert Verdict.NOT_DISTINGUISHABLE is made.verdict
    assert (CautionKind.GAP, "Not held: 2009-10, 2011-12.") == (made.cautions[0].kind, made.cautions[0].words)


@each_of(("times", "verdict"), [(10, Verdict.HIGHER), (-10, Verdict.LOWER)])
def test_many_cases_show_a_trend(times, verdict):
    """Rising is higher, falling lower."""
    counts = [(2, 8), (4, 6), (6, 4)] if times > 0 else [(6, 4), (4, 6), (2, 8)]
    many = [tuple(abs(times) * count for count in pair) for pair in counts]
    made = trend(kent(y2009=many[0], y2010=many[1], y2011=many[2]), uphold_rate)

    assert verdict is made.verdict
    assert made.sentence().endswith("percentage points a year, more than we would expect from chance alone.")


def test_a_trend_is_told_with_every_count():
    """And that the years stray from the line, where they do."""
    straight = trend(kent(y2009=(2, 8), y2010=None, y2011=(4, 6), y2012=(6, 4)), uphold_rate)
    assert straight.sentence() == (
        "The rate was 20% (2 of 10) in 2008-09, not held in 2009-10, 40% (4 of 10) in 2010-11 and 60% (6 of 10) in"
        " 2011-12."
        " The line through them rises by 12.9 percentage points a year, which is small enough to be chance."
    )
    bent = trend(kent(y2009=(90, 10), y2010=(10, 90), y2011=(90, 10)), uphold_rate)
    assert "neither rises nor falls, which is small enough to be chance. The years also stray" in bent.sentence()


def test_a_run_of_equal_years_is_no_trend():
    """100%, 100%, 100%: nothing rises, and chance could give as much."""
    made = trend(kent(y2009=(3, 0), y2010=(9, 0), y2011=(5, 0)), uphold_rate)

    assert (Fraction(0), 1.0, 1.0) == (made.per_year, made.test.p_value, made.departure.p_value)
    assert Verdict.NOT_DISTINGUISHABLE is made.verdict


def test_a_trend_needs_three_years_with_cases():
    """Two, and a year of nothing, are too short to tell."""
    with pytest.raises(SeriesTooShort) as caught:
        trend(kent(y2009=(1, 1), y2010=(0, 0), y2011=(1, 1)), uphold_rate)

    assert (3, 2) == (caught.value.least, caught.value.years)
    assert "there are 2" in str(caught.value)


def test_a_trend_is_not_drawn_across_a_break_unasked():
    """Asked, it keeps the caution."""
    history = kent(y2021=(40, 20), y2022=(40, 20), y2023=(50, 10))
    with pytest.raises(CrossesSeriesBreak):
        trend(history, uphold_rate)

    made = trend(history, uphold_rate, across_breaks=True)
    assert [CautionKind.SERIES_BREAK] == [caution.kind for caution in made.cautions]


def test_a_trend_made_by_hand_holds_rising_years():
    """Each once."""
    points = [YearRate(ReportingYear(ending), Proportion(1, 2)) for ending in (2009, 2011, 2011)]
    with pytest.raises(InvalidValue) as caught:
        Trend(KENT, uphold_rate, points=points)

    assert [("points", ReportingYear(2011))] == faults(caught)


def years(*pairs):
    """A history of upheld of investigated, a year each."""
    return kent(**{f"y{2001 + index}": (k, n - k) for index, (k, n) in enumerate(pairs)})


def test_a_trend_of_six_cases_is_too_few():
    """0/2, 1/2 and 2/2: the score test finds a trend (p 0.0455), the permutations one in five."""
    made = trend(years((0, 2), (1, 2), (2, 2)), uphold_rate)

    assert [0.0455, 0.2] == [round(result.p_value, 4) for result in made.tests]
    assert Verdict.TOO_FEW is made.verdict
    assert made.sentence().endswith("and there are too few cases to tell it from chance.")


def test_where_the_two_tests_differ_a_trend_is_too_close_to_call():
    """Steep enough for the score test, and not for the exact one."""
    made = trend(years((0, 5), (2, 5), (3, 5)), uphold_rate)

    assert [True, False] == [result.p_value < 0.05 for result in made.tests]
    assert Verdict.BORDERLINE is made.verdict
    assert made.sentence().endswith("too close to call whether that is chance.")


def test_a_slope_has_limits():
    """About the slope, and wider where there are fewer cases."""
    few, many = (trend(years(*[(k * n, 10 * n) for k in (2, 3, 5)]), uphold_rate) for n in (1, 40))

    for made in (few, many):
        assert made.per_year_interval.lower < made.per_year < made.per_year_interval.upper
    assert many.per_year_interval.lower > 0 > few.per_year_interval.lower


def test_compliance_is_compared_across_a_break_of_the_uphold_rate():
    """Kent: 51 of 51 in 2022-23, 62 of 63 in 2023-24."""
    kent_years = [
        AnnualReview(KENT, ReportingYear(ending), compliance=ComplianceTally(complied, not_complied))
        for ending, complied, not_complied in ((2022, 40, 0), (2023, 51, 0), (2024, 62, 1))
    ]
    history = history_of(KENT, kent_years)
    made = change(history, compliance_rate, ReportingYear(2023), ReportingYear(2024))

    assert (Proportion(51, 51), Proportion(62, 63), ()) == (made.before, made.after, made.cautions)
    assert (Verdict.NOT_JUDGED, ()) == (made.verdict, made.tests)
    assert made.sentence() == (
        "The compliance rate fell by 2 percentage points, from 100% (51 of 51) in 2022-23 to 98% (62 of 63) in 2023-24."
    )
    straight = trend(history, compliance_rate)
    assert ((), Verdict.NOT_JUDGED) == (straight.cautions, straight.verdict)
    assert straight.sentence().endswith("falls by 0.9 percentage points a year.")


def test_across_the_pause_of_2020_rates_are_compared_with_care():
    """Counts are not; a rate keeps a caution."""
    made = change(kent(y2020=(40, 20), y2021=(20, 10)), uphold_rate, ReportingYear(2020), ReportingYear(2021))

    assert [CautionKind.SERIES_BREAK] == [caution.kind for caution in made.cautions]
    assert made.cautions[0].words.startswith("From 2020-21 compare with care: no new complaints")
